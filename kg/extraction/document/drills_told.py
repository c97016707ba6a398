"""A drill that a noun names, with those who hold it: "joint drills between Chad and Mali"."""

from __future__ import annotations

from collections.abc import Callable

from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse

# What stands between a drill and those who hold it.
_LED = frozenset(("between", "involving", "of", "by", "bringing"))
# Where the words end that say which drill it is.
_PARTING = frozenset((*',;:—–“”()"', "in", "under", "to", "of", "on", "with", "that", "and", "by"))


def drill_clause(
    parse: Parse,
    clause: Clause,
    reach: Callable[[int], int],
    where: Callable[[int, int], int],
) -> Clause | None:
    """Return a drill as a clause, None if its noun does not have who drills.

    Args:
        parse: the sentence.
        clause: of the noun alone.
        reach: where the words of a noun end that begin at a token.
        where: where the words begin, between two tokens, that say where it is.
    """
    last = clause.verb.last
    if parse.lows[last] not in _LED:
        return None
    clause.end = reach(last + 1)
    clause.subject = (last + 1, where(last + 1, clause.end))
    while clause.start > 0 and parse.lows[clause.start - 1] not in _PARTING:
        clause.start -= 1
    return clause
