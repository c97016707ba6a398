"""Answers about words that are found once for each word, for so many words at the most."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")
MOST = 20_000
# Longer words are addresses and the like, which come once.
LONGEST = 40


class Remembered(dict[str, Answer]):
    """The answers so far; when there are too many, all are forgotten."""

    def __init__(self, find: Callable[[str], Answer]) -> None:
        """Take what finds the answer for a word."""
        self._find = find

    def __missing__(self, word: str) -> Answer:
        """Return the answer for a word that has none yet."""
        answer = self._find(word)
        if len(self) >= MOST:
            self.clear()
        if len(word) <= LONGEST:
            self[word] = answer
        return answer
