"""Text and Markdown keep their offsets; a page gives a new text and says things of itself."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kg.articles.heads import written_day
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


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_from_any_system(bom: str, end: str, tmp_path: Path) -> None:
    file = tmp_path / "jets.md"
    file.write_bytes((bom + MARKDOWN.replace("\n", end)).encode())
    article = read_article(file)

    assert article.content.encode() == file.read_bytes()
    assert article.content[article.body :].startswith("# Jets for a war")
    assert (article.title, article.publisher) == ("Jets for a war", "Reuters")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2024-09-10", "2024-09-10"),
        ("2024-09-10T09:00:00Z", "2024-09-10"),
        ("2024-09-10 09:00", "2024-09-10"),
        ("10 September 2024", "2024-09-10"),
        ("Tuesday, 10th Sept. 2024", "2024-09-10"),
        ("Published: September 10, 2024, 9:30 am GMT", "2024-09-10"),
        ("Sep 10 2024", "2024-09-10"),
        ("2024-09", None),
        ("09/10/2024", None),
        ("31 June 2024", None),
        ("10 Septober 2024", None),
        ("He left on 10 September 2024", None),
        ("x" * 100_000, None),
    ],
)
def test_days_as_people_write_them(words: str, day: str | None) -> None:
    assert written_day(words) == day


def test_front_matter_with_a_date_in_words(tmp_path: Path) -> None:
    file = tmp_path / "jets.md"
    file.write_text(MARKDOWN.replace("2020-05-27", "27 May 2020"), encoding="utf-8")

    assert read_article(file).published == "2020-05-27"


HEAD = """Missiles for Moscow
By Jane Doe
10 September 2024
https://example.org/a

Iran sent 200 missiles to Russia on Monday, Kyiv said.

By Sunday
9 September 2024
"""


@pytest.mark.parametrize("text", [HEAD, HEAD.replace("\n", "\n\n"), HEAD.replace("\n", "\r\n")])
def test_the_lines_above_a_text_say_who_wrote_it_when(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode())
    article = read_article(file)

    assert (article.author, article.published) == ("Jane Doe", "2024-09-10")
    assert article.url == "https://example.org/a"


def test_what_the_text_itself_says_is_no_head(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Iran sent 200 missiles to Russia.\n9 September 2024\nBy Jane Doe\n")
    article = read_article(file)

    assert (article.author, article.published, article.url) == (None, None, None)


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
