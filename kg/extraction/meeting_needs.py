"""What a frame of meetings needs to be found in a clause: who meets whom."""

from __future__ import annotations

from kg.extraction.situation import Situation

# How far behind the verb those stand who are received.
_NEAR = 6
_MEETING = frozenset(
    (
        *("meet", "meeting", "visit", "hold", "confer", "negotiate", "negotiations", "pay"),
        *("consult", "consultations", "talks", "summit", "dialogue", "sitting"),
    )
)
_HOSTING = frozenset(("receive", "host", "welcome", "greet", "invite"))
# Of what kinds those are for whom an envoy speaks.
_BODIES = ("State", "InternationalBody")
# So far behind "meet" stands what is no person.
_WANTED = 4
_BEING_THERE = frozenset(("be", "fly", "arrive"))
_CHIEFS = frozenset(("chief", "head", "delegation", "leader", "leaders", "ministers", "officials"))
_TRAVELLING = frozenset(("fly", "travel", "arrive", "come", "go", "pay"))
_SEEING = frozenset(
    (
        *("see", "speak", "talk", "call", "phone", "telephone", "sit", "dine", "huddle", "shake"),
        "exchange",
    )
)


def officials(one: Situation) -> bool:
    """Whether persons meet: other verbs of travel need one that is named."""
    if one.clause.verb.lemma == "meet" and one.has_word("met-otherwise", _NEAR):
        return False  # "can barely meet the orders"
    if one.clause.verb.lemma in _MEETING:
        return True
    if one.clause.verb.lemma in _SEEING and not _person_seen(one):
        return False
    mentions = one.parse.mentions_in(*one.clause.subject)
    person = any(
        m.kind == "person"
        or (m.kind == "unknown" and m.last - m.first > 1)
        or (m.kind in ("collective", "organization") and one.clause.verb.lemma in _SEEING)
        for m in mentions
    )
    visiting = any(m.kind in ("collective", "organization") for m in mentions)
    visiting = (visiting or _chief(one)) and one.has_word("officials")
    visiting = visiting or (_leads_a_state(one) and one.clause.verb.lemma in _TRAVELLING)
    hosts = one.clause.verb.lemma in _HOSTING and not one.lexicon["delegates"].isdisjoint(
        one.words()[:_NEAR]
    )
    return (person or visiting or hosts) and len(
        one.sides.of(one.parse, one.parts.parts["party"])
    ) > 1


def on_visit(one: Situation) -> bool:
    """Whether who speaks for one side is in another state: "the American envoy is in Nairobi"."""
    lows, verb = one.parse.lows, one.clause.verb
    first = one.clause.right[0]
    if verb.lemma == "be" and lows[first : first + 1] not in (["in"], ["back"]):
        return False
    words = lows[slice(*one.clause.subject)]
    offices = one.lexicon["visiting-offices"]
    if verb.lemma not in _BEING_THERE:
        offices -= one.lexicon["heads"]
    if offices.isdisjoint(words):
        return False
    hosts = one.sides.states_of(one.sides.places(one.parse, one.parts, []))
    guests = one.sides.of(one.parse, one.parts.parts["party"])[:1]
    known = bool(guests) and one.sides.gazetteer.type_of(guests[0]) in _BODIES
    return len(hosts) == 1 and known and hosts[0] not in guests


def _chief(one: Situation) -> bool:
    """Whether somebody in office is the subject: "Thailand's army chief"."""
    first, last = one.clause.subject
    words = one.parse.lows[first:last]
    return any(word in one.lexicon["offices"] or word in _CHIEFS for word in words)


def _leads_a_state(one: Situation) -> bool:
    """Whether who leads a state or a ministry of it travels: "Japan's premier flew to"."""
    first, last = one.clause.subject
    subject = [m for m in one.parse.mentions_in(first, last) if m.last == last]
    named = any(m.nation is not None and m.kind == "collective" for m in subject)
    return named and one.parse.lows[last - 1] in one.lexicon["delegates"]


def _person_seen(one: Situation) -> bool:
    """Whether a person is whom somebody sees or speaks to: "saw Aliyev in Baku"."""
    keys = ("", "with", "to", "by")
    seen = [m for key in keys for m in one.parts.slots.get(key, ())]
    return any(
        m.kind == "person"
        or (m.kind == "unknown" and m.last - m.first > 1)
        or (m.nation is not None and one.parse.lows[m.last - 1] in one.lexicon["offices"])
        for m in seen
    )


def two_persons(one: Situation) -> bool:
    """Whether two persons are named who meet."""
    persons = [m for m in one.parts.parts["party"] if m.kind == "person"]
    return len(one.sides.of(one.parse, persons)) > 1
