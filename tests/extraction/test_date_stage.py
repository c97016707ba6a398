"""Dates as EDTF, counted from the day of publication: Wednesday, 23 October 2024."""

from __future__ import annotations

import pytest

from kg.extraction.dating.dates import Dated, find_dates
from kg.extraction.dating.publication import Calendar
from kg.extraction.pipeline import Extractor
from kg.extraction.words.tokens import tokenize


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
        ("by the end of March", "../2025-03"),
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
        ("on 9-11 September", "2024-09-09/2024-09-11"),
        ("on 9–11 September 2023", "2023-09-09/2023-09-11"),
        ("9 to 11 September", "2024-09-09/2024-09-11"),
        ("between 9 and 11 September", "2024-09-09/2024-09-11"),
        ("from 9 until 11 September 2023", "2023-09-09/2023-09-11"),
        ("on September 9-11", "2024-09-09/2024-09-11"),
        ("September 9–11, 2023", "2023-09-09/2023-09-11"),
        ("between September 9 and 11", "2024-09-09/2024-09-11"),
        ("on 28 September–2 October", "2024-09-28/2024-10-02"),
        ("on 28 September-2 October", "2024-09-28/2024-10-02"),
        ("on 28 December-2 January 2023", "2022-12-28/2023-01-02"),
        ("in September-October 2023", "2023-09/2023-10"),
        ("in May/June 2023", "2023-05/2023-06"),
        ("on the 9th of September", "2024-09-09"),
        ("in 2022/23", "2022/2023"),
        ("the 2022/23 budget", "2022/2023"),
        ("in 2022–2024", "2022/2024"),
        ("in 2022-10", "2022-10"),
        ("on 24.02.2022", "2022-02-24"),
        ("since 24.02.22", "2022-02-24/.."),
        ("on 24/02/2022", "2022-02-24"),
        ("on 24-02-2022", "2022-02-24"),
        ("on 02/24/2022", "2022-02-24"),
        ("in Q3 2023", "2023-07/2023-09"),
        ("by Q3", "../2024-09"),
        ("in H1 2023", "2023-01/2023-06"),
        ("on 5 Nov '24", "2024-11-05"),
        ("on 5 Nov ’24", "2024-11-05"),
        ("on Feb 29, 2024", "2024-02-29"),
        ("2024-10-18T12:30:00Z", "2024-10-18"),
        ("2024-10-18T12:30:05.123+02:00", "2024-10-18"),
    ],
)
def test_a_date(text: str, edtf: str, rules: Extractor) -> None:
    (found,) = dates_in(text, rules)

    assert found.value == edtf


def test_two_days_of_a_month_are_no_interval(rules: Extractor) -> None:
    found = dates_in("on 9 and 11 September", rules)

    assert [dated.value for dated in found] == ["2024-09-09", "2024-09-11"]


@pytest.mark.parametrize(
    "text",
    [
        "on Feb 29, 2023",
        "on 29 February 2023",
        "on 31 April",
        "on 2024-02-30",
        "on 2024-02-30T12:00",
        "on 31.02.2022",
        "on 03/04/2022",
        "version 24.02.22",
        "the tank 1.2.2022.4",
        "a q3 2023 of it",
        "room 2022/24",
    ],
)
def test_an_impossible_or_unclear_day_is_no_date(text: str, rules: Extractor) -> None:
    assert dates_in(text, rules) == []


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
