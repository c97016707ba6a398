"""Bring a graph to a triple store, each step one that can be taken again after it failed anywhere.

Before a graph is written a second time it is looked at. Where a PUT is atomic it is sent and then
read back; where it is not, it goes to a graph aside, is read back there, and takes the place of
the live one by a MOVE.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from kg.exporting.bodies import Again, body
from kg.exporting.comparing import Difference, compare
from kg.exporting.graphs import Graph
from kg.exporting.journal import Journal
from kg.exporting.literals import NORMALIZERS
from kg.remote.client import Failed
from kg.remote.graphs import RemoteGraphs

STAGING = "urn:communique:staging:"
ATTEMPTS = 4
_ROOM = 1 << 20
T = TypeVar("T")


class Settling:
    """Settles one graph after another, over one connection and with one journal."""

    def __init__(
        self, remote: RemoteGraphs, journal: Journal, pause: Callable[[float], None]
    ) -> None:
        """Take the store's graphs, the journal, and what waits so many seconds."""
        self.remote = remote
        self.journal = journal
        self.pause = pause
        self.target = remote.client.target
        self.profile = self.target.profile
        self.normalizer = NORMALIZERS[self.profile.normalizer]
        self.aside = f"{STAGING}{journal.token}:"

    def settle(self, graph: Graph, *, look: bool) -> Difference:
        """Try until the graph is there, or differs twice in the same way."""
        last: Difference | None = None
        failed: Failed | None = None
        for attempt in range(ATTEMPTS):
            if failed:
                self._wait(failed, attempt)
            try:
                found = self._attempt(graph, look=look or attempt > 0)
            except Failed as error:
                if not error.passing:
                    raise
                if error.status is None:
                    # It may still be on its way, and come after all that is done here: a late MOVE
                    # would empty the graph. The journal leaves the graph in doubt for a while, so
                    # that whatever push comes next looks at it again.
                    self.journal.unanswered([graph.name])
                failed = error
                continue
            if not found.drift or found == last:
                return found
            last, failed = found, None
        if failed or last is None:
            raise failed or AssertionError
        return last

    def compare(self, name: str, graph: Graph) -> Difference:
        """Compare what the store has under `name` with a graph."""
        limit = 8 * graph.size + _ROOM
        with self.remote.read(name, graph.count) as blocks:
            try:
                return compare(graph, _limited(blocks, limit), self.normalizer)
            except _TooLarge:
                words = f"+ more than {limit:,} bytes"
                return Difference(extra=1, examples=(words,))

    def clear_aside(self, name: str) -> bool:
        """Delete what may have been left aside of a graph, and return whether nothing is.

        Whoever may only read cannot; the graph then stays in doubt.
        """
        if name in self.journal.doubtful:
            try:
                self.again(lambda: self.remote.delete(self._aside(name)))
            except Failed as error:
                if error.concerns_all:
                    raise
                return False
        return True

    def clear(self, aside: str) -> None:
        """Delete a graph that this journal has aside, if that is allowed."""
        try:
            self.again(lambda: self.remote.delete(aside))
        except Failed as error:
            if error.concerns_all:
                raise

    def drop(self, name: str) -> None:
        """Delete a graph and see that it is gone."""
        self.journal.sending([name])
        self.remote.delete(name)
        if not self.profile.atomic_put:
            self.remote.delete(self._aside(name))
        if self.remote.holds_any(name):
            raise Failed(f"{name} is there after its deletion", status=200, passing=True)
        self.journal.gone(name)

    def again(self, act: Callable[[], T]) -> T:
        """Do what may be done several times over, until it succeeds."""
        for attempt in range(ATTEMPTS - 1):
            try:
                return act()
            except Failed as error:
                if not error.passing:
                    raise
                self._wait(error, attempt + 1)
        return act()

    def _attempt(self, graph: Graph, *, look: bool) -> Difference:
        staged = not self.profile.atomic_put
        if look:
            found = self.compare(graph.name, graph)
            if not found.drift:
                if staged:
                    self.remote.delete(self._aside(graph.name))
                return found
        if not graph.count:
            self.remote.delete(graph.name)
        elif not staged:
            self._put(graph.name, graph)
        else:
            found = self._stage(graph, look=look)
            if found.drift or self._copied(graph):
                return found
            self.remote.move(self._aside(graph.name), graph.name)
        return self.compare(graph.name, graph)

    def _stage(self, graph: Graph, *, look: bool) -> Difference:
        """Bring the graph to its place aside, unless it is there already."""
        aside = self._aside(graph.name)
        if look:
            found = self.compare(aside, graph)
            if not found.drift:
                return found
        self._put(aside, graph)
        found = self.compare(aside, graph)
        if found.drift:
            self.remote.delete(aside)
        return found

    def _copied(self, graph: Graph) -> bool:
        """Let the graph aside be copied, if it is large and the store says that its copy is equal.

        That is a MOVE in two steps. What is aside was read, so the copy need not be read as well.
        """
        aside = self._aside(graph.name)
        if not 0 < self.profile.copied <= graph.count:
            return False
        self.remote.copy(aside, graph.name)
        if not self.remote.are_equal(aside, graph.name):
            return False
        self.remote.delete(aside)
        return True

    def _put(self, name: str, graph: Graph) -> None:
        triples = Again([graph], Graph.sent)
        self.remote.put(name, body(self.target, triples, graph.triples_size))

    def _aside(self, graph: str) -> str:
        return staging(graph, self.journal.token)

    def _wait(self, failed: Failed, attempt: int) -> None:
        self.pause(max(failed.retry_after, 0.1 * 2**attempt))


def staging(graph: str, token: str) -> str:
    """Return the name of the graph in which `graph` waits until it is whole.

    The token is that of one journal: of two pushes at once, from two workspaces or by two spellings
    of one address, neither moves away what the other has aside.
    """
    return f"{STAGING}{token}:{hashlib.sha256(graph.encode()).hexdigest()[:32]}"


class _TooLarge(Exception):
    """A graph there has far more than the one here."""


def _limited(blocks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    for block in blocks:
        limit -= len(block)
        if limit < 0:
            raise _TooLarge
        yield block
