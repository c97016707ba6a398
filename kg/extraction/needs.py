"""What a frame needs to be found in a clause before there is a claim (``needs`` in frames.yaml)."""

from __future__ import annotations

from collections.abc import Callable

from kg.errors import DataError
from kg.extraction.agreement_needs import (
    names,
    parties,
    treaty,
    treaty_meant,
    treaty_near,
    treaty_subject,
    two_parties,
)
from kg.extraction.clause import Clause
from kg.extraction.combat_needs import (
    against,
    assault,
    fighters,
    force,
    munitions,
    somebody,
    town,
)
from kg.extraction.lexicon import Lexicon
from kg.extraction.meeting_needs import officials, two_persons
from kg.extraction.memory import FORCES
from kg.extraction.parse import Parse
from kg.extraction.situation import Situation
from kg.extraction.training_needs import drills, learning, together

# How far behind a verb the noun may stand that makes it a measure or a demand.
WINDOW = 14
# How far behind "for" stands what is asked for.
_NEAR = 6
_AWAY = frozenset(("serving", "deployed", "stationed", "based", "fighting", "operating", "abroad"))
_ESCORTING = frozenset(("shadow", "escort"))
_INWARD = frozenset(("in", "ashore"))
_STAYING = frozenset(("stay", "remain", "serve", "work"))
_LOADS = frozenset(
    ("cargo", "shipment", "shipments", "haul", "load", "delivery", "batch", "seizure")
)
_FIGHTING = frozenset(("fighting", "war", "combat", "conflict"))
_DEMANDING = frozenset(("demand", "urge", "exhort", "implore", "appeal", "plead"))
_ASKING = frozenset(("ask", "order", "tell", "instruct"))
_NO_MORE = (["and", "nothing", "more"], ["and", "nothing", "else"], ["but", "nothing", "more"])
_BOTH = ("both",)
_UPON = frozenset(("on", "upon"))
_SEIZING = frozenset(
    (
        *("arrest", "detain", "expel", "deport", "jail", "charge", "indict", "extradite"),
        *("seize", "intercept", "confiscate", "impound", "interdict", "recover"),
    )
)
# Verbs of so much else that only "the number of" makes them count.
_PLAIN = frozenset(("be", "stand", "approach", "remain", "top", "fall", "drop", "shrink"))
_COUNTING = frozenset(
    (
        "count",
        "estimate",
        "put",
        "total",
        "number",
        "speak",
        "talk",
        "write",
        "expect",
        "report",
        "mention",
    )
)


def _persons(one: Situation) -> bool:
    parts = one.parts.parts
    return one.theme.klass == "persons" or bool(parts["trainee"] and parts["trainer"])


def _to(one: Situation) -> bool:
    anaphors = ("definite", "pronoun", "collective")
    mentions = one.parts.parts["to"]
    return one.has_sides("to") or any(m.kind in anaphors for m in mentions)


def _place(one: Situation) -> bool:
    """Whether a place is named, or that it is there or somewhere at war."""
    words = one.words()
    there = one.parse.lows[slice(*one.clause.subject)] == ["there"]
    if "hands" in one.parts.slots:
        return True
    if one.clause.verb.lemma in _ESCORTING and one.theme.klass:
        return True  # "three destroyers are shadowing the squadron"
    if one.clause.verb.lemma in _STAYING and not one.theme.mentions and one.has_word("somewhere"):
        return True  # "the ships will stay in port"
    away = one.clause.verb.lemma == "have" and one.theme.quantity is not None
    if away and one.theme.klass == "persons" and not _AWAY.isdisjoint(words):
        return True  # "had 1,100 soldiers serving with the mission"
    staying = one.clause.verb.lemma in _STAYING and one.has_sides("to")
    if staying and not {"with", "alongside"}.isdisjoint(one.parts.slots):
        return True  # "would stay on with the Malian police"
    bare = one.theme.quantity is not None and not one.theme.mentions and bool(one.theme.items)
    stays = one.clause.verb.lemma in _STAYING and not words
    if bare and (there or stays):
        return True  # "no more than 200 remain"
    if "here" in words[:2] and one.theme.klass == "persons":
        return True  # "some forty are here"
    at_war = there and not _FIGHTING.isdisjoint(words)
    if at_war or words[-3:] == ["on", "the", "ground"]:
        return True
    spots = one.lexicon["spots"]
    if any(
        m.kind == "unknown" or (m.kind == "definite" and one.parse.lows[m.first] in spots)
        for m in one.parts.parts["place"]
    ):
        return True
    return bool(one.sides.places(one.parse, one.parts, one.theme.mentions))


