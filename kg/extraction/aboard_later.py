"""What planes and ships brought that have come, where the next sentences say it: men, not goods."""

from __future__ import annotations

from itertools import pairwise

from kg.extraction.document.found import Found
from kg.extraction.names.gazetteer import Gazetteer

# What planes and ships do that arrive, as a rule of a draft begins.
_ARRIVING = "arrive:"
_CRAFT = ("military-aircraft", "warship", "military-helicopter")
_HULLS = frozenset(("containers",))
# How the next sentence says what they brought: "On board were 100 soldiers", "Some 100 got off".
_OFF = frozenset(("aboard", "board", "inside", "disembarked", "alighted", "carried", "brought"))
_GOT = (["got", "off"], ["stepped", "off"], ["climbed", "out"], ["walked", "off"], ["filed", "off"])
_AN_END = 2


def say_who_came(found: list[Found], gazetteer: Gazetteer) -> None:
    """Let planes that came have brought a force, where who was aboard is told next.

    `found` are the claims of an article in the order of its text. What was aboard as well, told
    behind, stays a delivery of its own.
    """
    for one, after in pairwise(found):
        reading, then = one.reading, after.reading
        if not one.rule.startswith(_ARRIVING) or reading.type != "Shipment" or reading.contents:
            continue
        next_to = after.parse is not one.parse and after.parse.paragraph == one.parse.paragraph
        craft = any(gazetteer.is_kind_of(i, kind) for i in reading.items for kind in _CRAFT)
        if not next_to or not (craft or reading.klass in _HULLS) or then.type != "Deployment":
            continue
        same = not reading.to or not then.to or {*reading.to} == {*then.to}
        if then.klass == "persons" and same and _got_off(after):
            reading.type, reading.aspect = "Deployment", "occurrence"
            reading.from_ = reading.from_ or then.from_


def _got_off(found: Found) -> bool:
    """Whether a claim is of those whom something has brought."""
    lows = found.parse.lows[found.first : found.last]
    off = any(lows[at : at + _AN_END] in _GOT for at in range(len(lows)))
    return off or not _OFF.isdisjoint(lows)
