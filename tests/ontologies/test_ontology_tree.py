"""`kg ontology tree`: each class below its superclass, with its definition."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from kg.cli.main import main
from kg.ontologies.tree import Branch, class_tree
from kg.vocabulary.terms import KG

SMALL = f"""\
@prefix kg: <{KG}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
sem:Event a owl:Class ; skos:prefLabel "event (SEM)"@en .
kg:Event a owl:Class ; rdfs:subClassOf sem:Event ; skos:prefLabel "event"@en ;
    skos:definition "What claims are about."@en .
kg:Shipment a owl:Class ; rdfs:subClassOf kg:Event ; skos:prefLabel "shipment"@en .
kg:Combat a owl:Class ; rdfs:subClassOf kg:Event ; skos:prefLabel "combat"@en .
kg:Raid a owl:Class ; rdfs:subClassOf kg:Combat , kg:Shipment ; skos:prefLabel "raid"@en .
"""


def test_classes_hang_below_their_superclasses() -> None:
    branches = list(class_tree(Graph().parse(data=SMALL)))

    assert branches[0] == Branch(0, f"{KG}Event", "event", "What claims are about.")
    assert [(branch.depth, branch.label) for branch in branches] == [
        (0, "event"),
        (1, "combat"),
        (2, "raid"),
        (1, "shipment"),
        (2, "raid"),
    ]


def test_the_tree_is_printed_with_definitions(empty) -> None:
    lines = empty.run("ontology", "tree").out.splitlines()

    shipment = lines.index("  shipment")
    assert lines.index("event") < shipment
    assert lines[shipment + 1] == (
        "      A transfer of goods from a supplier to a recipient, once or over a time."
    )


def test_the_tree_as_json_names_every_class(empty) -> None:
    branches = empty.run("ontology", "tree", "--format", "json").json

    assert {"depth": 1, "iri": f"{KG}Person", "label": "person"}.items() <= next(
        branch for branch in branches if branch["label"] == "person"
    ).items()
    assert all(branch["definition"] for branch in branches)


def test_a_class_of_the_workspace_stands_in_the_tree(empty) -> None:
    empty.write(
        "ontology/own.ttl",
        f"<{KG}Parade> a <http://www.w3.org/2002/07/owl#Class> ;\n"
        f"    <http://www.w3.org/2000/01/rdf-schema#subClassOf> <{KG}Event> ;\n"
        '    <http://www.w3.org/2004/02/skos/core#prefLabel> "parade"@en .\n',
    )

    assert "  parade" in empty.run("ontology", "tree").out.splitlines()


def test_the_shipped_tree_needs_no_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["ontology", "tree"]) == 0
    assert "  shipment" in capsys.readouterr().out.splitlines()

    assert main(["--workspace", str(tmp_path / "elsewhere"), "ontology", "tree"]) == 2
    assert "There is no workspace" in capsys.readouterr().err
