"""Where an aside ends that says who spoke, to whom and when: ", he told senators on Monday,"."""

from __future__ import annotations

from kg.extraction.grammar.parse import Parse
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.verb_group import VerbGroup

# Verbs that name whom somebody speaks to.
_SPEAKING_TO = frozenset(("tell", "assure", "inform", "remind", "warn", "write", "reassure"))
# So many words say to whom and when.
_LONGEST = 8


def end_of_saying(parse: Parse, verb: VerbGroup, lexicon: Lexicon) -> int | None:
    """Return the comma that ends an aside whose verb of saying has nothing told behind it."""
    first, lows = verb.last, parse.lows
    if lows[first : first + 1] == [","]:
        return first
    if verb.negated or verb.lemma not in lexicon["say"] or verb.form != "finite":
        return None
    for index in range(first, min(first + _LONGEST, len(lows) - 1)):
        word = lows[index]
        if word == ",":
            return index
        dated = index in parse.date_at or index + 1 in parse.date_at
        addressed = verb.lemma in _SPEAKING_TO or index > first or dated
        if index in parse.verb_at or not word[0].isalnum() or word == "that":
            return None
        if not addressed and word not in lexicon["prepositions"]:
            return None
    return None
