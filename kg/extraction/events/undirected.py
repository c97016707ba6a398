"""Events without direction: agreements and meetings, and who takes part in them."""

from __future__ import annotations

from kg.extraction.document.memory import MOVING, Sides
from kg.extraction.document.named_together import how_many
from kg.extraction.document.readings import Reading
from kg.extraction.events.agreement_needs import (
    are_delegates,
    bases_let,
    have_just_met,
    is_the_contract,
    ordered,
    treaty_of_those_told,
)
from kg.extraction.names.mentions import NATION, Mention
from kg.extraction.situations.sides import SideFinder
from kg.extraction.situations.situation import Situation
from kg.extraction.words.lexicon import Frame

# So many words may stand between a number and the envoys whom it counts.
_NEAR = 5
# A body of states meets by itself: "the Security Council met in New York".
_ROLE = 4  # "as the main mediator"
_COUNCILS = frozenset(("InternationalBody",))
_VISITING = frozenset(("visit", "tour"))
_TWO_STATES = frozenset(("between", "two"))
_PROVISIONS = ("all-for-one", "provide-for", "in-force", "treaty-follows")
_WITH_ANOTHER = (["he", "and"], ["she", "and"])
_GUEST = (["him"], ["her"])
_NAMED = ("sign", "conclude")
# Agreements of which it is told how many of what they are about.
_COUNTING = ("agree-on", "provide-for")
_PAIR = 2
_GIVING = frozenset(("giving", "allowing", "letting", "granting", "opening", "permitting"))
_CONTRACTS = frozenset(("contract", "contracts", "order", "purchase"))
_SIGNING = ("sign", "conclude")
_AGREEMENT_ASPECTS = {
    "provide-for": "provision",
    "all-for-one": "provision",
    "sign": "signing-date",
    "conclude": "signing-date",
    "treaty-noun": "signing-date",
    "in-force": "in-force-date",
}


