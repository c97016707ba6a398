"""Read an article's text as it is stored: every byte counts, nothing is normalized."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 10_000_000


class TextUnreadableError(Exception):
    """The file is no article text; its words say why."""


@dataclass(frozen=True)
class Text:
    """An article's text: `content` in Unicode code points, `sha256` of the bytes (hexadecimal)."""

    content: str
    sha256: str


def read_text(path: Path) -> Text:
    """Read the article text at `path`.

    A byte-order mark and carriage returns stay in the text and count as code points, since
    offsets refer to the text as stored.

    Raises:
        OSError: the file cannot be opened.
        TextUnreadableError: it is larger than `MAX_BYTES`, no UTF-8, or holds a NUL.
    """
    if path.stat().st_size > MAX_BYTES:
        raise TextUnreadableError(f"is larger than {MAX_BYTES // 1_000_000} MB")
    content = path.read_bytes()
    if (nul := content.find(0)) >= 0:
        line = content.count(b"\n", 0, nul) + 1
        raise TextUnreadableError(f"holds the character NUL (byte {nul}, line {line})")
    try:
        return Text(content.decode("utf-8"), hashlib.sha256(content).hexdigest())
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TextUnreadableError(f"is not UTF-8 text (byte {error.start}, line {line})") from error


def in_lines(text: str) -> str:
    """Return a text of the same length whose lines end in a line feed alone, however they did."""
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


def occurrences(text: str, span: str, limit: int = 100) -> list[int]:
    """Return the offsets, in code points, at which `span` stands in `text`, at most `limit`."""
    found: list[int] = []
    start = text.find(span)
    while start >= 0 and len(found) < limit:
        found.append(start)
        start = text.find(span, start + 1)
    return found
