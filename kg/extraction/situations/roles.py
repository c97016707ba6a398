"""Who is what in a clause: subject, object and what follows each preposition."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.extraction.document.standing_for import RULERS, RULING
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.listing import before_giver
from kg.extraction.grammar.parse import MAX_GAP, Parse
from kg.extraction.grammar.slot_ends import (
    CONTRASTING,
    WHEN,
    before_apposition,
    before_some_of_them,
    before_what_followed,
    is_share,
    left_out,
    stands_behind,
    word_at,
)
from kg.extraction.names.mentions import Mention
from kg.extraction.speakers.voices import is_behind_a_count
from kg.extraction.words.lexicon import ADJOINING, OBJECT_PRONOUNS, Frame, Lexicon

Slots = dict[str, list[Mention]]
# What these lead to is the same for every frame of forces and goods on their way.
_BENEFIT = dict.fromkeys(
    (
        *("alongside", "beside", "support", "help", "assist", "aid", "join", "reinforce"),
        *("back", "hands"),
    ),
    "to",
)


# What those are who gave or bought what is told of: "received tanks promised by Chad".
_OTHERS = {"given-by": "from", "bought-by": "to"}
_BY = frozenset(("by", *_OTHERS))
_GOING = ("by-theme", "Shipment")


@dataclass(slots=True)
class Roles:
    """The parts of a clause by what the frame makes of them, and the slots they stood in."""

    parts: defaultdict[str, list[Mention]]
    slots: Slots


def slots(parse: Parse, first: int, last: int, lexicon: Lexicon) -> Slots:
    """Return the mentions between two tokens by the preposition or infinitive before them."""
    found: Slots = defaultdict(list)
    counted, lows, openers = parse.counted, parse.lows, lexicon["slot-openers"]
    key = ""
    behind = behind_correction(parse, first, last)
    aside = False  # in "linked to Israel", which opens no slot of the clause
    last = before_apposition(lows, first, before_some_of_them(lows, first, last))
    last = before_what_followed(parse, first, before_giver(parse, first, last))
    for index in _marked(parse, behind, last, lexicon["slot-words"]):
        if index < behind:
            continue
        mention, group = parse.mention_at.get(index), parse.verb_at.get(index)
        word = lows[index]
        aside = aside and word != ","
        inside = word in _WITHIN and index not in counted
        if inside and (inner := _leads_in(key, found, lexicon, lows[index - 1])):
            key = inner
            continue
        if word in _INSTEAD and (passed := left_out(lows, index, last)):
            behind = passed
        elif mention is not None:
            aside_of = key in ("by", "with") and stands_behind(lows, key, mention)
            if not mention.modifies and not aside_of:
                found[_key(parse, key, mention)].append(mention)
                behind = mention.last
        elif group is not None:
            key, behind = group.lemma, group.last
            aside = group.form == "participle" and key not in lexicon.frames
        elif (
            word in openers
            and index not in counted
            and not aside
            and (opened := _opens(parse, index, lexicon))
        ):
            key, behind = _by_whom(word, key, lexicon) or opened[0], opened[1]
        elif word in lexicon["anaphors"] and (anaphor := _anaphor(parse, index, lexicon)):
            found[key].append(anaphor)
    return dict(found)


def _by_whom(word: str, key: str, lexicon: Lexicon) -> str | None:
    """Return the slot of who gave or bought a thing: "tanks promised by Chad", "ordered by"."""
    if word != "by":
        return None
    if key in lexicon["given-by"]:
        return "given-by"
    return "bought-by" if key in lexicon["bought-by"] else None


def _key(parse: Parse, key: str, mention: Mention) -> str:
    """Return the slot of a mention: "of" where it only says of what another noun is."""
    apart = not key or mention.kind in ("organization", "unknown")
    return "of" if apart and _of_another(parse, mention) else key


def _leads_in(key: str, found: Slots, lexicon: Lexicon, before: str) -> str:
    """Return the slot with which "in" goes on: "from depots in Chad", "after talks in Rome".

    "through an airstrip in Chad" leads through Chad, not to it; not so "from Mali in".
    """
    if key == "when":
        return key if before in lexicon["occasion"] else ""
    inside = key != "from" or all(m.kind in ("item", "place") for m in found["from"])
    return _LEADING_IN.get(key, "") if inside else ""


def _marked(parse: Parse, first: int, last: int, words: frozenset[str]) -> list[int]:
    """Return the indices at which a slot or what stands in one can begin."""
    lows, mention_at, verb_at = parse.lows, parse.mention_at, parse.verb_at
    return [i for i in range(first, last) if lows[i] in words or i in mention_at or i in verb_at]


def behind_correction(parse: Parse, first: int, last: int) -> int:
    """Return where "300 jets" begins in "has not sent 200 but 300 jets"."""
    for index in range(first + 1, min(last, first + 6) if "but" in parse.words_used else first):
        if parse.lows[index] == "but":
            near = index - first < 3 and not parse.counted.isdisjoint(range(first, index))
            return index + 1 if near and index + 1 in parse.counted else first
    return first


def _opens(parse: Parse, index: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """Return the slot that the word at `index` opens, and where its words begin."""
    word = parse.lows[index]
    phrase, slot = _PHRASES.get(word, _NO_PHRASE)
    if phrase and parse.lows[index : index + len(phrase)] == phrase:
        return slot, index + len(phrase)
    if word in ("in", "of") and _of_money(parse, index, lexicon):
        return None  # "$40 million in military aid" is aid
    if word in ("out", "of") and (last := _out_of(parse.lows, index)):
        return "out", last
    if parse.lows[index : index + 4] == ["in", "the", "ranks", "of"]:
        return "alongside", index + 4
    if word == "in" and (held := _in_hands(parse.lows, index)):
        return "hands", held
    if word == "from" and parse.lows[index - 1] in lexicon["distances"]:
        return "apart", index + 1  # "a depot 40 kilometres from Sudan": nothing comes from there
    if word in ADJOINING or (word == "to" and parse.lows[index - 1] in _NEAR):
        return "near", index + 1
    if word == "with" and parse.lows[index - 1] in ("border", "frontier", "war"):
        return "border", index + 1
    if (word in WHEN and index > 0) or (word == "in" and index + 1 in parse.date_at):
        return "when", index + 1
    return _plain_slot(parse, index, lexicon)


def _plain_slot(parse: Parse, index: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """Return the slot that a preposition opens: "as Chad" says with whom somebody is compared."""
    word = parse.lows[index]
    if word == "as" and (named := parse.mention_at.get(index + 1)) is not None:
        return ("as", index + 1) if named.kind == "state" and not named.modifies else None
    if word in lexicon["prepositions"] and word not in _NO_SLOT:
        return word, index + 1
    return (word, index + 1) if word == "deployment" else None


def _in_hands(lows: list[str], index: int) -> int | None:
    """Return where he stands who has it: "in the hands of the rebels", "in Chad's arsenal"."""
    ahead = lows[index + 1 : index + 6]
    held = next((i for i, word in enumerate(ahead) if word in _HOLDINGS), None)
    if held is None:
        return None
    if ahead[held + 1 : held + 2] == ["of"]:
        return index + held + 3
    return index + 1 if "'s" in ahead[:held] or "’s" in ahead[:held] else None


# Words that open a slot together.
_PHRASES: dict[str, tuple[list[str], str]] = {
    "by": (["by", "way", "of"], "via"),
    "in": (["in", "support", "of"], "support"),
    "on": (["on", "behalf", "of"], "support"),
    "side": (["side", "by", "side", "with"], "alongside"),
}
_NO_PHRASE: tuple[list[str], str] = ([], "")
_HOLDINGS = frozenset(("hands", "possession", "arsenal", "inventory", "stockpile", "stockpiles"))
_SETTLED = frozenset(
    (
        *("town", "city", "port", "village", "region", "province", "capital", "area", "island"),
        *("district", "south", "north", "east", "west", "centre", "center", "interior", "coast"),
        "rest",
    )
)
_SPOTS = ("item", "place")


# What a body of states has, and is not itself: "a battalion of the Atlantic Alliance".
_PARTS_OF = frozenset(
    (
        *("battalion", "brigade", "programme", "program", "mission", "operation", "framework"),
        *("battlegroup", "group", "force", "auspices", "umbrella", "flank", "decision"),
    )
)


def _of_another(parse: Parse, mention: Mention) -> bool:
    """Whether a state only says of what another noun is: "before the invasion of Ukraine"."""
    at = mention.first - 1 - (parse.lows[mention.first - 1] == "the")
    noun = parse.lows[at - 1] if at > 0 else ""
    nation = mention.kind in ("state", "place")
    body = mention.kind in ("organization", "unknown") and noun in _PARTS_OF
    return parse.lows[at] == "of" and (body or (nation and noun not in _SETTLED))


def _of_money(parse: Parse, index: int, lexicon: Lexicon) -> bool:
    before = parse.lows[index - 1] if index else ""
    if before in lexicon.scales or before[:1].isdigit():
        return not lexicon["currency"].isdisjoint(parse.lows[max(0, index - 4) : index])
    return before in ("dollars", "euros", "pounds")


def _out_of(lows: list[str], index: int) -> int | None:
    """Return where the words behind "out of" begin, also where "out" is part of the verb."""
    if lows[index : index + 2] == ["out", "of"]:
        return index + 2
    return index + 1 if lows[index - 1 : index + 1] == ["out", "of"] else None


# What a participle behind its noun makes of the noun: "soldiers sent", "a pact signed".
_DONE_TO = ("theme", "trainee", "treaty")
_WITHIN = frozenset(("in", "near", "at"))
# What "in" behind these words makes of their slot.
_LEADING_IN = {"through": "through", "via": "via", "from": "from-in", "from-in": "from-in"}
_INSTEAD = CONTRASTING
GROWING = (
    "grow", "rise", "reach", "exceed", "increase", "swell", "climb", "number", "total", "be",
    "double", "triple", "quadruple", "stand", "approach", "remain", "top", "fall", "drop",
    "shrink", "dwindle",
)  # fmt: skip
_OWNING = ("its", "their", "his", "her", "our", "my")
_POINTING = ("the", "that", "this", *_OWNING)
_PLURAL_PLACES = frozenset(("bases", "sites", "camps", "facilities", "locations"))
# "Under the deal": where a name stands behind what opens a sentence, and with what word.
_OPENING = 3
_OPENING_ARTICLES = frozenset(("the", "a", "this", "that", "its", "their", "one", "some", "no"))
# What makes a pronoun behind it no subject: "the ground for it was prepared".
_GOVERNING = frozenset(("for", "about", "behind", "against", "with", "from", "in", "to", "on"))
_NEAR = ("nearer", "closer", "close", "next", "up")
_MOVING = ("by-theme", "Combat", "Training", "Shipment")
# Who stands behind "by" in one of these is the other side, where the verb is active.
_AGAINST = ("Measure", "Combat")
_PHRASE_ENDS = frozenset((",", "hours", "days", "weeks", "months", "years"))
_NO_SLOT = frozenset(("of", "per", "than", "as", "up", "like", "including", "close"))


def _anaphor(parse: Parse, index: int, lexicon: Lexicon) -> Mention | None:
    """Return what the pronoun or definite noun at `index` stands for, None for "a group"."""
    word = parse.lows[index]
    if word in OBJECT_PRONOUNS:
        return Mention(index, index + 1, "pronoun")
    before = parse.lows[max(0, index - 3) : index]
    if word in _PLURAL_PLACES:
        meant = before[-1:] in (["these"], ["those"])
    else:
        close = before[-1:] if before[-1:] not in (["other"], ["own"]) else before[-2:-1]
        if word in RULERS and close and close[0] in RULING:
            close = before[-2:-1]  # "the ruling junta"
        pointing = _OWNING if word in lexicon["owned-lands"] else _POINTING
        meant = word in ("here", "there") or (bool(close) and close[0] in pointing)
    return Mention(index, index + 1, "definite") if meant else None


def subject_mentions(
    parse: Parse, clause: Clause, lexicon: Lexicon
) -> tuple[list[Mention], list[Mention]]:
    """Return the mentions that are the subject, and those its prepositions lead to."""
    first, last = clause.subject
    lows, mention_at, date_at = parse.lows, parse.mention_at, parse.date_at
    heads: list[Mention] = []
    others: list[Mention] = []
    governed, behind = False, first
    for index in range(first, last):
        if index < behind:
            continue
        word = lows[index]
        governed = governed and not (word == "and" and _lists_on(parse, heads, index))
        if (mention := mention_at.get(index)) is not None:
            if not mention.modifies:
                governed = governed and not is_behind_a_count(lows, first, index)
                governed = governed and not _follows_opening(parse, mention, first, lexicon)
                (others if governed else heads).append(mention)
                behind = mention.last
        elif (dated := date_at.get(index)) is not None:
            governed, behind = False, dated.last
        elif word in lexicon["prepositions"] and not is_share(lows, index):
            if (word not in _NO_SLOT or word == "of") and index not in parse.counted:
                led = word == "of" and _leads_it(parse, index)
                governed = index == first or word != "of" or governed or led
        elif word in _PHRASE_ENDS or (governed and _begins_anew(lows, first, index, lexicon)):
            # "Within days Australia had sent", "Across the border the Dominican Republic has"
            governed, behind = False, _behind_denied(lows, index, last)
        elif (
            word in lexicon["definite"] and (anaphor := _anaphor(parse, index, lexicon)) is not None
        ):
            (others if governed else heads).append(anaphor)
    return heads, others


def _leads_it(parse: Parse, of: int) -> bool:
    """Whether a person behind "of" leads those before it: "the junta of Captain Diallo"."""
    leader = parse.mention_at.get(of + 1) or parse.mention_at.get(of + 2)
    if leader is None or parse.lows[of - 1] not in RULERS:
        return False
    return leader.kind == "person" or (leader.kind == "unknown" and leader.first == of + 2)


def _follows_opening(parse: Parse, mention: Mention, first: int, lexicon: Lexicon) -> bool:
    """Whether a name stands behind what opens the sentence: "Under the deal India will build"."""
    lows, at = parse.lows, mention.first
    if first or mention.kind != "state" or lows[0] not in lexicon["prepositions"]:
        return False
    if at != _OPENING and not (at == _OPENING + 1 and lows[at - 1] in lexicon["treaty"]):
        return False  # "Under a 2023 deal Serbia gets"
    noun = lows[at - 1]
    return lows[1] in _OPENING_ARTICLES and noun.isalpha() and at - 1 not in parse.mention_at


def _begins_anew(lows: list[str], first: int, the: int, lexicon: Lexicon) -> bool:
    """Whether "the" begins another noun, and what a preposition governs has ended before it."""
    if lows[the] != "the":
        return False
    before = lows[the - 1]
    ends = before.isalpha() and before not in lexicon["function-words"]
    return the - first > 1 and ends and before not in ("and", "or", "of")


def _lists_on(parse: Parse, heads: list[Mention], joint: int) -> bool:
    """Whether "and" goes on with counted heads: "ten guns from Nexter and 500 shells"."""
    counted = bool(heads) and heads[-1].quantity is not None
    return counted and joint + 1 in parse.counted and "with" not in parse.lows[:joint]


def _behind_denied(lows: list[str], comma: int, last: int) -> int:
    """Return where a subject goes on behind a comma: behind "Egypt, unlike Chad,"."""
    if word_at(lows, comma + 1) not in CONTRASTING:
        return comma + 1
    return next((i + 1 for i in range(comma + 2, last) if lows[i] == ","), last)


def has_pronoun(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the subject is a pronoun that can stand for persons or things named before."""
    first, last = clause.subject
    lows, pronouns = parse.lows, lexicon["subject-pronouns"]
    if clause.relative and lows[last - 1 : last] == ["of"]:  # "the first of which"
        return True
    meant = (i for i in range(first, last) if lows[i] in pronouns)
    # "The politics he leaves to others" is what he leaves.
    return any(
        i == first or (lows[i - 1] not in _GOVERNING and lows[i] not in ("he", "she"))
        for i in meant
    )


