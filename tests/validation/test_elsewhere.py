"""What a contribution breaks in records that are not part of it is found, in their own files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
import pytest

from kg.validation.surroundings import Surroundings

DOCK = """\
  - id: dock-seven
    name: Dock 7
    within: vladivostok
"""
OFFICE = """\
actors:
  - id: harbour-office
    type: Organization
    name: Harbour office
    acts_for: russia
"""
SPRING_TEXT = "The harbour office counted ships at Dock 7.\n"
SPRING = """\
communique: 1
article:
  id: spring-ships
  title: Ships in spring
  publisher: unknown-outlet
  published: 2025-03
  language: en
  text: articles/spring-ships.txt
  sha256: SHA256
events:
  - id: ships-spring
    type: Shipment
    from: north-korea
    to: russia
claims:
  - id: c1
    about: ships-spring
    aspect: location
    modality: actual
    polarity: affirmed
    speaker: harbour-office
    places: [vladivostok, dock-seven]
    quote:
      exact: The harbour office counted ships at Dock 7
"""


@pytest.fixture
def spring(built: Any, record: str, digest: Any) -> Any:
    """Two records, built: the second names an actor and a place that only the first declares."""
    built.write("records/autumn-soldiers.yaml", record.replace("actors:\n", OFFICE))
    built.write("articles/spring-ships.txt", SPRING_TEXT)
    built.write("records/spring.yaml", SPRING.replace("SHA256", digest(SPRING_TEXT)))
    assert built.run("build").code == 0
    return built


def test_a_speaker_that_another_record_no_longer_declares(spring: Any, record: str) -> None:
    spring.write("records/autumn-soldiers.yaml", record)

    told = spring.validate("records/autumn-soldiers.yaml")

    assert told.code == 1
    (finding,) = told.json["findings"]
    assert finding["file"].endswith("records/spring.yaml")
    assert (finding["code"], finding["line"]) == ("unknown-actor", 21)


def test_a_place_that_another_record_no_longer_declares(spring: Any, record: str) -> None:
    spring.write(
        "records/autumn-soldiers.yaml",
        record.replace("actors:\n", OFFICE).replace(f"places:\n{DOCK}", ""),
    )

    told = spring.validate("records/autumn-soldiers.yaml")

    places = [
        (finding["file"].rpartition("/")[2], finding["code"], finding["line"], finding["column"])
        for finding in told.json["findings"]
    ]
    assert places == [
        ("autumn-soldiers.yaml", "unknown-place", 53, 27),
        ("spring.yaml", "unknown-place", 22, 27),
    ]


def test_a_change_that_breaks_nothing_elsewhere_finds_nothing(spring: Any, record: str) -> None:
    edited = record.replace("actors:\n", OFFICE).replace("two officials said", "two officials say")
    spring.write("records/autumn-soldiers.yaml", edited)

    assert [
        finding
        for finding in spring.validate("records/autumn-soldiers.yaml").json["findings"]
        if finding["file"].endswith("spring.yaml")
    ] == []


def test_a_build_refuses_what_breaks_another_record(spring: Any, record: str) -> None:
    before = spring.stored()
    spring.write("records/autumn-soldiers.yaml", record)

    assert spring.run("build").code == 1
    assert spring.stored() == before


OFFICER = """\
actors:
  - id: harbour-master
    type: Person
    name: Harbour master
    acts_for:
      - actor: russia
        role: harbour master
        from: 2024-01-01
        until: 2025-12-31
"""


def _told(run: Any) -> list[tuple[str, str, int, int]]:
    """File, code, line and column of every finding."""
    return [
        (each["file"].rpartition("/")[2], each["code"], each["line"], each["column"])
        for each in run.json["findings"]
    ]


def test_an_office_whose_dates_no_longer_cover_what_another_record_quotes(
    built: Any, record: str, digest: Any
) -> None:
    """Both records stay as they should be; it is the check of the two together that breaks."""
    autumn = record.replace("actors:\n", OFFICER)
    spring = SPRING.replace("SHA256", digest(SPRING_TEXT)).replace(
        "harbour-office", "harbour-master"
    )
    built.write("records/autumn-soldiers.yaml", autumn)
    built.write("articles/spring-ships.txt", SPRING_TEXT)
    built.write("records/spring.yaml", spring)
    assert built.run("build").code == 0

    built.write("records/autumn-soldiers.yaml", autumn.replace("2025-12-31", "2024-12-31"))
    told = built.validate("records/autumn-soldiers.yaml")

    assert _told(told) == [("spring.yaml", "speaker-out-of-office", 21, 5)]
    assert "claim c1: " in told.json["findings"][0]["message"]


@pytest.fixture
def denial(built: Any, record: str, digest: Any) -> Any:
    """A second record, built, whose claim denies one of the first; the first's event is shared."""
    event = """\
  - id: soldiers-east
    type: Deployment
    label: North Korean soldiers in the Russian Far East
    from: north-korea
    to: russia
"""
    spring = SPRING.replace("SHA256", digest(SPRING_TEXT)).replace("harbour-office", "kremlin")
    spring = (
        spring[: spring.index("  - id: ships-spring")] + event + spring[spring.index("claims:") :]
    )
    spring = spring.replace("about: ships-spring", "about: soldiers-east")
    spring = spring.replace(
        "polarity: affirmed", "polarity: denied\n    responds_to: [autumn-soldiers/c1]"
    )
    spring = spring.replace(", dock-seven", "")
    built.write("articles/spring-ships.txt", SPRING_TEXT)
    built.write("records/spring.yaml", spring)
    assert built.run("build").code == 0
    return built


