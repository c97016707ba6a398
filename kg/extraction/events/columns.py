"""Vehicles that are a force on the march, no goods: a column of lorries, what an army moves."""

from __future__ import annotations

from kg.extraction.names.mentions import Mention
from kg.extraction.situations.situation import Situation

_COLUMNS = frozenset(("column", "columns", "convoy", "convoys", "patrol", "patrols", "motorcade"))
# So many words stand between a column and its vehicles: "column of more than 100 American".
_NEAR = 7
_MARCHING = frozenset(
    (
        *("arrive", "leave", "leave-for", "be-there", "visit-with-force", "count", "found"),
        *("go-home", "bring-home", "counted-there"),
    )
)
# What an army does with what it has.
_MOVING = frozenset(("move", "shift", "redeploy", "relocate", "reposition", "transfer", "order"))
_GROUND = ("military-vehicle", "military-aircraft", "artillery", "tank")
_LOADED = frozenset(("carrying", "loaded", "laden", "bringing", "delivering"))


def is_column(one: Situation) -> bool:
    """Whether vehicles are a column of a state's: "a column of 100 American lorries"."""
    theme, lows = one.theme, one.parse.lows
    owned = bool(theme.owner) or any(m.nation is not None for m in theme.mentions)
    owned = owned or whose_column(one) is not None
    if one.frame.name not in _MARCHING or not theme.mentions or not owned:
        return False
    first, last = theme.mentions[0].first, theme.mentions[-1].first
    of = (i for i in range(max(1, first - _NEAR), last) if lows[i] == "of")
    column = any(lows[i - 1] in _COLUMNS for i in of)
    return column and "with" not in one.parts.slots and _LOADED.isdisjoint(lows)


def whose_column(one: Situation) -> Mention | None:
    """Return whose the column is: "a Rwandan convoy of 30 trucks"."""
    lows, (first, last) = one.parse.lows, (one.clause.subject[0], one.clause.end)
    named = (m for m in one.parse.mentions_in(first, last) if m.kind == "demonym")
    return next((m for m in named if lows[m.last] in _COLUMNS), None)


def is_moved_by_army(one: Situation) -> bool:
    """Whether an army moves its own arms to a town nobody knows: "moved tanks to Mandera"."""
    verb, gazetteer = one.clause.verb, one.sides.gazetteer
    if verb.lemma not in _MOVING or verb.passive or one.frame.subject != "from":
        return False
    arms = any(gazetteer.is_kind_of(i, kind) for i in one.theme.items for kind in _GROUND)
    goals = [m for key in ("to", "into", "near", "towards") for m in one.parts.slots.get(key, ())]
    unknown = bool(goals) and all(m.kind == "unknown" and m.nation is None for m in goals)
    return arms and unknown and not one.theme.owner
