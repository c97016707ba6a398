"""Those who met or signed: whom "the ministers", "both sides" and "they" mean from there on."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.document.found import Found
from kg.extraction.document.memory import Memory, Sides
from kg.extraction.document.named_together import how_many, named_together

# Who takes part in a meeting or an agreement.
_PARTIES = frozenset(
    (
        "ministers", "leaders", "presidents", "premiers", "sides", "parties", "delegations",
        "governments", "countries", "capitals", "neighbours", "neighbors", "nations", "envoys",
    )
)  # fmt: skip
_RULERS = frozenset(("president", "king", "emir", "sultan", "premier", "chancellor", "head"))
_HEADS = ["the", "heads", "of", "state"]
_PERSONS = frozenset(("ministers", "leaders", "presidents", "premiers", "generals", "chiefs"))
_TOGETHER = ("Meeting", "Agreement")
_NUMBERS: tuple[list[str], ...] = (["two"], ["three"], ["both"], [])


def those_two(memory: Memory, words: Sequence[str], paragraph: int) -> Sides:
    """Return the sides for which words stand that mean those who met, none if they do not.

    Args:
        memory: what the text has told.
        words: a subject, in lower case.
        paragraph: where it stands; "they" does not reach over its border.
    """
    if words and words[-1] == "state" and list(words[-4:]) == _HEADS:
        return memory.both_sides()
    if list(words) == ["they"]:
        told_in, sides = memory.pair
        return sides if told_in == paragraph else ()
    the = len(words) > 1 and words[0] == "the" and words[-1] in _PARTIES
    met = _last_parties(memory) if the and list(words[1:-1]) in _NUMBERS else ()
    if not met and (count := how_many(words)):
        return named_together(memory, count)
    return met


def who_speaks(memory: Memory, words: Sequence[str], paragraph: int) -> tuple[str, ...]:
    """Return who "the ministers" are that say something: the persons who met, else their sides."""
    sides = those_two(memory, words, paragraph)
    persons = sides and words[-1] in _PERSONS and len(memory.met) == len(sides)
    return memory.met if persons else sides


def is_led(lows: Sequence[str], first: int) -> bool:
    """Whether somebody is named as the head of the state at `first`: "President of the …"."""
    if lows[first - 1] not in ("of", "the"):
        return False
    at = first - 1 - (lows[first - 1] == "the")
    return at > 0 and lows[at] == "of" and lows[at - 1] in _RULERS


def note_those(
    memory: Memory, subject: Sequence[str], found: Sequence[Found], paragraph: int
) -> None:
    """Remember whom "they" in the next sentence of the paragraph means, if two have met."""
    if sides := those_two(memory, subject, paragraph):
        memory.pair = (paragraph, sides)
        return
    met = [one.reading.from_ for one in found if one.reading.type in _TOGETHER]
    if met and len(met[-1]) > 1:
        memory.pair = (paragraph, met[-1])
    elif found:
        memory.pair = (-1, ())  # somebody else is spoken of


def _last_parties(memory: Memory) -> Sides:
    last = memory.latest(_TOGETHER)
    return last.from_ if last is not None and len(last.from_) > 1 else ()
