"""Ask for a query's rows in parts: which rows it wants, and whether parts of them fit together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.sparql.tokens import Token, tokens

_BEFORE_COLUMNS = ("SELECT", "DISTINCT", "REDUCED")


class Window(NamedTuple):
    """A SELECT without its outermost LIMIT and OFFSET, and what they said.

    Attributes:
        prologue: what stands before the SELECT.
        select: the SELECT itself.
        offset: rows left out at the beginning.
        limit: rows at most, None for all.
    """

    prologue: str
    select: str
    offset: int
    limit: int | None

    def part(self, columns: Sequence[str], start: int, size: int) -> str:
        """Return the query for `size` rows, the first `start` of the window left out.

        The query becomes a subselect. Virtuoso sorts no more rows for a LIMIT and OFFSET than it
        gives (SR353), but sorts all rows of a subselect and keeps their order.
        """
        names = " ".join(f"?{column}" for column in columns) or "*"
        return (
            f"{self.prologue}SELECT {names} WHERE {{ {{\n{self.select}\n}} }}\n"
            f"LIMIT {size}\nOFFSET {self.offset + start}"
        )


def window(query: str) -> Window:
    """Return which of its rows the SELECT `query` wants."""
    outer = list(_outer(query))
    begin = next((token.start for token in outer if token.text.upper() == "SELECT"), 0)
    said: dict[str, int] = {}
    rest, at = "", begin
    for word, number in pairwise(outer):
        name = word.text.upper()
        if word.kind == "word" and name in ("LIMIT", "OFFSET") and number.text.isdecimal():
            said[name] = int(number.text)
            rest += query[at : word.start]
            at = number.end
    return Window(query[:begin], rest + query[at:], said.get("OFFSET", 0), said.get("LIMIT"))


def is_distinct(query: str) -> bool:
    """Whether the outermost SELECT gives no row twice."""
    words = [token.text.upper() for token in _outer(query)]
    return ("SELECT", "DISTINCT") in pairwise(words)


def selects_all(query: str) -> bool:
    """Whether the outermost SELECT names no columns, but all with ``*``."""
    words = [token.text.upper() for token in _outer(query)]
    return any(first in _BEFORE_COLUMNS and second == "*" for first, second in pairwise(words))


def orders_all(query: str, columns: Iterable[str]) -> bool:
    """Whether ORDER BY names every column, so that each row has its place.

    Only a variable as it stands or in ASC or DESC counts: an expression may be equal for two rows.
    """
    keys = _keys(query)
    named = set()
    for index, token in enumerate(keys):
        around = [each.text.upper() for each in keys[max(index - 2, 0) : index + 2]]
        is_bare = not _depth(keys[:index])
        is_turned = around[:2] in (["ASC", "("], ["DESC", "("]) and around[3:] == [")"]
        if token.kind == "variable" and (is_bare or (is_turned and _depth(keys[:index]) == 1)):
            named.add(token.text[1:])
    return named.issuperset(columns)


def _keys(query: str) -> list[Token]:
    """Return the tokens of the outermost ORDER BY."""
    found: list[Token] = []
    inside = False
    before = ""
    for token in _outer(query):
        word = token.text.upper()
        if token.kind == "word" and word in ("LIMIT", "OFFSET", "VALUES"):
            inside = False
        if inside:
            found.append(token)
        inside = inside or (before, word) == ("ORDER", "BY")
        before = word
    return found


def _depth(keys: Iterable[Token]) -> int:
    return sum({"(": 1, ")": -1}.get(token.text, 0) for token in keys)


def _outer(query: str) -> Iterator[Token]:
    """Yield the tokens that stand in no braces."""
    depth = 0
    for token in tokens(query):
        depth += token.text == "{"
        if not depth:
            yield token
        depth -= token.text == "}"
