"""Records become quads: completed, then read through the JSON-LD context alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.articles.text import occurrences
from kg.mapping.completing import complete
from kg.mapping.context import load_context
from kg.mapping.quads import Mapper
from kg.records.model import Record, scheme_of
from kg.records.reader import read
from kg.store.canonical import canonical_bytes
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import ACTOR_TYPES, DEFAULT_BASE, EVENT_TYPES, RDF_TYPE, prefixes
from kg.vocabulary.vocabulary import Vocabulary

CONTEXT = load_context(shipped("ontology") / "context.jsonld")
VOCABULARY = Vocabulary((shipped("ontology"),), DEFAULT_BASE)
A = "autumn-soldiers"


def _map(record: Record, text: str = "", base: str = DEFAULT_BASE) -> list[ox.Quad]:
    def locate(span: str) -> int | None:
        return next(iter(occurrences(text, span, limit=1)), None)

    nodes = complete(record, locate, VOCABULARY.actors.__contains__)
    return Mapper(CONTEXT, base).quads(f"article/{record.article.id}", nodes)


def _short(term: Any, base: str = DEFAULT_BASE) -> str:
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.rsplit("#", 1)[-1]
        return f'"{term.value}"' if kind == "string" else f'"{term.value}"^^{kind}'
    for prefix, iri in prefixes(base).items():
        if term.value.startswith(iri):
            return f"{prefix}:{term.value[len(iri) :]}"
    return "a" if term.value == RDF_TYPE else term.value


def _about(quads: list[ox.Quad], subject: str, base: str = DEFAULT_BASE) -> set[str]:
    return {
        f"{_short(quad.predicate)} {_short(quad.object, base)}"
        for quad in quads
        if _short(quad.subject, base) == subject
    }


@pytest.fixture(scope="module")
def model(record: str) -> Record:
    (reading,) = read(Path("a.yaml"), record.encode())
    assert isinstance(reading.record, Record)
    return reading.record


@pytest.fixture(scope="module")
def quads(model: Record, text: str) -> list[ox.Quad]:
    return _map(model, text)


def test_an_article_is_its_metadata_never_its_text(
    quads: list[ox.Quad], text: str, digest: Any
) -> None:
    assert _about(quads, f"id:article/{A}") == {
        "a kg:Article",
        'skos:prefLabel "Seoul counts foreign soldiers in the east"',
        "schema:publisher id:actor/unknown-outlet",
        'schema:url "https://example.org/a"^^anyURI',
        'schema:inLanguage "en"',
        'kg:textPath "articles/autumn-soldiers.txt"',
        f'kg:textDigest "{digest(text)}"',
        'kg:published "2024-10-18"',
        'kg:publishedEarliest "2024-10-18"^^date',
        'kg:publishedLatest "2024-10-18"^^date',
    }
    assert not any("ship leaving Chongjin." in str(quad.object) for quad in quads)


def test_a_claim_is_attributed_counted_and_quoted(quads: list[ox.Quad]) -> None:
    assert _about(quads, f"id:claim/{A}/c1") == {
        "a kg:Claim",
        f"prov:wasDerivedFrom id:article/{A}",
        "prov:wasAttributedTo id:actor/south-korea-nis",
        "kg:isAbout id:event/soldiers-east",
        "kg:hasAspect kgs:aspect/personnel-present",
        "kg:hasModality kgs:modality/actual",
        "kg:hasPolarity kgs:polarity/affirmed",
        'kg:quantityAsStated "about 1,500"',
        "kg:countedItem kgs:item/soldier",
        'kg:best "1500"^^integer',
        "kg:rangeBasis kgs:basis/approximate",
        "kg:hasPlace id:place/vladivostok",
        "kg:hasPlace id:place/dock-seven",
        f"kg:restsOn id:evidence/{A}/v1",
        # It has no date and was not said on a day, so it counts as of the article's.
        'kg:periodEarliest "2024-10-18"^^date',
        'kg:periodLatest "2024-10-18"^^date',
        'kg:quoteExact "about 1,500 soldiers have arrived in Vladivostok"',
        'kg:quoteStart "73"^^integer',
        'kg:quoteEnd "121"^^integer',
        f"kg:hasQuote id:claim/{A}/c1/quote",
    }
    assert _about(quads, f"id:claim/{A}/c1/quote") == {
        "a kg:Quotation",
        'oa:exact "about 1,500 soldiers have arrived in Vladivostok"',
        'oa:start "73"^^integer',
        'oa:end "121"^^integer',
    }


def test_a_route_lies_flat_on_its_claim_and_a_start_is_found(quads: list[ox.Quad]) -> None:
    about = _about(quads, f"id:claim/{A}/c2")
    assert {
        "kg:startsAt id:place/chongjin",
        "kg:endsAt id:place/vladivostok",
        "kg:passesThrough id:place/rason",
        "kg:hasConveyance kgs:conveyance/railway",
        "kg:hasContents kgs:item/artillery-shell",
        'kg:low "2000"^^integer',
        # An unnamed source is local to its article; who carries it is not.
        f"prov:wasAttributedTo id:source/{A}/two-officials",
        "kg:isCarriedBy id:actor/unknown-outlet",
        'kg:quoteStart "172"^^integer',
        'kg:quoteEnd "224"^^integer',
    } <= about
    assert not any(line.startswith(("kg:best", "kg:high")) for line in about)


def test_a_denial_answers_a_claim_on_a_day(quads: list[ox.Quad]) -> None:
    assert {
        "kg:hasPolarity kgs:polarity/denied",
        f"kg:respondsTo id:claim/{A}/c1",
        'kg:said "2024-10-18"',
        'kg:saidEarliest "2024-10-18"^^date',
        'kg:saidLatest "2024-10-18"^^date',
    } <= _about(quads, f"id:claim/{A}/c3")


def test_a_date_has_its_words_its_edtf_and_its_days(quads: list[ox.Quad]) -> None:
    assert {
        'kg:dateAsStated "in 2023"',
        'kg:date "2023"',
        'kg:earliest "2023-01-01"^^date',
        'kg:latest "2023-12-31"^^date',
        'kg:periodEarliest "2023-01-01"^^date',
        'kg:periodLatest "2023-12-31"^^date',
    } <= _about(quads, f"id:claim/{A}/c4")


def test_a_value_is_a_concept_of_the_aspect_s_scheme(quads: list[ox.Quad]) -> None:
    assert "kg:hasValue kgs:provision/mutual-assistance" in _about(quads, f"id:claim/{A}/c5")


def test_the_rest_of_a_record(quads: list[ox.Quad]) -> None:
    assert _about(quads, f"id:source/{A}/two-officials") == {
        "a kg:UnnamedSource",
        'skos:prefLabel "two officials"',
    }
    assert _about(quads, "id:place/dock-seven") == {
        "a kg:Place",
        'skos:prefLabel "Dock 7"',
        "kg:isWithin id:place/vladivostok",
    }
    assert _about(quads, "id:event/pact") == {
        "a kg:Agreement",
        'skos:prefLabel "pact"',
        "kg:hasEventKind kgs:event-kind/treaty",
        "kg:hasParty id:actor/north-korea",
        "kg:hasParty id:actor/russia",
    }
    assert _about(quads, f"id:evidence/{A}/v1") == {
        "a kg:Evidence",
        'skos:prefLabel "a satellite image of Chongjin"',
        "kg:hasEvidenceType kgs:evidence-type/satellite-image",
        "kg:isReleasedBy id:actor/south-korea-nis",
        "kg:hasVerification kgs:verification/unverified",
        f"kg:hasQuote id:evidence/{A}/v1/quote",
        f"prov:wasDerivedFrom id:article/{A}",
    }
    assert _about(quads, f"id:mention/{A}/368-380") == {
        "a kg:Mention",
        'kg:nameAsStated "Vladivostock"',
        "kg:refersTo id:place/vladivostok",
        'oa:start "368"^^integer',
        'oa:end "380"^^integer',
        f"prov:wasDerivedFrom id:article/{A}",
    }
    assessment = f"id:assessment/{A}/c4/2024-12-01-example-desk"
    assert _about(quads, assessment) == {
        "a kg:Assessment",
        f"kg:assesses id:claim/{A}/c4",
        "kg:hasStatus kgs:status/refuted",
        "kg:hasErrorKind kgs:error-kind/wrong-date",
        "prov:wasAttributedTo id:desk/example-desk",
        'kg:dated "2024-12-01"^^date',
        'kg:rationale "Signed on 19 June 2024"',
        f"kg:hasReplacement {assessment}/replacement/1",
    }
    assert _about(quads, f"{assessment}/replacement/1") == {
        "a kg:Replacement",
        "kg:hasAspect kgs:aspect/signing-date",
        'kg:date "2024-06-19"',
        'kg:earliest "2024-06-19"^^date',
        'kg:latest "2024-06-19"^^date',
        'kg:source "https://example.org/b"^^anyURI',
    }


def test_there_are_no_blank_nodes_and_one_graph(quads: list[ox.Quad]) -> None:
    assert {quad.graph_name for quad in quads} == {ox.NamedNode(f"{DEFAULT_BASE}article/{A}")}
    for quad in quads:
        assert isinstance(quad.subject, ox.NamedNode)
        assert not isinstance(quad.object, ox.BlankNode)
        assert quad.object.value or isinstance(quad.object, ox.Literal)


def test_every_predicate_and_class_is_declared_in_the_ontology(quads: list[ox.Quad]) -> None:
    declared = {triple.subject for triple in VOCABULARY.triples}
    used = {quad.predicate for quad in quads} | {
        quad.object for quad in quads if quad.predicate.value == RDF_TYPE
    }
    assert {term for term in used if term not in declared} <= {ox.NamedNode(RDF_TYPE)}


def test_a_base_of_its_own_moves_the_data_and_nothing_else(model: Record, text: str) -> None:
    base = "https://example.org/our/id/"
    moved = _map(model, text, base)
    default = _map(model, text)
    assert not any(DEFAULT_BASE in str(quad) for quad in moved)
    back = {str(quad).replace(base, DEFAULT_BASE) for quad in moved}
    assert back == {str(quad) for quad in default}
    assert _about(moved, f"id:claim/{A}/c1", base) == _about(default, f"id:claim/{A}/c1")


# Mapped twice here, after another record, and in processes with other hash seeds.
_ELSEWHERE = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
import test_mapping as here
(reading,) = here.read(Path("a.yaml"), sys.stdin.buffer.read())
sys.stdout.buffer.write(here.canonical_bytes(here._map(reading.record, {text!r})))
"""


