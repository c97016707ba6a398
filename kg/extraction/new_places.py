"""Places that the reference data lacks, as a text has them: "at Gudele", "the port of Zarzis"."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.gazetteer import Gazetteer
from kg.extraction.lexicon import Lexicon
from kg.extraction.memory import Memory
from kg.extraction.mentions import Mention
from kg.extraction.parse import Parse
from kg.extraction.roles import Roles
from kg.extraction.slug import slug

# What stands before a place, and before hardly a name of another kind.
_AT = frozenset(("in", "at", "near", "outside", "around", "inside"))
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
    )
)


@dataclass(frozen=True)
class NewPlaces:
    """Finds the places of a clause that are to be declared, and declares them."""

    lexicon: Lexicon
    gazetteer: Gazetteer
    memory: Memory

    def beside(self, parse: Parse, parts: Roles, known: list[str]) -> list[str]:
        """Return places with those to be declared, no state beside a town that lies in it."""
        unknown = [m for m in parse.mentions if is_new_place(parse, m, self.lexicon)]
        if not unknown:
            return known
        named = [m for key in _SLOTS for m in parts.slots.get(key, ())]
        named += [m for role in _PARTS for m in parts.parts[role]]
        found = [place for m in unknown if m in named and (place := self._declared(parse, m))]
        around = {self.memory.new_places.get(place, {}).get("within") for place in found}
        return list(dict.fromkeys((*(p for p in known if p not in around), *found)))

    def _declared(self, parse: Parse, mention: Mention) -> str | None:
        """Return the id of a place, None where the name is that of somebody as well."""
        name = parse.words(mention)
        place = slug(name)
        if place in self.memory.actors or place in self.gazetteer.names.actors:
            return None
        if place not in self.gazetteer.names.places:
            known = self.memory.new_places.setdefault(place, {"id": place, "name": name})
            own = mention.nation.place if mention.nation is not None else None
            if land := land_behind(parse, mention) or own:
                known.setdefault("within", land)
        return place


def is_new_place(parse: Parse, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a name that nobody knows is that of a place, by the words around it."""
    lows, first = parse.lows, mention.first
    if (
        mention.kind != "unknown"
        or first == 0
        or not _reads_as_place(parse.words(mention), lexicon)
    ):
        return False
    behind = lows[mention.last : mention.last + 3]
    spot = next((word for word in behind[:2] if word in lexicon["localities"]), None)
    if lows[first - 1] == "the":
        return spot is not None and lows[first - 2] in _AT | _TOWARDS
    if behind[:1] in (["'s"], ["’s"]):
        return False
    if lows[first - 1] == "of" and first > 1:
        return lows[first - 2] in lexicon["localities"] or lows[first - 2] == "out"
    if lows[first - 1] in _TOWARDS:
        return lows[first] in _FORTS and mention.last - first > 1
    return _is_seated(parse, first)


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
