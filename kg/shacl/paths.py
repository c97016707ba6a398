"""SHACL property paths (https://www.w3.org/TR/shacl/#property-paths), followed from whole sets."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kg.errors import DataError
from kg.shacl.graph import Data, Graph, Values
from kg.shacl.terms import RDF_FIRST, Term, is_iri, is_literal, plain, sh


@dataclass(frozen=True)
class Predicate:
    """One step from subject to object."""

    iri: Term


@dataclass(frozen=True)
class Inverse:
    """A path walked backwards."""

    path: Path


@dataclass(frozen=True)
class Sequence:
    """Paths one after the other."""

    steps: tuple[Path, ...]


@dataclass(frozen=True)
class Alternative:
    """Any of several paths."""

    choices: tuple[Path, ...]


@dataclass(frozen=True)
class Repeated:
    """A path walked `least` times (0 or 1) or more often; only up to once where not `again`."""

    path: Path
    least: int
    again: bool


Path = Predicate | Inverse | Sequence | Alternative | Repeated

_REPEATED = {
    sh("zeroOrMorePath"): (0, True),
    sh("oneOrMorePath"): (1, True),
    sh("zeroOrOnePath"): (0, False),
}
_MAX_DEPTH = 50
_MAX_STEPS = 1_000


def parse_path(graph: Graph, node: Term) -> Path:
    """Return the path that `node` stands for in a shapes graph.

    Raises:
        DataError: it is malformed, contains itself, or is longer than any path for people.
    """
    return _parse(graph, node, 0, iter(range(_MAX_STEPS)))


def _parse(graph: Graph, node: Term, depth: int, left: Iterator[int]) -> Path:
    if depth > _MAX_DEPTH:
        raise DataError(f"the path {node} contains itself or is nested too deep")
    if next(left, None) is None:
        raise DataError(f"a path has more than {_MAX_STEPS:,} steps")
    if is_iri(node):
        return Predicate(node)
    if is_literal(node):
        raise DataError(f"the literal {node} is no path")
    if graph.values(node, RDF_FIRST):  # a list, whatever else it says
        return Sequence(_members(graph, node, "a sequence path", depth, left))
    kinds = [kind for kind in _COMPOSED if graph.values(node, kind)]
    if len(kinds) != 1:
        raise DataError("a path is an IRI, a list, or has one of sh:inversePath, …")
    values = graph.values(node, kinds[0])
    if len(values) != 1:
        raise DataError(f"a path has {plain(kinds[0])} twice")
    (value,) = values
    if kinds[0] == sh("alternativePath"):
        return Alternative(_members(graph, value, "sh:alternativePath", depth, left))
    inner = _parse(graph, value, depth + 1, left)
    return (
        Inverse(inner) if kinds[0] == sh("inversePath") else Repeated(inner, *_REPEATED[kinds[0]])
    )


_COMPOSED = (sh("inversePath"), sh("alternativePath"), *_REPEATED)


def _members(
    graph: Graph, head: Term, what: str, depth: int, left: Iterator[int]
) -> tuple[Path, ...]:
    members = graph.items(head)
    if members is None:
        raise DataError(f"{what} is a list, and this is none that is well formed")
    if len(members) < 2:
        raise DataError(f"{what} is a list of two or more paths")
    return tuple(_parse(graph, member, depth + 1, left) for member in members)


def follow(path: Path, nodes: Collection[Term], data: Data) -> Values:
    """Return the nodes that `path` leads to from each of `nodes`, each once."""
    if isinstance(path, Predicate):
        return data.forward(nodes, path.iri)
    if isinstance(path, Inverse):
        inner = path.path
        if isinstance(inner, Predicate):
            return data.backward(nodes, inner.iri)
        return follow(inverted(inner), nodes, data)
    if isinstance(path, Sequence):
        found: Values = {node: (node,) for node in nodes}
        for step in path.steps:
            found = _onward(found, follow(step, _reached(found), data))
        return found
    if isinstance(path, Alternative):
        return _united(nodes, [follow(choice, nodes, data) for choice in path.choices])
    return _repeat(path, nodes, data)


def inverted(path: Path) -> Path:
    """Return the path that leads back, only single predicates of it walked backwards."""
    if isinstance(path, Inverse):
        inner = path.path
        return inner if isinstance(inner, Predicate) else inverted(inverted(inner))
    if isinstance(path, Sequence):
        return Sequence(tuple(inverted(step) for step in reversed(path.steps)))
    if isinstance(path, Alternative):
        return Alternative(tuple(inverted(choice) for choice in path.choices))
    if isinstance(path, Repeated):
        return Repeated(inverted(path.path), path.least, path.again)
    return Inverse(path)


def joined(first: Path | None, second: Path | None) -> Path | None:
    """Return one path after another; None is the path that stays where it is."""
    if first is None or second is None:
        return first or second
    return Sequence((first, second))


def steps(path: Path, before: Path | None = None) -> Iterator[tuple[Path | None, Term, bool]]:
    """Yield each predicate that `path` reads: the path up to it, and whether it is walked back."""
    if isinstance(path, Predicate):
        yield before, path.iri, False
    elif isinstance(path, Inverse):
        if isinstance(path.path, Predicate):
            yield before, path.path.iri, True
        else:
            yield from steps(inverted(path.path), before)
    elif isinstance(path, Sequence):
        for step in path.steps:
            yield from steps(step, before)
            before = joined(before, step)
    elif isinstance(path, Alternative):
        for choice in path.choices:
            yield from steps(choice, before)
    else:
        again = Repeated(path.path, 0, again=True)
        yield from steps(path.path, joined(before, again) if path.again else before)


def as_sparql(path: Path) -> str:
    """Return the path as SPARQL writes it."""
    if isinstance(path, Predicate):
        return path.iri
    if isinstance(path, Inverse):
        return f"^{_grouped(path.path)}"
    if isinstance(path, Sequence):
        return "/".join(_grouped(step) for step in path.steps)
    if isinstance(path, Alternative):
        return "|".join(_grouped(choice) for choice in path.choices)
    sign = "?" if not path.again else "+" if path.least else "*"
    return f"{_grouped(path.path)}{sign}"


def _grouped(path: Path) -> str:
    text = as_sparql(path)
    return text if isinstance(path, Predicate) else f"({text})"


def _reached(values: Values) -> set[Term]:
    return {value for reached in values.values() for value in reached}


def _onward(first: Values, second: Values) -> Values:
    found = {}
    for node, middles in first.items():
        if len(middles) == 1:
            (middle,) = middles
            ends = second.get(middle)
        else:
            ends = dict.fromkeys(end for each in middles for end in second.get(each, ()))
        if ends:
            found[node] = ends
    return found


def _united(nodes: Collection[Term], parts: list[Values]) -> Values:
    found = {}
    for node in nodes:
        ends = dict.fromkeys(end for part in parts for end in part.get(node, ()))
        if ends:
            found[node] = ends
    return found


def _repeat(path: Repeated, nodes: Collection[Term], data: Data) -> Values:
    one = {node: (node,) for node in nodes}
    if not path.again:
        return _united(nodes, [one, follow(path.path, nodes, data)])
    steps_from: dict[Term, Collection[Term]] = {}
    frontier = set(nodes)
    while frontier:
        ahead = follow(path.path, frontier, data)
        steps_from.update((node, ahead.get(node, ())) for node in frontier)
        frontier = _reached(ahead) - steps_from.keys()
    return {
        node: reached
        for node in nodes
        if (reached := _closure(node, steps_from, itself=path.least == 0))
    }


def _closure(
    node: Term, steps_from: dict[Term, Collection[Term]], *, itself: bool
) -> dict[Term, None]:
    reached: dict[Term, None] = {node: None} if itself else {}
    waiting = list(steps_from[node])
    while waiting:
        end = waiting.pop()
        if end not in reached:
            reached[end] = None
            waiting.extend(steps_from[end])
    return reached
