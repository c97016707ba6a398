"""The sessions that pages of the documentation show are run, and print what is shown."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Each page with the example workspace in a copy of which its sessions run.
PAGES = {"validate.md": "findings"}
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CUT = "…\n"
MARK = "=== the next command ==="


class Step(NamedTuple):
    """A command, and what is shown below it."""

    command: str
    output: str


def steps(page: str) -> list[Step]:
    """Return the commands of a page in their order."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    found = []
    for block in BLOCK.findall(text):
        assert block.startswith("$ ")
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            while output.startswith("> "):
                more, _, output = output[2:].partition("\n")
                command += f"\n{more}"
            found.append(Step(command, output))
    return found


def run(commands: list[str], folder: Path) -> list[str]:
    """Run commands in one shell and return what each prints, errors included."""
    lines = [f'kg() {{ "{sys.executable}" -m kg "$@"; }}']
    for command in commands:
        lines += [f"echo '{MARK}'; (exit $status)", command, "status=$?"]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "NO_COLOR": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        **{f"GIT_{who}_NAME": "Somebody" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "somebody@example.org" for who in ("AUTHOR", "COMMITTER")},
    }
    told = subprocess.run(
        ["bash", "-c", "\n".join(lines)],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return told.stdout.split(f"{MARK}\n")[1:]


@pytest.mark.parametrize(("page", "example"), PAGES.items())
def test_a_page_shows_what_is_printed(page: str, example: str, tmp_path: Path) -> None:
    workspace = tmp_path / example
    shutil.copytree(ROOT / "examples" / example, workspace, ignore=shutil.ignore_patterns(".kg"))
    shown = steps(page)
    assert shown

    printed = run([step.command for step in shown], workspace)

    assert len(printed) == len(shown)
    for step, said in zip(shown, printed, strict=True):
        if step.output.endswith(CUT):
            assert said.startswith(step.output.removesuffix(CUT)), step.command
        else:
            assert (step.command, said) == (step.command, step.output)


@pytest.mark.parametrize("page", PAGES)
def test_links_of_a_page_lead_somewhere(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")

    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (ROOT / "docs" / link).exists(), link
