"""Which type of event it is that forces or goods go somewhere: by what moves, and what for."""

from __future__ import annotations

from kg.extraction.document.memory import FORCES
from kg.extraction.events.columns import is_column, is_moved_by_army
from kg.extraction.events.jets import are_of_a_force, fly_themselves, go_past_or_across
from kg.extraction.events.own_land import is_at_own_border
from kg.extraction.events.purposes import (
    come_for_drills,
    for_the_same,
    go_for_drills,
    on_own_task,
    teaches,
)
from kg.extraction.events.sent_at import is_sent_at
from kg.extraction.events.units import is_a_piece, is_battery_of_a_nation, is_named_unit
from kg.extraction.situations.situation import Situation
from kg.extraction.words.lexicon import Frame
from kg.extraction.words.persons import FORCE_ITEMS

_TRAINER = "instructor"
_NUMBER = frozenset(("number", "total"))
_TEACHING = frozenset(("train", "training", "teach", "instruct", "help"))
_TEACHING_VERBS = frozenset(("train", "teach", "instruct", "school", "coach"))
# What is done to persons on their way, whatever they are there for.
_CARRYING = frozenset(
    (
        *("fly", "bring", "move", "ship", "airlift", "transport", "ferry", "bus", "send"),
        *("dispatch", "deploy", "rush", "fly in"),
    )
)
_GOING = frozenset(("arrive", "leave", "leave-for", "give"))
_GOING_TO_LEARN = frozenset(("go", "leave", "follow", "travel"))
_CLASSES = frozenset(("class", "group", "batch", "course", "intake", "cohort", "contingent"))
_THERE = ("be-there", "arrive")
_LEARNERS = ("student", "trainee")
_SAILING = frozenset(
    (
        *("visit-with-force", "counted-there", "arrive", "be-there", "deploy", "leave"),
        *("leave-for", "bring-home", "count"),
    )
)
# What is done with jets and tanks that stay their owner's.
_BASING = frozenset(
    (
        *("station", "base", "park", "position", "stay", "stay on", "stay behind", "remain"),
        *("pull out", "withdraw", "patrol"),
    )
)
# What tanks do with their crews inside.
_DRIVING = frozenset(
    (
        *("roll", "roll in", "roll into", "roll across", "cross", "cross into", "drive"),
        *("advance", "rumble", "enter", "push into", "pour", "pour into", "stream", "thrust"),
    )
)
_LADEN = frozenset(("with", "carrying", "loaded", "laden", "full"))
_SENDING = frozenset(("send", "dispatch", "despatch", "move", "rush", "order", "send in"))
# What is done with a ship for the mission that it joins.
_LENDING = frozenset(("provide", "contribute", "commit", "lend", "detach", "assign", "supply"))
# What an army does with its own arms at a border.
_MASSING = frozenset(
    (
        *("move", "mass", "amass", "deploy", "redeploy", "position", "reposition", "concentrate"),
        *("shift", "rush", "bring", "gather", "assemble", "place", "station", "draw up"),
    )
)
_COURSES = frozenset(("training", "course", "courses", "instruction"))
_MISSIONS = frozenset(("mission", "force", "operation", "peacekeepers", "contingent"))


def hold_persons(one: Situation) -> bool:
    """Whether containers are full of persons: "the first trainloads of soldiers"."""
    theme = one.theme
    kinds = {one.sides.gazetteer.item_class(item) for item in theme.contents}
    return theme.klass == "containers" and kinds == {"persons"}


