"""The sides and places that mentions stand for, anaphors and subjects further left included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extraction.document.capital_towns import capital_named, capital_of
from kg.extraction.document.memory import MOVING, Memory, Sides
from kg.extraction.document.named_together import how_many, how_many_in, named_together
from kg.extraction.document.own_bodies import whose_ministry
from kg.extraction.document.standing_for import (
    GROUPS,
    HOUSES,
    REBELS,
    UNIONS,
    is_the_group,
    is_their_mission,
    stands_for_another,
)
from kg.extraction.document.those_two import those_two
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.names.mentions import Mention
from kg.extraction.situations.asides import (
    are_own_allies,
    has_there,
    is_aside,
    is_named_behind,
    names_a_sea,
    only_owns,
    only_sets_off,
    town_before,
)
from kg.extraction.situations.new_places import NewPlaces
from kg.extraction.situations.resolution import Resolver
from kg.extraction.situations.roles import Roles

# Nouns for those who govern a state or fight for it, which stand for it.
_POWERS = frozenset(("government", "army", "junta", "military", "authorities", "regime", "rulers"))
# These rule the one state of which a text tells, whatever state it has just named.
_RULERS = frozenset(("junta", "regime", "rulers"))
_PRONOUNS = frozenset(("it", "they", "he", "she", "we"))
_PERSONAL = frozenset(("his", "her", "our", "my"))
_LAND = frozenset(
    ("territory", "soil", "land", "coast", "coastline", "waters", "shores", "airspace")
)
_PARTS = frozenset(("east", "west", "north", "south", "centre", "center", "border", "interior"))
_OF_BOTH = (["of", "the", "two"], ["from", "the", "two"], ["of", "both"])
# These are who met or signed, whatever has been told since.
_WHO_MET = frozenset(("sides", "parties", "delegations", "ministers", "envoys"))
_PLACE_SLOTS = (
    "to", "in", "at", "inside", "near", "into", "through", "nearer", "closer", "deployment", "on",
    "from-in", "out", "around", "along", "off", "outside", "via",
)  # fmt: skip
_INSIDE = ("in", "inside", "across")
# Where somebody serves stands behind who he is.
_SERVING = frozenset(("in", "to", "at"))
_MISSIONS = frozenset(
    ("embassy", "mission", "representative", "consul", "commissioner", "affaires")
)
_LAND_KINDS = ("state", "place")
_HELD = frozenset(("controlled", "held", "run", "ruled", "dominated"))
_SPOTS = frozenset(("place", "definite"))
_WHERE = frozenset(("here", "there"))
_INTO = ("to", "into", "in", "inside")


@dataclass
class SideFinder:
    """Finds the states, bodies and places that the mentions of a clause stand for."""

    gazetteer: Gazetteer
    memory: Memory
    resolver: Resolver

    def __post_init__(self) -> None:
        """Take in what finds places that nobody knows."""
        self.new = NewPlaces(self.resolver.lexicon, self.gazetteer, self.memory)

    def of(self, parse: Parse, mentions: Iterable[Mention]) -> Sides:
        """Return the sides that `mentions` stand for, each once."""
        found: dict[str, None] = {}
        mentions = list(mentions)
        for number, mention in enumerate(mentions):
            if mention.kind == "unknown" and (
                only_sets_off(parse, mention, mentions) or self.resolver.is_make(parse, mention)
            ):
                continue
            if names_a_sea(parse, mention) or (
                len(mentions) > 1 and (is_aside(parse, mention) or are_own_allies(parse, mention))
            ):
                continue
            after = mentions[number + 1 : number + 3]
            if after and (
                is_named_behind(parse, mention, after[:1]) or only_owns(parse, mention, after)
            ):
                continue
            for other in mention.joint:
                if (owner := self.resolver.side(parse, other)) is not None:
                    found[owner] = None
            side = self._of_one(parse, mention)
            if side is not None:
                found[side] = None
        if len(found) < 2:
            return tuple(found)
        known = [side for side in found if not self._is_nobody(side)]
        if any(self._is_state(side) for side in known):
            known = self._without_makers(known)
        return tuple(known or found)  # "the Chinese envoy, Jiang Feng" is China

    def _of_one(self, parse: Parse, mention: Mention) -> str | None:
        """Return the side that one mention stands for, by itself or by what was named before."""
        held = mention.kind in _LAND_KINDS and "-" in parse.lows[mention.first - 1]
        side = self._holder(parse, mention) if held else None
        side = side or self.resolver.side(parse, mention)
        if side is None:
            side = self.group_in(parse, [mention])
        if side is None and mention.kind == "item" and mention.owner == "whose":
            side = self.of_antecedent(parse, mention)
        if side is None and mention.kind == "unknown" and is_their_mission(parse, mention):
            side = self.memory.itself or self.memory.body
        if side is None and mention.kind == "collective":
            side = self.of_whom(parse.lows[mention.first - 1])
        if side is None and stands_for_another(parse, mention):
            side = self._meant(parse, mention)
        return side

    def group_in(self, parse: Parse, mentions: Iterable[Mention]) -> str | None:
        """Return which group the first of `mentions` means that is one as "the rebels" are."""
        for mention in mentions:
            if mention.kind == "item" and is_the_group(parse, mention):
                named = self.memory.rebels or self.memory.group
                return named or self._nameless(parse, mention)
        return None

    def _nameless(self, parse: Parse, mention: Mention) -> str | None:
        """Return the rebels of a text that names no group, by what it calls them."""
        word = parse.lows[mention.last - 1]
        return self.resolver.declare_source(word, "Group") if word in REBELS else None

    def _without_makers(self, sides: list[str]) -> list[str]:
        """Leave out companies and their unknown rivals, which make or store what a state gives."""
        kinds = [self.gazetteer.type_of(side) for side in sides]
        if "Company" not in kinds:
            return sides
        declared = self.memory.actors
        pairs = zip(sides, kinds, strict=True)
        return [side for side, kind in pairs if kind != "Company" and side not in declared]

    def of_antecedent(self, parse: Parse, mention: Mention) -> str | None:
        """Return whose they are in "Haftar, whose forces attacked"."""
        before = [m for m in parse.mentions if m.last <= mention.first and not m.modifies]
        return self.resolver.side(parse, before[-1]) if before else None

    def _holder(self, parse: Parse, land: Mention) -> str | None:
        """Return the group that a place is said to be held by: "Houthi-controlled Yemen"."""
        name, _, held = parse.lows[land.first - 1].rpartition("-") if land.first else ("", "", "")
        if held not in _HELD or land.kind not in ("state", "place"):
            return None
        memory = self.memory
        known = [memory.rebels] if name == "rebel" else [memory.group, *sorted(memory.spoken_of)]
        holder = next(
            (one for one in known if one and (name == "rebel" or one.startswith(name))), None
        )
        state = self.gazetteer.state_of_place(land.place or land.actor or "")
        if holder is not None and state is not None:
            memory.holders[state] = holder
        return holder

    def _is_nobody(self, side: str) -> bool:
        """Whether a side is a person of whom it is not known for whom they act."""
        declared = self.memory.actors.get(side, {}).get("type")
        return (declared or self.gazetteer.type_of(side)) in ("Person", "UnnamedSource")

    def of_subject(self, parse: Parse, clause: Clause) -> Sides:
        """Return the sides of a subject that stands further left, or is a pronoun."""
        first, last = clause.subject
        if parse.lows[first:last] == ["we"]:
            return (self.memory.we,) if self.memory.we else ()
        mentions = [
            m for m in parse.mentions_in(first, last) if not m.modifies or m.kind == "state"
        ]
        found = self.of(parse, mentions[:6])
        if found and not has_anaphor(parse, clause):
            return found[:1] if len(found) > 1 and "and" not in parse.lows[first:last] else found
        named = bool(mentions) and not has_anaphor(parse, clause)
        if named and not found and self.memory.happenings:
            return ()  # "300 men left Syria and passed through Chad": whose they are is not said
        it = parse.lows[first:last] in (["it"], ["they"])
        if it and (before := self._subject_before(parse, clause)):
            return before
        itself = self.memory.itself if it else None
        for actor in (itself, self.memory.state, self.memory.body):
            if actor and not self.resolver.is_outlet(actor):
                return (self.memory.top(actor),)
        if person := self.memory.side_of(self.memory.person):
            return (person,)
        return found

    def _subject_before(self, parse: Parse, clause: Clause) -> Sides:
        """Return who "it" is in "Paris arms Yerevan: it has sent guns", the subject before."""
        parent = clause.parent
        if parent is not None and parent.subject == clause.subject:
            parent = parent.parent
        if parent is None:
            return ()
        states = [m for m in parse.mentions_in(*parent.subject) if m.kind == "state"]
        if parse.lows[clause.subject[0]] == "they":
            # "Chad's envoy in Bamako says that they": one speaks, and of others.
            joined = "and" in parse.lows[slice(*parent.subject)]
            return self.of(parse, states) if len(states) > 1 and joined else ()
        return self.of(parse, states) if len(states) == 1 and not states[0].modifies else ()

    def both(self, parse: Parse, clause: Clause) -> Sides:
        """Return those meant, if the subject is "both states", "the three governments"."""
        words = parse.lows[slice(*clause.subject)]
        if words[-1:] == ["last"]:
            words = words[:-1]  # "the two presidents last met"
        if words[-4:-1] in _OF_BOTH:
            words = words[-3:]  # "the ministers of defence of the two countries"
        if words[-4:] == ["the", "heads", "of", "state"]:
            words = ["both"]
        who_met = words[-1:] != [] and words[-1] in _WHO_MET
        if who_met and (met := those_two(self.memory, words, parse.paragraph)):
            return met
        count = how_many(words)
        return named_together(self.memory, count) if count else ()

    def counted(self, parse: Parse, clause: Clause) -> Sides:
        """Return those meant who stand behind a verb: "has sold arms to the two states"."""
        count = how_many_in(parse.lows[slice(*clause.right)])
        return named_together(self.memory, count) if count else ()

    def of_whom(self, pronoun: str) -> str | None:
        """Return whose "his government", "its army" or "our soldiers" is."""
        memory = self.memory
        if pronoun in ("our", "my"):
            return memory.we
        who = memory.person if pronoun in ("his", "her") else memory.state
        return memory.side_of(who) if pronoun in ("his", "her", "its", "their") else None

    def _meant(self, parse: Parse, mention: Mention) -> str | None:
        """Return whom "the group", "the movement" or "the country" means."""
        word = parse.lows[mention.last - 1]
        if word in GROUPS:
            return self._union(word) or self._group()
        lexicon = self.resolver.lexicon
        if word in lexicon["islands"]:
            return self.memory.island
        if word == "administration" or word == "ministry" or word in HOUSES:
            return self._own_house(parse, word)
        if word in lexicon["lands"] or word in _POWERS:
            whose = parse.lows[mention.first - 1]
            if whose in _PERSONAL:
                return self.of_whom(whose)
            if whose in ("its", "their") and self._is_state(self.memory.itself):
                return self.memory.itself  # "Chad says that they crossed into its territory"
            of = parse.lows[mention.last - 3 : mention.last - 1] == ["of", "the"]
            if of and parse.lows[mention.last - 4] in _PARTS and self.memory.state:
                return self.memory.top(self.memory.state)  # "to the east of the country"
            if word == "country" and mention.first <= 1 and self.memory.state:
                return self.memory.top(self.memory.state)  # "The country has also sent tanks"
            own = (
                self.memory.we
                if word in _POWERS and self.memory.takes_part(self.memory.we)
                else None
            )
            if word in _RULERS and (land := self.memory.land(())):
                return land[0]
            return own if self._is_state(own) else self._country(parse, mention)
        return None

    def _union(self, word: str) -> str | None:
        """Return which body of states "the alliance" or "the bloc" is, if one has been named."""
        if word not in UNIONS:
            return None
        if word in self.memory.by_noun:
            return self.memory.by_noun[word]
        return self.memory.bodies.get("InternationalBody")

    def _own_house(self, parse: Parse, word: str) -> str | None:
        """Return whose "Parliament" or "the administration" is: ours, or of the state spoken of."""
        if word == "ministry":
            return whose_ministry(parse, self.memory)
        spoken = self.memory.top(self.memory.state) if self.memory.state else None
        sides = (self.memory.home, spoken) if word in HOUSES else (spoken,)
        return next((side for side in sides if self._is_state(side)), None)

    def _group(self) -> str | None:
        """Return which group "the group" is: the last one named, but none that only helps."""
        last = self.memory.latest(MOVING)
        named = self.memory.group
        if last is None or named not in last.from_:
            return named
        return next((side for side in last.to if not self._is_state(side)), named)

    def _is_state(self, actor: str | None) -> bool:
        return self.gazetteer.type_of(actor or "") == "State"

    def _country(self, parse: Parse, land: Mention) -> str | None:
        """Return which state "the country" or "the republic" is: where forces and goods go."""
        last = self.memory.latest(MOVING)
        state = self.memory.top(self.memory.state) if self.memory.state else None
        there = self.states_of(self.memory.places)
        left = last.from_ if last is not None else ()
        reached = last.to if last is not None else ()
        candidates = [
            *reached,
            *(one for one in there if one not in left),
            *self.memory.theatre(),
            self.memory.before,
            *((state,) if state not in left else self.memory.land(left)),
            state,
        ]
        has = self.of(parse, has_there(parse, land))
        meant = (one for one in candidates if one not in has and self._is_state(one))
        least = reached[0] if reached else state
        return next(meant, None if least in has else least)

    def places(self, parse: Parse, parts: Roles, theme: list[Mention]) -> list[str]:
        """Return the places at which something is said to be or to go."""
        mentions = [*parts.parts["place"]]
        for key in _PLACE_SLOTS:
            if key in parts.slots:
                mentions += [m for m in parts.slots[key] if m not in mentions]
        # "headed for the capital"
        mentions += [m for m in parts.parts["to"] if m.kind in _SPOTS and m not in mentions]
        mentions += [
            m
            for m in parts.parts["subject-other"]
            if (m.kind == "place" or (m.kind == "state" and parse.lows[m.first - 1] in _INSIDE))
            and not self._is_post(parse, m)
        ]
        if not _WHERE.isdisjoint(parse.words_used):
            mentions += [
                m
                for slot in parts.slots.values()
                for m in slot
                if m.kind == "definite" and parse.lows[m.first] in _WHERE and m not in mentions
            ]
        # "were taken to Libya": the preposition is part of the verb.
        mentions += [m for m in parts.slots.get("", ()) if parse.lows[m.first - 1] in _INTO]
        return self.places_of(parse, [m for m in mentions if m not in theme])

    def _is_post(self, parse: Parse, place: Mention) -> bool:
        """Whether a place only says where somebody serves: "Chad's ambassador in Paris"."""
        before = parse.lows[max(0, place.first - 2) : place.first]
        lexicon = self.resolver.lexicon
        holds = before[:1] != [] and (before[0] in lexicon["offices"] or before[0] in _MISSIONS)
        return holds and before[-1] in _SERVING

    def places_of(self, parse: Parse, mentions: Iterable[Mention]) -> list[str]:
        """Return the places that mentions stand for, each once, no state beside a town in it."""
        mentions = list(mentions)
        found = list(dict.fromkeys(p for m in mentions for p in self._places_of(parse, m)))
        if len(found) < 2:
            return found
        towns = {m.place for m in mentions if m.kind == "place"}
        if any(m.kind == "definite" for m in mentions) and towns:
            # "in the country, at N'Djamena": which country it is the town says.
            found = [place for place in found if place in towns]
        around = {self.gazetteer.state_of_place(p) for p in found if not self._is_state(p)}
        return [place for place in found if place not in around]

    def cities(self, parse: Parse, mentions: Iterable[Mention]) -> list[str]:
        """Return the places that are no states: where forces set off, where a treaty is signed."""
        named: list[str] = []
        for mention in mentions:
            capital = capital_named(parse, mention, self.gazetteer)
            if not capital and mention.kind in ("place", "state") and mention.place:
                named.append(mention.place)
            named += capital
        return [place for place in named if not self._is_state(place) and self.is_place(place)]

    def _places_of(self, parse: Parse, mention: Mention) -> list[str]:
        if capital := capital_named(parse, mention, self.gazetteer):
            return capital
        if mention.kind in ("state", "place") and not names_a_sea(parse, mention):
            place = mention.place or mention.actor
            return [place] if place and self.is_place(place) else []
        if mention.kind == "demonym":
            land = not _LAND.isdisjoint(parse.lows[mention.last - 1 : mention.last + 2])
            return [mention.actor] if land and mention.actor else []
        if mention.kind == "unknown" and mention.nation is not None and mention.nation.place:
            return [mention.nation.place]  # "at HMAS Stirling"
        return self._place_meant(parse, mention) if mention.kind == "definite" else []

    def _place_meant(self, parse: Parse, mention: Mention) -> list[str]:
        """Return the places that "there", "the capital" or "these bases" means."""
        word = parse.lows[mention.first]
        before = parse.lows[mention.first - 1] if mention.first else ""
        if before in ("these", "those"):
            return list(self.memory.places)
        if word in self.resolver.lexicon["lands"]:
            itself = self.memory.itself if before in ("its", "their") else None
            whose = itself if self._is_state(itself) else self._country(parse, mention)
            state = self.of_whom(before) if before in _PERSONAL else whose
            if not state:
                return []
            return capital_of(state, self.gazetteer) if word == "capital" else self._as_place(state)
        if word == "here":
            return self._as_place(self.memory.home) if self.memory.home else []
        if word == "there":
            if named := self._named_before(parse, mention):
                return [named]
            return self._there(parse)
        if word in self.resolver.lexicon["islands"] and self.memory.island:
            return [self.memory.island]
        if word in self.resolver.lexicon["spots"]:
            return [self.memory.spot] if self.memory.spot else []
        return []

    def _there(self, parse: Parse) -> list[str]:
        """Return where "there" is: where forces or goods were told to go last, else the land."""
        last = self.memory.latest(MOVING)
        if self.memory.places and last is not None and last.paragraph == parse.paragraph:
            lands = {side for side in last.to if self._is_state(side)}
            if lands <= {*self.states_of(self.memory.places)}:
                return self.memory.places[:1]  # where it is, not where others were before
        land = (last.to if last is not None else ()) or self.memory.theatre()
        land = land or self.memory.land(last.from_ if last is not None else ())
        return self._as_place(land[0]) if land else []

    def _named_before(self, parse: Parse, there: Mention) -> str | None:
        """Return the town in "flew to Bardai and met officers there", or the state."""
        town = town_before(parse, there)
        place = (town.place or town.actor) if town is not None else None
        return place if place and self.is_place(place) else None

    def _as_place(self, state: str) -> list[str]:
        return [state] if self.is_place(state) else []

    def is_place(self, place: str) -> bool:
        """Whether an id is that of a known place."""
        return place in self.gazetteer.names.places

    def states_of(self, places: Iterable[str]) -> Sides:
        """Return the states in which places lie, each once."""
        found = map(self.gazetteer.state_of_place, places)
        return tuple({state: None for state in found if state})


def has_anaphor(parse: Parse, clause: Clause) -> bool:
    """Whether the subject is a pronoun that stands for somebody named before."""
    first, last = clause.subject
    return not _PRONOUNS.isdisjoint(parse.lows[first:last])
