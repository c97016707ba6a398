"""The sides of forces and goods on their way that the clause leaves open."""

from __future__ import annotations

from kg.extraction.document.memory import FORCES, Happening, Sides
from kg.extraction.situations.sides import SideFinder
from kg.extraction.situations.situation import Situation
from kg.extraction.situations.theme import Theme
from kg.extraction.words.lexicon import Lexicon

# What leads to where goods arrive; the first is right behind the verb.
_REACHED = ("", "to", "into", "in", "at")
_ABROAD = ("Deployment", "Combat")
_ONCE = 1
_LEAVING = frozenset(("leave", "depart", "set", "embark"))


class OpenSides:
    """Fills in sides from places, and from what the document has told."""

    def __init__(self, lexicon: Lexicon, sides: SideFinder) -> None:
        """Take the words, and what finds sides, with the memory of the document."""
        self.lexicon, self.sides = lexicon, sides
        self.memory = sides.memory

    def completed(
        self, from_: Sides, to: Sides, type_: str, theme: Theme, places: list[str]
    ) -> tuple[Sides, Sides]:
        """Fill in a side that the clause leaves open: from its place, or what was said before."""
        kinds = FORCES if type_ in FORCES else (type_,)
        holders = self.memory.holders
        states = tuple(holders.get(state, state) for state in self.sides.states_of(places))
        last = self.memory.latest(kinds, theme.klass) or self._just_told(type_)
        if from_:
            if not to and last is not None and self._goes_on(last, from_, theme):
                to = last.to  # "Chad sent 30 tanks, and Mali 10 more"
            return from_, to or self._to_meant(from_, type_, last, states)
        spots = [p for p in places if self.sides.gazetteer.type_of(p) != "State"]
        same = self.memory.at_places(kinds, spots, states) if not to and spots else None
        if same is not None:
            return same.from_, same.to  # "are unloaded at Amdjarass several times a week"
        return self._from_meant(to, type_, last, states)

    def _from_meant(
        self, to: Sides, type_: str, last: Happening | None, states: Sides
    ) -> tuple[Sides, Sides]:
        """Return from whom a force or goods come, and where they go: as those told of before."""
        kinds = FORCES if type_ in FORCES else (type_,)
        goal = to or states[:1]
        sent = self.memory.with_to(kinds, goal) if goal else None
        if type_ == "Shipment" and sent is None and (seller := self._partner(to)):
            return (seller,), to
        if last is None:
            to = to or states[:1]
            return self._spoken_of(type_, to), to
        if type_ == "Combat" and last.type == "Shipment":
            # Who got the arms fights with them, not who sent them.
            return tuple(side for side in last.to if side not in to), to
        if type_ == "Deployment" and not to and sent is not None:
            return sent.from_, sent.to
        if to and to == last.from_ and sent is None:
            return last.to, to  # what comes in return
        if to and to != last.to and last.paragraph != self.memory.paragraph:
            return sent.from_ if sent is not None else (), to
        if not to or to == last.to or not set(to) & set(last.from_):
            return last.from_, to or last.to
        return sent.from_ if sent is not None else (), to

    def _partner(self, buyer: Sides) -> str | None:
        """Return with whom a state has agreed on what now reaches it, if with one state only."""
        partners = {
            other
            for one in self.memory.happenings
            if one.type == "Agreement" and len(one.from_) == 2 and {*buyer} & {*one.from_}
            for other in one.from_
            if other not in buyer
        }
        return next(iter(partners)) if len(partners) == 1 else None

    def _spoken_of(self, type_: str, to: Sides) -> Sides:
        """Return whose force or arms were just spoken of, though no event has told of them."""
        told = self.memory.goods if type_ == "Shipment" else self.memory.force
        paragraph, owner = told or (-1, "")
        near = type_ in ("Deployment", "Shipment") and paragraph == self.memory.paragraph
        return (owner,) if near and owner and owner not in to else ()

    def _goes_on(self, last: Happening, from_: Sides, theme: Theme) -> bool:
        """Whether a bare figure counts more of what an event of this paragraph has told of."""
        near = last.paragraph == self.memory.paragraph and theme.quantity is not None
        if theme.mentions or {*last.from_} & {*last.to}:
            return False  # who masses its own at its border says nothing of where others go
        if last.from_ != from_ and self._is_force(last.to):
            return False  # who sends more to the country need not help the same force
        return near and bool(last.to) and not set(last.to) & {*from_}

    def where_cargo_goes(self, one: Situation) -> Sides:
        """Return for whom the goods told of before are, where only what carries them lands."""
        last = self.memory.latest(("Shipment",))
        heads = [one.parse.lows[m.last - 1] for m in one.theme.mentions]
        carry = bool(heads) and all(word in self.lexicon["carriers"] for word in heads)
        near = last is not None and last.paragraph >= self.memory.paragraph - 1
        return last.to if last is not None and carry and near else ()

    def land_reached(self, one: Situation, from_: Sides) -> Sides:
        """Return the state in which goods arrive: the one in whose port, town or land they do.

        Where what was told last went to rebels there, they and not the state may be meant.
        """
        last = self.memory.latest(("Shipment",))
        leaves = one.clause.verb.lemma in _LEAVING
        if leaves or (last is not None and self._is_force(last.to)):
            return ()
        there = [m for key in _REACHED for m in one.parts.slots.get(key, ())]
        states = self.sides.states_of(self.sides.places_of(one.parse, there))
        return tuple(state for state in states if state not in from_)[:1]

    def state_of_makers(self, from_: Sides, to: Sides) -> Sides:
        """Return the state that gives what companies supply, if it has been told to give before."""
        kinds = {self.sides.gazetteer.type_of(side) for side in from_}
        told = self.memory.with_to(("Shipment",), to) if kinds == {"Company"} else None
        return told.from_ if told is not None and not self._is_force(told.from_) else from_

    def _just_told(self, type_: str) -> Happening | None:
        """Return the event of another kind that the same paragraph has just told of."""
        moving = ("Deployment", "Training", "Shipment")
        # Who strikes a convoy does not send its load.
        last = self.memory.latest(moving if type_ == "Shipment" else (*FORCES, "Shipment"))
        near = last is not None and last.paragraph == self.memory.paragraph
        return last if near else None

    def _to_meant(self, from_: Sides, type_: str, last: Happening | None, states: Sides) -> Sides:
        """Return where a force or goods of `from_` go: as before, else the state of the place."""
        kinds = FORCES if type_ in FORCES else (type_,)
        reached = tuple(state for state in states if state not in from_)[:1]
        if reached and len(self.memory.goals(kinds, from_)) > 1:
            return reached
        known = self.memory.with_from(kinds, from_)
        if known is None and type_ == "Shipment" and not reached:
            # Most arms go to one side; soldiers may go where no arms do.
            goal = self.memory.theatre(kinds, from_)
            if goal and not {*goal} & {*from_}:
                return goal
        if type_ == "Combat":
            # For whom they fight is told by where they were sent, or it is for themselves.
            return self._helped(from_) or (known.to if known is not None else reached)
        known = known or self.memory.with_from((*FORCES, "Shipment"), from_)
        if reached and type_ == "Deployment" and known is not None and self._yields(known, from_):
            return reached
        if known is not None:
            return known.to
        if reached or states:
            return reached
        if (theatre := self._theatre(type_, from_)) or last is None:
            return theatre
        if type_ == "Deployment" and last.from_ != from_ and self._is_force(last.to):
            return ()
        near = type_ == "Shipment" or last.paragraph == self.memory.paragraph
        return last.to if near and not set(from_) & {*last.to} else ()

    def _yields(self, known: Happening, from_: Sides) -> bool:
        """Whether where others of a state went says nothing of a force told to be elsewhere.

        Who comes to fight beside rebels comes to the state where they are; where a force is told
        to be it is, though others of the same state once went elsewhere.
        """
        often = sum((one.from_, one.to) == (from_, known.to) for one in self.memory.happenings)
        return self._is_force(known.to) or often <= _ONCE

    def _helped(self, from_: Sides) -> Sides:
        """Return the force beside which those of `from_` have last been told to be."""
        for one in reversed(self.memory.happenings):
            if one.from_ == from_ and one.to and self._is_force(one.to) and one.type in FORCES:
                return one.to
        return ()

    def _is_force(self, sides: Sides) -> bool:
        """Whether a side is none of the states."""
        return any(self.sides.gazetteer.type_of(side) != "State" for side in sides)

    def _theatre(self, type_: str, from_: Sides) -> Sides:
        """Return where most goes of which the text tells, or where it is set."""
        memory = self.memory
        kinds = FORCES if type_ in FORCES else (type_,)
        home = (memory.home,) if memory.home and memory.home in memory.spoken_of else ()
        # Where soldiers learn is said, or nobody knows.
        land = memory.land(from_) if type_ != "Training" else ()
        goal = memory.theatre(kinds, from_)
        if type_ == "Deployment" and self._is_force(goal):
            # Whoever comes to the country need not come to the force that others help there.
            goal = self.sides.states_of(memory.places)[:1]
        if type_ == "Deployment" and goal and goal != memory.theatre(_ABROAD, from_):
            # Where soldiers learn others do not go.
            goals: tuple[Sides, ...] = (memory.scene, home, land, goal)
        else:
            goals = (goal, memory.scene, home, land)
        for theatre in goals:
            if theatre and not set(theatre) & {*from_}:
                return theatre
        return ()
