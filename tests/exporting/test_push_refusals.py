"""What a store refuses of some graphs: they are named with the reason, and the others are sent."""

from __future__ import annotations

import urllib.parse
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from faulty_proxy import Answer, FaultyProxy, Handler, running
from servers import Server

from kg.errors import EnvironmentFault
from kg.exporting.journal import open_journal, read_journal

PROFILES = ["generic", "oxigraph"]


class Refusing(Handler):
    """Refuses, of some methods, what has a word in its address or body."""

    server: RefusingProxy

    def treat(self, body: bytes, fault: str) -> None:
        told = urllib.parse.unquote(self.path).encode() + body
        for method, word, status in self.server.refused:
            if self.command == method and word in told:
                self.answer(Answer(status, [], b"<!DOCTYPE html>\n<p>not this one</p>\n"))
                return
        self.answer(self.forward(body))


class RefusingProxy(FaultyProxy):
    """Knows what is refused: method, word and the status that is answered."""

    def __init__(self, store_port: int) -> None:
        super().__init__(store_port, Refusing)
        self.refused: list[tuple[str, bytes, int]] = []


@pytest.fixture
def proxy(oxigraph_live: Server) -> Iterator[RefusingProxy]:
    with running(RefusingProxy(oxigraph_live.port)) as proxy:
        yield proxy


def states(report: Any) -> dict[str, str]:
    return {each.graph.rpartition("/")[2]: each.state for each in report.outcomes}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("status", [400, 403, 413])
def test_neighbours_that_are_refused_do_not_keep_the_others_back(
    proxy: RefusingProxy,
    shelf: Any,
    lines: Callable[[str, int], list[str]],
    profile: str,
    status: int,
) -> None:
    refused = ["b", "c", "d", "e"]
    for name in ("a", *refused, "f"):
        content = lines(name, 3)
        shelf.write(name, [*content, "<urn:x:s> <urn:x:p> <urn:x:bad>"][: 3 + (name in refused)])
    proxy.refused = [(method, b"urn:x:bad", status) for method in ("PUT", "POST")]

    report = shelf.pusher(proxy.url, profile, {}).push()

    assert states(report) == dict.fromkeys(refused, "refused") | {"a": "sent", "f": "sent"}
    assert not report.conforms
    assert all(str(status) in outcome.message for outcome in report.of("refused"))
    proxy.refused = []
    assert states(shelf.pusher(proxy.url, profile, {}).push()) == dict.fromkeys(refused, "sent")


def test_a_store_that_refuses_everything_is_not_asked_for_ever(
    proxy: RefusingProxy, shelf: Any, lines: Callable[[str, int], list[str]]
) -> None:
    """Ten are tried; the others are named too, and come first the next time."""
    names = [f"g{number:02}" for number in range(30)]
    for name in names:
        shelf.write(name, lines(name, 2))
    proxy.refused = [("PUT", b"", 413)]

    first = states(shelf.pusher(proxy.url, "generic", {}).push())
    second = states(shelf.pusher(proxy.url, "generic", {}).push())

    tried = dict.fromkeys(names[:10], "refused")
    assert first == tried | dict.fromkeys(names[10:], "untried")
    assert {name for name, state in second.items() if state == "refused"} == set(names[10:20])
    proxy.refused = []
    assert shelf.pusher(proxy.url, "generic", {}).push().conforms


@pytest.mark.parametrize("status", [403, 405, 500])
def test_a_deletion_that_is_refused_is_told_of_its_graph(
    proxy: RefusingProxy, shelf: Any, lines: Callable[[str, int], list[str]], status: int
) -> None:
    for name in ("a", "b", "c", "d"):
        shelf.write(name, lines(name, 3))
    shelf.pusher(proxy.url, "generic", {}).push()
    for name in ("a", "b", "c"):
        del shelf.graphs[name]
    shelf.write("d", lines("other", 3))
    proxy.refused = [("DELETE", f"{shelf.base}a".encode(), status)]

    report = shelf.pusher(proxy.url, "generic", {}).push(prune=True)

    assert states(report) == {"d": "sent", "a": "refused", "b": "dropped", "c": "dropped"}
    assert str(status) in report.of("refused")[0].message
    assert not report.conforms
    proxy.refused = []
    assert states(shelf.pusher(proxy.url, "generic", {}).push(prune=True)) == {"a": "dropped"}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("status", [403, 404, 405])
