"""What frames of giving and asking need to be found in a clause: goods, and who gets them."""

from __future__ import annotations

from kg.extraction.document.memory import FORCES
from kg.extraction.situations.situation import Situation

# How far behind a verb the goods may stand that are asked for.
_WINDOW = 14
# How far behind "for" stands what is asked for.
_NEAR = 6
_MORE = frozenset(("more", "another", "further", "additional", "extra"))
_LOADS = frozenset(
    ("cargo", "shipment", "shipments", "haul", "load", "delivery", "batch", "seizure")
)
_NO_MORE = (["and", "nothing", "more"], ["and", "nothing", "else"], ["but", "nothing", "more"])


def receiver(one: Situation) -> bool:
    """Whether it is said to whom or where something goes."""
    anaphors = ("definite", "pronoun", "collective")
    mentions = one.parts.parts["to"]
    if one.frame.subject == "to" and not one.clause.verb.passive and one.subject_elsewhere:
        return True  # "He asked partners for two batteries"
    return one.has_sides("to") or any(m.kind in anaphors for m in mentions)


def goods(one: Situation) -> bool:
    """Whether goods are named; a battery that is bought is a thing."""
    pieces = one.theme.items[:1] in (["battery"], ["military-unit"])
    return one.theme.klass in ("goods", "containers") or (pieces and bool(one.theme.mentions))


def asked_goods(one: Situation) -> bool:
    """Whether the goods are asked for, and nothing else is demanded: "requested 300 tanks"."""
    goods = [m for m in one.theme.mentions if m.kind == "item"]
    first = one.clause.verb.last
    begun = [m for m in goods if m.first - first < _WINDOW]
    verbs = any(first <= g.first < goods[0].first for g in one.parse.verbs) if goods else True
    return bool(begun) and not verbs


def package(one: Situation) -> bool:
    """Whether the subject is a package of arms."""
    subject = one.parse.lows[slice(*one.clause.subject)]
    if any(word in _LOADS for word in subject):
        return one.clause.verb.form == "finite"
    if subject == ["it"] and one.clause.start == 0:
        last = one.sides.memory.latest(("Shipment",))
        near = last is not None and last.paragraph == one.parse.paragraph
        return near and last is not None and "materiel" in last.items
    if subject == ["it"]:  # "announced another package; it contains"
        subject = one.parse.lows[: one.clause.start]
    return any(word in ("package", "packages", "tranche", "consignment") for word in subject)


def asked_forces(one: Situation) -> bool:
    """Whether forces are what is asked for: "asked Russia for instructors", "for a mission"."""
    first, last = one.clause.right
    lows = one.parse.lows
    at = next((i for i in range(first, last) if lows[i] == "for"), last)
    words = lows[at : min(last, at + _NEAR)]
    persons = one.theme.klass == "persons" and bool(one.theme.mentions)
    return persons or not one.lexicon["mission"].isdisjoint(words)


def end_user(one: Situation) -> bool:
    """Whether the subject is for whom goods are in the end: "the end user", "the recipient"."""
    words = one.parse.lows[slice(*one.clause.subject)]
    goods = one.sides.memory.latest(("Shipment",))
    return goods is not None and bool(words) and words[-1] in one.lexicon["end-user"]


def whom(one: Situation) -> bool:
    """Whether only those are named who are given arms: "supplying the rebels"."""
    if one.clause.verb.passive or not {"to", "with", "for", "from"}.isdisjoint(one.parts.slots):
        return False
    object_ = one.parts.slots.get("", ())
    gazetteer = one.sides.gazetteer
    named = [m for m in object_ if m.kind in ("state", "organization", "definite", "item")]
    persons = all(gazetteer.item_class(m.items[0]) == "persons" for m in object_ if m.items)
    return bool(named) and persons and all(m.quantity is None for m in object_)


def armed(one: Situation) -> bool:
    """Whether it is said who is armed: a side, or "the rebels"."""
    if receiver(one):
        return True
    gazetteer = one.sides.gazetteer
    given = (item for m in one.parts.slots.get("", ()) for item in m.items[:1])
    return one.has_sides("from") and any(gazetteer.item_class(i) == "persons" for i in given)


def more_of_them(one: Situation) -> bool:
    """Whether a figure counts more of what was told of: "another 100", "500 more"."""
    theme, lows = one.theme, one.parse.lows
    if theme.quantity is None or theme.mentions or not theme.klass:
        return False
    figure = one.parse.quantities[theme.quantity]
    if one.clause.verb.lemma == "add" and figure.first >= one.clause.right[0]:
        told = one.sides.memory.latest((*FORCES, "Shipment"))
        if told is not None and figure.last >= one.clause.right[1]:
            return True  # "Romania is to add some 130"
    near = lows[max(0, figure.first - 2) : figure.last + 1]
    return not _MORE.isdisjoint(near)


# So many words are whom one gives nothing, and that: "gave the eastern rebels nothing".
_HANDED = 5


def nothing_more(one: Situation) -> bool:
    """Whether what is given is all: "political backing and nothing more"."""
    words = one.words()
    told = any(words[at : at + 3] in _NO_MORE for at in range(len(words)))
    # "gave the rebels nothing": what is handed stands behind them.
    told = told or (words[-1:] == ["nothing"] and len(words) <= _HANDED)
    return (
        told and not one.theme.klass and one.sides.memory.latest((*FORCES, "Shipment")) is not None
    )


def thanked(one: Situation) -> bool:
    """Whether it is thanked for goods; who gets them may stand behind: "guns sent to Ukraine"."""
    goods = max((m.last for m in one.theme.mentions), default=0)
    later = [m for m in one.parts.slots.get("to", ()) if m.first > goods > 0]
    if later:
        parts = one.parts.parts
        parts["from"] = [m for m in parts["from"] if m not in later]
        parts["to"] = later
    return True


def sales(one: Situation) -> bool:
    """Whether sales are the subject: "40 sales were made to Chad"; their number is what counts."""
    first, last = one.clause.subject
    at = next((i for i in range(first, last) if one.parse.lows[i] in one.lexicon["sales"]), last)
    if at == last or one.theme.mentions:
        return at < last and bool(one.theme.mentions)
    counts = (i for i, q in enumerate(one.parse.quantities) if first <= q.first and q.last <= at)
    one.theme.items, one.theme.klass = ["materiel"], "goods"
    one.theme.quantity = next(counts, None)
    told = one.sides.memory.happenings != []
    return told or not one.parse.words_used.isdisjoint(one.lexicon["of-arms"])


def for_another(one: Situation) -> bool:
    """Whether things are made for another side: "will build three boats for Vietnam"."""
    to = one.sides.of(one.parse, one.parts.parts["to"])
    maker = one.sides.of(one.parse, one.parts.parts["from"])
    return bool(to and maker) and not {*to} & {*maker}
