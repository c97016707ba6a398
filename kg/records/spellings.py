"""The ways in which a text may write a person's name: any capitals, whatever stands between words.

Only what is stated as a name is one. What merely begins as it does, such as the name of a relative,
is told apart, so that somebody can look at it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

BLOCK = "\N{FULL BLOCK}"
# A line's end, and what addresses and saved pages have in place of a space.
_BETWEEN = r"(?:\s|[-_.+]|%20|&nbsp;|&\#160;)+"
# Shorter words begin too many others.
_LONG = 4


@dataclass(frozen=True)
class Spellings:
    """A person in texts.

    Attributes:
        person: the actor's id.
        names: what the person is called.
    """

    person: str
    names: tuple[str, ...]

    def without(self, text: str) -> str:
        """Return `text` with every name and the id, as whole words, made blocks of equal length."""
        return self._whole.sub(lambda found: BLOCK * len(found.group()), text)

    def with_stand_in(self, text: str, stand_in: str) -> str:
        """Return `text` with the id, where it stands by itself, replaced by another."""
        return self._id.sub(stand_in, text)

    def first_in(self, text: str) -> tuple[int, int] | None:
        """Return line and column, from 1, where `text` first speaks of the person, or None."""
        found = self._whole.search(text)
        if found is None:
            return None
        at = found.start()
        return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)

    def has_id(self, text: str) -> bool:
        """Whether the id stands by itself in `text`."""
        return self._id.search(text) is not None

    def is_name(self, text: str) -> bool:
        """Whether all of `text` is a name of the person; the id is none."""
        return text != self.person and self._whole.fullmatch(text) is not None

    def lines_of(self, text: str) -> Iterator[int]:
        """Yield each line, from 1, on which `text` speaks of the person."""
        yield from _lines(text, self._whole)

    def lines_near(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield each line on which a word begins as a name ends, with the first such word."""
        near, told = self._near, 0
        for found in near.finditer(text) if near else ():
            line = text.count("\n", 0, found.start()) + 1
            if line != told and not self._whole.fullmatch(found.group()):
                told = line
                yield line, found.group()

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        wanted = sorted({*self.names, self.person}, key=len, reverse=True)
        # A name may be a word of the id, which then goes as a whole.
        either = "|".join(dict.fromkeys(written for name in wanted for written in _written(name)))
        return re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])", re.IGNORECASE)

    @cached_property
    def _id(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w-]){re.escape(self.person)}(?![\w-])")

    @cached_property
    def _near(self) -> re.Pattern[str] | None:
        words = {_telling(name) for name in self.names} - {""}
        if not words:
            return None
        either = "|".join(dict.fromkeys(each for word in sorted(words) for each in _written(word)))
        return re.compile(rf"(?<![^\W_])(?:{either})\w*", re.IGNORECASE)


def _written(name: str) -> Iterator[str]:
    """Yield patterns of a name: with letters and accents together or apart, and ß as ss."""
    for form in ("NFC", "NFD"):
        for text in (name, name.upper(), name.casefold()):
            words = unicodedata.normalize(form, text).split()
            yield _BETWEEN.join(map(re.escape, words))


def _telling(name: str) -> str:
    """Return the word by which people know a name: the last one, or else the longest."""
    words = name.split()
    word = words[-1] if words and len(words[-1]) >= _LONG else max(words, key=len, default="")
    return word if len(word) >= _LONG else ""


def _lines(text: str, pattern: re.Pattern[str]) -> Iterator[int]:
    told = 0
    for found in pattern.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        if line != told:
            told = line
            yield line
