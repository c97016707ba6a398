"""The gate as a workspace has it: the last build around what is judged, at once or shared out."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from kg.store.generations import Generations, Snapshot
from kg.validation.changes import find_changed, judge_changed
from kg.validation.findings import GateReport, shown
from kg.validation.gate import Gate, Progress
from kg.validation.sources import find_sources
from kg.validation.surroundings import Surroundings
from kg.vocabulary.vocabulary import Vocabulary

# From so many files on, other processes are worth their start.
MANY = 200
# Opens the gate and its surroundings, in each process anew, for files of which it gets a share.
Opener = Callable[[Sequence[Path]], AbstractContextManager[tuple[Gate, Surroundings]]]


@dataclass(frozen=True)
class Judging:
    """Judges files of a workspace.

    Attributes:
        gate: what judges.
        vocabulary: schemes and reference data.
        generations: the store, whose last build is around what is judged.
        folders: where the workspace has its records and assessments.
    """

    gate: Gate
    vocabulary: Vocabulary
    generations: Generations
    folders: Sequence[Path]

    def judge(
        self,
        paths: Sequence[Path],
        progress: Progress,
        changed: str | None = None,
        opener: Opener | None = None,
        processes: int = 1,
    ) -> GateReport:
        """Return the report on files and folders; without any, on the whole workspace.

        Args:
            paths: records or RDF, besides those that the gate is given.
            progress: told the stage, how many are done, and of how many.
            changed: a revision of git; only files that differ from it are judged.
            opener: opens the gate and its surroundings for other processes.
            processes: how many may share the work where there are many files.

        Raises:
            CallError: a path is nothing that can be judged, or git has no such revision.
            EnvironmentFault: a file cannot be read, or git cannot be run.
        """
        sources = find_sources([*self.gate.given, *paths] or self.folders)
        alone = self.gate.shapes.by_pyshacl or self.gate.given or changed is not None
        if opener and processes > 1 and len(sources) >= MANY and not alone:
            from kg.validation.parallel import ParallelGate

            known = (*sources, *(self._gone(sources) if not paths else ()))
            gates = ParallelGate(functools.partial(opener, known), processes)
            report = gates.judge(sources, progress)
        elif changed is None:
            gone = () if paths or self.gate.given else self._gone(sources)
            with self.surroundings(instead_of=(*sources, *gone)) as surroundings:
                report = self.gate.judge(sources, surroundings, progress).report
        else:
            root = self.gate.workspace
            sources = find_changed(root, changed, sources)
            every = find_sources(self.folders, records_only=True)
            with self.surroundings() as surroundings:
                report = judge_changed(self.gate, sources, every, surroundings, progress)
        start = self.gate.start
        return replace(
            report,
            files=tuple(shown(file, start) for file in sources),
            given={shown(file, start): content for file, content in self.gate.given.items()},
        )

    @contextlib.contextmanager
    def surroundings(
        self, without: Sequence[Path] = (), instead_of: Sequence[Path] = ()
    ) -> Iterator[Surroundings]:
        """Open what the last build has, but for what it has from some files.

        Args:
            without: these are judged too, each by whoever has it as its share.
            instead_of: these are judged, or are no more: what they said then is replaced.
        """
        if self.generations.current() is None:
            yield Surroundings(self.vocabulary)
            return
        with self.generations.reading() as snapshot:
            apart, replaced = (self._graphs_from(each, snapshot) for each in (without, instead_of))
            yield Surroundings(self.vocabulary, snapshot.store, replaced=replaced, set_aside=apart)

    def _gone(self, sources: Sequence[Path]) -> Sequence[Path]:
        """Return the files of the last build that are not among `sources`, all that there are."""
        if self.generations.current() is None:
            return ()
        with self.generations.reading() as snapshot:
            names = snapshot.manifest.get("records", {})
        there = {str(file) for file in sources}
        files = (self.gate.workspace / name for name in names)
        return [file for file in files if str(file) not in there]

    def _graphs_from(self, files: Sequence[Path], snapshot: Snapshot) -> frozenset[str]:
        """Return the graphs that a build has from these files."""
        root = self.gate.workspace
        records = snapshot.manifest.get("records", {})
        names = {str(file.relative_to(root)) for file in files if root in file.parents}
        return frozenset(
            f"{self.vocabulary.base}article/{article}"
            for name in names & records.keys()
            for article in records[name].get("articles", ())
        )