def _goods(one: Situation) -> bool:
    """Whether goods are named; a battery that is bought is a thing."""
    pieces = one.theme.items[:1] in (["battery"], ["military-unit"])
    return one.theme.klass in ("goods", "containers") or (pieces and bool(one.theme.mentions))


def _asked_goods(one: Situation) -> bool:
    """Whether the goods are asked for, and nothing else is demanded: "requested 300 tanks"."""
    goods = [m for m in one.theme.mentions if m.kind == "item"]
    first = one.clause.verb.last
    begun = [m for m in goods if m.first - first < WINDOW]
    verbs = any(first <= g.first < goods[0].first for g in one.parse.verbs) if goods else True
    return bool(begun) and not verbs


def may_say_where(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a place can be named; for "be", right behind it: "are now in Russia"."""
    verb = clause.verb
    if verb.lemma == "operate" and verb.form == "participle":
        return False
    if verb.lemma != "be" or parse.lows[slice(*clause.subject)] == ["there"]:
        return True
    words = parse.lows[slice(*clause.right)]
    behind = next((word for word in words if word not in lexicon["adverbs"]), "")
    return behind in lexicon["prepositions"] or behind in ("there", "here")


def may_give_figure(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a number can be given; by "be" and the like, only of "the number of"."""
    if not parse.quantities:
        return False
    return clause.verb.lemma not in _PLAIN or not lexicon["totals"].isdisjoint(parse.words_used)


def _somewhere(one: Situation) -> bool:
    """Whether a movement says from or to where, or its verb needs no place."""
    verb = one.clause.verb
    inward = verb.last - verb.head > 1 and one.parse.lows[verb.last - 1] in _INWARD
    if inward or verb.lemma in one.lexicon["plain-moves"] or _to(one):
        return True
    if one.theme.quantity is not None:
        return True
    origin = one.has_sides("from") or one.has_word("somewhere")
    return origin or bool(one.sides.places(one.parse, one.parts, one.theme.mentions))


def _abroad(one: Situation) -> bool:
    """Whether what leaves is not at home there: "American troops left Niger"."""
    left = set(one.sides.of(one.parse, one.parts.parts["to"]))
    if not left:
        return False
    owner = one.theme.owner
    if owner or not one.theme.klass:
        leaving = (owner,) if owner else one.sides.of(one.parse, one.parts.parts["theme"])
        return bool(leaving) and not left & set(leaving)
    last = one.sides.memory.latest(FORCES)
    return last is not None and bool(left & set(last.to))


def _foreign(one: Situation) -> bool:
    """Whether things that are found somewhere come from elsewhere, by a passive verb."""
    states = one.sides.states_of(one.sides.places(one.parse, one.parts, one.theme.mentions))
    owner = one.theme.owner
    seen = one.clause.verb.passive or not one.clause.shared
    if "hands" in one.parts.slots:
        return bool(owner)  # "were found in the hands of the rebels"
    return seen and bool(owner and states) and owner not in states


def _foreign_people(one: Situation) -> bool:
    """Whether persons of one side are taken on by another."""
    takers = one.sides.of(one.parse, one.parts.parts["to"])
    owner = one.theme.owner
    given = one.has_sides("from") or one.subject_elsewhere
    return bool(owner or given) and not (owner and owner in takers)


def _package(one: Situation) -> bool:
    """Whether the subject is a package of arms."""
    subject = one.parse.lows[slice(*one.clause.subject)]
    if any(word in _LOADS for word in subject):
        return one.clause.verb.form == "finite"
    if subject == ["it"]:  # "announced another package; it contains"
        subject = one.parse.lows[: one.clause.start]
    return any(word in ("package", "packages", "tranche", "consignment") for word in subject)


def _base(one: Situation) -> bool:
    """Whether a base is handed over."""
    words = one.words()[:WINDOW]
    parts = one.parts.parts
    named = any(m.kind == "place" for m in (*parts["base"], *parts["place"]))
    return any(word in one.lexicon["base"] for word in words) and (named or one.has_sides("target"))


def _figure(one: Situation) -> bool:
    verb, last = one.clause.verb, one.clause.right[1]
    if not any(verb.head < q.first and q.last <= last for q in one.parse.quantities):
        return False
    words = one.parse.lows[one.clause.subject[0] : last]
    if any(word in one.lexicon["totals"] for word in words) and one.theme.klass:
        return True
    if one.clause.verb.lemma in _PLAIN:
        return False
    counted = any(m.quantity is not None for m in one.theme.mentions)
    meant = one.theme.quantity is not None and not one.theme.mentions
    return one.clause.verb.lemma in _COUNTING and (counted or meant)


def _foreign_base(one: Situation) -> bool:
    """Whether a base of one state in another is there: its nation is then the side it is from."""
    first, last = one.clause.right
    lows = one.parse.lows
    there = lows[slice(*one.clause.subject)] == ["there"]
    for index in range(first, min(last, first + WINDOW)):
        if lows[index] not in one.lexicon["base"]:
            continue
        owner = [m for m in one.parse.mentions_in(first, index) if m.kind in ("demonym", "state")]
        gap = lows[owner[-1].last : index] if owner else []
        if there and owner and len(gap) < 3 and one.lexicon["prepositions"].isdisjoint(gap):
            one.parts.parts["from"].append(owner[-1])
            return True
        states = one.sides.states_of(one.sides.places(one.parse, one.parts, []))
        own = one.sides.of(one.parse, one.parts.parts["from"])
        return not owner and bool(states and own) and not set(states) & set(own)
    return False


def _mission(one: Situation) -> bool:
    """Whether states join a mission: "Chad and Benin have promised to take part in the mission"."""
    states = any(m.kind in ("state", "organization") for m in one.parts.parts["from"])
    return states and one.has_word("mission", WINDOW)


def _asked_forces(one: Situation) -> bool:
    """Whether forces are what is asked for: "asked Russia for instructors", "for a mission"."""
    first, last = one.clause.right
    lows = one.parse.lows
    at = next((i for i in range(first, last) if lows[i] == "for"), last)
    words = lows[at : min(last, at + _NEAR)]
    persons = one.theme.klass == "persons" and bool(one.theme.mentions)
    return persons or not one.lexicon["mission"].isdisjoint(words)


def _end_user(one: Situation) -> bool:
    """Whether the subject is for whom goods are in the end: "the end user", "the recipient"."""
    words = one.parse.lows[slice(*one.clause.subject)]
    goods = one.sides.memory.latest(("Shipment",))
    return goods is not None and bool(words) and words[-1] in one.lexicon["end-user"]


def _measure(one: Situation) -> bool:
    seized = [*one.parts.parts["target"], *one.theme.mentions]
    if one.clause.verb.lemma in _SEIZING and any(m.kind == "item" for m in seized):
        return True
    if "ones" in one.words()[:_NEAR] and one.sides.memory.latest(("Measure",)) is not None:
        return True  # "and Mali threw out two French ones"
    plain = ("sanction", "blacklist", "embargo")
    return one.has_word("measure", WINDOW) or one.clause.verb.lemma in plain


def _demand(one: Situation) -> bool:
    """Whether something is demanded: by a verb for that, else by the noun of what is asked for."""
    verb = one.clause.verb
    if verb.lemma == "warn":
        return False
    called = verb.lemma == "call" and not _UPON.isdisjoint(one.parse.lows[verb.head : verb.last])
    both = any(word in _BOTH for word in one.words()[:2])
    if (called or verb.lemma in _DEMANDING) and (one.has_sides("target") or both):
        return True
    if verb.lemma in _ASKING and not one.has_sides("target"):
        return False
    return one.has_word("demand", WINDOW)


def _somebody_asks(one: Situation) -> bool:
    """Whether a person or body asks whose side is not known: "Opposition leader Wale demanded"."""
    asks = one.clause.verb.lemma in _DEMANDING | {"call"}
    heads = one.parts.parts["from"]
    named = any(m.kind in ("person", "unknown", "collective") for m in heads)
    return asks and named and not one.clause.verb.passive


def _demand_made(one: Situation) -> bool:
    """Whether a demand of others is the object: "has joined the call"."""
    verb = one.clause.verb
    joined = one.parse.lows[verb.head : verb.last] + one.words()[:4]
    return any(word in one.lexicon["demand-made"] for word in joined)


def _denied(one: Situation) -> bool:
    behind = one.words()[:3]
    behind += one.parse.lows[slice(*one.clause.subject)][:2]
    none = any(word in ("no", "neither", "none", "nobody") for word in behind)
    return one.denied or one.clause.verb.negated or none


def _nothing_more(one: Situation) -> bool:
    """Whether what is given is all: "political backing and nothing more"."""
    words = one.words()
    told = any(words[at : at + 3] in _NO_MORE for at in range(len(words)))
    return (
        told and not one.theme.klass and one.sides.memory.latest((*FORCES, "Shipment")) is not None
    )


NEEDS: dict[str, Callable[[Situation], bool]] = {
    "theme": lambda one: bool(one.theme.klass),
    "thing": lambda one: bool(one.theme.mentions),
    "persons": _persons,
    "goods": _goods,
    "asked-goods": _asked_goods,
    "place": _place,
    "somewhere": _somewhere,
    "abroad": _abroad,
    "base": _base,
    "package": _package,
    "passage": lambda one: one.has_word("passage", WINDOW),
    "foreign": _foreign,
    "foreign-people": _foreign_people,
    "counted-or-owned": lambda one: one.theme.quantity is not None or one.theme.owner is not None,
    "to": _to,
    "from": lambda one: (
        one.has_sides("from") or one.subject_elsewhere or _somebody_asks(one) or one.names_those_two
    ),
    "figure": _figure,
    "fighters": fighters,
    "place-or-to": lambda one: (
        one.has_sides("to") or bool(one.sides.places(one.parse, one.parts, []))
    ),
    "mission": _mission,
    "penalty": lambda one: one.has_word("penalty", WINDOW),
    "munitions": munitions,
    "from-or-place": lambda one: (
        one.has_sides("from")
        and bool(one.has_sides("to") or one.sides.places(one.parse, one.parts, []))
    ),
    "somewhere-named": lambda one: bool(one.sides.places(one.parse, one.parts, one.theme.mentions)),
    "at-war": lambda one: one.has_word("war", WINDOW),
    "at-war-or-denied": lambda one: _denied(one) or one.has_word("war") or against(one),
    "somebody": somebody,
    "assault": assault,
    "force": force,
    "town": town,
    "foreign-base": _foreign_base,
    "target": lambda one: one.has_sides("target"),
    "parties": parties,
    "treaty": treaty,
    "treaty-meant": treaty_meant,
    "treaty-near": treaty_near,
    "envoy": lambda one: one.has_word("envoy", _NEAR),
    "schooling": lambda one: one.has_word("schooling", WINDOW),
    "base-near": lambda one: one.has_word("base", WINDOW),
    "passive": lambda one: one.clause.verb.passive,
    "hull": lambda one: one.has_word("hull", WINDOW),
    "document": lambda one: names(one, "document"),
    "meeting": lambda one: one.has_word("meeting", WINDOW),
    "treaty-subject": treaty_subject,
    "cooperation": lambda one: one.has_word("cooperation"),
    "officials": officials,
    "drills": drills,
    "trainer": lambda one: one.has_sides("trainer"),
    "together": together,
    "operations": lambda one: one.has_word("operations", WINDOW),
    "aboard": lambda one: one.has_word("aboard", WINDOW),
    "asked-forces": _asked_forces,
    "orders": lambda one: one.has_word("orders", 7),
    "learning": learning,
    "told-before": lambda one: one.sides.memory.latest(FORCES) is not None,
    "end-user": _end_user,
    "joint": lambda one: one.has_word("joint", WINDOW) and one.has_word("joint-body", WINDOW),
    "two-parties": two_parties,
    "two-persons": two_persons,
    "measure": _measure,
    "body": lambda one: one.has_word("body", WINDOW),
    "demand": _demand,
    "demand-made": _demand_made,
    "elsewhere": lambda one: one.subject_elsewhere,
    "nothing-more": _nothing_more,
    "protest": lambda one: one.has_word("protest", 7),
    "denied": _denied,
}


def check_needs(lexicon: Lexicon) -> None:
    """Refuse a frame that needs what no rule here knows.

    Raises:
        DataError: a frame of the lexicon does.
    """
    frames = [frame for entries in lexicon.frames.values() for _, frame in entries]
    for frame in (*frames, *lexicon.nominal.values):
        if unknown := sorted(set(frame.needs) - NEEDS.keys()):
            known = ", ".join(sorted(NEEDS))
            words = f"frame '{frame.name}' needs '{unknown[0]}', none of {known}"
            raise DataError(f"{lexicon.where['frames', frame.name]}: {words}")
