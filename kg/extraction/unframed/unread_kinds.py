"""What type of event the words of a clause tell that no frame reads: its verb, else its nouns."""

from __future__ import annotations

from kg.extraction.document.memory import FORCES, MOVING
from kg.extraction.events.sitting import Part
from kg.extraction.figures.quantities import Quantity
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention
from kg.extraction.words.persons import ANYBODY

# Lists of verbs, of words and of what is spoken of, by the type of event that they tell of.
VERBS = {
    "Combat": "combat-verbs",
    "Training": "training-verbs",
    "Meeting": "meeting-verbs",
    "Agreement": "agreement-verbs",
    "Measure": "measure-verbs",
    "Deployment": "force-verbs",
    "Shipment": "arms-verbs",
}
_MATTERS = {"Deployment": "any-force", "Shipment": "any-arms"}
_OF_WAR = ("any-force", "any-arms", "combat-words", "group-nouns")
# Things that are told to be "in Chad" or "to the rebels" are told of; others only do something.
_LEADING = frozenset(("at", "for", "in", "into", "inside", "through", "to", "via"))
# Persons who are no force, and a word of places.
_NO_FORCE = frozenset(("civilian", "prisoner-of-war", "interpreter"))
WORDS = {
    "Measure": "measure-words",
    "Combat": "combat-words",
    "Training": "training-words",
    "Meeting": "meeting-words",
    "Agreement": "agreement-words",
    "Shipment": "arms-words",
}
# Arms with a crew do what their owner does.
_CREWED = frozenset(("warship", "fighter-aircraft", "strategic-bomber", "military-helicopter"))
_BEING = frozenset(("be", "come", "arrive", "reach"))
# Who is held has been arrested: a measure of who holds them.
_HELD = frozenset(("custody", "detention"))


def things(parse: Parse, zone: tuple[int, int]) -> list[Mention]:
    """Return the forces and arms that are named in a part of a clause: "people" may be anybody."""
    named = [m for m in parse.mentions_in(*zone) if m.items]
    return [m for m in named if m.nation is not None or parse.lows[m.last - 1] not in ANYBODY]


