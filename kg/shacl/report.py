"""What a SHACL validation found, in the words of the W3C's validation report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class ShaclResult:
    """One validation result; IRIs and literals as strings, None where the report has nothing.

    Attributes:
        focus_node: the node that was checked.
        path: the property path, an IRI where it is one predicate.
        value: the offending value node.
        component: the constraint component's IRI.
        severity: ``error``, ``warning`` or ``info``.
        source_shape: the shape's IRI.
        message: the shape's own message.
    """

    focus_node: str
    path: str | None
    value: str | None
    component: str
    severity: str
    source_shape: str
    message: str


@dataclass(frozen=True)
class ShaclReport:
    """All results of one validation, sorted; `conforms` is true where there are none."""

    conforms: bool
    results: tuple[ShaclResult, ...]
