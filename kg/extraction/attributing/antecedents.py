"""Who "who" is where it tells something: "said Ali Saleh, a retired general, who adds that"."""

from __future__ import annotations

from kg.extraction.events.sitting import Sitting
from kg.extraction.speakers.statements import Statement
from kg.extraction.speakers.voices import Voice, is_person

_WHO = frozenset(("who", "which"))
# So far before "who" the name stands that it means, and what else it can mean.
_FAR = 12
# So near before its verb "who" stands.
_NEAR = 4
_TELLING = frozenset(("person", "unknown", "organization", "collective"))


def who_tells(sitting: Sitting, statement: Statement, ids: list[str]) -> list[str]:
    """Return who makes a statement, where "who" may hide it; else those whom its clause names."""
    return _apposed(sitting, statement) or ids or _antecedent(sitting, statement)


def _apposed(sitting: Sitting, statement: Statement) -> list[str]:
    """Return who "who" is behind an office beside a name: "Ali Deng, an adviser, who adds"."""
    clause, parse = statement.clause, sitting.parse
    if clause is None or not clause.relative:
        return []
    at = clause.verb.first - 1
    while at > 0 and parse.lows[at] != "who" and clause.verb.first - at < _NEAR:
        at -= 1
    if at < 2 or parse.lows[at] != "who" or parse.lows[at - 1] != ",":
        return []
    comma = at - 2
    while comma > 0 and parse.lows[comma] != "," and comma not in parse.verb_at:
        comma -= 1
    name = next((m for m in parse.mentions if m.last == comma), None)
    if parse.lows[comma] != "," or name is None or not is_person(Voice(name)):
        return []
    actor = sitting.reader.resolver.speaker(parse, Voice(name))
    return [actor] if actor else []


def _antecedent(sitting: Sitting, statement: Statement) -> list[str]:
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
