"""Measures: who condemns, demands, bans or hands over, and whom it meets."""

from __future__ import annotations

from itertools import pairwise

from kg.extraction.document.counterparts import counterpart, event_called, is_bond, other_of_two
from kg.extraction.document.memory import FORCES, MOVING, Happening, Sides
from kg.extraction.document.named_together import how_many_in
from kg.extraction.document.readings import Reading
from kg.extraction.document.those_two import those_two
from kg.extraction.names.mentions import NATION, Mention
from kg.extraction.situations.asides import is_aside
from kg.extraction.situations.sides import SideFinder
from kg.extraction.situations.situation import Situation
from kg.extraction.speakers.bidding import bidden
from kg.extraction.words.lexicon import Frame

# What leads to those whom a measure meets.
_MEETING = frozenset(("on", "against", "of", "for", "like", "including"))
_BONDS = frozenset(
    (
        "relations",
        "ties",
        "talks",
        "consultations",
        "cooperation",
        "contacts",
        "dialogue",
        "negotiations",
        "exercises",
        "drills",
        "trade",
        "links",
        "agreement",
        "pact",
    )
)
_PLACE_SLOTS = ("in", "inside", "from", "from-in", "at", "off", "along")
_LAND = ("state", "place")
_REASONS = frozenset(("over", "after", "because", "amid", "following"))
_DEALS = frozenset(("deal", "pact", "agreement", "treaty", "accord", "contract"))
_SALES = frozenset(
    (
        *("licences", "licenses", "permits", "exports", "sales", "deliveries", "shipments"),
        *("weapons", "arms"),
    )
)
_MISSIONS = frozenset(("mission", "operation", "deployment"))
_AT = frozenset(("at", "over", "about", "by"))
# Bodies that a measure meets themselves: "urged the Security Council".
_OWN_KINDS = ("Group", "Company", "ArmedUnit", "InternationalBody")
_US = frozenset(("us", "our"))
_BUYING = frozenset(("purchase", "purchases", "acquisition", "procurement"))
_RELATIVES = (["that"], ["which"], ["who"])
# Who stands behind these is where somebody is or what he reaches, not whose he is.
_LEADING = frozenset(("to", "from", "in", "into", "at", "near", "through"))
# So many words behind a number may hold the noun that it counts.
_NOUN = 2
_PLURAL_TARGETS = frozenset(("developments", "moves", "ties", "cooperation", "alliance"))


