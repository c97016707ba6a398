"""Answers in the formats of the contract, and as rows of Python values."""

from __future__ import annotations

import unicodedata
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import CallError
from kg.vocabulary.terms import XSD

_SOLUTIONS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
FORMATS = ("table", *_SOLUTIONS, "md")
_NUMERIC = {f"{XSD}{name}" for name in ("integer", "decimal", "double", "float")}
_PYTHON: dict[str, Callable[[str], Any]] = {
    f"{XSD}integer": int,
    f"{XSD}decimal": Decimal,
    f"{XSD}double": float,
    f"{XSD}float": float,
    f"{XSD}boolean": lambda text: text in ("true", "1"),
    f"{XSD}date": date.fromisoformat,
    f"{XSD}dateTime": datetime.fromisoformat,
}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


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


def is_number(term: Term | None) -> bool:
    """Whether `term` is a number, to be set flush right."""
    return isinstance(term, ox.Literal) and term.datatype.value in _NUMERIC


def cell(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """Return `term` as people read it: IRIs with prefixes, literals bare, on one safe line."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        for prefix, space in prefixes.items():
            if term.value.startswith(space):
                return f"{prefix}:{term.value[len(space) :]}"
    return visible(getattr(term, "value", str(term)))


def visible(text: str) -> str:
    """Return `text` with control and direction-changing characters made visible, on one line."""
    return "".join(
        char
        if unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
        else " "
        if char in "\n\r\t"
        else f"\\u{ord(char):04x}"
        for char in text
    )


def write_answer(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
    form: str,
    stream: IO[bytes],
    prefixes: Mapping[str, str],
) -> None:
    """Write `answer` to `stream`; triples as Turtle, a boolean as a word unless json or xml.

    Raises:
        CallError: `form` cannot hold this kind of answer.
    """
    if isinstance(answer, ox.QueryTriples):
        triples = sorted(set(answer), key=str)
        ox.serialize(triples, stream, ox.RdfFormat.TURTLE, prefixes=dict(prefixes))
    elif isinstance(answer, ox.QueryBoolean) and form not in ("json", "xml"):
        stream.write(b"true\n" if answer else b"false\n")
    elif form in _SOLUTIONS:
        answer.serialize(stream, _SOLUTIONS[form])
        if form in ("json", "xml"):
            stream.write(b"\n")
    elif form == "md" and isinstance(answer, ox.QuerySolutions):
        stream.write(_markdown(collect(answer), prefixes).encode())
    else:
        raise CallError(f"There is no format '{form}'; there are: {', '.join(FORMATS)}")


def _markdown(table: Table, prefixes: Mapping[str, str]) -> str:
    right = [
        any(is_number(term) for term in column) for column in zip(*table.terms, strict=True)
    ] or [False] * len(table.columns)
    lines = [_line(table.columns), _line(["---:" if flush else "---" for flush in right])]
    lines += [_line([_escaped(cell(term, prefixes)) for term in terms]) for terms in table.terms]
    return "".join(f"{line}\n" for line in lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    for char in "\\`*_[]<>|":
        text = text.replace(char, f"\\{char}")
    return text
