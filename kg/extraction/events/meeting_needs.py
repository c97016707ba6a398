"""What a frame of meetings needs to be found in a clause: who meets whom."""

from __future__ import annotations

from kg.extraction.situations.situation import Situation

# How far behind the verb those stand who are received.
_NEAR = 6
# So far behind the verb the talks stand that are joined, and what parts them from it.
_JOINED = 8
_LEADING = frozenset(("with", "between", "about", "on", "for"))
_FURTHER = frozenset(("further", "next", "another", "second", "third", "fresh", "new", "more"))
_MEETING = frozenset(
    (
        *("meet", "meeting", "visit", "hold", "confer", "negotiate", "negotiations", "pay"),
        *("consult", "consultations", "talks", "summit", "dialogue", "sitting"),
    )
)
_HOSTING = frozenset(("receive", "host", "welcome", "greet", "invite"))
_VISITS = frozenset(("visit", "visits", "trip", "tour"))
_GUESTS = frozenset(("guest", "guests"))
_GUEST_NEAR = 7
# Of what kinds those are for whom an envoy speaks.
_BODIES = ("State", "InternationalBody")
# So far behind "meet" stands what is no person.
_WANTED = 4
# How a matter comes to be raised: "during a visit to", "in a call with", "at a meeting".
_OCCASIONS = frozenset(("during", "in", "on", "at", "by", "over"))
# What somebody comes for, by more names than a round of talks has.
_MEETINGS = frozenset(("visit", "audience", "ceremony"))
_IN_POWER = (["command"], ["charge"], ["control"], ["power"], ["office"], ["prison"])
_BEING_THERE = frozenset(("be", "fly", "arrive"))
_CHIEFS = frozenset(("chief", "head", "delegation", "leader", "leaders", "ministers", "officials"))
_TRAVELLING = frozenset(("fly", "travel", "arrive", "come", "go", "pay"))
# So many words behind "talked" stands by what: "by telephone", "on a video link".
_FAR_TALK = 4
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
    if one.clause.verb.lemma == "meet" and _are_arms(one):
        return False  # "were met there by Canadian jets"
    if one.clause.verb.lemma in _MEETING:
        return True
    if _two_states_talk(one) or _two_telephone(one):
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
    envoys = one.parse.lows[one.clause.subject[1] - 1] in one.lexicon["visiting-offices"]
    if envoys and one.clause.verb.lemma in _TRAVELLING and len(_with_hosts(one)) > 1:
        return True  # "Libyan envoys came to Minsk"
    visiting = (visiting or _chief(one)) and one.has_word("officials")
    visiting = visiting or (_leads_a_state(one) and one.clause.verb.lemma in _TRAVELLING)
    hosts = one.clause.verb.lemma in _HOSTING and not one.lexicon["delegates"].isdisjoint(
        one.words()[:_NEAR]
    )
    if one.clause.verb.lemma in _HOSTING and one.words()[:1] in (["him"], ["her"]):
        guest = one.sides.of_whom("his")
        host = one.sides.of(one.parse, one.parts.parts["party"])
        leads = not one.lexicon["delegates"].isdisjoint(one.parse.lows[slice(*one.clause.subject)])
        return guest is not None and bool(host) and guest not in host and leads
    return (person or visiting or hosts) and len(
        one.sides.of(one.parse, one.parts.parts["party"])
    ) > 1


def _are_arms(one: Situation) -> bool:
    """Whether jets or ships are met, or meet others."""
    met = [*one.parts.slots.get("by", ()), *one.parts.slots.get("", ())]
    gazetteer = one.sides.gazetteer
    things = [m for m in met if m.kind == "item" and m.items]
    return any(gazetteer.item_class(m.items[0]) == "goods" for m in things)


def _two_telephone(one: Situation) -> bool:
    """Whether two talk to each other from afar: "Modi and Xi talked by telephone"."""
    if one.clause.verb.lemma.partition(" ")[0] not in ("talk", "speak"):
        return False
    words, subject = one.words()[:_FAR_TALK], one.parse.lows[slice(*one.clause.subject)]
    afar = "and" in subject and not one.lexicon["telephones"].isdisjoint(words)
    return afar and len(one.sides.of(one.parse, one.parts.parts["party"])) > 1


def _two_states_talk(one: Situation) -> bool:
    """Whether one state talks to another: "has been talking to France about trainers"."""
    if one.clause.verb.lemma not in ("talk", "speak"):
        return False
    keys = ("to", "with", "")
    others = [m for key in keys for m in one.parts.slots.get(key, ()) if m.kind == "state"]
    return bool(others) and len(one.sides.of(one.parse, one.parts.parts["party"])) > 1


def on_visit(one: Situation) -> bool:
    """Whether who speaks for one side is in another state: "the American envoy is in Nairobi"."""
    lows, verb = one.parse.lows, one.clause.verb
    first = one.clause.right[0]
    if verb.lemma == "be" and lows[first : first + 1] not in (["in"], ["back"]):
        return False
    if lows[first + 1 : first + 2] in _IN_POWER:
        return False  # "is in command of the rebellion in eastern Congo"
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


def meeting_near(one: Situation) -> bool:
    """Whether talks are what somebody joins: the noun is the object, not who is talked about."""
    first, last = one.clause.right
    words = one.parse.lows[first : min(last, first + _JOINED)]
    nouns = [i for i, word in enumerate(words) if word in one.lexicon["meeting"]]
    return bool(nouns) and not _LEADING.intersection(words[2 : nouns[0]])