class Measures:
    """Reads measures."""

    def __init__(self, sides: SideFinder) -> None:
        """Take what finds sides, with the memory of the document."""
        self.sides, self.memory, self.resolver = sides, sides.memory, sides.resolver

    def read(self, one: Situation, frame: Frame) -> Reading | None:
        """Return who takes a measure against whom, None if it is not known who does."""
        from_ = self._takers(one, frame)
        if not from_ and frame.name not in ("hand-base", "demand"):
            return None
        targets = _without_reason(one, self._targets(one, frame))
        if frame.name == "demand" and _is_meant(one) and {*self._sides(one, targets)} == {*from_}:
            from_ = ()  # "the bloc ordered the M23 to leave": the M23 is no bloc
        to = tuple(side for side in self._sides(one, targets) if side not in from_)
        if not to:
            # "condemned the vote in Ankara", "held back aid for Uganda"
            slots = one.parts.slots
            meant = (
                slots.get("in", []) if frame.speech else _without_reason(one, slots.get("for", []))
            )
            to = tuple(side for side in self.sides.of(one.parse, meant) if side not in from_)
        places = self._places(one, frame, targets)
        if frame.speech and not to and "both" in one.words()[:2]:
            to = tuple(side for side in self.memory.both_sides() if side not in from_)
        if frame.name == "hand-base" and not to:
            bases = [m.place for m in one.parts.parts["base"] if m.place]
            lands = self.sides.states_of([*bases, *places])
            to = tuple(side for side in lands if side not in from_)[:1]
        if from_:
            counted = self.sides.counted(one.parse, one.clause) if not to else ()
            to = to or tuple(side for side in counted if side not in from_)
            to = to or self._us(one, from_) or self._targets_meant(one, from_, frame)
        if not from_ and not to:
            return None
        # The year of a treaty that is ended counts nobody: "scrapped the 2018 accord".
        quantity = None if frame.speech or frame.name == "tear-up" else _how_many(one)
        return Reading(frame, "Measure", from_, to, places=places, quantity=quantity)

    def _takers(self, one: Situation, frame: Frame) -> Sides:
        """Return who takes a measure: as named, else those whom the subject stands for."""
        subject = one.parse.lows[slice(*one.clause.subject)]
        from_ = self._sides(one, one.parts.parts["from"])
        from_ = from_ or those_two(self.memory, subject, one.parse.paragraph)
        if not from_ and one.subject_elsewhere:
            from_ = self.sides.of_subject(one.parse, one.clause)
        if not from_ and frame.name == "summon-envoy":
            we = self.memory.we  # who tells of it has done it
            from_ = (we,) if we and self.sides.gazetteer.type_of(we) == "State" else ()
        if not from_ and frame.name == "hand-base":
            last = self.memory.latest(FORCES)
            from_ = last.from_ if last is not None else ()
        return from_

    def _targets(self, one: Situation, frame: Frame) -> list[Mention]:
        """Return the mentions of those whom a measure meets."""
        parts = one.parts.parts
        targets = [*parts["target"], *parts["second"], *_partners(one)]
        if frame.name == "demand":
            return one.parts.slots.get("against") or _asked(one, targets)
        if frame.name == "voice-concern" and (told := _told_of_unease(one)):
            return told
        done_by = [] if one.clause.verb.passive else one.parts.slots.get("by", [])
        if frame.speech and (against := _against_others(one)):
            return against
        # "condemned the raid on the town by Chad"
        if frame.speech and self._sides(one, done_by):
            return done_by
        return _whose_deed(one, targets) if frame.speech else targets

    def _places(self, one: Situation, frame: Frame, targets: list[Mention]) -> list[str]:
        """Return where a measure is taken, and the town from which an envoy is recalled."""
        named = [m for key in _PLACE_SLOTS for m in one.parts.slots.get(key, ())]
        places = [m.place or m.actor for m in named if m not in targets and m.kind in _LAND]
        known = [place for place in places if place and self.sides.is_place(place)]
        if frame.name == "recall-envoy":
            known += [city for city in self.sides.cities(one.parse, targets) if city not in known]
        return known

    def _sides(self, one: Situation, targets: list[Mention]) -> Sides:
        """Return whom a measure meets; a group, council or company itself, not who is behind it."""
        found: dict[str, None] = {}
        for mention in targets:
            if len(targets) > 1 and is_aside(one.parse, mention):
                continue  # "Kenya, an ally of Chad, condemned"
            kind = mention.class_in(self.sides.gazetteer)
            own = mention.kind == "organization" and kind in _OWN_KINDS
            sides = (
                (mention.actor,) if own and mention.actor else self.sides.of(one.parse, [mention])
            )
            found |= dict.fromkeys(sides)
        return tuple(found)

    def _targets_meant(self, one: Situation, from_: Sides, frame: Frame) -> Sides:
        """Return whom a measure meets that names only what was done: those of the last event."""
        if whose := self._whose_thing(one, from_):
            return whose
        if not frame.speech and (whose := self._whose_is_hit(one, from_)):
            return whose
        if frame.name == "join-demand":
            demanded = self.memory.latest(("Measure",))
            return demanded.to if demanded is not None else ()
        if not frame.speech:
            named = one.parts.parts["target"]  # "cut off aid to the camps"
            before = self._named_before(one, from_) or self._whose_business(one, from_)
            ended = self._who_agreed(one.words()) if frame.name == "tear-up" else ()
            before = before or tuple(side for side in ended if side not in from_)
            if not before and frame.name == "tear-up":
                before = other_of_two(from_, self.memory)  # of whose troops the text tells
            if before or (named and not is_bond(one.parse, one.clause)):
                return before
            return self._against_whom(one, from_)
        if parties := self._who_agreed(one.words()):
            return tuple(side for side in parties if side not in from_)
        last = event_called(one.words(), self.memory, from_) or self.memory.latest(MOVING)
        if last is not None and {*from_} & {*last.from_, *last.to}:
            last = self._event_of_others(from_) or last  # nobody condemns what they do
        if last is None:
            return ()
        words = one.words()
        plural = any(word in _PLURAL_TARGETS for word in words)
        bought = not _BUYING.isdisjoint(words)
        buyer = self.memory.theatre(("Shipment",), from_) or last.to if bought else ()
        sides = (*last.to, *last.from_) if plural else buyer if bought else last.from_
        return tuple(side for side in sides if side not in from_)

    def _whose_thing(self, one: Situation, from_: Sides) -> Sides:
        """Return whose the things are that a measure hits; "the vessel" is the last warship."""
        for mention in one.parse.mentions_in(*one.clause.right):
            owner = self.resolver.owner(one.parse, mention) if mention.kind == "item" else None
            if owner and owner not in from_:
                return (owner,)
        told_in, ship_of = self.memory.hull
        near = told_in >= one.parse.paragraph - 1 and ship_of not in from_
        words = one.words() if near else []
        meant = any(a == "the" and b in one.lexicon["hulls"] for a, b in pairwise(words))
        return (ship_of,) if meant else ()

    def _against_whom(self, one: Situation, from_: Sides) -> Sides:
        """Return whom a measure meets of which only the text around it says it."""
        met = counterpart(one.parse, one.clause, from_, self.memory)
        return met or self._who_tells(from_)

    def _whose_business(self, one: Situation, from_: Sides) -> Sides:
        """Return whom it hits to stop arms, or a mission, of which the text tells."""
        words = one.parse.lows[slice(*one.clause.right)]
        goals: Sides = ()
        if not _SALES.isdisjoint(words):
            goals = self.memory.theatre(("Shipment",), from_)
        elif not _MISSIONS.isdisjoint(words):
            goals = self.memory.theatre(FORCES, from_)
        return tuple(side for side in goals if side not in from_)

    def _whose_is_hit(self, one: Situation, from_: Sides) -> Sides:
        """Return for whom those work who are hit: "the agency that runs Iran's programme"."""
        last = one.clause.right[1]
        if one.parse.lows[last : last + 1] not in _RELATIVES:
            return ()
        described = one.parse.mentions_in(last, len(one.parse.lows))
        for mention in described:
            if mention.kind not in NATION or one.parse.lows[mention.first - 1] in _LEADING:
                continue
            sides = self.sides.of(one.parse, [mention])
            if sides and not {*sides} & {*from_}:
                return sides
        return ()

    def _who_agreed(self, words: list[str]) -> Sides:
        """Return whose "the deal" or "the pact" is that somebody condemns."""
        last = self.memory.latest(("Agreement",))
        meant = any(pair[0] == "the" and pair[1] in _DEALS for pair in pairwise(words))
        return last.from_ if last is not None and meant else ()

    def _event_of_others(self, from_: Sides) -> Happening | None:
        """Return the last event in which none takes part of those who take the measure."""
        for one in reversed(self.memory.happenings):
            sides = {*one.from_, *one.to}
            if one.type in MOVING and one.from_ and not sides & {*from_}:
                return one
        return None

    def _us(self, one: Situation, from_: Sides) -> Sides:
        """Return for whom "us" stands: "the Americans have not sanctioned us"."""
        meant = not _US.isdisjoint(one.parse.lows[slice(*one.clause.right)])
        return self._who_tells(from_) if meant else ()

    def _who_tells(self, from_: Sides) -> Sides:
        """Return the state that tells of it: "accused Canberra of cutting off support"."""
        we = self.memory.we
        state = we is not None and self.sides.gazetteer.type_of(we) == "State"
        return (we,) if we is not None and state and we not in from_ else ()

    def _named_before(self, one: Situation, from_: Sides) -> Sides:
        """Return whom a sentence has named before: "accused Iran … and would expel its envoy"."""
        words = one.parse.lows[slice(*one.clause.right)]
        if "its" not in words and "their" not in words:
            return ()
        for mention in reversed(one.parse.mentions_in(0, one.clause.verb.first)):
            if mention.kind == "state" and not mention.modifies:
                sides = self.sides.of(one.parse, [mention])
                if sides and not {*sides} & {*from_}:
                    return sides
        return ()