class Undirected:
    """Reads agreements and meetings."""

    def __init__(self, sides: SideFinder) -> None:
        """Take what finds sides, with the memory of the document."""
        self.sides, self.memory = sides, sides.memory

    def read(self, one: Situation, frame: Frame) -> Reading | None:
        """Return who meets or agrees with whom, None if nobody is known."""
        places = self._places(one, frame)
        parties = self._named(one, frame)
        if not parties and frame.name == "sign-for":
            parties = self.sides.of_subject(one.parse, one.clause)
        guest = frame.name == "be-on-visit"
        alone = (
            not guest
            and len(parties) == 1
            and self.sides.gazetteer.type_of(parties[0]) in _COUNCILS
        )
        if len(parties) == 1 and (others := self.sides.counted(one.parse, one.clause)):
            parties = _joined(parties, others)  # "met those of the three states"
        if len(parties) < 2 and not alone:
            parties = self._meant(one, frame, parties, places)
        if not parties or (_is_described(one, frame) and len(parties) < 2):
            return None
        quantity = _delegates(one) if frame.event == "Meeting" else _agreed_figure(one, frame)
        if quantity is None and frame.event == "Agreement":
            quantity = bases_let(one) if frame.name == "give-access" else ordered(one)
        aspect = _AGREEMENT_ASPECTS.get(frame.name, "occurrence")
        places = self.sides.new.beside(one.parse, one.parts, places)
        return Reading(frame, frame.event, parties, (), aspect, places=places, quantity=quantity)

    def _places(self, one: Situation, frame: Frame) -> list[str]:
        if frame.event == "Meeting":
            places = self.sides.places(one.parse, one.parts, [])
            visited = one.parts.slots.get("", ()) if one.clause.verb.lemma in _VISITING else ()
            return list(dict.fromkeys((*self.sides.cities(one.parse, visited), *places)))
        there = [m for key in ("in", "at") for m in one.parts.slots.get(key, ())]
        return self.sides.cities(one.parse, there) if frame.name in _SIGNING else []

    def _named(self, one: Situation, frame: Frame) -> Sides:
        """Return the parties that the clause, or the one it hangs on, names."""
        parts = one.parts.parts
        mentions = [*parts["party"], *parts["treaty"], *parts["cooperation"]]
        mentions = [m for m in mentions if not _looks_on(one, m)]
        parties = self.sides.of(one.parse, [] if frame.name in _PROVISIONS else mentions)
        parties = parties or self._who_deal(one, frame) or self.sides.both(one.parse, one.clause)
        if one.parse.lows[slice(*one.clause.subject)][:2] in _WITH_ANOTHER:
            himself = self.memory.side_of(self.memory.person)
            parties = _joined((himself,) if himself else (), parties)
        if frame.event == "Meeting" and one.words()[:1] in _GUEST and len(parties) == 1:
            guest = self.memory.side_of(self.memory.person)
            parties = _joined(parties, (guest,) if guest else ())  # "the emir received him"
        if frame.event == "Meeting" and not parties:
            met = self.sides.of(one.parse, parts["subject-other"])
            parties = met if len(met) > 1 else ()  # "officers from the armies of Chad and Mali"
        if len(parties) == 1 and one.parse.lows[slice(*one.clause.subject)] == ["it"]:
            itself = self.sides.of_subject(one.parse, one.clause)
            parties = _joined(itself, parties)  # "Chad said that it had signed a pact with Mali"
        if one.clause.shared and one.clause.parent is not None:
            subject = one.parse.mentions_in(*one.clause.subject)
            parties = _joined(self.sides.of(one.parse, subject), parties)
        return parties

    def _who_deal(self, one: Situation, frame: Frame) -> Sides:
        """Return who "the two countries" are that sign a contract: who buys from whom."""
        words = one.parse.lows[slice(*one.clause.subject)]
        bought = frame.name in _SIGNING and not _CONTRACTS.isdisjoint(one.words(whole=True))
        if not bought or how_many(words) != _PAIR:
            return ()
        for told in reversed(self.memory.happenings):
            sides = tuple(dict.fromkeys((*told.from_, *told.to)))
            if told.type == "Shipment" and len(sides) == _PAIR:
                return sides
        return ()

    def _meant(self, one: Situation, frame: Frame, parties: Sides, places: list[str]) -> Sides:
        """Return the parties of one that names fewer than two: those told of before."""
        if (
            frame.event == "Meeting"
            and not parties
            and (frame.name == "next-talks" or are_delegates(one))
        ):
            return self._last_parties("Meeting", ())
        if frame.event == "Meeting":
            parties = _joined(parties, self.sides.states_of(places))
        the = frame.event == "Agreement" and one.words(whole=True)[:1] == ["the"]
        if len(parties) < 2 and (the or one.parse.words_used >= _TWO_STATES):
            both = self.memory.both_sides()  # "Chad ended the pact between the two states"
            parties = both if set(parties) <= {*both} else parties
        if frame.event == "Agreement" and len(parties) == 1 and frame.name in _SIGNING:
            parties = _joined(parties, self._served_by_it(one))
        if len(parties) < 2:
            parties = self._last_parties(frame.event, parties) or parties
        if frame.name in _PROVISIONS and not parties:
            # "the pact lets Russia station ships in Port Sudan"
            bound = self.sides.of(one.parse, one.parse.mentions_in(*one.clause.right))
            parties = bound[:2] if len(bound) > 1 else ()
        if frame.event == "Agreement" and len(parties) < 2:
            parties = self._of_the_same(one, frame, parties)
        if frame.event == "Agreement" and len(parties) < 2 and have_just_met(one):
            parties = self._last_parties("Meeting", parties) or parties
        if len(parties) == 1 and frame.name in _SIGNING and not _CONTRACTS.isdisjoint(one.words()):
            # "India signed the contract for the jets in 2018": with whom it deals all along.
            parties = _joined(parties, self._who_supplies(parties))
        return parties

    def _served_by_it(self, one: Situation) -> Sides:
        """Return to whom a treaty gives what, if it says so: "a pact that lets Chad use a base"."""
        first, last = one.clause.right
        lows = one.parse.lows
        at = next((i for i in range(first, min(last + 1, len(lows))) if _gives_whom(lows, i)), -1)
        if at < 0:
            return ()
        end = next((i for i in range(at + 1, len(lows)) if lows[i] in (",", ";")), len(lows))
        served = [m for m in one.parse.mentions_in(at, end) if m.kind in NATION and not m.modifies]
        return self.sides.of(one.parse, served[:1])

    def _who_supplies(self, buyer: Sides) -> Sides:
        """Return from whom a state gets arms, by what was told, or whose were just spoken of."""
        told = self.memory.with_to(MOVING, buyer)
        paragraph, maker = self.memory.goods or (-1, "")
        near = (maker,) if paragraph == self.memory.paragraph and maker not in buyer else ()
        return told.from_ if told is not None else near

    def _of_the_same(self, one: Situation, frame: Frame, parties: Sides) -> Sides:
        """Return the sides between whom arms or forces go under "an accord reached in May"."""
        bare = treaty_of_those_told(one) or is_the_contract(one) or frame.name == "sign-for"
        if not (bare or _is_described(one, frame)) and frame.name != "treaty-noun":
            return parties
        last = self.memory.latest(MOVING)
        both = tuple(dict.fromkeys((*last.from_, *last.to))) if last is not None else ()
        near = last is not None and last.paragraph >= one.parse.paragraph - 1
        return both if near and len(both) == 2 and set(parties) <= set(both) else parties

    def _last_parties(self, event: str, parties: Sides) -> Sides:
        last = self.memory.latest((event,))
        if last is None or not set(parties) <= {*last.from_, *last.to}:
            return ()
        return last.from_


