"""RDF terms as the tokens N-Triples writes: strings compare, hash and intern faster than objects.

An IRI is ``<…>``, a blank node ``_:…``, a literal ``"…"`` with a language or datatype behind it.
Tokens hold the lexical form as it was written, which an embedded store would not.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.errors import DataError

if TYPE_CHECKING:
    import rdflib

Term = str

_XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SH = "http://www.w3.org/ns/shacl#"

RDF_TYPE = f"<{_RDF}type>"
RDF_FIRST = f"<{_RDF}first>"
RDF_REST = f"<{_RDF}rest>"
RDF_NIL = f"<{_RDF}nil>"
RDF_LANG_STRING = f"<{_RDF}langString>"
RDF_DIR_LANG_STRING = f"<{_RDF}dirLangString>"
RDFS_SUBCLASS = f"<{_RDFS}subClassOf>"
RDFS_CLASS = f"<{_RDFS}Class>"
OWL_CLASS = "<http://www.w3.org/2002/07/owl#Class>"
XSD_STRING = f"<{_XSD}string>"
XSD_BOOLEAN = f"<{_XSD}boolean>"
XSD_INTEGER = f"<{_XSD}integer>"

_FLOATING = frozenset((f"{_XSD}double", f"{_XSD}float"))
_OF_RDFLIB = {"inf": "INF", "-inf": "-INF", "nan": "NaN"}
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_CONTROL = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


@cache
def sh(name: str) -> Term:
    """Return the IRI of a term of SHACL's vocabulary."""
    return f"<{_SH}{name}>"


@cache
def xsd(name: str) -> Term:
    """Return the IRI of a datatype of XML Schema."""
    return f"<{_XSD}{name}>"


def iri(text: str) -> Term:
    """Return the token of an IRI given bare."""
    return f"<{text}>"


class Literal(NamedTuple):
    """A literal's lexical form, its datatype's token, and its language in lower case or ''."""

    lexical: str
    datatype: Term
    language: str


def is_iri(term: Term) -> bool:
    """Whether `term` is an IRI."""
    return term[0] == "<"


def is_blank(term: Term) -> bool:
    """Whether `term` is a blank node."""
    return term[0] == "_"


def is_literal(term: Term) -> bool:
    """Whether `term` is a literal."""
    return term[0] == '"'


@lru_cache(maxsize=65_536)
def literal(term: Term) -> Literal:
    """Take the token of a literal apart."""
    end = term.rindex('"')
    lexical, tail = term[1:end], term[end + 1 :]
    if "\\" in lexical:
        lexical = _ESCAPE.sub(_unescaped, lexical)
    if tail.startswith("^^"):
        return Literal(lexical, tail[2:], "")
    if tail:
        language, _, direction = tail[1:].lower().partition("--")
        return Literal(lexical, RDF_DIR_LANG_STRING if direction else RDF_LANG_STRING, language)
    return Literal(lexical, XSD_STRING, "")


def plain(term: Term) -> str:
    """Return a term as reports write it: an IRI bare, a literal's lexical form."""
    if is_literal(term):
        return literal(term).lexical
    return term[1:-1] if is_iri(term) else term


def token(value: str, datatype: str | None = None, language: str | None = None) -> Term:
    """Return the token of a literal, its datatype given as a bare IRI."""
    kind = ox.NamedNode(datatype) if datatype else None
    return str(ox.Literal(value, datatype=kind, language=language))


def rdflib_term_as_token(term: rdflib.term.Node) -> Term:
    """Return the token of an rdflib term.

    Raises:
        DataError: it is none that RDF has, such as an IRI with a space, which rdflib lets pass.
    """
    import rdflib

    try:
        if isinstance(term, rdflib.URIRef):
            return _iri_as_token(term)
        if isinstance(term, rdflib.Literal):
            datatype = None if term.language or term.datatype is None else str(term.datatype)
            # It writes the infinite and what is no number in lower case, which XSD does not know.
            lexical = _OF_RDFLIB.get(str(term), str(term)) if datatype in _FLOATING else str(term)
            return token(lexical, datatype, term.language)
        if isinstance(term, rdflib.BNode):
            return str(ox.BlankNode(str(term)))
    except ValueError as error:
        raise DataError(f"The graph has {term!r}, and RDF has no such term: {error}") from error
    raise DataError(f"The graph has {term!r}, and RDF has no such term")


@lru_cache(maxsize=65_536)
def _iri_as_token(text: str) -> Term:
    return str(ox.NamedNode(text))


def text_of(term: Term) -> str | None:
    """Return what SPARQL's STR() gives: nothing for a blank node."""
    return None if is_blank(term) else plain(term)


def _unescaped(match: re.Match[str]) -> str:
    short, long, control = match.groups()
    if control:
        return _CONTROL.get(control, control)
    return chr(int(short or long, 16))
