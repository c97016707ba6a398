"""Denials: what is denied, rejected, called a lie, and what others suggest otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extraction.attributing.crediting import Credit
from kg.extraction.claims.denied_before import FIGURES, DeniedBefore
from kg.extraction.claims.nominal_claims import NominalClaims
from kg.extraction.document.found import Found
from kg.extraction.document.memory import FORCES, MOVING, Sides
from kg.extraction.document.readings import Reading
from kg.extraction.events.event_dates import date_of
from kg.extraction.events.sitting import Part, Sitting
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.fronted import opened_at
from kg.extraction.grammar.parse import Parse
from kg.extraction.speakers.statements import Statement, clause_reach
from kg.extraction.speakers.voices import voices
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.verb_group import VerbGroup

_PRONOUNS = frozenset(("it", "this", "them", "these", "those", "all", "any", "having"))
_APPOSED = frozenset(("something", "which", "assertion", "accusation"))
_PARTIES = (["countries"], ["sides"], ["states"], ["governments"], ["parties"], ["capitals"])
# In what others did somebody has one of these, or had none.
_OWN_PART = frozenset(("part", "role", "hand", "involvement", "participation", "complicity"))
_TO_DO = "to do with"
# So many words may stand between "repeats" and "denial".
_NEAR = 5
_HEAD = 4
# Who has not left is still there.
_GOING = frozenset(("bring-home", "recall-force", "leave", "go-home"))


def says_otherwise(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a clause with a verb of saying says "otherwise" of what has been denied."""
    first, last = clause.right
    words = " ".join(parse.lows[first : min(last, first + 3)])
    return words.startswith(tuple(lexicon["otherwise"]))


def leaves(reading: Reading, clause: Clause, lows: list[str]) -> bool:
    """Whether a clause tells of a withdrawal: whoever denies it says that they are there."""
    if reading.type == "Shipment":
        return False  # a system that nobody sends back goes nowhere
    left = reading.frame.name == "arrive" and clause.verb.lemma in ("leave", "depart")
    return reading.frame.name in _GOING or (left and "for" not in lows[slice(*clause.right)])


