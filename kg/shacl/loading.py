"""A shapes graph into compiled shapes; what is malformed or unsupported is refused, never skipped.

The rules are those of SHACL's appendix A (https://www.w3.org/TR/shacl/#syntax-rules).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kg.errors import DataError, did_you_mean
from kg.shacl.compiling import core_constraints
from kg.shacl.components import Component, load_components
from kg.shacl.graph import Graph
from kg.shacl.model import Constraint, ResultPath, Shape, Target
from kg.shacl.names import ON_SHAPES, PARAMETERS, TARGETS, local, strangers
from kg.shacl.parameters import Malformed, Parameters, ShapeError, reason
from kg.shacl.paths import parse_path
from kg.shacl.sparql_constraints import sparql_constraints
from kg.shacl.terms import OWL_CLASS, RDF_TYPE, RDFS_CLASS, Term, is_iri, is_literal, plain, sh

_TARGETS = {
    "targetNode": "node",
    "targetClass": "class",
    "targetSubjectsOf": "subjects",
    "targetObjectsOf": "objects",
}
# More than people write, and few enough that no stack ends.
_MAX_NESTING = 40
# What only shapes have in SHACL-AF and SHACL-JS: they are found, and refused.
_OF_EXTENSIONS = ("target", "rule", "js", "expression")
_SEVERITIES = ("Violation", "Warning", "Info")


Refused = Callable[[ShapeError], None]


def load_shapes(graph: Graph, refused: Refused | None = None) -> list[Shape]:
    """Return every shape of a shapes graph that finds focus nodes itself, in order.

    Args:
        graph: the shapes graph.
        refused: told of each shape that is malformed, or uses what this engine does not have; the
            others are returned. Without it the first such shape is raised.

    Raises:
        ShapeError: a shape is to be refused, and there is nobody to tell.
    """
    refuse = refused or _raise
    for node, regimes in graph.column(sh("entailment")).items():
        names = ", ".join(plain(regime) for regime in regimes)
        refuse(ShapeError(node, f"The shapes need entailment, and none is done: {names}"))
    loader = _Loader(graph, load_components(graph, refuse))
    shapes = []
    for node in loader.shape_nodes():
        try:
            shapes.append(loader.root(node))
        except ShapeError as error:
            refuse(error)
    for wrong in strangers(graph):
        refuse(wrong)
    return [shape for shape in shapes if shape.targets]


def _raise(error: ShapeError) -> None:
    raise error


@dataclass
class _Loader:
    graph: Graph
    components: list[Component]
    _shapes: dict[Term, Shape] = field(default_factory=dict)
    # Shapes that are being loaded, each with the levels below it so far.
    _open: dict[Term, int] = field(default_factory=dict)
    _levels: dict[Term, int] = field(default_factory=dict)

    def shape_nodes(self) -> list[Term]:
        """Return every node that is a shape: by type, by target, or by a parameter."""
        found: set[Term] = set()
        for kind in (sh("NodeShape"), sh("PropertyShape")):
            found |= self._instances(kind)
        parameters = {sh(name) for name in (*TARGETS, *PARAMETERS, *_OF_EXTENSIONS)}
        parameters |= {name for component in self.components for name in component.mandatory}
        for predicate in parameters:
            found.update(self.graph.subjects(predicate))
        column = self.graph.column(sh("parameter"))
        declared = {node for nodes in column.values() for node in nodes}
        return sorted(found - declared - self._instances(sh("Parameter")))

    def root(self, node: Term) -> Shape:
        """Return the shape that `node` is, whatever became of those before it."""
        self._open.clear()
        return self.shape(node)

    def shape(self, node: Term) -> Shape:
        """Return the shape that `node` is."""
        if is_literal(node):
            raise Malformed(f"a literal is no shape: '{plain(node)}'")
        if node in self._open:
            raise ShapeError(
                node,
                f"{self._called(node)} refers to itself, and recursive shapes have no "
                "defined meaning; say it without the circle",
            )
        if len(self._open) > _MAX_NESTING:
            raise self._too_deep(node)
        if node not in self._shapes:
            self._open[node] = 0
            try:
                self._shapes[node] = self._load(node)
            except Malformed as error:
                message = f"{self._called(node)} is malformed: {error}"
                raise ShapeError(node, message) from error
            self._levels[node] = self._open.pop(node)
        self._count_level(self._levels[node])
        return self._shapes[node]

    def _count_level(self, below: int) -> None:
        """Tell the shape around that one with `below` levels is in it."""
        around = next(reversed(self._open), None)
        if around is not None:
            self._open[around] = max(self._open[around], below + 1)
            if self._open[around] > _MAX_NESTING:
                raise self._too_deep(around)

    def _too_deep(self, node: Term) -> ShapeError:
        message = f"{self._called(node)} nests shapes deeper than {_MAX_NESTING} levels"
        return ShapeError(node, message)

    def _load(self, node: Term) -> Shape:
        says = Parameters(self.graph, node)
        self._refuse_unknown(says)
        shape = Shape(
            node,
            self._path(says),
            tuple(self._targets(says)),
            self._severity(says),
            says.texts("message"),
            says.boolean("deactivated"),
        )
        shape.constraints += self._constraints(says, shape)
        return shape

    def _constraints(self, says: Parameters, shape: Shape) -> Iterator[Constraint]:
        yield from core_constraints(says, shape.path, self.shape)
        yield from sparql_constraints(says, shape.path)
        for component in self.components:
            yield from component.constraints(says, shape.path)

    def _path(self, says: Parameters) -> ResultPath | None:
        types = self.graph.values(says.node, RDF_TYPE)
        node = says.one("path")
        if node is None:
            if sh("PropertyShape") in types:
                raise Malformed("a property shape needs a sh:path")
            return None
        if sh("NodeShape") in types:
            raise Malformed("a node shape has no sh:path")
        try:
            return ResultPath(parse_path(self.graph, node), node)
        except DataError as error:
            raise Malformed(reason(error)) from error

    def _severity(self, says: Parameters) -> Term:
        severity = says.iri("severity") or sh("Violation")
        name = local(severity)
        if name is not None and name not in _SEVERITIES:
            raise Malformed(f"sh:{name} is no severity{did_you_mean(name, _SEVERITIES)}")
        return severity

    def _targets(self, says: Parameters) -> Iterator[Target]:
        for name, kind in _TARGETS.items():
            for term in says.every(name) if kind == "node" else says.iris(name):
                yield Target(kind, term)
        is_class = not self._classes.isdisjoint(self.graph.values(says.node, RDF_TYPE))
        if is_class and is_iri(says.node):
            yield Target("class", says.node)

    @property
    def _classes(self) -> frozenset[Term]:
        """What an implicit class target is an instance of."""
        return self.graph.subclasses(RDFS_CLASS) | {OWL_CLASS}

    def _instances(self, kind: Term) -> set[Term]:
        found = self.graph.backward(self.graph.subclasses(kind), RDF_TYPE)
        return {node for nodes in found.values() for node in nodes}

    def _refuse_unknown(self, says: Parameters) -> None:
        for _, predicate, _ in self.graph.described((says.node,)):
            name = local(predicate)
            if name is not None and name not in ON_SHAPES:
                hint = did_you_mean(name, ON_SHAPES)
                raise Malformed(f"sh:{name} is not supported on a shape{hint}")

    def _called(self, node: Term) -> str:
        if is_iri(node):
            return f"The shape {plain(node)}"
        paths = [plain(path) for path in self.graph.values(node, sh("path")) if is_iri(path)]
        parents = self.graph.backward((node,), sh("property")).get(node, ())
        of = "".join(f" of {plain(parent)}" for parent in parents if is_iri(parent))
        return f"A shape without a name{of}" + "".join(f" on {path}" for path in paths)
