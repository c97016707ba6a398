"""`kg push` to real triple stores: what is there is what is here, whatever was changed between."""

from __future__ import annotations

import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from servers import Server

import kg

STORES = ["oxigraph", "generic", "virtuoso"]
RECORD_FILE = "records/autumn-soldiers.yaml"
TEXT_FILE = "articles/autumn-soldiers.txt"


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> tuple[Server, str]:
    """A running store and the profile to reach it by; generic is tried on Oxigraph."""
    name = "virtuoso_live" if request.param == "virtuoso" else "oxigraph_live"
    return request.getfixturevalue(name), request.param


class Direct:
    """The store as another program sees it, not through kg."""

    def __init__(self, server: Server) -> None:
        digest = server.profile == "virtuoso"
        self.path = "/sparql-graph-crud-auth" if digest else "/store"
        self.key = "graph-uri" if digest else "graph"
        self.http = httpx.Client(
            base_url=server.url, auth=httpx.DigestAuth("dba", "dba") if digest else None
        )

    def _url(self, graph: str) -> str:
        return f"{self.path}?{urllib.parse.urlencode({self.key: graph})}"

    def get(self, graph: str) -> set[str]:
        answer = self.http.get(self._url(graph), headers={"Accept": "application/n-triples"})
        if answer.status_code == 404:
            return set()
        answer.raise_for_status()
        triples = ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES)
        return {f"{triple}" for triple in triples}

    def put(self, graph: str, content: str) -> None:
        headers = {"Content-Type": "application/n-triples"}
        self.http.put(self._url(graph), content=content, headers=headers).raise_for_status()


@pytest.fixture
def direct(store: tuple[Server, str]) -> Any:
    access = Direct(store[0])
    with access.http:
        yield access


