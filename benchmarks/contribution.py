#!/usr/bin/env python3
"""Time the gate's shapes on ten new claims, beside stores of very different sizes.

Each contribution is one generated record of ten claims about events that the store knows. Timed is
the engine alone: quads in, findings out, the store open and the shapes compiled. The sizes take
turns, so that whatever else the machine does falls on all alike. Beside the smallest, pySHACL does
the same with focus_nodes on the merged graph in memory; loading is left out of its time too.

    python benchmarks/contribution.py                                # 10,000 and 100,000 claims
    python benchmarks/contribution.py --claims 10000 100000 1000000 --stores DIR --runs 200

A store of a million claims takes 9 GB of disk and some ten minutes; --stores keeps it for the next
time.

The targets: a median of 20 ms or less at each size, the largest at most twice the smallest, and an
equal number of index look-ups.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
from generated_claims import load_store, mapped, mapper, vocabulary

import kg.validation.shapes as gate_shapes
from kg.config import SHIPPED_DESKS
from kg.shacl.graph import Graph, Triple
from kg.shacl.neighbourhood import Neighbourhood
from kg.validation.shapes import Shapes
from kg.validation.surroundings import Surroundings
from kg.vocabulary.shipped import shipped

KINDS = 36


class Cost(NamedTuple):
    """What one contribution took: wall and processor milliseconds, and look-ups."""

    wall: float
    cpu: float
    lookups: int


class Counted(Neighbourhood):
    """A neighbourhood that remembers the last one made, for its number of look-ups."""

    last: Neighbourhood

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        Counted.last = self


def contributions(number: int) -> list[list[ox.Quad]]:
    """Return new records, each of ten claims about events of the store's first stories."""
    texts = ["".join(f"{quad} .\n" for quad in mapped(index)) for index in range(KINDS)]
    found = []
    for index in range(number):
        kind = index % KINDS
        text = texts[kind].replace(f"generated-{kind:06}", f"new-{index:06}")
        found.append(list(ox.parse(text, format=ox.RdfFormat.N_QUADS)))
    return found


def judged(shapes: Shapes, quads: Sequence[ox.Quad], surroundings: Surroundings) -> Cost:
    """Judge one contribution as the gate does, which has it replace its article's graph."""
    began, worked = time.perf_counter(), time.process_time()
    own = Graph((str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads)
    found = list(shapes.results(own, surroundings))
    worked, ended = time.process_time() - worked, time.perf_counter()
    if any(result.severity == "error" for _, result in found):
        sys.exit(f"a good contribution has findings: {found[0]}")
    return Cost(1000 * (ended - began), 1000 * worked, Counted.last.lookups)


def at_each_size(
    stores: dict[int, ox.Store], shapes: Shapes, given: Sequence[list[ox.Quad]]
) -> dict[int, list[Cost]]:
    """Judge every contribution beside every store, the stores in turn."""
    desks = tuple(quad.triple for quad in mapper().desks(SHIPPED_DESKS))
    around = {
        size: Surroundings(vocabulary(), store, desks=desks) for size, store in stores.items()
    }
    for surroundings in around.values():  # compiles the shapes and warms caches
        judged(shapes, given[0], surroundings)
    costs: dict[int, list[Cost]] = {size: [] for size in stores}
    for quads in given:
        graphs = frozenset(quad.graph_name.value for quad in quads)  # type: ignore[union-attr]
        for size, surroundings in around.items():
            costs[size].append(judged(shapes, quads, replace(surroundings, replaced=graphs)))
    return costs


def by_pyshacl(store: ox.Store, shapes: Shapes, given: Sequence[list[ox.Quad]]) -> list[Cost]:
    """Judge contributions with pySHACL, each merged into the graph and taken out again."""
    from pyshacl import validate

    from kg.shacl.reference import as_rdflib

    graph = as_rdflib(Graph(_triples((*store, *mapper().desks(SHIPPED_DESKS)))))
    shapes_graph = as_rdflib(shapes.graph)
    costs = []
    for quads in given:
        new = list(as_rdflib(Graph(_triples(quads))))
        added = [triple for triple in new if triple not in graph]
        nodes = sorted({str(subject) for subject, _, _ in new})
        for triple in added:
            graph.add(triple)
        began, worked = time.perf_counter(), time.process_time()
        validate(graph, shacl_graph=shapes_graph, inplace=True, focus_nodes=nodes)
        worked, ended = time.process_time() - worked, time.perf_counter()
        for triple in added:
            graph.remove(triple)
        costs.append(Cost(1000 * (ended - began), 1000 * worked, 0))
    return costs


def _triples(quads: Iterable[ox.Quad]) -> Iterator[Triple]:
    for quad in quads:
        yield str(quad.subject), str(quad.predicate), str(quad.object)


def show(name: str, costs: Sequence[Cost], base: float) -> None:
    """Print one line of the table."""
    walls = sorted(cost.wall for cost in costs)
    median = statistics.median(walls)
    lookups = sorted({cost.lookups for cost in costs})
    asked = f"{lookups[0]}–{lookups[-1]}" if lookups[-1] else "–"
    cpu = statistics.median(cost.cpu for cost in costs)
    ninth = walls[len(walls) * 9 // 10]
    print(f"{name:<22} {median:>9.1f} {ninth:>9.1f} {cpu:>9.1f} {median / base:>7.2f} {asked:>9}")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000], metavar="N")
    parser.add_argument("--runs", type=int, default=200, help="contributions beside each store")
    parser.add_argument("--pyshacl-runs", type=int, default=3, metavar="N", help="0: none")
    parser.add_argument("--stores", type=Path, metavar="DIR", help="keep the stores there")
    chosen = parser.parse_args()
    gate_shapes.Neighbourhood = Counted  # type: ignore[misc]
    shapes = Shapes((shipped("shapes"),))
    given = contributions(max(chosen.runs, chosen.pyshacl_runs))
    with tempfile.TemporaryDirectory(prefix="kg-contribution-") as folder:
        sizes = sorted(chosen.claims)
        stores = {size: opened(chosen.stores or Path(folder), size) for size in sizes}
        heads = ("median ms", "90 % ms", "cpu ms")
        print(f"{'claims':<22}", *(f"{head:>9}" for head in heads), f"{'ratio':>7} {'look-ups':>9}")
        costs = at_each_size(stores, shapes, given[: chosen.runs])
        base = statistics.median(cost.wall for cost in costs[sizes[0]])
        for size in sizes:
            show(f"{size:,}", costs[size], base)
        pairs = zip(*costs.values(), strict=True)
        differing = sum(len({cost.lookups for cost in pair}) > 1 for pair in pairs)
        print(f"contributions with another number of look-ups at another size: {differing}")
        if chosen.pyshacl_runs:
            found = by_pyshacl(stores[sizes[0]], shapes, given[: chosen.pyshacl_runs])
            show(f"{sizes[0]:,} pySHACL", found, base)


def opened(folder: Path, claims: int) -> ox.Store:
    """Return the store of that size, made if it is not there yet."""
    place = folder / str(claims)
    if not place.exists():
        unfinished = folder / f"{claims}.part"
        shutil.rmtree(unfinished, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        load_store(unfinished, claims)
        unfinished.rename(place)
    return ox.Store.read_only(str(place))


if __name__ == "__main__":
    main()
