"""What a frame of training needs to be found in a clause: a drill, who takes part, what for."""

from __future__ import annotations

from kg.extraction.document.memory import FORCES, Sides
from kg.extraction.document.named_together import named_together
from kg.extraction.names.mentions import NAMED, NATION, Mention
from kg.extraction.situations.situation import Situation

# How far behind the verb stands what forces hold: "hold large-scale joint drills".
_NEAR = 6
_FORCES = frozenset(("army", "navy", "police", "guard", "force", "forces", "military", "marines"))
_WINDOW = 14
_FORCES_OF_TWO = frozenset(("armies", "navies", "militaries", "forces", "fleets", "allies"))
_TRAINING = frozenset(("training", "instruction", "advisory"))
# What says that it is soldiers who learn there.
_OF_SOLDIERS = frozenset(
    (
        *("military", "training", "staff", "police", "naval", "army", "officer", "officers"),
        *("recruits", "soldiers", "cadets", "troops", "pilots", "commandos", "defence", "war"),
        *("sappers", "gendarmes", "marines", "instruction", "drill", "infantry", "flying"),
    )
)
_HOLDING = frozenset(("hold", "conduct", "stage", "carry", "begin", "start", "run", "perform"))
_WAR_GAMES = ["war", "games"]
# So few words stand behind "took part" where it is not said in what.
_ALONE = 3
_PAIR = 2
# As what a name is read that no list knows: "take part in Flintlock".
_NAMELESS = ("unknown", "place", "person")
# Frames of those who drill together.
DRILLING = ("exercise-together", "drill-noun")
# So many paragraphs on it is still the same school that "it" is.
_FAR = 3
# Whom somebody teaches who stands in no slot, and what leads away from what is given.
_TAUGHT = frozenset(("us", "them", "him", "her", "me"))
_BESIDE = frozenset(("to", "for", "with", "at", "from", "and", ","))
# Forces that practise with another do it together.
_PRACTISING = frozenset(("exercise", "drill", "train", "practise", "practice", "rehearse"))
# "to learn about the flood" is to hear of it.
_HEARING = frozenset(("about", "of", "that", "whether", "why", "what", "more", "from"))


def learning(one: Situation) -> bool:
    """Whether to learn is what they go for: "went to Belarus to learn to fly"."""
    if not one.has_word("learning", _WINDOW):
        return False
    first, last = one.clause.right
    verbs = [g for g in one.parse.verbs if first <= g.first < last and g.form == "infinitive"]
    if not verbs or one.parse.lows[verbs[0].head] not in one.lexicon["learning"]:
        return False
    return one.parse.lows[verbs[0].last] not in _HEARING


def course_given(one: Situation) -> bool:
    """Whether soldiers are given or put through a course: "gave the gunners a course"."""
    verb, lows = one.clause.verb, one.parse.lows
    first, last = one.clause.right
    if verb.passive or not one.has_sides("trainer") or lows[first:last] == []:
        return False
    objects = one.parts.slots.get("", ())
    taught = [m for m in objects if m.kind in ("item", "organization") or _is_own_force(m)]
    behind = taught[0].last if taught else _behind_intake(one, first)
    if not behind or (taught and not _are_soldiers(one, taught[0])):
        return False
    zone = lows[behind : min(last, behind + _NEAR)]
    for word in zone:
        if word in one.lexicon["courses"]:
            return True
        if word in one.lexicon["prepositions"] and word not in ("through", "of"):
            return False
    return False


def _is_own_force(mention: Mention) -> bool:
    return mention.kind == "collective" and mention.nation is not None


def _are_soldiers(one: Situation, mention: Mention) -> bool:
    gazetteer = one.sides.gazetteer
    if mention.kind == "collective":
        return one.parse.lows[mention.last - 1] in _FORCES
    if mention.kind == "organization":
        return gazetteer.type_of(mention.actor or "") in ("ArmedForce", "ArmedUnit", "Group")
    return bool(mention.items) and gazetteer.item_class(mention.items[0]) == "persons"


def _behind_intake(one: Situation, first: int) -> int:
    """Return where "the first group" ends that stands at `first`, 0 if it is none."""
    words = one.parse.lows[first : first + _ALONE + 1]
    if words[:1] != ["the"] or one.sides.memory.latest(FORCES) is None:
        return 0
    ends = (i for i, word in enumerate(words) if word in one.lexicon["intakes"])
    end = next(ends, 0)
    return first + end + 1 if end else 0


def at_school(one: Situation) -> bool:
    """Whether soldiers are at a school, and it is said whose or where: "at a Turkish academy"."""
    if not one.has_word("schooling", _WINDOW) or _are_pupils(one):
        return False
    there = one.parts.parts["place"]
    named = any(m.kind in NATION for m in there)
    return named or bool(one.sides.places(one.parse, one.parts, one.theme.mentions))


