"""Sentences, and what is no sentence: headings, bylines, datelines, links elsewhere."""

from __future__ import annotations

import itertools
import textwrap

import pytest

import kg
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.sentences import sentences, title_of


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
        ("MINSK, 20 July. Troops left.", ["Troops left."]),
        ("MINSK SENT 12 TANKS.", ["MINSK SENT 12 TANKS."]),
        ("MINSK SENT TANKS – MR ORLOV SAW IT.", ["MINSK SENT TANKS – MR ORLOV SAW IT."]),
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


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_lines_end_as_any_system_ends_them(end: str, lexicon: Lexicon) -> None:
    text = "Troops on the Move\n\nTroops left for the far\neast of it. They came.\n\nBy Jane Doe\n"
    stored = text.replace("\n", end)
    found = list(sentences(stored, lexicon))

    expected = [f"Troops left for the far{end}east of it.", "They came."]
    assert _texts(stored, lexicon) == expected
    assert [one.paragraph for one in found] == [1, 1]
    assert title_of(stored, lexicon) == "Troops on the Move"


def test_lines_broken_to_a_width_are_one_paragraph(lexicon: Lexicon) -> None:
    text = (
        "North Korea has sent about fifteen hundred soldiers to the far east\n"
        "of Russia. They train there."
    )
    first, second = sentences(text, lexicon)

    assert first.paragraph == second.paragraph
    assert first.tokens[-1].text == "."


_NARROW = (
    "Kim Il Doe, a general of the army of North Korea, told South Korea on Monday that Russia got "
    "1,500 soldiers. Moscow denied “all of this” and said that it was a\u00a0lie."
)


@pytest.mark.parametrize(
    ("head", "width"),
    [
        *itertools.product(["Soldiers for Moscow\n\n", "One.\n\nOne\n\n"], [20, 30, 45, 59, 72]),
        # Without a title, the first line is told from one by the lines under it.
        *itertools.product([""], [20, 30, 45]),
    ],
)
def test_lines_of_any_width_go_on(width: int, head: str, lexicon: Lexicon) -> None:
    text = head + textwrap.fill(_NARROW, width)
    found = [" ".join(one.split()) for one in _texts(text, lexicon)]

    assert found[-2:] == [" ".join(one.split()) for one in _texts(_NARROW, lexicon)]


def test_headings_are_not_taken_for_lines_that_go_on(lexicon: Lexicon) -> None:
    text = (
        "Troops on the Move\nBy Jane Doe\n10 September 2024\n"
        "Troops of many states have left their barracks.\n"
        "What Moscow Says\n"
        "Moscow says nothing of the kind, and nobody asks it.\n\n"
        "And Tehran\n\nTehran waits.\n- One left\n- Two came.\n> They left\n"
    )

    assert _texts(text, lexicon) == [
        "Troops of many states have left their barracks.",
        "Moscow says nothing of the kind, and nobody asks it.",
        "Tehran waits.",
        "- Two came.",
    ]


def test_the_first_heading_is_the_title(lexicon: Lexicon) -> None:
    assert title_of("# Troops on the move\n\nThey left.", lexicon) == "Troops on the move"
    assert title_of("They left.", lexicon) is None
    assert (
        title_of("[Translated]\nTroops on the move\n\nThey left.", lexicon) == "Troops on the move"
    )


@pytest.mark.parametrize(
    "line",
    [
        "Updated Sept. 10, 2024 4:12 pm ET",
        "10 September 2024",
        "Published 9 May 2024 | Updated 10 May 2024",
        "By Jane Doe",
        "https://example.org/a",
    ],
)
def test_what_says_when_a_text_appeared_is_no_title(line: str, lexicon: Lexicon) -> None:
    title = "Troops on the move"

    assert title_of(f"{line}\n{title}\n\nThey left.", lexicon) == title
    assert title_of(f"**{line}**\n\n# {title}\n\nThey left.", lexicon) == title
    assert title_of(f"{line}\n\nThey left.", lexicon) is None
    assert title_of("By Air, Iran Arms Sudan\n\nThey left.", lexicon) == "By Air, Iran Arms Sudan"
    assert kg.extract(f"{line}\n\nThey left.\n", published="2024-09-10").article.title == (
        "They left."
    )


@pytest.mark.parametrize("mark", ["---", "```", "***"])
def test_a_rule_of_markdown_is_no_title(mark: str, lexicon: Lexicon) -> None:
    assert title_of(f"{mark}\nTroops on the move\n{mark}\n\nThey left.", lexicon) == (
        "Troops on the move"
    )
    assert title_of(f"{mark}\n\nThey left.", lexicon) is None
