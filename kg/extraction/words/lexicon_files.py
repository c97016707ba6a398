"""The files of the lexicons: read, checked for their shape, later ones added to earlier ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import DataError, did_you_mean
from kg.records.document import Document, Problem, parse_yaml

FILES = (
    "words",
    "quantities",
    "dates",
    "attribution",
    "items",
    "frames",
    "names",
    "civil",
    "unread",
)
Data = dict[str, Any]
Key = tuple[str, ...]


@dataclass
class LexiconFiles:
    """What the files say.

    Attributes:
        data: by the name of the file.
        where: file and line of what stands under a key, the last file that says it.
        own: the keys that a file behind the shipped one says.
    """

    data: dict[str, Data] = field(default_factory=lambda: {name: {} for name in FILES})
    where: dict[Key, str] = field(default_factory=dict)
    own: set[Key] = field(default_factory=set)


def read_files(folders: Iterable[Path]) -> LexiconFiles:
    """Read the lexicons in `folders`, the shipped ones first.

    Raises:
        DataError: a file is no YAML, or says something of another shape than it should; the
            message begins with its path and line.
    """
    files = LexiconFiles()
    for number, folder in enumerate(folders):
        _refuse_others(folder)
        for name in FILES:
            file = folder / f"{name}.yaml"
            if file.exists():
                document = _read(file)
                if document.data is None:
                    continue  # nothing but comments: it adds nothing
                reading = _Checked(file, name, document, files.data[name] if number else None)
                reading.check()
                files.where |= reading.where
                files.own.update(reading.where if number else ())
                _merge(files.data[name], document.data)
    return files


def _refuse_others(folder: Path) -> None:
    """Refuse a file of a name that nothing reads: what an analyst wrote there would do nothing."""
    known = [f"{name}.yaml" for name in FILES]
    for file in sorted(folder.glob("*")):
        if file.suffix in (".yaml", ".yml") and file.name not in known:
            hint = did_you_mean(file.name, known)
            raise DataError(
                f"{file}:1: There is no lexicon of this name{hint}; there are {', '.join(known)}"
            )


def _read(file: Path) -> Document:
    if not file.is_file():
        raise DataError(f"{file}:1: A lexicon is a file, and this is none")
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"{file}:1: A lexicon is text in UTF-8") from error
    document = parse_yaml(text)
    problems = [document] if isinstance(document, Problem) else document.problems
    for problem in problems:
        line = problem.position.line if problem.position else 1
        raise DataError(f"{file}:{line}: {problem.message}")
    assert isinstance(document, Document)
    if document.data is not None and not isinstance(document.data, dict):
        raise DataError(f"{file}:1: A lexicon is a mapping of keys to words")
    return document


def _merge(known: Data, more: Data) -> None:
    for key, value in more.items():
        old = known.get(key)
        if key == "irregular":
            known[key] = {**(old or {}), **value}  # other forms of a verb, not more of them
        elif isinstance(old, dict):
            _merge(old, value)
        elif isinstance(old, list):
            known[key] = [*old, *value]
        else:
            known[key] = value


@dataclass(frozen=True)
class Shape:
    """What may stand in a place of a lexicon, and how that is told."""

    told: str
    fits: Callable[[Any], bool]


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word.split() for word in value)


WORD = Shape("one word", lambda value: isinstance(value, str))
WORDS = Shape("a list of words, such as [lend, lease]", _is_words)
NUMBER = Shape("a whole number", lambda value: isinstance(value, str) and value.isdecimal())


def _between(least: int, most: int) -> Shape:
    return Shape(
        f"a whole number from {least} to {most}",
        lambda value: NUMBER.fits(value) and least <= int(value[:9]) <= most,
    )


# No word of a text is a number or has these in it: lexicons hold words, and no patterns.
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,_]*")
_OF_PATTERNS = re.compile(r"[\[\](){}*?\\|^]")
FORMS = Shape(
    "the four other forms of the verb, such as [goes, going, went, gone]",
    lambda value: _is_words(value) and len(value) == 4,
)
QUARTER = Shape(
    "one of first, second, third, fourth, half-first, half-second",
    lambda value: value in ("first", "second", "third", "fourth", "half-first", "half-second"),
)
_MONTH_AND_DAY = re.compile(r"(0[1-9]|1[0-2])-[0-3][0-9]")
DAY = Shape(
    "a month and a day, such as 12-24",
    lambda value: isinstance(value, str) and _MONTH_AND_DAY.fullmatch(value) is not None,
)
# What stands under the keys of keys, where it is no list of words.
_WITHIN = {
    "quantities": {
        "units": NUMBER,
        "scales": NUMBER,
        "suffixes": NUMBER,
        "vague": NUMBER,
        "sets": NUMBER,
        "sets-at-least": NUMBER,
        "after": WORDS,
    },
    "dates": {
        "months": _between(1, 12),
        "weekdays": _between(0, 6),
        "seasons": _between(21, 24),
        "quarters": QUARTER,
        "feasts": DAY,
    },
    "attribution": {"bodies": WORDS, "evidence": WORDS},
    "words": {"raising": WORDS, "hedges": WORDS, "irregular": FORMS},
    "names": {
        "actors": WORDS,
        "places": WORDS,
        "shared": WORDS,
        "forces-of": WORD,
        "ships-of": WORDS,
    },
    "frames": {"words": WORDS},
    "items": {},
    "civil": {},
    "unread": {},
}
# What a part of a clause can be to an event.
ROLES = ("base", "cooperation", "from", "none", "party", "place", "target", "theme", "to",
    "trainee", "trainer", "treaty")  # fmt: skip
ROLE = Shape(f"one of {', '.join(ROLES)}", lambda value: value in ROLES)
_FRAME = {
    "event": WORD,
    "subject": ROLE,
    "object": ROLE,
    "speech": WORD,
    "verbs": WORDS,
    "nouns": WORDS,
    "adjectives": WORDS,
    "needs": WORDS,
}
# The parts of a frame whose words are looked for in small letters.
_SMALL = ("verbs", "nouns", "adjectives")
# Files whose lists are asked for single words of a text, and never for several.
_SINGLE = ("unread",)
# Files whose keys analysts may add to.
_OPEN = ("items", "frames")


@dataclass
class _Checked:
    """Checks one file."""

    file: Path
    name: str
    document: Document
    shipped: Data | None
    where: dict[Key, str] = field(default_factory=dict)

    def check(self) -> None:
        for key, value in self.document.data.items():
            self._note(key)
            if self.shipped is not None and key not in self.shipped and self.name not in _OPEN:
                hint = did_you_mean(key, self.shipped)
                raise self._slip((key,), f"'{key}' is none of the keys of {self.name}.yaml{hint}")
            within = _WITHIN[self.name].get(key)
            if within is not None:
                self._mapping((key,), value, within)
            elif self.name == "frames":
                self._frame(key, value)
            else:
                self._expect((key,), value, WORDS)
                if self.name in _SINGLE:
                    self._single(key, value)
        if self.name == "unread":
            self._tells_or_not()

    def _single(self, key: str, words: list[str]) -> None:
        """Refuse what no word of a text, in small letters, could be."""
        for number, word in enumerate(words):
            if word.split() != [word]:
                message = f"'{word}' must be one word: words are looked up one by one"
            elif not word.isprintable():
                message = f"{word!a} has a character in it that nobody sees"
            elif word != word.lower():
                message = f"'{word}' is to be written in small letters"
            else:
                continue
            raise self._slip((key, number), message)

    def _tells_or_not(self) -> None:
        """Refuse a verb of which the file says both that it tells of an event and of none."""
        lists = self.document.data
        for number, verb in enumerate(lists.get("untelling", ())):
            telling = [key for key in lists if key.endswith("-verbs") and verb in lists[key]]
            if telling:
                message = f"'{verb}' stands in '{telling[0]}' too: it tells of an event or of none"
                raise self._slip(("untelling", number), message)

    def _frame(self, name: str, value: Any) -> None:
        if not isinstance(value, dict):
            raise self._slip(
                (name,), f"frame '{name}' must be a mapping of keys such as verbs and needs"
            )
        for key, part in value.items():
            if key == "slots":
                self._mapping((name, key), part, ROLE)
            elif key in _FRAME:
                self._expect((name, key), part, _FRAME[key])
                if key in _SMALL and (large := [word for word in part if word != word.lower()]):
                    path = (name, key, part.index(large[0]))
                    raise self._slip(path, f"'{large[0]}' is to be written in small letters")

    def _mapping(self, path: Key, value: Any, within: Shape) -> None:
        if not isinstance(value, dict):
            raise self._slip(path, f"'{path[-1]}' must be a mapping of names to {within.told}")
        for key, part in value.items():
            self._note(*path, key)
            self._expect((*path, key), part, within)

    def _expect(self, path: Key, value: Any, shape: Shape) -> None:
        if not shape.fits(value):
            raise self._slip(path, f"'{path[-1]}' must be {shape.told}")
        for number, word in enumerate(value if isinstance(value, list) else ()):
            if _NUMBER.fullmatch(word):
                raise self._slip((*path, number), f"'{word}' is a number, and no word")
            if pattern := _OF_PATTERNS.search(word):
                message = (
                    f"'{word}' has '{pattern[0]}' in it, as no word has; there are no patterns"
                )
                raise self._slip((*path, number), message)

    def _note(self, *path: str) -> None:
        self.where[self.name, *path] = f"{self.file}:{self.document.position(path).line}"

    def _slip(self, path: tuple[str | int, ...], message: str) -> DataError:
        return DataError(f"{self.file}:{self.document.position(path).line}: {message}")
