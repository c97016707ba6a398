"""One validation: shapes checked over a graph, set by set, each path followed once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.shacl.graph import Data
from kg.shacl.model import Shape, Target, ValueNodes, Violation
from kg.shacl.paths import Path, follow
from kg.shacl.terms import RDF_TYPE, Term, plain

ONE_BY_ONE = "its SPARQL cannot be asked for a set; asked node by node"

# Of how many focus nodes value nodes are kept for the next shape: some 100 MB at most.
_MOST_HELD = 250_000


@dataclass
class Run:
    """What a validation knows while it lasts.

    Attributes:
        data: the graph, the classes of its ontology included.
        store: gives the same graph as an embedded store, for constraints written in SPARQL.
        focus_nodes: the only nodes to check; None for every target.
        one_by_one: the shapes whose SPARQL is asked once for each focus node.
    """

    data: Data
    store: Callable[[], ox.Store]
    focus_nodes: frozenset[Term] | None = None
    one_by_one: dict[Term, None] = field(default_factory=dict)
    _targets: dict[Target, frozenset[Term]] = field(default_factory=dict)
    _classes: dict[frozenset[Term], dict[Term, set[Term]]] = field(default_factory=dict)
    _values: dict[tuple[frozenset[Term], Path | None], ValueNodes] = field(default_factory=dict)
    _held: int = 0
    _known: dict[Shape, dict[Term, bool]] = field(default_factory=dict)

    @property
    def notes(self) -> list[str]:
        """What the report must say about how it was made."""
        return [f"{plain(shape)}: {ONE_BY_ONE}" for shape in self.one_by_one]

    def check(self, shape: Shape, among: Collection[Term] | None = None) -> Iterator[Violation]:
        """Yield the violations of a shape by the focus nodes it finds itself.

        Args:
            shape: the shape.
            among: the only nodes to check, where they are not those of the whole run.
        """
        if shape.targets and not shape.deactivated:
            if among is None:
                found = [self._target(target) for target in shape.targets]
            else:
                found = [self._among(target, frozenset(among)) for target in shape.targets]
            focus = found[0] if len(found) == 1 else frozenset().union(*found)
            yield from self.violations(shape, focus)

    def violations(self, shape: Shape, focus: frozenset[Term]) -> Iterator[Violation]:
        """Yield the violations of a shape by the nodes `focus`."""
        if shape.deactivated or not focus:
            return
        values = self.value_nodes(focus, shape.path.path if shape.path else None)
        for constraint in shape.constraints:
            yield from constraint.violations(self, shape, values)

    def failing(self, shape: Shape, nodes: Collection[Term]) -> set[Term]:
        """Return those of `nodes` that do not conform to a shape."""
        known = self._known.setdefault(shape, {})
        new = frozenset(node for node in nodes if node not in known)
        if new:
            bad: set[Term] = set()
            if not shape.deactivated:
                values = self.value_nodes(new, shape.path.path if shape.path else None)
                for constraint in shape.constraints:
                    bad |= constraint.failing(self, shape, values)
            known.update((node, node in bad) for node in new)
        return {node for node in nodes if known[node]}

    def value_nodes(self, focus: frozenset[Term], path: Path | None) -> ValueNodes:
        """Return the value nodes of `focus`: by a path, or each its own for a node shape."""
        found = self._values.get((focus, path))
        if found is None:
            if path is None:
                found = ValueNodes(focus, {node: (node,) for node in focus})
            else:
                found = ValueNodes(focus, follow(path, focus, self.data))
            self._held += len(found.by_focus)
            if self._held > _MOST_HELD:
                self._values.clear()
                self._held = len(found.by_focus)
            self._values[focus, path] = found
        return found

    def _target(self, target: Target) -> frozenset[Term]:
        if target not in self._targets:
            if self.focus_nodes is None:
                self._targets[target] = self._everywhere(target)
            else:
                self._targets[target] = self._among(target, self.focus_nodes)
        return self._targets[target]

    def _by_class(self, nodes: frozenset[Term]) -> dict[Term, set[Term]]:
        """Return the classes of `nodes`, each with those of them it is a type of."""
        if nodes not in self._classes:
            found = self._classes[nodes] = {}
            for node, types in self.data.forward(nodes, RDF_TYPE).items():
                for name in types:
                    found.setdefault(name, set()).add(node)
        return self._classes[nodes]

    def _everywhere(self, target: Target) -> frozenset[Term]:
        if target.kind == "node":
            return frozenset((target.term,))
        if target.kind == "class":
            instances = self.data.backward(self.data.subclasses(target.term), RDF_TYPE)
            return frozenset(node for nodes in instances.values() for node in nodes)
        if target.kind == "subjects":
            return frozenset(self.data.subjects(target.term))
        values = self.data.forward(frozenset(self.data.subjects(target.term)), target.term)
        return frozenset(value for each in values.values() for value in each)

    def _among(self, target: Target, nodes: frozenset[Term]) -> frozenset[Term]:
        if target.kind == "node":
            return nodes & {target.term}
        if target.kind == "class":
            below = self.data.subclasses(target.term)
            found = self._by_class(nodes)
            return frozenset().union(*(found[name] for name in below if name in found))
        if target.kind == "subjects":
            return frozenset(self.data.forward(nodes, target.term))
        return frozenset(self.data.backward(nodes, target.term))
