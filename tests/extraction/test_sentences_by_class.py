"""Single sentences by class of construction, each with what an analyst reads in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.extraction.pipeline import About, Extractor

TABLE = Path(__file__).with_name("sentences_by_class.txt")
ASKED = ("by:", "in:", "on:")


def rows() -> Iterator[tuple[str, str]]:
    """Yield each sentence of the table with what is expected of it."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if "=>" in line and not line.startswith("#"):
            sentence, _, expected = line.partition("=>")
            yield sentence.strip(), expected.strip()


def as_words(claim: dict[str, Any], event: dict[str, Any], asked: str) -> str:
    """Return a claim in the words of the table, with those parts that were asked for."""
    sides = [event.get("from") or event.get("parties") or [], event.get("to") or []]
    words = ["not"] if claim["polarity"] == "denied" else []
    words += [event["type"], "+".join(sides[0]) or "?", ">", "+".join(sides[1]) or "?"]
    if quantity := claim.get("quantity"):
        words.append(_figure(quantity))
    given = {
        "by:": "+".join(claim["speaker"]),
        "in:": ",".join(claim.get("places", ())),
        "on:": claim.get("date", {}).get("edtf", ""),
    }
    words += [f"{key}{given[key]}" for key in ASKED if key in asked]
    if any(part[0] == "~" and part[1:].isalpha() for part in asked.split()):
        words.append(f"~{claim['modality']}")
    return " ".join(words)


def _figure(quantity: dict[str, Any]) -> str:
    if quantity["basis"] == "range":
        return f"{quantity['low']}-{quantity['high']}"
    marks = {"exact": "", "approximate": "~", "lower-bound": ">", "upper-bound": "<"}
    number = quantity.get("best", quantity.get("low", quantity.get("high")))
    return f"{marks[quantity['basis']]}{number}"


def read(rules: Extractor, sentence: str, expected: str) -> str:
    """Return what the rules read in a sentence, in the words of the table."""
    record = rules.draft(sentence, About("2024-10-23"))
    events = {event["id"]: event for event in record.get("events", ())}
    parts = expected.split(" ; ")
    claims = record.get("claims", ())
    found = [
        as_words(claim, events[claim["about"]], parts[min(number, len(parts) - 1)])
        for number, claim in enumerate(claims)
    ]
    return " ; ".join(found) or "nothing"


@pytest.mark.parametrize(("sentence", "expected"), list(rows()))
def test_a_sentence(sentence: str, expected: str, rules: Extractor) -> None:
    assert read(rules, sentence, expected) == expected
    assert rules.record(sentence, About("2024-10-23")), "its draft is no valid record"
