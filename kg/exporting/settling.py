"""Bring graphs to a triple store, each step one that can be taken again after it failed anywhere.

Before a graph is written a second time it is looked at. Where a PUT is atomic it is sent and then
read back; where it is not, it goes to a graph aside, is read back there, and takes the place of
the live one by a MOVE. Small graphs that the store has not go together, as N-Quads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from kg.errors import EnvironmentFault
from kg.exporting.bodies import Again, AndThen, body
from kg.exporting.comparing import Difference, Graph, compare
from kg.exporting.journal import Journal
from kg.exporting.literals import NORMALIZERS
from kg.exporting.outcomes import Outcome, PushPlan
from kg.remote.client import Failed
from kg.remote.graphs import Body, RemoteGraphs

STAGING = "urn:communique:staging:"
ATTEMPTS = 4
_REFUSED_IN_A_ROW = 10
_NOT_OF_THE_GRAPH = frozenset((None, 401, 429, 502, 503, 504))
_NOTHING_DONE = frozenset(("refused", "untried", "kept", "extra"))
_MANY = 16
_ROOM = 1 << 20
T = TypeVar("T")


class Settling:
    """One push or verification, with its connection and its journal."""

    def __init__(
        self,
        remote: RemoteGraphs,
        journal: Journal,
        base: str,
        graphs: Sequence[Graph],
        progress: Callable[[str, int, int], None],
        pause: Callable[[float], None],
    ) -> None:
        """Take the store's graphs, the journal, and what `Pusher` was told."""
        self.remote = remote
        self.journal = journal
        self.base = base
        self.graphs = graphs
        self.progress = progress
        self.pause = pause
        self.target = remote.client.target
        self.profile = self.target.profile
        self.normalizer = NORMALIZERS[self.profile.normalizer]
        self.unanswered: set[str] = set()
        self.forbidden: Failed | None = None

    def push(self, plan: PushPlan, *, prune: bool) -> list[Outcome]:
        """Settle every graph of the plan and return what became of each.

        With `prune`, also what was deleted there before and came back is deleted, and what is below
        our base and was never sent from here is told.
        """
        outcomes: list[Outcome] = []
        total = len(plan.new) + len(plan.changed)
        try:
            for outcome in self._tried(self._sent(plan), (*plan.new, *plan.changed)):
                outcomes.append(outcome)
                self.progress("sending", len(outcomes) - 1, total)
            back, extra = self._others() if prune else ([], [])
            settle = self._pruned if prune else self._kept
            # One by one, for what was done is told if the next cannot be.
            outcomes.extend(map(settle, (*plan.gone, *back)))
            outcomes += [Outcome(name, "extra") for name in extra]
            self._check_that_anything_is_allowed(outcomes)
        except EnvironmentFault as error:
            raise EnvironmentFault(_so_far(str(error), outcomes, total)) from error
        return outcomes

    def _check_that_anything_is_allowed(self, outcomes: Iterable[Outcome]) -> None:
        """Raise the first 403 if nothing but refusals came of a push: that is no graph's fault."""
        if self.forbidden and all(each.state in _NOTHING_DONE for each in outcomes):
            raise self.forbidden

    def verify(self, gone: Sequence[str]) -> Iterator[Outcome]:
        """Compare every graph, and say which that are gone here are there still."""
        yield from self._tried(self._compared(), self.graphs)
        for name in gone:
            cleared = self._clear_aside(name)
            if self._again(lambda name=name: self.remote.holds_any(name)):  # type: ignore[misc]
                yield Outcome(name, "stale")
            elif cleared:
                self.journal.gone(name)
        back, extra = self._others()
        self.journal.sending(back)
        yield from (Outcome(name, "stale") for name in back)
        yield from (Outcome(name, "extra") for name in extra)

    def _compared(self) -> Iterator[Outcome]:
        for number, graph in enumerate(self.graphs):
            self.progress("comparing", number, len(self.graphs))
            yield self._told(graph.name, graph.count, partial(self._verified, graph))

    def _verified(self, graph: Graph) -> Outcome:
        """Compare a graph, and leave one that differs in doubt, so that the next push mends it."""
        found = self._again(lambda: self._compare(graph.name, graph))
        cleared = self._clear_aside(graph.name)
        held = self.journal.held.get(graph.name)
        if found.drift:
            if held is not None:
                self.journal.sending([graph.name])
            state = "missing" if found.missing == graph.count and not found.extra else "drift"
            return Outcome(graph.name, state, graph.count, found)
        if cleared and held != graph.digest:
            self.journal.holds([(graph.name, graph.digest)])
        return Outcome(graph.name, "equal", graph.count, found)

    def _others(self) -> tuple[list[str], list[str]]:
        """Return what is there below our base though nobody should know of it.

        The first were deleted there by us and came back, as from a backup. The others were never
        sent from here: they may be somebody else's, and are never touched.
        """
        there = self._again(lambda: self.remote.names(self.base))
        unknown = there - {graph.name for graph in self.graphs} - self.journal.known
        back = {name for name in unknown & self.journal.dropped if self._is_named_as_ours(name)}
        return sorted(back), sorted(unknown - back)

    def _is_named_as_ours(self, name: str) -> bool:
        return name.removeprefix(self.base).startswith(("article/", "graph/", "run/"))

    def _tried(self, outcomes: Iterable[Outcome], graphs: Iterable[Graph]) -> Iterator[Outcome]:
        """Yield what became of each graph; end early where the store refuses all of them."""
        left = {graph.name: graph for graph in graphs}
        refused = 0
        for outcome in outcomes:
            yield outcome
            del left[outcome.graph]
            refused = refused + 1 if outcome.state == "refused" else 0
            if refused == _REFUSED_IN_A_ROW:
                break
        words = f"not tried, since {refused} one after another were refused"
        for graph in left.values():
            yield Outcome(graph.name, "untried", graph.count, message=words)

    def _sent(self, plan: PushPlan) -> Iterator[Outcome]:
        fresh: list[Graph] = []
        if plan.new and (self.profile.quads or len(plan.new) >= _MANY):
            there = self._again(lambda: self.remote.names(self.base))
            fresh = [graph for graph in plan.new if graph.name not in there]
        absent = {graph.name for graph in fresh}
        if self.profile.quads:
            for batch in self._batches(fresh):
                yield from self._send_batch(batch)
        # Those that were refused the last time come last, or they might be all that is ever tried.
        again = sorted(plan.changed, key=lambda graph: graph.name in self.journal.doubtful)
        for graph in (*plan.new, *again):
            if not (self.profile.quads and graph.name in absent):
                look = graph.name not in self.journal.held and graph.name not in absent
                self.journal.sending([graph.name])
                yield self._settled(graph, look=look)

    def _batches(self, graphs: Iterable[Graph]) -> Iterator[list[Graph]]:
        """Yield new graphs, as many together as the store takes."""
        batch: list[Graph] = []
        size = 0
        for graph in graphs:
            if batch and size + graph.size > self.profile.batch:
                yield batch
                batch, size = [], 0
            batch.append(graph)
            size += graph.size
        if batch:
            yield batch

    def _send_batch(self, batch: Sequence[Graph]) -> Iterator[Outcome]:
        """Send graphs that the store has not; each by itself where that does not go well."""
        self.journal.sending(graph.name for graph in batch)
        look = False
        if len(batch) > 1:
            try:
                self.remote.add_quads(body(self.target, Again(batch, Graph.quads), _size(batch)))
            except Failed as error:
                if error.status == 401:
                    raise
                if error.status == 413:
                    half = len(batch) // 2
                    yield from self._send_batch(batch[:half])
                    yield from self._send_batch(batch[half:])
                    return
                if error.status is None:
                    self.unanswered |= {graph.name for graph in batch}
                self.pause(max(error.retry_after, 0.2))
            look = True
        held: list[tuple[str, str]] = []
        try:
            for graph in batch:
                yield self._settled(graph, look=look, note=held)
        finally:
            self.journal.holds(held)

    def _settled(
        self, graph: Graph, *, look: bool, note: list[tuple[str, str]] | None = None
    ) -> Outcome:
        """Bring one graph to the store and say what became of it."""
        outcome = self._told(graph.name, graph.count, lambda: self._brought(graph, look=look))
        if outcome.state == "refused":
            self._clear_aside(graph.name)
        elif outcome.state == "sent" and graph.name not in self.unanswered:
            if note is None:
                self.journal.holds([(graph.name, graph.digest)])
            else:
                note.append((graph.name, graph.digest))
        return outcome

    def _brought(self, graph: Graph, *, look: bool) -> Outcome:
        found = self._settle(graph, look=look)
        return Outcome(graph.name, "differs" if found.drift else "sent", graph.count, found)

    def _told(self, name: str, triples: int, act: Callable[[], Outcome]) -> Outcome:
        """Do what the store may refuse of one graph, which is then told; the others go on."""
        try:
            return act()
        except Failed as error:
            if error.status in _NOT_OF_THE_GRAPH:
                raise
            if error.status == 403:
                self.forbidden = self.forbidden or error
            return Outcome(name, "refused", triples, message=str(error))

    def _settle(self, graph: Graph, *, look: bool) -> Difference:
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
                    # would empty the graph. The journal leaves the graph in doubt, so that the
                    # next push looks at it again.
                    self.unanswered.add(graph.name)
                failed = error
                continue
            if not found.drift or found == last:
                return found
            last, failed = found, None
        if failed or last is None:
            raise failed or AssertionError
        return last

    def _attempt(self, graph: Graph, *, look: bool) -> Difference:
        staged = not self.profile.atomic_put
        if look:
            found = self._compare(graph.name, graph)
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
        return self._compare(graph.name, graph)

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

    def _stage(self, graph: Graph, *, look: bool) -> Difference:
        """Bring the graph to its place aside, unless it is there already."""
        aside = self._aside(graph.name)
        if look:
            found = self._compare(aside, graph)
            if not found.drift:
                return found
        self._put(aside, graph)
        found = self._compare(aside, graph)
        if found.drift:
            self.remote.delete(aside)
        return found

    def _put(self, name: str, graph: Graph) -> None:
        """Send a graph; what it is compared by is found while the store is busy with it."""
        whole = self._triples(graph)
        with ThreadPoolExecutor(1) as beside:
            sent = AndThen(whole.blocks, lambda: beside.submit(graph.summary, self.normalizer))
            self.remote.put(name, whole._replace(blocks=sent))

    def _clear_aside(self, name: str) -> bool:
        """Delete what may have been left aside of a graph, and return whether nothing is.

        Whoever may only read cannot; the graph then stays in doubt.
        """
        if name in self.journal.doubtful:
            try:
                self._again(lambda: self.remote.delete(self._aside(name)))
            except Failed as error:
                if error.status in _NOT_OF_THE_GRAPH:
                    raise
                return False
        return True

    def _kept(self, name: str) -> Outcome:
        self._clear_aside(name)
        return Outcome(name, "kept")

    def _aside(self, graph: str) -> str:
        return staging(graph, self.journal.token)

    def _pruned(self, name: str) -> Outcome:
        """Delete a graph and say what became of it."""
        return self._told(name, 0, lambda: self._again(lambda: self._drop(name)))

    def _drop(self, name: str) -> Outcome:
        self.journal.sending([name])
        self.remote.delete(name)
        if not self.profile.atomic_put:
            self.remote.delete(self._aside(name))
        if self.remote.holds_any(name):
            raise Failed(f"{name} is there after its deletion", status=200, passing=True)
        self.journal.gone(name)
        return Outcome(name, "dropped")

    def _compare(self, name: str, graph: Graph) -> Difference:
        limit = 8 * graph.size + _ROOM
        with self.remote.read(name, graph.count) as blocks:
            try:
                return compare(graph, _limited(blocks, limit), self.normalizer)
            except _TooLarge:
                words = f"+ more than {limit:,} bytes"
                return Difference(extra=1, examples=(words,))

    def _again(self, act: Callable[[], T]) -> T:
        """Do what may be done several times over, until it succeeds."""
        for attempt in range(ATTEMPTS - 1):
            try:
                return act()
            except Failed as error:
                if not error.passing:
                    raise
                self._wait(error, attempt + 1)
        return act()

    def _wait(self, failed: Failed, attempt: int) -> None:
        self.pause(max(failed.retry_after, 0.1 * 2**attempt))

    def _triples(self, graph: Graph) -> Body:
        return body(self.target, Again([graph], Graph.triples), graph.triples_size)


def staging(graph: str, token: str) -> str:
    """Return the name of the graph in which `graph` waits until it is whole.

    The token is that of one journal: of two pushes at once, from two workspaces or by two spellings
    of one address, neither moves away what the other has aside.
    """
    return f"{STAGING}{token}:{hashlib.sha256(graph.encode()).hexdigest()[:32]}"


def _so_far(words: str, outcomes: Sequence[Outcome], total: int) -> str:
    """Return why a push ended before its end, and what it came to until then."""
    done = sum(outcome.state == "sent" for outcome in outcomes)
    told = f"{words}. {done:,} of {total:,} graphs are there; the same command goes on from here"
    refused = [outcome for outcome in outcomes if outcome.state == "refused"]
    for outcome in refused[:_REFUSED_IN_A_ROW]:
        told += f". Refused: {outcome.graph}: {outcome.message}"
    return told


class _TooLarge(Exception):
    """A graph there has far more than the one here."""


def _limited(blocks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    for block in blocks:
        limit -= len(block)
        if limit < 0:
            raise _TooLarge
        yield block


def _size(graphs: Iterable[Graph]) -> int:
    return sum(graph.size for graph in graphs)
