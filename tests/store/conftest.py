"""A store that swings between two states."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from swings import Swing, swinging


@pytest.fixture
def swing(tmp_path: Path) -> Iterator[Swing]:
    """The workspace in state A, built."""
    with swinging(tmp_path) as swing:
        yield swing
