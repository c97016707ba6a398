"""What may be sent to an endpoint: SPARQL 1.1 queries that read what is there, and nothing else."""

from __future__ import annotations

import pytest

from kg.errors import CallError
from kg.sparql.guard import check_query, check_sent

XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * WHERE { ?s ?p (1 2) } # ; DROP ALL", "SELECT"),
        (f"{XSD} SELECT (xsd:date('2024-10-18') AS ?day) {{}}", "SELECT"),
        ("SELECT ?from { ?s <urn:p>(1) ; ?p ?from FILTER(STRLEN(STR(?from)) > 2) }", "SELECT"),
        ("ASK { ?s ?p 'DEFINE SERVICE' }", "ASK"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "CONSTRUCT"),
        ("DESCRIBE <urn:x>", "DESCRIBE"),
    ],
)
def test_what_reads(text: str, form: str) -> None:
    assert check_sent(text) == form


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('DEFINE input:grab-all "yes" SELECT * { ?s ?p ?o }', "SPARQL 1.1 only"),
        ('\\u0044EFINE get:soft "replace" SELECT * { ?s ?p ?o }', "can be checked"),
        ("SELECT * { ?s ?p ?o } ; DROP ALL", "SPARQL 1.1 only"),
        ("SELECT * { ?s ?p ?o }\nDROP ALL", "SPARQL 1.1 only"),
        ("SELECT * { ?s ?p ?o OPTION (TRANSITIVE) }", "what one engine adds"),
        ("SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }", "dataset with FROM"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("DROP ALL", "this is an update"),
        ('SELECT (<bif:http_get>("http://127.0.0.1:9/") AS ?x) {}', "<bif:http_get>"),
        ('PREFIX b: <bif:> SELECT (b:http_get("x") AS ?x) {}', "b:http_get"),
        ('PREFIX b: <b> SELECT (b:if:http_get("x") AS ?x) {}', "function of one engine"),
        (f'PREFIX xsd: <bif:> {XSD} SELECT (xsd:http_get("x") AS ?x) {{}}', "xsd:http_get"),
        ('BASE <bif:x> SELECT (<http_get>("x") AS ?x) {}', "function of one engine"),
        ('SELECT (<\\u0062if:http_get>("x") AS ?x) {}', "function of one engine"),
        # Here the embedded engine leaves the call out, and an endpoint may not.
        ('SELECT * { FILTER(false && <bif:http_get> ("x")) }', "function of one engine"),
    ],
)
def test_what_may_do_more(text: str, words: str) -> None:
    with pytest.raises(CallError, match=words):
        check_sent(text)


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ {'{' * 5000} ?s ?p ?o {'}' * 5000} }}",
        f"SELECT * {{ FILTER({'(' * 5000}1{')' * 5000}) }}",
        f"SELECT * {{ FILTER({'!' * 5000}true) }}",
        f"SELECT * {{ ?s {'^' * 5000}<urn:p> ?o }}",
    ],
)
def test_what_is_nested_too_deep_for_the_engine(text: str) -> None:
    """It would end the program, not with an error."""
    with pytest.raises(CallError, match="nested more than 100 deep"):
        check_query(text)


def test_an_iri_that_is_none_is_told_by_its_place() -> None:
    query = "SELECT * WHERE { VALUES (?x) { (<http://a|b>) } FILTER(<http://x.org/f>(?x)) }"
    with pytest.raises(CallError, match=r"can be checked: error at 1:4\d"):
        check_sent(query)
