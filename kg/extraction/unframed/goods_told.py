"""What becomes of goods of which a text has told: they travel, are held up, are of such kinds."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.document.memory import FORCES, Happening, Sides
from kg.extraction.document.readings import Reading, of_the_same
from kg.extraction.events.sitting import Part
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.listing import following
from kg.extraction.names.mentions import Mention
from kg.extraction.words.lexicon import Frame

# The name of the rule in a draft.
NAME = "goods-told"
_FRAME = Frame(NAME, "by-theme", "none", "theme", {}, ())
# So many words "the last three remaining shipments of the weapons" has.
_LONGEST = 7
# So many paragraphs later the goods are still those that were told of.
_NEAR = 2
# So many words behind "be" it is said where they are.
_STATED = 3
# Between so many a contract is that one keeps and the other is owed.
_TWO = 2
_POINTING = frozenset(("the", "its", "their", "these", "those", "all", "such", "more", "further"))
# What is done to deliveries only: weapons that "were made" went nowhere.
DONE = frozenset(("make", "begin", "start", "carry", "carry out", "step", "conclude", "put", "use"))
_DELIVERING = ("deliver", "shipment", "transfer", "hand", "consign", "suppl", "export", "sale")
_ORIGINS = frozenset(("from", "by"))
_GOALS = frozenset(("to", "for", "into", "in"))
_STATES = ("state", "demonym", "organization", "place")
_OPENING = frozenset(
    (
        *("the", "these", "those", "this", "all", "some", "such", "both", "more", "further"),
        *("other", "most", "many", "several", "another", "a", "new", "additional", "any"),
        *("no", "none"),
    )
)
_MANY = ("they", "these", "those")
# "That one comprised 11 launchers": the sale or consignment told of last.
_ONE = frozenset(("that", "this", "each"))


class GoodsTold(Part):
    """Reads what a clause says of goods, deliveries or a contract told of before."""

    def read(self, clause: Clause) -> Reading | None:
        """Return the shipment that it goes on with, None if the clause tells of no known goods."""
        if clause.verb.form in ("infinitive", "participle") or self.parse.lows[-1] == "?":
            return None
        told = self._contents(clause) or self._moved(clause) or self._carried_out(clause)
        return told or self._seen(clause)

    def _moved(self, clause: Clause) -> Reading | None:
        """Read "the goods were to travel through Chad", "deliveries had been completed"."""
        if not self._moves(clause) or not self._are_goods(clause):
            return None
        kept = clause.verb.lemma in self.lexicon["goods-kept"]
        from_ = () if kept else self._named(clause, _ORIGINS)
        last = self._last(("Shipment",)) or self._agreed(from_)
        if last is None:
            return None
        to = self._named(clause, _GOALS) if not clause.verb.passive else ()
        told = replace(last, from_=from_ or last.from_, to=to or last.to)
        if not (told.from_ or told.to) or {*told.from_} & {*told.to}:
            return None
        return self._reading("Shipment", told, self._figure(*clause.subject))

    def _agreed(self, from_: Sides) -> Happening | None:
        """Return what a contract has one party send the other: "the goods come from Chad"."""
        last = self._last(("Agreement",))
        giver = tuple(self.memory.top(side) for side in from_)
        parties = last.from_ if last is not None else ()
        to = tuple(side for side in parties if side not in giver)
        if len(parties) != _TWO or len(to) != 1:
            return None
        return Happening("Shipment", from_, to, ("materiel",), "goods")

    def _carried_out(self, clause: Clause) -> Reading | None:
        """Read "Chad completed the deliveries in May": the object is what was told of."""
        first, end = clause.right
        words = self.parse.lows[first : min(end, first + _STATED)]
        at = next((i for i, w in enumerate(words) if w in self.lexicon["deliveries"]), None)
        known = at is not None and (not at or words[0] in _POINTING)
        if not known or clause.verb.passive or clause.verb.lemma not in self.lexicon["goods-moved"]:
            return None
        last = self._last(("Shipment",))
        by = self.reader.sides.of_subject(self.parse, clause)
        if last is None or (by and not {*by} & {*last.from_, *last.to}):
            return None
        return self._reading("Shipment", last, self._figure(first, first + _STATED))

    def _seen(self, clause: Clause) -> Reading | None:
        """Read "we are seeing Russian guns": where they are seen is where others have gone."""
        if clause.verb.lemma not in self.lexicon["noticing"] or clause.verb.passive:
            return None
        thing = next((m for m in self.parse.mentions_in(*clause.right) if m.items), None)
        owner = self.reader.resolver.owner(self.parse, thing) if thing is not None else None
        if thing is None or owner is None or thing.first > clause.right[0] + _STATED:
            return None
        klass = self.reader.gazetteer.item_class(thing.items[0])
        last = self.memory.with_from((*FORCES, "Shipment"), (owner,))
        if last is None or not last.to:
            return None
        kind = "Deployment" if klass == "persons" else "Shipment"
        told = replace(last, items=tuple(thing.items), klass=klass)
        return self._reading(kind, told, thing.quantity)

    def _moves(self, clause: Clause) -> bool:
        """Whether the verb tells what becomes of goods."""
        lemma, lexicon = clause.verb.lemma, self.lexicon
        words = self.parse.lows[slice(*clause.right)][:_STATED]
        if lemma == "follow" and not lexicon["determiners"].isdisjoint(words[:1]):
            return False  # "The shipment follows a pact"
        if lemma == "be":
            return not lexicon["goods-are"].isdisjoint(words)
        if lemma in DONE and clause.verb.passive:
            subject = self.parse.lows[slice(*clause.subject)]
            return any(word.startswith(_DELIVERING) for word in subject)
        if clause.verb.passive:
            return lemma in lexicon["goods-moved"] or lemma in lexicon["goods-kept"]
        return lemma in lexicon["goods-move"]

    def _are_goods(self, clause: Clause) -> bool:
        """Whether the subject takes up goods or their delivery: "the cargo", "deliveries"."""
        first, last = clause.subject
        words = self.parse.lows[first:last]
        if not words or len(words) > _LONGEST:
            return False
        named = self.parse.mentions_in(first, last)
        if any(m.kind != "item" or m.nation is not None for m in named):
            return False
        known = self.lexicon["goods-again"]
        opens = words[0] in _OPENING or first in self.parse.counted
        if opens:
            return not known.isdisjoint(words[1:]) and not self._are_persons(named)
        return words[0] in self.lexicon["deliveries"] and len(words) == 1

    def _are_persons(self, named: list[Mention]) -> bool:
        klass = self.reader.gazetteer.item_class
        return any(klass(m.items[0]) == "persons" for m in named if m.items)

    def _contents(self, clause: Clause) -> Reading | None:
        """Read "they include 500 rifles", "the order covers 24 jets": of what they are."""
        if clause.verb.lemma not in self.lexicon["made-up-of"]:
            return None
        thing = next((m for m in self.parse.mentions_in(*clause.right) if m.items), None)
        if thing is None or thing.kind != "item":
            return None
        words = self.parse.lows[slice(*clause.subject)]
        last = self._whose(words)
        if last is None:
            return None
        klass = self.reader.gazetteer.item_class(thing.items[0])
        told = replace(last, items=tuple(thing.items), klass=klass)
        kind = "Deployment" if klass == "persons" else "Shipment"
        kind = last.type if last.type == "Agreement" else kind
        reading = self._reading(kind, told, thing.quantity)
        if kind == "Agreement":
            reading.aspect = "provision"
        further = following(self.parse, thing, self.lexicon) if thing.quantity is not None else ()
        reading.further = [one for one in further if one.first < clause.end]
        return reading

    def _whose(self, words: list[str]) -> Happening | None:
        """Return the event whose goods a subject takes up: "they", "the haul", "the order"."""
        if len(words) > _LONGEST or not words:
            return None
        if words == ["it"]:
            return self._last(("Agreement",), 1)
        if words[-1] == "one" and (words[0] in _POINTING or words[0] in _ONE):
            return self._last(("Shipment", "Agreement"), 1)
        if len(words) == 1 and words[0] in _MANY:
            return self._last(("Shipment", "Deployment"), 1)
        if words[0] not in _OPENING:
            return None
        if not self.lexicon["contracts"].isdisjoint(words[1:]):
            return self._last(("Agreement",)) or self._last(("Shipment",))
        goods = not self.lexicon["goods-again"].isdisjoint(words[1:])
        return self._last(("Shipment",)) if goods else None

    def _last(self, types: tuple[str, ...], near: int = _NEAR) -> Happening | None:
        """Return the last event of some types, if that is near."""
        last = self.memory.latest(types)
        return last if last is not None and last.paragraph >= self.parse.paragraph - near else None

    def _named(self, clause: Clause, before: frozenset[str]) -> Sides:
        """Return the states behind some prepositions: "came from Chad, Niger and Mali"."""
        lows, (first, end) = self.parse.lows, clause.right
        at = next((i for i in range(first, end) if lows[i] in before), end)
        named: list[Mention] = []
        for mention in self.parse.mentions_in(at + 1, end):
            joined = set(lows[named[-1].last if named else at + 1 : mention.first])
            if mention.kind not in _STATES or not joined <= {",", "and", "the"}:
                break
            named.append(mention)
        return self.reader.sides.of(self.parse, named)

    def _figure(self, first: int, last: int) -> int | None:
        figures = enumerate(self.parse.quantities)
        return next((i for i, q in figures if first <= q.first and q.last <= last), None)

    def _reading(self, kind: str, told: Happening, figure: int | None) -> Reading:
        return of_the_same(_FRAME, kind, told, figure)
