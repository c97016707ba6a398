"""What a frame of agreements needs to be found in a clause: a treaty, and who makes it."""

from __future__ import annotations

from kg.extraction.situation import Situation

_RELATIVE = ("that", "which")
# So many words may stand between a verb and the treaty that is its object.
_NEAR = 6
# "The ministers" are two words.
_THE_MINISTERS = 2


def parties(one: Situation) -> bool:
    """Whether it is said, here or before, who makes a treaty or meets."""
    described = one.clause.verb.form == "participle" and one.sides.memory.happenings != []
    nothing = one.parse.lows[slice(*one.clause.subject)] == ["nothing"]
    named = one.has_sides("party") or one.clause.shared or nothing or described
    named = named or are_delegates(one) or treaty_of_those_told(one)
    return named or bool(one.sides.both(one.parse, one.clause))


def treaty_of_those_told(one: Situation) -> bool:
    """Whether a treaty was or was not signed, nobody says by whom: "no contract was signed"."""
    if one.frame.event != "Agreement" or not one.clause.verb.passive:
        return False
    words = one.parse.lows[slice(*one.clause.subject)]
    ends = (i for i, word in enumerate(words) if word in one.lexicon["prepositions"])
    head = words[: next(ends, len(words))]  # "no contract for the jet"
    return not one.lexicon["treaty"].isdisjoint(head[-2:]) and one.sides.memory.happenings != []


def are_delegates(one: Situation) -> bool:
    """Whether those decide who have met: "The ministers decided to meet again"."""
    subject = one.parse.lows[slice(*one.clause.subject)]
    met = one.frame.event == "Meeting" and one.sides.memory.latest(("Meeting",)) is not None
    the = subject[:1] == ["the"] and len(subject) == _THE_MINISTERS
    return met and (subject == ["they"] or (the and subject[1] in one.lexicon["delegates"]))


def treaty_follows(one: Situation) -> bool:
    """Whether a treaty comes after another: "Executive contracts followed within weeks"."""
    words = one.words()[:1]
    later = (
        not words
        or words[0] in one.lexicon["prepositions"]
        or one.clause.verb.last in (one.parse.date_at)
    )
    told = one.sides.memory.latest(("Agreement",)) is not None
    return told and later and treaty_subject(one)


def treaty(one: Situation) -> bool:
    """Whether a treaty is the object, or what a relative clause describes."""
    nothing = one.parse.lows[slice(*one.clause.subject)] == ["nothing"]
    return names(one, "treaty") or (nothing and one.clause.verb.lemma == "sign")


def treaty_near(one: Situation) -> bool:
    """Whether the treaty is the object of the verb itself: "has a pact with", not "has said"."""
    words = one.words()[:_NEAR]
    led = (i for i, word in enumerate(words) if i and word in one.lexicon["prepositions"])
    return not one.lexicon["treaty"].isdisjoint(words[: next(led, _NEAR)])


def treaty_meant(one: Situation) -> bool:
    """Whether "it" is a treaty that was made or changed: "It was amended twice"."""
    happenings = one.sides.memory.happenings
    told = happenings != [] and happenings[-1].type == "Agreement"
    it = one.parse.lows[slice(*one.clause.subject)] == ["it"]
    return told and it and one.clause.verb.passive


def truce(one: Situation) -> bool:
    """Whether a truce is what is broken: "violating the ceasefire", "of breaking it"."""
    happenings = one.sides.memory.happenings
    told = happenings != [] and happenings[-1].type == "Agreement"
    return one.has_word("truce", _NEAR) or (told and one.words()[:1] == ["it"])


def names(one: Situation, words: str) -> bool:
    """Whether a word of a list is the object, or what a relative clause or participle describes."""
    start = one.clause.start
    before: list[str] = []
    if one.clause.opener in _RELATIVE:
        before = one.parse.lows[max(0, start - 4) : start]
    elif one.clause.verb.form == "participle":
        before = one.parse.lows[slice(*one.clause.subject)]
    elif start and not one.clause.shared:
        before = one.parse.lows[start - 1 : start]  # "the declaration he signed with"
    return one.has_word(words) or any(word in one.lexicon[words] for word in before)


def treaty_subject(one: Situation) -> bool:
    """Whether a treaty is the subject, or "it" is one."""
    first, last = one.clause.subject
    words = [word for word in one.parse.lows[first:last] if word[0].isalpha()]
    happenings = one.sides.memory.happenings
    if words == ["it"] and happenings and happenings[-1].type == "Agreement":
        return True
    if one.clause.relative and words[:1] == ["no"]:
        return False  # "no document that contains it"
    bound = one.lexicon["treaty"] | one.lexicon["treaty-text"]
    return words[-1:] != ["partnership"] and any(word in bound for word in words[-2:])


def two_parties(one: Situation) -> bool:
    """Whether two sides act together: "he and Kagame have formed a joint brigade"."""
    first = one.parse.lows[slice(*one.clause.subject)][:2]
    if first in (["he", "and"], ["she", "and"]) or first[:1] == ["both"]:
        return True
    sides = one.sides.of(one.parse, one.parts.parts["party"])
    return len(sides or one.sides.both(one.parse, one.clause)) > 1
