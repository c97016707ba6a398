"""Capitals by whose they are: "the Egyptian capital", "Haiti's capital"."""

from __future__ import annotations

from kg.extraction.grammar.parse import Parse
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.names.mentions import Mention

_POSSESSIVE = frozenset(("'s", "’s"))


def capital_of(state: str, gazetteer: Gazetteer) -> list[str]:
    """Return the capital of a state, else its land, as far as either is a known place."""
    places = gazetteer.names.places
    known = gazetteer.names.actors.get(state)
    for name in known.names if known else ():
        place = name.lower().replace(" ", "-")
        if place in places and place != state:
            return [place]
    return [state] if state in places else []


def capital_named(parse: Parse, mention: Mention, gazetteer: Gazetteer) -> list[str]:
    """Return the capital that a name stands right before, none if it stands before no such."""
    if mention.kind not in ("demonym", "state") or not mention.actor:
        return []
    at = mention.last
    at += parse.lows[at : at + 1] != [] and parse.lows[at] in _POSSESSIVE
    owns = mention.kind == "demonym" or at > mention.last
    meant = owns and parse.lows[at : at + 1] == ["capital"]
    return capital_of(mention.actor, gazetteer) if meant else []
