"""What a SHACL validation found, in the words of the W3C's validation report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.shacl.model import Violation
from kg.shacl.paths import Predicate, as_sparql
from kg.shacl.terms import Term, literal, plain, sh

_SEVERITIES = {sh("Warning"): "warning", sh("Info"): "info"}


@dataclass(frozen=True, order=True)
class ShaclResult:
    """One validation result; IRIs and literals as strings, None where the report has nothing.

    Attributes:
        focus_node: the node that was checked.
        path: the property path, an IRI where it is one predicate, else as SPARQL writes it.
        value: the offending value node.
        component: the constraint component's IRI.
        severity: ``error``, ``warning`` or ``info``.
        source_shape: the shape's IRI.
        message: the shape's own message, else a sentence that names shape and component.
        term: the offending value as N-Triples writes it, with language or datatype.
        graph: the named graph that alone is at fault, where several say something of the node.
    """

    focus_node: str
    path: str | None
    value: str | None
    component: str
    severity: str
    source_shape: str
    message: str
    term: Term | None = field(default=None, compare=False)
    graph: str | None = field(default=None, compare=False)

    @property
    def order(self) -> tuple[str, ...]:
        """The order of reports."""
        parts = (self.focus_node, self.path, self.source_shape, self.value, self.message)
        return tuple(part or "" for part in parts)


@dataclass(frozen=True)
class ShaclReport:
    """All results of one validation, sorted; `conforms` is true where there are none.

    Attributes:
        conforms: whether there are no results.
        results: the results.
        notes: what to know of how they were found: shapes that had to go a slower way.
    """

    conforms: bool
    results: tuple[ShaclResult, ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, results: Iterable[ShaclResult], notes: Iterable[str] = ()) -> ShaclReport:
        """Return the report of `results` in order."""
        found = tuple(sorted(results, key=lambda result: result.order))
        return cls(not found, found, tuple(notes))


def result_of(violation: Violation) -> ShaclResult:
    """Return a violation as reports write it."""
    path = violation.path.path if violation.path else None
    where = plain(path.iri) if isinstance(path, Predicate) else as_sparql(path) if path else None
    component, shape = plain(violation.component), plain(violation.shape.node)
    return ShaclResult(
        focus_node=plain(violation.focus),
        path=where,
        value=None if violation.value is None else plain(violation.value),
        component=component,
        severity=severity_of(violation.shape.severity),
        source_shape=shape,
        message=_message(violation.messages) or unsaid(shape, component),
        term=violation.value,
    )


def unsaid(shape: str, component: str) -> str:
    """Return a sentence where a shape has none: its name, and which rule of SHACL's it sets."""
    rule = component.rpartition("#")[2].removesuffix("ConstraintComponent")
    rule = rule.replace("SPARQL", "sparql")
    rule = f"sh:{rule[:1].lower()}{rule[1:]}" if component.startswith(plain(sh(""))) else component
    of = "" if shape.startswith("_:") else f" of the shape {shape}"
    return f"This breaks {rule}{of}. The shape says no more (sh:message)."


def severity_of(severity: Term) -> str:
    """Return ``error``, ``warning`` or ``info``; a severity of one's own counts as error."""
    return _SEVERITIES.get(severity, "error")


def _message(messages: tuple[Term, ...]) -> str:
    """Return the message in English if there is one, else the first."""
    found = [literal(message) for message in messages]
    found.sort(key=lambda text: (text.language not in ("", "en"), text.language))
    return found[0].lexical if found else ""
