"""The rooms of a workspace, each furnished when first entered; only this knows where things are."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg import __version__
from kg.config import CONFIG, Config, read_config
from kg.errors import CallError
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import REFERENCE_GRAPH

if TYPE_CHECKING:
    from kg.building.build import Builder
    from kg.exporting.choosing import Graphs
    from kg.exporting.describing import About
    from kg.exporting.graphs import Graph
    from kg.exporting.push import Pusher
    from kg.exporting.subsets import Part
    from kg.querying.ask import Questions
    from kg.querying.catalogue import Catalogue
    from kg.store.generations import Generations
    from kg.validation.gate import Gate, Progress
    from kg.validation.judging import Judging
    from kg.validation.surroundings import Surroundings
    from kg.vocabulary.vocabulary import Vocabulary

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]


@contextlib.contextmanager
def open_gate(root: Path, files: Sequence[Path]) -> Iterator[tuple[Gate, Surroundings]]:
    """Open the gate of a workspace for files of which others judge a share.

    What the last build has of any of them does not count: another process sees what became of it.
    """
    judging = Rooms(root, read_config(root / CONFIG))._judging
    with judging.surroundings(without=files) as surroundings:
        yield judging.gate, surroundings


class Rooms:
    """What works on a workspace, given the folders, the settings and the store it works with."""

    def __init__(self, root: Path, config: Config) -> None:
        """Take the folder `root` with what its kg.toml says; `kg.open` is the way here."""
        self.root = root
        self.config = config

    @cached_property
    def generations(self) -> Generations:
        """The store."""
        from kg.store.generations import Generations

        return Generations(self.root / ".kg")

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Schemes and reference data, the workspace's own included."""
        from kg.building.tombstones import read_tombstones
        from kg.vocabulary.vocabulary import Vocabulary

        gone = read_tombstones(self.root)
        return Vocabulary(self.layers("ontology"), self.config.base, gone)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The stored queries, the workspace's own before the shipped ones."""
        from kg.querying.catalogue import Catalogue

        folders = tuple(reversed(self.layers("queries")))
        return Catalogue(folders, shipped("queries"), self.generations.root / "heads.json")

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

    @property
    def _judging(self) -> Judging:
        from kg.validation.judging import Judging

        return Judging(self._gate, self.vocabulary, self.generations, self._folders())

    @cached_property
    def _questions(self) -> Questions:
        from kg.querying.ask import Questions

        config = self.config
        return Questions(self.catalogue, self.generations, config.base, self.root, config.endpoints)

    @property
    def _about(self) -> About:
        from kg.exporting.describing import About

        return About(self.config.name, self.config.base, self.config.licence, __version__)

    @contextlib.contextmanager
    def _graphs(self) -> Iterator[Graphs]:
        from kg.exporting.choosing import Graphs

        with self.generations.reading() as snapshot:
            yield Graphs.of(snapshot, self.generations.files, self.config.base)

    @contextlib.contextmanager
    def _chosen(
        self,
        articles: str | Sequence[str],
        part: Part | None,
        reference: bool | None,
        warn: Callable[[str], None],
    ) -> Iterator[list[Graph]]:
        """Give the graphs to export; reference data, unless said, with all and with no part."""
        only = [articles] if isinstance(articles, str) else articles
        with_reference = not only and part is None if reference is None else reference
        with self._graphs() as all_, all_.chosen(only, part, reference=with_reference) as graphs:
            own = [graph for graph in graphs if graph.name != self.config.base + REFERENCE_GRAPH]
            if not any(graph.size for graph in (graphs if part is None else own)):
                warn("nothing in the graph is what was asked for, so nothing of it is written")
            yield graphs

    @contextlib.contextmanager
    def _pusher(self, name: str, profile: str | None, progress: Progress) -> Iterator[Pusher]:
        from kg.exporting.push import Pusher
        from kg.remote.targets import find_target

        target = find_target(self.config.targets, name, profile)
        folder = self.generations.root / "push"
        with self._graphs() as graphs:
            yield Pusher(target, graphs.all(), self.config.base, folder, os.environ, progress)

    def _files(self, name: str, pattern: str) -> list[Path]:
        return [file for layer in self.layers(name) for file in sorted(layer.glob(pattern))]

    def layers(self, name: str) -> tuple[Path, ...]:
        """Return the shipped folder `name`, and the workspace's own that extends it."""
        own = self.root / name
        return (shipped(name), own) if own.is_dir() else (shipped(name),)

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

    def _to_build(self, paths: Paths) -> list[Path]:
        """Return the paths that a build is to look at.

        Raises:
            CallError: one does not exist, or has nothing to do with the folders that a build maps.
        """
        found = self._existing(paths)
        folders = [folder.absolute() for folder in self._folders()]
        for path in found:
            apart = (
                not path.is_relative_to(folder) and not folder.is_relative_to(path)
                for folder in folders
            )
            if all(apart):
                raise CallError(
                    f"A build maps what lies in records/ and assessments/, and {path} does not; "
                    "put it there, or judge it with 'kg validate'"
                )
        return found
