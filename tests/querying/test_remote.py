"""Remote endpoints: who is asked and how, what is said when it fails, and rows that are cut off."""

from __future__ import annotations

import base64
import json
import re
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from desks import Desk
from servers import RESULTS, Answering, Digest, Server, answering, rows

import kg
from kg.cli.main import main
from kg.errors import CallError, EnvironmentFault
from kg.querying.endpoints import Endpoint, find_endpoint
from kg.querying.remote import RemoteEntities, ask_remote
from kg.querying.unions import seeing_all
from kg.sparql.guard import check_sent

ALL = "SELECT ?n WHERE { VALUES ?n { 1 2 3 4 5 } } ORDER BY ?n"

XML_ROW = (
    b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="n"/></head>'
    b'<results><result><binding name="n"><literal>1</literal></binding></result></results></sparql>'
)


@pytest.fixture
def server() -> Iterator[Answering]:
    with answering() as server:
        yield server


def _ask(endpoint: Endpoint, query: str = ALL, *, total_order: bool = True) -> list[str]:
    answer = ask_remote(endpoint, query, pytest.fail, total_order=total_order).answer
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
    ("secrets", "auth", "words"),
    [
        ({"TOKEN": "hunter2\r"}, "basic", "line break"),
        ({"TOKEN": "hunter2\n"}, "basic", "line break"),
        ({"TOKEN": "hunter2 "}, "basic", "a space or a letter outside ASCII"),
        ({"TOKEN": "hünter2"}, "basic", "a space or a letter outside ASCII"),
        ({"USER": "ann", "PASSWORD": "hunter2\r"}, "basic", "line break"),
        ({"USER": "ü", "PASSWORD": "hunter2"}, "digest", "which digest authentication cannot send"),
        ({"USER": "u€", "PASSWORD": "hunter2"}, "digest", "which digest authentication cannot"),
    ],
)
def test_credentials_that_no_header_can_hold(
    secrets: dict[str, str], auth: str, words: str
) -> None:
    tables = {"store": {"url": "https://example.org/", "auth": auth}}
    set_to = {f"KG_STORE_{name}": value for name, value in secrets.items()}
    with pytest.raises(CallError, match=words) as caught:
        find_endpoint(tables, "store", set_to)
    assert "nter2" not in str(caught.value)


def test_basic_credentials_may_hold_any_letter(server: Answering) -> None:
    secrets = {"KG_STORE_USER": "ü", "KG_STORE_PASSWORD": "pässwort €"}
    _ask(find_endpoint({"store": {"url": server.url}}, "store", secrets))
    (asked,) = server.asked
    sent = base64.b64encode("ü:pässwort €".encode()).decode()
    assert asked.headers["Authorization"] == f"Basic {sent}"


def test_a_password_by_digest_may_hold_any_letter(server: Answering) -> None:
    server.digest = Digest("ann", "pässwort €")
    secrets = {"KG_STORE_USER": "ann", "KG_STORE_PASSWORD": "pässwort €"}
    table = {"url": server.url, "auth": "digest"}
    assert _ask(find_endpoint({"store": table}, "store", secrets)) == ["1"]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
def test_by_digest_the_password_itself_is_never_sent(
    server: Answering, method: str, algorithm: str
) -> None:
    server.digest = Digest("ann", "s3cret", algorithm)
    secrets = {"KG_STORE_USER": "ann", "KG_STORE_PASSWORD": "s3cret"}
    table = {"url": server.url, "auth": "digest", "method": method}

    assert _ask(find_endpoint({"store": table}, "store", secrets)) == ["1"]
    first, second = server.asked
    assert "Authorization" not in first.headers
    assert second.headers["Authorization"].startswith("Digest ")
    assert [asked.query for asked in server.asked] == [ALL, ALL]
    sent = "".join(f"{asked.headers}" for asked in server.asked)
    assert "s3cret" not in sent
    assert base64.b64encode(b"ann:s3cret").decode() not in sent


def test_a_wrong_password_by_digest_is_not_tried_again(server: Answering) -> None:
    server.digest = Digest("ann", "s3cret")
    with pytest.raises(EnvironmentFault, match="refuses the credentials"):
        _ask(Endpoint("e", server.url, "digest", "ann", "guess"))
    assert len(server.asked) == 2


