"""`kg push` to a Virtuoso that gives few rows of any answer, as Debian's does: 10,000 there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from servers import Virtuoso, virtuoso_server

from kg.errors import EnvironmentFault

ROWS = 200


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    with virtuoso_server(tmp_path_factory.mktemp("limited"), rows=ROWS) as server:
        yield server


def of_one_predicate(count: int) -> list[str]:
    return [f'<urn:x:s{number}> <urn:x:p> "{number}"' for number in range(count)]


def test_a_graph_that_is_cut_is_read_in_pieces(
    limited: Virtuoso, shelf: Any, lines: Callable[[str, int], list[str]]
) -> None:
    shelf.write("large", of_one_predicate(5 * ROWS))
    shelf.write("small", lines("small", 3))

    assert shelf.push(limited).conforms
    assert shelf.verify(limited).conforms


def test_what_is_missing_of_it_is_told(limited: Virtuoso, shelf: Any) -> None:
    shelf.write("kept", of_one_predicate(3 * ROWS))
    assert shelf.push(limited).conforms

    shelf.write("kept", of_one_predicate(3 * ROWS + 1))

    assert not shelf.verify(limited).conforms


def test_more_graphs_than_it_lists_are_told(
    limited: Virtuoso, shelf: Any, lines: Callable[[str, int], list[str]]
) -> None:
    for number in range(ROWS):
        shelf.write(f"one-of-many-{number}", lines(f"{number}", 1))

    assert shelf.push(limited).conforms
    with pytest.raises(EnvironmentFault, match="ResultSetMaxRows"):
        shelf.verify(limited)
