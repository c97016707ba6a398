"""Text and Markdown keep their offsets; a page gives a new text and says things of itself."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from kg.articles.heads import written_day
from kg.articles.pages import is_tangled
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
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
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
        ("Updated Sept. 10, 2024 4:12 pm ET", "2024-09-10"),
        ("Last updated on 10 September 2024 at 16:12", "2024-09-10"),
        ("Updated 4:12 PM EDT, September 10, 2024", "2024-09-10"),
        ("First published 10 Sep 2024", "2024-09-10"),
        ("Updated on: 10 September 2024 / 4:12 PM EDT", "2024-09-10"),
        ("Updated forces left on 10 September 2024", None),
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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Guns\n\nKyiv, 3 Jan. 2024\n\nItaly sent guns to Armenia.\n", "2024-01-03"),
        ("Guns\n\nKYIV, Jan. 3, 2024 (Wire) — Italy sent guns to Armenia.\n", "2024-01-03"),
        ("Addis Ababa, Ethiopia, 3rd January 2024: Italy sent guns.\n", "2024-01-03"),
        ("Guns\r\rKyiv, 2024-01-03\r\rItaly sent guns to Armenia.\r", "2024-01-03"),
        ("Guns\n4 January 2024\n\nKYIV, 3 Jan. 2024 – Italy sent guns.\n", "2024-01-04"),
        ("KYIV, Jan. 3 (Wire) — Italy sent guns to Armenia.\n", None),
        ("KYIV, 31 Feb. 2024 — Italy sent guns to Armenia.\n", None),
        ("In the town of Kyiv, 3 January 2024 - a day of guns.\n", None),
        ("On Tuesday, 3 January 2024, Italy sent guns to Armenia.\n", None),
        ("Guns.\n\nKYIV, 3 Jan. 2024 – Italy sent guns to Armenia.\n", None),
    ],
)
def test_a_dateline_says_when_a_text_appeared_if_nothing_else_does(
    text: str, day: str | None, tmp_path: Path
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode())

    assert read_article(file).published == day


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        ("Updated Sept. 10, 2024 4:12 pm ET\nGuns", "2024-09-10"),
        ("Updated Sept. 10, 2024 4:12 pm ET\nGuns\nPublished Sept. 9, 2024", "2024-09-09"),
        ("Guns\nPublished 9 Sept. 2024 | Updated 10 Sept. 2024", "2024-09-09"),
        ("Guns\nUpdated 10 Sept. 2024 · Published 9 Sept. 2024", "2024-09-09"),
        ("Guns\n10 Sept. 2024 | World", None),
    ],
)
def test_when_a_text_was_updated_is_second_to_when_it_appeared(
    lines: str, day: str | None, tmp_path: Path
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"{lines}\n\nItaly sent guns to Armenia.\n", encoding="utf-8")

    assert read_article(file).published == day


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


@pytest.mark.parametrize(
    ("fragment", "lines"),
    [
        ("<p>Italy sent 40 guns to Armenia.</p>", ["Italy sent 40 guns to Armenia."]),
        ("<p>Italy sent <b>40</b> guns.</p><p>Rome denies it.</p>", None),
        ("<div>Italy sent 40 guns.</div>\n<p>Rome denies it.", None),
        ("Italy sent 40 guns.<br>Rome denies it.", None),
    ],
)
def test_paragraphs_without_a_page_are_read(
    fragment: str, lines: list[str] | None, tmp_path: Path
) -> None:
    pytest.importorskip("trafilatura")
    file = tmp_path / "a.html"
    file.write_text(fragment, encoding="utf-8")

    expected = lines or ["Italy sent 40 guns.", "Rome denies it."]
    assert [line.strip() for line in read_article(file).content.splitlines()] == expected


def test_a_caption_is_no_part_of_the_text(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    page = _page(
        tmp_path,
        "<article><p>Italy sent 40 guns to Armenia.</p><figure><img src='a.jpg'><figcaption>Kenya "
        "sent 90 tanks to Togo.</figcaption></figure><p>Rome denies it.</p></article>",
    )

    assert "Kenya" not in read_article(page).content


def _page(tmp_path: Path, body: str) -> Path:
    file = tmp_path / "a.html"
    file.write_text(f"<html><head><title>A</title></head><body>{body}</body></html>")
    return file


_SITE = {"@type": "WebSite", "datePublished": "2011-01-01"}
_STORY = {"@type": "NewsArticle", "datePublished": "2024-05-03"}
_OTHER = {"@type": "NewsArticle", "datePublished": "2019-09-09"}
_PICTURE = {"@type": "ImageObject", "uploadDate": "2015-02-02", "datePublished": "2015-02-02"}


@pytest.mark.parametrize(
    "blocks",
    [
        [[_SITE, _STORY]],
        [[_STORY, _SITE]],
        [_SITE, _STORY],
        [{"@graph": [_SITE, {"@type": "WebPage", "datePublished": "2012-01-01"}, _STORY]}],
        [{"@type": "WebPage", "datePublished": "2012-01-01", "mainEntity": _STORY}],
        [{"@type": ["ReportageNewsArticle"], "image": _PICTURE, "datePublished": "2024-05-03"}],
        [{"@type": "BlogPosting", "isRelatedTo": [_OTHER], "datePublished": "2024-05-03"}],
        [_SITE, {"@type": "WebPage", "datePublished": "2024-05-03"}],
        [_PICTURE, {"datePublished": "2024-05-03", "name": "</b>"}],
    ],
    ids=str,
)
def test_a_page_appeared_when_its_article_did(blocks: list[Any], tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    scripts = "".join(
        f'<script type="application/ld+json">{json.dumps(block)}</script>' for block in blocks
    )
    page = _page(tmp_path, f"{scripts}<article><p>Italy sent 40 guns to Armenia.</p></article>")

    assert read_article(page).published == "2024-05-03"


@pytest.mark.parametrize(
    "words",
    ['{"@type": "WebSite", "datePublished": "2011-01-01"', '"datePublished"' + "[" * 5000,
     '["datePublished", 7, null, {"@type": 7, "datePublished": {}}]'],
    ids=["cut", "deep", "odd"],
)  # fmt: skip
def test_odd_linked_data_does_no_harm(words: str, tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    script = f'<script type="application/ld+json">{words}</script><script>'
    page = _page(tmp_path, f"{script}</script><article><p>Italy sent 40 guns.</p></article>")

    assert "Italy sent 40 guns." in read_article(page).content


def test_a_short_page_keeps_its_lines(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    page = _page(
        tmp_path,
        "<article><h1>Missiles for Moscow</h1><p>Iran sent 200 missiles to Russia on Monday, Kyiv "
        "said.</p><blockquote>Moscow denied it.</blockquote><ul><li>Iran sent 3 Shahed-136 drones "
        "to Syria.</li></ul><table><tr><td>Iran sent 9 tanks to Russia</td></tr></table><p>It was "
        "<b>the largest</b> shipment<br>of the year.</p></article>",
    )

    assert read_article(page).content.splitlines() == [
        "Missiles for Moscow",
        "Iran sent 200 missiles to Russia on Monday, Kyiv said.",
        "Moscow denied it.",
        "- Iran sent 3 Shahed-136 drones to Syria.",
        "It was the largest shipment",
        "of the year.",
    ]


def test_the_shortest_page_keeps_its_lines_too(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    page = _page(
        tmp_path,
        "<article><h1>Shells for Kyiv</h1><p>By A. Desk</p><p>Prague has sent 50,000 shells to "
        "Ukraine.</p><p>Also read: Russia sent 900 tanks to Belarus</p><p>Poland denies it.</p>"
        "</article>",
    )

    assert read_article(page).content.splitlines() == [
        "Shells for Kyiv",
        "By A. Desk",
        "Prague has sent 50,000 shells to Ukraine.",
        "Also read: Russia sent 900 tanks to Belarus",
        "Poland denies it.",
    ]


_MANY = " ".join(f"a{number}='x'" for number in range(20_000))


@pytest.mark.parametrize(
    "body",
    [
        f"<p {_MANY}>Text.</p>",
        f'<!-- <b c=" --><p {_MANY}>Text.</p><p title="">',
        f'<script>if (a<b) c="</script><p {_MANY}>Text.</p><p title="">',
        "<p " + "".join(f"a{number} " for number in range(100_000)),
        f"<p {' '.join(f'a{number}' for number in range(900))}>" * 1000,
        "<p a='" * 200_000 + "'",
    ],
)
def test_a_page_that_would_take_too_long_is_refused_unparsed(body: str, tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    with pytest.raises(TextUnreadableError, match="attributes"):
        read_article(_page(tmp_path, body))


def test_pages_as_people_save_them_are_not_tangled() -> None:
    assert not is_tangled("<p class='a' id=b c>" * 50_000)
    assert not is_tangled('<div data-x="' + "<p>Text</p>" * 10_000 + '">')


def test_scripts_are_not_read(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    script = "for (i=0;i<len;i++) { x['a'] = \"<b>\" + y; }\n" * 20_000
    says = '{"@type": "NewsArticle", "datePublished": "2024-09-10", "headline": "A"}'
    page = _page(
        tmp_path,
        f"<script>{script}</script><SCRIPT type='application/ld+json'>{says}</SCRIPT>"
        "<article><p>Iran sent 200 missiles to Russia on Monday, Kyiv said.</p></article>",
    )

    article = read_article(page)
    assert article.content == "Iran sent 200 missiles to Russia on Monday, Kyiv said.\n"
    assert article.published == "2024-09-10"


def test_a_page_that_says_iso_8859_1_is_read_as_browsers_do(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    told = b"Iran\x92s army sent 200 drones to Russia on Monday, a statement of some length said."
    file.write_bytes(
        b'<html><head><meta charset="iso-8859-1"></head><body><article><p>'
        + told
        + b"</p></article></body></html>"
    )

    assert read_article(file).content.startswith("Iran\u2019s army sent 200 drones")
