"""Counted things behind a colon, of which no verb tells: "two contracts: 12 drones and 60 guns"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extraction.document.found import Found
from kg.extraction.document.memory import FORCES, MOVING, Sides
from kg.extraction.document.readings import Reading
from kg.extraction.events.sitting import Part, Sitting
from kg.extraction.grammar.listing import following, without_joints

_LISTS = frozenset(
    (
        *("list", "package", "order", "orders", "consignment", "tranche", "batch", "arms"),
        *("things", "delivered", "sent", "supplied", "pledged", "promised", "ordered", "shipped"),
    )
)
# So many words may stand between the colon and the first number.
_NEAR = 2


def find_listed(sitting: Sitting) -> Iterable[Found]:
    """Return a claim for each counted thing of a list behind a colon."""
    if ":" not in sitting.parse.words_used or not sitting.parse.quantities:
        return ()
    return _Fragments(sitting).claims()


class _Fragments(Part):
    """Finds the claims that a list behind a colon makes."""

    def claims(self) -> Iterator[Found]:
        lows = self.parse.lows
        colon = lows.index(":")
        first = next((m for m in self.parse.mentions if m.first > colon and m.items), None)
        if first is None or first.quantity is None:
            return
        if self._is_told(colon) or not self._leads_to_list(colon):
            return
        figure = self.parse.quantities[first.quantity]
        if not 0 <= figure.first - colon - 1 < _NEAR:
            return
        things = [*following(self.parse, first, self.lexicon)]
        begins = [figure.first, *(thing.first for thing in things)]
        ends = [*begins[1:], len(lows) - 1]
        counted = [(first.quantity, first.items), *((t.quantity, t.items) for t in things)]
        for begin, end, (quantity, items) in zip(begins, ends, counted, strict=True):
            reading = self._reading(items, colon)
            if reading is not None:
                reading.quantity = quantity
                last = without_joints(self.parse, begin, end)
                found = Found(reading, begin, last, self.parse, rule="list", listed=True)
                found.quantity = self.parse.quantities[quantity]
                yield found

    def _leads_to_list(self, colon: int) -> bool:
        """Whether before the colon stands what is given: a contract, a delivery, a list."""
        named = self.lexicon["treaty"] | self.lexicon["document"] | _LISTS
        events = any(index < colon for index in self.parse.events)
        return events or not named.isdisjoint(self.parse.lows[:colon])

    def _is_told(self, colon: int) -> bool:
        """Whether a verb or a claim stands behind the colon, or somebody speaks before it."""
        lows, last = self.parse.lows, len(self.parse.lows)
        verbs = any(group.first > colon for group in self.parse.verbs)
        claimed = any(found.last > colon + 1 for found in self.found if self._is_moved(found))
        speaks = any(s.first > colon - 2 and s.last <= last for s in self.statements)
        return verbs or claimed or speaks or lows[colon + 1 : colon + 2] == ["“"]

    def _is_moved(self, found: Found) -> bool:
        return found.reading.type in MOVING

    def _reading(self, items: list[str], colon: int) -> Reading | None:
        """Return whose things go where: as this sentence tells, else as the one before."""
        klass = self.reader.gazetteer.item_class(items[0])
        kinds = FORCES if klass == "persons" else ("Shipment",)
        from_, to = self._sides(kinds, colon)
        if not from_ and not to:
            return None
        aspect = "personnel-total" if klass == "persons" else "items-delivered"
        kind = "Deployment" if klass == "persons" else "Shipment"
        frame = self.lexicon.frames["count"][0][1]
        return Reading(frame, kind, from_, to, aspect, list(items), klass=klass)

    def _sides(self, kinds: tuple[str, ...], colon: int) -> tuple[Sides, Sides]:
        told = [f.reading for f in self.found if f.first < colon]
        parties = [r.from_ for r in told if r.type == "Agreement" and len(r.from_) == 2]
        last = self.memory.latest(kinds)
        if last is not None and (parties or last.paragraph == self.parse.paragraph):
            known = {*last.from_, *last.to}
            if not parties or known <= {*parties[0]}:
                return last.from_, last.to
        return (), ()
