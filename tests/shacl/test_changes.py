"""A change judged by its own nodes and those it affects is judged as the whole would be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st
from random_shapes import HEAD, SHAPES, TRIPLES, turtle

from kg.shacl.affected import Dependencies
from kg.shacl.graph import Graph
from kg.shacl.model import Shape, Violation
from kg.shacl.neighbourhood import Neighbourhood
from kg.shacl.run import Run
from kg.shacl.terms import Term
from kg.shacl.validate import CompiledShapes, compile_shapes

Result = tuple[object, ...]
# Shape and node that were checked, to what was found.
Results = dict[tuple[Term, Term], Counter[Result]]


class InMemory:
    """A graph around a contribution, looked up node by node."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.asked: list[Term] = []

    def outgoing(self, node: Term) -> Iterable[tuple[Term, Term]]:
        self.asked.append(node)
        # Twice, as two named graphs would say it.
        return 2 * [(predicate, value) for _, predicate, value in self.graph.described((node,))]

    def incoming(self, node: Term) -> Iterable[tuple[Term, Term]]:
        self.asked.append(node)
        return 2 * [
            (subject, predicate) for subject, predicate, value in self.graph if value == node
        ]

    def subclasses(self, name: Term) -> frozenset[Term]:
        return self.graph.subclasses(name)


def _parsed(text: str) -> Graph:
    quads = ox.parse(text, format=ox.RdfFormat.TURTLE)
    return Graph((str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads)


def _result(violation: Violation) -> Result:
    path = violation.path and violation.path.path
    return (violation.focus, path, violation.value, violation.component, violation.shape.node)


def _judged(run: Run, shape: Shape, nodes: Collection[Term]) -> Results:
    """Return what is found from each node; what is nested has other focus nodes."""
    return {(shape.node, node): Counter(map(_result, run.check(shape, {node}))) for node in nodes}


def _whole(shapes: CompiledShapes, data: Graph) -> Results:
    run = shapes.run(data, ox.Store)
    nodes = {term for subject, _, value in data for term in (subject, value)}
    nodes |= {target.term for shape in shapes.shapes for target in shape.targets}
    return {
        key: found
        for shape in shapes.shapes
        for key, found in _judged(run, shape, nodes).items()
        if found
    }


@settings(max_examples=400)
@given(TRIPLES, TRIPLES, TRIPLES, SHAPES)
def test_a_change_is_judged_as_if_the_whole_had_been_judged_anew(
    kept: list[tuple[str, str, str]],
    gone: list[tuple[str, str, str]],
    new: list[tuple[str, str, str]],
    rules: str,
) -> None:
    shapes = compile_shapes(_parsed(HEAD + rules))
    around, before = _parsed(turtle(kept)), _parsed(turtle(kept + gone))
    own = Graph(set(_parsed(turtle(new))) - set(around))
    after = Graph((*around, *own))
    changed = set(before) ^ set(after)

    run = shapes.run(Neighbourhood(own, InMemory(around)), ox.Store, own.nodes)
    affected = Dependencies(shapes.shapes).affected(run.data, changed, own.nodes)
    found: Results = {}
    for shape in shapes.shapes:
        found |= _judged(run, shape, own.nodes | affected.get(shape, set()))

    whole_before, whole_after = _whole(shapes, before), _whole(shapes, after)
    for judged, results in found.items():
        assert results == whole_after.get(judged, Counter())
    for other in (whole_before.keys() | whole_after.keys()) - found.keys():
        assert whole_before.get(other) == whole_after.get(other)


@given(TRIPLES, SHAPES)
def test_sets_have_the_results_that_their_nodes_have(
    triples: list[tuple[str, str, str]], rules: str
) -> None:
    shapes = compile_shapes(_parsed(HEAD + rules))
    graph = _parsed(turtle(triples))
    one_by_one: Counter[Result] = Counter()
    for found in _whole(shapes, graph).values():
        one_by_one += found

    together = Counter(map(_result, shapes.violations(shapes.run(graph, ox.Store))))

    assert together == one_by_one


@given(TRIPLES, SHAPES, st.data())
def test_chosen_focus_nodes_have_the_results_they_have_in_the_whole(
    triples: list[tuple[str, str, str]], rules: str, chosen: st.DataObject
) -> None:
    shapes = compile_shapes(_parsed(HEAD + rules))
    graph = _parsed(turtle(triples))
    nodes = {term for s, _, o in graph for term in (s, o)}
    focus = chosen.draw(st.sets(st.sampled_from(sorted(nodes))))

    found = Counter(map(_result, shapes.violations(shapes.run(graph, ox.Store, focus))))

    expected: Counter[Result] = Counter()
    for (_, node), results in _whole(shapes, graph).items():
        if node in focus:
            expected += results
    assert found == expected


def test_no_node_is_looked_up_that_no_shape_looks_at() -> None:
    around = InMemory(_parsed(turtle([(f"ex:m{n}", "ex:p", f"ex:m{n + 1}") for n in range(100)])))
    own = _parsed(HEAD + "ex:new a ex:C ; ex:p ex:m50 .")
    rules = "ex:s sh:targetClass ex:C ; sh:property [ sh:path ( ex:p ex:p ) ; sh:maxCount 0 ] ."
    shapes = compile_shapes(_parsed(HEAD + rules))

    data = Neighbourhood(own, around)
    found = list(shapes.violations(shapes.run(data, ox.Store, own.nodes)))
    affected = Dependencies(shapes.shapes).affected(data, set(own), own.nodes)

    assert len(found) == 1
    assert affected == {}
    assert set(around.asked) == {f"<https://example.org/{node}>" for node in ("new", "m50")}
    assert data.lookups == len(around.asked)
