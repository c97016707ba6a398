"""The groups of a query as it is written: what each part gives a value, and what it asks of others.

Engines work on an algebra in which filters and joins have moved; here everything is where the
author put it, since that is what decides what can see what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from kg.errors import CallError

_KINDS = {
    "OptionalGraphPattern": "optional",
    "MinusGraphPattern": "minus",
    "GraphGraphPattern": "graph",
}
# What gives nobody a value.
_SILENT = ("filter", "minus")


class Part(NamedTuple):
    """A part of a group.

    Attributes:
        kind: ``triple``, ``values``, ``bind``, ``filter``, ``optional``, ``union``, ``group``,
            ``minus``, ``graph`` or ``select``.
        names: the variables that stand in it, outside groups and expressions.
        expression: of a filter or a BIND.
        groups: those in it; several are the branches of a UNION.
        select: a query in the query.
        node: it as the parser has it.
    """

    kind: str
    names: tuple[str, ...] = ()
    expression: Any = None
    groups: tuple[Group, ...] = ()
    select: Select | None = None
    node: Any = None

    @property
    def bound(self) -> tuple[str, ...]:
        """The variables it gives a value, in the order of the text."""
        if self.kind in _SILENT:
            return ()
        below = (name for group in self.groups for name in group.bound)
        return tuple(dict.fromkeys((*self.names, *below)))


@dataclass(frozen=True)
class Group:
    """What stands between two braces."""

    parts: tuple[Part, ...]

    @cached_property
    def bound(self) -> tuple[str, ...]:
        """The variables its parts give a value, in the order of the text."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.bound))


