"""Read contributions that come as RDF, within set limits and without going to the network."""

from __future__ import annotations

import pyoxigraph as ox

from kg.records.document import MAX_BYTES
from kg.validation.findings import Finding

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}
RDF_SUFFIXES = tuple(_FORMATS)


def read_rdf(content: bytes, suffix: str, name: str) -> list[ox.Quad] | Finding:
    """Return the quads in `content`, or the finding that says where it is no RDF.

    Args:
        content: the file's bytes; more than `MAX_BYTES` are too many.
        suffix: the ending that tells its format.
        name: the file as findings call it.
    """
    if len(content) > MAX_BYTES:
        message = (
            f"The file is larger than the {MAX_BYTES // 1_000_000} MB one contribution may have"
        )
        return Finding("error", "file-too-large", message, file=name, line=1, column=1)
    if suffix == ".rdf" and b"\0" in content:
        # Entities could not be looked for in UTF-16.
        message = "This is no valid RDF: RDF/XML is read as UTF-8, and this is binary or UTF-16"
        return Finding("error", "rdf-syntax", message, file=name, line=1, column=1)
    if suffix == ".rdf" and (at := content.find(b"<!ENTITY")) >= 0:
        # The parser unfolds entities without bound.
        message = "RDF/XML is read without <!ENTITY …>; write the names out"
        line = content.count(b"\n", 0, at) + 1
        return Finding("error", "xml-entity", message, file=name, line=line, column=1)
    try:
        return list(ox.parse(content, format=_FORMATS[suffix]))
    except SyntaxError as error:
        return Finding(
            "error",
            "rdf-syntax",
            f"This is no valid RDF: {error.msg}",
            file=name,
            line=error.lineno or 1,
            column=error.offset or 1,
        )
