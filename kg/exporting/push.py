"""Make the graphs of a triple store equal to ours: only what changed, and seen to be there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError
from kg.exporting.graphs import Graph
from kg.exporting.journal import Journal, open_journal, read_journal
from kg.exporting.outcomes import PushPlan, PushReport
from kg.exporting.run import Run
from kg.exporting.settling import Settling
from kg.remote.client import Client
from kg.remote.credentials import authentication, find_credentials
from kg.remote.graphs import RemoteGraphs
from kg.remote.targets import Target

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Pusher:
    """Pushes graphs to one target.

    Attributes:
        target: the triple store.
        graphs: all that shall be there.
        base: IRI below which the graphs' names lie.
        folder: where journals are.
        environment: where credentials are looked for.
        progress: told the stage, how many are done, and of how many.
        pause: waits so many seconds between two attempts.
    """

    target: Target
    graphs: Sequence[Graph]
    base: str
    folder: Path
    environment: Mapping[str, str]
    progress: Progress = lambda *_: None
    pause: Callable[[float], None] = time.sleep

    def plan(self) -> PushPlan:
        """Say what a push would do; nothing is sent or asked."""
        return self._plan(read_journal(self.folder, self.target.store))

    def push(self, *, prune: bool = False) -> PushReport:
        """Send what changed, and with `prune` delete what was sent before and is gone here.

        Raises:
            CallError: the credentials are not to be sent there.
            DataError: a graph has blank nodes and the store mixes them up.
            EnvironmentFault: the store does not answer, or refuses the credentials.
        """
        with open_journal(self.folder, self.target.store) as journal:
            plan = self._plan(journal)
            report = PushReport(self.target, unchanged=plan.unchanged)
            if not (prune or plan.new or plan.changed or plan.gone):
                return report
            self._check_blank_nodes((*plan.new, *plan.changed))
            with self.connect() as client:
                outcomes = self._run(client, journal).push(plan, prune=prune)
            return PushReport(self.target, tuple(outcomes), plan.unchanged)

    def verify(self) -> PushReport:
        """Compare every graph with the one that is there; the next push mends what differs.

        Raises:
            CallError: the credentials are not to be sent there.
            EnvironmentFault: the store does not answer, or refuses the credentials.
        """
        with (
            open_journal(self.folder, self.target.store) as journal,
            self.connect() as client,
        ):
            run = self._run(client, journal)
            return PushReport(self.target, tuple(run.verify(self._plan(journal).gone)))

    def connect(self) -> Client[Target]:
        """Return a client for the target, with its credentials.

        Raises:
            CallError: the credentials are not to be sent there.
            EnvironmentFault: netrc cannot be read.
        """
        found = find_credentials(self.target, self.environment)
        return Client(self.target, authentication(self.target.profile.auth, found))

    def _run(self, client: Client[Target], journal: Journal) -> Run:
        settling = Settling(RemoteGraphs(client), journal, self.pause)
        return Run(settling, self.base, self.graphs, self.progress)

    def _plan(self, journal: Journal) -> PushPlan:
        changed = [graph for graph in self.graphs if journal.held.get(graph.name) != graph.digest]
        known = journal.known
        return PushPlan(
            self.target,
            tuple(graph for graph in changed if graph.name not in known),
            tuple(graph for graph in changed if graph.name in known),
            tuple(sorted(known - {graph.name for graph in self.graphs})),
            len(self.graphs) - len(changed),
        )

    def _check_blank_nodes(self, graphs: Iterable[Graph]) -> None:
        if self.target.profile.blank_nodes:
            return
        for graph in graphs:
            if graph.has_blank_nodes():
                raise DataError(
                    f"{graph.name} has blank nodes, which a store of profile "
                    f"'{self.target.profile.name}' does not keep apart; nothing was sent"
                )
