"""A stretch of a sentence that somebody stands behind, and how far a clause reaches."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extraction.grammar.clause import FRONTED, Clause
from kg.extraction.speakers.voices import Voice

_TELLING_MORE = frozenset(("add", "say", "insist", "argue", "claim", "maintain", "stress", "note"))


@dataclass(eq=False, slots=True)
class Statement:
    """A stretch of a sentence with who stands behind it.

    Attributes:
        first: index of its first token.
        last: index behind its last.
        kind: say, deny, accuse, show, confirm or request.
        speakers: who asserts it; empty where the text itself does.
        clause: the reporting clause, None after "according to".
        accused: where the accused stand, for "accused X of …".
        cited: whom the speakers rest on.
    """

    first: int
    last: int
    kind: str
    speakers: list[Voice]
    clause: Clause | None = None
    accused: tuple[int, int] | None = None
    cited: list[Voice] = field(default_factory=list)

    @property
    def size(self) -> int:
        """The number of its tokens."""
        return self.last - self.first

    def holds(self, index: int) -> bool:
        """Whether the token at `index` lies in it."""
        return self.first <= index < self.last


def clause_reach(clauses: list[Clause], clause: Clause, size: int) -> int:
    """Return where what a denial or accusation governs ends: with the clause inside it."""
    end = clause.end
    gerund = False
    for later in clauses:
        if later.start < clause.verb.last or later is clause:
            continue
        if later.start > end + 3:
            break
        if later.verb.form == "gerund" and later.shared and later.verb.lemma in _TELLING_MORE:
            break  # "denied that it had, adding that they were elsewhere"
        # "of arming and training them"
        goes_on = gerund and later.verb.form == "gerund" and later.verb.first <= end + 1
        gerund = later.verb.form == "gerund" and later.shared
        if (
            goes_on
            or later.opener in ("that", FRONTED)
            or later.embedded
            or (later.start == clause.verb.last and later.verb.form == "finite")
            or (
                later.parent is clause
                and later.verb.form == "gerund"
                and later.shared
                and later.start <= clause.verb.last + 1
            )
        ):
            end = max(end, later.end)
    return min(size, end)
