"""Sentences, and what is no sentence: headings, bylines, datelines, links elsewhere."""

from __future__ import annotations

import pytest

from kg.extraction.lexicon import Lexicon
from kg.extraction.sentences import sentences, title_of


def _texts(text: str, lexicon: Lexicon) -> list[str]:
    return [text[s.tokens[0].start : s.tokens[-1].end] for s in sentences(text, lexicon)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One came. Two left.", ["One came.", "Two left."]),
        ("Gen. Smith of the U.S. Army spoke.", ["Gen. Smith of the U.S. Army spoke."]),
        ("“We came.” He left.", ["“We came.”", "He left."]),
        ('"It is so." Then he left.', ['"It is so."', "Then he left."]),
        (
            "He went to the U.S. The next day he left.",
            ["He went to the U.S.", "The next day he left."],
        ),
        ("J. K. Doe sent 1.5 million shells.", ["J. K. Doe sent 1.5 million shells."]),
        ("SEOUL — Troops left. They came.", ["Troops left.", "They came."]),
        ("Minsk, Saturday – Troops left.", ["Troops left."]),
    ],
)
def test_where_sentences_end(text: str, expected: list[str], lexicon: Lexicon) -> None:
    assert _texts(text, lexicon) == expected


@pytest.mark.parametrize(
    "aside",
    [
        "Troops on the Move",
        "# Troops on the move",
        "Who sent them?",
        "ALSO READ: Many more troops have left for the front.",
        "By Jane Doe",
        "Photo: Soldiers marching in a town.",
        "----",
    ],
)
def test_asides_claim_nothing(aside: str, lexicon: Lexicon) -> None:
    assert _texts(f"{aside}\nTroops left.", lexicon) == ["Troops left."]


def test_lines_broken_to_a_width_are_one_paragraph(lexicon: Lexicon) -> None:
    text = (
        "North Korea has sent about fifteen hundred soldiers to the far east\n"
        "of Russia. They train there."
    )
    first, second = sentences(text, lexicon)

    assert first.paragraph == second.paragraph
    assert first.tokens[-1].text == "."


def test_the_first_heading_is_the_title(lexicon: Lexicon) -> None:
    assert title_of("# Troops on the move\n\nThey left.", lexicon) == "Troops on the move"
    assert title_of("They left.", lexicon) is None
