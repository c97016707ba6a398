"""Whether a sentence tells of what never was: a war game, a novel's plot, a fake video."""

from __future__ import annotations

from kg.extraction.grammar.parse import Parse
from kg.extraction.words.lexicon import Lexicon

# So many words stand at the head of a sentence before its comma, and between "fake" and "video".
_OPENING, _NEAR = 8, 3
_IN = frozenset(("in", "during", "under"))
_HAVING = frozenset(("have", "see", "feature", "show"))
_SHOWN = frozenset(("show", "depict", "purport", "claim", "allege", "say", "portray"))


def is_unreal(parse: Parse, at: int, lexicon: Lexicon) -> bool:
    """Whether what is told at the token `at` is played, told in a tale, or faked."""
    used = parse.words_used
    if _is_played(parse, at, lexicon):
        return True
    if not used.isdisjoint(lexicon["works-of-fiction"]) and _is_of_a_tale(parse, at, lexicon):
        return True
    return not used.isdisjoint(lexicon["faked"]) and _is_faked(parse, at, lexicon)


def _is_played(parse: Parse, at: int, lexicon: Lexicon) -> bool:
    """Whether it opens with a war game: "In a war game, India attacked"."""
    lows = parse.lows
    if lows[0] not in _IN:
        return False
    comma = next((i for i in range(1, min(_OPENING, len(lows))) if lows[i] == ","), 0)
    if not 0 < comma <= at:
        return False
    opening = " ".join(lows[1:comma])
    return any(f" {game}" in f" {opening}" for game in lexicon["games"])


def _is_of_a_tale(parse: Parse, at: int, lexicon: Lexicon) -> bool:
    """Whether the subject is a work that tells a tale: "The plot of a novel has France sending"."""
    first = next((verb for verb in parse.verbs if verb.form == "finite"), None)
    if first is None or first.first >= at:
        return False
    head = parse.lows[: first.first]
    works = lexicon["works-of-fiction"]
    tells = first.lemma in _HAVING or first.lemma in lexicon["narrating"]
    plot = not lexicon["plots"].isdisjoint(head) and not works.isdisjoint(head)
    return tells and (plot or (bool(head) and head[-1] in works))


def _is_faked(parse: Parse, at: int, lexicon: Lexicon) -> bool:
    """Whether it is only seen in pictures or papers that are false: "a fake video showing"."""
    lows = parse.lows
    for index in range(min(at, len(lows))):
        if lows[index] not in lexicon["faked"]:
            continue
        for behind in range(index + 1, min(index + 1 + _NEAR, len(lows))):
            if not lows[behind][0].isalnum():
                break
            if lexicon.evidence.match(lows, behind) or lows[behind] in lexicon["posts"]:
                return _shows(parse, behind)
    return False


def _shows(parse: Parse, noun: int) -> bool:
    """Whether it is told what pictures or papers show; who uses false papers does so."""
    if parse.lows[noun + 1 : noun + 2] == ["of"]:
        return True
    after = next((verb for verb in parse.verbs if verb.first > noun), None)
    return after is not None and after.first <= noun + _NEAR and after.lemma in _SHOWN
