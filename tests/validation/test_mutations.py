"""Two hundred mutations of good records: each is found in its place, and nothing else is found.

A mutation is made by one of fifty operators in a record of its own. ``‸`` in what an operator puts
in is taken out before the file is written; it stands where the finding must point to.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from broken_cases import MARK, WARNINGS, pointed

import kg
from kg.validation.findings import Finding

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from generate_records import RECORDS_PER_STORY, article, write_workspace, yaml

EACH = 4
# Every tenth record has an assessment; stories of their own keep records from sharing events.
STEP = 10 * RECORDS_PER_STORY


class Operator(NamedTuple):
    """A way to break a record: a pattern, what replaces one match of it, the code it must give."""

    name: str
    code: str
    pattern: str
    put: str

    def mutated(self, record: str, number: int) -> str:
        """Return the record with the match of this number replaced, counted round and round."""
        matches = list(re.finditer(self.pattern, record, re.MULTILINE))
        assert matches, f"{self.name}: nothing to replace"
        match = matches[number % len(matches)]
        return record[: match.start()] + match.expand(self.put) + record[match.end() :]


def slip(key: str, code: str, indent: int = 4) -> Operator:
    """Return the operator that adds a letter to the word of a key."""
    pad = " " * indent
    pattern = rf"^{pad}{key}: (\w[\w-]*)$"
    return Operator(f"a slip in {key}", code, pattern, rf"{pad}{MARK}{key}: \1x")


# Claims about a deployment: other events may have no second claim, and then nothing is about them.
CLAIM = r"^  - (id: c\d+\n    polarity: .*\n    about: dep.*\n(?:    .*\n)*?)"
READING = [
    Operator("a quote never closed", "yaml-syntax", r"^    rationale: ", rf'\g<0>{MARK}"'),
    Operator("an anchor", "yaml-alias", r"^    speaker: ", rf"\g<0>{MARK}&name "),
    Operator("a key twice", "duplicate-key", r"^    (modality: .*)$", rf"\g<0>\n    {MARK}\1"),
    Operator("NUL", "control-character", r'^    label: "(.*)"$', rf'    label: {MARK}"\1\\0"'),
]
SCHEMA = [
    Operator("no speaker", "missing-key", CLAIM + r"    speaker: .*\n", rf"  - {MARK}\1"),
    Operator("no aspect", "missing-key", CLAIM + r"    aspect: .*\n", rf"  - {MARK}\1"),
    Operator(
        "no words",
        "missing-key",
        CLAIM + r"    quote:\n      exact: .*\n",
        rf"  - \1    {MARK}quote:\n",
    ),
    Operator(
        "no digest", "missing-key", r"^article:\n((?:  .*\n)*)  sha.*\n", rf"{MARK}article:\n\1"
    ),
    Operator("an unknown key", "unknown-key", r"^    aspect: .*$", rf"\g<0>\n    {MARK}aspekt: x"),
    Operator("an unknown section", "unknown-key", r"^mentions:$", f"{MARK}mention:"),
    Operator("a word for a number", "wrong-type", r"^      best: .*$", f"      {MARK}best: many"),
    Operator(
        "words for a quote",
        "wrong-type",
        r"^    (quote:)\n      exact: (.*)\n.*$",
        rf"    {MARK}\1 \2",
    ),
    Operator(
        "a slash in an id",
        "bad-id",
        r"^  - id: c(?!1\n)(?=.*\n.*\n    about: dep)",
        f"  - {MARK}id: c/",
    ),
    Operator("an id twice", "duplicate-id", r"^  - id: c([2-9]|10)$", f"  - {MARK}id: c1"),
    Operator("month 13", "invalid-date", r"^      edtf: (\d+).*$", rf"      {MARK}edtf: \1-13"),
    Operator("30 February", "invalid-date", r"^    dated: .*$", f"    {MARK}dated: 2025-02-30"),
    Operator("a year of two digits", "invalid-date", r"^  published: 20", f"  {MARK}published: "),
]
REFERENCES = [
    slip("speaker", "unknown-actor"),
    slip("via", "unknown-actor"),
    slip("released_by", "unknown-actor"),
    slip("refers_to", "unknown-actor"),
    slip("publisher", "unknown-actor", indent=2),
    Operator("a party", "unknown-actor", r"^    parties: \[", rf"\g<0>{MARK}x"),
    Operator("a source", "unknown-actor", r"^    based_on: \[", rf"\g<0>{MARK}x"),
    Operator("an event", "unknown-event", r"^    (about: deployment)", rf"    {MARK}\1-x"),
    Operator("a place", "unknown-place", r"^    places: \[", rf"\g<0>{MARK}x"),
    slip("from", "unknown-place", indent=6),
    Operator(
        "evidence", "unknown-evidence", r"^    evidence: \[v1\]$", f"    evidence: [{MARK}v9]"
    ),
    Operator("a claim", "unknown-claim", r"^  - claim: c1$", f"  - {MARK}claim: c99"),
    slip("by", "unknown-desk"),
    # A provision has a value, which belongs to no aspect once the aspect is unknown.
    Operator("an aspect", "unknown-term", r"^    aspect: (?!prov)", rf"    {MARK}aspect: x"),
    slip("modality", "unknown-term"),
    slip("polarity", "unknown-term"),
    slip("hedge", "unknown-term"),
    slip("status", "unknown-term"),
    slip("item", "unknown-term", indent=6),
    slip("basis", "unknown-term", indent=6),
    Operator(
        "a name not resolved", "unresolved-mention", r"^  - (as_.*)\n.*refers.*$", rf"  - {MARK}\1"
    ),
]
TEXTS = [
    Operator("another digest", "digest-mismatch", r"^  sha256: .*$", f"  {MARK}sha256: {'0' * 64}"),
    Operator("no such text", "text-missing", r"^  (text: .*)$", rf"  {MARK}\1.bak"),
    Operator("a text above", "text-outside-workspace", r"^  text: ", f"  {MARK}text: ../"),
    Operator(
        "another letter", "quote-not-in-text", r"^      (exact: .*)o(.*)$", rf"      {MARK}\1q\2"
    ),
    Operator("an offset", "quote-offset", r"^      start: ", f"      {MARK}start: 1"),
    Operator(
        "one word of many",
        "quote-ambiguous",
        r"^      exact: .*soldiers.*\n.*$",
        f"      {MARK}exact: soldiers",
    ),
]
FIGURES = [
    Operator(
        "low above high",
        "quantity-low-above-high",
        r"^      (low: )(\d+\n      high: )",
        rf"      {MARK}\g<1>9\2",
    ),
    Operator(
        "best outside",
        "quantity-best-outside-range",
        r"^      high: (\d+)\n      basis: range",
        rf"      {MARK}best: 9\1\n\g<0>",
    ),
    # An exact figure is the low and the high one as well.
    Operator("below zero", "negative-count", r"^      (best: )(?=.*\n.*appr)", rf"      {MARK}\1-"),
    Operator(
        "exact, and a range",
        "exact-with-range",
        r"^      (basis: exact)$",
        rf"      low: 1\n      {MARK}\1",
    ),
    Operator(
        "no figure", "figure-missing", r"^      best: .*\n      (basis: appr)", rf"      {MARK}\1"
    ),
    Operator(
        "at least, at most",
        "lower-bound-with-high",
        r"^      low: (.*)\n(?=      basis: low)",
        rf"\g<0>      {MARK}high: 9\1\n",
    ),
    Operator(
        "at most, at least",
        "upper-bound-with-low",
        r"^(?=      high: .*\n      basis: up)",
        f"      {MARK}low: 1\n",
    ),
    Operator(
        "surer than sure",
        "confidence-out-of-range",
        r"^    aspect: .*\n",
        rf"\g<0>    {MARK}confidence: 1.5\n",
    ),
]
EVENTS = [
    Operator(
        "nobody's event",
        "event-without-sides",
        r"^  - (id: agr.*\n.*\n.*\n).*parties.*\n",
        rf"  - {MARK}\1",
    ),
    Operator(
        "parties, and from",
        "direction-and-parties",
        r"^    parties: .*\n",
        rf"\g<0>    {MARK}from: north-korea\n",
    ),
    Operator(
        "a part of itself",
        "part-of-circle",
        r"^  - id: (agr.*)\n",
        rf"\g<0>    {MARK}part_of: \1\n",
    ),
    Operator(
        "no claim about it",
        "event-without-claim",
        r"^evidence:$",
        f"  - {MARK}id: parade\n    type: Agreement\n    parties: [russia, nato]\nevidence:",
    ),
    Operator(
        "judged too early",
        "assessment-before-article",
        r"^    dated: .*$",
        f"    {MARK}dated: 2024-01-01",
    ),
]
OPERATORS = [*READING, *SCHEMA, *REFERENCES, *TEXTS, *FIGURES, *EVENTS]


class Mutation(NamedTuple):
    """A broken record: who broke it, and what must be found where."""

    name: str
    code: str
    line: int
    column: int


@pytest.fixture(scope="module")
def mutations(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Mutation]]:
    """A workspace of mutated records, and what is wrong with each file."""
    root = tmp_path_factory.mktemp("mutations")
    write_workspace(root, 0)
    made = {}
    for number in range(EACH * len(OPERATORS)):
        operator = OPERATORS[number % len(OPERATORS)]
        text, record = article(STEP * number, 10, seed=4)
        name = record["article"]["id"]
        content, [(line, column)] = pointed(
            operator.mutated(yaml(record), number // len(OPERATORS))
        )
        (root / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
        (root / "records" / f"{name}.yaml").write_text(content, encoding="utf-8")
        made[f"{name}.yaml"] = Mutation(operator.name, operator.code, line, column)
    return root, made


@pytest.fixture(scope="module")
def findings(mutations: tuple[Path, dict[str, Mutation]]) -> dict[str, list[Finding]]:
    """What one run finds, by file."""
    found: dict[str, list[Finding]] = {}
    for finding in kg.open(mutations[0]).validate().findings:
        found.setdefault(Path(finding.file).name, []).append(finding)
    return found


def test_there_are_two_hundred_mutations_by_operators_of_their_own() -> None:
    assert len({operator.name for operator in OPERATORS}) == len(OPERATORS) >= 50
    assert EACH * len(OPERATORS) >= 200


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.name)
def test_a_mutation_is_found_in_its_place_and_nothing_else_is(
    operator: Operator,
    mutations: tuple[Path, dict[str, Mutation]],
    findings: dict[str, list[Finding]],
) -> None:
    mine = {file: each for file, each in mutations[1].items() if each.name == operator.name}

    assert len(mine) == EACH
    for file, mutation in mine.items():
        told = [(each.code, each.line, each.column) for each in findings.get(file, [])]
        assert told == [mutation[1:]], file
        (finding,) = findings[file]
        assert finding.severity == ("warning" if finding.code in WARNINGS else "error")


def test_nothing_is_found_in_good_records(tmp_path: Path) -> None:
    write_workspace(tmp_path, 500, claims=9, seed=7)

    report = kg.open(tmp_path).validate()

    assert report.findings == ()
    assert report.conforms