def test_the_same_record_gives_the_same_bytes_in_any_run(
    model: Record, record: str, text: str
) -> None:
    first = canonical_bytes(_map(model, text))
    other = model.model_copy(
        update={"article": model.article.model_copy(update={"id": "winter-soldiers"})}
    )
    assert canonical_bytes(_map(other, text)) != first
    assert canonical_bytes(_map(model, text)) == first
    program = _ELSEWHERE.format(tests=str(Path(__file__).parent), text=text)
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            input=record.encode(),
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        )
        assert done.stdout == first


def test_the_order_of_a_record_is_not_the_order_of_its_quads(model: Record, text: str) -> None:
    turned = model.model_copy(
        update={
            section: tuple(reversed(getattr(model, section)))
            for section in ("actors", "places", "events", "evidence", "claims")
        }
    )
    assert canonical_bytes(_map(turned, text)) == canonical_bytes(_map(model, text))


# Every word of every scheme, in every key that takes it.


def _article(**sections: Any) -> Record:
    article = {
        "id": "a",
        "title": "A",
        "publisher": "unknown-outlet",
        "published": "2024",
        "language": "en",
        "text": "articles/a.txt",
        "sha256": "0" * 64,
    }
    return Record.model_validate({"communique": 1, "article": article, **sections})


