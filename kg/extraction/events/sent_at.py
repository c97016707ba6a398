"""Drones and missiles that are sent at somebody, not to him: "sent 300 drones over the border"."""

from __future__ import annotations

from kg.extraction.situations.situation import Situation

_SENDING = frozenset(("send", "fly", "launch", "fire", "dispatch", "lob", "hurl", "unleash"))
_FLYING = frozenset(("drone", "drones", "missile", "missiles", "rocket", "rockets", "projectiles"))
_AT = frozenset(("across", "against", "at", "over", "toward", "towards", "far"))


def is_sent_at(one: Situation) -> bool:
    """Whether drones or missiles fly across a border or at a goal, to nobody who wants them."""
    if _FLYING.isdisjoint(one.parse.words_used) or one.clause.verb.lemma not in _SENDING:
        return False
    if _FLYING.isdisjoint({one.parse.lows[m.last - 1] for m in one.theme.mentions}):
        return False
    words = one.parse.lows[slice(*one.clause.right)]
    given = "to" in words and one.has_sides("to")  # "to Sudan", not "the night to Friday"
    return not _AT.isdisjoint(words) and not given
