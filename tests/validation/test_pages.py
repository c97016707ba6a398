"""Every code has a page, and the example of every page gives its code."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import pytest
from emitted_codes import CODE, ROOT, emitted

import kg
from kg.errors import CallError
from kg.validation.findings import Finding
from kg.validation.pages import Page, Pages

FOLDER = ROOT / "docs" / "findings"
PAGES = Pages((FOLDER,))
EMITTED = emitted()
GATE = [code for code, page in PAGES.items() if page.command == "kg validate"]
CHECK = [code for code, page in PAGES.items() if page.command == "kg ontology check"]
REASONED = ("class-unsatisfiable", "ontology-inconsistent")
STYLE = sorted({*CHECK} - {*REASONED, "reasoner-missing"})
FENCED = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    """A block of an example: in which language, of which file, what stands in it."""

    language: str
    file: str
    text: str


def example(page: Page) -> tuple[list[Block], list[Block]]:
    """Return the blocks that are wrong and those that are mended."""
    wrong, mended = page.text.partition("\nWrong:\n")[2].split("\nMended:\n")
    mended = mended.partition("\n## ")[0]
    return tuple([Block(*found) for found in FENCED.findall(part)] for part in (wrong, mended))


class Workspace:
    """The workspace of the examples, which is brought back to what it was after each."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.kept = root.with_name("kept")
        shutil.copytree(ROOT / "examples" / "findings", root, ignore=shutil.ignore_patterns(".kg"))
        self.open = kg.open(root)
        self.open.build()
        shutil.copytree(root, self.kept)

    def restore(self) -> None:
        """Bring every file back, the build aside."""
        for folder in self.root.iterdir():
            if folder.is_dir() and folder.name != ".kg":
                shutil.rmtree(folder)
        shutil.copytree(
            self.kept, self.root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".kg")
        )

    def put(self, blocks: list[Block], instead: list[Block]) -> None:
        """Write whole files, run scripts, and put parts of files where `instead` has others."""
        for block, other in zip(blocks, instead, strict=True):
            if block.file:
                target = self.root / block.file
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(block.text)
            elif block.language == "sh":
                subprocess.run(["sh", "-e", "-c", block.text], cwd=self.root, check=True)
            else:
                file = self._holds(other.text)
                file.write_text(file.read_text().replace(other.text, block.text))

    def _holds(self, text: str) -> Path:
        files = [*self.root.glob("records/*"), *self.root.glob("proposals/*")]
        counts = {file: file.read_text().count(text) for file in files}
        holding = [file for file, count in counts.items() if count]
        assert len(holding) == 1, f"this stands in {len(holding)} files:\n{text}"
        assert counts[holding[0]] == 1, f"this stands there more than once:\n{text}"
        return holding[0]

    @property
    def changed(self) -> list[Path]:
        """The files that differ from what they were."""
        files = [file for file in self.root.rglob("*.*") if ".kg" not in file.parts]
        kept = {file: self.kept / file.relative_to(self.root) for file in files if file.is_file()}
        return [
            file
            for file, before in kept.items()
            if not before.exists() or before.read_bytes() != file.read_bytes()
        ]

    def validate(self) -> tuple[Finding, ...]:
        """Judge the records and proposals that changed, or all by changed rules or texts."""
        changed = [file.relative_to(self.root) for file in self.changed]
        folders = {file.parts[0] for file in changed}
        workspace = kg.open(self.root) if folders & {"shapes", "queries"} else self.open
        judged = [file for file in changed if file.parts[0] in ("records", "proposals")]
        return workspace.validate(judged or ["records"]).findings

    def check_ontology(self) -> tuple[Finding, ...]:
        """Check the ontology with the workspace's own terms."""
        return kg.open(self.root).check_ontology().findings


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace(tmp_path_factory.mktemp("pages") / "workspace")


@pytest.fixture
def workspace(built: Workspace) -> Iterator[Workspace]:
    yield built
    built.restore()


# Codes and pages ------------------------------------------------------------------------------


def test_every_code_that_is_emitted_has_a_page() -> None:
    without = {
        code: sorted(files)
        for code, files in EMITTED.items()
        if not any(fnmatchcase(page, code) for page in PAGES)
    }
    assert without == {}, "write docs/findings/CODE.md for each; CONTRIBUTING.md says how"


def test_every_page_is_of_a_code_that_is_emitted() -> None:
    orphans = [code for code in PAGES if not any(fnmatchcase(code, each) for each in EMITTED)]
    assert orphans == [], "nothing emits these any more: take the pages away"


