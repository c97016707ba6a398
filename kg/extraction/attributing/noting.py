"""What a sentence leaves in the memory of its document: its topic, who is meant from here on."""

from __future__ import annotations

from kg.extraction.attributing.quoted_on import note_spoken_of
from kg.extraction.document.named_together import note_listed
from kg.extraction.document.those_two import note_those, those_two
from kg.extraction.events.sitting import Part
from kg.extraction.names.mentions import Mention
from kg.extraction.speakers.serving import soldier_of
from kg.extraction.speakers.voices import is_called

# So many words at the head of a sentence without a verb can name what it is about.
_OPENING = 4
# So many words behind the comma the noun of an apposition stands.
_APPOSED = 5
_TOPICS = frozenset(("State", "Group", "ArmedForce", "InternationalBody"))
_HOUSES = frozenset(("ministry", "army", "military", "navy", "embassy", "command", "department"))
_BY = frozenset(("by", "from"))
_OFFICE = 2  # tokens from a name back to its office, over the comma
_TURNING = frozenset(("turn", "shift", "move", "fall", "switch", "go", "be"))
_A_WARSHIP = ["warship"]
_WARSHIPS = frozenset((*_A_WARSHIP, "frigate", "destroyer", "corvette", "submarine"))
_TELLERS = frozenset(("he", "she", "i"))


