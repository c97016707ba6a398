"""``--format``: what goes to standard output, what beside it, and the same for every command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rdflib import SH, XSD, BNode, Graph, Literal, URIRef

from kg.validation.findings import Finding, GateReport
from kg.validation.reports import FORMATS, Run, write_report

KG = [sys.executable, "-m", "kg"]
RECORD = "records/autumn-soldiers.yaml"
UNRESOLVED = ("    refers_to: vladivostok\n", "")
WRONG_DESK = ("    by: example-desk", "    by: exampledesk")


@pytest.fixture
def broken(desk: Any, record: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A workspace whose record has one error and one warning; the current folder."""
    desk.write(RECORD, record.replace(*WRONG_DESK).replace(*UNRESOLVED))
    monkeypatch.chdir(desk.root)
    return desk


def found(form: str, text: str) -> set[tuple[str, int]]:
    """Return code and line of every finding in a report."""
    if form in ("text", "github"):
        places = [line for line in text.splitlines() if f"{RECORD}:" in line]
        lines = [int(line.split(f"{RECORD}:")[1].split(":")[0]) for line in places]
        codes = ("unknown-desk", "unresolved-mention")
        return {
            (code, line)
            for place, line in zip(places, lines, strict=True)
            for code in codes
            if code in place
        }
    if form == "junit":
        cases = [case.get("name", "") for case in ElementTree.fromstring(text).iter("testcase")]
        words = [name.split(":")[0].split(" at ") for name in cases]
        return {(code, int(line)) for code, line in words}
    if form == "turtle":
        space = "https://w3id.org/communique/shapes#"
        asked = f"SELECT ?code ?line {{ ?r <{space}code> ?code ; <{space}line> ?line }}"
        rows = Graph().parse(data=text, format="turtle").query(asked)
        return {(str(code), int(line)) for code, line in rows}
    said = json.loads(text)
    if form == "json":
        return {(each["code"], each["line"]) for each in said["findings"]}
    if form == "gitlab":
        return {(each["check_name"], each["location"]["lines"]["begin"]) for each in said}
    return {
        (each["ruleId"], each["locations"][0]["physicalLocation"]["region"]["startLine"])
        for each in said["runs"][0]["results"]
    }


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("command", ["validate", "build"])
def test_every_format_says_the_same(form: str, command: str, broken: Any) -> None:
    if (command, form) == ("build", "json"):
        pytest.skip("a build has a JSON of its own, in which the findings are a part")
    told = broken.run(command, "--format", form)

    assert told.code == 1
    assert found(form, told.out) == {("unknown-desk", 115), ("unresolved-mention", 109)}
    counted = form in ("text", "github")
    assert ("1 error, 1 warning\n" in told.err) is counted
    assert ("nothing was built" in told.err) is (command == "build")


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"text", "json", "github"}))
def test_a_build_that_is_fine_leaves_a_whole_report_and_says_what_it_did_beside_it(
    form: str, desk: Any
) -> None:
    told = desk.run("build", "--format", form)

    assert told.code == 0
    assert told.err.startswith("1 added, 0 changed")
    assert found(form, told.out) == set()


def test_a_build_with_annotations_that_is_fine_says_nothing_to_standard_output(desk: Any) -> None:
    told = desk.run("build", "--check", "--format", "github")

    assert (told.code, told.out) == (0, "")
    assert "would change: 1 added" in told.err


def test_junit_fails_what_fails_the_run(broken: Any) -> None:
    def failures(*options: str) -> str | None:
        told = broken.run("validate", "--format", "junit", *options)
        return ElementTree.fromstring(told.out).get("failures")

    assert failures() == "1"
    assert failures("--fail-on", "warning") == "2"


def test_junit_names_the_files_in_which_nothing_was_found(desk: Any, monkeypatch: Any) -> None:
    monkeypatch.chdir(desk.root)

    told = desk.run("validate", "--format", "junit")
    (suite,) = ElementTree.fromstring(told.out)
    assert (suite.get("name"), suite.get("failures")) == (RECORD, "0")


