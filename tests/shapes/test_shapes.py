"""The shapes: nothing is found in good data, each damage is found by its own rule."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyshacl
import pytest
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, SKOS
from rdflib.term import Node
from shape_cases import CASES, Case

import kg.shacl

# rdflib logs a traceback for every ill-typed literal; those are planted here.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BASE = "https://example.org/good/"
KG = Namespace("https://w3id.org/communique/ontology#")
KGSH = Namespace("https://w3id.org/communique/shapes#")
SH = Namespace("http://www.w3.org/ns/shacl#")
SEVERITIES = {SH.Violation, SH.Warning, SH.Info}
STRUCTURE = {SH.property, SH.deactivated, SH.targetClass, SH.targetSubjectsOf, SH.path}
SPEECH = {SH.name, SH.message, SH.severity}
JARGON = re.compile(r"\b(?:IRI|RDF|SHACL|literal|triple|node|predicate|datatype|xsd:|sh:|kg:)\b")
# Codes of rules that look at more than the triples of the focus node.
BY_VALUE = {"unknown-actor", "unknown-term", "unknown-entity", "figure-missing", "exact-with-range"}


class Finding(NamedTuple):
    shape: str
    code: str
    severity: Node
    path: Node | None


def _read(files: Iterable[Path]) -> Graph:
    graph = Graph()
    for file in files:
        graph.parse(file)
    return graph


SHAPES = _read(sorted((ROOT / "shapes").glob("*.ttl")))
CONDITIONS = {
    shape
    for top in SHAPES.objects(None, SH["not"])
    for shape in [top, *SHAPES.objects(top, SH.property)]
}
PROPERTY_SHAPES = set(SHAPES.subjects(RDF.type, SH.PropertyShape))


def _constrains(shape: Node) -> bool:
    own = {
        predicate
        for predicate in SHAPES.predicates(shape)
        if str(predicate).startswith(SH) and predicate not in STRUCTURE | SPEECH
    }
    return bool(own)


RULES = sorted(
    shape
    for kind in (SH.NodeShape, SH.PropertyShape)
    for shape in SHAPES.subjects(RDF.type, kind)
    if isinstance(shape, URIRef) and shape not in CONDITIONS and _constrains(shape)
)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return _read(sorted((ROOT / "ontology").rglob("*.ttl")))


@pytest.fixture(scope="module")
def good() -> Graph:
    return _read([HERE / "good.ttl"])


def _base(number: int) -> str:
    return f"https://example.org/case-{number}/"


def _damaged(good: Graph, case: Case, base: str) -> Graph:
    """Return the good data with the damage of `case`, every id moved under `base`.

    Of the claims, only the one that is damaged and those that other nodes refer to are copied.
    """
    damaged = Graph()
    drop = {good.namespace_manager.expand_curie(name) for name in case.drop.split()}
    subject = URIRef(BASE + case.node)
    kept = {"c1", "c7", *case.node.split("/")}
    for s, p, o in good:
        claim = re.match(r"claim/a/(c\d)", str(s).removeprefix(BASE))
        if not (s == subject and p in drop) and (claim is None or claim[1] in kept):
            damaged.add((_moved(s, case, base), p, _moved(o, case, base)))
    if case.add:
        head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in good.namespaces())
        damaged.parse(data=f"{head}@base <{base}> . <{case.focus}> {case.add} .", format="turtle")
    return damaged


def _moved(term: Node, case: Case, base: str) -> Node:
    if not isinstance(term, URIRef) or not term.startswith(BASE):
        return term
    name = term[len(BASE) :]
    return URIRef(base + (case.focus if name == case.node else name))


def _comparable(data: Graph) -> Graph:
    """Return `data` with ill-typed literals as strings: comparing them breaks pySHACL 0.40."""
    graph = Graph()
    for s, p, o in data:
        ill_typed = isinstance(o, Literal) and o.ill_typed
        graph.add((s, p, Literal(str(o)) if ill_typed else o))
    return graph


def _validate(data: Graph, **options: Any) -> Iterator[tuple[str, Finding]]:
    _, report, _ = pyshacl.validate(data, shacl_graph=SHAPES, inplace=True, **options)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape = report.value(result, SH.sourceShape)
        focus = report.value(result, SH.focusNode)
        path = report.value(result, SH.resultPath)
        code = SHAPES.value(shape, KGSH.code)
        severity = report.value(result, SH.resultSeverity)
        simple = path if isinstance(path, URIRef) else None
        yield str(focus), Finding(str(shape).removeprefix(KGSH), str(code), severity, simple)


@pytest.fixture(scope="module")
def damaged(good: Graph, ontology: Graph) -> Graph:
    graph = Graph() + ontology
    for number, case in enumerate(CASES):
        graph += _damaged(good, case, _base(number))
    return _comparable(graph)


@pytest.fixture(scope="module")
def findings(damaged: Graph) -> dict[str, list[tuple[str, Finding]]]:
    """All findings of all cases, from one run: each case has a base IRI of its own."""
    found: dict[str, list[tuple[str, Finding]]] = {}
    for focus, finding in _validate(damaged):
        match = re.match(r"https://example\.org/case-\d+/", focus)
        assert match is not None, f"{finding} at {focus}"
        found.setdefault(match[0], []).append((focus, finding))
    return found


def test_good_data_has_no_finding(good: Graph, ontology: Graph) -> None:
    assert list(_validate(good + ontology)) == []


def test_reference_data_has_no_finding(ontology: Graph) -> None:
    assert (None, RDF.type, KG.State) in ontology
    assert list(_validate(ontology)) == []


@pytest.mark.parametrize(
    ("number", "case"),
    [pytest.param(n, case, id=f"{case.shape}-{n}") for n, case in enumerate(CASES)],
)
def test_damage_gives_its_code_at_its_node(
    number: int, case: Case, findings: dict[str, list[tuple[str, Finding]]]
) -> None:
    found = findings.get(_base(number), [])
    assert {focus for focus, _ in found} == {_base(number) + case.focus}
    assert {finding.code for _, finding in found} == {case.code, *case.others}
    mine = [finding for _, finding in found if finding.shape == case.shape]
    assert mine
    path = SHAPES.value(KGSH[case.shape], SH.path)
    for finding in mine:
        assert finding.severity == SHAPES.value(KGSH[case.shape], SH.severity)
        assert finding.path == (path if isinstance(path, URIRef) else None)


def test_the_set_based_engine_finds_the_same(
    damaged: Graph, findings: dict[str, list[tuple[str, Finding]]]
) -> None:
    mine = {
        (result.focus_node, result.source_shape.removeprefix(KGSH))
        for result in kg.shacl.validate(damaged, SHAPES).results
    }
    assert mine == {(focus, one.shape) for found in findings.values() for focus, one in found}


def test_chosen_focus_nodes_give_the_same_findings(
    damaged: Graph, findings: dict[str, list[tuple[str, Finding]]]
) -> None:
    """pySHACL skips value nodes outside `focus_nodes`, so no rule may judge another node."""
    chosen = [(_base(n), case) for n, case in enumerate(CASES) if case.code in BY_VALUE][::3]
    nodes = [URIRef(base + case.focus) for base, case in chosen]
    again = _validate(damaged, focus_nodes=nodes)
    expected = [pair for base, _ in chosen for pair in findings[base]]
    assert sorted(again, key=repr) == sorted(expected, key=repr)


def test_every_rule_has_a_case() -> None:
    assert {str(rule).removeprefix(KGSH) for rule in RULES} == {case.shape for case in CASES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.removeprefix(KGSH))
def test_every_rule_looks_at_something_good(rule: URIRef, good: Graph, ontology: Graph) -> None:
    """In good.ttl every rule has a node to pass, so that finding nothing there says something."""
    nodes = {
        node for each in SHAPES.objects(rule, SH.targetSubjectsOf) for node in good.subjects(each)
    }
    for target in SHAPES.objects(rule, SH.targetClass):
        for below in ontology.transitive_subjects(RDFS.subClassOf, target):
            nodes |= set(good.subjects(RDF.type, below))
    assert nodes


def test_shapes_are_well_formed(good: Graph) -> None:
    pyshacl.validate(good, shacl_graph=SHAPES, meta_shacl=True, inplace=True)


def test_every_shape_is_named() -> None:
    for kind in (SH.NodeShape, SH.PropertyShape):
        for shape in SHAPES.subjects(RDF.type, kind):
            assert isinstance(shape, URIRef)
            assert shape in KGSH
            label = SH.name if kind == SH.PropertyShape else RDFS.label
            assert len(list(SHAPES.objects(shape, label))) == 1, shape
    for predicate in (SH.property, SH.node, SH["not"]):
        for shape in SHAPES.objects(None, predicate):
            assert (shape, RDF.type, None) in SHAPES, shape


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.removeprefix(KGSH))
def test_every_rule_speaks(rule: URIRef) -> None:
    (code,) = SHAPES.objects(rule, KGSH.code)
    (message,) = SHAPES.objects(rule, SH.message)
    (severity,) = SHAPES.objects(rule, SH.severity)
    assert isinstance(code, Literal)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    assert severity in SEVERITIES
    assert re.match(r"[A-Z]", str(message))
    assert str(message).endswith(".")
    assert not JARGON.search(str(message))


def test_only_rules_carry_codes() -> None:
    assert set(SHAPES.subjects(KGSH.code)) == set(RULES)


def test_every_rule_has_a_target_of_its_own() -> None:
    """pySHACL judges a rule with targets for all nodes at once, a nested one node by node."""
    for rule in RULES:
        assert set(SHAPES.objects(rule, SH.targetClass | SH.targetSubjectsOf)), rule
    nested = set(SHAPES.objects(None, SH.property))
    assert PROPERTY_SHAPES - nested == PROPERTY_SHAPES - CONDITIONS


def test_only_core_and_no_alternatives() -> None:
    for predicate in (SH.sparql, SH["or"], SH.xone, SH.js, SH.rule, SH.node):
        assert (None, predicate, None) not in SHAPES


def _steps(path: Node) -> Iterator[Node]:
    if isinstance(path, URIRef):
        yield path
        return
    inner = list(SHAPES.objects(path, SH.alternativePath | SH.inversePath))
    for step in inner or Collection(SHAPES, path):
        yield from _steps(step)


def _named_properties() -> set[Node]:
    named = set(SHAPES.objects(None, SH.targetSubjectsOf | SH.targetObjectsOf))
    named |= set(SHAPES.objects(None, SH.lessThan | SH.lessThanOrEquals))
    named |= set(SHAPES.objects(None, SH.disjoint | SH.equals | KGSH.shownAt))
    return named | {step for path in SHAPES.objects(None, SH.path) for step in _steps(path)}


def test_every_property_named_is_declared(ontology: Graph) -> None:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    known = {term for kind in kinds for term in ontology.subjects(RDF.type, kind)}
    # SKOS labels are annotation properties by their own standard.
    assert _named_properties() - known <= {SKOS.prefLabel, SKOS.altLabel}


def test_every_class_named_is_declared(ontology: Graph) -> None:
    named = set(SHAPES.objects(None, SH.targetClass | SH["class"]))
    assert named - set(ontology.subjects(RDF.type, OWL.Class)) <= {SKOS.Concept}


def test_every_term_listed_is_declared(ontology: Graph) -> None:
    listed = {
        term for start in SHAPES.objects(None, SH["in"]) for term in Collection(SHAPES, start)
    }
    assert listed
    assert listed <= set(ontology.subjects(RDF.type, SKOS.Concept))


def test_every_scheme_named_is_declared(ontology: Graph) -> None:
    schemes = set(ontology.subjects(RDF.type, SKOS.ConceptScheme))
    patterns = {str(pattern) for pattern in SHAPES.objects(None, SH.pattern)}
    start = "^https://w3id[.]org/communique/scheme/"
    names = {p.removeprefix(start).rstrip("/") for p in patterns if p.startswith(start)} - {""}
    assert names
    assert {URIRef(f"https://w3id.org/communique/scheme/{name}") for name in names} <= schemes


def test_every_class_has_a_shape(ontology: Graph) -> None:
    targeted = set(SHAPES.objects(None, SH.targetClass))
    for term in ontology.subjects(RDF.type, OWL.Class):
        if str(term).startswith(KG):
            above = set(ontology.transitive_objects(term, RDFS.subClassOf))
            assert above & targeted, f"no shape looks at {term}"


def test_every_class_that_mapping_creates_is_targeted(ontology: Graph) -> None:
    text = (ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8")
    context = json.loads(text)["@context"]
    targeted = set(SHAPES.objects(None, SH.targetClass))
    created = {
        key: says if isinstance(says, str) else says["@id"]
        for key, says in context.items()
        if key[0].isupper()
    }
    # A run is known by its properties: an activity of others is none of ours.
    assert created.pop("Run") == "prov:Activity"
    assert set(SHAPES.objects(KGSH.RunId, SH.targetSubjectsOf)) == {KG.toolVersion, KG.recordPath}
    assert {"Article", "Claim", "Office", "Quotation", "Replacement", "Desk"} <= set(created)
    for name in created.values():
        term = KG[name.removeprefix("kg:")]
        assert set(ontology.transitive_objects(term, RDFS.subClassOf)) & targeted, name


def test_every_property_of_a_record_is_constrained() -> None:
    text = (ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8")
    written = {KG[name] for name in re.findall(r'"kg:([a-z]\w*)"', text)}
    assert written <= _named_properties()
