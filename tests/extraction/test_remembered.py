"""What is remembered of words: found once while it lasts, and never without end."""

from __future__ import annotations

from kg.extraction.words.remembered import LONGEST, MOST, MOST_NAMES, Remembered


def test_an_answer_is_found_once() -> None:
    asked: list[str] = []
    sizes = Remembered(lambda word: asked.append(word) or len(word))

    assert [sizes["troops"], sizes["troops"]] == [6, 6]
    assert asked == ["troops"]


def test_the_last_names_are_remembered_and_all_other_words() -> None:
    sizes = Remembered(len)
    assert sizes["troops"] == 6
    for number in range(3 * MOST_NAMES):
        assert sizes[f"Name{number}"] > 4

    assert "troops" in sizes
    assert len(sizes) <= 1 + MOST_NAMES


def test_too_many_words_are_forgotten() -> None:
    sizes = Remembered(len)
    for number in range(MOST + 10):
        assert sizes[str(number)] > 0

    assert len(sizes) <= MOST


def test_what_is_very_long_is_not_kept() -> None:
    sizes = Remembered(len)

    assert sizes["x" * (LONGEST + 1)] == LONGEST + 1
    assert sizes == {}
