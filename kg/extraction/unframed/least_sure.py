"""What is asked last: forces counted, or told of elsewhere, by verbs that no frame reads."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.events.sitting import Sitting
from kg.extraction.grammar.clause import Clause
from kg.extraction.unframed.counted_forces import Counted
from kg.extraction.unframed.forces_abroad import ForcesAbroad
from kg.extraction.unframed.unread import Unread

# Who reads a clause that no frame does.
Reads = Counted | ForcesAbroad | Unread


def least_sure(sitting: Sitting) -> Iterator[tuple[Clause, Reads]]:
    """Yield clauses of a sentence without claims, each with who may read it, one kind first."""
    if sitting.parse.quantities:
        counted = Counted(sitting)
        for clause in counted.clauses_that_count():
            yield clause, counted
    if not sitting.found and sitting.parse.mentions:
        abroad = ForcesAbroad(sitting)
        for clause in abroad.clauses_of_forces():
            yield clause, abroad