def _told_of_unease(one: Situation) -> list[Mention]:
    """Return to whom unease is told: "raised concerns with Ankara over its sales to Chad"."""
    slots, lows = one.parts.slots, one.parse.lows
    first = one.clause.right[0]
    told = [m for m in slots.get("to", ()) if _AT.isdisjoint(lows[first : m.first])]
    return [*slots.get("with", ())] or told[:1]  # not "alarm at the sale of drones to Chad"


def _is_meant(one: Situation) -> bool:
    """Whether the subject is a noun for somebody named before: "the bloc"."""
    heads = one.parts.parts["from"]
    return bool(heads) and all(m.kind == "definite" for m in heads)


def _against_others(one: Situation) -> list[Mention]:
    """Return whose deed is condemned in "the aggression of Russia against Ukraine"."""
    lows = one.parse.lows
    for mention in one.parse.mentions_in(*one.clause.right):
        at = mention.first - 1 - (lows[mention.first - 1] == "the")
        if lows[mention.last : mention.last + 1] == ["against"] and lows[at] == "of":
            return [mention]
    return []


def _whose_deed(one: Situation, targets: list[Mention]) -> list[Mention]:
    """Return whose deed is meant in "alarm at Turkey's sale of drones to Chad": not Chad's."""
    whose = [m for m in targets if one.parse.lows[m.last : m.last + 1] in (["'s"], ["’s"])]
    first = min((m.first for m in targets), default=-1)
    return whose[:1] if whose and whose[0].first == first else targets


