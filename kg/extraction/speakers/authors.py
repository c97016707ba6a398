"""Who wrote a paper that tells something: "a report which UN monitors have submitted"."""

from __future__ import annotations

import itertools

from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention
from kg.extraction.words.lexicon import Lexicon

_RELATIVE = frozenset(("which", "that"))
_ARTICLES = frozenset(("a", "an", "the", "this", "one", "another"))
# So many words may stand before the noun: "a 70-page confidential report".
_LONGEST = 6
_WHO = frozenset(("person", "organization", "collective", "state", "unknown"))


def author_in(parse: Parse, zone: tuple[int, int], lexicon: Lexicon) -> Mention | None:
    """Return who wrote the paper that the words of a subject name, if a clause in it says so."""
    first, last = zone
    if parse.lows[first : first + 1] == [] or parse.lows[first] not in _ARTICLES:
        return None
    papers = lexicon["told-in"]
    near = range(first + 1, min(last, first + _LONGEST))
    paper = next((i for i in near if parse.lows[i] in papers), None)
    if paper is None or paper + 2 >= last:
        return None
    verbs = (v for i, v in sorted(parse.verb_at.items()) if paper < i < last)
    verb = next((v for v in verbs if v.lemma in lexicon["authoring"]), None)
    if verb is None or verb.negated:
        return None
    by = parse.lows[verb.last : verb.last + 1] == ["by"]
    if by and verb.first <= paper + 2:
        return _named(parse, verb.last + 1, last)
    opener = parse.lows[paper + 1] in _RELATIVE
    begin = paper + 1 + opener
    if verb.passive or verb.first <= begin:
        return None
    named = _named(parse, begin, verb.first)
    return named if named is not None and named.first <= begin + 1 else None


def _named(parse: Parse, first: int, last: int) -> Mention | None:
    """Return the first who is named between two tokens; what only modifies another is none."""
    inside = [m for m in parse.mentions_in(first, last) if m.kind in _WHO and not m.modifies]
    for one, other in itertools.zip_longest(inside, inside[1:]):
        if other is None or other.first != one.last:
            return one  # "Oslo researchers" are not Norway
    return None
