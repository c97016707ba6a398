"""What is said against a stored query, and of which line."""

from __future__ import annotations

from typing import NamedTuple

from kg.sparql.tokens import Token


class Complaint(NamedTuple):
    """What is wrong, under which code, and where: lines count from 1, None where all of it is."""

    code: str
    message: str
    line: int | None = None


def line_of(text: str, token: Token) -> int:
    """Return the line, from 1, on which a token of `text` begins."""
    return text.count("\n", 0, token.start) + 1
