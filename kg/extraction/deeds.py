"""How often something was done: the number of strikes, raids or sorties, which are no items."""

from __future__ import annotations

from kg.extraction.lexicon import Lexicon
from kg.extraction.parse import Parse

# So many words may stand between a number and the strikes: "43 separate night-time air strikes".
_NEAR = 4


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
