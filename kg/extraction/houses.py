"""For which body somebody speaks: "a spokesman", "a channel that speaks for the corps"."""

from __future__ import annotations

from kg.extraction.memory import CALLED, Memory
from kg.extraction.mentions import Mention
from kg.extraction.parse import Parse

# Behind the noun of a body, before where it sits or of whom it is.
_BEHIND = frozenset(("of", "for", "in", "at", "from", "with"))
_HOUSES = ("Ministry", "ArmedForce")
_SPEAKING_FOR = frozenset(("spokesman", "spokeswoman", "spokesperson"))
_CHANNELS = frozenset(("channel", "page", "account", "website", "site", "feed", "portal"))
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


def body_of_channel(parse: Parse, mention: Mention) -> Mention | None:
    """Return the body for which a channel speaks: "a page run by the Chadian army"."""
    if mention.kind != "collective" or parse.lows[mention.last - 1] not in _CHANNELS:
        return None
    at = mention.last
    for words in _RUN_BY:
        if parse.lows[at : at + len(words)] == words:
            behind = at + len(words)
            named = parse.mention_at.get(behind + (parse.lows[behind : behind + 1] == ["the"]))
            body = named is not None and named.kind in ("organization", "unknown")
            return named if body else None
    return None


def is_body(actor: str, memory: Memory) -> bool:
    """Whether somebody declared is a body and no person: "the interior ministry in Lima"."""
    name = str(memory.actors.get(actor, {}).get("name", "")).lower().split()
    head = next((i for i, word in enumerate(name) if word in _BEHIND), len(name))
    return head > 0 and name[head - 1] in CALLED
