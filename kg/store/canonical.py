"""Canonical N-Quads: one line a quad, sorted, kept under the digest of its own bytes.

These files hold the literals exactly as they were mapped; the embedded store rewrites some.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox


def canonical_lines(quads: Iterable[ox.Quad]) -> list[str]:
    """Return the N-Quads lines of `quads`, each once, sorted by code point, without line ends."""
    return sorted({f"{quad} ." for quad in quads})


def canonical_bytes(quads: Iterable[ox.Quad]) -> bytes:
    """Return the canonical N-Quads of `quads` as UTF-8, every line ended."""
    return "".join(f"{line}\n" for line in canonical_lines(quads)).encode()


def amended(content: bytes, gone: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> bytes:
    """Return canonical N-Quads without the quads that are gone, and with the new ones."""
    lost = {f"{quad} .\n".encode() for quad in gone}
    lines = [line for line in content.splitlines(keepends=True) if line not in lost]
    # What is left is in order, so sorting costs little.
    lines += sorted({f"{quad} .\n".encode() for quad in new})
    lines.sort()
    return b"".join(lines)


class QuadFiles(NamedTuple):
    """A folder of canonical N-Quads files, each named by its SHA-256; files never change."""

    folder: Path

    def path(self, digest: str) -> Path:
        """Return where the file with `digest` is or would be."""
        return self.folder / f"{digest}.nq"

    def add(self, content: bytes) -> str:
        """Keep `content` and return its digest; written aside and renamed, so never half there."""
        import hashlib

        digest = hashlib.sha256(content).hexdigest()
        target = self.path(digest)
        if not target.exists():
            aside = target.with_suffix(f".{os.getpid()}.tmp")
            aside.write_bytes(content)
            aside.replace(target)
        return digest

    def sweep(self, keep: Iterable[str]) -> None:
        """Delete every file whose digest is not in `keep`."""
        kept = {self.path(digest).name for digest in keep}
        for file in self.folder.iterdir():
            if file.name not in kept:
                file.unlink(missing_ok=True)
