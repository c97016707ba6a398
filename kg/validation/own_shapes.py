"""A workspace's own shapes as files: what can be used of them, and what is wrong with the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.errors import CallError
from kg.shacl.graph import Graph, Triple
from kg.shacl.names import PARAMETERS, TARGETS, stranger
from kg.shacl.parameters import ShapeError
from kg.shacl.terms import OWL_CLASS, RDF_TYPE, RDFS_CLASS, Term, is_blank, is_iri, plain, sh
from kg.sparql.guard import check_constraint
from kg.validation.findings import is_code, no_code
from kg.validation.rule_faults import RuleFault, find_rules, read_rule
from kg.validation.term_uses import find_term
from kg.vocabulary.terms import KGSH

_NAMED = re.compile(r"\bsh:(\w+)")
_TYPES = frozenset((sh("NodeShape"), sh("PropertyShape")))
_RULES = frozenset(sh(name) for name in PARAMETERS)
_AIMS = frozenset(sh(name) for name in TARGETS)
_QUERIES = frozenset(sh(name) for name in ("select", "ask", "construct"))
_CODE = f"<{KGSH}code>"
_OFF = (sh("deactivated"), '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>')


@dataclass
class OwnShapes:
    """The shapes of a workspace.

    Attributes:
        files: its Turtle files that can be read.
        graph: what they say that can be used.
        faults: what cannot.
        homes: subject to the file that it stands in.
        refused: the nodes that are at fault.
    """

    files: list[Path] = field(default_factory=list)
    graph: Graph = field(default_factory=Graph)
    faults: list[RuleFault] = field(default_factory=list)
    homes: dict[Term, Path] = field(default_factory=dict)
    refused: set[Term] = field(default_factory=set)

    def refuse(self, error: ShapeError) -> None:
        """Note why a shape, and with it all that names it, is left out."""
        self.refused.add(error.node)
        if all(str(error) != fault.message for fault in self.faults):
            self.faults.append(self.fault(error.node, "bad-shape", str(error)))

    @cached_property
    def queried(self) -> set[Term]:
        """The shapes with SPARQL in them or in what hangs from them, and all with own components.

        Their queries may ask for what never ends.
        """
        queries = {node for name in _QUERIES for node in self.graph.subjects(name)}
        if not queries:
            return set()
        if self.graph.subjects(sh("validator")) or self.graph.subjects(sh("nodeValidator")):
            return set(self.homes)
        while more := {subject for subject, _, value in self.graph if value in queries} - queries:
            queries |= more
        return queries

    def fault(
        self,
        node: Term,
        code: str,
        message: str,
        key: Term | None = None,
        severity: str = "error",
    ) -> RuleFault:
        """Return what is wrong with a node: at the key, at one that the message names, or at it."""
        file = self.homes.get(node) or next(iter(self.homes.values()))
        line, column = self._place(file, node)
        keys = [key] if key else [sh(name) for name in _NAMED.findall(message)]
        key = next((key for key in keys if self.graph.values(node, key)), None)
        if key and line is not None:
            found = find_term(file, plain(key), first=line)
            line, column = found if found[0] is not None else (line, column)
        name = plain(node) if is_iri(node) else None
        return RuleFault(file, code, message, line or 1, column or 1, name, severity)

    def _place(self, file: Path, node: Term) -> tuple[int | None, int | None]:
        """Return where a node stands; one without a name, where what it hangs from does."""
        seen = set()
        while is_blank(node) and node not in seen:
            seen.add(node)
            parents = [subject for subject, _, value in self.graph if value == node]
            node = next(iter(parents), node)
        if is_iri(node):
            found = find_term(file, plain(node), subject=True)
            return found if found[0] is not None else find_term(file, plain(node))
        named = (value for _, _, value in self.graph.described((node,)) if is_iri(value))
        places = [find_term(file, plain(value)) for value in named]
        return min((place for place in places if place[0] is not None), default=(None, None))


def read_own_shapes(folders: Sequence[Path], shipped: Graph) -> OwnShapes:
    """Read the shapes of a workspace; what cannot be used is told, and the rest returned.

    Args:
        folders: where they lie.
        shipped: the shapes of the package, which a workspace adds to and does not change.

    Raises:
        EnvironmentFault: a file cannot be read.
    """
    own = OwnShapes()
    if not folders:
        return own
    taken = {subject for subject, _, _ in shipped if is_iri(subject)}
    for file in [each for folder in folders for each in find_rules(folder, ".ttl")]:
        if isinstance(file, RuleFault):
            own.faults.append(file)
            continue
        triples = list(_read(file, own.faults))
        if triples:
            own.files.append(file)
        own.homes |= {subject: file for subject, _, _ in triples}
        own.graph.add(triples)
        changed = {subject: predicate for subject, predicate, _ in triples if subject in taken}
        for subject, predicate in changed.items():
            message = (
                f"{plain(predicate)} is said of {plain(subject)}, a shape of the package, which a "
                "workspace adds to and does not change; name a shape of your own"
            )
            own.faults.append(own.fault(subject, "bad-shape", message))
    guarded = dict(_guarded(own.graph))
    for node, error in guarded.items():
        message = f"The shape {plain(node)} cannot be used: {error}"
        own.faults.append(own.fault(node, "bad-shape", message))
    own.faults += _unused(own)
    own.faults += _bad_codes(own)
    # What is no name of SHACL's has a finding of its own.
    sound = Graph(_without_strangers(without(own.graph, set(guarded))))
    own.graph = Graph(triple for triple in sound if triple[0] not in taken)
    return own


def without(graph: Graph, refused: set[Term]) -> Graph:
    """Return a graph without the nodes `refused` and all that leads to them."""
    gone = set(refused)
    while more := {subject for subject, _, value in graph if value in gone} - gone:
        gone |= more
    return Graph(triple for triple in graph if triple[0] not in gone)


def _read(file: Path, faults: list[RuleFault]) -> Iterator[Triple]:
    """Yield the triples of a file that is right; note what is wrong with any other."""
    text = read_rule(file)
    if isinstance(text, RuleFault):
        faults.append(text)
        return
    try:
        quads = list(ox.parse(text, ox.RdfFormat.TURTLE, rename_blank_nodes=True))
    except SyntaxError as error:
        message = f"This is no valid RDF: {error.msg}"
        faults.append(RuleFault(file, "rdf-syntax", message, error.lineno or 1, error.offset or 1))
        return
    for quad in quads:
        if isinstance(quad.object, ox.Triple):
            message = "A triple stands inside a triple, and SHACL knows none"
            faults.append(RuleFault(file, "triple-term", message))
        else:
            yield str(quad.subject), str(quad.predicate), str(quad.object)


def _guarded(graph: Graph) -> Iterator[tuple[Term, CallError]]:
    """Yield each node whose query could do more than read the graph."""
    for predicate in _QUERIES:
        for node, texts in graph.column(predicate).items():
            for text in texts:
                try:
                    check_constraint(plain(text))
                except CallError as error:
                    yield node, error


def _unused(own: OwnShapes) -> Iterator[RuleFault]:
    """Yield the shapes that find nothing: without a target and unnamed, or without a constraint."""
    graph = own.graph
    named = {value for _, predicate, value in graph if predicate != RDF_TYPE}
    parameters = graph.objects(sh("parameter"))
    rules = _RULES.union(*(graph.values(node, sh("path")) for node in parameters))
    says: dict[Term, set[Term]] = {}
    for subject, predicate, _ in graph:
        says.setdefault(subject, set()).add(predicate)
    for node, words in says.items():
        types = set(graph.values(node, RDF_TYPE))
        aimed = not words.isdisjoint(_AIMS) or not types.isdisjoint((OWL_CLASS, RDFS_CLASS))
        is_shape = not words.isdisjoint(_RULES) or not types.isdisjoint(_TYPES)
        misspelt = any(map(stranger, words))
        off = _OFF[1] in graph.values(node, _OFF[0])
        if is_shape and not (aimed or misspelt or off or node in named):
            message = (
                "This shape has no target and no other shape names it, so that nothing is judged "
                "by it; say what it is about: sh:targetClass"
            )
            yield own.fault(node, "unused-shape", message)
        aims = not words.isdisjoint(_AIMS)
        if aims and words.isdisjoint(rules) and not (misspelt or off):
            message = (
                "This shape asks for nothing, so that nothing is judged by it; a constraint is of "
                "SHACL's own words: sh:property, sh:minCount, sh:sparql"
            )
            yield own.fault(node, "unused-shape", message)


def _bad_codes(own: OwnShapes) -> Iterator[RuleFault]:
    for node, codes in own.graph.column(_CODE).items():
        for code in map(plain, codes):
            if not is_code(code):
                yield own.fault(node, "bad-shape", f"{no_code(code)} (kgsh:code)", key=_CODE)


def _without_strangers(shapes: Graph) -> Iterator[Triple]:
    """Yield what shapes say in names that SHACL has; a path in another is no path at all."""
    path = sh("path")
    strange = {subject for subject, predicate, _ in shapes if stranger(predicate)}
    rules = {rule for rules in shapes.column(sh("property")).values() for rule in rules}
    rules |= {node for node in strange if sh("PropertyShape") in shapes.values(node, RDF_TYPE)}
    pathless = {node for node in strange & rules if not shapes.values(node, path)}
    for subject, predicate, value in shapes:
        kind = predicate == RDF_TYPE and stranger(value, as_class=True)
        if not stranger(predicate) and not kind and not {subject, value} & pathless:
            yield subject, predicate, value
