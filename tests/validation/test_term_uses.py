"""The lint of terms: where a query, a context or a Turtle file uses a term of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.validation.findings import Finding
from kg.validation.term_uses import (
    Use,
    find_term,
    undeclared_findings,
    used_in_context,
    used_in_query,
)
from kg.vocabulary.terms import KG, KGS

QUERY = """\
PREFIX kg: <https://w3id.org/communique/ontology#>
PREFIX a: <https://w3id.org/communique/scheme/aspect/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
# kg:InAComment is no use
SELECT ?claim WHERE {
  ?claim a kg:Clam ; foaf:name "kg:InAText" ; kg:hasAspect a:route .
}
"""


@pytest.fixture
def query(tmp_path: Path) -> Path:
    file = tmp_path / "clams.rq"
    file.write_text(QUERY, encoding="utf-8")
    return file


def test_a_query_uses_terms_at_their_line_and_column(query: Path) -> None:
    ours = [use for use in used_in_query(query) if use.iri.startswith((KG, KGS))]

    assert ours == [
        Use(f"{KG}Clam", query, 6, 12),
        Use(f"{KG}hasAspect", query, 6, 47),
        Use(f"{KGS}aspect/route", query, 6, 60),
    ]


DECLARED = {f"{KG}Claim", f"{KG}hasAspect", f"{KGS}aspect/route"}


def test_a_class_that_nobody_declares_is_told_with_the_nearest_one(query: Path) -> None:
    (found,) = undeclared_findings(used_in_query(query), DECLARED, query.parent)

    assert found == Finding(
        "error",
        "undeclared-term",
        "'kg:Clam' is not declared in the ontology; did you mean 'Claim'?",
        "clams.rq",
        6,
        12,
        f"{KG}Clam",
    )


def test_a_slip_in_the_namespace_is_told_with_the_term_that_is_meant(query: Path) -> None:
    query.write_text(QUERY.replace("ontology#", "ontolgy#"), encoding="utf-8")

    found = list(undeclared_findings(used_in_query(query), DECLARED, query.parent))

    assert [(each.line, each.column) for each in found] == [(6, 12), (6, 47)]
    assert found[1].message.endswith(
        "ontolgy#hasAspect' is not declared in the ontology; did you mean 'kg:hasAspect'?"
    )


def test_a_context_uses_terms_at_their_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "context.jsonld"
    file.write_text('{"@context": {\n  "about": {"@id": "kg:isAbot"}\n}}\n', encoding="utf-8")

    assert Use(f"{KG}isAbot", file, 2, 21) in set(used_in_context(file))


def test_a_term_is_found_by_its_whole_name_only(tmp_path: Path) -> None:
    file = tmp_path / "terms.ttl"
    file.write_text(
        "@prefix kg: <https://w3id.org/communique/ontology#> .\n"
        "# kg:low stands in a comment\n"
        "kg:lowest kg:comparesTo kg:low-water .\n"
        "kg:best kg:comparesTo kg:low .\n"
        "kg:low kg:comparesTo kg:best .\n",
        encoding="utf-8",
    )

    assert find_term(file, f"{KG}low") == (4, 23)
    assert find_term(file, f"{KG}low", subject=True) == (5, 1)
    assert find_term(file, f"{KG}high") == (None, None)
