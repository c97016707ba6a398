"""What a frame needs to be found in a clause before there is a claim (``needs`` in frames.yaml)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from kg.errors import DataError
from kg.extraction.document.memory import FORCES
from kg.extraction.events.agreement_needs import (
    access_to_bases,
    base_access,
    ended_alone,
    goods_ordered,
    into_alliance,
    joint_making,
    mutual_defence,
    names,
    not_cut_alone,
    parties,
    pledged,
    treaty,
    treaty_follows,
    treaty_meant,
    treaty_near,
    treaty_subject,
    truce,
    two_parties,
    war_ended,
)
from kg.extraction.events.combat_needs import (
    against,
    assault,
    fighters,
    force,
    munitions,
    somebody,
    town,
)
from kg.extraction.events.foreign_needs import (
    abroad,
    foreign,
    foreign_base,
    foreign_people,
    leaves_things,
    own_mission,
)
from kg.extraction.events.measure_needs import (
    bid_refused,
    concern,
    consequences,
    demand,
    demand_made,
    envoy_subject,
    exemption,
    force_abroad,
    measure,
    meddling,
    soldiery_told,
    somebody_asks,
    warned,
)
from kg.extraction.events.meeting_needs import (
    contacts,
    for_talks,
    further_talks,
    guest,
    hosted_elsewhere,
    meeting_near,
    nothing_asked,
    occasion,
    officials,
    on_visit,
    person_there,
    talks_of_officials,
    two_officials,
    two_persons,
    visit_dropped,
    with_person,
)
from kg.extraction.events.mission_needs import force_visits, mandate, own_work, shields, warship
from kg.extraction.events.promise_needs import promised, to_come, two_states
from kg.extraction.events.raid_needs import raid
from kg.extraction.events.strength import strength
from kg.extraction.events.supply_needs import (
    armed,
    asked_forces,
    asked_goods,
    end_user,
    for_another,
    goods,
    more_of_them,
    nothing_more,
    package,
    receiver,
    sales,
    thanked,
    whom,
)
from kg.extraction.events.training_needs import (
    at_school,
    by_school,
    course_given,
    course_told,
    drill_told,
    drills,
    drills_ordered,
    learning,
    lessons,
    school_abroad,
    takes_in,
    taught_whom,
    together,
    two_drill,
)
from kg.extraction.grammar.bare_figures import level_reached
from kg.extraction.grammar.early_needs import PLAIN, counts_the_dead
from kg.extraction.situations.situation import Situation
from kg.extraction.words.lexicon import Lexicon

# How far behind a verb the noun may stand that makes it a measure or a demand.
WINDOW = 14
_NEAR = 6
_THE = frozenset(("the", "its", "their"))
_EDGES = frozenset(("border", "frontier", "boundary", "coast", "front", "borders", "shore"))
_AWAY = frozenset(
    ("mission", "serving", "deployed", "stationed", "based", "fighting", "operating", "abroad")
)
_ESCORTING = frozenset(("shadow", "escort"))
_INSIDE = frozenset(("into", "onto", "inside"))
_INWARD = frozenset(("in", "ashore"))
_STAYING = frozenset(("stay", "remain", "serve", "work"))
_BESIDE = _STAYING | {"operate"}
_FIGHTING = frozenset(("fighting", "war", "combat", "conflict"))
_NUMBERING = frozenset(("number", "total"))
_COUNTING = frozenset(
    (
        *("count", "estimate", "put", "total", "number", "speak", "talk", "write", "expect"),
        *("report", "mention"),
    )
)


def _persons(one: Situation) -> bool:
    parts = one.parts.parts
    if one.clause.verb.lemma == "instruct" and all(m.kind != "item" for m in parts["trainee"]):
        return False  # "instructed their ministers to draw up a plan"
    return one.theme.klass == "persons" or bool(parts["trainee"] and parts["trainer"])


def _place(one: Situation) -> bool:
    """Whether a place is named, or that it is there or somewhere at war."""
    words = one.words()
    there = one.parse.lows[slice(*one.clause.subject)] == ["there"]
    if "hands" in one.parts.slots or ("ranks" in words and one.theme.mentions):
        return True  # "There are no foreign fighters in our ranks"
    if one.clause.verb.lemma in _ESCORTING and one.theme.klass:
        return True  # "three destroyers are shadowing the squadron"
    if one.clause.verb.lemma in _STAYING and not one.theme.mentions and one.has_word("somewhere"):
        return True  # "the ships will stay in port"
    away = one.clause.verb.lemma == "have" and one.theme.quantity is not None
    if away and one.theme.klass == "persons" and not _AWAY.isdisjoint(words):
        return True  # "had 1,100 soldiers with the mission"
    staying = one.clause.verb.lemma in _BESIDE and one.has_sides("to")
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


def _somewhere_named(one: Situation) -> bool:
    """Whether a place is named, or an edge of the land: "ordered 2,000 men to the coast"."""
    if one.sides.places(one.parse, one.parts, one.theme.mentions):
        return True
    words = one.words()
    led = (before in _THE and word in _EDGES for before, word in pairwise(words))
    return any(led)


def _somewhere(one: Situation) -> bool:
    """Whether a movement says from or to where, or its verb needs no place."""
    verb = one.clause.verb
    if verb.lemma == "reach" and one.parse.lows[verb.last : verb.last + 1] == ["by"]:
        return False  # "a man in Idlib reached by telephone"
    if leaves_things(one):
        return False
    inward = verb.last - verb.head > 1 and one.parse.lows[verb.last - 1] in _INWARD
    if inward or verb.lemma in one.lexicon["plain-moves"] or receiver(one):
        return True
    if one.theme.quantity is not None:
        return True
    if verb.lemma == "come" and one.themes.whose.given(one.parse, one.theme.mentions):
        return True  # "the tanks Poland had promised never came"
    origin = one.has_sides("from") or one.has_word("somewhere")
    return origin or bool(one.sides.places(one.parse, one.parts, one.theme.mentions))


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
    if one.clause.verb.lemma in PLAIN:
        return False
    counted = any(m.quantity is not None for m in one.theme.mentions)
    meant = one.theme.quantity is not None and not one.theme.mentions
    if verb.lemma in _NUMBERING and one.theme.quantity is not None:
        return True  # "The Wagner men at Berengo number 1,500"
    return one.clause.verb.lemma in _COUNTING and (counted or meant)


def _changed(one: Situation) -> bool:
    """Whether a level has come to a figure: "from 4,000 to 2,500", "its contingent to 2,200"."""
    figure = level_reached(one.parse, *one.clause.right)
    return figure is not None and not counts_the_dead(one.parse, one.clause)


def _mission(one: Situation) -> bool:
    """Whether states join a mission: "Chad and Benin have promised to take part in the mission"."""
    states = any(m.kind in ("state", "organization") for m in one.parts.parts["from"])
    return states and one.has_word("mission", WINDOW)


def _fighting_body(one: Situation) -> bool:
    """Whether it is a body that fights for a state whom another state takes on: "hired Wagner"."""
    bodies = [m.actor for m in one.parts.parts["from"] if m.kind == "organization" and m.actor]
    return any(body in one.lexicon.forces_of for body in bodies)


def _states(one: Situation) -> bool:
    """Whether one state does it to another: who sues a company is no side of a war."""
    kind = one.sides.gazetteer.type_of
    sides = [one.sides.of(one.parse, one.parts.parts[role]) for role in ("from", "target")]
    doers = sides[0] or one.sides.of_subject(one.parse, one.clause)
    pairs = (doers, sides[1])
    return all(any(kind(side) == "State" for side in some) for some in pairs)


def _denied(one: Situation) -> bool:
    behind = one.words()[:3]
    behind += one.parse.lows[slice(*one.clause.subject)][:2]
    none = any(word in ("no", "neither", "none", "nobody") for word in behind)
    return one.denied or one.clause.verb.negated or none


NEEDS: dict[str, Callable[[Situation], bool]] = {
    "theme": lambda one: bool(one.theme.klass),
    "thing": lambda one: bool(one.theme.mentions),
    "persons": _persons,
    "goods": goods,
    "asked-goods": asked_goods,
    "place": _place,
    "somewhere": _somewhere,
    "abroad": abroad,
    "base": _base,
    "package": package,
    "passage": lambda one: one.has_word("passage", WINDOW),
    "let-inside": lambda one: one.clause.verb.passive and not _INSIDE.isdisjoint(one.parts.slots),
    "foreign": foreign,
    "foreign-people": foreign_people,
    "counted-or-owned": lambda one: one.theme.quantity is not None or one.theme.owner is not None,
    "to": receiver,
    "from": lambda one: (
        one.has_sides("from") or one.subject_elsewhere or somebody_asks(one) or one.names_those_two
    ),
    "figure": _figure,
    "changed": _changed,
    "fighters": fighters,
    "place-or-to": lambda one: (
        one.has_sides("to") or bool(one.sides.places(one.parse, one.parts, []))
    ),
    "mission": _mission,
    "penalty": lambda one: one.has_word("penalty", WINDOW),
    "munitions": munitions,
    "from-or-place": lambda one: (
        one.has_sides("from")
        and bool(
            one.has_sides("to")
            or one.sides.places(one.parse, one.parts, [])
            or any(m.kind == "unknown" for m in one.parts.parts["to"])
        )
    ),
    "somewhere-named": lambda one: _somewhere_named(one),
    "at-war": lambda one: one.has_word("war", WINDOW),
    "at-war-or-denied": lambda one: _denied(one) or one.has_word("war") or against(one),
    "somebody": somebody,
    "assault": assault,
    "force": force,
    "town": town,
    "raid": raid,
    "foreign-base": foreign_base,
    "origin": lambda one: (
        one.has_sides("from") or any(m.nation is not None for m in one.theme.mentions)
    ),
    "tour": lambda one: one.has_word("tour", _NEAR),
    "fighting-body": _fighting_body,
    "own-soil": lambda one: one.has_word("own-soil", WINDOW),
    "own-stocks": lambda one: one.has_word("own-stocks", WINDOW),
    "sales": sales,
    "thanked": thanked,
    "own-mission": own_mission,
    "target": lambda one: one.has_sides("target"),
    "parties": parties,
    "treaty": treaty,
    "goods-ordered": goods_ordered,
    "base-access": base_access,
    "treaty-meant": treaty_meant,
    "treaty-near": treaty_near,
    "envoy-subject": envoy_subject,
    "envoy": lambda one: one.has_word("envoy", _NEAR),
    "schooling": lambda one: one.has_word("schooling", WINDOW),
    "court": lambda one: one.has_word("court", WINDOW),
    "permit": lambda one: one.has_word("permits", _NEAR),
    "states": _states,
    "agreed-matter": lambda one: one.has_word("agreed-matter", _NEAR),
    "taught": lambda one: one.has_word("taught", WINDOW),
    "by-school": by_school,
    "taught-whom": taught_whom,
    "shields": shields,
    "mandate": mandate,
    "force-visits": force_visits,
    "meeting-near": meeting_near,
    "pledged": pledged,
    "further-talks": further_talks,
    "carrier-near": lambda one: one.has_word("carriers", WINDOW),
    "mutual-defence": mutual_defence,
    "base-near": lambda one: one.has_word("base", WINDOW),
    "passive": lambda one: one.clause.verb.passive,
    "hull": lambda one: one.has_word("hull", WINDOW),
    "document": lambda one: names(one, "document"),
    "treaty-follows": treaty_follows,
    "truce": truce,
    "for-another": for_another,
    "more-of-them": more_of_them,
    "whom": whom,
    "armed": armed,
    "joint-text": lambda one: names(one, "joint-text"),
    "meeting": lambda one: one.has_word("meeting", WINDOW),
    "treaty-subject": treaty_subject,
    "cooperation": lambda one: one.has_word("cooperation"),
    "officials": officials,
    "on-visit": on_visit,
    "course-told": course_told,
    "drills": lambda one: drills(one) or drill_told(one),
    "trainer": lambda one: one.has_sides("trainer") or drill_told(one),
    "together": together,
    "two-drill": two_drill,
    "school-abroad": school_abroad,
    "takes-in": takes_in,
    "operations": lambda one: one.has_word("operations", WINDOW),
    "aboard": lambda one: one.has_word("aboard", WINDOW),
    "asked-forces": asked_forces,
    "uniform": lambda one: (
        not one.lexicon["uniform"].isdisjoint(one.parse.lows[slice(*one.clause.right)][:_NEAR])
    ),
    "orders": lambda one: one.has_word("orders", 7),
    "learning": learning,
    "strength": strength,
    "lessons": lessons,
    "at-school": at_school,
    "course-given": course_given,
    "told-before": lambda one: one.sides.memory.latest(FORCES) is not None,
    "end-user": end_user,
    "joint": lambda one: one.has_word("joint", WINDOW) and one.has_word("joint-body", WINDOW),
    "two-parties": two_parties,
    "two-persons": two_persons,
    "measure": measure,
    "body": lambda one: one.has_word("body", WINDOW),
    "demand": demand,
    "demand-made": demand_made,
    "elsewhere": lambda one: one.subject_elsewhere,
    "nothing-more": nothing_more,
    "protest": lambda one: one.has_word("protest", 7),
    "denied": _denied,
    "ended-alone": ended_alone,
    "force-told": soldiery_told,
    "exemption": exemption,
    "force-abroad": force_abroad,
    "bid-refused": bid_refused,
    "joint-plan": lambda one: one.has_word("joint-plan", _NEAR),
    "consequences": consequences,
    "meddling": meddling,
    "warned": warned,
    "concern": concern,
    "person-there": person_there,
    "nothing-asked": nothing_asked,
    "with-person": with_person,
    "guest": guest,
    "two-officials": two_officials,
    "contacts": contacts,
    "occasion": occasion,
    "hosted-elsewhere": hosted_elsewhere,
    "visit-dropped": visit_dropped,
    "talks-of-officials": talks_of_officials,
    "promised": promised,
    "two-states": two_states,
    "to-come": to_come,
    "joint-making": joint_making,
    "not-cut-alone": not_cut_alone,
    "access-to-bases": access_to_bases,
    "for-talks": for_talks,
    "into-alliance": into_alliance,
    "war-ended": war_ended,
    "warship": warship,
    "own-work": own_work,
    "drills-ordered": drills_ordered,
    "deal-talked-of": lambda one: one.has_word("deal-talked-of", WINDOW),
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
