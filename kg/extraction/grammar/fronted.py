"""What stands before a subject: "denied that, in 2019, it sent", "never, not even then, sent"."""

from __future__ import annotations

from kg.extraction.grammar.clause import FRONTED, Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.words.lexicon import Lexicon

# So many words may be put before a subject.
_MOST = 16
_STOPS = frozenset(';:—–“”"«»')
# What opens a clause that is put before another and takes for granted what it tells.
_GRANTED = frozenset(
    ("as", "when", "after", "before", "while", "since", "once", "although", "though")
)


def note_fronted(parse: Parse, clauses: list[Clause], lexicon: Lexicon) -> None:
    """Let clauses be opened by the "that" before what is put before their subject."""
    if "," not in parse.words_used:
        return
    if "never" in parse.words_used:
        for clause in clauses:
            _negate_around_aside(parse, clause)
    if "that" not in parse.words_used:
        return
    for number, clause in enumerate(clauses):
        if clause.opener != "," or clause.shared or clause.verb.form != "finite":
            continue
        that = opened_at(parse, clause)
        if that is None:
            continue
        between = [c for c in clauses[:number] if c.verb.first > that]
        if not between:
            clause.opener = "that" if _leads_up(parse, that + 1, lexicon) else ","
        elif len(between) == 1 and _is_granted(parse, that + 1):
            clause.opener, between[0].opener = "that", FRONTED


def opened_at(parse: Parse, clause: Clause) -> int | None:
    """Return where the "that" stands which opens a clause, though not right before it."""
    lows, start = parse.lows, clause.start
    for at in range(start - 1, max(-1, start - _MOST), -1):
        if lows[at] == "that":
            return at
        if lows[at] in _STOPS:
            return None
    return None


def _leads_up(parse: Parse, at: int, lexicon: Lexicon) -> bool:
    """Whether only when, where or how is said from here on: ", in 2019,", "on Monday,"."""
    low = parse.lows[at]
    return low == "," or low in lexicon["prepositions"] or at in parse.date_at


def _is_granted(parse: Parse, at: int) -> bool:
    """Whether a clause begins here that another is told behind: ", as Kampala had said,"."""
    at += parse.lows[at] == ","
    return parse.lows[at] in _GRANTED


def _negate_around_aside(parse: Parse, clause: Clause) -> None:
    """Let a no before an aside reach the verb behind it: "never, not even in 2019, sent"."""
    lows, first = parse.lows, clause.verb.first
    if first < 1 or lows[first - 1] != ",":
        return
    low = max(clause.subject[0], first - _MOST)
    comma = next((at for at in range(first - 2, low, -1) if lows[at] == ","), 0)
    if comma and lows[comma - 1] == "never":
        clause.verb.negated = True
