"""Answers as rows of Python values."""

from __future__ import annotations

import importlib
import itertools
from collections import namedtuple
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import EnvironmentFault
from kg.vocabulary.terms import XSD

SHOWN_IN_NOTEBOOK = 100
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_PYTHON: dict[str, Callable[[str], Any]] = {
    f"{XSD}integer": int,
    f"{XSD}decimal": Decimal,
    f"{XSD}double": float,
    f"{XSD}float": float,
    f"{XSD}boolean": lambda text: text in ("true", "1"),
    f"{XSD}date": date.fromisoformat,
    f"{XSD}dateTime": datetime.fromisoformat,
}


@dataclass(frozen=True)
class Table:
    """The rows of an answer; iterating gives named tuples of Python values."""

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]

    def __iter__(self) -> Iterator[Any]:
        """Yield each row as a named tuple: IRIs and text as str, numbers and dates typed."""
        row = namedtuple("Row", self.columns, rename=True)  # type: ignore[misc]
        for terms in self.terms:
            yield row(*(python_value(term) for term in terms))

    def to_pandas(self) -> Any:
        """Return the rows as a pandas DataFrame.

        Raises:
            EnvironmentFault: pandas is not installed.
        """
        return _library("pandas").DataFrame(self._columns())

    def to_polars(self) -> Any:
        """Return the rows as a polars DataFrame.

        Raises:
            EnvironmentFault: polars is not installed.
        """
        return _library("polars").DataFrame(self._columns(), strict=False)

    def to_arrow(self) -> Any:
        """Return the rows as an Arrow table.

        Raises:
            EnvironmentFault: pyarrow is not installed.
        """
        return _library("pyarrow").table(self._columns())

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
        from kg.vocabulary.terms import DEFAULT_BASE, prefixes

        return html_table(self, prefixes(DEFAULT_BASE), limit=SHOWN_IN_NOTEBOOK)

    def _columns(self) -> dict[str, list[Any]]:
        return {
            name: [python_value(terms[index]) for terms in self.terms]
            for index, name in enumerate(self.columns)
        }

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.terms)


def collect(solutions: ox.QuerySolutions, most: int | None = None) -> Table:
    """Return all of `solutions` as a table, or at most so many; the rest is then still to come."""
    columns = tuple(variable.value for variable in solutions.variables)
    taken = itertools.islice(solutions, most)
    rows = tuple(tuple(solution[name] for name in columns) for solution in taken)
    return Table(columns, rows)


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        raise EnvironmentFault(f"This needs {package}: pip install {package}") from error


def python_value(term: Term | None) -> Any:
    """Return the Python value of an RDF term; text where its datatype has none here."""
    if not isinstance(term, ox.Literal):
        return None if term is None else getattr(term, "value", str(term))
    convert = _PYTHON.get(term.datatype.value)
    try:
        return convert(term.value) if convert else term.value
    except ValueError:
        return term.value
