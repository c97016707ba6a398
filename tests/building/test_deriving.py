"""What is derived anew after a change makes the derived graph equal to one made from scratch."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.building.affected import Touched, affected
from kg.building.derived import derived_quads
from kg.building.deriving import derive
from kg.store.canonical import canonical_bytes
from kg.store.generations import Generations
from kg.vocabulary.terms import DERIVED_GRAPH, KG, KGS, PROV, RDF_TYPE, SKOS, XSD

BASE = "urn:"
Value = ox.NamedNode | ox.Literal
Triple = tuple[ox.NamedNode, str, Value]
DAYS = st.sampled_from((None, "2024-10-01", "2024-10-08", "2024-11-01"))
NAMES = st.sampled_from(("one name", "another name"))


def _some(*names: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), max_size=2, unique=True).map(tuple)


def _one(*names: str | None) -> st.SearchStrategy[str | None]:
    return st.sampled_from(names)


class Actor(NamedTuple):
    """An actor, or an unnamed source."""

    id: str
    kind: str
    name: str
    acts_for: tuple[str, ...]

    def triples(self) -> Iterator[Triple]:
        actor = _id("actor", self.id)
        yield actor, RDF_TYPE, ox.NamedNode(KG + self.kind)
        yield actor, SKOS + "prefLabel", ox.Literal(self.name)
        for each in self.acts_for:
            yield actor, KG + "actsFor", _id("actor", each)


class Office(NamedTuple):
    """The one office that an actor holds."""

    holder: str
    body: str
    begun: str

    def triples(self) -> Iterator[Triple]:
        office = _id("office", self.holder)
        yield _id("actor", self.holder), KG + "holdsOffice", office
        yield office, KG + "isOfficeOf", _id("actor", self.body)
        yield office, KG + "earliest", _day(self.begun)


class Event(NamedTuple):
    """An event."""

    id: str
    name: str
    part_of: tuple[str, ...]
    senders: tuple[str, ...]
    receivers: tuple[str, ...]

    def triples(self) -> Iterator[Triple]:
        event = _id("event", self.id)
        yield event, RDF_TYPE, ox.NamedNode(KG + "Agreement")
        yield event, SKOS + "prefLabel", ox.Literal(self.name)
        for name, kind, ids in (
            ("isPartOf", "event", self.part_of),
            ("isFrom", "actor", self.senders),
            ("isTo", "actor", self.receivers),
        ):
            for each in ids:
                yield event, KG + name, _id(kind, each)


class Place(NamedTuple):
    """A place."""

    id: str
    name: str
    within: str

    def triples(self) -> Iterator[Triple]:
        place = _id("place", self.id)
        yield place, RDF_TYPE, ox.NamedNode(KG + "Place")
        yield place, SKOS + "prefLabel", ox.Literal(self.name)
        yield place, KG + "isWithin", _id("place", self.within)


class Claim(NamedTuple):
    """A claim of an article."""

    number: int
    about: tuple[str, ...]
    aspect: str
    polarity: str
    modality: str
    speakers: tuple[str, ...]
    based_on: tuple[str, ...]
    best: int | None
    said: str | None
    day: str | None
    retracted: bool

    def triples(self, article: ox.NamedNode) -> Iterator[Triple]:
        claim = ox.NamedNode(f"{article.value}/{self.number}")
        yield claim, RDF_TYPE, ox.NamedNode(KG + "Claim")
        yield claim, PROV + "wasDerivedFrom", article
        for axis in ("aspect", "polarity", "modality"):
            concept = ox.NamedNode(f"{KGS}{axis}/{getattr(self, axis)}")
            yield claim, f"{KG}has{axis.capitalize()}", concept
        for each in self.about:
            yield claim, KG + "isAbout", _id("event", each)
        for each in self.speakers:
            yield claim, PROV + "wasAttributedTo", _id("actor", each)
        for each in self.based_on:
            yield claim, KG + "isBasedOn", _id("actor", each)
        if self.best:
            yield claim, KG + "best", ox.Literal(self.best)
            yield claim, KG + "rangeBasis", ox.NamedNode(KGS + "basis/approximate")
            yield claim, KG + "quantityAsStated", ox.Literal(f"about {self.best}")
        if self.said:
            yield claim, KG + "saidEarliest", _day(self.said)
        if self.day:
            yield claim, KG + "date", ox.Literal(self.day)
            yield claim, KG + "earliest", _day(self.day)
            yield claim, KG + "periodEarliest", _day(self.day)
        if self.retracted:
            yield claim, KG + "retractedOn", _day("2024-12-01")


class Assessment(NamedTuple):
    """An assessment of a claim of any article, there or not."""

    claim: str
    status: str
    desk: str
    dated: str
    right_day: str | None
    right_place: str | None

    def triples(self) -> Iterator[Triple]:
        node = ox.NamedNode(f"urn:assessment/{self.claim}/{self.dated}-{self.desk}")
        right = ox.NamedNode(node.value + "/right")
        yield node, KG + "assesses", ox.NamedNode(f"urn:article/{self.claim}")
        yield node, KG + "hasStatus", ox.NamedNode(f"{KGS}status/{self.status}")
        yield node, PROV + "wasAttributedTo", _id("desk", self.desk)
        yield node, KG + "dated", _day(self.dated)
        yield node, KG + "rationale", ox.Literal(f"{self.desk} says so")
        yield node, KG + "hasReplacement", right
        if self.right_day:
            yield right, KG + "hasAspect", ox.NamedNode(KGS + "aspect/signing-date")
            yield right, KG + "date", ox.Literal(self.right_day)
            yield right, KG + "latest", _day(self.right_day)
        if self.right_place:
            yield right, KG + "hasPlace", _id("place", self.right_place)


class Publication(NamedTuple):
    """What stands of an article itself."""

    published: str | None
    retracted: bool

    def triples(self, article: ox.NamedNode) -> Iterator[Triple]:
        if self.published:
            yield article, KG + "publishedEarliest", _day(self.published)
        if self.retracted:
            yield article, KG + "retractedOn", _day("2024-12-02")


Piece = Actor | Office | Event | Place | Claim | Assessment | Publication


class Step(NamedTuple):
    """A piece is put into an article's graph, or taken out if one like it is there already."""

    article: str
    piece: Piece


