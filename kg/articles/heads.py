"""What a text says of itself above its first paragraph: its date, author and address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kg.articles.text import in_lines

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}[^ ]{0,30}")
_TIME = r"[0-9]{1,2}[:.][0-9]{2}[a-z0-9 .:()+-]{0,20}"
_UPDATED = r"(?:last |re-?)?(?:updated|modified|edited|revised)"
_BEFORE = (
    rf"(?:(?:(?:first |originally )?(?:published|posted|date|dated)|{_UPDATED})(?: on| at)?:? ?)?"
    rf"(?:{_TIME}, )?(?:[a-z]{{3,9}}day,? )?"
)
_BEHIND = rf"(?:,? ?[|·/–—-]? ?(?:at )?{_TIME})?"
_DAY, _YEAR = r"([0-9]{1,2})(?:st|nd|rd|th)?", r"([0-9]{4})"
_DAY_FIRST = re.compile(rf"{_BEFORE}{_DAY} ([a-z]{{3,9}})\.?,? {_YEAR}{_BEHIND}")
_MONTH_FIRST = re.compile(rf"{_BEFORE}([a-z]{{3,9}})\.? {_DAY},? {_YEAR}{_BEHIND}")
_WRITTEN_ISO = re.compile(rf"{_BEFORE}([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}){_BEHIND}")
_DATELINE = re.compile(
    r", ([0-9]{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9}\.?,? [0-9]{4}"
    r"|[A-Za-z]{3,9}\.? [0-9]{1,2},? [0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])"
    r"(?: ?\([^()]{1,40}\))?(?: ?[—–:.-]| ?\Z)"
)
_IS_UPDATED = re.compile(rf"{_UPDATED}\b", re.IGNORECASE)
_PARTS = re.compile(r" ?[|·•;] ?")
_ADDRESS = re.compile(r"https?://[^\s/]\S*")
_MARKS = " \t#*_>\ufeff"
_LINES = 10
_LONGEST = 200
_WORDS = 8
_PLACE = 5


def head_of(text: str) -> dict[str, str]:
    """Return what the lines above the first paragraph say, of `published`, `author` and `url`.

    The first of these lines is the title, unless it says one of the three. Where none has a date,
    the first dateline does, of these lines or of the paragraph: "Kyiv, 3 Jan. 2024 —". When the
    text was updated says it where nothing else does.
    """
    says: dict[str, str] = {}
    datelines: list[str] = []
    for line, above in _first_lines(text):
        for key, value in _told_in(line) if above else ():
            says.setdefault(key, value)
        datelines += filter(None, [_dateline_day(line)])
    if datelines:
        says.setdefault("published", datelines[0])
    if updated := says.pop("updated", None):
        says.setdefault("published", updated)
    return says


def is_of_head(line: str) -> bool:
    """Whether a line only says when a text appeared, who wrote it or where it stands.

    What begins as an author and has a comma may be a heading: "By Air, Iran Arms Sudan".
    """
    told = [key for key, _ in _told_in(line.strip(_MARKS))]
    return bool(told) and not (told == ["author"] and "," in line)


def _first_lines(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the lines above the first paragraph, which is long or ends as a sentence does.

    The paragraph comes last, and with each whether it stands above that.
    """
    start = in_lines(text[: _LINES * _LONGEST])
    lines = (line.strip(_MARKS) for line in start.split("\n"))
    for number, line in enumerate(line for line in lines if line):
        told = any(True for _ in _told_in(line))
        long = len(line) > _LONGEST or len(line.split()) > 14 or line.endswith(".")
        above = not long or told
        if number < _LINES:
            yield line, above
        if number == _LINES or not above:
            return


def _dateline_day(line: str) -> str | None:
    """Return the day of a line that begins with where and when it was written."""
    head = line[:_LONGEST]
    found = _DATELINE.search(head)
    place = head[: found.start()].replace(",", " ").split() if found else []
    if found is None or not 1 <= len(place) <= _PLACE:
        return None
    return written_day(found[1]) if all(word[0].isupper() for word in place) else None


def _told_in(line: str) -> Iterator[tuple[str, str]]:
    if days := _days_told(line):
        yield from days
    elif _ADDRESS.fullmatch(line):
        yield "url", line
    elif (
        line[:3].lower() == "by " and line[3:].strip()[:1].isupper() and len(line.split()) <= _WORDS
    ):
        yield "author", line[3:].strip()


def _days_told(line: str) -> list[tuple[str, str]]:
    """Return the days that are all that a line says: "Published 9 May | Updated 10 May"."""
    if len(line) > _LONGEST:
        return []
    parts = [line] if written_day(line) else _PARTS.split(line)
    days = [
        ("updated" if _IS_UPDATED.match(part) else "published", written_day(part)) for part in parts
    ]
    return [(key, day) for key, day in days if day] if all(day for _, day in days) else []


def written_day(words: str) -> str | None:
    """Return the one day that `words` are, as EDTF; None if they are anything else.

    A moment is its day; in ``09/10/2024`` nobody knows which number is the month.
    """
    plain = " ".join(words[:_LONGEST].split())
    if match := _ISO.fullmatch(plain) or _WRITTEN_ISO.fullmatch(plain.lower()):
        return _day(*match[1].split("-"))
    if match := _DAY_FIRST.fullmatch(plain.lower()):
        return _day(match[3], match[2], match[1])
    if match := _MONTH_FIRST.fullmatch(plain.lower()):
        return _day(match[3], match[1], match[2])
    return None


def _day(year: str, month: str, day: str) -> str | None:
    number = int(month) if month.isdecimal() else _month(month)
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None


def _month(name: str) -> int:
    for number, whole in enumerate(_MONTHS, start=1):
        if whole.startswith(name) or name == "sept" == whole[:4]:
            return number
    return 0
