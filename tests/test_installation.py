"""The shipped folders are found from a wheel and from an editable checkout, run from anywhere."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def run_kg(
    folder: Path, *arguments: str, path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_COLOR": "1"}
    if path:
        environment["PYTHONPATH"] = str(path)
    command = [sys.executable, "-P", "-m", "kg", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_a_wheel_carries_what_analysts_edit(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    assert "kg/shipped/ontology/communique.ttl" in names
    assert "kg/shipped/ontology/context.jsonld" in names
    assert "kg/shipped/ontology/record.schema.json" in names
    assert "kg/shipped/shapes/claims.ttl" in names
    assert "kg/shipped/lexicons/frames.yaml" in names
    assert "kg/shipped/queries/contradictions/contradictions.rq" in names
    assert "kg/shipped/docs/findings/unknown-actor.md" in names
    assert "kg/shipped/examples/dprk-russia/kg.toml" in names
    assert "kg/py.typed" in names
    assert not [name for name in names if "/.kg/" in name or name.startswith("tests/")]
    assert not [name for name in names if name.endswith((".so", ".pyd"))]


def test_what_can_be_compiled_is_there_and_holds_nothing_that_cannot_be() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    hook = project["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["mypyc"]
    compiled = {file for name in hook["include"] for file in ROOT.glob(name.lstrip("/"))}
    excluded = {name: {*ROOT.glob(name.lstrip("/"))} for name in hook["exclude"]}
    left_out = {file for files in excluded.values() for file in files}

    assert hook["enable-by-default"] is False
    assert all(excluded.values())
    assert left_out < compiled
    assert {file.name for file in compiled - left_out} > {"pipeline.py", "claims.py", "parse.py"}
    for file in sorted(compiled - left_out):
        slips = [*_starred_members(ast.parse(file.read_text(encoding="utf-8")))]
        assert not slips, f"{file.name}: mypyc cannot compile `in (*X, …)` in lines {slips}"


def _starred_members(tree: ast.AST) -> Iterator[int]:
    """Yield the lines in which something is looked for in a display with a starred part."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            parts = getattr(node.comparators[0], "elts", ())
            if any(isinstance(part, ast.Starred) for part in parts):
                yield node.lineno


@pytest.mark.parametrize("installed_from", ["wheel", "checkout"])
def test_kg_works_from_an_empty_folder(installed_from: str, wheel: Path, tmp_path: Path) -> None:
    path = None
    if installed_from == "wheel":
        path = tmp_path / "site"
        zipfile.ZipFile(wheel).extractall(path)
    empty = tmp_path / "empty"
    empty.mkdir()
    where = "import kg; from kg.vocabulary.shipped import shipped; print(shipped('ontology'))"
    environment = {**os.environ, **({"PYTHONPATH": str(path)} if path else {})}
    found = subprocess.run(
        [sys.executable, "-P", "-c", where],
        cwd=empty,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    expected = path / "kg/shipped/ontology" if path else ROOT / "ontology"

    assert Path(found) == expected
    explained = run_kg(empty, "validate", "--explain", "unknown-actor", path=path)
    assert (explained.returncode, explained.stderr) == (0, "")
    assert explained.stdout.startswith("# unknown-actor\n")
    assert run_kg(empty, "init", "news", path=path).returncode == 0
    built = run_kg(empty, "--workspace", "news", "build", path=path)
    assert (built.returncode, built.stderr) == (0, "")
    asked = run_kg(
        empty, "--workspace", "news", "query", "contradictions", "--format", "csv", path=path
    )
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout.startswith("event,")


def test_outside_a_workspace_kg_says_how_to_start_one(tmp_path: Path) -> None:
    asked = run_kg(tmp_path, "build")

    assert asked.returncode == 2
    assert "kg init DIR" in asked.stderr
