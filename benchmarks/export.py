#!/usr/bin/env python3
"""Time an export against copying the same bytes, and against `oxigraph dump` from disk.

All in processes of their own, turn by turn, medians. `copy` is `cat` of the graphs' own files into
one and a sync of it, for an export also returns only when its file is on the disk; `cp` copies
the one file that comes of it. The graphs have the example's shape.

    python benchmarks/export.py                  # 1.5 million triples

The targets: N-Quads at 80 % of copying or more, ahead of `oxigraph dump`, peak under 200 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from many_triples import BASE, many_graphs, peak_megabytes

from kg.exporting.files import export, target
from kg.vocabulary.terms import prefixes

FORMATS = ("nq", "nt", "nq.gz", "trig", "ttl", "jsonld", "rdf", "graphml", "csv")


def timed(command: list[str], stdin: str | None = None) -> float:
    began = time.perf_counter()
    subprocess.run(command, input=stdin, text=True, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def copy(sources: list[Path], to: Path) -> float:
    """Copy files into one and see that it is on the disk."""
    to.unlink(missing_ok=True)
    names = "\0".join(map(str, sources))
    began = time.perf_counter()
    with to.open("wb") as out:
        subprocess.run(["xargs", "-0", "cat"], input=names.encode(), stdout=out, check=True)
        os.fsync(out.fileno())
    return time.perf_counter() - began


def copy_one(source: Path, to: Path) -> float:
    """Copy a file by `cp` and see that it is on the disk."""
    to.unlink(missing_ok=True)
    began = time.perf_counter()
    subprocess.run(["cp", str(source), str(to)], check=True)
    with to.open("rb") as copied:
        os.fsync(copied.fileno())
    return time.perf_counter() - began


def export_here(said: dict[str, object]) -> None:
    """Export in this process and print seconds and peak MB."""
    files = [Path(str(file)) for file in said["files"]]  # type: ignore[attr-defined]
    began = time.perf_counter()
    export(files, target(str(said["to"]), None), prefixes(BASE), sys.stdout.buffer)
    seconds = time.perf_counter() - began
    print(json.dumps([seconds, peak_megabytes()]))


def export_there(files: list[Path], to: Path) -> tuple[float, float]:
    """Export in a process of its own; return its seconds without start-up, and its peak MB."""
    said = json.dumps({"files": [str(file) for file in files], "to": str(to)})
    run = subprocess.run(
        [sys.executable, __file__, "--export"],
        input=said,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, peak = json.loads(run.stdout)
    return seconds, peak


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--triples", type=int, default=1_500_000)
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="turns; the median")
    parser.add_argument("--formats", nargs="*", default=FORMATS, help="to be timed after that")
    parser.add_argument("--export", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.export:
        export_here(json.loads(sys.stdin.read()))
        return
    with tempfile.TemporaryDirectory(prefix="kg-export-") as scratch:
        root = Path(scratch)
        graphs = many_graphs(root, chosen.triples)
        files = [graph.file for graph in graphs]
        whole = root / "whole.nq"
        export(files, target(str(whole), None), {}, sys.stdout.buffer)
        size = whole.stat().st_size
        count = sum(graph.count for graph in graphs)
        print(f"{count:,} quads in {len(graphs):,} graphs, {size / 1e6:,.0f} MB")
        program = str(Path(sys.executable).with_name("oxigraph"))
        store = ["--location", str(root / "store")]
        timed([program, "load", *store, "--file", str(whole)])
        turns = []
        for _ in range(chosen.repeat):
            copied = copy(files, root / "copy.nq")
            at_once = copy_one(whole, root / "copy.nq")
            (root / "out.nq").unlink(missing_ok=True)
            exported, peak = export_there(files, root / "out.nq")
            (root / "dump.nq").unlink(missing_ok=True)
            dumped = timed([program, "dump", *store, "--file", str(root / "dump.nq")])
            turns.append((copied, at_once, exported, dumped, peak))
        copied, at_once, exported, dumped, peak = (
            statistics.median(each) for each in zip(*turns, strict=True)
        )
        print(f"copy           {size / copied / 1e6:>8,.0f} MB/s")
        print(f"cp             {size / at_once / 1e6:>8,.0f} MB/s")
        print(
            f"export .nq     {size / exported / 1e6:>8,.0f} MB/s  {copied / exported:.0%} of copy"
        )
        print(
            f"oxigraph dump  {size / dumped / 1e6:>8,.0f} MB/s  {exported / dumped:.2f} of its time"
        )
        print(f"{'format':<8} {'seconds':>8} {'quads/s':>10} {'peak MB':>8}")
        for form in chosen.formats:
            seconds, peak = export_there(files, root / f"form.{form}")
            print(f"{form:<8} {seconds:>8.1f} {count / seconds:>10,.0f} {peak:>8.0f}")


if __name__ == "__main__":
    main()
