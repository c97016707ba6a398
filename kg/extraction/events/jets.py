"""Jets that fly themselves, and are no goods on their way: "escorted the bombers to Libya"."""

from __future__ import annotations

from kg.extraction.situations.situation import Situation
from kg.extraction.words.lexicon import Frame

# Who flies these does so with his own.
_JETS = ("fighter-aircraft", "strategic-bomber", "military-helicopter")
# Whose planes these are, or for what: "planes of the Chadian air force", "troop carriers".
_OF_FORCES = (["air", "force"], ["troop", "carriers"], ["troop", "carrier"], ["troop", "planes"])
_LOADED = frozenset(("with", "carrying", "loaded", "full", "bringing", "laden", "cargo"))
# Aircraft of a force that bring nothing, whatever their make.
_WARPLANES = frozenset(("warplanes", "warplane"))
_FLYING = frozenset(
    (
        *("fly", "fly in", "fly into", "fly over", "take off", "escort", "patrol", "cover"),
        *("circle", "loiter", "cross", "enter", "penetrate", "overfly", "accompany", "shadow"),
        *("scramble", "return", "stray into", "operate", "operate from", "fly from"),
    )
)
# Where these stand abroad, they are still those of whose name they bear.
_STANDING = frozenset(("stand", "sit", "wait", "park", "be present", "serve", "operate"))
_WHERE = ("place", "state")
# How a state shows another what it has, and where.
_SHOWING = frozenset(
    ("send", "fly", "sail", "dispatch", "scramble", "deploy", "order", "launch", "steer")
)
_BY = frozenset(("around", "near", "over", "off", "past", "along"))
# What it sends its own arms across.
_EDGES = frozenset(("border", "frontier", "boundary", "airspace", "skies", "demarcation"))
_ACROSS = frozenset(("across", "over", "into", "through"))
# So many words behind "across" the border stands: "over the heavily guarded Chadian border".
_NEAR = 5


def go_past_or_across(one: Situation) -> bool:
    """Whether a state sends its own past another or into it: "45 jets around Taiwan"."""
    if one.clause.verb.lemma not in _SHOWING:
        return False
    handed = "to" in one.parts.slots  # "sent drones across the border to the rebels"
    return not _BY.isdisjoint(one.parts.slots) or (not handed and _across(one))


def _across(one: Situation) -> bool:
    """Whether they go over a border: "flew drones across the frontier", "into its airspace"."""
    words = one.words()
    edges = [at for at, word in enumerate(words) if word in _EDGES]
    return any(not _ACROSS.isdisjoint(words[max(0, at - _NEAR) : at]) for at in edges)


def fly_themselves(one: Situation, frame: Frame) -> bool:
    """Whether jets are the subject, and do what those do who fly them."""
    verb, kind_of = one.clause.verb, one.sides.gazetteer.is_kind_of
    stand = verb.lemma in _STANDING and bool(one.theme.owner) and _is_abroad(one)
    if not (stand or verb.lemma in _FLYING) or verb.passive or frame.subject != "theme":
        return False
    warplanes = any(one.parse.lows[m.last - 1] in _WARPLANES for m in one.theme.mentions)
    return warplanes or any(kind_of(item, kind) for item in one.theme.items for kind in _JETS)


def are_of_a_force(one: Situation, frame: Frame) -> bool:
    """Whether planes or ships are those of an air force, and nothing says what they bring."""
    if frame.subject != "theme" or one.clause.verb.passive or one.theme.contents:
        return False
    words = one.parse.lows[slice(*one.clause.subject)]
    ours = any(words[at : at + 2] in _OF_FORCES for at in range(len(words)))
    loaded = not _LOADED.isdisjoint(one.words()) or not _LOADED.isdisjoint(words)
    return ours and not loaded


def _is_abroad(one: Situation) -> bool:
    """Whether jets, of which none were given, stand in another state than their own."""
    mentions = one.theme.mentions
    right = one.clause.right
    if not mentions or mentions[0].first >= one.clause.subject[1]:
        return False
    if one.sides.memory.latest(("Shipment",)) is not None:
        return False
    if not any(m.kind in _WHERE for m in one.parse.mentions_in(*right)):
        return False
    lands = one.sides.states_of(one.sides.places(one.parse, one.parts, one.theme.mentions))
    return bool(lands) and one.theme.owner not in lands
