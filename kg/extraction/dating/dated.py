"""A date as words of a sentence tell it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Dated:
    """A date in a sentence.

    Attributes:
        first: index of the first token of its words.
        last: index behind their last.
        edtf: what they mean; of an open interval, the point without its ``..``.
        opening: ``since`` or ``by``, if it only opens or ends an interval.
        year: the year, if it is written there.
        week: whether it is a weekday, which "last week" can move.
    """

    first: int
    last: int
    edtf: str
    opening: str = ""
    year: int | None = None
    weekday: int | None = None

    @property
    def value(self) -> str:
        """The date as a claim states it."""
        if self.opening == "since":
            return f"{self.edtf.partition('/')[0]}/.."
        if self.opening == "by":
            return f"../{self.edtf.rpartition('/')[2]}"
        return self.edtf
