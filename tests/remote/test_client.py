"""What a server may do to us: nothing but answer, within limits, from its own address."""

from __future__ import annotations

import base64
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from servers import find_program

from kg.remote.client import Client, Failed
from kg.remote.credentials import Credentials, authentication
from kg.remote.graphs import RemoteGraphs, update
from kg.remote.targets import find_target

SECRETS = authentication("basic", Credentials("me", "hunter2"))


class Rogue(BaseHTTPRequestHandler):
    """Answers as its path says."""

    seen: list[tuple[str, str, bytes]] = []  # noqa: RUF012

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.seen.append((self.command, self.path, self.rfile.read(length)))
        answer = getattr(self, self.path.partition("?")[0].strip("/").replace("-", "_"))
        answer()

    do_PUT = do_POST = do_DELETE = do_GET  # noqa: N815

    def _say(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def away(self) -> None:
        self._say(307, Location="http://127.0.0.2:1/store")

    def other_port(self) -> None:
        self._say(302, Location="http://127.0.0.1:1/store")

    def round(self) -> None:
        self._say(307, Location="/round")

    def aside(self) -> None:
        self._say(302, Location="/fine")

    def fine(self) -> None:
        self._say(200, b"fine")

    def endless(self) -> None:
        self._say(200, b"x" * 200_000)

    def denied(self) -> None:
        given = self.headers["Authorization"]
        self._say(401, base64.b64encode(given.encode()) + given.encode())

    def read_only(self) -> None:
        self._say(403, b"no updates here")

    def echo(self) -> None:
        scheme, _, sent = self.headers["Authorization"].partition(" ")
        known = b" ".join((sent.encode(), base64.b64decode(sent + "=="))) if scheme else b""
        self._say(400, b"<p>Authorization: " + known + b"</p>")

    def broken(self) -> None:
        page = b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'>\n"
        page += b"<!-- a > b --><html><head>"
        page += b"<title>Ouch</title></head><body><h1>Too bad</h1> near line 3</body>"
        self._say(500, page, Retry_After="7")

    def hasty(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"half")

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Rogue)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    target = find_target({"live": {"url": address, "timeout": 5, "update": "/fine"}}, "live")
    with Client(target, SECRETS) as client:
        yield client


@pytest.mark.parametrize("path", ["/away", "/other-port"])
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_no_way_to_another_address(client: Client, path: str, method: str) -> None:
    with pytest.raises(Failed, match="redirects to another address") as caught:
        client.send(method, client.target.url + path)
    assert not caught.value.passing


def test_a_redirect_within_the_server_is_followed_when_asking(client: Client) -> None:
    assert client.send("GET", client.target.url + "/aside") == (200, b"fine")


def test_a_redirect_that_would_lose_what_is_sent(client: Client) -> None:
    with pytest.raises(Failed, match="redirects a PUT"):
        client.send("PUT", client.target.url + "/aside", body=b"triples")


def test_redirects_in_circles(client: Client) -> None:
    with pytest.raises(Failed, match="in circles"):
        client.send("GET", client.target.url + "/round")


def test_an_answer_has_a_limit(client: Client) -> None:
    with pytest.raises(Failed, match="more than 100,000 bytes"):
        client.send("GET", client.target.url + "/endless", limit=100_000)


def test_credentials_that_are_refused_are_not_repeated(client: Client) -> None:
    with pytest.raises(Failed, match="KG_LIVE_USER") as caught:
        client.send("GET", client.target.url + "/denied")
    told = f"{caught.value!r} {caught.value}"
    assert "hunter2" not in told
    assert base64.b64encode(b"me:hunter2").decode() not in told


@pytest.mark.parametrize(
    "secrets",
    [Credentials("me", "hunter2"), Credentials(token="aHVudGVyMg")],
    ids=["basic", "token"],
)
def test_credentials_that_a_server_repeats_are_left_out(address: str, secrets: Credentials) -> None:
    target = find_target({"live": {"url": address}}, "live")

    with (
        Client(target, authentication("basic", secrets)) as client,
        pytest.raises(Failed, match="answers 400: Authorization: … ") as caught,
    ):
        client.send("GET", address + "/echo")

    told = f"{caught.value!r} {caught.value} {caught.value.said}"
    for secret in ("bWU6aHVudGVyMg", "aHVudGVyMg", "me:hunter2"):
        assert secret not in told


def test_an_errors_own_words_without_its_page(client: Client) -> None:
    with pytest.raises(Failed, match="answers 500: Too bad near line 3") as caught:
        client.send("GET", client.target.url + "/broken")
    assert (caught.value.passing, caught.value.retry_after) == (True, 7)


def test_a_403_may_be_the_credentials_or_a_store_that_nobody_writes_to(client: Client) -> None:
    with pytest.raises(Failed, match="may be read-only") as caught:
        client.send("GET", client.target.url + "/read_only")
    assert "KG_LIVE_USER" in str(caught.value)


def test_half_an_answer_is_none(client: Client) -> None:
    with pytest.raises(Failed, match="does not answer as it should") as caught:
        client.send("GET", client.target.url + "/hasty")
    assert caught.value.passing


def test_nobody_is_there() -> None:
    target = find_target({"live": {"url": "http://127.0.0.1:1"}}, "live")
    with Client(target, None) as client, pytest.raises(Failed, match="does not answer"):
        client.send("GET", target.store)


def test_an_update_is_written_by_sparqlwrapper_and_carried_by_us(client: Client) -> None:
    update(client, "DROP GRAPH <urn:x:g>")

    method, path, body = Rogue.seen[-1]
    assert (method, path) == ("POST", "/fine")
    assert b"update=DROP+GRAPH+%3Curn%3Ax%3Ag%3E" in body


def test_a_move_quotes_its_names(client: Client) -> None:
    with pytest.raises(ValueError, match="IRI"):
        RemoteGraphs(client).move("urn:x:a> TO DEFAULT; DROP ALL #", "urn:x:b")


def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    """Refused before a word is sent, credentials least of all."""
    subprocess.run(
        [
            *(find_program("openssl", "Debian's openssl"), "req", "-x509", "-newkey", "rsa:2048"),
            *("-nodes", "-days", "1", "-subj", "/CN=127.0.0.1", "-keyout", "key.pem"),
            *("-out", "cert.pem", "-addext", "subjectAltName=IP:127.0.0.1"),
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), Rogue)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Rogue.seen.clear()
    target = find_target({"live": {"url": f"https://127.0.0.1:{server.server_port}"}}, "live")
    try:
        with Client(target, SECRETS) as client, pytest.raises(Failed, match=r"(?i)certificate"):
            client.send("GET", f"{target.url}/fine")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert Rogue.seen == []
