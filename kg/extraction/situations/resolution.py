"""From mention to actor: reference data first, then what the text says, then a declaration.

A person needs a public role: whom they act for is read from the words around the name. Where the
text names none, the name is declared as a source without one, and stays unresolved.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.document.anaphors import Anaphors
from kg.extraction.document.memory import Memory
from kg.extraction.document.own_bodies import owned, whose_army, whose_minister
from kg.extraction.grammar.parse import Parse, is_a_part
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.names.mentions import Mention
from kg.extraction.situations.new_places import is_new_place
from kg.extraction.situations.offices import OUTLET, Offices
from kg.extraction.speakers.houses import body_of_channel, whose_government, whose_spokesman
from kg.extraction.speakers.serving import served
from kg.extraction.speakers.voices import Voice, is_called
from kg.extraction.words.folding import fold
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.slug import slug

# What stands before a place or a make that nobody knows, not before who it is: "an Ilyushin".
_AT = frozenset(("in", "at", "near", "outside", "around", "a", "an"))
_FORCES = ("ArmedForce", "ArmedUnit", "Group")
_MISSIONS = frozenset(("mission", "force", "ship", "vessel", "frigate", "unit", "campaign"))
_UNITED = frozenset(("un", "u.n.", "united"))
_EXPERTS = _UNITED | {"panel", "group", "of", "nation", "expert", "the", "independent", "a", "team"}


@dataclass
class Resolver:
    """Turns the mentions of one document into ids, declaring what the reference data lacks."""

    lexicon: Lexicon
    gazetteer: Gazetteer
    memory: Memory

    def __post_init__(self) -> None:
        """Take in what follows pronouns back, and what finds offices."""
        self.anaphors = Anaphors(self.lexicon, self.gazetteer, self.memory)
        self.offices = Offices(self.lexicon, self.gazetteer)

    def actor(self, parse: Parse, mention: Mention) -> str | None:
        """Return the actor a mention stands for, None where it stands for none."""
        if mention.kind == "person" or mention.kind == "unknown":
            return self._person(parse, mention)
        if mention.kind == "collective":
            return self._source(parse, mention)
        if mention.kind == "place":
            return self.gazetteer.state_of_place(mention.place or "")
        return mention.actor

    def speaker(self, parse: Parse, voice: Voice) -> str | None:
        """Return who speaks, pronouns and definite nouns followed back."""
        if voice.mention is not None:
            return self._named_speaker(parse, voice.mention)
        if voice.word in self.lexicon["offices"]:
            return self.memory.person or self._declare(_in_zone(parse, voice), "UnnamedSource")
        meant = self.anaphors.pronoun(voice.word)
        if meant is None and voice.word in self.lexicon["told-in"]:
            return self._declare(_in_zone(parse, voice), "UnnamedSource")
        return meant

    def _named_speaker(self, parse: Parse, mention: Mention) -> str | None:
        """Return who speaks by a name, or by a noun for somebody named before."""
        memory, mention = self.memory, owned(parse, mention)
        if (met := self._of_those_who_met(parse, mention)) is not None:
            return met
        if memory.person and self._is_the_person(parse, mention):
            self._note_service(parse, mention, memory.person)
            return memory.person
        if state := whose_government(parse, mention, memory):
            return state
        if memory.person and self._is_their_office(parse, mention):
            return memory.person
        if state := whose_army(parse, mention, memory, self.gazetteer):
            its = parse.lows[mention.first - 1] != "the"
            return self._army_of(state, parse.words(mention), its=its)
        noun = self.anaphors.noun_of(parse, mention)
        if noun and (body := self.anaphors.body(noun)):
            return body
        if (house := whose_spokesman(parse, mention, memory)) is not None:
            return house
        if (owner := body_of_channel(parse, mention)) is not None:
            return self.actor(parse, owner)
        return self.actor(parse, mention) or self._named_once(parse, mention)

    def _of_those_who_met(self, parse: Parse, mention: Mention) -> str | None:
        """Return which of the persons who met "the Greek minister" is."""
        office = parse.lows[mention.last - 1] in self.lexicon["offices"]
        if not office or mention.nation is None or not self.memory.met:
            return None
        side = self.side(parse, mention.nation)
        own = [person for person in self.memory.met if self.memory.top(person) == side]
        return own[0] if len(own) == 1 else None

    def _note_service(self, parse: Parse, mention: Mention, person: str) -> None:
        """Remember whom a person serves: "The retired admiral, who ran Taiwan's navy, says"."""
        nobody = self.memory.actors.get(person, {}).get("type") == "UnnamedSource"
        if nobody and (side := self.side(parse, served(parse, mention.last))):
            self.memory.affiliations.setdefault(person, side)

    def _army_of(self, state: str, words: str, *, its: bool) -> str:
        """Return a state's army, declared with whose it is where "its army" says so."""
        if army := self.gazetteer.body_of(state, "ArmedForce", words):
            return army
        known = self.gazetteer.names.actors.get(state)
        owner = f"{known.label}'s " if known is not None and its else ""
        actor = self._declare(owner + words, "UnnamedSource")
        self.memory.affiliations[actor] = state
        return actor

    def _named_once(self, parse: Parse, mention: Mention) -> str | None:
        """Return a source that nobody knows by its one name: "the newspaper Danas found"."""
        words = parse.words(mention)
        plain = words.replace("-", "").isalpha()  # "SPLM-IO"
        known = mention.kind != "unknown" or mention.place or not plain
        return None if known else self._declare(words, "UnnamedSource")

    def actor_or_place(self, parse: Parse, mention: Mention) -> str | None:
        """Return the id a mention in a record refers to."""
        if mention.kind == "place":
            return mention.place
        if mention.kind == "unknown":
            known = self.memory.surnames.get(fold(parse.words(mention).split()[-1]))
            declared = slug(parse.words(mention))
            told = declared in self.memory.actors or declared in self.memory.new_places
            return known or (declared if told else None)
        if mention.kind == "person" and mention.candidates:
            return self._person(parse, mention)
        if mention.kind == "collective":
            return self._ministry(parse, mention) or self._experts(parse, mention)
        return mention.actor or mention.place

    def declare_source(self, words: str, kind: str = "UnnamedSource") -> str:
        """Return the id of somebody unnamed, declared under the words the text has for them."""
        return self._declare(words, kind)

    def is_outlet(self, actor: str) -> bool:
        """Whether an actor is a news outlet."""
        return self.gazetteer.type_of(actor) == OUTLET

    def side(self, parse: Parse, mention: Mention | None) -> str | None:
        """Return the state or body that a mention stands for as a side of an event."""
        if mention is None:
            return None
        if mention.kind == "item":
            return self.owner(parse, mention)
        if mention.kind == "collective":
            return (
                None if self._only_sits_there(parse, mention) else self.side(parse, mention.nation)
            )
        if mention.kind == "place":
            return self.gazetteer.state_of_place(mention.place or "")
        if mention.kind == "unknown" and mention.nation is not None:
            return self.side(parse, mention.nation)
        if mention.kind == "unknown":
            return self._body_called(parse, mention) or self._unknown_side(parse, mention)
        if mention.kind == "person":
            actor = self._person(parse, mention)
            return self._commanded(actor) if actor else None
        if mention.actor and self.is_outlet(mention.actor):
            return None
        if mention.declared and self._takes_no_side(parse, mention):
            return None
        return self.memory.top(mention.actor) if mention.actor else None

    def _takes_no_side(self, parse: Parse, mention: Mention) -> bool:
        """Whether a body only watches and reports, or is one in which two states sit."""
        watches = parse.lows[mention.last - 1] in self.lexicon["outlet-heads"]
        return watches or is_joint_body(parse.lows[mention.first : mention.last], self.lexicon)

    def _commanded(self, person: str) -> str:
        """Return for whom a person stands; a commander for a force only where a text names it."""
        above = self.memory.top(person)
        force = self.gazetteer.type_of(above) in _FORCES
        return person if force and above not in self.memory.spoken_of else above

    def _only_sits_there(self, parse: Parse, mention: Mention) -> bool:
        """Whether a body has only its seat in a state: "an advocacy group in Washington"."""
        seat = mention.nation
        if seat is None or seat.first <= mention.first or parse.lows[seat.first - 1] != "in":
            return False
        return parse.lows[seat.first - 2] in self.lexicon["societies"]

    def owner(self, parse: Parse, item: Mention) -> str | None:
        """Return whose an item is: "Russian soldiers", "soldiers of Russia's Wagner group"."""
        if item.nation is None or (item.nation.kind == "unknown" and "planeload" in item.items):
            return None  # flights "from Tekirdag": a town
        if item.nation.kind == "unknown" and self.is_make(parse, item.nation):
            return None
        owner = self.side(parse, item.nation)
        # The maker of a thing is not whose it is.
        return None if self.gazetteer.type_of(owner or "") == "Company" else owner

    def is_make(self, parse: Parse, name: Mention) -> bool:
        """Whether a name is of a thing: "the Pinaka rocket launchers", "the freighter Angara"."""
        if name.first and parse.lows[name.first - 1] in self.lexicon["carriers"]:
            return True
        thing = parse.mention_at.get(name.last)
        if thing is None or thing.kind != "item" or not thing.items or name.nation:
            return False
        return self.gazetteer.item_class(thing.items[0]) == "goods"

    def _unknown_side(self, parse: Parse, mention: Mention) -> str | None:
        words = parse.words(mention)
        known = self.memory.surnames.get(fold(words.split()[-1]))
        if known:
            return self.memory.top(known)
        if any(map(str.isdigit, words)) or is_a_part(parse, mention):
            return None
        behind = "".join(parse.lows[mention.last : mention.last + 1])
        make = words.isupper() and behind[:1].isdigit()
        if make or is_new_place(parse, mention, self.lexicon):
            return None  # "ASC 890 planes", "to the Paria peninsula"
        if words.rpartition("-")[2].islower() and "-" in words:
            return None  # "Bayraktar-type drones"
        if self._is_of_a_thing(parse, mention) or parse.lows[mention.first - 1] in _AT:
            return None
        if is_joint_body(parse.lows[mention.first : mention.last], self.lexicon):
            return None
        if mention.last - mention.first == 1 and self._is_titled(parse, mention):
            return None  # "President Samia": a person of whom nothing is known
        if mention.last - mention.first > 1 and not words.isupper():
            if parse.lows[mention.first - 1 : mention.first] == ["the"]:
                return self._declare(words, "Organization")  # "the Red Cross": no person's name
            actor = self._person(parse, mention)
            top = self.memory.top(actor) if actor else ""
            nobody = self.memory.actors.get(top, {}).get("type") == "UnnamedSource"
            return None if nobody else top or None
        return self._declare(words, "Group")

    def _body_called(self, parse: Parse, mention: Mention) -> str | None:
        """Return the body whose noun stands alone: "the Union", of the European Union."""
        alone = mention.last - mention.first == 1 and parse.lows[mention.first - 1] == "the"
        body = self.memory.by_noun.get(parse.lows[mention.first]) if alone else None
        return self.memory.top(body) if body else None

    def _is_titled(self, parse: Parse, mention: Mention) -> bool:
        """Whether a title or an office stands right before a name."""
        before = parse.lows[mention.first - 1] if mention.first else ""
        return before in self.lexicon["titles"] or before in self.lexicon["roles"]

    def _is_of_a_thing(self, parse: Parse, mention: Mention) -> bool:
        """Whether a name is a thing's or an operation's: "the corvette Nour", "the Nour drill"."""
        lows, operations = parse.lows, self.lexicon["undertakings"]
        if lows[mention.last : mention.last + 1] != [] and lows[mention.last] in operations:
            return True
        before = lows[max(0, mention.first - 2) : mention.first]
        apposed = before[1:] == [","] == lows[mention.last : mention.last + 1]
        if apposed and (before[0] in operations or before[0] in _MISSIONS):
            return True  # "its naval mission, Aspides, would"
        return any(m.last == mention.first and m.kind == "item" for m in parse.mentions)

    def _person(self, parse: Parse, mention: Mention) -> str | None:
        words = parse.words(mention)
        if mention.actor and not mention.candidates:
            self.memory.note_person(mention.actor, words)
            return mention.actor
        known = self.memory.surnames.get(fold(words.split()[-1]))
        if known and (mention.last - mention.first == 1 or known in mention.candidates):
            return known
        if mention.candidates:
            self.memory.note_person(mention.candidates[0], words)
            return mention.candidates[0]
        if mention.last - mention.first < 2 and not self._has_office(parse, mention):
            return None
        if any(map(str.isdigit, words)):
            return None  # "Xian Y-20" is a make
        actor = self._declare(words, "UnnamedSource")
        self.memory.people.add(actor)
        declared = self.memory.actors.get(actor, {})
        if declared.get("type") == "UnnamedSource" and (
            office := self.offices.acted_for(parse, mention)
        ):
            declared |= {"type": "Person", "acts_for": office}
        elif declared.get("type") == "UnnamedSource" and (side := self._serves(parse, mention)):
            self.memory.affiliations.setdefault(actor, side)
        self.memory.note_person(actor, words)
        return actor

    def _has_office(self, parse: Parse, mention: Mention) -> bool:
        before = parse.lows[max(0, mention.first - 3) : mention.first]
        office = any(word in self.lexicon["roles"] for word in before)
        return office or is_called(parse, mention, self.lexicon)

    def _serves(self, parse: Parse, mention: Mention) -> str | None:
        """Return whose official somebody is by the text before: "its envoy", "the premier"."""
        if (whom := served(parse, mention.last)) is not None:
            return self.side(parse, whom)
        role, _ = self.offices.beside(parse, mention)
        before = parse.lows[max(0, mention.first - 9) : mention.first]
        if not role:
            return None
        if "its" in before or "their" in before:
            return self.memory.topic
        home = role in self.lexicon["home-offices"] or "government" in before
        return whose_minister(parse, mention, self.memory, self.gazetteer) if home else None

    def _source(self, parse: Parse, mention: Mention) -> str | None:
        words = parse.words(mention)
        if (
            parse.lows[mention.first] in ("one", "another")
            or self._continues_sources(parse, mention)
        ) and self.memory.sources:
            return self.memory.sources
        if body := self._ministry(parse, mention) or self._experts(parse, mention):
            return body
        nation = mention.nation
        its = parse.lows[mention.first - 1] in ("its", "their") and nation is not None
        if its and nation is not None and nation.last < mention.first and nation.kind == "state":
            words = f"{parse.words(nation)}'s {words}"  # "its defence ministry" is Togo's
        actor = self._declare(words, "UnnamedSource")
        if nation is not None and (side := self.side(parse, nation)):
            self.memory.affiliations.setdefault(actor, side)
        return actor

    def _ministry(self, parse: Parse, mention: Mention) -> str | None:
        """Return the body that "the Ministry of Defence" is where no state is named beside it."""
        matched = self.lexicon.bodies.match(parse.lows, mention.first)
        if (
            matched is None
            or not matched[1].startswith("Ministry")
            or mention.first + matched[0] != mention.last
        ):
            return None
        for state in self._whose_ministry(parse, mention):
            words = " ".join(parse.lows[mention.first : mention.last])
            if found := self.gazetteer.body_of(state, matched[1], words):
                return found
        return None

    def _whose_ministry(self, parse: Parse, mention: Mention) -> list[str]:
        """Return the states of which a ministry can be, the likeliest first."""
        memory, before = self.memory, parse.lows[max(0, mention.first - 2) : mention.first]
        spoken = memory.top(memory.state) if memory.state else None
        states = [memory.home, spoken, memory.side_of(memory.spoke)]
        if before[-1:] in (["its"], ["their"]):
            states = [self.side(parse, mention.nation) or spoken]
        elif before[-1:] in (["'s"], ["’s"]):
            states = [memory.island] if before[0] in self.lexicon["islands"] else []
        return [state for state in states if state]

    def _experts(self, parse: Parse, mention: Mention) -> str | None:
        """Return the United Nations' experts on the state of which the text tells."""
        named = parse.lows[mention.first : mention.last]
        if _UNITED.isdisjoint(named):
            return None
        words = {word.rstrip("s") for word in named}
        if words.isdisjoint(("expert", "panel")) or not words <= _EXPERTS:
            return None
        memory = self.memory
        last = memory.happenings[-1] if memory.happenings else None
        sides = (*last.to, *last.from_) if last is not None else ()
        told = [*memory.scene, *memory.theatre(), *sides, memory.state, memory.home]
        for state in told:
            found = self.gazetteer.experts.get(memory.top(state)) if state else None
            if found is not None:
                return found
        return None

    def _continues_sources(self, parse: Parse, mention: Mention) -> bool:
        """Whether "the officials" or "one source" are those of before."""
        lows = parse.lows
        before = lows[mention.first - 1] if mention.first else ""
        size = mention.last - mention.first
        noun = lows[mention.last - 1].rstrip("s")
        if size > 1 or before not in ("the", "one", "these", "another", "those"):
            return False
        known = self.memory.sources
        return bool(known) and noun in (known or "").replace("ies", "y")

    def _is_the_person(self, parse: Parse, mention: Mention) -> bool:
        """Whether "the minister" or "the Turkish general" is the person named before."""
        if (
            mention.kind != "collective"
            or parse.lows[mention.last - 1] not in self.lexicon["offices"]
        ):
            return False
        before = parse.lows[mention.first - 1] if mention.first else ""
        words = parse.lows[mention.first : mention.last - 1]
        if mention.nation is not None:
            words = parse.lows[mention.nation.last : mention.last - 1]
            side, person = self.side(parse, mention.nation), self.memory.person or ""
            declared = self.memory.actors.get(person, {}).get("type")
            if declared != "UnnamedSource" and side != self.memory.top(person):
                return False
        elif self._has_turned():
            return False  # "Bucharest is silent. The foreign minister says": not Kagame
        alone = all(word in self.lexicon["source-modifiers"] for word in words)
        return alone and before == "the"

    def _has_turned(self) -> bool:
        """Whether the text speaks of another state now than that of the person named before."""
        person, state = self.memory.person or "", self.memory.state
        side = self.memory.top(person)
        states = state is not None and self.gazetteer.type_of(side) == "State"
        return states and self.memory.top(state or "") != side

    def _is_their_office(self, parse: Parse, mention: Mention) -> bool:
        """Whether it is the office of the person named before: "a statement from his office"."""
        if parse.lows[mention.last - 1] != "office":
            return False
        words = parse.lows[max(0, mention.first - 1) : mention.last]
        return words[:1] in (["his"], ["her"]) and words[1:] == ["office"]

    def _declare(self, words: str, kind: str) -> str:
        name = words.removeprefix("the ").removeprefix("The ")
        actor = slug(name)
        if actor in self.gazetteer.names.actors:
            return actor
        self.memory.actors.setdefault(actor, {"id": actor, "type": kind, "name": name})
        return actor


def is_joint_body(lows: list[str], lexicon: Lexicon) -> bool:
    """Whether a name is that of a body of two states, which is no side: "Mixed Commission"."""
    joint = not lexicon["joint-words"].isdisjoint(lows)
    return joint and not lexicon["joint-bodies"].isdisjoint(lows)


def _in_zone(parse: Parse, voice: Voice) -> str:
    """Return the words of who speaks, as they stand, without an article."""
    first, last = voice.zone
    stop = next((i for i in range(first, last) if parse.lows[i] in (",", "who", "whose")), last)
    return parse.words(Mention(first + (parse.lows[first] == "the"), stop, "collective"))
