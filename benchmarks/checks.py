#!/usr/bin/env python3
"""Time every check across claims: over the whole graph, over ten new claims, and with rdflib.

    python benchmarks/checks.py                        # 20,000 claims
    python benchmarks/checks.py --claims 100000
    python benchmarks/checks.py --rdflib --claims 2000 duplicate-claim part-of-stranger

Over the whole graph a check is asked as it stands, of a store in memory and of one on disk; of ten
new claims it is asked in the small store that the gate makes of them and of what they lead to. The
ratio is that of the two. Processor time is given, the least of some runs. rdflib, with the same
text and graph, is given up after so many seconds.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from generated_claims import Reader, blocks, load_store, mapped, reference, vocabulary

from kg.mapping.statements import DEFAULT_GRAPH, Statements
from kg.validation.checks import Checks
from kg.validation.reach import Reach
from kg.validation.surroundings import Surroundings
from kg.vocabulary.shipped import shipped
from queries import on_rdflib, rdflib_dataset

NEW = 1_000_000 - 1  # the number of a record that no block has


def least(work: Callable[[], Any], repeat: int) -> float:
    """Return the least processor time of some runs, in milliseconds."""
    seconds = []
    for _ in range(repeat):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return min(seconds) * 1000


def rows(store: ox.Store, query: str) -> int:
    """Read all rows, and return how many there are."""
    return sum(1 for _ in store.query(query, use_default_graph_as_union=True))


def in_memory(claims: int) -> ox.Store:
    """Return a store in memory with the reference data and so many claims."""

    def parts() -> Any:
        yield reference(graphs=True)
        yield from blocks(claims, graphs=True)

    store = ox.Store()
    store.bulk_load(Reader(parts()), format=ox.RdfFormat.N_QUADS)
    return store


def contribution(checks: Checks, around: ox.Store) -> ox.Store:
    """Return ten new claims with all that they lead to, as the gate sees them."""
    quads = mapped(NEW)
    statements = Statements.of(quads)
    known = Reach(statements, Surroundings(vocabulary(), around)).known(checks.follows)
    store = ox.Store()
    Statements([*statements.graphs, (DEFAULT_GRAPH, list(known))]).load(store)
    return store


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="CHECK")
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--rdflib", action="store_true", help="also time rdflib")
    parser.add_argument("--seconds", type=int, default=60, help="after which rdflib is given up")
    chosen = parser.parse_args()
    folder = shipped("queries") / "checks"
    checks = Checks((folder,), folder)
    memory = in_memory(chosen.claims)
    few = contribution(checks, memory)
    dataset = rdflib_dataset(memory) if chosen.rdflib else None
    with tempfile.TemporaryDirectory() as place:
        load_store(Path(place), chosen.claims)
        disk = ox.Store.read_only(place)
        print(f"{chosen.claims:,} claims, {len(memory):,} quads; ten new claims, {len(few):,}")
        print(f"{'check':<30}{'rows':>7}{'memory ms':>11}{'disk ms':>10}{'ten ms':>9}{'ratio':>8}")
        sums = [0.0, 0.0, 0.0]
        for check in checks.all:
            if chosen.names and check.file.stem not in chosen.names:
                continue
            query = check.query
            took = [
                least(lambda s=s, q=query: rows(s, q), chosen.repeat) for s in (memory, disk, few)
            ]
            sums = [total + each for total, each in zip(sums, took, strict=True)]
            line = f"{check.file.stem:<30}{rows(memory, query):>7}{took[0]:>11.1f}{took[1]:>10.1f}"
            line += f"{took[2]:>9.2f}{took[0] / took[2]:>8.0f}"
            if dataset is not None:
                theirs = on_rdflib(dataset, query, chosen.seconds)
                shown = f">{chosen.seconds}" if theirs is None else f"{theirs:.2f}"
                times = (theirs or chosen.seconds) * 1000 / took[0]
                line += f"  rdflib {shown} s, {times:.0f} times"
            print(line, flush=True)
        print(
            f"{'all':<37}{sums[0]:>11.1f}{sums[1]:>10.1f}{sums[2]:>9.2f}{sums[0] / sums[2]:>8.0f}"
        )


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
