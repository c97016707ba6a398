"""Write a record as the YAML that people edit: block style, one key a line, quotes unfolded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

# Plain only where no YAML version can read anything but this text.
_PLAIN = re.compile(r"[^\W_][^:#\"'`\\{}\[\]|>&*!%@,\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*")
_PLAIN_TEXT = re.compile(r"[^\W_][^:#\"\\{}\[\]|&*!%@\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*")
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
_BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029", 0xFEFF: "\\ufeff"}


def to_yaml(data: dict[str, Any]) -> str:
    """Return plain data of a record as YAML; lists of ids stand on one line.

    Args:
        data: mappings, lists, strings and numbers, as a record's model writes them.
    """
    return "\n".join(_mapping(data, "")) + "\n"


def _mapping(data: dict[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _mapping(value, indent + "  ")
        elif isinstance(value, list | tuple):
            yield from _sequence(key, value, indent)
        else:
            yield f"{indent}{key}: {_scalar(value)}"


def _sequence(key: str, values: list[Any] | tuple[Any, ...], indent: str) -> Iterator[str]:
    if not all(isinstance(value, dict) for value in values):
        yield f"{indent}{key}: [{', '.join(_scalar(value, inline=True) for value in values)}]"
        return
    yield f"{indent}{key}:"
    for value in values:
        first, *rest = _mapping(value, indent + "    ")
        yield f"{indent}  - {first.lstrip()}"
        yield from rest


def _scalar(value: Any, *, inline: bool = False) -> str:
    if not isinstance(value, str):
        return str(value)
    form = _PLAIN if inline else _PLAIN_TEXT
    if form.fullmatch(value) and value.lower() not in _WORDS and value[-1] not in " \u00a0":
        return value
    return json.dumps(value, ensure_ascii=False).translate(_BREAKS)