def lessons(one: Situation) -> bool:
    """Whether what is learnt is a trade, and nothing heard of: "learning maintenance"."""
    words = one.words()
    heard = not words or words[0] in _HEARING or words[0] in ("the", "their", "his", "her", "its")
    return not heard and not _are_pupils(one)


def _are_pupils(one: Situation) -> bool:
    """Whether who learns is no soldier: "students are at a British university"."""
    return not one.lexicon["pupils"].isdisjoint(one.parse.lows[slice(*one.clause.subject)])


def by_school(one: Situation) -> bool:
    """Whether a school, or a training centre, is the subject."""
    subject = one.parse.lows[slice(*one.clause.subject)]
    return any(w in one.lexicon["schooling"] or w in one.lexicon["taught"] for w in subject)


def taught_whom(one: Situation) -> bool:
    """Whether persons are given lessons: "gave Somali recruits four weeks of training"."""
    lows, (first, last) = one.parse.lows, one.clause.right
    words = lows[first : min(last, first + _WINDOW)]
    taught = next((i for i, word in enumerate(words) if word in one.lexicon["taught"]), 0)
    if one.clause.verb.passive or not taught or not _BESIDE.isdisjoint(words[:taught]):
        return False
    if words[0] in _TAUGHT:
        return True
    gazetteer = one.sides.gazetteer
    named = [m for m in one.parts.slots.get("", ()) if m.first < first + taught]
    persons = [m for m in named if m.items and gazetteer.item_class(m.items[0]) == "persons"]
    return bool(persons) and persons[0].last < first + taught


def drills(one: Situation) -> bool:
    """Whether forces practise: by the verb, or by what they hold."""
    words = one.parse.lows[one.clause.verb.head : one.clause.right[1]][:_WINDOW]
    if any(word in one.lexicon["drills"] for word in words[:_NEAR]):
        return True
    return any(words[at : at + 2] == _WAR_GAMES for at in range(len(words) - 1))


def drills_ordered(one: Situation) -> bool:
    """Whether forces are told to practise: "ordered 900 soldiers to hold exercises"."""
    words = one.parse.lows[one.clause.verb.last : one.clause.end + _WINDOW][: 2 * _WINDOW]
    drills_of = one.lexicon["drills"]
    led = (i for i, word in enumerate(words[:-1]) if word == "to")
    return any(
        words[i + 1] in _HOLDING and not drills_of.isdisjoint(words[i + 2 : i + 2 + _NEAR])
        for i in led
    )


def drill_told(one: Situation) -> bool:
    """Whether a drill was told of, in which others take part: "some 4,000 men took part"."""
    if _in_one_by_name(one):
        return True
    last = one.sides.memory.happenings[-1:]
    told = last != [] and last[0].type == "Training"
    return told and last[0].paragraph == one.parse.paragraph and len(one.words()) < _ALONE


def course_told(one: Situation) -> bool:
    """Whether a course was told of, which those counted have ended: "65 of them completed it"."""
    last = one.sides.memory.happenings[-1:]
    told = last != [] and last[0].type == "Training"
    return told and one.theme.quantity is not None and one.theme.klass == "persons"


def _in_one_by_name(one: Situation) -> bool:
    """Whether what they take part in has a name, and drills were told of: "in Balikatan"."""
    first, last = one.clause.right
    lows = one.parse.lows
    at = next((i for i in range(first, min(last, first + _ALONE)) if lows[i] == "in"), None)
    named = one.parse.mention_at.get(at + 1) if at is not None else None
    if named is None or named.kind not in _NAMELESS or lows[named.first - 1] != "in":
        return False
    drills_of = one.lexicon["drills"]
    told = one.sides.memory.latest(("Training",)) is not None
    known = named.kind != "place" or one.sides.gazetteer.state_of_place(named.place or "") is None
    return known and (told or not drills_of.isdisjoint(one.parse.words_used))


def _two_train(one: Situation) -> bool:
    """Whether two sides take part in a drill."""
    parts, subject = one.parts.parts, one.parse.lows[slice(*one.clause.subject)]
    if subject and subject[-1] in one.lexicon["delegates"]:
        return False
    named = one.sides.of(one.parse, [*parts["trainer"], *parts["trainee"]])
    return len(named) > 1 or len(those_who_drill(one)) > 1


def those_who_drill(one: Situation) -> Sides:
    """Return whose forces "the two armies" or "the armies of both states" are."""
    words = one.parse.lows[slice(*one.clause.subject)]
    meant = one.sides.both(one.parse, one.clause)
    if meant or words[:2] != ["the", "two"] or words[-1] not in _FORCES_OF_TWO:
        return meant
    return named_together(one.sides.memory, 2)


