"""Names that a document has made known: a surname at the head of a sentence is one again."""

from __future__ import annotations

from kg.extraction.gazetteer import fold
from kg.extraction.memory import Memory
from kg.extraction.mentions import Mention
from kg.extraction.parse import Parse

_MARKS = frozenset("\"“«'‘")


def recall_surname(one: Parse, memory: Memory) -> None:
    """Take in a surname where a sentence begins: any word has a capital there."""
    first = 1 if one.lows[0] in _MARKS and len(one.lows) > 1 else 0
    word = one.tokens[first].text
    if not word[0].isupper() or first in one.verb_at or fold(word) not in memory.surnames:
        return
    if any(m.first <= first < m.last for m in one.mentions):
        return
    mention = Mention(first, first + 1, "unknown")
    one.mentions.insert(0, mention)
    one.mention_at[first] = mention
