"""The shipped lexicons and names, read once, and a sentence taken apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extraction.dating.publication import Calendar
from kg.extraction.grammar.parse import Parse, Parser
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.pipeline import Extractor, extractor
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.sentences import sentences
from kg.vocabulary.shipped import shipped


@pytest.fixture(scope="session")
def rules() -> Extractor:
    return extractor((shipped("ontology"),), (shipped("lexicons"),))


@pytest.fixture(scope="session")
def lexicon(rules: Extractor) -> Lexicon:
    return rules.lexicon


@pytest.fixture(scope="session")
def gazetteer(rules: Extractor) -> Gazetteer:
    return rules.gazetteer


@pytest.fixture(scope="session")
def take_apart(lexicon: Lexicon, gazetteer: Gazetteer) -> Callable[..., Parse]:
    """Parse the one sentence of a text, as published on a day."""

    def apart(text: str, published: str = "2024-10-23", year: int | None = None) -> Parse:
        parser = Parser(lexicon, gazetteer, Calendar.of(published), year)
        (one,) = parser.parse(list(sentences(text, lexicon)))
        return one

    return apart
