"""The IRIs that a query names, and terms put into it, found among its tokens."""

from __future__ import annotations

import pytest

from kg.errors import CallError
from kg.sparql.names import expanded, iris, prefixes, undeclared
from kg.sparql.values import substitute

QUERY = """\
PREFIX kg: <https://kg.example/>
PREFIX : <https://other.example/>
# kg:Comment <https://comment.example/>
SELECT ?s WHERE { VALUES ?s { UNDEF } ?s a kg:Claim ;
  :is "kg:Text" , <https://a.example/b> ; kg:a\\/b ?o }
"""


def test_prefixes_are_those_declared() -> None:
    assert prefixes(QUERY) == {"kg:": "https://kg.example/", ":": "https://other.example/"}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        (QUERY, None),
        ("SELECT * { _:a ?p 'kg:text' } # kg:Comment", None),
        ("PREFIX ex: <urn:x:> SELECT * { ?s ex:p kg:Claim, other:Claim }", "kg:Claim"),
        ("SELECT * { ?s a :Claim }", ":Claim"),
    ],
)
def test_the_first_name_without_a_prefix(query: str, name: str | None) -> None:
    found = undeclared(query)
    assert (found.text if found else None) == name


def test_iris_are_expanded_and_comments_texts_and_declarations_left_out() -> None:
    found = [(iri, token.text) for iri, token in iris(QUERY, prefixes(QUERY))]

    assert found == [
        ("https://kg.example/Claim", "kg:Claim"),
        ("https://other.example/is", ":is"),
        ("https://a.example/b", "<https://a.example/b>"),
        ("https://kg.example/a/b", "kg:a\\/b"),
    ]


def test_a_name_without_its_prefix_is_no_iri() -> None:
    assert expanded("kg:Claim", {}) is None
    assert expanded("kg:", {"kg:": "https://kg.example/"}) is None


def test_several_terms_take_the_place_of_one() -> None:
    bound = substitute(QUERY, {"?s": "<https://a.example/1> <https://a.example/2>"})

    assert "VALUES ?s { <https://a.example/1> <https://a.example/2> } ?s a kg:Claim" in bound
    assert bound.count("UNDEF") == 0


@pytest.mark.parametrize(
    "text", ["VALUES ?s { 1 }", "# VALUES ?s { UNDEF }", "'VALUES ?s { UNDEF }'"]
)
def test_a_query_without_the_place_is_refused(text: str) -> None:
    with pytest.raises(CallError, match=r"lacks 'VALUES \?s \{ UNDEF \}'"):
        substitute(f"SELECT * WHERE {{ {text} }}", {"?s": "<https://a.example/1>"})
