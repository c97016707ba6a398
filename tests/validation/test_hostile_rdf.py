"""RDF made to hurt: each ends with its finding, within a minute and 2 GB of memory."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

BASE = "https://w3id.org/communique/id/"
KG = "https://w3id.org/communique/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = (
    f"@prefix id: <{BASE}> . @prefix kg: <{KG}> . @prefix xsd: <{XSD}> .\n@prefix rdf: <{RDF}> .\n"
)
XML = f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:x="https://x.example/">'

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
from kg.cli.main import main
sys.exit(main(sys.argv[1:]))
"""

Codes = Callable[..., list[str]]


@pytest.fixture
def judged(desk: Any) -> Callable[..., list[dict[str, Any]]]:
    """Judge a file in a process of its own, and give the findings."""

    def judge(name: str, content: str | bytes, *options: str) -> list[dict[str, Any]]:
        desk.write(name, content)
        told = subprocess.run(
            [sys.executable, "-c", LIMITED, "validate", name, "--format", "json", *options],
            cwd=desk.root,
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, "PYTHONWARNINGS": "error"},
        )
        assert told.returncode in (0, 1), told.stderr[-2000:]
        assert "Traceback" not in told.stderr
        assert len(told.stdout) < 200_000, "findings are for people"
        findings: list[dict[str, Any]] = json.loads(told.stdout)["findings"]
        return findings

    return judge


@pytest.fixture
def codes(judged: Callable[..., list[dict[str, Any]]]) -> Codes:
    """Judge a file, and give the codes that are found, each once."""

    def found(name: str, content: str | bytes, *options: str) -> list[str]:
        return sorted({each["code"] for each in judged(name, content, *options)})

    return found


# Much from little -------------------------------------------------------------------------------


def test_a_gigabyte_of_triples_in_a_small_gzip_file(codes: Codes) -> None:
    line = b"<https://a.example/a> <https://a.example/b> <https://a.example/c> .\n"
    member = gzip.compress(line * 150_000)
    bomb = member * 100
    assert len(bomb) < 4_000_000
    assert codes("bomb.nt.gz", bomb) == ["file-too-large"]


@pytest.mark.parametrize(
    "content",
    [b"no gzip at all", gzip.compress(b"<https://a.example/a> " * 1000)[:-20], b"\x1f\x8b"],
    ids=["none", "cut off", "a beginning"],
)
def test_what_is_no_whole_gzip_file(codes: Codes, content: bytes) -> None:
    assert codes("bad.nt.gz", content) == ["bad-gzip"]


def test_entities_that_multiply(judged: Any) -> None:
    """Unfolded, these are 300 GB."""
    entities = "".join(
        f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 12)
    )
    content = f'<!DOCTYPE r [\n<!ENTITY e0 "lol">{entities}]>\n{XML}<rdf:Description>&e11;'
    (finding,) = judged("bomb.rdf", content)
    assert (finding["code"], finding["line"]) == ("xml-entity", 2)


def test_entities_that_only_shorten_names_are_refused_too(judged: Any) -> None:
    content = f'<!DOCTYPE rdf:RDF [\n<!ENTITY x "https://x.example/">]>\n{XML}</rdf:RDF>'
    (finding,) = judged("short.rdf", content)
    assert (finding["code"], finding["line"], finding["column"]) == ("xml-entity", 2, 1)


def test_a_document_type_elsewhere(codes: Codes) -> None:
    content = f'<!DOCTYPE rdf:RDF SYSTEM "http://127.0.0.1:9/evil.dtd">\n{XML}</rdf:RDF>'
    assert codes("far.rdf", content) == ["xml-entity"]


def test_half_a_million_small_triples(codes: Codes) -> None:
    assert codes("many.nt", "<a:a> <a:b> <a:c>.\n" * 500_000) == ["file-too-large"]


def test_five_million_values_in_one_json_array(codes: Codes) -> None:
    values = ",".join(["1"] * 4_900_000)
    content = f'{{"@id":"https://a.example/a","https://a.example/b":[{values}]}}'
    assert codes("many.jsonld", content) == ["file-too-large"]


