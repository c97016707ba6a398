"""Jets that fly themselves, and are no goods on their way: "escorted the bombers to Libya"."""

from __future__ import annotations

from kg.extraction.lexicon import Frame
from kg.extraction.situation import Situation

# Who flies these does so with his own.
_JETS = ("fighter-aircraft", "strategic-bomber", "military-helicopter")
_FLYING = frozenset(
    (
        *("fly", "fly in", "fly into", "fly over", "take off", "escort", "patrol", "cover"),
        *("circle", "loiter", "cross", "enter", "penetrate", "overfly", "accompany", "shadow"),
        *("scramble", "return", "stray into", "operate", "operate from", "fly from"),
    )
)


def fly_themselves(one: Situation, frame: Frame) -> bool:
    """Whether jets are the subject, and do what those do who fly them."""
    verb, kind_of = one.clause.verb, one.sides.gazetteer.is_kind_of
    if verb.lemma not in _FLYING or verb.passive or frame.subject != "theme":
        return False
    return any(kind_of(item, kind) for item in one.theme.items for kind in _JETS)
