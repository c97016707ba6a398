"""Let a query give at most so many rows, whatever it says itself."""

from __future__ import annotations

from kg.sparql.tokens import tokens


def limited(query: str, limit: int) -> str:
    """Return `query` with at most `limit` rows, its own LIMIT lowered or one added.

    Only the outermost query is changed: braces are counted.
    """
    depth = 0
    spot = len(query)
    outer = list(tokens(query))
    for index, token in enumerate(outer):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        word = token.text.upper()
        if depth or token.kind != "word":
            continue
        number = outer[index + 1] if index + 1 < len(outer) else token
        if word == "LIMIT" and number.text.isdecimal():
            lower = min(limit, int(number.text))
            return f"{query[: number.start]}{lower}{query[number.end :]}"
        if word == "VALUES":
            spot = token.start
    return f"{query[:spot].rstrip()}\nLIMIT {limit}\n{query[spot:]}"
