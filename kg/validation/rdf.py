"""Read contributions that come as RDF, within set limits and without going to the network.

Files may be gzipped: ``a.nt.gz``. What is read in the end are quads with IRIs, and what is wrong
with the rest is told.
"""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.records.document import MAX_BYTES, Position, Problem, decode
from kg.validation.precautions import refuse_json, refuse_turtle, refuse_xml

_FORMATS = {
    ".ttl": (ox.RdfFormat.TURTLE, refuse_turtle),
    ".nt": (ox.RdfFormat.N_TRIPLES, refuse_turtle),
    ".nq": (ox.RdfFormat.N_QUADS, refuse_turtle),
    ".trig": (ox.RdfFormat.TRIG, refuse_turtle),
    ".jsonld": (ox.RdfFormat.JSON_LD, refuse_json),
    ".rdf": (ox.RdfFormat.RDF_XML, refuse_xml),
}
_ZIPPED = ".gz"
RDF_SUFFIXES = (*_FORMATS, *(suffix + _ZIPPED for suffix in _FORMATS))
MAX_QUADS = 200_000
MAX_SECONDS = 20
_TOO_LARGE = Problem(
    "file-too-large",
    f"The file is larger than the {MAX_BYTES // 1_000_000} MB one contribution may have",
    position=Position(1, 1),
)
# Relative IRIs are read against this, and told by it: nothing else says what they are relative to.
NOWHERE = "relative:///"
BAD_IRI = "This is no address. Write it without spaces and brackets."
RELATIVE_IRI = (
    "Nothing says what this address is relative to. Write it in full, or say it at the top of the "
    "file (@base)."
)
BAD_LANGUAGE = "The language is no language code. Write its letters alone: en, ko, uk."
# How the parsers say it.
_IRI_IN_XML = re.compile(r"error while parsing IRI '([^']*)'")
_NO_SCHEME = "No scheme found"
_NO_LANGUAGE = "language tag"
_LINES = (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS)


class RdfText(NamedTuple):
    """What a file says: its quads, its text, and the problems that it has as a whole."""

    quads: list[ox.Quad]
    text: str
    problems: list[Problem]


def rdf_suffix(file: Path) -> str | None:
    """Return the ending by which a file is RDF, ``.nt`` or ``.nt.gz``; None if it is none."""
    name = file.name.lower()
    return next((suffix for suffix in RDF_SUFFIXES if name.endswith(suffix)), None)


def read_rdf(content: bytes, suffix: str) -> RdfText:
    """Return what a file says; no quads if it is no RDF, or none that can be read safely.

    Args:
        content: the file's bytes; more than `MAX_BYTES`, also when unpacked, are too many.
        suffix: one of `RDF_SUFFIXES`.
    """
    if suffix.endswith(_ZIPPED):
        unpacked = unpack(content)
        if isinstance(unpacked, Problem):
            return RdfText([], "", [unpacked])
        content, suffix = unpacked, suffix.removesuffix(_ZIPPED)
    if len(content) > MAX_BYTES:
        return RdfText([], "", [_TOO_LARGE])
    text = decode(content)
    if isinstance(text, Problem):
        return RdfText([], "", [text])
    form, refuse = _FORMATS[suffix]
    problems = list(refuse(text))
    if any(problem.severity == "error" for problem in problems):
        return RdfText([], text, problems)
    lost = {problem.value for problem in problems if problem.code == "unmapped-key"}
    quads: list[ox.Quad] = []
    problems += _parse(text, form, quads)
    quads = [quad for quad in quads if quad.predicate.value not in lost]
    if any(problem.severity == "error" for problem in problems):
        quads = []
    elif not quads:
        problems.append(Problem("no-triples", "This file says nothing", severity="warning"))
    return RdfText(quads, text, problems)


def _parse(text: str, form: ox.RdfFormat, quads: list[ox.Quad]) -> Iterator[Problem]:
    """Add the quads of `text` to `quads`, and yield the problem that ends it too early."""
    until = time.monotonic() + MAX_SECONDS
    base = None if form in _LINES else NOWHERE
    try:
        # JSON-LD leaves out what has a bad IRI without a word; read so, it can be told.
        for quad in ox.parse(text, form, base_iri=base, lenient=form == ox.RdfFormat.JSON_LD):
            quads.append(quad)
            if len(quads) > MAX_QUADS:
                message = (
                    f"The file has more than the {MAX_QUADS:,} triples a contribution may have"
                )
                yield Problem("file-too-large", message)
                return
            if len(quads) % 256 == 0 and time.monotonic() > until:
                message = f"Reading the file takes more than {MAX_SECONDS} seconds; make it smaller"
                yield Problem("file-too-large", message)
                return
    except SyntaxError as error:
        yield syntax_problem(text, error)


def syntax_problem(text: str, error: SyntaxError) -> Problem:
    """Return what is wrong where a parser stops, an address or a language under its own code.

    In JSON-LD they are told from what is read; the code is to be the same in every format.
    """
    line, column = error.lineno or 1, error.offset or 1
    at_fault = text.split("\n")[line - 1]
    token = at_fault[column - 1 : (error.end_offset or column) - 1]
    in_xml = _IRI_IN_XML.match(error.msg)
    if in_xml:
        token = f"<{in_xml[1]}>"
        before = text[: max(0, text.find(in_xml[1]))]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    position = Position(line, column)
    if token.startswith("<") and token.endswith(">"):
        value = token[1:-1]
        if _NO_SCHEME in error.msg:
            return Problem("relative-iri", RELATIVE_IRI, position=position, value=value)
        return Problem("bad-iri", BAD_IRI, position=position, value=value)
    if at_fault[column - 2 : column - 1] == "@" or _NO_LANGUAGE in error.msg:
        return Problem("bad-language-tag", BAD_LANGUAGE, position=position)
    return Problem("rdf-syntax", f"This is no valid RDF: {error.msg}", position=position)


def unpack(content: bytes) -> bytes | Problem:
    """Return what is in a gzip file, or what is wrong with it; of more than `MAX_BYTES`, one more.

    A small file may hold far more than fits anywhere.
    """
    found = b""
    while content:
        unpacker = zlib.decompressobj(wbits=31)
        try:
            found += unpacker.decompress(content, MAX_BYTES + 1 - len(found))
        except zlib.error:
            return Problem("bad-gzip", "This is no gzip file, or it is damaged; pack it again")
        if len(found) > MAX_BYTES:
            break
        if not unpacker.eof:
            return Problem("bad-gzip", "This gzip file ends too early; copy or pack it again")
        content = unpacker.unused_data
    return found
