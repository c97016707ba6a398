"""Article texts are read as they are stored."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.articles.text import TextUnreadableError, occurrences, read_text


def test_every_byte_counts(tmp_path: Path) -> None:
    stored = b"\xef\xbb\xbfSeoul\r\ncounts \xf0\x9f\x9a\xa2\n"
    file = tmp_path / "a.txt"
    file.write_bytes(stored)
    text = read_text(file)
    assert text.content == "\ufeffSeoul\r\ncounts 🚢\n"
    assert text.sha256 == hashlib.sha256(stored).hexdigest()
    assert text.content.index("🚢") == 15


def test_what_is_no_utf8_says_where(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"Seoul\ncounts\xff\n")
    with pytest.raises(TextUnreadableError, match="byte 12, line 2"):
        read_text(file)


def test_what_is_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    with file.open("wb") as stream:
        stream.truncate(10_000_001)
    with pytest.raises(TextUnreadableError, match="larger than 10 MB"):
        read_text(file)


def test_words_are_found_wherever_they_stand() -> None:
    assert occurrences("aa aaa", "aa") == [0, 3, 4]  # overlapping ones too
    assert occurrences("e\u0301", "é") == []  # nothing is normalized
    assert occurrences("aaaa", "a", limit=2) == [0, 1]


@given(st.text(max_size=30), st.text(min_size=1, max_size=3))
def test_a_found_offset_cuts_out_the_words(text: str, span: str) -> None:
    for start in occurrences(text, span):
        assert text[start : start + len(span)] == span
