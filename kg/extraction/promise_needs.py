"""What a promise between two states needs: whom it is made to, and that no goods are promised."""

from __future__ import annotations

from kg.extraction.situation import Situation

# So far behind the verb what is promised stands.
_NEAR = 12
# So far behind "agree" stands with whom.
_WITH = 5


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
    return verb.modality == "expected" and not verb.negated and not verb.passive


def with_another(one: Situation) -> bool:
    """Whether one agrees with another to do something, not that something is so."""
    first = one.clause.verb.last
    behind = one.parse.lows[first - 1 :][: _NEAR + 1]
    if "with" not in behind[:_WITH]:
        return False
    named = one.parts.slots.get("with", one.parts.slots.get("", ()))
    at = named[-1].last if named else len(one.parse.lows)
    group = one.parse.verb_at.get(at)
    return group is not None and group.form == "infinitive"
