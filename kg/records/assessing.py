"""An assessment as the file an analyst would have written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from kg.errors import CallError
from kg.records.writing import to_yaml

_ORDER = (
    *("claim", "status", "kind", "reliability", "credibility"),
    *("by", "dated", "rationale", "replacement"),
)


def assessment_file(assessment: Mapping[str, Any]) -> str:
    """Return the text of an assessment file with one assessment, keys in the order of the design.

    Args:
        assessment: its keys as a record has them; those without a value are left out.
    """
    said = {key: assessment[key] for key in _ORDER if assessment.get(key)}
    return to_yaml({"communique": 1, "assessments": [said]})


def new_assessment(workspace: Path, assessment: Mapping[str, Any]) -> Path:
    """Return the file that an assessment is to be: one for a claim, a day and a desk.

    Args:
        workspace: the folder.
        assessment: its keys as a record has them.
    """
    words = f"{assessment['claim']}-{assessment['dated']}-{assessment['by']}"
    name = re.sub(r"[^a-z0-9-]+", "-", words.lower())
    file = workspace / "assessments" / f"{name}.yaml"
    # "x/y-c1" and "x-y/c1" would be one.
    while file.exists() and f"claim: {assessment['claim']}\n" not in file.read_text("utf-8"):
        file = file.with_stem(f"{file.stem}-2")
    return file


def refuse_a_second(workspace: Path, file: Path) -> None:
    """Refuse an assessment whose file is there.

    Raises:
        CallError: the desk has judged the claim on that day already.
    """
    if file.exists():
        raise CallError(
            f"{file.relative_to(workspace)} exists: the desk judged this claim on that day; "
            "assessments are added, not changed: give another --dated"
        )


def read_replacement(text: str) -> Any:
    """Return a replacement value written as in a record, every scalar a string.

    Raises:
        ValueError: it is no YAML mapping.
    """
    try:
        value = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes strings only
    except yaml.YAMLError as error:
        raise ValueError(f"it is no YAML: {error}") from error
    if not isinstance(value, dict):
        raise ValueError("it is no mapping")
    return value