def _word_before(parse: Parse, mention: Mention) -> str:
    """Return the word before a name, what says whose it is left out: "for Chad's rebels"."""
    at = mention.first
    for owner in parse.mentions:
        if owner.modifies and owner.last <= at and at - owner.last <= MAX_GAP:
            at = min(at, owner.first)
    return word_at(parse.lows, at - 1 - (word_at(parse.lows, at - 1) == "the"))


def _comes_from(frame: Frame) -> bool:
    return frame.subject == "from" and frame.slots.get("from", "from") == "from"


def roles(parse: Parse, clause: Clause, frame: Frame, lexicon: Lexicon) -> Roles:
    """Return the parts of `clause` as `frame` reads them."""
    stretch = clause.right
    if stretch not in parse.slots:
        parse.slots[stretch] = slots(parse, *stretch, lexicon)
    result = Roles(defaultdict(list), parse.slots[stretch].copy())
    passive = clause.verb.passive or (clause.verb.form == "participle" and frame.object in _DONE_TO)
    heads = _subject_parts(result, parse, clause, frame, lexicon, passive=passive)
    for key, mentions in result.slots.items():
        _slot_parts(result, frame, key, mentions, passive=passive, heads=heads)
    return result


def _subject_parts(
    result: Roles, parse: Parse, clause: Clause, frame: Frame, lexicon: Lexicon, *, passive: bool
) -> bool:
    """Fill in the parts that stand in the subject, and say whether any is an agent or theme."""
    if clause.subject not in parse.subjects:
        parse.subjects[clause.subject] = subject_mentions(parse, clause, lexicon)
    heads, others = parse.subjects[clause.subject]
    if (
        frame.object == "trainee"
        and frame.name != "give-course"
        and not clause.verb.passive
        and not any(
            m.kind in ("item", "demonym", "pronoun", "definite", "organization", "collective")
            for m in result.slots.get("", ())
        )
    ):
        result.parts["trainee"] += heads
        heads = []
    if frame.name == "count" and clause.verb.lemma in GROWING:
        result.parts["theme"] += heads
        heads = []
    moved = passive and frame.subject == "theme" and frame.event == "by-theme"
    result.parts[frame.object if passive and not moved else frame.subject] += heads
    if passive and frame.object == "target":
        result.parts["hit"] += heads
    result.parts["subject-other"] += others
    if passive and frame.object == "treaty":
        result.parts["party"] += others  # "the deal between Chad and Mali was signed"
    if (passive or frame.subject == "theme") and frame.event in _MOVING:
        # "arms for the rebels were flown in", "arms for the rebels come in by sea"
        result.parts["to"] += [m for m in others if _word_before(parse, m) == "for"]
    return bool(heads)


def _slot_parts(
    result: Roles, frame: Frame, key: str, mentions: list[Mention], *, passive: bool, heads: bool
) -> None:
    """Fill in the parts that stand behind a preposition, or right behind the verb."""
    if key == "":
        result.parts["second" if passive else frame.object] += mentions
    elif key == "from" and _comes_from(frame) and heads and not passive:
        result.parts["origin"] += mentions
    elif key in _OTHERS and frame.event in _GOING:
        result.parts[_OTHERS[key]] += mentions
    elif key in _BY and frame.event in _AGAINST and not passive:
        # "condemned the shelling of the town by Chad", "shot down drones launched by Chad"
        result.parts["target"] += mentions
    elif key == "by" and passive:
        # "killed by a mortar round": what they were killed with is not who did it.
        own = frame.subject == "theme"
        result.parts[frame.subject] += [
            m for m in mentions if not own or m.kind != "item" or m.nation is not None
        ]
    else:
        default = _BENEFIT.get(key, "none") if frame.event in _MOVING else "none"
        result.parts[frame.slots.get(key, default)] += mentions
        if key == "in" and frame.event in _MOVING:
            # "fight in the Russian army" is for whom, not where.
            result.parts["to"] += [m for m in mentions if m.kind == "organization"]
