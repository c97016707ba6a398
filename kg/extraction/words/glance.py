"""One glance at the words of a sentence: at which of them each stage could find something."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from operator import itemgetter

from kg.extraction.words.folding import fold, lower
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.remembered import Remembered
from kg.extraction.words.tokens import Token


@dataclass(slots=True)
class Glance:
    """The words of a sentence, and the indices of those that a stage begins to look at.

    Attributes:
        tokens: of the sentence.
        lows: the same in lower case.
        capitals: words written with a capital.
        verbs: words that can begin a verb group.
        names: words that can begin a name.
        bodies: words that can begin a body or sources.
        numbers: words that can begin a number.
        dates: words that can begin a date.
        events: nouns that can name an event.
        adjectives: words such as "Russian" and "Western".
        naming: nouns by which a name says what it is, and those beside names that say it.
    """

    tokens: Sequence[Token]
    lows: list[str]
    capitals: list[int]
    verbs: list[int]
    names: list[int]
    bodies: list[int]
    numbers: list[int]
    dates: list[int]
    events: list[int]
    adjectives: list[int]
    naming: list[int]


_TEXT, _LOW = itemgetter(0), itemgetter(1)
# The lists of a glance, in their order.
_CAPITALS, _VERBS, _NAMES, _BODIES, _NUMBERS, _DATES, _EVENTS, _ADJECTIVES, _NAMING = range(9)


class Cues:
    """Knows what words can begin, as numbers of the lists of a glance."""

    def __init__(self, lexicon: Lexicon, names: Container[str], demonyms: Container[str]) -> None:
        """Take the lexicon, the first words of names and the last of demonyms, folded."""
        self._names, self._demonyms = names, demonyms
        self._adjectives = lexicon["adjectives-of-place"]
        self._known = Remembered(self._kinds)
        self._starters = (
            (_VERBS, lexicon["verb-starters"]),
            (_BODIES, lexicon["body-starters"]),
            (_NUMBERS, lexicon["number-starters"]),
            (_DATES, lexicon["date-starters"]),
            (_EVENTS, lexicon["nominal-starters"]),
            (_NAMING, lexicon["naming-words"]),
        )

    def _kinds(self, word: str) -> tuple[int, ...]:
        """Return what `word`, as it stands in a text, can begin."""
        low = lower(word)
        folded = fold(low)
        kinds = [kind for kind, starters in self._starters if low in starters]
        capital = word != low and word[0].isupper()
        if capital:
            kinds.append(_CAPITALS)
        if capital or "-" in low or folded in self._names:
            kinds.append(_NAMES)
        if folded in self._adjectives or folded in self._demonyms:
            kinds.append(_ADJECTIVES)
        if "-" in low or low[0].isdigit():
            kinds += {_NUMBERS, _DATES}.difference(kinds)
        return tuple(kinds)

    def glance(self, tokens: Sequence[Token]) -> Glance:
        """Return which stage could find something where in a sentence."""
        found: list[list[int]] = [[], [], [], [], [], [], [], [], []]
        for index, kinds in enumerate(map(self._known.__getitem__, map(_TEXT, tokens))):
            for kind in kinds:
                found[kind].append(index)
        return Glance(tokens, list(map(_LOW, tokens)), *found)
