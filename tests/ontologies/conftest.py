"""What the tests of the ontology share: the reasoner's Java is there, or the test is not run."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable

import pytest


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