def test_who_is_set_to_digest_gives_no_password_to_who_asks_for_it(server: Answering) -> None:
    server.status, server.headers = 401, {"WWW-Authenticate": 'Basic realm="claims"'}
    with pytest.raises(EnvironmentFault, match="refuses the credentials"):
        _ask(Endpoint("e", server.url, "digest", "ann", "s3cret"))
    assert [asked.headers.get("Authorization") for asked in server.asked] == [None]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("auth", ["basic", "digest", "bearer", None])
def test_neither_credentials_nor_question_follow_a_redirect_elsewhere(
    server: Answering, auth: str | None, method: str, status: int
) -> None:
    if auth == "digest":
        server.digest = Digest("ann", "s3cret")
    with answering() as elsewhere:
        server.status, server.headers = status, {"Location": elsewhere.url}
        with pytest.raises(EnvironmentFault, match="redirects to another address"):
            _ask(Endpoint("e", server.url, auth, "ann", "s3cret", method))
        assert elsewhere.asked == []


def test_another_name_of_the_same_machine_is_another_address(server: Answering) -> None:
    url = server.url.replace("127.0.0.1", "localhost")
    server.status, server.headers = 307, {"Location": url}
    with pytest.raises(EnvironmentFault, match="redirects to another address"):
        _ask(Endpoint("e", server.url, "bearer", secret="t0ken"))
    assert len(server.asked) == 1


def test_a_redirect_within_the_server_is_followed(server: Answering) -> None:
    server.moved = {"/old": "/sparql"}
    assert _ask(Endpoint("e", server.url.replace("/sparql", "/old"), method="POST")) == ["1"]
    assert [asked.query for asked in server.asked] == [ALL, ALL]


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
        ({"url": "http://[::1"}, "needs a url"),
        ({"url": "http://example.org:99999/"}, "needs a url"),
        ({"url": "http://exa mple.org/"}, "needs a url"),
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
        (RESULTS, b"", "nothing at all"),
        (RESULTS, b'{"head": {}, "boolean": true}', "another question"),
        (RESULTS, rows(1).replace(b"literal", b"uri").replace(b'"1"', b'"a <b>"'), "Invalid uri"),
        (RESULTS, rows(1).replace(b'["n"]', b'["m"]'), "not been defined"),
        (
            "application/sparql-results+xml",
            b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
            + XML_ROW.replace(b">1<", b">&b;<"),
            "unrecognized entity",
        ),
        (RESULTS, rows(1).replace(b'"n"', b'"other"'), "another question"),
        (RESULTS, rows().replace(b'["n"]', b'["n", "other"]'), "another question"),
        ("text/turtle", b"<urn:s> <urn:p> 1 .", "answers with text/turtle, where SPARQL results"),
        (
            "text/turtle; charset=utf-8",
            b"@prefix a: <urn:a> .",
            r"that can be read \(text/turtle\)",
        ),
        ("text/plain", b"hello", "no SPARQL results"),
    ],
)
def test_an_answer_that_is_none(server: Answering, kind: str, body: bytes, words: str) -> None:
    server.kind, server.body = kind, body
    with pytest.raises(EnvironmentFault, match=words):
        _ask(Endpoint("e", server.url))


def test_what_stands_for_all_columns_is_the_servers_to_say(server: Answering) -> None:
    assert _ask(Endpoint("e", server.url), "SELECT DISTINCT * WHERE { ?n ?p ?o }") == ["1"]


@pytest.mark.parametrize("key", ["endpoints", "targets"])
def test_two_names_of_one_variable(built: Desk, key: str) -> None:
    with (built.root / "kg.toml").open("a", encoding="utf-8") as stream:
        for name in ("two-dash", "two_dash"):
            stream.write(f'[{key}.{name}]\nurl = "https://example.org/{name}"\n')

    run = built.run("query", "-e", ALL)

    assert run.code == 2
    assert f"[{key}.two-dash] and [{key}.two_dash] both read KG_TWO_DASH_TOKEN" in run.err


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
    server.pages = [rows(1, 2), rows(3, 4), rows(5)]

    assert _ask(Endpoint("e", server.url)) == ["1", "2", "3", "4", "5"]
    assert [asked.query.split()[-4:] for asked in server.asked[1:]] == [
        ["LIMIT", "2", "OFFSET", "2"],
        ["LIMIT", "2", "OFFSET", "4"],
    ]


