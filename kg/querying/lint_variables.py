"""Variables of a query that have no value where they are asked, are not used, or join nothing.

An engine says nothing of it, and answers with too few rows or too many.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from kg.errors import did_you_mean
from kg.querying.groups import Group, Part, Select, asked, equated, existing, mentioned

# By these names a query says that nothing is meant to be there.
NOTHING = frozenset(("none", "nothing", "unstated"))


_GIVEN_AND_SHOWN = 2


class Slip(NamedTuple):
    """What is wrong, under which code, with which variable, and in which FILTER, BIND or MINUS.

    The variable is empty where it is none, and the part, as the parser has it, None.
    """

    code: str
    message: str
    name: str
    node: Any = None


class _Sight(NamedTuple):
    """What the expressions of a group can see beside the group's own variables.

    Attributes:
        all: what EXISTS puts in for them.
        filters: what only filters see: the left side of an OPTIONAL.
        around: what has a value outside, seen or not.
    """

    all: frozenset[str] = frozenset()
    filters: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()


def slips(query: Select) -> Iterator[Slip]:
    """Yield what is wrong with the variables of a query and of those in it."""
    yield from _heads(query)
    yield from _sights(query.group, _Sight())
    yield from _unused(query)
    yield from _products(query.group, ())


def _heads(query: Select) -> Iterator[Slip]:
    """Find what is projected, grouped or ordered by and never has a value."""
    bound = {*query.group.bound, *query.named}
    wanted = [*(query.projected or ()), *asked(query.expressions)]
    for name in dict.fromkeys(wanted):
        if name not in bound and name not in NOTHING:
            yield _unbound(name, bound)


def _unbound(name: str, bound: Iterable[str]) -> Slip:
    hint = did_you_mean(f"?{name}", (f"?{each}" for each in bound))
    return Slip("unbound-variable", f"Nothing ever gives ?{name} a value{hint}", name)


def _sights(group: Group, sight: _Sight) -> Iterator[Slip]:
    """Find expressions on what their group cannot see."""
    own = frozenset(group.bound)
    inside = _Sight(sight.all, frozenset(), sight.around | own)
    yield from _idle(group)
    for part in group.parts:
        if part.expression is not None:
            seen = own | sight.all | (sight.filters if part.kind == "filter" else frozenset())
            yield from _unseen(part, seen, sight.around)
            for wanted, each in existing(part.expression):
                yield from _untied(part, wanted, each, seen)
                yield from _sights(each, _Sight(seen, frozenset(), sight.around | own))
        below = inside._replace(filters=own | sight.all) if part.kind == "optional" else inside
        for each in part.groups:
            yield from _sights(each, below)
        if part.select:
            yield from _heads(part.select)
            yield from _sights(part.select.group, _Sight(around=inside.around))
            yield from _unused(part.select)


def _unseen(part: Part, seen: Collection[str], around: Collection[str]) -> Iterator[Slip]:
    for name in dict.fromkeys(asked(part.expression)):
        if name in seen or name in NOTHING:
            continue
        if name in around:
            what = f"A {part.kind.upper()} in a group of its own, as a branch of UNION is,"
            message = f"{what} cannot see ?{name} from outside"
            yield Slip("filter-outer-variable", message, name, part.node)
        elif not name.startswith("_"):  # a parameter that lacks its VALUES is told as such
            yield _unbound(name, seen)._replace(node=part.node)


def _idle(group: Group) -> Iterator[Slip]:
    """Find each MINUS that takes nothing away."""
    before: set[str] = set()
    for part in group.parts:
        if part.kind == "minus" and before.isdisjoint(part.groups[0].bound):
            message = "This MINUS shares no variable with what is before it, and takes nothing away"
            yield Slip("untied-group", message, "", part.node)
        before.update(part.bound)


def _untied(part: Part, wanted: bool, group: Group, seen: frozenset[str]) -> Iterator[Slip]:
    """Find an EXISTS that is the same for every row; one without variables must be meant so."""
    names = [name for name in mentioned(group) if not name.startswith("[")]
    if names and seen.isdisjoint(names):
        what = "EXISTS" if wanted else "NOT EXISTS"
        message = f"This {what} shares no variable with what is outside, and is alike for every row"
        yield Slip("untied-group", message, "", part.node)


def _unused(query: Select) -> Iterator[Slip]:
    if query.form in ("select", "construct") and query.projected is not None:
        for name in dict.fromkeys(_given(query.group)):
            if query.counts[name] == 1 and not name.startswith(("_", "[")):
                message = f"?{name} is used nowhere else; write [] where something is to be there"
                yield Slip("unused-variable", message, name)


def _given(group: Group) -> Iterator[str]:
    """Yield the variables of patterns, but for EXISTS and MINUS: there they stand for anything."""
    for part in group.parts:
        if part.kind != "minus":
            # A query in it may show what it is ordered by, or counts.
            shown = part.select.counts if part.select else {}
            yield from (name for name in part.names if shown.get(name, 0) <= _GIVEN_AND_SHOWN)
            for each in part.groups:
                yield from _given(each)


def _products(group: Group, links: Iterable[Collection[str]]) -> Iterator[Slip]:
    """Find patterns of one group that nothing joins: each row of one goes with each of the other.

    Args:
        group: the group.
        links: what is joined outside it.
    """
    own = [(part, _joined_by(part)) for part in group.parts]
    loose = [names for part, names in own if part.kind in ("values", "bind", "filter")]
    exact = [pair for part in group.parts for pair in _equal(part)]
    patterns = [(part, names) for part, names in own if names and part.kind in _PATTERNS]
    shares = _Shares([*links, *(names for names in loose if names), *exact])
    for _, names in patterns:
        shares.join(names)
    first = None
    for _, names in patterns:
        name = next((each for each in names if not each.startswith("[")), None)
        if first is None:
            first = name
        elif name and not shares.are_one(first, name):
            message = f"Nothing joins the patterns of ?{first} and ?{name}"
            yield Slip("cartesian-product", message, name)
            shares.join((first, name))  # each pair is told once
    for part in group.parts:
        others = [names for each, names in own if each is not part and names]
        for each in part.groups:
            yield from _products(each, [*links, *others, *exact])
        if part.select:
            yield from _products(part.select.group, ())


_PATTERNS = ("triple", "optional", "union", "group", "graph", "select")


def _joined_by(part: Part) -> tuple[str, ...]:
    """Return the variables that a part joins; a filter joins none by itself."""
    if part.kind in ("filter", "minus"):
        return ()
    if part.kind == "bind":
        return (*part.names, *asked(part.expression))
    conditions = [each for group in part.groups for each in group.parts]
    pairs = map(_equal, conditions if part.kind == "optional" else ())
    equal = (name for found in pairs for pair in found for name in pair)
    return tuple(dict.fromkeys((*part.bound, *equal)))


def _equal(part: Part) -> Iterator[Collection[str]]:
    """Yield what a filter joins: by an equality, or by what has to exist."""
    if part.kind == "filter":
        yield from equated(part.expression)
        for wanted, group in existing(part.expression):
            if wanted:
                yield from (each.bound for each in group.parts if each.bound)


class _Shares:
    """Variables that something joins, directly or through others."""

    def __init__(self, links: Iterable[Collection[str]]) -> None:
        self._root: dict[str, str] = {}
        for names in links:
            self.join(names)

    def join(self, names: Collection[str]) -> None:
        roots = [self._find(name) for name in names]
        for root in roots[1:]:
            self._root[root] = self._find(roots[0])

    def are_one(self, name: str, other: str) -> bool:
        return self._find(name) == self._find(other)

    def _find(self, name: str) -> str:
        while self._root.get(name, name) != name:
            name = self._root[name]
        return name
