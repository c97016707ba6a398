"""The guard on query texts from outside the package: they may read this graph, and nothing else.

Both engines follow SERVICE to the network without a switch, and rdflib fetches what FROM names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from kg.errors import CallError
from kg.sparql.tokens import tokens
from kg.vocabulary.terms import XSD

MAX_LENGTH = 200_000
MAX_DEPTH = 100
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = (
    *("INSERT", "DELETE", "WITH", "LOAD", "CLEAR"),
    *("CREATE", "DROP", "ADD", "MOVE", "COPY"),
)
_NO_SERVICE = "may not call a SERVICE: nothing is fetched from elsewhere"
_OWN_FUNCTION = (
    "may call no function of one engine's own ({}): some reach the network, as <bif:http_get> does"
)
# A variable of that name is not the word FROM.
_SUSPECT = re.compile(r"service|(?<![?$])\bfrom\b|\\u", re.IGNORECASE)


def check_query(text: str, name: str = "A query") -> None:
    """Refuse a SPARQL text that could do more than read the graph; `name` says whose it is.

    SERVICE can only be written with these letters or with a codepoint escape, so a text with
    neither needs no parsing; any other is parsed and its tree is searched. Its tokens are looked
    at as well, should the parser and the engine ever differ on where a comment ends. Updates are
    no queries, and the engine's query grammar refuses them.

    Raises:
        CallError: it calls a SERVICE, names its own dataset, is too long or too deep, or is no
            query.
    """
    if len(text) > MAX_LENGTH:
        raise CallError(f"{name} has {len(text):,} characters; {MAX_LENGTH:,} are allowed")
    if _depth(text) > MAX_DEPTH:
        raise CallError(f"{name} is nested more than {MAX_DEPTH} deep")
    if _SUSPECT.search(text):
        _check_words(text, name)
        _check_tree(text, name)


def check_sent(text: str, name: str = "A query") -> str:
    """Refuse a text that an endpoint could take for more than a SPARQL 1.1 query; return its form.

    An endpoint may run an update that is sent to it as a query, and knows words and functions that
    fetch or write, as Virtuoso does. So nothing goes out that the embedded engine's grammar does
    not know, and no function but those of SPARQL and the casts of XML Schema.

    Raises:
        CallError: it is no query, or could do more than read what is there.
    """
    import pyoxigraph as ox

    check_query(text, name)
    form = query_form(text, name)
    fault = None
    try:
        ox.Store().query(text)
    except (SyntaxError, RuntimeError, ValueError) as error:
        fault = str(error).partition(": expected")[0]
    if _may_call(text):
        _check_functions(_tree(text, name, fault), name)
    if fault is not None:
        raise CallError(
            f"{name} goes to an endpoint as SPARQL 1.1 only, and this is none: {fault}; "
            "what one engine adds to it is not sent"
        )
    return form


def query_form(text: str, name: str = "A query") -> str:
    """Return the form of a query: ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.

    Raises:
        CallError: it is an update, or neither.
    """
    words = (token.text.upper() for token in tokens(text) if token.kind == "word")
    first = next((word for word in words if word in FORMS or word in UPDATES), None)
    if first in UPDATES:
        raise CallError(f"{name} may only read, and this is an update ({first})")
    if first is None:
        raise CallError(f"{name} begins with {', '.join(FORMS[:-1])} or {FORMS[-1]}; this does not")
    return first


def check_constraint(text: str) -> None:
    """Refuse the SPARQL of a SHACL constraint that could do more than read the graph.

    Its prefixes are declared elsewhere, so it cannot be parsed by itself; any SERVICE, FROM or
    codepoint escape in it is refused.

    Raises:
        CallError: it has one of them.
    """
    name = "The query of a shape"
    _check_words(text, name)
    words = {token.text.upper() for token in tokens(text) if token.kind == "word"}
    if "FROM" in words or "\\u" in text.lower():
        raise CallError(f"{name} may have no FROM and no codepoint escapes")


def _check_words(text: str, name: str) -> None:
    if any(token.kind == "word" and token.text.upper() == "SERVICE" for token in tokens(text)):
        raise CallError(f"{name} {_NO_SERVICE}")


def _depth(text: str) -> int:
    """Return how deep brackets and signs before a term are nested: each is a call in an engine.

    The embedded engine ends the whole program where they are too many.
    """
    deepest = depth = signs = 0
    for token in tokens(text):
        depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(token.text, 0)
        signs = signs + 1 if token.text in ("!", "-", "+", "^", "^^") else 0
        deepest = max(deepest, depth + signs)
    return deepest


def _may_call(text: str) -> bool:
    """Whether a parenthesis follows an IRI, as in a call, or letters may be hidden by escapes."""
    calls = (after.text == "(" for before, after in pairwise(tokens(text)) if _is_iri(before.kind))
    return "\\u" in text.lower() or any(calls)


def _is_iri(kind: str) -> bool:
    return kind in ("iri", "name")


def _check_tree(text: str, name: str) -> None:
    for node in _nodes(_tree(text, name)):
        if node.name == "ServiceGraphPattern":
            raise CallError(f"{name} {_NO_SERVICE}")
        if node.name == "DatasetClause":
            raise CallError(f"{name} may not name its dataset with FROM; use GRAPH in WHERE")


def _check_functions(tree: Any, name: str) -> None:
    """Refuse a call of any function by IRI but the casts; a prefix may be declared twice."""
    spaces: dict[str, set[str]] = {}
    for node in _nodes(tree):
        if node.name == "PrefixDecl":
            spaces.setdefault(node.prefix or "", set()).add(str(node.iri))
    for node in _nodes(tree):
        if node.name == "Function":
            iri = node.iri
            is_short = getattr(iri, "name", "") == "pname"
            starts = spaces.get(iri.prefix or "", {""}) if is_short else {str(iri)}
            if not all(start.startswith(XSD) for start in starts):
                called = f"{iri.prefix or ''}:{iri.localname}" if is_short else f"<{iri}>"
                raise CallError(f"{name} {_OWN_FUNCTION.format(called)}")


def _tree(text: str, name: str, fault: str | None = None) -> Any:
    """Return the parsed query; `fault` is what the engine says of it, if anything."""
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return parseQuery(text)
    except Exception as error:  # pyparsing's own errors, and recursion on hostile nesting
        raise CallError(f"{name} is no SPARQL that can be checked: {fault or error}") from error


def _nodes(tree: Any) -> Iterator[Any]:
    """Yield all that a parsed query consists of."""
    from rdflib.plugins.sparql.parserutils import CompValue

    waiting = list(tree)
    while waiting:
        node = waiting.pop()
        if isinstance(node, CompValue):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list | tuple) or hasattr(node, "asList"):
            waiting.extend(node)
