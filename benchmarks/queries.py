#!/usr/bin/env python3
"""Time every stored query through kg, beside raw pyoxigraph and rdflib with the same text.

    python benchmarks/queries.py DIR --repeat 3
    python benchmarks/queries.py DIR --rdflib --times 8 corroboration timeline

DIR is a workspace that has been built; benchmarks/generate_records.py writes one. Queries run as
they stand, without parameters, but for those that need one and those named in ASKED, whose whole
answer has no bound. All rows are read. Seconds are those of the processor, so that others at work
on the machine count less. kg and raw pyoxigraph take turns at being first; what takes longer than
--enough for all its runs is run fewer times, and what is quick more often, as the median of three
runs of some milliseconds is noise. rdflib, in memory, is given up after so many seconds of the
processor, or so many times what kg took; beside it stands what raw pyoxigraph takes on the same
quads in memory, as kg's are read from disk. The time of stale-quotes through kg is also that of
looking for the articles' texts, which the text it asks then only names.
"""

from __future__ import annotations

import argparse
import multiprocessing
import signal
import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import Dataset, Literal, URIRef

import kg
from kg.querying.entities import StoredEntities
from kg.querying.given import given_values
from kg.querying.parameters import bind

FIXED = 0.005
QUICK = 0.5
OFTEN = 15
# What denials leave undenied between two states is every claim about them, for each denial.
ASKED = {
    "undenied": {"event": "deployment-00000"},
    "agreements-in-force": {"party": "russia", "day": "2024-12-31"},
    "provenance": {"claim": "generated-000000/c1"},
}


class GivenUp(Exception):
    """It takes too long."""


def medians(
    works: list[Callable[[], int]], repeat: int, enough: float
) -> tuple[list[float], int, int]:
    """Return the median of the runs of each, taken in turns, how many rows, and how many runs."""
    seconds: list[list[float]] = [[] for _ in works]
    rows = runs = 0
    while runs < repeat or (runs < OFTEN and sum(seconds[0]) < QUICK):
        turns = list(zip(works, seconds, strict=True))
        for work, taken in turns if runs % 2 else reversed(turns):
            began = time.process_time()
            rows = work()
            taken.append(time.process_time() - began)
        runs += 1
        if sum(seconds[0]) > enough:
            break
    return [statistics.median(taken) for taken in seconds], rows, runs


def through_kg(workspace: kg.Workspace, name: str, given: dict[str, str]) -> int:
    with workspace.asking(name, given) as answer:
        return sum(1 for _ in answer)


def raw(folder: Path, text: str) -> int:
    store = ox.Store.read_only(str(folder))
    return counted(store, text)


def counted(store: ox.Store, text: str) -> int:
    return sum(1 for _ in store.query(text, use_default_graph_as_union=True))


def asked(workspace: kg.Workspace, name: str, store: ox.Store) -> str:
    """Return the text that kg asks, with what it puts into it itself."""
    query = workspace.catalogue.find(name)
    known = given_values(query.given, store, workspace.root)
    return bind(query, ASKED.get(name, {}), StoredEntities(store, workspace.config.base), known)


def measure(folder: Path, name: str, repeat: int, enough: float, result: Connection) -> None:
    """Send the numbers of rows and of runs, and the medians through kg and of raw pyoxigraph."""
    workspace, given = kg.open(folder), ASKED.get(name, {})
    with workspace.generations.reading() as snapshot:
        text = asked(workspace, name, snapshot.store)
        store = snapshot.folder / "store"
        (ours, bare), rows, runs = medians(
            [lambda: through_kg(workspace, name, given), lambda: raw(store, text)], repeat, enough
        )
    result.send((rows, runs, ours, bare))


def on_oxigraph(
    folder: Path, name: str, repeat: int, enough: float, seconds: int
) -> tuple[int, int, float, float] | None:
    """Return what `measure` sends, None if one run takes more than so many seconds."""
    result, sender = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("spawn").Process(
        target=measure, args=(folder, name, repeat, enough, sender), daemon=True
    )
    child.start()
    sender.close()
    try:
        return result.recv() if result.poll(2 * max(repeat, OFTEN) * seconds) else None
    finally:
        child.terminate()
        child.join()


def in_memory(store: ox.Store) -> ox.Store:
    copy = ox.Store()
    copy.bulk_extend(store)
    return copy


def rdflib_dataset(store: ox.Store) -> Dataset:
    dataset = Dataset(default_union=True)
    graphs: dict[str, Any] = {}
    for quad in store:
        name = quad.graph_name.value
        graph = graphs.setdefault(name, dataset.graph(URIRef(name)))
        graph.add(tuple(_term(term) for term in quad.triple))
    return dataset


def _term(term: Any) -> URIRef | Literal:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)


def on_rdflib(dataset: Dataset, text: str, seconds: float) -> float | None:
    def give_up(*_: object) -> None:
        raise GivenUp

    signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    began = time.process_time()
    try:
        len(list(dataset.query(text)))
        return time.process_time() - began
    except GivenUp:
        return None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("workspace", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--enough", type=float, default=10.0, help="seconds for all runs of one")
    parser.add_argument("--rdflib", action="store_true", help="also time rdflib")
    parser.add_argument("--seconds", type=int, default=60, help="for one run")
    parser.add_argument("--times", type=float, help="for one of rdflib: so many times kg's")
    chosen = parser.parse_intermixed_args()
    workspace = kg.open(chosen.workspace)
    head = f"{'query':<26}{'rows':>9}{'runs':>5}{'kg s':>9}{'raw s':>9}{'ratio':>7}"
    memory = f"{'rdflib s':>10}{'times':>8}{'memory s':>10}{'times':>8}"
    print(head + (memory if chosen.rdflib else ""))
    with workspace.generations.reading() as snapshot:
        dataset = rdflib_dataset(snapshot.store) if chosen.rdflib else None
        copy = in_memory(snapshot.store) if chosen.rdflib else None
        for name in chosen.names or workspace.catalogue.names():
            try:
                text = asked(workspace, name, snapshot.store)
            except kg.errors.DataError as error:
                print(f"{name:<26} {error}")
                continue
            found = on_oxigraph(
                chosen.workspace, name, chosen.repeat, chosen.enough, chosen.seconds
            )
            if found is None:
                print(f"{name:<26} given up", flush=True)
                continue
            rows, runs, ours, bare = found
            ratio = max(ours - FIXED, 0) / bare
            line = f"{name:<26}{rows:>9,}{runs:>5}{ours:>9.3f}{bare:>9.3f}{ratio:>7.2f}"
            if dataset is not None and copy is not None:
                limit = chosen.times * ours if chosen.times else chosen.seconds
                theirs = on_rdflib(dataset, text, limit)
                line += f"{f'>{limit:.1f}' if theirs is None else f'{theirs:.2f}':>10}"
                line += f"{(theirs or limit) / ours:>8.1f}"
                began = time.process_time()
                counted(copy, text)
                memory_taken = time.process_time() - began
                line += f"{memory_taken:>10.3f}{(theirs or limit) / memory_taken:>8.1f}"
            print(line, flush=True)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
