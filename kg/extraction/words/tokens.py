"""Text as tokens, each with its offsets: no character is lost and none is moved."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.extraction.words.folding import lower
from kg.extraction.words.remembered import Remembered

# Alternatives begin with different characters or are of fixed length, so matching is linear.
_TOKEN = re.compile(
    r"https?://\S+"
    r"|(?:[A-Za-z]\.){2,}"  # U.S.
    r"|(?:[0-9]{4}-[0-9]{2}-[0-9]{2}T)?[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?(?![^\W_]|:[0-9])"  # 12:30, 2024-10-18T12:30:00Z
    r"|[0-9０-９]+(?:[.,．，][0-9０-９]+)*(?i:st|nd|rd|th|k|m|mn|bn|-?mm)?(?![^\W_])"  # 1,500 10th
    r"|['’](?i:s|re|ve|ll|d|m|t)\b"  # Russia's, don't
    r"|[^\W_]+(?:(?:-|['’](?!(?i:s|re|ve|ll|d|m|t)\b))[^\W_]+)*"  # pre-war, Sana'a
    r"|\S"
)


class Token(NamedTuple):
    """A word, number or mark.

    Attributes:
        text: as it stands.
        low: in lower case, numbers in plain digits.
        start: offset of its first character.
        end: offset behind its last.
    """

    text: str
    low: str
    start: int
    end: int


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of `text` between two offsets."""
    stop = len(text) if end is None else end
    # The tuple is made without the named one's constructor, which takes twice as long. Between
    # chunks stands only white space, so each is found where the search for it goes on.
    new, find, at = tuple.__new__, text.index, start
    chunks = text[start:stop].split()
    tokens: list[Token] = []
    for chunk, words in zip(chunks, map(_CHUNKS.__getitem__, chunks), strict=True):
        at = find(chunk, at)
        for word, low, size in words:
            begin, at = at, at + size
            tokens.append(new(Token, (word, low, begin, at)))
    return tokens


def _cut(chunk: str) -> list[tuple[str, str, int]]:
    """Return the tokens of what stands between white space: as it stands, lowered, length."""
    words = [chunk] if chunk.isalpha() else _TOKEN.findall(chunk)
    return [(word, lower(word), len(word)) for word in words]


# No token has white space in it, nor is any cut by what stands beyond: most chunks come again.
_CHUNKS = Remembered(_cut)
