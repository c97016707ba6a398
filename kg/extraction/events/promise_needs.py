"""What a promise between two states needs: whom it is made to, and that no goods are promised."""

from __future__ import annotations

from kg.extraction.situations.situation import Situation

# So far behind the verb what is promised stands.
_NEAR = 12
# So far before "supporting" stands that it is to come: "would go on".
_BEFORE = 4


def promised(one: Situation) -> bool:
    """Whether it is support in general that is promised: "every kind of support"."""
    return one.has_word("promised", _NEAR)


def two_states(one: Situation) -> bool:
    """Whether two are named who are states, or whom a text has called its own."""
    named = one.sides.of(one.parse, one.parts.parts["party"])
    if one.subject_elsewhere:
        named = tuple({*named, *one.sides.of_subject(one.parse, one.clause)})
    kind = one.sides.gazetteer.type_of
    return len(named) > 1 and any(kind(side) == "State" for side in named)


def to_come(one: Situation) -> bool:
    """Whether it is said of the time to come: "would go on supporting"."""
    verb = one.clause.verb
    if verb.negated or verb.passive:
        return False
    before = one.parse.lows[max(0, verb.first - _BEFORE) : verb.first]
    going_on = verb.form == "gerund" and not one.lexicon["expected"].isdisjoint(before)
    return verb.modality == "expected" or going_on