class UnreadKinds(Part):
    """Says of what type an event is of which no more is known than the words of its clause."""

    def kind(self, clause: Clause) -> str | None:
        """Return the type of event that a clause tells of, by its verb, else by its nouns."""
        lemma, lows = clause.verb.lemma.split()[0], self.parse.lows
        zones = (clause.right, clause.subject)
        for kind, key in VERBS.items():
            if lemma in self.lexicon[key]:
                if kind == "Combat" and not self._is_of_war(clause):
                    return None
                if lemma == "meet" and self._meets_arms(clause):
                    return "Deployment"  # "were met by Canadian jets"
                if lemma == "receive" and not self._receives_somebody(clause):
                    break  # "is due to receive its first in May"
                goods = kind == "Agreement" and lemma in self.lexicon["promising-things"]
                return (goods and self._of_things(clause)) or kind
        if (own := self._by_its_verb(clause)) is not None:
            return own
        words = [lows[at] for zone in zones for at in range(*zone) if self._names_event(at)]
        if (told := self._told_by(words, WORDS)) is not None:
            return told
        if any(things(self.parse, zone) for zone in zones):
            return self._of_things(clause)
        words = [low for zone in zones for low in lows[slice(*zone)]]
        matter = self._told_by(words, _MATTERS)
        return self._of_goods() if matter == "Shipment" else matter

    def _meets_arms(self, clause: Clause) -> bool:
        """Whether jets or ships meet others: no talks."""
        kinds = self.reader.gazetteer.kinds
        named = things(self.parse, clause.right)
        return any(not _CREWED.isdisjoint(kinds[m.items[0]]) for m in named)

    def _receives_somebody(self, clause: Clause) -> bool:
        """Whether it is a person, or who holds an office, that is received, and no goods."""
        zone = clause.subject if clause.verb.passive else clause.right
        named = any(m.kind == "person" for m in self.parse.mentions_in(*zone))
        words = self.parse.lows[slice(*zone)]
        return named or not self.lexicon["delegates"].isdisjoint(words)

    def _names_event(self, at: int) -> bool:
        """Whether a word can name an event: not "to order", "in order", nor one of a name."""
        word, before = self.parse.lows[at], self.parse.lows[at - 1]
        if before == "to" or (word == "order" and before not in self.lexicon["determiners"]):
            return False
        written = self.parse.tokens[at].text
        return not at or written == word or written.isupper()  # "the Government of National Accord"

    def _by_its_verb(self, clause: Clause) -> str | None:
        """Return the type of event of a verb that tells it only of some things."""
        lemma, right = clause.verb.lemma.split()[0], self.parse.lows[slice(*clause.right)]
        named = [*things(self.parse, clause.subject), *things(self.parse, clause.right)]
        klass = self.reader.gazetteer.item_class
        goods = any(klass(m.items[0]) != "persons" for m in named)
        if lemma == "order" and goods:
            return "Agreement"  # "Six of the aircraft were ordered in 2018"
        if lemma == "be" and right[:1] == ["there"] and self.memory.latest(FORCES) is not None:
            return "Deployment"  # "they were there under an agreement"
        last = self.memory.happenings[-1] if self.memory.happenings else None
        if lemma == "add" and goods and last is not None and last.type == "Agreement":
            return "Agreement"  # "On 4 November Oman added 40 launchers"
        if lemma == "master" and goods:
            return "Training"
        emergency = any(right[at - 1 : at + 1] == ["of", "emergency"] for at in range(len(right)))
        return "Measure" if emergency or _HELD.intersection(right) else None

    def _is_of_war(self, clause: Clause) -> bool:
        """Whether a verb of fighting has a force, arms or a land beside it: not "struck a deal"."""
        zones = (clause.subject, clause.right)
        if any(things(self.parse, zone) for zone in zones):
            return True
        words = {low for zone in zones for low in self.parse.lows[slice(*zone)]}
        if any(not words.isdisjoint(self.lexicon[key]) for key in _OF_WAR):
            return True
        return any(
            m.kind == "place" or (m.kind == "state" and not m.modifies)
            for m in self.parse.mentions_in(*clause.right)
        )

    def _told_by(self, words: list[str], lists: dict[str, str]) -> str | None:
        """Return the type of the first word that stands in one of some lists."""
        known = [(kind, self.lexicon[key]) for kind, key in lists.items()]
        told = [(kind, nouns) for kind, nouns in known if not nouns.isdisjoint(words)]
        return next((kind for word in words for kind, nouns in told if word in nouns), None)

    def _of_goods(self) -> str:
        """Return what arms tell of: a shipment, unless only forces have been told to come."""
        forces_only = self.memory.latest(("Shipment",)) is None and self.memory.latest(FORCES)
        return "Deployment" if forces_only else "Shipment"

    def as_before(self, clause: Clause) -> str | None:
        """Return the type of what was told last, where a clause only counts or takes up: "they"."""
        last = self.memory.latest(MOVING)
        if last is None or clause.relative:
            return None
        first, end = clause.subject
        begin, stop = clause.right
        for figure in self.parse.quantities:
            inside = (first < figure.last and figure.first < end) or begin <= figure.first < stop
            if inside and self._counts_those_told_of(figure):
                return last.type
        words = self.parse.lows[first:end]
        near = last.paragraph >= self.parse.paragraph - 1
        them = words == ["they"] or words[-2:] == ["of", "them"]
        return last.type if near and them and clause.verb.lemma != "be" else None

    def _counts_those_told_of(self, figure: Quantity) -> bool:
        """Whether a figure stands bare or counts a force: not "69," nor "100 million people"."""
        lows, at = self.parse.lows, figure.last
        after = lows[at] if at < len(lows) else "."
        if lows[figure.first - 1] == "," == after:
            return False
        bare = not after[0].isalpha() or after in self.lexicon["function-words"]
        bare = bare or after in self.lexicon["auxiliaries"] or at in self.parse.verb_at
        named = self.parse.mention_at.get(at)
        return bare or (named is not None and bool(named.items) and after not in ANYBODY)

    def _of_things(self, clause: Clause) -> str | None:
        """Return the type of event that forces or arms of a clause tell of, by its first."""
        klass = self.reader.gazetteer.item_class
        if self._crewed(clause):
            return "Deployment"
        for thing in things(self.parse, clause.right):
            if thing.items[0] not in _NO_FORCE:
                if klass(thing.items[0]) != "persons":
                    return self._of_goods()
                return None if clause.verb.lemma == "be" else "Deployment"
        for thing in things(self.parse, clause.subject):
            if thing.items[0] not in _NO_FORCE:
                persons = klass(thing.items[0]) == "persons"
                return "Deployment" if persons else self._of_arms(clause, thing)
        return None

    def _crewed(self, clause: Clause) -> bool:
        """Whether a state's own ships or jets act: "American destroyers have ringed the ship"."""
        lemma, kinds = clause.verb.lemma.split()[0], self.reader.gazetteer.kinds
        if clause.verb.passive or lemma in self.lexicon["arms-hit"] or lemma in _BEING:
            return False
        own = (m for m in things(self.parse, clause.subject) if m.nation is not None)
        return any(not _CREWED.isdisjoint(kinds[m.items[0]]) for m in own)

    def _of_arms(self, clause: Clause, arms: Mention) -> str | None:
        """Return what arms tell of that do something: they hit, land or are somewhere."""
        lemma = clause.verb.lemma.split()[0]
        if lemma in self.lexicon["arms-hit"]:
            return "Combat"
        if lemma in self.lexicon["craft-arrive"]:
            last = self.memory.latest(MOVING)
            return last.type if last is not None else "Shipment"
        behind = self.parse.lows[arms.last : clause.subject[1]]
        return None if _LEADING.isdisjoint(behind) else self._of_goods()
