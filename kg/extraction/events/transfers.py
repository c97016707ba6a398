"""Forces and goods on their way: the type of event, its aspect, and what is told of it."""

from __future__ import annotations

from kg.extraction.document.memory import FORCES, Sides
from kg.extraction.document.readings import Reading
from kg.extraction.events.columns import is_column, whose_column
from kg.extraction.events.counting import drillers, figure_of, items_hit
from kg.extraction.events.left_open import comes_anew, comes_from_anyone, goes_to_anyone
from kg.extraction.events.moved_type import hold_persons, type_of
from kg.extraction.events.named_sides import NamedSides
from kg.extraction.events.no_force import is_no_force
from kg.extraction.events.open_sides import OpenSides
from kg.extraction.events.opening_place import opening_force, opening_place
from kg.extraction.events.own_land import is_at_own_border, is_in_own_land
from kg.extraction.events.raid_needs import whose_raid
from kg.extraction.events.strength import men_counted, whose_strength
from kg.extraction.events.training_needs import DRILLING
from kg.extraction.grammar.slot_ends import ruled_out
from kg.extraction.situations.sides import SideFinder
from kg.extraction.situations.situation import Situation
from kg.extraction.words.lexicon import Frame, Lexicon

_SOLDIER = "soldier"
_ONE_SIDED = ("break-truce", "raid", "order-drill")
_WITHDRAWING = frozenset(("bring-home", "leave", "leave-for", "go-home"))
_SETTING_OUT = frozenset(("bound", "leave-for"))
_MISSIONS = frozenset(("mission", "force", "operation", "peacekeepers", "contingent"))
_LOADING = frozenset(("load", "embark"))
_STRIKING = frozenset(("fight", "seize-town", "assault", "impact"))
_CASUALTY = frozenset(("kill", "wound", "injure", "die", "lose", "capture"))


