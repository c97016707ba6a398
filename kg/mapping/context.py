"""The JSON-LD context: read once, and asked backwards which record key a predicate stands for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Context:
    """The content of ``context.jsonld`` and, per predicate IRI, the record keys that give it."""

    content: dict[str, Any]
    keys: dict[str, list[tuple[str, ...]]]

    def keys_of(self, predicate: str) -> list[tuple[str, ...]]:
        """Return the ways a record writes `predicate`, an outer key before the one inside it."""
        return self.keys.get(predicate, [])


# A key the completed record writes, and the one the record itself has for it.
_RECORD_KEYS = {"evidence_type": "type", "offices": "acts_for", "span": "quote"}


# What gives the first and last day of an office.
_OF_OFFICES = {"earliest": "from", "latest": "until"}


@lru_cache(maxsize=4)
def load_context(file: Path) -> Context:
    """Read the context at `file`."""
    content = json.loads(file.read_text(encoding="utf-8"))["@context"]
    spaces = {key: iri for key, iri in content.items() if isinstance(iri, str) and "/" in iri}
    keys: dict[str, list[tuple[str, ...]]] = {}
    _collect(content, (), spaces, keys)
    for bound, key in _OF_OFFICES.items():
        keys.setdefault(f"{spaces['kg']}{bound}", []).append((key,))
    return Context(content, keys)


def _collect(
    terms: dict[str, Any],
    outer: tuple[str, ...],
    spaces: dict[str, str],
    keys: dict[str, list[tuple[str, ...]]],
) -> None:
    for key, definition in terms.items():
        if key.startswith("@") or key in spaces:
            continue
        iri = definition if isinstance(definition, str) else definition.get("@id", "")
        prefix, _, local = iri.partition(":")
        path = (*outer, _RECORD_KEYS.get(key, key))
        if prefix in spaces:
            keys.setdefault(spaces[prefix] + local, []).append(path)
        inner = definition.get("@context") if isinstance(definition, dict) else None
        if isinstance(inner, dict) and not {"@base", "@vocab"} & inner.keys():
            # A class opens its own context on the same mapping; a nest opens one further in.
            _collect(inner, outer if key[0].isupper() else path, spaces, keys)
