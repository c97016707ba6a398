"""What is sent, trained or counted in a clause: its items, whose they are, and how many."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extraction.document.memory import FORCES, Happening
from kg.extraction.grammar.bare_figures import bare_figure, changed_to
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.listing import Listed, further, of_other_givers
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention
from kg.extraction.situations.handing import given_else, given_with, handed
from kg.extraction.situations.owners import Owners
from kg.extraction.situations.roles import Roles, has_pronoun
from kg.extraction.situations.sides import SideFinder
from kg.extraction.situations.theme_nouns import (
    LEAST,
    are_officers,
    candidates,
    contents_of,
    noun_before,
    object_before,
    what_them_is,
    with_owner,
)
from kg.extraction.situations.theme_pronouns import (
    apposed,
    are_there_to_teach,
    can_be_told_of,
    counts_members,
    counts_no_more,
    half_of_them,
    hands_them_on,
    members,
    not_a_single,
    right_before,
    some_of_them,
    takes_them_away,
)
from kg.extraction.words.lexicon import Frame, Lexicon

_BATCHES = frozenset(("batch", "batches", "lot", "consignment", "tranche", "instalment"))
# "two further units": pieces of the goods of which the text has told.
_PIECES = frozenset(("unit", "units", "piece", "pieces", "battery", "batteries"))
_MORE = frozenset(
    ("further", "another", "second", "third", "more", "additional", "other", "remaining", "fourth")
)
# How carriers are full of persons, and so near behind they are named.
_FULL = frozenset(("full", "packed", "loaded", "crammed", "laden", "crowded", "carrying"))
_LOADED = 8
_ABOARD = frozenset(("aboard", "board", "inside"))
_LORRIES = frozenset(("lorries", "lorry", "buses", "bus", "pickups", "jeeps", "coaches"))
_DEFAULT = ("personnel",)
_NOBODY = (["nobody"], ["no", "one"], ["anyone"], ["anybody"])
# "Not one item has been handed over": nothing has.
_NOT_ONE = (["not", "one"], ["not", "a"], ["no", "single"])
_NOTHING = (["nothing"], ["anything"])
_DYING = frozenset(("die", "kill", "wound", "injure", "perish"))
_NUMBERING = frozenset(("number", "total"))
_MOVED = ("by-theme", "Shipment", "Deployment")
_TRADING = frozenset(("sell", "buy", "purchase", "order", "import", "export"))
_OWN_SHIPS = frozenset(("ships", "vessels", "fleet", "squadron", "flotilla", "vessel", "ship"))
_CALLING = frozenset(
    (
        *("enter", "dock", "call", "call at", "visit", "put in at", "anchor", "drop anchor"),
        *("moor", "berth", "tie up", "sail into", "steam into", "leave", "put into", "arrive"),
    )
)
_SHIPS = (["ships"], ["vessels"], ["warships"], ["ship"], ["vessel"], ["squadron"], ["flotilla"])
_FORCES = frozenset(("army", "military", "navy", "force", "forces", "guard", "corps", "marines"))
_ARMIES = frozenset(("army", "military", "navy", "mission"))
_MARCHING = frozenset(
    (
        *("work", "arrive", "operate", "serve"),
        *("be", "remain", "stay", "cross", "enter", "march", "advance", "withdraw", "leave"),
        *("roll into", "move into", "cross into", "pull out"),
    )
)


@dataclass(slots=True)
class Theme:
    """What a clause is about.

    Attributes:
        mentions: the nouns that name it; none where a pronoun stands for it.
        items: ids of the items.
        klass: persons, goods or containers; empty where there is no theme.
        owner: the side whose it is, if the words say so.
        quantity: index of the sentence's quantity that counts it.
        contents: what containers hold.
        further: the other counted things of a list.
    """

    mentions: list[Mention] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    klass: str = ""
    owner: str | None = None
    quantity: int | None = None
    contents: list[str] = field(default_factory=list)
    further: list[Listed] = field(default_factory=list)


@dataclass
class ThemeFinder:
    """Finds the theme of a clause."""

    lexicon: Lexicon
    sides: SideFinder

    def __post_init__(self) -> None:
        """Take in what says whose things are."""
        self.whose = Owners(self.lexicon, self.sides)

    def find(self, parse: Parse, clause: Clause, parts: Roles, frame: Frame) -> Theme:
        """Return the theme of `clause`: its items, else what its pronoun stands for."""
        if given_else(parse, clause, parts, self.lexicon):
            return Theme()
        gazetteer = self.sides.gazetteer
        found = handed(clause, parts, gazetteer) or given_with(clause, parts, gazetteer)
        found = found or candidates(parse, clause, parts, self.lexicon["carriers"])
        found = found or object_before(parse, clause)
        if not found:
            force = self._force(parse, clause, parts, frame)
            return force or self._meant(parse, clause, frame)
        if len(found) > 1 and self._describes(found[0], found[1]):
            found = found[1:]
        if frame.event in _MOVED and self._is_of_a_strike(parse, found[0]):
            return Theme()
        first = next((m for m in found if m.quantity is not None), found[0])
        first = self._pieces(parse, first, found)
        klass = gazetteer.item_class((first.items or _DEFAULT)[0])
        if (last := self._continued(parse, first)) is not None:
            return Theme(found, list(last.items), last.klass, quantity=first.quantity)
        items = [
            item
            for mention in ([first] if first.quantity is not None else found)
            for item in mention.items or _DEFAULT
            if gazetteer.item_class(item) == klass
        ]
        aboard = self._aboard(parse, first) if klass == "goods" else None
        klass = "containers" if aboard is not None else klass
        quantity, items = self._count(parse, clause, first, items)
        return Theme(
            found,
            list(dict.fromkeys(items)),
            klass,
            self._owner(parse, clause, found, aboard),
            quantity,
            list(aboard.items) if aboard is not None else self._held(parse, clause, first, klass),
            self._further(parse, clause, first) if quantity == first.quantity else [],
        )

    def _count(
        self, parse: Parse, clause: Clause, first: Mention, items: list[str]
    ) -> tuple[int | None, list[str]]:
        """Return the figure of what is counted, and what that is."""
        quantity = first.quantity
        if quantity is not None and counts_members(parse, quantity):
            items = list(_DEFAULT)
        elif quantity is None and self._klass(first) == "persons":
            quantity = members(parse, first)
            items = list(_DEFAULT) if quantity is not None else items
        if quantity is None and (figure := apposed(parse, first)) is not None:
            quantity, items = figure, list(first.items) or items
        if clause.shared and first.last <= clause.subject[1]:
            quantity = right_before(parse, clause)  # "two were killed and five wounded"
        return (self._loose(parse, clause) if quantity is None else quantity), items

    def _owner(
        self, parse: Parse, clause: Clause, found: list[Mention], aboard: Mention | None
    ) -> str | None:
        """Return whose the things are, or those whom carriers are full of before the carriers."""
        of_men = self.whose.of(parse, clause, [aboard]) if aboard is not None else None
        return of_men or self.whose.of(parse, clause, found)

    def _held(self, parse: Parse, clause: Clause, first: Mention, klass: str) -> list[str]:
        """Return what containers hold: all that is named behind them."""
        return contents_of(parse, clause, first) if klass == "containers" else []

    def _aboard(self, parse: Parse, carrier: Mention) -> Mention | None:
        """Return the persons of whom carriers are full: "forty lorries full of soldiers"."""
        lows, (first, last) = parse.lows, (carrier.last - 1, carrier.last + _LOADED)
        if lows[first] not in self.lexicon["carriers"] | _LORRIES:
            return None
        for mention in parse.mentions_in(carrier.last, last):
            if mention.kind != "item" or not mention.items:
                continue
            owner = mention.nation if mention.nation is not None else mention
            gap = lows[carrier.last : min(owner.first, mention.first)]
            aboard = gap[:1] == ["with"] and not _ABOARD.isdisjoint(lows[mention.last :][:3])
            led = aboard or (gap[:1] != [] and gap[0] in _FULL)
            full = led and self._klass(mention) == "persons"
            return mention if full else None
        return None

    def _force(self, parse: Parse, clause: Clause, parts: Roles, frame: Frame) -> Theme | None:
        """Return the force that a body, a state's ships or "we" are, None if none is meant."""
        force = self._members(parse, parts) or self._army(parse, clause, parts)
        if force is None and clause.verb.lemma in _CALLING and not clause.verb.passive:
            force = self._ships_of(parse, clause, parts)
        if force is None and self.sides.memory.ours:
            force = self._ourselves(parse, clause, frame)
        return force

    def _army(self, parse: Parse, clause: Clause, parts: Roles) -> Theme | None:
        """Return the force that an army is: "has entered Burundi", "is stationed in Mali"."""
        if clause.verb.lemma not in _MARCHING and not clause.verb.passive:
            return None
        for mention in parts.parts["theme"]:
            kind = mention.class_in(self.sides.gazetteer)
            head = parse.lows[mention.last - 1]
            named = mention.kind == "collective" and (
                head in _ARMIES or self._is_unit(mention, head) or are_officers(parse, mention)
            )
            hired = kind == "Company" and mention.actor not in self.sides.of(parse, [mention])
            if kind == "ArmedForce" or named or hired:
                sides = self.sides.of(parse, [mention])
                whose = parse.lows[mention.first - 1] == "whose"
                owner = self.sides.of_antecedent(parse, mention) if whose else None
                owner = owner or next(iter(sides), None)
                counts = (i for i, q in enumerate(parse.quantities) if q.last == mention.first)
                return Theme([mention], list(_DEFAULT), "persons", owner, next(counts, None))
        return None

    def _ships_of(self, parse: Parse, clause: Clause, parts: Roles) -> Theme | None:
        """Return the warships that a state's "ships" are which call at a port."""
        ports = (m for found in parts.slots.values() for m in found)
        if not any(m.kind in ("state", "place", "unknown") for m in ports):
            return None
        for mention in parts.parts["theme"]:
            ships = mention.kind == "demonym" and parse.lows[mention.last] in _OWN_SHIPS
            if ships and mention.last + 1 == clause.subject[1]:
                counts = (i for i, q in enumerate(parse.quantities) if q.last == mention.first)
                owner = next(iter(self.sides.of(parse, [mention])), None)
                return Theme([mention], ["warship"], "goods", owner, next(counts, None))
        return None

    def _ourselves(self, parse: Parse, clause: Clause, frame: Frame) -> Theme | None:
        """Return the soldiers that "we" are where one of them tells: "We flew to Zuwara"."""
        memory = self.sides.memory
        hit = frame.event == "Combat" and clause.verb.passive  # "we were ambushed"
        if not memory.ours or memory.we != memory.ours or hit:
            return None
        we = parse.lows[slice(*clause.subject)][-1:] == ["we"]
        first = clause.right[0]
        us = not clause.verb.passive and parse.lows[first : first + 1] == ["us"]
        return Theme([], ["soldier"], "persons", memory.ours) if we or us else None

    def _is_unit(self, mention: Mention, head: str) -> bool:
        """Whether a body is a part of a state's forces: "Kenya's 3rd Brigade"."""
        known = head in self.lexicon["units"] or head in self.lexicon["force-heads"]
        return known and mention.nation is not None

    def _members(self, parse: Parse, parts: Roles) -> Theme | None:
        """Return those counted of a force: "200 members of the Chadian navy"."""
        if self.lexicon["members"].isdisjoint(parse.words_used):
            return None
        for mention in (*parts.parts["theme"], *parts.parts["trainee"]):
            first = with_owner(parse, mention)
            of = first - 1 - (parse.lows[first - 1] == "the")
            member = parse.lows[of] == "of" and parse.lows[of - 1] in self.lexicon["members"]
            counts = (i for i, q in enumerate(parse.quantities) if q.last == of - 1)
            if member and self._is_force(parse, mention):
                owner = next(iter(self.sides.of(parse, [mention])), None)
                return Theme([mention], list(_DEFAULT), "persons", owner, next(counts, None))
        return None

    def _is_force(self, parse: Parse, mention: Mention) -> bool:
        kind = mention.class_in(self.sides.gazetteer)
        named = mention.kind == "collective" and parse.lows[mention.last - 1] in _FORCES
        return named or kind in ("ArmedForce", "ArmedUnit", "Group")

    def _further(self, parse: Parse, clause: Clause, first: Mention) -> list[Listed]:
        """Return the other counted things of a list; what a force or ship has with it is none."""
        listed = further(parse, clause, first, list(_DEFAULT), self.lexicon)
        kind, item_class = self._klass(first), self.sides.gazetteer.item_class
        beside = ("goods", "persons") if kind == "goods" else (kind,)
        return [o for o in listed if o.giver or item_class(o.items[0]) in beside]

    def _pieces(self, parse: Parse, first: Mention, found: list[Mention]) -> Mention:
        """Return the goods in "a battery of missiles", which are no force."""
        if not self.sides.gazetteer.is_kind_of((first.items or _DEFAULT)[0], "military-unit"):
            return first
        for other in found:
            gap = parse.lows[first.last : other.first]
            parted = gap[:1] == ["of"] and len(gap) < 4
            if parted and (self._klass(first), self._klass(other)) == ("persons", "goods"):
                if other.quantity is None:
                    other.quantity = first.quantity
                return other
        return first

    def _is_of_a_strike(self, parse: Parse, mention: Mention) -> bool:
        """Whether arms only say with what was struck: "a drone strike set off", no drone did."""
        behind = parse.lows[mention.last : mention.last + 1]
        return mention.kind == "item" and not self.lexicon["assaults"].isdisjoint(behind)

    def _describes(self, word: Mention, head: Mention) -> bool:
        """Whether a noun for persons only describes goods: "regular military supplies"."""
        bare = word.last == head.first and word.quantity is None and head.kind == "item"
        return bare and (self._klass(word), self._klass(head)) == ("persons", "goods")

    def _klass(self, mention: Mention) -> str:
        return self.sides.gazetteer.item_class((mention.items or _DEFAULT)[0])

    def _continued(self, parse: Parse, mention: Mention) -> Happening | None:
        """Return the event of which "a second batch" is a part, the goods it goes on with."""
        of = parse.lows[mention.last : mention.last + 1] == ["of"]
        noun, before = parse.lows[mention.last - 1], parse.lows[max(0, mention.first - 2) :]
        more = noun in _PIECES and not _MORE.isdisjoint(before[: mention.last - mention.first + 2])
        if of or mention.nation or not (more or noun in _BATCHES):
            return None
        last = self.sides.memory.latest((*FORCES, "Shipment"))
        return last if last is not None and last.type == "Shipment" and last.klass else None

    def _loose(self, parse: Parse, clause: Clause) -> int | None:
        """Return a number apart from its noun: "the number of its troops … to 3,000"."""
        if not parse.quantities:
            return None
        if (changed := changed_to(parse, *clause.right)) is not None:
            return changed
        words = parse.lows[clause.subject[0] : clause.end]
        if clause.verb.lemma in _NUMBERING:
            counts = (i for i, q in enumerate(parse.quantities) if q.first == clause.verb.last)
            return next(counts, None)
        if self.lexicon["totals"].isdisjoint(words):
            return None
        behind = clause.verb.head + 1, clause.right[1]  # "was nearly 700"
        zones = [behind] if clause.shared else [behind, clause.subject]
        for begin, end in zones:
            for index, quantity in enumerate(parse.quantities):
                if begin <= quantity.first and quantity.last <= end:
                    return index
        return None

    def _meant(self, parse: Parse, clause: Clause, frame: Frame) -> Theme:
        """Return the theme that a pronoun, "the final figure" or a bare number stands for."""
        if (none := _none(parse, clause)) is not None:
            return none
        last = self._last_told(parse, clause)
        quantity = self._loose(parse, clause)
        if quantity is None:
            quantity = bare_figure(parse, clause)
        if quantity is not None and clause.verb.lemma in _DYING:
            force = self.sides.memory.latest(FORCES)
            if force is None or force.klass != "persons":
                return Theme()  # things do not die
            return Theme(items=list(force.items), klass="persons", quantity=quantity)
        if quantity is not None and last is not None and counts_no_more(parse, clause, last):
            last = None
        able = can_be_told_of(parse, clause, frame, self.lexicon)
        if quantity is not None and (things := self._things_before(parse, clause, last)):
            return self._of_things(clause, things, quantity)
        if last is None and (item := what_them_is(parse, clause)) is not None:
            return Theme(items=list(item.items), klass=self._klass(item))
        if last is None or not last.klass:
            return Theme()
        if quantity is None and not (
            (able and has_pronoun(parse, clause, self.lexicon))
            or some_of_them(parse, clause)
            or half_of_them(parse, clause)
            or hands_them_on(parse, clause)
            or (takes_them_away(parse, clause, last) and self._are_its_own(parse, clause, last))
            or (able and self._are_the_ships(parse, clause, last))
        ):
            return Theme()
        items, more = list(last.items), of_other_givers(parse, quantity, list(last.items))
        return Theme(items=items, klass=last.klass, quantity=quantity, further=more)

    def _are_its_own(self, parse: Parse, clause: Clause, last: Happening) -> bool:
        """Whether who takes them back is whose they are: not a host that sends them away."""
        return not set(last.from_).isdisjoint(self.sides.of_subject(parse, clause))

    def _last_told(self, parse: Parse, clause: Clause) -> Happening | None:
        """Return what the text has told of last: forces, where persons are meant."""
        last = self.sides.memory.latest((*FORCES, "Shipment"))
        it = parse.lows[slice(*clause.subject)] == ["it"] and clause.verb.lemma == "be"
        if it and last is not None and last.paragraph < parse.paragraph:
            return None  # "The town was placed in Afar. It is in Amhara."
        if last is not None and last.klass != "persons" and are_there_to_teach(parse, clause):
            return self.sides.memory.latest(FORCES, "persons") or last
        return last

    def _of_things(self, clause: Clause, things: list[str], quantity: int) -> Theme:
        """Return what a bare figure counts, nothing where soldiers would be sold."""
        klass = self.sides.gazetteer.item_class(things[0])
        sold = klass == "persons" and clause.verb.lemma in _TRADING
        return Theme() if sold else Theme(items=things, klass=klass, quantity=quantity)

    def _are_the_ships(self, parse: Parse, clause: Clause, last: Happening) -> bool:
        """Whether the subject is "the ships" of which the text has told."""
        words = parse.lows[slice(*clause.subject)]
        if words[:1] != ["the"] or words[1:] not in _SHIPS:
            return False
        return any(self.sides.gazetteer.is_kind_of(item, "warship") for item in last.items)

    def _things_before(self, parse: Parse, clause: Clause, last: Happening | None) -> list[str]:
        """Return what a bare figure counts that no event has named: the last thing spoken of."""
        if last is None and (item := noun_before(parse, clause)):
            return list(item.items)
        paragraph, items = self.sides.memory.thing
        since = last is None or last.paragraph < paragraph
        return list(items) if paragraph == parse.paragraph and since else []


def _none(parse: Parse, clause: Clause) -> Theme | None:
    """Return what is not sent: "has sent nobody", "nothing has reached them"."""
    at = clause.verb.last
    if parse.lows[at : at + 1] in _NOBODY or parse.lows[at : at + 2] in _NOBODY:
        return Theme(items=list(_DEFAULT), klass="persons")
    subject = parse.lows[slice(*clause.subject)]
    none = subject[:2] in _NOT_ONE and subject[2:3] != [] and subject[2] in LEAST
    nothing = subject[:1] == ["nothing"] or none
    named = parse.mention_at.get(at)
    if named is not None and parse.lows[named.last : named.last + 1] == ["nothing"]:
        nothing = True  # "sends Hamas nothing"
    if clause.verb.negated and not_a_single(parse, clause):
        return Theme(items=["materiel"], klass="goods")
    if nothing or parse.lows[at : at + 1] in _NOTHING:
        return Theme(items=["materiel"], klass="goods")
    return None
