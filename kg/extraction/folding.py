"""Words as names are compared: without case and accents."""

from __future__ import annotations

import unicodedata


def fold(word: str) -> str:
    """Return `word` in lower case, without accents, apostrophes straight."""
    if word.isascii():
        return word.lower()
    bare = unicodedata.normalize("NFKD", word.lower().replace("’", "'").replace("ł", "l"))
    return "".join(char for char in bare if not unicodedata.combining(char))
