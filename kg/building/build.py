"""Make the store equal to the files: gate, map and load what changed, all or nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.building.affected import Touched
from kg.building.deriving import derive
from kg.building.plan import Manifest, Plan, plan_build
from kg.errors import DataError, EnvironmentFault
from kg.records.model import Record
from kg.store.canonical import canonical_bytes
from kg.store.generations import Draft, Generations
from kg.validation.carrying import Mapped
from kg.validation.findings import GateReport, shown
from kg.validation.gate import ASSESSMENTS, Gate, Judgement, Progress
from kg.validation.surroundings import Surroundings
from kg.vocabulary.terms import ASSESSMENTS_GRAPH, REFERENCE_GRAPH
from kg.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True)
class BuildReport:
    """What a build did, or with ``--check`` would do; files relative to the workspace."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    quads: int = 0
    report: GateReport = field(default_factory=lambda: GateReport(()))

    @property
    def conforms(self) -> bool:
        """Whether the gate let everything through."""
        return self.report.conforms

    def as_json(self) -> dict[str, Any]:
        """Return the report as a JSON object."""
        return {
            "added": list(self.added),
            "changed": list(self.changed),
            "removed": list(self.removed),
            "unchanged": self.unchanged,
            "quads": self.quads,
            **self.report.as_json(),
        }


