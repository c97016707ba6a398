"""The guard on query texts from outside the package: they may read this graph, and nothing else.

Both engines follow SERVICE to the network without a switch, and rdflib fetches what FROM names.
"""

from __future__ import annotations

import re

from kg.errors import CallError
from kg.sparql.tokens import tokens

MAX_LENGTH = 200_000
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = (
    *("INSERT", "DELETE", "WITH", "LOAD", "CLEAR"),
    *("CREATE", "DROP", "ADD", "MOVE", "COPY"),
)
_NO_SERVICE = "may not call a SERVICE: nothing is fetched from elsewhere"
_SUSPECT = re.compile(r"service|\bfrom\b|\\u", re.IGNORECASE)


def check_query(text: str, name: str = "A query") -> None:
    """Refuse a SPARQL text that could do more than read the graph; `name` says whose it is.

    SERVICE can only be written with these letters or with a codepoint escape, so a text with
    neither needs no parsing; any other is parsed and its tree is searched. Its tokens are looked
    at as well, should the parser and the engine ever differ on where a comment ends. Updates are
    no queries, and the engine's query grammar refuses them.

    Raises:
        CallError: it calls a SERVICE, names its own dataset, is too long, or is no query.
    """
    if len(text) > MAX_LENGTH:
        raise CallError(f"{name} has {len(text):,} characters; {MAX_LENGTH:,} are allowed")
    if _SUSPECT.search(text):
        _check_words(text, name)
        _check_tree(text, name)


def query_form(text: str, name: str = "A query") -> str:
    """Return the form of a query: ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.

    The embedded engine refuses updates by its grammar; an endpoint may run one that is sent to it
    as a query, so what goes there is looked at first.

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


def _check_tree(text: str, name: str) -> None:
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue

    try:
        tree = parseQuery(text)
    except Exception as error:  # pyparsing's own errors, and recursion on hostile nesting
        raise CallError(f"{name} is no SPARQL that can be checked: {error}") from error
    waiting = list(tree)
    while waiting:
        node = waiting.pop()
        if isinstance(node, CompValue):
            if node.name == "ServiceGraphPattern":
                raise CallError(f"{name} {_NO_SERVICE}")
            if node.name == "DatasetClause":
                raise CallError(f"{name} may not name its dataset with FROM; use GRAPH in WHERE")
            waiting.extend(node.values())
        elif isinstance(node, list | tuple) or hasattr(node, "asList"):
            waiting.extend(node)
