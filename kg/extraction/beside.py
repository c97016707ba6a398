"""What comes along with a force or goods: "90 men, along with more equipment"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extraction.found import Found
from kg.extraction.mentions import Mention
from kg.extraction.sitting import Part, Sitting

# The name of the rule in a draft.
BESIDE = "beside"
_JOINTS = (("along", "with"), ("together", "with"), ("as", "well", "as"), ("accompanied", "by"))
_OPENERS = frozenset(("along", "together", "well", "accompanied"))
# So many words may stand between the joint and the noun, and between a claim and the joint.
_NEAR = 5
_FAR = 14
_SENDING = frozenset(("give", "arrive", "deploy", "take", "take-goods", "receive"))


def find_beside(sitting: Sitting) -> Iterable[Found]:
    """Return a claim for goods that come with persons, and for persons that come with goods."""
    if _OPENERS.isdisjoint(sitting.parse.words_used):
        return ()
    return _Beside(sitting).claims()


class _Beside(Part):
    """Finds claims about what a force or goods bring along."""

    def claims(self) -> Iterator[Found]:
        lows = self.parse.lows
        for at in range(len(lows) - 3):
            joint = next((j for j in _JOINTS if tuple(lows[at : at + len(j)]) == j), None)
            told = self._told(at) if joint is not None else None
            if joint is None or told is None:
                continue
            behind = at + len(joint)
            thing = next((m for m in self.parse.mentions if m.first >= behind and m.items), None)
            if thing is not None and thing.first <= behind + _NEAR:
                yield from self._claim(at, thing, told)

    def _told(self, at: int) -> Found | None:
        """Return the claim of the sentence beside which something else comes."""
        near = [f for f in self.found if f.first < at <= f.last + _FAR and not f.listed]
        told = near[-1] if near else None
        moved = told is not None and told.reading.frame.name in _SENDING
        return told if moved and told is not None and told.polarity == "affirmed" else None

    def _claim(self, at: int, thing: Mention, told: Found) -> Iterator[Found]:
        klass = self.reader.gazetteer.item_class(thing.items[0])
        kinds = {"persons": "Deployment", "goods": "Shipment", "containers": "Shipment"}
        kind = kinds.get(klass)
        if kind is None or klass == told.reading.klass or kind == told.reading.type:
            return
        aspect = "personnel-total" if klass == "persons" else "items-delivered"
        reading = replace(
            told.reading,
            type=kind,
            aspect=aspect,
            items=list(thing.items),
            quantity=thing.quantity,
            klass=klass,
            contents=[],
            further=[],
        )
        figure = self.parse.quantities[thing.quantity] if thing.quantity is not None else None
        rule = f"{BESIDE}:{self.parse.lows[at]}"
        yield replace(
            told,
            reading=reading,
            first=at,
            last=thing.last,
            quantity=figure,
            listed=True,
            rule=rule,
        )
