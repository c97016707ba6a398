"""What sentences take from those before them: surnames at their head, dates told by another."""

from __future__ import annotations

from kg.extraction.document.later_dates import tell_by_another
from kg.extraction.document.short_names import ShortNames
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.names.mentions import NATION, Mention
from kg.extraction.words.folding import fold
from kg.extraction.words.lexicon import Lexicon

_MARKS = frozenset("\"“«'‘")


class Recall:
    """Completes the sentences of one document, in their order."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        """Begin a document."""
        self.lexicon = lexicon
        self._short = ShortNames(gazetteer)
        self._names: set[str] = set()
        self._paragraph = -1
        self._dated: str | None = None
        self._states: set[str] = set()

    def complete(self, one: Parse) -> None:
        """Take in a known name at the head of a sentence, and dates that count from another."""
        if one.paragraph != self._paragraph:
            self._paragraph, self._dated = one.paragraph, None
        self._recall_name(one)
        self._tell_apart(one)
        self._short.complete(one)
        tell_by_another(one, self._dated, self.lexicon)
        if one.dates:
            self._dated = one.dates[-1].edtf
        for mention in one.mentions:
            if mention.last - mention.first > 1 and mention.kind in ("person", "unknown"):
                ends = (one.tokens[mention.first], one.tokens[mention.last - 1])
                self._names.update(fold(token.text) for token in ends)

    def _tell_apart(self, one: Parse) -> None:
        """Take "Korean" for the one Korea of which the text has spoken."""
        shared = self.lexicon.shared_names
        for mention in one.mentions:
            if mention.kind in NATION and mention.actor:
                self._states.add(mention.actor)
            elif mention.kind == "unknown" and mention.last - mention.first == 1:
                states = shared.get(one.lows[mention.first], ())
                meant = [state for state in states if state in self._states]
                if len(meant) == 1:
                    land = one.lows[mention.first] == meant[0].rpartition("-")[2]
                    mention.kind, mention.actor = "state" if land else "demonym", meant[0]

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
