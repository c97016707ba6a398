"""Each stored query, on both engines, against rows written by hand from its fixture's records."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml
from query_fixtures import (
    HERE,
    Answer,
    dataset_of,
    graphs,
    on_pyoxigraph,
    on_rdflib,
    repeated,
    store_of,
)
from rdflib import Dataset

from kg.querying.catalogue import Catalogue, StoredQuery
from kg.querying.entities import StoredEntities
from kg.querying.fixtures import Case, read_cases, try_fixture
from kg.querying.parameters import bind
from kg.sparql.guard import check_query
from kg.sparql.tokens import tokens
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import DEFAULT_BASE

# rdflib warns of its own use of a deprecated name.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")

# What ../shared/questions.md promises: parameters (required ones with a star) and columns.
CONTRACT = {
    "actors/who-speaks-for": ("state", "actor role state"),
    "actors/unnamed-sources": ("article", "article source claim quote"),
    "agreements/agreements-in-force": (
        "party* other_party day",
        "agreement signed_earliest signed_latest in_force_earliest in_force_latest",
    ),
    "deployments/deployment-figures": (
        "event",
        "event claim speaker aspect modality polarity low best high as_stated article quote",
    ),
    "deployments/deployment-range": ("event", "event aspect low best high claims"),
    "deployments/training-places": ("event", "event place speaker claim"),
    "shipments/shipment-figures": (
        "item supplier recipient since until",
        "event claim item low best high earliest latest speaker article",
    ),
    "claims/claim-status": ("status as_of", "claim status since by rationale replacement"),
    "contradictions/contradictions": (
        "event",
        "event claim1 speaker1 aspect1 claim2 speaker2 aspect2 kind reason",
    ),
    "contradictions/undenied": (
        "event article",
        "denial speaker denied_aspect undenied_claim undenied_aspect",
    ),
    "provenance/provenance": (
        "claim*",
        "claim quote start end article speaker based_on record mapped_at version",
    ),
    "timeline/timeline": ("since until", "event type earliest latest speaker"),
    "actors/spellings": ("actor", "entity as_stated article"),
    "agreements/agreement-provisions": (
        "provision",
        "agreement provision signed_earliest signed_latest",
    ),
    "agreements/after-agreement": ("agreement", "agreement event earliest latest"),
    "shipments/same-figure-other-dates": ("", "claim1 claim2 figure earliest1 earliest2"),
    "shipments/routes": ("event", "event conveyance from_place to_place claim"),
    "claims/evidence": ("type", "claim evidence_type verification speaker"),
    "claims/status-history": ("claim", "claim on status by rationale"),
    "contradictions/corrections": ("article", "claim as_stated replacement rationale"),
    "contradictions/corroboration": ("origins", "claim event aspect origins strength"),
    "provenance/single-origin": ("", "origin claim articles"),
    "provenance/stale-quotes": ("", "claim article quote"),
    "geography/events-at": ("place", "event place claim as_stated"),
    "network/supply-network": ("item", "source target relation item claims"),
    # Those an analyst asks next.
    "deployments/figure-history": ("event", "event aspect origin claim as_stated low best high"),
    "claims/claims-of-speaker": ("speaker since until", "speaker claim event aspect polarity"),
    "claims/article-claims": ("article", "article claim start speaker event aspect"),
    "claims/retracted": ("since", "claim on reason scope article"),
    "claims/evidence-unverified": ("event", "claim evidence evidence_type verification"),
    "claims/assessments-by-desk": ("by", "by status error_kind assessments claims"),
    "claims/unanswered-requests": ("event", "claim event aspect speaker"),
    "contradictions/denials": ("speaker", "denial speaker event denied_aspect claims"),
    "timeline/event-overview": ("event type", "event type whole parties claims denials"),
    "actors/entity-mentions": ("actor article", "entity as_stated article start end"),
    "provenance/sources-of-article": ("article", "article source via claims denials unnamed"),
    "network/responses": ("event", "claim speaker polarity answered answered_speaker event"),
}
# Columns that hold IRIs or several of them joined; each has its label beside it.
ENTITIES = (
    "actor state body article source claim agreement event aspect modality polarity speaker place "
    "item contents status by claim1 speaker1 aspect1 claim2 speaker2 aspect2 denial denied_aspect "
    "undenied_claim undenied_aspect undenied_event based_on type entity provision conveyance "
    "from_place to_place via_place evidence_type verification evidence released_by error_kind "
    "reliability credibility origin target former hedge whole via answered answered_speaker"
).split()
# Those of the checks are for test_checks.py.
FIXTURES = [file for file in sorted(HERE.glob("*/*.yaml")) if file.parent.name != "checks"]
EMPTY: list[dict[str, Any]] = [{"article": {"id": "nothing-said"}}]


def _cases() -> list[tuple[Path, Case]]:
    contents = ((file, yaml.safe_load(file.read_text(encoding="utf-8"))) for file in FIXTURES)
    return [(file, case) for file, content in contents for case in read_cases(content)]


def _catalogue() -> Catalogue:
    folder = shipped("queries")
    return Catalogue((folder,), folder, Path("/nonexistent/heads.json"))


@lru_cache(maxsize=2)
def _graphs(file: Path | None) -> tuple[ox.Store, ox.Store, Dataset]:
    records = yaml.safe_load(file.read_text(encoding="utf-8"))["records"] if file else EMPTY
    store = store_of(records)
    return store, repeated(store), dataset_of(store)


def _query(key: str) -> StoredQuery:
    return _catalogue().find(key.rpartition("/")[2])


def _sorted(rows: list[tuple[str | None, ...]]) -> list[tuple[str | None, ...]]:
    return sorted(rows, key=repr)


@pytest.mark.parametrize(
    ("file", "case"),
    [pytest.param(*each, id=f"{each[0].stem}: {each[1].about}") for each in _cases()],
)
def test_rows(file: Path, case: Case) -> None:
    store, twice, dataset = _graphs(file)
    text = bind(_query(file.stem), case.parameters, StoredEntities(store, DEFAULT_BASE))
    answer = on_pyoxigraph(store, text)
    assert _sorted(answer.only(case.columns)) == _sorted(case.rows)
    for row in case.absent:
        assert tuple(row.values()) not in answer.only(row)
    assert on_rdflib(dataset, text) == answer, "rdflib gives other rows, or in another order"
    assert on_pyoxigraph(twice, text) == answer, "a triple in several graphs changes the rows"
    _check_terms(answer)


def _check_terms(answer: Answer) -> None:
    """Every IRI has its label, numbers are plain integers, days are days."""
    for row in answer.rows:
        cells = dict(zip(answer.columns, row, strict=True))
        for column, term in cells.items():
            if term is not None and column in ENTITIES:
                assert cells[f"{column}_label"], f"{column} without a label"
            if term is not None and column in ("low", "best", "high", "claims", "start", "end"):
                assert re.fullmatch(r'"\d+"\^\^<.*#integer>', term), term
            if term is not None and re.search("since|earliest|latest|retracted_on", column):
                assert re.fullmatch(r'"\d{4}-\d\d-\d\d"\^\^<.*#date>', term), term


@pytest.mark.parametrize("key", CONTRACT)
def test_contract(key: str) -> None:
    query = _query(key)
    parameters, columns = CONTRACT[key]
    assert f"{query.group}/{query.name}" == key
    assert {
        f"{name}*" if parameter.required else name for name, parameter in query.parameters.items()
    } == set(parameters.split())
    listed = query.head["columns"]
    plain = [column for column in listed if not column.endswith("_label")]
    assert plain[: len(columns.split())] == columns.split()
    for column in plain:
        assert (f"{column}_label" in listed) == (column in ENTITIES), column
    assert query.summary
    assert query.head["description"]
    assert query.head["tags"]


@pytest.mark.parametrize("key", CONTRACT)
def test_runs_as_it_stands(key: str) -> None:
    query = _query(key)
    check_query(query.text + "\n# service: the guard parses it")
    file = HERE / f"{key}.yaml"
    store, _, dataset = _graphs(file)
    answer = on_pyoxigraph(store, query.text)
    assert list(answer.columns) == query.head["columns"]
    assert answer.rows, "unbound parameters restrict nothing"
    assert on_rdflib(dataset, query.text) == answer


@pytest.mark.parametrize("key", [key for key in CONTRACT if key != "actors/who-speaks-for"])
def test_nothing_said(key: str) -> None:
    store, _, dataset = _graphs(None)
    query = _query(key)
    assert on_pyoxigraph(store, query.text).rows == []
    assert on_rdflib(dataset, query.text).rows == []


@pytest.mark.parametrize("key", CONTRACT)
def test_portable(key: str) -> None:
    words = [token.text.upper() for token in tokens(_query(key).text)]
    assert not {"GRAPH", "FROM", "SERVICE"} & set(words)
    outer = words[: words.index("WHERE")]
    assert outer[outer.index("SELECT") + 1] == "DISTINCT"
    assert "ORDER" in words
    paths = [
        here
        for here, after in zip(words, words[1:], strict=False)
        if here.endswith(tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) and ":" in here and after in "*+"
    ]
    assert not paths, "closures are in the derived graph"


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_nothing_is_to_be_said_of_a_fixture(file: Path) -> None:
    assert list(try_fixture(_query(file.stem), file, graphs())) == []


def test_every_query_has_its_fixture() -> None:
    keys = {f"{file.parent.name}/{file.stem}" for file in FIXTURES}
    assert keys == set(CONTRACT)
