"""``kg validate``: what it judges, and what it says."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

UNRESOLVED = ("    refers_to: vladivostok\n", "")
WRONG_DESK = ("    by: example-desk", "    by: exampledesk")


@pytest.fixture
def broken(desk: Any, record: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A workspace whose record has one error and one warning; the current folder."""
    content = record
    for old, new in (UNRESOLVED, WRONG_DESK):
        assert content.count(old) == 1
        content = content.replace(old, new)
    desk.write("records/autumn-soldiers.yaml", content)
    monkeypatch.chdir(desk.root)
    return desk


def test_text_is_a_finding_a_line_with_an_excerpt_and_the_counts_beside_it(broken: Any) -> None:
    told = broken.run("validate")
    assert told.code == 1
    assert told.out == (
        "records/autumn-soldiers.yaml:115:5: error unknown-desk: "
        "'exampledesk' is no desk of kg.toml; did you mean 'example-desk'?\n"
        "   115 |     by: exampledesk\n"
        "       |     ^\n"
        "\n"
        "records/autumn-soldiers.yaml:109:5: warning unresolved-mention: "
        "'Vladivostock' is not resolved: say with refers_to who or what it is\n"
        "   109 |   - as_stated: Vladivostock\n"
        "       |     ^\n"
    )
    assert told.err == "1 error, 1 warning\n"


def test_json_is_the_contract_s_object(broken: Any) -> None:
    told = broken.run("validate", "--format", "json")
    assert told.code == 1
    assert told.err == ""
    assert told.json == {
        "conforms": False,
        "findings": [
            {
                "severity": "warning",
                "code": "unresolved-mention",
                "message": "'Vladivostock' is not resolved: say with refers_to who or what it is",
                "file": "records/autumn-soldiers.yaml",
                "line": 109,
                "column": 5,
                "focus_node": None,
                "path": "mentions",
                "value": "Vladivostock",
                "shape": None,
            },
            {
                "severity": "error",
                "code": "unknown-desk",
                "message": "'exampledesk' is no desk of kg.toml; did you mean 'example-desk'?",
                "file": "records/autumn-soldiers.yaml",
                "line": 115,
                "column": 5,
                "focus_node": None,
                "path": "by",
                "value": "exampledesk",
                "shape": None,
            },
        ],
        "counts": {"error": 1, "warning": 1, "info": 0},
    }


def test_a_finding_of_a_shape_names_node_path_value_and_shape(desk: Any, record: str) -> None:
    changed = record.replace("      best: 1500\n", "      low: 2000\n      high: 1500\n")
    changed = changed.replace("      basis: approximate\n", "      basis: range\n")
    desk.write("records/autumn-soldiers.yaml", changed)
    (finding,) = desk.validate("records").json["findings"]
    assert finding["message"].startswith("claim c1 says low 2,000 above high 1,500.")
    assert {key: finding[key] for key in ("line", "column", "focus_node", "path", "value")} == {
        "line": 51,
        "column": 7,
        "focus_node": "https://w3id.org/communique/id/claim/autumn-soldiers/c1",
        "path": "https://w3id.org/communique/ontology#low",
        "value": "2000",
    }
    assert finding["shape"] == "https://w3id.org/communique/shapes#figure-low-to-high"


def test_a_finding_of_a_check_names_it(desk: Any, record: str) -> None:
    desk.write(
        "records/autumn-soldiers.yaml", record.replace("dated: 2024-12-01", "dated: 2024-01-01")
    )
    (finding,) = desk.validate("records").json["findings"]
    assert finding["shape"] == finding["code"] == "assessment-before-article"
    assert finding["path"] == "https://w3id.org/communique/ontology#dated"
    assert finding["focus_node"].endswith("/assessment/autumn-soldiers/c4/2024-01-01-example-desk")


@pytest.mark.parametrize(
    ("level", "edits", "code"),
    [
        ("error", (), 0),
        ("warning", (), 0),
        ("error", (UNRESOLVED,), 0),
        ("warning", (UNRESOLVED,), 1),
        ("error", (WRONG_DESK,), 1),
        ("warning", (WRONG_DESK,), 1),
    ],
)
def test_fail_on_sets_what_fails(
    desk: Any, record: str, level: str, edits: tuple[tuple[str, str], ...], code: int
) -> None:
    for old, new in edits:
        record = record.replace(old, new)
    desk.write("records/autumn-soldiers.yaml", record)
    assert desk.run("validate", "--fail-on", level).code == code


def test_nothing_wrong_is_said_in_a_line(desk: Any) -> None:
    told = desk.run("validate")
    assert (told.code, told.out, told.err) == (0, "", "conforms: nothing found\n")


