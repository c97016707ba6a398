"""Whether words quoted from a text tell of anything by themselves, and whether as done yet."""

from __future__ import annotations

from kg.extraction.grammar.clauses import find_clauses
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.verb_group import VerbGroup

_FUNCTION_WORDS = (
    "determiners", "prepositions", "pronouns", "subordinators", "coordinators", "adverbs",
    "negations", "adding", "be", "have", "do", "modals",
)  # fmt: skip
# They tell of nothing without what stands beside them.
_EMPTY = frozenset(("be", "have", "do"))


def tells_something(one: Parse, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a quote has a verb or a noun that says what happened, not only names.

    What goes somewhere says so with its number or with whose it is: "20 drones", "Russian tanks".
    """
    if any(first <= g.head < last and g.lemma not in _EMPTY for g in one.verbs):
        return True
    inside = one.mentions_in(first, last)
    named = {i for m in inside for i in range(m.first, m.last)}
    counted = any(first <= q.first and q.last <= last for q in one.quantities)
    if any(m.kind == "item" for m in inside):
        return counted or any(m.kind != "item" for m in inside)
    free = (i for i in range(first, last) if i not in named and i not in one.counted)
    return any(_is_common_noun(one, i, lexicon) for i in free)


def _is_common_noun(one: Parse, index: int, lexicon: Lexicon) -> bool:
    low = one.lows[index]
    if not low.isalpha() or is_function_word(low, lexicon):
        return False
    return index == 0 or not one.tokens[index].text[0].isupper()


def is_function_word(low: str, lexicon: Lexicon) -> bool:
    """Whether a word only holds others together: "the", "to", "it", "has"."""
    return any(low in lexicon[key] for key in _FUNCTION_WORDS)


def is_of_things(one: Parse, personnel: frozenset[str]) -> bool:
    """Whether words that are to name somebody end in a thing: "drones", "five Iranian tanks".

    Args:
        one: the words.
        personnel: the ids of the items that are people.
    """
    ends: list[Mention] = [m for m in one.mentions if m.last == len(one.tokens)]
    return any(m.kind == "item" and personnel.isdisjoint(m.items) for m in ends)


def verb_there(one: Parse, first: int, last: int, lexicon: Lexicon) -> VerbGroup | None:
    """Return the verb by which a quote tells what happened, not the one by which it is said."""
    for group in one.verbs:
        told = first <= group.head < last and group.lemma not in _EMPTY
        if told and group.lemma not in lexicon["say"] and group.lemma not in lexicon["deny"]:
            return group
    return None


def is_conditional(one: Parse, verb: VerbGroup, lexicon: Lexicon) -> bool:
    """Whether a verb only says what may be: "if Iran sends them", "asked whether it sent them"."""
    clauses = find_clauses(one, lexicon)
    return any(clause.conditional for clause in clauses if clause.verb is verb)


def modality_there(
    one: Parse, verb: VerbGroup, lexicon: Lexicon, *, agreement: bool = False
) -> str | None:
    """Return how a verb holds if it is of something that is not done yet, else None.

    Args:
        one: the sentence.
        verb: the verb.
        lexicon: the words.
        agreement: whether the verb tells of an agreement, which "agreed to send" makes at once.
    """
    if verb.modality not in ("expected", "possible"):
        return None
    if agreement and one.lows[verb.first] not in lexicon["modals"]:
        return None
    if verb.modality == "expected" and not {"if", "unless"}.isdisjoint(one.words_used):
        return "possible"
    return verb.modality
