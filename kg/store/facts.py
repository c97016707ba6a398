"""What is in the store, counted."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from kg.errors import DataError
from kg.store.generations import Generations
from kg.vocabulary.terms import EVENT_TYPES, KG, RDF_TYPE

_TYPE = ox.NamedNode(RDF_TYPE)


def store_facts(generations: Generations) -> dict[str, Any]:
    """Return counts of the current generation and when it was built; ``built`` false if none."""
    try:
        with generations.reading() as snapshot:
            manifest = snapshot.manifest
            store = snapshot.store
            events = {
                quad.subject
                for name in EVENT_TYPES
                for quad in store.quads_for_pattern(None, _TYPE, ox.NamedNode(KG + name))
            }
            return {
                "built": True,
                "store": str(snapshot.folder),
                "generation": snapshot.number,
                "built_at": manifest["built_at"],
                "built_by": manifest["version"],
                "quads": len(store),
                "articles": sum(name.startswith("article/") for name in manifest["graphs"]),
                "claims": _count(store, "Claim"),
                "events": len(events),
                "assessments": _count(store, "Assessment"),
            }
    except DataError:
        return {"built": False, "store": str(generations.root)}


def _count(store: ox.Store, name: str) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, _TYPE, ox.NamedNode(KG + name)))
