"""What is told as done has begun by the day on which it was told, and passes the gate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kg
from kg.extraction.pipeline import About, Extractor
from kg.records.writing import to_yaml


def claim_of(text: str, rules: Extractor, published: str = "2024-10-18") -> dict[str, Any]:
    (claim,) = rules.draft(text, About(published))["claims"]
    return claim


def date_of(claim: dict[str, Any]) -> str | None:
    return claim.get("date", {}).get("edtf")


@pytest.mark.parametrize(
    ("text", "modality", "date"),
    [
        ("Germany trains Ukrainian troops next week.", "expected", "2024-10-21/2024-10-27"),
        ("Kenya withdraws its forces in December 2024.", "expected", "2024-12"),
        ("Iran hosts Russia's minister next month.", "expected", "2024-11"),
        ("Kenya withdrew its forces in September 2024.", "actual", "2024-09"),
        ("Moscow said on 10 October that its soldiers had fought on 12 October.", "actual", None),
        (
            "Moscow said on 10 October that its soldiers had fought on 8 October.",
            "actual",
            "2024-10-08",
        ),
        (
            "Moscow denied on 10 October that its soldiers had fought in Mali on 12 October.",
            "actual",
            None,
        ),
    ],
)
def test_what_has_begun_had_begun_when_it_was_told(
    text: str, modality: str, date: str | None, rules: Extractor, tmp_path: Path
) -> None:
    claim = claim_of(text, rules)

    assert (claim["modality"], date_of(claim)) == (modality, date)
    assert "dated-after" not in " ".join(_findings(text, rules, tmp_path))


def _findings(text: str, rules: Extractor, root: Path) -> list[str]:
    (root / "kg.toml").write_text("[workspace]\n", encoding="utf-8")
    for folder in ("articles", "records"):
        (root / folder).mkdir()
    (root / "articles/one.txt").write_text(text, encoding="utf-8")
    draft = rules.draft(text, About("2024-10-18", id="one", path="articles/one.txt"))
    (root / "records/one.yaml").write_text(to_yaml(draft), encoding="utf-8")
    report = kg.open(root).validate()
    assert report.conforms, report.findings
    return [finding.code for finding in report.findings]


@pytest.mark.parametrize(
    ("when", "published", "date"),
    [
        ("last week", "2024-10", None),
        ("two weeks ago", "2024-10", None),
        ("yesterday", "2024-10", None),
        ("on Friday", "2024-10", None),
        ("last month", "2024-10", "2024-09"),
        ("two months ago", "2024-10", "2024-08"),
        ("last year", "2024-10", "2023"),
        ("in June", "2024-10", "2024-06"),
        ("last month", "2024-23", None),
        ("last year", "2024-23", "2023"),
        ("last year", "2024-24", None),
        ("last week", "2024-10-18", "2024-10-07/2024-10-13"),
    ],
)
def test_a_distance_is_as_fine_as_the_day_of_publication(
    when: str, published: str, date: str | None, rules: Extractor
) -> None:
    claim = claim_of(f"Turkey sent 40 tanks to Libya {when}.", rules, published)

    assert date_of(claim) == date


@pytest.mark.parametrize(
    ("text", "modality", "date"),
    [
        ("Russia's foreign minister travels to Iran on 5 November.", "expected", "2024-11-05"),
        ("The French contingent crosses into Chad on 30 October.", "expected", "2024-10-30"),
        ("Kenya hosts Somalia's minister in December.", "expected", "2024-12"),
        ("French troops are leaving Niger on 22 December.", "expected", "2024-12-22"),
        ("Turkey sent 40 tanks to Libya on 4 November.", "actual", "2023-11-04"),
        ("The UN says Russia delivered 40 tanks to Mali in December.", "actual", "2023-12"),
    ],
)
def test_a_day_ahead_with_a_verb_of_the_present_is_of_this_year(
    text: str, modality: str, date: str, rules: Extractor
) -> None:
    claim = claim_of(text, rules)

    assert (claim["modality"], date_of(claim)) == (modality, date)