def type_of(one: Situation, frame: Frame) -> str:
    """Return the type of event: by the frame, else by what is moved and what for."""
    if frame.event != "by-theme":
        return "Deployment" if _asks_for_men(one, frame) else frame.event
    if frame.name == "count" and _counts_strikes(one):
        return "Combat"
    theme = one.theme
    if come_for_drills(one, frame):
        return "Training"
    things = theme.klass not in ("persons", "") and not hold_persons(one)
    things = things and not (is_named_unit(one) or is_battery_of_a_nation(one, frame))
    forces = _is_fleet(one, frame) or _belongs_to_force(one, frame)
    if things and (forces or is_column(one) or is_moved_by_army(one) or is_sent_at(one)):
        return "Deployment"
    if things or is_a_piece(one):
        return "Shipment"
    if _are_taught(one, frame):
        return "Training"
    words = one.parse.lows[one.clause.start : one.clause.end]
    fights = "fighting" in words or _goes_into_combat(one)
    return "Combat" if fights else "Deployment"


def _asks_for_men(one: Situation, frame: Frame) -> bool:
    """Whether soldiers are asked for along with arms: "was asking for jets and ground troops"."""
    if frame.event != "Shipment" or frame.modality != "requested":
        return False
    kinds = one.sides.gazetteer.kinds
    asked = [m for m in one.parse.mentions_in(*one.clause.right) if m.kind == "item" and m.items]
    arms = any(one.sides.gazetteer.item_class(m.items[0]) == "goods" for m in asked)
    return arms and any(not FORCE_ITEMS.isdisjoint(kinds[m.items[0]]) for m in asked)


def _counts_strikes(one: Situation) -> bool:
    """Whether it is strikes that are counted: "put the number of targets hit at 85"."""
    words = one.words()
    counted = (words[at + 2 : at + 4] for at in range(len(words)) if words[at] in _NUMBER)
    return any(not one.lexicon["counted-strikes"].isdisjoint(behind) for behind in counted)


def _are_taught(one: Situation, frame: Frame) -> bool:
    """Whether persons who go or are somewhere learn there, or teach others."""
    theme = one.theme
    words = one.parse.lows[one.clause.start : one.clause.end]
    last = one.sides.memory.latest(FORCES)
    if for_the_same(one, last):
        return True
    learners = [i for i in theme.items if i in _LEARNERS]
    if learners and frame.name in ("give", "arrive", "leave-for", "take"):
        return True
    again = (
        last is not None
        and last.type == "Training"
        and last.paragraph == one.sides.memory.paragraph
    )
    subject = one.parse.lows[slice(*one.clause.subject)]
    bare = theme.quantity is not None and not theme.mentions
    bare = bare and one.clause.verb.lemma in _GOING_TO_LEARN  # "50 went last year"
    if again and frame.name in _GOING and (bare or not _CLASSES.isdisjoint(subject)):
        return True  # "a second class of 40 will leave in May"
    helping, use = one.lexicon["teaching-others"], one.lexicon["handling"]
    if frame.name in _THERE and (is_there_to_teach(words) or teaches(words, helping, use)):
        return True
    flown = one.clause.verb.passive and one.clause.verb.lemma in _CARRYING
    trains = frame.name in ("be-there", "give") and not flown
    trains = trains or not _TEACHING.isdisjoint(words)
    if trains and any(one.sides.gazetteer.is_kind_of(item, _TRAINER) for item in theme.items):
        return True
    taught = not _COURSES.isdisjoint(words) and ("for" in words or "in" in words)
    return taught or "trained" in words


def _is_fleet(one: Situation, frame: Frame) -> bool:
    """Whether warships go somewhere themselves: "sent two frigates", "docked in Havana"."""
    items = one.theme.items
    ships = bool(items) and one.sides.gazetteer.is_kind_of(items[0], "warship")
    if frame.subject == "to":
        return False  # "has ordered three submarines"
    if not ships:
        return False
    lent = one.clause.verb.lemma in _LENDING and (
        not _MISSIONS.isdisjoint(one.words()) or _give_to_nobody(one)
    )
    return frame.name in _SAILING or one.clause.verb.lemma in _SENDING or lent


