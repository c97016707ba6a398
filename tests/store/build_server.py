"""Builds one workspace again and again, each time in a forked child that can be killed.

Run as ``python build_server.py ROOT`` before the workspace is first built. Imports, shapes and
vocabulary are loaded once, so that what a child spends its time on is the build. The embedded
store has threads of its own, which do not survive a fork: only children open it.

Each line of standard input is the number of seconds after which to kill the build, or ``never``.
Each line of standard output is a JSON object: ``stage`` the build came to, ``seconds`` it ran,
and ``code``, how it exited.
"""

from __future__ import annotations

import json
import mmap
import os
import signal
import sys
import time
from pathlib import Path

import kg

STAGES = ("started", "reading", "checking", "shapes", "loading", "built")


def build(workspace: kg.Workspace, stage: mmap.mmap) -> int:
    """Build in this process, noting in shared memory how far it has come."""

    def tell(name: str, _done: int, _of: int) -> None:
        stage[0] = STAGES.index(name)

    report = workspace.build(progress=tell)
    stage[0] = STAGES.index("built")
    return 0 if report.conforms else 1


def serve(workspace: kg.Workspace) -> None:
    stage = mmap.mmap(-1, 1)
    for line in sys.stdin:
        stage[0] = 0
        began = time.perf_counter()
        child = os.fork()
        if not child:
            code = 70
            try:
                code = build(workspace, stage)
            finally:
                os._exit(code)
        if line.strip() != "never":
            time.sleep(float(line))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        said = {
            "stage": STAGES[stage[0]],
            "seconds": time.perf_counter() - began,
            "code": os.waitstatus_to_exitcode(status),
        }
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    opened = kg.open(Path(sys.argv[1]))
    opened.validate()
    serve(opened)
