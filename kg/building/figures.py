"""The certain ends of a claim's figure."""

from __future__ import annotations

from decimal import Decimal

from kg.building.properties import Node, Properties
from kg.vocabulary.terms import KG, KGS

_BASIS, _LOW, _BEST, _HIGH = (KG + name for name in ("rangeBasis", "low", "best", "high"))
_APPROXIMATE = Node(KGS + "basis/approximate")
_LEAST, _MOST = Decimal(0), Decimal("Infinity")
_TOLERANCE = Decimal("0.2")


def certain_range(graph: Properties, claim: Node) -> tuple[Decimal, Decimal] | None:
    """Return the least and the most that a claim's figure can be, None where it gives none.

    Approximate means 20 percent either way, and an unstated end bounds nothing.
    """
    basis = graph.values(claim, _BASIS)
    if not basis:
        return None
    best = graph.literal(claim, _BEST)
    if _APPROXIMATE in basis and best is not None:
        return Decimal(best) * (1 - _TOLERANCE), Decimal(best) * (1 + _TOLERANCE)
    low, high = graph.literal(claim, _LOW), graph.literal(claim, _HIGH)
    return (_LEAST if low is None else Decimal(low)), (_MOST if high is None else Decimal(high))
