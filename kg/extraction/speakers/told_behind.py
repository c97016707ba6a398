"""What the same speaker tells behind a semicolon or colon: "It was calm, she said; none left"."""

from __future__ import annotations

from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.speakers.statements import Statement
from kg.extraction.words.lexicon import Lexicon

_MARKS = frozenset((";", ":"))
# How the verb begins of what is told on in another's words: "none would fight, it had left".
_REPORTED = frozenset(("would", "had", "could", "might", "will", "was", "were", "did", "should"))
_TAKING_UP = frozenset(
    ("he", "she", "it", "they", "none", "all", "some", "most", "both", "neither")
)
_CONTRASTS = frozenset(("but", "yet", "however", "still", "in", "by", "meanwhile", "nor"))
_SOURCES = frozenset(("according", "citing", "quoting"))
_KINDS = ("say", "deny")


def told_behind(
    parse: Parse, clauses: list[Clause], found: list[Statement], lexicon: Lexicon
) -> list[Statement]:
    """Return what those speak who stand before the last mark, where nobody else speaks behind it.

    A colon counts behind words that somebody said before it: "It was calm, she answered: the
    number had been cut".
    """
    if _MARKS.isdisjoint(parse.words_used):
        return []
    added = []
    for mark in [i for i, low in enumerate(parse.lows) if low in _MARKS]:
        if (teller := _teller_before(parse, mark, found)) is not None:
            end = next((i for i in range(mark + 1, len(parse.lows)) if parse.lows[i] == ";"), 0)
            end = end or len(parse.lows)
            if _goes_on(parse, clauses, mark, end, lexicon):
                added.append(Statement(mark + 1, end, "say", teller.speakers, teller.clause))
    return added


def _teller_before(parse: Parse, mark: int, found: list[Statement]) -> Statement | None:
    """Return the outermost statement of the part before a mark that does not reach behind it."""
    if any(s.holds(mark + 1) and s.kind in _KINDS for s in found):
        return None
    before = [s for s in found if s.kind in _KINDS and s.clause is not None and s.speakers]
    inside = [s for s in before if s.clause is not None and s.clause.verb.last <= mark]
    outer = [
        s
        for s in inside
        if s.clause is not None
        and not any(o is not s and o.holds(s.clause.verb.first) for o in inside)
    ]
    if not outer:
        return None
    teller = outer[-1]
    if parse.lows[mark] == ":":
        told = teller.clause is not None and teller.first < teller.clause.verb.first
        return teller if told and teller.kind == "say" else None
    return teller


def _goes_on(parse: Parse, clauses: list[Clause], mark: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the words behind a mark are told on, and nobody in them says anything."""
    behind = [c for c in clauses if mark < c.verb.first < end]
    if not behind or parse.lows[mark + 1] in _CONTRASTS | lexicon["subordinators"]:
        return False
    if not _SOURCES.isdisjoint(parse.lows[mark + 1 : end]):
        return False
    speaks = lexicon["speaking"]
    if any(c.verb.lemma in speaks and not c.verb.lemma.startswith("be") for c in behind):
        return False
    first = behind[0]
    pronoun = not _TAKING_UP.isdisjoint(parse.lows[slice(*first.subject)])
    return pronoun or parse.lows[first.verb.first] in _REPORTED
