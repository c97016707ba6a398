"""What frames of combat need to be found in a clause: who fights, with what, on which town."""

from __future__ import annotations

from kg.extraction.events.raid_needs import raid_told
from kg.extraction.events.training_needs import drill_told, drills
from kg.extraction.situations.deeds import struck_counted
from kg.extraction.situations.situation import Situation

# Verbs that are only of fighting, and what else makes one of "fire" and "bring".
_BATTLE = frozenset(
    (
        *("bomb", "shell", "bombard", "invade", "ambush", "besiege", "raid", "strafe", "attack"),
        *("ram", "down", "pound", "assault", "storm", "torpedo", "overrun", "shoot"),
    )
)
# These are of nothing but war, whatever is hit.
_SHELLING = frozenset(("bomb", "shell", "bombard", "strafe"))
_ARTICLES = frozenset(("a", "an", "the", "two", "three", "several", "its", "their"))
_CASUALTY = frozenset(("kill", "wound", "injure", "capture", "destroy", "maim"))
_LOSING = frozenset(("lose", "suffer", "sustain", "take", "incur", "report", "record"))
_DEAD = frozenset(("casualties", "losses", "dead", "deaths", "fatalities", "killed", "wounded"))
_TRADING = frozenset(("trade", "exchange"))
_FIRE = frozenset(("fire", "gunfire", "shots", "shells", "salvos"))
_STOPPING = frozenset(("intercept", "seize", "capture", "stop", "board", "detain"))
_TAKING_PART = frozenset(("take", "participate", "join"))
_BESIDE = frozenset(("alongside", "beside"))
_AIMING = frozenset(("on", "at", "into", "upon", "fire"))
_FIRING = frozenset(("fire", "launch", "lob", "hurl", "shoot"))
_LETTING_FLY = frozenset(("fire", "launch"))
_AT = ("on", "at", "into", "upon", "towards", "across")
_DOWN = (["brought", "down"], ["bring", "down"], ["bringing", "down"], ["shot", "down"])
_TOWARDS = frozenset(("towards", "toward", "on", "into"))
_STRIKING = frozenset(("hit", "strike", "pound", "target", "damage", "destroy"))
_MUNITIONS = ("missile", "rocket", "ammunition", "drone")
_ARMIES = frozenset(("army", "military", "navy", "forces", "militia", "rebels", "police"))
# So many words may stand between a verb and the town that is taken.
_NEAR = 5


def fighters(one: Situation) -> bool:
    """Whether a force fights, or a verb that is only of fighting says who does."""
    if one.clause.subject[0] > one.clause.verb.first:
        return True  # "clashes between Chad and the rebels"
    if one.clause.verb.lemma in _STOPPING and _stops_a_carrier(one):
        return False
    if one.clause.verb.lemma in _LETTING_FLY and _lets_no_arms_fly(one):
        return False
    if one.clause.verb.lemma in _TAKING_PART and _takes_part_in_else(one):
        return False
    if one.theme.klass == "persons" or _battles(one) or _hits_targets(one) or _loses(one):
        return True
    if one.clause.verb.lemma in _TRADING and not _FIRE.isdisjoint(one.words()[:_NEAR]):
        return True  # "traded mortar fire"
    if _goes_on_fighting(one) or _fights_beside(one):
        return True
    if one.denied or one.parse.lows[one.clause.subject[0]] == "no":
        return any(word in one.lexicon["fighters"] for word in one.words(whole=True))
    arms = one.lexicon["fighters"] | one.lexicon["assaults"]
    if arms.isdisjoint(one.words(whole=True)):
        return False
    owned = bool(one.theme.owner) or one.has_sides("from")
    return owned or one.has_sides("theme") or one.subject_elsewhere


def _goes_on_fighting(one: Situation) -> bool:
    """Whether it is what an attack did: "shelled a village and wounded eight people"."""
    goes_on = one.clause.shared and one.clause.verb.lemma in _CASUALTY
    before = one.clause.parent if goes_on else None
    return before is not None and before.verb.lemma in _BATTLE