class Graphs:
    """The graphs of a few articles in a store, changed piece by piece."""

    def __init__(self) -> None:
        self.store = ox.Store()
        self.touched = Touched(self.store)
        self._pieces: dict[str, list[Piece]] = {article: [] for article in ARTICLES}
        reference = ox.NamedNode("urn:graph/reference")
        for s, p, o in _concepts():
            self.store.add(ox.Quad(s, ox.NamedNode(p), o, reference))

    def take(self, step: Step) -> None:
        pieces = self._pieces[step.article]
        if step.piece in pieces:
            pieces.remove(step.piece)
        else:
            pieces.append(step.piece)
        graph = _id("article", step.article)
        self.touched.note(graph)
        self.store.remove_graph(graph)
        for piece in pieces:
            own = isinstance(piece, Claim | Publication)
            triples = piece.triples(graph) if own else piece.triples()
            self.store.extend(ox.Quad(s, ox.NamedNode(p), o, graph) for s, p, o in triples)

    def built(self) -> None:
        """Begin to watch for the next build."""
        self.touched = Touched(self.store)


def _id(kind: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(f"urn:{kind}/{name}")


def _concepts() -> Iterator[Triple]:
    """Yield the one step between aspects that a reference graph holds here."""
    total, present = (_aspect(name) for name in ("personnel-total", "personnel-present"))
    for aspect in (total, present):
        yield aspect, RDF_TYPE, ox.NamedNode(SKOS + "Concept")
    yield present, SKOS + "broader", total


def _aspect(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{KGS}aspect/{name}")


def _day(day: str) -> ox.Literal:
    return ox.Literal(day, datatype=ox.NamedNode(XSD + "date"))


PLACES = "port", "town", "land"
ACTORS, EVENTS, ARTICLES = ("minister", "ministry", "state"), ("a", "b", "c"), ("x", "y", "z")
KINDS = ("Organization", "Person", "UnnamedSource")
actors = st.builds(Actor, _one(*ACTORS), _one(*KINDS), NAMES, _some(*ACTORS))
offices = st.builds(Office, _one(*ACTORS), _one(*ACTORS), _one("2024-09-01", "2024-10-10"))
events = st.builds(Event, _one(*EVENTS), NAMES, _some(*EVENTS), _some(*ACTORS), _some(*ACTORS))
places = st.builds(Place, _one(*PLACES), NAMES, _one(*PLACES))
claims = st.builds(
    Claim,
    st.integers(1, 2),
    _some(*EVENTS),
    _one("signing-date", "personnel-total", "personnel-present", "occurrence"),
    _one("affirmed", "affirmed", "affirmed", "denied"),
    _one("actual", "actual", "ongoing", "possible"),
    _some(*ACTORS),
    _some(*ACTORS),
    st.sampled_from((None, 100, 110, 200)),
    DAYS,
    DAYS,
    _one(True, False, False, False),
)
assessments = st.builds(
    Assessment,
    _one("x/1", "y/1"),
    _one("confirmed", "refuted"),
    _one("desk-one", "desk-two"),
    _one("2024-12-03", "2024-12-04"),
    DAYS,
    _one(None, *PLACES),
)
publications = st.builds(Publication, DAYS, st.booleans())
pieces = st.one_of(
    actors,
    actors,
    offices,
    events,
    events,
    places,
    claims,
    claims,
    claims,
    assessments,
    publications,
)
steps = st.builds(Step, _one(*ARTICLES), pieces)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Step], list[Step]]:
    """Return what is there at first, and what comes, goes and comes again."""
    first = draw(st.lists(steps, min_size=6, max_size=14, unique=True))
    coming = st.one_of(st.sampled_from(first), st.sampled_from(first), steps)
    return first, draw(st.lists(coming, max_size=8))


