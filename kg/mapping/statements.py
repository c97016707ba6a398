"""What records and files say, as the tokens that N-Triples writes for terms; quads on demand.

Tokens are strings, which are made, compared and hashed at a tenth of what the terms of quads cost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

Token = str
Said = tuple[Token, Token, Token]

# Beside triples, the name of the default graph.
DEFAULT_GRAPH: Token = ""


@dataclass(frozen=True)
class Statements:
    """What is said.

    Attributes:
        graphs: the token of each graph, and the subject, predicate and object of each triple in it.
    """

    graphs: list[tuple[Token, list[Said]]] = field(default_factory=list)

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> Statements:
        """Return what `quads` say."""
        graphs: dict[Token, list[Said]] = defaultdict(list)
        for quad in quads:
            name = quad.graph_name
            graph = DEFAULT_GRAPH if isinstance(name, ox.DefaultGraph) else str(name)
            graphs[graph].append((str(quad.subject), str(quad.predicate), str(quad.object)))
        return cls(list(graphs.items()))

    @classmethod
    def joined(cls, parts: Iterable[Statements]) -> Statements:
        """Return what all of `parts` say, in their order."""
        return cls([graph for part in parts for graph in part.graphs])

    def __iter__(self) -> Iterator[Said]:
        """Yield subject, predicate and object of each triple."""
        for _, said in self.graphs:
            yield from said

    @property
    def quads(self) -> list[ox.Quad]:
        """Each triple in its graph."""
        return list(ox.parse(self._text(), format=ox.RdfFormat.N_QUADS, lenient=True))

    def load(self, store: ox.Store, predicates: Collection[Token] | None = None) -> None:
        """Put into `store` what is said by `predicates`, or all; blank nodes keep their labels."""
        asked = self if predicates is None else self._only(predicates)
        if any(subject[0] == "_" or value[0] == "_" for subject, _, value in asked):
            store.bulk_extend(asked.quads)  # loading a text gives blank nodes other labels
        else:
            store.bulk_load(asked._text(), format=ox.RdfFormat.N_QUADS, lenient=True)

    def _only(self, predicates: Collection[Token]) -> Statements:
        return Statements(
            [(graph, [one for one in said if one[1] in predicates]) for graph, said in self.graphs]
        )

    def _text(self) -> bytes:
        lines = [
            f"{subject} {predicate} {value} {graph} .\n"
            for graph, said in self.graphs
            for subject, predicate, value in said
        ]
        return "".join(lines).encode()
