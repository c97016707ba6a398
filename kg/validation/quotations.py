"""Quotes and names of a contribution in RDF, held against the article's text where it is at hand.

A contribution may come from elsewhere, and its article's text need not lie in this workspace. Where
it does, its quotes stand in it character for character, as those of records do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kg.articles.text import Text
from kg.records.document import Problem
from kg.records.spans import span_problems
from kg.shacl import ShaclResult
from kg.validation.evidence import text_at
from kg.validation.graph_results import graph_result
from kg.validation.surroundings import Surroundings
from kg.vocabulary.terms import KG, OA, PROV

# Explaining what is wrong with a quote reads all of the text.
MAX_EXPLAINED = 100
_QUOTE = ox.NamedNode(f"{KG}hasQuote")
_EXACT = ox.NamedNode(f"{OA}exact")
_NAME = ox.NamedNode(f"{KG}nameAsStated")
_START = ox.NamedNode(f"{OA}start")
_END = ox.NamedNode(f"{OA}end")
_ARTICLE = ox.NamedNode(f"{PROV}wasDerivedFrom")
_PATH = ox.NamedNode(f"{KG}textPath")
_DIGEST = ox.NamedNode(f"{KG}textDigest")


def quotation_results(
    quads: Sequence[ox.Quad], surroundings: Surroundings, workspace: Path
) -> Iterator[tuple[str, ShaclResult]]:
    """Yield the code and result of every digest, quote and name that the texts do not bear out."""
    yield from islice(_Reader(quads, surroundings, workspace).results(), MAX_EXPLAINED)


@dataclass(frozen=True)
class _Reader:
    quads: Sequence[ox.Quad]
    surroundings: Surroundings
    workspace: Path

    def results(self) -> Iterator[tuple[str, ShaclResult]]:
        for article, told in self._own.items():
            if _PATH in told and (wrong := self._digest(article)):
                yield _result(article, _DIGEST, wrong)
            if _PATH in told and (outside := self._outside(article)):
                yield _result(article, _PATH, outside)
        for quad in self.quads:
            if quad.predicate == _QUOTE:
                yield from self._span(quad.object, _EXACT, self._text_of(quad.subject))
            elif quad.predicate == _NAME:
                yield from self._span(quad.subject, _NAME, self._text_of(quad.subject))

    @cached_property
    def _own(self) -> dict[object, dict[ox.NamedNode, list[object]]]:
        found: dict[object, dict[ox.NamedNode, list[object]]] = {}
        for quad in self.quads:
            values = found.setdefault(quad.subject, defaultdict(list))
            values[quad.predicate].append(quad.object)
        return found

    @cached_property
    def _texts(self) -> dict[object, Text | None]:
        return {}

    def _said(self, node: object, predicate: ox.NamedNode) -> object:
        """Return the one value of a property, None where there is none or several."""
        values = self._own.get(node, {}).get(predicate, [])
        if node not in self._own and isinstance(node, ox.NamedNode):
            around = self.surroundings.describe(node)
            values = list({triple.object for triple in around if triple.predicate == predicate})
        return values[0] if len(values) == 1 else None

    def _text_of(self, node: object) -> Text | None:
        """Return the text of the article that something comes from, if it is the one that was read.

        Of another text, what stands where says nothing.
        """
        article = self._said(node, _ARTICLE)
        if article not in self._texts:
            self._texts[article] = None if self._digest(article) else self._stored(article)
        return self._texts[article]

    def _digest(self, article: object) -> Problem | None:
        text = self._stored(article)
        if text is None or _literal(self._said(article, _DIGEST)) in (None, text.sha256):
            return None
        message = f"The text has the SHA-256 {text.sha256}; it is not the one that was read"
        return Problem("digest-mismatch", message)

    def _stored(self, article: object) -> Text | None:
        path = _literal(self._said(article, _PATH))
        found = None if path is None else text_at(self.workspace, path)
        return found if isinstance(found, Text) else None

    def _outside(self, article: object) -> Problem | None:
        """Return what is wrong with a path that leads out; a text may be absent otherwise."""
        path = _literal(self._said(article, _PATH))
        found = None if path is None else text_at(self.workspace, path)
        outside = isinstance(found, Problem) and found.code == "text-outside-workspace"
        return found if outside and isinstance(found, Problem) else None

    def _span(
        self, node: object, predicate: ox.NamedNode, text: Text | None
    ) -> Iterator[tuple[str, ShaclResult]]:
        words = _literal(self._said(node, predicate))
        start, end = self._offset(node, _START), self._offset(node, _END)
        if text is None or not words or start is None or end is None or start > end:
            return  # shapes say what is missing or no offset
        for problem in span_problems(text.content, (), "exact", words, start, first=False):
            at = _START if problem.code == "quote-offset" else predicate
            yield _result(node, at, problem)

    def _offset(self, node: object, predicate: ox.NamedNode) -> int | None:
        value = _literal(self._said(node, predicate))
        return int(value) if value and value.isdecimal() and len(value) < 18 else None


def _literal(value: object) -> str | None:
    return value.value if isinstance(value, ox.Literal) else None


def _result(node: object, predicate: ox.NamedNode, problem: Problem) -> tuple[str, ShaclResult]:
    name = str(getattr(node, "value", node))
    return graph_result(problem, "quotations", name, predicate.value)
