"""Whatever goes wrong at whichever request of a push, the same command ends in the same state.

A store swings between two states. On the way from one to the other one request goes wrong; the
push may fail or not. It is then repeated, nothing going wrong, and the store must hold the new
state entirely, nothing else under our names, nothing aside, and what is not ours untouched.
"""

from __future__ import annotations

import urllib.parse
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from faulty_proxy import FAULTS, FaultyProxy, running
from servers import Server, oxigraph_server

from kg.errors import KgError
from kg.exporting.settling import STAGING

LEAST = {"oxigraph": 100, "generic": 120, "virtuoso": 120, "virtuoso copying": 120}
FOREIGN = "urn:x:not-ours"
FOREIGN_TRIPLE = "<urn:x:s> <urn:x:p> <urn:x:o>"


class Inspection:
    """What is in a store, read past kg and past the proxy."""

    def __init__(self, server: Server) -> None:
        self.virtuoso = server.profile == "virtuoso"
        auth = httpx.DigestAuth("dba", "dba") if self.virtuoso else None
        self.http = httpx.Client(base_url=server.url, auth=auth, timeout=60)

    def put(self, graph: str, triples: str) -> None:
        headers = {"Content-Type": "application/n-triples"}
        self.http.put(self._url(graph), content=triples, headers=headers).raise_for_status()

    def _url(self, graph: str) -> str:
        path, key = (
            ("/sparql-graph-crud-auth", "graph-uri") if self.virtuoso else ("/store", "graph")
        )
        return f"{path}?{urllib.parse.urlencode({key: graph})}"

    def names(self, *beginnings: str) -> set[str]:
        query = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        answer = self.http.post(
            "/sparql" if self.virtuoso else "/query",
            data={"query": query},
            headers={"Accept": "application/sparql-results+json"},
        ).raise_for_status()
        names = {row["g"]["value"] for row in answer.json()["results"]["bindings"]}
        return {name for name in names if name.startswith(beginnings)}

    def graph(self, name: str) -> set[str]:
        answer = self.http.get(self._url(name), headers={"Accept": "application/n-triples"})
        answer.raise_for_status()
        return {str(each) for each in ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES)}


def triples(name: str, version: str) -> set[str]:
    return {f'<urn:x:{name}> <urn:x:p{number}> "{version} {number}"' for number in range(8)}


STATES: dict[str, Mapping[str, set[str]]] = {
    "A": {
        "both": triples("both", "a"),
        "same": triples("same", "s"),
        "a-one": triples("a-one", "a"),
        "a-two": triples("a-two", "a"),
    },
    "B": {
        "both": triples("both", "b"),
        "same": triples("same", "s"),
        "b-one": triples("b-one", "b"),
        "b-two": triples("b-two", "b"),
    },
}


WITHOUT_SECONDS = {
    state: {name: content for name, content in graphs.items() if not name.endswith("-two")}
    for state, graphs in STATES.items()
}


@pytest.fixture(scope="module")
def oxigraph_in_memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with oxigraph_server(tmp_path_factory.mktemp("memory"), on_disk=False) as server:
        yield server


@pytest.fixture(params=list(LEAST))
def store(request: pytest.FixtureRequest) -> tuple[Server, str]:
    """Generic is the way of stores whose PUT is not atomic, tried on Oxigraph.

    Large graphs are copied on Virtuoso, small ones moved; both ways have their turn.
    """
    name = "virtuoso_live" if "virtuoso" in request.param else "oxigraph_in_memory"
    return request.getfixturevalue(name), request.param


@pytest.fixture
def proxy(store: tuple[Server, str]) -> Iterator[FaultyProxy]:
    with running(FaultyProxy(store[0].port)) as proxy:
        yield proxy


def test_every_fault_at_every_request(
    store: tuple[Server, str], proxy: FaultyProxy, shelf: Any
) -> None:
    server, way = store
    profile, _, copying = way.partition(" ")
    settings = {"copied": 1} if copying else {}
    inspection = Inspection(server)
    base = shelf.base
    # Two new graphs go together where a store takes N-Quads; elsewhere one is as good as two.
    states = STATES if profile == "oxigraph" else WITHOUT_SECONDS
    inspection.put(FOREIGN, f"{FOREIGN_TRIPLE} .\n")

    def push(state: str) -> None:
        shelf.graphs.clear()
        for name, content in states[state].items():
            shelf.write(name, content)
        pusher = shelf.pusher(proxy.url, profile, server.environment, timeout=0.25, **settings)
        pusher.push(prune=True)

    def check(state: str) -> None:
        expected = states[state]
        assert inspection.names(base) == {base + name for name in expected}
        assert {name: inspection.graph(base + name) for name in expected} == expected
        assert inspection.names(STAGING) == set()
        assert inspection.graph(FOREIGN) == {FOREIGN_TRIPLE}

    state = "A"
    push(state)
    check(state)
    outcomes: Counter[str] = Counter()
    for fault in FAULTS:
        at = 0
        while True:
            state = "B" if state == "A" else "A"
            before = proxy.injected
            proxy.fail(fault, at)
            try:
                push(state)
                outcomes["went on"] += 1
            except KgError:
                outcomes["stopped"] += 1
            proxy.wait_until_idle()
            proxy.fail()
            push(state)
            check(state)
            if proxy.injected == before:  # the push had no such request: all have had their turn
                break
            at += 1
    inspection.http.close()

    print(f"\n{way}: {proxy.injected} faults of {len(FAULTS)} kinds; {dict(outcomes)}")
    assert proxy.injected >= LEAST[way]
    assert outcomes["stopped"] > 0
    assert outcomes["went on"] > 0
