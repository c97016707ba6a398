"""The ways in which a text may write a person's name: any capitals, whatever stands between words.

Only what is stated as a name is one. What merely begins as it does, such as the name of a relative,
is told apart, so that somebody can look at it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from html.entities import html5
from urllib.parse import quote

BLOCK = "\N{FULL BLOCK}"
# What nobody sees: where a line may break, and where none may.
_UNSEEN = r"[\u00AD\u200B-\u200D\u2060\uFEFF]|%C2%AD|&shy;|&\#173;"
_WITHIN = f"(?:{_UNSEEN})*"
# A line's end, and what addresses and saved pages have in place of a space.
_BETWEEN = rf"(?:\s|[-_.+]|%20|&nbsp;|&\#160;|&\#xA0;|\\[nrt]|\\u00A0|{_UNSEEN})+"
# Addresses write signs and letters as bytes; only a sign's stand between words.
_SIGNS = (r"%[012][0-9A-F]", r"%3[A-F]", r"%C2%[89AB][0-9A-F]", r"%E2%8[01]%[89AB][0-9A-F]")
_BEGIN = rf"(?:(?<![^\W_])|(?<=\\[nrt])|(?<=\\u00A0)|{'|'.join(f'(?<={sign})' for sign in _SIGNS)})"
# JSON and RDF write letters by number, pages by number or by name.
_ACCENTS = "acute|breve|caron|cedil|circ|grave|lig|macr|ogon|ring|slash|strok|tilde|uml"
_LETTER = (
    rf"(?:[^\W_]|(?!{'|'.join(_SIGNS)})%[89A-F][0-9A-F]"
    rf"|\\u(?!00A0|20)[0-9A-F]{{4}}|\\U000|&[A-Z]{{1,2}}(?:{_ACCENTS});)"
)
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
    """Return the pattern of a character, as it is and as addresses, pages and RDF write it."""
    if character.isascii() and character.isalnum():
        return character
    cases = (character, character.lower(), character.upper())
    either = dict.fromkeys(
        (re.escape(character), *(each for case in cases for each in _escaped(case)))
    )
    return f"(?:{'|'.join(either)})"


def _escaped(characters: str) -> Iterator[str]:
    """Yield patterns of what stands for the characters where they are not written themselves."""
    for encoding in ("utf-8", "latin-1"):
        with suppress(UnicodeEncodeError):
            yield re.escape(quote(characters, encoding=encoding, errors="strict"))
    # By number: JSON writes two halves of what lies beyond the first 65,536, RDF the whole.
    halves = characters.encode("utf-16-be").hex()
    yield "".join(rf"\\u{halves[at : at + 4]}" for at in range(0, len(halves), 4))
    yield "".join(rf"\\U{ord(each):08X}" for each in characters)
    yield "".join(rf"&\#(?:0*{ord(each)}|x0*{ord(each):X});" for each in characters)
    yield from (f"&{name}" for name in _entities().get(characters, ()))


@cache
def _entities() -> dict[str, list[str]]:
    """Return the names that HTML has for characters, with their semicolon."""
    names: dict[str, list[str]] = {}
    for name, characters in html5.items():
        if name.endswith(";"):
            names.setdefault(characters, []).append(name)
    return names


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
