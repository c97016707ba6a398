"""Names that only say what another is, or what a paper is of: "a NATO member", "a UN embargo"."""

from __future__ import annotations

from kg.extraction.document.standing_for import OFFICE
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention

# What a state or body is to another: who stands beside one of these takes no part himself.
_RELATIONS = frozenset(
    (
        *("member", "members", "ally", "allies", "neighbour", "neighbor", "neighbours"),
        *("neighbors", "partner", "rival", "rivals", "foe", "enemy", "adversary"),
        *("candidate", "candidates"),
        *("signatory", "backer", "patron", "client", "colony", "protectorate", "supplier"),
        *("customer", "aspirant", "hopeful", "benefactor", "sponsor", "foes", "partners"),
        *("backers", "patrons", "sponsors", "opponent", "opponents", "supporter", "supporters"),
        *("enemies", "heavyweight", "satellite", "archfoe", "nemesis", "archrival"),
    )
)
# What is written or laid down, and those who look into a matter.
_PAPERS = frozenset(
    (
        *("embargo", "embargoes", "resolution", "resolutions", "sanctions", "report", "reports"),
        *("investigator", "investigators", "inquiry", "mandate", "charter", "ban", "rules"),
        *("monitors", "observers", "law", "convention", "treaty", "estimate", "estimates"),
    )
)
_HOUSES = frozenset(
    (
        *("congress", "parliament", "senate", "legislature", "knesset", "duma", "bundestag"),
        *("sejm", "riksdag", "folketing", "rada", "lawmakers"),
    )
)
_SEAS = frozenset(("gulf", "sea", "bay", "strait", "straits", "channel"))
# Whom a go-between is close to does not get what he carries.
_TIES = frozenset(("tied", "linked", "connected", "affiliated", "close"))
_BREAKS = frozenset((",", "—", "–", "("))
# So many words may stand between a break and the name, and the name and what it is to somebody.
_NEAR = 4
_LONG = 6
_EACH = frozenset(("both", "all", "each", "fellow"))
_LINKS = frozenset(("with", "and", "of", "to", "for", "in", "from", "on", "by", "at", "over"))
_WHICH = frozenset(("which", "whose", "who"))
_OWN = frozenset(("its", "their", "his"))
_OWNING = frozenset(("'s", "’s"))
_PEOPLES = frozenset(("organization", "unknown"))
_QUARTERS = frozenset(("northern", "southern", "eastern", "western", "central", "upper", "lower"))
_LANDS = ("state", "place")
_TOWARDS = frozenset(("to", "into", "in", "at", "near", "reach", "reached", "visited"))
_SPOKEN = frozenset(("said", "announced", "added", "reported", "speaking", "told", "spoke"))


def is_aside(parse: Parse, mention: Mention) -> bool:
    """Whether a name only says what another is: "Kenya, a member of the African Union, signed"."""
    lows, first = parse.lows, mention.first
    if _is_their_land(parse, mention):
        return True
    if not _WHICH.isdisjoint(parse.words_used) and _says_which(lows, first):
        return True
    if parse.words_used.isdisjoint(_RELATIONS):
        return False
    at = first - 1 - (lows[first - 1] == "the")
    if at > 0 and lows[at] in ("of", "to") and lows[at - 1] in _RELATIONS:
        return _opens_aside(lows, at - 1)
    behind = mention.last
    behind += behind < len(lows) and lows[behind] in _OWNING
    for index in range(behind, min(behind + _NEAR, len(lows))):
        if lows[index] in _RELATIONS:
            return _opens_aside(lows, first)
        if not lows[index].replace("-", "").isalpha() or index in parse.verb_at:
            return False
    return False


def takes_nothing(parse: Parse, mention: Mention) -> bool:
    """Whether it is no one to whom arms or forces go: "told Congress", "broke a UN embargo"."""
    behind = parse.lows[mention.last : mention.last + 1]
    word = parse.lows[mention.last - 1]
    at = mention.first - 1 - (parse.lows[mention.first - 1] == "the")
    tied = at > 0 and parse.lows[at] in ("to", "with") and parse.lows[at - 1] in _TIES
    if tied and "by" in parse.lows[max(0, at - _LONG) : at]:
        return True  # "brought by a network tied to the movement"
    if parse.lows[at] in _EACH and not _RELATIONS.isdisjoint(behind):
        return True  # "Turkey and Bulgaria, both NATO members"
    council = word == "council" and parse.lows[mention.last - 2] == "security"
    return council or word in _HOUSES or (behind != [] and behind[0] in _PAPERS)