def _claim(number: int, **keys: Any) -> dict[str, Any]:
    return {
        "id": f"c{number}",
        "about": "e",
        "aspect": "occurrence",
        "modality": "actual",
        "polarity": "affirmed",
        "speaker": "russia",
        "quote": {"exact": "x", "start": 0},
        **keys,
    }


def _in_claims(key: str, words: list[str]) -> Record:
    return _article(claims=[_claim(i, **{key: word}) for i, word in enumerate(words)])


def _in_quantities(key: str, words: list[str]) -> Record:
    figures = [{"as_stated": "x", "item": "soldier", "basis": "exact", key: word} for word in words]
    return _article(claims=[_claim(i, quantity=figure) for i, figure in enumerate(figures)])


def _in_assessments(key: str, words: list[str]) -> Record:
    base = {"claim": "c", "status": "refuted", "by": "d", "dated": "2024-12-01", "rationale": "r"}
    return _article(
        assessments=[{**base, "claim": f"c{i}", key: word} for i, word in enumerate(words)]
    )


def _in_replacements(key: str, words: list[str]) -> Record:
    replacements = [
        {"aspect": "occurrence", "source": "https://example.org/s", key: word} for word in words
    ]
    return _in_assessments("replacement", [replacements])  # type: ignore[list-item]


