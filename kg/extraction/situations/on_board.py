"""Who or what is aboard what has come, told behind it: "On board were 60 Turkish soldiers"."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.document.memory import Happening
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.situations.sides import SideFinder

_ABOARD = (["on", "board"], ["aboard"], ["inside"], ["in", "it"], ["on", "it"])
# So many words may stand before what is aboard: "about 60 Turkish special forces soldiers".
_NEAR = 6


def on_board(
    parse: Parse, clause: Clause, last: Happening, sides: SideFinder
) -> tuple[Happening, int | None] | None:
    """Return the event of what is aboard and its figure, None if nothing is told of it."""
    if parse.lows[slice(*clause.subject)] not in _ABOARD or clause.verb.passive:
        return None
    first, end = clause.right
    for mention in parse.mentions_in(first, min(end, first + _NEAR)):
        if mention.kind != "item" or not mention.items:
            continue
        klass = sides.gazetteer.item_class(mention.items[0])
        owner = sides.resolver.owner(parse, mention)
        from_ = (owner,) if owner else last.from_
        kind = "Deployment" if klass == "persons" else "Shipment"
        to = tuple(side for side in last.to if side not in from_)
        items = tuple(mention.items)
        told = replace(last, type=kind, from_=from_, to=to, items=items, klass=klass)
        return told, mention.quantity
    return None
