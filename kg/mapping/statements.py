"""Quads beside the tokens that N-Triples writes for their terms.

Tokens are strings, which compare and hash at a tenth of what the terms of quads cost: whoever looks
at every statement of a contribution looks at these, and takes the quads that matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

Token = str


@dataclass(frozen=True)
class Statements:
    """What a record or a file says.

    Attributes:
        quads: what is said.
        tokens: subject, predicate and object of each quad, in the same order.
    """

    quads: list[ox.Quad] = field(default_factory=list)
    tokens: list[tuple[Token, Token, Token]] = field(default_factory=list)

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> Statements:
        """Return `quads` with their tokens."""
        quads = list(quads)
        return cls(quads, [(str(q.subject), str(q.predicate), str(q.object)) for q in quads])

    @classmethod
    def joined(cls, parts: Iterable[Statements]) -> Statements:
        """Return what all of `parts` say, in their order."""
        whole = cls()
        for part in parts:
            whole.quads.extend(part.quads)
            whole.tokens.extend(part.tokens)
        return whole

    def __iter__(self) -> Iterator[tuple[ox.Quad, tuple[Token, Token, Token]]]:
        """Yield each quad with its tokens."""
        return zip(self.quads, self.tokens, strict=True)