def _in_replaced_quantities(key: str, words: list[str]) -> Record:
    figures = [{"basis": "exact", "item": "soldier", key: word} for word in words]
    replacements = [
        {"aspect": "occurrence", "source": "https://example.org/s", "quantity": figure}
        for figure in figures
    ]
    return _in_assessments("replacement", [replacements])  # type: ignore[list-item]


def _in_evidence(key: str, words: list[str]) -> Record:
    return _article(
        evidence=[
            {"id": f"v{i}", "type": "video", "label": "x", key: word}
            for i, word in enumerate(words)
        ]
    )


def _in_events(key: str, words: list[str]) -> Record:
    return _article(
        events=[{"id": f"e{i}", "type": "Meeting", key: word} for i, word in enumerate(words)]
    )


def _in_routes(key: str, words: list[str]) -> Record:
    return _article(claims=[_claim(i, route={key: word}) for i, word in enumerate(words)])


PLACES = [
    (_in_claims, "aspect", "aspect", "hasAspect"),
    (_in_claims, "modality", "modality", "hasModality"),
    (_in_claims, "polarity", "polarity", "hasPolarity"),
    (_in_claims, "hedge", "hedge", "hasHedge"),
    (_in_claims, "items", "item", "concernsItem"),
    (_in_quantities, "item", "item", "countedItem"),
    (_in_quantities, "contents", "item", "hasContents"),
    (_in_quantities, "basis", "basis", "rangeBasis"),
    (_in_routes, "conveyance", "conveyance", "hasConveyance"),
    (_in_evidence, "type", "evidence-type", "hasEvidenceType"),
    (_in_evidence, "verification", "verification", "hasVerification"),
    (_in_events, "kind", "event-kind", "hasEventKind"),
    (_in_assessments, "status", "status", "hasStatus"),
    (_in_assessments, "kind", "error-kind", "hasErrorKind"),
    (_in_assessments, "reliability", "source-reliability", "hasSourceReliability"),
    (_in_assessments, "credibility", "information-credibility", "hasInformationCredibility"),
    (_in_replacements, "aspect", "aspect", "hasAspect"),
    (_in_replaced_quantities, "item", "item", "countedItem"),
    (_in_replaced_quantities, "contents", "item", "hasContents"),
    (_in_replaced_quantities, "basis", "basis", "rangeBasis"),
]


