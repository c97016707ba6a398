"""SHACL over the mapped graph: a contribution's own nodes, and those elsewhere that it breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.shacl.affected import Dependencies
from kg.shacl.graph import Graph, Triple, read_graph
from kg.shacl.model import Shape, Violation
from kg.shacl.neighbourhood import Neighbourhood
from kg.shacl.report import ShaclResult, result_of
from kg.shacl.run import ONE_BY_ONE, Run
from kg.shacl.terms import RDF_TYPE, Term, is_blank, is_iri, plain
from kg.shacl.validate import CompiledShapes, compile_shapes, store_of
from kg.validation.findings import is_code
from kg.validation.own_shapes import OwnShapes, read_own_shapes, without
from kg.validation.patience import MAX_SECONDS, TakesTooLongError, within
from kg.validation.rule_faults import RuleFault, Tell, too_slow
from kg.validation.surroundings import Surroundings
from kg.validation.wording import worded
from kg.vocabulary.terms import KGSH

Progress = Callable[[str, int, int], None]
# Of so many nodes at most a constraint in SPARQL sees what is known elsewhere.
_MOST_SEEN = 100_000


@dataclass(frozen=True)
class Shapes:
    """The shapes of the package and of a workspace, and the code each gives its findings.

    Attributes:
        folders: where they lie.
        by_pyshacl: whether pySHACL judges instead, on the whole merged graph: the reference, slow.
        patience: seconds after which a shape of a workspace that has SPARQL is given up.
    """

    folders: tuple[Path, ...]
    by_pyshacl: bool = False
    patience: float = field(default_factory=lambda: MAX_SECONDS)
    _slow: dict[Term, RuleFault] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def _shipped(self) -> Graph:
        return read_graph(self.folders[0])

    @cached_property
    def own(self) -> OwnShapes:
        """The shapes of the workspace; those that cannot be used are known once all are compiled.

        Raises:
            EnvironmentFault: a file cannot be read.
        """
        return read_own_shapes(self.folders[1:], self._shipped)

    @cached_property
    def graph(self) -> Graph:
        """All shapes that can be used, in one graph.

        Raises:
            EnvironmentFault: a file cannot be read.
        """
        everything, refused = self.compiled.graph, self.own.refused
        return without(everything, refused) if refused else everything

    @property
    def names(self) -> set[str]:
        """The IRIs of all shapes, and of the terms that they declare for themselves."""
        return {plain(node) for node in self.compiled.graph.subjects(RDF_TYPE) if is_iri(node)}

    @cached_property
    def compiled(self) -> CompiledShapes:
        """The shapes, ready to be checked; a workspace's that cannot be used are left out.

        Raises:
            EnvironmentFault: a file cannot be read.
        """
        if not self.folders[1:]:
            return compile_shapes(self._shipped)
        both = Graph((*self._shipped, *self.own.graph))
        return compile_shapes(both, self.own.refuse)

    @property
    def target_classes(self) -> set[str]:
        """The classes whose instances shapes are about."""
        targets = (target for shape in self.compiled.shapes for target in shape.targets)
        return {plain(target.term) for target in targets if target.kind == "class"}

    @property
    def faults(self) -> list[RuleFault]:
        """What is wrong with the workspace's shapes as shapes.

        Raises:
            EnvironmentFault: a file cannot be read.
        """
        return self.own.faults if self.compiled else []

    @cached_property
    def dependencies(self) -> Dependencies:
        """Which shapes look beyond their focus node, and where."""
        return Dependencies(self.compiled.shapes)

    @cached_property
    def codes(self) -> dict[str, str]:
        """Shape IRI to the code of its findings."""
        return {shape: code for shape, code in self._said("code").items() if is_code(code)}

    @cached_property
    def shown_at(self) -> dict[str, str]:
        """Shape IRI to the predicate that a person would mend, where the path is not that one."""
        return self._said("shownAt")

    @cached_property
    def says(self) -> dict[str, str]:
        """Shape IRI to its message with the names of properties in it, where it has such a one."""
        return self._said("says")

    def results(
        self,
        own: Graph,
        surroundings: Surroundings,
        progress: Progress = lambda *_: None,
        tell: Tell = lambda _: None,
    ) -> Iterator[tuple[str, ShaclResult]]:
        """Yield the code and result of everything that is wrong with a contribution.

        Its own nodes are the focus nodes. The ontology, the schemes and the nodes referred to are
        looked up where they lie. What it changes may break what others said: those nodes, and no
        others, are checked again.

        Args:
            own: the contribution.
            surroundings: what lies around it.
            progress: told the stage, how many shapes are done, and of how many.
            tell: told which shapes of the workspace take long, or too long.
        """
        data = Neighbourhood(own, surroundings)
        if self.by_pyshacl:
            found: Iterable[ShaclResult] = self._reference_results(data, surroundings)
        else:
            found = map(result_of, self._violations(data, surroundings, progress, tell))
        seen = set()
        for result in found:
            code = self.codes.get(result.source_shape, "shape-violated")
            path = self.shown_at.get(result.source_shape, result.path)
            same = (code, result.focus_node, path, result.value)
            if same not in seen:
                seen.add(same)
                message = self._message(result, data)
                yield code, replace(result, path=path, message=message)

    def _message(self, result: ShaclResult, data: Neighbourhood) -> str:
        says = self.says.get(result.source_shape)
        return (says and worded(says, f"<{result.focus_node}>", data)) or result.message

    def _violations(
        self, data: Neighbourhood, surroundings: Surroundings, progress: Progress, tell: Tell
    ) -> Iterator[Violation]:
        nodes = frozenset(node for node in data.own.nodes if not is_blank(node))
        run = self.compiled.run(data, cache(lambda: self._store(data)), nodes)
        shapes = self.compiled.shapes
        for number, shape in enumerate(shapes):
            progress("shapes", number, len(shapes))
            yield from self._checked(run, shape, tell)
        for node in run.one_by_one:
            message = f"Judged as it is meant, but slower than others: {ONE_BY_ONE}"
            tell(self.own.fault(node, "asked-one-by-one", message, severity="info"))
        changed = _changed(data, surroundings)
        for shape, outside in self.dependencies.affected(data, changed, nodes).items():
            yield from run.check(shape, outside)

    def _checked(self, run: Run, shape: Shape, tell: Tell) -> Iterator[Violation]:
        """Yield the violations of a shape; one of the workspace is not waited for without end."""
        if shape.node not in self.own.queried:
            yield from run.check(shape)
            return
        if shape.node not in self._slow:
            try:
                yield from within(self.patience, lambda: list(run.check(shape)))
            except TakesTooLongError:
                place = self.own.fault(shape.node, "rule-too-slow", "")
                slow = too_slow(place.file, self.patience, place.line, place.column)
                self._slow[shape.node] = slow
        if shape.node in self._slow:
            tell(self._slow[shape.node])

    def _store(self, data: Neighbourhood) -> ox.Store:
        """Return what constraints in SPARQL see: the contribution and all that it leads to."""
        seen = data.own.nodes
        triples = list(data.own)
        ahead = {value for _, _, value in triples} - seen
        while ahead and len(seen) < _MOST_SEEN:
            seen |= ahead
            found = list(data.described(ahead))
            triples += found
            ahead = {value for _, _, value in found} - seen
        return store_of(Graph(triples), self.graph)

    def _reference_results(
        self, data: Neighbourhood, surroundings: Surroundings
    ) -> Iterator[ShaclResult]:
        from kg.shacl.reference import as_rdflib, validate_with_pyshacl

        nodes = frozenset(node for node in data.own.nodes if not is_blank(node))
        broken = self.dependencies.affected(data, _changed(data, surroundings), nodes)
        asked = {plain(node) for node in nodes.union(*broken.values())}
        merged = Graph((*data.own, *surroundings.everything()))
        report = validate_with_pyshacl(as_rdflib(merged), as_rdflib(self.graph))
        yield from (result for result in report.results if result.focus_node in asked)

    def _said(self, name: str) -> dict[str, str]:
        column = self.graph.column(f"<{KGSH}{name}>")
        return {plain(shape): plain(value) for shape, values in column.items() for value in values}


def _changed(data: Neighbourhood, surroundings: Surroundings) -> list[Triple]:
    """Return the triples that the graph as a whole gains or loses by a contribution."""
    if surroundings.store is None:
        return []
    before = {
        (str(triple.subject), str(triple.predicate), str(triple.object))
        for triple in surroundings.taken_out()
    }
    now: set[tuple[Term, Term, Term]] = set(data.own)
    return [triple for triple in before ^ now if not data.is_around(triple)]
