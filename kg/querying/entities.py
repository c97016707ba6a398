"""Find the entity an analyst means: by id, by IRI, or by a name that only one entity bears."""

from __future__ import annotations

import re
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import CallError, DataError, did_you_mean
from kg.vocabulary.terms import KGS, SKOS

_LABELS = (ox.NamedNode(f"{SKOS}prefLabel"), ox.NamedNode(f"{SKOS}altLabel"))
_IRI = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?")


class Entities(NamedTuple):
    """The entities of one store, whose data stands under `base`."""

    store: ox.Store
    base: str

    def find(self, kind: str, value: str) -> ox.NamedNode:
        """Return the entity of `kind` (``actor``, ``event``, ``claim`` …) that `value` means.

        Raises:
            CallError: `value` looks like an IRI and is none.
            DataError: there is none, or several bear the name.
        """
        if "://" in value:
            starts = [f"{self.base}{kind}/", *([f"{self.base}source/"] if kind == "actor" else [])]
            return self._iri(kind, tuple(starts), value)
        if _ID.fullmatch(value):
            # An unnamed source is an actor that is local to its article: ARTICLE-ID/SOURCE-ID.
            local = kind == "actor" and "/" in value
            node = ox.NamedNode(f"{self.base}{'source' if local else kind}/{value}")
            if self._exists(node):
                return node
        return self._named(kind, f"{self.base}{kind}/", value)

    def concept(self, scheme: str, value: str) -> ox.NamedNode:
        """Return the concept of `scheme` that `value` means.

        Raises:
            CallError: `value` looks like an IRI and is none.
            DataError: there is none, or several bear the name.
        """
        if "://" in value:
            return self._iri(scheme, (f"{KGS}{scheme}/",), value)
        if _ID.fullmatch(value):
            node = ox.NamedNode(f"{KGS}{scheme}/{value}")
            if self._exists(node):
                return node
        return self._named(scheme, f"{KGS}{scheme}/", value)

    def _iri(self, kind: str, starts: tuple[str, ...], value: str) -> ox.NamedNode:
        node = _node(value)
        if not value.startswith(starts) or not self._exists(node):
            raise DataError(f"The graph has no {kind} with the IRI {value}")
        return node

    def _exists(self, node: ox.NamedNode) -> bool:
        return next(iter(self.store.quads_for_pattern(node, None, None)), None) is not None

    def _named(self, kind: str, start: str, value: str) -> ox.NamedNode:
        found = {
            quad.subject
            for literal in (ox.Literal(value), ox.Literal(value, language="en"))
            for label in _LABELS
            for quad in self.store.quads_for_pattern(None, label, literal)
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(start)
        }
        if len(found) == 1:
            return found.pop()
        if found:
            ids = ", ".join(sorted(node.value.removeprefix(start) for node in found))
            raise DataError(f"Several bear the name '{value}': {ids}; give one of these ids")
        raise DataError(f"There is no {kind} '{value}'{did_you_mean(value, self._known(start))}")

    def _known(self, start: str) -> set[str]:
        known: set[str] = set()
        for quad in self.store.quads_for_pattern(None, _LABELS[0], None):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(start):
                known.add(quad.subject.value.removeprefix(start))
        return known


def _node(value: str) -> ox.NamedNode:
    if not _IRI.fullmatch(value):
        raise CallError(f"'{value}' is no IRI")
    return ox.NamedNode(value)
