"""How well a draft finds the claims of a reviewed record: matches by span and type, then per slot.

Two claims match where their quotes overlap by at least half of the shorter and a quarter of their
union, and both are denied or their events are of one family (deployment and combat are one).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.records.model import Actor, Claim, Event, Record

_FAMILY = {"Combat": "Deployment"}
_STRICT = ("speaker", "polarity", "from", "to", "quantity")
_UNDIRECTED = ("Agreement", "Meeting")


@dataclass(frozen=True)
class Told:
    """A claim with what a comparison needs: its span, its event, and the actors' names."""

    claim: Claim
    event: Event
    start: int
    names: dict[str, str]

    @property
    def end(self) -> int:
        """The offset behind its quote."""
        return self.start + len(self.claim.quote.exact)

    @property
    def family(self) -> str:
        """The type of its event, types that are told alike as one."""
        return _FAMILY.get(self.event.type, self.event.type)

    def actors(self, ids: Iterable[str]) -> frozenset[str]:
        """Return actors by id, unnamed sources by the words they are called."""
        return frozenset(self.names.get(actor, actor) for actor in ids)


@dataclass
class Score:
    """What was found, missed and invented in one or more articles.

    Attributes:
        gold: claims of the reviewed records.
        drafted: claims of the drafts.
        matched: pairs of both.
        strict: pairs in which speaker, polarity, sides and figure are right.
        right: slot to the number of pairs in which it is right.
        remarks: one for each claim missed, made too much or wrong in a slot.
    """

    gold: int = 0
    drafted: int = 0
    matched: int = 0
    strict: int = 0
    right: Counter[str] = field(default_factory=Counter)
    remarks: list[dict[str, str]] = field(default_factory=list)

    def add(self, gold: Record, draft: Record, text: str) -> None:
        """Compare the draft of an article with its reviewed record."""
        known, found = list(_told(gold, text)), list(_told(draft, text))
        pairs = _pairs(known, found)
        self.gold += len(known)
        self.drafted += len(found)
        self.matched += len(pairs)
        article = gold.article.id
        for one, other in pairs:
            wrong = [slot for slot, right in SLOTS.items() if not right(one, other)]
            self.right.update(slot for slot in SLOTS if slot not in wrong)
            self.strict += not set(wrong) & set(_STRICT)
            if wrong:
                self._remark(article, "wrong", one, ", ".join(wrong))
        for one in known:
            if not any(one is pair[0] for pair in pairs):
                self._remark(article, "missed", one, _why_missed(one, found))
        for other in found:
            if not any(other is pair[1] for pair in pairs):
                self._remark(article, "extra", other, other.claim.extracted_by or "")

    def _remark(self, article: str, kind: str, told: Told, why: str) -> None:
        quote = told.claim.quote.exact
        self.remarks.append(
            {"article": article, "kind": kind, "claim": told.claim.id, "quote": quote, "why": why}
        )

    def as_json(self) -> dict[str, Any]:
        """Return the figures and remarks as plain data."""
        return {
            "gold": self.gold,
            "drafted": self.drafted,
            "precision": _rate(self.matched, self.drafted),
            "recall": _rate(self.matched, self.gold),
            "f1": _rate(2 * self.matched, self.gold + self.drafted),
            "strict_f1": _rate(2 * self.strict, self.gold + self.drafted),
            "slots": {slot: _rate(self.right[slot], self.matched) for slot in SLOTS},
            "remarks": self.remarks,
        }


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _told(record: Record, text: str) -> Iterator[Told]:
    events = {event.id: event for event in record.events}
    names = {actor.id: _called(actor) for actor in record.actors if actor.type == "UnnamedSource"}
    for claim in record.claims:
        start = claim.quote.start
        start = text.find(claim.quote.exact) if start is None else start
        if claim.about in events:
            yield Told(claim, events[claim.about], start, names)


def _called(actor: Actor) -> str:
    return " ".join(actor.name.lower().removeprefix("the ").split())


def _pairs(known: list[Told], found: list[Told]) -> list[tuple[Told, Told]]:
    candidates = []
    for i, one in enumerate(known):
        for j, other in enumerate(found):
            overlap = min(one.end, other.end) - max(one.start, other.start)
            union = max(one.end, other.end) - min(one.start, other.start)
            shorter = min(one.end - one.start, other.end - other.start)
            denied = one.claim.polarity == other.claim.polarity == "denied"
            alike = denied or one.family == other.family
            if alike and overlap > 0 and overlap * 2 >= shorter and overlap * 4 >= union:
                candidates.append((overlap / union, -i, -j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(candidates, reverse=True):
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return [(known[i], found[j]) for i, j in sorted(pairs.items())]


def _sides(told: Told, which: str) -> frozenset[str]:
    event = told.event
    if event.type in _UNDIRECTED:
        return told.actors((*event.from_, *event.to, *event.parties))
    return told.actors(event.from_ if which == "from" else event.to)


def _figure(told: Told) -> tuple[int | None, int | None, int | None]:
    quantity = told.claim.quantity
    return (quantity.low, quantity.best, quantity.high) if quantity else (None, None, None)


def _edtf(told: Told) -> str | None:
    return told.claim.date.edtf if told.claim.date else None


SLOTS: dict[str, Callable[[Told, Told], bool]] = {
    "speaker": lambda a, b: a.actors(a.claim.speaker) == b.actors(b.claim.speaker),
    "polarity": lambda a, b: a.claim.polarity == b.claim.polarity,
    "from": lambda a, b: _sides(a, "from") == _sides(b, "from"),
    "to": lambda a, b: _sides(a, "to") == _sides(b, "to"),
    "quantity": lambda a, b: _figure(a) == _figure(b),
    "places": lambda a, b: set(a.claim.places) == set(b.claim.places),
    "date": lambda a, b: _edtf(a) == _edtf(b),
    "aspect": lambda a, b: a.claim.aspect == b.claim.aspect,
    "modality": lambda a, b: a.claim.modality == b.claim.modality,
    "hedge": lambda a, b: a.claim.hedge == b.claim.hedge,
}


def _why_missed(one: Told, found: list[Told]) -> str:
    """Return why no draft claim matched: none there, one of another type, or of another extent."""
    near = [other for other in found if other.start < one.end and one.start < other.end]
    if not near:
        return "no claim was drafted here"
    if all(other.family != one.family for other in near):
        types = sorted({other.event.type for other in near})
        return f"{one.event.type} was read as {', '.join(types)}"
    return "a claim was drafted for another extent of the text, or it matched another one"
