"""What is asked of a clause before its parts are found: whether it can say where, or how many."""

from __future__ import annotations

from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.words.lexicon import Lexicon

# Verbs of so much else that only "the number of" makes them count.
# What a toll is of; and so many words are "the death toll".
_TOLLS = frozenset(("toll", "losses", "casualties", "fatalities", "deaths", "injuries", "dead"))
_TOLL = 3
PLAIN = frozenset(("be", "stand", "approach", "remain", "top", "fall", "drop", "shrink"))


def may_say_where(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a place can be named; for "be", right behind it: "are now in Russia"."""
    verb = clause.verb
    if verb.lemma == "operate" and verb.form == "participle":
        return False
    if verb.lemma != "be" or parse.lows[slice(*clause.subject)] == ["there"]:
        return True
    words = parse.lows[slice(*clause.right)]
    if _only_there(parse, clause, lexicon):
        return True
    if parse.lows[slice(*clause.subject)] == ["it"] and "that" in parse.lows[verb.last :]:
        return False  # "It was in Minsk that they met"
    if words[:1] == ["in"] and _is_language(parse, verb.last + 1, lexicon):
        return False
    behind = next((word for word in words if word not in lexicon["adverbs"]), "")
    return behind in lexicon["prepositions"] or behind in ("there", "here")


def _only_there(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether it is said who is there and nobody else: "The only Iranians in Syria were"."""
    words = parse.lows[slice(*clause.subject)]
    return words[:2] == ["the", "only"] and not lexicon["prepositions"].isdisjoint(words[2:5])


def _is_language(parse: Parse, first: int, lexicon: Lexicon) -> bool:
    """Whether a word is that of a language: "the order was in Arabic"."""
    if parse.lows[first] in lexicon["languages"]:
        return True
    named = parse.mention_at.get(first)
    if named is None or named.kind != "demonym" or named.modifies:
        return False
    return not parse.lows[named.last : named.last + 1] or not parse.lows[named.last][0].isalnum()


def may_give_figure(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a number can be given; by "be" and the like, only of "the number of"."""
    if not parse.quantities or counts_the_dead(parse, clause):
        return False
    return clause.verb.lemma not in PLAIN or not lexicon["totals"].isdisjoint(parse.words_used)


def counts_the_dead(parse: Parse, clause: Clause) -> bool:
    """Whether a figure is of a toll: "losses tripled to 300", "put the toll at 84"."""
    if _TOLLS.isdisjoint(parse.words_used):
        return False
    first = clause.verb.last
    toll = parse.lows[slice(*clause.subject)] + parse.lows[first : first + _TOLL]
    return not _TOLLS.isdisjoint(toll)


def gives_toll(parse: Parse, clause: Clause) -> bool:
    """Whether somebody says how many a fight has killed: "put the toll at 84"."""
    return "toll" in parse.lows[clause.verb.last : clause.verb.last + _TOLL]
