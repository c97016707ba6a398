#!/usr/bin/env python3
"""Time `kg build` and measure its memory, on a generated workspace or one of your own.

Three builds, each a process of its own: the first; one with nothing changed; one after the title
of one record changed. Peak memory is what the operating system says of that process.

    python benchmarks/build.py --records 2000 --claims 10
    python benchmarks/build.py --workspace DIR --profile

A workspace given with --workspace is copied first and stays as it is. With --profile each build
runs once more under cProfile, and the functions that cost most are listed: those of kg by the
time spent in and below them, all others by the time spent in themselves.
"""

from __future__ import annotations

import argparse
import os
import pstats
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from generate_records import write_workspace

BUILD = "from kg.cli.main import main; sys.exit(main(['--workspace', sys.argv[1], 'build']))"
PLAIN = f"import sys; {BUILD}"
PROFILED = """
import cProfile, sys
from kg.cli.main import main
profile = cProfile.Profile()
code = profile.runcall(main, ['--workspace', sys.argv[1], 'build'])
profile.dump_stats(sys.argv[2])
sys.exit(code)
"""


class Cost(NamedTuple):
    """What one process took."""

    seconds: float
    cpu: float
    megabytes: float


def run(*arguments: str) -> Cost:
    """Run Python with `arguments` to its end and return its cost; show its words if it fails."""
    began = time.perf_counter()
    child = subprocess.Popen(  # its output is small, so a pipe cannot fill
        [sys.executable, "-c", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.stdout is not None
    said = child.stdout.read().decode()
    child.stdout.close()
    if child.returncode:
        sys.exit(f"the build failed:\n{said}")
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6)


def change_one(workspace: Path) -> None:
    """Give the first record's article another title."""
    record = min((workspace / "records").rglob("*.yaml"))
    text = record.read_text(encoding="utf-8")
    changed = re.sub(r"^  title: .*$", f"  title: changed {time.time_ns()}", text, flags=re.M)
    record.write_text(changed, encoding="utf-8")


def size(folder: Path) -> float:
    """Return the megabytes of all files in `folder`, hard links once."""
    seen = {}
    for file in folder.rglob("*"):
        status = file.stat()
        seen[status.st_ino] = status.st_size if file.is_file() else 0
    return sum(seen.values()) / 1e6


def profile(workspace: Path, rows: int) -> None:
    """Build under cProfile and print what dominates."""
    with tempfile.TemporaryDirectory() as folder:
        dump = str(Path(folder) / "profile")
        run(PROFILED, str(workspace), dump)
        stats = pstats.Stats(dump)
    package = f"{os.sep}kg{os.sep}"
    entries = [
        (cumulative, own, calls, where)
        for where, (_, calls, own, cumulative, _) in stats.stats.items()  # type: ignore[attr-defined]
    ]
    ours = sorted((each for each in entries if package in each[3][0]), reverse=True)[:rows]
    rest = sorted((each for each in entries if package not in each[3][0]), key=lambda e: -e[1])
    print(f"{'in and below':>14} {'own':>8} {'calls':>10}  function of kg")
    for cumulative, own, calls, (file, line, name) in ours:
        short = file.rpartition(package)[2]
        print(f"{cumulative:>12.2f} s {own:>6.2f} s {calls:>10,}  kg/{short}:{line} {name}")
    print(f"{'own':>14} {'':>8} {'calls':>10}  other function")
    for _, own, calls, (file, line, name) in rest[:rows]:
        short = "/".join(Path(file).parts[-2:])
        print(f"{own:>12.2f} s {'':>8} {calls:>10,}  {short}:{line} {name}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--claims", type=int, default=10, help="of each record")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workspace", type=Path, metavar="DIR", help="instead of generated ones")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="rebuilds; the median")
    parser.add_argument("--profile", action="store_true", help="also list what dominates")
    parser.add_argument("--rows", type=int, default=25, help="of each profile")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-build-") as folder:
        workspace = Path(folder) / "workspace"
        if chosen.workspace:
            ignored = shutil.ignore_patterns(".kg", ".git")
            shutil.copytree(chosen.workspace, workspace, ignore=ignored)
        else:
            write_workspace(workspace, chosen.records, chosen.claims, chosen.seed)
        measure(workspace, chosen.repeat)
        if chosen.profile:
            print("\nprofile: nothing changed")
            profile(workspace, chosen.rows)
            print("\nprofile: one record changed")
            change_one(workspace)
            profile(workspace, chosen.rows)
            print("\nprofile: first build")
            shutil.rmtree(workspace / ".kg")
            profile(workspace, chosen.rows)


def measure(workspace: Path, repeat: int) -> None:
    """Build, build again, build after a change, and print a table."""
    print(f"{'build':<22} {'seconds':>9} {'cpu':>9} {'peak MB':>9}")

    def show(name: str, costs: list[Cost]) -> None:
        median = sorted(costs)[len(costs) // 2]
        print(f"{name:<22} {median.seconds:>9.2f} {median.cpu:>9.2f} {median.megabytes:>9.0f}")
        sys.stdout.flush()

    show("first", [run(PLAIN, str(workspace))])
    show("nothing changed", [run(PLAIN, str(workspace)) for _ in range(repeat)])
    costs = []
    for _ in range(repeat):
        change_one(workspace)
        costs.append(run(PLAIN, str(workspace)))
    show("one record changed", costs)
    print(f"store on disk: {size(workspace / '.kg'):,.0f} MB")


if __name__ == "__main__":
    main()
