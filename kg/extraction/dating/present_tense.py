"""Whether a verb in the present tense tells of a day to come: "travels to Iran on 5 November"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.verb_group import VerbGroup

_BEING = frozenset(("is", "are", "am", "'s", "’s", "'re", "’re"))
# What these are in the present can have been then: "figures show 300 there in December".
_STATES = frozenset(("be", "have", "do", "put", "date"))


def is_told_in_present(
    lows: Sequence[str], verbs: Sequence[VerbGroup], at: int, lexicon: Lexicon
) -> bool:
    """Whether the verb before a date at `at` is one of the present, and of what happens."""
    told = [verb for verb in verbs if verb.first < at and verb.form not in ("infinitive", "gerund")]
    if not told or told[-1].form != "finite" or told[-1].passive:
        return False
    verb = told[-1]
    if verb.lemma in _STATES or verb.lemma in lexicon["say"] or verb.lemma in lexicon["untelling"]:
        return False
    letters = lexicon.letters.get(lows[verb.head], "")
    if lows[verb.first] in _BEING:
        return "g" in letters  # "are leaving on 5 November"
    return verb.first == verb.head and "d" not in letters and ("s" in letters or "b" in letters)
