"""What only looks broken is none of the gate's business, and everything broken is told at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

RECORD_FILE = "records/autumn-soldiers.yaml"
TEXT_FILE = "articles/autumn-soldiers.txt"


@pytest.fixture
def check(desk: Any, record: str, text: str, digest: Any) -> Any:
    """Write an edited record and text, and give what validation finds."""

    def checked(
        *edits: tuple[str, str], text_edits: tuple[tuple[str, str], ...] = (), encode: Any = None
    ) -> Any:
        article, content = text, record
        for old, new in text_edits:
            assert old in article
            article = article.replace(old, new)
        for old, new in edits:
            assert content.count(old) == 1, old
            content = content.replace(old, new)
        content = content.replace(digest(text), digest(article))
        desk.write(TEXT_FILE, article)
        desk.write(RECORD_FILE, encode(content) if encode else content)
        return desk.validate("records")

    return checked


def test_the_record_everything_else_breaks_is_good(check: Any) -> None:
    told = check()
    assert (told.code, told.findings) == (0, [])
    assert told.json == {
        "conforms": True,
        "findings": [],
        "counts": {"error": 0, "warning": 0, "info": 0},
    }


def test_a_record_may_have_crlf_line_ends(check: Any) -> None:
    assert check(encode=lambda content: content.replace("\n", "\r\n")).findings == []


def test_a_record_may_begin_with_a_byte_order_mark(check: Any) -> None:
    assert check(encode=lambda content: "\ufeff" + content).findings == []


# START is where the quote of c1 begins, MENTION where the name does: both 73 and 368 before.
@pytest.mark.parametrize(
    ("text_edit", "start", "mention"),
    [
        pytest.param(("Seoul counts", "🚢 Seoul counts"), 75, 370, id="an emoji is one code point"),
        pytest.param(("Seoul counts", "🇰🇷 Seoul counts"), 76, 371, id="a flag is two"),
        pytest.param(("Seoul counts", "👩‍✈️ Seoul counts"), 78, 373, id="a joined emoji is four"),
        pytest.param(("Seoul", "Se\u0301oul"), 74, 369, id="a combining accent is one"),
        pytest.param(("Seoul counts", "\ufeffSeoul counts"), 74, 369, id="so is a byte-order mark"),
        pytest.param(("\n", "\r\n"), 75, 375, id="and every carriage return"),
        pytest.param(("Seoul counts", "Seoul\u2028counts"), 73, 368, id="a line separator"),
    ],
)
def test_offsets_count_code_points_of_the_text_as_stored(
    check: Any, text_edit: tuple[str, str], start: int, mention: int
) -> None:
    told = check(
        ("      start: 73\n", f"      start: {start}\n"),
        ("    start: 368\n", f"    start: {mention}\n"),
        text_edits=(text_edit,),
    )
    assert told.findings == []


C4_SHORTER = (
    "      exact: Both states signed a mutual assistance pact in 2023",
    "      exact: Both states signed",
)


@pytest.mark.parametrize(
    "odd", ["\ufeff", "\u2028", "\u2029", "\x85", "\u200b", "\u00a0", "🚢", "\u0301"]
)
@pytest.mark.parametrize("quotes", ["", '"', "'"])
def test_a_quote_keeps_the_odd_characters_of_the_text(check: Any, odd: str, quotes: str) -> None:
    exact = f"mutual{odd}assistance pact"
    told = check(
        ("      exact: mutual assistance pact", f"      exact: {quotes}{exact}{quotes}"),
        C4_SHORTER,
        text_edits=(("mutual assistance pact", exact),),
    )
    assert told.findings == []


def test_a_quote_may_be_written_with_yaml_s_escapes(check: Any) -> None:
    told = check(
        ("      exact: mutual assistance pact", r'      exact: "mutual\tassis\u0074ance \"pact\""'),
        C4_SHORTER,
        ("    start: 368\n", "    start: 370\n"),
        text_edits=(("mutual assistance pact", 'mutual\tassistance "pact"'),),
    )
    assert told.findings == []


def test_the_same_record_may_be_json_or_a_line_of_ndjson(desk: Any, record: str) -> None:
    (desk.root / RECORD_FILE).unlink()
    data = yaml.load(record, Loader=yaml.BaseLoader)
    desk.write("records/a.json", json.dumps(data, indent=2))
    assert desk.validate("records").findings == []
    (desk.root / "records/a.json").unlink()
    desk.write("records/a.ndjson", "\n" + json.dumps(data) + "\n\n")
    assert desk.validate("records").findings == []


def test_a_workspace_may_be_reached_through_a_link(desk: Any) -> None:
    link = desk.root.parent / "link"
    link.symlink_to(desk.root)
    told = desk.run("--workspace", link, "validate", link / "records", "--format", "json")
    assert told.findings == []


def test_a_text_may_be_a_link_inside_the_workspace(desk: Any) -> None:
    (desk.root / TEXT_FILE).rename(desk.root / "articles/other.txt")
    (desk.root / TEXT_FILE).symlink_to("other.txt")
    assert desk.validate("records").findings == []


def test_hidden_files_and_folders_named_like_records_are_no_records(desk: Any) -> None:
    desk.write("records/.draft.yaml", "not: a record")
    desk.write("records/.drafts/a.yaml", "not: a record")
    (desk.root / "records/folder.yaml").mkdir()
    desk.write("records/notes.txt", "not a record")
    assert desk.validate("records").findings == []
    assert desk.run("build").code == 0


def test_all_that_is_wrong_with_a_record_is_told_in_one_run(check: Any) -> None:
    told = check(
        ("  language: en", "  language: English"),
        ("    within: vladivostok", "    within: vladivostock"),
        ("    kind: treaty", "    knid: treaty"),
        ("      best: 1500", "      low: 2000\n      high: 1500"),
        ("      basis: approximate", "      basis: range"),
        ("      start: 73\n", "      start: 74\n"),
        ("    modality: ongoing", "    modality: on-going"),
        ("      edtf: 2023\n", "      edtf: 2023-13\n"),
        ("    dated: 2024-12-01", "    dated: 2024-01-12"),
    )
    assert told.code == 1
    assert told.findings == [
        ("invalid-value", 8, 3),
        ("unknown-place", 18, 5),
        ("unknown-key", 31, 5),
        ("quantity-low-above-high", 51, 7),
        ("quote-offset", 58, 7),
        ("unknown-term", 82, 5),
        ("invalid-date", 97, 7),
        ("assessment-before-article", 118, 5),
    ]


def test_all_that_is_wrong_with_a_folder_is_told_in_one_run(desk: Any) -> None:
    desk.write("records/a.yaml", "communique: [1\n")
    desk.write("records/b.json", '{"communique": }')
    desk.write("records/c.ndjson", '{"communique": 1, "assessments": []}\n{}\n')
    told = desk.validate("records")
    files = [each["file"].rsplit("/", 1)[-1] for each in told.json["findings"]]
    assert list(zip(files, told.findings, strict=True)) == [
        ("a.yaml", ("yaml-syntax", 1, 13)),
        ("b.json", ("yaml-syntax", 1, 16)),
        ("c.ndjson", ("missing-key", 2, 1)),
        ("c.ndjson", ("missing-key", 2, 1)),
    ]
