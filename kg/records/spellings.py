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
from urllib.parse import quote

BLOCK = "\N{FULL BLOCK}"
# What nobody sees: where a line may break, and where none may.
_UNSEEN = r"[\u00AD\u200B-\u200D\u2060\uFEFF]|%C2%AD|&shy;|&\#173;"
_WITHIN = f"(?:{_UNSEEN})*"
# A line's end, and what addresses and saved pages have in place of a space.
_BETWEEN = rf"(?:\s|[-_.+]|%20|&nbsp;|&\#160;|{_UNSEEN})+"
# Addresses write signs and letters as bytes; only a sign's stand between words.
_SIGNS = (r"%[012][0-9A-F]", r"%3[A-F]", r"%C2%[89AB][0-9A-F]", r"%E2%8[01]%[89AB][0-9A-F]")
_BEGIN = rf"(?:(?<![^\W_])|{'|'.join(f'(?<={sign})' for sign in _SIGNS)})"
_LETTER = rf"(?:[^\W_]|(?!{'|'.join(_SIGNS)})%[89A-F][0-9A-F])"
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
        return re.compile(rf"{_BEGIN}(?:{either})(?!{_LETTER})", re.IGNORECASE)

    @cached_property
    def _id(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w-]){re.escape(self.person)}(?![\w-])")

    @cached_property
    def _near(self) -> re.Pattern[str] | None:
        words = {_telling(name) for name in self.names} - {""}
        if not words:
            return None
        either = "|".join(dict.fromkeys(each for word in sorted(words) for each in _written(word)))
        return re.compile(rf"{_BEGIN}(?:{either})(?:_|{_LETTER})*", re.IGNORECASE)


def _written(name: str) -> Iterator[str]:
    """Yield patterns of a name: with letters and accents together or apart, and ß as ss."""
    for form in ("NFC", "NFD"):
        for text in (name, name.upper(), name.casefold()):
            words = re.sub(_UNSEEN, "", unicodedata.normalize(form, text)).split()
            yield _BETWEEN.join(_WITHIN.join(map(_character, word)) for word in words)


def _character(character: str) -> str:
    """Return the pattern of a character, as it is and as an address writes it."""
    if character.isascii() and character.isalnum():
        return character
    in_addresses = (quote(each) for each in (character, character.lower(), character.upper()))
    either = "|".join(map(re.escape, dict.fromkeys((character, *in_addresses))))
    return f"(?:{either})"


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
