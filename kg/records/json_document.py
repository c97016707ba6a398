"""JSON text (or one line of NDJSON) as a `Document`: the standard decoder tells no positions."""

from __future__ import annotations

import re
from bisect import bisect_right
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from kg.records.document import (
    MAX_DEPTH,
    Document,
    Marks,
    Position,
    Problem,
    refuse_control,
)

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None}


def parse_json(text: str, first_line: int = 1) -> Document | Problem:
    """Read one JSON value; `first_line` is the line of the file on which `text` begins."""
    reader = _JsonReader(text, first_line)
    try:
        return reader.read()
    except _ControlError as error:
        return Problem("control-character", error.msg, position=reader.position(error.pos))
    except JSONDecodeError as error:
        return Problem(
            "yaml-syntax",
            f"This is no valid JSON: {error.msg[0].lower()}{error.msg[1:]}",
            position=reader.position(reader.broken_from(error)),
        )


class _ControlError(JSONDecodeError):
    """A control character is written as an escape."""


class _JsonReader:
    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._first_line = first_line
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._at = 0
        self._problems: list[Problem] = []
        self._brackets: list[int] = []

    def broken_from(self, error: JSONDecodeError) -> int:
        """Return where what is broken begins: at the end of the text, the innermost bracket."""
        at_end = error.pos >= len(self._text.rstrip())
        return self._brackets[-1] if at_end and self._brackets else error.pos

    def position(self, index: int) -> Position:
        line = bisect_right(self._starts, index) - 1
        return Position(self._first_line + line, index - self._starts[line] + 1)

    def read(self) -> Document:
        marks = Marks(self.position(0))
        data = self._value(marks, 0)
        self._skip()
        if self._at < len(self._text):
            raise JSONDecodeError("More follows after the end of the record", self._text, self._at)
        return Document(data, marks, self._problems)

    def _skip(self) -> str:
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._text[self._at : self._at + 1]

    def _value(self, marks: Marks, depth: int) -> Any:
        begins = self._skip()
        if begins in ("{", "[") and depth == MAX_DEPTH:
            raise JSONDecodeError(f"Nested deeper than {MAX_DEPTH} levels", self._text, self._at)
        if begins == '"':
            return self._string()
        if begins == "{":
            return self._object(marks, depth)
        if begins == "[":
            return self._array(marks, depth)
        for word, value in _WORDS.items():
            if self._text.startswith(word, self._at):
                self._at += len(word)
                return value
        if number := _NUMBER.match(self._text, self._at):
            self._at = number.end()
            digits = number.group()
            # A decimal keeps its digits as written, 0.50 is not 0.5; the model refuses long ones.
            whole = not number.group(1) and not number.group(2) and len(digits) <= 19
            return int(digits) if whole else digits
        raise JSONDecodeError("A value is expected here", self._text, self._at)

    def _string(self) -> str:
        begin = self._at
        try:
            value, self._at = scanstring(self._text, begin + 1, True)
        except JSONDecodeError as error:
            raise JSONDecodeError(error.msg, self._text, begin) from error
        if wrong := refuse_control(value):
            raise _ControlError(wrong, self._text, begin)
        return str(value)

    def _object(self, marks: Marks, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        marked: dict[str | int, Marks] = {}
        marks.below = marked
        begin = self._at
        self._brackets.append(begin)
        self._at += 1
        if self._skip() == "}":
            self._close()
            return data
        while True:
            if self._skip() != '"':
                raise JSONDecodeError("A key in double quotes is expected", self._text, self._at)
            below = Marks(self.position(self._at))
            key = self._string()
            if self._skip() != ":":
                raise JSONDecodeError("A colon is expected after the key", self._text, self._at)
            self._at += 1
            value = self._value(below, depth + 1)
            if key in data:
                message = f"The key '{key}' stands twice here"
                self._problems.append(
                    Problem("duplicate-key", message, position=below.position, value=key)
                )
            else:
                data[key] = value
                marked[key] = below
            if self._ends("}", begin):
                return data

    def _array(self, marks: Marks, depth: int) -> list[Any]:
        data: list[Any] = []
        marked: dict[str | int, Marks] = {}
        marks.below = marked
        begin = self._at
        self._brackets.append(begin)
        self._at += 1
        if self._skip() == "]":
            self._close()
            return data
        while True:
            self._skip()
            below = Marks(self.position(self._at))
            data.append(self._value(below, depth + 1))
            marked[len(data) - 1] = below
            if self._ends("]", begin):
                return data

    def _ends(self, bracket: str, begin: int) -> bool:
        after = self._skip()
        if after not in (bracket, ","):
            if not after:
                raise JSONDecodeError(f"This is never closed by '{bracket}'", self._text, begin)
            message = f"A comma or '{bracket}' is expected"
            raise JSONDecodeError(message, self._text, self._at)
        if after == bracket:
            self._close()
            return True
        self._at += 1
        return False

    def _close(self) -> None:
        self._brackets.pop()
        self._at += 1
