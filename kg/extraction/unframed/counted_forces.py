"""Counted forces and arms whose verb no frame reads: an analyst wants to see their figure."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.document.memory import FORCES, Happening, Sides
from kg.extraction.document.readings import Reading, of_the_same
from kg.extraction.events.sitting import Part
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.listing import following
from kg.extraction.names.mentions import NAMED, Mention
from kg.extraction.words.lexicon import Frame
from kg.extraction.words.persons import ANYBODY, FORCE_ITEMS

# The rule of such a claim, as a draft gives it.
NAME = "counted"
_SLOTS = {
    **dict.fromkeys(("to", "for", "alongside"), "to"),
    **dict.fromkeys(("from", "by"), "from"),
    **dict.fromkeys(("in", "at", "into", "on", "near", "over", "through", "via", "off"), "place"),
}
# Who or what is counted stands before the verb, or behind it.
_BEFORE = Frame(f"{NAME}-there", "by-theme", "theme", "place", _SLOTS, ())
_BEHIND = Frame(NAME, "by-theme", "from", "theme", _SLOTS, ())
# "The Malian armed forces" arm nobody.
_NO_DEED = "arm"
# What is dropped with one of these has gone nowhere: "cancelled an order for six jets".
_ORDERS = frozenset(
    ("order", "orders", "contract", "contracts", "purchase", "deal", "plan", "plans", "sale")
)
_LANDS = ("state", "place")
# Behind these "to" or "for" leads to where things were on their way.
_BOUND = frozenset(
    ("way", "bound", "destined", "headed", "meant", "intended", "earmarked", "route")
)
_MOVED = ("goods", "containers", "persons")


class Counted(Part):
    """Reads clauses of which it is only known that they count forces or arms of a state."""

    def clauses_that_count(self) -> list[Clause]:
        """Return the clauses in which forces or arms are counted, none of them conditional."""
        found = []
        for mention in self.parse.mentions:
            if mention.kind == "item" and self._is_counted_force(mention):
                around = [c for c in self.clauses if _holds(c, mention)]
                behind = [c for c in around if c.right[0] <= mention.first < c.right[1]]
                inner = max(behind or around, key=lambda c: c.start, default=None)
                if inner is not None and self._may_tell(inner) and inner not in found:
                    found.append(inner)
        return [clause for clause in found if not self._is_told(clause)]

    def read(self, clause: Clause) -> Reading | None:
        """Return what a clause tells of those it counts, None without a side named in it."""
        first, last = clause.subject
        counted = [m for m in self.parse.mentions if m.kind == "item" and _holds(clause, m)]
        counted = [m for m in counted if self._is_counted_force(m)]
        if not counted:
            return None
        before = first <= counted[0].first < last
        frame = _BEFORE if before and not clause.verb.passive else _BEHIND
        names = any(m.kind in NAMED for m in self.parse.mentions)
        reading = self.reader.read_as(frame, self.parse, clause) if names else None
        if reading is None or reading.quantity is None:
            reading = self._as_before(clause, counted[0])
        if reading is None:
            return None
        if not before and reading.quantity == counted[0].quantity:
            behind = following(self.parse, counted[0], self.lexicon)
            reading.further = [one for one in behind if one.first < clause.end]
        return self._sided(reading, clause)

    def _as_before(self, clause: Clause, counted: Mention) -> Reading | None:
        """Return the event told of before whose forces or arms are counted here once more."""
        klass = self.reader.gazetteer.item_class(counted.items[0])
        persons = klass == "persons"
        last = self.memory.latest(FORCES if persons else ("Shipment",))
        near = last is not None and last.paragraph >= self.parse.paragraph - 1
        told = last if near and last is not None and last.klass == klass else None
        who = self.reader.sides.of_subject(self.parse, clause)
        if told is not None and who and not {*who} & {*told.from_, *told.to}:
            return None  # what others have
        own = self.reader.resolver.owner(self.parse, counted)
        own = own or (None if told is not None else self._teller(clause))
        there = self._there(clause) or (told.to if told is not None else ())
        from_ = (own,) if own else (told.from_ if told is not None else ())
        if not from_ or not there or {*from_} & {*there}:
            return None
        kind = "Deployment" if persons else "Shipment"
        one = Happening(kind, from_, there, tuple(counted.items), klass)
        return of_the_same(_BEHIND, kind, one, counted.quantity)

    def _teller(self, clause: Clause) -> str | None:
        """Return the state that says so of its own: "Kenya says 60 advisers were sent there"."""
        statement = self.sitting.statement_of(clause)
        if statement is None or statement.clause is None or not clause.verb.passive:
            return None
        sides = self.reader.sides.of_subject(self.parse, statement.clause)
        return sides[0] if len(sides) == 1 else None

    def _there(self, clause: Clause) -> Sides:
        """Return the state that "there" means: the last that was named before in the sentence."""
        first, last = clause.right
        if "there" not in self.parse.lows[first:last]:
            return ()
        named = [m for m in self.parse.mentions_in(0, clause.start) if m.kind in _LANDS]
        return self.reader.sides.of(self.parse, named[-1:])

    def _sided(self, reading: Reading, clause: Clause) -> Reading:
        """Return a reading with where things were bound for: "cargoes on their way to Libya"."""
        if reading.to or _BOUND.isdisjoint(self.parse.words_used):
            return reading
        lows = self.parse.lows
        for mention in self.parse.mentions_in(clause.start, clause.end):
            at = mention.first - 1 - (lows[mention.first - 1] == "the")
            bound = at > 0 and lows[at] in ("to", "for") and lows[at - 1] in _BOUND
            if bound and (to := self.reader.sides.of(self.parse, [mention])) != reading.from_:
                return replace(reading, to=to)
        return reading

    def _is_told(self, clause: Clause) -> bool:
        """Whether a claim has been made of a clause, or of a part of it."""
        first, last = self.sitting.span(clause)
        return any(found.first < last and first < found.last for found in self.found)

    def _may_tell(self, clause: Clause) -> bool:
        """Whether a verb can tell of forces or arms on their way: no condition, no saying."""
        lemma = clause.verb.lemma
        other = lemma in self.lexicon["verbs-of-no-move"] or lemma == _NO_DEED
        words = self.parse.lows[slice(*clause.right)]
        dropped = lemma in self.lexicon["dropping"] and not _ORDERS.isdisjoint(words)
        return not clause.conditional and not other and not dropped

    def _is_counted_force(self, mention: Mention) -> bool:
        """Whether a number counts forces or arms, not people or a part of somebody's trade."""
        if mention.quantity is None or not mention.items:
            return False
        gazetteer = self.reader.gazetteer
        item = mention.items[0]
        klass = gazetteer.item_class(item)
        named = self.parse.lows[mention.last - 1] not in ANYBODY
        force = named and (mention.nation is not None or item == "personnel")
        force = force or not FORCE_ITEMS.isdisjoint(gazetteer.kinds[item])
        return klass in _MOVED and (klass != "persons" or force)


def _holds(clause: Clause, mention: Mention) -> bool:
    """Whether a mention stands in a clause, or in its subject."""
    first, last = clause.subject
    inside = clause.start <= mention.first < clause.end
    # "… are in Russia, they said, passing on what they had heard" counts nobody again.
    joined = clause.verb.form != "gerund" or clause.start <= last
    return inside or (joined and first <= mention.first < last)
