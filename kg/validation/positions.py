"""Where a node of the mapped graph, and a predicate of it, stand in the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.mapping.completing import Node
from kg.mapping.context import Context
from kg.records.document import Document, Path
from kg.records.reader import Reading

_SECTIONS = ("actors", "places", "events", "evidence", "claims", "mentions", "assessments")


def node_paths(reading: Reading, nodes: Sequence[Node]) -> dict[str, Path]:
    """Return the path in the record of every node, by relative IRI.

    `nodes` are the completed ones, in the order in which the record declares them.
    """
    paths: list[Path] = [("article",)] if reading.article else []
    for section in _SECTIONS:
        paths += [path for path, _ in reading.items(section)]
    found: dict[str, Path] = {}
    for node, path in zip(nodes, paths, strict=True):
        _collect(node, path, found)
    return found


def _collect(node: dict[str, Any], path: Path, found: dict[str, Path]) -> None:
    found.setdefault(node["id"], path)
    for key, inner in (("quote", "quote"), ("offices", "acts_for"), ("replacement",) * 2):
        value = node.get(key)
        if isinstance(value, dict):
            _collect(value, (*path, inner), found)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                _collect(item, (*path, inner, index), found)


def predicate_path(document: Document, node: Path, predicate: str, context: Context) -> Path:
    """Return the path of the record key behind `predicate` of the node at `node`.

    Falls back to the node itself where the record does not write that key.
    """
    for keys in context.keys_of(predicate):
        for tail in (keys, keys[-1:], keys[:1]):
            if document.has((*node, *tail)):
                return (*node, *tail)
    return node


def is_written(document: Document, node: Path, predicate: str, context: Context) -> bool:
    """Whether the node at `node` writes the key behind `predicate` itself."""
    return any(
        document.has((*node, *tail))
        for keys in context.keys_of(predicate)
        for tail in (keys, keys[-1:])
    )


def item_path(document: Document, path: Path, value: str | None) -> Path:
    """Return the path of the list item at `path` that `value`, an IRI or a literal, stands for."""
    items = document.value(path)
    if value is None or not isinstance(items, list):
        return path
    for index, item in enumerate(items):
        if isinstance(item, str) and (item == value or value.endswith(f"/{item}")):
            return (*path, index)
    return path
