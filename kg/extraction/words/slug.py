"""Ids from words: lower case, digits and single hyphens."""

from __future__ import annotations

import re

from kg.extraction.words.folding import fold

# As long as an id in a record may be; a test holds it equal to the model, whose import is slow.
MAX_ID = 80
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(words: str) -> str:
    """Return an id made of `words`, ``x`` if they hold no letter of the Latin alphabet."""
    plain = _OTHER.sub("-", fold(words[:200])).strip("-")
    return plain[:MAX_ID].strip("-") or "x"
