"""The guard on query texts from outside the package: they may read this graph, and nothing else.

Both engines follow SERVICE to the network without a switch, and rdflib fetches what FROM names.
"""

from __future__ import annotations

import re

from kg.errors import CallError
from kg.sparql.tokens import tokens

MAX_LENGTH = 200_000
_NO_SERVICE = "A query may not call a SERVICE: nothing is fetched from elsewhere"
_SUSPECT = re.compile(r"service|\bfrom\b|\\u", re.IGNORECASE)


def check_query(text: str) -> None:
    """Refuse a SPARQL text that could do more than read the graph.

    SERVICE can only be written with these letters or with a codepoint escape, so a text with
    neither needs no parsing; any other is parsed and its tree is searched. Its tokens are looked
    at as well, should the parser and the engine ever differ on where a comment ends. Updates are
    no queries, and the engine's query grammar refuses them.

    Raises:
        CallError: it calls a SERVICE, names its own dataset, is too long, or is no query.
    """
    if len(text) > MAX_LENGTH:
        raise CallError(f"The query has {len(text):,} characters; {MAX_LENGTH:,} are allowed")
    if _SUSPECT.search(text):
        if any(token.kind == "word" and token.text.upper() == "SERVICE" for token in tokens(text)):
            raise CallError(_NO_SERVICE)
        _check_tree(text)


def _check_tree(text: str) -> None:
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue

    try:
        tree = parseQuery(text)
    except Exception as error:  # pyparsing's own errors, and recursion on hostile nesting
        raise CallError(f"This is no SPARQL query that can be checked: {error}") from error
    waiting = list(tree)
    while waiting:
        node = waiting.pop()
        if isinstance(node, CompValue):
            if node.name == "ServiceGraphPattern":
                raise CallError(_NO_SERVICE)
            if node.name == "DatasetClause":
                raise CallError("A query may not name its dataset with FROM; use GRAPH in WHERE")
            waiting.extend(node.values())
        elif isinstance(node, list | tuple) or hasattr(node, "asList"):
            waiting.extend(node)