def _takes_part_in_else(one: Situation) -> bool:
    """Whether what somebody takes part in is a drill, or no fight: "took part in repairs"."""
    words = one.words()
    fights = one.lexicon["fighters"] | one.lexicon["assaults"] | one.lexicon["war"]
    in_else = "in" in words[:2] and fights.isdisjoint(words)
    return in_else or drills(one) or drill_told(one)


def _fights_beside(one: Situation) -> bool:
    """Whether it is said beside whom somebody fights: "we fought beside the police"."""
    beside = one.clause.verb.lemma == "fight" and not _BESIDE.isdisjoint(one.parts.slots)
    return beside and somebody(one)


def _loses(one: Situation) -> bool:
    """Whether a side has losses that are counted: "lost 300 of its men", "took 40 casualties"."""
    if one.clause.verb.lemma not in _LOSING or one.clause.verb.passive:
        return False
    right = one.clause.right
    counted = any(m.items and m.quantity is not None for m in one.parse.mentions_in(*right))
    figure = any(right[0] <= q.first < right[1] for q in one.parse.quantities)
    dead = figure and not _DEAD.isdisjoint(one.words()[:_NEAR])
    return somebody(one) and (dead or (counted and one.clause.verb.lemma == "lose"))


def _hits_targets(one: Situation) -> bool:
    """Whether it is counted what a side strikes: "hit 12 targets in the valley"."""
    if one.clause.verb.lemma not in one.lexicon["striking"] or one.clause.verb.passive:
        return False
    who = one.has_sides("theme") or bool(one.theme.owner) or one.subject_elsewhere
    if one.clause.verb.lemma == "hit" and not one.sides.places(one.parse, one.parts, []):
        return False  # "hit two targets" may be anything
    right = one.clause.right
    return who and struck_counted(one.parse, *right, one.lexicon) is not None


def _stops_a_carrier(one: Situation) -> bool:
    """Whether a ship is stopped or power seized, which is no fight: "intercepted a dhow"."""
    if one.words()[:1] == ["power"]:
        return True
    if any(word in one.lexicon["carriers"] for word in one.words()[:_NEAR]):
        return True
    gazetteer = one.sides.gazetteer
    goods = [m for m in one.parts.parts["target"] if m.kind == "item" and m.items]
    fired = [m for m in goods if any(gazetteer.is_kind_of(m.items[0], k) for k in _MUNITIONS)]
    if one.clause.verb.lemma == "intercept" and fired and raid_told(one) is not None:
        return False  # what was fired is shot down
    things = any(gazetteer.item_class(m.items[0]) != "persons" for m in goods)
    return things and one.clause.verb.lemma in ("seize", "intercept", "board")


def against(one: Situation) -> bool:
    """Whether arms are used against somebody."""
    return bool(one.parts.slots.get("against"))


def _battles(one: Situation) -> bool:
    """Whether the verb is only of fighting, and it is said who fights and whom they hit."""
    verb = one.clause.verb
    first = one.parse.lows[verb.head + 1 : verb.head + 2]
    if verb.lemma in _FIRING and _fires_munitions(one):
        return True
    fires = verb.lemma in ("fire", "open") and first != [] and first[0] in _AIMING
    if (
        not fires
        and verb.lemma not in _BATTLE
        and one.parse.lows[verb.head : verb.last] not in _DOWN
    ):
        return False
    parts = one.parts.parts
    if fires and first != ["fire"] and bool(one.theme.owner):
        return True  # "an Israeli tank had fired at its watchtower"
    who = bool(one.theme.klass) or one.has_sides("theme") or one.subject_elsewhere
    if who and one.has_word("struck", _NEAR):
        return True  # "shelled villages in Kunar"
    if who and verb.lemma in _SHELLING and not verb.passive and _hits_a_thing(one):
        return True
    if verb.passive and one.has_sides("theme"):
        return True  # "we were ambushed by the Chadian army"
    hit = [*parts["target"], *one.parts.slots.get("", ()), *one.parts.slots.get("on", ())]
    hit += one.parts.slots.get("at", ())
    return who and bool(hit)


def _hits_a_thing(one: Situation) -> bool:
    """Whether anything at all is bombed: "bombed a house", "shelled the harbour"."""
    first = one.clause.right[0]
    return one.parse.lows[first : first + 1] != [] and one.parse.lows[first] in _ARTICLES


