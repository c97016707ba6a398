"""Dates as EDTF, counted from the day of publication: Wednesday, 23 October 2024."""

from __future__ import annotations

import pytest

from kg.extraction.dates import Calendar, Dated, find_dates
from kg.extraction.pipeline import Extractor
from kg.extraction.tokens import tokenize


def dates_in(text: str, rules: Extractor, year: int | None = None) -> list[Dated]:
    glance = rules.gazetteer.cues.glance(tokenize(text))
    return find_dates(glance, rules.lexicon, Calendar.of("2024-10-23"), year)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on 18 October 2024", "2024-10-18"),
        ("on October 18, 2024", "2024-10-18"),
        ("on October 18", "2024-10-18"),
        ("on Dec. 23", "2023-12-23"),
        ("in June 2023", "2023-06"),
        ("in June", "2024-06"),
        ("in December", "2023-12"),
        ("in 2022", "2022"),
        ("since August", "2024-08/.."),
        ("since 2022", "2022/.."),
        ("by December", "../2024-12"),
        ("by the end of March", "../2025-03-31"),
        ("in late March", "2024-03-21/2024-03-31"),
        ("in early March", "2024-03-01/2024-03-10"),
        ("in mid-March", "2024-03-11/2024-03-20"),
        ("yesterday", "2024-10-22"),
        ("on Monday", "2024-10-21"),
        ("on Wednesday", "2024-10-23"),
        ("last week", "2024-10-14/2024-10-20"),
        ("earlier this month", "2024-10"),
        ("last month", "2024-09"),
        ("last year", "2023"),
        ("next year", "2025"),
        ("this autumn", "2024-23"),
        ("2024-10-18", "2024-10-18"),
    ],
)
def test_a_date(text: str, edtf: str, rules: Extractor) -> None:
    (found,) = dates_in(text, rules)

    assert found.value == edtf


def test_a_month_takes_the_year_of_which_the_text_speaks(rules: Extractor) -> None:
    (found,) = dates_in("in September", rules, 2023)

    assert found.value == "2023-09"


@pytest.mark.parametrize("text", ["they may march on", "at 10 to 12", "in the fall of a city"])
def test_what_is_no_date(text: str, rules: Extractor) -> None:
    assert dates_in(text, rules)[1:] == []


@pytest.mark.parametrize("word", ["000²", "1²", "²", "0" * 5000 + "3", "9" * 5000])
def test_what_only_looks_like_a_number_is_no_date(word: str, rules: Extractor) -> None:
    for text in (f"on {word} May", f"in May {word}", f"in {word}", f"on May 3, {word}"):
        assert [dated.year for dated in dates_in(text, rules)] in ([], [None])
