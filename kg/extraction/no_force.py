"""Who is moved and is no force: captives, diplomats, people who are brought out of harm's way."""

from __future__ import annotations

from kg.extraction.situation import Situation

# Captives who are handed over, diplomats who are sent home.
_DEPLOYED_BY_NOBODY = frozenset(("prisoner-of-war", "diplomat", "civilian"))
# Who is brought out of harm's way, and by what verbs.
_PEOPLE = frozenset(("people", "persons", "civilians"))
_CITIZENS = frozenset(("citizens", "nationals", "compatriots"))
_HOMEWARD = (["back"], ["home"])
_FLEEING = frozenset(
    (
        "return",
        "repatriate",
        "move",
        "move out",
        "evacuate",
        "relocate",
        "bring",
        "take",
        "leave",
        "flee",
    )
)


def is_no_force(one: Situation) -> bool:
    """Whether those who are moved are nobody's force."""
    deployed = _DEPLOYED_BY_NOBODY.isdisjoint(one.theme.items)
    return not deployed or _are_evacuated(one) or _are_captives(one)


def _are_captives(one: Situation) -> bool:
    """Whether those are handed over who were held: "handed 300 prisoners back to Sudan"."""
    if one.clause.verb.lemma not in one.lexicon["releasing"]:
        return False
    if one.clause.verb.lemma in ("release", "free") and one.theme.klass == "persons":
        return True  # "released 25 sailors"
    nouns = {one.parse.lows[m.last - 1] for m in one.theme.mentions}
    return bool(nouns) and nouns <= one.lexicon["captives"]


def _are_evacuated(one: Situation) -> bool:
    """Whether people of no side leave a place: "9,000 people have been moved out"."""
    homeward = one.parse.lows[one.clause.verb.head + 1 : one.clause.verb.head + 2] in _HOMEWARD
    if one.clause.verb.lemma not in _FLEEING and not homeward:
        return False
    nouns = {one.parse.lows[m.last - 1] for m in one.theme.mentions}
    if nouns and nouns <= _CITIZENS:
        return True  # whosever they are
    return not one.theme.owner and bool(nouns) and nouns <= _PEOPLE
