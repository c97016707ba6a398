"""Units that are called after their arms, and such as are pieces of goods."""

from __future__ import annotations

from kg.extraction.document.memory import FORCES
from kg.extraction.situations.situation import Situation
from kg.extraction.words.lexicon import Frame

_ORDINALS = ("st", "nd", "rd", "th")
_TRADE = ("deliver", "supply", "sell", "buy", "receive", "export", "purchase", "acquire")
_UNITS_GO = frozenset(("arrive", "be-there", "deploy", "leave", "bring-home", "go-home"))


def is_named_unit(one: Situation) -> bool:
    """Whether a unit is called after its arm: "the 173rd Field Artillery", not what it has."""
    lows = one.parse.lows
    for mention in one.theme.mentions[:1]:
        before = lows[max(0, mention.first - 2) : mention.first]
        return any(word[0].isdigit() and word[-2:] in _ORDINALS for word in before)
    return False


def is_battery_of_a_nation(one: Situation, frame: Frame) -> bool:
    """Whether a unit goes with its arms: "a Greek Patriot battery arrived", not what is sold."""
    named = one.theme.mentions[:1]
    units = any(one.parse.lows[m.last - 1] in one.lexicon["batteries"] for m in named)
    owned = units and any(m.nation is not None for m in named)
    return owned and frame.name in _UNITS_GO


def is_a_piece(one: Situation) -> bool:
    """Whether "units" are pieces of equipment: they are delivered, bought or sold."""
    trade: tuple[str, ...] = _TRADE
    gazetteer = one.sides.gazetteer
    items = one.theme.items
    if not items or not gazetteer.is_kind_of(items[0], "military-unit"):
        return False
    last = one.sides.memory.latest((*FORCES, "Shipment"))
    if not one.theme.mentions and last is not None and last.type == "Shipment":
        return True  # "The other two will be here in May"
    if items in (["military-unit"], ["battery"]):
        trade = (*trade, *one.lexicon["handing-over"])  # "promised Ukraine three batteries"
    named = any(c.isdigit() for m in one.theme.mentions for c in one.parse.words(m))
    return named or one.clause.verb.lemma in trade or "delivery" in one.words()[:2]
