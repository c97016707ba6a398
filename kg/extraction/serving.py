"""Whom somebody serves or served, by the clause behind who it is: ", who ran Taiwan's navy"."""

from __future__ import annotations

from kg.extraction.mentions import Mention
from kg.extraction.parse import Parse

# What somebody does, or did, for whom the clause names.
_SERVICE = frozenset(
    (
        *("run", "head", "lead", "command", "serve", "work", "advise", "represent", "oversee"),
        *("direct", "negotiate", "retire", "manage", "chair", "fly", "join", "leave", "spend"),
    )
)
_SERVED = ("state", "demonym", "organization", "collective")


def served(parse: Parse, comma: int) -> Mention | None:
    """Return whom the clause behind a comma says somebody serves, None where it says nothing.

    Args:
        parse: of the sentence.
        comma: where the comma would stand, before "who".
    """
    lows = parse.lows
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
