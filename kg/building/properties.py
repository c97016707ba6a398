"""Properties of a store: read as mappings from subject to values, and derived in that form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

Values = dict[ox.NamedNode, set[ox.NamedNode]]
Words = dict[ox.NamedNode, str]
# A subject, the name of one of our properties, and its values.
Statement = tuple[ox.NamedNode, str, Iterable[ox.NamedNode | ox.Literal]]


# Quads would be read with their graph, which takes twice the time.
_PROPERTY = "SELECT ?subject ?value ?property WHERE { ?subject ?property ?value }"


def values(store: ox.Store, predicate: str) -> Values:
    """Return the nodes that each subject of `predicate` is linked to, in any graph."""
    found: Values = defaultdict(set)
    for subject, value in _rows(store, predicate):
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode):
            found[subject].add(value)
    return found


def words(store: ox.Store, predicate: str) -> Words:
    """Return the literal of each subject of `predicate`, the first in order where it has several.

    Graphs may differ in the name they give to what they all declare.
    """
    found: Words = {}
    for subject, value in _rows(store, predicate):
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.Literal):
            literal = value.value
            found[subject] = min(literal, found.get(subject, literal))
    return found


def _rows(store: ox.Store, predicate: str) -> Iterator[tuple[object, object]]:
    rows = store.query(
        _PROPERTY,
        use_default_graph_as_union=True,
        substitutions={ox.Variable("property"): ox.NamedNode(predicate)},
    )
    assert isinstance(rows, ox.QuerySolutions)
    return ((row[0], row[1]) for row in rows)
