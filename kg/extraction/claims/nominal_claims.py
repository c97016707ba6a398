"""Claims made by a noun: "the arrival of 500 fighters", "Kim's visit to Russia"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.attributing.crediting import Credit
from kg.extraction.claims.brokered import Brokered
from kg.extraction.document.drills_told import drill_clause
from kg.extraction.document.found import Found
from kg.extraction.document.memory import Sides
from kg.extraction.document.readings import Reading
from kg.extraction.events.committing import committed
from kg.extraction.events.event_dates import date_of
from kg.extraction.events.sitting import Part, Sitting
from kg.extraction.grammar.clause import Clause
from kg.extraction.names.mentions import Mention
from kg.extraction.situations.outcomes import comes_to_nothing, is_underway
from kg.extraction.unframed.light_nouns import LightNouns
from kg.extraction.unframed.meeting_nouns import MeetingNouns
from kg.extraction.words.lexicon import Frame
from kg.extraction.words.verb_group import VerbGroup

_POSSESSIVES = ("the", "its", "their", "a")
_GOALS = ("to", "in", "into", "for", "at")
_THERE = (*_GOALS, "on", "near")
# Fights that have two sides, and what says where they are.
_FIGHTS = frozenset(("clashes", "fighting", "combat"))
_PLACING = frozenset(
    ("in", "at", "near", "around", "on", "over", "for", "along", "across", "since")
)
# So many words may stand before a treaty: "the wider security and cooperation treaty".
_EPITHETS = 7
_PARTING = frozenset(
    (*',;:—–“”()"', "in", "under", "to", "of", "on", "with", "that", "and", "by", "for", "from")
)
_SINCE = frozenset(("since", "until", "before"))
_REACHING = ("to", "from", "for", "in", "into", "by", "via", "at", "on")
# What says of forces who sends them, or from where they come: "the pull-out of troops from".
_LEADING = frozenset(("by", "from"))


class NominalClaims(Part):
    """Finds the claims that nouns of one sentence make."""

    def __init__(self, sitting: Sitting, credit: Credit) -> None:
        """Take the sentence, and what says who stands behind its claims."""
        super().__init__(sitting)
        self.credit = credit

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
            if frame.event == "Combat" and self._only_dates(index):
                continue
            if not any(f.first <= index < f.last for f in self.found):
                found = self._brokered(index, behind, frame)
                found = found or self._noun_claim(index, behind, frame)
                found = found or self._other_claim(index, frame)
                if found is not None:
                    yield found

    def _only_dates(self, noun: int) -> bool:
        """Whether a noun only says since when: "since the Hamas attack"."""
        lows = self.parse.lows
        opens = [i for i in range(max(0, noun - _EPITHETS), noun) if lows[i] in _SINCE]
        between = lows[opens[-1] + 1 : noun] if opens else [","]
        return _PARTING.isdisjoint(between) and between[:1] in (["the"], ["its"], ["that"])

    def _brokered(self, first: int, last: int, frame: Frame) -> Found | None:
        """Return talks that a third side has brought about: "talks mediated by Angola"."""
        lows = self.parse.lows
        if last >= len(lows) or lows[last] not in self.lexicon["brokering"]:
            return None
        return Brokered(self.sitting, self.credit).of(first, last, frame)

    def _other_claim(self, index: int, frame: Frame) -> Found | None:
        """Return the claim of a noun by another frame: "the handover of four frigates"."""
        for size, other in self.lexicon.nominal.matches(self.parse.lows, index):
            if other is not frame and (found := self._noun_claim(index, index + size, other)):
                return found
        return None

    def _existential(self, first: int) -> int:
        """Return where "there will be no talks" begins."""
        for clause in self.clauses:
            if clause.verb.lemma == "be" and clause.verb.first < first <= clause.verb.last:
                return self.sitting.span(clause)[0]
        return first

    def _meet_with_speaker(self, found: Found) -> None:
        """Let whoever says "no talks with Chad" be who does not talk."""
        reading = found.reading
        who = found.speakers[0] if found.speakers else self.memory.person or self.memory.state
        if reading.type == "Meeting" and len(reading.from_) == 1 and who:
            reading.from_ = tuple(dict.fromkeys((self.memory.top(who), *reading.from_)))

    def _is_supposed(self, index: int) -> bool:
        """Whether a word belongs to a condition: "if the presence of troops is verified"."""
        return any(c.conditional and c.start <= index < c.end for c in self.clauses)

    def _noun_claim(self, first: int, last: int, frame: Frame) -> Found | None:
        if last >= len(self.parse.lows):
            return None
        end = self._noun_reach(last)
        if (told := LightNouns(self.sitting).of(first, last, frame)) is not None:
            self.credit.credit_noun(told, first)
            return told
        clause = self._noun_clause(first, last, end, frame)
        if clause is None:
            return None
        end = max(end, clause.end)
        doers = self._giver(clause, frame) or self._doers(last)
        reading = self.reader.read_as(frame, self.parse, clause, doers=doers)
        if reading is None:
            return None
        if not reading.from_ and frame.subject == "from":
            reading.from_ = self._agent_of(first, reading.to)
        if not reading.to and frame.subject == "from":
            reading.to = tuple(s for s in self._thankful(first) if s not in reading.from_)
        if frame.name == "bring-home" and not reading.items and not reading.from_:
            return None
        if frame.name == "train" and not reading.to:
            by = self._agent_of(first, reading.from_)
            reading.from_, reading.to = by or reading.from_, reading.from_ if by else ()
        found = self._found(reading, clause, end)
        self.credit.credit_noun(found, first)
        self._meet_with_speaker(found)
        if reading.quantity is not None:
            found.quantity = self.parse.quantities[reading.quantity]
        found.date = date_of(self.sitting, clause, found)
        return found

    def _found(self, reading: Reading, clause: Clause, end: int) -> Found:
        """Return a reading as a claim, with the words of its quote and whether it is denied."""
        frame, first = reading.frame, clause.verb.first
        rule = f"{frame.name}:{self.parse.lows[first]}"
        found = Found(reading, clause.start, end, self.parse, rule=rule)
        if (light := self._light_verb(end)) is not None:
            found.last = clause.end = light.end
            found.modality = committed(self.sitting, light, found) or light.verb.modality
            undone = light.verb.negated or comes_to_nothing(self.parse, light)
            found.polarity = "denied" if undone else "affirmed"
        if frame.name == "flights":
            self._count_loads(found, first)
        if granting := self._granting(first):
            found.first = min(found.first, self.sitting.span(granting)[0])
            found.modality = committed(self.sitting, granting, found) or found.modality
        if clause.verb.negated:
            found.first = self._existential(clause.start)
        if clause.verb.negated or self._is_unnoticed(first):
            found.polarity = "denied"
        if (none := self._none_before(first)) is not None:
            found.polarity, found.first = "denied", min(found.first, none)
        return found

    def _none_before(self, noun: int) -> int | None:
        """Return where "no" stands before a noun: "no deployment of Kenyan soldiers is planned"."""
        lows = self.parse.lows
        for at in range(noun - 1, max(-1, noun - _EPITHETS), -1):
            if lows[at] == "no":
                return at
            if lows[at] in _PARTING or at in self.parse.counted or at in self.parse.verb_at:
                return None
        return None

    def _is_unnoticed(self, noun: int) -> bool:
        """Whether nobody has noticed it: "has not observed any delivery of arms"."""
        return any(
            clause.verb.negated
            and clause.verb.lemma in self.lexicon["noticing"]
            and clause.verb.last <= noun < clause.verb.last + _EPITHETS
            for clause in self.clauses
        )

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

    def _noun_clause(
        self, first: int, last: int, end: int, frame: Frame, *, loose: bool = False
    ) -> Clause | None:
        """Return the noun with what belongs to it as a clause, None if it tells of no event."""
        lows = self.parse.lows
        begin, owners = self._possessor(first)
        verb = VerbGroup(first, first, last, lows[first], "finite")
        clause = Clause(verb, (begin, first), begin, end)
        if frame.event == "Meeting":
            return MeetingNouns(self.sitting).of(
                clause, owners=owners or (loose and lows[last] == "with")
            )
        if frame.name == "force-noun":
            return self._force(clause, owners=owners)
        if frame.name == "flights":
            carries = lows[first - 1] not in self.lexicon["carrying-no-arms"]
            return clause if carries and self._count_before(first) is not None else None
        if frame.event == "Agreement":
            return self._treaty(clause, owners=owners)
        if frame.event == "Combat" and lows[last] in ("between", "with"):
            return self._fight(clause, owners=owners)
        if frame.name == "drill-noun":
            return drill_clause(self.parse, clause, self._noun_reach, self._where)
        of = self._of_thing(last)
        train = frame.name == "train" and lows[of] in ("of", "for")
        told = (frame.name == "bring-home" and lows[last] == "from") or (
            lows[of] == "of"
            and (frame.event == "Measure" or self._is_told_by_noun(of, end, loose=loose))
        )
        if not train and not told:
            return None
        verb.passive = frame.subject != "theme"
        if lows[last] == "from":
            clause.start = first - 1 if first and lows[first - 1] in _POSSESSIVES else first
            return clause
        behind = next((i for i in range(of + 1, end) if self.parse.lows[i] in _REACHING), end)
        clause.subject, verb.last = (of + 1, behind), behind
        if not train:
            clause.start = first - 1 if first and lows[first - 1] == "the" else first
        return clause

    def _fight(self, clause: Clause, *, owners: bool) -> Clause | None:
        """Return a fight as a clause, if its noun has who fights: "clashes between Chad and"."""
        last = clause.verb.last
        if self.parse.lows[clause.verb.first] not in _FIGHTS:
            return None
        if self.parse.lows[last] == "between":
            clause.subject = (last + 1, self._where(last + 1, clause.end))
            named = self.parse.mentions_in(*clause.subject)
            return clause if self.reader.sides.of(self.parse, named) else None
        return clause if owners else None

    def _where(self, first: int, end: int) -> int:
        """Return where the words that say where begin, behind those who fight."""
        return next((i for i in range(first, end) if self.parse.lows[i] in _PLACING), end)

    def _force(self, clause: Clause, *, owners: bool) -> Clause | None:
        """Return a force abroad as a clause: "Russia's military presence in Mali"."""
        lows, first, last = self.parse.lows, clause.verb.first, clause.verb.last
        if lows[last : last + 1] == [] or lows[last] not in _THERE:
            return None
        adjective = [m for m in self.parse.mentions if m.last == first and m.kind == "demonym"]
        if adjective and not owners:
            clause.start, clause.subject = adjective[0].first, (adjective[0].first, first)
        clause.verb.negated = "no" in lows[max(0, clause.start - 2) : clause.start]
        pronoun = first > 0 and lows[first - 1] in ("its", "their")
        clause.shared = pronoun
        return clause if owners or adjective or pronoun else None

    def _treaty(self, clause: Clause, *, owners: bool) -> Clause | None:
        """Return a treaty as a clause, if its noun has a date or who concluded it."""
        lows, first, last = self.parse.lows, clause.verb.first, clause.verb.last
        begin = clause.start if owners else first
        taken = {i for group in self.parse.verbs for i in range(group.first, group.last)}
        while begin > 0 and first - begin < _EPITHETS and lows[begin - 1] not in _PARTING:
            if begin - 1 in taken:
                break
            begin -= 1
        behind = last + (lows[last] in ("of", "from"))
        dated = any(d.first == behind or begin <= d.first < first for d in self.parse.dates)
        named = lows[last : last + 1] == ["between"] or (owners and lows[last] == "with")
        if not dated and not named:
            return None
        clause.start = begin
        between = "between" in lows[last : last + _EPITHETS]
        clause.subject = (first, first) if between else (begin, first)
        clause.verb.negated = "no" in lows[max(0, begin - 1) : begin + 1]
        return clause

    def between(self, first: int, last: int) -> Reading | None:
        """Return the event that a noun between two tokens names: "any posting of troops to"."""
        for index in range(first, last):
            matched = self.lexicon.nominal.match(self.parse.lows, index)
            if matched is None or index in self.parse.verb_at:
                continue
            behind, frame = index + matched[0], matched[1]
            if behind >= len(self.parse.lows):
                return None
            clause = self._noun_clause(index, behind, last, frame, loose=True)
            return self.reader.read_as(frame, self.parse, clause) if clause is not None else None
        return None

    def _light_verb(self, at: int) -> Clause | None:
        """Return a clause that only says that or when something was: "took place on 7 July"."""
        for clause in self.clauses:
            if clause.verb.first == at:
                lemma = clause.verb.lemma
                took_place = lemma == "take" and self.parse.lows[
                    clause.verb.last : clause.verb.last + 1
                ] == ["place"]
                told = comes_to_nothing(self.parse, clause) or lemma in self.lexicon["light"]
                held = lemma == "hold" and clause.verb.passive
                held = held or (lemma == "be" and is_underway(self.parse, clause))
                return clause if took_place or held or told else None
        return None

    def _agent_of(self, noun: int, to: tuple[str, ...]) -> tuple[str, ...]:
        """Return the side whose doing a noun is the object of: "Iran continues shipment of"."""
        for mention in self.parse.mentions:
            if mention.last == noun and mention.kind in ("demonym", "state", "organization"):
                return self.reader.sides.of(self.parse, [mention])
            owner = self.parse.lows[mention.last : noun]
            if mention.last < noun and owner and owner[0] in ("'s", "’s") and len(owner) < 4:
                return self.reader.sides.of(self.parse, [mention])
        if clause := self._granting(noun):
            sides = self.reader.sides.of_subject(self.parse, clause)
            return tuple(side for side in sides if side not in to)
        return ()

    def _granting(self, noun: int) -> Clause | None:
        """Return the clause whose object the noun is: "has approved on Friday the sale of"."""
        for clause in self.clauses:
            between = self.parse.mentions_in(clause.verb.last, noun)
            grants = clause.verb.lemma in self.lexicon["granting"] and not between
            held = clause.verb.last <= noun < clause.end and grants and noun - clause.verb.last < 8
            if (clause.verb.last == noun or held) and not clause.verb.passive:
                return clause
        return None

    def _count_before(self, noun: int) -> int | None:
        """Return which number counts a noun: "at least 180 landings"."""
        for index, quantity in enumerate(self.parse.quantities):
            gap = self.parse.lows[quantity.last : noun]
            if quantity.last <= noun and len(gap) < _EPITHETS - 4 and _PARTING.isdisjoint(gap):
                return index
        return None

    def _count_loads(self, found: Found, noun: int) -> None:
        """Say how many flights were counted, and by whom."""
        found.reading.quantity = self._count_before(noun)
        found.reading.items = ["planeload"]
        if found.reading.quantity is not None:
            found.first = min(found.first, self.parse.quantities[found.reading.quantity].first)
        for clause in self.clauses:
            counts = any(
                f.name == "count" for _, f in self.lexicon.frames.get(clause.verb.lemma, ())
            )
            if counts and clause.verb.last <= noun < clause.end and not clause.verb.passive:
                found.speakers = self.credit.subject_speakers(clause)

    def _of_thing(self, last: int) -> int:
        """Return where "of" stands behind a noun: right there, or in "delivery by Iran of"."""
        lows = self.parse.lows
        if lows[last] != "by":
            return last
        ahead = range(last + 2, min(last + _EPITHETS, len(lows)))
        at = next((i for i in ahead if lows[i] in _PARTING or i in self.parse.verb_at), last)
        return at if lows[at] == "of" else last

    def _giver(self, clause: Clause, frame: Frame) -> list[Mention]:
        """Return who stands right before what is done, and begin there: "German exports of"."""
        noun = clause.verb.first
        before = [m for m in self.parse.mentions if m.last == noun and m.kind == "demonym"]
        if frame.subject != "from" or not before:
            return []
        the = self.parse.lows[before[0].first - 1 : before[0].first] == ["the"]
        clause.start = min(clause.start, before[0].first - the)
        return before

    def _doers(self, last: int) -> list[Mention]:
        """Return who does what a noun tells: "the delivery by Iran of 40 drones"."""
        of = self._of_thing(last)
        return self.parse.mentions_in(last + 1, of) if of > last else []

    def _thankful(self, noun: int) -> Sides:
        """Return who is thankful for what a noun tells: "expressed thanks for the delivery by"."""
        if self.lexicon["thanks"].isdisjoint(self.parse.words_used):
            return ()
        for clause in self.clauses:
            told = self.parse.lows[clause.verb.first : noun]
            thanks = not self.lexicon["thanks"].isdisjoint(told)
            if clause.verb.last <= noun < clause.end and thanks:
                return self.reader.sides.of_subject(self.parse, clause)
        return ()

    def _is_told_by_noun(self, first: int, end: int, *, loose: bool) -> bool:
        """Whether a noun phrase counts things, or says where they go; if `loose`, names them."""
        mentions = self.parse.mentions_in(first, end)
        items = [m for m in mentions if m.kind == "item"]
        goal = any(
            self.parse.lows[m.first - 1] in _GOALS or self.parse.lows[m.first - 2] in _GOALS
            for m in mentions
            if m.kind in ("state", "place", "organization")
        )
        goal = goal or not _LEADING.isdisjoint(self.parse.lows[first:end])
        return any(m.quantity is not None for m in items) or bool(items and (goal or loose))

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
