"""Servers on loopback: real triple stores, and an endpoint that answers as it is told.

Where a program is not installed a test is skipped; under ``CI=true`` it fails.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest

SECONDS_TO_START = 90
RESULTS = "application/sparql-results+json"


@dataclass
class Server:
    """A triple store that runs.

    Attributes:
        profile: kg's name for this kind of store.
        folder: where its data lies.
        port: of its HTTP interface, on loopback.
        command: how it is started, in its folder.
        ready: whether it answers.
        environment: what a client needs in its environment for the target called ``live``.
    """

    profile: str
    folder: Path
    port: int
    command: list[str]
    ready: Callable[[Server], bool]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        with (self.folder / "output.txt").open("ab") as output:
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, stdout=output, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.ready(self):
            assert self.process.poll() is None, (self.folder / "output.txt").read_text()
            assert time.monotonic() < deadline, f"{self.command[0]} does not come up"
            time.sleep(0.05)

    def ask_to_stop(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        if self.process:
            self.ask_to_stop()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def restart(self) -> None:
        self.stop()
        self.start()


def missing(program: str, package: str) -> None:
    """Skip the test that needs a program, or fail it where nothing may be missing."""
    words = f"{program} is not installed; it is in {package}"
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


def find_program(name: str, package: str) -> str:
    """Return the program beside this Python, else on the path."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        missing(name, package)
    return str(found)


def free_port() -> int:
    """Return a port that nobody listens on, below those that the system gives to clients.

    One that the system chose could be a client's own by the time the server asks for it.
    """
    while True:
        port = random.SystemRandom().randrange(10_000, 32_000)
        with socket.socket() as listening, contextlib.suppress(OSError):
            listening.bind(("127.0.0.1", port))
            return port