class Noting(Part):
    """Lets the document's memory take in what a sentence is about."""

    def note_topic(self) -> None:
        """Remember the state that the sentence is about, and the one before it."""
        self.memory.before = None
        if topic := self._topic():
            if self.memory.state != topic:
                self.memory.before = self.memory.state
            self.memory.state = topic
            self.memory.spoken_in = (self.parse.paragraph, topic)

    def note_whom_it_names(self) -> None:
        """Remember persons, groups, bodies and forces, once the claims have been found."""
        self.note_subject()
        note_spoken_of(self.sitting)
        if not _BY.isdisjoint(self.parse.words_used):
            self._note_writer()
        self._note_society()
        if self.memory.ours is None and self.parse.lows[0] in _TELLERS:
            self._note_teller()
        if not _HOUSES.isdisjoint(self.parse.words_used):
            self._note_house()
        note_listed(self.parse, self.memory)
        self.note_force()
        subject = self.clauses[0].subject if self.clauses else (0, 0)
        if "Meeting" in [found.reading.type for found in self.found]:
            self._note_who_met()
        note_those(self.memory, self.parse.lows[slice(*subject)], self.found, self.parse.paragraph)

    def note_who_they_are(self) -> None:
        """Remember who "they" is in "The two sides spoke of the pact, which they signed"."""
        subject = self.parse.lows[slice(*self.clauses[0].subject)]
        if subject != ["they"] and (those := those_two(self.memory, subject, self.parse.paragraph)):
            self.memory.pair = (self.parse.paragraph, those)

    def _note_who_met(self) -> None:
        """Remember the persons who meet: "the ministers" are these from here on."""
        resolver = self.reader.resolver
        named = (m for m in self.parse.mentions if m.kind in ("person", "unknown"))
        ids = (resolver.actor(self.parse, m) for m in named if m.last - m.first > 1)
        persons = [i for i in ids if i and self._is_person(i)]
        memory, met = self.memory, tuple(dict.fromkeys(persons))
        memory.met = met
        sides = next(f.reading.from_ for f in self.found if f.reading.type == "Meeting")
        # "The minister of Norway, Odd Hansen, and that of Canada, Anne Roy": in the same order.
        for person, side in zip(met, sides, strict=False) if len(met) == len(sides) else ():
            if memory.top(person) == person:
                memory.affiliations[person] = side

    def _is_person(self, actor: str) -> bool:
        return actor in self.memory.people or self.memory.kind_of(actor) == "Person"

    def note_subject(self) -> None:
        """Remember the person whom the sentence is about, for "he" in the next."""
        named = [m for m in self.parse.mentions if m.kind == "person" or m.kind == "unknown"]
        if not named:
            return
        self._note_holders(named)
        for mention in named:
            if mention.kind == "unknown" and is_called(self.parse, mention, self.lexicon):
                self.memory.person = self.reader.resolver.actor(self.parse, mention)
                return
        subject = self.clauses[0].subject if self.clauses else (0, 0)
        opening = self.clauses[0].verb.first if self.clauses else len(self.parse.lows)
        for first, last in (subject, (0, opening)):
            for mention in named:
                inside = first <= mention.first and mention.last <= last
                whole = mention.kind == "person" or mention.last - mention.first > 1
                if inside and whole and not mention.modifies:
                    actor = self.reader.resolver.actor(self.parse, mention)
                    if actor:
                        self.memory.person = self.memory.subject = actor
                        return

    def _note_holders(self, named: list[Mention]) -> None:
        """Let surnames be known of those named behind their office: "the president, Ali Saleh,"."""
        lows = self.parse.lows
        for mention in named:
            between = (
                lows[mention.first - 1] == "," == "".join(lows[mention.last : mention.last + 1])
            )
            if not between or mention.first < _OFFICE or mention.last - mention.first == 1:
                continue
            if lows[mention.first - _OFFICE] in self.lexicon["offices"]:
                self.reader.resolver.actor(self.parse, mention)

    def _note_writer(self) -> None:
        """Remember who wrote what the sentence is about: "stands in a letter by Ali Saleh"."""
        lows, papers = self.parse.lows, self.lexicon["told-in"] | self.lexicon["papers-said-in"]
        for mention in self.parse.mentions:
            by = lows[mention.first - 1 : mention.first] in (["by"], ["from"])
            whole = mention.kind == "person" or (
                mention.kind == "unknown" and mention.last - mention.first > 1
            )
            if by and whole and mention.first > 1 and lows[mention.first - 2] in papers:
                writer = self.reader.resolver.actor(self.parse, mention)
                if writer is not None and self._is_person(writer):
                    self.memory.person = writer
                return

    def _note_society(self) -> None:
        """Remember the group that a sentence introduces: "comes from Civic Watch, a group of"."""
        if self.lexicon["societies"].isdisjoint(self.parse.words_used):
            return
        lows = self.parse.lows
        for mention in self.parse.mentions:
            if mention.kind != "unknown" or lows[mention.last : mention.last + 1] != [","]:
                continue
            apposed = lows[mention.last + 1 : mention.last + _APPOSED]
            if apposed[:1] in (["a"], ["an"]) and not self.lexicon["societies"].isdisjoint(apposed):
                self.memory.body = self.reader.resolver.actor(self.parse, mention)

    def _note_teller(self) -> None:
        """Remember whose soldier a sentence introduces, whom "we" means in what he tells."""
        subject = self.parse.lows[slice(*self.clauses[0].subject)] if self.clauses else []
        if len(subject) != 1:
            return
        if (whom := soldier_of(self.parse)) is not None:
            self.memory.ours = self.reader.resolver.side(self.parse, whom)

    def _note_house(self) -> None:
        """Remember the ministry that "would not comment", for which a spokeswoman then speaks."""
        subject = self.clauses[0].subject if self.clauses else (0, 0)
        first = self.parse.mention_at.get(subject[0] + (self.parse.lows[subject[0]] == "the"))
        if first is None or first.last != subject[1]:
            return
        words = self.parse.lows[first.first : first.last]
        if first.kind in ("collective", "organization") and not _HOUSES.isdisjoint(words):
            house = self.reader.resolver.actor(self.parse, first)
            self.memory.house = (self.parse.paragraph, house)

    def note_force(self) -> None:
        """Remember whose the soldiers or the arms are of which the sentence speaks."""
        gazetteer = self.reader.gazetteer
        for mention in self.parse.mentions:
            if mention.kind == "item" and mention.nation and mention.items:
                owner = self.reader.resolver.owner(self.parse, mention)
                if owner and mention.items[0] in _WARSHIPS:
                    self.memory.hull = (self.parse.paragraph, owner)
                if owner and gazetteer.item_class(mention.items[0]) == "persons":
                    self.memory.force = (self.parse.paragraph, owner)
                elif owner:
                    self.memory.goods = (self.parse.paragraph, owner)

    def _topic(self) -> str | None:
        """Return the state that the first subject of a sentence stands for, which "its" means."""
        first, last = self.clauses[0].subject if self.clauses else (0, _OPENING)
        for mention in self.parse.mentions_in(*self._zone_of_topic(first, last)):
            named = ("state", "organization", "person", "collective")
            seat = mention.kind == "state" and self.parse.lows[mention.first - 1] == "in"
            if mention.kind == "item" and mention.nation and mention.items[:1] == _A_WARSHIP:
                side = self.reader.resolver.owner(self.parse, mention)
                self.memory.topic = side or self.memory.topic
                return side  # "HMS Trent is off Georgetown. Its crew": whose ship it is
            if mention.kind in named and not mention.modifies and not seat:
                side = self.reader.resolver.side(self.parse, mention)
                if side and self.reader.gazetteer.type_of(side) in _TOPICS:
                    self.memory.topic = side
                if side and self.reader.gazetteer.type_of(side) == "State":
                    return side
        if turned := self._turned_to():
            self.memory.topic = turned
        return None

    def _turned_to(self) -> str | None:
        """Return of whom a sentence begins to tell: "Attention now turns to the Africa Corps"."""
        if self.lexicon["turning-to"].isdisjoint(self.parse.words_used) or not self.clauses:
            return None
        subject = self.parse.lows[slice(*self.clauses[0].subject)]
        verb = self.clauses[0].verb
        if self.lexicon["turning-to"].isdisjoint(subject) or verb.lemma.split()[0] not in _TURNING:
            return None
        named = [m for m in self.parse.mentions_in(*self.clauses[0].right) if not m.modifies]
        sides = (self.reader.resolver.side(self.parse, m) for m in named if m.kind != "item")
        return next((side for side in sides if side), None)

    def _zone_of_topic(self, first: int, last: int) -> tuple[int, int]:
        """Return where the topic stands: at the head, also before a verb that nobody knows."""
        opening = self.parse.mention_at.get(0) or self.parse.mention_at.get(1)
        names = opening is not None and opening.kind == "state" and not opening.modifies
        if names and opening is not None and opening.last <= first:
            behind = self.parse.lows[opening.last : opening.last + 1] or ["?"]
            told = behind[0][0].isalpha() and behind[0] not in self.lexicon["prepositions"]
            if told or behind == ["?"]:
                return opening.first, opening.last
        return first, last
