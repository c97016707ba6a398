"""`kg assess`: a judgement is written as a file, past the gate, and stands from its day on."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from desks import Desk

import kg
from kg.cli.main import main
from kg.records.assessing import assessment_file, new_assessment
from kg.vocabulary.terms import DEFAULT_BASE

REPLACEMENT = "{aspect: signing-date, date: {edtf: 2024-06-19}, source: https://example.org/b}"


def _assess(desk: Desk, *more: str) -> int:
    return main(["--workspace", str(desk.root), "assess", "autumn-soldiers/c1", *more])


def _statuses(desk: Desk, capsys: pytest.CaptureFixture[str], as_of: str) -> dict[str, str]:
    capsys.readouterr()
    arguments = ["query", "claim-status", f"as_of={as_of}", "--format", "json"]
    assert main(["--workspace", str(desk.root), *arguments]) == 0
    rows = json.loads(capsys.readouterr().out)["results"]["bindings"]
    return {row["claim"]["value"][-2:]: row["status_label"]["value"] for row in rows}


def test_a_judgement_becomes_a_file_and_counts_from_its_day(
    built: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    code = _assess(
        built,
        *("--status", "confirmed", "--rationale", "Two services: the same figure", "--dated"),
        *("2025-01-10", "--by", "example-desk"),
    )
    out = capsys.readouterr().out
    assert code == 0, out
    file = built.root / out.strip()
    assert file == built.root / "assessments/autumn-soldiers-c1-2025-01-10-example-desk.yaml"
    assert yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) == {
        "communique": "1",
        "assessments": [
            {
                "claim": "autumn-soldiers/c1",
                "status": "confirmed",
                "by": "example-desk",
                "dated": "2025-01-10",
                "rationale": "Two services: the same figure",
            }
        ],
    }
    assert main(["--workspace", str(built.root), "build"]) == 0
    assert _statuses(built, capsys, "2025-01-09")["c1"] == "unverified"
    assert _statuses(built, capsys, "2025-01-10")["c1"] == "confirmed"


def test_what_stands_in_its_place_is_written_as_records_write_it(
    built: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(
        [
            *("--workspace", str(built.root), "assess", "autumn-soldiers/c4", "--status"),
            *("refuted", "--kind", "wrong-date", "--rationale", "Signed later"),
            *("--replacement", REPLACEMENT),
        ]
    )
    file = built.root / capsys.readouterr().out.strip()
    assert code == 0
    today = datetime.now(UTC).date().isoformat()
    (said,) = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["assessments"]
    assert said["dated"] == today
    assert said["by"] == "example-desk"
    assert said["replacement"] == [
        {
            "aspect": "signing-date",
            "date": {"edtf": "2024-06-19"},
            "source": "https://example.org/b",
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--status", "probable", "--rationale", "r"], "unknown-term"),
        (["--status", "refuted", "--rationale", "r", "--kind", "typo"], "unknown-term"),
        (["--status", "refuted", "--rationale", "r", "--dated", "yesterday"], "invalid-date"),
        (
            ["--status", "refuted", "--rationale", "r", "--dated", "9999-12-01"],
            "assessment-in-the-future",
        ),
    ],
)
def test_the_gate_judges_it_and_nothing_is_written(
    built: Desk, capsys: pytest.CaptureFixture[str], arguments: list[str], code: str
) -> None:
    assert _assess(built, *arguments, "--format", "json") == 1
    report = json.loads(capsys.readouterr().out)
    assert code in {finding["code"] for finding in report["findings"]}
    assert {finding["file"].rpartition("/")[0][-11:] for finding in report["findings"]} == {
        "assessments"
    }
    assert list((built.root / "assessments").iterdir()) == []


def test_a_claim_that_nobody_made(built: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["assess", "autumn-soldiers/c99", "--status", "refuted", "--rationale", "r"]
    assert main(["--workspace", str(built.root), *arguments]) == 1
    assert "unknown-claim" in capsys.readouterr().out


def test_a_judgement_is_never_changed(built: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    says = ("--status", "confirmed", "--rationale", "r", "--dated", "2025-01-10")
    assert _assess(built, *says) == 0
    assert _assess(built, *says) == 2
    assert "give another --dated" in capsys.readouterr().err


def test_a_status_that_is_none_is_told_first(
    built: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    with (built.root / "kg.toml").open("a", encoding="utf-8") as stream:
        stream.write('[desks]\none = "One"\ntwo = "Two"\n')
    assert _assess(built, "--status", "bogus", "--rationale", "r") == 1
    assert "'bogus' is not in the scheme 'status'" in capsys.readouterr().out
    says = ("--status", "confirmed", "--rationale", "r", "--by", "one")
    assert _assess(built, *says) == 0
    assert _assess(built, "--status", "bogus", *says[2:]) == 1
    assert "'bogus' is not in the scheme 'status'" in capsys.readouterr().out


def test_a_desk_is_asked_for_where_there_are_several(
    built: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    with (built.root / "kg.toml").open("a", encoding="utf-8") as stream:
        stream.write('[desks]\none = "One"\ntwo = "Two"\n')
    assert _assess(built, "--status", "confirmed", "--rationale", "r") == 2
    assert "Give --by: one, two" in capsys.readouterr().err


@pytest.mark.parametrize("replacement", ["just words", "{aspect: ["])
def test_a_replacement_that_cannot_be_read(
    built: Desk, capsys: pytest.CaptureFixture[str], replacement: str
) -> None:
    says = ("--status", "refuted", "--rationale", "r", "--replacement", replacement)
    assert _assess(built, *says) == 2
    assert "--replacement cannot be read" in capsys.readouterr().err


def test_how_reliable_and_how_credible(built: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    says = ("--status", "confirmed", "--rationale", "r", "--dated", "2025-01-10")
    assert _assess(built, *says, "--reliability", "B", "--credibility", "2") == 0
    assert main(["--workspace", str(built.root), "build"]) == 0
    (row,) = kg.open(built.root).query("status-history", claim="autumn-soldiers/c1")
    assert (row.reliability_label, row.credibility_label) == ("usually reliable", "probably true")

    assert _assess(built, *says[:-1], "2025-01-11", "--reliability", "G") == 1
    assert "source-reliability" in capsys.readouterr().out


def test_a_listed_desk_that_the_package_knows_is_asked_for_too(
    built: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    with (built.root / "kg.toml").open("a", encoding="utf-8") as stream:
        stream.write('[desks]\nexample-desk = "Example desk"\ntwo = "Two"\n')
    assert _assess(built, "--status", "confirmed", "--rationale", "r") == 2
    assert "Give --by: example-desk, two" in capsys.readouterr().err


@pytest.mark.parametrize("start", ["id:claim/", f"{DEFAULT_BASE}claim/"])
def test_a_claim_as_answers_give_it(built: Desk, start: str) -> None:
    claim = f"{start}autumn-soldiers/c1"
    arguments = ["assess", claim, "--status", "refuted", "--rationale", "r"]
    assert main(["--workspace", str(built.root), *arguments]) == 0
    (asked,) = kg.open(built.root).query("provenance", claim=claim)
    assert asked.claim.endswith("autumn-soldiers/c1")


def test_before_the_first_build_no_claim_is_known(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _assess(desk, "--status", "refuted", "--rationale", "r") == 1
    assert "run 'kg build' first" in capsys.readouterr().err


def test_two_claims_whose_ids_run_together_have_a_file_each(tmp_path: Path) -> None:
    said = {"dated": "2025-01-01", "by": "desk", "status": "confirmed", "rationale": "r"}
    one = new_assessment(tmp_path, {"claim": "x/y-c1", **said})
    one.parent.mkdir()
    one.write_text(assessment_file({"claim": "x/y-c1", **said}), encoding="utf-8")

    other = new_assessment(tmp_path, {"claim": "x-y/c1", **said})

    assert other != one
    assert new_assessment(tmp_path, {"claim": "x/y-c1", **said}) == one
