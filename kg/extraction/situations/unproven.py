"""Whether a clause tells what is unproven, taken back or was not quite: "no evidence that"."""

from __future__ import annotations

from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.fronted import opened_at
from kg.extraction.grammar.parse import Parse
from kg.extraction.words.lexicon import Lexicon

# So many words stand between "no evidence" and "that", and between "nothing" and its verb.
_REACH, _NEAR = 9, 4
_NOTHING = frozenset(("nothing", "little"))
# No more than few, and not "the few who".
_SOME_FEW = frozenset(("the", "a", "past", "last", "these", "those", "quite", "next"))
_WHO = frozenset(("who", "which", "that", "days", "weeks", "months", "hours", "years"))
# The lists of which one word at the least says so.
_CUES = (
    *("scant", "unsure", "hardly-anybody", "nearness", "retracting", "unable", "left-open"),
    "nearly",
)
_STOPS = frozenset(';:—–“”"«»?.')
_YET = frozenset(("remains", "remained", "yet"))
_TO_SEND = frozenset(("to", "of"))
_NOT = frozenset(("not", "n't", "'t", "’t", "never"))
_ADDING = frozenset(("only", "just", "merely"))


def could_be_unproven(parse: Parse, lexicon: Lexicon) -> bool:
    """Whether a sentence has a word without which nothing in it is unproven or taken back."""
    return any(not parse.words_used.isdisjoint(lexicon[key]) for key in _CUES)


def is_unproven(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the words before a clause say that nobody has shown or upholds what it tells."""
    if _nearly_is(parse, clause, lexicon):
        return True
    words = _before(parse, clause)
    if not words:
        return False
    return (
        _lacks_proof(words, lexicon)
        or _is_open(words, lexicon)
        or _cannot_be_told(words, lexicon)
        or _is_of_few(words, lexicon)
        or _comes_near(words, lexicon)
        or _is_taken_back(words, lexicon)
    )


def _nearly_is(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether it was not quite done: "nearly sent 40 tanks", not "has nearly finished"."""
    verb, nearly = clause.verb, lexicon["nearly"]
    if nearly.isdisjoint(parse.words_used) or verb.lemma in lexicon["by-degrees"]:
        return False
    before = parse.lows[max(0, verb.head - 1) : verb.head]
    return not nearly.isdisjoint(before) and verb.head > clause.start


def _before(parse: Parse, clause: Clause) -> list[str]:
    """Return the words before a clause and its "that", of the same stretch."""
    lows, start = parse.lows, clause.start
    at = opened_at(parse, clause) if clause.opener == "that" else None
    end = start if at is None else at
    begin = end
    while begin > 0 and end - begin < _REACH and lows[begin - 1] not in _STOPS:
        begin -= 1
    return lows[begin:end]


def _lacks_proof(words: list[str], lexicon: Lexicon) -> bool:
    """Whether proof is wanting: "no evidence has emerged", "little proof", "nothing to suggest"."""
    scant, proof, telling = lexicon["scant"], lexicon["proof"], lexicon["proving-forms"]
    for at, word in enumerate(words):
        if word in proof and not scant.isdisjoint(words[max(0, at - _NEAR) : at]):
            return _ADDING.isdisjoint(words)
        if word in telling and not _NOTHING.isdisjoint(words[max(0, at - _NEAR) : at]):
            return at >= len(words) - 2
    return False


def _is_open(words: list[str], lexicon: Lexicon) -> bool:
    """Whether it is yet to be shown: "it remains to be proven", "it is far from certain"."""
    last, before = words[-1], words[-_NEAR - 1 : -1]
    if last in lexicon["unsure"]:
        return lexicon["scant"].isdisjoint(before) or "so" in before
    if last not in lexicon["proven"] or not _ADDING.isdisjoint(before):
        return False
    yet = not _YET.isdisjoint(before) or "far from" in " ".join(before)
    return yet or not lexicon["scant"].isdisjoint(before)


def _cannot_be_told(words: list[str], lexicon: Lexicon) -> bool:
    """Whether nobody has been able to find out: "has been unable to confirm".

    Who "has not confirmed" or "would not confirm" it only keeps silent: the words stand.
    """
    if words[-1] not in lexicon["confirm"] and words[-1] not in lexicon["finding-out"]:
        return False
    before = words[-_NEAR - 1 : -1]
    unable = not lexicon["unable"].isdisjoint(before)
    return unable or ("could" in before and not _NOT.isdisjoint(before)) or "cannot" in before


def _is_of_few(words: list[str], lexicon: Lexicon) -> bool:
    """Whether hardly anybody believes it: "few in Bamako believe"."""
    if words[-1] not in lexicon["believing"] or not _WHO.isdisjoint(words):
        return False
    few = next((i for i, word in enumerate(words) if word in lexicon["hardly-anybody"]), -1)
    return few >= 0 and (few == 0 or words[few - 1] not in _SOME_FEW)


def _comes_near(words: list[str], lexicon: Lexicon) -> bool:
    """Whether it nearly was: "came close to sending", "on the verge of attacking"."""
    return words[-1] in _TO_SEND and not lexicon["nearness"].isdisjoint(words[-2:-1])


def _is_taken_back(words: list[str], lexicon: Lexicon) -> bool:
    """Whether who said it says so no more: "withdrew its accusation", "took back his claim"."""
    if words[-1] not in lexicon["charges"] and words[-1] not in lexicon["told-by-noun"]:
        return False
    taken = next((i for i, word in enumerate(words) if word in lexicon["retracting"]), 0)
    back = words[taken] not in ("took", "taken") or "back" in words[taken:]
    return taken > 0 and back and words[taken - 1] not in lexicon["negations"]
