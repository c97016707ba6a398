"""Namespaces, and the IRIs of everything that records create (design section 3)."""

from __future__ import annotations

KG = "https://w3id.org/communique/ontology#"
KGS = "https://w3id.org/communique/scheme/"
KGSH = "https://w3id.org/communique/shapes#"
DEFAULT_BASE = "https://w3id.org/communique/id/"

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
SCHEMA = "https://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"


def prefixes(base: str) -> dict[str, str]:
    """Return the prefixes of every output, shortest namespace last, `base` being ``id:``."""
    return {
        "kg": KG,
        "kgs": KGS,
        "id": base,
        "oa": OA,
        "owl": OWL,
        "prov": PROV,
        "rdfs": RDFS,
        "schema": SCHEMA,
        "skos": SKOS,
        "xsd": XSD,
    }


REFERENCE_GRAPH = "graph/reference"
ASSESSMENTS_GRAPH = "graph/assessments"
DERIVED_GRAPH = "graph/derived"
# What a build makes of the rest and keeps in that graph; formats without graphs mix it in.
DERIVED = tuple(
    KG + name
    for name in (
        *("fallsUnder", "hasLatestStatus", "hasOrigin", "hasRootEvent", "isInEvent", "isInPlace"),
        *("isShownAs", "isWithdrawn", "jointSpeakerNames", "jointSpeakers"),
        *("originatesWith", "saidOnBehalfOf", "corroboratingOrigins", "corroboratingFigures"),
        *("hasSoleOrigin", "carryingArticles"),
        *("hasVerdict", "verdictSince", "verdictRationale", "verdictReplacement"),
        *("jointDesks", "jointDeskNames", "direction", "involves", "datedAspect"),
        *("signedEarliest", "signedLatest", "ratifiedEarliest", "ratifiedLatest"),
        *("inForceEarliest", "inForceLatest"),
        *("exceeds", "reaches", "revises"),
    )
)

ACTOR_TYPES = (
    "State",
    "Organization",
    "Government",
    "Ministry",
    "ArmedForce",
    "ArmedUnit",
    "IntelligenceService",
    "Company",
    "InternationalBody",
    "NewsOutlet",
    "Group",
    "Person",
    "UnnamedSource",
)
EVENT_TYPES = (
    "Deployment",
    "Training",
    "Combat",
    "Shipment",
    "Agreement",
    "Meeting",
    "Measure",
)
