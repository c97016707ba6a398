"""Denials of a part in it: "played no role in the raids", "has nothing to do with the war"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.attributing.crediting import Credit
from kg.extraction.claims.denials import Denials
from kg.extraction.claims.nominal_claims import NominalClaims
from kg.extraction.document.found import Found
from kg.extraction.document.memory import Sides
from kg.extraction.document.readings import Reading
from kg.extraction.events.sitting import Part, Sitting
from kg.extraction.grammar.clause import Clause
from kg.extraction.speakers.voices import SPEAKING
from kg.extraction.words.lexicon import Frame

_FRAME = Frame("no-part", "by-theme", "none", "none", {}, ())
# So many words stand between the verb and "part" or "support".
_NEAR = 6
_NOTHING = ["nothing", "to", "do", "with"]
_IN = frozenset(("in", "to", "with", "from", "for", "of", "whatsoever", ",", "."))
_TAKING = frozenset(("receive", "get", "accept"))
_OF_ARMS = frozenset(("military", "arms", "presence", "defence", "defense", "army", "supply"))
_HOSTILE = frozenset(("war", "fighting", "conflict", "military", "action", "hostilities", "front"))


class NoPart(Part):
    """Finds the denials of a part, of help given or of ties in the clauses of one sentence."""

    def __init__(self, sitting: Sitting, credit: Credit) -> None:
        """Take the sentence, and what says who stands behind its claims."""
        super().__init__(sitting)
        self.credit, self.denials = credit, Denials(sitting, credit)

    def denial(self, clause: Clause) -> Found | None:
        """Return what a clause denies with "no part" or "no support", None if it does not."""
        behind = self._behind_noun(clause)
        if behind is None or clause.conditional:
            return None
        self.credit.note_who_we_are(self.sitting.statement_of(clause), clause)
        own = self.reader.sides.of_subject(self.parse, clause)[:1]
        if not own or not self._is_somebody(clause):
            return None
        if not self.lexicon["backing"].isdisjoint(self.parse.lows[clause.verb.last : behind]):
            reading = self._help(clause, behind, own)
        else:
            reading = self.part_in(clause, behind, own)
        if reading is None:
            return None
        first, last = self.sitting.span(clause)
        found = Found(reading, first, last, self.parse, rule=f"no-part:{clause.verb.lemma}")
        found.polarity = "affirmed" if self.sitting.deny_around(clause) else "denied"
        self.credit.assign(found, clause)
        return found

    def denied(self, clause: Clause) -> Found | None:
        """Read "Chad denied any role in the Sudanese war", where nothing of it was told before."""
        statement = next(
            (s for s in self.statements if s.clause is clause and s.kind == "deny"), None
        )
        lows, first = self.parse.lows, clause.verb.last
        ahead = range(first, min(first + _NEAR, clause.end))
        at = next((i for i in ahead if lows[i] in self.lexicon["involvement"]), None)
        own = self.reader.sides.of_subject(self.parse, clause)[:1]
        reading = self.part_in(clause, at + 1, own) if at is not None and statement else None
        if reading is None or statement is None:
            return None
        first, last = self.sitting.span(clause)
        found = Found(reading, first, last, self.parse, polarity="denied", rule="no-part:deny")
        self.credit.assign_by(found, statement)
        self.credit.credit_denial(found, clause)
        return found

    def _behind_noun(self, clause: Clause) -> int | None:
        """Return where the words behind "no part" begin, or behind "nothing to do with"."""
        lows, at = self.parse.lows, clause.verb.last
        if clause.verb.lemma == "have" and lows[at : at + len(_NOTHING)] == _NOTHING:
            return at + len(_NOTHING)
        part, backing = self.lexicon["involvement"], self.lexicon["backing"]
        nouns = part if clause.verb.lemma in ("have", "play", "bear") else backing
        for index in range(at, min(at + _NEAR, clause.end)):
            if lows[index] in nouns:
                no = clause.verb.negated or "no" in lows[clause.verb.first : index]
                ends = lows[index + 1 : index + 2]
                return index + 1 if no and (not ends or ends[0] in _IN) else None
            if lows[index] in self.lexicon["prepositions"] or not lows[index][0].isalnum():
                return None
        return None

    def _help(self, clause: Clause, behind: int, own: Sides) -> Reading | None:
        """Return the help that was not given: "has given no support to the rebels"."""
        others = self._others(behind, clause.end, own)
        if not others:
            return self.denials.told_before(clause, clause.end)
        from_, to = (others, own) if clause.verb.lemma in _TAKING else (own, others)
        return Reading(_FRAME, "Shipment", from_, to, "occurrence")

    def part_in(self, clause: Clause, first: int, own: Sides) -> Reading | None:
        """Return that in which there was no part: what is named there, else what was told."""
        last = clause.end
        reading = self.denials.named_by_noun(first, last, own)
        reading = reading or NominalClaims(self.sitting, self.credit).between(first, last)
        if reading is not None:
            if reading.type == "Training" and not reading.to:
                reading.to, reading.from_ = reading.from_, ()  # "the training of Somali soldiers"
            reading.from_ = reading.from_ or tuple(s for s in own if s not in reading.to)
            return reading
        others = self._others(first, last, own)
        words = self.parse.lows[first - 2 : last]
        told = self.denials.told_before(clause, last)
        if told is not None and (not others or {*others} & {*told.from_, *told.to}):
            if not {*own} & {*told.from_, *told.to}:
                told.from_ = own  # it is their own part that they deny
            return told
        hostile = self._is_hostile(words)
        if not own or not others or not (hostile or self._is_of_arms(words)):
            return None
        kind = "Combat" if hostile else "Shipment"
        kind = "Deployment" if "presence" in words else kind
        return Reading(_FRAME, kind, own, others, "occurrence")

    def _others(self, first: int, last: int, own: Sides) -> Sides:
        """Return who else is named: "in the fighting in Sudan"."""
        named = self.reader.sides.of(self.parse, self.parse.mentions_in(first, last))
        return tuple(side for side in named if side not in own)[:1]

    def _is_somebody(self, clause: Clause) -> bool:
        """Whether a state or body, not a thing, has no part: not "the timing has nothing to do"."""
        first, last = clause.subject
        words = self.parse.lows[first:last]
        named = any(m.kind in SPEAKING for m in self.parse.mentions_in(first, last))
        bodies = self.lexicon["lands"] | self.lexicon["sources"] | self.lexicon["definite"]
        return named or not (bodies | self.lexicon["pronouns"]).isdisjoint(words)

    def _is_of_arms(self, words: Sequence[str]) -> bool:
        """Whether it is a matter of arms or forces: "no arms dealings with", "no presence in"."""
        return not (self.lexicon["such"] | _OF_ARMS).isdisjoint(words)

    def _is_hostile(self, words: Sequence[str]) -> bool:
        """Whether it is a fight in which there was no part."""
        fights = self.lexicon["war"] | self.lexicon["assaults"] | _HOSTILE
        return not fights.isdisjoint(words)
