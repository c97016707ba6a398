"""A workspace: where its things are, and the Python face that ties the rooms together."""

from __future__ import annotations

import contextlib
import functools
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from kg import __version__
from kg.errors import CallError, DataError
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import DEFAULT_BASE, DERIVED_GRAPH, REFERENCE_GRAPH, prefixes

if TYPE_CHECKING:
    from pyoxigraph import Store
    from rdflib import Dataset

    from kg.building.build import Builder, BuildReport
    from kg.exporting.comparing import Graph
    from kg.exporting.describing import About
    from kg.exporting.outcomes import PushPlan, PushReport
    from kg.exporting.push import Pusher
    from kg.exporting.subsets import Part
    from kg.extraction.articles import Drafter
    from kg.ontologies.load import Ontology
    from kg.querying.ask import Answer
    from kg.querying.catalogue import Catalogue, StoredQuery
    from kg.querying.endpoints import Endpoint
    from kg.querying.explain import Explanation
    from kg.querying.lint import Complaint
    from kg.querying.table import Table
    from kg.records.model import Record
    from kg.reviewing.session import Session
    from kg.store.generations import Generations, Snapshot
    from kg.validation.findings import GateReport
    from kg.validation.gate import Gate, Progress
    from kg.validation.pages import Pages
    from kg.validation.surroundings import Surroundings
    from kg.vocabulary.vocabulary import Vocabulary

CONFIG = "kg.toml"
REDACTIONS = "redactions.toml"
Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
_BASE = r"[a-z][a-z0-9+.-]*://[^\x00-\x20<>\"{}|^`\\]+[/#]"
# From so many files on, other processes are worth their start.
MANY = 200
_LICENCE = r"https?://[^\x00-\x20<>\"{}|^`\\]+"
SHIPPED_DESKS = {"example-desk": "Example desk"}


@contextlib.contextmanager
def _open_gate(root: Path, files: Sequence[Path]) -> Iterator[tuple[Gate, Surroundings]]:
    """Open the gate of a workspace for files of which others judge a share.

    What the last build has of any of them does not count: another process sees what became of it.
    """
    from dataclasses import replace

    workspace = open_workspace(root)
    with workspace._surroundings() as surroundings:
        articles = workspace._built_from(files)
        replaced = frozenset(f"{workspace.config.base}article/{article}" for article in articles)
        yield workspace._gate, replace(surroundings, replaced=surroundings.replaced | replaced)


def _silent(_stage: str, _done: int, _of: int) -> None:
    """Tell nobody how far the work is."""


def _unheard(_words: str) -> None:
    """Warn nobody."""


class Config(NamedTuple):
    """What ``kg.toml`` says.

    Attributes:
        name: of the workspace.
        base: IRI under which its data stands.
        desks: id to name of those who may assess.
        endpoints: SPARQL endpoints by name, as ``[endpoints.NAME]`` describes them.
        targets: triple stores by name, as ``[targets.NAME]`` describes them.
        licence: IRI of the licence of the data, empty where it is not said.
    """

    name: str
    base: str
    desks: dict[str, str]
    endpoints: dict[str, dict[str, Any]]
    targets: dict[str, dict[str, Any]]
    licence: str = ""


def open_workspace(path: str | os.PathLike[str] = ".") -> Workspace:
    """Return the workspace at `path` or, as git does it, the nearest one above.

    Raises:
        CallError: there is none, or its kg.toml is no good.
    """
    start = Path(path).resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return Workspace(folder, read_config(folder / CONFIG))
    raise CallError(
        f"There is no workspace ({CONFIG}) in {start} or above; 'kg init DIR' starts one"
    )


