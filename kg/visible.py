"""Text from outside as it may be shown: nothing in it steers a terminal or turns a line around."""

from __future__ import annotations

import re
from collections.abc import Callable

_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
_SUSPECT = re.compile(r"[^\x20-\x7e\n\t]")


def visible(text: str) -> str:
    """Return `text` with control and direction-changing characters made visible, on one line."""
    if text.isprintable():
        return text
    import unicodedata

    return "".join(
        char
        if unicodedata.category(char) not in _UNSEEN
        else " "
        if char in "\n\r\t"
        else f"\\u{ord(char):04x}"
        for char in text
    )


def escape_unseen(text: str, escape: Callable[[str], str]) -> str:
    """Return `text` with each such character, line ends and tabs left out, as `escape` writes it.

    For formats that have escapes of their own, so that they still say the same.
    """
    import unicodedata

    def replaced(match: re.Match[str]) -> str:
        char = match.group()
        return escape(char) if unicodedata.category(char) in _UNSEEN else char

    return _SUSPECT.sub(replaced, text)
