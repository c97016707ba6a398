"""Counts as intervals: the words give a bound, a figure or a range, and nothing more."""

from __future__ import annotations

import pytest

from kg.extraction.pipeline import Extractor
from kg.extraction.quantities import find_quantities
from kg.extraction.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "stated", "figure"),
    [
        ("sent 1,500 soldiers", "1,500", (None, 1500, None, "exact")),
        ("sent over 13,000 containers", "over 13,000", (13000, None, None, "lower-bound")),
        ("sent at least 14 jets", "at least 14", (14, None, None, "lower-bound")),
        ("no fewer than nine convoys", "no fewer than nine", (9, None, None, "lower-bound")),
        ("10,000 or more soldiers", "10,000 or more", (10000, None, None, "lower-bound")),
        (
            "as many as eight million shells",
            "as many as eight million",
            (None, None, 8_000_000, "upper-bound"),
        ),
        ("up to 2,500 men", "up to 2,500", (None, None, 2500, "upper-bound")),
        ("fewer than 300 men", "fewer than 300", (None, None, 300, "upper-bound")),
        ("the figure could reach 12,000", "12,000", (None, None, 12000, "upper-bound")),
        ("around 10,000 soldiers", "around 10,000", (None, 10000, None, "approximate")),
        ("some 3,000 soldiers", "some 3,000", (None, 3000, None, "approximate")),
        ("about ten thousand men", "about ten thousand", (None, 10000, None, "approximate")),
        ("1,500 or so soldiers", "1,500 or so", (None, 1500, None, "approximate")),
        (
            "between 800 and 1,200 men",
            "between 800 and 1,200",
            (800, None, 1200, "range"),
        ),
        ("3,000 to 4,000 men", "3,000 to 4,000", (3000, None, 4000, "range")),
        ("ten to twelve thousand men", "ten to twelve thousand", (10000, None, 12000, "range")),
        ("hundreds of soldiers", "hundreds of", (200, None, None, "lower-bound")),
        ("dozens of trucks", "dozens of", (24, None, None, "lower-bound")),
        ("tens of thousands of men", "tens of thousands of", (20000, None, None, "lower-bound")),
        ("several thousand fighters", "several thousand", (2000, None, None, "lower-bound")),
        ("1.5 million shells", "1.5 million", (None, 1_500_000, None, "exact")),
        ("half a million shells", "half a million", (None, 500_000, None, "exact")),
        ("two dozen tanks", "two dozen", (None, 24, None, "exact")),
        ("twenty-four tanks", "twenty-four", (None, 24, None, "exact")),
        ("two hundred and fifty men", "two hundred and fifty", (None, 250, None, "exact")),
        ("1.500.000 shells", "1.500.000", (None, 1_500_000, None, "exact")),
        ("handed over three tanks", "three", (None, 3, None, "exact")),
    ],
)
def test_a_count(text: str, stated: str, figure: tuple[int | None, ...], rules: Extractor) -> None:
    tokens = tokenize(text)
    (found,) = find_quantities(rules.gazetteer.cues.glance(tokens), rules.lexicon)

    assert text[tokens[found.first].start : tokens[found.last - 1].end] == stated
    assert (found.low, found.best, found.high, found.basis) == figure


@pytest.mark.parametrize(
    "text",
    [
        "worth $500 million",
        "paid 2 billion dollars",
        "some 40 percent of them",
        "within 30 kilometres",
        "for five weeks",
        "in 2024 they came",
        "on 8 July they came",
        "a three-day visit",
        "one source said",
        "122-mm shells",
        "the tank Leopard 2A4",
        "in ten parts of the country",
        "99999999999999999999 men",
    ],
)
def test_money_measures_and_dates_are_no_counts(text: str, rules: Extractor) -> None:
    glance = rules.gazetteer.cues.glance(tokenize(text))

    assert find_quantities(glance, rules.lexicon) == []
