"""The names of the reference data as a table: which words lead to which actor, place or item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.errors import DataError, did_you_mean
from kg.extraction.words.folding import fold
from kg.extraction.words.glance import Cues
from kg.extraction.words.inflection import plural
from kg.extraction.words.lexicon import Lexicon, item_words
from kg.extraction.words.remembered import Remembered
from kg.extraction.words.tokens import Token, tokenize
from kg.vocabulary.names import Named, Names

_ARTICLES = ("the ", "The ")
MADE = ("-made", "-built", "-supplied", "-designed", "-produced", "-manufactured")
# Spelling variants: of 100, how alike two names are at the least, and how long a name must be.
NEAR = 85
NEAR_PERSON = 90
SHORTEST_VARIANT = 7
MAX_VARIANTS = 10_000
DEMONYM = " (demonym)"
# What a state's forces are called as a whole.
_WHOLES = ("armed forces", "defence force", "defense force", "army")
PERSONNEL = "personnel"


@dataclass(slots=True)
class Entry:
    """What a name can mean: actors, a place, an item; a word such as "Russian" is a demonym.

    Tuples, for there are thousands and most stay empty: lists would be looked through at every
    collection of garbage.
    """

    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    demonym: bool = False
    capital: bool = False
    titled: bool = False
    kind: str = ""


@dataclass
class Gazetteer:
    """Names by their first word, longest first, and what is known of whom they mean."""

    names: Names
    cues: Cues
    demonyms: set[str]
    table: dict[str, list[tuple[tuple[str, ...], Entry]]] = field(default_factory=dict)
    longer: dict[tuple[str, ...], list[tuple[tuple[str, ...], Entry]]] = field(default_factory=dict)
    single: dict[str, Entry] = field(default_factory=dict)
    bodies: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    experts: dict[str, str] = field(default_factory=dict)
    tops: dict[str, str] = field(default_factory=dict)
    fronts: frozenset[str] = frozenset()
    classes: dict[str, str] = field(default_factory=dict)
    place_words: dict[str, str] = field(default_factory=dict)
    variants: dict[str, str | None] = field(default_factory=dict)
    people: dict[str, str | None] = field(default_factory=dict)
    full_names: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the classes of actors; remember where places lie and what items are kinds of."""
        self.types = {name: actor.type for name, actor in self.names.actors.items()}
        self.states = Remembered(self._state_around)
        self.kinds = Remembered(self._trail)

    def add(self, words: tuple[str, ...], entry: Entry) -> None:
        """Take in a name, folded, with what it means."""
        entry.kind = entry.kind or self._kind(entry)
        known = words, entry
        self.table.setdefault(words[0], []).append(known)
        if len(words) == 1:
            self.single[words[0]] = entry
        else:
            self.longer.setdefault(words[:2], []).append(known)
        if entry.places and not entry.actors and len(words) == 1:
            self.place_words[words[0]] = entry.places[0]
        if entry.demonym and not words[-1].endswith("s"):
            self.demonyms.add(words[-1])

    def _kind(self, entry: Entry) -> str:
        """Return what a mention of the name is: a state, a person, a place and so on."""
        if entry.actors:
            kind = self.type_of(entry.actors[0])
            if kind == "State":
                return "demonym" if entry.demonym else "state"
            return "person" if kind == "Person" else "organization"
        return "place" if entry.places else "item"

    def match(
        self, tokens: Sequence[Token], folded: Sequence[str], i: int
    ) -> tuple[int, Entry] | None:
        """Return the length in tokens and the meaning of the longest name at `i`."""
        word = folded[i]
        after = folded[i + 1] if i + 1 < len(folded) else ""
        longer, alone = self.longer.get((word, after)), self.single.get(word)
        if longer is None and alone is None:
            return self._made(word) if "-" in word else None
        initial = tokens[i].text[0]
        small = initial.isalpha() and not initial.isupper()
        for words, entry in longer or ():
            size = len(words)
            fits = size == 2 or tuple(folded[i : i + size]) == words
            if fits and not (small and entry.capital):
                if entry.titled and tokens[i + 1].text[0].islower():
                    continue  # "Russian helicopters" are not the company of that name
                return size, entry
        return (1, alone) if alone is not None and not (small and alone.capital) else None

    def _made(self, word: str) -> tuple[int, Entry] | None:
        """Return the nation that "Iranian-made" names."""
        if not word.endswith(MADE):
            return None
        known = self.table.get(word.rpartition("-")[0], ())
        return next(
            ((1, entry) for words, entry in known if len(words) == 1 and entry.demonym), None
        )

    def body_of(self, state: str, kind: str, words: str) -> str | None:
        """Return which body of a kind a state's "general staff" or "army" is, None without any.

        It is the one with these words in its name, else that of its forces as a whole, else any.
        """
        known = self.bodies.get((state, kind), [])
        if len(known) < 2:
            return known[0] if known else None
        for meant in (words, *_WHOLES):
            for actor in known:
                one = self.names.actors[actor]
                if any(meant in name.lower() for name in (one.label, *one.names)):
                    return actor
        return known[0]

    def type_of(self, actor: str) -> str:
        """Return the class of an actor, an empty string if it is not in the reference data."""
        return self.types.get(actor, "")

    def top(self, actor: str) -> str:
        """Return the state that `actor` acts for in the end, or the actor itself."""
        if actor not in self.names.actors:
            return actor
        if actor not in self.tops:
            self.tops[actor] = self._top(actor)
        return self.tops[actor]

    def _top(self, actor: str) -> str:
        seen = [actor]
        for one in seen:
            known = self.names.actors.get(one)
            if known is None:
                continue
            if known.type == "State":
                return one
            seen += [above for above in known.above if above not in seen and len(seen) < 20]
        bodies = [one for one in seen[1:] if self.type_of(one) == "InternationalBody"]
        if len(bodies) > 1:
            return bodies[-1]  # who speaks for a service of a union
        return seen[1] if len(seen) > 1 else actor

    def state_of_place(self, place: str) -> str | None:
        """Return the state in which a place lies, if it lies in one."""
        return self.states[place]

    def _state_around(self, place: str) -> str | None:
        return next((one for one in self._outward(place) if self.type_of(one) == "State"), None)

    def within(self, place: str, outer: str) -> bool:
        """Whether `place` lies in `outer`."""
        return outer in self._outward(place)

    def _outward(self, place: str) -> Iterator[str]:
        """Yield a place, what it lies in, and so on."""
        for _ in range(8):
            yield place
            known = self.names.places.get(place)
            if known is None or not known.above:
                return
            place = known.above[0]

    def near_place(self, name: str) -> str | None:
        """Return the place whose name is spelled almost as `name`, None for short or far ones."""
        if len(name) < SHORTEST_VARIANT:
            return None
        if name not in self.variants:
            from rapidfuzz import fuzz, process

            found = process.extractOne(
                fold(name), self.place_words.keys(), scorer=fuzz.ratio, score_cutoff=NEAR
            )
            if len(self.variants) > MAX_VARIANTS:
                self.variants.clear()
            self.variants[name] = self.place_words[found[0]] if found else None
        return self.variants[name]

    def near_person(self, name: str) -> str | None:
        """Return the person whose full name is spelled almost as `name`, None for far ones."""
        if name not in self.people:
            from rapidfuzz import fuzz, process

            if not self.full_names:
                self._index_people()
            folded = fold(name)
            last = folded.rpartition(" ")[2]
            known = self.full_names.get(last[:3], {})
            found = process.extractOne(
                folded, known.keys(), scorer=fuzz.ratio, score_cutoff=NEAR_PERSON
            )
            if len(self.people) > MAX_VARIANTS:
                self.people.clear()
            self.people[name] = known[found[0]] if found else None
        return self.people[name]

    def _index_people(self) -> None:
        """Note the full names of persons by how their last word begins."""
        for entries in self.longer.values():
            for words, entry in entries:
                if entry.kind == "person":
                    alike = self.full_names.setdefault(words[-1][:3], {})
                    alike[" ".join(words)] = entry.actors[0]

    def item_class(self, item: str) -> str:
        """Return ``persons``, ``goods`` or ``containers`` for an item."""
        known = self.classes.get(item)
        if known is None:
            known = self.classes[item] = self._class_of(item)
        return known

    def _class_of(self, item: str) -> str:
        for one in self.kinds[item]:
            if one in (PERSONNEL, "military-unit"):
                return "persons"
            if one == "container":
                return "containers"
        return "goods"

    def is_kind_of(self, item: str, broader: str) -> bool:
        """Whether `item` is `broader` or a kind of it."""
        return broader in self.kinds[item]

    def _trail(self, item: str) -> list[str]:
        """Return an item and all that it is a kind of, the nearest first."""
        trail = [item]
        for one in trail:
            known = self.names.items.get(one)
            trail += [above for above in (known.above if known else ()) if above not in trail]
        return trail


