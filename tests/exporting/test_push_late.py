"""A write that got no answer may still arrive, after anything that was done since."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest
from faulty_proxy import FaultyProxy, Handler, running
from servers import Server

from kg.exporting import journal as journals
from kg.exporting.bodies import Again, body
from kg.exporting.graphs import Graph
from kg.exporting.journal import LATE, read_journal
from kg.exporting.push import Pusher
from kg.exporting.settling import staging
from kg.remote.graphs import RemoteGraphs


class Holding(Handler):
    """Keeps the first request with a word in it until it is released; nobody gets its answer."""

    server: HoldingProxy

    def treat(self, body: bytes, fault: str) -> None:
        if self.server.word and self.server.word in body:
            self.server.word = b""
            self.server.released.wait(30)
            self.forward(body)
            self.hang_up()
        else:
            self.answer(self.forward(body))


class HoldingProxy(FaultyProxy):
    """Knows the word, and when to let go."""

    def __init__(self, store_port: int) -> None:
        super().__init__(store_port, Holding)
        self.word = b""
        self.released = Event()


@pytest.fixture
def proxy(oxigraph_live: Server) -> Iterator[HoldingProxy]:
    with running(HoldingProxy(oxigraph_live.port)) as proxy:
        yield proxy
        proxy.released.set()


def test_what_a_late_move_may_undo_is_looked_at_for_an_hour(
    proxy: HoldingProxy,
    shelf: Any,
    lines: Callable[[str, int], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def pusher() -> Pusher:
        found: Pusher = shelf.pusher(proxy.url, "generic", {}, timeout=0.5)
        return found

    graph = shelf.write("a", lines("a", 5))
    proxy.word = b"MOVE"
    assert [each.state for each in pusher().push().outcomes] == ["sent"]
    assert pusher().push().conforms
    assert pusher().verify().conforms
    proxy.released.set()
    proxy.wait_until_idle()
    with pusher().connect() as client:
        # Which is what a MOVE without its source does on Virtuoso.
        RemoteGraphs(client).delete(graph.name)

    assert [each.state for each in pusher().push().outcomes] == ["sent"]

    assert pusher().verify().conforms
    assert pusher().plan().changed == (graph,)
    later = time.time() + LATE + 1
    monkeypatch.setattr(journals.time, "time", lambda: later)
    assert pusher().push().conforms
    assert pusher().plan().unchanged == 1


@pytest.mark.parametrize("command", ["verify", "push"])
def test_what_was_left_aside_under_another_profile_is_deleted(
    oxigraph_live: Server, shelf: Any, lines: Callable[[str, int], list[str]], command: str
) -> None:
    shelf.write("a", lines("a", 5))
    pusher = shelf.pusher(oxigraph_live.url, "oxigraph", {})
    pusher.push()
    token = read_journal(pusher.folder, pusher.target.store).token
    ours, others = staging("urn:x:any", token), staging("urn:x:any", "0123456789abcdef")
    aside = shelf.write("b", lines("b", 2))
    del shelf.graphs["b"]

    with pusher.connect() as client:
        remote = RemoteGraphs(client)
        for name in (ours, others):
            triples = Again([aside], Graph.triples)
            remote.put(name, body(pusher.target, triples, aside.triples_size))
        again = shelf.pusher(oxigraph_live.url, "oxigraph", {})
        assert (again.verify() if command == "verify" else again.push(prune=True)).conforms
        left = remote.names(staging("", token)[:-32], others)
        remote.delete(others)

    assert left == {others}
