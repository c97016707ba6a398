"""Under which normal forms a literal that came back is the one that was sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporting.literals import exact, values, virtuoso

XSD = "http://www.w3.org/2001/XMLSchema#"
GEO = "http://www.opengis.net/ont/geosparql#wktLiteral"
VIRTUOSO_GEO = "http://www.openlinksw.com/schemas/virtrdf#Geometry"


def typed(text: str, name: str) -> bytes:
    return f'"{text}"^^<{name if "/" in name else XSD + name}>'.encode()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("042", "integer"), typed("42", "integer")),
        (typed("+7", "integer"), typed("7", "integer")),
        (typed("1.50", "decimal"), typed("1.5", "decimal")),
        (typed("42", "long"), typed("42", "integer")),
        (typed("1", "boolean"), typed("true", "boolean")),
        (typed("1.5e3", "double"), typed("1500", "double")),
        ('"Straße"@DE-ch'.encode(), '"Straße"@de-CH'.encode()),
    ],
)
def test_equal_values_are_equal(one: bytes, other: bytes) -> None:
    assert values(one) == values(other)
    assert virtuoso(one) == virtuoso(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("abc", "integer"), typed("0", "integer")),
        (typed("1" * 100, "integer"), typed("INF", "decimal")),
        (typed("1.5", "decimal"), typed("1.5", "double")),
        (b'"042"', b'"42"'),
        (b'"042"', typed("042", "integer")),
        (typed("2024-10-18", "date"), typed("2024-10-19", "date")),
        (typed("2024-10-18", "date"), b'"2024-10-18"'),
        (b'"a"@en', b'"a"@de'),
        (b'"a"', b'"a"@en'),
        (typed("1.000000000000001", "decimal"), typed("1.000000000000002", "decimal")),
    ],
)
def test_what_no_normalizer_covers(one: bytes, other: bytes) -> None:
    for normalizer in (exact, values, virtuoso):
        assert normalizer(one) != normalizer(other)


@pytest.mark.parametrize(
    ("sent", "came"),
    [
        (typed("3.14159265358979323846", "decimal"), typed("3.141592653589793", "decimal")),
        (typed("9223372036854775808", "integer"), typed("9223372036854775808", "decimal")),
        (
            typed("POINT(131.90 43.10)", GEO),
            typed("POINT(131.89999389648 43.099998474121)", VIRTUOSO_GEO),
        ),
    ],
)
def test_what_only_virtuoso_is_allowed(sent: bytes, came: bytes) -> None:
    assert virtuoso(sent) == virtuoso(came)
    assert values(sent) != values(came)


@pytest.mark.parametrize("term", [typed("1500", "integer"), typed("1.5", "decimal")])
def test_what_is_written_shortest_is_its_own_normal_form(term: bytes) -> None:
    for normalizer in (exact, values, virtuoso):
        assert normalizer(term) == term


def test_exact_is_as_written() -> None:
    assert exact(typed("042", "integer")) == typed("042", "integer")


@given(st.integers(-(10**30), 10**30), st.integers(0, 3))
def test_zeros_before_an_integer_make_no_difference_to_virtuoso(number: int, zeros: int) -> None:
    sign, digits = ("-", str(-number)) if number < 0 else ("", str(number))
    padded = typed(sign + "0" * zeros + digits, "integer")
    assert virtuoso(padded) == virtuoso(typed(str(number), "integer"))


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-1000, max_value=1000)
)
def test_normal_forms_are_their_own(number: object) -> None:
    for normalizer in (exact, values):
        once = normalizer(typed(f"{number:f}", "decimal"))
        assert normalizer(once) == once


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"\\')))
def test_texts_stay_as_they_are(text: str) -> None:
    for normalizer in (exact, values, virtuoso):
        assert normalizer(f'"{text}"'.encode()) == f'"{text}"'.encode()