def extract(
    text: str,
    *,
    published: str,
    name: str | None = None,
    title: str | None = None,
) -> Record:
    """Return the draft record of an article, by the rules and the package's reference data.

    Args:
        text: the article.
        published: when it appeared, as EDTF: dates in the text count from that day.
        name: the id of the article; without it, one is made of its date and title.
        title: of the article; without it, its first heading or first words.

    Raises:
        CallError: `published` is no EDTF date.
    """
    from kg.extraction.articles import checked_date
    from kg.extraction.pipeline import About

    about = About(checked_date(published, Path("article")), id=name, title=title)
    return drafter(None).extractor.record(text, about)


def workspace_root(path: str | os.PathLike[str]) -> Path | None:
    """Return the folder of the workspace at `path` or above, None where there is none."""
    start = Path(path).resolve()
    return next((f for f in (start, *start.parents) if (f / CONFIG).is_file()), None)


def drafter(path: str | os.PathLike[str] | None, extractor_name: str = "rules") -> Drafter:
    """Return what drafts records, with what the workspace at `path` or above adds, if any does.

    Args:
        path: a folder in a workspace, or not.
        extractor_name: ``rules``, or ``llm`` for the model that the environment names.

    Raises:
        CallError: the environment names no model.
        EnvironmentFault: the client for models is not installed.
    """
    from kg.extraction.articles import Drafter
    from kg.extraction.pipeline import extractor

    root = workspace_root(path) if path is not None else None
    if root is not None:
        own = open_workspace(root)
        layers = own.layers("ontology"), own.layers("lexicons")
        rules = extractor(*layers, own.config.base)
    else:
        rules = extractor((shipped("ontology"),), (shipped("lexicons"),))
    model = None
    if extractor_name == "llm":
        from kg.extraction.language_model import ModelExtractor, model_from_environment

        model = ModelExtractor(rules, model_from_environment())
    return Drafter(rules, root, model)


def read_config(file: Path) -> Config:
    """Read a ``kg.toml``.

    Raises:
        CallError: it is no TOML, or a value is of the wrong kind.
    """
    import tomllib

    try:
        says: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CallError(f"{file} is no TOML that can be read: {error}") from error
    workspace = says.get("workspace", {})
    if not isinstance(workspace, dict) or not isinstance(says.get("desks", {}), dict):
        raise CallError(f"{file}: [workspace] and [desks] are tables of key = value lines")
    base = workspace.get("base", DEFAULT_BASE)
    desks = says.get("desks", {})
    if not isinstance(base, str) or not re.fullmatch(_BASE, base):
        raise CallError(f"{file}: workspace.base must be an IRI that ends in / or #")
    if not all(isinstance(name, str) for name in desks.values()):
        raise CallError(f'{file}: under [desks] write: desk-id = "Name of the desk"')
    endpoints, targets = (_tables(file, says, key) for key in ("endpoints", "targets"))
    name = str(workspace.get("name", file.parent.name))
    licence = workspace.get("licence", "")
    if not isinstance(licence, str) or (licence and not re.fullmatch(_LICENCE, licence)):
        raise CallError(f"{file}: workspace.licence must be an IRI")
    return Config(name, base, {**SHIPPED_DESKS, **desks}, endpoints, targets, licence)


def _tables(file: Path, says: dict[str, Any], key: str) -> dict[str, dict[str, Any]]:
    tables = says.get(key, {})
    if not isinstance(tables, dict) or not all(isinstance(each, dict) for each in tables.values()):
        raise CallError(f"{file}: each of the {key} has a table of its own, [{key}.NAME]")
    return tables


def open_pages(path: str | os.PathLike[str] = ".") -> Pages:
    """Return the pages of all codes; in a workspace with its own, in the folder ``findings/``."""
    from kg.validation.pages import Pages

    folders = [shipped("docs/findings")]
    with contextlib.suppress(CallError):  # codes are explained outside a workspace too
        folders.append(open_workspace(path).root / "findings")
    return Pages(tuple(folders))


