"""One fight that two verbs tell: "ambushed the patrol and killed an officer" is one claim."""

from __future__ import annotations

from kg.extraction.document.found import Found
from kg.extraction.grammar.parse import Parse

# What a fight does to people and things; a town that is taken is a deed of its own.
_HARM = frozenset(("kill", "wound", "injure", "destroy", "damage", "maim", "hurt"))
_JOINED = (["and"], [",", "and"], [","])
_WHEN = frozenset(("when", "as", "after"))


def join_told_twice(found: list[Found], parse: Parse) -> list[Found]:
    """Return claims in the order of the text, those of one fight as one.

    A figure of its own makes a claim of its own: "attacked the post and wounded 12".
    """
    kept: list[Found] = []
    for one in found:
        before = kept[-1] if kept else None
        if before is None or not _are_of_a_kind(before, one):
            kept.append(one)
        elif _adds_harm(before, one, parse):
            before.last = max(before.last, one.last)
        elif _says_when(before, one, parse):
            before.last = max(before.last, one.last)
            before.reading.from_ = before.reading.from_ or one.reading.from_
            before.reading.to = before.reading.to or one.reading.to
        else:
            kept.append(one)
    return kept


def _are_of_a_kind(before: Found, one: Found) -> bool:
    """Whether two claims tell of fighting, and the same ones say so."""
    fights = before.reading.type == "Combat" == one.reading.type
    done = before.polarity == "affirmed" == one.polarity and before.modality == one.modality
    return fights and done and before.speakers == one.speakers


def _adds_harm(before: Found, one: Found, parse: Parse) -> bool:
    """Whether the second verb only says what the fight did, to an uncounted few."""
    verb = parse.verb_at.get(one.first)
    gap = parse.lows[before.last : one.first]
    if verb is None or verb.lemma not in _HARM or verb.passive or gap not in _JOINED:
        return False
    return one.quantity is None and (gap != [","] or verb.form == "gerund")


def _says_when(before: Found, one: Found, parse: Parse) -> bool:
    """Whether the second clause says in which fight people died: "were killed when rebels"."""
    if one.quantity is not None or parse.lows[before.last : one.first][:1] == []:
        return False
    opened = parse.lows[before.last] in _WHEN and one.first == before.last + 1
    verbs = (v for i, v in parse.verb_at.items() if before.first <= i < before.last)
    return opened and any(v.passive and v.lemma in _HARM for v in verbs)
