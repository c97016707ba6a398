"""Whether an endpoint answers from the union of its graphs, and the switch where it does not.

Stored queries name no graph: they ask the default graph, and expect there what the graphs of all
articles hold. With Virtuoso and GraphDB it is so; with `oxigraph serve` only if asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pyoxigraph as ox

from kg.querying.endpoints import Endpoint
from kg.querying.exchange import exchange, explained
from kg.querying.replies import read_rows
from kg.remote.client import Failed

SWITCH = "union-default-graph"
_SETTLED = ("default-graph-uri", "named-graph-uri", SWITCH)
_NOT_ASKABLE = (400, 500, 501)
# One triple is enough, and cheap wherever triples are indexed.
_IS_APART = """
ASK {
  { SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 1 }
  FILTER NOT EXISTS { ?s ?p ?o }
}"""


def seeing_all(endpoint: Endpoint, warn: Callable[[str], None]) -> Endpoint:
    """Return `endpoint` so that it answers from the union of its graphs, or tell `warn`.

    An URL that says which graphs are meant is left as it is.

    Raises:
        EnvironmentFault: the endpoint cannot be reached, or does not answer in time.
    """
    query = urlsplit(endpoint.url).query
    if any(name in _SETTLED for name, _ in parse_qsl(query, keep_blank_values=True)):
        return endpoint
    if not _is_apart(endpoint):
        return endpoint
    switched = endpoint._replace(url=f"{endpoint.url}{'&' if query else '?'}{SWITCH}")
    if not _is_apart(switched):
        return switched
    warn(
        f"{endpoint.name} keeps what its named graphs hold out of its default graph, so questions "
        "may find nothing; let its default graph be the union of all (docs/endpoints.md)"
    )
    return endpoint


def _is_apart(endpoint: Endpoint) -> bool:
    """Whether a triple of a named graph is not in the default graph; no where that is not known."""
    try:
        reply = exchange(endpoint, _IS_APART)
    except Failed as failed:
        if failed.status in _NOT_ASKABLE:  # a store may have no named graphs at all
            return False
        raise explained(endpoint, failed) from failed
    answer = ox.parse_query_results(read_rows(endpoint, reply), format=ox.QueryResultsFormat.JSON)
    return isinstance(answer, ox.QueryBoolean) and bool(answer)
