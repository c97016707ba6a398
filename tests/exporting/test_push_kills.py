"""kill -9 at any request of a push: the same command then ends in the same state.

Whatever comes first after it, a push, a verification or a deletion, nothing stays aside.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from faulty_proxy import FaultyProxy, Handler, running
from servers import Server

from kg.exporting.push import Pusher
from kg.exporting.settling import STAGING
from kg.remote.graphs import RemoteGraphs

PUSH = """
import json, sys
from pathlib import Path
from kg.exporting.graphs import Graph
from kg.exporting.push import Pusher
from kg.remote.targets import find_target
said = json.loads(sys.argv[1])
graphs = [Graph(name, digest, Path(file)) for name, digest, file in said["graphs"]]
table = {"url": said["url"], "profile": said["profile"], **said["settings"]}
target = find_target({"live": table}, "live")
Pusher(target, graphs, said["base"], Path(said["folder"]), said["environment"]).push(prune=True)
"""


class Deadly(Handler):
    """Kills the client at the chosen request, before or after the store has got it."""

    server: DeadlyProxy

    def treat(self, body: bytes, fault: str) -> None:
        if fault == "before":
            self.server.kill()
        answer = self.forward(body)
        if fault == "after":
            self.server.kill()
        self.answer(answer)


class DeadlyProxy(FaultyProxy):
    """Knows how to kill the client."""

    kill: Callable[[], None]

    def __init__(self, store_port: int) -> None:
        super().__init__(store_port, Deadly)


@pytest.fixture(params=["oxigraph", "virtuoso", "virtuoso copying"])
def way(request: pytest.FixtureRequest) -> str:
    """Large graphs are copied on Virtuoso, small ones moved."""
    return str(request.param)


@pytest.fixture
def server(way: str, request: pytest.FixtureRequest) -> Server:
    found: Server = request.getfixturevalue(f"{way.partition(' ')[0]}_live")
    return found


@pytest.fixture
def proxy(server: Server) -> Iterator[DeadlyProxy]:
    with running(DeadlyProxy(server.port)) as proxy:
        yield proxy


class Killed:
    """Pushes from a process that dies at a request, and what is then in the store."""

    def __init__(self, server: Server, proxy: DeadlyProxy, shelf: Any, way: str) -> None:
        self.server, self.proxy, self.shelf = server, proxy, shelf
        self.settings = {"copied": 1} if "copying" in way else {}

    def push(self) -> int:
        said = {
            "url": self.proxy.url,
            "profile": self.server.profile,
            "settings": self.settings,
            "base": self.shelf.base,
            "folder": str(self.shelf.folder / "push"),
            "environment": self.server.environment,
            "graphs": [
                (graph.name, graph.digest, str(graph.file)) for graph in self.shelf.graphs.values()
            ],
        }
        child = subprocess.Popen([sys.executable, "-c", PUSH, json.dumps(said)])
        self.proxy.kill = child.kill
        return child.wait()

    def push_and_die(self, when: str, at: int) -> bool:
        """Push, and return whether there was such a request to die at."""
        before = self.proxy.injected
        self.proxy.fail(when, at)
        self.push()
        self.proxy.wait_until_idle()
        self.proxy.fail()
        return self.proxy.injected > before

    @property
    def pusher(self) -> Pusher:
        found: Pusher = self.shelf.pusher(
            self.proxy.url, self.server.profile, self.server.environment, **self.settings
        )
        return found

    def aside(self) -> set[str]:
        with self.pusher.connect() as client:
            return RemoteGraphs(client).names(STAGING)


@pytest.fixture
def killed(server: Server, proxy: DeadlyProxy, shelf: Any, way: str) -> Killed:
    return Killed(server, proxy, shelf, way)


def test_killed_at_every_request(
    killed: Killed, shelf: Any, lines: Callable[[str, int], list[str]]
) -> None:
    def write(state: str) -> None:
        shelf.graphs.clear()
        shelf.write("both", lines(state, 5))
        shelf.write(f"only-{state}", lines(state, 4))

    state = "a"
    write(state)
    assert killed.push() == 0
    count = 0
    for when in ("before", "after"):
        for at in itertools.count():
            state = "b" if state == "a" else "a"
            write(state)
            died = killed.push_and_die(when, at)
            if at % 2:
                killed.pusher.verify()
                assert killed.aside() == set()
            assert killed.pusher.push(prune=True).conforms
            report = killed.pusher.verify()
            assert {outcome.state for outcome in report.outcomes} == {"equal"}
            assert len(report.outcomes) == 2
            assert killed.aside() == set()
            if not died:
                break
            count += 1
    print(f"\n{killed.server.profile}: killed {count} times")
    assert count >= 14


@pytest.mark.parametrize("way", ["virtuoso", "virtuoso copying"], indirect=True)
@pytest.mark.parametrize("then", ["push", "prune", "verify"])
def test_an_article_that_is_deleted_after_the_kill(
    killed: Killed, shelf: Any, lines: Callable[[str, int], list[str]], then: str
) -> None:
    """Wherever it was killed, also with the whole graph aside."""
    acts = {
        "push": lambda: killed.pusher.push(),
        "prune": lambda: killed.pusher.push(prune=True),
        "verify": lambda: killed.pusher.verify(),
    }
    for at in itertools.count():
        shelf.write("a", lines(f"a{at}", 3))
        died = killed.push_and_die("after", at)
        shelf.graphs.clear()

        acts[then]()

        assert killed.aside() == set()
        if not died:
            break
        killed.pusher.push(prune=True)
    assert at >= 5
