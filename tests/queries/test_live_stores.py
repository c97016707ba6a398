"""Every stored query on triple stores that run: the rows are those of the embedded store.

Each case of each fixture, with its parameters, and each query as it stands.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml
from live_stores import load, on_server
from query_fixtures import HERE, on_pyoxigraph, store_of
from servers import Server, virtuoso_server

from kg.querying.catalogue import Catalogue
from kg.querying.entities import StoredEntities
from kg.querying.parameters import bind
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import DEFAULT_BASE

# Checks are asked by the gate alone, of its own store.
FIXTURES = sorted(f for f in HERE.glob("*/*.yaml") if f.parent.name != "checks")


def _texts(file: Path, store: ox.Store, cases: list[dict[str, Any]]) -> list[str]:
    folder = shipped("queries")
    query = Catalogue((folder,), folder, Path("/nonexistent/heads.json")).find(file.stem)
    entities = StoredEntities(store, DEFAULT_BASE)
    given = [
        {name: str(value) for name, value in case.get("parameters", {}).items()} for case in cases
    ]
    return [query.text, *(bind(query, each, entities) for each in given)]


def _check(file: Path, server: Server) -> None:
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    store = store_of(content["records"])
    graph = f"urn:fixture:{file.stem}"
    load(server, graph, store)
    for text in _texts(file, store, content["cases"]):
        assert on_server(server, graph, text) == on_pyoxigraph(store, text)


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_on_oxigraph_serve(file: Path, oxigraph_live: Server) -> None:
    _check(file, oxigraph_live)


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_on_virtuoso(file: Path, tmp_path: Path) -> None:
    """Each in a server of its own.

    Virtuoso plans by what else it holds and has held, and some of the plans of 7.2 lose or double
    rows or never end (docs/queries/README.md). Only from an empty one are they always the same.
    """
    with virtuoso_server(tmp_path) as server:
        _check(file, server)
