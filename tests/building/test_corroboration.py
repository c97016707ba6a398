"""Claims that say literally the same are counted together: as if each pair had been compared."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from kg.building.closures import Broader
from kg.building.corroboration import corroboration
from kg.building.origins import Origins
from kg.building.properties import Everything
from kg.vocabulary.terms import KG, KGS, PROV, RDF_TYPE, SKOS, XSD

EVENTS = [ox.NamedNode(f"urn:event/{name}") for name in "ab"]
ACTORS = {
    ox.NamedNode(f"urn:actor/{name}"): {ox.NamedNode(f"urn:actor/{top}")}
    for name, top in (("kremlin", "russia"), ("russia", "russia"), ("nato", "nato"))
}
UNNAMED = ox.NamedNode("urn:actor/officials")
SHELL, DRONE, BIG = (ox.NamedNode(f"{KGS}item/{name}") for name in ("shell", "drone", "152-mm"))
BROADER = {SHELL: {SHELL}, DRONE: {DRONE}, BIG: {BIG, SHELL}}


class Said(NamedTuple):
    """One claim: an affirmed count of things delivered."""

    event: ox.NamedNode
    modality: str
    speaker: ox.NamedNode
    article: ox.NamedNode
    item: ox.NamedNode | None
    best: int | None
    approximate: bool
    withdrawn: bool

    @property
    def origins(self) -> set[ox.NamedNode]:
        return ACTORS.get(self.speaker, set())

    @property
    def ends(self) -> tuple[Decimal, Decimal] | None:
        if self.best is None:
            return None
        share = Decimal("0.2") if self.approximate else Decimal(0)
        return self.best * (1 - share), self.best * (1 + share)


SAYINGS = st.lists(
    st.builds(
        Said,
        st.sampled_from(EVENTS),
        st.sampled_from(["actual", "ongoing", "possible"]),
        st.sampled_from([*ACTORS, UNNAMED]),
        st.sampled_from([ox.NamedNode(f"urn:article/{name}") for name in "xyz"]),
        st.sampled_from([None, SHELL, DRONE, BIG]),
        st.sampled_from([None, 100, 115, 130, 200]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=8,
)


def _store(sayings: list[Said]) -> ox.Store:
    store = ox.Store()

    def add(claim: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> None:
        predicate = name if ":" in name else KG + name
        store.add(ox.Quad(claim, ox.NamedNode(predicate), value, ox.NamedNode("urn:graph")))

    _declare(add)
    for number, said in enumerate(sayings):
        claim = _claim(number)
        add(claim, PROV + "wasAttributedTo", said.speaker)
        if said.withdrawn:
            day = ox.Literal("2024-12-01", datatype=ox.NamedNode(XSD + "date"))
            add(claim, "retractedOn", day)
        add(claim, "isAbout", said.event)
        add(claim, "hasAspect", ox.NamedNode(KGS + "aspect/items-delivered"))
        add(claim, "hasModality", ox.NamedNode(f"{KGS}modality/{said.modality}"))
        add(claim, "hasPolarity", ox.NamedNode(KGS + "polarity/affirmed"))
        add(claim, PROV + "wasDerivedFrom", said.article)
        if said.item:
            add(claim, "countedItem", said.item)
        if said.best is not None:
            basis = "approximate" if said.approximate else "exact"
            add(claim, "rangeBasis", ox.NamedNode(f"{KGS}basis/{basis}"))
            number_ = ox.Literal(str(said.best), datatype=ox.NamedNode(XSD + "integer"))
            for end in ("best",) if said.approximate else ("low", "best", "high"):
                add(claim, end, number_)
    return store


def _declare(add: Callable[[ox.NamedNode, str, ox.NamedNode], None]) -> None:
    for actor, tops in ACTORS.items():
        add(actor, RDF_TYPE, ox.NamedNode(KG + "Organization"))
        for top in tops - {actor}:
            add(actor, "actsFor", top)
    for item, broader in BROADER.items():
        add(item, RDF_TYPE, ox.NamedNode(SKOS + "Concept"))
        for each in broader - {item}:
            add(item, SKOS + "broader", each)


def _claim(number: int) -> ox.NamedNode:
    return ox.NamedNode(f"urn:claim/{number}")


def _same(one: Said, other: Said) -> bool:
    modality = {one.modality, other.modality}
    items = one.item is None or other.item is None
    if one.item and other.item:
        items = other.item in BROADER[one.item] or one.item in BROADER[other.item]
    return (
        one.event == other.event
        and (len(modality) == 1 or modality == {"actual", "ongoing"})
        and items
        and not other.withdrawn
    )


def _apart(one: Said, other: Said) -> bool:
    return bool(one.ends and other.ends) and not _overlapping(one, other)


def _overlapping(one: Said, other: Said) -> bool:
    if not one.ends or not other.ends:
        return False
    return one.ends[0] <= other.ends[1] and other.ends[0] <= one.ends[1]


@given(SAYINGS)
def test_counts_are_those_of_pairs(sayings: list[Said]) -> None:
    graph = Everything(_store(sayings))
    found = {
        (claim, name): {value.value for value in values}
        for claim, name, values in corroboration(graph, Origins(graph), Broader(graph))
    }
    for number, said in enumerate(sayings):
        same = [] if said.withdrawn else [other for other in sayings if _same(said, other)]
        origins = set().union(*(other.origins for other in same))
        figures = set().union(*(other.origins for other in same if _overlapping(said, other)))
        together = [other for other in same if not _apart(said, other)]
        behind = set().union(*(other.origins for other in together))
        articles = {other.article for other in together if other.origins}
        hides = len(behind) == 1 and len(articles) > 1 and behind == said.origins
        claim = _claim(number)
        assert found.get((claim, "corroboratingOrigins")) == _counted(origins)
        assert found.get((claim, "corroboratingFigures")) == _counted(figures)
        assert found.get((claim, "carryingArticles")) == (_counted(articles) if hides else None)
        assert found.get((claim, "hasSoleOrigin")) == (
            {node.value for node in behind} if hides else None
        )


def _counted(nodes: set[ox.NamedNode]) -> set[str] | None:
    return {str(len(nodes))} if nodes else None
