"""The names in a sentence: those of the reference data, and runs of capitals that it lacks."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.names.capital_words import behind_portfolio, find_paper, where_capital
from kg.extraction.names.composed_names import find_composed, where_composed
from kg.extraction.names.mentions import Mention, Words
from kg.extraction.names.ship_prefixes import find_ship

_PARTICLES = frozenset(
    (
        *("al", "bin", "ibn", "bint", "ould", "abu", "el", "de", "del", "der", "van", "von"),
        *("le", "la", "dos", "das", "da", "di", "du"),
    )
)
_ARTICLES = frozenset(("al", "el", "ad", "ar", "as", "at", "an", "ul"))
_OWN = ("the", "our", "its", "his")
_BEFORE_COMMON = frozenset(
    ("the", "both", "two", "its", "their", "his", "her", "this", "these", "said", "of")
)
_PLACE_WORDS = ("in", "at", "near", "to", "from", "inside", "into", "outside", "through", "around")
# "Kenyan-led" says of a force who leads it, and names nobody.
_SIDING = ("-led", "-backed", "-based", "-funded", "-sponsored", "-aligned", "-brokered")
_PLANES = frozenset(("airbus", "boeing", "antonov", "ilyushin", "hercules", "cessna", "tupolev"))
_OFFICES = frozenset(("foreign", "defence", "defense", "interior", "finance", "trade", "prime"))
MAX_NAME = 6
_NOWHERE: frozenset[int] = frozenset()
# What persons are called after, or by.
_NAMING = frozenset(("person", "place", "state"))
_COMPANY = "company-unit"
# Of these a sentence speaks that has companies of soldiers in it.
_MILITARY = frozenset(
    (
        *("soldiers", "troops", "battalion", "battalions", "platoon", "platoons", "brigade"),
        *("regiment", "infantry", "marines", "paratroopers", "deployed", "stationed"),
    )
)


def find_names(words: Words) -> list[Mention]:
    """Return the names and known nouns of a sentence, in order, none overlapping."""
    found: list[Mention] = []
    tokens, table, verbs = words.tokens, words.gazetteer.table, words.verbs
    behind, ships = 0, words.lexicon.ships_of
    special = _special(words) if words.glance.naming else _NOWHERE
    for index in words.glance.names:
        if index < behind or index in verbs:
            continue
        word = words.folded[index]
        mention = find_ship(words, index) if tokens[index].text in ships else None
        if mention is None and index in special:
            whole = find_composed(words, index)
            if whole is None and (behind := behind_portfolio(words, index)) > index:
                continue
            whole = whole or find_paper(words, index)
            if whole is not None:
                found.append(whole)
                behind = whole.last
                continue
        if mention is None and (word in table or "-" in word):
            mention = _known(words, index)
        if mention is None and (tokens[index].text[0].isupper() or _is_name_word(words, index)):
            mention = _unknown(words, index)
        if mention is not None:
            found.append(mention)
            behind = mention.last
    return found


def _special(words: Words) -> frozenset[int]:
    """Return the indices of capitals that may begin what says itself what it is."""
    return where_composed(words) | where_capital(words)


def resolve_variants(words: Words, found: list[Mention]) -> None:
    """Resolve unknown names that are spelled almost as a known one: persons, and places."""
    for position, mention in enumerate(found):
        if mention.kind != "unknown":
            continue
        if mention.last - mention.first > 1:
            name = " ".join(token.text for token in words.tokens[mention.first : mention.last])
            if person := words.gazetteer.near_person(name):
                mention.kind, mention.actor = "person", person
            continue
        before = words.lows[mention.first - 1] if mention.first else ""
        listed = before in (",", "and") and position and found[position - 1].kind == "place"
        if before in _PLACE_WORDS or listed:
            place = words.gazetteer.near_place(words.tokens[mention.first].text)
            if place is not None:
                mention.kind, mention.place = "place", place


def _known(words: Words, i: int) -> Mention | None:
    matched = words.gazetteer.match(words.tokens, words.folded, i)
    if matched is None:
        return None
    size, entry = matched
    if entry.items and (
        words.lexicon.evidence.match(words.folded, i) or _is_civil(words, i, i + size)
    ):
        return None
    kind = entry.kind
    if size == 1 and entry.items and entry.items[0] == _COMPANY and _is_firm(words, i):
        return None
    if kind == "organization" and size == 1 and _is_plane(words, i):
        return Mention(i, i + 1, "item", items=["military-aircraft"])
    small = words.lows[i] in words.lexicon["never-names"]
    if size == 1 and small and _is_function_word(words, i):
        return None
    if size == 1 and kind in _NAMING and _is_surname_of_another(words, i + 1):
        forename = kind == "person" or _is_forename(words, i)
        if forename:
            return None
    return Mention(
        i,
        i + size,
        kind,
        actor=entry.actors[0] if entry.actors else None,
        place=entry.places[0] if entry.places else None,
        items=_items(words, i, entry.items) if kind == "item" else [],
        candidates=entry.actors if len(entry.actors) > 1 else (),
    )


def _is_civil(words: Words, first: int, last: int) -> bool:
    """Whether the words around a noun for arms or forces say otherwise: "rescue team"."""
    lows, lexicon = words.lows, words.lexicon
    before = lows[first - 1] if first else ""
    behind = lows[last] if last < len(lows) else ""
    if before in lexicon["civil-modifiers"]:
        return first < 2 or lows[first - 2] not in lexicon["of-arms"]  # "a military medical team"
    if behind in lexicon["civil-heads"]:
        return True
    pairs = lexicon["civil-phrases"]
    return f"{before} {lows[first]}" in pairs or f"{lows[last - 1]} {behind}" in pairs


def _is_firm(words: Words, i: int) -> bool:
    """Whether a company is no unit of an army: "sanctions on four companies"."""
    named = i > 0 and words.tokens[i - 1].text[0].isupper()  # "four Wagner companies"
    of = words.lows[i + 1 : i + 2] == ["of"]
    return not of and not named and _MILITARY.isdisjoint(words.lows)


def _is_plane(words: Words, i: int) -> bool:
    """Whether a maker's name stands for what it made: "an Airbus took off"."""
    before = words.lows[i - 1] if i else ""
    acts = i + 1 in words.verbs or words.lows[i + 1 : i + 2] in (["with"], ["from"], [","])
    return before in ("a", "an") and acts and words.lows[i] in _PLANES