def _gives_whom(lows: list[str], at: int) -> bool:
    """Whether what a treaty does begins here: "a pact that opens", "a treaty giving"."""
    before = lows[at - 1] if at else ""
    return lows[at] in ("that", "which") or (lows[at] in _GIVING and before.isalpha())


def _looks_on(one: Situation, mention: Mention) -> bool:
    """Whether somebody is only there: "signed a truce, with Chadian envoys in the chair"."""
    lows = one.parse.lows
    owner = mention.nation or mention
    at = min(owner.first, mention.first) - 1
    behind = lows[mention.last : mention.last + _ROLE]
    if behind[:1] == ["as"] and not one.lexicon["go-betweens"].isdisjoint(behind):
        return True  # "with Oman as the go-between"
    return at > 0 and lows[at] == "with" and lows[at - 1] == ","


def _is_described(one: Situation, frame: Frame) -> bool:
    """Whether a participle says of a treaty when it was made: "an accord reached in May"."""
    return frame.name in _NAMED and one.clause.verb.form == "participle"


def _delegates(one: Situation) -> int | None:
    """Return the number of those who are met: "three African Union envoys"."""
    lows, counted = one.parse.lows, one.lexicon["delegates"]
    for first, last in (one.clause.subject, one.clause.right):
        for index, quantity in enumerate(one.parse.quantities):
            behind = lows[quantity.last : min(last, quantity.last + _NEAR)]
            if first <= quantity.first < last and not counted.isdisjoint(behind):
                return index
    return None


def _agreed_figure(one: Situation, frame: Frame) -> int | None:
    """Return what counts that on which two agree: "the withdrawal of 2,500 Americans"."""
    if frame.name not in _COUNTING:
        return None
    things = (m.quantity for m in one.parse.mentions_in(*one.clause.right))
    return next((quantity for quantity in things if quantity is not None), None)


def _joined(first: Sides, second: Sides) -> Sides:
    return tuple(dict.fromkeys((*first, *second)))
