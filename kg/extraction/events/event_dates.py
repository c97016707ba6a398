"""When an event is or was to happen, as its clause says it; not when it was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from kg.extraction.dating.dated import Dated
from kg.extraction.document.found import Found
from kg.extraction.events.sitting import Part, Sitting
from kg.extraction.grammar.clause import Clause

# So many words stand between "since" and the date at which something began.
_SINCE = 9
_GIVING = frozenset(("give", "put", "speak", "talk", "cite", "mention", "estimate"))


def date_of(sitting: Sitting, clause: Clause, found: Found) -> Dated | None:
    """Return when the event of a claim was or is to be, None if its sentence has no such date."""
    return _EventDates(sitting).of(clause, found) if sitting.parse.dates else None


class _EventDates(Part):
    """Finds the dates of the events of one sentence."""

    def of(self, clause: Clause, found: Found) -> Dated | None:
        """Return the date of the event, from a day on if that is when something else began."""
        dated = self._of(clause, found)
        return dated if "since" not in self.parse.words_used else self._opened(dated, found)

    def _opened(self, dated: Dated | None, found: Found) -> Dated | None:
        """Let a date open an interval in "since the war began in April 2023"."""
        lows = self.parse.lows
        if dated is None:
            behind = (d for d in self.parse.dates if found.last <= d.first <= found.last + 1)
            return next((d for d in behind if d.opening == "since"), None)
        for index, low in enumerate(lows):
            if low != "since":
                continue
            near = (d for d in self.parse.dates if index + 1 < d.first <= index + _SINCE)
            began = next((d for d in near if "," not in lows[index : d.first]), None)
            happens = began is not None and any(
                group.form == "finite" and index < group.first < began.first
                for group in self.parse.verbs
            )
            if began is dated and happens and not dated.opening:
                return replace(dated, opening="since")
        return dated

    def _of(self, clause: Clause, found: Found) -> Dated | None:
        """Return the date of the event: one in the clause, or before it in the text's own voice."""
        first, last = found.first, found.last
        if self._only_says_figure(clause, found):
            return None
        agreed = found.reading.type == "Agreement"
        inside = [
            d
            for d in self.parse.dates
            if first <= d.first
            and d.last <= last
            and not self._is_of_another(d, clause)
            and (agreed or not _is_of_resolve(d, clause))
            and not (found.is_utterance and self.parse.lows[d.first - 1] == "of")
        ]
        if inside:
            behind = [d for d in inside if d.first >= clause.verb.last]
            if agreed and any(_is_of_resolve(d, clause) for d in inside):
                behind = []  # "agreed on Friday to stop firing on Monday"
            if behind != inside and behind and self._in_purpose(behind[0], clause):
                behind = []  # "on Friday authorised a mission to take over from 1 January"
            return self._moved((behind or inside)[0], found)
        if not found.is_utterance and (dated := self._of_when(found)) is not None:
            return dated
        if found.speakers and found.reading.type != "Measure":
            return self._leading(found) if self._in_content(clause) else None
        if found.is_utterance:
            return None
        return self._leading(found)

    def _only_says_figure(self, clause: Clause, found: Found) -> bool:
        """Whether a date is that of a statement: "gave a figure of 900 last month"."""
        counts = found.reading.frame.name == "count" and bool(found.speakers)
        verb = clause.verb
        gives = verb.lemma in _GIVING and verb.form == "finite" and not verb.passive
        ahead = [d for d in self.parse.dates if verb.first < d.first and not d.opening]
        return counts and gives and bool(ahead) and self.parse.lows[ahead[0].first - 1] != "in"

    def _is_of_another(self, dated: Dated, clause: Clause) -> bool:
        """Whether a date belongs to a relative clause before the verb, or to a treaty behind it."""
        behind = dated.first >= clause.verb.last
        return (
            any(
                other is not clause and clause.verb.last <= other.verb.first < dated.first
                for other in self.clauses
                if behind and self.sitting.of_treaty(other)
            )
            or any(
                other is not clause and clause.start <= other.verb.first < dated.first
                for other in self.clauses
                if dated.last <= clause.verb.first
            )
            or (behind and self._is_of_bargain(dated, clause))
        )

    def _is_of_bargain(self, dated: Dated, clause: Clause) -> bool:
        """Whether what is told of was bargained for then: "received 20 jets ordered in May"."""
        bargains = self.lexicon["bargained"]
        return any(
            group.form == "participle"
            and group.lemma in bargains
            and clause.verb.last <= group.first < dated.first
            and "," not in self.parse.lows[group.first : dated.first]
            for group in self.parse.verbs
        )

    def _in_purpose(self, dated: Dated, clause: Clause) -> bool:
        """Whether a date belongs to what something is for: an infinitive behind the object."""
        return any(
            group.form == "infinitive"
            and clause.verb.last < group.first < dated.first
            and self.parse.lows[group.first - 1] != "for"
            for group in self.parse.verbs
        )

    def _of_when(self, found: Found) -> Dated | None:
        """Return the date of what happened at once: "were killed when rebels attacked in May"."""
        lows, last = self.parse.lows, found.last
        if lows[last : last + 1] != ["when"]:
            return None
        end = next((c.end for c in self.clauses if c.verb.first > last), last)
        within = (d for d in self.parse.dates if last < d.first and d.last <= end)
        return next(within, None)

    def _in_content(self, clause: Clause) -> bool:
        statement = self.sitting.statement_of(clause)
        return statement is not None and statement.first <= max(0, clause.start - 4)

    def _leading(self, found: Found) -> Dated | None:
        """Return a date that stands right before the clause: "In June 2023, …"."""
        for dated in self.parse.dates:
            if self._is_of_saying(dated, found.first):
                continue
            gap = self.parse.lows[dated.last : found.first]
            right_before = dated.last <= found.first and all(w in (",", "the", "when") for w in gap)
            if right_before and "when" in gap and dated.opening == "since":
                return replace(dated, opening="")  # "since 3 May, when they met" is of that day
            if right_before or self._is_aside(dated.last, found.first):
                return dated
        return None

    def _is_aside(self, first: int, last: int) -> bool:
        """Whether between two tokens stands only who says it: "In June, the panel wrote, …"."""
        behind = last - 1
        for dated in self.parse.dates:
            if dated.last == behind and first < dated.first:
                behind = dated.first - (self.parse.lows[dated.first - 1] == "on")
        return any(
            s.clause is not None and (s.clause.start, s.clause.verb.last) == (first + 1, behind)
            for s in self.statements
        )

    def _is_of_saying(self, dated: Dated, last: int) -> bool:
        """Whether a date is that of an aside: "Since May, the panel said on Friday, 40 …"."""
        return any(
            s.clause is not None
            and s.clause.verb.last <= dated.first
            and dated.last == last - 1
            and self.parse.lows[s.clause.start - 1] == ","
            for s in self.statements
        )

    def _moved(self, dated: Dated, found: Found) -> Dated:
        """Move a weekday into the week in which it was said: "predicted last week … Wednesday"."""
        if dated.weekday is None:
            return dated
        for other in self.parse.dates:
            if other.weekday is None and "/" in other.edtf and other.last <= found.first:
                monday = date.fromisoformat(other.edtf[:10])
                day = monday + timedelta(days=dated.weekday)
                return Dated(
                    dated.first, dated.last, day.isoformat(), dated.opening, None, dated.weekday
                )
        return dated


def _is_of_resolve(dated: Dated, clause: Clause) -> bool:
    """Whether a date says when something was agreed, not done: "agreed in May to deliver"."""
    verb = clause.verb
    return verb.modality != "actual" and verb.first < dated.first and dated.last <= verb.last