def build_gazetteer(names: Names, lexicon: Lexicon) -> Gazetteer:
    """Return the table of all names, with the plurals of item names and the lexicon's nouns."""
    entries = _entries(names, lexicon)
    for folded in [one for one in entries if _is_two_names(one, entries)]:
        del entries[folded]
    for front, state in lexicon.forces_of.items():
        for actor in (front, state):
            _refuse_unknown(actor, names.actors, lexicon.where["names", "forces-of", front])
    known_tops = dict(lexicon.forces_of)
    demonyms: set[str] = set()
    cues = Cues(lexicon, frozenset(words[0] for words in entries), demonyms)
    gazetteer = Gazetteer(names, cues, demonyms, tops=known_tops, fronts=frozenset(known_tops))
    for folded, entry in entries.items():
        entry.titled = _reads_as_things(folded, entries)
        gazetteer.add(folded, entry)
    for known in (*gazetteer.table.values(), *gazetteer.longer.values()):
        known.sort(key=lambda pair: -len(pair[0]))
    _index_bodies(gazetteer)
    return gazetteer


def _entries(names: Names, lexicon: Lexicon) -> dict[tuple[str, ...], Entry]:
    """Return what each name means.

    Raises:
        DataError: a workspace's own name is that of another.
    """
    entries: dict[tuple[str, ...], Entry] = {}
    for kind, words, name, where in _spellings(names, lexicon):
        if folded := tuple(_words(words)):
            entry = entries.get(folded)
            if entry is None:
                entry = entries[folded] = Entry(capital=words[0].isupper())
            meaning = kind.removesuffix(DEMONYM)
            meant = getattr(entry, meaning)
            if where and meant and name not in meant:
                raise DataError(f"{where}: '{words}' is a name of '{meant[0]}' already")
            if name not in meant and not (kind == "items" and meant):
                setattr(entry, meaning, (*meant, name))
            entry.demonym = entry.demonym or kind.endswith(DEMONYM)
    return entries