@pytest.mark.parametrize(
    ("build", "key", "scheme", "predicate"),
    PLACES,
    ids=[f"{place[0].__name__[4:]}-{place[1]}" for place in PLACES],
)
def test_every_concept_survives_in_every_key_of_its_scheme(
    build: Any, key: str, scheme: str, predicate: str
) -> None:
    words = sorted(VOCABULARY.schemes[scheme])
    assert words
    quads = _map(build(key, words))
    found = {_short(quad.object) for quad in quads if _short(quad.predicate) == f"kg:{predicate}"}
    expected = {f"kgs:{scheme}/{word}" for word in words}
    defaults = {"kgs:item/soldier", "kgs:basis/exact", "kgs:aspect/occurrence"}
    assert expected <= found <= expected | defaults


def test_every_scheme_and_every_key_that_takes_one_is_among_these() -> None:
    from kg.records import model

    parts = [part for part in vars(model).values() if isinstance(part, type)]
    taking = {
        (name, scheme_of(part, name))
        for part in parts
        if issubclass(part, model.Part)
        for name in part.model_fields
        if scheme_of(part, name)
    }
    tested = {(key, scheme) for _, key, scheme, _ in PLACES}
    assert taking == tested | {("type", "actor-type"), ("type", "event-type")}
    values = {"provision", "purpose", "payment"}  # schemes named by an aspect
    assert set(VOCABULARY.schemes) == {scheme for *_, scheme, _ in PLACES} | values


@pytest.mark.parametrize("aspect", ["provision", "purpose", "payment"])
def test_every_concept_survives_as_a_value_of_its_aspect(aspect: str) -> None:
    words = sorted(VOCABULARY.schemes[aspect])
    claims = [_claim(i, aspect=aspect, value=word) for i, word in enumerate(words)]
    quads = _map(_article(claims=claims))
    found = {_short(quad.object) for quad in quads if _short(quad.predicate) == "kg:hasValue"}
    assert found == {f"kgs:{aspect}/{word}" for word in words}


def test_every_type_of_actor_and_event_survives() -> None:
    actors = [{"id": f"x{i}", "type": name, "name": "x"} for i, name in enumerate(ACTOR_TYPES)]
    events = [{"id": f"e{i}", "type": name} for i, name in enumerate(EVENT_TYPES)]
    quads = _map(_article(actors=actors, events=events))
    found = {_short(quad.object) for quad in quads if quad.predicate.value == RDF_TYPE}
    assert found == {f"kg:{name}" for name in (*ACTOR_TYPES, *EVENT_TYPES, "Article")}


def test_an_id_may_be_a_word_of_the_context() -> None:
    names = sorted(name for name in CONTEXT.content if name.isalpha() and name.islower())
    quads = _map(_article(events=[{"id": name, "type": "Meeting"} for name in names]))
    assert {f"id:event/{name}" for name in names} <= {_short(quad.subject) for quad in quads}


@pytest.mark.parametrize(
    "words", ["@id", "kg:low", "_:b0", "https://example.org/x", "type", '"', "\\"]
)
def test_words_stay_words_whatever_they_look_like(words: str) -> None:
    record = _article(
        actors=[{"id": "x", "type": "Group", "name": words, "aliases": [words]}],
        claims=[_claim(1, quote={"exact": words, "start": 0}, extracted_by=words)],
    )
    quads = _map(record)
    for predicate in ("skos:altLabel", "kg:quoteExact", "oa:exact", "kg:extractedBy"):
        (found,) = {quad.object for quad in quads if _short(quad.predicate) == predicate}
        assert found == ox.Literal(words)


# What completing adds.


@pytest.mark.parametrize(
    ("quantity", "bounds"),
    [
        ({"best": 1500, "basis": "exact"}, {"low": 1500, "best": 1500, "high": 1500}),
        ({"best": 1500, "basis": "approximate"}, {"best": 1500}),
        ({"low": 13000, "basis": "lower-bound"}, {"low": 13000}),
        ({"high": 12000, "basis": "upper-bound"}, {"high": 12000}),
        ({"low": 10, "high": 20, "basis": "range"}, {"low": 10, "high": 20}),
        ({"best": 0, "basis": "exact"}, {"low": 0, "best": 0, "high": 0}),
    ],
)
def test_only_an_exact_count_gets_bounds(quantity: Any, bounds: dict[str, int]) -> None:
    whole = {"as_stated": "x", "item": "soldier", **quantity}
    about = _about(_map(_article(claims=[_claim(1, quantity=whole)])), "id:claim/a/c1")
    found = {line for line in about if line.startswith(("kg:low", "kg:best", "kg:high"))}
    assert found == {f'kg:{name} "{value}"^^integer' for name, value in bounds.items()}


