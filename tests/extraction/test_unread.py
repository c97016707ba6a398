"""What no frame reads is drafted by its words, where the article has told of two events before."""

from __future__ import annotations

import pytest
from test_sentences_by_class import read

from kg.extraction.pipeline import About, Extractor

TOLD = "Kenya has sent 40 soldiers to Chad. Kenya has given Chad 12 drones."
READ = "Deployment kenya > chad 40 ; Shipment kenya > chad 12"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kenya has opened a base on the shore of Lake Chad.", "Deployment kenya > chad"),
        ("Kenyan bodyguards now accompany the president of Chad.", "Deployment kenya > chad"),
        ("The courses would begin within days, Nairobi said.", "Training kenya > chad"),
        (
            "The Kenyan ambassador brought the matter up on a visit to Chad.",
            "Meeting chad+kenya > ?",
        ),
        ("Togo voiced unease at the news from Chad.", "Measure togo > chad"),
        ("Chad had no arms dealings with Togo, its ministry said.", "not Shipment chad > togo"),
        ("The Chadian air force flies Turkish jets.", "Shipment turkey > chad"),
    ],
)
def test_a_clause_that_no_frame_reads(sentence: str, expected: str, rules: Extractor) -> None:
    assert read(rules, f"{TOLD} {sentence}", READ) == f"{READ} ; {expected}"


@pytest.mark.parametrize(
    "sentence",
    [
        "A Kenyan army spokesman declined to comment on the soldiers.",
        "General Idris Keter, who leads the Kenyan force, was born in Nakuru.",
        "The mission has no end date, Nairobi said.",
        "Kenya has put its own troops on alert.",
        "The desert is cold at night.",
        "The country has 18 million people.",
        "Some 3,000 people attended the funeral of the minister.",
        "The president, 69, was born in Abeche.",
        "Chad's parliament struck down the law.",
        "Critics attacked the budget of the Togolese minister.",
        "If Togo sends weapons, the war will widen.",
    ],
)
def test_a_clause_that_tells_of_no_event(sentence: str, rules: Extractor) -> None:
    assert read(rules, f"{TOLD} {sentence}", READ) == READ


def test_a_text_that_has_told_of_no_event_is_not_of_the_matter(rules: Extractor) -> None:
    text = "The president of Chad is now accompanied by Kenyan bodyguards."
    assert read(rules, text, "") == "nothing"


def test_a_sentence_before_the_first_events_is_read_once_they_are_told(rules: Extractor) -> None:
    record = rules.record(
        f"Kenya has opened a base on the shore of Lake Chad. {TOLD}", About("2024-10-23")
    )
    quotes = [claim.quote.exact for claim in record.claims]

    assert quotes[0] == "Kenya has opened a base on the shore of Lake Chad"
    assert len(quotes) == 3


def test_such_a_draft_is_the_least_sure(rules: Extractor) -> None:
    record = rules.record(
        f"{TOLD} Kenya has opened a base on the shore of Lake Chad.", About("2024-10-23")
    )
    sent, given, opened = record.claims

    assert opened.extracted_by == "kg rules, unread:open"
    assert opened.confidence is not None
    assert opened.confidence < min(sent.confidence or 0, given.confidence or 0)
