"""What comes along with a force or goods: "90 men, along with 12 guns", "with 30 more to come"."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extraction.document.found import Found
from kg.extraction.events.sitting import Part, Sitting
from kg.extraction.figures.quantities import Quantity
from kg.extraction.names.mentions import Mention

# The name of the rule in a draft.
BESIDE = "beside"
_JOINTS = (
    ("along", "with"),
    ("together", "with"),
    ("as", "well", "as"),
    ("accompanied", "by"),
    ("coupled", "with"),
    ("among", "them"),
)
_OPENERS = frozenset(("along", "together", "well", "accompanied", "coupled", "among"))
# What leads to a figure of more of the same, or of something else that comes too.
_ADDING = frozenset(("and", "with", "plus"))
_MORE = frozenset(("more", "further", "additional"))
# What is bought or sent only if somebody wants it, and what has not yet come.
_OPTION = ("an", "option", "on"), ("an", "option", "for"), ("options", "on"), ("options", "for")
_AHEAD = frozenset(("follow", "come", "go", "join", "arrive", "take", "receive", "undergo"))
# So many words may stand between the joint and the noun, and between a claim and the joint.
_NEAR = 5
_FAR = 14
_TYPES = frozenset(("Shipment", "Deployment", "Training"))
_KINDS = {"persons": "Deployment", "goods": "Shipment", "containers": "Shipment"}


def find_beside(sitting: Sitting) -> Iterable[Found]:
    """Return a claim for what comes with those of whom the sentence has told, and for more."""
    words = sitting.parse.words_used
    if not sitting.found or (_OPENERS.isdisjoint(words) and _ADDING.isdisjoint(words)):
        return ()
    beside = _Beside(sitting)
    along = [*beside.along()] if not _OPENERS.isdisjoint(words) else []
    taken = [found.quantity for found in along]
    added = beside.added() if sitting.parse.quantities else ()
    return (*along, *(found for found in added if found.quantity not in taken))


class _Beside(Part):
    """Finds claims about what a force or goods bring along."""

    def along(self) -> Iterator[Found]:
        """Yield what comes "along with" what was told of, counted or not."""
        lows = self.parse.lows
        for at in range(len(lows) - 3):
            joint = next((j for j in _JOINTS if tuple(lows[at : at + len(j)]) == j), None)
            told = self._told(at) if joint is not None else None
            if joint is None or told is None:
                continue
            behind = at + len(joint)
            near = (m for m in self.parse.mentions if m.items and m.first >= behind)
            # "Among them radars and four launchers": of parts only the counted are told of.
            part = joint[0] == "among"
            thing = next((m for m in near if not part or m.quantity is not None), None)
            if thing is not None and thing.first <= behind + _NEAR + 3 * part:
                yield from self._thing(at, thing, told)

    def added(self) -> Iterator[Found]:
        """Yield figures that nothing tells of yet: "and 35 tonnes of food", "with 80 more"."""
        counted = {m.quantity: m for m in self.parse.mentions if m.quantity is not None}
        lows = self.parse.lows
        for index, figure in enumerate(self.parse.quantities):
            at = self._joint(figure)
            told = self._told(at) if at is not None else None
            if at is None or told is None or self._is_told(figure):
                continue
            thing = counted.get(index) or self._measured(figure)
            if thing is not None and thing.items and self._goes_on(at, told, thing):
                yield from self._thing(at, thing, told, figure)
            elif thing is None and self._is_more(figure) and lows[at] in _ADDING:
                yield self._claim(told, at, self._end(figure), told.reading.klass, figure)

    def _told(self, at: int) -> Found | None:
        """Return the claim of the sentence beside which something else comes."""
        near = [f for f in self.found if f.first < at <= f.last + _FAR and not f.listed]
        told = near[-1] if near else None
        moved = told is not None and told.reading.type in _TYPES
        return told if moved and told is not None and told.polarity == "affirmed" else None

    def _is_told(self, figure: Quantity) -> bool:
        return any(f.quantity is figure for f in self.found)

    def _joint(self, figure: Quantity) -> int | None:
        """Return where the words begin that join a figure to what stands before it."""
        lows, at = self.parse.lows, figure.first - 1
        at -= at > 0 and lows[at] == "another"
        for option in _OPTION:
            if tuple(lows[max(0, at + 1 - len(option)) : at + 1]) == option:
                at -= len(option)
        return at if at > 1 and lows[at] in _ADDING else None

    def _measured(self, figure: Quantity) -> Mention | None:
        """Return what a measure is of: "35 tonnes of equipment"."""
        if not figure.measured or self.parse.lows[figure.last : figure.last + 1] != ["of"]:
            return None
        behind = (m for m in self.parse.mentions if m.items and m.first > figure.last)
        thing = next(behind, None)
        return thing if thing is not None and thing.first <= figure.last + 2 else None

    def _goes_on(self, at: int, told: Found, thing: Mention) -> bool:
        """Whether a counted thing stands in a list right behind one that was told of."""
        lows = self.parse.lows
        if lows[at] == "with":  # "a carrier with 6,000 sailors" tells how big it is
            return "another" in lows[at : thing.first] or "option" in lows[at : thing.first]
        if lows[at] == "plus":
            return True
        # In a subject a force's own vehicles may stand: "1,000 men and 200 lorries moved east".
        behind = any(told.first <= group.first < at for group in self.parse.verbs)
        before = [m for m in self.parse.mentions_in(told.first, at) if m.items and m.last == at]
        return behind and bool(before) and self._is_next(before[0])

    def _is_next(self, before: Mention) -> bool:
        """Whether the thing before a joint is told of, or has no figure that could be."""
        return before.quantity is None or self._is_told(self.parse.quantities[before.quantity])

    def _is_more(self, figure: Quantity) -> bool:
        """Whether a bare figure is of more of the same: "80 more", "another 300,000"."""
        lows = self.parse.lows
        return lows[figure.last : figure.last + 1] != [] and (
            lows[figure.last] in _MORE or lows[figure.first - 1] == "another"
        )

    def _end(self, figure: Quantity) -> int:
        """Return where the words about more of the same end: at the next mark."""
        lows, at = self.parse.lows, figure.last
        while at < len(lows) and (lows[at][0].isalnum() or lows[at] == "-"):
            at += 1
        return at

    def _klass(self, thing: Mention) -> str:
        return self.reader.gazetteer.item_class(thing.items[0])

    def _thing(
        self, at: int, thing: Mention, told: Found, figure: Quantity | None = None
    ) -> Iterator[Found]:
        """Yield the claim of a thing of another kind, or of one that is counted apart."""
        klass = self._klass(thing)
        if figure is None and thing.quantity is not None:
            figure = self.parse.quantities[thing.quantity]
        if figure is not None and told.quantity is figure and not self._counts_before(told, at):
            return
        told_already = figure is not None and self._is_told(figure) and told.quantity is not figure
        same = klass == told.reading.klass or _KINDS.get(klass) == told.reading.type
        if klass not in _KINDS or told_already or (same and figure is None):
            return
        yield self._claim(told, at, thing.last, klass, figure, list(thing.items))

    def _counts_before(self, told: Found, at: int) -> bool:
        """Whether a counted thing before the joint is what was told of: give it its figure."""
        for mention in self.parse.mentions_in(told.first, at):
            if mention.quantity is None or not mention.items:
                continue
            if _KINDS.get(self._klass(mention)) == told.reading.type:
                told.quantity = self.parse.quantities[mention.quantity]
                told.reading = replace(
                    told.reading, quantity=mention.quantity, items=list(mention.items)
                )
                return True
        return False

    def _claim(
        self,
        told: Found,
        at: int,
        last: int,
        klass: str,
        figure: Quantity | None,
        items: list[str] | None = None,
    ) -> Found:
        """Return the claim of what comes too, and let the first one end before it."""
        reading = told.reading
        kind = _KINDS.get(klass, reading.type) if items is not None else reading.type
        if items is not None and kind != reading.type and klass != reading.klass:
            aspect = "personnel-total" if klass == "persons" else "items-delivered"
            reading = replace(reading, type=kind, aspect=aspect)
        quantity = self.parse.quantities.index(figure) if figure is not None else None
        items = items if items is not None else list(reading.items)
        reading = replace(
            reading, items=items, quantity=quantity, klass=klass, contents=[], further=[]
        )
        date, ahead = told.date, self._is_ahead(at, last)
        if self._ends_with(told, at, last):
            told.last = at - (self.parse.lows[at - 1] == ",")
            if date is not None and date.first >= at:
                told.date = None
        rule = f"{BESIDE}:{self.parse.lows[at]}"
        made = replace(told, reading=reading, first=at, last=last, quantity=figure, listed=True)
        made.date, made.rule = date, rule
        made.modality = "expected" if ahead else told.modality
        return made

    def _is_ahead(self, at: int, last: int) -> bool:
        """Whether what comes too has not come yet: "with 80 more to follow", "an option on"."""
        words = self.parse.lows[at:last]
        due = any(a == "to" and b in _AHEAD for a, b in itertools.pairwise(words))
        return due or "option" in words or "options" in words

    def _ends_with(self, told: Found, at: int, last: int) -> bool:
        """Whether a claim ends with what comes too, and no verb of it stands behind that."""
        verb = any(at < group.first for group in self.parse.verbs if group.first < told.last)
        return told.first < at - 1 and at < told.last <= last and not verb
