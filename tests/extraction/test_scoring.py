"""Scores: a record against itself is perfect; what is missing, wrong or too much is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.cli.main import main
from kg.extraction.pipeline import About, Extractor
from kg.extraction.scoring import Score
from kg.records.model import Record

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "dprk-russia"
TEXT = "Iran sent 200 missiles to Russia, Seoul said. Cuba sent 300 soldiers to Angola."


def _drafted(rules: Extractor, **changes: Any) -> Record:
    data = rules.draft(TEXT, About("2024-10-18"))
    data["claims"][0] |= changes
    return Record.model_validate(data)


def test_a_record_against_itself_is_perfect(rules: Extractor) -> None:
    score = Score()
    score.add(_drafted(rules), _drafted(rules), TEXT)
    figures = score.as_json()

    assert (figures["f1"], figures["strict_f1"], figures["remarks"]) == (1.0, 1.0, [])


def test_a_wrong_slot_is_named_and_costs_the_strict_score(rules: Extractor) -> None:
    score = Score()
    score.add(_drafted(rules), _drafted(rules, polarity="denied", hedge="reported"), TEXT)
    figures = score.as_json()

    assert (figures["f1"], figures["strict_f1"]) == (1.0, 0.5)
    assert figures["slots"]["polarity"] == 0.5
    assert [(r["kind"], r["why"]) for r in figures["remarks"]] == [("wrong", "polarity, hedge")]


def test_what_is_missed_and_what_is_too_much(rules: Extractor) -> None:
    whole, score = _drafted(rules), Score()
    less = whole.model_copy(update={"claims": whole.claims[:1]})
    score.add(whole, less, TEXT)
    score.add(less, whole, TEXT)

    assert [r["kind"] for r in score.remarks] == ["missed", "extra"]
    assert score.remarks[0]["why"] == "no claim was drafted here"


def test_the_command_scores_the_examples_records(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--workspace", str(EXAMPLE), "evaluate", str(EXAMPLE / "records")]

    assert main([*arguments, "--format", "json"]) == 0
    score = json.loads(capsys.readouterr().out)
    assert score["gold"] >= 30
    assert score["f1"] >= 0.5
    assert main(arguments) == 0
    assert "strict_f1" in capsys.readouterr().out


def test_a_record_of_another_text_is_no_gold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "articles").mkdir()
    for file in (EXAMPLE / "records").glob("2024-10-18*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
        (tmp_path / "articles" / f"{file.stem}.txt").write_text("Another text.", encoding="utf-8")

    assert main(["evaluate", str(tmp_path)]) == 1
    assert "is not the text" in capsys.readouterr().err
    assert main(["evaluate", str(tmp_path / "none")]) == 2


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("start: 0", "start: 1", "stands at 0, not at 1"),
        ("exact: Chad sent 20", "exact: Chad sent 30", "does not stand in the text"),
    ],
)
def test_a_record_whose_quote_stands_elsewhere_is_no_gold(
    right: str, wrong: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Chad sent 20 guns to Benin. Togo did not.\n", encoding="utf-8")
    assert main(["extract", str(article), "--published", "2024-01-03", "-o", str(tmp_path)]) == 0
    record = tmp_path / "a.yaml"
    before, claims, after = record.read_text(encoding="utf-8").partition("claims:")
    line = before.count("\n") + after.partition(right)[0].count("\n") + 1
    record.write_text(before + claims + after.replace(right, wrong, 1), encoding="utf-8")

    assert main(["evaluate", str(record)]) == 1
    err = capsys.readouterr().err
    assert f"{record}:{line}: " in err
    assert message in err