def _items(words: Words, i: int, items: Sequence[str]) -> list[str]:
    """Return what a noun names: "FA-50 fighters" and "Rafale fighters" are jets."""
    if items[0] != "fighter" or not i:
        return list(items)
    before = words.lows[i - 1]
    make = "-" in before and before[0].isalpha() and any(map(str.isdigit, before))
    return ["fighter-aircraft"] if make or _is_jet(words, i - 1) else list(items)


def _is_jet(words: Words, i: int) -> bool:
    """Whether a word names a model of military aircraft."""
    model = words.gazetteer.single.get(words.folded[i])
    if model is None or not model.items:
        return False
    return words.gazetteer.is_kind_of(model.items[0], "military-aircraft")


def _is_function_word(words: Words, i: int) -> bool:
    low, lexicon = words.lows[i], words.lexicon
    if low in lexicon["function-words"]:
        return True
    # "August" and "March" are months first, "US" is no pronoun.
    pronoun = low in lexicon["pronouns"] and not words.tokens[i].text.isupper()
    return low in lexicon.months or pronoun


def _is_forename(words: Words, i: int) -> bool:
    """Whether the name of a place is somebody's: "the defence minister, Aden Duale"."""
    at = i - 1
    at -= at > 0 and words.lows[at] == ","
    if at < 0:
        return False
    return words.lows[at] in words.lexicon["offices"] or words.lows[at] in words.lexicon["titles"]


