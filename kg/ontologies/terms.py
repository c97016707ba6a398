"""Every term of ours, or that we reuse, is declared: a typo conforms in silence otherwise."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import did_you_mean
from kg.sparql.tokens import tokens
from kg.vocabulary.terms import KG, KGS, KGSH, OA, PROV, SCHEMA, SKOS

if TYPE_CHECKING:
    from rdflib import Graph

# Ours, and those of which ontology/reused-terms.ttl declares what we use.
_SPACES = (
    KG,
    KGS,
    KGSH,
    OA,
    PROV,
    SCHEMA,
    SKOS,
    "http://www.w3.org/ns/org#",
    "http://semanticweb.cs.vu.nl/2009/11/sem/",
)
_DECLARED_PREFIX = re.compile(r"^(?:@prefix|PREFIX)\s+([\w-]*:)\s+<([^>]*)>", re.MULTILINE)
_DECLARED_BASE = re.compile(r"^(?:@base|BASE)\s+<([^>]*)>", re.MULTILINE)
_PREFIX = {
    "kg": KG,
    "kgs": KGS,
    "kgsh": KGSH,
    "oa": OA,
    "prov": PROV,
    "schema": SCHEMA,
    "skos": SKOS,
}
_COMPACT = re.compile(rf"\b({'|'.join(_PREFIX)}):([\w/-]+)")


@dataclass(frozen=True)
class Use:
    """A term of ours where it is used; line and column from 1, None where a file has no lines."""

    iri: str
    file: Path
    line: int | None = None
    column: int | None = None


def undeclared(uses: Iterable[Use], graph: Graph) -> Iterator[tuple[Use, str]]:
    """Yield each use of a term that `graph` does not declare, with a hint at the nearest.

    What has a type is declared; a mere statement about a term, a slip of the pen say, is not.
    """
    from rdflib import RDF, URIRef

    declared = {str(node) for node in graph.subjects(RDF.type) if isinstance(node, URIRef)}
    for use in uses:
        if use.iri not in declared:
            space = next(space for space in _SPACES if use.iri.startswith(space))
            names = [iri.removeprefix(space) for iri in declared if iri.startswith(space)]
            yield use, did_you_mean(use.iri.removeprefix(space), names)


def used_in_query(file: Path) -> Iterator[Use]:
    """Yield the terms that a SPARQL file uses."""
    text = file.read_text(encoding="utf-8")
    prefixes: dict[str, str] = {}
    window: list[str] = []
    for token in tokens(text):
        window = [*window[-2:], token.text]
        if len(window) == 3 and window[0].upper() == "PREFIX":
            prefixes[window[1]] = token.text[1:-1]
            continue
        iri = _expanded(token.kind, token.text, prefixes)
        if iri and iri not in _SPACES and iri.startswith(_SPACES):
            line = text.count("\n", 0, token.start) + 1
            column = token.start - text.rfind("\n", 0, token.start)
            yield Use(iri, file, line, column)


def _expanded(kind: str, text: str, prefixes: dict[str, str]) -> str | None:
    if kind == "iri":
        return text[1:-1]
    if kind == "name":
        prefix, _, local = text.partition(":")
        space = prefixes.get(f"{prefix}:")
        return space + local.replace("\\", "") if space else None
    return None


def used_in_context(file: Path) -> Iterator[Use]:
    """Yield the terms that a JSON-LD context maps to."""
    lines = file.read_text(encoding="utf-8").splitlines()
    json.loads("\n".join(lines))
    for number, line in enumerate(lines, start=1):
        for match in _COMPACT.finditer(line):
            yield Use(_PREFIX[match[1]] + match[2], file, number, match.start() + 1)


def used_in_graph(file: Path, graph: Graph) -> Iterator[Use]:
    """Yield the terms that a Turtle file refers to, `graph` being its content.

    A subject of the file is declared there; what counts is where it points, and by which predicate.
    """
    from rdflib import URIRef

    seen: set[str] = set(_SPACES)
    for triple in graph:
        for node in triple[1:]:
            iri = str(node)
            if isinstance(node, URIRef) and iri.startswith(_SPACES) and iri not in seen:
                seen.add(iri)
                line, column = find_term(file, iri)
                yield Use(iri, file, line, column)


def find_term(file: Path, iri: str, *, subject: bool = False) -> tuple[int | None, int | None]:
    """Return line and column, from 1, where a Turtle file first writes `iri`; None, None if not.

    It is found in full, by a prefix or by the base; as a `subject` only at a line's start.
    """
    text = file.read_text(encoding="utf-8")
    written = "|".join(re.escape(name) for name in _spellings(text, iri))
    pattern = re.compile(rf"{'^' if subject else ''}(?<![\w:/#-])(?:{written})(?![\w-])")
    for number, line in enumerate(text.splitlines(), start=1):
        code = (
            ""
            if line.lstrip().startswith(("#", "@", "PREFIX ", "BASE "))
            else line.split(" #", 1)[0]
        )
        if match := pattern.search(code):
            return number, match.start() + 1
    return None, None


def _spellings(text: str, iri: str) -> Iterator[str]:
    """Yield the ways in which a Turtle text may write `iri`: in full, by prefix, by its base."""
    yield f"<{iri}>"
    for prefix, space in _DECLARED_PREFIX.findall(text):
        if iri.startswith(space):
            yield prefix + iri[len(space) :]
    for base in _DECLARED_BASE.findall(text):
        if iri.startswith(base):
            yield f"<{iri[len(base) :]}>"
