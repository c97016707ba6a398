"""Values of literals: whether a lexical form is in its datatype, and which of two comes first.

Lexical spaces: XML Schema 1.1 part 2 (https://www.w3.org/TR/xmlschema11-2/). The order is that of
SPARQL's operators, which engines extend to more datatypes as SPARQL 1.1's section 17.3.1 allows;
where a time zone is missing on one side only, XML Schema's partial order decides.
"""

from __future__ import annotations

import re
from calendar import monthrange
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

import pyoxigraph as ox

from kg.shacl.terms import XSD_BOOLEAN, XSD_STRING, Literal, Term, is_literal, literal, xsd

_ZONE = r"(?P<zone>Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
_YEAR = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12]\d|3[01])"
_TIME = (
    r"(?P<time>(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"  # 24:00 ends a day
)
_CLOCK = r"T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?"
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"
_BASE64 = r"[A-Za-z0-9+/] ?"
_NAME_START = (
    r":A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_NAME_PART = rf"{_NAME_START}.0-9\xB7\u0300-\u036F\u203F\u2040-"

_FORMS = {
    "boolean": r"true|false|0|1",
    "decimal": _NUMBER,
    "integer": r"[+-]?\d+",
    "float": rf"{_NUMBER}(?:[eE][+-]?\d+)?|[+-]?INF|NaN",
    "double": rf"{_NUMBER}(?:[eE][+-]?\d+)?|[+-]?INF|NaN",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "dateTimeStamp": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE[:-1]}",
    "time": f"{_TIME}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "duration": rf"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:{_CLOCK})?",
    "dayTimeDuration": rf"-?P(?=.)(?:\d+D)?(?:{_CLOCK})?",
    "yearMonthDuration": r"-?P(?=.)(?:\d+Y)?(?:\d+M)?",
    "hexBinary": r"(?:[0-9A-Fa-f]{2})*",
    # The last character before the padding has no bits that are lost.
    "base64Binary": rf"(?:(?:{_BASE64}){{4}})*(?:(?:{_BASE64}){{3}}[A-Za-z0-9+/]|"
    rf"(?:{_BASE64}){{2}}[AEIMQUYcgkosw048] ?=|{_BASE64}[AQgw] ?= ?=)?(?<! )",
    "language": r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^\t\n\r ]+(?: [^\t\n\r ]+)*)?",
    "NMTOKEN": f"[{_NAME_PART}]+",
    "Name": f"[{_NAME_START}][{_NAME_PART}]*",
    "NCName": f"(?!:)[{_NAME_START}](?:(?!:)[{_NAME_PART}])*",
}
_BY_TYPE = {xsd(name): form for name, form in _FORMS.items()}
_INTEGERS: dict[Term, tuple[int | None, int | None]] = {
    xsd("integer"): (None, None),
    xsd("nonNegativeInteger"): (0, None),
    xsd("positiveInteger"): (1, None),
    xsd("nonPositiveInteger"): (None, 0),
    xsd("negativeInteger"): (None, -1),
}
for _name, _bits in (("long", 64), ("int", 32), ("short", 16), ("byte", 8)):
    _INTEGERS[xsd(_name)] = (-(2 ** (_bits - 1)), 2 ** (_bits - 1) - 1)
    _INTEGERS[xsd(f"unsigned{_name.capitalize()}")] = (0, 2**_bits - 1)
_FLOATS = frozenset((xsd("float"), xsd("double")))
_NUMERIC = frozenset((*_INTEGERS, *_FLOATS, xsd("decimal")))
_DATED = frozenset(xsd(name) for name in ("date", "dateTime", "dateTimeStamp"))
# A leap year for days of a month without a year; the longest month for a day without a month.
_LEAP, _LONG = 2000, 1
_FARTHEST_ZONE = 14 * 3600
# XML Schema lets a processor order years of so many digits only; numbers without end cost time.
_YEAR_DIGITS = 20


class Moment(NamedTuple):
    """A point on the time line, and whether its time zone is known.

    Attributes:
        seconds: whole seconds.
        fraction: the digits behind the point, without zeros at their end; they sort as text.
        zoned: whether the time zone is known.
    """

    seconds: int
    fraction: str
    zoned: bool


@cache
def _pattern(datatype: Term) -> re.Pattern[str] | None:
    """Return the pattern of a datatype's lexical forms, compiled when it is first met."""
    form = _BY_TYPE.get(datatype)
    return None if form is None else re.compile(form, re.ASCII)


@lru_cache(maxsize=65_536)
def is_well_formed(term: Term) -> bool:
    """Whether the lexical form of a literal is in its datatype; unknown datatypes hold any."""
    value = literal(term)
    if value.datatype in _INTEGERS:
        return _is_integer(value)
    pattern = _pattern(value.datatype)
    if pattern is None:
        return True
    match = pattern.fullmatch(value.lexical)
    return match is not None and _day_exists(match.groupdict())


