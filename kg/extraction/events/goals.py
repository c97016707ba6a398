"""Names behind a verb of motion: which are a goal, the next in a list, or an end of a flight."""

from __future__ import annotations

from kg.extraction.document.standing_for import is_the_group
from kg.extraction.names.mentions import Mention
from kg.extraction.situations.situation import Situation

HOMEWARD = ("bring-home", "recall-force")
# Verbs whose object is where somebody goes: "left Wilhelmshaven".
_GOING = frozenset(("leave", "reach", "enter", "cross", "quit"))
_AS_MANY = (["the", "same"], ["as", "many"], ["as", "much"])
# So many words may stand between who gets a thing and the thing: none of these.
_GIVEN = 4
_APART = frozenset(("of", "in", "to", "from", "by", "for", "at", "on", "who", "that", "and"))


def is_unknown_goal(one: Situation, mention: Mention) -> bool:
    """Whether a name that nobody knows is where a force goes, not whom it reaches."""
    led = one.parse.lows[mention.first - 1] in ("to", "into")
    led = led or (one.frame.name in HOMEWARD and one.parse.lows[mention.first - 1] == "from")
    return mention.kind == "unknown" and (led or one.clause.verb.lemma in _GOING)


def is_next_in_list(one: Situation, mention: Mention) -> bool:
    """Whether a name is who does the same: "Jamaica has sent 24 soldiers, Belize two"."""
    if one.parse.lows[mention.first - 1] not in (",", "and") or mention.last in one.parse.verb_at:
        return False  # but "and Libya hosts 250"
    after = (mention.last, mention.last + 1)
    if one.parse.lows[mention.last : mention.last + 2] in _AS_MANY:
        return True  # "and Benin the same number"
    if _stands_for_more(one, mention):
        return True
    return any(q.first in after for q in one.parse.quantities)


def _stands_for_more(one: Situation, mention: Mention) -> bool:
    """Whether a comma parts a name from what was given: "offered 150 men, Jamaica fewer"."""
    before = one.parse.mentions_in(mention.first - 3, mention.first - 1)
    thing = bool(before) and before[-1].last == mention.first - 1 and before[-1].kind == "item"
    return thing and one.parse.lows[mention.first - 1] == ","


def from_behind(one: Situation) -> Mention | None:
    """Return where they are withdrawn from: in "its soldiers from Mali" they are not Mali's."""
    for mention in one.theme.mentions:
        nation = mention.nation
        if (
            nation is not None
            and nation.first >= mention.last
            and one.parse.lows[nation.first - 1] == "from"
        ):
            return nation
    return None


def is_they(one: Situation) -> bool:
    """Whether a force named before withdraws by itself: "they would withdraw"."""
    return one.parse.lows[slice(*one.clause.subject)] == ["they"] and not one.clause.verb.passive


def is_end(one: Situation, mention: Mention) -> bool:
    """Whether a name that nobody knows is an end of a flight: "from Zouar to Bardai"."""
    return mention.kind == "unknown" and one.parse.lows[mention.first - 1] in ("from", "to")


def group_given(one: Situation) -> list[Mention]:
    """Return the group that gets what stands behind it: "sent the insurgents 40 soldiers"."""
    first, last = one.clause.right
    group = one.parse.mention_at.get(first + 1)
    if group is None or group.last >= last or not is_the_group(one.parse, group):
        return []
    given = [m for m in one.parse.mentions_in(group.last, last) if m.kind == "item"]
    between = one.parse.lows[group.last : given[0].first] if given else [","]
    near = len(between) <= _GIVEN and between[:1] != [","] and _APART.isdisjoint(between)
    return [group] if near else []
