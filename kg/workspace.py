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
from kg.vocabulary.terms import DEFAULT_BASE, REFERENCE_GRAPH, prefixes

if TYPE_CHECKING:
    from rdflib import Dataset

    from kg.building.build import Builder, BuildReport
    from kg.extraction.articles import Drafter
    from kg.ontologies.load import Ontology
    from kg.querying.ask import Answer
    from kg.querying.catalogue import Catalogue
    from kg.querying.table import Table
    from kg.records.model import Record
    from kg.reviewing.session import Session
    from kg.store.generations import Generations
    from kg.validation.findings import GateReport
    from kg.validation.gate import Gate, Progress
    from kg.validation.surroundings import Surroundings
    from kg.vocabulary.vocabulary import Vocabulary

CONFIG = "kg.toml"
Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
_BASE = r"[a-z][a-z0-9+.-]*://[^\x00-\x20<>\"{}|^`\\]+[/#]"
SHIPPED_DESKS = {"example-desk": "Example desk"}


def _silent(_stage: str, _done: int, _of: int) -> None:
    """Tell nobody how far the work is."""


class Config(NamedTuple):
    """What ``kg.toml`` says.

    Attributes:
        name: of the workspace.
        base: IRI under which its data stands.
        desks: id to name of those who may assess.
    """

    name: str
    base: str
    desks: dict[str, str]


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
    name = str(workspace.get("name", file.parent.name))
    return Config(name, base, {**SHIPPED_DESKS, **desks})


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
        reference: bool = True,
        stream: IO[bytes] | None = None,
    ) -> bool:
        """Write the graph to a file, or to `stream` for the name ``-``.

        Args:
            name: of the file; its ending tells the format.
            form: the format, if the ending does not.
            articles: ids of the only articles to write; without any, everything.
            reference: also write the reference data.
            stream: standard output unless given.

        Returns:
            Whether the format knows no graphs, so that they were merged.

        Raises:
            CallError: no such format.
            DataError: no such article, or nothing has been built.
            EnvironmentFault: the file cannot be written.
        """
        import sys

        from kg.exporting.files import export, target

        where = target(name, form)
        with self.generations.reading() as snapshot:
            graphs: dict[str, str] = snapshot.manifest["graphs"]
            only = [articles] if isinstance(articles, str) else articles
            chosen = self._chosen(graphs, only, reference=reference)
            files = [self.generations.files.path(graphs[graph]) for graph in chosen]
            known = prefixes(self.config.base)
            export(files, where, known, stream or sys.stdout.buffer)
        return where.merges

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

        return Vocabulary(self.layers("ontology"), self.config.base)

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
