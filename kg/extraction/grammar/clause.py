"""A clause: a verb with the words of its subject and of what follows it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.words.verb_group import VerbGroup

# What opens a clause that no word opens: "the tanks Poland had promised".
CONTACT = "(that)"
# What opens a clause that is put between "that" and what is told: "that, as Riga said, they left".
FRONTED = "(as)"


@dataclass(eq=False, slots=True)
class Clause:
    """A verb group and its surroundings; all numbers are indices of tokens.

    Attributes:
        verb: the verb group.
        subject: first and last-but-one token of the words of its subject.
        start: where the clause begins.
        end: behind its last word.
        parent: the clause before whose subject it shares or whose noun it describes.
        shared: whether it has no subject of its own.
        embedded: whether it only describes a noun of its parent, as "sent to Russia" may.
        relative: whether it begins with who, which or that.
        conditional: whether it begins with if, whether or unless.
        opener: the word that opens it, or CONTACT.
    """

    verb: VerbGroup
    subject: tuple[int, int]
    start: int
    end: int = 0
    parent: Clause | None = None
    shared: bool = False
    embedded: bool = False
    relative: bool = False
    conditional: bool = False
    opener: str = ""

    @property
    def right(self) -> tuple[int, int]:
        """First and last-but-one token of what follows the verb."""
        last = self.verb.last
        return last, self.end if self.end > last else last

    def with_verb(self, verb: VerbGroup) -> Clause:
        """Return the clause with another verb; written out, for it is asked for often."""
        return Clause(
            verb,
            self.subject,
            self.start,
            self.end,
            self.parent,
            self.shared,
            self.embedded,
            self.relative,
            self.conditional,
            self.opener,
        )
