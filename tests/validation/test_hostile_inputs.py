"""Inputs made to hurt: large, deep, many; and file names that are no text."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

RECORD_FILE = "records/autumn-soldiers.yaml"

pytestmark = pytest.mark.usefixtures("hurried")


def test_a_line_of_a_megabyte_is_one_finding(desk: Any, record: str) -> None:
    exact = "word " * 200_000
    desk.write(RECORD_FILE, record.replace("exact: mutual assistance pact", f"exact: {exact}"))
    told = desk.validate("records")
    assert told.findings == [("quote-not-in-text", 107, 7), ("quote-too-long", 107, 7)]
    assert len(told.out) < 2_000


def test_a_title_of_a_megabyte_is_a_title(desk: Any, record: str) -> None:
    desk.write(RECORD_FILE, record.replace("title: Seoul", f"title: {'Seoul ' * 200_000}"))
    assert desk.validate("records").findings == []


def test_thousands_of_unknown_keys_are_thousands_of_findings(desk: Any, record: str) -> None:
    keys = "".join(f"unknown-{number}: x\n" for number in range(3000))
    desk.write(RECORD_FILE, record + keys)
    told = desk.validate("records")
    last = record.count("\n") + 3000
    assert told.json["counts"]["error"] == 3000
    assert told.findings[-1] == ("unknown-key", last, 1)


def test_thousands_of_claims_without_speaker_are_thousands_of_findings(
    desk: Any, record: str
) -> None:
    claims = "".join(f"  - id: d{number}\n    about: pact\n" for number in range(1000))
    desk.write(RECORD_FILE, record.replace("mentions:\n", f"{claims}mentions:\n"))
    told = desk.validate("records")
    assert set(told.findings) == {("missing-key", 108 + 2 * number, 5) for number in range(1000)}
    assert {each["value"] for each in told.json["findings"]} == {
        "aspect",
        "modality",
        "polarity",
        "speaker",
        "quote",
    }


def test_a_text_full_of_the_quote_is_ambiguous_at_once(
    desk: Any, record: str, text: str, digest: Any
) -> None:
    long = text + "a mutual assistance pact. " * 100_000
    desk.write("articles/autumn-soldiers.txt", long)
    desk.write(RECORD_FILE, record.replace(digest(text), digest(long)))
    assert desk.validate("records").findings == [("quote-ambiguous", 107, 7)]


def test_a_file_name_that_is_no_text_is_shown_somehow(empty: Any) -> None:
    name = os.fsencode(empty.root / "records") + b"/br\xf6ken.yaml"
    Path(os.fsdecode(name)).write_bytes(b"communique: [1\n")
    for options in ([], ["--format", "json"]):
        told = subprocess.run(
            [sys.executable, "-m", "kg", "validate", *options],
            cwd=empty.root,
            capture_output=True,
            timeout=60,
            env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
        )
        assert told.returncode == 1
        assert b"Traceback" not in told.stderr
        assert "yaml-syntax" in told.stdout.decode()


def test_a_terminal_that_knows_only_ascii_is_no_reason_to_crash(desk: Any, record: str) -> None:
    desk.write(RECORD_FILE, record.replace("exact: mutual", "exact: “mutual”"))
    told = subprocess.run(
        [sys.executable, "-m", "kg", "validate"],
        cwd=desk.root,
        capture_output=True,
        timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert told.returncode == 1
    assert b"records/autumn-soldiers.yaml:107:7: error quote-not-in-text" in told.stdout
    assert b"Traceback" not in told.stderr


def test_escape_sequences_of_a_file_never_reach_the_terminal(desk: Any, record: str) -> None:
    data = json.dumps({"communique": 1, "\u009b31m": "x", "assessments": []}, ensure_ascii=True)
    desk.write("records/a.json", data)
    told = desk.run("validate", desk.root / "records/a.json")
    assert told.code == 1
    assert "\x9b" not in told.out


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_record_that_may_not_be_read_is_the_environment_s_fault(desk: Any) -> None:
    (desk.root / RECORD_FILE).chmod(0)
    for command in ("validate", "build"):
        told = desk.run(command)
        assert told.code == 3
        assert "cannot be read" in told.err


def test_a_link_to_nothing_is_no_file(desk: Any) -> None:
    (desk.root / "records/gone.yaml").symlink_to("nowhere.yaml")
    (desk.root / "records/loop.yaml").symlink_to("loop.yaml")
    for name in ("gone", "loop"):
        told = desk.run("validate", desk.root / f"records/{name}.yaml")
        assert told.code == 2
        assert f"{name}.yaml" in told.err


def test_characters_that_turn_writing_are_told_but_in_the_article_s_own_words(
    desk: Any, record: str, text: str, digest: Any
) -> None:
    turned = "\u202emutual\u202c"
    article = text.replace("a mutual assistance", f"a {turned} assistance")
    desk.write("articles/autumn-soldiers.txt", article)
    edits = (
        (digest(text), digest(article)),
        ("title: Seoul", f"title: {turned} Seoul"),
        ("exact: mutual assistance", f"exact: {turned} assistance"),
        ("exact: Both states signed a mutual assistance pact in 2023", "exact: Both states signed"),
        ("start: 368", "start: 370"),
        ("name: Dock 7", 'name: "Dock \\u20667"'),
        ("label: North Korean soldiers in", f"label: {turned} soldiers in"),
        ("rationale: Signed", f"rationale: {turned} Signed"),
    )
    for old, new in edits:
        assert record.count(old) == 1
        record = record.replace(old, new)
    desk.write(RECORD_FILE, record)
    told = desk.validate("records")
    assert told.code == 0
    assert told.findings == [
        ("direction-character", 17, 5),
        ("direction-character", 22, 5),
        ("direction-character", 118, 5),
    ]
    assert "\u202e" not in desk.run("validate").out + told.out


def test_a_chain_of_events_that_is_followed_from_each(desk: Any, record: str) -> None:
    chain = (
        "".join(
            f"  - id: link-{number}\n    type: Deployment\n    from: north-korea\n    to: russia\n"
            f"    part_of: link-{number + 1}\n"
            for number in range(1_500)
        )
        + "  - id: link-1500\n    type: Deployment\n    from: north-korea\n    to: russia\n"
    )
    desk.write(RECORD_FILE, record.replace("evidence:\n  - id", f"{chain}evidence:\n  - id", 1))
    told = desk.validate("records")
    assert {code for code, *_ in told.findings} == {"too-tangled"}


def test_hundreds_of_claims_in_the_same_words(desk: Any, record: str) -> None:
    claim = record[record.index("  - id: c5\n") : record.index("mentions:\n")]
    crowd = "".join(claim.replace("c5", f"d{number}") for number in range(501))
    desk.write(RECORD_FILE, record.replace("mentions:\n", f"{crowd}mentions:\n"))
    told = desk.validate("records")
    assert {code for code, *_ in told.findings} == {"too-tangled"}
