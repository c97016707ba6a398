"""Where our terms stand among those of others: PROV-O to PLOVER."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import RDFS, SKOS, Graph, URIRef

from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import KG, KGS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "ontology.md").read_text(encoding="utf-8")
CORRESPONDS_TO = URIRef(f"{KG}correspondsTo")

PROV, SCHEMA = "http://www.w3.org/ns/prov#", "https://schema.org/"
ORG, OA = "http://www.w3.org/ns/org#", "http://www.w3.org/ns/oa#"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
ABOVE = {
    "Actor": {f"{PROV}Agent", f"{SEM}Actor"},
    "Article": {f"{PROV}Entity", f"{SCHEMA}NewsArticle"},
    "Assessment": {f"{PROV}Entity", f"{SCHEMA}ClaimReview"},
    "Claim": {f"{PROV}Entity", f"{SCHEMA}Claim"},
    "Event": {f"{SEM}Event"},
    "Office": {f"{ORG}Membership"},
    "Organization": {f"{KG}Actor", f"{ORG}Organization"},
    "Quotation": {f"{OA}TextQuoteSelector", f"{OA}TextPositionSelector"},
    "actsFor": {f"{PROV}actedOnBehalfOf"},
    "hasEventKind": {f"{SEM}eventType"},
    "isAbout": {f"{SCHEMA}about"},
    "isFrom": {f"{SEM}hasActor"},
}
# The fields of SIPRI's trade register, as its own explanation names them.
SIPRI = [
    "Supplier",
    "Recipient",
    "Number ordered",
    "Weapon designation",
    "Weapon description",
    "Year of order/licence",
    "Year(s) of deliveries",
    "Number delivered/produced",
    "Comments",
]
# The types of event in the PLOVER codebook.
PLOVER = set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST "
    "SANCTION MOBILIZE COERCE ASSAULT".split()
)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    graph = Graph()
    for file in shipped("ontology").rglob("*.ttl"):
        if file.name not in ("actors.ttl", "places.ttl") or file.parent.name == "modules":
            graph.parse(file)
    return graph


@pytest.mark.parametrize("name", ABOVE)
def test_a_term_stands_under_those_of_others(name: str, ontology: Graph) -> None:
    term = URIRef(KG + name)
    above = {*ontology.objects(term, RDFS.subClassOf), *ontology.objects(term, RDFS.subPropertyOf)}

    assert {str(node) for node in above} == ABOVE[name]


def test_every_field_of_sipris_register_has_its_place(ontology: Graph) -> None:
    table = PAGE.partition("\n| SIPRI |")[2].partition("\n## ")[0]
    stated = {str(code) for code in ontology.objects(None, CORRESPONDS_TO)}

    assert [field for field in SIPRI if field not in table] == []
    assert {f"SIPRI:{field}" for field in SIPRI} - stated == {
        "SIPRI:Weapon description",  # what the item falls under
        "SIPRI:Comments",  # claims of their own
    }


def test_figures_are_bounded_as_ucdp_bounds_them(ontology: Graph) -> None:
    for name in ("low", "best", "high"):
        codes = {str(code) for code in ontology.objects(URIRef(KG + name), CORRESPONDS_TO)}
        assert codes == {f"UCDP:{name}"}


def test_kinds_of_event_bear_codes_that_exist(ontology: Graph) -> None:
    codes = [
        str(code)
        for kind in ontology.subjects(SKOS.inScheme, URIRef(f"{KGS}event-kind"))
        for code in ontology.objects(kind, SKOS.notation)
    ]
    plover = {code.removeprefix("PLOVER:") for code in codes if code.startswith("PLOVER:")}

    assert plover <= PLOVER
    assert {"AGREE", "AID", "ASSAULT", "CONSULT", "MOBILIZE", "REQUEST", "SANCTION"} <= plover
    assert all(re.fullmatch(r"PLOVER:[A-Z]+|CAMEO:(0[1-9]|1\d|20)\d{1,2}", code) for code in codes)


@pytest.mark.parametrize(
    ("scheme", "codes"), [("source-reliability", "ABCDEF"), ("information-credibility", "123456")]
)
def test_the_admiralty_scales_are_whole(scheme: str, codes: str, ontology: Graph) -> None:
    found = {
        str(concept).rpartition("/")[2]: str(ontology.value(concept, SKOS.notation))
        for concept in ontology.subjects(SKOS.inScheme, URIRef(KGS + scheme))
    }

    assert found == {code: f"Admiralty:{code}" for code in codes}
