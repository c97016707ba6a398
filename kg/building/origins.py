"""Where a claim comes from: the top of `acts_for`, by the office held on the day it was said.

The origin of a claim is the top of `acts_for` over what it is based on, else over its speakers; an
unnamed source has none. Who has acted for several speaks for those whose office was held on the day
of the statement, else of the publication; where no office covers that day, for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.building.properties import Values, Words, values, words
from kg.vocabulary.terms import KG, PROV

_EARLIEST, _LATEST = "0000", "9999-99"


def claim_origins(store: ox.Store, speakers: Values, tops: Values) -> tuple[Values, Values]:
    """Return the origins of every claim that has one, and for whom its speakers spoke.

    Args:
        store: with the claims, the actors and their offices.
        speakers: of every claim.
        tops: the origins of every actor that has any.
    """
    bases, offices = values(store, KG + "isBasedOn"), _Offices(store)

    def on_the_day(claim: ox.NamedNode, actors: Iterable[ox.NamedNode]) -> set[ox.NamedNode]:
        found: set[ox.NamedNode] = set()
        for actor in actors:
            own = tops.get(actor, set())
            bodies = offices.on_the_day(claim, actor) if len(own) > 1 else ()
            found |= set().union(*(tops.get(body, {body}) for body in bodies)) or own
        return found

    behind = {claim: on_the_day(claim, actors) for claim, actors in speakers.items()}
    based = {claim: on_the_day(claim, actors) for claim, actors in bases.items()}
    origins = {claim: found for claim, found in {**behind, **based}.items() if found}
    return origins, behind


class _Offices:
    """Which offices actors held, and when claims were made."""

    def __init__(self, store: ox.Store) -> None:
        self._held = values(store, KG + "holdsOffice")
        self._bodies = values(store, KG + "isOfficeOf")
        self._begun, self._over = words(store, KG + "earliest"), words(store, KG + "latest")
        self._articles = values(store, PROV + "wasDerivedFrom")
        self._said = _Span(words(store, KG + "saidEarliest"), words(store, KG + "saidLatest"))
        self._published = _Span(
            words(store, KG + "publishedEarliest"), words(store, KG + "publishedLatest")
        )

    def on_the_day(self, claim: ox.NamedNode, actor: ox.NamedNode) -> set[ox.NamedNode]:
        """Return the bodies whose office `actor` can have held when it made `claim`."""
        first, last = self._day(claim)
        return {
            body
            for office in self._held.get(actor, ())
            if self._begun.get(office, _EARLIEST) <= last
            and self._over.get(office, _LATEST) >= first
            for body in self._bodies.get(office, ())
        }

    def _day(self, claim: ox.NamedNode) -> tuple[str, str]:
        if self._said.has(claim):
            return self._said.of(claim)
        return min(map(self._published.of, self._articles.get(claim, ())), default=("", _LATEST))


class _Span:
    """The outermost days of what a statement or a publication is dated."""

    def __init__(self, earliest: Words, latest: Words) -> None:
        self._earliest = earliest
        self._latest = latest

    def has(self, node: ox.NamedNode) -> bool:
        return node in self._earliest or node in self._latest

    def of(self, node: ox.NamedNode) -> tuple[str, str]:
        return self._earliest.get(node, _EARLIEST), self._latest.get(node, _LATEST)
