"""The IRIs that a SPARQL text names, in full or by prefix, each with its token."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.sparql.tokens import Token, tokens


def prefixes(query: str) -> dict[str, str]:
    """Return the prefixes that `query` declares, colon included, with their namespaces."""
    found: dict[str, str] = {}
    window: list[Token] = []
    for token in tokens(query):
        window = [*window[-2:], token]
        if _declares(window):
            found[window[1].text] = token.text[1:-1]
    return found


def iris(query: str, known: Mapping[str, str]) -> Iterator[tuple[str, Token]]:
    """Yield every IRI of `query` with its token; prefix declarations are no use of an IRI.

    Args:
        query: a SPARQL text.
        known: prefixes, colon included, with their namespaces, as `prefixes` gives them.
    """
    window: list[Token] = []
    for token in tokens(query):
        window = [*window[-2:], token]
        if token.kind == "iri" and not _declares(window):
            yield token.text[1:-1], token
        elif token.kind == "name" and (iri := expanded(token.text, known)):
            yield iri, token


def undeclared(query: str) -> Token | None:
    """Return the first name of `query` whose prefix it does not declare, if there is one."""
    known = prefixes(query)
    before = ""
    for token in tokens(query):
        prefix = token.text.partition(":")[0]
        # A name that begins with _ is a blank node's.
        is_used = token.kind == "name" and prefix != "_" and before != "PREFIX"
        if is_used and f"{prefix}:" not in known:
            return token
        before = token.text.upper()
    return None


def expanded(name: str, known: Mapping[str, str]) -> str | None:
    """Return the IRI that a prefixed name stands for, None where its prefix is not known."""
    prefix, _, local = name.partition(":")
    space = known.get(f"{prefix}:")
    # A prefix declaration names the prefix alone.
    return space + local.replace("\\", "") if space and local else None


def _declares(window: list[Token]) -> bool:
    return len(window) == 3 and window[0].text.upper() == "PREFIX" and window[2].kind == "iri"
