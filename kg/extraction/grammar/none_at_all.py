"""Whether a clause says of nobody or nothing that it did: "none of the tanks", "in no raid"."""

from __future__ import annotations

from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse

_NONE = frozenset(("no", "none", "neither", "nobody", "zero", "0"))
_NOBODY_AT_ALL = frozenset(("neither", "nobody"))
_REACHING = frozenset(("to", "for", "with", "from", "on"))
_BARELY = frozenset(("hardly", "scarcely", "barely"))
_ANY = frozenset(("any", "anything", "anyone", "anybody"))
# Behind a no they leave one out, who did it: "no country other than Turkey", "nobody but Syria".
_BUT = frozenset(("but", "except", "save", "bar", "barring", "besides"))
_OTHER_THAN = (["other", "than"], ["apart", "from"], ["aside", "from"])
# So many words stand between a no and whom it leaves out.
_EXCEPTION = 4
# What somebody takes part in, by the words before it: "took part in no raid".
_PART = frozenset(("part", "participated", "engaged", "involved", "fought", "joined", "role"))


def is_of_none(parse: Parse, clause: Clause) -> bool:
    """Whether it is nobody who does it, or nothing to which it is done."""
    return is_by_none(parse, clause) or _is_to_none(parse, clause)


def denies_nothing(parse: Parse, clause: Clause) -> bool:
    """Whether a verb of denying does not deny: "did not deny it", "nobody denies it"."""
    verb = clause.verb
    nor = "nor" in parse.lows[max(0, verb.first - 2) : verb.head]
    return verb.negated or nor or is_by_none(parse, clause)


def denies_no_longer(parse: Parse, clause: Clause) -> bool:
    """Whether somebody admits what he denied: "no longer denies having sent soldiers"."""
    first, head = clause.verb.first, clause.verb.head
    return parse.lows[max(first, head - 2) : head] == ["no", "longer"]


def is_by_none(parse: Parse, clause: Clause) -> bool:
    """Whether nobody does it: "none of the tanks has arrived", "neither side denies it"."""
    first, last = clause.subject
    lows = parse.lows
    head = lows[first] if first < last else ""
    after = lows[first + 1] if first + 1 < last else ""
    if head == "not" and after in ("a", "one", "any"):
        return True
    none = head in _NONE or after in _NONE or head == "nothing"
    none = none or (head in _BARELY and after in ("a", "any"))
    counted = any(first <= i < first + 2 for i in parse.counted)
    return none and not counted and not _leaves_one_out(lows, first, last)


def _is_to_none(parse: Parse, clause: Clause) -> bool:
    first, last = clause.right
    lows, counted = parse.lows, parse.counted
    if not _BARELY.isdisjoint(lows[clause.verb.first : clause.verb.head]):
        return not _ANY.isdisjoint(lows[first : first + 2])  # "hardly sent any troops"
    if _NONE.isdisjoint(parse.words_used) and "nothing" not in parse.words_used:
        return False
    begin = first
    named = parse.mention_at.get(first)
    if named is not None and lows[named.last : named.last + 1] == ["nothing"]:
        begin = named.last  # "sends Hamas nothing"
    if lows[begin : begin + 1] == ["nothing"]:
        return not _leaves_one_out(lows, begin, last)  # "sold nothing to either side"
    if not _NOBODY_AT_ALL.isdisjoint(lows[first:last]) and _reaches_nobody(lows, first, last):
        return True
    if _is_of_a_part(lows, clause.verb.head, last):
        return True
    near = range(first, min(last, first + 2))
    return any(
        lows[at] in _NONE and at not in counted and not _leaves_one_out(lows, at, last)
        for at in near
    )


def _is_of_a_part(lows: list[str], first: int, last: int) -> bool:
    """Whether a no stands further on: "delivery of none of", "took part in no raid"."""
    for at in range(first + 1, last):
        if lows[at : at + 2] == ["none", "of"]:
            return lows[at - 1] in ("of", "on", "to", "for", "in")
        if lows[at] == "no" and lows[at - 1] == "in" and lows[at - 2] in _PART:
            return True
        if not lows[at][0].isalnum():
            return False
    return False


def _reaches_nobody(lows: list[str], first: int, last: int) -> bool:
    """Whether it is for nobody: "has sent weapons to neither side"."""
    return any(
        lows[at] in _NOBODY_AT_ALL
        and lows[at - 1] in _REACHING
        and not _leaves_one_out(lows, at, last)
        for at in range(first + 1, last)
    )


def _leaves_one_out(lows: list[str], none: int, last: int) -> bool:
    """Whether somebody is left out of a no: "no country other than Turkey gave Chad jets"."""
    for at in range(none + 1, min(none + _EXCEPTION, last)):
        if lows[at] in _BUT or lows[at : at + 2] in _OTHER_THAN:
            return True
    return False
