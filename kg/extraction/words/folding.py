"""Words as they are compared: names without case and accents, numbers in plain digits."""

from __future__ import annotations

import unicodedata

_WIDE = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
_FRACTIONS = {"½": "5", "¼": "25", "¾": "75"}


def fold(word: str) -> str:
    """Return `word` in lower case, without accents, apostrophes straight."""
    if word.isascii():
        return word.lower()
    bare = unicodedata.normalize("NFKD", word.lower().replace("’", "'").replace("ł", "l"))
    return "".join(char for char in bare if not unicodedata.combining(char))


def lower(word: str) -> str:
    """Return `word` in lower case, its numbers in plain digits: "２００" is 200, "1½" is 1.5."""
    low = word.lower()
    if low.isascii():
        return low
    low = low.translate(_WIDE)
    if low[-1] in _FRACTIONS and (len(low) == 1 or low[:-1].isdecimal()):
        return f"{low[:-1] or 0}.{_FRACTIONS[low[-1]]}"
    return low