@pytest.mark.parametrize(
    ("keys", "period"),
    [
        ({}, ("2024-01-01", "2024-12-31")),
        ({"said": "2024-10-18"}, ("2024-10-18", "2024-10-18")),
        ({"said": "2024-10-18", "date": {"edtf": "2024-08"}}, ("2024-08-01", "2024-08-31")),
        ({"date": {"edtf": "../2024-12"}}, (None, "2024-12-31")),
        ({"date": {"edtf": "2024-10-18/.."}}, ("2024-10-18", None)),
    ],
)
def test_a_claim_counts_for_its_date_else_its_saying_else_its_article(
    keys: Any, period: tuple[str | None, str | None]
) -> None:
    about = _about(_map(_article(claims=[_claim(1, **keys)])), "id:claim/a/c1")
    found = {line for line in about if line.startswith("kg:period")}
    names = ("periodEarliest", "periodLatest")
    pairs = zip(names, period, strict=True)
    assert found == {f'kg:{name} "{day}"^^date' for name, day in pairs if day}


def test_an_office_stands_beside_the_plain_relation() -> None:
    offices = [
        {"actor": "russia"},
        {"actor": "kremlin", "role": "spokesman", "from": "2012-05", "until": "2024"},
    ]
    actor = {"id": "x", "type": "Person", "name": "X", "acts_for": offices}
    quads = _map(_article(actors=[actor]))
    assert _about(quads, "id:actor/x") == {
        "a kg:Person",
        'skos:prefLabel "X"',
        "kg:actsFor id:actor/russia",
        "kg:actsFor id:actor/kremlin",
        "kg:holdsOffice id:actor/x/office/2",
    }
    assert _about(quads, "id:actor/x/office/2") == {
        "a kg:Office",
        "kg:isOfficeOf id:actor/kremlin",
        'kg:role "spokesman"',
        'kg:earliest "2012-05-01"^^date',
        'kg:latest "2024-12-31"^^date',
    }


def test_a_mention_means_the_actor_where_an_id_is_both() -> None:
    mentions = [
        {"as_stated": "Pyongyang", "refers_to": "north-korea", "start": 0},
        {"as_stated": "the city", "refers_to": "pyongyang", "start": 20},
        {"as_stated": "they", "start": 40},
    ]
    quads = _map(_article(mentions=mentions))
    assert "kg:refersTo id:actor/north-korea" in _about(quads, "id:mention/a/0-9")
    assert "kg:refersTo id:place/pyongyang" in _about(quads, "id:mention/a/20-28")
    assert not any("refersTo" in line for line in _about(quads, "id:mention/a/40-44"))


def test_offsets_count_code_points() -> None:
    text = "🚢🇰🇵 e\u0301 soldiers"
    claims = [_claim(1, quote={"exact": "soldiers"}), _claim(2, quote={"exact": "🇰🇵 e\u0301"})]
    quads = _map(_article(claims=claims), text)
    assert {'kg:quoteStart "7"^^integer', 'kg:quoteEnd "15"^^integer'} <= _about(
        quads, "id:claim/a/c1"
    )
    assert {'kg:quoteStart "1"^^integer', 'kg:quoteEnd "6"^^integer'} <= _about(
        quads, "id:claim/a/c2"
    )


def test_what_was_taken_back_says_when_and_why() -> None:
    retracted = {"dated": "2024-12-01", "reason": "The agency corrected it"}
    about = _about(_map(_article(claims=[_claim(1, retracted=retracted)])), "id:claim/a/c1")
    assert {
        'kg:retractedOn "2024-12-01"^^date',
        'kg:retractionReason "The agency corrected it"',
    } <= about
