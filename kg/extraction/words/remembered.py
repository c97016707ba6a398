"""Answers about words that are found once for each word, for so many words at the most."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")
MOST = 20_000
# There is no end of names, and most come again in the same article or not at all.
MOST_NAMES = 500
# Longer words are addresses and the like, which come once.
LONGEST = 40


class Remembered(dict[str, Answer]):
    """The answers so far; when there are too many, all are forgotten, of names before."""

    def __init__(self, find: Callable[[str], Answer]) -> None:
        """Take what finds the answer for a word."""
        self._find = find
        self._names: list[str] = []

    def __missing__(self, word: str) -> Answer:
        """Return the answer for a word that has none yet."""
        answer = self._find(word)
        if len(word) <= LONGEST:
            self._make_room(word)
            self[word] = answer
        return answer

    def _make_room(self, word: str) -> None:
        if len(self) >= MOST:
            self.clear()
            self._names.clear()
        if word != word.lower():
            if len(self._names) >= MOST_NAMES:
                for name in self._names:
                    self.pop(name, None)
                self._names.clear()
            self._names.append(word)