def _is_surname_of_another(words: Words, after: int) -> bool:
    """Whether a known surname goes on with words that make it an unknown name: "Park Sunwon"."""
    if after >= len(words.tokens) or not _is_name_word(words, after):
        return False
    return words.gazetteer.match(words.tokens, words.folded, after) is None


def _is_name_word(words: Words, i: int) -> bool:
    text, low, lexicon = words.tokens[i].text, words.lows[i], words.lexicon
    if "-" in text:
        particle, _, rest = text.partition("-")
        if particle in _ARTICLES and rest[:1].isupper():
            return True
        if particle.lower() in lexicon.months and rest.lower() in lexicon.months:
            return False  # "September-October"
    if not text[0].isupper() or low in lexicon["names-of-time"]:
        return False
    return low not in lexicon["no-names"]


def _unknown(words: Words, i: int) -> Mention | None:
    """Return a name that is not in the reference data: a run of capitalised words."""
    if not _is_name_word(words, i) or _is_title(words, i) or words.lows[i].endswith(_SIDING):
        return None
    last = i + 1
    while last < len(words.tokens) and last - i < MAX_NAME and _continues(words, last):
        last += 1
    while last > i + 1 and words.lows[last - 1] in _PARTICLES:
        last -= 1
    begins = i == 0 or words.tokens[i - 1].text in '"“‘«(:'
    if _is_beside_known(words, last):
        return None  # "the AFC/M23 rebels"
    if (
        last - i == 1
        and begins
        and not _is_short_name(words, i)
        and words.lows[i] not in words.lexicon.shared_names
    ):
        # One capitalised word where a sentence begins is no name by itself.
        return None
    if last - i == 1 and words.lows[last : last + 1] == ["and"] and words.lows[i] in _OFFICES:
        return None  # "the Foreign and Defence Ministers"
    if last - i == 1 and words.lows[i - 1] in _OWN and words.lows[i] in words.lexicon["sources"]:
        return None  # "the Government", as the press of some countries writes
    common = last - i == 1 and words.lows[i] in words.lexicon["common-capitals"]
    if common and words.lows[i - 1] in _BEFORE_COMMON:
        return None  # "the Parties", "His Excellency"
    classed = last - i == 1 and words.lows[i].endswith("-class") and last < len(words.lows)
    if classed and words.lows[last] in words.lexicon["hulls"]:
        return Mention(i, last + 1, "item", items=["warship"])  # "eight Hangor-class boats"
    mention = Mention(i, last, "unknown")
    mention.modifies = last < len(words.tokens) and _is_title(words, last)
    return mention


def _is_short_name(words: Words, i: int) -> bool:
    """Whether a word in capitals opens a sentence: "FLEC said"; in brackets it is for another."""
    text = words.tokens[i].text
    opens = i == 0 or words.tokens[i - 1].text != "("
    return opens and len(text) > 2 and text.isalpha() and text.isupper()


def _is_beside_known(words: Words, last: int) -> bool:
    """Whether a slash joins a name to one that is known."""
    if words.lows[last : last + 1] == ["/"] and last + 1 < len(words.lows):
        known = words.gazetteer.match(words.tokens, words.folded, last + 1)
        return known is not None and known[1].kind == "organization"
    return False


def _is_title(words: Words, i: int) -> bool:
    low = words.lows[i]
    return low in words.lexicon["titles"] or words.lexicon.roles.match(words.lows, i) is not None


def _continues(words: Words, at: int) -> bool:
    if words.lows[at] in _PARTICLES:
        return at + 1 < len(words.tokens) and _is_name_word(words, at + 1)
    if not _is_name_word(words, at) or _is_title(words, at):
        return False
    known = words.gazetteer.match(words.tokens, words.folded, at)
    return known is None or (known[1].kind == "person" and known[0] == 1)
