"""Requests: "urged its allies to send weapons"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.verb_group import VerbGroup

# So near behind "to hold" stand the drills that are to be held.
_NEAR = 5


@dataclass
class Request:
    """What somebody asks another to do: "urged its allies to send weapons"."""

    clause: Clause
    asked: Clause


def find_requests(parse: Parse, clauses: list[Clause], lexicon: Lexicon) -> Iterator[Request]:
    """Yield the requests of a sentence; what is asked for is a clause of its own."""
    for clause in clauses:
        if clause.verb.lemma not in lexicon["verbs-of-asking"]:
            continue
        if _asks(parse, clause, lexicon) and not clause.verb.negated:
            first, last = clause.right
            for group in parse.verbs:
                if group.form == "infinitive" and first < group.first < last:
                    if _drills(parse, clause, group, lexicon):
                        break
                    verb = VerbGroup(
                        group.first,
                        group.head,
                        group.last,
                        group.lemma,
                        "infinitive",
                        passive=group.passive,
                        modality="requested",
                    )
                    asked = Clause(verb, (first, group.first), clause.start, clause.end, clause)
                    yield Request(clause, asked)
                    break


def _drills(parse: Parse, clause: Clause, done: VerbGroup, lexicon: Lexicon) -> bool:
    """Whether forces are ordered to practise, which is a drill of who orders it."""
    ordered = clause.verb.lemma == "order" and not lexicon["drills"].isdisjoint(parse.words_used)
    behind = parse.lows[done.last : done.last + _NEAR]
    return ordered and not lexicon["drills"].isdisjoint(behind)


def _asks(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the verb asks by itself, or with the word behind it: "called upon partners"."""
    lemma, at = clause.verb.lemma, clause.verb.last
    if lemma in lexicon["request"]:
        return True
    if lemma not in lexicon["request-starters"] or at >= len(parse.lows):
        return False
    return f"{lemma} {parse.lows[at]}" in lexicon["request"]
