"""Values: what is in a datatype's lexical space, and which of two comes first (XML Schema 1.1)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pyoxigraph as ox
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.shacl.terms import Term, token
from kg.shacl.values import compare, is_well_formed

XSD = "http://www.w3.org/2001/XMLSchema#"


def typed(lexical: str, datatype: str) -> Term:
    return token(lexical, XSD + datatype)


WELL_FORMED = {
    "boolean": "true false 0 1",
    "decimal": "1 +1. -.5 0001.50",
    "integer": f"0 -0 +7 {'9' * 5000}",
    "nonNegativeInteger": "0 -0 +3",
    "positiveInteger": "1 +1",
    "nonPositiveInteger": "0 -1",
    "negativeInteger": "-1",
    "byte": "-128 127",
    "unsignedByte": "0 255 +255",
    "long": "-9223372036854775808 9223372036854775807",
    "unsignedLong": "18446744073709551615",
    "float": "1 1e5 -1.5E-3 INF -INF +INF NaN",
    "double": ".5 5. 1e400",
    "date": "2024-02-29 -0004-02-29 0000-02-29 12024-01-01 2024-01-01+14:00 2024-01-01-13:59",
    "dateTime": "2024-01-01T24:00:00 2024-01-01T00:00:00.000 2024-12-31T23:59:59Z",
    "dateTimeStamp": "2024-01-01T00:00:00Z",
    "time": "00:00:00 24:00:00 23:59:59.9+01:00",
    "gYear": "2024 -0001 2024Z 0000",
    "gYearMonth": "2024-02",
    "gMonth": "--02 --12Z",
    "gDay": "---31",
    "gMonthDay": "--02-29",
    "duration": "P1Y P1M P1D PT1H PT1.5S -P1Y2M3DT4H5M6.7S P0D",
    "dayTimeDuration": "P1D PT1S",
    "yearMonthDuration": "P1Y2M -P3M",
    "hexBinary": "0A ff",
    "base64Binary": "AAAA AA== AAA= Zg==",
    "language": "en en-GB x-klingon",
    "NMTOKEN": "-a a.b 1:2 ü",
    "Name": "a :a _x é",
    "NCName": "a _x a·b",
    "anyURI": "http://example.org/ a/b?c#d",
}
ILL_FORMED = {
    "boolean": "True yes 2",
    "decimal": ". 1e5 +-1 INF",
    "integer": "1. 1.0 １ + --1",
    "nonNegativeInteger": "-1",
    "positiveInteger": "0 -1",
    "nonPositiveInteger": "1",
    "negativeInteger": "0",
    "byte": "128 -129",
    "unsignedByte": "256 -1",
    "long": "9223372036854775808",
    "unsignedLong": "18446744073709551616",
    "float": "inf nan -NaN 1e 1e1.5",
    "date": "2023-02-29 2024-13-01 2024-01-00 24-01-01 02024-01-01 2024-1-1 2024-01-01+15:00",
    "dateTime": "2024-01-01 2024-01-01T24:00:01 2024-01-01T25:00:00 2024-01-01T00:00",
    "dateTimeStamp": "2024-01-01T00:00:00",
    "time": "24:00:01 1:00:00 00:00:60",
    "gYear": "24 02024",
    "gMonth": "02 --13",
    "gDay": "---32 ---00",
    "gMonthDay": "--02-30 --04-31",
    "duration": "P PT P1YT P1S PT1D P1.5D P-1D",
    "dayTimeDuration": "P1Y",
    "yearMonthDuration": "P1D PT1S",
    "hexBinary": "A 0G",
    "base64Binary": "A AAAAA AB== A=AA ====",
    "language": "e1 en_GB abcdefghi",
    "NMTOKEN": "a² a/b",
    "Name": "1a -a ²",
    "NCName": "a:b :a 1a",
}


@pytest.mark.parametrize(
    ("datatype", "lexical", "right"),
    [
        pytest.param(name, lexical, right, id=f"{name}:{lexical[:30]}")
        for forms, right in ((WELL_FORMED, True), (ILL_FORMED, False))
        for name, words in forms.items()
        for lexical in words.split()
    ],
)
def test_lexical_spaces(datatype: str, lexical: str, right: bool) -> None:
    assert is_well_formed(typed(lexical, datatype)) is right


@pytest.mark.parametrize(
    ("datatype", "lexical", "right"),
    [
        ("integer", " 1", False),
        ("integer", "1\n", False),
        ("integer", "", False),
        ("decimal", "", False),
        ("date", "2024-01-01\n", False),
        ("hexBinary", "", True),
        ("base64Binary", "", True),
        ("base64Binary", "AA AA BB BB", True),
        ("base64Binary", "AAAA ", False),
        ("base64Binary", "AA  AA", False),
        ("normalizedString", " a  b ", True),
        ("normalizedString", "a\tb", False),
        ("token", "a b", True),
        ("token", "", True),
        ("token", " a", False),
        ("token", "a  b", False),
        ("token", "a\nb", False),
        ("anyURI", "", True),
        # Any text at all since XML Schema 1.1.
        ("anyURI", "two words", True),
        ("string", "\n", True),
    ],
)
def test_white_space_counts(datatype: str, lexical: str, right: bool) -> None:
    assert is_well_formed(typed(lexical, datatype)) is right


def test_unknown_datatypes_hold_anything() -> None:
    assert is_well_formed('"x"^^<https://example.org/mine>')


ENGINE_KNOWS = [
    *("boolean", "decimal", "integer", "float", "double", "date", "dateTime", "time", "gYear"),
    *("gYearMonth", "gMonth", "gDay", "gMonthDay", "duration", "dayTimeDuration"),
    "yearMonthDuration",
]


@given(
    st.sampled_from(ENGINE_KNOWS),
    st.text("0123456789-+:.TZPYMDHSEeINFNatruefals ", max_size=24)
    | st.from_regex(r"-?\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d)?)?(Z|[+-]\d\d:\d\d)?", fullmatch=True)
    | st.from_regex(r"-?P(\d\dY)?(\dM)?(\dD)?(T(\dH)?(\dM)?(\d\.\dS)?)?", fullmatch=True),
)
def test_what_is_well_formed_is_what_the_engine_reads(datatype: str, lexical: str) -> None:
    # The engine takes durations with a T that nothing follows, and with no digit beside a point.
    assume("P" not in lexical or not re.search(r"T$|[TDHM]\.|\.S", lexical))
    answer = ox.Store().query(f"SELECT ?x {{ BIND(<{XSD}{datatype}>({token(lexical)}) AS ?x) }}")
    read = next(iter(answer))["x"] is not None

    assert is_well_formed(typed(lexical, datatype)) == read


def _engine(expression: str) -> bool | None:
    answer = ox.Store().query(f"SELECT ?x {{ BIND({expression} AS ?x) }}")
    value = next(iter(answer))["x"]
    return None if value is None else value.value == "true"


NUMBERS = st.one_of(
    st.integers(-(10**9), 10**9).map(lambda n: ("integer", str(n))),
    st.integers(-100, 100).map(lambda n: ("byte", str(n))),
    st.decimals(-1000, 1000, places=3).map(lambda n: ("decimal", f"{n:f}")),
    st.floats(-1000, 1000, width=32).map(lambda n: ("float", repr(n))),
    st.sampled_from(["0.1", "0.30000001", "INF", "-INF", "NaN", "1e-3"]).map(
        lambda n: ("float", n)
    ),
    st.floats(-1000, 1000).map(lambda n: ("double", repr(n))),
    st.sampled_from(["0.1", "0.3", "1e400", "NaN"]).map(lambda n: ("double", n)),
    st.sampled_from(["0.1", "0.3", "1000.0"]).map(lambda n: ("decimal", n)),
)


@given(NUMBERS, NUMBERS)
def test_numbers_are_in_the_order_of_sparql(one: tuple[str, str], other: tuple[str, str]) -> None:
    left, right = typed(*one[::-1]), typed(*other[::-1])
    less, equal, more = (_engine(f"{left} {sign} {right}") for sign in ("<", "=", ">"))

    expected = -1 if less else 0 if equal else 1 if more else None

    assert compare(left, right) == expected


@given(st.integers(), st.integers())
def test_integers_of_any_length_are_in_order(one: int, other: int) -> None:
    assert compare(typed(str(one), "integer"), typed(str(other), "integer")) == (
        (one > other) - (one < other)
    )


ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(timezones=ZONES), st.datetimes(timezones=ZONES))
def test_moments_with_zones_are_in_the_order_of_time(one: datetime, other: datetime) -> None:
    left, right = typed(one.isoformat(), "dateTime"), typed(other.isoformat(), "dateTime")

    assert compare(left, right) == (one > other) - (one < other)


@given(st.dates(), st.dates())
def test_dates_are_in_the_order_of_the_calendar(one: date, other: date) -> None:
    left, right = typed(one.isoformat(), "date"), typed(other.isoformat(), "date")

    assert compare(left, right) == (one > other) - (one < other)


@given(st.datetimes(), st.datetimes(timezones=ZONES))
def test_a_missing_zone_leaves_the_order_open_for_fourteen_hours(
    bare: datetime, zoned: datetime
) -> None:
    gap = bare.replace(tzinfo=UTC) - zoned
    expected = None if abs(gap) <= timedelta(hours=14) else 1 if gap > timedelta(0) else -1
    left, right = typed(bare.isoformat(), "dateTime"), typed(zoned.isoformat(), "dateTime")

    assert compare(left, right) == expected
    assert compare(right, left) == (None if expected is None else -expected)


@pytest.mark.parametrize(
    ("one", "other", "datatype", "expected"),
    [
        ("2024-01-01T24:00:00", "2024-01-02T00:00:00", "dateTime", 0),
        ("-0001-12-31", "0000-01-01", "date", -1),
        ("-0002-01-01", "-0001-01-01", "date", -1),
        ("0000-02-29", "0000-03-01", "date", -1),
        ("12024-01-01", "2024-01-01", "date", 1),
        ("2024-01-01T00:00:00.10", "2024-01-01T00:00:00.1", "dateTime", 0),
        (f"2024-01-01T00:00:00.{'0' * 40}1", "2024-01-01T00:00:00", "dateTime", 1),
        (f"2024-01-01T00:00:00.{'1' * 40}", f"2024-01-01T00:00:00.{'1' * 41}", "dateTime", -1),
        ("2024-01-01Z", "2024-01-01+01:00", "date", 1),
        ("false", "true", "boolean", -1),
        ("0", "false", "boolean", 0),
        ("10:00:00", "09:59:59.5", "time", 1),
        ("P1Y", "P12M", "duration", 0),
        ("P1M", "P30D", "duration", None),
        ("P1D", "PT25H", "dayTimeDuration", -1),
        ("2023", "2024", "gYear", -1),
        ("b", "a", "string", 1),
        ("ä", "z", "string", 1),
        ("2024-13-01", "2024-01-01", "date", None),
        ("x", "1", "integer", None),
        # Years of so many digits are read, and have no order here.
        (f"{'9' * 5000}-01-01", "2024-01-01", "date", None),
    ],
)
def test_single_orders(one: str, other: str, datatype: str, expected: int | None) -> None:
    left, right = typed(one, datatype), typed(other, datatype)

    assert compare(left, right) == expected
    assert compare(right, left) == (None if expected is None else -expected)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (typed("2024-01-01", "date"), typed("2024-01-01T00:00:00", "dateTime")),
        (typed("1", "integer"), typed("1", "string")),
        ('"a"@en', '"a"@en'),
        ('"a"@en', '"a"'),
        ("<https://example.org/a>", "<https://example.org/b>"),
        ("_:a", typed("1", "integer")),
        (typed("NaN", "double"), typed("NaN", "double")),
        (typed("00", "hexBinary"), typed("01", "hexBinary")),
    ],
)
def test_no_order_between_kinds(left: Term, right: Term) -> None:
    assert compare(left, right) is None


def test_numbers_of_a_million_digits_cost_no_time(hurried: None) -> None:
    """To turn one into a whole number takes Python more than a minute."""
    long = "9" * 1_000_000

    assert is_well_formed(typed(long, "integer"))
    assert not is_well_formed(typed(long, "byte"))
    assert compare(typed(long, "integer"), typed("5", "integer")) == 1
    assert is_well_formed(typed(f"{long}-02-28", "date"))
