"""Reading records: three ways to write one, and every value knows where it stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records.document import Document, Marks, parse_yaml
from kg.records.json_document import parse_json
from kg.records.model import AssessmentFile, Record
from kg.records.reader import Reading, read


def _read(name: str, content: str) -> Reading:
    (reading,) = read(Path(name), content.encode())
    return reading


def _record(reading: Reading) -> Record:
    assert reading.problems == ()
    assert isinstance(reading.record, Record)
    return reading.record


def test_a_record_is_read_into_typed_parts(record: str) -> None:
    whole = _record(_read("a.yaml", record))
    assert whole.article.id == "autumn-soldiers"
    assert [event.type for event in whole.events] == ["Deployment", "Shipment", "Agreement"]
    claim = whole.claims[0]
    assert claim.speaker == ("south-korea-nis",)  # one word is a list of one
    assert claim.quantity is not None
    assert (claim.quantity.best, claim.quantity.low) == (1500, None)
    assert claim.quote.start == 73
    assert whole.events[2].parties == ("north-korea", "russia")


def test_what_a_record_leaves_out_is_empty() -> None:
    content = """\
communique: 1
article:
  id: a
  title: A
  publisher: unknown-outlet
  published: 2024
  language: en
  text: articles/a.txt
  sha256: 0000000000000000000000000000000000000000000000000000000000000000
"""
    whole = _record(_read("a.yaml", content))
    assert (whole.actors, whole.claims, whole.assessments) == ((), (), ())
    assert whole.article.url is None


def test_assessments_may_stand_alone() -> None:
    content = """\
communique: 1
assessments:
  - claim: autumn-soldiers/c1
    status: disputed
    by: example-desk
    dated: 2024-12-01
    rationale: Others count more
