"""Meetings that a noun tells of, with who meets: "talks with Chad", "a visit to Minsk by Xi"."""

from __future__ import annotations

from kg.extraction.events.sitting import Part
from kg.extraction.grammar.clause import Clause

_POSSESSIVES = ("the", "its", "their", "a")
# So many words may stand before or behind such a noun that belong to it.
_EPITHETS = 7
_PARTING = frozenset(
    (*',;:—–“”()"', "in", "under", "to", "of", "on", "with", "that", "and", "by", "for", "from")
)
_NONE = "no"
# Before talks they deny behind a no only: "held no direct talks", but "direct talks will begin".
_OF_NONE = frozenset(("any", "further", "direct"))
_DENYING = frozenset(
    ("no", "not", "n't", "n’t", "never", "without", "neither", "nor", "ruled", "rules", "ruling")
)
_DENYING_STEMS = ("deny", "denie", "reject", "refus", "dismiss")
_DURING = frozenset(("after", "following", "during"))
# So many words before talks stands when they were: "after a video call with".
_LED = 4
_LASTING = frozenset(("days", "weeks", "hours", "months", "rounds", "round", "day", "series"))


class MeetingNouns(Part):
    """Reads the nouns of one sentence that tell of a meeting."""

    def of(self, clause: Clause, *, owners: bool) -> Clause | None:
        """Return a meeting as a clause, if its noun has who meets: "no talks with Chad"."""
        lows, first, last = self.parse.lows, clause.verb.first, clause.verb.last
        before, after = lows[first - 1] if first else "", lows[last]
        if after in ("with", "between") and self._is_of_none(before, first):
            clause.verb.negated = True
            clause.start = first - 1
            return clause
        if after == "of" and (goal := self._goal_of_visit(last)):
            clause.start = first - (before in _POSSESSIVES)
            clause.subject, clause.verb.last = (last + 1, goal), goal
            return clause  # "the visit of Chad's president to Budapest"
        both = after == "between" or (after == "of" and "and" in lows[last : last + 8])
        if both:
            clause.start = first - (before in _POSSESSIVES)
        led = lows[max(0, first - _LED) : first]
        with_ = after == "with" and not _DURING.isdisjoint(led)  # "after talks with Deby"
        lasting = before == "of" and lows[first - 2] in _LASTING
        if lasting and after not in ("with", "between"):
            return self._days_of_talks(clause)
        if after == "by" and not _DURING.isdisjoint(led):
            clause.subject = self._who_talks(clause)  # "ended it days after a visit by Phee"
            return clause
        if with_ and not owners:
            clause.subject = self._who_talks(clause)
        by = after == "to" and "by" in lows[last : last + _EPITHETS]  # "a visit to Minsk by Xi"
        return clause if both or by or with_ or (owners and after in ("to", "in", "with")) else None

    def _is_of_none(self, before: str, first: int) -> bool:
        """Whether a word before the noun says that nobody met."""
        if before == _NONE:
            return True
        ahead = self.parse.lows[:first] if before in _OF_NONE else []
        return any(word in _DENYING or word.startswith(_DENYING_STEMS) for word in ahead)

    def _days_of_talks(self, clause: Clause) -> Clause | None:
        """Return talks that took long, of two who say so: "at the end of five days of talks"."""
        clause.subject = self._who_talks(clause)
        named = self.parse.mentions_in(*clause.subject)
        return clause if len(self.reader.sides.of(self.parse, named)) > 1 else None

    def _goal_of_visit(self, of: int) -> int | None:
        """Return where "to" stands in "the visit of Chad's president to Budapest"."""
        ahead = range(of + 2, min(of + _EPITHETS + 2, len(self.parse.lows) - 1))
        stop = next((i for i in ahead if self.parse.lows[i] in _PARTING), None)
        return stop if stop is not None and self.parse.lows[stop] == "to" else None

    def _who_talks(self, clause: Clause) -> tuple[int, int]:
        """Return the subject of the clause beside talks: "Rwanda's president left after talks"."""
        for other in self.clauses:
            if self.reader.sides.of(self.parse, self.parse.mentions_in(*other.subject)):
                return other.subject
        return clause.subject
