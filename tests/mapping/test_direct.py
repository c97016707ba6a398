"""The compiled context gives what a JSON-LD parser gives, quad for quad, or leaves it to that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.mapping.completing import Node, complete, complete_assessment
from kg.mapping.context import load_context
from kg.mapping.direct import DirectMapping, Unplain
from kg.mapping.quads import Mapper
from kg.mapping.statements import Statements
from kg.records.model import AssessmentFile, Record
from kg.records.reader import read
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import ACTOR_TYPES, DEFAULT_BASE, EVENT_TYPES

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "articles"
CONTEXT = load_context(shipped("ontology") / "context.jsonld")
MAPPER = Mapper(CONTEXT, DEFAULT_BASE)
DIRECT = DirectMapping(CONTEXT.content, DEFAULT_BASE)


def _lines(quads: list[ox.Quad]) -> bytes:
    return "\n".join(sorted(map(str, quads))).encode()


def _assert_alike(graph: str, nodes: list[Node]) -> None:
    """The compiled context gives the parser's quads, and the tokens that N-Triples writes."""
    statements = DIRECT.statements(graph, nodes)
    assert _lines(statements.quads) == _lines(MAPPER.parsed(graph, nodes))
    assert statements == Statements.of(statements.quads)


def _nodes(record: Record, start: int | None = 7) -> list[Node]:
    return complete(record, lambda _: start, frozenset(("russia", "china")).__contains__)


def _records() -> list[Path]:
    return sorted(
        file
        for file in (ROOT / "examples").rglob("*.yaml")
        if file.parent.name in ("records", "assessments")
    )


@pytest.mark.parametrize("file", _records(), ids=lambda file: file.stem)
def test_the_examples_are_mapped_without_a_parser_and_alike(file: Path) -> None:
    for reading in read(file, file.read_bytes()):
        if isinstance(reading.record, AssessmentFile):
            graph = "graph/assessments"
            nodes = [
                complete_assessment(one, f"claim/{one.claim}") for one in reading.record.assessments
            ]
        else:
            assert isinstance(reading.record, Record)
            graph, nodes = f"article/{reading.record.article.id}", _nodes(reading.record)
        _assert_alike(graph, nodes)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the users' articles lie beside the repository")
def test_drafts_of_the_users_articles_are_mapped_alike() -> None:
    articles = sorted(SHARED.glob("*.txt"))
    assert articles
    for file in articles:
        draft = kg.extract(file.read_text(encoding="utf-8"), published="2024-10-18", name="a")
        nodes = _nodes(draft)
        _assert_alike("article/a", nodes)


def _part(required: dict[str, Any], **optional: Any) -> st.SearchStrategy[dict[str, Any]]:
    # Keys such as 'from' are no names in Python; an underscore behind makes them one.
    return st.fixed_dictionaries(
        required, optional={key.rstrip("_"): value for key, value in optional.items()}
    )


ids = st.sampled_from(("c1", "north-korea", "a", "2024-10", "x" * 80))
NONE: st.SearchStrategy[str] = st.nothing()
plain = ids | st.just("russia")
# What stands in a record that is yet to be judged: also what is no id.
strange = plain | st.sampled_from(
    (
        "Kim",
        "a b",
        "ü",
        "x:y",
        "kg:State",
        "kgs:x",
        "../up",
        ".",
        "",
        "-",
        "@id",
        "a/b?c#d",
    )
)
dates = st.sampled_from(("2024-10-18", "2024-10", "2024", "2024-10-18/2024-11", "../2024"))
days = st.just("2024-10-18")
texts = st.text(min_size=1)
counts = st.integers(-(10**18) + 1, 10**18 - 1)
quotes = _part({"exact": texts}, start=counts)