class Denials(Part):
    """Finds the denials of one sentence."""

    def __init__(self, sitting: Sitting, credit: Credit) -> None:
        """Take the sentence, and what says who stands behind its claims."""
        super().__init__(sitting)
        self.credit = credit

    def denial(self, clause: Clause) -> Iterator[Found]:
        """Yield what a verb of denying denies: the event it names, else the one told before."""
        statement = next(
            (s for s in self.statements if s.clause is clause and s.kind == "deny"), None
        )
        if statement is None or self._is_withheld(clause):
            return
        target, reading = self._told_inside(clause, statement)
        named = reading is not None
        reading = reading or self._of_own_part(clause, statement, self._not_named(clause))
        if reading is None:
            return
        speakers = self.voices.get(id(statement), [])
        if self._both_deny(clause):
            speakers = list(dict.fromkeys((*reading.from_, *reading.to)))
        first, last = self._quoted(clause)
        found = Found(reading, first, last, self.parse, polarity="denied", speakers=speakers)
        if target is not clause:
            self._tell_of(target, found)
        found.rule = f"deny:{clause.verb.lemma}"
        found.bare = not named and self._only_pronoun(clause)
        self.credit.credit_denial(found, clause)
        yield found
        if target is not clause and (others := self._who_says_it_too(target, statement)):
            yield replace(
                found,
                first=target.start,
                last=target.end,
                polarity="denied" if found.polarity == "affirmed" else "affirmed",
                speakers=others,
                via=[],
                rule=f"deny:{clause.verb.lemma}, said by others",
            )

    def _quoted(self, clause: Clause) -> tuple[int, int]:
        """Return the quote of a denial: from who denies to what, "that" included."""
        first, last = self.sitting.span(clause)
        statement = next((s for s in self.statements if s.clause is clause), None)
        denied = statement.last if statement is not None and statement.kind == "deny" else 0
        last = max(last, self._reach(clause), denied)
        lows = self.parse.lows
        if self._denies_by_the_way(clause):
            last = clause.verb.last + 1
        if lows[last : last + 1] == ["that"] and last == clause.verb.last:
            last += not lows[last + 1 : last + 2] or not lows[last + 1][0].isalnum()
        begin, end = clause.subject
        aside = not clause.shared and begin < end <= first and lows[end] == ","
        return begin if aside else first, last

    def _not_named(self, clause: Clause) -> Reading | None:
        """Return what a denial denies that tells of it in no clause; None if it denies nothing."""
        if self.is_refusal(clause):
            return None
        if (told := self._just_told(clause)) is not None:
            return None if self._of_other_things(clause, told) else told
        if self.memory.untold and self._only_pronoun(clause):
            return None  # what "it" is was not read
        last = max(self.sitting.span(clause)[1], self._reach(clause))
        first = clause.verb.last
        nouns = NominalClaims(self.sitting, self.credit)
        by = self.reader.sides.of_subject(self.parse, clause) if _rules_out(clause) else ()
        reading = self.named_by_noun(first, last, by) or nouns.between(first, last)
        reading = self._own(clause, reading)
        if reading is None and not self._only_waves_off(clause):
            reading = self.told_before(clause, last)
            reading = None if self._of_other_things(clause, reading) else reading
        return None if clause.shared and self._denied_already() else reading

    def _of_other_things(self, clause: Clause, told: Reading | None) -> bool:
        """Whether a clause denies it of other things: arms went, no "soldiers were aboard"."""
        that = clause.verb.last
        if told is None or self.parse.lows[that : that + 1] != ["that"]:
            return False
        heads = self.parse.mentions_in(that + 1, that + _HEAD)
        classes = {
            self.reader.gazetteer.item_class(m.items[0])
            for m in heads
            if m.kind == "item" and m.items
        }
        return bool(classes) and ("persons" in classes) != (told.klass == "persons")

    def _only_waves_off(self, clause: Clause) -> bool:
        """Whether nothing is said to be false: "brushed the statement aside", "waved that off".

        Who waves an accusation or reports away denies them.
        """
        if clause.verb.lemma not in self.lexicon["waving-off"]:
            return False
        words = self.parse.lows[clause.verb.last : clause.end]
        told = self.lexicon["falsehoods"] | self.lexicon["charges"]
        return told.isdisjoint(words)

    def _just_told(self, clause: Clause) -> Reading | None:
        """Return what this sentence has told: "has cut off aid, something Canberra rejects"."""
        before = [f for f in self.found if f.last <= clause.start and f.polarity == "affirmed"]
        if not before or not self._only_by(clause):
            return None
        return replace(before[-1].reading, quantity=None, further=[])

    def _only_by(self, clause: Clause) -> bool:
        """Whether nothing but who denies stands behind the verb: "a claim rejected by Kyiv"."""
        first, last = clause.right
        aside = self._denies_by_the_way(clause)
        return (
            first == last
            or aside
            or (clause.verb.form == "participle" and self.parse.lows[first] == "by")
        )

    def _denies_by_the_way(self, clause: Clause) -> bool:
        """Whether the sentence goes on behind an aside: "which denies it, and to Mali"."""
        last = clause.verb.last
        return clause.relative and self.parse.lows[last : last + 2] == ["it", ","]

    def _of_own_part(
        self, clause: Clause, statement: Statement, told: Reading | None
    ) -> Reading | None:
        """Let who denies a part in what others did be whose part it is: "denied a hand in it".

        Where a clause says who took part it is they: "denied that Chad had taken part".
        """
        held = (c for c in self.clauses if c is not clause and statement.holds(c.verb.first))
        inner = next(held, clause)
        first = inner.verb.first if inner is not clause else clause.verb.last
        words = self.parse.lows[first : max(inner.end, self.sitting.span(inner)[1])]
        part = not _OWN_PART.isdisjoint(words) or _TO_DO in " ".join(words)
        if told is None or not part or told.type not in MOVING:
            return told
        own = self.reader.sides.of_subject(self.parse, inner)[:1]
        if own and not {*own} & {*told.from_, *told.to}:
            told.from_ = own
            told.to = () if told.type == "Combat" else told.to
        return told

    def _own(self, clause: Clause, reading: Reading | None) -> Reading | None:
        """Let who rules out talks be one of those who would talk, and who sends if nobody is."""
        if reading is None:
            return None
        own = self.reader.sides.of_subject(self.parse, clause)
        if reading.type == "Meeting":
            reading.from_ = tuple(dict.fromkeys((*own, *reading.from_)))
        elif not reading.from_:
            reading.from_ = tuple(side for side in own if side not in reading.to)
        return reading

    def _reach(self, clause: Clause) -> int:
        return clause_reach(self.clauses, clause, len(self.parse.lows))

    def _tell_of(self, target: Clause, found: Found) -> None:
        """Let a denial say what the clause inside it says: modality, figure, day and end."""
        reading = found.reading
        found.last = max(found.last, target.end)
        that = opened_at(self.parse, target) if target.opener == "that" else None
        first = target.start if that is None else that + 1
        found.date = date_of(self.sitting, target, replace(found, first=first, speakers=[]))
        if found.date is not None and found.said is None:  # "denied on 10 October that"
            found.said = next((d for d in self.parse.dates if found.first <= d.first < first), None)
        found.modality = self.sitting.modality(target)
        if target.verb.negated or leaves(reading, target, self.parse.lows):
            found.polarity = "affirmed"
        if reading.quantity is not None:
            found.quantity = self.parse.quantities[reading.quantity]

    def _who_says_it_too(self, target: Clause, denial: Statement) -> list[str]:
        """Return who says what another denies: "Kyiv said, and Minsk denied, that …"."""
        for statement in self.statements:
            alike = statement.kind == "say" and statement.holds(target.verb.first)
            if alike and (statement.first, statement.last) == (denial.first, denial.last):
                return self.voices.get(id(statement), [])
        return []

    def _is_withheld(self, clause: Clause) -> bool:
        """Whether what is denied to somebody is no claim: "were denied entry"."""
        words = self.parse.lows[slice(*clause.subject)]
        told = self.lexicon["allegations"] | _PRONOUNS
        return clause.verb.passive and told.isdisjoint(words)

    def _told_inside(self, clause: Clause, statement: Statement) -> tuple[Clause, Reading | None]:
        """Return the clause inside a denial that tells of an event, and what it tells."""
        inner = [c for c in self.clauses if statement.holds(c.verb.first) and c is not clause]
        self.done.update(c.verb.first for c in inner if self.sitting.in_passing(c))
        for one in sorted(inner, key=_only_describes):
            if one.verb.first not in self.done:
                self.done.add(one.verb.first)
                self.credit.note_who_we_are(statement, one)
                if (reading := self.reader.read(self.parse, one, denied=True)) is not None:
                    return one, reading
        return clause, None

    def _both_deny(self, clause: Clause) -> bool:
        """Whether those deny of whom the denied claim tells: "Both countries deny it"."""
        words = self.parse.lows[slice(*clause.subject)]
        return words[:1] == ["both"] and (len(words) == 1 or words[1:] in _PARTIES)

    def is_refusal(self, clause: Clause) -> bool:
        """Whether what is rejected is no claim: an offer, a plan, a demand."""
        if clause.verb.lemma not in self.lexicon["rejecting"]:
            return False
        words = self.parse.lows[clause.verb.last : clause.verb.last + 6]
        before = self.parse.lows[max(0, clause.start - 3) : clause.verb.first]
        apposed = self.lexicon["allegations"] | _APPOSED
        if self._only_by(clause) and not apposed.isdisjoint(before):
            return False  # "an accusation Kyiv rejects"
        if words[:1] in (["as"], ["that"]) or not _PRONOUNS.isdisjoint(words[:1]):
            return False
        told = self.lexicon["allegations"] | self.lexicon["falsehoods"] | FIGURES
        return told.isdisjoint(words)

    def _denied_already(self) -> bool:
        return any(f.polarity == "denied" for f in self.found) or any(
            s.kind == "say" and "no" in self.parse.lows[s.first : s.first + 3]
            for s in self.statements
        )

    def _only_pronoun(self, clause: Clause) -> bool:
        first, last = clause.right
        return all(
            word in ("this", "it", "them", "that", "these") for word in self.parse.lows[first:last]
        )

    def named_by_noun(self, first: int, last: int, by: Sides = ()) -> Reading | None:
        """Read the event in "reports of Egyptian jets in Sudan", "talk of missiles for Moscow".

        `by` are those who would send what is named: "ruled out tanks for Ukraine".
        """
        for mention in self.parse.mentions_in(first, last):
            if mention.kind != "item" or mention.last >= last:
                continue
            verb = VerbGroup(mention.last, mention.last, mention.last, "be", "finite")
            clause = Clause(verb, (mention.first, mention.last), mention.first, last)
            key = "be bound" if self.parse.lows[mention.last] in ("for", "to") else "be"
            for _, frame in self.lexicon.frames.get(key, ()):
                reading = self.reader.read_as(frame, self.parse, clause)
                if reading is not None and not reading.from_ and not set(by) & {*reading.to}:
                    reading.from_ = by
                if reading is not None and reading.from_ and reading.to:
                    return reading
        return None

    def told_before(self, clause: Clause, last: int) -> Reading | None:
        """Return the event that a denial names by a noun, else the one spoken of last."""
        return DeniedBefore(self.sitting).told_before(clause, last)

    def denied_again(self, clause: Clause) -> Found | None:
        """Read "repeats its denial" as a denial of what was told before."""
        words = self.parse.lows[clause.verb.last : min(clause.end, clause.verb.last + _NEAR)]
        if self.lexicon["denials"].isdisjoint(words) or clause.verb.passive:
            return None
        reading = self.told_before(clause, clause.end)
        if reading is None:
            return None
        first, last = self.sitting.span(clause)
        found = Found(reading, first, last, self.parse, polarity="denied", rule="deny:again")
        speakers = voices(self.parse, clause.subject, self.lexicon)
        known = (self.reader.resolver.speaker(self.parse, voice) for voice in speakers)
        found.speakers = [speaker for speaker in known if speaker]
        self.credit.credit_denial(found, clause)
        return found

    def called_false(self, clause: Clause) -> Found | None:
        """Read "called the account a fabrication" as a denial of what was told before."""
        first, last = clause.right
        words = self.parse.lows[first:last]
        if any(s.kind == "deny" and s.clause is clause for s in self.statements):
            return None  # what is called false stands in a clause of its own
        if not any(word in self.lexicon["falsehoods"] for word in words):
            return None
        if not any(
            word in self.lexicon["allegations"] or word in ("it", "this", "that", "them")
            for word in words
        ):
            return None
        reading = self.named_by_noun(first, last) or self.told_before(clause, last)
        if reading is None:
            return None
        begin, end = self.sitting.span(clause)
        found = Found(
            reading, begin, end, self.parse, polarity="denied", rule=f"call:{clause.verb.lemma}"
        )
        speakers = [
            i
            for v in voices(self.parse, clause.subject, self.lexicon)
            if (i := self.reader.resolver.speaker(self.parse, v))
        ]
        found.speakers = speakers
        self.credit.credit_denial(found, clause)
        return found

    def said_to_be_false(self, clause: Clause) -> Found | None:
        """Read "said the reports of troops were lies" as a denial by who says it.

        What proved false, or was made up, is denied by the text itself where nobody is said to
        say so.
        """
        made_up = clause.verb.lemma in self.lexicon["making-up"] and clause.verb.passive
        words = self.parse.lows[clause.verb.head : clause.end]
        if self.lexicon["falsehoods"].isdisjoint(words) and not made_up:
            return None
        told = self.parse.lows[slice(*clause.subject)]
        statement = self.sitting.statement_of(clause)
        itself = statement is None and (made_up or clause.verb.lemma in self.lexicon["turning-out"])
        said = itself or (statement is not None and statement.kind == "say")
        if not said or clause.verb.negated:
            return None
        speakers = self.voices.get(id(statement), [])
        meant = told in (["this"], ["that"], ["it"], ["these"], ["all", "this"])
        alleged = any(w in self.lexicon["allegations"] for w in told)
        if not (speakers or itself) or not ((meant and not itself) or alleged):
            return None
        reading = self.named_by_noun(*clause.subject) or self.told_before(clause, clause.end)
        if reading is None:
            return None
        first, last = self.sitting.span(clause)
        return Found(
            reading, first, last, self.parse, polarity="denied", speakers=speakers, rule="false:be"
        )

    def otherwise(self, clause: Clause) -> Iterator[Found]:
        """Read "sources suggest otherwise": they affirm what has just been denied."""
        last = self.memory.denied or self.memory.latest((*FORCES, "Shipment", "Agreement"))
        if last is None:
            return
        frame = next(f for entries in self.lexicon.frames.values() for _, f in entries)
        reading = Reading(
            frame, last.type, last.from_, last.to, "occurrence", list(last.items), klass=last.klass
        )
        first, end = self.sitting.span(clause)
        speakers = [
            i
            for v in voices(self.parse, clause.subject, self.lexicon)
            if (i := self.reader.resolver.speaker(self.parse, v))
        ]
        yield Found(reading, first, end, self.parse, speakers=speakers, rule="otherwise")


def _only_describes(clause: Clause) -> bool:
    """Whether a clause only says which are meant: "that shells sold to Togo had gone on"."""
    return clause.embedded and clause.verb.form == "participle"


def _rules_out(clause: Clause) -> bool:
    """Whether somebody says that he will not do it: "has ruled out tanks for Ukraine"."""
    return clause.verb.lemma == "rule out" and not clause.verb.passive
