"""Look at RDF text before a parser does: what would hang or kill it is refused where it stands.

Parsers are built for speed, and a few lines can make them fetch, unfold entities or contexts,
recurse until the stack is gone, or keep all of a file in memory. None of it is of use in a
contribution.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from kg.records.document import Position, Problem
from kg.vocabulary.terms import RDF_TYPE

MAX_NESTING = 64
MAX_VALUES = 500_000
MAX_CONTEXT_TERMS = 2_000
MAX_CONTEXTS = 200
MAX_CONTEXT_NESTING = 6
MAX_ATTRIBUTES = 100
MAX_NAMESPACES = 200

NO_TRIPLE_TERMS = (
    "Statements about statements are not read; what somebody says is a claim, with an address of "
    "its own."
)
_RDF = RDF_TYPE.removesuffix("type")
_PARSE_TYPE = f"{_RDF} parseType"
# Turtle and its kin: what may hold anything, and what nests. Possessive, so that no text, however
# long, makes the search remember where else it might have stopped.
_TURTLE = re.compile(
    r"""
    \"{3}(?:[^\"\\]|\\.|\"(?!\"\"))*+\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
  | \"(?:[^\"\\\n\r]|\\.)*+\" | '(?:[^'\\\n\r]|\\.)*+'
  | <[^<>\"{}|^`\\\x00-\x20]*+> | \#[^\n\r]*+
  | (?P<quoted><<) | (?P<open>[\[(]) | (?P<close>[\])])
    """,
    re.VERBOSE | re.DOTALL,
)


def refuse_turtle(text: str) -> Iterator[Problem]:
    """Yield what must not be parsed as Turtle, TriG, N-Triples or N-Quads.

    That is a statement about a statement (``<< … >>``), which gives no claim and in numbers
    exhausts the parser's stack, and nesting that nobody writes.
    """
    brackets = text.count("[") + text.count("(")
    if "<<" not in text and brackets <= MAX_NESTING:
        return
    depth = 0
    for match in _TURTLE.finditer(text):
        kind = match.lastgroup
        if kind == "quoted":
            yield Problem("triple-term", NO_TRIPLE_TERMS, position=_at(text, match.start()))
            return
        depth += (kind == "open") - (kind == "close")
        if depth > MAX_NESTING:
            yield _too_deep(_at(text, match.start()))
            return


def _too_deep(position: Position | None) -> Problem:
    message = f"This is nested deeper than {MAX_NESTING} levels; give what is inside an address"
    return Problem("nested-too-deep", message, position=position)


def _at(text: str, index: int) -> Position:
    line = text.count("\n", 0, index) + 1
    return Position(line, index - (text.rfind("\n", 0, index) + 1) + 1)


class _Refused(Exception):
    """Reading stops here; carries the one problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def refuse_xml(text: str) -> Iterator[Problem]:
    """Yield what must not be parsed as RDF/XML, or where it is no XML."""
    try:
        _XmlReader().read(text)
    except _Refused as refusal:
        yield refusal.problem
    except expat.ExpatError as error:
        words = expat.ErrorString(error.code)
        position = Position(error.lineno, error.offset + 1)
        yield Problem("rdf-syntax", f"This is no valid RDF: {words}", position=position)


class _XmlReader:
    """Reads XML for its form alone: entities, depth, attributes, namespaces."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
        self._parser.EntityDeclHandler = self._entity
        self._parser.StartDoctypeDeclHandler = self._document_type
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartNamespaceDeclHandler = self._namespace
        self._depth = 0
        self._namespaces = 0

    def read(self, text: str) -> None:
        self._parser.Parse(text.encode(), True)

    @property
    def _here(self) -> Position:
        return Position(self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)

    def _entity(self, *_: object) -> None:
        message = "RDF/XML is read without <!ENTITY …>; write the names out"
        position = Position(self._parser.CurrentLineNumber, 1)
        raise _Refused(Problem("xml-entity", message, position=position))

    def _document_type(self, _name: str, system: str | None, public: str | None, _: int) -> None:
        if system or public:
            message = f"The document type '{system or public}' lies elsewhere, and is not fetched"
            raise _Refused(Problem("xml-entity", message, position=self._here))

    def _start(self, _name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise _Refused(_too_deep(self._here))
        if len(attributes) > MAX_ATTRIBUTES:
            message = (
                f"An element has more than {MAX_ATTRIBUTES} attributes; write them as elements"
            )
            raise _Refused(Problem("rdf-syntax", message, position=self._here))
        if attributes.get(_PARSE_TYPE) == "Triple":
            raise _Refused(Problem("triple-term", NO_TRIPLE_TERMS, position=self._here))

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _namespace(self, *_: object) -> None:
        self._namespaces += 1
        if self._namespaces > MAX_NAMESPACES:
            message = f"More than {MAX_NAMESPACES} namespaces are declared"
            raise _Refused(Problem("rdf-syntax", message, position=self._here))


def refuse_json(text: str) -> Iterator[Problem]:
    """Yield what must not be parsed as JSON-LD, or where it is no JSON; else what would be lost.

    By JSON-LD's rules a key without a meaning is left out with all it says, without a word: such
    keys are warnings, everything else keeps the text from being parsed.
    """
    try:
        data = json.loads(text, object_pairs_hook=tuple, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        position = Position(error.lineno, error.colno)
        yield Problem("rdf-syntax", f"This is no valid RDF: {error.msg}", position=position)
    except RecursionError:
        yield _too_deep(None)
    else:
        yield from _JsonReader(text).problems(data)


_CONTEXTS = ("@context", "@import")
# Where these stand in a context, keys may be anything.
_FREE_KEYS = frozenset(("@vocab", "@container", "@json"))


class _JsonReader:
    """Reads a JSON-LD text for its form alone: contexts, depth, number of values, keys.

    Objects are tuples of pairs, so that a key that stands twice is seen twice.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._defined: set[str] = set()
        self._used: dict[str, None] = {}
        self._values = 0
        self._contexts = 0
        self._terms = 0

    def problems(self, data: Any) -> Iterator[Problem]:
        for key, value, depth, inside in self._walk(data):
            if key in _CONTEXTS and isinstance(value, str):
                yield self._remote(value)
                return
            if depth > MAX_NESTING or inside > MAX_CONTEXT_NESTING:
                yield _too_deep(None)
                return
            self._count(key, value, inside)
        if self._values > MAX_VALUES:
            message = f"The file has more than the {MAX_VALUES:,} values that are read at once"
            yield Problem("file-too-large", message)
        elif self._terms > MAX_CONTEXT_TERMS or self._contexts > MAX_CONTEXTS:
            message = (
                f"The contexts of this file have more than {MAX_CONTEXT_TERMS:,} entries, or are "
                f"more than {MAX_CONTEXTS}; say once, at its top, what the names mean"
            )
            yield Problem("context-too-large", message)
        else:
            yield from self._unmapped()

    def _walk(self, data: Any) -> Iterator[tuple[str | None, Any, int, int]]:
        """Yield each value with its key, its depth, and how many contexts it is in."""
        waiting: list[tuple[str | None, Any, int, int]] = [(None, data, 0, 0)]
        while waiting:
            key, value, depth, inside = waiting.pop()
            yield key, value, depth, inside
            if isinstance(value, tuple):
                for name, item in value:
                    waiting.append((name, item, depth + 1, inside + (name == "@context")))
            elif isinstance(value, list):
                waiting.extend((key, item, depth + 1, inside) for item in value)

    def _count(self, key: str | None, value: Any, inside: int) -> None:
        self._values += 1
        self._terms += bool(inside)
        self._contexts += key == "@context"
        if inside and key is not None:
            self._defined.update((key, value) if isinstance(value, str) else (key,))
        elif key is not None and ":" not in key and not key.startswith("@"):
            self._used[key] = None

    def _remote(self, address: str) -> Problem:
        message = (
            f"The context '{address}' lies elsewhere, and nothing is fetched; write into the file "
            "what it says"
        )
        return Problem("remote-context", message, position=self._place(address), value=address)

    def _unmapped(self) -> Iterator[Problem]:
        if self._defined & _FREE_KEYS or '"@json"' in self._text:
            return
        for key in self._used:
            if key not in self._defined:
                message = f"No context says what the key '{key}' means; what stands there is lost"
                at = self._place(key)
                yield Problem("unmapped-key", message, position=at, severity="warning", value=key)

    def _place(self, word: str) -> Position:
        quoted = json.dumps(word, ensure_ascii=False)
        return _at(self._text, max(self._text.find(quoted), 0))
