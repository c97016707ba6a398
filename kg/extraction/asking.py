"""Requests: "urged its allies to send weapons"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extraction.clause import Clause
from kg.extraction.lexicon import Lexicon
from kg.extraction.parse import Parse
from kg.extraction.verb_group import VerbGroup


@dataclass
class Request:
    """What somebody asks another to do: "urged its allies to send weapons"."""

    clause: Clause
    asked: Clause


def find_requests(parse: Parse, clauses: list[Clause], lexicon: Lexicon) -> Iterator[Request]:
    """Yield the requests of a sentence; what is asked for is a clause of its own."""
    for clause in clauses:
        first, last = clause.right
        lemma, behind = clause.verb.lemma, parse.lows[first : first + 1]
        asks = lemma in lexicon["request"] or f"{lemma} {''.join(behind)}" in lexicon["request"]
        if asks and not clause.verb.negated:
            for group in parse.verbs:
                if group.form == "infinitive" and first < group.first < last:
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
