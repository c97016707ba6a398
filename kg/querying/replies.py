"""Read what an endpoint replies, whole before any of it is shown, by what was asked for.

The media type is not relied on for rows: servers leave it out, or give another.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pyoxigraph as ox

from kg.errors import EnvironmentFault
from kg.querying.endpoints import Endpoint
from kg.querying.exchange import Reply

_JSON = ox.QueryResultsFormat.JSON
_XML_HEAD = 4_096
_LONGEST_KIND = 80
Binding = dict[str, Any]


def read_rows(endpoint: Endpoint, reply: Reply) -> bytes:
    """Return the results of a SELECT or an ASK in JSON, every term of which has been read.

    Raises:
        EnvironmentFault: they are none.
    """
    body = reply.body.strip()
    if not body:
        raise EnvironmentFault(f"{endpoint.name} answers with nothing at all, not even no rows")
    is_xml = body.startswith(b"<")
    if is_xml and b"sparql-results#" not in body[:_XML_HEAD]:
        raise _no_results(endpoint, reply)
    form = ox.QueryResultsFormat.XML if is_xml else _JSON
    try:
        # Kept by no name: a fault would hold it, and it may be let go by this thread alone.
        written = ox.parse_query_results(body, format=form).serialize(format=_JSON)
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        raise _nonsense(endpoint, reply, "SPARQL results", error) from error
    return written or b""


def read_graph(endpoint: Endpoint, reply: Reply) -> ox.Store:
    """Return the triples of a CONSTRUCT or a DESCRIBE; Turtle where the server names nothing else.

    Raises:
        EnvironmentFault: they are none.
    """
    if "html" in reply.kind:
        raise _web_page(endpoint)
    graph = ox.Store()
    try:
        graph.load(
            reply.body,
            format=ox.RdfFormat.from_media_type(reply.kind) or ox.RdfFormat.TURTLE,
        )
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        raise _nonsense(endpoint, reply, "graph", error) from error
    return graph


def bindings(results: bytes) -> list[Binding]:
    """Return the rows of a SELECT's results in JSON."""
    rows: list[Binding] = json.loads(results).get("results", {}).get("bindings", [])
    return rows


def with_bindings(results: bytes, rows: Sequence[Binding]) -> bytes:
    """Return `results` in JSON with other rows."""
    whole = json.loads(results)
    whole["results"]["bindings"] = rows
    return json.dumps(whole).encode()


def each_once(results: bytes) -> bytes:
    """Return the results of a SELECT DISTINCT without the rows that come again.

    Virtuoso 7.2 gives equal rows that have an unbound column more than once.
    """
    solutions = ox.parse_query_results(results, format=_JSON)
    if not isinstance(solutions, ox.QuerySolutions):
        return results
    seen = set()
    count = 0
    for count, solution in enumerate(solutions, 1):  # noqa: B007
        seen.add(tuple(solution))
    if len(seen) == count:
        return results
    once = {json.dumps(row, sort_keys=True): row for row in bindings(results)}
    return with_bindings(results, list(once.values()))


def _no_results(endpoint: Endpoint, reply: Reply) -> EnvironmentFault:
    """Return what to say of an answer in pointed brackets that is no XML of SPARQL results."""
    named = _named(reply)
    if "html" in named or not named or b"<html" in reply.body[:_XML_HEAD].lower():
        return _web_page(endpoint)
    return EnvironmentFault(
        f"{endpoint.name} answers with {named}, where SPARQL results were asked for"
    )


def _web_page(endpoint: Endpoint) -> EnvironmentFault:
    return EnvironmentFault(
        f"{endpoint.url} answers with a web page; is it the address for SPARQL queries?"
    )


def _nonsense(endpoint: Endpoint, reply: Reply, what: str, error: Exception) -> EnvironmentFault:
    named = f" ({_named(reply)})" if reply.kind else ""
    return EnvironmentFault(
        f"{endpoint.name} answers with no {what} that can be read{named}: {error}"
    )


def _named(reply: Reply) -> str:
    """Return the media type as the server says it, without its parameters, short enough to show."""
    return reply.kind.partition(";")[0].strip().lower()[:_LONGEST_KIND]
