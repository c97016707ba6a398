"""A disk that takes no more: the build ends, says so, and the graph is as it was."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from small_records import Small, start, stored

import kg

A = Small("a", 1500)
B = Small("b", 1700)


@pytest.mark.parametrize("most", [100_000, 1_000_000, 3_000_000])
def test_what_cannot_be_written_is_said_and_loses_nothing(tmp_path: Path, most: int) -> None:
    root = start(tmp_path / "workspace", A)
    kg.open(root).build()
    before = stored(root)
    for file in (root / ".kg" / "quads").iterdir():
        file.unlink()  # so that everything is written anew
    B.write(root)

    built = subprocess.run(
        [sys.executable, "-m", "kg", "build"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )

    assert built.returncode == 3, built.stderr
    assert "cannot be written to" in built.stderr
    assert "it is as it was before" in built.stderr
    assert "Traceback" not in built.stderr
    assert stored(root) == before