@settings(max_examples=300, deadline=None)
@given(histories())
def test_as_from_scratch(history: tuple[list[Step], list[Step]]) -> None:
    """After every step the derived graph is amended to what would be made from scratch."""
    first, then = history
    graphs = Graphs()
    for step in first:
        graphs.take(step)
    derived = derived_quads(graphs.store, BASE)
    for step in then:
        graphs.built()
        graphs.take(step)
        nodes = affected(graphs.store, graphs.touched.changed())
        derived = {quad for quad in derived if quad.subject not in nodes}
        derived |= derived_quads(graphs.store, BASE, nodes)

        assert derived == derived_quads(graphs.store, BASE)


def test_what_others_say_too_has_not_changed() -> None:
    """An actor that two articles declare equally stays as it is where one of them goes."""
    graphs = Graphs()
    state = Actor("state", "Organization", "A state", ())
    for article in ARTICLES:
        graphs.take(Step(article, state))
    graphs.built()
    graphs.take(Step("x", state))

    assert graphs.touched.changed() == set()


def test_only_what_rests_on_a_change_is_affected() -> None:
    """A claim takes those along that corroborate it, and its event; no other event's claims."""
    graphs = Graphs()
    for article, about in (("x", "a"), ("y", "a"), ("z", "b")):
        graphs.take(Step(article, _spoken(about)))
    graphs.built()
    graphs.take(Step("x", Publication("2024-10-01", retracted=False)))

    assert affected(graphs.store, graphs.touched.changed()) == {
        _id("article", "x"),
        _id("article", "x/1"),
        _id("article", "y/1"),
        _id("event", "a"),
    }


def _spoken(about: str) -> Claim:
    return Claim(
        1, (about,), "personnel-total", "affirmed", "actual", ("state",), (), 100, None, None, False
    )


@settings(max_examples=10, deadline=None)
@given(histories())
def test_file_and_store_are_amended(history: tuple[list[Step], list[Step]]) -> None:
    """The canonical file of the derived graph has exactly the quads of the store."""
    with tempfile.TemporaryDirectory() as folder:
        generations = Generations(Path(folder))
        with generations.exclusive(), generations.draft() as draft:
            draft.manifest["graphs"] = {}
            graphs = Graphs()
            graphs.store = draft.store
            graphs.built()
            for steps in history:
                nothing = DERIVED_GRAPH not in draft.manifest["graphs"]
                for step in steps:
                    graphs.take(step)
                derive(draft, BASE, None if nothing else graphs.touched)
                graphs.built()

            name = ox.NamedNode(BASE + DERIVED_GRAPH)
            expected = derived_quads(draft.store, BASE)
            assert set(draft.store.quads_for_pattern(None, None, None, name)) == expected
            file = draft.files.path(draft.manifest["graphs"][DERIVED_GRAPH])
            assert file.read_bytes() == canonical_bytes(expected)
            del graphs
