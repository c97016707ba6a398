"""Load a fixture into a running triple store, and ask it a query over the SPARQL protocol."""

from __future__ import annotations

import urllib.parse
import urllib.request

import pyoxigraph as ox
import pytest
from query_fixtures import Answer
from servers import Server, Virtuoso

from kg.querying.endpoints import Endpoint
from kg.querying.remote import ask_remote

SECONDS = 20.0
_QUERY = {"oxigraph": "/query", "virtuoso": "/sparql"}


def query_url(server: Server, graph: str) -> str:
    """Return where queries about one fixture go: its graph is the only one they see."""
    about = urllib.parse.urlencode({"default-graph-uri": graph})
    return f"{server.url}{_QUERY[server.profile]}?{about}"


def load(server: Server, graph: str, store: ox.Store) -> None:
    """Put all triples of `store` into `graph`: a store's default graph is their union."""
    triples = {quad.triple for quad in store}
    body = ox.serialize(sorted(triples, key=str), format=ox.RdfFormat.N_TRIPLES)
    if isinstance(server, Virtuoso):
        (server.folder / "fixture.nt").write_bytes(body)
        said = server.run_sql(
            f"SPARQL CLEAR GRAPH <{graph}>;\n"
            f"DB.DBA.TTLP(file_to_string_output('fixture.nt'), '', '{graph}', 0);\n"
        )
        assert "Error" not in said, said
        return
    address = f"{server.url}/store?graph={urllib.parse.quote(graph)}"
    types = {"Content-Type": "application/n-triples"}
    request = urllib.request.Request(address, data=body, headers=types, method="PUT")
    with urllib.request.urlopen(request, timeout=120) as response:
        assert response.status in (201, 204)


def on_server(server: Server, graph: str, query: str) -> Answer:
    """Ask as kg asks an endpoint, and return the rows with every term as N-Triples writes it."""
    endpoint = Endpoint("live", query_url(server, graph), timeout=SECONDS)
    solutions = ask_remote(endpoint, query, pytest.fail, total_order=True).answer
    assert isinstance(solutions, ox.QuerySolutions)
    columns = tuple(variable.value for variable in solutions.variables)
    rows = [
        tuple(None if row[name] is None else str(row[name]) for name in columns)
        for row in solutions
    ]
    return Answer(columns, rows)
