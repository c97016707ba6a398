"""What a page says in JSON-LD of when things appeared: only what is said of its article counts.

Whoever looks for a date takes the first that stands there, and that may be the day on which the
site began, a picture was taken or another story appeared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

_KIND = re.compile(r"ld\+json", re.IGNORECASE)
_OPENED = re.compile(r"<script\b[^>]*\Z", re.IGNORECASE)
# So many characters of a tag are looked at before and behind its kind.
_TAG = 500
_CLOSED = re.compile(r"</script", re.IGNORECASE)
_DATES = ("datePublished", "dateModified", "dateCreated", "uploadDate")
_ARTICLES = ("Article", "Posting", "Report")
# Whose dates are never those of a text: the endings of their types.
_NO_TEXTS = ("WebSite", "Organization", "Person", "ImageObject", "Comment", "ItemList", "ListItem",
    "BreadcrumbList", "Product", "Place")  # fmt: skip
# What stands in these is what the page is about, and not a thing beside it.
_HOLDERS = ("@graph", "mainEntity")
_ARTICLE, _OTHER_TEXT, _NO_TEXT = 2, 1, 0


def with_dates_of_article(source: str) -> str:
    """Return a page without the dates that its JSON-LD gives to anything but its article.

    Where it names no article with a date, those of a page or a film stand for it; those of a site,
    an outlet or a picture never do. What is no JSON is left as it is.
    """
    if "datePublished" not in source:
        return source
    blocks = [(start, end, _loaded(source[start:end])) for start, end in _blocks(source)]
    best = max((_best(content) for _, _, content in blocks), default=_NO_TEXT)
    kept, behind = [], 0
    for start, end, content in blocks:
        if content is not None and _drop(content, max(best, _OTHER_TEXT)):
            written = json.dumps(content, ensure_ascii=False).replace("</", "<\\/")
            kept += [source[behind:start], written]
            behind = end
    return "".join((*kept, source[behind:]))


def _blocks(source: str) -> Iterator[tuple[int, int]]:
    """Yield where each script of JSON-LD begins and ends."""
    end = 0
    for kind in _KIND.finditer(source):
        before = source[max(end, kind.start() - _TAG) : kind.start()]
        begin = source.find(">", kind.end(), kind.end() + _TAG) + 1
        if kind.start() < end or not begin or not _OPENED.search(before):
            continue
        closed = _CLOSED.search(source, begin)
        if closed is None:
            return
        end = closed.start()
        yield begin, end


def _loaded(words: str) -> Any:
    try:
        content = json.loads(words, strict=False)
        json.dumps(content, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        return None
    return content


def _best(content: Any) -> int:
    """Return the rank of the best thing with a date of publication, of those not inside another."""
    return max((_rank(one) for one in _outermost(content) if _DATES[0] in one), default=_NO_TEXT)


def _outermost(content: Any) -> list[dict[str, Any]]:
    return list(_things(content, lambda one: [one[key] for key in _HOLDERS if key in one]))


def _things(
    content: Any, inside: Callable[[dict[str, Any]], Iterable[Any]]
) -> Iterator[dict[str, Any]]:
    """Yield the things of a block, and of each those that `inside` finds in it."""
    waiting = [content]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            yield one
            waiting += inside(one)


def _rank(thing: dict[str, Any]) -> int:
    """Return whether a thing is an article, another text or of no known type, or no text."""
    types = thing.get("@type", "WebPage")
    names = [str(name) for name in (types if isinstance(types, list) else [types])]
    if any(name.endswith(_ARTICLES) for name in names):
        return _ARTICLE
    return _NO_TEXT if any(name.endswith(_NO_TEXTS) for name in names) else _OTHER_TEXT


def _drop(content: Any, rank: int) -> bool:
    """Take out the dates of all but the outermost things from a rank on; return if there were."""
    outermost = {id(one) for one in _outermost(content)}
    dropped = False
    for one in _things(content, dict.values):
        if id(one) not in outermost or _rank(one) < rank:
            there = [key for key in _DATES if key in one]
            for key in there:
                del one[key]
            dropped = dropped or bool(there)
    return dropped
