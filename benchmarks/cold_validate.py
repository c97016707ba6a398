#!/usr/bin/env python3
"""Time cold `kg validate one-record.yaml` against `pyshacl` on the same graph and shapes.

Every run is a process of its own, from its start to its end, and the two programs take turns.
`kg validate` reads YAML, checks the schema, references, text and quotes, maps the record and only
then checks shapes; `pyshacl` is given what the mapping makes, with the ontology and the reference
data that the shapes look into, as one N-Triples file (its fastest format), and all shapes in one
Turtle file.

    python benchmarks/cold_validate.py                       # a generated record of ten claims
    python benchmarks/cold_validate.py --runs 50 --claims 30
    python benchmarks/cold_validate.py --profile             # what importing costs

The targets: a median of at most 0.5 s, and no slower than pyshacl.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from generate_records import article, write_workspace
from generated_claims import mapper, reference, vocabulary

from kg.mapping.completing import complete
from kg.records.model import Record
from kg.shacl.graph import read_graph
from kg.vocabulary.shipped import shipped

BESIDE = Path(sys.executable).parent


class Cost(NamedTuple):
    """Milliseconds of one process: wall and processor."""

    wall: float
    cpu: float


def timed(command: list[str], folder: Path) -> Cost:
    """Run a command to its end; it must find nothing."""
    began = time.perf_counter()
    child = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(command)} ended with {child.returncode}")
    return Cost(1000 * wall, 1000 * (usage.ru_utime + usage.ru_stime))


def prepare(folder: Path, claims: int) -> dict[str, list[str]]:
    """Write a workspace, the graph and the shapes, and return each program's call."""
    workspace = folder / "workspace"
    write_workspace(workspace, 1, claims)
    (record,) = (workspace / "records").iterdir()
    _, content = article(0, claims, 1)
    actors = vocabulary().actors
    nodes = complete(Record.model_validate(content), lambda _: None, actors.__contains__)
    quads = mapper().article(content["article"]["id"], nodes)
    lines = "".join(f"{quad.triple} .\n" for quad in quads)
    data, shapes = folder / "data.nt", folder / "shapes.ttl"
    data.write_bytes(reference(graphs=False) + lines.encode())
    shapes.write_text(
        "".join(f"{s} {p} {o} .\n" for s, p, o in read_graph(shipped("shapes"))), encoding="utf-8"
    )
    return {
        "kg validate": [str(BESIDE / "kg"), "--workspace", str(workspace), "validate", str(record)],
        "pyshacl": [
            *(str(BESIDE / "pyshacl"), "-s", str(shapes), "-sf", "turtle"),
            *("-df", "nt", str(data)),
        ],
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=10, help="of each program")
    parser.add_argument("--claims", type=int, default=10, help="of the record")
    parser.add_argument("--profile", action="store_true", help="list the imports that cost most")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-cold-validate-") as name:
        commands = prepare(Path(name), chosen.claims)
        if chosen.profile:
            profile(commands["kg validate"], Path(name))
            return
        for command in commands.values():  # warms the disk's cache
            timed(command, Path(name))
        costs: dict[str, list[Cost]] = {program: [] for program in commands}
        for _ in range(chosen.runs):
            for program, command in commands.items():
                costs[program].append(timed(command, Path(name)))
    base = [statistics.median(column) for column in zip(*costs["kg validate"], strict=True)]
    heads = ("median ms", "least", "most", "cpu ms", "×", "× cpu")
    print(f"{'program':<12}" + "".join(f"{head:>10}" for head in heads))
    for program, each in costs.items():
        walls = [cost.wall for cost in each]
        cpu = statistics.median(cost.cpu for cost in each)
        median = statistics.median(walls)
        figures = (median, min(walls), max(walls), cpu)
        ratios = (median / base[0], cpu / base[1])
        print(
            f"{program:<12}"
            + "".join(f"{figure:>10.0f}" for figure in figures)
            + "".join(f"{ratio:>10.2f}" for ratio in ratios)
        )


def profile(command: list[str], folder: Path) -> None:
    """Print the imports that cost most, in and below each."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    parts = [line.removeprefix("import time:").split("|") for line in lines[1:]]
    parts.sort(key=lambda part: -int(part[1]))
    print(f"{'own µs':>10} {'all µs':>10}  module")
    for own, cumulative, module in parts[:40]:
        print(f"{int(own):>10} {int(cumulative):>10}  {module.rstrip()}")


if __name__ == "__main__":
    main()