@lru_cache(maxsize=65_536)
def compare(left: Term, right: Term) -> int | None:
    """Return -1, 0 or 1 as `left` is before, equal to or after `right`; None where neither is."""
    if not is_literal(left) or not is_literal(right):
        return None
    one, other = literal(left), literal(right)
    if not (is_well_formed(left) and is_well_formed(right)):
        return None
    if one.datatype in _NUMERIC and other.datatype in _NUMERIC:
        return _compare_numbers(one, other)
    if one.datatype in _DATED and other.datatype in _DATED:
        # A date and a time of day are of different kinds, as they are to SPARQL.
        if (one.datatype == xsd("date")) != (other.datatype == xsd("date")):
            return None
        return _compare_moments(_moment(one), _moment(other))
    if one.datatype == other.datatype == XSD_BOOLEAN:
        return _truth(one) - _truth(other)
    if one.datatype == other.datatype == XSD_STRING:
        return (one.lexical > other.lexical) - (one.lexical < other.lexical)
    if one.datatype == other.datatype and not one.language:
        return _compare_by_engine(left, right)
    return None


def _day_exists(parts: dict[str, str | None]) -> bool:
    day = parts.get("day")
    if day is None:
        return True
    year = parts.get("year")
    # The calendar repeats every 400 years, so any year, however far, has one that it is like.
    like = _LEAP + (-1 if year[0] == "-" else 1) * int(year[-4:]) % 400 if year else _LEAP
    return int(day) <= monthrange(like, int(parts.get("month") or _LONG))[1]


def _is_integer(value: Literal) -> bool:
    """Whether an integer is within its datatype's limits; a decimal takes any number of digits."""
    pattern = _pattern(xsd("integer"))
    if pattern is None or not pattern.fullmatch(value.lexical):
        return False
    low, high = _INTEGERS[value.datatype]
    number = Decimal(value.lexical)
    return (low is None or number >= low) and (high is None or number <= high)


def _truth(value: Literal) -> int:
    return value.lexical in ("true", "1")


def _compare_numbers(one: Literal, other: Literal) -> int | None:
    left, right = _number(one), _number(other)
    if isinstance(left, float) or isinstance(right, float):
        # Both become what the less exact one is, as SPARQL's operators have it.
        narrow = xsd("double") not in (one.datatype, other.datatype)
        left, right = (_single(float(n)) if narrow else float(n) for n in (left, right))
    if left != left or right != right:  # NaN is nowhere in the order
        return None
    return (left > right) - (left < right)


def _number(value: Literal) -> Decimal | float:
    if value.datatype not in _FLOATS:
        return Decimal(value.lexical)
    number = float(value.lexical.replace("INF", "inf"))
    return _single(number) if value.datatype == xsd("float") else number


def _single(number: float) -> float:
    """Return a number as xsd:float holds it, in 32 bits."""
    from ctypes import c_float  # rarely met, so its import waits

    return c_float(number).value


def _moment(value: Literal) -> Moment | None:
    """Return where a date (its beginning) or a date with a time lies, in UTC if it has a zone."""
    pattern = _pattern(value.datatype)
    match = pattern.fullmatch(value.lexical) if pattern else None
    parts = match.groupdict() if match else {}
    if len(parts["year"] or "") > _YEAR_DIGITS:
        return None
    hours, minutes, seconds = (parts.get("time") or "00:00:00").split(":")
    whole, _, fraction = seconds.partition(".")
    days = _days(int(parts["year"] or 0), int(parts["month"] or 1), int(parts["day"] or 1))
    total = 86_400 * days + 3600 * int(hours) + 60 * int(minutes) + int(whole)
    zone = parts["zone"]
    if zone and zone != "Z":
        offset = 60 * (60 * int(zone[1:3]) + int(zone[4:]))
        total -= offset if zone[0] == "+" else -offset
    return Moment(total, fraction.rstrip("0"), bool(zone))


def _days(year: int, month: int, day: int) -> int:
    """Return the number of a day in the proleptic Gregorian calendar, any year, 0 included."""
    before = year - (month < 3)
    era = before // 400
    of_era = before - 400 * era
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year


def _compare_moments(left: Moment | None, right: Moment | None) -> int | None:
    if left is None or right is None:
        return None
    one, other = (left.seconds, left.fraction), (right.seconds, right.fraction)
    if left.zoned == right.zoned:
        return (one > other) - (one < other)
    before = (one[0] + _FARTHEST_ZONE, one[1]) < other
    after = one > (other[0] + _FARTHEST_ZONE, other[1])
    return after - before if after or before else None


@lru_cache(maxsize=4_096)
def _compare_by_engine(left: Term, right: Term) -> int | None:
    """Compare literals of one datatype that is rarely met as the embedded store does."""
    query = f"SELECT ?l ?e {{ BIND({left} < {right} AS ?l) BIND({left} = {right} AS ?e) }}"
    answer = ox.Store().query(query)
    assert isinstance(answer, ox.QuerySolutions)
    row = next(iter(answer))
    less, equal = (row[name] for name in ("l", "e"))
    if equal is not None and equal.value == "true":
        return 0
    return None if less is None else -1 if less.value == "true" else 1
