"""Whose a bare name is: that of the holder of an office of whom the text has just told."""

from __future__ import annotations

from kg.extraction.events.sitting import Sitting
from kg.extraction.speakers.statements import Statement

# Within so many paragraphs a name without an office is that of the holder who spoke last.
_LATER = 2
_NAMES = frozenset(("person", "unknown"))


def note_office(sitting: Sitting, statement: Statement, ids: list[str]) -> None:
    """Remember the holder of an office who speaks without a name: "Congo's spokesman"."""
    mention = statement.speakers[0].mention if len(ids) == 1 == len(statement.speakers) else None
    unnamed = mention is not None and mention.kind == "collective" and mention.nation is not None
    offices = sitting.lexicon["offices"]
    office = mention is not None and sitting.parse.lows[mention.last - 1] in offices
    if ids:
        memory = sitting.memory
        memory.office = (sitting.parse.paragraph, ids[0]) if unnamed and office else None


def recognise(sitting: Sitting, actor: str) -> None:
    """Take a name without an office for that of the holder of an office who has just spoken."""
    memory = sitting.memory
    if memory.office is None or sitting.parse.paragraph > memory.office[0] + _LATER:
        return
    holder = memory.office[1]
    if actor not in memory.actors and memory.kind_of(actor) == "Person":
        # Whom the reference data knows acts for one side.
        same = memory.top(actor) == memory.top(holder)
    else:
        unknown = actor in memory.people and actor not in memory.affiliations
        same = unknown and memory.actors[actor]["type"] == "UnnamedSource"
        if same:
            memory.affiliations[actor] = memory.top(holder)
    if same:
        memory.named[holder] = actor


def recognise_opening(sitting: Sitting) -> None:
    """Take the full name with which the next sentence begins for that of the holder."""
    first = sitting.parse.mention_at.get(0)
    if sitting.memory.office is None or first is None or first.kind not in _NAMES:
        return
    begins = bool(sitting.clauses) and sitting.clauses[0].subject == (0, first.last)
    if not begins or first.last < 2:
        return
    if (actor := sitting.reader.resolver.actor(sitting.parse, first)) is not None:
        recognise(sitting, actor)
