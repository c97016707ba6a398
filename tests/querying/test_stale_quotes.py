"""stale-quotes: kg looks up in the texts what a query cannot see."""

from __future__ import annotations

import os
import re

from desks import RECORD_FILE, TEXT_FILE, Desk

import kg


def _stale(desk: Desk) -> list[str]:
    return [row.claim.rpartition("/")[2] for row in kg.open(desk.root).query("stale-quotes")]


def test_nothing_is_stale_after_a_build(built: Desk) -> None:
    assert _stale(built) == []


def test_a_changed_text_makes_the_quotes_after_the_change_stale(built: Desk, text: str) -> None:
    built.write(TEXT_FILE, text.replace("A satellite image", "One satellite image"))

    # c1 stands before the change; all others have moved.
    assert _stale(built) == ["c2", "c3", "c4", "c5"]


def test_without_the_text_every_quote_is_stale(built: Desk) -> None:
    (built.root / TEXT_FILE).unlink()

    assert _stale(built) == ["c1", "c2", "c3", "c4", "c5"]


def test_a_pipe_in_place_of_the_text_is_none(built: Desk) -> None:
    (built.root / TEXT_FILE).unlink()
    os.mkfifo(built.root / TEXT_FILE)

    assert _stale(built) == ["c1", "c2", "c3", "c4", "c5"]


def test_what_is_retracted_is_not_asked_for(built: Desk) -> None:
    record = (built.root / RECORD_FILE).read_text(encoding="utf-8")
    retracted = re.sub(
        r"(?m)^article:\n",
        "article:\n  retracted: {dated: 2025-01-15, reason: it was of another year}\n",
        record,
    )
    built.write(RECORD_FILE, retracted)
    assert built.run("build").code == 0
    (built.root / TEXT_FILE).unlink()

    assert _stale(built) == []
