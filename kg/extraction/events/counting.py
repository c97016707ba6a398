"""Which figure of a clause counts what it tells, and what it counts."""

from __future__ import annotations

from kg.extraction.figures.quantities import Quantity
from kg.extraction.grammar.bare_figures import level_reached
from kg.extraction.grammar.listing import Listed, further
from kg.extraction.situations.deeds import strikes_counted, struck_counted
from kg.extraction.situations.situation import Situation
from kg.extraction.words.lexicon import Frame

# So many words may stand between a number and the planes that it counts.
_PHRASE = 5
# What those hold that bring goods.
_LOADS = {
    **dict.fromkeys(("planes", "aircraft", "flights", "transports", "airliners"), "planeload"),
    **dict.fromkeys(("jets", "helicopters", "antonovs", "ilyushins", "freighters"), "planeload"),
    **dict.fromkeys(("ships", "vessels", "boats", "dhows", "tankers", "barges"), "shipload"),
    **dict.fromkeys(("ferries", "trawlers", "voyages", "cargoes"), "shipload"),
    **dict.fromkeys(("trucks", "lorries", "convoys", "vans"), "truckload"),
    **dict.fromkeys(("trains",), "trainload"),
}
_EXERCISING = ("drill-part", "exercise-together", "drill-noun")
_SEVERAL = 2
_CASUALTY = frozenset(
    (
        *("kill", "wound", "injure", "die", "lose", "capture", "suffer", "sustain", "take"),
        *("incur", "report", "record"),
    )
)
# Of what is hit or ruined a figure counts anything: "sank two ferries", "hit three barracks".
_RUINING = frozenset(
    (
        *("sink", "damage", "destroy", "down", "shoot", "bring", "cripple", "disable", "torpedo"),
        *("wreck", "hit", "strike", "ram", "blow up", "wipe out", "repel", "shell", "bomb", "raid"),
    )
)


def figure_of(one: Situation, frame: Frame, type_: str) -> int | None:
    """Return which figure of the sentence counts what is told of."""
    quantity = one.theme.quantity
    if frame.name == "change-level":
        return level_reached(one.parse, *one.clause.right)
    if frame.name in _EXERCISING:
        first, last = one.clause.subject  # "300 marines took part in"
        counts = (i for i, q in enumerate(one.parse.quantities) if first <= q.first < last)
        return next(counts, quantity)
    if type_ == "Training" and quantity is None and one.theme.klass == "goods":
        return _learners(one)
    if type_ == "Training" and quantity is None:
        teachers = (m.quantity for m in one.parts.parts["trainer"] if m.items)
        return next((count for count in teachers if count is not None), None)
    if quantity is None and type_ == "Shipment":
        return _carriers(one)
    return _of_fight(one) if frame.event == "Combat" and quantity is None else quantity


def drillers(one: Situation, frame: Frame) -> list[Listed]:
    """Return who else is counted in a drill: "1,200 Americans and 500 Kenyans take part"."""
    if frame.name not in _EXERCISING or len(one.parse.quantities) < _SEVERAL:
        return []
    counted = (m for m in one.parse.mentions_in(*one.clause.subject) if m.quantity is not None)
    first = next(counted, None)
    if first is None:
        return []
    return further(one.parse, one.clause, first, ["soldier"], one.lexicon)


def _carriers(one: Situation) -> int | None:
    """Return how many planes, ships or lorries bring what is not counted: "two jets unloaded"."""
    if one.parse.words_used.isdisjoint(_LOADS):
        return None
    for index, figure in enumerate(one.parse.quantities):
        if _load_of(one, figure):
            return index
    return None


def _load_of(one: Situation, figure: Quantity) -> str:
    """Return what the carriers in the subject hold that a figure counts, "" if it counts none."""
    first, last = one.clause.subject
    behind = one.parse.lows[figure.last : min(last, figure.last + _PHRASE)]
    loads = (_LOADS[word] for word in behind if word in _LOADS)
    return next(loads, "") if first <= figure.first < last else ""


def items_hit(one: Situation, quantity: int | None) -> list[str]:
    """Return who or what a figure counts that was hit, or that brings the goods."""
    goods = one.theme.klass == "goods" or one.frame.event == "Combat"
    if not goods or quantity is None or quantity == one.theme.quantity:
        return []
    figure = one.parse.quantities[quantity]
    if one.frame.event != "Combat" and (load := _load_of(one, figure)):
        one.theme.contents = [*one.theme.items]
        return [load]
    hit = (m for m in one.parse.mentions if m.quantity == quantity and m.items)
    return next(([*m.items] for m in hit), [])


def _of_fight(one: Situation) -> int | None:
    """Return what counts the strikes of a fight, or those who or what they hit."""
    clause, parts = one.clause, one.parts.parts
    strikes = strikes_counted(one.parse, clause.start, clause.end, one.lexicon)
    if strikes is not None:
        return strikes
    hit = [*parts["target"], *(m for m in parts["place"] if m.kind == "item")]
    counted = next((m.quantity for m in hit if m.quantity is not None), None)
    if counted is None and clause.verb.lemma in _CASUALTY and not clause.verb.passive:
        figures = enumerate(one.parse.quantities)  # "killing two Sahrawis"
        counted = next((i for i, q in figures if q.first == clause.verb.last), None)
    if counted is None and clause.verb.lemma in one.lexicon["striking"]:
        counted = struck_counted(one.parse, *clause.right, one.lexicon)
    if counted is None and clause.verb.lemma in _RUINING and not clause.verb.passive:
        return _ruined(one)
    return counted


def _ruined(one: Situation) -> int | None:
    """Return how many things were hit that are no items: "rammed two boats"."""
    for index, figure in enumerate(one.parse.quantities):
        if figure.first == one.clause.verb.last:
            figure.measured = not any(m.quantity == index for m in one.parse.mentions)
            return index
    return None


def _learners(one: Situation) -> int | None:
    """Return how many learn to use something: "60 pilots are learning to fly drones"."""
    gazetteer = one.sides.gazetteer
    counted = (m for m in one.parse.mentions_in(*one.clause.subject) if m.items)
    persons = (m for m in counted if gazetteer.item_class(m.items[0]) == "persons")
    return next((m.quantity for m in persons if m.quantity is not None), None)
