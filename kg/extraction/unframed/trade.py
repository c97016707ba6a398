"""Arms trade told as a figure or a trend: "made 40 shipments to Chad", "exports to Mali rose"."""

from __future__ import annotations

from kg.extraction.document.memory import Happening, Sides
from kg.extraction.document.readings import Reading, of_the_same
from kg.extraction.events.sitting import Part
from kg.extraction.grammar.clause import Clause
from kg.extraction.names.mentions import Mention
from kg.extraction.words.lexicon import Frame

# The name of the rule in a draft.
NAME = "trade"
_FRAME = Frame(NAME, "by-theme", "none", "theme", {}, ())
_STATES = ("state", "demonym", "organization", "place")
_JOINTS = frozenset((",", "and", "the", "both"))
# So many words may stand between a number and the deliveries that it counts.
_NEAR = 3


class Trade(Part):
    """Reads that a state trades arms with another, and whether more or less than before."""

    def read(self, clause: Clause) -> Reading | None:
        """Return the shipment, None if the clause tells of no trade in arms between two sides."""
        nouns = self.lexicon["trade"]
        if nouns.isdisjoint(self.parse.words_used) or clause.verb.form == "infinitive":
            return None
        for first, last in (clause.subject, clause.right):
            at = next((i for i in range(first, last) if self.parse.lows[i] in nouns), None)
            if at is not None:
                return self._of_noun(clause, at, first, last)
        return None

    def _of_noun(self, clause: Clause, at: int, first: int, last: int) -> Reading | None:
        """Return the trade that the noun at `at` names, in its phrase from `first` to `last`."""
        figure, goods = self._count(at, first), self._goods(first, last)
        if goods is None and figure is None:
            return None
        if figure is None and goods is not None:
            figure = goods.quantity
        own = self._sides(first, at) or self._acting(clause, first)
        buys = self.parse.lows[at] in self.lexicon["trade-buying"]
        there = self._behind(at, last, ("from",) if buys else ("to", "for"))
        from_, to = (there, own) if buys else (own, there)
        if not from_ or not to or {*from_} & {*to}:
            return None
        items = tuple(goods.items) if goods is not None else ("materiel",)
        told = Happening("Shipment", from_, to, items, "goods")
        return of_the_same(_FRAME, "Shipment", told, figure)

    def _goods(self, first: int, last: int) -> Mention | None:
        """Return what is traded, if that is arms or the like."""
        gazetteer = self.reader.gazetteer
        for mention in self.parse.mentions_in(first, last):
            if mention.items and gazetteer.item_class(mention.items[0]) != "persons":
                return mention
        return None

    def _count(self, at: int, first: int) -> int | None:
        """Return which number counts the deliveries: "at least 40 shipments"."""
        for index, figure in enumerate(self.parse.quantities):
            if first <= figure.first and figure.last <= at <= figure.last + _NEAR:
                between = self.parse.lows[figure.last : at]
                return index if self.lexicon["prepositions"].isdisjoint(between) else None
        return None

    def _acting(self, clause: Clause, first: int) -> Sides:
        """Return who trades, if that is the subject: "Chad has stepped up its sales"."""
        if clause.subject[0] == first:
            return ()
        return self.reader.sides.of_subject(self.parse, clause)[:1]

    def _sides(self, first: int, last: int) -> Sides:
        """Return whose trade it is by what stands before the noun: "Chinese", "Chad's"."""
        named = [m for m in self.parse.mentions_in(first, last) if m.kind in _STATES]
        return self.reader.sides.of(self.parse, named)[:1]

    def _behind(self, at: int, last: int, before: tuple[str, ...]) -> Sides:
        """Return the states with whom: "to Chad and Mali"."""
        lows = self.parse.lows
        begin = next((i for i in range(at + 1, last) if lows[i] in before), last)
        named: list[Mention] = []
        for mention in self.parse.mentions_in(begin + 1, last):
            joined = lows[named[-1].last if named else begin + 1 : mention.first]
            if mention.kind not in _STATES or not _JOINTS.issuperset(joined):
                break
            named.append(mention)
        return self.reader.sides.of(self.parse, named)
