"""Schemes and reference data: what a record may name without declaring it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import DEFAULT_BASE
from kg.vocabulary.vocabulary import Vocabulary

SHIPPED = Vocabulary((shipped("ontology"),), DEFAULT_BASE)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A workspace's own ontology folder: one word for `item`, one actor, one place."""
    (tmp_path / "own.ttl").write_text(
        """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix kg:   <https://w3id.org/communique/ontology#> .

<https://w3id.org/communique/scheme/item/balloon> a skos:Concept ; skos:prefLabel "balloon"@en .
<https://w3id.org/communique/id/actor/harbour-office> a kg:Organization .
<https://w3id.org/communique/id/place/dock-seven> a kg:Place .
"""
    )
    return tmp_path


def test_schemes_give_the_words_of_records() -> None:
    assert SHIPPED.terms("polarity") == {"affirmed", "denied"}
    assert SHIPPED.terms("modality") == {"actual", "ongoing", "expected", "possible", "requested"}
    assert SHIPPED.terms("basis") == {
        "exact",
        "approximate",
        "lower-bound",
        "upper-bound",
        "range",
    }
    assert SHIPPED.terms("status") == {"unverified", "confirmed", "disputed", "refuted"}
    assert {"Person", "UnnamedSource"} <= SHIPPED.terms("actor-type")
    assert {"Deployment", "Agreement"} <= SHIPPED.terms("event-type")
    assert SHIPPED.terms("no-scheme") == frozenset()


def test_every_state_is_an_actor_and_a_place() -> None:
    for state in ("north-korea", "south-korea", "russia", "ukraine", "united-states"):
        assert state in SHIPPED.actors
        assert state in SHIPPED.places
    assert "kremlin" in SHIPPED.actors - SHIPPED.places
    assert "vladivostok" in SHIPPED.places - SHIPPED.actors


def test_offices_are_no_actors() -> None:
    assert not any("/" in name for name in SHIPPED.actors)


def test_a_workspace_adds_words_actors_and_places(own: Path) -> None:
    both = Vocabulary((shipped("ontology"), own), DEFAULT_BASE)
    assert both.terms("item") == SHIPPED.terms("item") | {"balloon"}
    assert both.actors == SHIPPED.actors | {"harbour-office"}
    assert both.places == SHIPPED.places | {"dock-seven"}


def test_the_digest_tells_folders_files_and_base_apart(own: Path) -> None:
    before = Vocabulary((own,), DEFAULT_BASE).digest
    assert Vocabulary((own,), DEFAULT_BASE).digest == before
    assert Vocabulary((own,), "https://example.org/id/").digest != before
    (own / "own.ttl").write_text("# nothing any more\n")
    assert Vocabulary((own,), DEFAULT_BASE).digest != before


def test_another_base_moves_the_reference_data() -> None:
    moved = Vocabulary((shipped("ontology"),), "https://example.org/id/")
    assert moved.actors == SHIPPED.actors
    assert moved.places == SHIPPED.places
    assert moved.schemes == SHIPPED.schemes
    assert not any(DEFAULT_BASE in str(triple) for triple in moved.triples)


def test_a_broken_file_is_told_by_its_line(own: Path) -> None:
    (own / "own.ttl").write_text("@prefix x: <https://x.example/> .\n\nx:a x:b .\n")
    with pytest.raises(DataError, match=r"own\.ttl:3:\d+: "):
        Vocabulary((own,), DEFAULT_BASE).triples  # noqa: B018
