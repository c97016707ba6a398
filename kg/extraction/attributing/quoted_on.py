"""Whose words a quotation is that stands alone: of whom the text goes on, or has just spoken."""

from __future__ import annotations

from kg.extraction.document.memory import Memory
from kg.extraction.events.sitting import Sitting

_HE = (["he"], ["she"])


def who_is_quoted(memory: Memory) -> str | None:
    """Return whose words a sentence in quotation marks is, beside which nobody is named.

    It is the person of whom the sentence before told, if the text quotes that person; somebody
    who only does something in it ("Putin flew in") does not speak while others are quoted.
    """
    spoken_of = memory.subject
    if spoken_of is None or spoken_of == memory.spoke:
        return memory.spoke or memory.person
    if memory.quoted:
        return spoken_of if spoken_of in memory.quoted else next(reversed(memory.quoted))
    return spoken_of


def note_quoted(sitting: Sitting) -> None:
    """Remember who is quoted, also where a quotation names nobody beside it."""
    memory, parse = sitting.memory, sitting.parse
    if "“" not in parse.words_used and not sitting.quoted():
        return
    ids = [i for s in sitting.statements if s.kind == "say" for i in sitting.voices.get(id(s), ())]
    whole = sitting.quoted() and ("”" not in parse.lows or "”" in parse.lows[-2:])
    if not ids and whole and not any(s.speakers for s in sitting.statements):
        who = who_is_quoted(memory)
        if who is not None and _is_person(memory, who):
            memory.note_speaker(who)
            memory.quoted[who] = None
            for statement in sitting.statements:
                sitting.voices[id(statement)] = [who]
        return
    for actor in ids:
        if _is_person(memory, actor):
            memory.quoted.pop(actor, None)
            memory.quoted[actor] = None


def note_spoken_of(sitting: Sitting) -> None:
    """Remember that a sentence is about the person before: "The admiral snorts.", "He nods."."""
    if not sitting.clauses:
        return
    first, last = sitting.clauses[0].subject
    memory = sitting.memory
    if last - first > 2 or memory.subject is not None:
        return
    words = sitting.parse.lows[first:last]
    office = len(words) == 2 and words[0] == "the" and words[1] in sitting.lexicon["offices"]
    if office or words in _HE:
        memory.subject = memory.person


def _is_person(memory: Memory, actor: str) -> bool:
    return actor in memory.people or memory.kind_of(actor) == "Person"
