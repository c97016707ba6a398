"""What only real stores do: rows cut off as by default, and graphs apart from the default graph."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from desks import Desk
from servers import Virtuoso, oxigraph_server, virtuoso_server

import kg
from kg.cli.main import main
from kg.querying.endpoints import Endpoint
from kg.querying.remote import ask_remote
from kg.querying.unions import seeing_all

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/dprk-russia"
GIVEN = {"agreements-in-force": {"party": "russia", "day": "2024-12-31"}}
# What tells of the mapping run and of the articles' texts, which stay in the workspace.
OF_THE_WORKSPACE = ("provenance", "stale-quotes")
ROWS = 25_000
IN_PAGES = """\
PREFIX : <urn:test:>
SELECT DISTINCT ?number ?thing
WHERE { ?thing :number ?number BIND(CONCAT(?number, STR(?thing)) AS ?order) }
ORDER BY ?order"""


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """A Virtuoso that gives 10,000 rows; it holds things whose numbers run from 0, mixed up."""
    folder = tmp_path_factory.mktemp("limited")
    lines = (f'<urn:test:{n}> <urn:test:number> "{n * 7 % ROWS:05}" .\n' for n in range(ROWS))
    with virtuoso_server(folder, rows=10_000) as server:
        (folder / "rows.nt").write_text("".join(lines))
        said = server.run_sql("DB.DBA.TTLP(file_to_string_output('rows.nt'), '', 'urn:rows', 0);")
        assert "Error" not in said, said
        yield server


def _numbers(server: Virtuoso, query: str) -> list[int]:
    endpoint = Endpoint("live", f"{server.url}/sparql")
    answer, fault = ask_remote(endpoint, query, pytest.fail, total_order=True)
    assert isinstance(answer, ox.QuerySolutions)
    assert fault is None
    return [int(row["number"].value) for row in answer]


def test_all_rows_come_from_virtuoso_in_their_order(limited: Virtuoso) -> None:
    assert _numbers(limited, IN_PAGES) == list(range(ROWS))


def test_as_many_rows_as_are_wanted_come_from_virtuoso(limited: Virtuoso) -> None:
    # It would refuse this LIMIT outright (SR353).
    assert _numbers(limited, f"{IN_PAGES} LIMIT 12000") == list(range(12_000))
    assert _numbers(limited, f"{IN_PAGES} LIMIT 11000 OFFSET 13500") == list(range(13_500, 24_500))


def test_a_graph_that_virtuoso_cut_off_is_said(limited: Virtuoso) -> None:
    said: list[str] = []
    query = "CONSTRUCT { ?s <urn:test:was> ?o } WHERE { ?s <urn:test:number> ?o }"
    ask_remote(Endpoint("live", f"{limited.url}/sparql"), query, said.append, total_order=False)
    assert ["may not be all" in words for words in said] == [True]


def test_graphs_of_virtuoso_are_seen_without_a_switch(limited: Virtuoso) -> None:
    endpoint = Endpoint("live", f"{limited.url}/sparql")
    assert seeing_all(endpoint, pytest.fail) == endpoint


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_was_pushed_to_oxigraph_answers_at_its_plain_address(
    built: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str], method: str
) -> None:
    folder = tmp_path / "oxigraph"
    folder.mkdir()
    workspace = kg.open(built.root)
    expected = workspace.query("deployment-figures", event="soldiers-east")
    with oxigraph_server(folder, on_disk=False) as server:
        push = ["push", server.url, "--profile", "oxigraph"]
        assert main(["--workspace", str(built.root), *push]) == 0
        with (built.root / "kg.toml").open("a", encoding="utf-8") as stream:
            stream.write(f'[endpoints.live]\nurl = "{server.url}/query"\nmethod = "{method}"\n')
        there = kg.open(built.root).query(
            "deployment-figures", endpoint="live", event="soldiers-east"
        )
        # Said by hand, the switch has no value.
        by_hand = f"{server.url}/query?union-default-graph"
        again = workspace.query("deployment-figures", endpoint=by_hand, event="soldiers-east")
    assert there.terms == again.terms == expected.terms
    assert len(expected) == 1


def test_every_stored_query_answers_alike_once_the_example_is_pushed_to_virtuoso(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # All graphs and the reference data together: Virtuoso plans otherwise than for a fixture.
    folder, root = tmp_path / "virtuoso", tmp_path / "example"
    folder.mkdir()
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".kg"))
    assert main(["--workspace", str(root), "build"]) == 0
    with virtuoso_server(folder) as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        with (root / "kg.toml").open("a", encoding="utf-8") as stream:
            stream.write(f'[targets.live]\nprofile = "virtuoso"\nurl = "{server.url}"\n')
            stream.write(f'[endpoints.live]\nurl = "{server.url}/sparql"\n')
        assert main(["--workspace", str(root), "push", "live"]) == 0
        workspace = kg.open(root)
        names = [name for name in workspace.catalogue.names() if name not in OF_THE_WORKSPACE]
        differing = []
        for name in names:
            given = GIVEN.get(name, {})
            here = workspace.query(name, **given)
            there = workspace.query(name, endpoint="live", **given)
            if list(map(repr, there)) != list(map(repr, here)):
                differing.append(name)
    assert differing == []
    assert len(names) >= 35
