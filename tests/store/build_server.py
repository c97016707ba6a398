"""Builds one workspace again and again, each time in a forked child that can be killed.

Run as ``python build_server.py ROOT`` before the workspace is first built. Imports, shapes and
vocabulary are loaded once, so that what a child spends its time on is the build. The embedded
store has threads of its own, which do not survive a fork: only children open it.

Each line of standard input is the number of seconds after which to kill the build, or ``never``.
Each line of standard output is a JSON object: ``stage`` the build came to, ``seconds`` it ran,
``loading``, the seconds after which it began to write, if it did, and ``code``, how it exited.
"""

from __future__ import annotations

import json
import mmap
import os
import signal
import struct
import sys
import time
from pathlib import Path

import kg

STAGES = ("started", "reading", "checking", "shapes", "loading", "built")


def build(workspace: kg.Workspace, shared: mmap.mmap) -> int:
    """Build in this process, noting in shared memory how far it has come, and when."""

    def tell(name: str, _done: int, _of: int) -> None:
        stage = STAGES.index(name) if name in STAGES else shared[0]
        if stage != shared[0]:
            shared[0] = stage
            shared[1:9] = struct.pack("d", time.perf_counter())

    report = workspace.build(progress=tell)
    shared[0] = STAGES.index("built")
    return 0 if report.conforms else 1


def serve(workspace: kg.Workspace) -> None:
    shared = mmap.mmap(-1, 9)
    for line in sys.stdin:
        shared[0] = 0
        began = time.perf_counter()
        child = os.fork()
        if not child:
            code = 70
            try:
                code = build(workspace, shared)
            finally:
                os._exit(code)
        if line.strip() != "never":
            time.sleep(float(line))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        stage = STAGES[shared[0]]
        (latest,) = struct.unpack("d", shared[1:9])
        said = {
            "stage": stage,
            "seconds": time.perf_counter() - began,
            "loading": latest - began if stage in ("loading", "built") else None,
            "code": os.waitstatus_to_exitcode(status),
        }
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    opened = kg.open(Path(sys.argv[1]))
    opened.validate()
    serve(opened)
