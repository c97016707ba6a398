"""Regular expressions of ``sh:pattern``, run so that none can take more than linear time.

Patterns are those of XPath, as the embedded engine's REGEX has them. Plain ones run in Python over
short texts, which costs less a call; all others in the engine, whose automata never go back.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from kg.errors import DataError
from kg.shacl.terms import token

# Characters, classes, anchors and escapes that mean the same here and there. Only one atom has a
# choice of taking more or fewer characters, so that on a short text there is little to try.
_ESCAPED = r"\\[dDS.\-/\\+*?()\[\]{}|^$]"
_IN_CLASS = r"(?:[^\\\[\]^&|~-]|-(?!-)|\\[d.\-/\\])"
_CLASS = rf"\[\^?(?!-){_IN_CLASS}+\]"
_ATOM = rf"(?:[^\\\[\](){{}}*+?.|^$]|{_ESCAPED}|{_CLASS})(?:\{{\d{{1,3}}\}})?"
_MANY = r"(?:[*+?]|\{\d{1,3},\d{0,3}\})"
# What ends where it must is no choice: all up to a character, words joined by single hyphens.
_UP_TO = rf"(?:\[\^(?P<end>[/:#])\]{_MANY}(?=(?P=end))|\[0-9\]\+(?=-))"
_WORDS = r"\[a-z0-9\]\+\(-\[a-z0-9\]\+\)\*(?=/|\$?\Z)"
_FIXED = rf"(?:{_ATOM}|{_UP_TO}|{_WORDS})"
_PLAIN = re.compile(rf"\^?{_FIXED}*(?:{_ATOM}{_MANY})?{_FIXED.replace('end', 'stop')}*\$?")
_SHORT = 1_000
# What the engine's \S leaves out: all that Unicode calls white space.
_NO_SPACE = r"[^\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
_SPACELESS = re.compile(r"((?<!\\)(?:\\\\)*)\\S")
_BATCH = 500
# Dates come again and again; of so many texts the engine's answer is kept.
_MOST_KNOWN = 10_000
# What begins a name in XML, and what goes on with one, which the engine has no escapes for.
_INITIAL = (
    r":A-Z_a-z\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{2FF}\x{370}-\x{37D}\x{37F}-\x{1FFF}"
    r"\x{200C}-\x{200D}\x{2070}-\x{218F}\x{2C00}-\x{2FEF}\x{3001}-\x{D7FF}\x{F900}-\x{FDCF}"
    r"\x{FDF0}-\x{FFFD}\x{10000}-\x{EFFFF}"
)
_NAMING = _INITIAL + r"\-.0-9\x{B7}\x{300}-\x{36F}\x{203F}-\x{2040}"
_NAMES = {
    r"\i": f"[{_INITIAL}]",
    r"\I": f"[^{_INITIAL}]",
    r"\c": f"[{_NAMING}]",
    r"\C": f"[^{_NAMING}]",
}
_PIECE = re.compile(r"\\.|-\[|[\s\S]", re.DOTALL)


@dataclass(frozen=True)
class Pattern:
    """A pattern and its flags (of ``imsxq``).

    Raises:
        DataError: when used, if the pattern is none.
    """

    text: str
    flags: str = ""
    _known: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def matching(self, texts: Collection[str]) -> set[str]:
        """Return those of `texts` in which the pattern is found."""
        found: set[str] = set()
        waiting = list(texts)
        if self._python:
            search = self._python.search
            found = {text for text in texts if len(text) <= _SHORT and search(text)}
            waiting = [text for text in texts if len(text) > _SHORT]
        new = [text for text in waiting if text not in self._known]
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            matched = self._by_engine(batch)
            found |= matched
            if len(self._known) < _MOST_KNOWN:
                self._known.update((text, text in matched) for text in batch if len(text) < _SHORT)
        found.update(text for text in waiting if self._known.get(text))
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
        if self.flags or not _PLAIN.fullmatch(self.text):
            return None
        # To XPath the end of a text is not the place before its last line break.
        text = self.text[:-1] + r"\Z" if _ends(self.text) else self.text
        text = _SPACELESS.sub(lambda match: match[1] + _NO_SPACE, text)
        try:
            return re.compile(text)
        except re.error:  # a range from z to a: the engine says what it thinks of it
            return None

    def _by_engine(self, texts: Collection[str], *, negated: bool = False) -> set[str]:
        rows = " ".join(token(text) for text in texts)
        text = self.text if "q" in self.flags else _for_engine(self.text)
        test = f"REGEX(?text, {token(text)}, {token(self.flags)})"
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


def _for_engine(text: str) -> str:
    """Return a pattern of XPath's as the engine writes it: what a class leaves out, and names.

    In its classes the engine gives meaning to two of ``&``, ``~`` and ``-``, which are only
    characters to XPath (https://www.w3.org/TR/xmlschema-2/#regexs).
    """
    written = []
    depth = 0
    for piece in _PIECE.findall(text):
        if piece == "-[" and depth:
            depth += 1
            written.append("--[")
        elif piece in _NAMES:
            written.append(_NAMES[piece])
        elif depth and piece in "&~":
            written.append(f"\\{piece}")
        else:
            depth += {"[": 1, "]": -1 if depth else 0}.get(piece, 0)
            depth += piece == "-["
            written.append(piece)
    return "".join(written)
