"""The days from which the dates of a text are counted: when its article appeared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.extraction.dating.numeric_dates import YEARS
from kg.records.dates import parse_edtf


@dataclass(frozen=True)
class Calendar:
    """When the article appeared, first and last day."""

    earliest: date
    latest: date

    @classmethod
    def of(cls, published: str) -> Calendar | None:
        """Return the calendar for an EDTF date of publication.

        None if it has no days, or lies beyond the years that texts are read in: "last week" would
        be before the first day there is.
        """
        days = parse_edtf(published)
        earliest, latest = days.earliest or days.latest, days.latest or days.earliest
        if earliest is None or latest is None:
            return None
        return cls(earliest, latest) if YEARS[0] <= earliest.year <= YEARS[1] else None

    @property
    def day(self) -> date | None:
        """The day on which it appeared, None where only its month, season or year is known."""
        return self.latest if self.earliest == self.latest else None

    @property
    def month(self) -> int | None:
        """The month in which it appeared, counted from the year 0, None if that is not known."""
        first, last = (day.year * 12 + day.month - 1 for day in (self.earliest, self.latest))
        return last if first == last else None

    @property
    def year(self) -> int | None:
        """The year in which it appeared, None if it may be one or another."""
        return self.latest.year if self.earliest.year == self.latest.year else None
