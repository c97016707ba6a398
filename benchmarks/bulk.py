#!/usr/bin/env python3
"""Time `kg export --bulk` of many claims, tell its peak memory, and go on after a kill.

The graphs are copies of the example's articles under new ids, about eight claims each. A tenth of
them is exported first, then all: the memory is what may not grow with the claims. Then an export
is killed at half of its time, and the same call goes on. Each in a process of its own.

    python benchmarks/bulk.py --claims 1000000       # 9 GB of graphs and 1 GB of parts
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from many_triples import BASE, article_graphs, many_graphs, peak_megabytes

from kg.exporting.bulk import LOADERS, export_bulk
from kg.exporting.describing import About
from kg.exporting.graphs import Graph

CLAIM = "#type> <https://w3id.org/communique/ontology#Claim>"


def export_here(listed: Path, folder: Path, loader: str) -> None:
    """Export the graphs that a file lists, a line each, and print seconds and peak MB."""
    with listed.open(encoding="utf-8") as lines:
        graphs = [Graph(name, digest, Path(file)) for name, digest, file in map(str.split, lines)]
    began = time.perf_counter()
    export_bulk(graphs, folder, loader, About("benchmark", BASE, "", "0"))
    print(json.dumps([time.perf_counter() - began, peak_megabytes()]))


def listed(graphs: Sequence[Graph], file: Path) -> Path:
    with file.open("w", encoding="utf-8") as out:
        out.writelines(f"{graph.name} {graph.digest} {graph.file}\n" for graph in graphs)
    return file


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--for", dest="loader", choices=LOADERS, default="virtuoso")
    parser.add_argument("--export", nargs=2, type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.export:
        export_here(*chosen.export, chosen.loader)
        return
    with tempfile.TemporaryDirectory(prefix="kg-bulk-") as scratch:
        root = Path(scratch)
        texts = [text for _, text in article_graphs()]
        each = sum(text.count(CLAIM) for text in texts)
        triples = chosen.claims * sum(text.count("\n") for text in texts) // each
        (root / "graphs").mkdir()
        graphs = many_graphs(root / "graphs", triples)

        def command(some: Sequence[Graph], folder: str) -> list[str]:
            names = [str(listed(some, root / "listed")), str(root / folder)]
            return [sys.executable, __file__, "--for", chosen.loader, "--export", *names]

        print(f"{'claims':>10} {'graphs':>9} {'quads':>11} {'seconds':>8} {'quads/s':>9} {'MB':>5}")
        for part in (10, 1):
            some = graphs[: len(graphs) // part]
            run = subprocess.run(command(some, f"bulk-{part}"), capture_output=True, check=True)
            seconds, peak = json.loads(run.stdout)
            count = triples // part
            print(
                f"{chosen.claims // part:>10,} {len(some):>9,} {count:>11,} {seconds:>8.1f} "
                f"{count / seconds:>9,.0f} {peak:>5.0f}"
            )
        again = command(graphs, "killed")
        child = subprocess.Popen(again, stdout=subprocess.DEVNULL)
        time.sleep(seconds / 2)
        child.kill()
        child.wait()
        if (root / "killed" / LOADERS[chosen.loader]).exists():
            raise SystemExit("it was done before it was killed")
        run = subprocess.run(again, capture_output=True, check=True)
        print(f"killed at half of it, then {json.loads(run.stdout)[0]:.1f} s to its end")
        whole, other = root / "bulk-1", root / "killed"
        for file in sorted(whole.glob("part-*")):
            if file.read_bytes() != (other / file.name).read_bytes():
                raise SystemExit(f"{file.name} is another after the kill")


if __name__ == "__main__":
    main()
