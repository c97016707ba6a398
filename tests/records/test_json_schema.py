"""The JSON Schema that ships is the typed model's, with the words of the schemes in it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import yaml
from jsonschema import Draft202012Validator
from rdflib import SKOS, Graph, URIRef

from kg.records.model import Assessment
from kg.records.schema import record_schema
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import ACTOR_TYPES, DEFAULT_BASE, EVENT_TYPES, KGS
from kg.vocabulary.vocabulary import Vocabulary

# The keys of a record that take their words from a scheme.
SCHEMES = {
    "Event.kind": "event-kind",
    "Evidence.type": "evidence-type",
    "Evidence.verification": "verification",
    "Claim.aspect": "aspect",
    "Claim.modality": "modality",
    "Claim.polarity": "polarity",
    "Claim.hedge": "hedge",
    "Claim.items": "item",
    "Quantity.item": "item",
    "Quantity.contents": "item",
    "Quantity.basis": "basis",
    "Figure.item": "item",
    "Figure.contents": "item",
    "Figure.basis": "basis",
    "Route.conveyance": "conveyance",
    "Assessment.status": "status",
    "Assessment.kind": "error-kind",
    "Assessment.reliability": "source-reliability",
    "Assessment.credibility": "information-credibility",
    "Replacement.aspect": "aspect",
}
ASSESSMENT = {
    "claim": "c1",
    "status": "disputed",
    "by": "example-desk",
    "dated": "2024-12-01",
    "rationale": "Two accounts differ",
}
EXAMPLES = sorted((shipped("examples") / "dprk-russia/records").glob("*.yaml"))


@pytest.fixture(scope="module")
def schema() -> dict:
    return json.loads((shipped("ontology") / "record.schema.json").read_text(encoding="utf-8"))


def test_the_shipped_schema_is_that_of_the_model(schema: dict) -> None:
    vocabulary = Vocabulary((shipped("ontology"),), DEFAULT_BASE)

    assert schema == record_schema(vocabulary.terms), "run python scripts/write_schema.py"


def test_the_schema_is_a_schema(schema: dict) -> None:
    Draft202012Validator.check_schema(schema)


def enumerations(schema: dict) -> Iterator[tuple[str, set[str | int]]]:
    """Yield part and key of each enumeration, with its words."""
    for part, definition in schema["$defs"].items():
        for key, says in definition["properties"].items():
            for choice in says.get("anyOf", [says]):
                words = choice.get("enum") or choice.get("items", {}).get("enum")
                if words:
                    yield f"{part}.{key}", set(words)


def concepts(name: str) -> set[str | int]:
    """Return the words of a scheme as its Turtle file has them; a digit also as a number."""
    scheme = URIRef(KGS + name)
    found = Graph().parse(shipped("ontology") / "schemes" / f"{name}.ttl")
    words = {str(node).rpartition("/")[2] for node in found.subjects(SKOS.inScheme, scheme)}
    return words | {int(word) for word in words if word.isdecimal()}


def test_its_enumerations_are_the_schemes(schema: dict) -> None:
    found = dict(enumerations(schema))

    assert found.pop("Actor.type") == set(ACTOR_TYPES)
    assert found.pop("Event.type") == set(EVENT_TYPES)
    assert found == {key: concepts(name) for key, name in SCHEMES.items()}
    assert "support" in found["Event.kind"]


def test_a_digit_may_be_written_without_quotation_marks(schema: dict) -> None:
    validator = Draft202012Validator(schema["$defs"]["Assessment"]["properties"]["credibility"])

    assert validator.is_valid(2)
    assert validator.is_valid("2")
    assert not validator.is_valid(7)
    assert Assessment(**ASSESSMENT, credibility=2) == Assessment(**ASSESSMENT, credibility="2")


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_examples_satisfy_it_as_an_editor_reads_them(file, schema: dict) -> None:
    class Core(yaml.SafeLoader):
        """YAML 1.2's core schema, as editors have it: no dates, no `no`."""

    Core.yaml_implicit_resolvers = {
        first: [pair for pair in pairs if "timestamp" not in pair[0] and "bool" not in pair[0]]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    record = yaml.load(file.read_text(encoding="utf-8"), Loader=Core)

    assert not list(Draft202012Validator(schema).iter_errors(record))
