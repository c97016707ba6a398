"""Where a claim comes from: the top of `acts_for`, by the office held on the day it was said.

The origin of a claim is the top of `acts_for` over what it is based on, else over its speakers; an
unnamed source has none. Who has acted for several speaks for those whose office was held on the day
of the statement, else of the publication; where no office covers that day, for all of them.
"""

from __future__ import annotations

from kg.building.closures import tops
from kg.building.properties import Node, Nodes, Properties
from kg.vocabulary.terms import ACTOR_TYPES, KG, PROV

NAMED = tuple(Node(KG + name) for name in ACTOR_TYPES if name != "UnnamedSource")
ATTRIBUTED, BASED = PROV + "wasAttributedTo", KG + "isBasedOn"
_ACTS_FOR, _HOLDS, _OFFICE_OF = KG + "actsFor", KG + "holdsOffice", KG + "isOfficeOf"
_ARTICLE = PROV + "wasDerivedFrom"
_HELD = KG + "earliest", KG + "latest"
_SAID = KG + "saidEarliest", KG + "saidLatest"
_PUBLISHED = KG + "publishedEarliest", KG + "publishedLatest"
_EARLIEST, _LATEST = "0000", "9999-99"


class Origins:
    """Who stands behind actors and claims; each is found once."""

    def __init__(self, graph: Properties) -> None:
        """Ask `graph` for claims, actors and offices."""
        self._graph = graph
        self._tops: dict[Node, Nodes] = {}
        self._days: dict[Node, tuple[str, str]] = {}
        self._claims: dict[Node, Nodes] = {}

    def of_actor(self, actor: Node) -> Nodes:
        """Return the tops of what an actor acts for, itself where it acts for none."""
        if actor not in self._tops:
            named = self._graph.is_a(actor, NAMED)
            self._tops[actor] = tops(self._graph, actor, _ACTS_FOR) if named else frozenset()
        return self._tops[actor]

    def of_claim(self, claim: Node) -> Nodes:
        """Return the origins of a claim."""
        if claim not in self._claims:
            bases = self._graph.values(claim, BASED)
            self._claims[claim] = self._on_the_day(claim, bases) if bases else self.behind(claim)
        return self._claims[claim]

    def behind(self, claim: Node) -> Nodes:
        """Return those for whom the speakers of a claim spoke."""
        return self._on_the_day(claim, self._graph.values(claim, ATTRIBUTED))

    def _on_the_day(self, claim: Node, actors: Nodes) -> Nodes:
        found: set[Node] = set()
        for actor in actors:
            own = self.of_actor(actor)
            bodies = self._bodies(claim, actor) if len(own) > 1 else ()
            found |= set().union(*(self.of_actor(body) or {body} for body in bodies)) or own
        return found

    def _bodies(self, claim: Node, actor: Node) -> Nodes:
        """Return the bodies whose office `actor` can have held when it made `claim`."""
        first, last = self._day(claim)
        return {
            body
            for office in self._graph.values(actor, _HOLDS)
            if self._span(office, _HELD)[0] <= last and self._span(office, _HELD)[1] >= first
            for body in self._graph.values(office, _OFFICE_OF)
        }

    def _day(self, claim: Node) -> tuple[str, str]:
        """Return the outermost days of the statement, else of the first publication."""
        if claim not in self._days:
            said = any(self._graph.literal(claim, end) is not None for end in _SAID)
            articles = self._graph.values(claim, _ARTICLE)
            published = (self._span(article, _PUBLISHED) for article in articles)
            self._days[claim] = (
                self._span(claim, _SAID) if said else min(published, default=("", _LATEST))
            )
        return self._days[claim]

    def _span(self, node: Node, ends: tuple[str, str]) -> tuple[str, str]:
        earliest, latest = (self._graph.literal(node, end) for end in ends)
        return earliest or _EARLIEST, latest or _LATEST