def test_no_code_that_looks_like_one_is_made_in_a_way_not_known_here() -> None:
    """A literal beside a severity is a code; `emitted_codes` must have found it."""
    beside = re.compile(r'"(?:error|warning|info)",\s*"([^"]+)"')
    for file in (ROOT / "kg").rglob("*.py"):
        for word in beside.findall(file.read_text()):
            assert word in EMITTED or not CODE.fullmatch(word), f"{file}: {word}"


def test_the_index_lists_every_page() -> None:
    rows = [
        f"| [{page.code}]({page.code}.md) | {page.severity} | {page.summary} |"
        for page in PAGES.values()
    ]
    index = (FOLDER / "README.md").read_text()

    assert [line for line in index.splitlines() if line.startswith("| [")] == rows


@pytest.mark.parametrize("code", PAGES)
def test_a_page_has_its_parts(code: str) -> None:
    page = PAGES[code]

    assert page.summary.endswith(".")
    assert re.findall(r"^## (.*)$", page.text, re.MULTILINE) == ["Example", "How to mend it"]
    wrong, mended = example(page)
    assert wrong
    assert [block.language for block in wrong] == [block.language for block in mended]
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.text):
        assert (FOLDER / link).exists()


# Examples -------------------------------------------------------------------------------------


def test_the_records_and_proposals_of_the_examples_conform(workspace: Workspace) -> None:
    assert workspace.open.validate(["records", "proposals"]).findings == ()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that does not end is given up early."""
    monkeypatch.setattr("kg.validation.checks.MAX_SECONDS", 1.0)


@pytest.mark.parametrize("code", GATE)
@pytest.mark.usefixtures("impatient")
def test_what_is_wrong_gives_the_code_and_what_is_mended_does_not(
    code: str, workspace: Workspace
) -> None:
    page = PAGES[code]
    wrong, mended = example(page)

    workspace.put(wrong, mended)
    findings = workspace.validate()
    assert {(finding.code, finding.severity) for finding in findings} == {(code, page.severity)}

    workspace.put(mended, wrong)
    if workspace.changed:
        assert code not in {finding.code for finding in workspace.validate()}


@pytest.fixture
def no_reasoner(monkeypatch: pytest.MonkeyPatch) -> None:
    """No reasoner, which would take its time for each example and finds nothing of style."""
    monkeypatch.setattr("kg.ontologies.check.has_reasoner", lambda: False)


@pytest.mark.parametrize("code", STYLE)
def test_what_is_wrong_with_a_term_gives_the_code(
    code: str, workspace: Workspace, no_reasoner: None
) -> None:
    page = PAGES[code]

    workspace.put(*example(page))
    found = {(finding.code, finding.severity) for finding in workspace.check_ontology()}
    assert found == {(code, page.severity), ("reasoner-missing", "info")}


@pytest.mark.parametrize("code", REASONED)
def test_what_the_reasoner_finds_gives_the_code(code: str, workspace: Workspace) -> None:
    page = PAGES[code]

    workspace.put(*example(page))
    findings = workspace.check_ontology()
    assert {(finding.code, finding.severity) for finding in findings} == {(code, page.severity)}


def test_the_terms_are_mended(workspace: Workspace) -> None:
    for code in (*STYLE, *REASONED):
        (block,) = example(PAGES[code])[1]
        folder = block.file.partition("/")[0]
        workspace.put([block._replace(file=f"{folder}/{code}.ttl")], [block])

    assert workspace.check_ontology() == ()


def test_without_a_reasoner_the_check_says_so(workspace: Workspace, no_reasoner: None) -> None:
    (finding,) = workspace.check_ontology()

    assert finding.code == "reasoner-missing"
    assert finding.severity == PAGES["reasoner-missing"].severity


# Looking a page up ----------------------------------------------------------------------------


def test_an_unknown_code_suggests_the_nearest() -> None:
    with pytest.raises(CallError, match="did you mean 'unknown-actor'"):
        PAGES.find("unknown-acter")
    with pytest.raises(CallError, match="--explain' lists all"):
        PAGES.find("zzz")


def test_a_workspace_s_own_page_stands_before_the_shipped_one(tmp_path: Path) -> None:
    text = "# bad-id\n\nOurs are\nshort.\n\nwarning · found by `kg validate`\n\nMore.\n"
    (tmp_path / "bad-id.md").write_text(text)

    page = Pages((FOLDER, tmp_path))["bad-id"]

    assert (page.summary, page.severity, page.text) == ("Ours are short.", "warning", text)


@pytest.mark.parametrize(
    "text", ["", "# other\n\nA.\n\nerror · found by `kg validate`\n", "# own\n\nA.\n"]
)
def test_a_malformed_page_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "own.md").write_text(text)

    with pytest.raises(CallError, match=r"own\.md does not open as a page does"):
        Pages((tmp_path,)).find("own")
