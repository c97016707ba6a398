"""Find the entity an analyst means: by id, by IRI, or by a name that only one entity bears."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

import pyoxigraph as ox

from kg.errors import CallError, DataError, did_you_mean
from kg.vocabulary.terms import KGS, SKOS

LABELS = (ox.NamedNode(f"{SKOS}prefLabel"), ox.NamedNode(f"{SKOS}altLabel"))
_IRI = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?")


class Entities(ABC):
    """The entities of a graph, whose data stands under `base`; how to look is the subclass's."""

    def __init__(self, base: str) -> None:
        """Take the IRI under which the data stands."""
        self.base = base

    @abstractmethod
    def exists(self, node: ox.NamedNode) -> bool:
        """Whether the graph says anything of `node`."""

    @abstractmethod
    def bearers(self, name: str) -> set[ox.NamedNode]:
        """Return what bears `name` as its label or another name."""

    @abstractmethod
    def bearers_in_any_case(self, name: str) -> set[ox.NamedNode]:
        """Return what bears `name`, whatever its capitals, as its label or another name."""

    @abstractmethod
    def known(self, start: str) -> set[str]:
        """Return what follows `start` in the IRIs of all that has a label."""

    def find(self, kind: str, value: str) -> ox.NamedNode:
        """Return the entity of `kind` (``actor``, ``event``, ``claim`` …) that `value` means.

        An id may stand as tables print it, ``id:claim/a/c1``.

        A name in other capitals than the graph's is understood where nothing bears it as it is.

        Raises:
            CallError: `value` looks like an IRI and is none.
            DataError: there is none, or several bear the name.
        """
        value = value.strip().removeprefix(f"id:{kind}/")
        if "://" in value:
            starts = [f"{self.base}{kind}/", *([f"{self.base}source/"] if kind == "actor" else [])]
            return self._iri(kind, tuple(starts), value)
        if _ID.fullmatch(value):
            # An unnamed source is an actor that is local to its article: ARTICLE-ID/SOURCE-ID.
            local = kind == "actor" and "/" in value
            node = ox.NamedNode(f"{self.base}{'source' if local else kind}/{value}")
            if self.exists(node):
                return node
        return self._named(kind, f"{self.base}{kind}/", value)

    def concept(self, scheme: str, value: str) -> ox.NamedNode:
        """Return the concept of `scheme` that `value` means.

        Raises:
            CallError: `value` looks like an IRI and is none.
            DataError: there is none, or several bear the name.
        """
        value = value.strip()
        if "://" in value:
            return self._iri(scheme, (f"{KGS}{scheme}/",), value)
        if _ID.fullmatch(value):
            node = ox.NamedNode(f"{KGS}{scheme}/{value}")
            if self.exists(node):
                return node
        return self._named(scheme, f"{KGS}{scheme}/", value)

    def _iri(self, kind: str, starts: tuple[str, ...], value: str) -> ox.NamedNode:
        node = _node(value)
        if not value.startswith(starts) or not self.exists(node):
            raise DataError(f"The graph has no {kind} with the IRI {value}")
        return node

    def _named(self, kind: str, start: str, value: str) -> ox.NamedNode:
        found = {node for node in self.bearers(value) if node.value.startswith(start)}
        if not found:
            alike = self.bearers_in_any_case(value)
            found = {node for node in alike if node.value.startswith(start)}
        if len(found) == 1:
            return found.pop()
        if found:
            ids = ", ".join(sorted(node.value.removeprefix(start) for node in found))
            raise DataError(f"Several bear the name '{value}': {ids}; give one of these ids")
        raise DataError(f"There is no {kind} '{value}'{did_you_mean(value, self.known(start))}")


class StoredEntities(Entities):
    """The entities of the embedded store."""

    def __init__(self, store: ox.Store, base: str) -> None:
        """Take the store and the IRI under which its data stands."""
        super().__init__(base)
        self.store = store

    def exists(self, node: ox.NamedNode) -> bool:
        """Whether the store says anything of `node`."""
        return next(iter(self.store.quads_for_pattern(node, None, None)), None) is not None

    def bearers(self, name: str) -> set[ox.NamedNode]:
        """Return what bears `name`, in English or in no language, as its label or another name."""
        return {
            quad.subject
            for literal in (ox.Literal(name), ox.Literal(name, language="en"))
            for label in LABELS
            for quad in self.store.quads_for_pattern(None, label, literal)
            if isinstance(quad.subject, ox.NamedNode)
        }

    def bearers_in_any_case(self, name: str) -> set[ox.NamedNode]:
        """Return what bears `name`, whatever its capitals and language, as one of its names."""
        folded = name.casefold()
        return {
            quad.subject
            for label in LABELS
            for quad in self.store.quads_for_pattern(None, label, None)
            if isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, ox.Literal)
            and quad.object.value.casefold() == folded
        }

    def known(self, start: str) -> set[str]:
        """Return what follows `start` in the IRIs of all that has a label."""
        known: set[str] = set()
        for quad in self.store.quads_for_pattern(None, LABELS[0], None):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(start):
                known.add(quad.subject.value.removeprefix(start))
        return known


def _node(value: str) -> ox.NamedNode:
    if not _IRI.fullmatch(value):
        raise CallError(f"'{value}' is no IRI")
    return ox.NamedNode(value)