def test_a_hundred_thousand_values_of_one_property(codes: Codes) -> None:
    """Compared in pairs, these are ten thousand million."""
    values = ", ".join(map(str, range(50_000)))
    content = f"{PREFIXES}id:claim\\/a\\/c1 a kg:Claim ; kg:low {values} ; kg:high {values} ."
    assert codes("pairs.ttl", content) == ["too-many-values"]


def test_contexts_that_each_carry_all_of_the_one_before(codes: Codes) -> None:
    terms = ",".join(f'"k{number}":"https://k.example/{number}"' for number in range(50_000))
    nodes = ",".join(
        f'{{"@context":{{"a":"https://a.example/a"}},"@id":"https://x.example/{number}","a":1}}'
        for number in range(50_000)
    )
    content = f'{{"@context":{{{terms}}},"@graph":[{nodes}]}}'
    assert codes("contexts.jsonld", content) == ["context-too-large"]


def test_hundreds_of_thousands_of_attributes_and_namespaces(codes: Codes) -> None:
    attributes = " ".join(f'x:a{number}="v"' for number in range(400_000))
    assert codes("wide.rdf", f"{XML}<rdf:Description {attributes}/></rdf:RDF>") == ["rdf-syntax"]
    spaces = " ".join(f'xmlns:a{number}="https://v.example/{number}"' for number in range(100_000))
    assert codes("spaces.rdf", f"{XML}<rdf:Description {spaces}/></rdf:RDF>") == ["rdf-syntax"]


# Deep -------------------------------------------------------------------------------------------

DEEP = 300_000
NESTED = {
    "lists.ttl": "<a:a> <a:b> " + "(" * 9_000_000,
    "nodes.ttl": "<a:a> <a:b> " + "[<a:b> " * DEEP + "1" + "]" * DEEP + " .",
    "nodes.trig": "<a:a> <a:b> " + "[<a:b> " * DEEP + "1" + "]" * DEEP + " .",
    "arrays.jsonld": "[" * DEEP + "]" * DEEP,
    "nodes.jsonld": '{"https://a.example/a":' * DEEP + "1" + "}" * DEEP,
    "contexts.jsonld": '{"@context":'
    + '{"a":{"@id":"a:a","@context":' * 900
    + "{}"
    + "}}" * 900
    + "}",
    "elements.rdf": XML + "<rdf:Description><x:b>" * DEEP,
}


@pytest.mark.parametrize("name", NESTED)
def test_deep_nesting(codes: Codes, name: str) -> None:
    assert codes(name, NESTED[name]) == ["nested-too-deep"]


@pytest.mark.parametrize("ending", ["ttl", "nt"])
def test_statements_about_statements_about_statements(judged: Any, ending: str) -> None:
    """The parser's own stack ends long before these do."""
    term = '"1"'
    content = "# <<( in a comment\n<a:a> <a:b> " + "<<( <a:a> <a:b> " * DEEP + term + " )>>" * DEEP
    (finding,) = judged(f"stars.{ending}", f"{content} .")
    assert (finding["code"], finding["line"], finding["column"]) == ("triple-term", 2, 13)


STARS = {
    "quoted.ttl": "<< <a:a> <a:b> <a:c> >> <a:d> 1 .",
    "annotated.ttl": "<a:a> <a:b> <a:c> {| <a:d> 1 |} .",
    "triple.rdf": f'{XML}<rdf:Description rdf:about="a:a"><x:b rdf:parseType="&#84;riple"/>'
    "</rdf:Description></rdf:RDF>",
}


@pytest.mark.parametrize("name", STARS)
def test_statements_about_statements(codes: Codes, name: str) -> None:
    assert codes(name, STARS[name]) == ["triple-term"]


def test_what_only_looks_like_one_is_read(codes: Codes) -> None:
    content = '<a:a> <a:b> "<< no >>" , """<<( "no" """ . # << no'
    assert codes("text.ttl", content) == []


# Tangled ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("predicate", ["isPartOf", "isWithin", "actsFor"])
def test_a_chain_that_is_followed_from_every_link(codes: Codes, predicate: str) -> None:
    links = "".join(f"id:x{number} kg:{predicate} id:x{number + 1} .\n" for number in range(20_000))
    assert codes("chain.ttl", PREFIXES + links) == ["class-missing", "too-tangled"]