@dataclass(frozen=True)
class Select:
    """A query, or one in it.

    Attributes:
        form: ``select``, ``construct``, ``ask`` or ``describe``.
        projected: the variables of its answer; None where it is all of them.
        named: those of them that an expression of its head gives a value.
        group: its pattern.
        expressions: those outside the pattern: of its head, GROUP BY, HAVING and ORDER BY.
        is_ordered: whether there is an ORDER BY.
    """

    form: str
    projected: tuple[str, ...] | None
    named: frozenset[str]
    group: Group
    expressions: tuple[Any, ...]
    is_ordered: bool

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each variable stands in it; one of a query in it only where that shows it."""
        told = Counter(self.projected if self.projected is not None else self.group.bound)
        for expression in self.expressions:
            told.update(_all_in(expression))
        _count(self.group, told)
        return told


def read_query(text: str) -> Select:
    """Return a query as it is written.

    Raises:
        CallError: it is no SPARQL.
    """
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        _, query = parseQuery(text)
    except Exception as error:  # pyparsing's own errors
        raise CallError(f"It is no SPARQL: {error}") from error
    return _select(query)


def asked(expression: Any) -> Iterator[str]:
    """Yield the variables of an expression, those inside EXISTS left out."""
    from rdflib import Variable

    if isinstance(expression, Variable):
        yield str(expression)
    for each in _inside(expression):
        yield from asked(each)


def existing(expression: Any) -> Iterator[tuple[bool, Group]]:
    """Yield the group of each EXISTS in an expression, and whether it is to be there."""
    for node in _nodes(expression):
        if _is_exists(node):
            yield node.name == "Builtin_EXISTS", _group(node.graph)


def mentioned(group: Group) -> Collection[str]:
    """Return every variable that stands in a group; of a query in it what that shows."""
    told: Counter[str] = Counter()
    _count(group, told)
    return told.keys()


def parts_below(group: Group) -> Iterator[Part]:
    """Yield the parts of a group and of all in it, EXISTS too, in the order of the text."""
    for part in group.parts:
        yield part
        inside = [each for _, each in existing(part.expression)]
        if part.select:
            inside.append(part.select.group)
        for each in (*inside, *part.groups):
            yield from parts_below(each)


def equated(expression: Any) -> Iterator[set[str]]:
    """Yield the variables that an expression sets equal to each other."""
    for node in _nodes(expression):
        if node.name == "Builtin_sameTerm" or (
            node.name == "RelationalExpression" and node.op in ("=", "IN")
        ):
            yield set(asked(node))


def _select(query: Any) -> Select:
    head = query.projection or []
    names = [str(each.var or each.evar) for each in head if _is_node(each)]
    given = frozenset(str(each.evar) for each in head if getattr(each, "evar", None))
    grouped = [each for each in _conditions(query.groupby) if getattr(each, "var", None)]
    outside = [
        *(each.expr for each in head if getattr(each, "evar", None)),
        *(query.template or []),
        *(
            part
            for key in ("groupby", "having", "orderby")
            for part in _conditions(getattr(query, key))
        ),
    ]
    form = {"SubSelect": "select"}.get(query.name, query.name.removesuffix("Query").lower())
    return Select(
        form,
        tuple(names) or (None if form == "select" else ()),
        given | {str(each.var) for each in grouped},
        _group(query.where),
        tuple(outside),
        query.orderby is not None,
    )


def _conditions(clause: Any) -> list[Any]:
    return list(clause.condition) if clause is not None else []


def _group(node: Any) -> Group:
    if node is None:
        return Group(())
    if node.name == "SubSelect":
        return Group((_query_in(node),))
    parts = node.part if node.name == "GroupGraphPatternSub" else [node]
    return Group(tuple(part for each in parts or () for part in _parts(each)))


def _query_in(node: Any) -> Part:
    select = _select(node)
    shown = select.projected if select.projected is not None else select.group.bound
    return Part("select", shown, select=select)


def _parts(node: Any) -> Iterator[Part]:
    if node.name == "TriplesBlock":
        for triples in node.triples:
            for at in range(0, len(triples), 3):
                yield Part("triple", tuple(dict.fromkeys(_joining(triples[at : at + 3]))))
    elif node.name == "InlineData":
        yield Part("values", tuple(asked(node.var)))
    elif node.name == "Bind":
        yield Part("bind", (str(node.var),), node.expr, node=node)
    elif node.name == "Filter":
        yield Part("filter", (), node.expr, node=node)
    elif node.name == "GroupOrUnionGraphPattern":
        groups = tuple(_group(each) for each in node.graph)
        yield Part("union" if len(groups) > 1 else "group", (), None, groups)
    else:
        names = tuple(asked(node.term)) if node.name == "GraphGraphPattern" else ()
        kind = _KINDS.get(node.name, "group")
        yield Part(kind, names, None, (_group(node.graph),), node=node)


def _joining(triple: Any) -> Iterator[str]:
    """Yield what a triple shares with others: its variables, and blank nodes by their label."""
    from rdflib import BNode

    for term in triple:
        if isinstance(term, BNode):
            yield f"[{term}]"
        else:
            yield from asked(term)


def _count(group: Group, told: Counter[str]) -> None:
    for part in group.parts:
        told.update(part.names)
        if part.expression is not None:
            told.update(_all_in(part.expression))
        for each in part.groups:
            _count(each, told)


def _all_in(expression: Any) -> Iterator[str]:
    """Yield every variable of an expression as often as it stands, those inside EXISTS too."""
    yield from asked(expression)
    for _, group in existing(expression):
        inside: Counter[str] = Counter()
        _count(group, inside)
        yield from inside.elements()


def _nodes(node: Any) -> Iterator[Any]:
    """Yield a node of an expression and those below it, not into EXISTS."""
    if _is_node(node):
        yield node
    for each in _inside(node):
        yield from _nodes(each)


def _inside(node: Any) -> Iterator[Any]:
    """Yield what an expression is made of; of EXISTS nothing."""
    # Both the parser's nodes and its lists claim to have whatever attribute they are asked for.
    if _is_node(node):
        yield from () if _is_exists(node) else node.values()
    elif isinstance(node, list | tuple) or (hasattr(node, "asList") and not isinstance(node, str)):
        yield from node


def _is_node(node: Any) -> bool:
    from rdflib.plugins.sparql.parserutils import CompValue

    return isinstance(node, CompValue)


def _is_exists(node: Any) -> bool:
    return node.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS")
