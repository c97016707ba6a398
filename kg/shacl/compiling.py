"""The constraints of one shape, made from its parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.errors import DataError
from kg.shacl.graph import Graph
from kg.shacl.model import Constraint, ResultPath, Shape
from kg.shacl.names import local
from kg.shacl.parameters import Malformed, Parameters
from kg.shacl.patterns import Pattern
from kg.shacl.set_constraints import (
    Closed,
    Disjoint,
    Equals,
    HasValue,
    LessThan,
    MaxCount,
    MinCount,
    Pair,
    UniqueLang,
)
from kg.shacl.shape_constraints import And, Nested, Node, Not, Or, Property, Qualified, Xone
from kg.shacl.terms import XSD_STRING, Term, is_iri, is_literal, literal, plain, sh
from kg.shacl.value_constraints import (
    NODE_KINDS,
    Class,
    Matching,
    Tested,
    bound,
    datatype,
    language_in,
    length,
    node_kind,
    one_of,
)

ShapeOf = Callable[[Term], Shape]

RANGES = {
    "minExclusive": (1,),
    "minInclusive": (0, 1),
    "maxExclusive": (-1,),
    "maxInclusive": (-1, 0),
}
_PAIRS: dict[str, Callable[[Term], Pair]] = {
    "equals": Equals,
    "disjoint": Disjoint,
    "lessThan": LessThan,
    "lessThanOrEquals": lambda other: LessThan(other, equal=True),
}
_LISTS: dict[str, type[Nested]] = {"and": And, "or": Or, "xone": Xone}
# These ask about a path, so a node shape may not have them.
_OF_PROPERTIES = ("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals")


def core_constraints(
    says: Parameters, path: ResultPath | None, shape_of: ShapeOf
) -> Iterator[Constraint]:
    """Yield the constraints that a shape's parameters of SHACL Core make.

    Raises:
        Malformed: a parameter breaks a syntax rule.
    """
    if path is None:
        for name in _OF_PROPERTIES:
            if says.every(name):
                raise Malformed(f"sh:{name} is for property shapes, and this one has no sh:path")
    yield from _on_values(says)
    yield from _on_sets(says)
    yield from _on_shapes(says, shape_of)


def _tested(name: str, test: Callable[[Term], bool]) -> Tested:
    return Tested(sh(f"{name[0].upper()}{name[1:]}ConstraintComponent"), test)


def _on_values(says: Parameters) -> Iterator[Constraint]:
    for name in says.iris("class"):
        yield Class(name)
    if (kind := says.iri("datatype")) is not None:
        yield _tested("datatype", datatype(kind))
    if (kind := says.iri("nodeKind")) is not None:
        if kind not in NODE_KINDS:
            kinds = ", ".join(f"sh:{local(each)}" for each in NODE_KINDS)
            raise Malformed(f"sh:nodeKind takes one of {kinds}, not {plain(kind)}")
        yield _tested("nodeKind", node_kind(kind))
    for name, allowed in RANGES.items():
        if (limit := says.one(name)) is not None:
            if not is_literal(limit):
                raise Malformed(f"sh:{name} takes a literal, not {plain(limit)}")
            yield _tested(name, bound(limit, allowed))
    if (least := says.count("minLength")) is not None:
        yield _tested("minLength", length(least, None))
    if (most := says.count("maxLength")) is not None:
        yield _tested("maxLength", length(None, most))
    yield from _on_words(says)


def _on_words(says: Parameters) -> Iterator[Constraint]:
    flags = says.text("flags")
    if (text := says.text("pattern")) is not None:
        pattern = Pattern(text, flags or "")
        try:
            pattern.check()
        except DataError as error:
            raise Malformed(str(error)) from error
        yield Matching(pattern)
    if (ranges := says.members("languageIn")) is not None:
        if not all(is_literal(each) and literal(each).datatype == XSD_STRING for each in ranges):
            raise Malformed("sh:languageIn takes a list of language tags, as strings")
        yield _tested("languageIn", language_in(tuple(literal(r).lexical.lower() for r in ranges)))
    if (members := says.members("in")) is not None:
        yield _tested("in", one_of(frozenset(members)))


def _on_sets(says: Parameters) -> Iterator[Constraint]:
    if (least := says.count("minCount")) is not None:
        yield MinCount(least)
    if (most := says.count("maxCount")) is not None:
        yield MaxCount(most)
    if says.boolean("uniqueLang"):
        yield UniqueLang()
    for value in says.every("hasValue"):
        yield HasValue(value)
    for name, pair in _PAIRS.items():
        for other in says.iris(name):
            yield pair(other)
    ignored = says.members("ignoredProperties") or []
    if not all(is_iri(each) for each in ignored):
        raise Malformed("sh:ignoredProperties takes a list of IRIs")
    if says.boolean("closed"):
        own = (says.graph.values(shape, sh("path")) for shape in says.every("property"))
        yield Closed(frozenset((*ignored, *(path for paths in own for path in paths))))


def _on_shapes(says: Parameters, shape_of: ShapeOf) -> Iterator[Constraint]:
    for name, lists in ((name, says.lists(name)) for name in _LISTS):
        for members in lists:
            yield _LISTS[name](tuple(shape_of(member) for member in members))
    for node in says.every("not"):
        yield Not((shape_of(node),))
    for node in says.every("node"):
        shape = shape_of(node)
        if shape.path:
            raise Malformed("sh:node takes a node shape, and this one has a sh:path")
        yield Node((shape,))
    for node in says.every("property"):
        shape = shape_of(node)
        if shape.path is None:
            raise Malformed("sh:property takes a property shape, and this one has no sh:path")
        yield Property(shape)
    yield from _qualified(says, shape_of)


def _qualified(says: Parameters, shape_of: ShapeOf) -> Iterator[Constraint]:
    node = says.one("qualifiedValueShape")
    least, most = says.count("qualifiedMinCount"), says.count("qualifiedMaxCount")
    disjoint = says.boolean("qualifiedValueShapesDisjoint")
    if node is None:
        # On a node shape the suite of the W3C has them do nothing.
        if says.every("path") and (least is not None or most is not None):
            raise Malformed("sh:qualifiedMinCount and …MaxCount need a sh:qualifiedValueShape")
        return
    if least is None and most is None:
        raise Malformed("sh:qualifiedValueShape needs a sh:qualifiedMinCount or …MaxCount")
    siblings = tuple(shape_of(each) for each in _siblings(says.graph, says.node, node))
    for low, high in ((least, None), (None, most)):
        if low is not None or high is not None:
            yield Qualified(shape_of(node), siblings if disjoint else (), low, high)


def _siblings(graph: Graph, property_shape: Term, counted: Term) -> list[Term]:
    """Return what the other properties of the same shapes count, `counted` itself left out."""
    found: dict[Term, None] = {}
    for parents in graph.backward((property_shape,), sh("property")).values():
        for parent in parents:
            for sibling in graph.values(parent, sh("property")):
                found.update(dict.fromkeys(graph.values(sibling, sh("qualifiedValueShape"))))
    found.pop(counted, None)
    return list(found)
