#!/usr/bin/env python3
"""Time what the reference data adds to a cold `kg query`: the same records built with and without.

One workspace is built with the reference data as shipped, another with no more of it than its
records name. Whole processes of `kg query` take turns on the two, so that whatever else the machine
does falls on both alike; the medians are compared, of the time on the clock and of that on the
processor, which a busy machine disturbs less.

    python benchmarks/reference_data.py                          # examples/dprk-russia
    python benchmarks/reference_data.py --query timeline --runs 50

The target: at most 20 ms more. Where the answer itself grows with the reference data, the line says
so.
"""

from __future__ import annotations

import argparse
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import pyoxigraph as ox
from cold_query import EXAMPLE, program, timed

import kg
import kg.rooms
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import DEFAULT_BASE, KG

REFERENCE = ("actors.ttl", "places.ttl")
CLAIMS = f"SELECT ?claim WHERE {{ ?claim a <{KG}Claim> }}"
DEFAULTS = [
    ["deployment-figures"],
    ["contradictions"],
    ["claim-status"],
    ["timeline"],
    ["who-speaks-for", "state=south-korea"],
]


def named_in(records: Path) -> set[str]:
    """Return the IRIs that a word of the records can mean, as an actor or as a place."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in records.glob("*.yaml"))
    words = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", text))
    return {f"{DEFAULT_BASE}{kind}/{word}" for kind in ("actor", "place") for word in words}


def cut(file: Path, named: set[str]) -> None:
    """Leave in a file of reference data what is named, and what that hangs on."""
    triples = [quad.triple for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE)]
    around: dict[str, set[str]] = {}
    for triple in triples:
        if isinstance(triple.object, ox.NamedNode):
            around.setdefault(triple.subject.value, set()).add(triple.object.value)
    kept, waiting = set(), list(named)
    while waiting:
        node = waiting.pop()
        if node not in kept:
            kept.add(node)
            waiting.extend(around.get(node, ()))
    left = [triple for triple in triples if triple.subject.value in kept]
    ox.serialize(left, str(file), format=ox.RdfFormat.TURTLE)


def build(root: Path, ontology: Path) -> int:
    """Build the example in `root` on an ontology folder; return the number of quads."""
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".kg"))
    kg.rooms.shipped = lambda name: ontology if name == "ontology" else shipped(name)
    workspace = kg.open(root)
    if not workspace.build().conforms:
        sys.exit("the workspace does not build")
    with workspace.generations.reading() as snapshot:
        return len(snapshot.store)


def spent(call: list[str]) -> tuple[float, float]:
    """Run a command to its end and return its milliseconds on the clock and on the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    clock = timed(call)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return clock, 1000 * worked


def answer(call: list[str]) -> bytes:
    return subprocess.run(call, capture_output=True, check=True).stdout


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--query", action="append", metavar="'NAME key=value …'", help="stored queries to ask"
    )
    parser.add_argument("--runs", type=int, default=20, help="of each, for each line")
    chosen = parser.parse_args()
    asked = [query.split() for query in chosen.query or ()] or [["-e", CLAIMS], *DEFAULTS]
    with tempfile.TemporaryDirectory(prefix="kg-reference-") as folder:
        whole, part = Path(folder) / "whole", Path(folder) / "part"
        ontology = Path(folder) / "ontology"
        shutil.copytree(shipped("ontology"), ontology)
        for name in REFERENCE:
            cut(ontology / name, named_in(EXAMPLE / "records"))
        sizes = build(whole, shipped("ontology")), build(part, ontology)
        print("quads with the reference data {:,}, without {:,}".format(*sizes))
        print(f"{'':<36} {'with ms':>8} {'without':>8} {'ratio':>6} {'added':>6} {'added cpu':>10}")
        for words in asked:
            calls = [
                [program("kg"), "--workspace", str(root), "query", *words, "--format", "csv"]
                for root in (whole, part)
            ]
            same = answer(calls[0]) == answer(calls[1])
            pairs = [[spent(call) for call in calls] for _ in range(chosen.runs)]
            (more, more_cpu), (less, less_cpu) = (
                tuple(map(statistics.median, zip(*side, strict=True)))
                for side in zip(*pairs, strict=True)
            )
            print(
                f"{' '.join(words):<36.36} {more:>8.1f} {less:>8.1f} {more / less:>6.2f}"
                f" {more - less:>6.1f} {more_cpu - less_cpu:>10.1f}"
                f"{'' if same else '  (a longer answer)'}"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
