"""One glance at a sentence: which stage could find something where."""

from __future__ import annotations

from kg.extraction.pipeline import Extractor
from kg.extraction.words.tokens import tokenize


def test_each_stage_is_told_where_to_look(rules: Extractor) -> None:
    # 0 Russian 1 officials 2 said 3 in 4 March 5 that 6 1,500 7 missiles 8 were 9 sent
    text = "Russian officials said in March that 1,500 missiles were sent"
    glance = rules.gazetteer.cues.glance(tokenize(text))

    assert glance.lows[:2] == ["russian", "officials"]
    assert glance.capitals == [0, 4]
    assert glance.adjectives == [0]
    assert set(glance.verbs) >= {2, 8, 9}
    assert {0, 7} <= set(glance.names)
    assert 1 in glance.bodies
    assert 6 in glance.numbers
    assert {4, 6} <= set(glance.dates)


def test_a_word_with_accents_is_known_without_them(rules: Extractor) -> None:
    glance = rules.gazetteer.cues.glance(tokenize("from kýiv to nowhere"))

    assert 1 in glance.names
    assert 3 not in glance.names
