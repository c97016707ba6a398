"""The schemes and the reference data, read from the shipped ontology and a workspace's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataError
from kg.vocabulary.terms import (
    ACTOR_TYPES,
    DEFAULT_BASE,
    EVENT_TYPES,
    KG,
    KGS,
    RDF_TYPE,
    SKOS,
)

_TYPE = ox.NamedNode(RDF_TYPE)
_CONCEPT = ox.NamedNode(SKOS + "Concept")
_PLACE = ox.NamedNode(KG + "Place")


@dataclass(frozen=True)
class Vocabulary:
    """What a record may name without declaring it.

    Attributes:
        folders: the ontology folders it was read from, the shipped one first.
        base: the IRI under which actors and places stand.
        redacted: SHA-256 of the ids of persons who were taken out.
    """

    folders: tuple[Path, ...]
    base: str
    redacted: frozenset[str] = frozenset()

    @property
    def files(self) -> list[Path]:
        """The Turtle files, in the order in which they are read."""
        return [file for folder in self.folders for file in sorted(folder.rglob("*.ttl"))]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the names and bytes of the ontology files, context included."""
        digest = hashlib.sha256("\0".join([self.base, *sorted(self.redacted)]).encode())
        for folder in self.folders:
            for file in sorted([*folder.rglob("*.ttl"), *folder.rglob("*.jsonld")]):
                digest.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
        return digest.hexdigest()

    @cached_property
    def triples(self) -> list[ox.Triple]:
        """Every triple of the ontology files, data moved under the workspace's base.

        Raises:
            DataError: a file is no Turtle.
        """
        triples = _read(self.files, self.base)
        return list(self._without_redacted(triples) if self.redacted else triples)

    @cached_property
    def declared(self) -> frozenset[str]:
        """The IRIs of all that has a type: terms, concepts, actors, places."""
        return frozenset(_iri(triple) for triple in self.triples if triple.predicate == _TYPE)

    def _without_redacted(self, triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
        """Yield the triples that speak of nobody who was taken out."""
        start = f"{self.base}actor/"

        @cache
        def gone(iri: str) -> bool:
            actor = iri.removeprefix(start).partition("/")[0]
            digest = hashlib.sha256(actor.encode()).hexdigest()
            return iri.startswith(start) and digest in self.redacted

        for triple in triples:
            ends = (triple.subject, triple.object)
            if not any(gone(getattr(end, "value", "")) for end in ends):
                yield triple

    @cached_property
    def schemes(self) -> dict[str, frozenset[str]]:
        """Scheme name to the names of its concepts: ``aspect`` to ``{"occurrence", …}``."""
        found: dict[str, set[str]] = {}
        for triple in self.triples:
            if triple.predicate == _TYPE and triple.object == _CONCEPT:
                iri = _iri(triple)
                if iri.startswith(KGS) and iri.count("/", len(KGS)) == 1:
                    scheme, concept = iri[len(KGS) :].split("/")
                    found.setdefault(scheme, set()).add(concept)
        return {scheme: frozenset(concepts) for scheme, concepts in found.items()}

    @cached_property
    def actors(self) -> frozenset[str]:
        """The ids of the reference data's actors."""
        return frozenset(self._ids("actor/", {ox.NamedNode(KG + name) for name in ACTOR_TYPES}))

    @cached_property
    def places(self) -> frozenset[str]:
        """The ids of the reference data's places."""
        return frozenset(self._ids("place/", {_PLACE}))

    def _ids(self, kind: str, classes: set[ox.NamedNode]) -> Iterator[str]:
        start = self.base + kind
        for triple in self.triples:
            if triple.predicate == _TYPE and triple.object in classes:
                iri = _iri(triple)
                if iri.startswith(start) and "/" not in iri[len(start) :]:
                    yield iri[len(start) :]

    def terms(self, scheme: str) -> frozenset[str]:
        """Return the words a record may write for `scheme`, class names for the two types."""
        if scheme == "actor-type":
            return frozenset(ACTOR_TYPES)
        if scheme == "event-type":
            return frozenset(EVENT_TYPES)
        return self.schemes.get(scheme, frozenset())


def _read(files: Iterable[Path], base: str) -> Iterator[ox.Triple]:
    for file in files:
        text = file.read_text(encoding="utf-8")
        if base != DEFAULT_BASE:
            text = text.replace(f"<{DEFAULT_BASE}", f"<{base}")
        try:
            for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
                yield quad.triple
        except SyntaxError as error:
            raise DataError(f"{file}:{error.lineno}:{error.offset}: {error.msg}") from error


def _iri(triple: ox.Triple) -> str:
    return triple.subject.value if isinstance(triple.subject, ox.NamedNode) else ""
