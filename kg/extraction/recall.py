"""What sentences take from those before them: surnames at their head, dates told by another."""

from __future__ import annotations

from kg.extraction.folding import fold
from kg.extraction.later_dates import tell_by_another
from kg.extraction.lexicon import Lexicon
from kg.extraction.mentions import Mention
from kg.extraction.parse import Parse

_MARKS = frozenset("\"“«'‘")


class Recall:
    """Completes the sentences of one document, in their order."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Begin a document."""
        self.lexicon = lexicon
        self._names: set[str] = set()
        self._paragraph = -1
        self._dated: str | None = None

    def complete(self, one: Parse) -> None:
        """Take in a known name at the head of a sentence, and dates that count from another."""
        if one.paragraph != self._paragraph:
            self._paragraph, self._dated = one.paragraph, None
        self._recall_name(one)
        tell_by_another(one, self._dated, self.lexicon)
        if one.dates:
            self._dated = one.dates[-1].edtf
        for mention in one.mentions:
            if mention.last - mention.first > 1 and mention.kind in ("person", "unknown"):
                ends = (one.tokens[mention.first], one.tokens[mention.last - 1])
                self._names.update(fold(token.text) for token in ends)

    def _recall_name(self, one: Parse) -> None:
        """Take in a name where a sentence begins: any word has a capital there."""
        first = 1 if one.lows[0] in _MARKS and len(one.lows) > 1 else 0
        word = one.tokens[first].text
        if not word[0].isupper() or first in one.verb_at or fold(word) not in self._names:
            return
        if any(m.first <= first < m.last for m in one.mentions):
            return
        mention = Mention(first, first + 1, "unknown")
        one.mentions.insert(0, mention)
        one.mention_at[first] = mention
