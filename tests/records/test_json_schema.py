"""The JSON Schema that ships is the typed model's, with the words of the schemes in it."""

from __future__ import annotations

import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from kg.records.schema import record_schema
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import DEFAULT_BASE
from kg.vocabulary.vocabulary import Vocabulary

EXAMPLES = sorted((shipped("examples") / "dprk-russia/records").glob("*.yaml"))


@pytest.fixture(scope="module")
def schema() -> dict:
    return json.loads((shipped("ontology") / "record.schema.json").read_text(encoding="utf-8"))


def test_the_shipped_schema_is_that_of_the_model(schema: dict) -> None:
    vocabulary = Vocabulary((shipped("ontology"),), DEFAULT_BASE)

    assert schema == record_schema(vocabulary.terms), "run python scripts/write_schema.py"


def test_the_schema_is_a_schema(schema: dict) -> None:
    Draft202012Validator.check_schema(schema)


def test_its_enumerations_are_the_schemes(schema: dict) -> None:
    aspects = Vocabulary((shipped("ontology"),), DEFAULT_BASE).schemes["aspect"]

    assert set(schema["$defs"]["Claim"]["properties"]["aspect"]["enum"]) == aspects


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
