"""Where each thing of a list goes or comes from: "200 rifles to Mali and 300 to Niger"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.document.found import Found
from kg.extraction.document.memory import Sides
from kg.extraction.names.mentions import Mention
from kg.extraction.situations.sides import SideFinder

_GOALS = frozenset(("to", "for", "into", "in", "at"))
_ORIGINS = frozenset(("from",))
_NAMED = ("state", "place", "organization")
_MOVES = ("Shipment", "Deployment")


def part_goals(claims: Sequence[Found], sides: SideFinder) -> None:
    """Let each of the claims of a list have its own goal or origin, if each names one."""
    if len(claims) < 2 or claims[0].reading.type not in _MOVES:
        return
    if claims[0].last > claims[1].first:
        return  # what stands behind the verb is told of all
    for before, slot in ((_GOALS, "to"), (_ORIGINS, "from_")):
        named = [_named(one, before) for one in claims]
        found = [sides.of(one.parse, some) for one, some in zip(claims, named, strict=True)]
        if not all(found):
            continue
        for one, some, own in zip(claims, named, found, strict=True):
            other: Sides = one.reading.from_ if slot == "to" else one.reading.to
            if {*own} & {*other}:
                continue
            if slot == "from_":
                one.reading = replace(one.reading, from_=own)
                continue
            places = sides.places_of(one.parse, some) if one.reading.places else []
            one.reading = replace(one.reading, to=own, places=places)


def _named(one: Found, before: frozenset[str]) -> list[Mention]:
    """Return the states and places in a claim behind some prepositions."""
    lows = one.parse.lows
    return [
        mention
        for mention in one.parse.mentions_in(one.first, one.last)
        if mention.kind in _NAMED
        and lows[mention.first - 1 - (lows[mention.first - 1] == "the")] in before
    ]
