"""Whether words stand in a text where a record says that they do, character for character."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.articles.text import occurrences
from kg.records.document import Path, Problem

_FOLDED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


def span_problems(
    text: str, path: Path, key: str, span: str, start: int | None, *, first: bool
) -> Iterator[Problem]:
    """Check that `span` stands at `start`; without one, that it stands once (or `first` counts)."""
    if start is not None and start >= 0 and text.startswith(span, start):
        return
    found = occurrences(text, span)
    shown = span if len(span) <= 60 else span[:57] + "..."
    if not found:
        message = f"“{shown}” does not stand in the text{_near(text, span)}"
        yield Problem("quote-not-in-text", message, (*path, key), value=shown)
    elif start is not None:
        where = ", ".join(str(offset) for offset in found[:5])
        message = f"“{shown}” stands at {where}, not at {start}"
        yield Problem("quote-offset", message, (*path, "start"), value=str(start))
    elif len(found) > 1 and not first:
        where = ", ".join(str(offset) for offset in found[:5])
        message = f"“{shown}” stands {len(found)} times in the text (at {where}); say which: start"
        yield Problem("quote-ambiguous", message, (*path, key), value=shown)


def _near(text: str, span: str) -> str:
    """Say where the words stand when only quotation marks, dashes or white space differ."""
    pattern = r"\s+".join(re.escape(word) for word in span.translate(_FOLDED).split())
    match = re.search(pattern, text.translate(_FOLDED), re.IGNORECASE) if pattern else None
    if match is None:
        return ""
    return (
        f"; at {match.start()} it has the same words with other quotation marks, dashes, "
        "capitals or white space: copy it from there"
    )
