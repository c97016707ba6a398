"""The shipped folders are found in a wheel and in an editable checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.vocabulary import shipped as module
from kg.vocabulary.shipped import shipped


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("ontology", "context.jsonld"),
        ("shapes", "claims.ttl"),
        ("queries", "checks/part-of-circle.rq"),
        ("examples", "dprk-russia/kg.toml"),
    ],
)
def test_every_folder_is_found_here(name: str, holds: str) -> None:
    assert (shipped(name) / holds).is_file()


def test_a_wheel_has_them_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "site-packages/kg/shipped/ontology"
    inside.mkdir(parents=True)
    monkeypatch.setattr(module, "_PACKAGE", tmp_path / "site-packages/kg")
    assert shipped("ontology") == inside


def test_a_checkout_has_them_beside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ontology").mkdir()
    monkeypatch.setattr(module, "_PACKAGE", tmp_path / "kg")
    assert shipped("ontology") == tmp_path / "ontology"


def test_inside_the_package_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("ontology", "kg/shipped/ontology"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(module, "_PACKAGE", tmp_path / "kg")
    assert shipped("ontology") == tmp_path / "kg/shipped/ontology"


def test_a_folder_that_is_nowhere_is_a_broken_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PACKAGE", tmp_path / "kg")
    with pytest.raises(FileNotFoundError, match="lacks its folder 'ontology'"):
        shipped("ontology")
