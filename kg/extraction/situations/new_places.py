"""Places that the reference data lacks, as a text has them: "at Gudele", "the port of Zarzis"."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.document.memory import Memory
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.names.mentions import Mention
from kg.extraction.situations.roles import Roles
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.slug import slug

# What stands before a place, and before hardly a name of another kind.
_AT = frozenset(("in", "at", "near", "outside", "around", "inside"))
# What leads to land and water.
_ALONG = frozenset(
    ("on", "through", "from", "along", "across", "over", "off", "beyond", "of", "down")
)
# Verbs by which somebody sets off from a place, and by which one is reached or taken.
_SETTING_OFF = frozenset(
    (
        *("come", "arrive", "fly", "travel", "march", "cross", "return", "drive", "sail", "walk"),
        *("move", "withdraw", "flee", "leave", "depart", "advance", "pull", "retreat", "head"),
    )
)
_FAR = 8
_TOWARDS = frozenset(("to", "towards", "toward", "into"))
# Names in which a place is a place: "Camp Mansfield", "Fort Portal".
_FORTS = frozenset(("camp", "fort", "port", "mount", "lake", "cape", "saint", "san", "al"))
# So many words behind a place stands the state in which it lies.
_NEAR = 5


# The parts and slots of a clause in which a place stands.
_PARTS = ("place", "subject-other", "target")
_SLOTS = frozenset(
    (
        *("to", "in", "at", "inside", "near", "into", "through", "nearer", "closer", "on", "out"),
        *("deployment", "from-in", "around", "outside", "towards", "toward"),
        *("along", "across", "over", "off", "from"),
    )
)


@dataclass(frozen=True)
class NewPlaces:
    """Finds the places of a clause that are to be declared, and declares them."""

    lexicon: Lexicon
    gazetteer: Gazetteer
    memory: Memory

    def beside(self, parse: Parse, parts: Roles, known: list[str]) -> list[str]:
        """Return places with those to be declared, no state beside a town that lies in it.

        What only says where another lies is left out: "Kibati, north of Goma".
        """
        found = self._with_new(parse, parts, known)
        if len(found) < 2 or self.lexicon["bearings"].isdisjoint(parse.words_used):
            return found
        bearings = [m for m in parse.mentions if m.place and is_bearing(parse, m, self.lexicon)]
        plain = [place for place in found if not any(m.place == place for m in bearings)]
        return plain or found

    def _with_new(self, parse: Parse, parts: Roles, known: list[str]) -> list[str]:
        names = [m for m in parse.mentions if m.kind == "unknown"]
        unknown = [m for m in names if is_new_place(parse, m, self.lexicon)]
        if not unknown:
            return known
        named = [m for key in _SLOTS for m in parts.slots.get(key, ())]
        named += [m for role in _PARTS for m in parts.parts[role]]
        found = [place for m in unknown if m in named and (place := self._declared(parse, m))]
        around = {self.memory.new_places.get(place, {}).get("within") for place in found}
        return list(dict.fromkeys((*(p for p in known if p not in around), *found)))

    def named(self, parse: Parse, zone: tuple[int, int]) -> list[str]:
        """Return the places "at" or "in" which something is, by the words of a zone alone."""
        found: dict[str, None] = {}
        for mention in parse.mentions_in(*zone):
            place = None
            if mention.kind == "unknown" and is_new_place(parse, mention, self.lexicon):
                place = self._declared(parse, mention)
            elif mention.kind == "place" and parse.lows[mention.first - 1] in _AT:
                place = mention.place
            if place and not is_bearing(parse, mention, self.lexicon):
                found[place] = None
        return list(found)

    def _declared(self, parse: Parse, mention: Mention) -> str | None:
        """Return the id of a place, None where the name is that of somebody as well."""
        name = parse.words(_with_landform(parse, mention, self.lexicon))
        place = slug(name)
        if place in self.memory.actors or place in self.gazetteer.names.actors:
            return None
        if place not in self.gazetteer.names.places:
            known = self.memory.new_places.setdefault(place, {"id": place, "name": name})
            own = mention.nation.place if mention.nation is not None else None
            own = own or self._land_beside(parse, mention)
            if land := land_behind(parse, mention) or own:
                known.setdefault("within", land)
        return place

    def _land_beside(self, parse: Parse, mention: Mention) -> str | None:
        """Return the state in which the place lies of which one is "20 km north"."""
        for other in parse.mentions:
            near = mention.last < other.first <= mention.last + _FAR
            if near and other.place and is_bearing(parse, other, self.lexicon):
                return self.gazetteer.state_of_place(other.place)
        return None


def is_new_place(parse: Parse, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a name that nobody knows is that of a place, by the words around it."""
    lows, first = parse.lows, mention.first
    if (
        mention.kind != "unknown"
        or first == 0
        or not _reads_as_place(parse.words(mention), lexicon)
    ):
        return False
    if _is_landform(parse, mention, lexicon) or _is_taken(parse, mention, lexicon):
        return True
    behind = lows[mention.last : mention.last + 3]
    spot = next((word for word in behind[:2] if word in lexicon["localities"]), None)
    if lows[first - 1] == "the":
        return spot is not None and lows[first - 2] in _AT | _TOWARDS
    if behind[:1] in (["'s"], ["’s"]):
        return False
    if lows[first - 1] == "of" and first > 1:
        return lows[first - 2] in lexicon["localities"] or lows[first - 2] == "out"
    if lows[first - 1] == "from":
        return _is_left(parse, mention)
    if lows[first - 1] in _TOWARDS:
        return lows[first] in _FORTS and mention.last - first > 1
    return _is_seated(parse, first)