def _write_all(root: Path, origin: Path, contents: Mapping[Path, str]) -> None:
    """Write files of the workspace `origin` where they lie in `root`, each all at once."""
    for file, text in contents.items():
        target = root / file.relative_to(origin)
        aside = target.with_name(f"{target.name}.tmp")
        aside.write_bytes(text.encode())
        aside.replace(target)


class Workspace:
    """A folder with ``kg.toml``, ``articles/``, ``records/`` and ``assessments/``."""

    def __init__(self, root: Path, config: Config) -> None:
        """Take the folder `root` with what its kg.toml says; `kg.open` is the way here."""
        self.root = root
        self.config = config

    def build(self, paths: Paths = (), progress: Progress = _silent) -> BuildReport:
        """Make the store equal to the files, all or nothing.

        Args:
            paths: look only at these files and folders.
            progress: told the stage, how many are done, and of how many.

        Raises:
            CallError: a path does not exist.
            EnvironmentFault: another build is running, or something cannot be read or written.
        """
        report = self._builder.build(self._existing(paths), progress)
        self.catalogue.remember()
        return report

    def check_build(self, paths: Paths = ()) -> BuildReport:
        """Say what a build would change; writes nothing."""
        return self._builder.check(self._existing(paths))

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

        from kg.validation.changes import find_changed, judge_changed
        from kg.validation.findings import shown
        from kg.validation.sources import find_sources

        contents = {self._named(name): content for name, content in (given or {}).items()}
        sources = find_sources([*contents, *self._existing(paths)] or self._folders())
        shapes = replace(self._gate.shapes, by_pyshacl=by_pyshacl)
        gate = replace(self._gate, given=contents, shapes=shapes)
        alone = by_pyshacl or contents or changed is not None
        if processes > 1 and len(sources) >= MANY and not alone:
            from kg.validation.parallel import ParallelGate

            opener = functools.partial(_open_gate, self.root, tuple(sources))
            report = ParallelGate(opener, processes).judge(sources, progress)
            return replace(report, files=tuple(shown(file, gate.start) for file in sources))
        with self._surroundings() as surroundings:
            if changed is None:
                report = gate.judge(sources, surroundings, progress).report
            else:
                sources = find_changed(self.root, changed, sources)
                every = find_sources(self._folders(), records_only=True)
                report = judge_changed(gate, sources, every, surroundings, progress)
        return replace(
            report,
            files=tuple(shown(file, gate.start) for file in sources),
            given={shown(file, gate.start): content for file, content in contents.items()},
        )

    def assess(
        self,
        claim: str,
        *,
        status: str,
        rationale: str,
        kind: str | None = None,
        by: str | None = None,
        dated: str | None = None,
        replacement: Sequence[Any] = (),
    ) -> tuple[Path, GateReport]:
        """Judge a claim: write an assessment file, if the gate lets it; `build` then loads it.

        Args:
            claim: the claim, as ARTICLE-ID/CLAIM-ID.
            status: ``unverified``, ``confirmed``, ``disputed`` or ``refuted``.
            rationale: what the judgement rests on.
            kind: what went wrong, a concept of the scheme error-kind.
            by: id of the desk; the workspace's only one unless given.
            dated: the day from which it stands; today unless given.
            replacement: values held to be right, each a mapping as a record writes it.

        Returns:
            The file, and the gate's report; where that does not conform, nothing was written.

        Raises:
            CallError: no desk is named where there are several, or the file exists already.
            EnvironmentFault: the file cannot be written.
        """
        from datetime import UTC, datetime

        from kg.records.assessing import assessment_file
        from kg.validation.proposing import propose

        desk = by or self._only_desk()
        day = dated or datetime.now(UTC).date().isoformat()
        claim = claim.removeprefix(f"{self.config.base}claim/")
        name = re.sub(r"[^a-z0-9-]+", "-", f"{claim}-{day}-{desk}".lower())
        file = self.root / "assessments" / f"{name}.yaml"
        if file.exists():
            raise CallError(
                f"{file.relative_to(self.root)} exists: the desk judged this claim on that day; "
                "assessments are added, not changed: give another --dated"
            )
        content = assessment_file(
            {
                "claim": claim,
                "status": status,
                "kind": kind,
                "by": desk,
                "dated": day,
                "rationale": rationale,
                "replacement": list(replacement),
            }
        )
        return file, propose(file, content, self.validate, Path.cwd())

    def _only_desk(self) -> str:
        own = [desk for desk in self.config.desks if desk not in SHIPPED_DESKS]
        desks = own or list(SHIPPED_DESKS)
        if len(desks) > 1:
            raise CallError(f"Which desk judges? Give --by: {', '.join(desks)}")
        return desks[0]

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

        def check(candidate: Path) -> list[str]:
            found = self.validate(candidate).findings
            return [finding.message for finding in found if finding.severity == "error"]

        if wrong := check(file):
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
            parameters: their values, as on the command line.

        Raises:
            CallError: no such query or parameter, or a required one is missing.
            DataError: no such entity, or nothing has been built.
            EnvironmentFault: the endpoint cannot be reached, or does not answer.
        """
        import pyoxigraph as ox

        from kg.querying.table import collect

        given = {key: str(value) for key, value in parameters.items()}
        with self.asking(name, given, endpoint=endpoint) as answer:
            if not isinstance(answer, ox.QuerySolutions):
                raise CallError(f"'{name}' gives a graph, not rows; use kg query")
            return collect(answer)

    @contextlib.contextmanager
    def asking(
        self,
        name: str,
        parameters: dict[str, str],
        limit: int | None = None,
        endpoint: str | None = None,
        warn: Callable[[str], None] = _unheard,
    ) -> Iterator[Answer]:
        """Run a stored query; its answer can be read inside the context."""
        from kg.querying.ask import ask, limited
        from kg.querying.entities import StoredEntities
        from kg.querying.parameters import bind

        query = self.catalogue.find(name)
        if endpoint:
            from kg.querying.remote import RemoteEntities, ask_remote

            where = self._endpoint(endpoint)
            text = bind(query, parameters, RemoteEntities(where, self.config.base))
            text = limited(text, limit) if limit else text
            yield ask_remote(where, text, warn, total_order=True)
            return
        with self.generations.reading() as snapshot:
            known = self._given(query, snapshot.store)
            text = bind(query, parameters, StoredEntities(snapshot.store, self.config.base), known)
            yield ask(snapshot.store, limited(text, limit) if limit else text)

    def lint_queries(self, name: str | None = None) -> Iterator[tuple[Path, Complaint]]:
        """Yield what is wrong with a stored query, or with all of them, each with its file.

        Raises:
            CallError: no such query, or it may not be run.
        """
        from kg.querying.lint import lint
        from kg.vocabulary.terms import RDF_TYPE

        declared = {
            getattr(triple.subject, "value", "")
            for triple in self.vocabulary.triples
            if triple.predicate.value == RDF_TYPE
        }
        for each in [name] if name else self.catalogue.names():
            query = self.catalogue.find(each)
            for complaint in lint(query, declared):
                yield query.file, complaint

    def explain(
        self, name: str | None, parameters: dict[str, str], text: str | None = None
    ) -> Explanation:
        """Run a stored query, or the text of one, and tell its algebra, rows and times.

        Raises:
            CallError: no such query or parameter, or the text may not be run.
            DataError: no such entity, or nothing has been built.
        """
        from kg.querying.entities import StoredEntities
        from kg.querying.explain import explain
        from kg.querying.parameters import bind
        from kg.sparql.guard import check_query

        with self.generations.reading() as snapshot:
            if text:
                check_query(text)
            else:
                query = self.catalogue.find(name or "")
                entities = StoredEntities(snapshot.store, self.config.base)
                text = bind(query, parameters, entities, self._given(query, snapshot.store))
            return explain(snapshot.store, text)

    def _endpoint(self, name: str) -> Endpoint:
        from kg.querying.endpoints import find_endpoint

        return find_endpoint(self.config.endpoints, name, os.environ)

    def _given(self, query: StoredQuery, store: Store) -> dict[str, str]:
        """Return what kg itself puts into `query`, variable to terms."""
        if "stale" not in query.given:
            return {}
        from kg.querying.given import STALE, stale_quotes

        return {STALE: stale_quotes(store, self.root)}

    @contextlib.contextmanager
    def asking_text(
        self,
        text: str,
        limit: int | None = None,
        endpoint: str | None = None,
        warn: Callable[[str], None] = _unheard,
    ) -> Iterator[Answer]:
        """Run a query text from outside, past the guard; its answer is read inside the context."""
        from kg.querying.ask import ask, limited
        from kg.sparql.guard import check_query

        check_query(text)
        if endpoint:
            from kg.querying.remote import ask_remote

            text = limited(text, limit) if limit else text
            yield ask_remote(self._endpoint(endpoint), text, warn, total_order=False)
            return
        with self.generations.reading() as snapshot:
            yield ask(snapshot.store, limited(text, limit) if limit else text)

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

        Returns:
            Whether the format knows no graphs, so that they were merged.

        Raises:
            CallError: no such format, or no such part.
            DataError: no such article, event or actor, or nothing has been built.
            EnvironmentFault: the file cannot be written.
        """
        import sys
        import tempfile

        from kg.exporting.files import export, target, write_descriptions

        where = target(name, form)
        if describe and where.file is None:
            raise CallError("Standard output has no place for a description; give a file")
        only = [articles] if isinstance(articles, str) else articles
        with (
            self.generations.reading() as snapshot,
            tempfile.TemporaryDirectory(prefix="kg-export-") as aside,
        ):
            if reference is None:
                reference = part is None
            graphs = self._graphs(snapshot, only, part, Path(aside), reference=reference)
            known = prefixes(self.config.base)
            files = export(
                [each.file for each in graphs], where, known, stream or sys.stdout.buffer
            )
            if describe and where.file:
                write_descriptions(where, files, graphs, self._about)
        return where.merges

    def export_bulk(self, folder: str | os.PathLike[str], loader: str, size: int = 0) -> list[Path]:
        """Write parts for a store's bulk loader: ``qlever``, ``neptune`` or ``virtuoso``.

        Args:
            folder: a new or empty one, or one in which this was begun before.
            loader: the store they are for.
            size: bytes of a part before it is packed; 256 MB unless given.

        Returns:
            The parts.

        Raises:
            CallError: no such loader, or the folder holds something else.
            DataError: nothing has been built.
            EnvironmentFault: the folder cannot be written.
        """
        from kg.exporting.bulk import PART_BYTES, export_bulk

        with self.generations.reading() as snapshot:
            graphs = self._stored(snapshot, sorted(snapshot.manifest["graphs"]))
            return export_bulk(graphs, Path(folder), loader, self._about, size or PART_BYTES)

    @property
    def _about(self) -> About:
        from kg.exporting.describing import About

        return About(self.config.name, self.config.base, self.config.licence, __version__)

    def _stored(self, snapshot: Snapshot, names: Sequence[str]) -> list[Graph]:
        from kg.exporting.comparing import Graph

        graphs: dict[str, str] = snapshot.manifest["graphs"]
        base, files = self.config.base, self.generations.files
        return [Graph(base + name, graphs[name], files.path(graphs[name])) for name in names]

    def _graphs(
        self,
        snapshot: Snapshot,
        articles: Sequence[str],
        part: Part | None,
        aside: Path,
        *,
        reference: bool,
    ) -> list[Graph]:
        """Return what to export, in the order of names; what a part makes is written `aside`."""
        names = self._chosen(snapshot.manifest["graphs"], articles, reference=reference)
        if part is None:
            return self._stored(snapshot, names)
        from kg.exporting.subsets import choose

        own = [name for name in names if name not in (REFERENCE_GRAPH, DERIVED_GRAPH)]
        chosen = choose(part, snapshot.store, self.config.base, self._stored(snapshot, own), aside)
        if reference:
            chosen += self._stored(snapshot, [REFERENCE_GRAPH])
        return sorted(chosen, key=lambda graph: graph.name)

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

    @contextlib.contextmanager
    def _pusher(self, name: str, profile: str | None, progress: Progress) -> Iterator[Pusher]:
        from kg.exporting.push import Pusher
        from kg.remote.targets import find_target

        target = find_target(self.config.targets, name, profile)
        with self.generations.reading() as snapshot:
            yield Pusher(
                target,
                self._stored(snapshot, sorted(snapshot.manifest["graphs"])),
                self.config.base,
                self.generations.root / "push",
                os.environ,
                progress,
            )

    def _chosen(
        self, graphs: dict[str, str], articles: Sequence[str], *, reference: bool
    ) -> list[str]:
        for article in articles:
            if f"article/{article}" not in graphs:
                from kg.errors import did_you_mean

                known = [name.removeprefix("article/") for name in graphs if "article/" in name]
                raise DataError(f"There is no article '{article}'{did_you_mean(article, known)}")
        if articles:
            return sorted(f"article/{article}" for article in set(articles))
        return sorted(name for name in graphs if reference or name != REFERENCE_GRAPH)

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

    @cached_property
    def generations(self) -> Generations:
        """The store."""
        from kg.store.generations import Generations

        return Generations(self.root / ".kg")

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Schemes and reference data, the workspace's own included."""
        from kg.vocabulary.vocabulary import Vocabulary

        return Vocabulary(self.layers("ontology"), self.config.base, self._redacted())

    def _redacted(self) -> frozenset[str]:
        """Return the digests of the ids of those who were taken out."""
        file = self.root / REDACTIONS
        if not file.is_file():
            return frozenset()
        import tomllib

        try:
            tombstones = tomllib.loads(file.read_text(encoding="utf-8")).get("redacted", [])
            return frozenset(str(each["id_sha256"]) for each in tombstones)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CallError(f"{file} cannot be read: {error}") from error

    def redact(self, person: str, reason: str) -> list[Path]:
        """Take a person out of files and store, and leave a tombstone.

        Names become blocks of the same length in articles and records, digests are renewed, the
        person's claims are those of an unnamed source, and the store is built anew: nothing of
        before is left in it, nor in what is exported from then on. Nothing is changed unless what
        comes out passes the gate. What git or other stores hold is not touched.

        Args:
            person: the actor's id.
            reason: why, for the tombstone.

        Returns:
            The files that were changed.

        Raises:
            DataError: there is no such person, or the gate refuses what would come out.
            EnvironmentFault: something cannot be read or written.
        """
        import shutil
        import tempfile
        from datetime import UTC, datetime

        from kg.building.redacting import names_of, redacted_files, tombstone
        from kg.validation.sources import find_sources

        with self.generations.reading() as snapshot:
            names = names_of(snapshot.store, self.config.base, person)
        records = find_sources(self._folders(), records_only=True)
        changed = redacted_files(self.root, records, person, names)
        file = self.root / REDACTIONS
        before = file.read_text(encoding="utf-8") if file.is_file() else ""
        today = datetime.now(UTC).date().isoformat()
        changed[file] = tombstone(before, person, reason, today)
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "workspace"
            shutil.copytree(self.root, copy, ignore=shutil.ignore_patterns(".kg", ".git"))
            _write_all(copy, self.root, changed)
            report = Workspace(copy, self.config).build().report
        if not report.conforms:
            words = next(each.message for each in report.findings if each.severity == "error")
            raise DataError(f"Nothing was changed; what would come out is refused: {words}")
        _write_all(self.root, self.root, changed)
        with self.generations.exclusive():
            shutil.rmtree(self.generations.root / "generations", ignore_errors=True)
            shutil.rmtree(self.generations.root / "quads", ignore_errors=True)
            (self.generations.root / "current").unlink(missing_ok=True)
        Workspace(self.root, self.config).build()
        return sorted(changed)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The stored queries, the workspace's own before the shipped ones."""
        from kg.querying.catalogue import Catalogue

        folders = tuple(reversed(self.layers("queries")))
        return Catalogue(folders, shipped("queries"), self.generations.root / "heads.json")

    def _files(self, name: str, pattern: str) -> list[Path]:
        return [file for layer in self.layers(name) for file in sorted(layer.glob(pattern))]

    def layers(self, name: str) -> tuple[Path, ...]:
        """Return the shipped folder `name`, and the workspace's own that extends it."""
        own = self.root / name
        return (shipped(name), own) if own.is_dir() else (shipped(name),)

    @cached_property
    def _gate(self) -> Gate:
        from kg.mapping.context import load_context
        from kg.mapping.quads import Mapper
        from kg.validation.checks import Checks
        from kg.validation.gate import Gate
        from kg.validation.shapes import Shapes

        return Gate(
            workspace=self.root,
            mapper=Mapper(load_context(shipped("ontology") / "context.jsonld"), self.config.base),
            shapes=Shapes(self.layers("shapes")),
            checks=Checks(
                tuple(folder / "checks" for folder in self.layers("queries")),
                shipped("queries") / "checks",
            ),
            desks=self.config.desks,
            start=Path.cwd(),
        )

    @property
    def _builder(self) -> Builder:
        from kg.building.build import Builder
        from kg.building.fingerprint import fingerprint
        from kg.validation.sources import find_sources

        folders = [*self.layers("shapes"), *self._gate.checks.folders]
        return Builder(
            workspace=self.root,
            files=find_sources(self._folders(), records_only=True),
            generations=self.generations,
            vocabulary=self.vocabulary,
            gate=self._gate,
            version=__version__,
            fingerprint=fingerprint(self.vocabulary, folders, self.config.desks, __version__),
        )

    @contextlib.contextmanager
    def _surroundings(self) -> Iterator[Surroundings]:
        from kg.validation.surroundings import Surroundings

        if self.generations.current() is None:
            yield Surroundings(self.vocabulary)
            return
        with self.generations.reading() as snapshot:
            yield Surroundings(self.vocabulary, snapshot.store)

    def _built_from(self, files: Sequence[Path]) -> set[str]:
        """Return the articles that the last build has from these files."""
        if self.generations.current() is None:
            return set()
        with self.generations.reading() as snapshot:
            records = snapshot.manifest.get("records", {})
        names = {str(file.relative_to(self.root)) for file in files if self.root in file.parents}
        return {
            article
            for name in names & records.keys()
            for article in records[name].get("articles", ())
        }

    def _folders(self) -> list[Path]:
        folders = (self.root / "records", self.root / "assessments")
        return [folder for folder in folders if folder.is_dir()]

    def _named(self, name: str) -> Path:
        """Return where a file of this name lies, or would lie."""
        from kg.validation.sources import STANDARD_INPUT

        if name == str(STANDARD_INPUT):
            return STANDARD_INPUT
        in_workspace = self.root / name
        here = Path(name)
        return in_workspace if in_workspace.exists() and not here.exists() else here.absolute()

    def _existing(self, paths: Paths) -> list[Path]:
        """Return the paths as absolute ones: from the current folder, else from the workspace."""
        found = []
        for path in [paths] if isinstance(paths, str | os.PathLike) else paths:
            places = [place for place in (Path(path), self.root / path) if place.exists()]
            if not places:
                raise CallError(f"There is no file or folder {path}")
            found.append(places[0].absolute())
        return found
