"""Those a text names in one breath: whom "the three governments" or "the two capitals" means."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.document.memory import Memory, Sides
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import NATION, Mention

COUNTED = {
    "two": 2, "pair": 2, "duo": 2, "both": 2, "three": 3, "trio": 3, "four": 4, "quartet": 4,
    "five": 5, "six": 6,
}  # fmt: skip
# Nouns for those who govern or act for states, and for states.
_NOUNS = frozenset(
    (
        *("states", "countries", "sides", "capitals", "nations", "governments", "neighbours"),
        *("presidents", "leaders", "ministers", "men", "parties", "state", "delegations"),
        *("neighbors", "partners", "allies", "powers", "members", "signatories", "premiers"),
        *("republics", "kingdoms", "juntas", "regimes", "participants", "players"),
    )
)
_ALONE = frozenset(("pair", "trio", "duo", "quartet"))
# What may stand between the number and the noun: "the three Sahelian states".
_BETWEEN = 2
_SIZE = 5
_JOINTS = frozenset((",", "and", "the"))
_LEADING = frozenset(("the", "all", "these", "those"))
_BODIES = ("State", "InternationalBody", "Group")


def how_many(words: Sequence[str]) -> int:
    """Return of how many sides words tell: 3 for "the three governments", 0 if of none.

    Args:
        words: a subject or other noun phrase in lower case, what opens the sentence before it.
    """
    if not words or (words[-1] not in _NOUNS and words[-1] not in COUNTED):
        return 0
    if words[-1] in _ALONE:
        return COUNTED[words[-1]] if words[-2:-1] == ["the"] else 0
    first = max(0, len(words) - 2 - _BETWEEN)
    for at in range(len(words) - 1, first - 1, -1):
        if words[at] not in COUNTED or words[at] in _ALONE:
            continue
        led = words[at] == "both" or (at > 0 and words[at - 1] in _LEADING)
        bare = at == len(words) - 1
        return COUNTED[words[at]] if led and (bare or words[-1] in _NOUNS) else 0
    return 0


def how_many_in(words: Sequence[str]) -> int:
    """Return of how many sides words anywhere in a stretch tell: "arms to the two states"."""
    for at, word in enumerate(words):
        if word in _NOUNS and (count := how_many(words[max(0, at - _SIZE) : at + 1])):
            return count
    return 0


def named_together(memory: Memory, count: int) -> Sides:
    """Return so many sides: of the last event that has as many, else those last listed."""
    if count == COUNTED["two"] and (both := memory.both_sides()):
        return both
    for happening in reversed(memory.happenings):
        sides = tuple(dict.fromkeys((*happening.from_, *happening.to)))
        if len(sides) == count and happening.type in ("Meeting", "Agreement"):
            return sides
    return memory.listed.get(count, ())


def note_listed(parse: Parse, memory: Memory) -> None:
    """Remember the sides that a sentence lists: "Mali, Niger and Burkina Faso"."""
    if "and" not in parse.words_used:
        return
    run: list[Mention] = []
    for mention in parse.mentions:
        if mention.modifies and not _goes_on(parse, run, mention):
            continue
        if run and _goes_on(parse, run, mention):
            run.append(mention)
            continue
        _take(parse, memory, run)
        run = [mention] if _is_side(memory, mention) else []
    _take(parse, memory, run)


def _goes_on(parse: Parse, run: list[Mention], mention: Mention) -> bool:
    gap = parse.lows[run[-1].last : mention.first] if run else []
    return bool(gap) and gap[0] != "the" and _JOINTS.issuperset(gap)


def _is_side(memory: Memory, mention: Mention) -> bool:
    named = mention.kind in NATION or mention.kind == "organization"
    return named and memory.gazetteer.type_of(memory.top(mention.actor or "")) in _BODIES


def _take(parse: Parse, memory: Memory, run: list[Mention]) -> None:
    """Remember a list whose members are all sides, and of which the last follows "and"."""
    if len(run) < COUNTED["two"] or not all(_is_side(memory, one) for one in run):
        return
    if "and" not in parse.lows[run[-2].last : run[-1].first]:
        return
    sides = tuple(dict.fromkeys(memory.top(one.actor or "") for one in run))
    memory.listed[len(sides)] = sides
