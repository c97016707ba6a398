"""Put terms into a query: ``VALUES ?variable { UNDEF }`` becomes ``VALUES ?variable { <term> }``.

The UNDEF is found among the tokens, never by searching the text. So a query's file runs as it
stands on any engine, and no value can change what it asks.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import CallError
from kg.sparql.tokens import Token, tokens


def substitute(query: str, terms: Mapping[str, str]) -> str:
    """Return `query` with UNDEF replaced in each ``VALUES ?variable { UNDEF }``.

    Args:
        query: a SPARQL text.
        terms: variable, question mark included, to one term or several with spaces between, as
            N-Triples writes them.

    Raises:
        CallError: the query has no such VALUES for a variable.
    """
    parts: list[str] = []
    at = 0
    bound = set()
    window: list[Token] = []
    for token in tokens(query):
        window = [*window[-4:], token]
        if _is_open(window) and window[1].text in terms:
            undef = window[3]
            parts += [query[at : undef.start], terms[window[1].text]]
            at = undef.end
            bound.add(window[1].text)
    if missing := sorted(terms.keys() - bound):
        raise CallError(f"The query lacks 'VALUES {missing[0]} {{ UNDEF }}' for its parameter")
    return "".join([*parts, query[at:]])


def _is_open(window: list[Token]) -> bool:
    words = [token.text.upper() for token in window]
    return (
        len(window) == 5
        and words[0] == "VALUES"
        and window[1].kind == "variable"
        and words[2:] == ["{", "UNDEF", "}"]
    )