def _with_force(one: Situation) -> bool:
    """Whether a force does it with another: "exercised with the Saudi fleet"."""
    beside = [m for key in ("with", "alongside") for m in one.parts.slots.get(key, ())]
    named = ("state", "organization", "demonym")  # "the Saudi fleet"
    return any(m.nation is not None or m.kind in named for m in beside)


def two_drill(one: Situation) -> bool:
    """Whether a drill is between two sides: "joint drills between China and Laos"."""
    return _two_train(one)


def school_abroad(one: Situation) -> bool:
    """Whether a place where soldiers learn is what one side has in the land of another."""
    first, last = one.clause.right
    words = one.parse.lows[first : min(last, first + _WINDOW)]
    schools = [i for i, word in enumerate(words) if word in one.lexicon["schools"]]
    schools = [i for i in schools if words[i] != "mission" or words[i - 1] in _TRAINING]
    if not schools or _OF_SOLDIERS.isdisjoint(words):
        return False
    from_ = one.sides.of(one.parse, one.parts.parts["trainer"])
    if not from_ and one.subject_elsewhere:
        from_ = one.sides.of_subject(one.parse, one.clause)
    return bool(from_) and bool(host_of_school(one, from_))


def host_of_school(one: Situation, from_: Sides) -> Sides:
    """Return in which state a school is, or for whose soldiers: none of those whose it is."""
    places = one.sides.places(one.parse, one.parts, [])
    behind = one.parse.mentions_in(*one.clause.right)
    taught = (m.nation or m for m in behind if m.nation is not None or m.kind == "organization")
    owners = one.sides.of(one.parse, list(taught))
    own = (one.sides.memory.top(side) for side in owners)
    lands = (
        *own,
        *one.sides.states_of(places),
        *one.sides.of(one.parse, one.parts.slots.get("for", ())),
    )
    lands = lands or one.sides.memory.theatre()
    return tuple(dict.fromkeys(land for land in lands if land not in from_))[:1]


def told_by_place(one: Situation) -> tuple[Sides, Sides] | None:
    """Return the sides of a training of which a school, or "the two armies", tells."""
    if one.frame.name == "run-school":
        teachers = one.sides.of(one.parse, one.parts.parts["trainer"])
        teachers = teachers or one.sides.of_subject(one.parse, one.clause)
        return teachers, host_of_school(one, teachers)
    if one.frame.name == "room-for":
        return _taught_there(one)
    if one.frame.name not in DRILLING:
        return None
    parts = one.parts.parts
    named = one.sides.of(one.parse, [*parts["trainer"], *parts["trainee"]])
    both = those_who_drill(one) if len(named) < _PAIR else ()
    return (both, ()) if both else None


def _taught_there(one: Situation) -> tuple[Sides, Sides]:
    """Return whose school it is that has room, and whose recruits: as was told of it."""
    subject = one.parse.mentions_in(*one.clause.subject)
    whose = one.sides.of(one.parse, [m for m in subject if m.kind in NAMED])[:1]
    owner = one.theme.owner
    if not whose:
        told = one.sides.memory.latest(("Training", "Deployment"))
        return (told.from_, told.to) if told is not None else ((), ())
    places = one.sides.states_of(one.sides.places(one.parse, one.parts, []))
    lands = (owner,) if owner else places
    return whose, tuple(land for land in lands if land not in whose)[:1]


def takes_in(one: Situation) -> bool:
    """Whether it is told how many a school has room for: "can take in 1,500 recruits"."""
    subject = one.parse.lows[slice(*one.clause.subject)]
    if subject[:1] == ["it"] or one.clause.shared:
        told = one.sides.memory.latest(("Training", "Deployment"))
        near = told is not None and told.paragraph >= one.parse.paragraph - _FAR
        if one.clause.verb.lemma == "take" and not one.theme.mentions:
            verb = one.clause.verb
            can = one.parse.lows[verb.first : verb.last]
            near = near and ("can" in can or "could" in can)  # "it takes no more than ten": days
        return near and one.theme.quantity is not None and one.theme.klass == "persons"
    rooms = one.lexicon["schools"] | one.lexicon["quarters"]
    school = not rooms.isdisjoint(subject)
    return school and one.theme.quantity is not None and one.theme.klass == "persons"


def together(one: Situation) -> bool:
    """Whether two sides do it together: "exercised together", "held joint drills"."""
    subject = one.parse.lows[slice(*one.clause.subject)]
    side_by_side = "and" in subject and drills(one)  # "Chadian and Sudanese soldiers held drills"
    practise = one.clause.verb.lemma in _PRACTISING or drills(one)
    beside = practise and _with_force(one)
    return (side_by_side or beside or one.has_word("together", _NEAR + 1)) and _two_train(one)
