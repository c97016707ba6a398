"""Events named by a noun whose sides stand elsewhere: "talks with Chad on the sale of drones"."""

from __future__ import annotations

from kg.extraction.document.found import Found
from kg.extraction.document.memory import FORCES, MOVING, Sides
from kg.extraction.document.readings import Reading
from kg.extraction.events.sitting import Part
from kg.extraction.grammar.clause import Clause
from kg.extraction.names.mentions import Mention
from kg.extraction.words.lexicon import Frame

_TALKS = frozenset(("talks", "negotiations", "negotiating", "discussions", "talking"))
_ABOUT = frozenset(("about", "on", "over"))
# So far behind a noun of delivering stands the verb: "of the shorter-range HQ-17 began".
_MAKE = 6
_SUCH = frozenset(("such", "these", "those"))
# How far before the noun the talks may stand: "talks with the Russian army about the sale".
_REACH = 14
# "The withdrawal has begun".
_BEGUN = frozenset(("begin", "start", "complete", "finish", "end", "conclude", "proceed", "go on"))
_THE = frozenset(("the", "these", "those", "their", "its"))
_OF_FORCES = ("deploy", "arrive", "bring-home", "leave")
_OF_GOODS = ("give", "flights")


class LightNouns(Part):
    """Finds the events of one sentence that a noun names, and other words give the sides of."""

    def of(self, first: int, last: int, frame: Frame) -> Found | None:
        """Return the claim of a noun that stands between two tokens, None if it makes none."""
        if (told := self._again(first, last, frame)) is not None:
            return told
        clause = next((c for c in self.clauses if c.verb.last <= first < c.end), None)
        if clause is None or frame.event != "by-theme" or clause.conditional:
            return None
        reading = self._talked_about(first, last, frame, clause) or self._such(first, frame, clause)
        if reading is None or not reading.from_ or not reading.to:
            return None
        begin, end = self.sitting.span(clause)
        found = Found(reading, begin, end, self.parse, modality=clause.verb.modality)
        found.rule = f"{frame.name}:{self.parse.lows[first]}"
        found.polarity = "denied" if clause.verb.negated else "affirmed"
        return found

    def _again(self, first: int, last: int, frame: Frame) -> Found | None:
        """Read "The flights began last May": when that was of which the text has told."""
        clause = next((c for c in self.clauses if c.verb.first == last), None)
        named = self._of_a_make(last) if clause is None else None
        clause = clause or named
        goes_on = clause is not None and clause.verb.lemma in self.lexicon["carried-on"]
        if clause is None or not (goes_on or clause.verb.lemma in self.lexicon["light"]):
            return None
        pointed = named is not None or (first > 0 and self.parse.lows[first - 1] in _THE)
        kinds = FORCES if frame.name in _OF_FORCES else ("Shipment",)
        kinds = ("Training",) if frame.event == "Training" else kinds
        dated = [d for d in self.parse.dates if clause.verb.last <= d.first < clause.end]
        happening = self.memory.latest(kinds)
        near = happening is not None and happening.paragraph >= self.parse.paragraph - 1
        moved = frame.event == "Training" or frame.name in _OF_FORCES or frame.name in _OF_GOODS
        begun = clause.verb.lemma in _BEGUN
        told = bool(dated) or goes_on or begun
        pointed = pointed or (frame.event == "Training" and begun)  # "courses would begin"
        if happening is None or not (pointed and told and near and moved):
            return None
        reading = Reading(
            frame,
            happening.type,
            happening.from_,
            happening.to,
            items=list(happening.items),
            klass=happening.klass,
        )
        begin = first - (self.parse.lows[first - 1] in _THE)
        found = Found(reading, begin, clause.end, self.parse, modality=clause.verb.modality)
        found.date = dated[0] if dated else None
        found.polarity = "denied" if clause.verb.negated else "affirmed"
        found.rule = f"again:{self.parse.lows[first]}"
        return found

    def _of_a_make(self, last: int) -> Clause | None:
        """Return the clause of "Deliveries of the light HQ-17 began": a make by its number."""
        lows = self.parse.lows
        if lows[last : last + 1] != ["of"]:
            return None
        clause = next((c for c in self.clauses if last < c.verb.first <= last + _MAKE), None)
        make = lows[clause.verb.first - 1] if clause is not None else ""
        item = self.parse.mentions_in(last, clause.verb.first) if clause is not None else []
        numbered = any(map(str.isdigit, make)) and make[:1].isalpha()
        return clause if numbered and not any(m.kind != "unknown" for m in item) else None

    def _talked_about(self, first: int, last: int, frame: Frame, clause: Clause) -> Reading | None:
        """Read "is in talks with Chad about the sale of drones": nothing has been sold yet."""
        lows = self.parse.lows
        at = first - 1 - (lows[first - 1] in ("the", "a", "possible", "future"))
        words = lows[max(clause.start, first - _REACH) : first]
        if lows[at] not in _ABOUT or _TALKS.isdisjoint(words):
            return None
        things = [m for m in self.parse.mentions_in(last, clause.end) if m.kind == "item"]
        subject = self.parse.mentions_in(*clause.subject)
        others = self.parse.mentions_in(clause.verb.last, first)
        own, other = (self._known(mentions) for mentions in (subject, others))
        if not things or own == other:
            return None
        from_, to = (other, own) if frame.subject == "to" else (own, other)
        reading = Reading(frame, "Shipment", from_, to, "items-delivered", things[0].items)
        reading.klass = self.reader.gazetteer.item_class(things[0].items[0])
        clause.verb.modality = "possible"
        return reading if reading.klass != "persons" else None

    def _known(self, mentions: list[Mention]) -> Sides:
        """Return the first side that mentions stand for; no name that nobody knows is one."""
        return self.reader.sides.of(self.parse, [m for m in mentions if m.kind != "unknown"])[:1]

    def _such(self, first: int, frame: Frame, clause: Clause) -> Reading | None:
        """Read "is planning such deliveries": those that the text has told of."""
        if self.parse.lows[first - 1] not in _SUCH or first - clause.verb.last > 2:
            return None
        last = self.memory.latest(MOVING)
        does = clause.verb.lemma in self.lexicon["granting"] and not clause.verb.passive
        by = self.reader.sides.of(self.parse, self.parse.mentions_in(*clause.subject))
        if last is None or not does or not by:
            return None
        to = last.to if by == last.from_ or by != last.to else ()
        return Reading(
            frame, last.type, by, to, "items-delivered", list(last.items), klass=last.klass
        )
