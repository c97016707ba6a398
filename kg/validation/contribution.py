"""What a contribution in RDF may hold: claims and what they speak of, each under its address.

A blank node cannot be named again, terms and desks are declared elsewhere, imports are not
followed. What is of another kind is told and left out of what shapes and checks look at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import pyoxigraph as ox

from kg.records.document import Problem, refuse_control
from kg.shacl import ShaclResult
from kg.validation.graph_results import graph_result
from kg.validation.precautions import NO_TRIPLE_TERMS
from kg.validation.rdf import BAD_IRI, BAD_LANGUAGE, NOWHERE, RELATIVE_IRI
from kg.validation.term_uses import not_declared
from kg.vocabulary.terms import KG, KGS, KGSH, OWL, RDF_TYPE, XSD

MAX_BLANK_NODES = 32
MAX_TEXT = 100_000
MAX_NUMBER = 64
MAX_VALUES = 1_000
_RDF = RDF_TYPE.removesuffix("type")
_TYPE = ox.NamedNode(RDF_TYPE)
_IMPORTS = ox.NamedNode(f"{OWL}imports")
_ARTICLE = ox.NamedNode(f"{KG}Article")
_DESK = ox.NamedNode(f"{KG}Desk")
_DERIVED = ox.NamedNode(f"{KG}fallsUnder")
_TERMS = (KG, KGS, KGSH)
_TEXTS = {f"{XSD}string", f"{XSD}anyURI", f"{_RDF}langString"}
_PARSED = {f"{_RDF}HTML", f"{_RDF}XMLLiteral", f"{_RDF}JSON"}
_RELATIVE = NOWHERE.rstrip("/")
_NUMBER = re.compile(r"[0-9A-Za-z+:.-]*")


class LookedThrough(NamedTuple):
    """What shapes and checks look at, and the code and result of what is wrong with the rest."""

    quads: list[ox.Quad]
    results: list[tuple[str, ShaclResult]]


def look_through(quads: Sequence[ox.Quad], known: Collection[ox.Triple]) -> LookedThrough:
    """Part what a contribution may say from what it may not.

    Args:
        quads: as they were read.
        known: the terms and desks that are declared where they belong.
    """
    reader = _Reader(quads, known)
    kept = [] if reader.crowded() else [quad for quad in quads if reader.accepts(quad)]
    article = _only_article(kept)
    return LookedThrough([_defused(quad, article) for quad in kept], list(reader.results))


@dataclass
class _Reader:
    quads: Sequence[ox.Quad]
    known: Collection[ox.Triple]
    results: dict[tuple[str, ShaclResult], None] = field(default_factory=dict)

    def crowded(self) -> bool:
        """Whether there are too many blank nodes, or values of one property, to go on."""
        blank = {
            node.value: None
            for quad in self.quads
            for node in (quad.subject, quad.object, quad.graph_name)
            if isinstance(node, ox.BlankNode)
        }
        if len(blank) > MAX_BLANK_NODES:
            message = (
                f"This contribution has {len(blank):,} nodes without an address, and at most "
                f"{MAX_BLANK_NODES} are read. Give every node an address."
            )
            self._remark(Problem("blank-node", message), f"_:{next(iter(blank))}")
        values = Counter((quad.subject, quad.predicate) for quad in self.quads)
        for (subject, predicate), count in values.items():
            if count > MAX_VALUES:
                message = f"This has {count:,} values, and at most {MAX_VALUES:,} are read."
                self._remark(Problem("too-many-values", message), subject, predicate)
        return bool(self.results)

    def accepts(self, quad: ox.Quad) -> bool:
        """Whether a contribution may say `quad`."""
        looks = (
            *(self._is_addressed, self._is_named, self._is_data, self._is_declared),
            self._is_readable,
        )
        return all(look(quad) for look in looks)

    def _is_addressed(self, quad: ox.Quad) -> bool:
        """Whether all IRIs of `quad` are whole ones."""
        wrong = [
            node.value
            for node in (quad.subject, quad.predicate, quad.object, quad.graph_name)
            if isinstance(node, ox.NamedNode) and node.value not in self._good_iris
        ]
        for iri in wrong:
            if iri.startswith(_RELATIVE):
                self._remark(Problem("relative-iri", RELATIVE_IRI), iri.removeprefix(NOWHERE))
            else:
                self._remark(Problem("bad-iri", BAD_IRI), iri)
        return not wrong

    @cached_property
    def _good_iris(self) -> frozenset[str]:
        every = {
            node.value
            for quad in self.quads
            for node in (quad.subject, quad.predicate, quad.object, quad.graph_name)
            if isinstance(node, ox.NamedNode)
        }
        return frozenset(iri for iri in every if _is_iri(iri))

    def _is_named(self, quad: ox.Quad) -> bool:
        """Whether `quad` says nothing in our words of a node without an address."""
        ours = quad.predicate.value.startswith(KG) or _text(quad.object).startswith(KG)
        if isinstance(quad.subject, ox.BlankNode) and ours:
            message = "This has no address, so that nobody can refer to it. Give it one."
            self._remark(Problem("blank-node", message), quad.subject)
            return False
        return True

    def _is_data(self, quad: ox.Quad) -> bool:
        """Whether `quad` is a statement of a contribution, and not of an ontology or workspace."""
        if quad.predicate == _IMPORTS:
            message = (
                "Imports are not followed, and nothing is fetched. Hand in what is imported, or "
                "take this out."
            )
            problem = Problem("owl-import", message, value=_text(quad.object))
            self._remark(problem, quad.subject, quad.predicate)
            return False
        term = isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(_TERMS)
        desk = quad.predicate == _TYPE and quad.object == _DESK
        made = quad.predicate == _DERIVED  # a build makes it, and an export carries it
        if (term or desk) and not made and quad.triple not in self.known:
            where = "in the folder ontology/" if term else "in kg.toml"
            message = f"A workspace declares this {where}; a contribution does not. Take it out."
            self._remark(Problem("declared-in-data", message), quad.subject)
            return False
        return True

    def _is_declared(self, quad: ox.Quad) -> bool:
        """Whether our property or class that `quad` uses exists; no shape looks at one that not."""
        used = {quad.predicate.value: quad.predicate.value}
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            used[quad.object.value] = RDF_TYPE
        for iri, predicate in used.items():
            if iri.startswith(KG) and iri not in self._declared:
                problem = Problem("undeclared-term", not_declared(iri, self._declared), value=iri)
                self._remark(problem, quad.subject, predicate)
                return False
        return True

    @cached_property
    def _declared(self) -> frozenset[str]:
        typed = (triple.subject for triple in self.known if triple.predicate == _TYPE)
        return frozenset(node.value for node in typed if isinstance(node, ox.NamedNode))

    def _is_readable(self, quad: ox.Quad) -> bool:
        """Whether the text or number that `quad` gives is one, and of a length that is read."""
        said = quad.object
        if isinstance(said, ox.Triple):
            self._remark(Problem("triple-term", NO_TRIPLE_TERMS), quad.subject, quad.predicate)
            return False
        if not isinstance(said, ox.Literal):
            return True
        if wrong := refuse_control(said.value):
            problem = Problem("control-character", f"{wrong}.")
            self._remark(problem, quad.subject, quad.predicate)
        if said.language and (said.direction or not _is_language(said.language)):
            problem = Problem("bad-language-tag", BAD_LANGUAGE, value=said.language)
            self._remark(problem, quad.subject, quad.predicate)
            return False
        if len(said.value) > MAX_TEXT:
            message = f"This text is longer than the {MAX_TEXT:,} characters that are read."
            self._remark(Problem("literal-too-long", message), quad.subject, quad.predicate)
            return False
        return True

    def _remark(self, problem: Problem, subject: object, predicate: object = None) -> None:
        path = None if predicate is None else _text(predicate)
        self.results[graph_result(problem, "contribution", _text(subject), path)] = None


def _is_iri(text: str) -> bool:
    if text.startswith(_RELATIVE):
        return False
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _is_language(tag: str) -> bool:
    try:
        ox.Literal("", language=tag)
    except ValueError:
        return False
    return True


def _text(term: object) -> str:
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    return str(getattr(term, "value", term))


def _only_article(quads: Iterable[ox.Quad]) -> ox.NamedNode | None:
    """Return the article that `quads` describe, if it is one alone."""
    articles = {
        quad.subject for quad in quads if quad.predicate == _TYPE and quad.object == _ARTICLE
    }
    only = articles.pop() if len(articles) == 1 else None
    return only if isinstance(only, ox.NamedNode) else None


def _defused(quad: ox.Quad, article: ox.NamedNode | None) -> ox.Quad:
    """Return `quad` as shapes and checks take it.

    In formats without graphs, what a file says of its one article is that article's graph. A
    number or date that no program should try to read stays as text, and is told to be of the
    wrong type.
    """
    home = article if isinstance(quad.graph_name, ox.DefaultGraph) else None
    said = quad.object
    text = said.value if isinstance(said, ox.Literal) and _is_heavy(said) else None
    if home is None and text is None:
        return quad
    said = said if text is None else ox.Literal(text)
    return ox.Quad(quad.subject, quad.predicate, said, home or quad.graph_name)


def _is_heavy(said: ox.Literal) -> bool:
    """Whether reading a literal by its datatype could cost far more than its length."""
    datatype = said.datatype.value
    if datatype in _PARSED:
        return True
    if datatype in _TEXTS or not datatype.startswith(XSD):
        return False
    short = len(said.value) <= MAX_NUMBER and _NUMBER.fullmatch(said.value)
    exponent = datatype == f"{XSD}decimal" and "e" in said.value.lower()
    return not short or exponent or datatype.lower().endswith("duration")
