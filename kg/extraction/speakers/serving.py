"""Whom somebody serves or served, by the words behind who it is: ", who ran Taiwan's navy"."""

from __future__ import annotations

from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention

# What somebody does, or did, for whom the clause names.
_SERVICE = frozenset(
    (
        *("run", "head", "lead", "command", "serve", "work", "advise", "represent", "oversee"),
        *("direct", "negotiate", "retire", "manage", "chair", "fly", "join", "leave", "spend"),
    )
)
# Who serves a state, whatever the words before: ", a retired Kenyan policeman".
_SERVANTS = frozenset(
    (
        *("soldier", "officer", "policeman", "policewoman", "sergeant", "corporal", "lieutenant"),
        *("captain", "major", "colonel", "general", "admiral", "commander", "commando", "marine"),
        *("diplomat", "ambassador", "pilot", "sailor", "paratrooper", "brigadier", "official"),
        *("minister", "lawmaker", "legislator", "senator", "negotiator", "spy", "adviser"),
    )
)
# Who tells in the first person of a force: "He is 43, a retired sergeant of the army".
_SOLDIERS = frozenset(
    (
        *("soldier", "sergeant", "corporal", "private", "conscript", "recruit", "mercenary"),
        *("fighter", "paratrooper", "marine", "veteran", "policeman", "volunteer", "deserter"),
    )
)
_EPITHETS = 4
_ARTICLES = frozenset(("a", "an", "the"))
# So many words has such an apposition.
_NEAR = 7
_SERVED = ("state", "demonym", "organization", "collective")


def served(parse: Parse, comma: int) -> Mention | None:
    """Return whom the clause behind a comma says somebody serves, None where it says nothing.

    Args:
        parse: of the sentence.
        comma: where the comma would stand before "who", or "of" before whom they serve.
    """
    lows = parse.lows
    if lows[comma : comma + 1] == ["of"]:
        return _service(parse, comma + 1)
    if lows[comma : comma + 1] == [","] and not _ARTICLES.isdisjoint(lows[comma + 1 : comma + 2]):
        return _served_as(parse, comma + 1)
    if lows[comma : comma + 2] != [",", "who"]:
        return None
    last = next((i for i in range(comma + 2, len(lows)) if lows[i] in (",", ".")), len(lows))
    verb = next((parse.verb_at[i] for i in range(comma + 2, last) if i in parse.verb_at), None)
    if verb is None or verb.lemma not in _SERVICE or verb.negated:
        return None
    for mention in parse.mentions_in(verb.last, last):
        if mention.kind in _SERVED:
            return mention
    return None


def soldier_of(parse: Parse) -> Mention | None:
    """Return whose soldier somebody is said to be: "a retired sergeant of the Chadian army"."""
    lows = parse.lows
    for at, word in enumerate(lows):
        if word not in _SOLDIERS or _ARTICLES.isdisjoint(lows[max(0, at - _EPITHETS) : at]):
            continue
        demonym = next((m for m in parse.mentions if m.last == at and m.kind == "demonym"), None)
        if demonym is not None:
            return demonym
        if lows[at + 1 : at + 2] in (["of"], ["in"], ["from"]):
            of = at + 2 + (lows[at + 2 : at + 3] == ["the"])
            named = next((m for m in parse.mentions if m.first == of and m.kind in _SERVED), None)
            if named is not None:
                return named
    return None


def _service(parse: Parse, first: int) -> Mention | None:
    """Return the force or ministry that a name is of: "Joseph Rono of the Kenyan police"."""
    first += parse.lows[first : first + 1] == ["the"]
    behind = (m for m in parse.mentions if not m.modifies and m.last > first)
    whom = next(behind, None)
    begins = whom is not None and min(whom.first, (whom.nation or whom).first) <= first
    named = whom is not None and (whom.kind == "organization" or whom.nation is not None)
    return whom if begins and named else None


def _served_as(parse: Parse, first: int) -> Mention | None:
    """Return whose servant somebody is by an apposition: "a retired Kenyan policeman"."""
    lows = parse.lows
    last = next((i for i in range(first, min(len(lows), first + _NEAR)) if lows[i] in ",."), first)
    demonyms = [m for m in parse.mentions_in(first, last) if m.kind == "demonym"]
    serves = not _SERVANTS.isdisjoint(lows[first:last])
    return demonyms[0] if serves and demonyms else None