def _answers(server: Server) -> bool:
    try:
        with urllib.request.urlopen(server.url, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


@contextlib.contextmanager
def oxigraph_server(folder: Path, *, on_disk: bool = True) -> Iterator[Server]:
    """Run `oxigraph serve`, of the PyPI package `oxigraph`."""
    port = free_port()
    command = [find_program("oxigraph", "PyPI's oxigraph"), "serve", "--bind", f"127.0.0.1:{port}"]
    if on_disk:
        command += ["--location", str(folder / "data")]
    server = Server("oxigraph", folder, port, command, _answers)
    server.start()
    try:
        yield server
    finally:
        server.stop()


VIRTUOSO = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
ErrorLogLevel = 7
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 20
CheckpointInterval = 60
CaseMode = 2
DirsAllowed = {allowed}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
MaxClientConnections = 20
ServerThreads = 20
[SPARQL]
ResultSetMaxRows = {rows}
"""


@dataclass
class Virtuoso(Server):
    """Virtuoso, with its SQL port for the bulk loader."""

    sql: int = 0

    def ask_to_stop(self) -> None:
        # SIGTERM makes no checkpoint, and the next start's roll forward may lose literals of a
        # graph that another was moved onto. A shutdown waits without end for a request whose
        # client left in the middle and which then never ends.
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.run_sql("shutdown;", seconds=30)

    def run_sql(self, text: str, seconds: float | None = None) -> str:
        """Run statements with `isql-vt` and return what it says.

        Raises:
            subprocess.TimeoutExpired: it has not ended after that many seconds.
        """
        command = [find_program("isql-vt", "Debian's virtuoso-opensource"), f"127.0.0.1:{self.sql}"]
        run = subprocess.run(
            [*command, "dba", "dba", "ERRORS=STDOUT", "PROMPT=OFF", "VERBOSE=OFF"],
            input=text,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )
        return run.stdout


def _online(server: Server) -> bool:
    log = server.folder / "virtuoso.log"
    said = log.read_text("utf-8", "replace") if log.exists() else ""
    # The log of earlier starts comes before.
    return "Server online" in said.rpartition("OpenLink Virtuoso")[2] and _answers(server)


@contextlib.contextmanager
def virtuoso_server(
    folder: Path, allowed: str = ".", buffers: int = 10_000, rows: int = 100_000_000
) -> Iterator[Virtuoso]:
    """Run `virtuoso-t`, of Debian's package `virtuoso-opensource`; there `rows` is 10,000."""
    shutil.copy(Path(_new_database().name) / "virtuoso.db", folder)
    server = _virtuoso(folder, allowed, buffers, rows)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@cache
def _new_database() -> tempfile.TemporaryDirectory[str]:
    """Let Virtuoso make its database once a process: that is half of what a start takes."""
    folder = tempfile.TemporaryDirectory()
    server = _virtuoso(Path(folder.name))
    server.start()
    server.stop()
    return folder


def _virtuoso(
    folder: Path, allowed: str = ".", buffers: int = 10_000, rows: int = 100_000_000
) -> Virtuoso:
    program = find_program("virtuoso-t", "Debian's virtuoso-opensource")
    port, sql = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(
        VIRTUOSO.format(
            sql=sql, http=port, allowed=allowed, buffers=buffers, dirty=buffers // 2, rows=rows
        )
    )
    return Virtuoso(
        "virtuoso",
        folder,
        port,
        [program, "+foreground", "+configfile", "virtuoso.ini"],
        _online,
        {"KG_LIVE_USER": "dba", "KG_LIVE_PASSWORD": "dba"},
        sql=sql,
    )


class Asked(NamedTuple):
    """A request as the server saw it."""

    method: str
    query: str
    headers: dict[str, str]


class Digest(NamedTuple):
    """Who may ask, by digest authentication (RFC 7616)."""

    user: str
    password: str
    algorithm: str = "MD5"
    realm: str = "claims"
    nonce: str = "dcd98b7102dd2f0e8b11d0f600bfb0c0"

    @property
    def challenge(self) -> str:
        return (
            f'Digest realm="{self.realm}", qop="auth", algorithm={self.algorithm}, '
            f'nonce="{self.nonce}"'
        )

    def admits(self, method: str, uri: str, authorization: str | None) -> bool:
        """Whether the header answers the challenge, for this very request."""
        kind, _, words = (authorization or "").partition(" ")
        if kind != "Digest":
            return False
        says = urllib.request.parse_keqv_list(urllib.request.parse_http_list(words))
        secret = self._hash(f"{self.user}:{self.realm}:{self.password}")
        asked = self._hash(f"{method}:{uri}")
        once = f"{self.nonce}:{says['nc']}:{says['cnonce']}:auth"
        return says["uri"] == uri and says["response"] == self._hash(f"{secret}:{once}:{asked}")

    def _hash(self, text: str) -> str:
        return hashlib.new(self.algorithm.replace("-", ""), text.encode()).hexdigest()


class Answering(ThreadingHTTPServer):
    """A SPARQL endpoint that answers as it is told, and remembers what it was asked.

    Attributes:
        asked: every request, in order.
        status, kind, body, headers: of each answer; no kind leaves the header out.
        pages: bodies of the next answers, before `body`; None answers 500.
        moved: old path to new, told with status 307.
        digest: who may ask; everybody unless given.
        server_name: what it calls itself, instead of Python's name.
        trickle: send spaces after the body for five seconds.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Endpoint)
        self.asked: list[Asked] = []
        self.status, self.kind, self.body = 200, RESULTS, rows(1)
        self.headers: dict[str, str] = {}
        self.pages: list[bytes | None] = []
        self.moved: dict[str, str] = {}
        self.digest: Digest | None = None
        self.server_name = ""
        self.trickle = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sparql"


class Endpoint(BaseHTTPRequestHandler):
    """Answers for `Answering`."""

    server: Answering

    def do_GET(self) -> None:
        self._answer(urlsplit(self.path).query)

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def _answer(self, form: str) -> None:
        told = self.server
        query = parse_qs(form).get("query", [""])[0]
        told.asked.append(Asked(self.command, query, dict(self.headers)))
        given = self.headers["Authorization"]
        if told.digest and not told.digest.admits(self.command, self.path, given):
            self._say(401, b"", {"WWW-Authenticate": told.digest.challenge})
        elif self.path in told.moved:
            self._say(307, b"", {"Location": told.moved[self.path]})
        else:
            body = told.pages.pop(0) if told.pages else told.body
            status = 500 if body is None else told.status
            self._say(status, body or b"", told.headers, 100 if told.trickle else 0)

    def _say(self, status: int, body: bytes, headers: dict[str, str], spaces: int = 0) -> None:
        self.send_response(status)
        if self.server.kind:
            self.send_header("Content-Type", self.server.kind)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) + 10 * spaces))
        self.end_headers()
        self.wfile.write(body)
        for _ in range(spaces):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.05)

    def version_string(self) -> str:
        return self.server.server_name or super().version_string()

    def log_message(self, *_: Any) -> None:
        pass


def rows(*numbers: int) -> bytes:
    """Return SPARQL results with one column, ``n``."""
    bindings = [{"n": {"type": "literal", "value": str(number)}} for number in numbers]
    return json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": bindings}}).encode()


@contextlib.contextmanager
def answering() -> Iterator[Answering]:
    """Run an endpoint that answers as it is told."""
    server = Answering()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
