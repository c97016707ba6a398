"""EDTF: which days a stated date can mean."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records.dates import Days, parse_edtf


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024-10-18", "2024-10-18", "2024-10-18"),
        ("2024-10", "2024-10-01", "2024-10-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-21", "2024-03-01", "2024-05-31"),
        ("2024-22", "2024-06-01", "2024-08-31"),
        ("2024-23", "2024-09-01", "2024-11-30"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("2024-24", "2024-12-01", "2025-02-28"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("2024-XX", "2024-01-01", "2024-12-31"),
        ("2024-XX-XX", "2024-01-01", "2024-12-31"),
        ("2024-10-XX", "2024-10-01", "2024-10-31"),
        ("2024-10-18?", "2024-10-18", "2024-10-18"),
        ("2024-10~", "2024-10-01", "2024-10-31"),
        ("2024%", "2024-01-01", "2024-12-31"),
        ("2024-10-18/2024-10-31", "2024-10-18", "2024-10-31"),
        ("2024-08/2024-10", "2024-08-01", "2024-10-31"),
        ("2024-08~/2024-23", "2024-08-01", "2024-11-30"),
        ("2024-10-18/2024-10", "2024-10-18", "2024-10-31"),
        ("../2024-12", None, "2024-12-31"),
        ("/2024-12", None, "2024-12-31"),
        ("2024-10-18/..", "2024-10-18", None),
        ("2024-10-18/", "2024-10-18", None),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
    ],
)
def test_a_date_means_these_days(text: str, earliest: str | None, latest: str | None) -> None:
    first, last = parse_edtf(text)
    assert (first and first.isoformat(), last and last.isoformat()) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2024-13", "no month 13"),
        ("2024-00", "no month 00"),
        ("2024-20", "no month 20"),
        ("2024-25", "no month 25"),
        ("2024-02-30", "no day 2024-02-30"),
        ("2023-02-29", "no day 2023-02-29"),
        ("2024-04-31", "no day 2024-04-31"),
        ("2024-10-00", "no day 2024-10-00"),
        ("2024-21-05", "no month 21"),
        ("0000", "no day 0000"),
        ("0000-02", "no day 0000"),
        ("9999-24", "no day 10000"),
        ("2024-XX-05", "needs its month"),
        ("202X-10", "takes no month"),
        ("2024-10-31/2024-10-18", "ends before it begins"),
        ("2025/2024-12", "ends before it begins"),
        ("../..", "at least one end"),
        ("/", "at least one end"),
        ("2024/2025/2026", "one '/'"),
        ("", "write a date"),
        ("18.10.2024", "write a date"),
        ("10/18/2024", "one '/'"),
        ("2024-10-18T12:00", "write a date"),
        ("2024-10-18 ", "write a date"),
        ("24-10-18", "write a date"),
        ("2024-1-2", "write a date"),
        ("-2024", "write a date"),
        ("20241018", "write a date"),
        ("2024-1X", "write a date"),
        ("last year", "write a date"),
        ("２０２４-10-18", "write a date"),
        ("٢٠٢٤", "write a date"),
        ("2024-10-18\n", "write a date"),
    ],
)
def test_anything_else_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        parse_edtf(text)


DAYS = st.dates(date(1, 1, 1), date(9998, 12, 31))


@given(DAYS)
def test_a_day_means_itself_and_lies_in_its_month_season_and_year(day: date) -> None:
    assert parse_edtf(day.isoformat()) == Days(day, day)
    year = day.year - (day.month < 3)
    season = {12: 24, 1: 24, 2: 24, 3: 21, 4: 21, 5: 21, 6: 22, 7: 22, 8: 22}.get(day.month, 23)
    wider = [
        day.isoformat()[:7],
        day.isoformat()[:4],
        f"{day.isoformat()[:3]}X" if day.year > 9 else None,
    ]
    wider.append(f"{year:04}-{season}" if year else None)
    for text in filter(None, wider):
        earliest, latest = parse_edtf(text)
        assert earliest is not None
        assert latest is not None
        assert earliest <= day <= latest


@given(DAYS, DAYS)
def test_an_interval_means_all_from_its_first_day_to_its_last(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert parse_edtf(f"{first}/{last}") == Days(first, last)
    assert parse_edtf(f"{first}/..") == Days(first, None)
    assert parse_edtf(f"../{last}") == Days(None, last)
    if first != last:
        with pytest.raises(ValueError, match="ends before it begins"):
            parse_edtf(f"{last}/{first}")


@given(DAYS)
def test_months_follow_each_other_without_a_gap(day: date) -> None:
    latest = parse_edtf(day.isoformat()[:7]).latest
    assert latest is not None
    following = latest + timedelta(days=1)
    assert parse_edtf(following.isoformat()[:7]).earliest == following


@given(st.text(alphabet="0123456789X-/.?~% ", max_size=24))
def test_no_text_does_anything_but_mean_days_or_be_refused(text: str) -> None:
    try:
        earliest, latest = parse_edtf(text)
    except ValueError:
        return
    assert earliest or latest
    assert not (earliest and latest) or earliest <= latest
