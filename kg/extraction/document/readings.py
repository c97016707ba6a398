"""An event as one clause tells it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extraction.document.memory import Happening, Sides
from kg.extraction.grammar.listing import Listed
from kg.extraction.words.lexicon import Frame


@dataclass(slots=True)
class Reading:
    """An event as one clause tells it.

    Attributes:
        frame: the frame that read it.
        type: the type of event.
        from_: whose force or goods.
        to: where they go, or the other side.
        aspect: the side of the event that is told.
        items: what it is about.
        quantity: index of the sentence's quantity that counts it.
        places: ids.
        klass: persons, goods, containers or nothing.
        contents: what containers hold.
        further: other counted things of a list.
    """

    frame: Frame
    type: str
    from_: Sides
    to: Sides
    aspect: str = "occurrence"
    items: list[str] = field(default_factory=list)
    quantity: int | None = None
    places: list[str] = field(default_factory=list)
    klass: str = ""
    contents: list[str] = field(default_factory=list)
    further: list[Listed] = field(default_factory=list)

    def as_happening(self, paragraph: int) -> Happening:
        """Return what a document remembers of the event."""
        items = tuple(self.items)
        places = tuple(self.places)
        return Happening(self.type, self.from_, self.to, items, self.klass, paragraph, places)


def of_the_same(frame: Frame, kind: str, told: Happening, figure: int | None) -> Reading:
    """Return a reading of what goes on with an event told of, between the same sides.

    Args:
        frame: under whose name it is read.
        kind: the type of event.
        told: the event that it goes on with.
        figure: index of the quantity that counts it, if one does.
    """
    aspect = "occurrence"
    if kind == "Training":
        aspect = "personnel-training"
    elif kind == "Shipment":
        aspect = "items-delivered"
    elif figure is not None:
        aspect = "personnel-total"
    if kind == "Meeting":  # those of both sides take part
        return Reading(frame, kind, tuple(dict.fromkeys((*told.from_, *told.to))), (), aspect)
    items = list(told.items)
    return Reading(frame, kind, told.from_, told.to, aspect, items, figure, klass=told.klass)
