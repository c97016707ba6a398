#!/usr/bin/env python3
"""Time cold `kg query` against `oxigraph query`: whole processes, same store, same text.

Every run is a process of its own, from its start to its end. The two programs take turns, so that
whatever else the machine does falls on both alike; the medians are compared. `oxigraph` is the
command line of the PyPI package of that name (in the extra `test`). The text given to it is the
one that kg runs, parameters bound. It has no table, so tables are compared with its csv.

    python benchmarks/cold_query.py                              # examples/dprk-russia
    python benchmarks/cold_query.py --query contradictions --query who-speaks-for
    python benchmarks/cold_query.py --workspace DIR --runs 50
    python benchmarks/cold_query.py --records 2000               # a generated workspace

The targets: csv and json at most 4 times oxigraph's median and 120 ms, a table at most 180 ms.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate_records import write_workspace

import kg
from kg.querying.entities import StoredEntities
from kg.querying.parameters import bind

EXAMPLE = Path(__file__).parents[1] / "examples" / "dprk-russia"
FORMATS = ("csv", "json", "table")
DEFAULTS = ("who-speaks-for", "deployment-figures", "contradictions", "timeline")


def timed(command: list[str]) -> float:
    """Run a command to its end and return its milliseconds."""
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return 1000 * (time.perf_counter() - began)


def program(name: str) -> str:
    """Return the program that is installed beside this Python, or else on the path."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        sys.exit(f"{name} is not installed; pip install 'communique[test]'")
    return found


def oxigraph_command(store: Path, text: Path, form: str) -> list[str]:
    """Return the call that answers `text` as kg does, its default graph the union of all."""
    results = "csv" if form == "table" else form
    return [
        *(program("oxigraph"), "query", "--location", str(store), "--union-default-graph"),
        *("--query-file", str(text), "--results-format", results),
    ]


def compare(workspace: Path, store: Path, query: list[str], text: Path, runs: int) -> None:
    """Print a line for each format of one query; the first run of each warms the disk's cache."""
    base = [program("kg"), "--workspace", str(workspace), "query", *query]
    for form in FORMATS:
        ours = [*base, "--format", form]
        theirs = oxigraph_command(store, text, form)
        timed(ours)
        timed(theirs)
        pairs = [(timed(ours), timed(theirs)) for _ in range(runs)]
        mine, other = (statistics.median(times) for times in zip(*pairs, strict=True))
        spread = f"{min(each[0] for each in pairs):.0f}–{max(each[0] for each in pairs):.0f}"
        print(
            f"{' '.join(query):<36.36} {form:<6} {mine:>7.1f} {spread:>9} {other:>9.1f}"
            f" {mine / other:>6.2f}"
        )
        sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--workspace", type=Path, default=EXAMPLE, metavar="DIR")
    parser.add_argument("--records", type=int, metavar="N", help="generate a workspace instead")
    parser.add_argument(
        "--query", action="append", metavar="'NAME key=value …'", help="stored queries to ask"
    )
    parser.add_argument("--runs", type=int, default=20, help="of each program, for each line")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-query-") as folder:
        root = Path(folder) / "workspace"
        if chosen.records:
            write_workspace(root, chosen.records)
        else:
            shutil.copytree(chosen.workspace, root, ignore=shutil.ignore_patterns(".kg"))
        workspace = kg.open(root)
        if not workspace.build().conforms:
            sys.exit("the workspace does not build")
        known = workspace.catalogue.files()
        queries = chosen.query or [name for name in DEFAULTS if name in known]
        print(f"{'query':<36} {'format':<6} {'kg ms':>7} {'range':>9} {'oxigraph':>9} {'ratio':>6}")
        for words in (query.split() for query in queries):
            given = dict(word.split("=", 1) for word in words[1:])
            text = Path(folder) / "query.rq"
            with workspace.generations.reading() as snapshot:
                entities = StoredEntities(snapshot.store, workspace.config.base)
                text.write_text(bind(workspace.catalogue.find(words[0]), given, entities), "utf-8")
                store = snapshot.folder / "store"
            # oxigraph takes the store's lock, so it is given a copy; the files are the same.
            copy = Path(folder) / "store"
            shutil.copytree(store, copy, dirs_exist_ok=True)
            compare(root, copy, words, text, chosen.runs)


if __name__ == "__main__":
    main()
