"""A clause as a frame reads it: its parts, what it is about, and the words behind its verb."""

from __future__ import annotations

from kg.extraction.document.those_two import those_two
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.situations.roles import Roles
from kg.extraction.situations.sides import has_anaphor
from kg.extraction.situations.theme import Theme, ThemeFinder
from kg.extraction.words.lexicon import Frame, Lexicon


class Situation:
    """A clause as a frame reads it."""

    __slots__ = (
        "_theme", "clause", "denied", "frame", "lexicon", "parse", "parts", "sides", "themes"
    )  # fmt: skip

    def __init__(
        self,
        parse: Parse,
        clause: Clause,
        frame: Frame,
        parts: Roles,
        themes: ThemeFinder,
        lexicon: Lexicon,
        denied: bool,
    ) -> None:
        """Take the clause with its parts, and what finds its theme and sides."""
        self.parse, self.clause, self.frame, self.parts = parse, clause, frame, parts
        self.themes, self.sides, self.lexicon = themes, themes.sides, lexicon
        self.denied = denied
        self._theme: Theme | None = None

    @property
    def theme(self) -> Theme:
        """What the clause is about: looked for once, and only if a need or the frame asks."""
        if self._theme is None:
            self._theme = self.themes.find(self.parse, self.clause, self.parts, self.frame)
        return self._theme

    def has_sides(self, role: str) -> bool:
        """Whether a part of the clause names a side."""
        return bool(self.sides.of(self.parse, self.parts.parts[role]))

    @property
    def subject_elsewhere(self) -> bool:
        """Whether the subject stands further left or is a pronoun."""
        return self.clause.shared or has_anaphor(self.parse, self.clause)

    @property
    def names_those_two(self) -> bool:
        """Whether the subject is "the two sides" or the like, of whom the text has told."""
        subject = self.parse.lows[slice(*self.clause.subject)]
        return bool(those_two(self.sides.memory, subject, self.parse.paragraph))

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
        return not self.lexicon[name].isdisjoint(self.words()[:limit])
