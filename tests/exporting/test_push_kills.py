"""kill -9 at any request of a push: the same command then ends in the same state."""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from faulty_proxy import FaultyProxy, Handler
from servers import Server

PUSH = """
import json, sys
from pathlib import Path
from kg.exporting.comparing import Graph
from kg.exporting.push import Pusher
from kg.remote.targets import find_target
said = json.loads(sys.argv[1])
graphs = [Graph(name, digest, Path(file)) for name, digest, file in said["graphs"]]
target = find_target({"live": {"url": said["url"], "profile": said["profile"]}}, "live")
Pusher(target, graphs, said["base"], Path(said["folder"]), said["environment"]).push(prune=True)
"""


class Deadly(Handler):
    """Kills the client at the chosen request, before or after the store has got it."""

    def do_GET(self) -> None:  # noqa: N802
        server: Any = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fault = server.next_fault()
        try:
            if fault == "before":
                server.kill()
            answer = self.forward(body)
            if fault == "after":
                server.kill()
            self.answer(answer)
        except OSError:
            self.close_connection = True
        finally:
            server.done()

    do_PUT = do_POST = do_DELETE = do_GET  # noqa: N815


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest) -> Server:
    found: Server = request.getfixturevalue(f"{request.param}_live")
    return found


@pytest.fixture
def proxy(server: Server) -> Iterator[Any]:
    proxy = FaultyProxy(server.port)
    proxy.RequestHandlerClass = Deadly
    thread = threading.Thread(target=proxy.serve_forever)
    thread.start()
    yield proxy
    proxy.shutdown()
    thread.join()
    http.server.HTTPServer.server_close(proxy)


def test_killed_at_every_request(
    server: Server, proxy: Any, shelf: Any, lines: Callable[[str, int], list[str]]
) -> None:
    def write(state: str) -> None:
        shelf.graphs.clear()
        shelf.write("both", lines(state, 5))
        shelf.write(f"only-{state}", lines(state, 4))

    def push() -> int:
        said = {
            "url": proxy.url,
            "profile": server.profile,
            "base": shelf.base,
            "folder": str(shelf.folder / "push"),
            "environment": server.environment,
            "graphs": [
                (graph.name, graph.digest, str(graph.file)) for graph in shelf.graphs.values()
            ],
        }
        child = subprocess.Popen([sys.executable, "-c", PUSH, json.dumps(said)])
        proxy.kill = child.kill
        return child.wait()

    state = "a"
    write(state)
    assert push() == 0
    killed = 0
    for when in ("before", "after"):
        at = 0
        while True:
            state = "b" if state == "a" else "a"
            write(state)
            before = proxy.injected
            proxy.fail(when, at)
            push()
            proxy.wait_until_idle()
            proxy.fail()
            pusher = shelf.pusher(proxy.url, server.profile, server.environment)
            assert pusher.push(prune=True).conforms
            report = pusher.verify()
            assert {outcome.state for outcome in report.outcomes} == {"equal"}
            assert len(report.outcomes) == 2
            if proxy.injected == before:
                break
            killed += 1
            at += 1
    print(f"\n{server.profile}: killed {killed} times")
    assert killed >= 14
