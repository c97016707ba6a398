"""Mistakes of an ontology, each in a file of its own, with what `kg ontology check` must say.

A case is a file of a workspace, its text, and for each finding its code and the words at which it
must point: their first occurrence in the file is its line and column.
"""

from __future__ import annotations

from typing import NamedTuple

HEAD = """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix hedge: <https://w3id.org/communique/scheme/hedge/> .
@prefix basis: <https://w3id.org/communique/scheme/basis/> .
@prefix item: <https://w3id.org/communique/scheme/item/> .
@prefix kg: <https://w3id.org/communique/ontology#> .
@prefix kgs: <https://w3id.org/communique/scheme/> .
@prefix kgsh: <https://w3id.org/communique/shapes#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

"""
HOME = "rdfs:isDefinedBy <https://w3id.org/communique/ontology>"
NAMED = 'skos:prefLabel "a name"@en'
MEANT = 'skos:definition "Something with a meaning."@en'
IN_ITEM = "skos:inScheme <https://w3id.org/communique/scheme/item>"
TOP_OF_ITEM = "skos:topConceptOf <https://w3id.org/communique/scheme/item>"
EVENT = "a owl:Class ; rdfs:subClassOf kg:Event"


class Case(NamedTuple):
    file: str
    text: str
    findings: list[tuple[str, str]]


def _turtle(name: str, body: str, *findings: tuple[str, str]) -> Case:
    return Case(f"ontology/{name}.ttl", HEAD + body + "\n", list(findings))


TERMS = [
    _turtle(
        "class-without-label",
        f"kg:Unnamed {EVENT} ; {MEANT} ; {HOME} .",
        ("term-label", "kg:Unnamed"),
    ),
    _turtle(
        "property-with-two-labels",
        f"kg:namesTwice a owl:ObjectProperty ; rdfs:domain kg:Claim ; {NAMED} ; {MEANT} ;\n"
        f"    {HOME} .\n"
        'kg:namesTwice skos:prefLabel "another name"@en .',
        ("term-label", "kg:namesTwice"),
    ),
    _turtle(
        "concept-without-label",
        f"item:unnamed a skos:Concept ; {MEANT} ; {IN_ITEM} ; skos:broader item:soldier .",
        ("term-label", "item:unnamed"),
    ),
    _turtle(
        "class-without-definition",
        f"kg:Undefined {EVENT} ; {NAMED} ; {HOME} .",
        ("term-definition", "kg:Undefined"),
    ),
    _turtle(
        "scheme-of-two-definitions",
        f'item:twice a skos:Concept ; {NAMED} ; {MEANT} , "Something else."@en ;\n'
        f"    {IN_ITEM} ; skos:broader item:soldier .",
        ("term-definition", "item:twice"),
    ),
    _turtle(
        "definition-that-opens-with-this-class",
        f'kg:Wordy {EVENT} ; {NAMED} ; skos:definition "This class holds parades."@en ; {HOME} .',
        ("term-definition-opening", "kg:Wordy"),
    ),
    _turtle(
        "definition-that-opens-with-the-property",
        "kg:saysWordily a owl:DatatypeProperty ; rdfs:domain kg:Claim ; "
        f'{NAMED} ; skos:definition "The property of saying."@en ; {HOME} .',
        ("term-definition-opening", "kg:saysWordily"),
    ),
    _turtle(
        "definition-that-opens-in-small-letters",
        f'kg:Small {EVENT} ; {NAMED} ; skos:definition "this class says little."@en ; {HOME} .',
        ("term-definition-opening", "kg:Small"),
    ),
    _turtle(
        "class-with-an-empty-label",
        f'kg:Blank {EVENT} ; skos:prefLabel " "@en ; {MEANT} ; {HOME} .',
        ("term-label", "kg:Blank"),
    ),
    _turtle(
        "class-with-an-empty-definition",
        f'kg:Hollow {EVENT} ; {NAMED} ; skos:definition ""@en ; {HOME} .',
        ("term-definition", "kg:Hollow"),
    ),
    _turtle(
        "deprecated-class-that-replaces-itself",
        f"kg:Eternal {EVENT} ; {NAMED} ; {MEANT} ; {HOME} ;\n"
        "    owl:deprecated true ; dcterms:isReplacedBy kg:Eternal .",
        ("deprecated-without-successor", "kg:Eternal"),
    ),
    _turtle(
        "class-without-home",
        f"kg:Homeless {EVENT} ; {NAMED} ; {MEANT} .",
        ("term-home", "kg:Homeless"),
    ),
    _turtle(
        "class-that-hangs-nowhere",
        f"kg:Lonely a owl:Class ; {NAMED} ; {MEANT} ; {HOME} .",
        ("orphan-term", "kg:Lonely"),
    ),
    _turtle(
        "property-that-hangs-nowhere",
        f"kg:isLonely a owl:ObjectProperty ; {NAMED} ; {MEANT} ; {HOME} .",
        ("orphan-term", "kg:isLonely"),
    ),
    _turtle(
        "concept-that-hangs-nowhere",
        f"item:lonely a skos:Concept ; {NAMED} ; {MEANT} ; {IN_ITEM} .",
        ("orphan-term", "item:lonely"),
    ),
    _turtle(
        "concept-without-scheme",
        f"item:roofless a skos:Concept ; {NAMED} ; {MEANT} ; skos:broader item:soldier .",
        ("concept-scheme", "item:roofless"),
    ),
    _turtle(
        "concept-of-two-schemes",
        f"item:twofold a skos:Concept ; {NAMED} ; {MEANT} ; skos:broader item:soldier ;\n"
        f"    {IN_ITEM} , <https://w3id.org/communique/scheme/hedge> .",
        ("concept-scheme", "item:twofold"),
    ),
    _turtle(
        "concept-of-an-undeclared-scheme",
        f"item:misplaced a skos:Concept ; {NAMED} ; {MEANT} ; {TOP_OF_ITEM} ;\n"
        "    skos:inScheme kgs:itme .",
        ("concept-scheme", "item:misplaced"),
        ("undeclared-term", "kgs:itme"),
    ),
    _turtle(
        "scheme-without-concepts",
        f"kgs:void a skos:ConceptScheme ; {NAMED} ; {MEANT} .",
        ("unused-scheme", "kgs:void"),
    ),
    _turtle(
        "scheme-that-no-key-takes-words-from",
        f"kgs:colour a skos:ConceptScheme ; {NAMED} ; {MEANT} .\n"
        f"<https://w3id.org/communique/scheme/colour/red> a skos:Concept ; {NAMED} ; {MEANT} ;\n"
        "    skos:inScheme kgs:colour ; skos:topConceptOf kgs:colour .",
        ("unused-scheme", "kgs:colour"),
    ),
    _turtle(
        "scheme-named-like-an-item-but-no-aspect",
        f"kgs:crate a skos:ConceptScheme ; {NAMED} ; {MEANT} .\n"
        f"<https://w3id.org/communique/scheme/crate/big> a skos:Concept ; {NAMED} ; {MEANT} ;\n"
        "    skos:inScheme kgs:crate ; skos:topConceptOf kgs:crate .",
        ("unused-scheme", "kgs:crate"),
    ),
    _turtle(
        "deprecated-without-successor",
        f"kg:Outdated {EVENT} ; {NAMED} ; {MEANT} ; {HOME} ; owl:deprecated true .",
        ("deprecated-without-successor", "kg:Outdated"),
    ),
    _turtle(
        "deprecated-with-successor",
        f"kg:Superseded {EVENT} ; {NAMED} ; {MEANT} ; {HOME} ; owl:deprecated true ;\n"
        "    dcterms:isReplacedBy kg:Event .",
    ),
    _turtle(
        "namesake-of-another-scheme",
        f"hedge:namesake a skos:Concept ; {NAMED} ; {MEANT} ; skos:broader hedge:likely ;\n"
        "    skos:inScheme kgs:hedge .",
    ),
    _turtle(
        "second-namesake",  # read after the first; the finding is about this one
        f"basis:namesake a skos:Concept ; {NAMED} ; skos:broader basis:range ;\n"
        "    skos:inScheme kgs:basis .",
        ("term-definition", "basis:namesake"),
    ),
    _turtle(
        "superclass-that-nobody-declares",
        f"kg:Parade a owl:Class ; rdfs:subClassOf kg:Evnt ; {NAMED} ; {MEANT} ; {HOME} .",
        ("undeclared-term", "kg:Evnt"),
    ),
    _turtle("a-comment-declares-nothing", 'kg:Clam rdfs:comment "A slip of the pen."@en .'),
]

