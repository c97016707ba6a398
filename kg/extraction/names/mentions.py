"""Mentions: the names and nouns of a sentence, and the actors, places and items they stand for.

Unknown names are kept as mentions that refer to nothing; none is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.words.folding import fold
from kg.extraction.words.glance import Glance
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.tokens import Token

NATION = ("state", "demonym")
NAMED = (*NATION, "organization")


@dataclass(eq=False, slots=True)
class Mention:
    """Words of a sentence that name something.

    Attributes:
        first: index of its first token.
        last: index behind its last token.
        kind: state, demonym, person, organization, place, item, collective, unknown; pronoun and
            definite for words that stand for one of these.
        actor: id of the actor it stands for.
        place: id of the place it stands for.
        items: ids of the items it names.
        nation: the mention that says whose these are: "Russian" in "Russian soldiers".
        joint: who else they are of: "French" in "French and German soldiers".
        owner: the pronoun that says so: "its soldiers".
        modifies: whether it only says whose something else is.
        quantity: what counts it, an index into the sentence's quantities.
        candidates: ids of all actors it can stand for, where there are several.
        declared: the class of an actor that the reference data lacks, by its own name.
    """

    first: int
    last: int
    kind: str
    actor: str | None = None
    place: str | None = None
    items: list[str] = field(default_factory=list)
    nation: Mention | None = None
    joint: Sequence[Mention] = ()
    owner: str = ""
    modifies: bool = False
    quantity: int | None = None
    candidates: Sequence[str] = ()
    declared: str = ""

    def class_in(self, gazetteer: Gazetteer) -> str:
        """Return the class of the actor it stands for, an empty string if there is none."""
        return self.declared or gazetteer.type_of(self.actor or "")


@dataclass(eq=False, slots=True)
class Words:
    """The words of a sentence, with what is needed to tell what they name.

    Attributes:
        glance: at which of them what can begin.
        tokens: of the sentence.
        lows: the same in lower case.
        folded: the same without accents.
        verbs: indices of tokens that are verbs there, and so name nothing.
        lexicon: roles, sources and bodies.
        gazetteer: the known names.
    """

    glance: Glance
    tokens: Sequence[Token]
    lows: list[str]
    folded: list[str]
    verbs: frozenset[int]
    lexicon: Lexicon
    gazetteer: Gazetteer

    @classmethod
    def of(
        cls, glance: Glance, verbs: frozenset[int], lexicon: Lexicon, gazetteer: Gazetteer
    ) -> Words:
        """Return the words of a sentence; `verbs` are the indices of its verbs."""
        lows = glance.lows
        plain = all(map(str.isascii, lows))
        folded = lows if plain else [low if low.isascii() else fold(low) for low in lows]
        return cls(glance, glance.tokens, lows, folded, verbs, lexicon, gazetteer)
