"""What a contribution breaks in records that are not part of it is found, in their own files."""

from __future__ import annotations

from typing import Any

import pytest

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