def further_talks(one: Situation) -> bool:
    """Whether more talks are told of between those who have met: "a further round of talks"."""
    first, last = one.clause.subject
    words = one.parse.lows[first:last]
    talks = not one.lexicon["meeting"].isdisjoint(words) and not _FURTHER.isdisjoint(words[:3])
    named = one.sides.of(one.parse, one.parse.mentions_in(first, last)) if talks else ()
    return talks and not named and one.sides.memory.latest(("Meeting",)) is not None


def two_persons(one: Situation) -> bool:
    """Whether two persons are named who meet."""
    persons = [m for m in one.parts.parts["party"] if m.kind == "person"]
    return len(one.sides.of(one.parse, persons)) > 1


def person_there(one: Situation) -> bool:
    """Whether a person or who holds an office is whom one is with: "saw off his colleague"."""
    words = one.words()[: 2 * _NEAR]
    named = (*one.parts.slots.get("", ()), *one.parts.slots.get("with", ()))
    office = not one.lexicon["delegates"].isdisjoint(words) or "colleague" in words
    return office or any(m.kind == "person" for m in named)


def nothing_asked(one: Situation) -> bool:
    """Whether somebody is called on and asked for nothing: "called on the king in Rabat"."""
    return not {"to", "for", "not"} & {*one.words()}


def with_person(one: Situation) -> bool:
    """Whether it is a person, or who holds an office, with whom somebody was or came to speak."""
    with_ = one.parts.slots.get("with", ())
    offices = one.lexicon["delegates"]
    named = any(
        m.kind == "person" or (m.nation is not None and one.parse.lows[m.last - 1] in offices)
        for m in with_
    )
    came = one.clause.verb.lemma.split()[0] != "spend"
    return named and (not came or one.has_word("meeting"))


def guest(one: Situation) -> bool:
    """Whether somebody is the guest of a person: "was the king's guest", "a guest of Xi"."""
    return not _GUESTS.isdisjoint(one.words()[:_GUEST_NEAR]) and person_there(one)


def two_officials(one: Situation) -> bool:
    """Whether two who hold office stand there for their states: "the two ministers' guests"."""
    first, last = one.clause.subject
    named = one.parse.mentions_in(first, last)
    sides = one.sides.of(one.parse, named)
    persons = any(m.kind == "person" for m in named)
    offices = not one.lexicon["delegates"].isdisjoint(one.parse.lows[first:last])
    return "and" in one.parse.lows[first:last] and len(sides) > 1 and (persons or offices)


def for_talks(one: Situation) -> bool:
    """Whether talks are what somebody comes for, and the other side is named, or the land is.

    Of those who came before "the men" and "they" are told; a reading of them needs no name here.
    """
    words = one.parse.lows[one.clause.verb.last : one.clause.right[1]]
    leads = [at for at, word in enumerate(words) if word == "for"]
    talks = one.lexicon["meeting"] | _MEETINGS
    if all(talks.isdisjoint(words[at + 1 : at + _WANTED]) for at in leads):
        return False
    return len(_with_hosts(one)) > 1


def contacts(one: Situation) -> bool:
    """Whether two are in touch: "is in constant touch with the leadership"."""
    return one.has_word("contacts", _NEAR)


def occasion(one: Situation) -> bool:
    """Whether a matter is raised at a meeting, or in a call: with whom or where is said."""
    lows, last = one.parse.lows, one.clause.right[1]
    words = lows[one.clause.verb.last : last]
    at = next((i for i, word in enumerate(words) if word in one.lexicon["occasion"]), 0)
    led = not _OCCASIONS.isdisjoint(words[max(0, at - _WANTED) : at])
    return bool(at) and led and len(_with_hosts(one)) > 1


def hosted_elsewhere(one: Situation) -> bool:
    """Whether a person is awaited in another state: "Lavrov is due in Bamako"."""
    first, last = one.clause.subject
    words = one.parse.lows[first:last]
    named = one.parse.mentions_in(first, last)
    if one.clause.verb.lemma != "be" and not one.clause.verb.passive:
        return False  # "expected the first tanks to be in Kyiv by April"
    office = not one.lexicon["visiting-offices"].isdisjoint(words)
    return (office or any(m.kind == "person" for m in named)) and len(_with_hosts(one)) > 1


def _with_hosts(one: Situation) -> set[str]:
    """Return who takes part, with the states of the places at which they are."""
    sides = one.sides
    hosts = sides.states_of(sides.places(one.parse, one.parts, []))
    return {*sides.of(one.parse, one.parts.parts["party"]), *hosts}


def talks_of_officials(one: Situation) -> bool:
    """Whether officials hold talks: "army chiefs wound up two days of talks in Accra"."""
    words = one.parse.lows[slice(*one.clause.subject)]
    who = any(m.kind == "person" for m in one.parse.mentions_in(*one.clause.subject))
    who = who or any(word in one.lexicon["visiting-offices"] or word in _CHIEFS for word in words)
    who = who or words[-1:] == ["chiefs"]
    first, last = one.clause.right
    behind = one.parse.lows[first : min(last, first + _JOINED)]
    sides = {*one.sides.of(one.parse, one.parts.parts["party"])}
    alone = len(sides) == 1 and sides == _with_hosts(one)
    if alone and one.sides.gazetteer.type_of(next(iter(sides))) == "State":
        return False  # the ministers of one state among themselves
    return who and not one.clause.verb.passive and not one.lexicon["meeting"].isdisjoint(behind)


def visit_dropped(one: Situation) -> bool:
    """Whether a visit is what somebody drops: "called off a visit to Istanbul"."""
    first, last = one.clause.subject if one.clause.verb.passive else one.clause.right
    words = one.parse.lows[first : min(last, first + _NEAR)]
    return not _VISITS.isdisjoint(words) and len(_with_hosts(one)) > 1
