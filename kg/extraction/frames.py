"""What a clause says happened: the event, its sides, what was counted, where."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kg.extraction.clauses import Clause
from kg.extraction.gazetteer import Gazetteer
from kg.extraction.lexicon import Frame, Lexicon
from kg.extraction.memory import FORCES, Happening, Memory, Sides
from kg.extraction.mentions import Mention
from kg.extraction.needs import NEEDS, Situation
from kg.extraction.parse import Parse
from kg.extraction.resolution import Resolver
from kg.extraction.roles import roles, slots
from kg.extraction.sides import SideFinder
from kg.extraction.theme import Theme, ThemeFinder

_TRAINER = "instructor"
_SERVING = frozenset(("fight", "serve"))
_BESIDE = ("for", "with", "alongside", "in")
_TEACHING = frozenset(("train", "training", "teach", "instruct", "help"))
_CASUALTY = frozenset(("kill", "wound", "injure", "die", "lose", "capture"))
_PROVISIONS = ("provide-for", "in-force")
_AGREEMENT_ASPECTS = {
    "provide-for": "provision",
    "sign": "signing-date",
    "in-force": "in-force-date",
}
_PLURAL_TARGETS = frozenset(("developments", "moves", "ties", "cooperation", "alliance"))


@dataclass(slots=True)
class Reading:
    """An event as one clause tells it.

    Attributes:
        frame: the frame that read it.
        type: the type of event.
        from_: whose force or goods.
        to: where they go, or the other side.
        aspect: the side of the event that is told.
        items: what it is about.
        quantity: index of the sentence's quantity that counts it.
        places: ids.
        klass: persons, goods, containers or nothing.
        contents: what containers hold.
        further: other counted things of a list, each with its quantity's index and items.
    """

    frame: Frame
    type: str
    from_: Sides
    to: Sides
    aspect: str = "occurrence"
    items: list[str] = field(default_factory=list)
    quantity: int | None = None
    places: list[str] = field(default_factory=list)
    klass: str = ""
    contents: list[str] = field(default_factory=list)
    further: list[tuple[int, list[str]]] = field(default_factory=list)

    def as_happening(self, paragraph: int) -> Happening:
        """Return what a document remembers of the event."""
        items = tuple(self.items)
        return Happening(self.type, self.from_, self.to, items, self.klass, paragraph)


class Reader:
    """Reads the clauses of one document with the frames of the lexicon."""

    def __init__(
        self, lexicon: Lexicon, gazetteer: Gazetteer, memory: Memory, resolver: Resolver
    ) -> None:
        """Take the words, the names and what the document has said so far."""
        self.lexicon, self.gazetteer = lexicon, gazetteer
        self.memory, self.resolver = memory, resolver
        self.sides = SideFinder(gazetteer, memory, resolver)
        self.themes = ThemeFinder(lexicon, self.sides)

    def read(self, parse: Parse, clause: Clause, *, denied: bool = False) -> Reading | None:
        """Return what `clause` says happened, None if no frame fits."""
        for rest, frame in self.lexicon.frames.get(clause.verb.lemma, ()):
            behind = _behind_rest(parse.lows, clause, rest)
            if behind is not None:
                reading = self.read_as(frame, parse, behind, denied=denied)
                if reading is not None:
                    return reading
        return None

    def read_as(
        self, frame: Frame, parse: Parse, clause: Clause, *, denied: bool = False
    ) -> Reading | None:
        """Return what `clause` says as `frame` reads it, None if the frame lacks what it needs."""
        if not all(parse.words_used & cues for cues in frame.cues):
            return None
        parts = roles(parse, clause, frame, self.lexicon)
        theme = self.themes.find(parse, clause, parts)
        one = Situation(parse, clause, parts, theme, self.sides, self.lexicon, denied)
        if not all(NEEDS[need](one) for need in frame.needs):
            return None
        if frame.event in ("Agreement", "Meeting"):
            return self._without_direction(one, frame)
        if frame.event == "Measure":
            return self._measure(one, frame)
        return self._transfer(one, frame)

    # ----- events without direction, and measures

    def _without_direction(self, one: Situation, frame: Frame) -> Reading | None:
        parts = one.parts.parts
        mentions = [*parts["party"], *parts["treaty"], *parts["cooperation"]]
        parties = self.sides.of(one.parse, [] if frame.name in _PROVISIONS else mentions)
        parties = parties or self.sides.both(one.parse, one.clause)
        if one.clause.shared and one.clause.parent is not None:
            subject = one.parse.mentions_in(*one.clause.subject)
            parties = _joined(self.sides.of(one.parse, subject), parties)
        places = self.sides.places(one.parse, one.parts, []) if frame.event == "Meeting" else []
        if frame.event == "Meeting" and len(parties) < 2:
            parties = _joined(parties, self.sides.states_of(places))
        if len(parties) < 2:
            parties = self._last_parties(frame.event, parties) or parties
        if not parties:
            return None
        aspect = _AGREEMENT_ASPECTS.get(frame.name, "occurrence")
        return Reading(frame, frame.event, parties, (), aspect, places=places)

    def _last_parties(self, event: str, parties: Sides) -> Sides:
        last = self.memory.latest((event,))
        if last is None or not set(parties) <= {*last.from_, *last.to}:
            return ()
        return last.from_

    def _measure(self, one: Situation, frame: Frame) -> Reading | None:
        parts = one.parts.parts
        from_ = self.sides.of(one.parse, parts["from"])
        if not from_ and one.subject_elsewhere:
            from_ = self.sides.of_subject(one.parse, one.clause)
        if not from_ and frame.name == "hand-base":
            last = self.memory.latest(FORCES)
            from_ = last.from_ if last is not None else ()
        if not from_ and frame.name != "hand-base":
            return None
        targets = [*parts["target"], *parts["second"]]
        if frame.name == "demand":
            targets = _asked(one, targets)
        targets = _without_reason(one, targets)
        to = tuple(s for s in self.sides.of(one.parse, targets) if s not in from_)
        if not to and frame.speech:
            # "condemned the vote in Ankara"
            to = self.sides.of(one.parse, one.parts.slots.get("in", ()))
            to = tuple(side for side in to if side not in from_)
        places = [
            place
            for key in ("in", "inside", "from", "at")
            for m in one.parts.slots.get(key, ())
            if m.kind in ("state", "place") and (place := m.place or m.actor)
        ]
        known = [place for place in places if self.sides.is_place(place)]
        return Reading(
            frame, "Measure", from_, to or self._targets_meant(one, from_, frame), places=known
        )

    def _targets_meant(self, one: Situation, from_: Sides, frame: Frame) -> Sides:
        """Return whom a measure meets that names only what was done: those of the last event."""
        for mention in one.parse.mentions_in(*one.clause.right):
            owner = self.resolver.owner(one.parse, mention) if mention.kind == "item" else None
            if owner and owner not in from_:
                return (owner,)
        last = self.memory.latest((*FORCES, "Shipment"))
        if not frame.speech or last is None:
            return ()
        plural = any(word in _PLURAL_TARGETS for word in one.words())
        sides = (*last.to, *last.from_) if plural else last.from_
        return tuple(side for side in sides if side not in from_)

    # ----- forces and goods on their way

    def _transfer(self, one: Situation, frame: Frame) -> Reading | None:
        theme = one.theme
        if "prisoner-of-war" in theme.items and frame.event == "by-theme":
            return None  # captives who are handed over are deployed by nobody
        type_ = self._type(one, frame)
        from_, to = self._named_sides(one, frame, type_)
        if type_ == "Shipment" and frame.name == "arrive":
            to = to or self._where_cargo_goes(one)
        places = self.sides.places(one.parse, one.parts, theme.mentions)
        if frame.name == "fight":
            taken = [m for m in one.parts.parts["target"] if m.kind == "place"]
            places = [*places, *(m.place for m in taken if m.place and m.place not in places)]
        from_, to = self._completed(from_, to, type_, theme, places)
        from_ = tuple(dict.fromkeys(self.memory.top(side) for side in from_))
        if type_ == "Deployment":
            to = tuple(side for side in to if side not in from_)  # they move at home
        if not from_ and not to:
            return None
        if frame.name == "train" and from_ and to:
            # Trained at home by their hosts, who are the side from which the training comes.
            places = [p for p in places if self.gazetteer.state_of_place(p) not in from_]
        if type_ == "Shipment":
            places = [place for place in places if place not in to and place not in from_]
        quantity = theme.quantity
        if frame.name == "fight" and quantity is None:
            hit = one.parts.parts["target"]
            quantity = next((m.quantity for m in hit if m.quantity is not None), None)
        return Reading(
            frame,
            type_,
            from_,
            to,
            aspect=self._aspect(one, frame, type_, to, places),
            items=theme.items,
            quantity=quantity,
            places=places,
            klass=theme.klass,
            contents=theme.contents,
            further=theme.further,
        )

    def _aspect(
        self, one: Situation, frame: Frame, type_: str, to: Sides, places: list[str]
    ) -> str:
        aspect = _told_of(one, frame, type_)
        if aspect == "personnel-present" and not set(self.sides.states_of(places)) <= {*to}:
            # They are present elsewhere than in the state that receives them.
            return "personnel-total" if one.theme.quantity is not None else "occurrence"
        return aspect

    def _type(self, one: Situation, frame: Frame) -> str:
        if frame.event != "by-theme":
            return frame.event
        theme = one.theme
        things = theme.klass not in ("persons", "") and not self._hold_persons(theme)
        if things or _is_a_piece(one):
            return "Shipment"
        words = one.parse.lows[one.clause.start : one.clause.end]
        trains = frame.name in ("be-there", "give") or any(w in _TEACHING for w in words)
        if trains and any(self.gazetteer.is_kind_of(item, _TRAINER) for item in theme.items):
            return "Training"
        if ("training" in words and ("for" in words or "in" in words)) or "trained" in words:
            return "Training"
        return "Combat" if "combat" in words[-4:] or "fighting" in words else "Deployment"

    def _hold_persons(self, theme: Theme) -> bool:
        """Whether containers are full of persons: "the first trainloads of soldiers"."""
        kinds = {self.gazetteer.item_class(item) for item in theme.contents}
        return theme.klass == "containers" and kinds == {"persons"}

    def _named_sides(self, one: Situation, frame: Frame, type_: str) -> tuple[Sides, Sides]:
        """Return the sides that the clause itself names."""
        if frame.name == "receive":
            return self._received(one)
        if frame.name == "train":
            return self._trained(one)
        theme = one.theme
        parts, owner = one.parts.parts, theme.owner
        if frame.name == "bring-home" and (behind := _from_behind(one)):
            owner = theme.owner = None
            parts["to"] += [behind]
        agents = self._agents(one, frame)
        own = (owner,) if owner else ()
        from_ = (own or agents) if frame.subject == "theme" else (agents or own)
        from_ = from_ or self._holders(one, frame)
        if frame.name == "bring-home" and not theme.mentions and _is_they(one):
            from_ = self._those_there() or from_
        if frame.name == "count" and not owner:
            whose = [m for m in parts["theme"] if m.kind != "item"]
            from_ = self.sides.of(one.parse, whose) or from_
        if frame.name == "fight" and not from_:
            from_ = self.sides.of(one.parse, parts["theme"])
            if not from_ and one.subject_elsewhere:
                from_ = self.sides.of_subject(one.parse, one.clause)
        to = self._to(one, type_)
        if frame.name == "fight" and not to:
            to = self._fought_for(one, from_)
        return from_, to

    def _agents(self, one: Situation, frame: Frame) -> Sides:
        """Return who sends: the subject or who stands behind "from" or "by"."""
        named = one.parts.parts["from"]
        if self._carries(one):
            named = [*one.parts.slots.get("from", ()), *_home_of_carriers(one)]
        agents = self.sides.of(one.parse, named)
        if agents or frame.subject != "from":
            return agents
        agents = self.sides.of(one.parse, self._seats(one))
        if not agents and self._has_agent_elsewhere(one):
            agents = self.sides.of_subject(one.parse, one.clause)
        return agents

    def _those_there(self) -> Sides:
        """Return whose force was told of last: "they would withdraw"."""
        last = self.memory.latest(FORCES)
        return last.from_ if last is not None else ()

    def _fought_for(self, one: Situation, from_: Sides) -> Sides:
        """Return for whom they fought who were killed "while serving with the Russian army"."""
        for group in one.parse.verbs:
            if (
                group.form == "gerund"
                and group.lemma in _SERVING
                and group.first > one.clause.verb.first
            ):
                found = slots(one.parse, group.last, len(one.parse.lows), self.lexicon)
                helped = [m for key in _BESIDE for m in found.get(key, ())]
                return tuple(s for s in self.sides.of(one.parse, helped) if s not in from_)[:1]
        return ()

    def _holders(self, one: Situation, frame: Frame) -> Sides:
        """Return who has or leads away what: "Ethiopia has 400 soldiers in Somalia"."""
        has = one.clause.verb.lemma == "have" or not one.theme.mentions
        if frame.subject != "theme" or not has:
            return ()
        holders = one.parse.mentions_in(*one.clause.subject)
        it = one.parse.lows[one.clause.subject[0]] in ("it", "they")
        if not holders and it and self.memory.itself:
            return (self.memory.itself,)
        return self.sides.of(one.parse, [m for m in holders if m in one.parts.parts["theme"]])

    def _seats(self, one: Situation) -> list[Mention]:
        """Return where an unknown body that acts has its seat: "the committee in Warsaw"."""
        passive = one.clause.verb.passive
        others = one.parts.parts["subject-other"] if not passive else []
        return [m for m in others if m.kind == "state" and one.parse.lows[m.first - 1] == "in"]

    def _has_agent_elsewhere(self, one: Situation) -> bool:
        return one.subject_elsewhere and not one.clause.verb.passive

    def _carries(self, one: Situation) -> bool:
        """Whether the subject only carries: a ship's flag does not say whose the troops are."""
        words = one.parse.lows[slice(*one.clause.subject)]
        return not one.clause.verb.passive and any(w in self.lexicon["carriers"] for w in words)

    def _to(self, one: Situation, type_: str) -> Sides:
        """Return whom it goes to, if a slot or an object names it."""
        parts, theme = one.parts.parts, one.theme
        mentions = list(parts["to"])
        if type_ == "Shipment":
            mentions += [m for m in parts["theme"] if m.kind != "item" and m not in theme.mentions]
        to = self._first_named(one, mentions)
        if not to and type_ in FORCES and (theme.owner or one.has_sides("from")):
            lands = [m for m in parts["theme"] if m.kind in ("state", "place")]
            to = self.sides.of(one.parse, lands)
        if not to:
            to = self.sides.of(one.parse, parts["second"])
        return tuple(side for side in to if side != theme.owner or type_ == "Shipment")

    def _first_named(self, one: Situation, mentions: list[Mention]) -> Sides:
        """Return the sides of the first slot that names any: the nearest to the verb."""
        for slot in one.parts.slots.values():
            if sides := self.sides.of(one.parse, [m for m in slot if m in mentions]):
                return sides
        return self.sides.of(one.parse, mentions)

    def _received(self, one: Situation) -> tuple[Sides, Sides]:
        parts, owner = one.parts.parts, one.theme.owner
        to = self.sides.of(one.parse, parts["to"])
        if not to and one.subject_elsewhere:
            to = self.sides.of_subject(one.parse, one.clause)
        from_ = self.sides.of(one.parse, parts["from"])
        return from_ or ((owner,) if owner and owner not in to else ()), to

    def _trained(self, one: Situation) -> tuple[Sides, Sides]:
        """Return the sides of a training: of trainer and trainee where both are named."""
        parts = one.parts.parts
        trainers = self.sides.of(one.parse, parts["trainer"])
        if one.clause.shared and not trainers:
            trainers = self.sides.of_subject(one.parse, one.clause)
        trainees = self.sides.of(one.parse, parts["trainee"])
        if trainees and not trainers and one.clause.verb.passive:
            trainers = self._trained_abroad(one, trainees)
        if trainers and trainees and trainers != trainees:
            return trainers, trainees
        unnamed = bool(parts["trainee"]) and not trainees
        if trainers and unnamed:
            last = self.memory.latest(FORCES)
            return trainers, last.from_ if last is not None and trainers[0] in last.to else ()
        return trainers or trainees, self.sides.of(one.parse, parts["to"])

    def _trained_abroad(self, one: Situation, trainees: Sides) -> Sides:
        """Return the state in which others are trained who were not sent there before."""
        states = self.sides.states_of(self.sides.places(one.parse, one.parts, []))
        abroad = tuple(state for state in states if state not in trainees)[:1]
        sent = self.memory.with_from(FORCES, trainees)
        return () if sent is not None and set(abroad) <= {*sent.to} else abroad

    def _completed(
        self, from_: Sides, to: Sides, type_: str, theme: Theme, places: list[str]
    ) -> tuple[Sides, Sides]:
        """Fill in a side that the clause leaves open: from its place, or what was said before."""
        kinds = FORCES if type_ in FORCES else (type_,)
        states = self.sides.states_of(places)
        last = self.memory.latest(kinds, theme.klass) or self._just_told()
        if from_ and not to:
            return from_, self._to_meant(from_, type_, last, states)
        if from_:
            return from_, to
        if last is None:
            return (), to or states[:1]
        if to and to == last.from_:
            return last.to, to  # what comes in return
        if to and to != last.to and last.paragraph != self.memory.paragraph:
            return (), to
        if not to or to == last.to or not set(to) & set(last.from_):
            return last.from_, to or last.to
        return from_, to

    def _where_cargo_goes(self, one: Situation) -> Sides:
        """Return for whom the goods told of before are, where only what carries them lands."""
        last = self.memory.latest(("Shipment",))
        heads = [one.parse.lows[m.last - 1] for m in one.theme.mentions]
        carry = bool(heads) and all(word in self.lexicon["carriers"] for word in heads)
        near = last is not None and last.paragraph >= self.memory.paragraph - 1
        return last.to if last is not None and carry and near else ()

    def _just_told(self) -> Happening | None:
        """Return the event of another kind that the same paragraph has just told of."""
        last = self.memory.latest((*FORCES, "Shipment"))
        near = last is not None and last.paragraph == self.memory.paragraph
        return last if near else None

    def _to_meant(self, from_: Sides, type_: str, last: Happening | None, states: Sides) -> Sides:
        """Return where a force or goods of `from_` go: as before, else the state of the place."""
        kinds = FORCES if type_ in FORCES else (type_,)
        reached = [state for state in states if state not in from_]
        if reached and len(self.memory.goals(kinds, from_)) > 1:
            return tuple(reached[:1])
        known = self.memory.with_from(kinds, from_)
        known = known or self.memory.with_from((*FORCES, "Shipment"), from_)
        if known is not None:
            return known.to
        if reached or states:
            return tuple(reached[:1])
        theatre = self.memory.theatre(kinds)
        if theatre and theatre[0] not in from_:
            return theatre
        if last is None:
            return ()
        near = type_ == "Shipment" or last.paragraph == self.memory.paragraph
        return last.to if near and not set(from_) & {*last.to} else ()


