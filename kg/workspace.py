"""A workspace as Python has it: what can be done with it, each thing done by a room."""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg import __version__
from kg.config import CONFIG, SHIPPED_DESKS, Config, read_config, workspace_root
from kg.errors import CallError, DataError
from kg.rooms import Paths, Rooms, open_gate
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import DEFAULT_BASE, prefixes

if TYPE_CHECKING:
    from rdflib import Dataset

    from kg.building.build import BuildReport
    from kg.building.remains import Redaction
    from kg.exporting.outcomes import PushPlan, PushReport
    from kg.exporting.subsets import Part
    from kg.ontologies.load import Ontology
    from kg.querying.ask import Answer
    from kg.querying.complaints import Complaint
    from kg.querying.explain import Explanation
    from kg.querying.table import Table
    from kg.reviewing.session import Session
    from kg.validation.findings import GateReport
    from kg.validation.gate import Progress
    from kg.validation.pages import Pages


def _silent(*_: object) -> None:
    """Tell nobody how far the work is, nor what was withheld."""


def open_workspace(path: str | os.PathLike[str] = ".") -> Workspace:
    """Return the workspace at `path` or, as git does it, the nearest one above.

    Raises:
        CallError: there is none, or its kg.toml is no good.
    """
    root = workspace_root(path)
    if root is None:
        start = Path(path).resolve()
        raise CallError(
            f"There is no workspace ({CONFIG}) in {start} or above; 'kg init DIR' starts one"
        )
    return Workspace(root, read_config(root / CONFIG))


def nothing_of_its_own() -> Workspace:
    """Return what the package ships, as a workspace without files; nothing can be built in it."""
    nowhere = shipped("ontology") / "nowhere"
    return Workspace(nowhere, Config("communique", DEFAULT_BASE, dict(SHIPPED_DESKS), {}, {}))


def open_pages(path: str | os.PathLike[str] = ".") -> Pages:
    """Return the pages of all codes; in a workspace with its own, in the folder ``findings/``."""
    from kg.validation.pages import Pages

    folders = [shipped("docs/findings")]
    with contextlib.suppress(CallError):  # codes are explained outside a workspace too
        folders.append(open_workspace(path).root / "findings")
    return Pages(tuple(folders))


