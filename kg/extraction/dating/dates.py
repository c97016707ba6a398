"""Dates of things told, as EDTF, counted from the day the article appeared.

No precision is invented: "in June" is a month, "late March" its last days, "since August" an open
interval. Libraries tried for this turn a month into a day, hence a parser of our own.
"""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Sequence
from datetime import date, timedelta

from kg.extraction.dating.date_spans import in_year_of, join_spans
from kg.extraction.dating.dated import Dated
from kg.extraction.dating.feasts import feast_at, is_turn_of_year, turn_of_year
from kg.extraction.dating.numeric_dates import DASHES, date_in_digits, is_year, short_year
from kg.extraction.dating.opened_dates import behind_filler, opened
from kg.extraction.dating.present_tense import is_told_in_present
from kg.extraction.dating.publication import Calendar
from kg.extraction.dating.relative_dates import PARTS, part_of_month, relative_date
from kg.extraction.dating.seasons import QUARTERS, half, opened_season, quarter
from kg.extraction.words.glance import Glance
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.tokens import Token
from kg.extraction.words.verb_group import VerbGroup

# "Sept." is short, "May." ends a sentence.
_SHORT = frozenset(
    ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec")
)
# Between days of one month: "September 9 to 11".
_TO_DAY = frozenset(("to", "or", "through", "until", *DASHES))
_PAST = frozenset(("since", "in", "after", "last"))
# With "to" behind they speak of what is planned: "talks are to begin in May".
_IS_TO = frozenset(("is", "are"))
_TURN_MONTH = 12
# So many words a clause has before its date.
_CLAUSE = 14


def find_dates(
    glance: Glance,
    lexicon: Lexicon,
    today: Calendar | None,
    year: int | None = None,
    verbs: Sequence[VerbGroup] = (),
) -> list[Dated]:
    """Return the dates of a sentence, in order.

    Args:
        glance: at the words of the sentence.
        lexicon: the words of time.
        today: when the article appeared; without it only dates with a year are found.
        year: the year that the text before speaks of, for months without one.
        verbs: of the sentence; one of the present tense tells of a day to come.
    """
    if not glance.dates:
        return []
    tokens, behind = glance.tokens, 0
    reader = _Reader(glance.lows, tokens, lexicon, today, year, verbs)
    found: list[Dated] = []
    for index in glance.dates:
        dated = reader.date_at(index) if index >= behind else None
        if dated is not None:
            found.append(opened(dated, glance.lows))
            behind = dated.last
    return join_spans(found, tokens)


_BEFORE_SEASON = frozenset(("the", "in", "by", "since", "early", "late", "mid"))


