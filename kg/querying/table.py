"""Answers as rows of Python values."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.vocabulary.terms import XSD

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

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.terms)


def collect(solutions: ox.QuerySolutions) -> Table:
    """Return all of `solutions` as a table."""
    columns = tuple(variable.value for variable in solutions.variables)
    rows = tuple(tuple(solution[name] for name in columns) for solution in solutions)
    return Table(columns, rows)


def python_value(term: Term | None) -> Any:
    """Return the Python value of an RDF term; text where its datatype has none here."""
    if not isinstance(term, ox.Literal):
        return None if term is None else getattr(term, "value", str(term))
    convert = _PYTHON.get(term.datatype.value)
    try:
        return convert(term.value) if convert else term.value
    except ValueError:
        return term.value
