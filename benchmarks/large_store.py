#!/usr/bin/env python3
"""Make a workspace whose store holds many generated claims, with all that a build derives of them.

    python benchmarks/large_store.py DIR --claims 1000000
    python benchmarks/large_store.py --check

The store is written directly, as `kg build` would hold a million claims in memory; there are no
records and no texts, and nothing can be built on it. `--check` compares what is copied for a few
blocks with what is derived of them.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import pyoxigraph as ox
from generated_claims import BLOCK, derived, fill

import kg
from kg.building.derived import derived_quads
from kg.vocabulary.terms import DEFAULT_BASE


def check() -> None:
    """Stop with a message where the copies are not what a build derives."""
    claims = 3 * BLOCK
    store = ox.Store()
    fill(store, claims)
    expected = derived_quads(store, DEFAULT_BASE)
    copied = set(ox.parse(b"".join(derived(claims)), format=ox.RdfFormat.N_QUADS))
    if copied != expected:
        raise SystemExit(f"{len(copied ^ expected):,} quads differ from what is derived")
    print(f"{claims:,} claims: all {len(expected):,} derived quads are the same")


def make(folder: Path, claims: int) -> None:
    """Make the workspace in `folder`."""
    folder.mkdir(parents=True)
    (folder / "kg.toml").touch()
    generations = kg.open(folder).generations
    began = time.perf_counter()
    with generations.exclusive(), generations.draft() as draft:
        fill(draft.store, claims, with_derived=True)
        quads = len(draft.store)
        draft.commit()
    print(f"{claims:,} claims, {quads:,} quads: {time.perf_counter() - began:.0f} s")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("workspace", type=Path, nargs="?")
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--check", action="store_true")
    chosen = parser.parse_args()
    if chosen.check:
        check()
    elif chosen.workspace is None:
        parser.error("a folder, or --check")
    else:
        make(chosen.workspace, chosen.claims)


if __name__ == "__main__":
    main()
