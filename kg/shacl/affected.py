"""What a change breaks elsewhere: focus nodes outside it whose shapes look into it.

A shape sees a changed triple if it reads the triple's predicate at the end of some path from its
focus node: the last step of ``( kg:refersTo skos:prefLabel )``, the type that ``sh:class`` asks of
a value, the properties of a nested shape, anything walked backwards; and at the focus node itself
what makes it one. Those reads are known when
shapes are compiled. For each changed triple its path is walked back to the focus nodes, and exactly
those are checked again. A constraint in SPARQL may look anywhere; it is checked again only on the
nodes of the change itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from kg.shacl.graph import Data, Triple
from kg.shacl.model import Shape
from kg.shacl.paths import Path, follow, inverted
from kg.shacl.terms import Term

_Where = tuple[Path | None, bool]


@dataclass(frozen=True)
class Dependencies:
    """Which shapes read a predicate beyond their focus node, and by which path from it."""

    shapes: tuple[Shape, ...]

    @cached_property
    def reads(self) -> dict[Term | None, dict[_Where, list[Shape]]]:
        """Predicate to path, whether it is walked backwards, and the shapes that do so."""
        found: dict[Term | None, dict[_Where, list[Shape]]] = defaultdict(lambda: defaultdict(list))
        for shape in self.shapes:
            for path, predicate, back in dict.fromkeys(shape.reads()):
                found[predicate][path, back].append(shape)
        return found

    def affected(
        self, data: Data, changed: Iterable[Triple], own: Collection[Term]
    ) -> dict[Shape, set[Term]]:
        """Return the nodes outside `own` that each shape has to be checked on again.

        Args:
            data: the graph as it is after the change.
            changed: triples that were added or taken away.
            own: nodes that are checked anyway.
        """
        by_predicate: dict[Term, list[Triple]] = defaultdict(list)
        for triple in changed:
            by_predicate[triple[1]].append(triple)
        found: dict[Shape, set[Term]] = defaultdict(set)
        for predicate, triples in by_predicate.items():
            for reads in (self.reads.get(predicate, {}), self.reads.get(None, {})):
                for (path, back), shapes in reads.items():
                    nodes = self._focus(data, path, {each[2 if back else 0] for each in triples})
                    if outside := nodes.difference(own):
                        for shape in shapes:
                            found[shape] |= outside
        return found

    def _focus(self, data: Data, path: Path | None, ends: set[Term]) -> set[Term]:
        if path is None:
            return ends
        back = follow(inverted(path), ends, data)
        return {node for nodes in back.values() for node in nodes}