USES = [
    Case(
        "shapes/parades.ttl",
        HEAD + "kgsh:parade-about a sh:PropertyShape ;\n"
        "    sh:targetClass kg:Claim ;\n"
        "    sh:path kg:isAbot ;\n"
        "    sh:maxCount 1 .\n",
        [("undeclared-term", "kg:isAbot")],
    ),
    Case(
        "shapes/clams.ttl",
        HEAD + "kgsh:clam-about a sh:PropertyShape ;\n"
        "    sh:targetClass kg:Clam ;\n"
        "    sh:path kg:isAbout ;\n"
        "    sh:maxCount 1 .\n",
        [("undeclared-term", "kg:Clam")],
    ),
    Case(
        "queries/claims/parades.rq",
        "#+ summary: kg:Nothing in a comment counts\n"
        "PREFIX kg: <https://w3id.org/communique/ontology#>\n"
        "SELECT * WHERE {\n"
        '  ?claim a kg:Claim ; kg:quoteExact "kg:Nothing in a text either" ;\n'
        "    kg:hasAspct ?aspect .\n"
        "}\n",
        [("undeclared-term", "kg:hasAspct")],
    ),
    Case(
        "queries/claims/concepts.rq",
        "SELECT * WHERE { ?claim ?any <https://w3id.org/communique/scheme/aspect/locaton> }\n",
        [("undeclared-term", "<https://w3id.org/communique/scheme/aspect/locaton>")],
    ),
    Case(
        "queries/claims/foreign.rq",
        "PREFIX prov: <http://www.w3.org/ns/prov#>\n"
        "SELECT * WHERE { ?claim prov:wasAtributedTo ?speaker }\n",
        [("undeclared-term", "prov:wasAtributedTo")],
    ),
    Case(
        "queries/checks/parades.rq",
        "#+ summary: x\n"
        "PREFIX aspect: <https://w3id.org/communique/scheme/aspect/>\n"
        "PREFIX kg: <https://w3id.org/communique/ontology#>\n"
        "SELECT ?focus WHERE { ?focus kg:hasAspect aspect:parade }\n",
        [("undeclared-term", "aspect:parade")],
    ),
]