def names_a_sea(parse: Parse, mention: Mention) -> bool:
    """Whether a state only stands in the name of water: "the Gulf of Thailand"."""
    lows, first = parse.lows, mention.first
    return first > 1 and lows[first - 1] == "of" and lows[first - 2] in _SEAS


def is_named_behind(parse: Parse, noun: Mention, after: list[Mention]) -> bool:
    """Whether a noun is only the office of who is named next: "the junta's chief, Bo Mya"."""
    stands = noun.kind in ("collective", "definite") and noun.nation is None
    for person in after if stands else ():
        gap = parse.lows[noun.last : person.first]
        return person.kind == "person" and gap[-1:] == [","] and len(gap) <= OFFICE
    return False


def are_own_allies(parse: Parse, mention: Mention) -> bool:
    """Whether a noun is of those who stand beside whom "and" has just named: "and its allies"."""
    at, word = mention.first, parse.lows[mention.last - 1]
    own = not _OWN.isdisjoint(parse.lows[max(0, at - 2) : at + 1]) and mention.nation is None
    return own and "and" in parse.lows[max(0, at - 3) : at] and word in _RELATIONS


def only_owns(parse: Parse, mention: Mention, after: list[Mention]) -> bool:
    """Whether a name only says whose another is: "Sudan's paramilitary RSF", "Chad's foe Libya"."""
    lows, behind = parse.lows, mention.last
    if mention.kind == "item":  # "the paramilitary RSF"
        return after[0].kind == "organization" and after[0].first == behind
    if mention.kind not in ("state", "place") or lows[behind : behind + 1] == []:
        return False
    if lows[behind] not in _OWNING:
        return False
    for other in after:
        gap = lows[behind + 1 : other.first]
        if other.kind == "item":
            continue
        if other.kind not in ("organization", "state") or len(gap) > _NEAR - 1:
            return False
        fits = other.kind == "organization" or not _RELATIONS.isdisjoint(gap)
        return fits and _LINKS.isdisjoint(gap) and all(word.isalpha() for word in gap)
    return False


def only_sets_off(parse: Parse, name: Mention, mentions: list[Mention]) -> bool:
    """Whether a name that nobody knows is a town in "Chadian planes from Zouar"."""
    known = any(m.kind in ("state", "demonym") or m.nation is not None for m in mentions)
    return known and name.nation is None and parse.lows[name.first - 1] == "from"


def _is_their_land(parse: Parse, land: Mention) -> bool:
    """Whether a land only says where a people or group lives: "the Kurds of northern Iraq"."""
    lows, of = parse.lows, land.first - 1
    of -= of > 0 and lows[of] in _QUARTERS
    if land.kind not in ("state", "place") or of < 1 or lows[of] != "of":
        return False
    people = parse.mentions_in(of - 1, of)
    return people != [] and people[-1].kind in _PEOPLES and people[-1].last == of


def _says_which(lows: list[str], first: int) -> bool:
    """Whether a name stands in an aside that a comma ends: "Benin, which borders Niger, has"."""
    opens = range(max(1, first - _NEAR), first)
    opened = any(lows[at] in _WHICH and lows[at - 1] == "," for at in opens)
    return opened and "," in lows[first + 1 : first + _NEAR]


def _opens_aside(lows: list[str], at: int) -> bool:
    """Whether a break stands right before, but for an article and an adjective or two."""
    return any(lows[index] in _BREAKS for index in range(max(0, at - _NEAR), at))


def has_there(parse: Parse, land: Mention) -> list[Mention]:
    """Return whose the land of another is not: "France, which has men in the country"."""
    before = (m for m in parse.mentions if m.last < land.first and m.kind == "state")
    return [m for m in before if parse.lows[m.last : m.last + 2] == [",", "which"]][-1:]


def town_before(parse: Parse, there: Mention) -> Mention | None:
    """Return the town or land in "flew to Bardai and met officers there"."""
    for mention in reversed(parse.mentions_in(0, there.first)):
        at = mention.first - 1
        led = parse.lows[at - (at > 0 and parse.lows[at] == "the")] in _TOWARDS
        spoke = at > 0 and parse.lows[at - 1] in _SPOKEN  # "said in Brussels"
        if mention.kind in _LANDS and led and not mention.modifies and not spoke:
            return mention
    return None
