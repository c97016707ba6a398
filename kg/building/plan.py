"""What a build has to do: compare the files' digests with what the last build noted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import EnvironmentFault

Manifest = dict[str, Any]


@dataclass
class Plan:
    """Files by what happened to them since the last build, as paths relative to the workspace.

    Attributes:
        digests: file to SHA-256, of every file that is there.
        added: files the last build did not have.
        changed: files whose bytes, or whose article's text, changed.
        removed: files the last build had and that are gone.
        unchanged: the rest.
        everything: the whole graph is to be made anew, since ontology, shapes or version changed.
    """

    digests: dict[str, str]
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    everything: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.everything or self.added or self.changed or self.removed)


def plan_build(
    workspace: Path,
    files: Sequence[Path],
    manifest: Manifest,
    fingerprint: str,
    within: Sequence[Path] = (),
) -> Plan:
    """Compare `files` with `manifest`.

    Args:
        workspace: the folder that the manifest's paths are relative to.
        files: every record and assessment file of the workspace.
        manifest: what the last build noted; empty before the first.
        fingerprint: digest of all else that the graph depends on.
        within: restrict additions, changes and removals to these files and folders.

    Raises:
        EnvironmentFault: a file cannot be read.
    """
    known: dict[str, Any] = manifest.get("records", {})
    plan = Plan(digests={}, everything=manifest.get("fingerprint") != fingerprint)
    chosen = [] if plan.everything else [path.resolve() for path in within]
    for file in files:
        name = str(file.relative_to(workspace))
        before = known.get(name)
        if not _is_within(file, chosen):
            if before is not None:
                plan.digests[name] = before["sha256"]
                plan.unchanged.append(name)
            continue
        plan.digests[name] = _digest(file)
        if before is None:
            plan.added.append(name)
        elif plan.everything or _changed(workspace, before, plan.digests[name]):
            plan.changed.append(name)
        else:
            plan.unchanged.append(name)
    plan.removed = [
        name
        for name in sorted(known)
        if name not in plan.digests and _is_within(workspace / name, chosen)
    ]
    return plan


def _is_within(file: Path, chosen: Iterable[Path]) -> bool:
    chosen = list(chosen)
    return not chosen or any(file.resolve().is_relative_to(path) for path in chosen)


def _changed(workspace: Path, before: dict[str, Any], digest: str) -> bool:
    return before["sha256"] != digest or any(
        _text_digest(workspace, text) != expected
        for text, expected in before.get("texts", {}).items()
    )


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise EnvironmentFault(f"{file} cannot be read: {error.strerror}") from error


def _text_digest(workspace: Path, text: str) -> str | None:
    """Return the digest of an article's text, None where the gate would not read it."""
    try:
        file = (workspace / text).resolve()
        readable = file.is_file() and file.is_relative_to(workspace.resolve())
        return _digest(file) if readable else None
    except (EnvironmentFault, OSError, RuntimeError):
        return None
