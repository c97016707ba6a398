"""Terms as tokens: nothing is lost on the way from either library, and nothing is let in."""

from __future__ import annotations

import logging

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.shacl.graph import Graph, read_graph
from kg.shacl.reference import as_rdflib
from kg.shacl.terms import (
    is_blank,
    is_iri,
    is_literal,
    literal,
    plain,
    rdflib_term_as_token,
    text_of,
    token,
)

logging.getLogger("rdflib.term").setLevel(logging.ERROR)
XSD = "http://www.w3.org/2001/XMLSchema#"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LANGUAGES = st.sampled_from(["en", "EN-gb", "de-Latn-1996", "x-klingon"])
DATATYPES = st.sampled_from([f"{XSD}integer", f"{XSD}string", f"{XSD}date", "urn:mine"])


@given(TEXT, DATATYPES)
def test_a_typed_literal_keeps_what_was_written(lexical: str, datatype: str) -> None:
    written = token(lexical, datatype)

    assert literal(written) == (lexical, f"<{datatype}>", "")
    assert plain(written) == text_of(written) == lexical
    assert is_literal(written)
    assert not is_iri(written)
    assert str(ox.Literal(lexical, datatype=ox.NamedNode(datatype))) == written


@given(TEXT, LANGUAGES)
def test_a_language_is_kept_in_lower_case(lexical: str, language: str) -> None:
    found = literal(token(lexical, language=language))

    assert (found.lexical, found.language) == (lexical, language.lower())


@given(TEXT, DATATYPES | st.none(), LANGUAGES | st.none())
def test_rdflib_has_the_same_tokens(
    lexical: str, datatype: str | None, language: str | None
) -> None:
    kind = None if language or datatype is None else rdflib.URIRef(datatype)
    term = rdflib.Literal(lexical, lang=language, datatype=kind, normalize=False)

    assert rdflib_term_as_token(term) == token(lexical, None if language else datatype, language)


@given(TEXT, DATATYPES | st.none(), LANGUAGES | st.none())
def test_a_graph_goes_to_rdflib_and_back(
    lexical: str, datatype: str | None, language: str | None
) -> None:
    value = token(lexical, None if language else datatype, language)
    graph = Graph([("<urn:a>", "<urn:p>", value), ("<urn:a>", "<urn:q>", "<urn:ä/%20>")])

    assert set(read_graph(as_rdflib(graph))) == set(graph)


def test_kinds_of_terms() -> None:
    assert is_iri("<urn:a>")
    assert is_blank("_:a")
    assert text_of("_:a") is None
    assert plain("<urn:a>") == "urn:a"


def test_a_direction_is_no_part_of_the_language() -> None:
    found = literal('"שלום"@he--rtl')

    assert found.language == "he"
    assert found.datatype.endswith("#dirLangString>")


@pytest.mark.parametrize(
    "term",
    [
        rdflib.URIRef("urn:two words"),
        rdflib.URIRef("relative"),
        rdflib.Literal("x", datatype=rdflib.URIRef("no datatype")),
        rdflib.Literal("\ud800"),
        rdflib.BNode("two words"),
        rdflib.Variable("x"),
    ],
    ids=repr,
)
def test_what_rdf_does_not_have_is_refused(term: rdflib.term.Node) -> None:
    with pytest.raises(DataError, match="RDF has no such term"):
        rdflib_term_as_token(term)


def test_a_triple_inside_a_triple_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("star") / "star.ttl"
    file.write_text("<urn:a> <urn:p> <<( <urn:a> <urn:b> <urn:c> )>> .")

    with pytest.raises(DataError, match="a triple inside a triple"):
        read_graph(file)
