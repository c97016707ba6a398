"""Which graphs of the store are exported or pushed: all, those of articles, or a part of them."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from kg.errors import DataError, did_you_mean
from kg.exporting.graphs import Graph
from kg.store.canonical import QuadFiles
from kg.store.generations import Snapshot
from kg.vocabulary.terms import DERIVED_GRAPH, REFERENCE_GRAPH

if TYPE_CHECKING:
    from kg.exporting.subsets import Part


class Graphs(NamedTuple):
    """The graphs of a generation, each a file of canonical N-Quads.

    Attributes:
        snapshot: the generation.
        digests: name of each graph, below `base`, to the digest of its N-Quads.
        files: where the N-Quads lie.
        base: IRI below which the graphs' names lie.
    """

    snapshot: Snapshot
    digests: Mapping[str, str]
    files: QuadFiles
    base: str

    @classmethod
    def of(cls, snapshot: Snapshot, files: QuadFiles, base: str) -> Self:
        """Return the graphs of `snapshot`, whose manifest is read once."""
        return cls(snapshot, snapshot.manifest["graphs"], files, base)

    def all(self) -> list[Graph]:
        """Return every graph, in the order of names."""
        return self._files(self.digests)

    @contextlib.contextmanager
    def chosen(
        self, articles: Sequence[str], part: Part | None, *, reference: bool
    ) -> Iterator[list[Graph]]:
        """Give what is chosen, in the order of names; what a part makes lies aside meanwhile.

        Args:
            articles: ids of the only articles; without any, everything.
            part: only the claims it chooses, or what a query constructs.
            reference: whether the reference data is chosen with them.

        Raises:
            CallError: a period or a query of the part is none.
            DataError: no such article, event or actor.
        """
        names = self._names(articles, reference=reference)
        if part is None:
            yield self._files(names)
            return
        from kg.exporting.subsets import choose

        own = self._files(names - {REFERENCE_GRAPH, DERIVED_GRAPH})
        with tempfile.TemporaryDirectory(prefix="kg-export-") as aside:
            chosen = choose(part, self.snapshot.store, self.base, own, Path(aside))
            if reference:
                chosen += self._files([REFERENCE_GRAPH])
            yield sorted(chosen, key=lambda graph: graph.name)

    def _files(self, names: Iterable[str]) -> list[Graph]:
        digests = ((name, self.digests[name]) for name in sorted(names))
        return [Graph(self.base + name, each, self.files.path(each)) for name, each in digests]

    def _names(self, articles: Sequence[str], *, reference: bool) -> set[str]:
        for article in articles:
            if f"article/{article}" not in self.digests:
                ids = (name.partition("article/") for name in self.digests)
                known = [name for _, found, name in ids if found]
                raise DataError(f"There is no article '{article}'{did_you_mean(article, known)}")
        if articles:
            names = {f"article/{article}" for article in articles}
            return names | {REFERENCE_GRAPH} if reference else names
        return {name for name in self.digests if reference or name != REFERENCE_GRAPH}