def _how_many(one: Situation) -> int | None:
    """Return the number of those whom a measure meets: "sanctions on nine officials"."""
    first, last = one.clause.subject if one.clause.verb.passive else one.clause.right
    last = _before_load(one, last)
    for index, quantity in enumerate(one.parse.quantities):
        if first <= quantity.first and quantity.last < last:
            if how_many_in(one.parse.lows[max(first, quantity.first - 1) : quantity.last + _NOUN]):
                return None  # "sanctions on the two states"
            between = one.parse.lows[first : quantity.first]
            near = all(w not in one.lexicon["prepositions"] or w in _MEETING for w in between)
            return index if near else None
    return None


def _before_load(one: Situation, last: int) -> int:
    """Return where the words end before what a ship carries: "seized a dhow carrying rifles"."""
    loads = one.lexicon["loaded-with"]
    first = one.clause.verb.last
    carried = (g.first for g in one.parse.verbs if g.form == "gerund" and g.lemma in loads)
    return min((at for at in carried if first < at < last), default=last)


def _asked(one: Situation, targets: list[Mention]) -> list[Mention]:
    """Return those asked: who stands before "to withdraw", not from where they withdraw."""
    if (told := bidden(one.parse, one.clause)) is not None:
        return [told[0]]
    first, last = one.clause.right
    done = [g.first for g in one.parse.verbs if g.form == "infinitive" and first < g.first < last]
    return [m for m in targets if not done or m.first < done[0]]


def _partners(one: Situation) -> list[Mention]:
    """Return with whom ties are cut: "broke off relations with Rwanda"."""
    found = []
    for mention in one.parts.slots.get("with", ()):
        at = mention.first - 1 - (one.parse.lows[mention.first - 1] == "the")
        if at > 0 and one.parse.lows[at] == "with" and one.parse.lows[at - 1] in _BONDS:
            found.append(mention)
    return found


def _without_reason(one: Situation, targets: list[Mention]) -> list[Mention]:
    """Leave out who only stands in the reason of a measure: "for supplying arms to Wagner"."""
    first, last = one.clause.right
    last = _before_load(one, last)
    lows, verb_at = one.parse.lows, one.parse.verb_at
    targets = [m for m in targets if m.first < last]
    named = min((m.first for m in targets), default=last)
    for index in range(first, last - 1):
        done = lows[index] in ("for", "over") and index + 1 in verb_at
        if done or (named < index and lows[index] in _REASONS):
            return [m for m in targets if m.first < index]
    return targets
