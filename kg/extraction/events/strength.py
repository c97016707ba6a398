"""How strong a force is of which the text has told: "It was to be 4,800 strong"."""

from __future__ import annotations

from kg.extraction.document.memory import Happening
from kg.extraction.situations.situation import Situation

_FORCES = frozenset(
    (
        *("force", "mission", "contingent", "brigade", "unit", "operation", "deployment"),
        *("battalion", "garrison", "detachment", "group", "regiment", "troops", "presence"),
    )
)
_PRONOUNS = (["it"], ["they"], ["each"])
# What may stand between the verb and the figure, and behind the figure.
_BEFORE = frozenset(("about", "some", "around", "nearly", "only", "just", "at", "least", "most"))
_HEADS = frozenset(
    ("men", "soldiers", "troops", "personnel", "members", "officers", "strong", "people", "police")
)
_NEAR = 4


def strength(one: Situation) -> bool:
    """Whether a clause gives the strength of the force told of last."""
    return whose_strength(one) is not None and men_counted(one) is not None


def whose_strength(one: Situation) -> Happening | None:
    """Return the deployment of the force whose strength is given: "it", "the mission"."""
    last = one.sides.memory.latest(("Deployment", "Combat", "Training"))
    if last is None or last.type != "Deployment" or last.paragraph < one.parse.paragraph - 1:
        return None
    words = one.parse.lows[slice(*one.clause.subject)]
    the = words[:1] in (["the"], ["this"]) and words[-1] in _FORCES and len(words) <= _NEAR
    return last if words in _PRONOUNS or the else None


def men_counted(one: Situation) -> int | None:
    """Return the figure right behind the verb that is a number of men, not of anything else."""
    verb, lows = one.clause.verb, one.parse.lows
    for index, figure in enumerate(one.parse.quantities):
        if not verb.last <= figure.first <= verb.last + _NEAR:
            continue
        if not _BEFORE.issuperset(lows[verb.last : figure.first]):
            return None
        behind = "".join(lows[figure.last : figure.last + 1])
        if verb.lemma in ("be", "have"):
            return index if behind in _HEADS else None
        ends = not behind[:1].isalnum() or behind in one.lexicon["leading-on"]
        return index if ends or behind in _HEADS else None
    return None
