"""The message of a finding, with the values that its shape compares."""

from __future__ import annotations

import re

from kg.shacl.graph import Data
from kg.shacl.terms import Term, is_literal, plain
from kg.validation.findings import shortened
from kg.vocabulary.terms import KG

_PROPERTY = re.compile(r"\{(\w+)\}")
_INTEGER = re.compile(r"-?\d{1,40}")


def worded(says: str, node: Term, data: Data) -> str | None:
    """Return the sentence of a shape (``kgsh:says``) on a node; None where a value is missing.

    Args:
        says: names of properties of the ontology in braces, among words.
        node: the focus node.
        data: what says the values.
    """
    values = {name: _values(name, node, data) for name in _PROPERTY.findall(says)}
    if not all(values.values()):
        return None
    return _PROPERTY.sub(lambda match: values[match[1]], says)


def _values(name: str, node: Term, data: Data) -> str:
    found = data.forward((node,), f"<{KG}{name}>").get(node, ())
    return " and ".join(sorted(_written(value) for value in found))


def _written(value: Term) -> str:
    """Return a value as people write it: 12,000."""
    text = plain(value)
    if is_literal(value) and _INTEGER.fullmatch(text):
        return f"{int(text):,}"
    return shortened(text) or ""
