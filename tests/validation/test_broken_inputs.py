"""Every broken input gives its findings at the right place, and never reaches the store."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
import yaml
from broken_cases import CASES, WARNINGS, Case, Edit, pointed

TEXT_FILE = "articles/autumn-soldiers.txt"


class Broken(NamedTuple):
    """A broken workspace: the record file, and code, line and column of what must be found."""

    file: str
    findings: list[tuple[str, int, int]]


def _edited(content: str, edits: tuple[Edit, ...]) -> str:
    for old, new in edits:
        assert content.count(old) == 1 or old == "\n", f"{old!r} stands {content.count(old)} times"
        content = content.replace(old, new)
    return content


def _as_json(record: str) -> str:
    return json.dumps(yaml.load(record, Loader=yaml.BaseLoader), ensure_ascii=False, indent=1)


@pytest.fixture
def break_it(
    built: Any, hurried: None, record: str, text: str, digest: Callable[[str], str]
) -> Callable[[Case], Broken]:
    """Break the built workspace as a case says."""

    def broken(case: Case) -> Broken:
        article = _edited(text, case.text_edits)
        built.write(TEXT_FILE, article)
        content: str | bytes
        if isinstance(case.whole, bytes):
            content, places = case.whole, list(case.at)
        else:
            good = record.replace(digest(text), digest(article))
            good = _as_json(good) if case.form == "json" else good
            content, places = pointed(case.whole or _edited(good, case.edits))
            places = places or list(case.at)
            if case.whole == "":
                content = ""
            if case.crlf:
                content = content.replace("\n", "\r\n")
        (built.root / "records/autumn-soldiers.yaml").unlink()
        file = f"records/autumn-soldiers.{case.form}"
        built.write(file, content)
        if case.prepare:
            case.prepare(built.root)
        findings = [(code, *place) for code, place in zip(case.codes, places, strict=True)]
        return Broken(file, findings)

    return broken


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_input_is_found_in_its_place_and_never_built(
    case: Case, built: Any, break_it: Callable[[Case], Broken]
) -> None:
    before = built.stored()
    broken = break_it(case)
    failing = not WARNINGS.issuperset(case.codes)

    told = built.validate(broken.file)

    assert told.findings == broken.findings
    assert told.code == int(failing)
    assert told.json["conforms"] is not failing
    messages = " ".join(each["message"] for each in told.json["findings"])
    for words in case.says:
        assert words in messages
    for finding in told.json["findings"]:
        assert finding["severity"] == ("warning" if finding["code"] in WARNINGS else "error")
        assert finding["file"].endswith(broken.file)

    build = built.run("build")
    assert build.code == int(failing)
    if failing:
        assert "nothing was built" in build.err
        assert built.stored() == before


def test_there_are_enough_broken_inputs() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60


def test_every_fixed_code_has_a_broken_input() -> None:
    fixed = """
        yaml-syntax missing-key unknown-key wrong-type bad-id duplicate-id unknown-actor
        unknown-event unknown-place unknown-claim unknown-term text-missing text-outside-workspace
        digest-mismatch quote-not-in-text quote-ambiguous quote-offset quote-too-long invalid-date
        quantity-low-above-high unresolved-mention
    """
    elsewhere = {"conflicting-declaration"}  # it takes two records: test_declarations.py
    assert {*fixed.split()} - {code for case in CASES for code in case.codes} - elsewhere == set()


# What a person sees of the whole program, written out in full.
SEEN = {
    "one character altered": "records/autumn-soldiers.yaml:56:7: error quote-not-in-text: “about",
    "low above high": "records/autumn-soldiers.yaml:51:7: error quantity-low-above-high: claim c1",
    "a bomb of aliases": "records/autumn-soldiers.yaml:1:4: error yaml-alias: ",
    "a picture": "records/autumn-soldiers.yaml:1:1: error not-utf8: ",
    "fifty megabytes": "records/autumn-soldiers.yaml:1:1: error file-too-large: ",
    "half a surrogate pair": "records/autumn-soldiers.json:5:12: error control-character: ",
}


@pytest.mark.parametrize("name", SEEN)
def test_the_program_ends_without_a_traceback(
    name: str, built: Any, break_it: Callable[[Case], Broken]
) -> None:
    break_it(next(case for case in CASES if case.name == name))
    program = [sys.executable, "-m", "kg"]
    for command in ("validate", "build"):
        done = subprocess.run(
            [*program, command], cwd=built.root, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 1
        assert done.stdout.startswith(SEEN[name])
        said = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
        assert len(said) == 1  # the others show the line of the file
        assert "Traceback" not in done.stderr