@dataclass(frozen=True)
class Builder:
    """Builds the store of one workspace.

    Attributes:
        workspace: its folder.
        files: every record and assessment file in it.
        generations: its store.
        vocabulary: schemes and reference data.
        gate: what judges contributions.
        version: of this package, noted with every run.
        fingerprint: digest of all but the files that the graph depends on.
    """

    workspace: Path
    files: Sequence[Path]
    generations: Generations
    vocabulary: Vocabulary
    gate: Gate
    version: str
    fingerprint: str

    def check(self, within: Sequence[Path] = ()) -> BuildReport:
        """Say what a build would change, from the files' digests alone."""
        return _reported(self._plan(self._manifest(), within))

    def build(
        self, within: Sequence[Path] = (), progress: Progress = lambda *_: None
    ) -> BuildReport:
        """Build; the store stays as it was if anything is wrong.

        Args:
            within: only look at these files and folders.
            progress: told the stage, how many are done, and of how many.

        Raises:
            EnvironmentFault: another build is running, or something cannot be read or written.
        """
        with self.generations.exclusive():
            plan = self._plan(self._manifest(), within)
            if plan.empty:
                with self.generations.reading() as snapshot:
                    return replace(_reported(plan), quads=len(snapshot.store))
            manifest = {} if plan.everything else self._manifest()
            judgement = self._judge(manifest, plan, progress)
            report = judgement.report
            if not report.conforms:
                return replace(_reported(plan), report=report)
            try:
                with self.generations.draft(copy=not plan.everything) as draft:
                    quads = self._load(draft, judgement.mapped, plan, progress)
                    draft.commit()
            except OSError as error:
                # The embedded engine's own errors carry no errno and no strerror.
                raise EnvironmentFault(
                    f"the graph cannot be written to {self.generations.root}: "
                    f"{error.strerror or error}; it is as it was before"
                ) from error
            return replace(_reported(plan), report=report, quads=quads)

    def _manifest(self) -> Manifest:
        try:
            with self.generations.reading() as snapshot:
                return snapshot.manifest
        except DataError:
            return {}

    def _plan(self, manifest: Manifest, within: Sequence[Path]) -> Plan:
        files = self.generations.files
        if not all(files.path(digest).exists() for digest in manifest.get("graphs", {}).values()):
            manifest = {}  # the canonical quads are lost, so everything is made anew
        return plan_build(self.workspace, self.files, manifest, self.fingerprint, within)

    def _judge(self, before: Manifest, plan: Plan, progress: Progress) -> Judgement:
        """Judge what changed against the last build, before anything is written.

        The gate never sees the draft: frames of cached errors in libraries may keep a store it was
        given alive, and a draft must be closed before it becomes current.
        """
        records: dict[str, Any] = before.get("records", {})
        touched = {*plan.added, *plan.changed, *plan.removed}
        gone = _articles(records, touched)
        names = self._to_judge(plan, records, gone, touched)
        with contextlib.ExitStack() as hold:
            store = hold.enter_context(self.generations.reading()).store if before else None
            surroundings = Surroundings(
                self.vocabulary,
                store,
                frozenset(f"{self.vocabulary.base}article/{article}" for article in gone),
            )
            while True:
                files = [self.workspace / name for name in sorted(names)]
                judgement = self.gate.judge(files, surroundings, progress)
                also = _mapped_otherwise(plan, records, judgement.mapped) - names
                if not also:
                    return judgement
                names |= also

    def _to_judge(
        self, plan: Plan, before: dict[str, Any], gone: set[str], touched: set[str]
    ) -> set[str]:
        """Return the files the gate has to see: what changed, and what that may break.

        An unchanged record is seen again where it needs something that only a changed or removed
        record declared. Assessment files share one graph and are seen together.
        """
        names = {*plan.added, *plan.changed}
        if any(_is_assessments(name) for name in touched):
            names |= {name for name in plan.digests if _is_assessments(name)}
        lost = {
            need for name in touched & before.keys() for need in before[name].get("declares", ())
        }
        for name in plan.unchanged:
            needs = before[name].get("needs", ())
            if any(need in lost or need.split("/")[1] in gone for need in needs):
                names.add(name)
        return names

    def _load(self, draft: Draft, mapped: Sequence[Mapped], plan: Plan, progress: Progress) -> int:
        """Make the draft what the next generation shall be, and return its number of quads."""
        graphs: dict[str, str] = draft.manifest.setdefault("graphs", {})
        records: dict[str, Any] = draft.manifest.setdefault("records", {})
        touched = Touched(draft.store)
        gone = _articles(records, {*plan.added, *plan.changed, *plan.removed})
        for name in plan.removed:
            records.pop(name, None)
        for article in gone:
            self._drop(draft, touched, f"article/{article}")
            draft.store.remove_graph(ox.NamedNode(f"{self.vocabulary.base}run/{article}"))
        if plan.everything:
            reference = list(self._reference())
            draft.store.bulk_extend(reference)
            graphs[REFERENCE_GRAPH] = draft.files.add(canonical_bytes(reference))
        at = datetime.now(UTC).replace(microsecond=0)
        quads: list[ox.Quad] = []
        for number, one in enumerate(mapped):
            progress("loading", number, len(mapped))
            if one.graph != ASSESSMENTS_GRAPH:
                quads += self._article_quads(draft, touched, one, at)
        # Nobody sees a draft, so the bulk loader's lack of a transaction does no harm.
        draft.store.bulk_extend(quads)
        self._load_assessments(draft, touched, plan, mapped)
        self._note(records, plan, mapped)
        derive(draft, self.vocabulary.base, None if plan.everything else touched)
        draft.manifest["fingerprint"] = self.fingerprint
        draft.manifest["version"] = self.version
        draft.manifest["built_at"] = at.isoformat()
        return len(draft.store)

    def _article_quads(
        self, draft: Draft, touched: Touched, one: Mapped, at: datetime
    ) -> list[ox.Quad]:
        """Return what is to be loaded for one article, its old graph dropped; none if unchanged."""
        article = one.graph.removeprefix("article/")
        file = shown(one.reading.file, self.workspace)
        digest = draft.files.add(canonical_bytes(one.statements.quads))
        graphs: dict[str, str] = draft.manifest["graphs"]
        if graphs.get(one.graph) == digest:
            return []
        self._drop(draft, touched, one.graph)
        draft.store.remove_graph(ox.NamedNode(f"{self.vocabulary.base}run/{article}"))
        graphs[one.graph] = digest
        return [*one.statements.quads, *self.gate.mapper.run(article, file, self.version, at)]

    def _load_assessments(
        self, draft: Draft, touched: Touched, plan: Plan, mapped: Sequence[Mapped]
    ) -> None:
        if any(_is_assessments(name) for name in (*plan.added, *plan.changed, *plan.removed)):
            self._drop(draft, touched, ASSESSMENTS_GRAPH)
            quads = [
                quad
                for one in mapped
                if one.graph == ASSESSMENTS_GRAPH
                for quad in one.statements.quads
            ]
            if quads:
                draft.store.extend(quads)
                digest = draft.files.add(canonical_bytes(quads))
                draft.manifest["graphs"][ASSESSMENTS_GRAPH] = digest

    def _drop(self, draft: Draft, touched: Touched, graph: str) -> None:
        name = ox.NamedNode(self.vocabulary.base + graph)
        touched.note(name)
        if draft.manifest["graphs"].pop(graph, None):
            draft.store.remove_graph(name)

    def _reference(self) -> Iterator[ox.Quad]:
        """Yield the reference graph; axioms over blank nodes stay in the ontology's files."""
        graph = ox.NamedNode(self.vocabulary.base + REFERENCE_GRAPH)
        for triple in self.vocabulary.triples:
            if not isinstance(triple.subject, ox.BlankNode) and not isinstance(
                triple.object, ox.BlankNode
            ):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        yield from self.gate.mapper.desks(self.gate.desks)

    def _note(self, records: dict[str, Any], plan: Plan, mapped: Sequence[Mapped]) -> None:
        """Write into the manifest what the next build must know of each file."""
        judged = {str(one.reading.file.relative_to(self.workspace)) for one in mapped}
        for name in {*plan.added, *plan.changed, *judged}:
            records[name] = {"sha256": plan.digests[name]}
        for one in mapped:
            name = str(one.reading.file.relative_to(self.workspace))
            entry = records[name]
            if isinstance(one.reading.record, Record):
                article = one.reading.record.article
                entry.setdefault("articles", []).append(article.id)
                entry.setdefault("texts", {})[article.text] = article.sha256
            declares, needs = self._declares_and_needs(one)
            entry["declares"] = sorted({*entry.get("declares", ()), *declares})
            entry["needs"] = sorted({*entry.get("needs", ()), *needs})

    def _declares_and_needs(self, one: Mapped) -> tuple[set[str], set[str]]:
        """Return what others may need of this record, and what it needs of others."""
        kinds = ("actor/", "place/", "claim/")
        base = self.vocabulary.base
        declares = {
            relative
            for relative in one.paths
            if relative.startswith(kinds[:2]) and relative.count("/") == 1
        }
        named = {
            value[1:-1].removeprefix(base)
            for _, _, value in one.statements
            if value.startswith(f"<{base}")
        }
        known = {f"actor/{name}" for name in self.vocabulary.actors}
        known |= {f"place/{name}" for name in self.vocabulary.places}
        own = one.paths.keys() | known
        return declares, {name for name in named if name.startswith(kinds) and name not in own}


def _mapped_otherwise(plan: Plan, before: dict[str, Any], mapped: Iterable[Mapped]) -> set[str]:
    """Return unchanged files in which a name that meant a place now means a new actor."""
    actors = {
        path.removeprefix("actor/")
        for one in mapped
        for path in one.paths
        if path.startswith("actor/")
    }
    return {
        name
        for name in plan.unchanged
        for need in before[name].get("needs", ())
        if need.startswith("place/") and need.removeprefix("place/") in actors
    }


def _reported(plan: Plan) -> BuildReport:
    return BuildReport(
        tuple(plan.added), tuple(plan.changed), tuple(plan.removed), len(plan.unchanged)
    )


def _articles(records: dict[str, Any], names: Iterable[str]) -> set[str]:
    return {
        article
        for name in names
        if name in records
        for article in records[name].get("articles", ())
    }


def _is_assessments(name: str) -> bool:
    return Path(name).parts[0] == ASSESSMENTS
