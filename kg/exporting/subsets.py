"""A part of the graph: the claims of an event, of an actor or of a period, with what they rest on.

What is chosen stays in its graph and is written as the canonical N-Quads have it. With a claim go
all nodes of its article's graph that it leads to (article, event, speaker, quote, evidence) and
the assessments of it, but no other claim.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from kg.errors import CallError
from kg.exporting.graphs import Graph
from kg.querying.ask import ask
from kg.querying.entities import StoredEntities
from kg.records.dates import parse_edtf
from kg.sparql.guard import check_query
from kg.vocabulary.terms import KG, PROV, RDF_TYPE

CONSTRUCTED = "graph/constructed"
_SPEAKS = (f"{PROV}wasAttributedTo", f"{KG}isCarriedBy", f"{KG}isBasedOn")
_CLAIM = f"<{RDF_TYPE}> <{KG}Claim>".encode()
_ASSESSES = f"<{KG}assesses>".encode()
_TERMS = re.compile(rb"^(\S+) (\S+) (<[^>]*>)?")


@dataclass(frozen=True)
class Part:
    """What to choose; where several are given a claim must meet them all.

    Attributes:
        event: id, IRI or name of an event; its parts are chosen with it.
        actor: of an actor who asserts or carries a claim, or whom it is based on.
        period: EDTF; claims whose period touches it.
        construct: text of a CONSTRUCT query, by itself.
    """

    event: str = ""
    actor: str = ""
    period: str = ""
    construct: str = ""


def choose(
    part: Part, store: ox.Store, base: str, graphs: Sequence[Graph], folder: Path
) -> list[Graph]:
    """Write what `part` chooses of `graphs` into `folder` and return it as graphs.

    Raises:
        CallError: a period or a query that is none.
        DataError: no such event or actor.
    """
    if part.construct:
        if part.event or part.actor or part.period:
            raise CallError("A CONSTRUCT query chooses by itself; leave out event, actor, period")
        check_query(part.construct)
        return [_constructed(ask(store, part.construct), base + CONSTRUCTED, folder)]
    entities = StoredEntities(store, base)
    chosen = _instances(store)
    if part.event:
        chosen &= claims_about(store, entities.find("event", part.event))
    if part.actor:
        chosen &= claims_of(store, entities.find("actor", part.actor))
    if part.period:
        try:
            days = parse_edtf(part.period)
        except ValueError as error:
            raise CallError(f"'{part.period}' is no period: {error}") from error
        chosen &= claims_within(store, days.earliest, days.latest)
    return write_subset(graphs, chosen, folder)


def claims_about(store: ox.Store, event: ox.NamedNode) -> set[str]:
    """Return the claims about an event or a part of it."""
    parts = {quad.subject for quad in store.quads_for_pattern(None, _node("isInEvent"), event)}
    return {
        _iri(quad.subject)
        for part in parts | {event}
        for quad in store.quads_for_pattern(None, _node("isAbout"), part)
    }


def claims_of(store: ox.Store, actor: ox.NamedNode) -> set[str]:
    """Return the claims that an actor asserts, carries, or is what they are based on."""
    return {
        _iri(quad.subject)
        for predicate in _SPEAKS
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), actor)
    }


def claims_within(store: ox.Store, earliest: date | None, latest: date | None) -> set[str]:
    """Return the claims whose period touches the days from `earliest` to `latest`."""
    kept = _instances(store)
    if earliest:
        for quad in store.quads_for_pattern(None, _node("periodLatest"), None):
            if _day(quad.object) < earliest.isoformat():
                kept.discard(_iri(quad.subject))
    if latest:
        for quad in store.quads_for_pattern(None, _node("periodEarliest"), None):
            if _day(quad.object) > latest.isoformat():
                kept.discard(_iri(quad.subject))
    return kept


def write_subset(graphs: Sequence[Graph], claims: set[str], folder: Path) -> list[Graph]:
    """Write the part of each graph that belongs to `claims` into `folder`, in the same order."""
    chosen = {f"<{claim}>".encode() for claim in claims}
    written = []
    for graph in graphs:
        lines = _belonging(list(_lines(graph)), chosen)
        if lines:
            written.append(_written(graph.name, lines, folder))
    return written


def _constructed(answer: object, graph: str, folder: Path) -> Graph:
    """Write the triples of a CONSTRUCT or DESCRIBE as the graph `graph`; literals as stored."""
    if not isinstance(answer, ox.QueryTriples):
        raise CallError("A CONSTRUCT query is needed; this one gives no graph")
    name = ox.NamedNode(graph)
    found = ox.Dataset(
        ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in answer
    )
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return _written(graph, sorted(f"{quad} .\n".encode() for quad in found), folder)


def _written(name: str, lines: Sequence[bytes], folder: Path) -> Graph:
    content = b"".join(lines)
    digest = hashlib.sha256(content).hexdigest()
    file = folder / f"{digest}.nq"
    file.write_bytes(content)
    return Graph(name, digest, file)


def _belonging(lines: list[bytes], claims: set[bytes]) -> list[bytes]:
    leads: dict[bytes, set[bytes]] = defaultdict(set)
    others: set[bytes] = set()
    waiting: list[bytes] = []
    for line in lines:
        subject, predicate, target = _terms(line)
        leads[subject].add(target)
        if predicate == _ASSESSES and target in claims:
            waiting.append(subject)
        if _CLAIM in line and subject not in claims:
            others.add(subject)
    waiting += claims & leads.keys()
    kept: set[bytes] = set()
    while waiting:
        node = waiting.pop()
        if node not in kept:
            kept.add(node)
            waiting += [each for each in leads[node] if each in leads and each not in others]
    return [line for line in lines if _terms(line)[0] in kept]


def _terms(line: bytes) -> tuple[bytes, bytes, bytes]:
    match = _TERMS.match(line)
    return (match[1], match[2], match[3] or b"") if match else (b"", b"", b"")


def _lines(graph: Graph) -> Iterator[bytes]:
    with graph.file.open("rb") as source:
        yield from source


def _instances(store: ox.Store) -> set[str]:
    kind = _node("Claim")
    found = store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), kind)
    return {_iri(quad.subject) for quad in found}


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(KG + name)


def _day(term: object) -> str:
    return term.value if isinstance(term, ox.Literal) else ""


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
