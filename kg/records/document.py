"""A YAML or JSON text as plain data in which every value knows its line and column.

The tree is built from the parser's events, not from its composed nodes: libyaml's composer
recurses in C and dies on deep nesting, and only events tell where an alias stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

import yaml

MAX_BYTES = 10_000_000
MAX_DEPTH = 32

Path = tuple[str | int, ...]


class Position(NamedTuple):
    """A place in a file; lines and columns count from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True)
class Problem:
    """A finding about a record before it knows its file.

    Attributes:
        code: the stable code of the finding.
        message: a sentence for an analyst.
        path: where in the record, keys and indices from its root.
        position: where in the file, if it is no record yet.
        severity: ``error`` or ``warning``.
        value: the offending value, shortened, if there is one.
    """

    code: str
    message: str
    path: Path = ()
    position: Position | None = None
    severity: str = "error"
    value: str | None = None


class _Mark(Protocol):
    """A place as YAML's parser has it, lines and columns from 0."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class Marks:
    """The position of a key or list item, and those of what lies below it."""

    __slots__ = ("_begin", "below")

    def __init__(self, begin: Position | _Mark) -> None:
        """Take a place; what has something below it says so later."""
        self._begin = begin
        self.below = _NOTHING

    @property
    def position(self) -> Position:
        """The place; made when it is asked for, as most never are."""
        begin = self._begin
        if isinstance(begin, Position):
            return begin
        return Position(begin.line + 1, begin.column + 1)


_FIRST = Position(1, 1)
# Most values are scalars; one empty mapping serves them all.
_NOTHING: Mapping[str | int, Marks] = MappingProxyType({})


@dataclass
class Document:
    """Plain data (mappings, lists, strings; numbers only from JSON) and where each value stands."""

    data: Any
    marks: Marks
    problems: list[Problem] = field(default_factory=list)

    def position(self, path: Path) -> Position:
        """Return where the key or item at `path` stands, or the nearest thing around it."""
        marks = self.marks
        for step in path:
            below = marks.below.get(step)
            if below is not None:
                marks = below
            elif isinstance(step, str):
                break
            # An index without a list: one value that stands alone is its own only item.
        return marks.position

    def has(self, path: Path) -> bool:
        """Whether a key or item stands at exactly this path."""
        marks = self.marks
        for step in path:
            if step in marks.below:
                marks = marks.below[step]
            elif isinstance(step, str):
                return False
        return True

    def value(self, path: Path) -> Any:
        """Return the value at `path`, None where there is none."""
        value = self.data
        for step in path:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value


class _Refused(Exception):
    """Reading stops here; carries the one problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def decode(content: bytes, limit: int = MAX_BYTES) -> str | Problem:
    """Return `content` as text, or the problem that keeps it from being one.

    A byte-order mark is left out; NUL and other control characters are refused.
    """
    if len(content) > limit:
        return Problem(
            "file-too-large",
            f"The file is larger than the {limit // 1_000_000} MB a record may have",
            position=Position(1, 1),
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig")
        return Problem(
            "not-utf8",
            f"Byte {error.start} (0x{content[error.start]:02x}) is no UTF-8; "
            "save the file as UTF-8 text",
            position=_position_at(before, len(before)),
        )
    if bad := _CONTROL.search(text):
        return Problem(
            "control-character",
            f"The control character U+{ord(bad.group()):04X} stands here; take it out",
            position=_position_at(text, bad.start()),
        )
    return text


# What YAML 1.2 calls non-printable, lone surrogates and non-characters included.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# To YAML 1.2 these are characters like others; libyaml, of YAML 1.1, takes them for line breaks.
_BREAKS = {0x85: 0xF0085, 0x2028: 0xF2028, 0x2029: 0xF2029}
_BREAKS_BACK = {stand_in: char for char, stand_in in _BREAKS.items()}


def refuse_control(value: str) -> str | None:
    """Return what is wrong with a scalar that was written with escapes, None if nothing is."""
    if bad := _CONTROL.search(value):
        return f"The control character U+{ord(bad.group()):04X} is written here; take it out"
    return None


def _position_at(text: str, index: int) -> Position:
    line = text.count("\n", 0, index) + 1
    return Position(line, index - (text.rfind("\n", 0, index) + 1) + 1)


def parse_yaml(text: str) -> Document | Problem:
    """Read one YAML document whose scalars all stay strings.

    Only what a record needs is read: mappings, lists and scalars. Anchors, aliases, tags,
    several documents and nesting deeper than `MAX_DEPTH` are refused, each where it stands.
    A plain scalar that is empty, ``~`` or ``null`` is None (YAML 1.2 core schema).
    """
    reader = _YamlReader(text)
    try:
        return reader.read()
    except _Refused as refusal:
        return refusal.problem
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if mark and error.problem == _LIBYAML_TOO_DEEP:
            # libyaml looks ahead, and gives up before the event that is too deep for us.
            return parse_yaml(text[: mark.index])
        words = f"{error.problem or 'unreadable'}{f' {error.context}' if error.context else ''}"
        if open_quote := reader.quote_before(error):
            words += "; is a quotation mark missing here?"
        position = open_quote or reader.bracket_left_open(error) or _begin(error)
        return Problem("yaml-syntax", f"This is no valid YAML: {words}", position=position)


_LIBYAML_TOO_DEEP = "exceeded maximum nesting depth"


def _begin(error: yaml.MarkedYAMLError) -> Position:
    """Return where the broken construct begins.

    For a quoted scalar or a bracket that is the parser's context; a block or a plain scalar was
    begun well, perhaps on the first line, and breaks at the problem itself.
    """
    context = error.context or ""
    begins = None if "block" in context or "plain" in context else error.context_mark
    mark = begins or error.problem_mark or error.context_mark
    return Position(mark.line + 1, mark.column + 1) if mark else _FIRST


_NULL = frozenset(("", "~", "null", "Null", "NULL"))


class _YamlReader:
    """Builds data and marks from libyaml's events, one document a reader."""

    def __init__(self, text: str) -> None:
        loader = getattr(yaml, "CLoader", yaml.Loader)
        self._broken = any(chr(char) in text for char in _BREAKS)
        if self._broken:
            text = text.translate(_BREAKS)
        self._text_length = len(text.rstrip())
        self._next: Callable[[], yaml.Event] = loader(text).get_event
        self._problems: list[Problem] = []
        self._brackets: list[Position] = []
        self._last: yaml.ScalarEvent | None = None

    def bracket_left_open(self, error: yaml.MarkedYAMLError) -> Position | None:
        """Return the innermost bracket that is open where the text ends, if `error` is there."""
        mark = error.problem_mark
        ends = mark is not None and mark.index >= self._text_length
        return self._brackets[-1] if ends and self._brackets else None

    def quote_before(self, error: yaml.MarkedYAMLError) -> Position | None:
        """Return where a quoted scalar of several lines begins, if `error` follows on its last.

        It was probably meant to end earlier, and was ended by the mark that begins another.
        """
        last, mark = self._last, error.problem_mark
        if last is None or mark is None or last.style not in ("'", '"'):
            return None
        begin, end = last.start_mark, last.end_mark
        broken_up = begin and end and begin.line < end.line == mark.line
        return _at(last) if broken_up else None

    def read(self) -> Document:
        self._next()  # the stream's start
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return Document(None, Marks(Position(1, 1)))
        marks = Marks(Position(1, 1))
        data = self._value(self._next(), marks, 0)
        self._next()  # the document's end
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise _refuse(event, "yaml-syntax", "A second YAML document begins here; one a file")
        return Document(data, marks, self._problems)

    def _value(self, event: yaml.Event, marks: Marks, depth: int) -> Any:
        if isinstance(event, yaml.ScalarEvent) and event.anchor is None and not event.tag:
            self._last = event  # nearly every value, so that nothing else is asked of it
            return None if event.implicit[0] and event.value in _NULL else self._text(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise _refuse(
                event, "yaml-alias", "Records use no YAML anchors or aliases; write it out"
            )
        if tag := getattr(event, "tag", None):
            raise _refuse(event, "yaml-syntax", f"Records use no YAML tags such as {tag}")
        if depth == MAX_DEPTH:
            raise _refuse(event, "yaml-syntax", f"Nested deeper than {MAX_DEPTH} levels")
        below = self._mapping if isinstance(event, yaml.MappingStartEvent) else self._sequence
        if not getattr(event, "flow_style", False):
            return below(marks, depth)
        self._brackets.append(_at(event))
        data = below(marks, depth)
        self._brackets.pop()
        return data

    def _text(self, event: yaml.ScalarEvent) -> str:
        value: str = event.value
        if self._broken:
            value = value.translate(_BREAKS_BACK)
        # Only a double-quoted scalar has escapes; the rest was looked at before parsing.
        if event.style == '"' and (wrong := refuse_control(value)):
            raise _refuse(event, "control-character", wrong)
        return value

    def _mapping(self, marks: Marks, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        marked: dict[str | int, Marks] = {}
        marks.below = marked
        take = self._next
        while not isinstance(event := take(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _refuse(event, "yaml-syntax", "A key must be a single word")
            key = self._text(event)
            below = Marks(event.start_mark or _FIRST)
            value = self._value(take(), below, depth + 1)
            if key in data:
                self._problems.append(
                    Problem(
                        "duplicate-key",
                        f"The key '{key}' stands twice here; the first is on line "
                        f"{marked[key].position.line}",
                        position=below.position,
                        value=key,
                    )
                )
                continue
            data[key] = value
            marked[key] = below
        return data

    def _sequence(self, marks: Marks, depth: int) -> list[Any]:
        data: list[Any] = []
        marked: dict[str | int, Marks] = {}
        marks.below = marked
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            below = Marks(event.start_mark or _FIRST)
            marked[len(data)] = below
            data.append(self._value(event, below, depth + 1))
        return data


def _at(event: yaml.Event) -> Position:
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1) if mark else _FIRST


def _refuse(event: yaml.Event, code: str, message: str) -> _Refused:
    return _Refused(Problem(code, message, position=_at(event)))
