"""What a document has said so far: who "he" is, whose "the troops" are, which event goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.names.mentions import Mention
from kg.extraction.words.folding import fold

Sides = tuple[str, ...]
FORCES = ("Deployment", "Training", "Combat")
MOVING = (*FORCES, "Shipment")
# The aspect that a bare figure of an event is about; of a deployment it is the total.
COUNTED = {
    "Shipment": "items-delivered",
    "Training": "personnel-training",
    "Combat": "personnel-in-combat",
}
ANY = ("IntelligenceService", "Ministry", "ArmedForce", "InternationalBody", "Organization")
_OUTLETS = ("NewsOutlet",)
_SOCIETIES = ("Organization", "InternationalBody")
_SERVICES = ("IntelligenceService",)
_ARMIES = ("ArmedForce",)
GROUPS = ("Group", "ArmedForce", "ArmedUnit", "Organization")
# By which a body itself speaks: "the Telegram channel of the Africa Corps".
CHANNELS = frozenset(("channel", "page", "account", "website", "site", "feed", "portal"))
# What kinds of body a noun can mean that stands for one named before.
CALLED = {
    **dict.fromkeys(("outlet", "newspaper", "magazine", "paper", "daily", "broadcaster"), _OUTLETS),
    **dict.fromkeys(("website", "site", "channel", "portal", "station"), _OUTLETS),
    **dict.fromkeys(("organisation", "organization", "watchdog", "monitor", "charity"), _SOCIETIES),
    **dict.fromkeys(("network", "institute", "observatory", "centre", "center"), _SOCIETIES),
    **dict.fromkeys(("mission", "council", "commission", "panel"), _SOCIETIES),
    **dict.fromkeys(("army", "military", "navy", "command", "fleet"), _ARMIES),
    **dict.fromkeys(("ministry", "department"), ("Ministry",)),
    **dict.fromkeys(("company", "firm", "manufacturer"), ("Company",)),
    **dict.fromkeys(("alliance", "bloc"), ("InternationalBody", "Group")),
    **dict.fromkeys(("group", "movement", "militia", "rebels", "insurgents"), GROUPS),
    **dict.fromkeys(("coalition", "front", "union", "faction"), GROUPS),
    "agency": (*_SERVICES, *_OUTLETS),
    "service": _SERVICES,
}


# Nouns that mean whoever has them in the name, if somebody has: "the coalition".
_OWN_NAMES = frozenset(("coalition", "front", "union", "movement", "alliance", "council", "fleet"))


@dataclass(slots=True)
class Happening:
    """An event as the text tells it: its type and sides, what it is about, and where it was."""

    type: str
    from_: Sides
    to: Sides
    items: tuple[str, ...] = ()
    klass: str = ""
    paragraph: int = -1
    places: tuple[str, ...] = ()


# A state named so often is what a text is about.
OFTEN = 3


@dataclass(slots=True)
class Memory:
    """The state of one document while it is read from top to bottom.

    `scene` is what the title leads to, `home` the state in which the article was written;
    `office` is the unnamed holder of an office who spoke last, and in which paragraph, `named`
    the persons that such turned out to be, `people` those known by name, `introduced` those of
    the reference data; `force` is whose force was spoken of last, and where, `goods` whose arms
    were, `spoken_of` are the states named so far, `lands` those of the whole text by how often
    they and what lies in them are named; `grounds` counts
    those in or to which something is or goes, `holders` are the groups said to hold a state;
    `spoke_in` is the paragraph in which `spoke` did, `new_places` are those to declare,
    `spoken_in` is the last paragraph with a state as the subject of a sentence, and which,
    `pair` those who met or agreed, and the paragraph in which "they" are these.
    `ours` is the side whose soldier tells in the first person;
    `house` is the ministry or army that the paragraph speaks of;
    `ships` are the warships that were named, each with the state whose it is;
    `hull` is the paragraph in which a warship was last told of, and whose it is;
    `met` are the persons who met last, `listed` are the sides last named in one list of so many;
    `heads` are the states of whose heads the text has told;
    `quoted` are the persons whose words stood in quotation marks, the last one last, `subject` is
    the person a sentence was about since somebody last spoke;
    `by_noun` are the bodies with such a noun in their name: "the front";
    `untold` is whether the sentence that last told of an event gave no claim: "it" is that event;
    `told_by` are those who say what a sentence tells, with its paragraph, and `told_before` those
    of the sentence before;
    `floor` is who speaks in a transcript; `ordered` is what a contract told of last is for, in
    which paragraph and between whom;
    `has_begun` is whether a sentence has been read, `no_news` whether the text opened with a tale
    or in times long past, and is still there; `mishap` whether it opened with a disaster.
    """

    gazetteer: Gazetteer
    publisher: str
    actors: dict[str, dict[str, Any]] = field(default_factory=dict)
    surnames: dict[str, str] = field(default_factory=dict)
    person: str | None = None
    body: str | None = None
    state: str | None = None
    before: str | None = None
    sources: str | None = None
    writers: dict[str, bool] = field(default_factory=dict)
    report: tuple[int, tuple[str, ...]] = (-1, ())
    told_by: tuple[int, tuple[str, ...]] = (-1, ())
    told_before: tuple[int, tuple[str, ...]] = (-1, ())
    we: str | None = None
    ours: str | None = None
    house: tuple[int, str | None] = (-1, None)
    floor: str | None = None
    itself: str | None = None
    topic: str | None = None
    author: str | None = None
    office: tuple[int, str] | None = None
    named: dict[str, str] = field(default_factory=dict)
    force: tuple[int, str] | None = None
    goods: tuple[int, str] | None = None
    hull: tuple[int, str] = (-2, "")
    people: set[str] = field(default_factory=set)
    ships: dict[str, str] = field(default_factory=dict)
    introduced: set[str] = field(default_factory=set)
    spoken_of: set[str] = field(default_factory=set)
    lands: Counter[str] = field(default_factory=Counter)
    grounds: Counter[str] = field(default_factory=Counter)
    spoke: str | None = None
    spoke_in: int = -1
    thing: tuple[int, tuple[str, ...]] = (-1, ())
    ordered: tuple[int, Sides, tuple[str, ...]] = (-2, (), ())
    scene: Sides = ()
    home: str | None = None
    island: str | None = None
    spot: str | None = None
    group: str | None = None
    holders: dict[str, str] = field(default_factory=dict)
    rebels: str | None = None
    denied: Happening | None = None
    untold: bool = False
    bodies: dict[str, str] = field(default_factory=dict)
    heads: dict[str, None] = field(default_factory=dict)
    quoted: dict[str, None] = field(default_factory=dict)
    subject: str | None = None
    by_noun: dict[str, str] = field(default_factory=dict)
    happenings: list[Happening] = field(default_factory=list)
    affiliations: dict[str, str] = field(default_factory=dict)
    paragraph: int = -1
    since: str | None = None
    training_places: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    spoken_in: tuple[int, str] = (-1, "")
    pair: tuple[int, Sides] = (-1, ())
    met: tuple[str, ...] = ()
    listed: dict[int, Sides] = field(default_factory=dict)
    new_places: dict[str, dict[str, str]] = field(default_factory=dict)
    has_begun: bool = False
    no_news: str = ""
    mishap: bool = False

    def top(self, actor: str) -> str:
        """Return the state behind an actor: by what the text said, else by reference data."""
        known = self.gazetteer.tops.get(actor)
        if known is not None and actor not in self.affiliations and actor not in self.actors:
            return known
        for _ in range(4):
            if actor in self.affiliations:
                actor = self.affiliations[actor]
            elif self.actors.get(actor, {}).get("type") == "Person":
                actor = self.actors[actor]["acts_for"][0]["actor"]
            elif (above := self.gazetteer.top(actor)) != actor:
                actor = above
            else:
                break
        return actor

    def side_of(self, actor: str | None) -> str | None:
        """Return the side that an actor stands for, None for somebody of whom it is not known."""
        side = self.top(actor) if actor else None
        nobody = self.actors.get(side or "", {}).get("type") in ("UnnamedSource", "Person")
        return None if nobody else side

    def kind_of(self, actor: str) -> str:
        """Return the class of an actor, declared or of the reference data; "" for a stranger."""
        declared = self.actors.get(actor)
        return str(declared["type"]) if declared else self.gazetteer.types.get(actor, "")

    def declare(self, mention: Mention, name: str) -> None:
        """Declare the body that a name is of which the reference data lacks."""
        if mention.declared and mention.actor:
            declared = {"id": mention.actor, "type": mention.declared, "name": name}
            self.actors.setdefault(mention.actor, declared)
            if mention.nation is not None and mention.nation.actor:
                self.affiliations.setdefault(mention.actor, mention.nation.actor)

    def note_speaker(self, actor: str) -> None:
        """Remember who spoke, for pronouns to come."""
        kind = self.kind_of(actor)
        self.subject = None
        if kind != "NewsOutlet":
            self.spoke, self.spoke_in = actor, self.paragraph
        writes = kind not in ("NewsOutlet", "State", "Person") and actor not in self.people
        if writes and (self.author is None or not self._is_of_a_state(actor)):
            self.author = actor
        elif writes and self._is_of_a_state(self.author or ""):
            self.author = actor  # a ministry does not write what experts have reported
        if kind == "Person" or actor in self.people:
            self.person = actor
        elif kind == "UnnamedSource":
            self.sources = actor
        elif kind == "State":
            self.state = actor
        else:
            self.body = actor

    def reports(self, actor: str, nouns: frozenset[str]) -> bool:
        """Whether an actor is of those who look into a matter and report: a panel, monitors."""
        known = self.writers.get(actor)
        if known is None:
            name = str(self.actors.get(actor, {}).get("name", "")) or actor.replace("-", " ")
            known = self.writers[actor] = not nouns.isdisjoint(name.lower().split())
        return known

    def _is_of_a_state(self, actor: str) -> bool:
        return self.gazetteer.type_of(self.top(actor)) == "State"

    def note_body(self, actor: str) -> None:
        """Remember a body by its kind, the last one of each kind last: "the agency", "the army".

        Fighters of no state are no army, if none calls itself so.
        """
        kind = self.kind_of(actor)
        if kind == "ArmedForce" and "army" not in actor and not self._is_of_a_state(actor):
            kind = "Group"
        self.bodies.pop(kind, None)
        self.bodies[kind] = actor
        for word in _OWN_NAMES.intersection(actor.split("-")):
            self.by_noun[word] = actor

    def body_called(self, word: str) -> str | None:
        """Return the last body that a noun such as "agency" can mean."""
        if word in self.by_noun:
            return self.by_noun[word]
        for kind, actor in reversed(self.bodies.items()):
            if kind in CALLED.get(word, ANY):
                return actor
        return None

    def note_person(self, actor: str, name: str) -> None:
        """Let the last word of a person's name stand for the person from here on."""
        self.surnames[fold(name.split()[-1])] = actor
        self.surnames[fold(name.split()[0])] = actor

    def latest(self, types: Sequence[str], klass: str = "") -> Happening | None:
        """Return the last event of one of `types`, if possible with things of the same class."""
        last = None
        for one in reversed(self.happenings):
            if one.type in types:
                if not klass or one.klass == klass:
                    return one
                last = last or one
        return last

    def at_places(
        self, types: Sequence[str], places: Sequence[str], lands: Sides
    ) -> Happening | None:
        """Return the last event of one of `types` with both its sides at one of `places`.

        What only passes there, and does not stay in one of `lands`, comes first.
        """
        told = [
            one
            for one in reversed(self.happenings)
            if one.type in types and one.from_ and one.to and not {*places}.isdisjoint(one.places)
        ]
        return next((one for one in told if {*lands}.isdisjoint(one.to)), next(iter(told), None))

    def with_from(self, types: Sequence[str], from_: Sides) -> Happening | None:
        """Return the last event of one of `types` that came from the same side."""
        for one in reversed(self.happenings):
            if one.from_ == from_ and one.to and one.type in types:
                return one
        return None

    def with_to(self, types: Sequence[str], to: Sides) -> Happening | None:
        """Return the last event of one of `types` that came to a side from elsewhere."""
        for one in reversed(self.happenings):
            if one.type in types and one.to == to and one.from_ and not {*one.from_} & {*to}:
                return one
        return None

    def goals(self, types: Sequence[str], from_: Sides) -> set[Sides]:
        """Return where what came from one side has gone so far, each goal once."""
        return {
            one.to for one in self.happenings if one.from_ == from_ and one.to and one.type in types
        }

    def takes_part(self, actor: str | None) -> bool:
        """Whether an actor is a side of what the text has told; while it told nothing, anybody."""
        told = self.happenings
        return not told or any(actor in one.from_ or actor in one.to for one in told)

    def both_sides(self) -> Sides:
        """Return the two sides of the last event that has two: "both governments"."""
        for happening in reversed(self.happenings):
            sides = tuple(dict.fromkeys((*happening.from_, *happening.to)))
            if len(sides) == 2:
                return sides
        if self.happenings or len(self.heads) == 2:
            return tuple(self.heads) if len(self.heads) == 2 else ()
        return self._most_named()

    def _most_named(self) -> Sides:
        """Return the two states that a text names most, of those named so far."""
        named = [state for state, _ in self.lands.most_common() if state in self.spoken_of]
        return tuple(named[:2]) if len(named) > 1 else ()

    def theatre(self, types: Sequence[str] = FORCES, without: Sides = ()) -> Sides:
        """Return where most go that the text has told of, none of them of a side in `without`."""
        goals: dict[Sides, int] = {}
        others = frozenset(without)
        for one in self.happenings:
            if one.to and one.type in types and others.isdisjoint(one.to):
                goals[one.to] = goals.get(one.to, 0) + 1
        if not goals:
            return self.scene
        most = max(goals.values())
        leading = [goal for goal, times in goals.items() if times == most]
        return leading[0] if len(leading) == 1 else ()

    def land(self, without: Sides) -> Sides:
        """Return the state of which the text speaks most, others than those in `without`."""
        for state, times in self.grounds.most_common():
            if times >= OFTEN - 1 and state not in without:
                return (state,)
        most = ""
        for state, times in self.lands.items():
            if times >= OFTEN and times > self.lands[most] and state not in without:
                most = state
        return (most,) if most else ()

    def turn_to_another_story(self) -> None:
        """Forget who and what was spoken of, where one article holds several briefs."""
        self.person = self.body = self.state = self.sources = self.group = self.denied = None
        self.rebels = None
        self.we = self.itself = self.spoke = self.spot = None
        self.thing = (-1, ())
        self.listed.clear()
        self.met = ()
        self.ordered = (-2, (), ())
        self.untold = False
        for told in (self.happenings, self.bodies, self.places, self.training_places):
            told.clear()

    def note(self, happening: Happening) -> None:
        """Remember an event."""
        self.happenings.append(happening)
        if len(self.happenings) > 200:
            del self.happenings[:100]
