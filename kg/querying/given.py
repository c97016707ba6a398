"""What kg itself gives a query that the graph cannot know: texts and quotes no longer there.

A query says ``#+ given: [gone, stale]`` and has ``VALUES ?_gone_iri { UNDEF }`` for the articles
whose text is gone, ``VALUES ?_stale_iri { UNDEF }`` for the claims whose quote does not stand
where it stood in a text that has changed; without kg it runs as it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.articles.text import Text, TextUnreadableError, read_text
from kg.vocabulary.terms import KG, PROV

# Nothing has this IRI: where nothing is stale or gone, nothing is found.
_NONE = ox.NamedNode("urn:kg:none")


def given_values(asked: Collection[str], store: ox.Store, workspace: Path) -> dict[str, str]:
    """Return the terms of each VALUES that kg itself fills, by its variable.

    Args:
        asked: what the query says it is given: ``gone``, ``stale``, or nothing.
        store: the last build.
        workspace: the folder in which the articles' texts lie.
    """
    if not asked:
        return {}
    gone: list[ox.NamedNode] = []
    stale: list[ox.NamedNode] = []
    for article, text in _changed(store, workspace):
        if text is None:
            gone.append(article)
        else:
            stale.extend(_moved(store, article, text))
    return {"?_gone_iri": _terms(gone), "?_stale_iri": _terms(stale)}


def _terms(nodes: Iterable[ox.NamedNode]) -> str:
    return " ".join(map(str, nodes)) or str(_NONE)


def _changed(store: ox.Store, workspace: Path) -> Iterator[tuple[ox.NamedNode, Text | None]]:
    """Yield the articles whose text is another than was built, with what it is now."""
    text_path, digest = ox.NamedNode(f"{KG}textPath"), ox.NamedNode(f"{KG}textDigest")
    root = workspace.resolve()
    for quad in store.quads_for_pattern(None, text_path, None):
        article, text = quad.subject, _text(root, _value(quad.object))
        same = text is not None and text.sha256 == _first(store, article, digest)
        if isinstance(article, ox.NamedNode) and not same:
            yield article, text


def _moved(store: ox.Store, article: ox.NamedNode, text: Text) -> Iterator[ox.NamedNode]:
    """Yield the claims of `article` whose quote does not stand in `text` where it stood."""
    exact, starts = ox.NamedNode(f"{KG}quoteExact"), ox.NamedNode(f"{KG}quoteStart")
    for quad in store.quads_for_pattern(None, ox.NamedNode(f"{PROV}wasDerivedFrom"), article):
        claim = quad.subject
        quote, start = _first(store, claim, exact), _first(store, claim, starts)
        if quote is None or start is None or text.content.startswith(quote, int(start)):
            continue
        if isinstance(claim, ox.NamedNode):
            yield claim


def _text(root: Path, name: str) -> Text | None:
    """Return the text that lies under `root`, None where there is none or it cannot be read."""
    file = root / name
    try:
        # What is not there need not be followed through every folder; a pipe would never end.
        inside = file.is_file() and file.resolve().is_relative_to(root)
        return read_text(file) if inside else None
    except (OSError, TextUnreadableError):
        return None


def _first(store: ox.Store, subject: Any, predicate: ox.NamedNode) -> str | None:
    quad = next(iter(store.quads_for_pattern(subject, predicate, None)), None)
    return _value(quad.object) if quad else None


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))
