"""What is ordered and not said to be delivered: an agreement of the buyer with the maker."""

from __future__ import annotations

from kg.extraction.document.found import Found

# Frames of buying, and the verbs by which nothing has come yet.
_BUYING = frozenset(("receive", "take-on", "order-for", "win-order"))
_ORDERING = frozenset(("order", "contract", "sign", "place", "put", "negotiate", "award", "book"))
_BOUGHT = frozenset(("bought", "purchased", "procured", "acquired", "imported"))
_TO_COME = frozenset(("buy", "purchase", "procure", "acquire", "import", "order"))


def take_orders(found: list[Found]) -> None:
    """Let claims of goods on order be agreements of who buys and who sells.

    Done when the whole text is read: to what it tells later, the goods are on their way.
    """
    for claim in found:
        if claim.reading.type == "Shipment" and _is_order(claim):
            reading = claim.reading
            reading.type, reading.aspect = "Agreement", "occurrence"
            reading.from_, reading.to = (*reading.from_, *reading.to), ()


def _is_order(claim: Found) -> bool:
    """Whether goods are ordered, or are to be bought: "will buy", "has ordered"."""
    if claim.reading.frame.name not in _BUYING or claim.polarity == "denied":
        return False
    lemma = claim.rule.rpartition(":")[2]
    if claim.reading.frame.name == "win-order" or lemma in _ORDERING:
        return True
    words = claim.parse.lows[claim.first : claim.last]
    to_come = lemma in _TO_COME and claim.modality == "expected"
    return to_come and _BOUGHT.isdisjoint(words)  # "is known to have bought"
