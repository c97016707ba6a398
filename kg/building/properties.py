"""Properties of a graph as a build reads them, and the statements it derives from them.

Whoever derives asks for the properties of one node after the other. Where everything is derived
anew, a property is read once, for all nodes; where a few nodes are, each is looked up.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Set

import pyoxigraph as ox

from kg.vocabulary.terms import RDF_TYPE

Node = ox.NamedNode
Nodes = Set[Node]
# A subject, the name of one of our properties, and its values.
Statement = tuple[Node, str, Iterable[Node | ox.Literal]]

_TYPE = Node(RDF_TYPE)
_NOTHING: frozenset[Node] = frozenset()
# Quads would be read with their graph, which takes twice the time.
_PROPERTY = "SELECT ?subject ?value ?property WHERE { ?subject ?property ?value }"


class Properties(ABC):
    """What all graphs of a store say together, and for which nodes it is to be derived."""

    @abstractmethod
    def values(self, node: Node, predicate: str) -> Nodes:
        """Return the nodes that `predicate` links `node` to."""

    @abstractmethod
    def literal(self, node: Node, predicate: str) -> str | None:
        """Return the literal that `node` has, the first in order where it has several.

        Graphs may differ in the name they give to what they all declare.
        """

    @abstractmethod
    def subjects(self, predicate: str, node: Node) -> Nodes:
        """Return the nodes that `predicate` links to `node`."""

    @abstractmethod
    def is_a(self, node: Node, classes: Iterable[Node]) -> bool:
        """Whether `node` is of one of `classes`."""

    @abstractmethod
    def wanted_with(self, *predicates: str) -> Nodes:
        """Return the nodes to derive for that one of `predicates` links to another node."""

    @abstractmethod
    def wanted_under(self, predicate: str) -> Nodes:
        """Return the nodes to derive for that `predicate` links another node to."""

    @abstractmethod
    def wanted_of(self, classes: Iterable[Node]) -> Nodes:
        """Return the nodes to derive for that are of one of `classes`."""

    @abstractmethod
    def wants(self, node: Node) -> bool:
        """Whether `node` is to be derived for."""


class _Property:
    """One property of all nodes."""

    def __init__(self, rows: Iterable[ox.QuerySolution]) -> None:
        self.values: dict[Node, set[Node]] = defaultdict(set)
        self.literals: dict[Node, str] = {}
        self._subjects: dict[Node, set[Node]] = {}
        for row in rows:
            subject, value = row[0], row[1]
            if isinstance(subject, Node) and isinstance(value, Node):
                self.values[subject].add(value)
            elif isinstance(subject, Node) and isinstance(value, ox.Literal):
                literal = value.value
                self.literals[subject] = min(literal, self.literals.get(subject, literal))

    @property
    def subjects(self) -> dict[Node, set[Node]]:
        if not self._subjects and self.values:
            self._subjects = defaultdict(set)
            for subject, found in self.values.items():
                for value in found:
                    self._subjects[value].add(subject)
        return self._subjects


class Everything(Properties):
    """To derive for all nodes: properties are read whole."""

    def __init__(self, store: ox.Store) -> None:
        """Read from `store`."""
        self._store = store
        self._properties: dict[str, _Property] = {}
        self._instances: dict[Node, set[Node]] = {}

    def values(self, node: Node, predicate: str) -> Nodes:  # noqa: D102
        return self._property(predicate).values.get(node, _NOTHING)

    def literal(self, node: Node, predicate: str) -> str | None:  # noqa: D102
        return self._property(predicate).literals.get(node)

    def subjects(self, predicate: str, node: Node) -> Nodes:  # noqa: D102
        return self._property(predicate).subjects.get(node, _NOTHING)

    def is_a(self, node: Node, classes: Iterable[Node]) -> bool:  # noqa: D102
        return any(node in self._of(each) for each in classes)

    def wanted_with(self, *predicates: str) -> Nodes:  # noqa: D102
        return set().union(*(self._property(each).values.keys() for each in predicates))

    def wanted_under(self, predicate: str) -> Nodes:  # noqa: D102
        return self._property(predicate).subjects.keys()

    def wanted_of(self, classes: Iterable[Node]) -> Nodes:  # noqa: D102
        return set().union(*map(self._of, classes))

    def wants(self, node: Node) -> bool:  # noqa: D102, ARG002
        return True

    def _property(self, predicate: str) -> _Property:
        if predicate not in self._properties:
            rows = self._store.query(
                _PROPERTY,
                use_default_graph_as_union=True,
                substitutions={ox.Variable("property"): Node(predicate)},
            )
            assert isinstance(rows, ox.QuerySolutions)
            self._properties[predicate] = _Property(rows)
        return self._properties[predicate]

    def _of(self, one: Node) -> set[Node]:
        if one not in self._instances:
            quads = self._store.quads_for_pattern(None, _TYPE, one)
            self._instances[one] = {
                quad.subject for quad in quads if isinstance(quad.subject, Node)
            }
        return self._instances[one]


class Some(Properties):
    """To derive for some nodes: properties are looked up."""

    def __init__(self, store: ox.Store, nodes: Nodes) -> None:
        """Look up in `store`, to derive for `nodes`."""
        self._store = store
        self._nodes = nodes
        self._found: dict[tuple[Node, str], tuple[set[Node], str | None]] = {}
        self._subjects: dict[tuple[Node, str], set[Node]] = {}

    def values(self, node: Node, predicate: str) -> Nodes:  # noqa: D102
        return self._of(node, predicate)[0]

    def literal(self, node: Node, predicate: str) -> str | None:  # noqa: D102
        return self._of(node, predicate)[1]

    def subjects(self, predicate: str, node: Node) -> Nodes:  # noqa: D102
        key = (node, predicate)
        if key not in self._subjects:
            quads = self._store.quads_for_pattern(None, Node(predicate), node)
            self._subjects[key] = {quad.subject for quad in quads if isinstance(quad.subject, Node)}
        return self._subjects[key]

    def is_a(self, node: Node, classes: Iterable[Node]) -> bool:  # noqa: D102
        return not self.values(node, RDF_TYPE).isdisjoint(classes)

    def wanted_with(self, *predicates: str) -> Nodes:  # noqa: D102
        return {node for node in self._nodes if any(self.values(node, each) for each in predicates)}

    def wanted_under(self, predicate: str) -> Nodes:  # noqa: D102
        return {node for node in self._nodes if self.subjects(predicate, node)}

    def wanted_of(self, classes: Iterable[Node]) -> Nodes:  # noqa: D102
        wanted = frozenset(classes)
        return {node for node in self._nodes if self.is_a(node, wanted)}

    def wants(self, node: Node) -> bool:  # noqa: D102
        return node in self._nodes

    def _of(self, node: Node, predicate: str) -> tuple[set[Node], str | None]:
        key = (node, predicate)
        if key not in self._found:
            values: set[Node] = set()
            literals: set[str] = set()
            for quad in self._store.quads_for_pattern(node, Node(predicate), None):
                if isinstance(quad.object, Node):
                    values.add(quad.object)
                elif isinstance(quad.object, ox.Literal):
                    literals.add(quad.object.value)
            self._found[key] = values, min(literals, default=None)
        return self._found[key]
