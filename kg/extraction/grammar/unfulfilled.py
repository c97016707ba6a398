"""What could or should have been and was not: "could have sent soldiers, but did not"."""

from __future__ import annotations

from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse

# So far behind a verb stands that it was not done, and so many words say so.
_FAR, _TAIL = 30, 5
_JOINS = frozenset(("but", "yet", "and"))
# Who "will, but has not" may still do it.
_DID = frozenset(("did", "had"))
_NOT = frozenset(("not", "n't", "never", "’t", "'t"))
_BETWEEN = frozenset(
    ("it", "they", "he", "she", "ultimately", "finally", "then", "so", "in", "the")
)
_ENDS = frozenset((".", ";", ",", "”", '"', "!"))


def note_unfulfilled(parse: Parse, clauses: list[Clause]) -> None:
    """Negate the verbs of which the sentence goes on to say that nothing came of them."""
    if _NOT.isdisjoint(parse.words_used) or _JOINS.isdisjoint(parse.words_used):
        return
    for clause in clauses:
        verb = clause.verb
        open_ = verb.modality in ("possible", "expected") and not verb.negated
        if open_ and verb.form == "finite" and _was_not(parse.lows, verb.last, clauses):
            verb.negated, verb.modality = True, "actual"


def _was_not(lows: list[str], first: int, clauses: list[Clause]) -> bool:
    """Whether "but did not" and no more stands behind, before another verb does."""
    for at in range(first, min(first + _FAR, len(lows) - 1)):
        if lows[at] in _JOINS:
            if (size := _denial(lows, at + 1)) and _ends(lows, at + 1 + size):
                return not any(first <= c.verb.head < at for c in clauses)
        elif lows[at] in ";.":
            return False
    return False


def _denial(lows: list[str], at: int) -> int:
    """Return how many words "did not", "never did" or "in the end it did not" are."""
    words = lows[at : at + _TAIL + 2]
    for size in range(2, len(words) + 1):
        two = set(words[size - 2 : size])
        if not _DID.isdisjoint(two) and not _NOT.isdisjoint(two):
            led = all(w in _BETWEEN or w == "end" for w in words[: size - 2])
            return size if led else 0
    return 0


def _ends(lows: list[str], at: int) -> bool:
    """Whether nothing but "do so" follows before a mark."""
    at += 2 * (lows[at : at + 2] == ["do", "so"])
    return at >= len(lows) or lows[at] in _ENDS
