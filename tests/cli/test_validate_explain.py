"""``kg validate --explain``: the page of a code, in a workspace and outside of one."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/findings/quote-offset.md").read_text()


def test_a_page_is_printed_as_it_stands_in_the_documentation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["validate", "--explain", "quote-offset"]) == 0
    assert capsys.readouterr().out == PAGE


def test_without_a_code_all_are_listed(desk: Any) -> None:
    told = desk.run("validate", "--explain")

    assert told.code == 0
    assert len(told.out.splitlines()) == len([*(ROOT / "docs/findings").glob("*.md")]) - 1
    assert "quote-offset  " in told.out


def test_a_page_comes_as_json_too(desk: Any) -> None:
    page = desk.run("validate", "--explain", "quote-offset", "--format", "json").json
    pages = desk.run("validate", "--explain", "--format", "json").json

    assert (page["code"], page["severity"], page["page"]) == ("quote-offset", "error", PAGE)
    assert page in pages


def test_a_code_that_is_none_ends_with_2_and_suggests_one(desk: Any) -> None:
    told = desk.run("validate", "--explain", "quote-offst")

    assert (told.code, told.out) == (2, "")
    assert "did you mean 'quote-offset'?" in told.err


def test_a_page_has_no_other_format(desk: Any) -> None:
    assert desk.run("validate", "--explain", "bad-id", "--format", "junit").code == 2


def test_a_workspace_explains_its_own_codes(desk: Any) -> None:
    own = "# title-too-long\n\nA title is long.\n\nerror · found by `kg validate`\n\nCut it.\n"
    desk.write("findings/title-too-long.md", own)

    told = desk.run("validate", "--explain", "title-too-long")
    assert (told.code, told.out) == (0, own)
    assert desk.run("validate", "--explain", "bad-id").code == 0


def test_a_terminal_gets_it_laid_out() -> None:
    reader, writer = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": "60"}
    command = [sys.executable, "-m", "kg", "validate", "--explain", "quote-offset"]
    with subprocess.Popen(command, stdout=writer, env=environment) as program:
        os.close(writer)
        shown = b""
        while True:
            try:
                piece = os.read(reader, 4096)
            except OSError:  # the terminal is closed
                break
            shown += piece
    os.close(reader)

    assert program.returncode == 0
    lines = shown.decode().splitlines()
    assert not [line for line in lines if line.startswith(("#", "```"))]
    assert max(map(len, lines)) <= 80
