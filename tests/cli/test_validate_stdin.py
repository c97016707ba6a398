"""``kg validate -``: a record on standard input, under the name that is given."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import kg

RECORD = "records/autumn-soldiers.yaml"
WRONG_DESK = ("    by: example-desk", "    by: exampledesk")


@pytest.fixture
def say(desk: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Validate with this on standard input, in the workspace."""
    monkeypatch.chdir(desk.root)

    def run(content: str | bytes, *arguments: str) -> Any:
        given = content.encode() if isinstance(content, str) else content
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
        return desk.run("validate", *arguments)

    return run


def test_a_good_record_conforms(say: Any, record: str) -> None:
    told = say(record, "-")

    assert (told.code, told.out) == (0, "")


def test_findings_show_the_line_that_came_in(say: Any, record: str) -> None:
    told = say(record.replace(*WRONG_DESK), "-")

    assert told.code == 1
    assert told.out == (
        "<stdin>:116:5: error unknown-desk: "
        "'exampledesk' is no desk of kg.toml; did you mean 'example-desk'?\n"
        "   116 |     by: exampledesk\n"
        "       |     ^\n"
    )


def test_a_name_is_shown_and_stands_for_the_file(say: Any, record: str, desk: Any) -> None:
    """What an editor holds is judged, not what it last saved."""
    told = say(record.replace(*WRONG_DESK), "-", "--stdin-name", RECORD)

    assert told.out.startswith(f"{RECORD}:116:5: error unknown-desk")
    assert "   116 |     by: exampledesk\n" in told.out
    assert desk.run("validate").code == 0


@pytest.mark.parametrize("paths", [("-", "records"), ("records", "-"), ("-", RECORD), ("-", "-")])
def test_a_named_input_beside_its_file_is_judged_once(
    paths: tuple[str, ...], say: Any, record: str
) -> None:
    told = say(record.replace(*WRONG_DESK), *paths, "--stdin-name", RECORD, "--format", "json")

    assert told.findings == [("unknown-desk", 116, 5)]


def test_a_second_record_of_an_article_is_found_out(say: Any, record: str) -> None:
    told = say(record, "-", "records", "--format", "json")

    assert [code for code, _, _ in told.findings] == ["duplicate-id"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.json", "{", "yaml-syntax"),
        ("a.ndjson", '{}\n{"communique": [}\n', "yaml-syntax"),
        ("a.ttl", "<a> <b> .", "rdf-syntax"),
        ("new/folder/a.yaml", "communique: [1\n", "yaml-syntax"),
    ],
)
def test_the_name_tells_the_format(name: str, content: str, code: str, say: Any) -> None:
    told = say(content, "-", "--stdin-name", name, "--format", "json")

    (finding,) = [each for each in told.json["findings"] if each["code"] == code]
    assert finding["file"] == name


def test_a_name_that_tells_no_format_is_refused(say: Any) -> None:
    told = say("", "-", "--stdin-name", "a.pdf")

    assert told.code == 2
    assert told.err.startswith("kg: a.pdf is neither a record nor RDF")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--stdin-name", "a.yaml"), "write '-' among the paths too"),
        (("-", "--changed"), "git does not keep standard input"),
    ],
)
def test_calls_that_say_two_things_are_refused(
    arguments: tuple[str, ...], says: str, say: Any
) -> None:
    told = say("", *arguments)

    assert told.code == 2
    assert says in told.err


def test_too_much_is_not_read_to_its_end(say: Any) -> None:
    told = say(b"#" * 10_000_005, "-", "--format", "json")

    assert told.findings == [("file-too-large", 1, 1)]


def test_python_judges_what_is_not_saved(desk: Any, record: str) -> None:
    workspace = kg.open(desk.root)

    report = workspace.validate(given={RECORD: record.replace(*WRONG_DESK).encode()})

    (finding,) = report.findings
    assert (finding.code, finding.line) == ("unknown-desk", 116)
    assert workspace.validate(RECORD).conforms


def test_an_absolute_name_is_shown_as_that_file_would_be(say: Any, record: str, desk: Any) -> None:
    told = say(record.replace(*WRONG_DESK), "-", "--stdin-name", str(Path(desk.root) / RECORD))

    assert told.out.startswith(f"{RECORD}:116:5: ")
