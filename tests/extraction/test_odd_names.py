"""Names the reference data lacks: whatever they are and wherever they stand, drafts are valid."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.extraction.pipeline import About, Extractor
from kg.records.model import Record
from kg.records.writing import to_yaml

NAMES = (
    "Tamer al-Rifai", "the Red Cross", "Red Cross", "the Blue Star Brigade", "Blue Star Brigade",
    "X", "XYZ", "Q. R. Doe", "O'Neill", "Jean-Luc de la Tour", "Łukasz Żółć", "李小龙",
    "Муса Примеров", "Ali bin Abu al-Example", "Mr Doe", "Dr. Jane Example", "the Example-17 unit",
    "Iran Air Cargo", "New Russia Party", "Syria Example", "King Example III", "J", "M23 Example",
    "the Kenyan", "Example & Sons", "St. Example", "Gen. Doe", "The Doe Foundation", "“Abu Doe”",
    "Doe " * 30,
)  # fmt: skip
PLACES = (
    "Iran handed 27 prisoners over to {}.",
    "{} sent 200 missiles to Russia.",
    "Iran sent 200 missiles to {}, officials said.",
    "Iran sent 200 missiles to Russia, said {}.",
    "Iran sent 200 missiles to Russia, said army spokesman {}.",
    "Iran sent 200 missiles to Russia, according to {}, deputy commander of the Kenyan army.",
    "{}, a senator, said Iran sent 200 missiles to Russia.",
    "Iran's {} denied that 200 missiles were sent to Russia.",
    "The minister, {}, met {} in Moscow on Monday.",
    "Russia and {} signed an agreement, the Kremlin said, citing {}.",
    "{} accused Iran of sending 200 missiles to {}.",
    "300 soldiers of {} are fighting in Syria, Iranian ambassador to Moscow {} said.",
)


@pytest.mark.parametrize("sentence", PLACES)
def test_a_draft_with_odd_names_passes_the_gate(
    sentence: str, rules: Extractor, tmp_path: Path
) -> None:
    (tmp_path / "kg.toml").write_text("[workspace]\n", encoding="utf-8")
    for folder in ("articles", "records"):
        (tmp_path / folder).mkdir()
    text = "\n\n".join(sentence.replace("{}", name.strip()) for name in NAMES) + "\n"
    (tmp_path / "articles" / "a.txt").write_text(text, encoding="utf-8")
    draft = rules.draft(text, About("2024-10-18", id="a", path="articles/a.txt"))
    (tmp_path / "records" / "a.yaml").write_text(to_yaml(draft), encoding="utf-8")

    errors = [f for f in kg.open(tmp_path).validate().findings if f.severity == "error"]
    assert not errors


def _actors(rules: Extractor, text: str) -> dict[str, tuple[str, list[tuple[str, str | None]]]]:
    record: Record = rules.record(text, About("2024-10-18"))
    return {
        actor.id: (actor.type, [(office.actor, office.role) for office in actor.acts_for])
        for actor in record.actors
    }


@pytest.mark.parametrize(
    "text",
    [
        "Russia sent 300 soldiers to Syria. Iran sent drones too, said army spokesman Al Doe.",
        "Moscow was accused of sending 200 missiles to Iran by army spokesman Al Doe.",
        "Russia sent 200 missiles to Iran, said the ambassador to Syria Al Doe.",
        "Russia sent 200 missiles to Iran, said Al Doe, a commander in Syria.",
        "Iran sent missiles to Russia. Russia sent 300 soldiers to Syria, Senator Al Doe said.",
        "Al Doe, a senator who visited Moscow, said that Iran sent 200 missiles to Russia.",
    ],
)
def test_an_office_is_of_no_state_that_is_not_said_with_it(text: str, rules: Extractor) -> None:
    assert _actors(rules, text)["al-doe"] == ("UnnamedSource", [])


@pytest.mark.parametrize(
    ("text", "acts_for"),
    [
        ("Russia sent 200 missiles to Iran, said Syrian minister Al Doe.", ("syria", "minister")),
        (
            "Russia sent 200 missiles to Iran, said Al Doe, Syria's ambassador to Kenya.",
            ("syria", "ambassador"),
        ),
        (
            "Al Doe said so. Russia sent 200 missiles to Iran, said Syrian minister Al Doe.",
            ("syria", "minister"),
        ),
    ],
)
def test_an_office_is_of_the_state_said_with_it(
    text: str, acts_for: tuple[str, str], rules: Extractor
) -> None:
    assert _actors(rules, text)["al-doe"] == ("Person", [acts_for])


def test_a_body_that_receives_is_no_person(rules: Extractor) -> None:
    text = "Iran handed 27 drones over to the Red Cross."

    assert _actors(rules, text) == {"red-cross": ("Organization", [])}