class Transfers:
    """Reads deployments, training, combat and shipments."""

    def __init__(self, lexicon: Lexicon, sides: SideFinder) -> None:
        """Take the words, and what finds sides, with the memory of the document."""
        self.lexicon, self.sides = lexicon, sides
        self.gazetteer, self.memory = sides.gazetteer, sides.memory
        self.named = NamedSides(lexicon, sides)
        self.open = OpenSides(lexicon, sides)

    def read(self, one: Situation, frame: Frame) -> Reading | None:
        """Return who sends or fights where, None if no side is known."""
        if frame.name == "strength":
            return _strong(one, frame)
        theme = one.theme
        made = one.clause.verb.lemma == "assemble" and theme.klass == "goods"
        if (made or is_no_force(one)) and frame.event == "by-theme":
            return None
        type_ = type_of(one, frame)
        if type_ == "Shipment" and frame.name == "leave" and one.parts.slots.get("for"):
            return None  # what leaves its depot for a state goes there: another frame's
        places = self.sides.places(one.parse, one.parts, theme.mentions)
        if frame.name in _SETTING_OUT:  # "are bound for Chad", "left for Niger"
            goals = self.sides.places_of(one.parse, one.parts.slots.get("for", ()))
            places = [*places, *(goal for goal in goals if goal not in places)]
        places = places or self.sides.places_of(one.parse, opening_place(one))
        if frame.event == "Combat":
            taken = [m for m in one.parts.parts["target"] if m.kind == "place"]
            places = [*places, *(m.place for m in taken if m.place and m.place not in places)]
        from_, to = self._sides(one, frame, type_, places)
        if not from_ and not to:
            return None
        places = self._where(one, frame, type_, (from_, to), places)
        places = self.sides.new.beside(one.parse, one.parts, places)
        quantity = figure_of(one, frame, type_)
        if type_ == "Training" and theme.klass == "goods":
            theme.klass = "persons"  # "six pilots completed their F-16 course"
        full = quantity is None and hold_persons(one)
        items = theme.contents if full else items_hit(one, quantity) or theme.items
        return Reading(
            frame,
            type_,
            from_,
            to,
            aspect=self._aspect(one, frame, type_, to, places),
            items=items,
            quantity=quantity,
            places=places,
            klass="persons" if full else theme.klass,
            contents=theme.contents,
            further=drillers(one, frame) or theme.further,
        )

    def _sides(
        self, one: Situation, frame: Frame, type_: str, places: list[str]
    ) -> tuple[Sides, Sides]:
        """Return whose force or goods go where: as named, else as place and document tell."""
        if frame.name == "be-there" and (ranks := self._whose_ranks(one)):
            return ((one.theme.owner,) if one.theme.owner else ()), ranks
        from_, to = self._named(one, frame, type_)
        if frame.name in _ONE_SIDED:
            with_ = to if frame.name == "order-drill" else ()
            return from_ or self.sides.both(one.parse, one.clause), with_
        if type_ == "Training":
            to = self._taught(one, from_, to)
        if type_ == "Shipment" and frame.name == "arrive":
            to = to or self.open.where_cargo_goes(one) or self.open.land_reached(one, from_)
        if type_ == "Deployment" and from_ and not to and self._at_home(one, frame, from_, places):
            to = from_
        elif not (frame.name in DRILLING and len(from_) > 1):
            from_, to = self._completed(one, (from_, to), type_, frame, places)
        if frame.name == "leave-for" and not from_ and self.memory.we not in to:
            ours = self.memory.we or ""  # "400 had left for Haiti"
            from_ = (ours,) if self.gazetteer.type_of(ours) == "State" else ()
        from_ = tuple(dict.fromkeys(map(self.memory.top, from_)))
        from_ = self.open.state_of_makers(from_, to) if type_ == "Shipment" else from_
        to = to or self._left(one, frame, from_)
        if type_ == "Shipment" and set(from_) & {*to}:
            # "asked its allies for tanks": who gives them is not said.
            return ((), to) if frame.modality else (from_, ())
        if type_ != "Deployment":
            return from_, to
        to = self._land_of_mission(one, to, places)
        return from_, self._moved(frame, from_, to, places)

    def _named(self, one: Situation, frame: Frame, type_: str) -> tuple[Sides, Sides]:
        """Return the sides that the clause names; a column is whose the text says it is."""
        if frame.name == "raid":
            return whose_raid(one), ()
        if frame.name == "order-drill":  # near whose border they drill is no side
            who, beside = one.parts.parts["trainer"], one.parts.parts["trainee"]
            return self.sides.of(one.parse, who), self.sides.of(one.parse, beside)
        from_, to = self.named.of(one, frame, type_)
        if not from_ and is_column(one) and (whose := whose_column(one)):
            from_ = self.sides.of(one.parse, [whose])
        return from_, to

    def _left(self, one: Situation, frame: Frame, from_: Sides) -> Sides:
        """Return the state that tells whose soldiers leave it: "they must leave, Chad said"."""
        leaves = frame.name in _WITHDRAWING or one.clause.verb.lemma == "leave"
        we = self.memory.we
        host = we is not None and self.gazetteer.type_of(we) == "State" and we not in from_
        return (we,) if leaves and from_ and host and we is not None else ()

    def _land_of_mission(self, one: Situation, to: Sides, places: list[str]) -> Sides:
        """Return the state in which a body's mission is to which troops are sent."""
        bodies = {self.gazetteer.type_of(side) for side in to} == {"InternationalBody"}
        if not bodies or _MISSIONS.isdisjoint(one.words()):
            return to
        lands = self.sides.states_of(places) or self.memory.scene or self.memory.theatre(FORCES)
        return lands if len(lands) == 1 and lands not in (to, ()) else to

    def _taught(self, one: Situation, from_: Sides, to: Sides) -> Sides:
        """Return who is taught: as named, else whose the recruits are who are trained."""
        if taught := self.named.whom_they_teach(one):
            return taught
        owner = one.theme.owner
        if from_ and not to and owner and owner not in from_:
            return (owner,)  # "pays for the training of Ukrainian recruits"
        return to

    def _whose_ranks(self, one: Situation) -> Sides:
        """Return in whose ranks somebody is or is not: "no foreign fighters in our ranks"."""
        words = one.words()
        before = words[words.index("ranks") - 1] if "ranks" in words[1:] else ""
        whose = self.sides.of_whom(before) if before else None
        return (self.memory.top(whose),) if whose else ()

    def _completed(
        self,
        one: Situation,
        named: tuple[Sides, Sides],
        type_: str,
        frame: Frame,
        places: list[str],
    ) -> tuple[Sides, Sides]:
        """Fill in what the clause does not name, but for what it leaves open on purpose."""
        from_, to = named
        from_ = from_ or self.sides.of(one.parse, opening_force(one)[:1])
        if type_ == "Combat" and not from_ and comes_anew(one):
            from_ = self._who_is_hit(one)
            to = to or self.sides.states_of(places)[:1]
            return from_, tuple(side for side in to if side not in from_)
        nobody = (not from_ and comes_from_anyone(one), not to and goes_to_anyone(one))
        reached = places
        if type_ == "Shipment" and not from_ and one.clause.verb.lemma in _LOADING:
            # "were loaded at the Iranian port of Jask": there they set off.
            from_, reached = self.sides.states_of(places)[:1], []
        if depots := one.parts.slots.get("from-in"):
            left = self.sides.places_of(one.parse, depots)
            reached = [place for place in places if place not in left]
        if from_ and self._strikes(one, frame):
            reached = []  # who shells a town does not fight for its state
        if not any(nobody) or not (from_ or to):
            from_, to = self.open.completed(from_, to, type_, one.theme, reached)
        if from_ and not named[0] and not set(from_).isdisjoint(ruled_out(one.parse)):
            from_ = ()
        return (() if nobody[0] else from_), (() if nobody[1] else to)

    def _who_is_hit(self, one: Situation) -> Sides:
        """Return whose force newcomers attack, who takes part too: "ambushed Turkish troops"."""
        hit = [m for m in one.parts.parts["target"] if m.kind == "item" and m.items]
        forces = [m for m in hit if self.gazetteer.item_class(m.items[0]) == "persons"]
        owners = (self.sides.resolver.owner(one.parse, m) for m in forces)
        return tuple(dict.fromkeys(owner for owner in owners if owner))[:1]

    def _strikes(self, one: Situation, frame: Frame) -> bool:
        """Whether a force is against what it hits or takes: not who "took part in it"."""
        lemma = one.clause.verb.lemma
        joins = lemma == "take" and frame.name == "assault"
        if lemma in _CASUALTY and not one.clause.verb.passive and one.parts.slots.get(""):
            return True  # "killed 60 soldiers"
        return frame.name in _STRIKING and lemma in self.lexicon["striking"] and not joins

    def _where(
        self,
        one: Situation,
        frame: Frame,
        type_: str,
        sides: tuple[Sides, Sides],
        places: list[str],
    ) -> list[str]:
        """Return the places to be told, those left out that the sides tell already."""
        from_, to = sides
        if frame.name == "train" and from_ and to:
            # Trained at home by their hosts, who are the side from which the training comes.
            places = [p for p in places if self.gazetteer.state_of_place(p) not in from_]
        if type_ in FORCES:
            origin = self.sides.cities(one.parse, one.parts.slots.get("from", ()))
            places = list(dict.fromkeys((*origin, *places)))
        if type_ == "Deployment" and not places and from_ == to and is_in_own_land(one, frame):
            places = [side for side in from_ if self.sides.is_place(side)]
        if type_ == "Shipment":
            meant = {m.place for m in one.parts.slots.get("to", ()) if m.kind == "state"}
            named = {*to, *from_, *(meant if to and frame.name != "arrive" else ())}
            places = [place for place in places if place not in named]
        return places

    def _at_home(self, one: Situation, frame: Frame, from_: Sides, places: list[str]) -> bool:
        """Whether a state moves its own forces within its borders, or up to them."""
        inside = bool(places) and set(self.sides.states_of(places)) <= {*from_}
        inside = inside or is_in_own_land(one, frame)
        abroad = self.memory.with_from(FORCES, from_) if not inside else None
        border = is_at_own_border(one, frame) and (abroad is None or abroad.to == from_)
        return border or (inside and frame.name not in _WITHDRAWING)

    def _moved(self, frame: Frame, from_: Sides, to: Sides, places: list[str]) -> Sides:
        """Return whom a force reaches: one that moves at home stays with its own state."""
        abroad = tuple(side for side in to if side not in from_)
        home = bool(to) or (bool(places) and set(self.sides.states_of(places)) <= {*from_})
        if {self.gazetteer.type_of(side) for side in from_} == {"InternationalBody"}:
            return abroad  # a union has no land
        if frame.name == "sea-patrol":
            return abroad  # a sea is nobody's
        return from_ if not abroad and home and frame.name not in _WITHDRAWING else abroad

    def _aspect(
        self, one: Situation, frame: Frame, type_: str, to: Sides, places: list[str]
    ) -> str:
        aspect = _told_of(one, frame, type_)
        if aspect == "personnel-present" and not set(self.sides.states_of(places)) <= {*to}:
            # They are present elsewhere than in the state that receives them.
            return "personnel-total" if one.theme.quantity is not None else "occurrence"
        return aspect


def _strong(one: Situation, frame: Frame) -> Reading | None:
    """Return how strong the force told of last is: "It was to be 4,800 strong"."""
    last = whose_strength(one)
    if last is None:
        return None
    items, figure = list(last.items) or [_SOLDIER], men_counted(one)
    aspect, klass = "personnel-total", "persons"
    return Reading(
        frame, last.type, last.from_, last.to, aspect, items=items, quantity=figure, klass=klass
    )


def _told_of(one: Situation, frame: Frame, type_: str) -> str:
    verb, persons = one.clause.verb, one.theme.klass == "persons"
    counted = one.theme.quantity is not None and persons
    if type_ == "Training":
        return "personnel-training"
    if type_ == "Combat":
        if verb.lemma in _CASUALTY and one.theme.klass == "persons":
            return "casualties"
        return "personnel-in-combat" if counted else "combat-participation"
    if type_ == "Shipment":
        return "items-delivered"
    if frame.name in ("arrive", "be-there") and persons and verb.modality in ("actual", "ongoing"):
        return "personnel-present"
    return "personnel-total" if counted else "occurrence"
