"""What the README shows is what kg prints."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from kg.cli.main import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```console\n\$ kg (query [^\n]*)\n(.*?)\n```", README, re.DOTALL)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme") / "dprk-russia"
    ignore = shutil.ignore_patterns(".kg")
    shutil.copytree(ROOT / "examples/dprk-russia", folder, ignore=ignore)
    assert main(["--workspace", str(folder), "build"]) == 0
    return folder


def test_five_questions_are_shown() -> None:
    assert len(SHOWN) == 5


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_the_output_shown_is_real(
    command: str,
    output: str,
    example: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.chdir(example)
    capsys.readouterr()

    assert main(shlex.split(command)) == 0
    assert capsys.readouterr().out.rstrip("\n") == output.rstrip("\n")


def test_the_whole_way_from_raw_text_to_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The commands are run as they stand, but the review, which needs somebody at a terminal."""
    steps, output = re.findall(
        r"<!-- the whole way -->\n```sh\n(.*?)\n```\n\n```text\n(.*?)\n```", README, re.DOTALL
    )[0]
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.chdir(tmp_path)
    for step in steps.splitlines():
        program, *arguments = shlex.split(step)
        capsys.readouterr()
        if program == "cp":
            shutil.copy(ROOT / arguments[0], arguments[1])
        elif program == "cd":
            monkeypatch.chdir(tmp_path / arguments[0])
        elif arguments[0] != "review":
            assert main(arguments) == 0
    assert capsys.readouterr().out.rstrip("\n") == output.rstrip("\n")
