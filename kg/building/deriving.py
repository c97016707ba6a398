"""Keep the derived graph what follows from the rest, at a cost that goes by what changed."""

from __future__ import annotations

from itertools import chain

import pyoxigraph as ox

from kg.building.affected import Touched, affected
from kg.building.derived import derived_quads
from kg.store.canonical import amended
from kg.store.generations import Draft
from kg.vocabulary.terms import DERIVED_GRAPH


def derive(draft: Draft, base: str, touched: Touched | None) -> None:
    """Make the derived graph of `draft` follow from its other graphs.

    Args:
        draft: the generation that is built.
        base: of its IRIs.
        touched: the graphs that differ from the last build; None where nothing is derived yet.
    """
    graphs: dict[str, str] = draft.manifest["graphs"]
    if touched is None:
        content, held, nodes = b"", set(), None
    else:
        content = draft.files.path(graphs[DERIVED_GRAPH]).read_bytes()
        nodes = affected(draft.store, touched.changed())
        graph = ox.NamedNode(base + DERIVED_GRAPH)
        quads = (draft.store.quads_for_pattern(node, None, None, graph) for node in nodes)
        held = set(chain.from_iterable(quads))
    now = derived_quads(draft.store, base, nodes)
    gone, new = held - now, now - held
    for quad in gone:
        draft.store.remove(quad)
    draft.store.extend(new)
    graphs[DERIVED_GRAPH] = draft.files.add(amended(content, gone, new))
