"""The ways in which a text may write a person's name: any capitals, whatever stands between words.

Only what is stated as a name is one, and not where it is part of the longer name of somebody else.
What merely begins as it does, such as the name of a relative, is told apart, so that somebody can
look at it; so is a name of one word in small letters, which may be a word: "the price of rice".
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
# A word may be broken at the end of a line.
_WITHIN = rf"(?:{_UNSEEN}|[-\u2010]\s*\n[\s>]*)*"
# A line's end, also of a quoted one, and what addresses and saved pages have in place of a space.
_HYPHENS = r"\-\u2010-\u2015"
_BETWEEN = (
    rf"(?:\s|[_.+{_HYPHENS}]|(?<=\n)>|%20|&nbsp;|&\#160;|&\#xA0;|\\[nrt]|\\u00A0"
    rf"|</?[a-z][^<>]{{0,200}}>|{_UNSEEN})+"
)
# Addresses write signs and letters as bytes; only a sign's stand between words.
_SIGNS = (r"%[012][0-9A-F]", r"%3[A-F]", r"%C2%[89AB][0-9A-F]", r"%E2%8[01]%[89AB][0-9A-F]")
_BEGIN = rf"(?:(?<![^\W_])|(?<=\\[nrt])|(?<=\\u00A0)|{'|'.join(f'(?<={sign})' for sign in _SIGNS)})"
# JSON and RDF write letters by number, pages by number or by name.
_ACCENTS = "acute|breve|caron|cedil|circ|grave|lig|macr|ogon|ring|slash|strok|tilde|uml"
_LETTER = (
    rf"(?:[^\W_]|(?!{'|'.join(_SIGNS)})%[89A-F][0-9A-F]"
    rf"|\\u(?!00A0|20)[0-9A-F]{{4}}|\\U000|&[A-Z]{{1,2}}(?:{_ACCENTS});)"
)
# What stands beside a name in an address or an id.
_OF_ADDRESSES = frozenset("-_/+=%#?&@")
# Shorter words begin too many others.
_LONG = 4


@dataclass(frozen=True)
class Spellings:
    """A person in texts.

    Attributes:
        person: the actor's id.
        names: what the person is called.
        others: names and ids of others, which stay where one of the person's is part of them.
    """

    person: str
    names: tuple[str, ...]
    others: tuple[str, ...] = ()

    def without(self, text: str) -> str:
        """Return `text` with every name and the id, as whole words, made blocks of equal length."""
        pieces: list[str] = []
        at = 0
        for first, last in self._spans(text):
            pieces += (text[at:first], BLOCK * (last - first))
            at = last
        return "".join((*pieces, text[at:]))

    def with_stand_in(self, text: str, stand_in: str) -> str:
        """Return `text` with the id, where it stands by itself, replaced by another."""
        return self._id.sub(stand_in, text)

    def first_in(self, text: str) -> tuple[int, int] | None:
        """Return line and column, from 1, where `text` first speaks of the person, or None."""
        at = next((first for first, _ in self._spans(text)), None)
        if at is None:
            return None
        return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)

    def has_id(self, text: str) -> bool:
        """Whether the id stands by itself in `text`."""
        return self._id.search(text) is not None

    def is_name(self, text: str) -> bool:
        """Whether all of `text` is a name of the person; the id is none."""
        return text != self.person and self._whole.fullmatch(text) is not None

    def lines_of(self, text: str) -> Iterator[int]:
        """Yield each line, from 1, on which `text` speaks of the person."""
        told = 0
        for first, _ in self._spans(text):
            line = text.count("\n", 0, first) + 1
            if line != told:
                told = line
                yield line

    def lines_near(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield each line on which a word begins as a name ends, with the first such word."""
        near, told = self._near, 0
        known = [*self._spans(text), *self._spans_of_others(text)]
        for found in near.finditer(text) if near else ():
            line = text.count("\n", 0, found.start()) + 1
            if line != told and not any(at <= found.start() < end for at, end in known):
                told = line
                yield line, found.group()

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where `text` speaks of the person."""
        for found in self._names.finditer(text):
            if found["who"] is not None and not self._is_word(text, *found.span()):
                yield found.span()

    def _spans_of_others(self, text: str) -> Iterator[tuple[int, int]]:
        return (each.span() for each in self._names.finditer(text) if each["who"] is None)

    def _is_word(self, text: str, first: int, last: int) -> bool:
        """Whether it is one word in small letters, and neither the id nor part of an address."""
        word = text[first:last]
        beside = text[max(first - 1, 0) : first] + text[last : last + 1]
        in_prose = not any(each in _OF_ADDRESSES for each in beside)
        return in_prose and word.isalpha() and word.islower() and word != self.person

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        wanted = sorted({*self.names, self.person}, key=len, reverse=True)
        # A name may be a word of the id, which then goes as a whole.
        either = "|".join(dict.fromkeys(written for name in wanted for written in _written(name)))
        return re.compile(rf"{_BEGIN}(?:{either})(?!{_LETTER})", re.IGNORECASE)

    @cached_property
    def _names(self) -> re.Pattern[str]:
        """What is another's, before what is the person's."""
        longer = {each for each in self.others if self._has_more(each)}
        either = "|".join(
            dict.fromkeys(
                written
                for other in sorted(longer, key=len, reverse=True)
                for written in _written(other)
            )
        )
        others = rf"(?P<other>{_BEGIN}(?:{either})(?!{_LETTER}))|" if either else ""
        return re.compile(rf"{others}(?P<who>{self._whole.pattern})", re.IGNORECASE)

    def _has_more(self, other: str) -> bool:
        """Whether a name of somebody else has one of the person's within it."""
        return self._whole.search(other) is not None and self._whole.fullmatch(other) is None

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
            spaced = re.sub(_UNSEEN, "", unicodedata.normalize(form, text))
            words = [
                _WITHIN.join(map(_character, word))
                for word in re.split(rf"[\s{_HYPHENS}]+", spaced)
                if word
            ]
            yield _BETWEEN.join(words)
            if len(words) > 1:
                yield rf"{words[-1]},\s*{_BETWEEN.join(words[:-1])}"


def _character(character: str) -> str:
    """Return the pattern of a character, as it is and as addresses, pages and RDF write it."""
    if character.isascii() and character.isalnum():
        number = ord(character)
        return rf"(?:{character}|&\#(?:0*{number}|x0*{number:X});|\\u{number:04X})"
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
