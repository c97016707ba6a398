"""A claim as it is found in one sentence, before it is written as part of a record."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extraction.dating.dated import Dated
from kg.extraction.document.readings import Reading
from kg.extraction.figures.quantities import Quantity
from kg.extraction.grammar.parse import Parse


@dataclass(slots=True)
class Found:
    """A claim as found in one sentence, before it is written as part of a record.

    Attributes:
        reading: what happened.
        first: index of the first token of its quote.
        last: index behind the last.
        parse: the sentence.
        polarity: affirmed or denied.
        modality: actual, ongoing, expected, possible or requested.
        speakers: ids; empty where the text itself speaks.
        via: ids of those who carry it.
        based_on: ids of those the speakers rest on.
        hedge: how sure the words are.
        quantity: the figure.
        date: when it happened or is to happen.
        date_parse: the sentence that states the date, if it is another one.
        said: when it was said.
        evidence: index of the token at which the evidence is named, if it rests on any.
        rule: which rules made it.
        listed: whether it is of a further thing in the list of the claim before.
        bare: whether it is a denial of something named by a pronoun only.
    """

    reading: Reading
    first: int
    last: int
    parse: Parse
    polarity: str = "affirmed"
    modality: str = "actual"
    speakers: list[str] = field(default_factory=list)
    via: list[str] = field(default_factory=list)
    based_on: list[str] = field(default_factory=list)
    hedge: str | None = None
    quantity: Quantity | None = None
    date: Dated | None = None
    date_parse: Parse | None = None
    said: Dated | None = None
    evidence: tuple[int, int, str] | None = None
    rule: str = ""
    listed: bool = False
    bare: bool = False

    @property
    def is_utterance(self) -> bool:
        """Whether the event is itself something said, such as a condemnation."""
        return self.reading.frame.speech
