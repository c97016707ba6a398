"""Numbers that stand for their noun: "London had promised 14"."""

from __future__ import annotations

from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse

_ALONE = (
    "to",
    "in",
    "by",
    "from",
    "of",
    "sent",
    "since",
    "more",
    "at",
    "there",
    "and",
    "have",
    "were",
)

# So many words may stand between the two figures of a change: "from 4,000 men to 2,500".
_CHANGE = 4
_OF_THE = (["of", "the"], ["of", "its"], ["of", "their"], ["of", "those"], ["of", "these"])
_HALVES = frozenset(
    ("half", "third", "thirds", "quarter", "quarters", "most", "many", "some", "part")
)
_FIGURES = frozenset(("figure", "number", "total", "estimate", "count", "toll"))


def only_gives_figure(parse: Parse, clause: Clause) -> bool:
    """Whether what is given is a figure: "gave a figure of 900", "offered an estimate of 40"."""
    if _FIGURES.isdisjoint(parse.words_used):
        return False
    first, last = clause.right
    for quantity in parse.quantities:
        before = parse.lows[max(first, quantity.first - 2) : quantity.first]
        named = before[-1:] == ["of"] and before[0] in _FIGURES
        if first < quantity.first < last and named:
            return True
    return False


def changed_to(parse: Parse, first: int, last: int) -> int | None:
    """Return the figure that a level has come to: "from 4,000 to 2,500"."""
    before = None
    for index, quantity in enumerate(parse.quantities):
        leads = parse.lows[quantity.first - 1] if quantity.first else ""
        inside = first <= quantity.first and quantity.last <= last
        if inside and leads == "to" and before is not None and quantity.first - before < _CHANGE:
            return index
        before = quantity.last if inside and leads == "from" else None
    return None


def level_reached(parse: Parse, first: int, last: int) -> int | None:
    """Return the figure to which a level has risen or fallen: "its contingent to 2,200"."""
    if (changed := changed_to(parse, first, last)) is not None:
        return changed
    inside = [i for i, q in enumerate(parse.quantities) if first < q.first < last]
    if len(inside) != 1 or parse.lows[parse.quantities[inside[0]].first - 1] != "to":
        return None
    return inside[0]


def bare_figure(parse: Parse, clause: Clause) -> int | None:
    """Return a number that stands for its noun: "London had promised 14"."""
    if not parse.quantities:
        return None
    first, last = clause.right
    counted = {m.quantity for m in parse.mentions if m.quantity is not None}
    for index, quantity in enumerate(parse.quantities):
        after = parse.lows[quantity.last] if quantity.last < len(parse.lows) else "."
        if is_whole(parse.lows, quantity.first):
            continue
        inside = first <= quantity.first and quantity.last <= last
        whole = (
            clause.subject[0] <= quantity.first < max(last, clause.verb.last)
            and after == "of"
            and _refers_back(parse, quantity.last)
        )
        whole = whole or (
            parse.lows[quantity.last - 1] == "of"  # "dozens of them"
            and quantity.first >= clause.subject[0]
            and _refers_back(parse, quantity.last - 1)
        )
        more = after == "more" and quantity.last + 1 == clause.verb.first
        inside = inside or quantity.last == clause.verb.first or whole or more
        dated = any(d.first == quantity.last for d in parse.dates)
        alone = (
            not after[0].isalnum()
            or after in _ALONE
            or dated
            or quantity.last == clause.verb.first
            or whole
        )
        if inside and alone and index not in counted:
            return index
    return None


def is_whole(lows: list[str], first: int) -> bool:
    """Whether a number says of how many only a part is meant: "half of the 10,000"."""
    before = lows[max(0, first - 3) : first]
    return before[1:] in _OF_THE and before[:1] != [] and before[0] in _HALVES


def _refers_back(parse: Parse, at: int) -> bool:
    """Whether "of them" or the like stands behind a number."""
    behind = parse.lows[at + 1 : at + 2]
    return bool(behind) and behind[0] in ("them", "these", "those", "whom", "which")
