"""Write a record as the YAML that people edit: block style, one key a line, quotes unfolded."""

from __future__ import annotations

import json
import re
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
    lines: list[str] = []
    _mapping(lines, data, "", "")
    return "\n".join(lines) + "\n"


def _mapping(lines: list[str], data: dict[str, Any], indent: str, opening: str) -> None:
    """Write a mapping; its first line begins with `opening`, the others with `indent`."""
    for key, value in data.items():
        if isinstance(value, dict):
            lines.append(f"{opening}{key}:")
            _mapping(lines, value, indent + "  ", indent + "  ")
        elif isinstance(value, (list, tuple)):
            _sequence(lines, f"{opening}{key}:", value, indent)
        else:
            lines.append(f"{opening}{key}: {_scalar(value)}")
        opening = indent


def _sequence(lines: list[str], key: str, values: list[Any] | tuple[Any, ...], indent: str) -> None:
    if not all(isinstance(value, dict) for value in values):
        lines.append(f"{key} [{', '.join([_scalar(value, inline=True) for value in values])}]")
        return
    lines.append(key)
    for value in values:
        _mapping(lines, value, indent + "    ", f"{indent}  - ")


def _scalar(value: Any, *, inline: bool = False) -> str:
    if not isinstance(value, str):
        return str(value)
    form = _PLAIN if inline else _PLAIN_TEXT
    if form.fullmatch(value) and value.lower() not in _WORDS and value[-1] not in " \u00a0":
        return value
    return json.dumps(value, ensure_ascii=False).translate(_BREAKS)
