"""A verb with its auxiliaries and adverbs: tense, voice, negation and hedge."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False, slots=True)
class VerbGroup:
    """A verb with its auxiliaries and adverbs.

    Attributes:
        first: index of its first token.
        head: index of the verb that says what happens.
        last: index behind its last token.
        lemma: of the head; several words joined by nothing, as in the lexicon.
        form: finite, infinitive, gerund (-ing) or participle (a past one that stands alone).
        passive: whether its subject is what it is done to.
        negated: whether it says no.
        modality: actual, ongoing, expected or possible.
        hedge: reported, alleged, apparent, likely, or none.
    """

    first: int
    head: int
    last: int
    lemma: str
    form: str
    passive: bool = False
    negated: bool = False
    modality: str = "actual"
    hedge: str | None = None

    def until(self, last: int) -> VerbGroup:
        """Return the group with its words up to `last`; written out, for it is asked for often."""
        return VerbGroup(
            self.first,
            self.head,
            last,
            self.lemma,
            self.form,
            self.passive,
            self.negated,
            self.modality,
            self.hedge,
        )
