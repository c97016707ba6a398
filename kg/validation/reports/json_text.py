"""JSON for people and programs: other scripts as they are, what nobody sees as escapes."""

from __future__ import annotations

import json
from typing import Any

from kg.visible import escape_unseen


def json_text(value: Any) -> str:
    """Return `value` as indented JSON with a line end."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return escape_unseen(text, lambda char: json.dumps(char)[1:-1]) + "\n"