def test_sarif_has_the_pages_of_the_codes(broken: Any) -> None:
    told = broken.run("validate", "--format", "sarif")

    rules = told.json["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["unknown-desk", "unresolved-mention"]
    assert "## How to mend it" in rules[0]["help"]["markdown"]


def test_a_result_of_a_shape_names_its_component(desk: Any, record: str) -> None:
    edited = record.replace("      best: 1500\n", "      low: 2000\n      high: 1500\n")
    desk.write(RECORD, edited.replace("      basis: approximate\n", "      basis: range\n"))

    graph = Graph().parse(data=desk.run("validate", "--format", "turtle").out)
    (component,) = graph.objects(None, SH.sourceConstraintComponent)
    assert component == SH.LessThanOrEqualsConstraintComponent
    assert list(graph.objects(None, SH.value)) == [Literal(2000)]


@pytest.mark.parametrize(
    ("value", "term", "expected"),
    [
        ("https://example.org/a", "<https://example.org/a>", URIRef("https://example.org/a")),
        ("https://example.org/a", '"https://example.org/a"', Literal("https://example.org/a")),
        ("Dock 8", '"Dock 8"@en-GB', Literal("Dock 8", lang="en-GB")),
        ("31 May", f'"31 May"^^<{XSD.date}>', Literal("31 May", datatype=XSD.date)),
        ("a\tb", '"a\\tb"', Literal("a\tb")),
        ("https://example.org/a", None, URIRef("https://example.org/a")),
        ("vladivostock", None, Literal("vladivostock")),
    ],
)
def test_a_value_is_the_term_that_the_data_has(
    value: str, term: str | None, expected: URIRef | Literal, tmp_path: Path
) -> None:
    """A value that stands in a record alone, and in no graph, has no term."""
    finding = Finding("error", "shape-violated", "No.", value=value, term=term)

    text = write_report(GateReport.of([finding]), "turtle", Run(tmp_path, "error", "1"))

    (found,) = Graph().parse(data=text).objects(None, SH.value)
    assert found == expected
    assert isinstance(found, Literal) is isinstance(expected, Literal)


def test_blank_nodes_are_blank_nodes_and_one_is_one(tmp_path: Path) -> None:
    finding = Finding(
        "error",
        "shape-violated",
        "It points at itself.",
        focus_node="_:b1",
        value="_:b1",
        shape="_:0a",
        term="_:b1",
    )

    text = write_report(GateReport.of([finding]), "turtle", Run(tmp_path, "error", "1"))

    graph = Graph().parse(data=text)
    (focus,) = graph.objects(None, SH.focusNode)
    (shape,) = graph.objects(None, SH.sourceShape)
    assert isinstance(focus, BNode)
    assert isinstance(shape, BNode)
    assert list(graph.objects(None, SH.value)) == [focus]
    assert shape != focus


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "turtle", "gitlab"])
def test_programs_get_utf_8_from_any_terminal(form: str, desk: Any, record: str) -> None:
    desk.write(RECORD, record.replace("exact: mutual assistance", "exact: 상호 원조"))
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}

    told = subprocess.run(
        [*KG, "validate", "--format", form], cwd=desk.root, env=environment, capture_output=True
    )
    assert told.returncode == 1
    assert "상호 원조" in told.stdout.decode("utf-8")


def test_a_file_of_the_repository_is_named_from_its_top(broken: Any) -> None:
    (broken.root.parent / ".git").mkdir()
    for form in ("github", "gitlab", "sarif"):
        assert f"workspace/{RECORD}" in broken.run("validate", "--format", form).out
    assert "workspace/" not in broken.run("validate", "--format", "text").out


def test_a_file_is_named_so_from_another_folder_too(
    broken: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (broken.root / ".git").mkdir()
    monkeypatch.chdir(broken.root / "articles")
    for form in ("github", "gitlab", "sarif"):
        out = broken.run("validate", f"../{RECORD}", "--format", form).out
        assert RECORD in out
        assert ".." not in out


def test_a_file_is_named_so_from_outside_the_repository(
    broken: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (broken.root / ".git").mkdir()
    monkeypatch.chdir(broken.root.parent)
    for form in ("github", "gitlab", "sarif"):
        out = broken.run("--workspace", str(broken.root), "validate", "--format", form).out
        assert RECORD in out
        assert f"{broken.root.name}/{RECORD}" not in out


def test_the_ontology_s_findings_come_in_every_format(
    empty: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.ontologies.check.has_reasoner", lambda: False)

    told = empty.run("ontology", "check", "--format", "sarif")
    (result,) = told.json["runs"][0]["results"]
    assert (told.code, result["ruleId"], result["level"]) == (0, "reasoner-missing", "note")

    told = empty.run("ontology", "tree", "--format", "sarif")
    assert told.code == 2
    assert "text or json" in told.err