"""
    reading = _read("a.yaml", content)
    assert reading.problems == ()
    assert isinstance(reading.record, AssessmentFile)
    assert reading.record.assessments[0].claim == "autumn-soldiers/c1"


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "yes",
        "on",
        "off",
        "true",
        "010",
        "0x1F",
        "1e3",
        "1_000",
        "2024-10-18",
        "12:30",
        ".inf",
        "=",
        "<<",
    ],
)
def test_a_scalar_stays_what_it_looks_like(word: str, record: str) -> None:
    title = "title: Seoul counts foreign soldiers in the east"
    assert _record(_read("a.yaml", record.replace(title, f"title: {word}"))).article.title == word


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def test_null_is_nothing_unless_it_is_quoted(word: str, record: str) -> None:
    url = "url: https://example.org/a"
    plain = _record(_read("a.yaml", record.replace(url, f"author: {word}")))
    quoted = _record(_read("a.yaml", record.replace(url, f'author: "{word}"')))
    assert (plain.article.author, quoted.article.author) == (None, word)


def test_every_value_knows_its_line_and_column(record: str) -> None:
    document = parse_yaml(record)
    assert isinstance(document, Document)
    assert document.position(("article", "language")) == (8, 3)
    assert document.position(("claims", 0)) == (42, 5)
    assert document.position(("claims", 0, "quantity", "best")) == (51, 7)
    assert document.position(("claims", 0, "places", 1)) == (53, 27)
    assert document.position(("assessments", 0, "replacement", 0, "date", "edtf")) == (122, 11)


def test_what_has_no_place_stands_with_what_is_around_it(record: str) -> None:
    document = parse_yaml(record)
    assert isinstance(document, Document)
    assert document.position(("claims", 0, "hedge")) == (42, 5)
    assert document.position(("claims", 0, "speaker", 0)) == (47, 5)
    assert document.position(("claims", 99)) == (41, 1)
    assert document.has(("claims", 0, "speaker"))
    assert not document.has(("claims", 0, "hedge"))


def test_problems_come_in_the_order_of_the_file(record: str) -> None:
    broken = record.replace("    said: 2024-10-18", "    sayd: 2024-10-18")
    broken = broken.replace("  language: en", "  language: English")
    reading = _read("a.yaml", broken)
    assert [problem.code for problem in reading.problems] == ["invalid-value", "unknown-key"]


def test_what_is_not_broken_is_kept(record: str) -> None:
    reading = _read("a.yaml", record.replace("    about: shells-by-rail\n", ""))
    assert [problem.code for problem in reading.problems] == ["missing-key"]
    kept = [(path, claim.id) for path, claim in reading.items("claims")]
    assert kept == [
        (("claims", 0), "c1"),
        (("claims", 2), "c3"),
        (("claims", 3), "c4"),
        (("claims", 4), "c5"),
    ]


# Records of any words. No control characters: they are refused.
WORDS = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=20,
)
IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
COUNTS = st.integers(0, 10**17)
CLAIMS = st.fixed_dictionaries(
    {
        "id": IDS,
        "about": WORDS,
        "aspect": WORDS,
        "modality": WORDS,
        "polarity": WORDS,
        "speaker": WORDS | st.lists(WORDS, min_size=1, max_size=3),
        "quote": st.fixed_dictionaries({"exact": WORDS}, optional={"start": COUNTS}),
    },
    optional={
        "via": WORDS,
        "places": st.lists(WORDS, max_size=2),
        "said": st.dates().map(str),
        "confidence": st.sampled_from(["0", "1", "0.5", "0.50"]),
        "quantity": st.fixed_dictionaries(
            {"as_stated": WORDS, "item": WORDS, "best": COUNTS, "basis": WORDS}
        ),
    },
)
RECORDS = st.fixed_dictionaries(
    {
        "communique": st.just(1),
        "article": st.fixed_dictionaries(
            {
                "id": IDS,
                "title": WORDS,
                "publisher": WORDS,
                "published": st.dates().map(str),
                "language": st.sampled_from(["en", "ko", "pt-BR"]),
                "text": WORDS,
                "sha256": st.from_regex("[0-9a-f]{64}", fullmatch=True),
            }
        ),
        "claims": st.lists(CLAIMS, max_size=2, unique_by=lambda claim: claim["id"]),
        "mentions": st.lists(
            st.fixed_dictionaries({"as_stated": WORDS}, optional={"refers_to": WORDS}), max_size=2
        ),
    }
)


def _marks(marks: Marks) -> Any:
    return marks.position, {key: _marks(below) for key, below in marks.below.items()}


@pytest.mark.parametrize("content", ["", "\n\n", " \r\n"])
def test_a_file_of_no_records_is_told(content: str) -> None:
    (problem,) = _read("a.ndjson", content).problems
    assert (problem.code, problem.severity, problem.position) == ("no-records", "warning", (1, 1))


@settings(max_examples=60)
@given(RECORDS)
def test_yaml_json_and_ndjson_are_one_record(data: dict[str, Any]) -> None:
    written = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    one = _record(_read("a.yaml", written))
    for indent in (None, 2):
        text = json.dumps(data, ensure_ascii=False, indent=indent)
        assert _record(_read("a.json", text)) == one
    line = json.dumps(data)
    first, second = read(Path("a.ndjson"), f"{line}\r\n\n{line}\n".encode())
    assert first.record == second.record == one
    assert second.document is not None
    assert second.document.position(("article",)).line == 3


@settings(max_examples=60)
@given(RECORDS, st.sampled_from([None, 0, 3]))
def test_json_stands_in_the_same_places_whichever_reader_reads_it(
    data: dict[str, Any], indent: int | None
) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    as_json, as_yaml = parse_json(text), parse_yaml(text)
    assert isinstance(as_json, Document)
    assert isinstance(as_yaml, Document)
    assert _marks(as_json.marks) == _marks(as_yaml.marks)


@settings(max_examples=200)
@given(st.text(alphabet=":-[]{}'\"#&*!|>?%@`, \n\tab1é🚢\\", max_size=40))
def test_any_text_is_a_document_or_a_problem_inside_it(text: str) -> None:
    for parse in (parse_yaml, parse_json):
        found = parse(text)
        if not isinstance(found, Document):
            assert found.position is not None
            line, column = found.position
            lines = text.split("\n")
            assert 1 <= line <= len(lines) + 1
            assert 1 <= column <= max(map(len, lines)) + 1


@settings(max_examples=100)
@given(st.binary(max_size=60), st.sampled_from(["a.yaml", "a.json", "a.ndjson"]))
def test_any_bytes_are_readings_with_problems(content: bytes, name: str) -> None:
    for reading in read(Path(name), content):
        assert reading.problems
        for problem in reading.problems:
            assert problem.position or reading.document
