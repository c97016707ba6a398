#!/usr/bin/env python3
"""Time `kg validate` of many generated records: records a second, the whole process.

    python benchmarks/records_per_second.py                     # 400 records of 10 claims
    python benchmarks/records_per_second.py --records 2000 --runs 3
    python benchmarks/records_per_second.py --together 2000     # all on the same events
    python benchmarks/records_per_second.py --workspace DIR     # its records, in place

The target: 400 records of the default size a second on two cores, reading YAML included. Processor
time is that of the process and its children; where it is well above the wall time, cores shared
the work.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from generate_records import RECORDS_PER_STORY, write_workspace

VALIDATE = "from kg.cli.main import main; sys.exit(main(['--workspace', sys.argv[1], 'validate']))"


class Cost(NamedTuple):
    """What one process took, and the peak of the largest process in it."""

    seconds: float
    cpu: float
    megabytes: float


def validate(workspace: Path) -> Cost:
    """Validate a whole workspace in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {VALIDATE}", str(workspace)],
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"the records do not conform:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    unit = 1 if sys.platform == "darwin" else 1024  # Linux counts in KiB, macOS in bytes
    return Cost(seconds, cpu, after.ru_maxrss * unit / 1e6)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=400)
    parser.add_argument("--claims", type=int, default=10, help="of each record")
    parser.add_argument(
        "--together", type=int, default=RECORDS_PER_STORY, help="records on the same events"
    )
    parser.add_argument("--runs", type=int, default=1, metavar="N", help="the median")
    parser.add_argument("--workspace", type=Path, metavar="DIR", help="instead of generated ones")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-records-") as name:
        workspace = chosen.workspace or Path(name)
        if chosen.workspace is None:
            write_workspace(workspace, chosen.records, chosen.claims, together=chosen.together)
        records = sum(1 for _ in (workspace / "records").rglob("*.*"))
        costs = [validate(workspace) for _ in range(chosen.runs)]
    seconds, cpu, peak = (statistics.median(column) for column in zip(*costs, strict=True))
    heads = ("seconds", "cpu", "records/s", "per cpu s", "cores", "peak MB")
    print(f"{'records':>10}" + "".join(f"{head:>11}" for head in heads))
    print(
        f"{records:>10,}{seconds:>11.2f}{cpu:>11.2f}{records / seconds:>11.0f}"
        f"{records / cpu:>11.0f}{cpu / seconds:>11.2f}{peak:>11.0f}"
    )


if __name__ == "__main__":
    main()
