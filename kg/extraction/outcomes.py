"""What a verb says of an event that a noun names: nothing came of it, or it is under way."""

from __future__ import annotations

from kg.extraction.clause import Clause
from kg.extraction.parse import Parse

_UNDONE = ("cancel", "scrap", "abort", "shelve")
_NAUGHT = ("nothing", "naught", "nought")


def comes_to_nothing(parse: Parse, clause: Clause) -> bool:
    """Whether a verb only says that nothing came of its subject: "came to nothing"."""
    verb = clause.verb
    if verb.passive and verb.lemma.startswith(_UNDONE):
        return True
    if verb.lemma not in ("come", "fall"):
        return False
    behind = parse.lows[verb.last : verb.last + 2]
    if verb.lemma == "fall":
        return behind[:1] == ["through"]
    return behind[:1] == ["to"] and behind[1:] != [] and behind[1] in _NAUGHT


def is_underway(parse: Parse, clause: Clause) -> bool:
    """Whether something is said to go on: "are under way"."""
    behind = parse.lows[clause.verb.last : clause.verb.last + 2]
    return behind[:1] == ["underway"] or behind == ["under", "way"]
