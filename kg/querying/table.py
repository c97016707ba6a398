"""Answers as rows of Python values."""

from __future__ import annotations

import functools
import importlib
import itertools
from collections import namedtuple
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import EnvironmentFault
from kg.querying.columns import Column, column
from kg.querying.terms import Term, python_value
from kg.vocabulary.terms import DEFAULT_BASE, prefixes

SHOWN_IN_NOTEBOOK = 100


@dataclass(frozen=True)
class Table:
    """The rows of an answer; iterating gives named tuples of Python values.

    Attributes:
        columns: their names.
        terms: the rows.
        prefixes: with which a notebook shows IRIs, and their namespaces.
    """

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]
    prefixes: Mapping[str, str] = field(
        default_factory=lambda: prefixes(DEFAULT_BASE), repr=False, compare=False
    )

    def __iter__(self) -> Iterator[Any]:
        """Yield each row as a named tuple: IRIs and text as str, numbers and dates typed.

        A column that has no name that Python takes, such as `from`, is reached by its place in
        `columns`, from 0: `row[7]`, or `row[table.columns.index("from")]`.
        """
        row = _row_type(self.columns)
        for terms in self.terms:
            yield row(*(python_value(term) for term in terms))

    def to_pandas(self) -> Any:
        """Return the rows as a pandas DataFrame, each column of one type as in `to_arrow`.

        Integers and booleans of which some are missing are of the types `Int64` and `boolean`. A
        column without any value is text, whatever the query would have in it: an answer tells the
        types of values only.

        Raises:
            EnvironmentFault: pandas is not installed.
        """
        pandas = _library("pandas")
        columns = {
            name: pandas.Series(each.values, dtype=_pandas_type(each))
            for name, each in self._columns()
        }
        return pandas.DataFrame(columns)

    def to_polars(self) -> Any:
        """Return the rows as a polars DataFrame, each column of one type as in `to_arrow`.

        Raises:
            EnvironmentFault: polars is not installed.
        """
        polars = _library("polars")
        return polars.DataFrame(
            [
                polars.Series(name, each.values, dtype=_polars_type(polars, each))
                for name, each in self._columns()
            ]
        )

    def to_arrow(self) -> Any:
        """Return the rows as an Arrow table, each column of one type.

        Integers and decimals together are decimals, and with doubles doubles. Any other mixture is
        text as the terms are written, and so are integers over 64 bits, decimals over 38 digits,
        and a column without any value. Moments that have a zone are in UTC.

        Raises:
            EnvironmentFault: pyarrow is not installed.
        """
        arrow = _library("pyarrow")
        return arrow.table(
            {
                name: arrow.array(each.values, type=_arrow_type(arrow, each))
                for name, each in self._columns()
            }
        )

    def write_parquet(self, stream: IO[bytes]) -> None:
        """Write the rows to `stream` as Parquet.

        Raises:
            EnvironmentFault: pyarrow is not installed.
        """
        table = self.to_arrow()
        _library("pyarrow.parquet").write_table(table, stream)

    def _repr_html_(self) -> str:
        """Return the first rows as a notebook shows them."""
        from kg.querying.html import html_table

        return html_table(self, self.prefixes, limit=SHOWN_IN_NOTEBOOK)

    def _columns(self) -> Iterator[tuple[str, Column]]:
        for index, name in enumerate(self.columns):
            yield name, column([terms[index] for terms in self.terms])

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.terms)


def collect(solutions: ox.QuerySolutions, most: int | None = None) -> Table:
    """Return all of `solutions` as a table, or at most so many; the rest is then still to come."""
    columns = tuple(variable.value for variable in solutions.variables)
    return Table(columns, tuple(itertools.islice(rows(solutions), most)))


def rows(solutions: ox.QuerySolutions) -> Iterator[tuple[Term | None, ...]]:
    """Yield the rows of `solutions` as they come."""
    columns = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield tuple(solution[name] for name in columns)


@functools.lru_cache
def _row_type(columns: tuple[str, ...]) -> Any:
    """Return the named tuple of these columns; its rows can be pickled."""
    row = namedtuple("Row", columns, rename=True)  # type: ignore[misc]
    # No module has the class, so that a row is made anew from its columns.
    row.__reduce__ = lambda self: (_row, (columns, *self))  # type: ignore[method-assign,misc]
    return row


def _row(columns: tuple[str, ...], *values: Any) -> Any:
    return _row_type(columns)(*values)


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        raise EnvironmentFault(f"This needs {package}: pip install {package}") from error


def _arrow_type(arrow: Any, each: Column) -> Any:
    if each.kind is Decimal:
        return arrow.decimal128(38, each.scale)
    if each.kind is datetime:
        return arrow.timestamp("us", tz="UTC" if each.zoned else None)
    types = {int: "int64", float: "float64", bool: "bool_", date: "date32", str: "string"}
    return getattr(arrow, types[each.kind])()


def _pandas_type(each: Column) -> str | None:
    """Return the type of a column that pandas would take for another, None where it would not."""
    if not any(value is not None for value in each.values):
        return "object"
    if None in each.values:
        return {int: "Int64", bool: "boolean"}.get(each.kind)
    return None


def _polars_type(polars: Any, each: Column) -> Any:
    if each.kind is Decimal:
        return polars.Decimal(38, each.scale)
    if each.kind is datetime:
        return polars.Datetime("us", "UTC" if each.zoned else None)
    types = {int: "Int64", float: "Float64", bool: "Boolean", date: "Date", str: "String"}
    return getattr(polars, types[each.kind])
