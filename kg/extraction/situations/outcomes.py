"""What a verb says of an event that a noun names: nothing came of it, or it is under way."""

from __future__ import annotations

from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.words.lexicon import Lexicon

_UNDONE = ("cancel", "scrap", "abort", "shelve")
# So many words stand between a verb and the offer that it drops.
_NEAR = 5
_NAUGHT = ("nothing", "naught", "nought")


def comes_to_nothing(parse: Parse, clause: Clause) -> bool:
    """Whether a verb only says that nothing came of its subject: "came to nothing"."""
    verb = clause.verb
    if verb.passive and verb.lemma.startswith(_UNDONE):
        return True
    behind = parse.lows[verb.last : verb.last + 2]
    if verb.passive and verb.lemma == "call":
        return "off" in (behind[:1] + parse.lows[verb.last - 1 : verb.last])
    if verb.lemma not in ("come", "fall"):
        return False
    if verb.lemma == "fall":
        return behind[:1] == ["through"]
    return behind[:1] == ["to"] and behind[1:] != [] and behind[1] in _NAUGHT


def is_of_dropping(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a verb says of a plan or an offer that nothing comes of it: "turned down"."""
    lemma, dropping = clause.verb.lemma, lexicon["dropping"]
    after = parse.lows[clause.verb.last : clause.verb.last + 1]
    return lemma in dropping or (after != [] and f"{lemma} {after[0]}" in dropping)


def drops_offer(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the object of a verb is what somebody no longer means to do: "dropped its offer"."""
    verb = clause.verb
    if not is_of_dropping(parse, clause, lexicon) or lexicon["intentions"].isdisjoint(
        parse.words_used
    ):
        return False
    for at in range(verb.last, min(verb.last + _NEAR, clause.end)):
        if parse.lows[at] in lexicon["intentions"]:
            return True
        if parse.lows[at] in lexicon["prepositions"] or not parse.lows[at][0].isalnum():
            return False
    return False


def is_underway(parse: Parse, clause: Clause) -> bool:
    """Whether something is said to go on: "are under way"."""
    behind = parse.lows[clause.verb.last : clause.verb.last + 2]
    return behind[:1] == ["underway"] or behind == ["under", "way"]
