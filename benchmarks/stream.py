#!/usr/bin/env python3
"""Peak memory of `kg query` writing many rows, each form a process of its own.

    python benchmarks/stream.py DIR --rows 1000000

DIR is a workspace that has been built. The rows are numbers, so that the query costs little; csv,
tsv, json, xml and the spreadsheet's csv are written row by row, and need no more for more rows.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import time
from pathlib import Path

FORMS = (["--format", "csv"], ["--format", "json"], ["--spreadsheet"])
CODE = "import sys; from kg.cli.main import main; sys.exit(main(sys.argv[1:]))"


def query(rows: int) -> str:
    """Return a query with so many rows, about: the product of two lists."""
    side = " ".join(map(str, range(math.isqrt(rows))))
    return f"SELECT ?a ?b WHERE {{ VALUES ?a {{ {side} }} VALUES ?b {{ {side} }} }}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    chosen = parser.parse_args()
    print(f"{'form':<18}{'rows':>11}{'seconds':>9}{'peak MB':>9}{'bytes':>13}")
    for rows in (1_000, chosen.rows):
        for form in FORMS:
            command = [sys.executable, "-c", CODE, "--workspace", str(chosen.workspace), "query"]
            began = time.perf_counter()
            child = subprocess.Popen([*command, "-e", query(rows), *form], stdout=subprocess.PIPE)
            assert child.stdout
            size = sum(len(block) for block in iter(lambda: child.stdout.read(1 << 16), b""))  # noqa: B023
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            child.stdout.close()
            seconds = time.perf_counter() - began
            megabytes = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
            exact = math.isqrt(rows) ** 2
            print(f"{' '.join(form):<18}{exact:>11,}{seconds:>9.2f}{megabytes:>9.0f}{size:>13,}")


if __name__ == "__main__":
    main()
