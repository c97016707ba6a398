"""Data frames have columns of one type, and rows Python values, whatever the literals hold."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow.parquet
import pyoxigraph as ox
import pytest

from kg.querying.table import Table
from kg.querying.terms import python_value
from kg.vocabulary.terms import XSD


def _typed(text: str, name: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + name))


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("1500", "integer", 1500),
        ("1500", "long", 1500),
        ("-7", "int", -7),
        ("12", "nonNegativeInteger", 12),
        ("255", "unsignedByte", 255),
        ("1.50", "decimal", Decimal("1.50")),
        ("1e3", "double", 1000.0),
        ("-INF", "float", float("-inf")),
        ("0", "boolean", False),
        ("2024-10-18", "date", date(2024, 10, 18)),
        ("2024-10-18T12:00:00Z", "dateTime", datetime(2024, 10, 18, 12, tzinfo=UTC)),
        # Words that are none of their datatype stay words; Python alone would read some.
        ("abc", "decimal", "abc"),
        ("NaN", "decimal", "NaN"),
        ("1_000", "integer", "1_000"),
        ("maybe", "boolean", "maybe"),
        ("20241018", "date", "20241018"),
        ("2024-02-30", "date", "2024-02-30"),
        ("9" * 5000, "integer", "9" * 5000),
        ("2024-10", "gYearMonth", "2024-10"),
    ],
)
def test_a_literal_is_a_python_value(text: str, name: str, value: Any) -> None:
    found = python_value(_typed(text, name))
    assert found == value
    assert type(found) is type(value)


def test_rows_with_a_broken_number_can_be_read() -> None:
    (row,) = Table(("n",), ((_typed("abc", "decimal"),),))
    assert row.n == "abc"


NOON, LATER = datetime(2024, 10, 18, 12, tzinfo=UTC), datetime(2024, 10, 18, 15, tzinfo=UTC)
# What a column holds, the arrow type it has then, and its values.
COLUMNS: dict[str, tuple[list[ox.Literal | None], str, list[Any]]] = {
    "integers": ([ox.Literal(1), None, _typed("2", "long")], "int64", [1, None, 2]),
    "integers and words": ([ox.Literal(1), ox.Literal("many")], "string", ["1", "many"]),
    "integers over 64 bits": (
        [ox.Literal(1), _typed("9223372036854775808", "integer")],
        "string",
        ["1", "9223372036854775808"],
    ),
    "the largest of 64 bits": (
        [_typed("9223372036854775807", "integer"), _typed("-9223372036854775808", "integer")],
        "int64",
        [9223372036854775807, -9223372036854775808],
    ),
    "integers and decimals": (
        [ox.Literal(1), _typed("2.25", "decimal")],
        "decimal128(38, 2)",
        [Decimal("1.00"), Decimal("2.25")],
    ),
    "decimals over 38 digits": (
        [_typed("1", "decimal"), _typed("0." + "1" * 39, "decimal")],
        "string",
        ["1", "0." + "1" * 39],
    ),
    "integers and doubles": ([ox.Literal(1), _typed("2.5", "double")], "double", [1.0, 2.5]),
    "a day and a month": (
        [_typed("2024-10-18", "date"), _typed("2024-10", "gYearMonth")],
        "string",
        ["2024-10-18", "2024-10"],
    ),
    "days": (
        [_typed("2024-10-18", "date"), None],
        "date32[day]",
        [date(2024, 10, 18), None],
    ),
    "booleans and integers": (
        [_typed("true", "boolean"), ox.Literal(1)],
        "string",
        ["true", "1"],
    ),
    "moments with zones": (
        [
            _typed("2024-10-18T14:00:00+02:00", "dateTime"),
            _typed("2024-10-18T15:00:00Z", "dateTime"),
        ],
        "timestamp[us, tz=UTC]",
        [NOON, LATER],
    ),
    "moments with and without a zone": (
        [_typed("2024-10-18T12:00:00", "dateTime"), _typed("2024-10-18T12:00:00Z", "dateTime")],
        "string",
        ["2024-10-18T12:00:00", "2024-10-18T12:00:00Z"],
    ),
    "nothing": ([None, None], "string", [None, None]),
    "no rows": ([], "string", []),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_has_one_type_in_every_library(name: str) -> None:
    terms, kind, values = COLUMNS[name]
    table = Table(("it",), tuple((term,) for term in terms))

    arrow = table.to_arrow()
    assert str(arrow.schema.field("it").type) == kind
    assert arrow["it"].to_pylist() == values
    assert table.to_polars()["it"].to_list() == values
    frame = table.to_pandas()["it"]
    assert [None if frame.isna()[i] else frame[i] for i in range(len(frame))] == values

    stream = io.BytesIO()
    table.write_parquet(stream)
    assert pyarrow.parquet.read_table(stream)["it"].to_pylist() == values