def _behind_rest(lows: list[str], clause: Clause, rest: tuple[str, ...]) -> Clause | None:
    """Return `clause` with the words that its verb needs taken into the verb, None without them."""
    if not rest:
        return clause
    first, last = clause.right
    size = len(rest)
    if tuple(lows[first : first + size]) == rest:
        return replace(clause, verb=replace(clause.verb, last=first + size))
    window = lows[first : min(last, first + 5)]
    if rest[0] not in window:
        return None
    return clause if any(tuple(window[i : i + size]) == rest for i in range(len(window))) else None


def _asked(one: Situation, targets: list[Mention]) -> list[Mention]:
    """Return those asked: who stands before "to withdraw", not from where they withdraw."""
    first, last = one.clause.right
    done = [g.first for g in one.parse.verbs if g.form == "infinitive" and first < g.first < last]
    return [m for m in targets if not done or m.first < done[0]]


def _without_reason(one: Situation, targets: list[Mention]) -> list[Mention]:
    """Leave out who only stands in the reason of a measure: "for supplying arms to Wagner"."""
    first, last = one.clause.right
    for index in range(first, last - 1):
        group = one.parse.verb_at.get(index + 1)
        if one.parse.lows[index] in ("for", "over") and group is not None:
            return [m for m in targets if m.first < index]
    return targets


