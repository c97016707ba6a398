"""The graph of a fixture: hand-written records, the reference data they name, what is derived.

And what they name that nothing has, and how a fixture writes the terms of the graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from kg.building.derived import derived_quads
from kg.errors import DataError
from kg.mapping.completing import complete, complete_assessment
from kg.mapping.quads import Mapper
from kg.records.document import Problem
from kg.records.model import AssessmentFile, Record
from kg.records.reader import Reading, read
from kg.validation.references import References, declared_by
from kg.validation.surroundings import Surroundings
from kg.vocabulary.terms import KG, KGS, RDF_TYPE, REFERENCE_GRAPH, SKOS
from kg.vocabulary.vocabulary import Vocabulary

MAPPED_AT = datetime(2024, 12, 1, 12, tzinfo=UTC)
_LABELS = frozenset((RDF_TYPE, SKOS + "prefLabel", SKOS + "altLabel", SKOS + "broader"))
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class _Plain(yaml.SafeDumper):
    """Writes what a fixture shares between claims out in each: records know no anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the library's signature
        return True


class FixtureGraphs:
    """Makes the graphs of fixtures.

    What every record has and no row depends on may be left out of a fixture's: the article's title
    (its id), publisher (unknown-outlet), day (2024-10-18) and digest, a claim's quote (``words of
    ID``), its modality (actual), polarity (affirmed) and speaker (unknown-outlet).
    """

    def __init__(
        self, vocabulary: Vocabulary, mapper: Mapper, desks: Mapping[str, str], base: str
    ) -> None:
        """Take the reference data, what makes quads of records, the desks and the base IRI."""
        self.vocabulary, self.mapper = vocabulary, mapper
        self.desks, self.base = dict(desks), base

    def store_of(self, records: list[dict[str, Any]]) -> ox.Store:
        """Return a store with `records`, the reference data they name, and the derived graph.

        Raises:
            DataError: one of them is no record.
        """
        store = ox.Store()
        reference = ox.NamedNode(self.base + REFERENCE_GRAPH)
        store.bulk_extend(
            ox.Quad(triple.subject, triple.predicate, triple.object, reference)
            for triple in self._reference(yaml.safe_dump(records))
        )
        store.bulk_extend(self.mapper.desks(self.desks))
        for record in records:
            store.bulk_extend(self._quads(_read(record)))
        store.bulk_extend(derived_quads(store, self.base))
        return store

    def strangers(self, records: list[dict[str, Any]]) -> Iterator[tuple[int, Problem]]:
        """Yield what `records` name that neither they nor the reference data have, and in which.

        Raises:
            DataError: one of them is no record.
        """
        readings = [_read(record) for record in records]
        around = Surroundings(self.vocabulary)
        references = References(around, declared_by(readings), self.desks)
        for number, reading in enumerate(readings):
            for problem in references.problems(reading):
                if problem.severity == "error":
                    yield number, problem

    @cached_property
    def _labelled(self) -> dict[str, list[ox.Triple]]:
        """The reference triples by subject: terms, schemes, actors and places, notes left out."""
        found: dict[str, list[ox.Triple]] = {}
        for triple in self.vocabulary.triples:
            is_data = getattr(triple.subject, "value", "").startswith(self.base)
            wanted = triple.predicate.value in _LABELS or is_data
            if isinstance(triple.subject, ox.NamedNode) and wanted:
                found.setdefault(triple.subject.value, []).append(triple)
        return found

    def _reference(self, text: str) -> Iterator[ox.Triple]:
        """Yield the terms and schemes, and those actors and places that `text` names, and theirs.

        A fixture is asked in milliseconds only where it does not hold all of them.
        """
        triples = self._labelled
        waiting = [iri for iri in triples if iri.startswith((KG, KGS))]
        for word in {*_ID.findall(text), "unknown-outlet"}:
            named = (f"{self.base}{kind}/{word}" for kind in ("actor", "place"))
            waiting += [iri for iri in named if iri in triples]
        seen: set[str] = set()
        while waiting:
            iri = waiting.pop()
            if iri in seen:
                continue
            seen.add(iri)
            for triple in triples.get(iri, ()):
                yield triple
                if iri.startswith(self.base) and isinstance(triple.object, ox.NamedNode):
                    waiting.append(triple.object.value)

    def _quads(self, reading: Reading) -> Iterator[ox.Quad]:
        typed = reading.record
        if isinstance(typed, AssessmentFile):
            yield from self.mapper.assessments(
                complete_assessment(each, f"claim/{each.claim}") for each in typed.assessments
            )
        elif isinstance(typed, Record):
            nodes = complete(typed, lambda _: 0, lambda name: name in self.vocabulary.actors)
            yield from self.mapper.article(typed.article.id, nodes)
            path = f"records/{typed.article.id}.yaml"
            yield from self.mapper.run(typed.article.id, path, "0.1.0", MAPPED_AT)


def _read(record: dict[str, Any]) -> Reading:
    content = yaml.dump(full(record), Dumper=_Plain, allow_unicode=True).encode()
    (reading,) = read(Path("fixture.yaml"), content)
    if reading.problems:
        raise DataError("; ".join(problem.message for problem in reading.problems))
    return reading


def full(record: dict[str, Any]) -> dict[str, Any]:
    """Return `record` with what a fixture may leave out."""
    if "article" not in record:
        return {"communique": 1, **record}
    article = record["article"]
    defaults = {
        "title": article["id"],
        "publisher": "unknown-outlet",
        "published": "2024-10-18",
        "language": "en",
        "text": f"articles/{article['id']}.txt",
        "sha256": "0" * 64,
    }
    claims = [
        {
            "modality": "actual",
            "polarity": "affirmed",
            "speaker": "unknown-outlet",
            "quote": {"exact": f"words of {claim['id']}", "start": 0},
            **claim,
        }
        for claim in record.get("claims", ())
    ]
    return {"communique": 1, **record, "article": {**defaults, **article}, "claims": claims}


def short(term: Any, base: str) -> str | None:
    """Return a term as a fixture writes it: a short IRI, or the text of a literal."""
    if term is None:
        return None
    text = str(term.value)
    shorts = (("id:", base), ("kgs:", KGS), ("kg:", KG))
    if isinstance(term, ox.NamedNode):
        found = (to + text.removeprefix(long) for to, long in shorts if text.startswith(long))
        return next(found, text)
    return text.replace(base, "id:").replace(KGS, "kgs:")
