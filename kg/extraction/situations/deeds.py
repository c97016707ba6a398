"""How often something was done, and to how much that is no item: strikes, targets, villages."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from kg.extraction.figures.numerals import read_number
from kg.extraction.figures.quantities import modified
from kg.extraction.grammar.parse import Parse
from kg.extraction.words.lexicon import Lexicon

# So many words may stand between a number and the strikes: "43 separate night-time air strikes".
_NEAR = 4
_AT_LEAST = 2


def strikes_counted(parse: Parse, first: int, last: int, lexicon: Lexicon) -> int | None:
    """Return which number between two tokens counts strikes: "carried out 43 air strikes"."""
    lows, strikes = parse.lows, lexicon["assaults"]
    if not parse.quantities or strikes.isdisjoint(parse.words_used):
        return None
    for index, figure in enumerate(parse.quantities):
        inside = first <= figure.first and figure.last <= last
        for at in range(figure.last, min(figure.last + _NEAR, last)) if inside else ():
            if lows[at] in strikes:
                figure.measured = True
                return index
            if not lows[at][0].isalpha() or lows[at] in lexicon["function-words"]:
                break
    return None


def struck_counted(parse: Parse, first: int, last: int, lexicon: Lexicon) -> int | None:
    """Return which number between two tokens counts what was struck or taken: "four villages".

    Such numbers count nothing else, so that a sentence has them only where somebody asks.
    """
    return counted_of(parse, first, last, lexicon, lexicon["struck"])


def counted_of(
    parse: Parse, first: int, last: int, lexicon: Lexicon, struck: AbstractSet[str]
) -> int | None:
    """Return which number between two tokens counts one of some nouns that are no items."""
    lows, starters = parse.lows, lexicon["number-starters"]
    if struck.isdisjoint(parse.words_used):
        return None
    for at in range(first, last):
        if lows[at] in struck or (lows[at][0].isdigit() or lows[at] in starters) is False:
            continue
        number = read_number(lows, at, lexicon)
        if number is None or at in parse.date_at or number.value < _AT_LEAST:
            continue
        ahead = lows[number.last : min(last, number.last + _NEAR)]
        near = next((i for i, word in enumerate(ahead) if word in struck), None)
        if near is None or not all(
            w[0].isalpha() and w not in lexicon["function-words"] for w in ahead[:near]
        ):
            return None
        figure = modified(lows, number, lexicon)
        known = (i for i, q in enumerate(parse.quantities) if q.first <= at < q.last)
        index = next(known, len(parse.quantities))
        if index == len(parse.quantities):
            parse.quantities.append(figure)
        parse.quantities[index].measured = True
        return index
    return None
