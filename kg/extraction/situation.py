"""A clause as a frame reads it: its parts, what it is about, and the words behind its verb."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.clause import Clause
from kg.extraction.lexicon import Lexicon
from kg.extraction.parse import Parse
from kg.extraction.roles import Roles
from kg.extraction.sides import SideFinder, has_anaphor
from kg.extraction.theme import Theme


@dataclass(slots=True)
class Situation:
    """A clause as a frame reads it."""

    parse: Parse
    clause: Clause
    parts: Roles
    theme: Theme
    sides: SideFinder
    lexicon: Lexicon
    denied: bool

    def has_sides(self, role: str) -> bool:
        """Whether a part of the clause names a side."""
        return bool(self.sides.of(self.parse, self.parts.parts[role]))

    @property
    def subject_elsewhere(self) -> bool:
        """Whether the subject stands further left or is a pronoun."""
        return self.clause.shared or has_anaphor(self.parse, self.clause)

    def words(self, *, whole: bool = False) -> list[str]:
        """Return the words behind the verb; from the subject on if it is passive or `whole`."""
        verb, last = self.clause.verb, self.clause.right[1]
        # A verb of several words has taken in its object: "struck a deal".
        first = min(verb.head + 1, verb.last)
        if whole or verb.passive:
            first = self.clause.subject[0]
        return self.parse.lows[first:last]

    def has_word(self, name: str, limit: int | None = None) -> bool:
        """Whether a word of the list `name` stands behind the verb."""
        return any(word in self.lexicon[name] for word in self.words()[:limit])
