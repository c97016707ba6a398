"""Where an article is set: the sides that its title leads to, and the state it is written in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extraction.document.memory import Sides
from kg.extraction.grammar.parse import find_mentions
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.names.mentions import Mention, Words
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.sentences import datelines
from kg.extraction.words.tokens import Token, tokenize

_LEADING = frozenset(("in", "into", "inside", "to", "for", "on", "reaches", "reach", "enter"))
_LONGEST = 300


def scene_of(title: str, lexicon: Lexicon, gazetteer: Gazetteer) -> Sides:
    """Return the side in or to which a title says that things happen: "Foreign troops in Chad"."""
    tokens = tokenize(title[:_LONGEST])
    for mention in _named(tokens, lexicon, gazetteer):
        before = tokens[mention.first - 1].low if mention.first else ""
        if before == "the" and mention.first > 1:
            before = tokens[mention.first - 2].low
        side = _side(mention, gazetteer) if before in _LEADING else None
        if side is not None:
            return (side,)
    return ()


def lands_of(title: str, lexicon: Lexicon, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the states that a title names."""
    for mention in _named(tokenize(title[:_LONGEST]), lexicon, gazetteer):
        state = gazetteer.state_of_place(mention.place or mention.actor or "")
        if state is not None:
            yield state


def home_of(text: str, lexicon: Lexicon, gazetteer: Gazetteer) -> str | None:
    """Return the state of the place from which an article's dateline says it is written."""
    for dateline in datelines(text, lexicon):
        for mention in _named(dateline, lexicon, gazetteer):
            if mention.kind in ("place", "state") and (side := _side(mention, gazetteer)):
                return side
    return None


def _named(tokens: Sequence[Token], lexicon: Lexicon, gazetteer: Gazetteer) -> list[Mention]:
    glance = gazetteer.cues.glance(tokens)
    (mentions,) = find_mentions([Words.of(glance, frozenset(), lexicon, gazetteer)])
    return mentions


def _side(mention: Mention, gazetteer: Gazetteer) -> str | None:
    """Return the state or the force that a name of a title stands for."""
    if state := gazetteer.state_of_place(mention.place or mention.actor or ""):
        return state
    group = mention.kind == "organization" and mention.class_in(gazetteer) == "Group"
    return gazetteer.top(mention.actor) if group and mention.actor else None
