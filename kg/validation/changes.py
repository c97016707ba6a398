"""Which records changed since a revision of git, and what the gate says of those alone."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from kg.errors import CallError, EnvironmentFault
from kg.validation.findings import Finding, GateReport, shown
from kg.validation.gate import Gate, Progress
from kg.validation.surroundings import Surroundings

# What git sets for a hook, relative to a folder that need not be the workspace.
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
# What a record that is judged alone lacks where it refers to another one.
_ELSEWHERE = "unknown-"


def find_changed(folder: Path, revision: str, sources: Sequence[Path]) -> list[Path]:
    """Return those of `sources` that differ from `revision`, or whose article's text does.

    What is staged, what is not, and what git does not keep yet count alike; a renamed file is a
    new one, and what is gone is no source any more.

    Args:
        folder: the workspace, in a working tree of git.
        revision: a commit, by any name that git knows.
        sources: the files to choose from.

    Raises:
        CallError: `folder` is not kept by git, or there is no such revision.
        EnvironmentFault: git is not there, or fails.
    """
    tree = _tree(folder, revision)
    diff = ("diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z", tree, "--")
    untracked = ("ls-files", "--others", "--exclude-standard", "-z")
    # Not decoded: the name of a file may be any bytes.
    names = {name for ask in (diff, untracked) for name in _git(folder, *ask).split(b"\0") if name}
    changed = {(folder / os.fsdecode(name)).resolve() for name in names}
    own = {source: source.resolve() for source in sources}
    others = [name for name in names if (folder / os.fsdecode(name)).resolve() not in own.values()]
    return [
        source
        for source, resolved in own.items()
        if resolved in changed or _names_any(resolved, others)
    ]


def judge_changed(
    gate: Gate,
    files: Sequence[Path],
    workspace: Collection[Path],
    surroundings: Surroundings,
    progress: Progress,
) -> GateReport:
    """Judge `files`, and report on them and on what they break elsewhere.

    Where they refer to what neither they nor the last build has, they are judged again among all
    records of the workspace: a fresh clone has no build, and an old one lacks what came since.
    """
    report = gate.judge(files, surroundings, progress).report
    if any(finding.code.startswith(_ELSEWHERE) for finding in report.findings):
        known = {file.resolve() for file in files}
        others = [file for file in workspace if file.resolve() not in known]
        whole = gate.judge([*files, *others], surroundings, progress).report
        names = {shown(file, gate.start) for file in files}
        broken = {_place(finding) for finding in report.findings}
        kept = [
            finding
            for finding in whole.findings
            if finding.file in names or _place(finding) in broken
        ]
        report = replace(whole, findings=tuple(kept))
    return report


def _place(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.file, finding.line, finding.column


def _tree(folder: Path, revision: str) -> str:
    """Return the hash of the tree of `revision`; before the first commit, HEAD is empty."""
    if _git(folder, "rev-parse", "--is-inside-work-tree").strip() != b"true":
        raise CallError(f"{folder} is no working tree of git; --changed needs one")
    if not revision.startswith("-"):
        found = _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{tree}}", wrong=b"")
        if found:
            return found.decode().strip()
    if revision == "HEAD":
        return _git(folder, "hash-object", "-t", "tree", "--stdin").decode().strip()
    hint = ""
    if Path(revision).exists():
        hint = f"; for the files changed there, write --changed=HEAD {revision}"
    raise CallError(f"git knows no revision '{revision}'{hint}")


def _names_any(file: Path, names: Collection[bytes]) -> bool:
    """Whether `file` holds one of `names`: a record names its article's text."""
    if not names or not file.is_file():
        return False
    content = file.read_bytes()
    return any(name in content for name in names)


def _git(folder: Path, *arguments: str, wrong: bytes | None = None) -> bytes:
    """Run git in `folder` and return what it prints, or `wrong`, if given, where it fails."""
    program = shutil.which("git")
    if program is None:
        raise EnvironmentFault("There is no git on this machine; --changed asks it what changed")
    environment = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    told = subprocess.run(
        [program, *arguments],
        cwd=folder,
        env={**environment, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if told.returncode == 0:
        return told.stdout
    if wrong is not None:
        return wrong
    words = told.stderr.decode("utf-8", "backslashreplace").strip()
    if "not a git repository" in words:
        raise CallError(f"{folder} is not kept by git; --changed needs a repository")
    raise EnvironmentFault(f"git {arguments[0]} failed: {words}")
