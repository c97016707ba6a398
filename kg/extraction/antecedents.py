"""Who "who" is where it tells something: "said Ali Saleh, a retired general, who adds that"."""

from __future__ import annotations

from kg.extraction.sitting import Sitting
from kg.extraction.statements import Statement
from kg.extraction.voices import Voice, is_person

_WHO = frozenset(("who", "which"))
# So far before "who" the name stands that it means, and what else it can mean.
_FAR = 12
_TELLING = frozenset(("person", "unknown", "organization", "collective"))


def antecedent(sitting: Sitting, statement: Statement) -> list[str]:
    """Return who tells what a relative clause tells, nobody where it is none."""
    clause, parse = statement.clause, sitting.parse
    if clause is None:
        return []
    at = clause.subject[0]
    who = {parse.lows[i] for i in (at, at - 1) if i >= 0} & _WHO
    if not (who or clause.relative):
        return []
    before = [m for m in parse.mentions if m.last <= at and not m.modifies]
    persons = [m for m in before if is_person(Voice(m)) and m.first >= at - _FAR]
    near = [m for m in before if m.last >= at - 1 and m.kind in _TELLING]
    chosen = near[-1:] if near and near[-1].kind != "collective" else persons[-1:] or near[-1:]
    ids = [sitting.reader.resolver.speaker(parse, Voice(m)) for m in chosen]
    return [actor for actor in ids if actor]
