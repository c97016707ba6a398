"""For which body somebody speaks: "a spokesman", "a channel that speaks for the corps"."""

from __future__ import annotations

from kg.extraction.document.memory import CALLED, CHANNELS, Memory
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention

# Behind the noun of a body, before where it sits or of whom it is.
_BEHIND = frozenset(("of", "for", "in", "at", "from", "with"))
_HOUSES = ("Ministry", "ArmedForce")
_SPEAKING_FOR = frozenset(("spokesman", "spokeswoman", "spokesperson"))
# So many words stand between whose a body is and its name.
_EPITHETS = 4
_RUN_BY = (
    ["that", "speaks", "for"],
    ["which", "speaks", "for"],
    ["speaking", "for"],
    ["run", "by"],
    ["belonging", "to"],
    ["of"],
)


def whose_spokesman(parse: Parse, mention: Mention, memory: Memory) -> str | None:
    """Return the body for which "a spokesman" speaks, which has just spoken itself."""
    if mention.last - mention.first > 1 or parse.lows[mention.first] not in _SPEAKING_FOR:
        return None
    near = memory.spoke is not None and memory.spoke_in == memory.paragraph
    if near and memory.gazetteer.type_of(memory.spoke or "") in _HOUSES:
        return memory.spoke
    paragraph, house = memory.house
    return house if paragraph == memory.paragraph and not near else None


def whose_government(parse: Parse, mention: Mention, memory: Memory) -> str | None:
    """Return the state whose "the government" is, or of whose head "his government" is."""
    if mention.nation is not None or parse.lows[mention.last - 1] != "government":
        return None
    words = parse.lows[max(0, mention.first - 1) : mention.last]
    if words in (["his", "government"], ["her", "government"]):
        state = memory.side_of(memory.person)
        return state if memory.gazetteer.type_of(state or "") == "State" else None
    the = words in (["the", "government"], ["its", "government"])
    state = memory.state or memory.home
    return memory.top(state) if state and the else None


def body_of_channel(parse: Parse, mention: Mention) -> Mention | None:
    """Return the body for which a channel speaks: "a page run by the Chadian army"."""
    if mention.kind != "collective" or parse.lows[mention.last - 1] not in CHANNELS:
        return None
    at = mention.last
    for words in _RUN_BY:
        if parse.lows[at : at + len(words)] == words:
            behind = at + len(words)
            named = _named_behind(parse, behind)
            body = named is not None and named.kind in ("organization", "unknown")
            return named if body else None
    return None


def _named_behind(parse: Parse, first: int) -> Mention | None:
    """Return the body in "the Telegram channel of Russia's newly created Africa Corps"."""
    first += parse.lows[first : first + 1] == ["the"]
    named = parse.mention_at.get(first)
    if named is None or parse.lows[named.last : named.last + 1] not in (["'s"], ["’s"]):
        return named
    behind = (m for m in parse.mentions if named.last < m.first <= named.last + _EPITHETS)
    return next((m for m in behind if m.kind in ("organization", "unknown")), named)


def is_body(actor: str, memory: Memory) -> bool:
    """Whether somebody declared is a body and no person: "the interior ministry in Lima"."""
    name = str(memory.actors.get(actor, {}).get("name", "")).lower().split()
    head = next((i for i, word in enumerate(name) if word in _BEHIND), len(name))
    return head > 0 and name[head - 1] in CALLED
