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
        if clause.verb.lemma not in lexicon["verbs-of-asking"]:
            continue
        if _asks(parse, clause, lexicon) and not clause.verb.negated:
            first, last = clause.right
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


def _asks(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the verb asks by itself, or with the word behind it: "called upon partners"."""
    lemma, at = clause.verb.lemma, clause.verb.last
    if lemma in lexicon["request"]:
        return True
    if lemma not in lexicon["request-starters"] or at >= len(parse.lows):
        return False
    return f"{lemma} {parse.lows[at]}" in lexicon["request"]
