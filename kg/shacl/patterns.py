"""Regular expressions of ``sh:pattern``, run so that none can take more than linear time.

Patterns are those of XPath, as SPARQL's REGEX has them. Plain ones run in Python, which costs less
a call; all others, and those whose repetitions stand inside each other, in the embedded engine,
whose automata never go back.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.errors import DataError
from kg.shacl.terms import token

# Characters, classes, anchors and escapes that mean the same here and there; at most one
# repetition an atom, and groups that repeat hold no repetition of their own.
_ESCAPED = r"\\[dDS.\-/\\+*?()\[\]{}|^$]"
_CLASS = r"\[\^?(?:[^\\\[\]^-]|\\[d.\-/\\])(?:[^\\\[\]^]|\\[d.\-/\\])*\]"
_ATOM = rf"(?:[^\\\[\](){{}}*+?.|^$]|{_ESCAPED}|{_CLASS})"
_TIMES = r"(?:[*+?]|\{\d{1,3}(?:,\d{0,3})?\})?"
# A group that stands for one of several words.
_GROUP = rf"\((?:{_ATOM}|\|)*\){_TIMES}"
_PLAIN = re.compile(rf"\^?(?:{_ATOM}{_TIMES}|{_GROUP})*\$?")
_MANY = re.compile(r"[*+]|\{\d+,\}")
_BATCH = 500


@dataclass(frozen=True)
class Pattern:
    """A pattern and its flags (of ``imsxq``).

    Raises:
        DataError: when used, if the pattern is none.
    """

    text: str
    flags: str = ""

    def matching(self, texts: Collection[str]) -> set[str]:
        """Return those of `texts` in which the pattern is found."""
        if self._python:
            search = self._python.search
            return {text for text in texts if search(text)}
        found: set[str] = set()
        waiting = list(texts)
        for start in range(0, len(waiting), _BATCH):
            found |= self._by_engine(waiting[start : start + _BATCH])
        return found

    def check(self) -> None:
        """Refuse a pattern that is none."""
        if self.flags.strip("imsxq"):
            raise DataError(f"sh:flags are of i, m, s, x and q, not '{self.flags}'")
        # Against no text at all the engine would not look at the pattern.
        if not self._python and not (self._by_engine([""]) or self._by_engine([""], negated=True)):
            raise DataError(
                f"'{self.text}' is no regular expression as SPARQL has them; "
                "those cannot look ahead or back"
            )

    @cached_property
    def _python(self) -> re.Pattern[str] | None:
        simple = not self.flags and _PLAIN.fullmatch(self.text)
        if not simple or len(_MANY.findall(self.text)) > 2:
            return None
        # To XPath the end of a text is not the place before its last line break.
        text = self.text[:-1] + r"\Z" if _ends(self.text) else self.text
        text = text.replace(r"\S", r"[^ \t\r\n]")
        return re.compile(text, re.ASCII)

    def _by_engine(self, texts: Collection[str], *, negated: bool = False) -> set[str]:
        rows = " ".join(token(text) for text in texts)
        test = f"REGEX(?text, {token(self.text)}, {token(self.flags)})"
        query = (
            f"SELECT ?text {{ VALUES ?text {{ {rows} }} FILTER({'!' if negated else ''}{test}) }}"
        )
        answer = ox.Store().query(query)
        assert isinstance(answer, ox.QuerySolutions)
        return {row[0].value for row in answer}


def _ends(text: str) -> bool:
    """Whether a pattern ends with an anchor rather than an escaped dollar sign."""
    body = text[:-1]
    return text.endswith("$") and (len(body) - len(body.rstrip("\\"))) % 2 == 0
