"""Real triple stores on loopback, started by the tests that need them.

Where a program is not installed a test is skipped; under ``CI=true`` it fails.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

SECONDS_TO_START = 90


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
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


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
ResultSetMaxRows = 100000000
"""


@dataclass
class Virtuoso(Server):
    """Virtuoso, with its SQL port for the bulk loader."""

    sql: int = 0

    def ask_to_stop(self) -> None:
        # SIGTERM makes no checkpoint, and the next start's roll forward may lose literals of a
        # graph that another was moved onto.
        self.run_sql("shutdown;")

    def run_sql(self, text: str) -> str:
        """Run statements with `isql-vt` and return what it says."""
        command = [find_program("isql-vt", "Debian's virtuoso-opensource"), f"127.0.0.1:{self.sql}"]
        run = subprocess.run(
            [*command, "dba", "dba", "ERRORS=STDOUT", "PROMPT=OFF", "VERBOSE=OFF"],
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
        return run.stdout


def _online(server: Server) -> bool:
    log = server.folder / "virtuoso.log"
    said = log.read_text("utf-8", "replace") if log.exists() else ""
    # The log of earlier starts comes before.
    return "Server online" in said.rpartition("OpenLink Virtuoso")[2] and _answers(server)


@contextlib.contextmanager
def virtuoso_server(folder: Path, allowed: str = ".", buffers: int = 10_000) -> Iterator[Virtuoso]:
    """Run `virtuoso-t`, of Debian's package `virtuoso-opensource`."""
    program = find_program("virtuoso-t", "Debian's virtuoso-opensource")
    port, sql = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(
        VIRTUOSO.format(sql=sql, http=port, allowed=allowed, buffers=buffers, dirty=buffers // 2)
    )
    server = Virtuoso(
        "virtuoso",
        folder,
        port,
        [program, "+foreground", "+configfile", "virtuoso.ini"],
        _online,
        {"KG_LIVE_USER": "dba", "KG_LIVE_PASSWORD": "dba"},
        sql=sql,
    )
    server.start()
    try:
        yield server
    finally:
        server.stop()