def _from_behind(one: Situation) -> Mention | None:
    """Return where they are withdrawn from: in "its soldiers from Mali" they are not Mali's."""
    for mention in one.theme.mentions:
        nation = mention.nation
        if (
            nation is not None
            and nation.first >= mention.last
            and one.parse.lows[nation.first - 1] == "from"
        ):
            return nation
    return None


def _is_they(one: Situation) -> bool:
    """Whether a force named before withdraws by itself: "they would withdraw"."""
    return one.parse.lows[slice(*one.clause.subject)] == ["they"] and not one.clause.verb.passive


def _home_of_carriers(one: Situation) -> list[Mention]:
    """Return from where carriers come: "cargo planes from Chad", not "Chadian planes"."""
    first, last = one.clause.subject
    inside = [m for m in one.parse.mentions if first <= m.first < last and m.kind == "item"]
    return [m.nation for m in inside if m.nation is not None and m.nation.first >= m.last]


def _is_a_piece(one: Situation) -> bool:
    """Whether "units" are pieces of equipment: they are delivered, bought or sold."""
    trade = ("deliver", "supply", "sell", "buy", "receive", "export", "purchase", "acquire")
    return one.theme.items == ["military-unit"] and one.clause.verb.lemma in trade


def _joined(first: Sides, second: Sides) -> Sides:
    return tuple(dict.fromkeys((*first, *second)))


def _told_of(one: Situation, frame: Frame, type_: str) -> str:
    verb, counted = one.clause.verb, one.theme.quantity is not None
    if type_ == "Training":
        return "personnel-training"
    if type_ == "Combat":
        if verb.lemma in _CASUALTY and one.theme.klass == "persons":
            return "casualties"
        return "personnel-in-combat" if counted else "combat-participation"
    if type_ == "Shipment":
        return "items-delivered"
    if frame.name in ("arrive", "be-there") and verb.modality in ("actual", "ongoing"):
        return "personnel-present"
    return "personnel-total" if counted else "occurrence"
