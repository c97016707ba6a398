"""What came of a fight, told behind it: "No camps were hit", "99 percent had been intercepted"."""

from __future__ import annotations

from kg.extraction.document.memory import FORCES, Happening, Sides
from kg.extraction.document.readings import Reading
from kg.extraction.events.sitting import Part
from kg.extraction.grammar.clause import Clause
from kg.extraction.names.mentions import Mention
from kg.extraction.situations.deeds import struck_counted
from kg.extraction.words.lexicon import Frame

# The name of the rule in a draft, by which its confidence is low.
NAME = "fight-told"
_FRAME = Frame(NAME, "Combat", "none", "theme", {}, ())
_HURTING = frozenset(("kill", "wound", "injure", "hurt", "maim"))
# What the attacked do to what is fired at them, and what is theirs that is lost.
_WARDING = frozenset(("intercept", "down", "shoot down", "bring down", "stop", "parry", "repel"))
_MUNITIONS = ("missile", "rocket", "ammunition", "drone")
_MACHINES = (*_MUNITIONS, "military-aircraft", "warship", "military-vehicle")
# So many words a subject or an object has that only counts those hit.
_SHORT = 7
# So many words a part of what was fired has: "a good part of them", "99 percent".
_PARTS = frozenset(("percent", "%", "most", "all", "some", "many", "half", "none", "them"))
_LANDS = ("state", "demonym")


class FightsTold(Part):
    """Reads what a clause says of a fight told of before, where it names no side of it."""

    def read(self, clause: Clause) -> Reading | None:
        """Return what came of the fight, None if the clause counts or denies none that was hit."""
        verb = clause.verb
        if verb.form == "infinitive" or clause.conditional or self.parse.lows[-1] == "?":
            return None
        told = self._fight()
        first, last = clause.subject if verb.passive else clause.right
        mark = self.parse.lows[first:last].index(",") if "," in self.parse.lows[first:last] else -1
        last = last if verb.passive or mark < 0 else first + mark
        figure = self._struck(first, last)
        if told is None:
            counted = struck_counted(self.parse, first, last, self.lexicon)
            return self._without_fight(clause, counted)
        hit, short = self._hit(first, last), last - first <= _SHORT
        if verb.lemma in _WARDING:
            known = any(self._is(m, _MUNITIONS) for m in hit) or self._is_part(first, last)
            return self._reading(told, clause, figure, reverse=True) if known and short else None
        if verb.lemma == "lose":
            known = any(self._is(m, _MACHINES) for m in hit)
            return self._reading(told, clause, figure, reverse=True) if known and short else None
        if verb.lemma in _HURTING:
            known = verb.passive and short and (figure is not None or self._are_persons(hit))
            return self._reading(told, clause, figure, hurt=True) if known else None
        struck = not self.lexicon["struck"].isdisjoint(self.parse.lows[first:last])
        by = self._by(clause)
        known = short and verb.passive and (struck or by is not None)
        return self._reading(told, clause, by if by is not None else figure) if known else None

    def _fight(self) -> Happening | None:
        """Return the fight of which the text has just told, if it told of one last."""
        told = self.memory.latest(FORCES)
        if told is None or told.type != "Combat":
            return None
        return told if told.paragraph >= self.parse.paragraph - 1 else None

    def _without_fight(self, clause: Clause, figure: int | None) -> Reading | None:
        """Read "200 Malian targets have been struck since May": it is counted what was struck."""
        first, last = clause.subject
        if figure is None or not clause.verb.passive or clause.verb.lemma in _HURTING:
            return None
        whose = [m for m in self.parse.mentions_in(first, last) if m.kind in _LANDS]
        to = self.reader.sides.of(self.parse, whose[:1])
        statement = self.sitting.statement_of(clause)
        by: Sides = ()
        if statement is not None and statement.clause is not None:
            by = self.reader.sides.of_subject(self.parse, statement.clause)[:1]
        if not to or by == to:
            return None
        return Reading(_FRAME, "Combat", by, to, "combat-participation", quantity=figure)

    def _hit(self, first: int, last: int) -> list[Mention]:
        return [m for m in self.parse.mentions_in(first, last) if m.items]

    def _is(self, mention: Mention, kinds: tuple[str, ...]) -> bool:
        gazetteer = self.reader.gazetteer
        return any(gazetteer.is_kind_of(item, kind) for item in mention.items for kind in kinds)

    def _are_persons(self, hit: list[Mention]) -> bool:
        klass = self.reader.gazetteer.item_class
        return any(klass(m.items[0]) == "persons" for m in hit)

    def _is_part(self, first: int, last: int) -> bool:
        """Whether only a part of what was fired is meant: "99 percent", "most of them", "five"."""
        words = self.parse.lows[first:last]
        named = any(m.kind != "pronoun" for m in self.parse.mentions_in(first, last))
        counted = any(first <= q.first and q.last == last for q in self.parse.quantities)
        return bool(words) and not named and (counted or not _PARTS.isdisjoint(words))

    def _by(self, clause: Clause) -> int | None:
        """Return how many arms hit it: "was hit by 76 missiles"."""
        first, last = clause.right
        for mention in self.parse.mentions_in(first, last):
            by = mention.quantity is not None and self._is(mention, _MUNITIONS)
            if by and self.parse.lows[first : first + 1] == ["by"]:
                return mention.quantity
        return None

    def _struck(self, first: int, last: int) -> int | None:
        """Return the figure of what was hit: "31 missiles", "26 targets"; no percentage."""
        figure = struck_counted(self.parse, first, last, self.lexicon)
        if figure is not None:
            return figure
        figures = enumerate(self.parse.quantities)
        return next((i for i, q in figures if first <= q.first and q.last <= last), None)

    def _reading(
        self,
        told: Happening,
        clause: Clause,
        figure: int | None,
        *,
        reverse: bool = False,
        hurt: bool = False,
    ) -> Reading | None:
        from_, to = (told.to, told.from_) if reverse else (told.from_, told.to)
        if not clause.verb.passive and clause.verb.lemma != "lose":
            named = self.parse.mentions_in(*clause.subject)
            whose = self.reader.sides.of(self.parse, named[:1])
            if whose and {*whose} & {*told.from_}:
                return None  # who has attacked wards off nothing
            from_ = whose or from_
        items = next((m.items for m in self.parse.mentions if m.quantity == figure and m.items), [])
        klass = self.reader.gazetteer.item_class(items[0]) if items else ""
        aspect = "casualties" if hurt else "combat-participation"
        counts = figure is not None
        return Reading(
            _FRAME,
            "Combat",
            from_,
            to,
            aspect,
            items=list(items) if counts else [],
            quantity=figure,
            klass=klass,
        )
