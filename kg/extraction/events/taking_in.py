"""What a clause takes in from others: whom it is about, a shared object, what is demanded."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.document.readings import Reading
from kg.extraction.events.sitting import Part
from kg.extraction.grammar.clause import Clause
from kg.extraction.speakers.statements import Statement

# So many words may stand between a verb and what others did with its object.
_NEAR = 8
_JOINTS = frozenset(("and", "or", "nor"))
_LIST_JOINTS = _JOINTS | {","}
# Subject and object of verbs that do something to somebody.
_DONE_TO = frozenset((("from", "theme"), ("from", "to"), ("trainer", "trainee"), ("to", "theme")))
_EACH_OTHER = (("each", "other"), ("one", "another"))


class TakingIn(Part):
    """Widens the clauses of one sentence by what others say of the same event."""

    def widened(self, clause: Clause, statement: Statement | None) -> Clause:
        """Return a clause with its true subject, the object it shares and what it demands."""
        if self.parse.lows[clause.verb.last : clause.verb.last + 1] == ["what"]:
            return self._with_what_it_calls(clause)
        told = self._with_subject(clause, statement)
        return self._with_demand(self._with_relative(self._with_shared_object(told)))

    def _with_subject(self, clause: Clause, statement: Statement | None) -> Clause:
        """Return a clause about those who are accused, thanked or punished for it."""
        subject = self._whom_it_is_put_to(clause)
        if subject is None and statement is not None and statement.kind == "accuse":
            subject = statement.accused
            words = tuple(self.parse.lows[slice(*subject)]) if subject else ()
            if statement.clause is not None and words in _EACH_OTHER:
                subject = statement.clause.subject
        if subject is None:
            return clause
        return Clause(clause.verb, subject, clause.start, clause.end, clause.parent)

    def _with_what_it_calls(self, clause: Clause) -> Clause:
        """Take the whole object into "condemned what it called the arming of rebels"."""
        end = clause.end
        for later in self.clauses:
            calls = later.opener == "what" and later.start == clause.verb.last + 1
            if calls and later.verb.lemma in self.lexicon["call"]:
                end = later.end
                self.done.add(later.verb.first)
            elif end > clause.end and later.embedded and later.verb.first <= end:
                end = max(end, later.end)
                self.done.add(later.verb.first)
        return replace(clause, end=end) if end > clause.end else clause

    def _whom_it_is_put_to(self, clause: Clause) -> tuple[int, int] | None:
        """Return who it is that does it in "thanked Turkey for sending instructors"."""
        of, at = clause.parent, clause.start - 1
        if of is None or clause.verb.form != "gerund" or self.parse.lows[at] not in ("for", "over"):
            return None
        named = self.parse.mentions_in(of.verb.last, at)
        judged = of.verb.lemma in self.lexicon["putting-to"] and not of.verb.passive
        return (of.verb.last, at) if judged and named else None

    def _with_shared_object(self, clause: Clause) -> Clause:
        """Take "training the rebels" into "arming and": both verbs have one object."""
        first, last = clause.right
        joints = _LIST_JOINTS if clause.verb.form == "gerund" else _JOINTS
        if first < last or joints.isdisjoint(self.parse.lows[last : last + 1]):
            return clause
        does = {(f.subject, f.object) for _, f in self.lexicon.frames.get(clause.verb.lemma, ())}
        if does.isdisjoint(_DONE_TO):
            return clause  # "arrived and trained the rebels"
        for later in self.clauses:
            if later.start == last + 1 and later.shared and later.verb.form == clause.verb.form:
                verb = replace(clause.verb, last=later.verb.last)
                return replace(clause, verb=verb, end=later.end)
        return clause

    def _with_relative(self, clause: Clause) -> Clause:
        """Take "who have joined up" into "put the number of those who have joined up at 200"."""
        if clause.verb.lemma not in ("put", "estimate") or clause.shared:
            return clause
        for later in self.clauses:
            if later.relative and later.verb.first > clause.verb.last >= later.subject[0] - 3:
                self.done.add(later.verb.first)
                return replace(clause, end=later.end)
            if self._is_of_object(later, clause):
                return replace(clause, end=later.end)
        return clause

    def _is_of_object(self, later: Clause, clause: Clause) -> bool:
        """Whether a clause tells what others did with the object: "whom Chad has flown to"."""
        near = clause.verb.last < later.start <= clause.verb.last + _NEAR
        return near and later.opener in ("whom", "that", "which") and not later.relative

    def whom_others_sent(self, clause: Clause, reading: Reading) -> Reading:
        """Take the sides from "whom Chad has flown to Niger" in "put the number of men … at 90"."""
        if reading.frame.name != "count" or clause.shared:
            return reading
        for later in self.clauses:
            sent = (
                self.reader.read(self.parse, later) if self._is_of_object(later, clause) else None
            )
            if sent is not None and sent.from_ and sent.to:
                self.done.add(later.verb.first)
                return replace(
                    reading, type=sent.type, from_=sent.from_, to=sent.to, places=sent.places
                )
        return reading

    def _with_demand(self, clause: Clause) -> Clause:
        """Take what is demanded into "demanded that all foreign forces leave"."""
        if clause.verb.lemma not in self.lexicon["request"]:
            return clause
        for later in self.clauses:
            behind = later.start - 1 in (clause.verb.last, clause.right[1])
            if later.opener == "that" and behind:
                self.done.add(later.verb.first)
                verb = replace(clause.verb, last=later.start - 1)  # "demanded on Monday that"
                return replace(clause, verb=verb, end=later.end)
        return clause
