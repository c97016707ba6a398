"""How long HermiT takes over the shipped ontology: run this file with Python.

It prints the time to load, the time to reason, and that of the whole ``kg ontology check``, the
best of three each, in seconds. Budget: the reasoner under 10 s.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import kg
from kg.ontologies.load import load_ontology
from kg.ontologies.reason import reason
from kg.vocabulary.shipped import shipped


def best_of_three(action: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    files = sorted(shipped("ontology").rglob("*.ttl"))
    load = best_of_three(lambda: load_ontology(files))
    both = best_of_three(lambda: reason(load_ontology(files)))
    with TemporaryDirectory() as folder:
        (Path(folder) / "kg.toml").write_text("[workspace]\n", encoding="utf-8")
        workspace = kg.open(folder)
        check = best_of_three(workspace.check_ontology)
    print(f"load {load:.2f} s, HermiT {both - load:.2f} s, kg ontology check {check:.2f} s")


if __name__ == "__main__":
    main()
