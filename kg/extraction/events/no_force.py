"""Who or what is moved and is no force and no arms: captives, people in flight, words, hopes."""

from __future__ import annotations

from kg.extraction.situations.situation import Situation

# Captives who are handed over, diplomats who are sent home.
_DEPLOYED_BY_NOBODY = frozenset(("prisoner-of-war", "diplomat", "civilian"))
# Who is brought out of harm's way, and by what verbs.
_PEOPLE = frozenset(("people", "persons", "civilians"))
_CITIZENS = frozenset(("citizens", "nationals", "compatriots"))
_HOMEWARD = (["back"], ["home"])
# So near behind a verb its object begins.
_NEAR = 4
_GIVING = frozenset(
    (
        *("send", "give", "hand", "deliver", "pass", "forward", "promise", "offer", "transmit"),
        *("dispatch", "provide", "pour", "carry", "bring"),
    )
)
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
    nobody = not deployed or _are_evacuated(one) or _are_captives(one)
    return nobody or _are_words(one) or _crashes(one)


def _are_words(one: Situation) -> bool:
    """Whether it is news or work that is sent or promised: "sent notice of the package"."""
    behind = one.parse.lows[one.clause.verb.last :][:_NEAR]
    first = next((word for word in behind if word in one.lexicon["words-sent"]), "")
    if not first or one.clause.verb.lemma not in _GIVING:
        return False
    before = behind[: behind.index(first)]
    return not any(m.items for m in one.parse.mentions_in(*_span(one, len(before)))) or (
        one.clause.verb.lemma == "promise" and one.clause.verb.passive
    )


def _span(one: Situation, size: int) -> tuple[int, int]:
    return one.clause.verb.last, one.clause.verb.last + size


def _crashes(one: Situation) -> bool:
    """Whether an aircraft comes down where none lands: "flew into a mountain"."""
    last = one.clause.verb.last
    words = one.parse.lows[last - 1 : last + _NEAR]
    into = words.index("into") + 1 if "into" in words else len(words)
    return not one.lexicon["crash-sites"].isdisjoint(words[into : into + 3])


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
