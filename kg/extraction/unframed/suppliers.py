"""Who supplies whom without a verb of giving: "is India's biggest arms supplier"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extraction.document.found import Found
from kg.extraction.document.readings import Reading
from kg.extraction.events.sitting import Part, Sitting
from kg.extraction.grammar.clause import Clause
from kg.extraction.names.mentions import Mention
from kg.extraction.words.lexicon import Frame

_BEING = frozenset(("be", "become", "remain"))
# So many words may stand between "supplier" and the arms: "supplier of weapons", "arms supplier".
_NEAR = 4
_KINDS = ("state", "organization")
_NAMED = (*_KINDS, "demonym")


def find_suppliers(sitting: Sitting) -> Iterable[Found]:
    """Return what "supplier" and "arms imports" tell of, with a subject that sells."""
    words = sitting.parse.words_used
    if sitting.lexicon["suppliers"].isdisjoint(words):
        return ()
    return _Suppliers(sitting).claims()


class _Suppliers(Part):
    """Finds suppliers and their shares in one sentence."""

    def claims(self) -> Iterator[Found]:
        for clause in self.clauses:
            if clause.verb.first in self.done or clause.conditional:
                continue
            supplies = clause.verb.lemma in _BEING or clause.verb.lemma in self.lexicon["sharing"]
            at = self._noun(clause) if supplies else None
            if at is None or any(f.first <= at < f.last for f in self.found):
                continue
            reading = self._reading(clause)
            if reading is not None:
                yield self._claim(clause, reading)

    def _noun(self, clause: Clause) -> int | None:
        """Return where "supplier" or "imports" stands behind the verb, if arms stand beside it."""
        lows = self.parse.lows
        for at in range(*clause.right):
            if lows[at] not in self.lexicon["suppliers"]:
                continue
            near = self.parse.mentions_in(max(clause.right[0], at - _NEAR), at + _NEAR + 1)
            arms = any(m.kind == "item" and self._are_goods(m) for m in near)
            return at if arms else None
        return None

    def _are_goods(self, mention: Mention) -> bool:
        return self.reader.gazetteer.item_class(mention.items[0]) == "goods"

    def _reading(self, clause: Clause) -> Reading | None:
        sides = self.reader.sides
        from_ = sides.of_subject(self.parse, clause)[:1]
        behind = self.parse.mentions_in(*clause.right)
        named = [m for m in behind if m.kind in _NAMED]
        to = tuple(s for m in named if (s := self._side(m)) and s not in from_)[:1]
        if not from_ or not to:
            return None
        items = [i for m in behind if m.kind == "item" and self._are_goods(m) for i in m.items]
        return Reading(
            self._frame(),
            "Shipment",
            from_,
            to,
            "items-delivered",
            items[:1] or ["weapon"],
            klass="goods",
        )

    def _side(self, mention: Mention) -> str | None:
        """Return the state or body that a name or adjective stands for: "Indian arms imports"."""
        whose = self.reader.resolver.side(self.parse, mention)
        return self.memory.top(whose) if whose else None

    def _frame(self) -> Frame:
        return next(f for _, f in self.lexicon.frames["supply"] if f.name == "give")

    def _claim(self, clause: Clause, reading: Reading) -> Found:
        first, last = self.sitting.span(clause)
        found = Found(reading, first, last, self.parse, rule=f"supplier:{clause.verb.lemma}")
        found.polarity = "denied" if clause.verb.negated else "affirmed"
        found.modality = clause.verb.modality
        statement = self.sitting.statement_of(clause)
        if statement is not None:
            found.speakers = list(self.voices.get(id(statement), ()))
        return found
