"""A workspace: where its things are, and the Python face that ties the rooms together."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from kg import __version__
from kg.errors import CallError, DataError
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import DEFAULT_BASE, DERIVED_GRAPH, REFERENCE_GRAPH, prefixes

if TYPE_CHECKING:
    from rdflib import Dataset

    from kg.building.build import Builder, BuildReport
    from kg.exporting.comparing import Graph
    from kg.exporting.describing import About
    from kg.exporting.outcomes import PushPlan, PushReport
    from kg.exporting.push import Pusher
    from kg.exporting.subsets import Part
    from kg.ontologies.load import Ontology
    from kg.querying.ask import Answer
    from kg.querying.catalogue import Catalogue
    from kg.querying.table import Table
    from kg.store.generations import Generations, Snapshot
    from kg.validation.findings import GateReport
    from kg.validation.gate import Gate, Progress
    from kg.validation.surroundings import Surroundings
    from kg.vocabulary.vocabulary import Vocabulary

CONFIG = "kg.toml"
Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
_BASE = r"[a-z][a-z0-9+.-]*://[^\x00-\x20<>\"{}|^`\\]+[/#]"
_LICENCE = r"https?://[^\x00-\x20<>\"{}|^`\\]+"
SHIPPED_DESKS = {"example-desk": "Example desk"}


def _silent(_stage: str, _done: int, _of: int) -> None:
    """Tell nobody how far the work is."""


class Config(NamedTuple):
    """What ``kg.toml`` says.

    Attributes:
        name: of the workspace.
        base: IRI under which its data stands.
        desks: id to name of those who may assess.
        targets: triple stores by name, as ``[targets.NAME]`` describes them.
        licence: IRI of the licence of the data, empty where it is not said.
    """

    name: str
    base: str
    desks: dict[str, str]
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
    targets = says.get("targets", {})
    if not isinstance(targets, dict) or not all(
        isinstance(each, dict) for each in targets.values()
    ):
        raise CallError(f"{file}: each triple store has a table of its own, [targets.NAME]")
    name = str(workspace.get("name", file.parent.name))
    licence = workspace.get("licence", "")
    if not isinstance(licence, str) or (licence and not re.fullmatch(_LICENCE, licence)):
        raise CallError(f"{file}: workspace.licence must be an IRI")
    return Config(name, base, {**SHIPPED_DESKS, **desks}, targets, licence)


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

    def validate(self, paths: Paths = (), progress: Progress = _silent) -> GateReport:
        """Judge files and folders, records or RDF, without loading them.

        Args:
            paths: what to judge; without any, all records and assessments of the workspace.
            progress: told the stage, how many are done, and of how many.

        Raises:
            CallError: a path does not exist or is nothing that can be judged.
            EnvironmentFault: a file cannot be read.
        """
        from kg.validation.sources import find_sources

        sources = find_sources(self._existing(paths) or self._folders())
        with self._surroundings() as surroundings:
            return self._gate.judge(sources, surroundings, progress).report

    def query(self, name: str, /, **parameters: Any) -> Table:
        """Answer a stored query.

        Args:
            name: of the query.
            parameters: their values, as on the command line.

        Raises:
            CallError: no such query or parameter, or a required one is missing.
            DataError: no such entity, or nothing has been built.
        """
        import pyoxigraph as ox

        from kg.querying.table import collect

        given = {key: str(value) for key, value in parameters.items()}
        with self.asking(name, given) as answer:
            if not isinstance(answer, ox.QuerySolutions):
                raise CallError(f"'{name}' gives a graph, not rows; use kg query")
            return collect(answer)

    @contextlib.contextmanager
    def asking(
        self, name: str, parameters: dict[str, str], limit: int | None = None
    ) -> Iterator[Answer]:
        """Run a stored query; its answer can be read inside the context."""
        from kg.querying.ask import ask, limited
        from kg.querying.entities import Entities
        from kg.querying.parameters import bind

        query = self.catalogue.find(name)
        with self.generations.reading() as snapshot:
            text = bind(query, parameters, Entities(snapshot.store, self.config.base))
            yield ask(snapshot.store, limited(text, limit) if limit else text)

    @contextlib.contextmanager
    def asking_text(self, text: str, limit: int | None = None) -> Iterator[Answer]:
        """Run a query text from outside, past the guard; its answer is read inside the context."""
        from kg.querying.ask import ask, limited
        from kg.sparql.guard import check_query

        check_query(text)
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

    def check_ontology(self) -> GateReport:
        """Check the ontology, the workspace's own files included: style, terms, consistency.

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
        return check_ontology(files, Path.cwd())

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

        return Vocabulary(self._layers("ontology"), self.config.base)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The stored queries, the workspace's own before the shipped ones."""
        from kg.querying.catalogue import Catalogue

        folders = tuple(reversed(self._layers("queries")))
        return Catalogue(folders, shipped("queries"), self.generations.root / "heads.json")

    def _files(self, name: str, pattern: str) -> list[Path]:
        return [file for layer in self._layers(name) for file in sorted(layer.glob(pattern))]

    def _layers(self, name: str) -> tuple[Path, ...]:
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
            shapes=Shapes(self._layers("shapes")),
            checks=Checks(
                tuple(folder / "checks" for folder in self._layers("queries")),
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

        folders = [*self._layers("shapes"), *self._gate.checks.folders]
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

    def _folders(self) -> list[Path]:
        folders = (self.root / "records", self.root / "assessments")
        return [folder for folder in folders if folder.is_dir()]

    def _existing(self, paths: Paths) -> list[Path]:
        """Return the paths as absolute ones: from the current folder, else from the workspace."""
        found = []
        for path in [paths] if isinstance(paths, str | os.PathLike) else paths:
            places = [place for place in (Path(path), self.root / path) if place.exists()]
            if not places:
                raise CallError(f"There is no file or folder {path}")
            found.append(places[0].absolute())
        return found