def test_where_nothing_may_be_written_the_push_ends_as_with_wrong_credentials(
    proxy: RefusingProxy,
    shelf: Any,
    lines: Callable[[str, int], list[str]],
    profile: str,
    status: int,
) -> None:
    """That is no graph's fault; also where one is only to be deleted."""
    for name in ("a", "b"):
        shelf.write(name, lines(name, 3))
    proxy.refused = [(method, b"/store", status) for method in ("PUT", "POST")]
    with pytest.raises(EnvironmentFault, match=f"{status}.* 0 of 2 graphs are there; "):
        shelf.pusher(proxy.url, profile, {}).push()

    proxy.refused = []
    assert shelf.pusher(proxy.url, profile, {}).push().conforms
    del shelf.graphs["a"]
    proxy.refused = [("DELETE", b"", 403)]
    with pytest.raises(EnvironmentFault, match="403"):
        shelf.pusher(proxy.url, profile, {}).push(prune=True)


def test_the_only_graph_that_changed_is_named_where_it_is_refused(
    proxy: RefusingProxy, shelf: Any, lines: Callable[[str, int], list[str]]
) -> None:
    for name in ("a", "b"):
        shelf.write(name, lines(name, 3))
    shelf.pusher(proxy.url, "oxigraph", {}).push()
    shelf.write("b", [*lines("b", 3), "<urn:x:s> <urn:x:p> <urn:x:bad>"])
    proxy.refused = [("PUT", b"urn:x:bad", 403)]

    with pytest.raises(EnvironmentFault, match=f"Refused: {shelf.base}b$"):
        shelf.pusher(proxy.url, "oxigraph", {}).push()


def test_graphs_are_not_called_missing_for_a_wrong_address(
    proxy: RefusingProxy, shelf: Any, lines: Callable[[str, int], list[str]]
) -> None:
    for name in ("a", "b"):
        shelf.write(name, lines(name, 3))
    shelf.pusher(proxy.url, "oxigraph", {}).push()
    proxy.refused = [("GET", b"/store", 404)]

    with pytest.raises(EnvironmentFault, match="one of the two is not the address"):
        shelf.pusher(proxy.url, "oxigraph", {}).verify()


def test_blank_nodes_of_two_graphs_are_two(
    oxigraph_live: Server, shelf: Any, lines: Callable[[str, int], list[str]]
) -> None:
    """Sent together they would be one, by their label."""
    named = [shelf.write(name, ["_:b0 <urn:x:p> <urn:x:o>"]).name for name in ("a", "b")]

    assert shelf.pusher(oxigraph_live.url, "oxigraph", {}).push().conforms

    shared = f"ASK {{ GRAPH <{named[0]}> {{ ?s ?p ?o }} GRAPH <{named[1]}> {{ ?s ?p ?o }} }}"
    answer = httpx.post(
        f"{oxigraph_live.url}/query",
        data={"query": shared},
        headers={"Accept": "application/sparql-results+json"},
    )
    assert answer.json()["boolean"] is False


def test_a_store_that_has_moved_ends_the_push(
    proxy: RefusingProxy, shelf: Any, lines: Callable[[str, int], list[str]]
) -> None:
    shelf.write("a", lines("a", 3))
    proxy.refused = [("PUT", b"", 302)]

    with pytest.raises(EnvironmentFault, match="redirects a PUT"):
        shelf.pusher(proxy.url, "generic", {}).push()


@pytest.mark.parametrize("status", [403, 500])
def test_a_graph_that_cannot_be_read_is_told_and_the_others_are_compared(
    proxy: RefusingProxy, shelf: Any, lines: Callable[[str, int], list[str]], status: int
) -> None:
    for name in ("a", "b", "c"):
        shelf.write(name, lines(name, 3))
    shelf.pusher(proxy.url, "generic", {}).push()
    proxy.refused = [("GET", f"{shelf.base}b".encode(), status)]

    report = shelf.pusher(proxy.url, "generic", {}).verify()

    assert states(report) == {"a": "equal", "b": "refused", "c": "equal"}
    assert str(status) in report.of("refused")[0].message
    assert not report.conforms


def test_who_may_not_read_at_all_is_told_so(
    proxy: RefusingProxy, shelf: Any, lines: Callable[[str, int], list[str]]
) -> None:
    shelf.write("a", lines("a", 3))
    proxy.refused = [("GET", b"", 403)]

    with pytest.raises(EnvironmentFault, match="403"):
        shelf.pusher(proxy.url, "generic", {}).verify()


def test_who_may_only_read_can_still_verify(
    proxy: RefusingProxy, shelf: Any, lines: Callable[[str, int], list[str]]
) -> None:
    """Also where something may have been left aside, which then stays in doubt."""
    shelf.write("a", lines("a", 3))
    shelf.pusher(proxy.url, "generic", {}).push()
    name = shelf.graphs["a"].name
    store = f"{proxy.url}/store"
    with open_journal(shelf.folder / "push", store) as journal:
        journal.sending([name])
    proxy.refused = [("DELETE", b"", 403)]

    assert shelf.pusher(proxy.url, "generic", {}).verify().conforms
    assert read_journal(shelf.folder / "push", store).doubtful == {name}