def is_bearing(parse: Parse, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a place only says where the one before it lies: "Kibati, 20 km north of Goma"."""
    lows, at = parse.lows, mention.first - 1
    at -= lows[at] == "of" and at > 0
    if at < 1 or lows[at] not in lexicon["bearings"]:
        return False
    for before in reversed(parse.mentions_in(max(0, at - _FAR), at)):
        if before.kind in ("place", "unknown", "state"):
            gap = lows[before.last : at]
            plant = before.kind == "unknown" and gap[-1:] != [] and gap[-1] in lexicon["localities"]
            apart = gap[:1] == [","] or (plant and lexicon["prepositions"].isdisjoint(gap))
            return apart and not any(i in parse.verb_at for i in range(before.last, at))
    return False


def _is_taken(parse: Parse, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether the name of a place stands behind a verb, and where it lies behind a comma."""
    lows = parse.lows
    taken = any(group.last == mention.first for group in parse.verbs)
    if lows[mention.last : mention.last + 1] != [","] or not taken:
        return False
    ahead = range(mention.last + 1, min(mention.last + _FAR, len(lows)))
    at = next((i for i in ahead if lows[i] in lexicon["bearings"]), None)
    return at is not None and at + 1 < len(lows) and lows[at + 1] == "of"


def _is_left(parse: Parse, mention: Mention) -> bool:
    """Whether somebody sets off from a place: "are coming from Mubende"."""
    if parse.words(mention).isupper():
        return False
    at = mention.first - 1
    return any(group.last == at and group.lemma in _SETTING_OFF for group in parse.verbs)


def _is_landform(parse: Parse, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a name is that of land or water: "along the Lugenda river"."""
    lows, at = parse.lows, mention.first - 1
    last = _with_landform(parse, mention, lexicon).last - 1
    if last == mention.first and lows[last] in lexicon["landforms"]:
        return False
    lake = lows[mention.first] in _FORTS
    if lows[last] not in lexicon["landforms"] and not lake:
        return False
    at -= lows[at] in lexicon["bearings"] or lows[at] in (
        "northern",
        "southern",
        "eastern",
        "western",
    )
    at -= lows[at] == "the"
    return at >= 0 and lows[at] in _AT | _TOWARDS | _ALONG


def _with_landform(parse: Parse, mention: Mention, lexicon: Lexicon) -> Mention:
    """Return a name with the noun for what land or water it is: "Lugenda river"."""
    if parse.lows[mention.last : mention.last + 1] == []:
        return mention
    named = (
        parse.lows[mention.last] in lexicon["landforms"] and mention.last not in parse.mention_at
    )
    return Mention(mention.first, mention.last + 1, mention.kind) if named else mention


def land_behind(parse: Parse, mention: Mention) -> str | None:
    """Return the state in which a place is said to lie: "the Lakipia air base in Kenya"."""
    for state in parse.mentions:
        if state.kind == "state" and mention.last < state.first <= mention.last + _NEAR:
            gap = parse.lows[mention.last : state.first]
            return state.place if "in" in gap[-2:] and "," not in gap else None
    return None


def _is_seated(parse: Parse, first: int) -> bool:
    """Whether "in" or the like leads to the name, or to one that it is listed with."""
    before = parse.lows[first - 1]
    if before in _AT:
        return first - 1 not in parse.counted
    if before not in ("and", ",", "or"):
        return False
    listed = next((m for m in parse.mentions if m.last == first - 1), None)
    if listed is None or listed.kind not in ("place", "unknown"):
        return False
    return listed.first > 0 and parse.lows[listed.first - 1] in _AT


def _reads_as_place(words: str, lexicon: Lexicon) -> bool:
    """Whether a name can be a place's: no make ("Su-30"), no letters alone ("EW"), no work."""
    plain = words.replace(" ", "").replace("-", "").replace("’", "").replace("'", "")
    short = words.isupper()
    return plain.isalpha() and not short and words.split()[0].lower() not in lexicon["no-places"]