def _give_to_nobody(one: Situation) -> bool:
    """Whether several provide ships, and nobody gets them: they sail for a mission."""
    if one.clause.verb.passive or one.parts.slots.keys() & {"to", "for"}:
        return False
    things = all(m.kind == "item" for m in one.parts.slots.get("", ()))
    return things and len(one.sides.of(one.parse, one.parts.parts["from"])) > 1


def _belongs_to_force(one: Situation, frame: Frame) -> bool:
    """Whether arms are a force's own: jets that are based abroad, what soldiers bring along."""
    verb, items = one.clause.verb, one.theme.items
    kinds = ("military-aircraft", "military-vehicle")
    own = any(one.sides.gazetteer.is_kind_of(item, kind) for item in items for kind in kinds)
    if own and (verb.lemma in _BASING or frame.name == "go-home"):
        return True
    if _drive_themselves(one, frame):
        return True
    if fly_themselves(one, frame) or on_own_task(one) or are_of_a_force(one, frame):
        return True
    ships = any(one.sides.gazetteer.is_kind_of(item, "warship") for item in items)
    drones = any(one.sides.gazetteer.is_kind_of(item, "drone") for item in items)
    if (own or ships or drones) and (go_past_or_across(one) or go_for_drills(one)):
        return True
    masses = verb.lemma in _MASSING and not verb.passive
    if masses and (is_at_own_border(one, frame) or _stays_inside(one)):
        return True  # "moved tanks up to the border", "into Sinai"
    systems = any(one.sides.gazetteer.is_kind_of(item, "air-defence-system") for item in items)
    if verb.lemma != "bring" or verb.passive or systems:
        return False
    subject = one.parse.mentions_in(*one.clause.subject)
    persons = any(
        m.kind == "item" and one.sides.gazetteer.item_class(m.items[0]) == "persons"
        for m in subject
        if m.items
    )
    they = one.parse.lows[slice(*one.clause.subject)] == ["they"]
    last = one.sides.memory.latest((*FORCES, "Shipment"))
    return persons or (they and last is not None and last.klass == "persons")


def _drive_themselves(one: Situation, frame: Frame) -> bool:
    """Whether tanks go with their crews, or arms with soldiers: "32 tanks rolled into Libya"."""
    verb, gazetteer = one.clause.verb, one.sides.gazetteer
    if verb.lemma not in _DRIVING or verb.passive or frame.subject != "theme":
        return False
    if not _LADEN.isdisjoint(one.parse.lows[one.clause.subject[0] : one.clause.end]):
        return False
    if any(gazetteer.is_kind_of(item, "military-vehicle") for item in one.theme.items):
        return True
    things = (m for m in one.parse.mentions_in(*one.clause.subject) if m.kind == "item" and m.items)
    return any(gazetteer.item_class(m.items[0]) == "persons" for m in things)


def _stays_inside(one: Situation) -> bool:
    """Whether a state moves its arms to a place of its own: "Egypt moved tanks to Sinai"."""
    whose = one.sides.of(one.parse, one.parts.parts["from"])
    if not whose and one.subject_elsewhere:
        whose = one.sides.of_subject(one.parse, one.clause)
    places = one.sides.places(one.parse, one.parts, one.theme.mentions) if whose else []
    lands = one.sides.states_of(places)
    return bool(lands) and set(lands) <= {*whose}


def is_there_to_teach(words: list[str]) -> bool:
    """Whether somebody is there to teach: "We are here to train the army"."""
    return any(words[at] == "to" and word in _TEACHING_VERBS for at, word in enumerate(words[1:]))


def _goes_into_combat(one: Situation) -> bool:
    """Whether a force is sent "into combat", not only such as "combat troops" are."""
    lows = one.parse.lows
    end = one.clause.end
    return "combat" in one.parse.words_used and any(
        lows[i] == "combat" and not any(m.first <= i + 1 <= m.last for m in one.parse.mentions)
        for i in range(max(one.clause.start, end - 4), end)
    )
