"""The decorators at the head of a query, read as YAML once and then remembered by their text.

They are those of grlc (https://grlc.io): lines that begin with ``#+`` and together are YAML.
Loading a YAML parser costs more than answering a small query, so a build keeps what it read.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import CallError


def _lines(query: str) -> str:
    return "\n".join(line[2:] for line in query.splitlines() if line.startswith("#+"))


def read_head(query: str, remembered: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return what the decorators of `query` say, from `remembered` where it has this very head.

    Raises:
        CallError: they are no YAML mapping; `name` says whose.
    """
    lines = _lines(query)
    head = remembered.get(lines)
    if head is None:
        import yaml

        try:
            head = yaml.load(lines, Loader=yaml.CSafeLoader)
        except Exception as error:  # YAML's own, and those of a value such as 2024-13-01
            raise CallError(f"The decorators of {name} are no YAML: {error}") from error
    if not isinstance(head, dict):
        raise CallError(f"{name} has no decorators; begin it with '#+ summary: …'")
    return head


def recall_heads(memory: Path) -> dict[str, Any]:
    """Return the heads kept in `memory`, none where it is not there or not readable."""
    try:
        return dict(json.loads(memory.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def remember_heads(queries: Iterable[str], memory: Path) -> None:
    """Keep the heads of `queries` in `memory`, replaced by a rename so that it is always whole.

    A head that is broken is left out; whoever asks that query is told.
    """
    heads = {}
    for query in queries:
        with contextlib.suppress(CallError):
            heads[_lines(query)] = read_head(query, {}, "")
    aside = memory.with_suffix(f".{os.getpid()}.tmp")
    aside.write_text(json.dumps(heads, default=str), encoding="utf-8")
    aside.replace(memory)
