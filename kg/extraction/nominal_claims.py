"""Claims made by a noun: "the arrival of 500 fighters", "Kim's visit to Russia"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.clause import Clause
from kg.extraction.crediting import Credit
from kg.extraction.event_dates import EventDates
from kg.extraction.found import Found
from kg.extraction.lexicon import Frame
from kg.extraction.light_nouns import LightNouns
from kg.extraction.parse import Parse
from kg.extraction.sitting import Part, Sitting
from kg.extraction.verb_group import VerbGroup

_POSSESSIVES = ("the", "its", "their", "a")
_GOALS = ("to", "in", "into", "for", "at")
_UNDONE = ("cancel", "scrap", "abort", "shelve")
_NAUGHT = ("nothing", "naught", "nought")


def comes_to_nothing(parse: Parse, clause: Clause) -> bool:
    """Whether a verb only says that nothing came of its subject: "came to nothing"."""
    verb = clause.verb
    if verb.passive and verb.lemma.startswith(_UNDONE):
        return True
    if verb.lemma not in ("come", "fall"):
        return False
    behind = parse.lows[verb.last : verb.last + 2]
    if verb.lemma == "fall":
        return behind[:1] == ["through"]
    return behind[:1] == ["to"] and behind[1:] != [] and behind[1] in _NAUGHT


class NominalClaims(Part):
    """Finds the claims that nouns of one sentence make."""

    def __init__(self, sitting: Sitting, credit: Credit, dates: EventDates) -> None:
        """Take the sentence, who stands behind its claims, and when things happened."""
        super().__init__(sitting)
        self.credit, self.dates = credit, dates
        self.light = LightNouns(sitting)

    def claims(self) -> Iterator[Found]:
        """Yield claims made by a noun: "the arrival of 500 fighters", "Kim's visit to Russia"."""
        behind = 0
        for index in self.parse.events:
            if index < behind:
                continue
            matched = self.lexicon.nominal.match(self.parse.lows, index)
            if matched is None or index in self.parse.verb_at or self._is_supposed(index):
                continue
            size, frame = matched
            behind = index + size
            if not any(f.first <= index < f.last for f in self.found):
                found = self._noun_claim(index, behind, frame)
                if found is not None:
                    yield found

    def _is_supposed(self, index: int) -> bool:
        """Whether a word belongs to a condition: "if the presence of troops is verified"."""
        return any(c.conditional and c.start <= index < c.end for c in self.clauses)

    def _noun_claim(self, first: int, last: int, frame: Frame) -> Found | None:
        if last >= len(self.parse.lows):
            return None
        end = self._noun_reach(last)
        if (told := self.light.of(first, last, frame)) is not None:
            self.credit.credit_noun(told, first)
            return told
        clause = self._noun_clause(first, last, end, frame)
        reading = self.reader.read_as(frame, self.parse, clause) if clause is not None else None
        if reading is None or clause is None:
            return None
        if not reading.from_ and frame.subject == "from":
            reading.from_ = self._agent_of(first, reading.to)
        if frame.name == "bring-home" and not reading.items and not reading.from_:
            return None
        if frame.name == "train" and not reading.to:
            by = self._agent_of(first, reading.from_)
            reading.from_, reading.to = by or reading.from_, reading.from_ if by else ()
        rule = f"{frame.name}:{self.parse.lows[first]}"
        found = Found(reading, clause.start, end, self.parse, rule=rule)
        if (light := self._light_verb(end)) is not None:
            found.last = clause.end = light.end
            found.modality = light.verb.modality
            undone = light.verb.negated or comes_to_nothing(self.parse, light)
            found.polarity = "denied" if undone else "affirmed"
        self.credit.credit_noun(found, first)
        if reading.quantity is not None:
            found.quantity = self.parse.quantities[reading.quantity]
        found.date = self.dates.of(clause, found)
        return found

    def _noun_reach(self, last: int) -> int:
        """Return where the words that belong to a noun end."""
        lows, verb_at = self.parse.lows, self.parse.verb_at
        end = last
        while (
            end < len(lows)
            and lows[end] not in (",", ";", ":", "”", '"', ".", "“")
            and not (end in verb_at and verb_at[end].form != "infinitive")
        ):
            end += 1
        return end

    def _noun_clause(self, first: int, last: int, end: int, frame: Frame) -> Clause | None:
        """Return the noun with what belongs to it as a clause, None if it tells of no event."""
        lows = self.parse.lows
        begin, owners = self._possessor(first)
        verb = VerbGroup(first, first, last, lows[first], "finite")
        clause = Clause(verb, (begin, first), begin, end)
        if frame.event == "Meeting":
            return clause if owners and lows[last] in ("to", "in", "with") else None
        train = frame.name == "train" and lows[last] in ("of", "for")
        told = (frame.name == "bring-home" and lows[last] == "from") or (
            lows[last] == "of" and (frame.event == "Measure" or self._is_told_by_noun(last, end))
        )
        if not train and not told:
            return None
        verb.passive = frame.subject != "theme"
        if lows[last] == "from":
            clause.start = first - 1 if first and lows[first - 1] in _POSSESSIVES else first
            return clause
        behind = self._first_preposition(last + 1, end)
        clause.subject, verb.last = (last + 1, behind), behind
        if not train:
            clause.start = first - 1 if first and lows[first - 1] == "the" else first
        return clause

    def _light_verb(self, at: int) -> Clause | None:
        """Return a clause that only says that or when something was: "took place on 7 July"."""
        for clause in self.clauses:
            if clause.verb.first == at:
                lemma = clause.verb.lemma
                took_place = lemma == "take" and self.parse.lows[
                    clause.verb.last : clause.verb.last + 1
                ] == ["place"]
                undone = comes_to_nothing(self.parse, clause)
                return clause if took_place or undone or lemma in self.lexicon["light"] else None
        return None

    def _first_preposition(self, first: int, end: int) -> int:
        words = ("to", "from", "for", "in", "into", "by", "via", "at", "on")
        return next((i for i in range(first, end) if self.parse.lows[i] in words), end)

    def _agent_of(self, noun: int, to: tuple[str, ...]) -> tuple[str, ...]:
        """Return the side whose doing a noun is the object of: "Iran continues shipment of"."""
        for mention in self.parse.mentions:
            if mention.last == noun and mention.kind in ("demonym", "state", "organization"):
                return self.reader.sides.of(self.parse, [mention])
            owner = self.parse.lows[mention.last : noun]
            if mention.last < noun and owner and owner[0] in ("'s", "’s") and len(owner) < 4:
                return self.reader.sides.of(self.parse, [mention])
        for clause in self.clauses:
            between = self.parse.mentions_in(clause.verb.last, noun)
            grants = clause.verb.lemma in self.lexicon["granting"] and not between
            held = clause.verb.last <= noun < clause.end and grants and noun - clause.verb.last < 8
            if (clause.verb.last == noun or held) and not clause.verb.passive:
                sides = self.reader.sides.of_subject(self.parse, clause)
                return tuple(side for side in sides if side not in to)
        return ()

    def _is_told_by_noun(self, first: int, end: int) -> bool:
        """Whether a noun phrase counts things, or says where they go."""
        mentions = self.parse.mentions_in(first, end)
        items = [m for m in mentions if m.kind == "item"]
        goal = any(
            self.parse.lows[m.first - 1] in _GOALS or self.parse.lows[m.first - 2] in _GOALS
            for m in mentions
            if m.kind in ("state", "place", "organization")
        )
        return any(m.quantity is not None for m in items) or bool(items and goal)

    def _possessor(self, first: int) -> tuple[int, bool]:
        """Return where a possessor before the noun begins, and whether there is one."""
        lows = self.parse.lows
        for index in range(first - 1, max(-1, first - 4), -1):
            if lows[index] in ("'s", "’s"):
                for mention in self.parse.mentions:
                    if mention.last == index:
                        mention.modifies = False
                        return mention.first, True
        return first, False
