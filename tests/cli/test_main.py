"""The command line as a whole: help, slips of the pen, exit codes, colours, broken pipes."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.cli.main import COMMANDS, main

KG = [sys.executable, "-m", "kg"]


def test_kg_alone_helps(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    for command in COMMANDS:
        assert f"\n  {command} " in said.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: kg {command}")


def test_the_version_is_the_package_s(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"communique {kg.__version__}\n"


def test_python_runs_the_package_as_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"communique {kg.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["valdate"], "There is no command 'valdate'; did you mean 'validate'?"),
        (["frobnicate"], "There is no command 'frobnicate'; see 'kg --help'"),
        (["validate", "--formt", "json"], "Unrecognized arguments: --formt"),
        (["validate", "--format", "yaml"], "invalid choice: 'yaml'"),
        (["validate", "--fail-on", "info"], "invalid choice: 'info'"),
        (["--frob", "validate"], "Unrecognized arguments: --frob"),
        (["validate", "records/none.yaml"], "There is no file or folder"),
        (["validate", "kg.toml"], "is neither a record nor RDF"),
        (["export"], "the following arguments are required: FILE"),
        (["init"], "the following arguments are required: DIR"),
    ],
)
def test_a_call_that_is_wrong_ends_with_2(
    arguments: list[str], words: str, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.root)
    told = desk.run(*arguments)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("kg: ")
    assert words.lower() in told.err.lower()
    assert told.err.count("\n") == 1


def test_outside_a_workspace_the_call_is_at_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--workspace", str(tmp_path), "validate"]) == 2
    assert "'kg init DIR' starts one" in capsys.readouterr().err


@pytest.mark.parametrize(
    "config",
    [
        "[workspace\n",
        "[workspace]\nbase = 5\n",
        '[workspace]\nbase = "https://example.org/id"\n',
        "[desks]\nd = 5\n",
        'workspace = "x"\n',
        "desks = []\n",
        b"\xff\xfe",
    ],
)
def test_a_kg_toml_that_cannot_be_used_is_told_by_name(desk: Any, config: str | bytes) -> None:
    desk.write("kg.toml", config)
    told = desk.run("validate")
    assert told.code == 2
    assert "kg.toml" in told.err


def test_the_workspace_is_found_from_a_folder_inside(
    desk: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(desk.root / "records")
    assert main(["validate"]) == 0
    assert main(["validate", "autumn-soldiers.yaml"]) == 0


def test_data_that_is_not_there_ends_with_1(desk: Any) -> None:
    told = desk.run("export", "-")
    assert (told.code, told.out) == (1, "")
    assert "run 'kg build' first" in told.err


def test_a_store_that_cannot_be_read_ends_with_3(built: Any) -> None:
    built.write(".kg/current", "many\n")
    for command in ("info", "validate", "build"):
        told = built.run(command)
        assert told.code == 3
        assert "build again" in told.err


def test_findings_end_with_1_and_results_go_to_standard_output(desk: Any) -> None:
    desk.write("records/a.yaml", "communique: [1\n")
    told = desk.run("validate")
    assert told.code == 1
    assert "yaml-syntax" in told.out
    assert told.err == "1 error\n"


def _on_a_terminal(folder: Path, **settings: str) -> str:
    """Run ``kg validate`` with a terminal for its output, and return what stands there."""
    reader, writer = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    program = subprocess.Popen(
        [*KG, "validate"],
        cwd=folder,
        stdout=writer,
        stderr=subprocess.DEVNULL,
        env={**environment, "TERM": "xterm", **settings},
    )
    os.close(writer)
    shown = b""
    while True:
        try:
            piece = os.read(reader, 4096)
        except OSError:  # the terminal is closed
            break
        if not piece:
            break
        shown += piece
    os.close(reader)
    assert program.wait(60) == 1
    return shown.decode()


@pytest.mark.parametrize(
    ("settings", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True)]
)
def test_colour_is_for_terminals_whose_user_wants_it(
    desk: Any, settings: dict[str, str], coloured: bool
) -> None:
    desk.write("records/a.yaml", "communique: [1\n")
    shown = _on_a_terminal(desk.root, **settings)
    assert "yaml-syntax" in shown
    assert ("\x1b[" in shown) is coloured


def test_no_colour_goes_into_a_pipe(desk: Any) -> None:
    desk.write("records/a.yaml", "communique: [1\n")
    assert "\x1b" not in desk.run("validate").out


@pytest.mark.parametrize("command", [["--help"], ["export", "-"], ["query", "--list"]])
def test_a_reader_that_goes_away_is_no_error(built: Any, command: list[str]) -> None:
    program = subprocess.Popen(
        [*KG, *command], cwd=built.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.close()
    said = program.stderr.read()
    program.stderr.close()
    assert (program.wait(60), said) == (0, b"")
