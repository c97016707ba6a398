"""One digest of all that a graph depends on besides the records and their texts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from kg.vocabulary.vocabulary import Vocabulary


def fingerprint(
    vocabulary: Vocabulary, folders: Iterable[Path], desks: dict[str, str], version: str
) -> str:
    """Return a SHA-256 that changes with the ontology, shapes, checks, desks, base or version."""
    digest = hashlib.sha256(vocabulary.digest.encode())
    digest.update(json.dumps([desks, version], sort_keys=True).encode())
    for folder in folders:
        for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if file.is_file():
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