def test_no_more_rows_are_fetched_than_are_wanted(server: Answering) -> None:
    server.headers = {"X-SPARQL-MaxRows": "2"}
    server.pages = [rows(2, 3), rows(4)]

    assert _ask(Endpoint("e", server.url), f"{ALL} LIMIT 3 OFFSET 1") == ["2", "3", "4"]
    assert server.asked[1].query.split()[-4:] == ["LIMIT", "1", "OFFSET", "3"]
    server.pages, server.asked = [rows(1, 2)], []
    assert _ask(Endpoint("e", server.url), f"{ALL} LIMIT 2") == ["1", "2"]
    assert len(server.asked) == 1


def test_rows_cut_off_are_said_where_they_cannot_be_fetched(server: Answering) -> None:
    server.headers = {"X-SPARQL-MaxRows": "2"}
    server.body = rows(1, 2)
    said: list[str] = []
    query = "SELECT ?n WHERE { ?n ?p ?o } ORDER BY ?p"
    answer, fault = ask_remote(Endpoint("e", server.url), query, said.append, total_order=False)

    assert isinstance(answer, ox.QuerySolutions)
    assert (len(list(answer)), fault) == (2, None)
    (words,) = said
    assert words.startswith("e gives 2 rows at most, and there may be more")


def test_python_warns_of_what_an_endpoint_cannot_know(server: Answering, built: Desk) -> None:
    columns = "claim claim_label article article_label quote start end".split()
    server.body = json.dumps({"head": {"vars": columns}, "results": {"bindings": []}}).encode()

    with pytest.warns(RuntimeWarning, match="for an endpoint it looks up nothing"):
        assert kg.open(built.root).query("stale-quotes", endpoint=server.url).terms == ()


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ([rows(1, 2), rows(3, 4), None], r"failed on the query \(500\)"),
        ([rows(1, 2), rows(3, 4), b"{"], "no SPARQL results"),
        ([rows(1, 2), rows(3, 4), rows(3, 4)], "the same rows again"),
    ],
)
def test_the_rows_before_a_page_that_fails_are_delivered(
    server: Answering,
    built: Desk,
    capsys: pytest.CaptureFixture[str],
    pages: list[bytes | None],
    words: str,
) -> None:
    server.headers = {"X-SPARQL-MaxRows": "2"}
    server.pages = list(pages)
    answer, fault = ask_remote(Endpoint("e", server.url), ALL, pytest.fail, total_order=False)
    assert isinstance(answer, ox.QuerySolutions)
    assert [row["n"].value for row in answer] == ["1", "2", "3", "4"]
    assert re.search(
        f"Only the first 4 rows came from e, and there may be more: .*{words}", str(fault)
    )

    url = f"{server.url}?default-graph-uri=urn:g"
    server.pages = list(pages)
    capsys.readouterr()
    arguments = ["query", "-e", ALL, "--endpoint", url, "--format", "csv"]
    assert main(["--workspace", str(built.root), *arguments]) == 3
    out, err = capsys.readouterr()
    assert out.split() == ["n", "1", "2", "3", "4"]
    assert "Only the first 4 rows came from endpoint" in err


OWN = """\
#+ summary: what there is
#+ columns: [n]
SELECT ?n WHERE { ?n ?p ?o } ORDER BY %s"""


@pytest.mark.parametrize(("order", "asked"), [("?p", 1), ("DESC(?n)", 2)])
def test_a_query_of_the_workspace_is_fetched_in_pages_where_it_orders_every_column(
    server: Answering, built: Desk, order: str, asked: int
) -> None:
    built.write("queries/own/mine.rq", OWN % order)
    server.headers = {"X-SPARQL-MaxRows": "2"}
    server.pages = [rows(1, 2), rows(3)]
    said: list[str] = []
    url = f"{server.url}?default-graph-uri=urn:g"
    with kg.open(built.root).asking("mine", {}, endpoint=url, warn=said.append) as answer:
        assert isinstance(answer, ox.QuerySolutions)
        assert len(list(answer)) == asked + 1
    assert len(server.asked) == asked
    assert ["order by every column" in words for words in said] == [True] * (asked == 1)


def test_a_query_of_the_workspace_that_is_more_than_one_does_not_leave(
    server: Answering, built: Desk
) -> None:
    built.write("queries/own/mine.rq", f"{OWN % '?n'} ; DROP ALL")
    arguments = ["query", "mine", "--endpoint", server.url]
    assert main(["--workspace", str(built.root), *arguments]) == 2
    assert server.asked == []