def test_a_claim_that_another_record_denies_is_now_about_another_event(
    denial: Any, record: str
) -> None:
    edited = record.replace("about: soldiers-east\n    aspect: personnel-present", "about: ELSE", 1)
    other = """\
  - id: soldiers-west
    type: Deployment
    from: north-korea
    to: russia
evidence:
"""
    edited = edited.replace("about: ELSE", "about: soldiers-west\n    aspect: personnel-present")
    edited = edited.replace("evidence:\n", other, 1)
    denial.write("records/autumn-soldiers.yaml", edited)

    told = _told(denial.validate("records/autumn-soldiers.yaml"))

    assert ("spring.yaml", "denial-of-other-event", 22, 5) in told


def test_a_claim_that_another_record_denies_is_now_later_than_the_denial(
    denial: Any, record: str
) -> None:
    denial.write(
        "records/autumn-soldiers.yaml",
        record.replace("published: 2024-10-18", "published: 2025-04-01"),
    )

    told = _told(denial.validate("records/autumn-soldiers.yaml"))

    assert [each for each in told if each[0] == "spring.yaml"] == [
        ("spring.yaml", "responds-to-later", 22, 19)
    ]


ASSESSMENT = """\
communique: 1
assessments:
  - claim: autumn-soldiers/c2
    status: disputed
    by: example-desk
    dated: 2024-11-02
    rationale: Another agency counts fewer.
  - claim: autumn-soldiers/c5
    status: unverified
    by: example-desk
    dated: 2024-12-24
    rationale: Nobody has seen the text.
"""


@pytest.fixture
def assessed(built: Any) -> Any:
    """The record, built, and a file of a desk's assessments of its claims."""
    built.write("assessments/desk.yaml", ASSESSMENT)
    assert built.run("build").code == 0
    return built


def test_an_assessment_file_whose_claim_is_gone(assessed: Any, record: str) -> None:
    start, end = record.index("  - id: c5"), record.index("mentions:")
    assessed.write("records/autumn-soldiers.yaml", record[:start] + record[end:])

    told = _told(assessed.validate("records/autumn-soldiers.yaml"))

    assert told == [("desk.yaml", "unknown-claim", 8, 5)]


def test_an_assessment_file_that_an_article_overtakes(assessed: Any, record: str) -> None:
    assessed.write(
        "records/autumn-soldiers.yaml",
        record.replace("published: 2024-10-18", "published: 2024-11-20"),
    )

    told = _told(assessed.validate("records/autumn-soldiers.yaml"))

    assert told == [("desk.yaml", "assessment-before-article", 6, 5)]


def test_of_other_assessments_nothing_is_read(
    assessed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All assessment files share a graph, which may hold thousands from others."""
    read: list[object] = []
    taken_out = Surroundings.taken_out

    def counted(around: Surroundings) -> Iterator[ox.Triple]:
        for triple in taken_out(around):
            read.append(triple)
            yield triple

    monkeypatch.setattr(Surroundings, "taken_out", counted)
    alone = ASSESSMENT.replace("  - claim: autumn-soldiers/c2", "  - claim: autumn-soldiers/c9")

    told = assessed.validate(str(assessed.write("assessments/other.yaml", alone)))

    assert _told(told) == [("other.yaml", "unknown-claim", 3, 5)]
    assert read == []


@pytest.mark.parametrize("rename", [True, False], ids=["renamed", "deleted"])
def test_what_no_file_has_any_more_is_no_longer_known(
    rename: bool, assessed: Any, record: str
) -> None:
    """A build would refuse it; so does the gate, though the last build still has the claims."""
    renamed = record.replace("id: autumn-soldiers\n", "id: winter-soldiers\n", 1)
    assessed.write("records/autumn-soldiers.yaml", renamed)
    if not rename:
        (assessed.root / "records/autumn-soldiers.yaml").unlink()

    told = _told(assessed.validate())

    assert told == [("desk.yaml", "unknown-claim", 3, 5), ("desk.yaml", "unknown-claim", 8, 5)]


def test_both_engines_find_what_a_contribution_breaks(assessed: Any, record: str) -> None:
    start, end = record.index("  - id: c5"), record.index("mentions:")
    assessed.write("records/autumn-soldiers.yaml", record[:start] + record[end:])

    told = _told(assessed.validate("records/autumn-soldiers.yaml", options=("--engine", "pyshacl")))

    assert told == [("desk.yaml", "unknown-claim", 8, 5)]


ANSWERS = """\
@prefix kg: <https://w3id.org/communique/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
<https://example.org/answers-what-was-published> a sh:NodeShape ;
  sh:targetClass kg:Claim ;
  sh:sparql [
    sh:message "What this answers is of an article without a date." ;
    sh:select \"\"\"
      PREFIX kg: <https://w3id.org/communique/ontology#>
      PREFIX prov: <http://www.w3.org/ns/prov#>
      SELECT $this ?value WHERE {
        $this kg:respondsTo/prov:wasDerivedFrom ?value .
        FILTER NOT EXISTS { ?value kg:published ?day }
      }\"\"\" ] .
"""


def test_a_constraint_in_sparql_sees_all_that_a_contribution_leads_to(denial: Any) -> None:
    """Two steps away, in the last build: the article that the answered claim is from."""
    denial.write("shapes/answers.ttl", ANSWERS)
    assert _told(denial.validate("records/spring.yaml")) == []
    denial.write("shapes/answers.ttl", ANSWERS.replace("kg:published ?day", "kg:retractedOn ?day"))
    assert _told(denial.validate("records/spring.yaml")) == [
        ("spring.yaml", "shape-violated", 17, 5)
    ]