def test_the_life_of_a_graph(
    store: tuple[Server, str],
    direct: Direct,
    desk: Any,
    record: str,
    text: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Push, verify, change one record, push, delete one, prune, restart the server, verify."""
    server, profile = store
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    base = f"https://example.org/life/{profile}/"
    desk.write(
        "kg.toml",
        f'[workspace]\nname = "tests"\nbase = "{base}"\n'
        f'[targets.live]\nurl = "{server.url}"\nprofile = "{profile}"\n',
    )
    for number in (1, 2):
        desk.write(
            RECORD_FILE.replace("autumn", f"autumn-{number}"),
            record.replace("autumn-soldiers", f"autumn-{number}-soldiers").replace(
                f"text: articles/autumn-{number}-soldiers.txt", f"text: {TEXT_FILE}"
            ),
        )
    assert desk.run("build").code == 0
    foreign = "urn:x:somebody-elses"
    direct.put(foreign, "<urn:x:s> <urn:x:p> <urn:x:o> .\n")

    def push(*options: str) -> dict[str, str]:
        run = desk.run("push", "live", "--format", "json", *options)
        assert run.code == 0, (run.out, run.err)
        return {each["graph"].removeprefix(base): each["state"] for each in run.json["graphs"]}

    articles = {"article/autumn-soldiers", "article/autumn-1-soldiers", "article/autumn-2-soldiers"}
    everything = articles | {"graph/derived", "graph/reference"}
    assert push() == dict.fromkeys(everything, "sent")
    assert push("--verify") == dict.fromkeys(everything, "equal")
    assert push() == {}

    desk.write(RECORD_FILE, record.replace("Seoul counts foreign", "Seoul counts the foreign"))
    assert desk.run("build").code == 0
    assert push() == {"article/autumn-soldiers": "sent"}

    (desk.root / RECORD_FILE.replace("autumn", "autumn-2")).unlink()
    assert desk.run("build").code == 0
    gone = "article/autumn-2-soldiers"
    assert push()[gone] == "kept"
    assert direct.get(base + gone) != set()
    stale = desk.run("push", "live", "--verify", "--format", "json")
    assert stale.code == 1
    states = {each["graph"].removeprefix(base): each["state"] for each in stale.json["graphs"]}
    assert states == dict.fromkeys(everything - {gone}, "equal") | {gone: "stale"}
    assert push("--prune") == {gone: "dropped"}
    assert direct.get(base + gone) == set()

    server.restart()
    assert push("--verify") == dict.fromkeys(everything - {gone}, "equal")
    assert direct.get(foreign) == {"<urn:x:s> <urn:x:p> <urn:x:o>"}
    kept = direct.get(base + "article/autumn-soldiers")
    assert kept == {str(quad.triple) for quad in exported(desk.root, "autumn-soldiers")}


def exported(root: Any, article: str) -> list[ox.Quad]:
    import io

    stream = io.BytesIO()
    kg.open(root).export("-", articles=article, stream=stream)
    return list(ox.parse(stream.getvalue(), format=ox.RdfFormat.N_QUADS))


def test_what_somebody_changed_there_is_told_and_mended(
    store: tuple[Server, str], direct: Direct, shelf: Any, lines: Callable[[str, int], list[str]]
) -> None:
    server, profile = store
    names = [shelf.write(name, lines(name, 3)).name for name in ("a", "b", "c")]
    assert shelf.push(server, profile).conforms

    direct.put(names[0], "<urn:x:a> <urn:x:p0> <urn:x:mine> .\n")
    told = shelf.verify(server, profile)

    assert [outcome.state for outcome in told.outcomes] == ["drift", "equal", "equal"]
    found = told.outcomes[0].difference
    assert (found.missing, found.extra) == (3, 1)
    assert "+ <urn:x:a> <urn:x:p0> <urn:x:mine> ." in found.examples
    assert [outcome.graph for outcome in shelf.push(server, profile).outcomes] == names[:1]
    assert shelf.verify(server, profile).conforms


def test_graphs_that_are_there_already_do_not_travel_again(
    store: tuple[Server, str], shelf: Any, lines: Callable[[str, int], list[str]]
) -> None:
    """The journal is lost: what is equal is only looked at."""
    server, profile = store
    for name in ("a", "b"):
        shelf.write(name, lines(name, 3))
    shelf.push(server, profile)
    for file in (shelf.folder / "push").iterdir():
        file.unlink()
    shelf.write("b", lines("b", 4))

    assert shelf.push(server, profile).conforms
    assert shelf.verify(server, profile).conforms


def test_a_graph_that_became_empty_is_empty_there(
    store: tuple[Server, str], direct: Direct, shelf: Any, lines: Callable[[str, int], list[str]]
) -> None:
    server, profile = store
    name = shelf.write("a", lines("a", 3)).name
    shelf.push(server, profile)

    shelf.write("a", [])

    assert shelf.push(server, profile).conforms
    assert direct.get(name) == set()
    assert shelf.verify(server, profile).conforms


def test_nothing_is_left_aside(
    store: tuple[Server, str], shelf: Any, lines: Callable[[str, int], list[str]]
) -> None:
    from kg.exporting.settling import STAGING
    from kg.remote.graphs import RemoteGraphs

    server, profile = store
    shelf.write("a", lines("a", 3))
    shelf.push(server, profile)

    pusher = shelf.pusher(server.url, profile, server.environment)
    with pusher.connect() as client:
        assert RemoteGraphs(client).names(STAGING) == set()


class TestRestoredFromABackup:
    """Graphs that were deleted there come back, and nothing of ours asks for them any more."""

    GONE = "article/gone"

    @pytest.fixture
    def restored(
        self,
        store: tuple[Server, str],
        direct: Direct,
        shelf: Any,
        lines: Callable[[str, int], list[str]],
    ) -> Any:
        server, profile = store
        for name in ("article/kept", self.GONE):
            shelf.write(name, lines("x", 3))
        shelf.push(server, profile)
        gone = shelf.graphs.pop(self.GONE)
        assert shelf.push(server, profile, prune=True).conforms
        direct.put(gone.name, "<urn:x:x> <urn:x:p0> <urn:x:old> .\n")
        direct.put(f"{shelf.base}article/never-sent", "<urn:x:s> <urn:x:p> <urn:x:o> .\n")
        return lambda **options: shelf.push(server, profile, **options), lambda: shelf.verify(
            server, profile
        )

    @pytest.mark.parametrize("verified", [False, True])
    def test_they_are_told_and_pruned_and_those_never_sent_are_only_told(
        self, restored: Any, direct: Direct, shelf: Any, verified: bool
    ) -> None:
        push, verify = restored
        base = shelf.base

        def states(report: Any) -> dict[str, str]:
            return {each.graph.removeprefix(base): each.state for each in report.outcomes}

        if verified:
            report = verify()
            assert states(report) == {
                "article/kept": "equal",
                self.GONE: "stale",
                "article/never-sent": "extra",
            }
            assert not report.conforms
            assert states(push())[self.GONE] == "kept"

        assert states(push(prune=True)) == {self.GONE: "dropped", "article/never-sent": "extra"}
        assert direct.get(base + self.GONE) == set()
        assert direct.get(f"{base}article/never-sent") != set()
        report = verify()
        assert states(report) == {"article/kept": "equal", "article/never-sent": "extra"}
        assert report.conforms


def test_two_at_once_do_not_move_away_what_the_other_has_aside(
    store: tuple[Server, str],
    direct: Direct,
    shelf: Any,
    lines: Callable[[str, int], list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A clone of the workspace pushes as a whole between what this one reads aside and its MOVE."""
    from shelves import Shelf

    from kg.remote.graphs import RemoteGraphs

    server, profile = store
    (tmp_path / "clone").mkdir()
    clone = Shelf(tmp_path / "clone", shelf.base)
    for each in (shelf, clone):
        each.write("a", lines("a", 3))
    original = RemoteGraphs.move

    def move(remote: RemoteGraphs, source: str, graph: str) -> None:
        monkeypatch.setattr(RemoteGraphs, "move", original)
        assert clone.push(server, profile).conforms
        original(remote, source, graph)
        assert direct.get(graph) != set()

    monkeypatch.setattr(RemoteGraphs, "move", move)

    assert shelf.push(server, profile).conforms
    assert shelf.verify(server, profile).conforms
    assert clone.verify(server, profile).conforms


XSD = "http://www.w3.org/2001/XMLSchema#"
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
HUNDRED = "1234567890" * 10
SAFE = {
    "date": f'"2024-10-18"^^<{XSD}date>',
    "zone": f'"2024-10-18T01:02:03+09:00"^^<{XSD}dateTime>',
    "month": f'"2024-10"^^<{XSD}gYearMonth>',
    "text-of-digits": '"042"',
    "integer": f'"1500"^^<{XSD}integer>',
    "true": f'"true"^^<{XSD}boolean>',
    "tag": '"colour"@en-gb',
    "tag-of-three": '"Farbe"@de-ch-1996',
    "script": '"朝鮮"@zh-hant-tw',
    "emoji": '"\U0001f4a3 e\u0301"',
    "lines": r'"one\ntwo\r\nthree" ',
    "quotes": r'"she said \"no\", it\'s C:\\temp"'.replace(r"\'", "'"),
    "spaces": '"  before and after  "',
    "nothing": '""',
    "long": '"' + r"x\"" * 20_000 + '"',
    "iri": "<http://example.org/straße?q=ü&x=%E4>",
}
REWRITTEN = {
    "trailing-zero": f'"1.50"^^<{XSD}decimal>',
    "whole-decimal": f'"2.0"^^<{XSD}decimal>',
    "leading-zero": f'"042"^^<{XSD}integer>',
    "sign": f'"+7"^^<{XSD}integer>',
    "one": f'"1"^^<{XSD}boolean>',
    "double": f'"1.5e3"^^<{XSD}double>',
}
POINT = f'"POINT(131.90 43.10)"^^<{WKT}>'
LONG = f'"42"^^<{XSD}long>'
BIG = f'"{HUNDRED}"^^<{XSD}integer>'


def write_literals(shelf: Any, name: str, literals: dict[str, str]) -> None:
    shelf.write(
        name, [f"<urn:x:s> <urn:x:{key}> {value.strip()}" for key, value in literals.items()]
    )


class TestHardLiterals:
    """Each comes back equal, or as what the store is declared to make of it, or is named."""

    def test_those_that_survive(self, store: tuple[Server, str], shelf: Any) -> None:
        server, profile = store
        write_literals(shelf, "safe", SAFE)

        (outcome,) = shelf.push(server, profile).outcomes

        assert (outcome.state, outcome.difference.rewritten) == ("sent", 0)

    def test_those_that_are_written_otherwise(self, store: tuple[Server, str], shelf: Any) -> None:
        server, profile = store
        write_literals(shelf, "rewritten", REWRITTEN)

        (outcome,) = shelf.push(server, profile).outcomes

        assert (outcome.state, outcome.difference.rewritten) == ("sent", len(REWRITTEN))
        assert any('"1.50"' in each and '"1.5"' in each for each in outcome.difference.examples)

    def test_a_hundred_digits(self, store: tuple[Server, str], shelf: Any) -> None:
        """Oxigraph keeps them; Virtuoso makes ``INF`` of them, and that is never unnoticed."""
        server, profile = store
        write_literals(shelf, "big", {"big": BIG})

        report = shelf.push(server, profile)

        if profile == "virtuoso":
            (outcome,) = report.outcomes
            assert (outcome.state, report.conforms) == ("differs", False)
            assert f"- <urn:x:s> <urn:x:big> {BIG} ." in outcome.difference.examples
            assert any('"INF"' in example for example in outcome.difference.examples)
            assert not shelf.verify(server, profile).conforms
        else:
            assert report.conforms
            assert report.outcomes[0].difference.rewritten == 0

    def test_a_long_and_a_point(self, store: tuple[Server, str], shelf: Any) -> None:
        """Oxigraph makes integers of longs; Virtuoso rounds points to single precision."""
        server, profile = store
        write_literals(shelf, "forms", {"long": LONG, "point": POINT})

        (outcome,) = shelf.push(server, profile).outcomes

        assert (outcome.state, outcome.difference.rewritten) == ("sent", 1)
        (example,) = outcome.difference.examples
        assert ("#wktLiteral" in example) == (profile == "virtuoso")

    def test_no_number_is_named(self, store: tuple[Server, str], shelf: Any) -> None:
        """The gate would not let it pass; Virtuoso would turn it into nought without a word."""
        server, profile = store
        write_literals(shelf, "none", {"abc": f'"abc"^^<{XSD}integer>'})

        report = shelf.push(server, profile)

        assert report.conforms == (profile != "virtuoso")

    def test_a_point_virtuoso_refuses_is_named(self, virtuoso_live: Server, shelf: Any) -> None:
        crs = "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(131.5 43.5)"
        write_literals(shelf, "crs", {"point": f'"{crs}"^^<{WKT}>'})
        shelf.write("other", ["<urn:x:s> <urn:x:p> <urn:x:o>"])

        report = shelf.push(virtuoso_live)

        assert [outcome.state for outcome in report.outcomes] == ["refused", "sent"]
        assert "geometry" in report.outcomes[0].message


def test_packed_bodies(
    oxigraph_live: Server, shelf: Any, lines: Callable[[str, int], list[str]]
) -> None:
    for name in ("a", "b"):
        shelf.write(name, lines(name, 500))
    pusher = shelf.pusher(oxigraph_live.url, "oxigraph", {}, compress=True)

    report = pusher.push()
    assert report.conforms, [outcome.message for outcome in report.outcomes]
    shelf.write("a", lines("a", 600))
    assert (
        shelf.pusher(oxigraph_live.url, "oxigraph", {}, compress=True, chunked=False)
        .push()
        .conforms
    )
    assert shelf.verify(oxigraph_live).conforms


def test_a_graph_too_large_for_one_answer_is_read_in_pieces(
    store: tuple[Server, str], shelf: Any
) -> None:
    server, profile = store
    shelf.write("large", [f'<urn:x:s{each}> <urn:x:p> "{each}é"' for each in range(500)])
    shelf.write("few-subjects", [f"<urn:x:s> <urn:x:p> <urn:x:o{each}>" for each in range(500)])

    pusher = shelf.pusher(server.url, profile, server.environment, largest_read=60)

    assert pusher.push().conforms
    assert pusher.verify().conforms
    assert shelf.verify(server, profile).conforms


def test_a_large_graph_is_copied(
    virtuoso_live: Server, shelf: Any, lines: Callable[[str, int], list[str]]
) -> None:
    shelf.write("a", lines("a", 30))
    shelf.write("b", ["<urn:x:s> <urn:x:p> <urn:x:o>"])
    environment = virtuoso_live.environment

    assert shelf.pusher(virtuoso_live.url, "virtuoso", environment, copied=10).push().conforms
    shelf.write("a", lines("other", 40))
    assert shelf.pusher(virtuoso_live.url, "virtuoso", environment, copied=10).push().conforms
    assert shelf.verify(virtuoso_live).conforms


def test_blank_nodes_are_kept_apart_or_refused(
    oxigraph_live: Server, virtuoso_live: Server, shelf: Any
) -> None:
    shelf.write("blank", ["_:one <urn:x:p> _:two", "_:two <urn:x:p> <urn:x:o>"])

    assert shelf.push(oxigraph_live).conforms
    assert shelf.verify(oxigraph_live).conforms
    with pytest.raises(kg.errors.DataError, match="blank nodes"):
        shelf.push(virtuoso_live)
