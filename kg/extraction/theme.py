"""What is sent, trained or counted in a clause: its items, whose they are, and how many."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extraction.clauses import Clause
from kg.extraction.lexicon import Lexicon
from kg.extraction.memory import FORCES
from kg.extraction.mentions import Mention
from kg.extraction.parse import Parse
from kg.extraction.roles import Roles, has_pronoun
from kg.extraction.sides import SideFinder

_ALONE = ("to", "in", "by", "from", "of", "sent", "since")
_DEFAULT = ("personnel",)


@dataclass
class Theme:
    """What a clause is about.

    Attributes:
        mentions: the nouns that name it; none where a pronoun stands for it.
        items: ids of the items.
        klass: persons, goods or containers; empty where there is no theme.
        owner: the side whose it is, if the words say so.
        quantity: index of the sentence's quantity that counts it.
        contents: what containers hold.
    """

    mentions: list[Mention] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    klass: str = ""
    owner: str | None = None
    quantity: int | None = None
    contents: list[str] = field(default_factory=list)


@dataclass
class ThemeFinder:
    """Finds the theme of a clause."""

    lexicon: Lexicon
    sides: SideFinder

    def find(self, parse: Parse, clause: Clause, parts: Roles) -> Theme:
        """Return the theme of `clause`: its items, else what its pronoun stands for."""
        found = self._handed(clause, parts) or _named(parse, parts)
        if not found:
            return self._meant(parse, clause)
        gazetteer = self.sides.gazetteer
        first = next((m for m in found if m.quantity is not None), found[0])
        klass = gazetteer.item_class((first.items or _DEFAULT)[0])
        items = [
            item
            for mention in ([first] if first.quantity is not None else found)
            for item in mention.items or _DEFAULT
            if gazetteer.item_class(item) == klass
        ]
        quantity = first.quantity
        if clause.shared and first.last <= clause.subject[1]:
            quantity = None
        if quantity is None:
            quantity = self._loose(parse, clause)
        return Theme(
            found,
            list(dict.fromkeys(items)),
            klass,
            self._owner(parse, clause, found),
            quantity,
            _contents(parse, clause, first) if klass == "containers" else [],
        )

    def _handed(self, clause: Clause, parts: Roles) -> list[Mention]:
        """Return what persons are handed: "soldiers being handed uniforms" are its receivers."""
        goods = [
            m for m in parts.parts["second"] if m.kind == "item" and self._klass(m) != "persons"
        ]
        persons = [m for m in parts.parts["theme"] if m.kind == "item"]
        if not clause.verb.passive or not goods or not persons:
            return []
        parts.parts["to"] += persons
        parts.slots.setdefault("", []).extend(persons)
        return goods

    def _klass(self, mention: Mention) -> str:
        return self.sides.gazetteer.item_class((mention.items or _DEFAULT)[0])

    def _owner(self, parse: Parse, clause: Clause, found: list[Mention]) -> str | None:
        for mention in found:
            if mention.kind == "demonym":
                return mention.actor
            if owner := self.sides.resolver.owner(parse, mention):
                return owner
        pronouns = [m for m in found if m.owner]
        if not pronouns:
            return None
        first, last = clause.subject
        if any(first <= m.first < last for m in pronouns):
            memory = self.sides.memory
            who = memory.state or memory.body
            return memory.top(who) if who else None
        return next(iter(self.sides.of_subject(parse, clause)), None)

    def _loose(self, parse: Parse, clause: Clause) -> int | None:
        """Return a number apart from its noun: "the number of its troops … to 3,000"."""
        words = parse.lows[clause.subject[0] : clause.end]
        if not any(word in self.lexicon["totals"] for word in words):
            return None
        zones = [clause.right] if clause.shared else [clause.right, clause.subject]
        for begin, end in zones:
            for index, quantity in enumerate(parse.quantities):
                if begin <= quantity.first and quantity.last <= end:
                    return index
        return None

    def _meant(self, parse: Parse, clause: Clause) -> Theme:
        """Return the theme that a pronoun, "the final figure" or a bare number stands for."""
        last = self.sides.memory.latest((*FORCES, "Shipment"))
        quantity = self._loose(parse, clause)
        if quantity is None:
            quantity = _bare_figure(parse, clause)
        able = clause.verb.passive or clause.verb.form == "finite"
        if last is None or not last.klass:
            return Theme()
        if quantity is None and not (able and has_pronoun(parse, clause)):
            return Theme()
        return Theme(items=list(last.items), klass=last.klass, quantity=quantity)


def _named(parse: Parse, parts: Roles) -> list[Mention]:
    """Return the nouns that can be the theme, in the order in which parts are tried."""
    roles = parts.parts
    found = [m for key in ("theme", "trainee") for m in roles[key] if _can_be(parse, m)]
    if not found:
        found = [m for m in roles["second"] if m.kind == "item"]
    if not found:
        # "four mercenaries were killed": what is done to them is told of them.
        found = [m for m in roles["target"] if m.kind == "item"] if roles["hit"] else []
    if not found and roles["theme"]:
        found = [m for m in roles["subject-other"] if m.kind == "item"][:1]
    if found:
        found += [m for m in parts.slots.get("with", ()) if m.kind == "item" and m not in found]
    return found


def _can_be(parse: Parse, mention: Mention) -> bool:
    plural = parse.lows[mention.last - 1].endswith("s")
    return mention.kind == "item" or (mention.kind == "demonym" and plural)


def _contents(parse: Parse, clause: Clause, container: Mention) -> list[str]:
    behind = parse.mentions_in(container.last, clause.end)
    return [item for mention in behind if mention.kind == "item" for item in mention.items]


def _bare_figure(parse: Parse, clause: Clause) -> int | None:
    """Return a number that stands for its noun: "London had promised 14"."""
    first, last = clause.right
    counted = {m.quantity for m in parse.mentions if m.quantity is not None}
    for index, quantity in enumerate(parse.quantities):
        after = parse.lows[quantity.last] if quantity.last < len(parse.lows) else "."
        inside = first <= quantity.first and quantity.last <= last
        inside = inside or quantity.last == clause.verb.first
        alone = not after[0].isalnum() or after in _ALONE or quantity.last == clause.verb.first
        if inside and alone and index not in counted:
            return index
    return None
