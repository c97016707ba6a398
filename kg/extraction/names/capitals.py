"""Text in nothing but capitals: which of its words would be written with one otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.words.folding import fold
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.tokens import Token

_FEWEST_WORDS = 4
# So many words behind an office can be a name.
_LONGEST_NAME = 3


def is_loud(tokens: Sequence[Token]) -> bool:
    """Whether a sentence is written in capitals throughout."""
    words = 0
    for token in tokens:
        if token.text != token.text.upper():
            return False
        words += token.text.isalpha() and len(token.text) > 1
    return words >= _FEWEST_WORDS


def with_fewer_capitals(
    tokens: Sequence[Token], lexicon: Lexicon, gazetteer: Gazetteer
) -> list[Token]:
    """Return the tokens of a loud sentence as they would be written elsewhere, offsets as before.

    What keeps a capital: names of the reference data, months and days, and what stands behind an
    office or a title, as nothing else tells a name that nobody knows from a noun.
    """
    return _Recasing(tokens, lexicon, gazetteer).tokens()


class _Recasing:
    """Goes over one sentence."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self.loud, self.lexicon, self.gazetteer = tokens, lexicon, gazetteer
        self.folded = [fold(token.low) for token in tokens]

    def tokens(self) -> list[Token]:
        cased: list[Token] = []
        named = 0  # so many words can still be a name
        while (at := len(cased)) < len(self.loud):
            size = self._known(at)
            if size:
                cased += self.loud[at : at + size]
                named = 0
                continue
            token = self.loud[at]
            office = self._office(at)
            name = named and not office and token.text.isalpha() and not self._is_ordinary(at)
            if name or (self._is_of_time(at) and token.text.isalpha()):
                cased.append(token._replace(text=token.text.capitalize()))
            else:
                cased.append(token._replace(text=token.low))
            titled = token.text == "." and named == _LONGEST_NAME  # "MR. TANAKA"
            named = _LONGEST_NAME if office or titled else named - 1 if name else 0
        if cased and cased[0].text.islower():
            cased[0] = cased[0]._replace(text=cased[0].text.capitalize())
        return cased

    def _known(self, at: int) -> int:
        """Return how many tokens at `at` are a name of the reference data."""
        matched = self.gazetteer.match(self.loud, self.folded, at)
        if matched is None:
            return 0
        size, entry = matched
        small = entry.kind == "item" and not entry.capital
        state = entry.kind in ("state", "demonym")
        return 0 if small or (size == 1 and not state and self._is_ordinary(at)) else size

    def _is_ordinary(self, at: int) -> bool:
        """Whether a word is one of the language, as far as the lexicons go."""
        low, lexicon = self.loud[at].low, self.lexicon
        return (
            low in lexicon.verbs
            or low in lexicon["never-names"]
            or low in lexicon["auxiliaries"]
            or low in lexicon["joining"]
            or low in lexicon["adverbs"]
            or low in lexicon.nouns
        )

    def _office(self, at: int) -> bool:
        """Whether an office or a title stands at `at`: "MR", "GENERAL"."""
        low = self.loud[at].low
        return low in self.lexicon["titles"] or low in self.lexicon["roles"]

    def _is_of_time(self, at: int) -> bool:
        """Whether a word is a month or a day of the week there: "IN MAY", not "MAY LEAVE"."""
        low, lexicon = self.loud[at].low, self.lexicon
        if low not in lexicon["auxiliaries"] and low not in lexicon.verbs:
            return low in lexicon["names-of-time"]
        before = self.loud[at - 1].low if at else ""
        after = self.loud[at + 1].low if at + 1 < len(self.loud) else ""
        dated = before in lexicon["date-before-year"] or before in ("last", "next", "this")
        return low in lexicon.months and (dated or before[:1].isdigit() or after[:1].isdigit())
