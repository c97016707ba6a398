"""Remote endpoints: who is asked and how, what is said when it fails, and rows that are cut off."""

from __future__ import annotations

import base64
import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from desks import Desk
from servers import Server

import kg
from kg.cli.main import main
from kg.errors import CallError, EnvironmentFault
from kg.querying.endpoints import Endpoint, find_endpoint
from kg.querying.remote import RemoteEntities, ask_remote

RESULTS = "application/sparql-results+json"
ALL = "SELECT ?n WHERE { VALUES ?n { 1 2 3 4 5 } } ORDER BY ?n"


class Asked(NamedTuple):
    """A request as the server saw it."""

    method: str
    query: str
    headers: dict[str, str]


class Answering(ThreadingHTTPServer):
    """A server that answers as it is told, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[Asked] = []
        self.status, self.kind, self.body = 200, RESULTS, _rows(1)
        self.headers: dict[str, str] = {}
        self.pages: list[bytes] = []
        self.trickle = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sparql"


class Handler(BaseHTTPRequestHandler):
    server: Answering

    def do_GET(self) -> None:
        self._answer(urlsplit(self.path).query)

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def _answer(self, form: str) -> None:
        said = self.server
        query = parse_qs(form).get("query", [""])[0]
        said.asked.append(Asked(self.command, query, dict(self.headers)))
        body = said.pages.pop(0) if said.pages else said.body
        self.send_response(said.status)
        self.send_header("Content-Type", said.kind)
        for name, value in said.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) + (1000 if said.trickle else 0)))
        self.end_headers()
        self.wfile.write(body)
        for _ in range(100 if said.trickle else 0):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, *_: Any) -> None:
        pass


def _rows(*numbers: int) -> bytes:
    rows = [{"n": {"type": "literal", "value": str(number)}} for number in numbers]
    return json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": rows}}).encode()


@contextmanager
def _answering() -> Iterator[Answering]:
    server = Answering()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def server() -> Iterator[Answering]:
    with _answering() as answering:
        yield answering


def _ask(endpoint: Endpoint, query: str = ALL, *, total_order: bool = True) -> list[str]:
    answer = ask_remote(endpoint, query, pytest.fail, total_order=total_order)
    assert isinstance(answer, ox.QuerySolutions)
    return [row["n"].value for row in answer]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_both_ways_of_the_protocol(server: Answering, method: str) -> None:
    assert _ask(Endpoint("e", f"{server.url}?default-graph-uri=urn:g", method=method)) == ["1"]
    (asked,) = server.asked
    assert (asked.method, asked.query) == (method, ALL)
    assert RESULTS in asked.headers["Accept"]


def test_basic_and_bearer_credentials_come_from_the_environment(server: Answering) -> None:
    tables = {"desk-store": {"url": server.url}}
    basic = {"KG_DESK_STORE_USER": "ann", "KG_DESK_STORE_PASSWORD": "s3cret"}
    endpoint = find_endpoint(tables, "desk-store", basic)
    _ask(endpoint)
    _ask(find_endpoint(tables, "desk-store", {"KG_DESK_STORE_TOKEN": "t0ken"}))
    _ask(find_endpoint(tables, "desk-store", {}))

    sent = [asked.headers.get("Authorization") for asked in server.asked]
    assert sent == [f"Basic {base64.b64encode(b'ann:s3cret').decode()}", "Bearer t0ken", None]
    assert "s3cret" not in repr(endpoint)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"url": "ftp://example.org/"}, "begins with http"),
        ({"url": "https://ann:pw@example.org/"}, "holds credentials"),
        ({"url": "https://example.org/", "password": "pw"}, "in the environment only"),
        ({"url": "https://example.org/", "auth": "magic"}, "one of basic, digest, bearer"),
        ({"url": "https://example.org/", "method": "PUT"}, "one of GET, POST"),
        ({"url": "https://example.org/", "timeout": "soon"}, "number of seconds"),
        ({}, "needs a url"),
    ],
)
def test_a_table_that_is_no_good(table: dict[str, Any], words: str) -> None:
    with pytest.raises(CallError, match=words):
        find_endpoint({"store": table}, "store", {})


def test_an_unknown_name_and_a_near_one() -> None:
    with pytest.raises(CallError, match="did you mean 'store'"):
        find_endpoint({"store": {"url": "https://example.org/"}}, "stor", {})


def test_passwords_do_not_travel_in_plain_text() -> None:
    secrets = {"KG_STORE_USER": "ann", "KG_STORE_PASSWORD": "pw"}
    with pytest.raises(CallError, match="plain text; use https"):
        find_endpoint({"store": {"url": "http://example.org/"}}, "store", secrets)


@pytest.mark.parametrize(
    ("status", "body", "fault", "words"),
    [
        (400, b"Parse error: line 1", CallError, "refuses the query: Parse error: line 1"),
        (401, b"", EnvironmentFault, "KG_E_USER and KG_E_PASSWORD, or KG_E_TOKEN"),
        (403, b"", EnvironmentFault, "refuses the credentials"),
        (404, b"", EnvironmentFault, r"no SPARQL endpoint at .* \(404\)"),
        (414, b"", EnvironmentFault, 'method = "POST"'),
        (500, b"Virtuoso 37000 Error", EnvironmentFault, r"\(500\): Virtuoso 37000 Error"),
        (503, b"", EnvironmentFault, "answers 503"),
    ],
)
def test_a_refusal_is_a_sentence(
    server: Answering, status: int, body: bytes, fault: type[Exception], words: str
) -> None:
    server.status, server.body = status, body
    with pytest.raises(fault, match=words):
        _ask(Endpoint("e", server.url))


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        ("text/html", b"<html>", "web page; is it the address for SPARQL queries"),
        (RESULTS, b"{", "no SPARQL results"),
        ("text/plain", b"hello", "no SPARQL results"),
    ],
)
def test_an_answer_that_is_none(server: Answering, kind: str, body: bytes, words: str) -> None:
    server.kind, server.body = kind, body
    with pytest.raises(EnvironmentFault, match=words):
        _ask(Endpoint("e", server.url))


def test_a_server_that_trickles_is_given_up_in_time(server: Answering) -> None:
    server.trickle = True
    began = time.monotonic()
    with pytest.raises(EnvironmentFault, match="no answer within 1 seconds"):
        _ask(Endpoint("e", server.url, timeout=1))
    assert time.monotonic() - began < 4, "the server would have gone on for five seconds"


def test_nobody_there() -> None:
    with pytest.raises(EnvironmentFault, match="cannot be reached: Connection refused"):
        _ask(Endpoint("e", "http://127.0.0.1:9/sparql"))


def test_rows_cut_off_are_fetched_page_by_page_where_the_order_is_total(server: Answering) -> None:
    server.headers = {"X-SPARQL-MaxRows": "2"}
    server.pages = [_rows(1, 2), _rows(3, 4), _rows(5)]

    assert _ask(Endpoint("e", server.url)) == ["1", "2", "3", "4", "5"]
    assert [asked.query.replace(ALL, "").split() for asked in server.asked] == [
        [],
        ["LIMIT", "2", "OFFSET", "2"],
        ["LIMIT", "2", "OFFSET", "4"],
    ]


def test_rows_cut_off_are_said_where_they_cannot_be_fetched(server: Answering) -> None:
    server.headers = {"X-SPARQL-MaxRows": "2"}
    server.body = _rows(1, 2)
    said: list[str] = []
    answer = ask_remote(Endpoint("e", server.url), ALL, said.append, total_order=False)

    assert isinstance(answer, ox.QuerySolutions)
    assert len(list(answer)) == 2
    (words,) = said
    assert words.startswith("e gives 2 rows at most, and there may be more")


def test_names_are_found_at_the_endpoint(oxigraph_live: Server, built: Desk) -> None:
    quads = kg.open(built.root)
    with quads.generations.reading() as snapshot:
        body = ox.serialize({quad.triple for quad in snapshot.store}, format=ox.RdfFormat.N_TRIPLES)
    graph = "urn:test:names"
    request = urllib.request.Request(
        f"{oxigraph_live.url}/store?graph={graph}",
        data=body,
        headers={"Content-Type": "application/n-triples"},
        method="PUT",
    )
    urllib.request.urlopen(request, timeout=60).close()
    url = f"{oxigraph_live.url}/query?default-graph-uri={graph}"
    entities = RemoteEntities(Endpoint("e", url), "https://w3id.org/communique/id/")

    assert entities.find("actor", "Pyongyang").value.endswith("actor/north-korea")
    assert entities.find("event", "soldiers-east").value.endswith("event/soldiers-east")
    with pytest.raises(kg.errors.DataError, match="There is no event 'soldiers-wst'; did you mean"):
        entities.find("event", "soldiers-wst")
    # And the same question, there and here.
    there = quads.query("deployment-figures", endpoint=url, event="soldiers-east")
    assert there.terms == quads.query("deployment-figures", event="soldiers-east").terms
    assert len(there) == 1


def test_the_command_asks_an_endpoint(
    server: Answering, built: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    with (built.root / "kg.toml").open("a", encoding="utf-8") as stream:
        stream.write(f'[endpoints.live]\nurl = "{server.url}"\n')
    arguments = ["query", "-e", ALL, "--endpoint", "live", "--format", "csv"]
    assert main(["--workspace", str(built.root), *arguments]) == 0
    assert capsys.readouterr().out.split() == ["n", "1"]


def test_a_text_passes_the_guard_before_it_leaves(server: Answering, built: Desk) -> None:
    query = "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    arguments = ["query", "-e", query, "--endpoint", server.url]
    assert main(["--workspace", str(built.root), *arguments]) == 2
    assert server.asked == []
