"""Tokens keep every character at its offset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.words.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.S. sent 1,500 men.", ["The", "U.S.", "sent", "1,500", "men", "."]),
        ("Russia’s army didn't move", ["Russia", "’s", "army", "didn", "'t", "move"]),
        ("122-mm and 152mm shells", ["122-mm", "and", "152mm", "shells"]),
        ("pre-war Sana'a", ["pre-war", "Sana'a"]),
        ("1.5 million", ["1.5", "million"]),
        ("MiG-29s", ["MiG-29s"]),
        ("10th", ["10th"]),
        ("2.7mn, 2.7M", ["2.7mn", ",", "2.7M"]),
        ("at 12:30, 3:1", ["at", "12:30", ",", "3", ":", "1"]),
        ("2024-10-18T12:30:00Z.", ["2024-10-18T12:30:00Z", "."]),
        ("RUSSIA'S O'SULLIVAN", ["RUSSIA", "'S", "O'SULLIVAN"]),
        ("2024-10-18.", ["2024", "-", "10", "-", "18", "."]),
    ],
)
def test_words_numbers_and_marks(text: str, words: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == words


@given(st.text(max_size=300))
def test_no_character_but_white_space_is_lost(text: str) -> None:
    tokens = tokenize(text)

    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert "".join(t.text for t in tokens) == "".join(text.split()) or any(
        not char.isprintable() for char in text
    )
