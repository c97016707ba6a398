"""Whose the things of a clause are: by a name or pronoun beside them, or by who gives them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.document.memory import FORCES, Sides
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention
from kg.extraction.situations.sides import SideFinder
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.verb_group import VerbGroup

_NEAR = 5
# How persons are somebody's: "working for Wagner", "belonging to the navy".
_BELONGING = frozenset(
    (
        *("working", "belonging", "employed", "hired", "paid", "recruited", "contracted"),
        *("commanded", "controlled", "led", "attached", "affiliated", "linked", "tied", "loyal"),
    )
)
_TO_WHOM = frozenset(("for", "to", "by", "with"))


@dataclass
class Owners:
    """Finds whose the force or the goods of a clause are."""

    lexicon: Lexicon
    sides: SideFinder

    def of(self, parse: Parse, clause: Clause, found: list[Mention]) -> str | None:
        """Return whose the things are: by a name beside them, who gives them, or a pronoun."""
        for mention in found:
            if mention.kind == "demonym":
                return mention.actor
            if owner := self.sides.resolver.owner(parse, mention):
                return owner
        for mention in found:
            if giver := self._giver(parse, mention) or self._for_whom(parse, mention):
                return giver
        pronouns = [m for m in found if m.owner]
        if not pronouns and (owner := self._of_noun(parse, found)):
            return owner
        if not pronouns:
            return self._spoken_of(parse, found[0])
        return self._of_pronouns(parse, clause, pronouns)

    def _of_noun(self, parse: Parse, found: list[Mention]) -> str | None:
        """Return whose "the group's fighters" are, the group named before."""
        for mention in found:
            at = mention.first - 1
            if at > 0 and parse.lows[at] in ("'s", "’s"):
                if parse.lows[at - 1] in self.lexicon["lands"]:
                    return self.sides.of_whom(parse.lows[at - 2])  # "her country's soldiers"
                owners = [m for m in parse.mentions if m.last == at]
                return next(iter(self.sides.of(parse, owners)), None)
        return None

    def _of_pronouns(self, parse: Parse, clause: Clause, pronouns: list[Mention]) -> str | None:
        """Return whose "its soldiers", "our men" or "his forces" are."""
        first, last = clause.subject
        whose = pronouns[0].owner
        if whose == "whose":
            return self.sides.of_antecedent(parse, pronouns[0])
        if whose == "our":
            return self.sides.of_whom(whose)
        if any(first <= m.first < last for m in pronouns):
            memory = self.sides.memory
            if any(m.owner in ("his", "her") for m in pronouns):
                return self.sides.of_whom("his")
            who = memory.itself or memory.topic or memory.state or memory.body
            return memory.top(who) if who else None
        return next(iter(self.sides.of_subject(parse, clause)), None)

    def _for_whom(self, parse: Parse, mention: Mention) -> str | None:
        """Return whose men those are that work for somebody: "mercenaries working for Wagner"."""
        at = mention.last
        if parse.lows[at : at + 1] == [] or parse.lows[at] not in _BELONGING:
            return None
        at += 1
        if parse.lows[at : at + 1] == [] or parse.lows[at] not in _TO_WHOM:
            return None
        at += 1
        at += parse.lows[at : at + 1] == ["the"]
        whom = parse.mention_at.get(at)
        known = whom is not None and whom.kind in ("organization", "state", "demonym", "collective")
        return self.sides.resolver.side(parse, whom) if known and whom is not None else None

    def _by_whom(self, parse: Parse, first: int) -> str | None:
        """Return the state by which things are said to be given, so near behind the participle."""
        for index in range(first, min(len(parse.lows) - 1, first + _NEAR)):
            if index in parse.verb_at or parse.lows[index] in (",", ";"):
                return None
            if parse.lows[index] == "by":
                giver = parse.mention_at.get(index + 1)
                named = giver is not None and giver.kind in ("state", "demonym", "place")
                return self.sides.resolver.side(parse, giver) if named else None
        return None

    def _spoken_of(self, parse: Parse, mention: Mention) -> str | None:
        """Return whose "the troops" are of which no event but the sentence before has told."""
        memory = self.sides.memory
        the = mention.first > 0 and parse.lows[mention.first - 1] in ("the", "these", "those")
        if not the or mention.kind != "item" or memory.force is None:
            return None
        paragraph, owner = memory.force
        last = memory.latest(FORCES)
        since = last is None or last.paragraph < paragraph
        klass = self.sides.gazetteer.item_class((mention.items or ("personnel",))[0])
        near = paragraph >= parse.paragraph - 1 and klass == "persons"
        return owner if since and near else None

    def _giver(self, parse: Parse, mention: Mention) -> str | None:
        """Return whose the things are "that Berlin promised" or "ordered for Chad by Paris"."""
        at = mention.last
        group = parse.verb_at.get(at)
        if group is not None and group.form == "participle" and "by" in parse.words_used:
            return self._by_whom(parse, group.last)
        gives = self._gives(parse, at)
        return self.sides.resolver.side(parse, gives[0]) if gives is not None else None

    def _gives(self, parse: Parse, at: int) -> tuple[Mention, VerbGroup] | None:
        """Return who gives what a relative clause describes, and by what verb."""
        at += parse.lows[at : at + 1] in (["that"], ["which"])
        at += parse.lows[at : at + 1] == ["the"]
        giver = parse.mention_at.get(at)
        gives = parse.verb_at.get(giver.last) if giver is not None else None
        if giver is None or gives is None or giver.modifies or gives.passive:
            return None
        known = self.lexicon.frames.get(gives.lemma, ())
        return (giver, gives) if any(f.name == "give" for _, f in known) else None

    def given(self, parse: Parse, found: list[Mention]) -> bool:
        """Whether somebody is said to give, or to have promised, what is told of."""
        return any(self._gives(parse, mention.last) is not None for mention in found)

    def promised_to(self, parse: Parse, found: list[Mention]) -> Sides:
        """Return to whom things are that somebody is said to give: "the tanks sold to Chad"."""
        for mention in found:
            if (gives := self._gives(parse, mention.last)) is None:
                continue
            at = gives[1].last
            at += parse.lows[at : at + 1] in (["to"], ["for"])
            at += parse.lows[at : at + 1] == ["the"]
            receiver = parse.mention_at.get(at)
            if receiver is not None and receiver.kind in ("state", "organization", "demonym"):
                return self.sides.of(parse, [receiver])
        return ()
