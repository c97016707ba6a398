"""The article in a saved page: its text, a line for each block, and what the page says of itself.

Pages come from anywhere: what would take a parser beyond anybody's patience is refused before it
is parsed, since the time for a tag grows with the square of its attributes.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from kg.articles.linked_data import with_dates_of_article
from kg.articles.text import MAX_BYTES, TextUnreadableError
from kg.errors import EnvironmentFault

# The sum, over all tags of many attributes, of the square of their number.
MAX_TANGLE = 5_000_000
MANY = 50
# How often a character may be looked at, since what is a tag and what is quoted is not trusted.
MAX_LOOKS = 20
_TAG = re.compile(r"<[a-zA-Z][^\s/>]*")
_NAME = re.compile(r"[\s/]*([^\s/>=]*)\s*(=?)\s*")
_VALUE = re.compile(r"[^\s>]*")
_FRAME = re.compile(r"<(?:html|head|body|frameset)\b", re.IGNORECASE)
# A caption says what a picture shows, often of another day; it claims nothing.
_LEFT_OUT = ("script", "style", "figcaption")
_OPENED = re.compile(rf"<({'|'.join(_LEFT_OUT)})\b[^>]{{0,500}}>", re.IGNORECASE)
_CLOSED = {name: re.compile(rf"</{name}[^>]{{0,100}}>", re.IGNORECASE) for name in _LEFT_OUT}
_BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "div", "section", "pre",
    "dt", "dd", "figcaption", "ul", "ol", "br", "hr")  # fmt: skip
# Stand for the end of a line while a page is cleaned: a character for private use, which no page
# means, and where trafilatura takes that out, as it does of the shortest pages, a rare one.
_ENDS = ("\ue000", "\u204b")
_NO_ENDS: dict[int, str | None] = dict.fromkeys(map(ord, _ENDS))
# Where a page says ISO 8859-1, browsers read the code page of Windows (WHATWG Encoding, 4.2).
_WINDOWS = {at: bytes([at]).decode("cp1252", "ignore") for at in range(0x80, 0xA0)}
_READ_AS = _NO_ENDS | _WINDOWS


def read_page(file: Path) -> tuple[str, Any]:
    """Return the text of the article in a page, and what trafilatura found the page to say.

    Raises:
        OSError: the file cannot be opened.
        TextUnreadableError: it is too large, would take too long, or holds no article.
        EnvironmentFault: trafilatura is not installed.
    """
    try:
        import trafilatura
        from trafilatura.utils import decode_file, load_html
    except ImportError as error:
        raise EnvironmentFault(
            f"Reading {file.name} takes trafilatura: pip install 'communique[html]'"
        ) from error
    if file.stat().st_size > MAX_BYTES:
        raise TextUnreadableError(f"is larger than {MAX_BYTES // 1_000_000} MB")
    source = _whole(_without_captions(decode_file(file.read_bytes()).translate(_READ_AS)))
    if len(source) > MAX_BYTES:
        raise TextUnreadableError(f"is larger than {MAX_BYTES // 1_000_000} MB when unpacked")
    if is_tangled(source):
        raise TextUnreadableError(
            "has tags of thousands of attributes, as no article has; save its text instead"
        )
    source = with_dates_of_article(source)

    def extract(page: Any) -> Any:
        return trafilatura.bare_extraction(
            page, with_metadata=True, include_comments=False, include_tables=False
        )

    page = extract(source)
    if page is None or not page.text:
        raise TextUnreadableError("holds no article that could be found")
    if "\n" in page.text:
        return page.text, page
    # Of a short page everything is taken, in one line.
    for end in _ENDS:
        tree = load_html(source)
        marked = extract(_with_ends(tree, end)) if tree is not None else None
        if marked and not {"\n", end}.isdisjoint(marked.text or ""):
            return _in_lines(marked.text, end), page
    return page.text, page


def _whole(source: str) -> str:
    """Return a page; paragraphs alone become one."""
    return source if _FRAME.search(source) else f"<html><body>{source}</body></html>"


def _without_captions(source: str) -> str:
    """Take out captions, scripts and styles, but for what a page says of itself in one."""
    kept, end = [], 0
    while start := _OPENED.search(source, end):
        last = _CLOSED[start[1].lower()].search(source, start.end())
        if last is None:
            break
        kept.append(source[end : last.end() if "ld+json" in start[0] else start.start()])
        end = last.end()
    return "".join((*kept, source[end:]))


def is_tangled(source: str) -> bool:
    """Whether tags have so many attributes that to parse them takes too long.

    Whatever looks like the beginning of a tag counts as one, in quotes and comments too: parsers
    differ in what they take for quoted.
    """
    tangle, looks = 0, MAX_LOOKS * len(source) + 1_000_000
    unclosed: set[str] = set()
    for tag in _TAG.finditer(source):
        count, end = 0, tag.end()
        while (match := _NAME.match(source, end)) and match.end() > end:
            count, end = count + 1, match.end()
            if match[2]:
                end = _behind_value(source, end, unclosed)
        tangle += count * count if count > MANY else 0
        looks -= end - tag.start()
        if tangle > MAX_TANGLE or looks < 0:
            return True
    return False


def _behind_value(source: str, start: int, unclosed: set[str]) -> int:
    quote = source[start : start + 1]
    if quote in ("'", '"') and quote not in unclosed:
        end = source.find(quote, start + 1)
        if end >= 0:
            return end + 1
        unclosed.add(quote)  # looked for once: there is none further on
    match = _VALUE.match(source, start)
    return match.end() if match else start


def _with_ends(tree: Any, end: str) -> Any:
    """Mark where the blocks of a page begin and end, and take out its tables."""
    for table in list(tree.iter("table")):
        table.drop_tree()
    for block in tree.iter(*_BLOCKS):
        if len(block):
            block[-1].tail = (block[-1].tail or "") + end
        elif block.tag not in ("br", "hr"):
            block.text = (block.text or "") + end
        block.tail = end + (block.tail or "")
        before, parent = block.getprevious(), block.getparent()
        if before is not None:
            before.tail = (before.tail or "") + end
        elif parent is not None:
            parent.text = (parent.text or "") + end
    return tree


def _in_lines(text: str, end: str) -> str:
    lines = (line.strip() for line in text.replace(end, "\n").split("\n"))
    return "\n".join(line for line in lines if any(map(str.isalnum, line)))
