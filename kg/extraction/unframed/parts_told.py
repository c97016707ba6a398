"""Parts of what was told of or ordered: "six of which were handed over", "the fourth will come"."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.document.memory import MOVING, Happening, Sides
from kg.extraction.document.readings import Reading, of_the_same
from kg.extraction.events.purposes import kind_come_for
from kg.extraction.events.sitting import Part
from kg.extraction.grammar.clause import Clause
from kg.extraction.names.mentions import Mention
from kg.extraction.words.lexicon import Frame

# The name of the rule in a draft.
NAME = "part-of-it"
_HOLDING = ("state", "organization", "collective", "demonym")
_POINTING = frozenset(("the", "these", "those"))
# So many words stand between "the" and the noun in "the first two remaining aircraft".
_BEFORE_NOUN = 4
_MORE = frozenset(("more", "another", "further", "additional", "others"))
_PAIR = 2
_OPENING = 3


class PartsTold(Part):
    """Reads what became of a part of the goods or forces of which the text has told."""

    def read(self, clause: Clause) -> Reading | None:
        """Return the event of which a part is told, None if the clause tells of no part."""
        if clause.verb.form == "infinitive" or self.parse.lows[-1] == "?":
            return None
        if not self._moves(clause):
            return None
        return self._of_ordered(clause) or self._the_same_things(clause)

    def _moves(self, clause: Clause) -> bool:
        """Whether the verb says that things or men come, are handed over, or are somewhere."""
        lemma, lexicon = clause.verb.lemma, self.lexicon
        if lemma == "be":
            words = self.parse.lows[slice(*clause.right)]
            due = words[:1] == ["due"] and bool(self.parse.dates)
            parted = not lexicon["parted-over"].isdisjoint(words[:1])
            return due or parted or any(word in lexicon["underway"] for word in words[:4])
        return lemma in lexicon["parts-moved"] or (
            clause.verb.passive and lemma in lexicon["moved-on"]
        )

    def of_which(self, clause: Clause) -> Reading | None:
        """Read "drones, six of which were handed over": of the noun before, whosever it is."""
        noun = self._antecedent(clause) if self._moves(clause) else None
        if noun is None:
            return None
        klass = self.reader.gazetteer.item_class(noun.items[0])
        owner = self._owner(noun)
        last = self._told_of(noun, klass, owner)
        if last is None:
            to = self._holder(clause, owner)
            if not owner or not to:
                return None
            kind = "Deployment" if klass == "persons" else "Shipment"
            last = Happening(kind, (owner,), to, tuple(noun.items), klass)
        kind = "Deployment" if last.type == "Combat" else last.type
        return self._reading(kind, replace(last, items=tuple(noun.items)), clause)

    def _antecedent(self, clause: Clause) -> Mention | None:
        """Return the noun before ", six of which"."""
        comma = clause.subject[0] - 1
        if comma < 1 or self.parse.lows[comma] != ",":
            return None
        before = [m for m in self.parse.mentions_in(0, comma) if m.kind == "item" and m.items]
        near = before[-1] if before else None
        return near if near is not None and comma - near.last <= _BEFORE_NOUN else None

    def _owner(self, noun: Mention) -> str | None:
        """Return whose the things are: "Turkish drones", "the tanks from Chad"."""
        owner = self.reader.resolver.owner(self.parse, noun)
        if owner is None and self.parse.lows[noun.last : noun.last + 1] == ["from"]:
            named = self.parse.mentions_in(noun.last, noun.last + _OPENING)
            owner = next(iter(self.reader.sides.of(self.parse, named)), None)
        return owner

    def _told_of(self, noun: Mention, klass: str, owner: str | None) -> Happening | None:
        """Return the event that has told of the same things, here or before."""
        for found in reversed(self.found):
            if found.first <= noun.first < found.last and found.reading.klass == klass:
                return found.reading.as_happening(self.parse.paragraph)
        last = self.memory.latest(MOVING)
        same = last is not None and last.klass == klass and (not owner or owner in last.from_)
        return last if same else None

    def _holder(self, clause: Clause, owner: str | None) -> Sides:
        """Return who has the things: the subject before, else the state of which the text is."""
        before = [c for c in self.clauses if c.verb.last <= clause.subject[0]]
        named = self.parse.mentions_in(*before[-1].subject) if before else []
        sides = self.reader.sides.of(self.parse, [m for m in named if m.kind in _HOLDING])
        tops = tuple(self.memory.top(side) for side in sides)
        return tuple(side for side in tops if side != owner)[:1]

    def _of_ordered(self, clause: Clause) -> Reading | None:
        """Read "The first of them reached Chad": of what a contract was for that was told of."""
        paragraph, parties, items = self.memory.ordered
        last = self.memory.latest(MOVING)
        if paragraph < self.parse.paragraph - 1 or not self._takes_up(clause):
            return None
        if last is not None and {*last.items} == {*items}:
            return None  # what has come of them has been told
        goals = self.reader.sides.of(self.parse, self.parse.mentions_in(*clause.right))
        to = tuple(side for side in goals if side in parties)[:1]
        from_ = tuple(side for side in parties if side not in to)
        if not to or len(from_) != 1:
            return None
        klass = self.reader.gazetteer.item_class(items[0])
        return self._reading("Shipment", Happening("Shipment", from_, to, items, klass), clause)

    def _takes_up(self, clause: Clause) -> bool:
        """Whether a subject only takes up what was told of: "the first of them", "the fourth"."""
        first, last = clause.subject
        words = self.parse.lows[first:last]
        known = self.lexicon["taking-up"] | self.lexicon["ordinals"]
        if len(words) == _PAIR and words[0] == "another":
            known |= self.lexicon["taking-up-heads"]  # "another company"
        named = [m for m in self.parse.mentions_in(first, last) if m.kind != "pronoun"]
        if words[:1] == ["another"]:
            named = [m for m in named if m.kind != "item" or m.nation is not None]
        counted = self.parse.counted
        plain = all(w in known or first + at in counted for at, w in enumerate(words))
        return bool(words) and plain and not named and words != ["a"]

    def _the_same_things(self, clause: Clause) -> Reading | None:
        """Read "the tanks are expected in May", "the second will come": they go on as told."""
        last = self.memory.latest(MOVING)
        if last is None or last.paragraph < self.parse.paragraph - 1 or not last.klass:
            return None
        if last.type not in MOVING or not last.from_ or not last.to:
            return None
        if not (self._are_they(clause, last) or self._is_one_of_them(clause)) and not (
            clause.verb.lemma == "be" and self._are_more(clause)
        ):
            return None
        kind = "Deployment" if last.type == "Combat" else last.type
        kind = kind_come_for(self.parse, clause, self.lexicon, kind)
        return self._reading(kind, last, clause)

    def _is_one_of_them(self, clause: Clause) -> bool:
        """Whether an ordinal is the subject: "the fourth", "a sixth", "the last two of them"."""
        words = self.parse.lows[slice(*clause.subject)]
        ranked = not self.lexicon["ordinals"].isdisjoint(words[1:3])
        return words[:1] in (["the"], ["a"]) and ranked and self._takes_up(clause)

    def _are_more(self, clause: Clause) -> bool:
        """Whether a figure of more is the subject: "four more are on order", "another 20"."""
        first, last = clause.subject
        more = not _MORE.isdisjoint(self.parse.lows[first:last])
        counted = self.parse.lows[first] == "another" or not self.parse.counted.isdisjoint(
            range(first, last)
        )
        return more and counted and self._takes_up(clause)

    def _are_they(self, clause: Clause, last: Happening) -> bool:
        """Whether the subject is "the tanks" or "the first two aircraft" of which was told."""
        first, end = clause.subject
        named = self.parse.mentions_in(first, end)
        if len(named) != 1 or named[0].kind != "item" or named[0].nation or named[0].last != end:
            return False
        noun, words = named[0], self.parse.lows[first:end]
        known = self.lexicon["taking-up"] | self.lexicon["ordinals"]
        between = range(first, noun.first)
        plain = all(i in self.parse.counted or self.parse.lows[i] in known for i in between)
        kind = self.reader.gazetteer.is_kind_of
        same = any(kind(a, b) or kind(b, a) for a in noun.items for b in last.items)
        return same and plain and words[0] in _POINTING and end - first <= _BEFORE_NOUN

    def _reading(self, kind: str, told: Happening, clause: Clause) -> Reading:
        first, last = clause.subject
        figures = enumerate(self.parse.quantities)
        figure = next((i for i, q in figures if first <= q.first and q.last <= last), None)
        frame: Frame = replace(self.lexicon.frames["count"][0][1], name=NAME)
        return of_the_same(frame, kind, told, figure)
