"""Which nouns of a clause can be what it is about, and what they hold."""

from __future__ import annotations

import itertools

from kg.extraction.grammar.clause import CONTACT, Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention
from kg.extraction.situations.roles import Roles

# So many words back stands "along with" before goods.
_BESIDE = 6
# What arms only say the use of: "a drone base", "a shell factory".
_PLANTS = tuple(
    [word]
    for word in (
        *("base", "bases", "depot", "depots", "factory", "factories", "plant", "plants", "range"),
        *("airfield", "school", "academy", "programme", "program", "industry", "site", "sites"),
    )
)
_OBJECT_OPENERS = ("whom", "that", "which", CONTACT)
LEAST = frozenset(
    (
        "bolt",
        "nut",
        "round",
        "item",
        "piece",
        "screw",
        "bullet",
        "cartridge",
        "thing",
        "crate",
        "part",
    )
)
# "the Sudanese state" is nobody who is sent.
_STATES = frozenset(
    (
        *("state", "government", "capital", "territory", "soil", "border", "side", "market"),
        *("people", "economy", "army", "authorities", "regime", "coast", "city", "port", "war"),
    )
)
# What becomes of one person who fights for others: "a seventh Kenyan has been captured".
_OF_ONE = frozenset(
    (
        *("capture", "kill", "wound", "injure", "take prisoner", "die", "take captive", "perish"),
        *("fight", "fall", "lose life", "enlist", "fall in battle", "serve in", "serve with"),
    )
)
_ONE = frozenset(("a", "an", "another", "one", "the"))
_BEHIND_ONE = frozenset(("who", "in", "at", "near", "by", "from", "while", "fighting"))
_SERVING = frozenset(("officers", "operatives", "agents", "commanders", "personnel"))
_SERVICES = frozenset(
    ("army", "military", "navy", "naval", "intelligence", "security", "guards", "force", "corps")
)


def candidates(
    parse: Parse, clause: Clause, parts: Roles, carriers: frozenset[str]
) -> list[Mention]:
    """Return the nouns that can be the theme, in the order in which parts are tried."""
    roles = parts.parts
    found = [m for key in ("theme", "trainee") for m in roles[key] if can_be_theme(parse, m)]
    if not found:
        found = [m for m in roles["second"] if m.kind == "item"]
    if not found:
        # "four mercenaries were killed": what is done to them is told of them.
        found = [m for m in roles["target"] if can_be_theme(parse, m)] if roles["hit"] else []
    if not found and not carriers.isdisjoint(parse.lows[slice(*clause.subject)]):
        # "vessels bound for Hodeidah with drone parts"
        found = [m for m in parts.slots.get("with", ()) if m.kind == "item"]
    if not found and clause.verb.lemma in _OF_ONE:
        # "a seventh Kenyan has been captured"
        found = [m for m in (*roles["theme"], *roles["target"]) if _is_one_person(parse, m)]
    carried = not carriers.isdisjoint(parse.lows[slice(*clause.subject)])
    if not found and (roles["theme"] or carried):  # "a dhow with rifles arrived"
        found = [m for m in roles["subject-other"] if m.kind == "item"][:1]
    if found:
        cargo = [m for m in parts.slots.get("with", ()) if m.kind == "item" and m not in found]
        if cargo and "board" in parse.lows and parse.lows[found[0].last - 1] in carriers:
            return cargo
        found += [m for m in cargo if not comes_along(parse, m)]
    return found


def _is_one_person(parse: Parse, mention: Mention) -> bool:
    """Whether a demonym is one person: "a Kenyan", "the third Nepali"."""
    before = parse.lows[max(0, mention.first - 2) : mention.first]
    alone = mention.last in parse.verb_at or not parse.lows[mention.last][0].isalpha()
    alone = alone or parse.lows[mention.last] in _BEHIND_ONE
    return (
        mention.kind == "demonym" and not mention.modifies and alone and not _ONE.isdisjoint(before)
    )


def comes_along(parse: Parse, mention: Mention) -> bool:
    """Whether goods only come along: "soldiers arrived together with 12 tanks"."""
    before = parse.lows[max(0, mention.first - _BESIDE) : mention.first]
    return "with" in before and before[before.index("with") - 1] in ("along", "together")


def object_before(parse: Parse, clause: Clause) -> list[Mention]:
    """Return the noun that an object clause describes: "fighters whom Turkey sent to Libya"."""
    if clause.relative or clause.opener not in _OBJECT_OPENERS or clause.verb.passive:
        return []
    at = clause.start - 1
    at += clause.opener == CONTACT and parse.lows[at] != "the"
    return [m for m in parse.mentions if m.kind == "item" and m.last == at]


def can_be_theme(parse: Parse, mention: Mention) -> bool:
    """Whether a noun can be what a clause is about: a thing, or people such as "the Chadians"."""
    if mention.kind == "item":
        return parse.lows[mention.last : mention.last + 1] not in _PLANTS
    word, behind = parse.lows[mention.last - 1], parse.lows[mention.last : mention.last + 1]
    before = parse.lows[max(0, mention.first - 3) : mention.first]
    none = before[-1:] == ["no"] or before[-2:] == ["not", "one"]
    none = none or before in (["not", "a", "single"], ["not", "even", "one"])
    if mention.kind != "demonym" or not (none or word.endswith(("s", "ese"))):
        return False
    describes = word.endswith("ese") and behind != [] and behind[0].isalpha()
    return not (describes and mention.last not in parse.verb_at and behind[0] in _STATES)


def contents_of(parse: Parse, clause: Clause, container: Mention) -> list[str]:
    """Return what a container holds, by the nouns behind it: "crates of rifles"."""
    behind = parse.mentions_in(container.last, clause.end)
    return [item for mention in behind if mention.kind == "item" for item in mention.items]


def noun_before(parse: Parse, clause: Clause) -> Mention | None:
    """Return the last thing named in the sentence before the clause."""
    before = [m for m in parse.mentions if m.kind == "item" and m.last <= clause.verb.first]
    return before[-1] if before else None


def what_them_is(parse: Parse, clause: Clause) -> Mention | None:
    """Return what "them" is in "has built drones and shipped them to Chad"."""
    object_ = parse.lows[clause.verb.last : clause.verb.last + 1]
    return noun_before(parse, clause) if object_ == ["them"] else None


def with_owner(parse: Parse, mention: Mention) -> int:
    """Return where a name begins with what says whose it is: "Chad's Republican Guard"."""
    at = mention.first - 2
    owner = parse.mention_at.get(at) if parse.lows[at + 1] in ("'s", "’s") else None
    return owner.first if owner is not None and owner.modifies else mention.first


def are_officers(parse: Parse, mention: Mention) -> bool:
    """Whether they serve in a state's forces: "Rwandan army officers are in Goma"."""
    words = parse.lows[mention.first : mention.last]
    return words[-1] in _SERVING and not _SERVICES.isdisjoint(words) and mention.nation is not None


def single_piece(words: list[str]) -> bool:
    """Whether a single piece of anything stands among words: "a single bolt"."""
    return any(a == "single" and b in LEAST for a, b in itertools.pairwise(words))
