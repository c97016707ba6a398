"""Run a query text on the embedded store, its default graph being the union of all graphs."""

from __future__ import annotations

import pyoxigraph as ox

from kg.errors import CallError, EnvironmentFault
from kg.sparql.tokens import tokens

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def ask(store: ox.Store, query: str) -> Answer:
    """Run `query` and return the engine's answer, a stream that is read once.

    Raises:
        CallError: the text is no SPARQL query.
        EnvironmentFault: the engine failed.
    """
    try:
        return store.query(query, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise CallError(f"This is no SPARQL query: {error}") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise EnvironmentFault(f"The query could not be run: {error}") from error


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