def test_a_thousand_claims_at_one_place(codes: Codes) -> None:
    claims = "".join(f"<{BASE}claim/a/c{number}> kg:quoteStart 0 .\n" for number in range(1_000))
    assert codes("crowd.ttl", PREFIXES + claims) == ["class-missing", "too-tangled"]


def clique(size: int) -> str:
    return "".join(
        f"_:n{one} <https://a.example/knows> _:n{other} .\n"
        for one in range(size)
        for other in range(size)
        if one != other
    )


@pytest.mark.parametrize("ending", ["ttl", "nt", "nq", "trig"])
def test_a_clique_of_forty_blank_nodes(judged: Any, ending: str) -> None:
    (finding,) = judged(f"clique.{ending}", clique(40))
    assert finding["code"] == "blank-node"
    assert "40 nodes" in finding["message"]


def test_a_blank_node_is_no_claim(judged: Any) -> None:
    (finding,) = judged("claim.ttl", f"{PREFIXES}[] a kg:Claim ; kg:isAbout id:event\\/troops .")
    assert finding["code"] == "blank-node"


# Elsewhere --------------------------------------------------------------------------------------

FAR = '"https://example.org/context.jsonld"'
CONTEXTS = {
    "alone": f'{{\n"@context": {FAR},\n"@id": "a:a", "b": 1}}',
    "among others": f'{{\n"@context": [{{"b": "a:b"}}, {FAR}],\n"@id": "a:a", "b": 1}}',
    "imported": f'{{\n"@context": {{"@version": 1.1, "@import": {FAR}}},\n"@id": "a:a", "b": 1}}',
    "further in": f'[{{\n"a:b": {{"@context": {FAR}, "@id": "a:a"}}}}]',
}


@pytest.mark.parametrize("name", CONTEXTS)
def test_a_context_elsewhere(judged: Any, name: str) -> None:
    (finding,) = judged("far.jsonld", CONTEXTS[name])
    assert (finding["code"], finding["line"]) == ("remote-context", 2)
    assert "https://example.org/context.jsonld" in finding["message"]
    assert "nothing is fetched" in finding["message"]


def test_an_import(judged: Any) -> None:
    content = "<a:a> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/evil> ."
    (finding,) = judged("import.ttl", content)
    assert (finding["code"], finding["value"]) == ("owl-import", "http://127.0.0.1:9/evil")


# Addresses, languages, characters ---------------------------------------------------------------


def test_an_address_with_a_space(codes: Codes) -> None:
    assert codes("space.ttl", "<https://a.example/a b> <a:b> 1 .") == ["bad-iri"]
    assert codes("brace.nt", '<https://a.example/{b}> <a:b> "1" .') == ["bad-iri"]
    assert codes("space.nq", '<a:a> <a:b> "1" <a:b c> .') == ["bad-iri"]
    assert codes("type.trig", '<a:g> { <a:a> <a:b> "1"^^<a:b c> }') == ["bad-iri"]
    node = '<rdf:Description rdf:about="https://a.example/a b"><x:b>1</x:b></rdf:Description>'
    assert codes("space.rdf", f"{XML}{node}</rdf:RDF>") == ["bad-iri"]
    content = '{"@id": "https://a.example/a b", "https://a.example/b": "lost without a word"}'
    assert codes("space.jsonld", content) == ["bad-iri"]


def test_an_address_that_is_none_is_told_where_it_stands(judged: Any) -> None:
    (turtle,) = judged("where.ttl", "<a:a> <a:b>\n  1, <a:b c> .")
    assert (turtle["line"], turtle["column"], turtle["value"]) == (2, 6, "a:b c")
    node = '\n <rdf:Description rdf:about="a:b c"><x:b>1</x:b></rdf:Description>'
    (xml,) = judged("where.rdf", f"{XML}{node}</rdf:RDF>")
    assert (xml["line"], xml["column"], xml["value"]) == (2, 30, "a:b c")


RELATIVE = {
    "a.ttl": "<claim/a/c1> <a:b> <https://a.example/c> .",
    "b.trig": "<#g> { <https://a.example/a> <a:b> 1 }",
    "c.jsonld": '{"@id": "claim/a/c1", "https://a.example/b": 1}',
    "e.nt": '<claim/a/c1> <https://a.example/b> "1" .',
    "d.rdf": f'{XML}<rdf:Description rdf:about="c1"><x:b>1</x:b></rdf:Description></rdf:RDF>',
}