def test_no_path_means_records_and_assessments_of_the_workspace(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.root)
    for folder in ("records", "assessments", "articles", "elsewhere"):
        desk.write(f"{folder}/a.yaml", "communique: [1\n")
    told = desk.run("validate", "--format", "json")
    files = [finding["file"] for finding in told.json["findings"]]
    assert files == ["assessments/a.yaml", "records/a.yaml"]


def test_a_workspace_without_records_conforms(empty: Any) -> None:
    assert empty.run("validate").code == 0
    for folder in ("records", "assessments"):
        (empty.root / folder).rmdir()
    assert empty.run("validate").code == 0


def test_a_file_named_twice_is_judged_once(broken: Any) -> None:
    told = broken.run("validate", "records", "records/autumn-soldiers.yaml", "--format", "json")
    assert len(told.findings) == 2


def test_a_file_outside_the_workspace_is_judged_in_it(desk: Any, tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    (desk.root / "records/autumn-soldiers.yaml").rename(draft)
    assert desk.run("validate", draft).code == 0
    draft.write_text(draft.read_text().replace("    by: example-desk", "    by: nobody"))
    told = desk.run("validate", draft)
    assert told.code == 1
    assert told.out.startswith(f"{draft}:116:5: error unknown-desk")


def test_validating_writes_nothing(broken: Any) -> None:
    def files() -> dict[str, str]:
        return {
            str(file): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in broken.root.rglob("*")
            if file.is_file()
        }

    before = files()
    broken.run("validate")
    assert files() == before
    assert not (broken.root / ".kg").exists()


ASSESSMENTS = """\
communique: 1
assessments:
  - claim: autumn-soldiers/c1
    status: disputed
    by: example-desk
    dated: 2024-12-01
    rationale: Others count more
"""


def test_an_assessment_may_judge_a_claim_of_the_call_or_of_the_last_build(
    desk: Any, record: str
) -> None:
    desk.write("assessments/a.yaml", ASSESSMENTS)
    assert desk.validate("assessments", "records").findings == []
    assert desk.validate("assessments").findings == [("unknown-claim", 3, 5)]
    assert desk.run("build").code == 0
    assert desk.validate("assessments").findings == []


def test_an_assessment_of_its_own_names_article_and_claim(built: Any) -> None:
    built.write("assessments/a.yaml", ASSESSMENTS.replace("autumn-soldiers/c1", "c1"))
    told = built.validate("assessments")
    assert told.findings == [("unknown-claim", 3, 5)]
    assert "write it as ARTICLE-ID/CLAIM-ID" in told.json["findings"][0]["message"]


def test_a_record_may_name_actors_that_the_call_or_the_last_build_declares(
    desk: Any, record: str, digest: Any
) -> None:
    desk.write("articles/b.txt", "The harbour office denied it.\n")
    office = "  - id: harbour-office\n    type: Organization\n    name: Harbour office\nplaces:\n"
    desk.write("records/autumn-soldiers.yaml", record.replace("places:\n", office, 1))
    desk.write(
        "records/b.yaml",
        f"""\
communique: 1
article:
  id: b
  title: B
  publisher: unknown-outlet
  published: 2024-10-19
  language: en
  text: articles/b.txt
  sha256: {digest("The harbour office denied it." + chr(10))}
events:
  - id: soldiers-east
    type: Deployment
    label: North Korean soldiers in the Russian Far East
    from: north-korea
    to: russia
claims:
  - id: c1
    about: soldiers-east
    aspect: occurrence
    modality: actual
    polarity: denied
    speaker: harbour-office
    quote:
      exact: The harbour office denied it
""",
    )
    assert desk.validate("records/b.yaml").findings == [("unknown-actor", 22, 5)]
    assert desk.validate("records").findings == []
    assert desk.run("build").code == 0
    assert desk.validate("records/b.yaml").findings == []


def test_an_unnamed_source_of_one_article_is_none_of_another(
    desk: Any, record: str, text: str
) -> None:
    other = record.replace("  id: autumn-soldiers", "  id: winter-soldiers")
    begin, end = other.index("actors:\n"), other.index("places:\n")
    desk.write("records/b.yaml", other[:begin] + other[end:])
    told = desk.validate("records")
    assert told.findings == [("unknown-actor", 59, 5)]
    assert told.json["findings"][0]["file"].endswith("b.yaml")


def test_the_reference_engine_finds_the_same(built: Any, record: str) -> None:
    broken = record.replace(
        "      best: 1500\n", "      best: 1500\n      low: 9000\n      high: 8000\n"
    )
    assert broken != record
    built.write("records/autumn-soldiers.yaml", broken)

    by_sets, by_pyshacl = (
        built.validate("records/autumn-soldiers.yaml", options=("--engine", engine))
        for engine in ("sets", "pyshacl")
    )

    low = broken.splitlines().index("      low: 9000") + 1
    assert ("quantity-low-above-high", low) in [(code, line) for code, line, _ in by_sets.findings]
    assert by_sets.json == by_pyshacl.json
