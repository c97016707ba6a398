"""A workspace that swings between two states, and a process that builds it."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from small_records import BASE, Small, assessment_file, start

import kg

SERVER = Path(__file__).with_name("build_server.py")


@dataclass
class State:
    """A content of the workspace: records by article, and whether one claim is assessed."""

    records: dict[str, Small]
    status: str
    export: bytes = b""
    quads: frozenset[str] = frozenset()


def _state(figure: int, whole: str, status: str, extra: str) -> State:
    """Every record of a state differs from every record of the other, in figure and whole."""
    names = ("a", "b", "c", extra)
    return State({name: Small(name, figure, whole=whole) for name in names}, status)


def contents(root: Path) -> tuple[frozenset[str], bytes]:
    """All that is in the store and in an export; of the reference data, which is large, its size.

    The reference data is the same in both states.
    """
    stream = io.BytesIO()
    workspace = kg.open(root)
    workspace.export("-", reference=False, stream=stream)
    with workspace.generations.reading() as snapshot:
        store, reference = snapshot.store, ox.NamedNode(f"{BASE}graph/reference")
        counted = store.query("SELECT (COUNT(*) AS ?size) { ?s ?p ?o }", default_graph=reference)
        quads = {
            str(quad)
            for name in store.named_graphs()
            if name != reference and not name.value.startswith(f"{BASE}run/")
            for quad in store.quads_for_pattern(None, None, None, name)
        }
        (size,) = (solution["size"].value for solution in counted)
    return frozenset({*quads, f"{size} quads of reference data"}), stream.getvalue()


@dataclass
class Swing:
    """A workspace on disk that can be written in one of two states.

    Attributes:
        root: the workspace.
        states: by name, with what a build from scratch gives of each.
        server: the process that builds.
    """

    root: Path
    states: dict[str, State]
    server: subprocess.Popen[str] = field(repr=False)

    def write(self, name: str) -> None:
        """Make the files those of the state `name`; nothing is built."""
        state = self.states[name]
        for record in state.records.values():
            record.write(self.root)
        for file in (self.root / "records").iterdir():
            if file.stem not in state.records:
                file.unlink()
        (self.root / "assessments/one.yaml").write_text(assessment_file("a/c1", state.status))

    def build(self, kill_after: float | None = None) -> dict[str, Any]:
        """Build in a process of its own, killed after so many seconds if that is said."""
        assert self.server.stdin is not None
        assert self.server.stdout is not None
        self.server.stdin.write(f"{'never' if kill_after is None else kill_after}\n")
        self.server.stdin.flush()
        return dict(json.loads(self.server.stdout.readline()))

    def found(self) -> str:
        """The state that the store holds, entirely; anything else fails the test."""
        quads, export = contents(self.root)
        names = [
            name
            for name, state in self.states.items()
            if quads == state.quads and export == state.export
        ]
        assert len(names) == 1, "the store holds neither the one state nor the other"
        return names[0]

    def generations(self) -> set[int]:
        """The generations on disk."""
        return {int(folder.name) for folder in (self.root / ".kg/generations").iterdir()}


@contextlib.contextmanager
def swinging(folder: Path) -> Iterator[Swing]:
    """The workspace in state A, built."""
    states = {
        "A": _state(1500, "campaign-one", "disputed", "only-in-a"),
        "B": _state(1700, "campaign-two", "confirmed", "only-in-b"),
    }
    for name, state in states.items():
        root = start(folder / f"from-scratch-{name}", *state.records.values())
        (root / "assessments/one.yaml").write_text(assessment_file("a/c1", state.status))
        assert kg.open(root).build().conforms
        state.quads, state.export = contents(root)
    root = start(folder / "workspace")
    command = [sys.executable, str(SERVER), str(root)]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with server:
        swing = Swing(root, states, server)
        swing.write("A")
        assert swing.build()["code"] == 0
        assert swing.found() == "A"
        yield swing
        server.kill()