class _Reader:
    """Reads dates in one sentence."""

    def __init__(
        self,
        lows: list[str],
        tokens: Sequence[Token],
        lexicon: Lexicon,
        today: Calendar | None,
        year: int | None,
        verbs: Sequence[VerbGroup],
    ) -> None:
        self.lows, self.tokens, self.lexicon = lows, tokens, lexicon
        self.today, self.context, self.verbs = today, year, verbs

    def date_at(self, i: int) -> Dated | None:
        """Return the date that begins at `i`."""
        low = self.lows[i]
        if "-" in low:
            part, _, month = low.partition("-")
            if part in PARTS and month in self.lexicon.months:
                return self._part_of_month(i, part, month)
            if part in PARTS and len(month) == 4 and month.isdecimal():
                return Dated(i, i + 1, month, year=int(month))  # "mid-2023"
            if part in self.lexicon.months and month in self.lexicon.months:
                return self._months(i, part, month)
        if low in self.lexicon.quarters:
            return self._written_quarter(i)
        if low in self.lexicon.months and self.tokens[i].text[0].isupper():
            return self._month(i, i)
        if low[0].isdigit():
            return self._numeric(i)
        if self.today is None:
            return None
        if low in self.lexicon.weekdays:
            return self._weekday(i)
        return self._named(i) or self._relative(i)

    def _named(self, i: int) -> Dated | None:
        """Read a day with a name, or the turn of the year: "Christmas Eve", "around New Year"."""
        if (feast := feast_at(self.lows, i, self.lexicon)) is not None:
            return self._feast(i, *feast)
        if self.lows[i] != "new" or not is_turn_of_year(self.lows, i):
            return None
        year = self._nearest_year(i, i + 2, _TURN_MONTH, None)
        return Dated(i, i + 2, turn_of_year(year, self._low(i - 1))) if year else None

    def _feast(self, i: int, month: int, day: int, behind: int) -> Dated | None:
        """Read "Christmas Eve", "New Year's Day 2024"."""
        year, last = self._year(behind)
        return self._dated(i, last, month, day, year)

    def _low(self, i: int) -> str:
        return self.lows[i] if 0 <= i < len(self.lows) else ""

    def _numeric(self, i: int) -> Dated | None:
        low = self.lows[i]
        day, after = _day(low), self._low(i + 1)
        if day is None or after not in self.lexicon.months:
            if day is not None and after == "of" and self._low(i + 2) in self.lexicon.months:
                return None if low.isdecimal() else self._month(i, i + 2, day)  # "9th of May"
            if day is not None and after[:1].isalpha() and "-" in after:
                return self._across_months(i, day, *after.split("-")[:2])
            return date_in_digits(self.lows, self.tokens, i, self.lexicon)
        return self._month(i, i + 1, day) if self.tokens[i + 1].text[0].isupper() else None

    def _across_months(self, i: int, day: int, name: str, until: str) -> Dated | None:
        """Read "28 September-2 October", whose month and day are one word."""
        month, last_day, after = self.lexicon.months.get(name), _day(until), self._low(i + 2)
        if month is None or last_day is None or after not in self.lexicon.months:
            return None
        ends = self._month(i + 2, i + 2, last_day)
        begins = self._dated(i, i + 2, month, day, ends.year) if ends else None
        if begins is None or ends is None:
            return None
        begins.year = None
        return Dated(i, ends.last, f"{in_year_of(begins, ends)}/{ends.edtf}", year=ends.year)

    def _months(self, i: int, name: str, until: str) -> Dated | None:
        """Read "September-October 2023"."""
        written, last = self._year(i + 1)
        year = written or self._nearest_year(i, last, self.lexicon.months[until], None)
        if year is None or not self.tokens[i].text[0].isupper():
            return None
        begins, ends = self.lexicon.months[name], self.lexicon.months[until]
        opens = year - (begins > ends)
        return Dated(i, last, f"{opens}-{begins:02}/{year}-{ends:02}", year=written)

    def _month(self, first: int, at: int, day: int | None = None) -> Dated | None:
        month = self.lexicon.months[self.lows[at]]
        if first == at and day is None and _day(self._low(at - 1)) is not None:
            return None  # "29 February 2023", which is no day, is no month either
        last = at + 1
        if self._low(last) == "." and self.lows[at] in _SHORT:
            last += 1
        if day is None and (day := _day(self._low(last))) is not None:
            last += 1
            if (until := self._until_day(first, last, day)) is not None:
                return self._days_of(first, last + 2, month, day, until)
        year, last = self._year(last)
        return self._dated(first, last, month, day, year)

    def _until_day(self, first: int, at: int, day: int) -> int | None:
        """Return the last day of "September 9-11" and "between September 9 and 11"."""
        join, until, after = self._low(at), _day(self._low(at + 1)), self._low(at + 2)
        joins = join in _TO_DAY or (join == "and" and self._low(first - 1) == "between")
        if not joins or until is None or until <= day or after in self.lexicon.months:
            return None
        whole = self.tokens[at].start == self.tokens[at - 1].end
        counts = after[:1].isalpha() and after not in self.lexicon["prepositions"]
        return until if whole or not counts else None

    def _days_of(self, first: int, last: int, month: int, day: int, until: int) -> Dated | None:
        year, last = self._year(last)
        begins = self._dated(first, last, month, day, year)
        ends = self._dated(first, last, month, until, year)
        if begins is None or ends is None:
            return None
        first -= self._low(first - 1) in ("between", "from")
        return Dated(first, last, f"{begins.edtf}/{ends.edtf}", year=year)

    def _year(self, last: int) -> tuple[int | None, int]:
        skip = last + 1 if self._low(last) == "," else last
        if is_year(self._low(skip)):
            return int(self.lows[skip]), skip + 1
        if (short := short_year(self.lows, self.tokens, last)) is not None:
            return short, last + 2
        return None, last

    def _dated(
        self, first: int, last: int, month: int, day: int | None, year: int | None
    ) -> Dated | None:
        written = year
        if year is None:
            year = self._nearest_year(first, last, month, day)
        if year is None:
            return None
        if day is None:
            return self._whole_month(first, last, year, month, written)
        try:
            return Dated(first, last, date(year, month, day).isoformat(), year=written)
        except ValueError:
            return None

    def _whole_month(
        self, first: int, last: int, year: int, month: int, written: int | None
    ) -> Dated:
        before = self._low(first - 1)
        if before in PARTS:
            return Dated(first - 1, last, part_of_month(year, month, before), year=written)
        if before in ("end", "of") and self._low(first - 2) in ("end", "the"):
            if self._low(first - 4) in self.lexicon["date-until"] and before == "of":
                return Dated(first - 2, last, f"{year}-{month:02}", year=written)  # as it says
            end = calendar.monthrange(year, month)[1]
            return Dated(first - 2, last, f"{year}-{month:02}-{end:02}", year=written)
        return Dated(first, last, f"{year}-{month:02}", year=written)

    def _part_of_month(self, i: int, part: str, name: str) -> Dated | None:
        """Read "mid-March" and the like."""
        month = self.lexicon.months[name]
        written, last = self._year(i + 1)
        year = written or self._nearest_year(i, last, month, None)
        return Dated(i, last, part_of_month(year, month, part), year=written) if year else None

    def _nearest_year(self, first: int, last: int, month: int, day: int | None) -> int | None:
        """Return the year of a month without one: the text's, else the last before publication."""
        if self.today is None:
            return None
        latest = self.today.latest
        of = last + (self._low(last) == "of")
        if self._low(of) == "last" and self._low(of + 1) == "year":
            return latest.year - 1
        opener = self._low(behind_filler(self.lows, first - 1))
        until = opener in self.lexicon["date-until"] or opener == "next"
        if (opener == "before" or self._looks_back(first)) and not self._looks_ahead(first):
            until = False
        year = latest.year
        ahead = (month, day or 1) > (latest.month, latest.day)
        coming = (self.context == year and ahead) or (self.context or year) > year
        near = self._low(first - 1) in ("last", "this", "next")
        told = self.context if not near and not until and day is None else None
        if told and not (coming and opener in _PAST):
            return told
        if until:
            return year if month >= latest.month else year + 1
        if self._low(first - 1) == "last" and month >= latest.month:
            return year - 1
        return year - 1 if ahead and not self._speaks_of_future(first) else year

    def _looks_back(self, first: int) -> bool:
        """Whether what is told had been done by then: "1,000 had left by mid-September"."""
        return "had" in self._ahead_of(first, _CLAUSE)

    def _looks_ahead(self, first: int) -> bool:
        """Whether the words before a date are of what is to come: "will", "must", "plans to"."""
        ahead = self.lexicon["expected"] | self.lexicon["possible"] | self.lexicon["date-ahead"]
        return not ahead.isdisjoint(self._ahead_of(first, 14))

    def _ahead_of(self, first: int, most: int) -> list[str]:
        """Return the words before a date, so many at most, of the statement in which it stands."""
        words = self.lows[max(0, first - most) : first]
        return words[len(words) - words[::-1].index(";") :] if ";" in words else words

    def _speaks_of_future(self, first: int) -> bool:
        """Whether what is dated is to come: "will send in June", "plans to", "sends on 5 June"."""
        if is_told_in_present(self.lows, self.verbs, first, self.lexicon):
            return True
        if not self.lexicon["expected"].isdisjoint(self._ahead_of(first, 8)):
            return True
        words = self._ahead_of(first, 14)
        ahead = self.lexicon["date-ahead"] | _IS_TO
        return any(word in ahead and after == "to" for word, after in itertools.pairwise(words))

    def _weekday(self, i: int) -> Dated | None:
        assert self.today is not None
        today = self.today.day
        if today is None:
            return None
        weekday = self.lexicon.weekdays[self.lows[i]]
        ahead = self._low(i - 1) == "next"
        back = (today.weekday() - weekday) % 7
        day = today - timedelta(days=back)
        if self._low(i - 1) == "last" and back == 0:
            day -= timedelta(days=7)
        if ahead:
            day += timedelta(days=7)
        first = i - 1 if self._low(i - 1) in ("last", "next") else i
        return Dated(first, i + 1, day.isoformat(), weekday=weekday)

    def _relative(self, i: int) -> Dated | None:
        """Read "this autumn", "the first half of 2024", and what is told by its distance."""
        low = self.lows[i]
        if low in ("first", "second") and self._low(i + 1) == "half" and self._low(i + 2) == "of":
            return self._half(i)
        if low in self.lexicon.seasons and self._low(i - 1) in _BEFORE_SEASON:
            return self._season(i)
        if low in QUARTERS and self._low(i + 1) == "quarter":
            return self._quarter(i)
        if low in ("last", "this", "next") and self._low(i + 1) in self.lexicon.months:
            return self._month(i + 1, i + 1)
        assert self.today is not None
        return relative_date(self.lows, i, self.lexicon, self.today)

    def _half(self, i: int) -> Dated | None:
        """Read "the first half of 2024" as its six months."""
        year = self._low(i + 3)
        whole = is_year(year)
        return Dated(i, i + 4, half(int(year), self.lows[i]), year=int(year)) if whole else None

    def _written_quarter(self, i: int) -> Dated | None:
        """Read "Q3 2023" and "H1 2024"; without a year, what "in" or the like stands before."""
        if not any(char.isupper() for char in self.tokens[i].text):
            return None
        year, last = self._year(i + 1)
        if year is None and self.today and self._low(i - 1) in self.lexicon["date-before-year"]:
            year, last = self.today.latest.year, i + 1
        if year is None:
            return None
        word = self.lexicon.quarters[self.lows[i]]
        edtf = half(year, word[5:]) if word.startswith("half-") else quarter(year, word)
        return Dated(i, last, edtf, year=year)

    def _season(self, i: int) -> Dated:
        assert self.today is not None
        year, last = self._year(i + 1 + (self._low(i + 1) == "of"))
        last = last if year else i + 1
        code = self.lexicon.seasons[self.lows[i]]
        edtf = f"{year or self.today.latest.year}-{code}"
        return Dated(i, last, opened_season(edtf, self.lows[i], self.lows[last : last + 3]))

    def _quarter(self, i: int) -> Dated:
        assert self.today is not None
        year, last = self._year(i + 2 + (self._low(i + 2) == "of"))
        last = last if year else i + 2
        of = year or self.today.latest.year
        return Dated(i, last, quarter(of, self.lows[i]))


def _day(word: str) -> int | None:
    """Return the day of a month that a word is, such as "3" or "10th"; "3²" is none."""
    number = word.rstrip("stndrh")
    return int(number) if number.isdecimal() and len(number) < 3 and 0 < int(number) < 32 else None