@pytest.mark.parametrize("name", RELATIVE)
def test_an_address_relative_to_nothing(codes: Codes, name: str) -> None:
    assert codes(name, RELATIVE[name]) == ["relative-iri"]


def test_a_base_is_something_to_be_relative_to(codes: Codes) -> None:
    assert codes("base.ttl", "@base <https://a.example/> . <c1> <b> <c> .") == []


def test_a_key_without_a_meaning_is_not_lost_in_silence(judged: Any) -> None:
    content = '{"@context": {"b": "a:b"},\n "@id": "a:a", "b": 1,\n "speker": "Russia"}'
    (finding,) = judged("lost.jsonld", content)
    assert (finding["code"], finding["line"], finding["column"]) == ("unmapped-key", 3, 2)
    assert finding["severity"] == "warning"


def test_a_language_that_is_none(codes: Codes) -> None:
    assert codes("language.nt", '<a:a> <a:b> "x"@notalanguagetag .') == ["bad-language-tag"]
    node = '<rdf:Description rdf:about="a:a"><x:b xml:lang="notalanguagetag">1</x:b>'
    content = f"{XML}{node}</rdf:Description></rdf:RDF>"
    assert codes("language.rdf", content) == ["bad-language-tag"]
    value = '{"@value": "x", "@language": "not a tag"}'
    content = f'{{"@id": "a:a", "https://a.example/b": {value}}}'
    assert codes("language.jsonld", content) == ["bad-language-tag"]


def test_a_direction_of_writing(codes: Codes) -> None:
    assert codes("direction.ttl", '<a:a> <a:b> "x"@en--rtl .') == ["bad-language-tag"]


def test_control_characters_raw_and_escaped(judged: Any) -> None:
    (raw,) = judged("raw.ttl", '<a:a> <a:b>\n"\x07" .')
    assert (raw["code"], raw["line"], raw["column"]) == ("control-character", 2, 2)
    (escaped,) = judged("escaped.nt", '<a:a> <a:b> "\\u0000" .')
    assert (escaped["code"], escaped["focus_node"], escaped["path"]) == (
        "control-character",
        "a:a",
        "a:b",
    )


def test_what_turns_writing_never_reaches_the_terminal(desk: Any) -> None:
    turned = "\u202e"
    desk.write(
        "turned.ttl",
        f"{PREFIXES}<{BASE}place/a{turned}b> a kg:Place ; kg:isWithin <{BASE}place/{turned}> ;\n"
        f'<http://www.w3.org/2004/02/skos/core#prefLabel> "a{turned}b" .',
    )
    told = desk.run("validate", desk.root / "turned.ttl")
    assert told.code == 1
    assert {"direction-character", "bad-id"} <= set(told.out.replace(":", " ").split())
    for said in (told.out, told.err, desk.validate("turned.ttl").out):
        assert turned not in said
    assert "\\u202e" in told.out


# Literals ---------------------------------------------------------------------------------------


def test_a_text_of_nine_megabytes(codes: Codes) -> None:
    text = "x" * 9_000_000
    assert codes("text.ttl", f'{PREFIXES}id:x kg:rationale "{text}" .') == ["literal-too-long"]


HEAVY = {
    "a number of a million digits": f'"{"9" * 1_000_000}"^^xsd:integer',
    "one that is written out with a gigabyte of noughts": '"1e999999999"^^xsd:decimal',
    "a duration": f'"P{"9" * 1_000}Y"^^xsd:duration',
    "a day": f'"{"9" * 1_000}-01-01"^^xsd:date',
    "a page of HTML": f'"{"<p>" * 30_000}"^^rdf:HTML',
}


@pytest.mark.parametrize("name", HEAVY)
@pytest.mark.parametrize("engine", [(), ("--engine", "pyshacl")], ids=["ours", "pyshacl"])
def test_literals_that_are_heavier_than_they_look(
    codes: Codes, name: str, engine: tuple[str, ...]
) -> None:
    """As text they are of the wrong type, and told so, whatever they would be worth."""
    content = f"{PREFIXES}id:x kg:low {HEAVY[name]} ; kg:rangeBasis 1 ."
    found = codes("heavy.ttl", content, *engine)
    assert "literal-too-long" in found or "wrong-type" in found
