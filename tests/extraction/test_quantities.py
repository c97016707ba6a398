"""Counts as intervals: the words give a bound, a figure or a range, and nothing more."""

from __future__ import annotations

import pytest

from kg.extraction.figures.quantities import find_quantities
from kg.extraction.pipeline import Extractor
from kg.extraction.words.tokens import tokenize


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
        ("20–30k shells", "20–30k", (20000, None, 30000, "range")),
        ("20-30k shells", "20-30k", (20000, None, 30000, "range")),
        ("2-3,000 rifles", "2-3,000", (2000, None, 3000, "range")),
        ("2–3m rounds", "2–3m", (2_000_000, None, 3_000_000, "range")),
        ("lost 20+", "20+", (20, None, None, "lower-bound")),
        ("lost 20+ tanks", "20+", (20, None, None, "lower-bound")),
        ("lost 30k+ men", "30k+", (30000, None, None, "lower-bound")),
        ("lost ~20 tanks", "~20", (None, 20, None, "approximate")),
        ("lost ≈ 20 tanks", "≈ 20", (None, 20, None, "approximate")),
        ("lost >30 tanks", ">30", (30, None, None, "lower-bound")),
        ("lost ≥30 tanks", "≥30", (30, None, None, "lower-bound")),
        ("lost <30 tanks", "<30", (None, None, 30, "upper-bound")),
        ("> 30 tanks, in a line that quotes", "30", (None, 30, None, "exact")),
        ("between 50 and 20 men", "between 50 and 20", (20, None, 50, "range")),
        ("from 50 to 20 men", "20", (None, 20, None, "exact")),
        ("sent 300 to 12 towns", "300", (None, 300, None, "exact")),
        ("3, 4 or 5 tanks", "3, 4 or 5", (3, None, 5, "range")),
        ("0.5-1 million rounds", "0.5-1 million", (500_000, None, 1_000_000, "range")),
        ("1.5 to 2.5m rounds", "1.5 to 2.5m", (1_500_000, None, 2_500_000, "range")),
        ("between 1.5 and 2 thousand", "between 1.5 and 2 thousand", (1500, None, 2000, "range")),
        ("on May 3, 40 or 50 tanks", "40 or 50", (40, None, 50, "range")),
        ("in 2023, 3000 or 4000 men", "3000 or 4000", (3000, None, 4000, "range")),
        ("three, four or five tanks", "three, four or five", (3, None, 5, "range")),
        ("2.7mn rounds", "2.7mn", (None, 2_700_000, None, "exact")),
        ("2.7M rounds", "2.7M", (None, 2_700_000, None, "exact")),
        ("2.7 mn rounds", "2.7 mn", (None, 2_700_000, None, "exact")),
        ("1,5 million rounds", "1,5 million", (None, 1_500_000, None, "exact")),
        ("6 x M777 howitzers", "6", (None, 6, None, "exact")),
        ("3x MiG-29", "3x", (None, 3, None, "exact")),
        ("3 × 155 mm howitzers", "3", (None, 3, None, "exact")),
        ("F-16s (12)", "12", (None, 12, None, "exact")),
        ("dozens were lost", "dozens", (24, None, None, "lower-bound")),
        ("dozens upon dozens of tanks", "dozens upon dozens of", (24, None, None, "lower-bound")),
        ("a dozen tanks", "a dozen", (None, 12, None, "exact")),
        ("scores of tanks", "scores of", (40, None, None, "lower-bound")),
        ("a score of tanks", "a score of", (None, 20, None, "exact")),
        ("half a dozen tanks", "half a dozen", (None, 6, None, "exact")),
        ("a half-dozen tanks", "a half-dozen", (None, 6, None, "exact")),
        ("a couple of tanks", "a couple of", (2, None, None, "lower-bound")),
        ("a couple dozen tanks", "a couple dozen", (24, None, None, "lower-bound")),
        ("a pair of tanks", "a pair of", (None, 2, None, "exact")),
        ("upwards of 40 tanks", "upwards of 40", (40, None, None, "lower-bound")),
        ("up to 40 tanks", "up to 40", (None, None, 40, "upper-bound")),
        ("a 40-strong company", "40", (None, 40, None, "exact")),
        ("a 40-man team", "40", (None, 40, None, "exact")),
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
        "a vote of 50 to 20",
        "50 to 20 tanks",
        "1/2 of the tanks",
        "1 / 2 tanks",
        "a 5-3 vote",
        "won it 5–3",
        "a 3-5 majority",
        "the tank's software 1.2.3",
        "1,5 tanks",
        "3x more tanks",
        "6 x 6 trucks",
        "8x8 carriers",
        "at 10:30 they came",
        "outnumbered 3:1",
        "on 2024-02-30 they came",
        "a couple of weeks",
        "worth $20-30m",
    ],
)
def test_what_is_no_count(text: str, rules: Extractor) -> None:
    glance = rules.gazetteer.cues.glance(tokenize(text))

    assert find_quantities(glance, rules.lexicon) == []
