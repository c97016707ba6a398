"""Tombstones of persons who were taken out: ``redactions.toml``, by the digests of their ids."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from kg.errors import CallError

REDACTIONS = "redactions.toml"
_HEAD = "# Persons who were taken out, by the SHA-256 of their ids; see docs/ethics.md.\n\n"


def read_tombstones(workspace: Path) -> frozenset[str]:
    """Return the digests of the ids of those who were taken out of a workspace.

    Raises:
        CallError: the file cannot be read as what `with_tombstone` writes.
    """
    file = workspace / REDACTIONS
    if not file.is_file():
        return frozenset()
    import tomllib

    try:
        tombstones = tomllib.loads(file.read_text(encoding="utf-8")).get("redacted", [])
        return frozenset(str(each["id_sha256"]) for each in tombstones)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CallError(f"{file} cannot be read: {error}") from error


def with_tombstone(before: str, person: str, reason: str, day: str) -> str:
    """Return the text of the file with one tombstone more.

    Args:
        before: the text of the file; empty where there is none yet.
        person: the actor's id; only its digest is written.
        reason: why.
        day: when, as an ISO date.
    """
    entry = (
        f"[[redacted]]\nid_sha256 = {json.dumps(hashlib.sha256(person.encode()).hexdigest())}\n"
        f"dated = {json.dumps(day)}\nreason = {json.dumps(reason, ensure_ascii=False)}\n"
    )
    return f"{before}\n{entry}" if before else _HEAD + entry
