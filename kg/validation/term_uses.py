"""Every term of ours, or that we reuse, is declared: a typo conforms in silence otherwise."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import did_you_mean
from kg.sparql.names import iris, prefixes
from kg.validation.findings import Finding, shown
from kg.vocabulary.terms import DEFAULT_BASE, KG, KGS, KGSH, OA, PROV, SCHEMA, SKOS

# Ours, and those of which ontology/reused-terms.ttl declares what we use.
SPACES = (
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
# All of ours stands below it: what is neither a term nor data is a slip in the namespace.
_HOME = "https://w3id.org/communique/"
_NO_TERMS = (DEFAULT_BASE, f"{KG.rstrip('#')}/")
_ONTOLOGIES = (KG.rstrip("#"), KGSH.rstrip("#"))
_DECLARED_PREFIX = re.compile(r"\bprefix\s+([\w.-]*:)\s*<([^>]*)>", re.IGNORECASE)
_DECLARED_BASE = re.compile(r"\bbase\s+<([^>]*)>", re.IGNORECASE)
_DECLARATION = re.compile(r"@?\b(?:prefix\s+[\w.-]*:|base)\s*<[^>]*>\s*\.?", re.IGNORECASE)
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


def undeclared_findings(
    uses: Iterable[Use], declared: Collection[str], start: Path
) -> Iterator[Finding]:
    """Yield a finding for each use of a term that is not declared, with a hint at the nearest.

    Args:
        uses: terms where they are used.
        declared: all that have a type; a mere statement about a term, a slip of the pen say,
            declares nothing.
        start: the folder to which file names in findings are relative.
    """
    for use in uses:
        if use.iri not in declared:
            yield Finding(
                "error",
                "undeclared-term",
                not_declared(use.iri, declared),
                shown(use.file, start),
                use.line,
                use.column,
                use.iri,
            )


def not_declared(iri: str, declared: Collection[str]) -> str:
    """Return the message that a term is not declared, with a hint at the nearest that is."""
    return f"'{short(iri)}' is not declared in the ontology{_nearest(iri, declared)}"


def _nearest(iri: str, declared: Collection[str]) -> str:
    space = next((space for space in SPACES if iri.startswith(space)), None)
    if space:
        names = [known.removeprefix(space) for known in declared if known.startswith(space)]
        return did_you_mean(iri.removeprefix(space), names)
    # A slip in the namespace: the whole address is compared, with classes and properties alone.
    ours = [short(known) for known in declared if known.startswith(KG)]
    return did_you_mean(f"kg:{re.split('[#/]', iri)[-1]}", ours)


def short(iri: str) -> str:
    """Return a term of ours with its prefix."""
    for prefix, space in (("kg", KG), ("kgs", KGS), ("kgsh", KGSH)):
        if iri.startswith(space):
            return f"{prefix}:{iri[len(space) :]}"
    return iri


def used_in_query(file: Path) -> Iterator[Use]:
    """Yield the terms that a SPARQL file uses."""
    text = file.read_text(encoding="utf-8")
    for iri, token in iris(text, prefixes(text)):
        if is_term(iri):
            line = text.count("\n", 0, token.start) + 1
            column = token.start - text.rfind("\n", 0, token.start)
            yield Use(iri, file, line, column)


def is_term(iri: str) -> bool:
    """Whether `iri` is in a namespace of ours or of those we reuse, or seems meant to be."""
    named = iri in SPACES or iri in _ONTOLOGIES or iri.startswith(_NO_TERMS)
    return not named and iri.startswith((*SPACES, _HOME))


def used_in_context(file: Path) -> Iterator[Use]:
    """Yield the terms that a JSON-LD context maps to."""
    lines = file.read_text(encoding="utf-8").splitlines()
    json.loads("\n".join(lines))
    for number, line in enumerate(lines, start=1):
        for match in _COMPACT.finditer(line):
            yield Use(_PREFIX[match[1]] + match[2], file, number, match.start() + 1)


def used_in_graph(file: Path, pointed: Iterable[str]) -> Iterator[Use]:
    """Yield the terms that a Turtle file refers to.

    Args:
        file: which it is.
        pointed: the IRIs of its predicates and objects. A subject of the file is declared there;
            what counts is where it points, and by which predicate.
    """
    written = _Turtle(file)
    for iri in dict.fromkeys(pointed):
        if is_term(iri):
            yield Use(iri, file, *written.find(iri))


def find_term(
    file: Path, iri: str, *, subject: bool = False, first: int = 1
) -> tuple[int | None, int | None]:
    """Return line and column, from 1, where a Turtle file first writes `iri`; None, None if not.

    It is found in full, by a prefix or by the base; as a `subject` only at a line's start; from
    the line `first` on.
    """
    return _Turtle(file).find(iri, subject=subject, first=first)


class _Turtle:
    """A Turtle file in which terms are looked for; it is read once."""

    def __init__(self, file: Path) -> None:
        text = file.read_text(encoding="utf-8")
        self._prefixes = _DECLARED_PREFIX.findall(text)
        self._bases = _DECLARED_BASE.findall(text)
        self._lines = [_code(line) for line in text.splitlines()]

    def find(
        self, iri: str, *, subject: bool = False, first: int = 1
    ) -> tuple[int | None, int | None]:
        """Return what `find_term` does."""
        written = "|".join(re.escape(name) for name in self._spellings(iri))
        pattern = re.compile(rf"{'^' if subject else ''}(?<![\w:/#-])(?:{written})(?![\w-])")
        for number, code in enumerate(self._lines[first - 1 :], start=first):
            if match := pattern.search(code):
                return number, match.start() + 1
        return None, None

    def _spellings(self, iri: str) -> Iterator[str]:
        """Yield the ways in which the file may write `iri`: in full, by prefix, by its base."""
        yield f"<{iri}>"
        for prefix, space in self._prefixes:
            if iri.startswith(space):
                yield prefix + iri[len(space) :]
        for base in self._bases:
            if iri.startswith(base):
                yield f"<{iri[len(base) :]}>"


def _code(line: str) -> str:
    """Return a line without its comment, its declarations blanked so that columns stay."""
    code = "" if line.lstrip().startswith("#") else line.split(" #", 1)[0]
    return _DECLARATION.sub(lambda found: " " * len(found[0]), code)
