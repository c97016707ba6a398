"""A shelf of graphs, and triples to fill it with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from shelves import Shelf


@pytest.fixture
def shelf(tmp_path: Path, request: pytest.FixtureRequest) -> Shelf:
    """Nothing yet, under a base that no other test has."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    unique = hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:12]
    return Shelf(folder, f"https://example.org/{unique}/")


@pytest.fixture
def lines() -> Callable[[str, int], list[str]]:
    """Some triples about nothing, as many as asked for."""

    def make(name: str, count: int) -> list[str]:
        return [f'<urn:x:{name}> <urn:x:p{number}> "{name} {number}"' for number in range(count)]

    return make
