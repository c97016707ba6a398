"""Findings and reports to write: one of each kind, and any at all."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from kg.validation.findings import SEVERITIES, Finding, GateReport

LOW = Finding(
    "error",
    "quantity-low-above-high",
    "claim c3: The low value is above the high value.",
    "records/a b.yaml",
    34,
    15,
    "https://w3id.org/communique/id/claim/a/c3",
    "https://w3id.org/communique/ontology#low",
    "12000",
    "https://w3id.org/communique/shapes#figure-low-to-high",
    "http://www.w3.org/ns/shacl#LessThanOrEqualsConstraintComponent",
)
SPEAKER = Finding(
    "error", "unknown-actor", "There is no actor 'x'", "records/a b.yaml", 7, 5, path="speaker"
)
MENTION = Finding("warning", "unresolved-mention", "'y' is not resolved", "records/c.yaml", 9, 3)
REASONER = Finding("info", "reasoner-missing", "Consistency was not checked")
# Two errors in one file, a warning in another, a third without any, one finding without a file.
FILES = ("records/a b.yaml", "records/c.yaml", "records/d.yaml")
REPORT = replace(GateReport.of([LOW, SPEAKER, MENTION, REASONER]), files=FILES)


def _texts() -> st.SearchStrategy[str]:
    every = st.characters(exclude_categories=())  # lone surrogates too
    hostile = st.sampled_from(
        [
            "\x1b[31m",
            "]]>",
            "<!--",
            "&amp;",
            "::error::",
            "%0A",
            "\r\n",
            "\u202e",
            "\0",
            "\ufffe",
            '"',
        ]
    )
    return st.lists(st.one_of(hostile, every), max_size=8).map("".join)


_MAYBE = st.one_of(st.none(), _texts())
_NUMBER = st.one_of(st.none(), st.integers(1, 10_000))
_IRIS = st.sampled_from(["https://example.org/a", "http://[", "urn:x:y", "https://example.org/%"])
FINDINGS = st.builds(
    Finding,
    st.sampled_from(SEVERITIES),
    _texts(),
    _texts(),
    _MAYBE,
    _NUMBER,
    _NUMBER,
    st.one_of(_MAYBE, _IRIS),
    st.one_of(_MAYBE, _IRIS),
    st.one_of(_MAYBE, _IRIS),
    st.one_of(_MAYBE, _IRIS),
    st.one_of(_MAYBE, _IRIS),
)
REPORTS = st.lists(FINDINGS, max_size=5).map(GateReport.of)
