"""What the gate itself finds wrong with a node of the graph, said as a shape would say it."""

from __future__ import annotations

from kg.records.document import Problem
from kg.shacl import ShaclResult


def graph_result(
    problem: Problem, found_by: str, focus_node: str, path: str | None = None
) -> tuple[str, ShaclResult]:
    """Return the code and the result of a problem.

    Args:
        problem: what is wrong.
        found_by: the name of what found it, where results of shapes have the shape.
        focus_node: the node's IRI, or the label of a blank node.
        path: the IRI of the predicate that is at fault.
    """
    return problem.code, ShaclResult(
        focus_node=focus_node,
        path=path,
        value=problem.value,
        component="",
        severity=problem.severity,
        source_shape=found_by,
        message=problem.message,
    )