class Workspace(Rooms):
    """A folder with ``kg.toml``, ``articles/``, ``records/`` and ``assessments/``."""

    def build(self, paths: Paths = (), progress: Progress = _silent) -> BuildReport:
        """Make the store equal to the files, all or nothing.

        Args:
            paths: look only at these files and folders.
            progress: told the stage, how many are done, and of how many.

        Raises:
            CallError: a path does not exist, or lies where a build does not look.
            EnvironmentFault: another build is running, or something cannot be read or written.
        """
        report = self._builder.build(self._to_build(paths), progress)
        self.catalogue.remember()
        return report

    def check_build(self, paths: Paths = ()) -> BuildReport:
        """Say what a build would change; writes nothing."""
        return self._builder.check(self._to_build(paths))

    def not_built(self) -> list[Path]:
        """Return the RDF files in records/ and assessments/: judged there, and never loaded."""
        from kg.validation.sources import find_sources

        folders = self._folders()
        records = set(find_sources(folders, records_only=True))
        return [file for file in find_sources(folders) if file not in records]

    def validate(
        self,
        paths: Paths = (),
        progress: Progress = _silent,
        *,
        changed: str | None = None,
        given: Mapping[str, bytes] | None = None,
        processes: int = 1,
        by_pyshacl: bool = False,
    ) -> GateReport:
        """Judge files and folders, records or RDF, without loading them.

        Args:
            paths: what to judge; without any, all records and assessments of the workspace.
            progress: told the stage, how many are done, and of how many.
            changed: a revision of git; only files that differ from it are judged.
            given: contents by file name, judged in place of what lies there, if anything does:
                what an editor has not saved yet. The name ``<stdin>`` stands for no file.
            processes: how many may share the work where there are many files; more than one
                needs a main module that can be imported, as `multiprocessing` does.
            by_pyshacl: whether pySHACL judges the shapes, on the whole merged graph: the
                reference, slow.

        Raises:
            CallError: a path does not exist or is nothing that can be judged; the workspace is
                not kept by git, or has no such revision.
            EnvironmentFault: a file cannot be read, or git cannot be run.
        """
        from dataclasses import replace

        contents = {self._named(name): content for name, content in (given or {}).items()}
        found = self._existing(paths)
        shapes = replace(self._gate.shapes, by_pyshacl=by_pyshacl)
        gate = replace(self._gate, given=contents, shapes=shapes)
        opener = functools.partial(open_gate, self.root)
        judging = replace(self._judging, gate=gate)
        return judging.judge(found, progress, changed, opener, processes)

    def assess(
        self,
        claim: str,
        *,
        status: str,
        rationale: str,
        kind: str | None = None,
        reliability: str | None = None,
        credibility: str | None = None,
        by: str | None = None,
        dated: str | None = None,
        replacement: Sequence[Any] = (),
    ) -> tuple[Path, GateReport]:
        """Judge a claim: write an assessment file, if the gate lets it; `build` then loads it.

        Args:
            claim: the claim, as ARTICLE-ID/CLAIM-ID, or as answers give it.
            status: ``unverified``, ``confirmed``, ``disputed`` or ``refuted``.
            rationale: what the judgement rests on.
            kind: what went wrong, a concept of the scheme error-kind.
            reliability: of the source, ``A`` to ``F``, by the Admiralty scale.
            credibility: of what it says, ``1`` to ``6``, by the Admiralty scale.
            by: id of the desk; the workspace's only one unless given.
            dated: the day on which it is made; today, by UTC, unless given.
            replacement: values held to be right, each a mapping as a record writes it.

        Returns:
            The file, and the gate's report; where that does not conform, nothing was written.

        Raises:
            CallError: no desk is named where there are several, or it has judged the claim on that
                day already.
            DataError: nothing has been built, so that no claim is known.
            EnvironmentFault: the file cannot be written.
        """
        from datetime import UTC, datetime

        from kg.records.assessing import assessment_file, new_assessment, refuse_a_second
        from kg.validation.proposing import propose

        with self.generations.reading():
            pass  # Claims are looked up in what was built.
        is_status = status in self.vocabulary.terms("status")
        assessment = {
            "claim": claim.removeprefix(f"{self.config.base}claim/").removeprefix("id:claim/"),
            "status": status,
            "kind": kind,
            "reliability": reliability,
            "credibility": credibility,
            # A status that is none is told before what else is missing; the gate finds it.
            "by": by or (self.config.only_desk() if is_status else next(iter(self.config.desks))),
            "dated": dated or datetime.now(UTC).date().isoformat(),
            "rationale": rationale,
            "replacement": list(replacement),
        }
        file = new_assessment(self.root, assessment)
        if is_status:
            refuse_a_second(self.root, file)
        return file, propose(file, assessment_file(assessment), self.validate, Path.cwd())

    def redact(self, person: str, reason: str) -> Redaction:
        """Take a person out of files and store, and leave a tombstone.

        Names become blocks of the same length in articles and records, digests are renewed, the
        person's claims are those of an unnamed source, and the store is built anew: nothing of
        before is left in it, nor in what is exported from then on. Nothing is changed unless what
        comes out passes the gate. Other files of the workspace are searched and not changed; what
        git or other stores hold is not touched.

        Args:
            person: the actor's id.
            reason: why, for the tombstone.

        Returns:
            The files that were changed, and where the workspace still speaks of the person.

        Raises:
            CallError: the reason names the person.
            DataError: there is no such person, a record cannot be read, RDF speaks of the person,
                or the gate refuses what would come out.
            EnvironmentFault: something cannot be read or written.
        """
        from kg.building.redacting import names_of, others_of, redact, redacted_files
        from kg.building.remains import Redaction, remains
        from kg.validation.sources import find_sources

        with self.generations.reading() as snapshot:
            names = names_of(snapshot.store, self.config.base, person)
            others = others_of(snapshot.store, self.config.base, person)
        sources = find_sources(self._folders())
        who, changed = redacted_files(self.root, sources, person, names, others, reason)
        redact(self.root, changed, self.generations, lambda root: open_workspace(root).build())
        return Redaction(tuple(sorted(changed)), *remains(self.root, who))

    def review(self, record: str | os.PathLike[str], by: str | None = None) -> Session:
        """Return the review of a draft record, as far as it has come.

        Args:
            record: its file.
            by: who decides; without it, who is logged in.

        Raises:
            CallError: there is no such record.
            DataError: the gate finds errors in it already.
        """
        from kg.articles.text import read_text
        from kg.reviewing.session import open_session

        (file,) = self._existing(record)

        def check(content: str) -> list[str]:
            # Judged as this file: beside it, it would be a second record of the article.
            found = self.validate(file, given={str(file): content.encode("utf-8")}).findings
            return [finding.message for finding in found if finding.severity == "error"]

        wrong = [one.message for one in self.validate(file).findings if one.severity == "error"]
        if wrong:
            raise DataError(f"{file} is not valid yet: {wrong[0]}; see 'kg validate'")
        session = open_session(file, "", check, by)
        session.text = read_text(self.root / session.data["article"]["text"]).content
        return session

    def query(self, name: str, /, *, endpoint: str | None = None, **parameters: Any) -> Table:
        """Answer a stored query.

        Args:
            name: of the query.
            endpoint: a SPARQL endpoint to ask instead of the embedded store, by its name in
                kg.toml or its URL.
            parameters: their values, as on the command line; None is as if it were not given.

        Where an endpoint withholds rows, or cannot know them, a RuntimeWarning says so.

        Raises:
            CallError: no such query or parameter, or a required one is missing.
            DataError: no such entity, or nothing has been built.
            EnvironmentFault: the endpoint cannot be reached, or does not answer.
        """
        given = {key: str(value) for key, value in parameters.items() if value is not None}
        return self._questions.rows(name, given, endpoint)

    def asking(
        self,
        name: str,
        parameters: dict[str, str],
        limit: int | None = None,
        endpoint: str | None = None,
        warn: Callable[[str], None] = _silent,
    ) -> AbstractContextManager[Answer]:
        """Run a stored query; its answer can be read inside the context."""
        return self._questions.asking(name, parameters, limit, endpoint, warn)

    def asking_text(
        self,
        text: str,
        limit: int | None = None,
        endpoint: str | None = None,
        warn: Callable[[str], None] = _silent,
    ) -> AbstractContextManager[Answer]:
        """Run a query text from outside, past the guard; its answer is read inside the context."""
        return self._questions.asking_text(text, limit, endpoint, warn)

    def lint_queries(self, name: str | None = None) -> Iterator[tuple[Path, Complaint]]:
        """Yield what is wrong with a stored query, or with all of them, each with its file.

        One of the workspace's own is tried on the fixture that stands beside it, if any does.

        Raises:
            CallError: no such query, or it may not be run.
        """
        from kg.querying.fixture_graph import FixtureGraphs
        from kg.querying.fixtures import try_all
        from kg.querying.lint import lint_all

        names = [name] if name else list(self.catalogue.names())
        base, desks = self.config.base, self.config.desks
        yield from lint_all(self.catalogue, names, self.vocabulary.declared, base)
        graphs = FixtureGraphs(self.vocabulary, self._gate.mapper, desks, base)
        yield from try_all(self.catalogue, names, graphs)

    def explain(
        self,
        name: str | None,
        parameters: dict[str, str],
        text: str | None = None,
        limit: int | None = None,
    ) -> Explanation:
        """Run a stored query, or the text of one, and tell its algebra, rows and times.

        Raises:
            CallError: no such query or parameter, or the text may not be run.
            DataError: no such entity, or nothing has been built.
        """
        return self._questions.explain(name, parameters, text, limit)

    @property
    def graph(self) -> Dataset:
        """The graph as an rdflib dataset over the embedded store, read-only, graphs united."""
        from kg.store.rdflib_view import read_only_dataset

        return read_only_dataset(self.generations)

    def export(
        self,
        name: str,
        form: str | None = None,
        articles: str | Sequence[str] = (),
        *,
        part: Part | None = None,
        reference: bool | None = None,
        describe: bool = False,
        stream: IO[bytes] | None = None,
        warn: Callable[[str], None] = _silent,
    ) -> bool:
        """Write the graph or a part of it to a file, or to `stream` for the name ``-``.

        Args:
            name: of the file; its ending tells the format.
            form: the format, if the ending does not.
            articles: ids of the only articles to write; without any, everything.
            part: only the claims it chooses, with what they rest on, or what a query constructs.
            reference: also write the reference data; unless said, with everything and with no part.
            describe: also write ``NAME.manifest.json`` and ``NAME.void.ttl``.
            stream: standard output unless given.
            warn: told where nothing is what was asked for.

        Returns:
            Whether the format knows no graphs, so that they were merged.

        Raises:
            CallError: no such format, or no such part.
            DataError: no such article, event or actor, or nothing has been built.
            EnvironmentFault: the file cannot be written.
        """
        import sys

        from kg.exporting.files import export, target, write_descriptions

        where = target(name, form)
        if describe and where.file is None:
            raise CallError("Standard output has no place for a description; give a file")
        with self._chosen(articles, part, reference, warn) as graphs:
            known, out = prefixes(self.config.base), stream or sys.stdout.buffer
            files = export([each.file for each in graphs], where, known, out)
            if describe:
                write_descriptions(where, files, graphs, self._about)
        return where.merges

    def export_bulk(
        self,
        folder: str | os.PathLike[str],
        loader: str,
        size: int = 0,
        *,
        articles: str | Sequence[str] = (),
        part: Part | None = None,
        reference: bool | None = None,
        progress: Progress = _silent,
        warn: Callable[[str], None] = _silent,
    ) -> list[Path]:
        """Write parts for a store's bulk loader: ``qlever``, ``neptune`` or ``virtuoso``.

        Args:
            folder: a new or empty one, or one in which this was begun before.
            loader: the store they are for.
            size: bytes of a part before it is packed; 256 MB unless given.
            articles: as for `export`.
            part: as for `export`.
            reference: as for `export`.
            progress: told the stage, how many are done, and of how many.
            warn: told where nothing is what was asked for.

        Returns:
            The parts.

        Raises:
            CallError: no such loader, or the folder holds something else.
            DataError: no such article, event or actor, or nothing has been built.
            EnvironmentFault: the folder cannot be written.
        """
        from kg.exporting.bulk import PART_BYTES, export_bulk

        with self._chosen(articles, part, reference, warn) as graphs:
            return export_bulk(
                graphs, Path(folder), loader, self._about, size or PART_BYTES, progress
            )

    def push(
        self,
        name: str,
        *,
        prune: bool = False,
        verify: bool = False,
        profile: str | None = None,
        progress: Progress = _silent,
    ) -> PushReport:
        """Send what changed to a triple store, or with `verify` only compare.

        Args:
            name: of a target in kg.toml, or a URL.
            prune: also delete there what was sent before and is gone here.
            verify: send nothing; say graph by graph whether it is there as it is here.
            profile: of the store, instead of what kg.toml says.
            progress: told the stage, how many are done, and of how many.

        Raises:
            CallError: no such target or profile.
            DataError: nothing has been built.
            EnvironmentFault: the store does not answer, or refuses the credentials.
        """
        with self._pusher(name, profile, progress) as pusher:
            return pusher.verify() if verify else pusher.push(prune=prune)

    def plan_push(self, name: str, profile: str | None = None) -> PushPlan:
        """Say what a push would send, from what was sent before; nothing is asked or sent."""
        with self._pusher(name, profile, _silent) as pusher:
            return pusher.plan()

    def check_ontology(self, progress: Progress = _silent) -> GateReport:
        """Check the ontology, the workspace's own files included: style, terms, consistency.

        Args:
            progress: told the stage, how many steps are done, and of how many.

        Raises:
            EnvironmentFault: owlready2 or the reasoner could not run.
        """
        from kg.ontologies.check import OntologyFiles, check_ontology

        files = OntologyFiles(
            ontology=self.vocabulary.files,
            shapes=self._files("shapes", "*.ttl"),
            queries=self._files("queries", "*/*.rq"),
            context=shipped("ontology") / "context.jsonld",
            style=shipped("shapes") / "style",
        )
        return check_ontology(files, Path.cwd(), progress)

    def ontology(self) -> Ontology:
        """Return the ontology as an rdflib graph and as owlready2 classes.

        ``kg.open(".").ontology().namespace.Claim`` is the class of claims.
        """
        from kg.ontologies.load import load_ontology

        return load_ontology(self.vocabulary.files)

    def info(self) -> dict[str, Any]:
        """Return what is in the store, versions, and where things are, as a JSON object."""
        from kg.store.facts import store_facts

        about: dict[str, Any] = {
            "workspace": str(self.root),
            "name": self.config.name,
            "base": self.config.base,
            "version": __version__,
        }
        return about | store_facts(self.generations)
