"""Who speaks by words beside a name: "the army's Southern Command", "Zanu, the largest party"."""

from __future__ import annotations

from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention
from kg.extraction.words.lexicon import Lexicon

_OWNS = ("'s", "’s")
_ARTICLES = ("the", "a", "an")
# So many words are "Southern Command", and "the town's deputy mayor".
_NAME, _OFFICE = 4, 6
_OF_TOWNS = frozenset(("governor", "mayor", "prefect", "sheriff"))
_SEATS = ("place", "unknown")
_BODIES = ("organization", "collective", "state", "demonym")


def beside(parse: Parse, zone: tuple[int, int], lexicon: Lexicon) -> Mention | None:
    """Return who speaks in the words of a subject that names them beside others."""
    first, last = zone
    while last > first and parse.lows[last - 1] == ",":
        last -= 1
    if last - first < 3:
        return None
    if parse.lows[first + 1] == ",":
        return _apposed(parse, first, zone[1], lexicon)
    if (mayor := _of_town(parse, first, last)) is not None:
        return mayor
    owns = next((i for i in range(first, last - 1) if parse.lows[i] in _OWNS), None)
    if owns is None:
        return None
    return _part_of(parse, owns, last, lexicon) or _office_of(parse, first, owns, last, lexicon)


def _of_town(parse: Parse, first: int, last: int) -> Mention | None:
    """Return who holds an office of a town: "the mayor of Bani Walid", of which no list knows."""
    first += parse.lows[first] in _ARTICLES
    seat = parse.mention_at.get(first + 2)
    held = parse.lows[first] in _OF_TOWNS and parse.lows[first + 1] == "of"
    if not held or seat is None or seat.kind not in _SEATS or seat.last != last:
        return None
    return Mention(first, last, "collective", nation=seat)


def _apposed(parse: Parse, first: int, last: int, lexicon: Lexicon) -> Mention | None:
    """Return a name that no list has, by the noun behind it: "Zanu, the largest party, said"."""
    low, text = parse.lows[first], parse.tokens[first].text
    closed = parse.lows[last - 1] == "," and last - 1 > first + 3
    if not closed or not text[0].isupper() or not text.isalpha() or first in parse.mention_at:
        return None
    plain = low in lexicon["opening"] or low in lexicon["date-starters"] or low.endswith("ly")
    apposed = parse.lows[first + 2] in _ARTICLES
    return Mention(first, first + 1, "unknown") if apposed and not plain else None


def _part_of(parse: Parse, owns: int, last: int, lexicon: Lexicon) -> Mention | None:
    """Return the part of a body that speaks: "the US military's Africa Command"."""
    owner = next((m for m in parse.mentions if m.last == owns), None)
    size = last - owns - 1
    if owner is None or owner.kind not in _BODIES or not 2 <= size <= _NAME:
        return None
    words = parse.tokens[owns + 1 : last]
    if not all(word.text[0].isupper() and word.text.isalpha() for word in words):
        return None
    inside = parse.mentions_in(owns + 1, last)
    offices = lexicon["offices"] | lexicon["titles"]
    held = not offices.isdisjoint(parse.lows[owns + 1 : last])
    if held or any(m.kind == "person" for m in inside):
        return None  # "Senegal's President Faye"
    whole = next((m for m in inside if m.kind == "organization"), None)
    return whole or Mention(owns + 1, last, "collective", nation=owner)


def _office_of(parse: Parse, first: int, owns: int, last: int, lexicon: Lexicon) -> Mention | None:
    """Return who holds an office of what has no name: "the town's mayor"."""
    the = parse.lows[first] == "the" and owns == first + 2
    office = parse.lows[last - 1] in lexicon["offices"] and last - first <= _OFFICE
    named = parse.mentions_in(first, last)
    if not the or not office or any(m.kind != "collective" for m in named):
        return None
    return Mention(first + 1, last, "collective")


def sources_before(
    parse: Parse, zone: tuple[int, int], found: list[Mention], lexicon: Lexicon
) -> list[Mention]:
    """Return also those who elsewhere are sent: "diplomats and Somali officials said"."""
    first = found[0].first if found else 0
    if not found or first - 2 < zone[0] or parse.lows[first - 1] != "and":
        return found
    before = next((m for m in parse.mentions_in(*zone) if m.last == first - 1), None)
    persons = before is not None and before.kind == "item"
    if before is None or not persons or parse.lows[before.last - 1] not in lexicon["sources"]:
        return found
    return [Mention(before.first, before.last, "collective", nation=before.nation), *found]


def is_owner(parse: Parse, mention: Mention, others: list[Mention]) -> bool:
    """Whether a person is named only for another: "Haftar's spokesman Mohamed Manfour"."""
    owns = parse.lows[mention.last : mention.last + 1] in (["'s"], ["’s"])
    return (
        owns
        and others[-1] is not mention
        and _is_one_noun(parse, mention.last + 1, others[-1].first)
    )


def _is_one_noun(parse: Parse, first: int, last: int) -> bool:
    """Whether one person is named behind another: "Haftar's spokesman, Ahmed Manfour"."""
    words = parse.lows[first:last]
    return "," not in words[:-1] and "and" not in words
