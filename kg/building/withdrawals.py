"""Which claims were retracted, by themselves or with their article."""

from __future__ import annotations

from kg.building.properties import Node, Properties
from kg.vocabulary.terms import KG, PROV

RETRACTED = KG + "retractedOn"
_ARTICLE = PROV + "wasDerivedFrom"


def is_withdrawn(graph: Properties, claim: Node) -> bool:
    """Whether a claim counts no more."""
    nodes = (claim, *graph.values(claim, _ARTICLE))
    return any(graph.literal(node, RETRACTED) is not None for node in nodes)
