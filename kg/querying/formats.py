"""Answers in the formats of the contract, row by row; csv, tsv, json and xml by the engine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import IO, NamedTuple, cast

import pyoxigraph as ox

from kg.errors import CallError
from kg.querying.terms import Term, is_number
from kg.visible import visible as visible

_SOLUTIONS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
# A reader of XML takes a bare return for the end of a line, which another character is.
_RETURN = b"&#13;"
# XML has no way to write these, not even escaped; as bytes of UTF-8 they are nothing else.
_NOT_IN_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}".encode()
# Where Markdown of some readers makes a link of what is only text.
_ADDRESS = re.compile(r"(?<=https)://|(?<=http)://|(?<=ftp)://|(?<=www)\.", re.IGNORECASE)
# So many rows say how columns are laid out; the rest is written as it comes, and not held.
AHEAD = 10_000
FORMATS = ("table", *_SOLUTIONS, "md", "html", "parquet")


class _Xml(NamedTuple):
    """A stream that replaces the control characters XML cannot hold, and keeps returns."""

    stream: IO[bytes]

    def write(self, content: bytes) -> int:
        written = _NOT_IN_XML.sub(_REPLACEMENT, content).replace(b"\r", _RETURN)
        self.stream.write(written)
        return len(content)

    def flush(self) -> None:
        self.stream.flush()


def cell(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """Return `term` as people read it: IRIs with prefixes, literals bare, on one safe line."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        for prefix, space in prefixes.items():
            if term.value.startswith(space):
                return visible(f"{prefix}:{term.value[len(space) :]}")
    return visible(getattr(term, "value", str(term)))


def write_answer(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
    form: str,
    stream: IO[bytes],
    prefixes: Mapping[str, str],
) -> None:
    """Write `answer` to `stream`; triples as Turtle, a boolean as a word unless json or xml.

    Parquet has no way to hold a boolean alone.

    Raises:
        CallError: `form` cannot hold this kind of answer.
        EnvironmentFault: what `form` needs is not installed.
    """
    if isinstance(answer, ox.QueryTriples):
        triples = sorted(set(answer), key=str)
        ox.serialize(triples, stream, ox.RdfFormat.TURTLE, prefixes=dict(prefixes))
    elif isinstance(answer, ox.QueryBoolean) and form not in ("json", "xml", "parquet"):
        stream.write(b"true\n" if answer else b"false\n")
    elif form in _SOLUTIONS:
        # The engine asks of a stream no more than this one has.
        to = cast("IO[bytes]", _Xml(stream)) if form == "xml" else stream
        answer.serialize(to, _SOLUTIONS[form])
        if form in ("json", "xml"):
            stream.write(b"\n")
    elif isinstance(answer, ox.QuerySolutions):
        _write_rows(answer, form, stream, prefixes)
    else:
        raise CallError(f"The format '{form}' holds rows; this answer has none")


def _write_rows(
    solutions: ox.QuerySolutions, form: str, stream: IO[bytes], prefixes: Mapping[str, str]
) -> None:
    if form == "md":
        lines = _markdown(solutions, prefixes)
    elif form == "html":
        from kg.querying.html import html_page

        lines = html_page(solutions, prefixes)
    else:
        from kg.querying.table import collect

        collect(solutions).write_parquet(stream)
        return
    for line in lines:
        stream.write(line.encode())


def _markdown(solutions: ox.QuerySolutions, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a table; the first rows say which columns hold numbers."""
    from kg.querying.table import collect, rows

    first = collect(solutions, AHEAD)
    right = [
        any(is_number(term) for term in column) for column in zip(*first.terms, strict=True)
    ] or [False] * len(first.columns)
    yield _line(first.columns)
    yield _line(["---:" if flush else "---" for flush in right])
    for terms in chain(first.terms, rows(solutions)):
        yield _line([_escaped(cell(term, prefixes)) for term in terms])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _escaped(text: str) -> str:
    for char in "\\`*_[]<>|~":
        text = text.replace(char, f"\\{char}")
    return _ADDRESS.sub(r"\\\g<0>", text.replace("&", "&amp;"))
