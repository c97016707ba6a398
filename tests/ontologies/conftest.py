"""What the tests of the ontology share: the reasoner's Java is there, or the test is not run."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def needs() -> Callable[..., None]:
    """Skip a test that needs modules of an extra; in CI they must be there."""

    def check(*modules: str) -> None:
        missing = [name for name in modules if importlib.util.find_spec(name) is None]
        if missing and os.environ.get("CI") == "true":
            pytest.fail(f"CI installs the extras, but these are missing: {', '.join(missing)}")
        if missing:
            pytest.skip(f"not installed: {', '.join(missing)}")

    return check


@pytest.fixture(scope="session")
def write_ontology_docs() -> ModuleType:
    """The script that writes docs/ontology.md."""
    file = ROOT / "scripts" / "write_ontology_docs.py"
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    # Its dataclasses look their module up by name.
    sys.modules[file.stem] = script
    spec.loader.exec_module(script)
    return script
