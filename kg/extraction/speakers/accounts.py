"""Who tells something by a noun or a verdict: "gave another account: …", "called it sad that"."""

from __future__ import annotations

from kg.extraction.grammar.bare_figures import only_gives_figure
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.words.lexicon import Lexicon

_JUDGING = frozenset(("call", "consider", "deem", "find", "judge", "think"))
_ACCOUNTS = frozenset(("account", "statement", "figure", "version"))
# So many words stand between "it" and "that" at the most.
_NEAR = 5


def gives_account(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a noun tells what the verb does not: "gave a different account: …"."""
    words, lemma = parse.lows[slice(*clause.right)], clause.verb.lemma
    if lemma == "make" and "known" in parse.lows[clause.right[0] :][:3]:
        return True
    if lemma in _JUDGING and words[:1] == ["it"]:
        behind = parse.lows[clause.verb.last :][:_NEAR]
        return "that" in behind  # "called it unfortunate that Chad had sent men"
    if lemma == "give" and only_gives_figure(parse, clause):
        return False  # "have given a figure of 5,000": the clause itself tells
    return lemma in lexicon["giving-account"] and not _ACCOUNTS.isdisjoint(words)