def _is_two_names(words: tuple[str, ...], entries: dict[tuple[str, ...], Entry]) -> bool:
    """Whether an item's name is that of an actor and of an item: "Wagner fighters"."""
    if len(words) < 2 or not entries[words].items or entries[words].actors:
        return False
    owner, thing = entries.get(words[:1]), entries.get(words[1:])
    return bool(owner and owner.actors and thing and thing.items)


def _reads_as_things(words: tuple[str, ...], entries: dict[tuple[str, ...], Entry]) -> bool:
    """Whether the name of an actor is a nation and an item: "Russian Helicopters"."""
    if len(words) != 2 or not entries[words].actors:
        return False
    nation, thing = entries.get(words[:1]), entries.get(words[1:])
    return bool(nation and nation.demonym and thing and thing.items)


def _spellings(names: Names, lexicon: Lexicon) -> Iterator[tuple[str, str, str, str]]:
    """Yield each spelling with the kind and id of what it means, preferred names first.

    The last is where it stands, if it is of a workspace's own ``names.yaml``.
    """
    for actor in names.actors.values():
        for name in (actor.label, *actor.names):
            yield "actors", _bare(name), actor.id, ""
        for word in actor.hidden:
            yield "actors" + DEMONYM, word, actor.id, ""
    for place in names.places.values():
        for name in (place.label, *place.names):
            yield "places", _bare(name), place.id, ""
    for kind, known in lexicon.names.items():
        for thing, spellings in known.items():
            key = ("names", kind, thing)
            _refuse_unknown(thing, getattr(names, kind), lexicon.where[key])
            own = lexicon.where[key] if key in lexicon.own else ""
            yield from ((kind, spelling, thing, own) for spelling in spellings)
    for words, item in _item_names(names, lexicon):
        yield "items", words, item, ""


def _refuse_unknown(thing: str, known: Mapping[str, Named], where: str) -> None:
    """Refuse a name for what the reference data does not have.

    Raises:
        DataError: it has no such actor, place or item.
    """
    if thing not in known:
        raise DataError(f"{where}: the reference data has no '{thing}'{did_you_mean(thing, known)}")


def _words(name: str) -> Iterable[str]:
    if name.isascii() and name.replace(" ", "").isalpha():
        return name.lower().split()
    return (fold(token.text) for token in tokenize(name))


def _bare(name: str) -> str:
    return name[4:] if name.startswith(_ARTICLES) and len(name) > 4 else name


def _item_names(names: Names, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for item in names.items.values():
        for name in (item.label, *item.names):
            if name:
                yield name, item.id
                if not name.endswith("s"):
                    yield plural(name), item.id
    for concept in lexicon.item_nouns:
        _refuse_unknown(concept, names.items, lexicon.where["items", concept])
    yield from item_words(lexicon).items()


_EXPERTS = ("UN Panel of Experts on", "UN Group of Experts on")
_BODY_TYPES = frozenset(("IntelligenceService", "ArmedForce", "Ministry", "Government"))


def _index_bodies(gazetteer: Gazetteer) -> None:
    """Note which bodies of each type every state has: its army, its foreign ministry."""
    for actor in gazetteer.names.actors.values():
        if actor.label.startswith(_EXPERTS):
            _index_experts(gazetteer, actor)
        if actor.type in _BODY_TYPES:
            state = gazetteer.top(actor.id)
            key = actor.type + _ministry(actor)
            gazetteer.bodies.setdefault((state, key), []).append(actor.id)


def _index_experts(gazetteer: Gazetteer, panel: Named) -> None:
    """Note on which state a panel of experts of the United Nations reports."""
    name = _bare(panel.label.partition(" on ")[2]).lower().replace(" ", "-")
    if gazetteer.type_of(name) == "State":
        gazetteer.experts[name] = panel.id


def _ministry(actor: Named) -> str:
    if actor.type != "Ministry":
        return ""
    words = " ".join((actor.label, *actor.names)).lower()
    if "foreign" in words or "state department" in words:
        return " foreign"
    return " defence" if "defen" in words else " other"
