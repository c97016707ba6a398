"""Text and Markdown keep their offsets; a page gives a new text and says things of itself."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kg.articles.reading import read_article
from kg.articles.text import TextUnreadableError

PAGE = Path(__file__).resolve().parents[1] / "data" / "extraction" / "jets.html"
MARKDOWN = """---
title: "Jets for a war"
date: 2020-05-27
publisher: Reuters
---
# Jets for a war

Russia has sent at least 14 jets to Libya.
"""


def test_markdown_is_kept_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "jets.md"
    file.write_text(MARKDOWN, encoding="utf-8")
    article = read_article(file)

    assert article.content == MARKDOWN
    assert article.sha256 == hashlib.sha256(MARKDOWN.encode()).hexdigest()
    assert article.content[article.body :].startswith("# Jets for a war")
    assert (article.title, article.published) == ("Jets for a war", "2020-05-27")
    assert not article.is_new


@pytest.mark.parametrize("text", ["---\nno end", "no matter\n", "---\n---\n", ""])
def test_markdown_without_front_matter_loses_nothing(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(text, encoding="utf-8")

    assert read_article(file).content == text


def test_a_page_gives_its_text_and_says_who_published_it_when() -> None:
    pytest.importorskip("trafilatura")
    article = read_article(PAGE)

    assert article.is_new
    assert "Russia has sent at least 14 jets to Libya" in article.content
    assert "All rights reserved" not in article.content
    assert (article.title, article.author) == ("Jets for a war", "Jane Doe")
    assert (article.publisher, article.published) == ("Reuters", "2020-05-27")
    assert article.url == "https://example.org/jets"


def test_a_page_without_an_article_says_so(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    file = tmp_path / "empty.html"
    file.write_text("<html><body></body></html>", encoding="utf-8")

    with pytest.raises(TextUnreadableError, match="no article"):
        read_article(file)
