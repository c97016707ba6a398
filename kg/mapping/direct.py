"""The context compiled: quads of a completed record at a tenth of what a JSON-LD parser takes.

A parser reads the context anew for every document. Here it is read once, as far as ours goes:
prefixes, ``id`` and ``type``, terms that are a compact IRI with or without ``@type``, classes with
terms of their own (type-scoped contexts) and nests with terms of their own (`@nest`). A context
that uses more of JSON-LD 1.1 is refused. A document with anything out of the ordinary in it is
left to the parser, which alone decides what that means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg.mapping.completing import Node
from kg.mapping.statements import Said, Statements, Token
from kg.vocabulary.terms import RDF_TYPE

_KEYWORDS = {"id": "@id", "type": "@type"}
_NEST = "@nest"
_REFERENCE = "@id"
# What resolving leaves as it is, and every IRI takes.
_PLAIN = re.compile(r"(?:([a-z]+):)?([\w-]+(?:/[\w-]+)*)", re.ASCII)
# Beyond it, JSON-LD writes an integer as a double.
_WHOLE = 10**19
_REMEMBERED = 4_096


_TYPE: Token = f"<{RDF_TYPE}>"


class Property(NamedTuple):
    """A key that stands for a predicate.

    Attributes:
        predicate: which.
        refers: whether its values are IRIs, or nodes.
        datatype: of its values, if they are none; None where they are texts.
        closing: what ends the token of such a value.
    """

    predicate: Token
    refers: bool
    datatype: ox.NamedNode | None
    closing: Token


class Class(NamedTuple):
    """A word that stands for a class, and the keys that its nodes use otherwise than others."""

    iri: Token
    scope: dict[str, Property]


Terms = Mapping[str, Property | dict[str, Property]]


class Unplain(Exception):
    """Something in a document whose meaning a JSON-LD parser has to tell."""


class DirectMapping:
    """A context under a base IRI, ready to give the quads of documents."""

    def __init__(self, context: Mapping[str, Any], base: str) -> None:
        """Compile the content of a context.

        Args:
            context: what ``@context`` holds.
            base: the IRI to which ids are relative: one that ends in ``/``, without query.

        Raises:
            ValueError: the context uses something of JSON-LD that is not known here.
        """
        self._base = base
        self._spaces = {
            key: iri
            for key, iri in context.items()
            if isinstance(iri, str) and iri.endswith(("/", "#")) and not key.startswith("@")
        }
        self._classes: dict[str, Class] = {}
        properties: dict[str, Property] = {}
        nests: dict[str, dict[str, Property]] = {}
        for key, definition in context.items():
            if key in self._spaces or (key, definition) == ("@version", 1.1):
                continue
            if _KEYWORDS.get(key) == definition:
                continue
            says = definition if isinstance(definition, dict) else {"@id": definition}
            if says.get("@id") == _NEST:
                nests[key] = self._scope(key, says)
            elif "@context" in says:
                self._classes[key] = Class(
                    self._expand(key, says.get("@id")), self._scope(key, says)
                )
            else:
                properties[key] = self._property(key, says)
                self._classes[key] = Class(properties[key].predicate, {})
        self._terms: dict[str | None, Terms] = {
            name: _within(properties, scope, nests)
            for name, scope in [(None, {}), *((name, c.scope) for name, c in self._classes.items())]
        }
        self._iri = lru_cache(_REMEMBERED)(self._resolve)

    def statements(self, graph: str, nodes: Iterable[Node]) -> Statements:
        """Return what `nodes` say in the graph `graph`, a relative IRI.

        Raises:
            Unplain: a JSON-LD parser has to tell what the document means.
        """
        found: list[Said] = []
        name = self._iri(graph)
        for node in nodes:
            self._add_node(node, found)
        return Statements([(name, found)])

    def _add_node(self, node: Node, found: list[Said]) -> Token:
        """Add what a node says to `found`, and return its IRI."""
        kind = node.get("type")
        if "id" not in node or kind not in self._terms:
            raise Unplain
        subject = self._iri(node["id"])
        if kind is not None:
            found.append((subject, _TYPE, self._classes[kind].iri))
        self._add(subject, node, self._terms[kind], found)
        return subject

    def _add(self, subject: Token, said: Node, terms: Terms, found: list[Said]) -> None:
        for key, value in said.items():
            if key in _KEYWORDS:
                continue
            term = terms.get(key)
            if term is None:
                raise Unplain
            if isinstance(term, dict):
                self._add(subject, value, term, found)
                continue
            predicate, refers, datatype, closing = term
            for one in value if isinstance(value, list) else (value,):
                kind = type(one)
                if refers:
                    end = self._add_node(one, found) if kind is dict else self._iri(one)
                    found.append((subject, predicate, end))
                elif kind is str or (kind is int and datatype and abs(one) < _WHOLE):
                    text = str(one)
                    if text.isprintable() and '"' not in text and "\\" not in text:
                        found.append((subject, predicate, f'"{text}{closing}'))
                    else:
                        literal = ox.Literal(text, datatype=datatype)
                        found.append((subject, predicate, str(literal)))
                else:
                    raise Unplain

    def _resolve(self, name: Any) -> Token:
        match = _PLAIN.fullmatch(name) if isinstance(name, str) else None
        if match is None:
            raise Unplain
        space = self._spaces.get(match[1]) if match[1] else self._base
        if space is None:
            raise Unplain
        return str(ox.NamedNode(space + match[2]))

    def _scope(self, key: str, says: Mapping[str, Any]) -> dict[str, Property]:
        inner = says.get("@context")
        if says.keys() != {"@id", "@context"} or not isinstance(inner, dict):
            raise _unknown(key, says)
        return {
            name: self._property(name, each if isinstance(each, dict) else {"@id": each})
            for name, each in inner.items()
        }

    def _property(self, key: str, says: Mapping[str, Any]) -> Property:
        if key in _KEYWORDS or not says.keys() <= {"@id", "@type"}:
            raise _unknown(key, says)
        kind = says.get("@type")
        refers = kind == _REFERENCE
        datatype = ox.NamedNode(self._expand(key, kind)[1:-1]) if kind and not refers else None
        closing = str(ox.Literal("", datatype=datatype))[1:]
        return Property(self._expand(key, says.get("@id")), refers, datatype, closing)

    def _expand(self, key: str, compact: Any) -> Token:
        match = _PLAIN.fullmatch(compact) if isinstance(compact, str) else None
        if match is None or match[1] not in self._spaces:
            raise _unknown(key, compact)
        return self._resolve(compact)


def _within(
    properties: dict[str, Property],
    scope: dict[str, Property],
    nests: dict[str, dict[str, Property]],
) -> Terms:
    """Return what keys mean in a node of a class, and in each nest of such a node."""
    own = {**properties, **scope}
    deeper = {key: {**own, **inner} for key, inner in nests.items() if key not in scope}
    return {**own, **deeper}


def _unknown(key: str, definition: object) -> ValueError:
    return ValueError(f"the context defines '{key}' by {definition!r}, which is not known here")
