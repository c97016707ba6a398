"""Read an article from a text, Markdown or HTML file: its text, and what the page says of itself.

Text and Markdown are kept as they are stored, so that offsets count in the file. The text of a
page is new, and is to be stored beside its record.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.articles.heads import head_of, written_day
from kg.articles.pages import read_page
from kg.articles.text import in_lines, read_text

MARKDOWN = (".md", ".markdown")
PAGES = (".html", ".htm", ".xhtml")
# Files from Windows begin with a character that nobody sees.
_FRONT_MATTER = re.compile(r"\ufeff?--- ?\n(.*?)(?<=\n)---(?: ?\n|\Z)", re.DOTALL)
_KEYS = {
    "title": "title",
    "date": "published",
    "published": "published",
    "author": "author",
    "publisher": "publisher",
    "site": "publisher",
    "url": "url",
    "language": "language",
    "lang": "language",
}


@dataclass(frozen=True)
class ReadArticle:
    """An article's text and what its file says about it.

    Attributes:
        content: the text, in code points.
        sha256: of the text's bytes in UTF-8.
        body: offset at which the text begins, behind Markdown front matter.
        is_new: whether the text stands in no file yet.
        title: as the page states it, as the other attributes; None where it does not.
    """

    content: str
    sha256: str
    body: int = 0
    is_new: bool = False
    title: str | None = None
    published: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None


def read_article(file: Path) -> ReadArticle:
    """Read the article in `file` by its ending; any ending but those of pages is text.

    Raises:
        OSError: the file cannot be opened.
        TextUnreadableError: it is too large, no UTF-8, or a page without an article.
        EnvironmentFault: a page is to be read and trafilatura is not installed.
    """
    if file.suffix.lower() in PAGES:
        return _read_page(file)
    text = read_text(file)
    is_markdown = file.suffix.lower() in MARKDOWN
    body, says = _front_matter(text.content) if is_markdown else (0, {})
    return ReadArticle(text.content, text.sha256, body, **head_of(text.content[body:]) | says)


def _front_matter(text: str) -> tuple[int, dict[str, Any]]:
    """Return where the text begins behind front matter, and what that says, one key a line."""
    matter = _FRONT_MATTER.match(in_lines(text))
    if matter is None:
        return 0, {}
    says: dict[str, Any] = {}
    for line in matter[1].splitlines():
        key, _, value = line.partition(":")
        name = _KEYS.get(key.strip().lower())
        value = value.strip().strip("\"'")
        if name and value:
            says[name] = (written_day(value) or value) if name == "published" else value
    return matter.end(), says


def _read_page(file: Path) -> ReadArticle:
    text, page = read_page(file)
    content = f"{text}\n"
    return ReadArticle(
        content,
        hashlib.sha256(content.encode("utf-8")).hexdigest(),
        is_new=True,
        title=page.title,
        published=page.date or head_of(content).get("published"),
        author=page.author,
        publisher=page.sitename or page.hostname,
        url=page.url,
        language=page.language,
    )