def test_graphs_that_stay_apart_are_said(server: Answering) -> None:
    server.body = b'{"head": {}, "boolean": true}'
    said: list[str] = []
    endpoint = Endpoint("e", server.url)

    assert seeing_all(endpoint, said.append) == endpoint
    (words,) = said
    assert words.startswith("e keeps what its named graphs hold out of its default graph")
    server.asked = []
    chosen = Endpoint("e", f"{server.url}?union-default-graph")
    assert seeing_all(chosen, pytest.fail) == chosen
    assert server.asked == []


def test_a_store_without_named_graphs_is_asked_as_it_is(server: Answering) -> None:
    server.status, server.body = 500, b"quads mode required"
    endpoint = Endpoint("e", server.url)
    assert seeing_all(endpoint, pytest.fail) == endpoint


def test_a_distinct_row_that_comes_again_is_left_out(server: Answering) -> None:
    server.body = rows(1, 1, 2)
    assert _ask(Endpoint("e", server.url), ALL) == ["1", "1", "2"]
    assert _ask(Endpoint("e", server.url), ALL.replace("SELECT", "SELECT DISTINCT")) == ["1", "2"]


@pytest.mark.parametrize("kind", ["text/plain", "application/json; charset=utf-8", ""])
def test_rows_are_read_whatever_they_are_called(server: Answering, kind: str) -> None:
    server.kind = kind
    assert _ask(Endpoint("e", server.url)) == ["1"]
    server.body = XML_ROW
    assert _ask(Endpoint("e", server.url)) == ["1"]


@pytest.mark.parametrize("triples", [9_999, 10_000])
def test_a_graph_that_virtuoso_may_have_cut_off_is_said(server: Answering, triples: int) -> None:
    server.kind = "text/turtle"
    server.server_name = "Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu"
    server.body = "".join(f"<urn:s:{n}> <urn:p> {n} ." for n in range(triples)).encode()
    said: list[str] = []
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    answer, _ = ask_remote(Endpoint("e", server.url), query, said.append, total_order=False)

    assert isinstance(answer, ox.QueryTriples)
    assert len(list(answer)) == triples
    assert ["these 10,000 triples may not be all" in words for words in said] == (
        [True] if triples == 10_000 else []
    )


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


@pytest.mark.parametrize("question", [["-e", ALL], ["stale-quotes"], ["-e", ALL, "--explain"]])
def test_an_empty_name_is_no_endpoint(
    built: Desk, capsys: pytest.CaptureFixture[str], question: list[str]
) -> None:
    arguments = ["query", *question, "--endpoint", ""]
    assert main(["--workspace", str(built.root), *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)


@pytest.mark.parametrize(("name", "warned"), [("stale-quotes", True), ("contradictions", False)])
def test_what_kg_looks_up_itself_is_said_to_be_missing_at_an_endpoint(
    server: Answering, built: Desk, name: str, warned: bool
) -> None:
    columns = built.run("query", name, "--format", "csv").out.splitlines()[0].split(",")
    server.body = json.dumps({"head": {"vars": columns}, "results": {"bindings": []}}).encode()

    run = built.run("query", name, "--endpoint", f"{server.url}?default-graph-uri=urn:g")

    assert run.code == 0
    assert (f"'{name}' needs what kg looks up in this workspace" in run.err) == warned


def test_a_text_passes_the_guard_before_it_leaves(server: Answering, built: Desk) -> None:
    query = "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    arguments = ["query", "-e", query, "--endpoint", server.url]
    assert main(["--workspace", str(built.root), *arguments]) == 2
    assert server.asked == []


@pytest.mark.parametrize(
    "update",
    [
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX ex: <urn:x:> # SELECT\nINSERT DATA { ex:a ex:b ex:c }",
        "DROP ALL",
        "hello",
        "SELECT * WHERE { ?s ?p ?o } ; DROP ALL",
        'DEFINE input:grab-all "yes" SELECT * WHERE { ?s ?p ?o }',
        'SELECT (<bif:http_get>("http://127.0.0.1:9/") AS ?x) WHERE {}',
    ],
)
def test_an_update_does_not_leave(server: Answering, built: Desk, update: str) -> None:
    arguments = ["query", "-e", update, "--endpoint", server.url]
    assert main(["--workspace", str(built.root), *arguments]) == 2
    assert server.asked == []


def test_the_query_in_the_documentation_may_be_sent() -> None:
    page = (Path(__file__).parents[2] / "docs" / "endpoints.md").read_text(encoding="utf-8")
    (query,) = re.findall(r"-e '([^']+)'", page)
    assert check_sent(query) == "SELECT"
