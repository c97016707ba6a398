"""A figure that another is set against: "2,000 remain, compared with 10,000 in the winter"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extraction.document.found import Found
from kg.extraction.events.sitting import Part, Sitting

# The name of the rule in a draft.
COMPARED = "compared"
_JOINTS = (
    *(("compared", "with"), ("compared", "to"), ("up", "from"), ("down", "from")),
    *(("as", "against"), ("as", "opposed", "to"), (",", "against"), ("from",)),
)
_OPENERS = frozenset(("compared", "up", "down", "against", "opposed", "from"))
# So many words may stand between a claim and the joint.
_FAR = 4
# So many more if they only say who tells it: ", according to Ukraine's border service,".
_ASIDE = 14


def find_compared(sitting: Sitting) -> Iterable[Found]:
    """Return a claim for each figure that stands behind a word of comparing."""
    parse = sitting.parse
    if len(parse.quantities) < 2 or _OPENERS.isdisjoint(parse.words_used):
        return ()
    return _Compared(sitting).claims()


class _Compared(Part):
    """Finds claims about figures of another time that one is compared with."""

    def claims(self) -> Iterator[Found]:
        lows = self.parse.lows
        for index, quantity in enumerate(self.parse.quantities):
            joint = next((j for j in _JOINTS if self._stands_before(j, quantity.first)), None)
            if joint is None or not self._is_bare(index):
                continue
            at = quantity.first - len(joint)
            told = self._told(at)
            if told is None or any(f.quantity is quantity for f in self.found):
                continue
            yield self._claim(at + (lows[at] == ","), index, told)

    def _stands_before(self, joint: tuple[str, ...], first: int) -> bool:
        return tuple(self.parse.lows[max(0, first - len(joint)) : first]) == joint

    def _is_bare(self, index: int) -> bool:
        """Whether a figure counts what the one before it does: no noun of its own behind it."""
        last = self.parse.quantities[index].last
        if any(m.quantity == index for m in self.parse.mentions):
            return False
        behind = self.parse.lows[last : last + 1] or ["."]
        small = behind[0] in self.lexicon["function-words"] or behind[0] in ("last", "earlier")
        return not behind[0][0].isalnum() or small or last in self.parse.date_at

    def _told(self, at: int) -> Found | None:
        """Return the claim whose figure stands before the joint."""
        near = [
            found
            for found in self.found
            if found.quantity is not None
            and found.reading.quantity is not None
            and found.first <= found.quantity.first < at <= found.last + self._reach(found, at)
        ]
        return near[-1] if near else None

    def _reach(self, found: Found, at: int) -> int:
        """Return how far a claim reaches: over who says it, too."""
        return _ASIDE if "according" in self.parse.lows[found.last : at] else _FAR

    def _claim(self, at: int, index: int, told: Found) -> Found:
        """Return a claim of the other figure, and let the first one end before it."""
        lows, figure = self.parse.lows, self.parse.quantities[index]
        behind = (i for i in range(figure.last, len(lows)) if not lows[i][0].isalnum())
        end = next(behind, len(lows))
        dates = [d for d in self.parse.dates if figure.last <= d.first < end]
        if told.last > at:
            told.last = at - (lows[at - 1] == ",")
        if told.date in dates:
            told.date = None
        reading = replace(told.reading, quantity=index, further=[])
        return replace(
            told,
            reading=reading,
            first=at,
            last=end,
            modality="actual",
            quantity=figure,
            date=dates[0] if dates else None,
            listed=True,
            rule=f"{COMPARED}:{lows[at]}",
        )
