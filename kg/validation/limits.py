"""What a contribution may not exceed, so that no check on it takes beyond anybody's patience.

A check follows part_of, within and acts_for upward from every node, and compares the claims that
stand at one place of an article in pairs. Both grow with the square of what they look at; no
record comes near these limits, a file made to hurt is refused.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from kg.mapping.statements import Said, Statements, Token
from kg.records.document import Problem
from kg.shacl import ShaclResult
from kg.validation.graph_results import graph_result
from kg.vocabulary.terms import KG

MAX_STEPS = 500_000
MAX_AT_ONE_PLACE = 500
_UPWARD = frozenset(f"<{KG}{name}>" for name in ("isPartOf", "isWithin", "actsFor"))
_START = f"<{KG}quoteStart>"
_Edges = dict[tuple[Token, Token], list[Token]]


def find_excess(statements: Statements) -> tuple[str, ShaclResult] | None:
    """Return the code and result of the first limit that `statements` exceed, or None."""
    edges: _Edges = defaultdict(list)
    starts: dict[Token, list[Said]] = defaultdict(list)
    for graph, said in statements.graphs:
        for one in said:
            if one[1] in _UPWARD:
                edges[one[1], one[0]].append(one[2])
            elif one[1] == _START:
                starts[graph].append(one)
    for claims in starts.values():
        ((place, times),) = Counter(value for _, _, value in claims).most_common(1)
        if times > MAX_AT_ONE_PLACE:
            message = (
                f"More than {MAX_AT_ONE_PLACE} claims stand at one place of an article. "
                "Nobody says so much in one breath: write one claim for each statement."
            )
            last = [subject for subject, _, value in claims if value == place][MAX_AT_ONE_PLACE]
            return _excess(Problem("too-tangled", message), last, _START)
    if tangle := _tangle(edges):
        predicate, node = tangle
        message = (
            "Following this upward, from here and from the other nodes, takes more than "
            f"{MAX_STEPS:,} steps. Make the chains shorter."
        )
        return _excess(Problem("too-tangled", message), node, predicate)
    return None


def _tangle(edges: _Edges) -> tuple[Token, Token] | None:
    """Return where following `edges` from every node in turn exceeds the steps allowed."""
    steps = 0
    for predicate, start in edges:
        reached = set()
        waiting = [start]
        while waiting:
            for node in edges.get((predicate, waiting.pop()), ()):
                steps += 1
                if node not in reached:
                    reached.add(node)
                    waiting.append(node)
            if steps > MAX_STEPS:
                return predicate, start
    return None


def _excess(problem: Problem, node: Token, predicate: Token) -> tuple[str, ShaclResult]:
    return graph_result(problem, "limits", node.strip("<>"), predicate.strip("<>"))