def _fires_munitions(one: Situation) -> bool:
    """Whether rockets or the like are fired at something: "fired Grad rockets into Surin"."""
    gazetteer = one.sides.gazetteer
    items = [i for m in one.parts.slots.get("", ()) for i in m.items]
    fired = any(gazetteer.is_kind_of(item, kind) for item in items for kind in _MUNITIONS)
    return fired and any(
        key in one.parts.slots for key in ("at", "into", "on", "towards", "across")
    )


def _lets_no_arms_fly(one: Situation) -> bool:
    """Whether officials are fired or a product launched, and no arms are: "fired six ministers"."""
    verb, lexicon = one.clause.verb, one.lexicon
    behind = one.parse.lows[verb.head + 1 : verb.last + 1]
    aimed = not _AIMING.isdisjoint(behind) or any(key in one.parts.slots for key in _AT)
    if verb.lemma == "fire" and aimed:
        return False
    first, last = one.clause.subject if verb.passive else one.clause.right
    if first == last or not lexicon["assaults"].isdisjoint(one.parse.lows[first:last]):
        return False
    named = one.parse.mentions_in(first, last) if verb.passive else one.parts.slots.get("", ())
    gazetteer = one.sides.gazetteer
    items = [item for m in named for item in m.items]
    return not any(gazetteer.is_kind_of(i, kind) for i in items for kind in (*_MUNITIONS, "weapon"))


def assault(one: Situation) -> bool:
    """Whether an assault is what somebody carries out: "launched air strikes on Damascus"."""
    verb = one.clause.verb
    words = one.parse.lows[verb.head + 1 : min(one.clause.end, verb.last + 6)]
    return any(word in one.lexicon["assaults"] for word in words)


def somebody(one: Situation) -> bool:
    """Whether it is said who does it, or it is denied of a force."""
    named = one.has_sides("theme") or bool(one.theme.owner) or one.has_sides("from")
    return named or one.subject_elsewhere or one.theme.klass == "persons"


def force(one: Situation) -> bool:
    """Whether a force is the subject: soldiers, an army, an armed group."""
    if one.theme.klass == "persons" and one.theme.mentions:
        first, last = one.clause.subject
        return any(first <= m.first < last for m in one.theme.mentions)
    heads = one.parts.parts["theme"]
    kinds = {m.class_in(one.sides.gazetteer) for m in heads}
    named = any(m.kind == "collective" and one.parse.lows[m.last - 1] in _ARMIES for m in heads)
    return named or not kinds.isdisjoint(("ArmedForce", "ArmedUnit", "Group"))


def town(one: Situation) -> bool:
    """Whether a town is the object: "have taken Mekelle"."""
    first, last = one.clause.verb.last, min(one.clause.end, one.clause.verb.last + _NEAR)
    lows, localities = one.parse.lows, one.lexicon["localities"]
    leading = (
        i
        for i in range(first, last)
        if lows[i] in one.lexicon["prepositions"]
        and not (lows[i] == "of" and lows[i - 1] in localities)  # "the port of Palma"
    )
    end = next(leading, last)
    taken = [m for m in one.parse.mentions if first <= m.first < end]
    if one.clause.verb.passive:
        taken += one.parse.mentions_in(*one.clause.subject)
    towards = lows[first - 1] in _TOWARDS  # "are pushing towards Tarhouna"
    return any(
        m.kind == "place"
        or (m.place and m.place != m.actor)
        or (towards and m.kind in ("unknown", "state"))
        for m in taken
    )


def munitions(one: Situation) -> bool:
    """Whether rockets or drones are what comes down, or jets and ships what strikes."""
    first, last = one.clause.subject
    heads = [m for m in one.parts.parts["theme"] if m.kind == "item" and first <= m.first < last]
    gazetteer = one.sides.gazetteer
    kinds: tuple[str, ...] = _MUNITIONS
    if one.clause.verb.lemma in _STRIKING:
        kinds = (*_MUNITIONS, "military-aircraft", "warship")
    return not one.clause.verb.passive and any(
        gazetteer.is_kind_of(item, kind) for m in heads for item in m.items for kind in kinds
    )
