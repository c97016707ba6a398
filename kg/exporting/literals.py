"""How triple stores give literals back: normal forms under which sent and received are equal.

A normalizer is declared per store. Two literals are the same under it if their normal forms are;
what it does not cover, as an integer that a store turns into another, stays a difference.

exact
    as written, language tags in lower case (RDF 1.1: they are compared that way).
values
    equal values of XSD are equal, as far as the embedded store can tell: ``042`` and ``42``,
    ``1.50`` and ``1.5``, xsd:long and xsd:integer, the boolean ``1`` and ``true``.
virtuoso
    also decimals rounded to 15 places, integers of more than 63 bits that come back as decimals,
    and points of WKT in single precision with a datatype of Virtuoso's own.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache, lru_cache

import pyoxigraph as ox

from kg.vocabulary.terms import XSD

Normalizer = Callable[[bytes], bytes]
"""The object of a canonical N-Triples line to its normal form."""

_TYPED = re.compile(rb'^(".*")\^\^<([^<>]*)>$', re.DOTALL)
_TAG = re.compile(rb"^[A-Za-z0-9-]+$")
_NUMBERS = {(XSD + name).encode() for name in ("integer", "decimal")}
_PLAIN_NUMBER = re.compile(rb'^"[+-]?\d{1,40}(\.\d*)?"$')
_PLACES = Decimal("1e-15")
_WKT = {
    b"http://www.opengis.net/ont/geosparql#wktLiteral",
    b"http://www.openlinksw.com/schemas/virtrdf#Geometry",
}
_NUMBER = re.compile(rb"-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?")


def exact(term: bytes) -> bytes:
    """Return a literal with its language tag in lower case."""
    text, sign, tag = term.rpartition(b'"@')
    return text + sign + tag.lower() if sign and _TAG.match(tag) else term


@lru_cache(maxsize=1 << 16)
def values(term: bytes) -> bytes:
    """Return a literal as the embedded store writes its value."""
    typed = _TYPED.match(term)
    if not typed:
        return exact(term)
    if not typed[2].startswith(XSD.encode()):
        return term
    quad = ox.Quad(_NODE, _NODE, _literal(term), ox.DefaultGraph())
    store = _scratch()
    store.add(quad)
    (kept,) = store
    store.remove(kept)
    return str(kept.object).encode()


@lru_cache(maxsize=1 << 16)
def virtuoso(term: bytes) -> bytes:
    """Return a literal so that Virtuoso's rounding and its own datatypes make no difference."""
    normal = values(term)
    typed = _TYPED.match(normal)
    if not typed:
        return normal
    text, datatype = typed[1], typed[2]
    if datatype in _NUMBERS and _PLAIN_NUMBER.match(text):
        with localcontext() as context:
            context.prec = 80
            number = Decimal(text[1:-1].decode()).quantize(_PLACES, ROUND_HALF_UP)
            short = f"{number.normalize():f}"
            # Most are integers, and those stay as they are: what stays need not be held.
            return f'"{short}"^^<{XSD}{"decimal" if "." in short else "integer"}>'.encode()
    if datatype in _WKT:
        return _NUMBER.sub(_single, b" ".join(text.upper().split()))
    return normal


NORMALIZERS: dict[str, Normalizer] = {"exact": exact, "values": values, "virtuoso": virtuoso}
_NODE = ox.NamedNode("urn:x:node")


@cache
def _scratch() -> ox.Store:
    return ox.Store()


def _literal(term: bytes) -> ox.Literal:
    (triple,) = ox.parse(b"<urn:x:s> <urn:x:p> " + term + b" .", format=ox.RdfFormat.N_TRIPLES)
    literal: ox.Literal = triple.object
    return literal


def _single(match: re.Match[bytes]) -> bytes:
    number = struct.unpack("f", struct.pack("f", float(match[0])))[0]
    return f"{number:.7g}".encode()
