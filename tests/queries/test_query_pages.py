"""docs/queries/: each page shows what kg answers on the example workspace."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pages", ROOT / "scripts/write_query_docs.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_what_the_script_writes() -> None:
    script = _script()
    with script.example() as workspace:
        expected = script.pages(workspace)
    found = {file.name: file.read_text(encoding="utf-8") for file in script.PAGES.iterdir()}
    assert found.keys() == expected.keys()
    for name, text in expected.items():
        assert found[name] == text, f"{name} is stale: run python scripts/write_query_docs.py"
