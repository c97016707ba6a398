"""One push or verification: in which order the graphs have their turn, and what became of each.

What a store refuses of one graph is told of that graph, and the others go on, until too many are
refused one after another. What concerns them all, as no answer or wrong credentials, ends the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from kg.errors import EnvironmentFault
from kg.exporting.bodies import Again, body
from kg.exporting.graphs import Graph
from kg.exporting.outcomes import Outcome, PushPlan
from kg.exporting.settling import Settling
from kg.remote.client import Failed

_REFUSED_IN_A_ROW = 10
_PERHAPS_OF_ALL = frozenset((403, 404, 405))
_NOTHING_DONE = frozenset(("refused", "untried", "kept", "extra"))
_OWN_GRAPHS = ("article/", "graph/", "run/")
_MANY = 16


class Run:
    """One push or verification of the graphs of a workspace."""

    def __init__(
        self,
        settling: Settling,
        base: str,
        graphs: Sequence[Graph],
        progress: Callable[[str, int, int], None],
    ) -> None:
        """Take what settles each graph, and what `Pusher` was told."""
        self.settling = settling
        self.remote = settling.remote
        self.journal = settling.journal
        self.target = settling.target
        self.base = base
        self.graphs = graphs
        self.progress = progress
        self.perhaps_of_all: Failed | None = None

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
            there = self._there() if prune or self.journal.any_late else set()
            back, extra = self._others(there) if prune else ([], [])
            settle = self._pruned if prune else self._kept
            # One by one, for what was done is told if the next cannot be.
            outcomes.extend(map(settle, (*plan.gone, *back)))
            outcomes += [Outcome(name, "extra") for name in extra]
            self._check_that_anything_is_allowed(outcomes)
        except EnvironmentFault as error:
            raise EnvironmentFault(_so_far(str(error), outcomes, total)) from error
        return outcomes

    def _check_that_anything_is_allowed(self, outcomes: Iterable[Outcome]) -> None:
        """Raise what lies at who asks or at the address if nothing but refusals came of it."""
        if self.perhaps_of_all and all(each.state in _NOTHING_DONE for each in outcomes):
            raise self.perhaps_of_all

    def verify(self, gone: Sequence[str]) -> list[Outcome]:
        """Compare every graph, and say which that are gone here are there still."""
        outcomes = list(self._tried(self._compared(), self.graphs))
        self._check_that_anything_is_allowed(outcomes)
        for name in gone:
            cleared = self.settling.clear_aside(name)
            if self.settling.again(lambda name=name: self.remote.holds_any(name)):  # type: ignore[misc]
                outcomes.append(Outcome(name, "stale"))
            elif cleared:
                self.journal.gone(name)
        there = self._there()
        self._check_that_both_addresses_agree(outcomes, there)
        back, extra = self._others(there)
        self.journal.sending(back)
        outcomes += [Outcome(name, "stale") for name in back]
        outcomes += [Outcome(name, "extra") for name in extra]
        return outcomes

    def _compared(self) -> Iterator[Outcome]:
        for number, graph in enumerate(self.graphs):
            self.progress("comparing", number, len(self.graphs))
            yield self._told(graph.name, graph.count, partial(self._verified, graph))

    def _verified(self, graph: Graph) -> Outcome:
        """Compare a graph, and leave one that differs in doubt, so that the next push mends it."""
        found = self.settling.again(lambda: self.settling.compare(graph.name, graph))
        cleared = self.settling.clear_aside(graph.name)
        held = self.journal.held.get(graph.name)
        if found.drift:
            if held is not None:
                self.journal.sending([graph.name])
            state = "missing" if found.missing == graph.count and not found.extra else "drift"
            return Outcome(graph.name, state, graph.count, found)
        if cleared and held != graph.digest and not self.journal.is_late(graph.name):
            self.journal.holds([(graph.name, graph.digest)])
        return Outcome(graph.name, "equal", graph.count, found)

    def _there(self) -> set[str]:
        """Return the names there below our base, and delete what this journal has aside."""
        found = self.settling.again(lambda: self.remote.names(self.base, self.settling.aside))
        aside = {name for name in found if name.startswith(self.settling.aside)}
        for name in sorted(aside):
            self.settling.clear(name)
        return found - aside

    def _check_that_both_addresses_agree(
        self, outcomes: Iterable[Outcome], there: set[str]
    ) -> None:
        """Raise where a query finds all the graphs that the other address has none of."""
        missing = [each.graph for each in outcomes if each.state == "missing" and each.triples]
        if missing and there.issuperset(missing):
            raise EnvironmentFault(
                f"{self.target.store} has no {missing[0]}, and a query to {self.target.query} "
                "finds it: one of the two is not the address of this store; see kg.toml"
            )

    def _others(self, there: set[str]) -> tuple[list[str], list[str]]:
        """Return what is there below our base though nobody should know of it.

        The first were deleted there by us and came back, as from a backup. The others were never
        sent from here: they may be somebody else's, and are never touched.
        """
        unknown = there - {graph.name for graph in self.graphs} - self.journal.known
        ours = tuple(self.base + kind for kind in _OWN_GRAPHS)
        back = {name for name in unknown & self.journal.dropped if name.startswith(ours)}
        return sorted(back), sorted(unknown - back)

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

    def _told(self, name: str, triples: int, act: Callable[[], Outcome]) -> Outcome:
        """Do what the store may refuse of one graph, which is then told; the others go on."""
        try:
            return act()
        except Failed as error:
            if error.concerns_all:
                raise
            if error.status in _PERHAPS_OF_ALL:
                self.perhaps_of_all = self.perhaps_of_all or error
            return Outcome(name, "refused", triples, message=str(error))

    def _sent(self, plan: PushPlan) -> Iterator[Outcome]:
        fresh: list[Graph] = []
        if plan.new and (self.target.profile.quads or len(plan.new) >= _MANY):
            there = self.settling.again(lambda: self.remote.names(self.base))
            fresh = [graph for graph in plan.new if graph.name not in there]
        absent = {graph.name for graph in fresh}
        # Sent together, blank nodes of one label would be one, whatever graph they are in.
        quads = self.target.profile.quads
        together = [graph for graph in fresh if quads and not graph.has_blank_nodes()]
        for batch in self._batches(together):
            yield from self._send_batch(batch)
        sent = {graph.name for graph in together}
        # Those that were refused the last time come last, or they might be all that is ever tried.
        again = sorted(plan.changed, key=lambda graph: graph.name in self.journal.doubtful)
        for graph in (*plan.new, *again):
            if graph.name not in sent:
                look = graph.name not in self.journal.held and graph.name not in absent
                self.journal.sending([graph.name])
                yield self._settled(graph, look=look)

    def _batches(self, graphs: Iterable[Graph]) -> Iterator[list[Graph]]:
        """Yield new graphs, as many together as the store takes."""
        batch: list[Graph] = []
        size = 0
        for graph in graphs:
            if batch and size + graph.size > self.target.profile.batch:
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
                size = sum(graph.size for graph in batch)
                self.remote.add_quads(body(self.target, Again(batch, Graph.quads), size))
            except Failed as error:
                if error.status == 401:
                    raise
                if error.status == 413:
                    half = len(batch) // 2
                    yield from self._send_batch(batch[:half])
                    yield from self._send_batch(batch[half:])
                    return
                if error.status is None:
                    self.journal.unanswered(graph.name for graph in batch)
                self.settling.pause(max(error.retry_after, 0.2))
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
            self.settling.clear_aside(graph.name)
        elif outcome.state == "sent" and not self.journal.is_late(graph.name):
            if note is None:
                self.journal.holds([(graph.name, graph.digest)])
            else:
                note.append((graph.name, graph.digest))
        return outcome

    def _brought(self, graph: Graph, *, look: bool) -> Outcome:
        found = self.settling.settle(graph, look=look)
        return Outcome(graph.name, "differs" if found.drift else "sent", graph.count, found)

    def _kept(self, name: str) -> Outcome:
        self.settling.clear_aside(name)
        return Outcome(name, "kept")

    def _pruned(self, name: str) -> Outcome:
        """Delete a graph and say what became of it."""
        return self._told(name, 0, partial(self._dropped, name))

    def _dropped(self, name: str) -> Outcome:
        self.settling.again(lambda: self.settling.drop(name))
        return Outcome(name, "dropped")


def _so_far(words: str, outcomes: Sequence[Outcome], total: int) -> str:
    """Return why a push ended before its end, and what it came to until then."""
    done = sum(outcome.state == "sent" for outcome in outcomes)
    there = f". {done:,} of {total:,} graphs are there" if total else ""
    told = f"{words}{there}; the same command goes on from here"
    refused = [each for each in outcomes if each.state == "refused"][:_REFUSED_IN_A_ROW]
    for outcome in refused:
        # The very reason of the end needs no second mention.
        why = f": {outcome.message}" if outcome.message != words else ""
        told += f". Refused: {outcome.graph}{why}"
    return told
