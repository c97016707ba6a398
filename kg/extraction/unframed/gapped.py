"""What a date and a figure tell without a verb: "sent 20 tanks in May and, in July, 30 guns"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extraction.dating.dated import Dated
from kg.extraction.document.found import Found
from kg.extraction.document.memory import MOVING
from kg.extraction.events.sitting import Part, Sitting

# The name of the rule in a draft.
GAPPED = "gapped"
_BEFORE_DATES = frozenset(("in", "on", "by", "at", "during", "early", "late"))
_WHEN = _BEFORE_DATES | {"towards", "toward", "next", "this", "before", "after", "from"}
_TOLD = (*MOVING, "Measure")


def find_gapped(sitting: Sitting) -> Iterable[Found]:
    """Return a claim for each figure that stands behind "and" with a date of its own."""
    parse = sitting.parse
    if "and" not in parse.words_used or not sitting.found:
        return ()
    gapped = _Gapped(sitting)
    dated = len(parse.dates) > 1 and parse.quantities
    figures = (*gapped.claims(), *gapped.dated_behind()) if dated else ()
    ranked = not sitting.lexicon["ordinals"].isdisjoint(parse.words_used)
    return (*figures, *(gapped.ranked() if ranked else ()))


class _Gapped(Part):
    """Finds claims whose verb stands in the clause before, with another date."""

    def claims(self) -> Iterator[Found]:
        for dated in self.parse.dates:
            joint = self._joint(dated)
            figure = self._figure(dated.last) if joint is not None else None
            told = self._told(joint) if joint is not None and figure is not None else None
            if joint is not None and figure is not None and told is not None:
                yield self._claim(joint, figure, dated, told)

    def dated_behind(self) -> Iterator[Found]:
        """Yield "and five in 2025": a figure alone with a date of its own behind it."""
        lows, counted = self.parse.lows, {m.quantity for m in self.parse.mentions}
        for dated in self.parse.dates:
            end = dated.first - (lows[dated.first - 1] in _BEFORE_DATES)
            figures = enumerate(self.parse.quantities)
            index = next((i for i, q in figures if q.last == end and i not in counted), None)
            if index is None or any(f.quantity is self.parse.quantities[index] for f in self.found):
                continue
            joint = self.parse.quantities[index].first - 1
            told = self._told(joint) if joint > 0 and lows[joint] == "and" else None
            if told is not None and told.quantity is not None:
                yield self._claim(joint, index, dated, told)

    def ranked(self) -> Iterator[Found]:
        """Yield "and the fifth in June": the next of those of which one is told to come."""
        lows, ordinals = self.parse.lows, self.lexicon["ordinals"]
        for at in range(2, len(lows) - 2):
            ranks = lows[at] == "and" and lows[at + 1] == "the" and lows[at + 2] in ordinals
            told = self._told(at) if ranks and lows[at + 3] in _WHEN else None
            if told is None or not self._is_ranked(told):
                continue
            end, told.last = told.last, at - (lows[at - 1] == ",")
            dated = next((d for d in self.parse.dates if at < d.first and d.last <= end), None)
            if told.date is dated:
                told.date = None
            yield replace(told, first=at + 1, last=end, date=dated, listed=True, quantity=None)

    def _is_ranked(self, told: Found) -> bool:
        """Whether a claim is itself of one of several: "the fourth will come in March"."""
        words = self.parse.lows[told.first : told.first + 2]
        return words[:1] == ["the"] and words[1] in self.lexicon["ordinals"]

    def _joint(self, dated: Dated) -> int | None:
        """Return where "and" stands before a date: "and, in July," or "and in July"."""
        lows, at = self.parse.lows, dated.first - 1
        at -= lows[at] in _BEFORE_DATES
        at -= lows[at] == ","
        return at if at > 0 and lows[at] == "and" else None

    def _figure(self, last: int) -> int | None:
        """Return the figure right behind a date."""
        first = last + (self.parse.lows[last : last + 1] == [","])
        figures = enumerate(self.parse.quantities)
        return next((index for index, q in figures if q.first == first), None)

    def _told(self, joint: int) -> Found | None:
        """Return the claim of the clause in which the joint stands."""
        near = [f for f in self.found if f.first < joint <= f.last and f.reading.type in _TOLD]
        return near[-1] if near else None

    def _claim(self, joint: int, index: int, dated: Dated, told: Found) -> Found:
        """Return the claim of the second figure, and let the first one end before it."""
        parse, figure = self.parse, self.parse.quantities[index]
        items = next((m.items for m in parse.mentions if m.quantity == index and m.items), None)
        klass = self.reader.gazetteer.item_class(items[0]) if items else told.reading.klass
        end, told.last = told.last, joint - (parse.lows[joint - 1] == ",")
        if told.quantity is figure:
            told.quantity, told.reading = None, replace(told.reading, quantity=None)
        if told.date is dated or told.date is None:
            inside = (d for d in parse.dates if told.first <= d.first < told.last)
            told.date = next(inside, None)
        reading = replace(
            told.reading,
            items=items or told.reading.items,
            quantity=index,
            klass=klass,
            further=[],
        )
        return replace(
            told,
            reading=reading,
            first=figure.first,
            last=max(end, figure.last),
            quantity=figure,
            date=dated,
            listed=True,
            rule=f"{GAPPED}:and",
        )