def _some(part: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(part, max_size=2)


def _records_naming(
    names: st.SearchStrategy[str], types: st.SearchStrategy[str] = NONE
) -> st.SearchStrategy[dict[str, Any]]:
    """Records that refer to `names`, and whose actors and events may be of `types` as well."""
    several = st.lists(names, max_size=3)
    actor_types = st.sampled_from(sorted(ACTOR_TYPES)) | types
    event_types = st.sampled_from(sorted(EVENT_TYPES)) | types
    figures = {
        "item": several,
        "contents": several,
        "low": counts,
        "best": counts,
        "high": counts,
    }
    bases = st.sampled_from(("exact", "approximate", "at-least"))
    stated_dates = _part({"edtf": dates}, as_stated=texts)
    retractions = _part({"dated": days, "reason": texts})
    quantities = _part({"as_stated": texts, "basis": bases}, **figures)
    replacements = _part(
        {"aspect": names, "source": st.just("https://example.org/a?b#c")},
        date=stated_dates,
        quantity=_part({"basis": bases}, **figures),
        value=names,
        places=several,
    )
    assessments = _part(
        {"claim": names, "status": names, "by": names, "dated": days, "rationale": texts},
        kind=names,
        reliability=names,
        credibility=st.sampled_from(("1", "6")),
        replacement=st.lists(replacements, max_size=2),
    )
    articles = _part(
        {
            "id": ids,
            "title": texts,
            "publisher": names,
            "published": dates,
            "language": st.just("en"),
            "text": texts,
            "sha256": st.just("0" * 64),
        },
        url=st.just("https://example.org/ä b".replace(" ", "%20")),
        author=texts,
        retracted=retractions,
    )
    offices = _part({"actor": names}, role=texts, from_=dates, until=dates)
    claims = _part(
        {
            "id": ids,
            "about": names,
            "aspect": names,
            "modality": names,
            "polarity": names,
            "speaker": st.lists(names, min_size=1, max_size=2),
            "quote": quotes,
        },
        hedge=names,
        via=several,
        based_on=several,
        said=dates,
        date=stated_dates,
        quantity=quantities,
        items=several,
        value=names,
        places=several,
        route=_part({}, from_=names, to=names, via=several, conveyance=names),
        evidence=several,
        responds_to=several,
        extracted_by=texts,
        confidence=st.sampled_from(("0.8", "1", "1.50")),
        retracted=retractions,
    )

    return _part(
        {"communique": st.just(1), "article": articles},
        actors=_some(
            _part(
                {"id": ids, "type": actor_types, "name": texts},
                aliases=st.lists(texts, max_size=2),
                acts_for=_some(offices),
            )
        ),
        places=_some(_part({"id": ids, "name": texts}, within=names, aliases=st.lists(texts))),
        events=_some(
            _part(
                {"id": ids, "type": event_types},
                kind=names,
                label=texts,
                from_=several,
                to=several,
                parties=several,
                part_of=names,
            )
        ),
        evidence=_some(
            _part(
                {"id": ids, "type": names, "label": texts},
                released_by=several,
                verification=names,
                released=dates,
                quote=quotes,
            )
        ),
        claims=_some(claims),
        mentions=_some(_part({"as_stated": texts}, refers_to=names, start=counts)),
        assessments=_some(assessments),
    )


def _outcome(quads: Any, nodes: list[Node]) -> bytes | str:
    try:
        return _lines(quads("article/a", nodes))
    except (SyntaxError, ValueError) as error:
        return type(error).__name__


@given(_records_naming(plain), st.sampled_from((0, 12)))
def test_any_record_of_good_ids_is_mapped_without_a_parser_and_alike(
    says: dict[str, Any], start: int
) -> None:
    nodes = _nodes(Record.model_validate(says), start)
    _assert_alike("article/a", nodes)


@given(
    st.text() | st.sampled_from(('say "no"', "a\\b", "a\tb\nc\rd", "\x7f\x85\u2028", "é 한국 🚢"))
)
def test_any_text_has_the_token_that_n_triples_writes(title: str) -> None:
    _assert_alike("article/a", [{"id": "article/a", "type": "Article", "title": title}])


@pytest.mark.parametrize("low", [10**18, 10**19 - 1, -(10**19) + 1])
def test_a_number_of_nineteen_digits_is_whole(low: int) -> None:
    """The last place that a quote may begin at has 18 digits, and the one it ends at 19."""
    _assert_alike("article/a", [{"id": "claim/a/c1", "type": "Claim", "quantity": {"low": low}}])


@given(_records_naming(strange, types=strange), st.sampled_from((None, 0, 12)))
def test_any_record_is_mapped_as_a_parser_maps_it(says: dict[str, Any], start: int | None) -> None:
    nodes = _nodes(Record.model_validate(says), start)
    assert _outcome(MAPPER.quads, nodes) == _outcome(MAPPER.parsed, nodes)


@pytest.mark.parametrize(
    "base", ["https://example.org/kg#", "https://example.org/a/../b/", "https://example.org/?kg=/"]
)
def test_a_base_that_ids_are_not_put_behind_is_left_to_the_parser(base: str) -> None:
    mapper = Mapper(CONTEXT, base)
    nodes: list[Node] = [{"id": "claim/a/c1", "type": "Claim", "about": "event/e"}]
    assert _lines(mapper.quads("article/a", nodes)) == _lines(mapper.parsed("article/a", nodes))


@pytest.mark.parametrize(
    "node",
    [
        {"id": "claim/a b", "type": "Claim"},
        {"id": "claim/../a", "type": "Claim"},
        {"id": "claim/a", "type": "Robot"},
        {"type": "Claim"},
        {"id": "claim/a", "unheard_of": "x"},
        {"id": "claim/a", "about": "other:event"},
        {"id": "claim/a", "confidence": 0.75},
        {"id": "claim/a", "title": True},
        {"id": "claim/a", "quantity": {"low": 10**20}},
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_the_parser(node: Node) -> None:
    with pytest.raises(Unplain):
        DIRECT.statements("article/a", [node])


@pytest.mark.parametrize(
    ("key", "definition"),
    [
        ("@vocab", "https://example.org/"),
        ("@language", "en"),
        ("titles", {"@id": "kg:title", "@container": "@language"}),
        ("backwards", {"@reverse": "kg:isAbout"}),
        ("text", {"@id": "kg:text", "@type": "@json"}),
        ("text", "nowhere:text"),
        ("text", "https://example.org/text"),
        ("identifier", "@id"),
        ("type", "kg:type"),
        ("nested", {"@id": "@nest"}),
        ("nested", {"@id": "@nest", "@context": {"deeper": {"@id": "@nest", "@context": {}}}}),
        ("Class", {"@id": "kg:Class", "@context": "https://example.org/context"}),
        ("Class", {"@id": "kg:Class", "@context": {"@base": "https://example.org/"}}),
        ("Class", {"@id": "kg:Class", "@context": {}, "@propagate": True}),
    ],
)
def test_a_context_that_uses_more_of_json_ld_is_refused(key: str, definition: Any) -> None:
    with pytest.raises(ValueError, match=f"defines '{key}'|defines 'deeper'|defines '@base'"):
        DirectMapping(
            {"kg": "https://w3id.org/communique/ontology#", key: definition}, DEFAULT_BASE
        )
