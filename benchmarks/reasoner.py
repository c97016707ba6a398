#!/usr/bin/env python3
"""Time HermiT over the shipped ontology, and `kg ontology check` as a whole.

The reasoner is compared with what must be done without it too: reading the Turtle and converting it
for owlready2. The best of several runs counts.

    python benchmarks/reasoner.py

The target: HermiT under 10 s.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import kg
from kg.ontologies.load import load_ontology
from kg.ontologies.reason import reason
from kg.vocabulary.shipped import shipped

BUDGET = 10.0


def best(action: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    files = sorted(shipped("ontology").rglob("*.ttl"))
    load = best(lambda: load_ontology(files), runs)
    hermit = best(lambda: reason(load_ontology(files)), runs) - load
    with TemporaryDirectory() as folder:
        (Path(folder) / "kg.toml").write_text("[workspace]\n", encoding="utf-8")
        check = best(kg.open(folder).check_ontology, runs)
    print(f"{'':<20} {'seconds':>8} {'to loading':>11} {'to the budget':>14}")
    for name, seconds in (("loading", load), ("HermiT", hermit), ("kg ontology check", check)):
        print(f"{name:<20} {seconds:>8.2f} {seconds / load:>11.2f} {seconds / BUDGET:>14.2f}")


if __name__ == "__main__":
    main()
