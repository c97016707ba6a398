"""What kg itself gives a query that the graph cannot know: the quotes that are no longer there.

A query says ``#+ given: [stale]`` and has ``VALUES ?_stale_iri { UNDEF }``; without kg it runs as
it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.articles.text import Text, TextUnreadableError, read_text
from kg.vocabulary.terms import KG, PROV

STALE = "?_stale_iri"
# No claim has this IRI: where nothing is stale, nothing is found.
_NONE = ox.NamedNode("urn:kg:none")


def stale_quotes(store: ox.Store, workspace: Path) -> str:
    """Return the claims whose quote does not stand where it stood, as the terms of a VALUES.

    Args:
        store: the last build.
        workspace: the folder in which the articles' texts lie.
    """
    return " ".join(map(str, sorted(_stale(store, workspace), key=str))) or str(_NONE)


def _stale(store: ox.Store, workspace: Path) -> Iterator[ox.NamedNode]:
    text_path, digest = ox.NamedNode(f"{KG}textPath"), ox.NamedNode(f"{KG}textDigest")
    for quad in store.quads_for_pattern(None, text_path, None):
        text = _text(workspace, _value(quad.object))
        recorded = _first(store, quad.subject, digest)
        if text and text.sha256 == recorded:
            continue
        derived = ox.NamedNode(f"{PROV}wasDerivedFrom")
        for part in store.quads_for_pattern(None, derived, quad.subject):
            if isinstance(part.subject, ox.NamedNode) and not _stands(store, part.subject, text):
                yield part.subject


def _stands(store: ox.Store, claim: ox.NamedNode, text: Text | None) -> bool:
    """Whether the quote of `claim` stands in `text`; what has no quote is not asked for."""
    quote = _first(store, claim, ox.NamedNode(f"{KG}quoteExact"))
    start = _first(store, claim, ox.NamedNode(f"{KG}quoteStart"))
    if quote is None or start is None:
        return True
    return text is not None and text.content.startswith(quote, int(start))


def _text(workspace: Path, name: str) -> Text | None:
    file = (workspace / name).resolve()
    try:
        return read_text(file) if file.is_relative_to(workspace.resolve()) else None
    except (OSError, TextUnreadableError):
        return None


def _first(store: ox.Store, subject: Any, predicate: ox.NamedNode) -> str | None:
    quad = next(iter(store.quads_for_pattern(subject, predicate, None)), None)
    return _value(quad.object) if quad else None


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))
