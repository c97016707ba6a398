"""``kg validate --changed``: only what git sees as changed, in whatever way it changed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.validation.changes import find_changed

RECORD = "records/autumn-soldiers.yaml"
BROKEN = "communique: [1\n"


@pytest.fixture(autouse=True)
def _nobody_s_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


def git(folder: Path, *arguments: str) -> str:
    """Run git with somebody as author and return what it prints."""
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")
    told = subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return told.stdout.strip()


@pytest.fixture
def kept(desk: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A workspace that git keeps, with a second, broken record; the current folder."""
    desk.write("records/old.yaml", BROKEN)
    git(desk.root, "init", "-q")
    git(desk.root, "add", ".")
    git(desk.root, "commit", "-q", "-m", "first")
    monkeypatch.chdir(desk.root)
    return desk


def judged(desk: Any, *options: str) -> set[str]:
    """Return the files in which something was found."""
    told = desk.run("validate", *options, "--format", "json")
    return {finding["file"] for finding in told.json["findings"]}


def test_without_changes_nothing_is_judged(kept: Any) -> None:
    assert kept.run("validate").code == 1
    told = kept.run("validate", "--changed")
    assert (told.code, told.out, told.err) == (0, "", "conforms: nothing found\n")


def test_staged_unstaged_and_untracked_files_count(kept: Any) -> None:
    for name in ("staged", "both", "unstaged"):
        kept.write(f"records/{name}.yaml", "communique: 1\n")
    git(kept.root, "add", ".")
    git(kept.root, "commit", "-q", "-m", "second")
    kept.write("records/staged.yaml", BROKEN)
    kept.write("records/both.yaml", BROKEN)
    git(kept.root, "add", "records/staged.yaml", "records/both.yaml")
    kept.write("records/both.yaml", BROKEN + "\n")
    kept.write("records/unstaged.yaml", BROKEN)
    kept.write("assessments/untracked.yaml", BROKEN)
    kept.write("records/proposal.ttl", "no Turtle")

    assert judged(kept, "--changed") == {
        "assessments/untracked.yaml",
        "records/both.yaml",
        "records/proposal.ttl",
        "records/staged.yaml",
        "records/unstaged.yaml",
    }


def test_a_revision_reaches_further_back(kept: Any) -> None:
    kept.write("records/new.yaml", BROKEN)
    git(kept.root, "add", ".")
    git(kept.root, "commit", "-q", "-m", "second")

    assert judged(kept, "--changed") == set()
    assert judged(kept, "--changed", "HEAD~1") == {"records/new.yaml"}
    assert judged(kept, f"--changed={git(kept.root, 'rev-parse', 'HEAD~1')}") == {
        "records/new.yaml"
    }


def test_a_renamed_file_is_judged_under_its_new_name_and_a_deleted_one_is_not(kept: Any) -> None:
    git(kept.root, "mv", "records/old.yaml", "records/renamed.yaml")
    assert judged(kept, "--changed") == {"records/renamed.yaml"}

    git(kept.root, "reset", "-q", "--hard")
    git(kept.root, "rm", "-q", "records/old.yaml")
    assert judged(kept, "--changed") == set()


def test_a_file_that_is_only_out_of_the_index_is_judged(kept: Any) -> None:
    git(kept.root, "rm", "-q", "--cached", "records/old.yaml")

    assert judged(kept, "--changed") == {"records/old.yaml"}


def test_what_git_ignores_is_left_out(kept: Any) -> None:
    kept.write(".gitignore", "drafts-*\n")
    kept.write("records/drafts-a.yaml", BROKEN)

    assert judged(kept, "--changed") == set()


def test_paths_narrow_it_further(kept: Any) -> None:
    kept.write("records/a.yaml", BROKEN)
    kept.write("assessments/b.yaml", BROKEN)

    assert judged(kept, "assessments", "--changed") == {"assessments/b.yaml"}
    assert judged(kept, "records/old.yaml", "--changed") == set()


def test_a_record_whose_text_changed_is_judged(kept: Any) -> None:
    kept.write("articles/autumn-soldiers.txt", "Something else.\n")

    told = kept.run("validate", "--changed", "--format", "json")
    assert "digest-mismatch" in {code for code, _, _ in told.findings}


def test_before_the_first_commit_everything_has_changed(desk: Any) -> None:
    desk.write("records/a.yaml", BROKEN)
    git(desk.root, "init", "-q")

    assert len(judged(desk, "--changed")) == 1


def test_the_workspace_may_be_a_folder_of_the_repository(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(desk.root.parent, "init", "-q")
    git(desk.root.parent, "add", ".")
    git(desk.root.parent, "commit", "-q", "-m", "first")
    desk.write("records/a.yaml", BROKEN)
    (desk.root.parent / "records").mkdir()
    (desk.root.parent / "records/elsewhere.yaml").write_text(BROKEN)
    monkeypatch.chdir(desk.root / "articles")

    assert judged(desk, "--changed") == {str(desk.root / "records/a.yaml")}


def test_it_works_in_a_hook_which_git_tells_where_it_is(
    kept: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.write("records/a.yaml", BROKEN)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    monkeypatch.setenv("GIT_PREFIX", "")
    monkeypatch.chdir(kept.root.parent)

    assert len(judged(kept, "--changed")) == 1


ASSESSMENT = """\
communique: 1
assessments:
  - claim: autumn-soldiers/c1
    status: disputed
    by: example-desk
    dated: 2024-12-01
    rationale: Others count more
"""


def test_what_changed_may_refer_to_what_did_not(kept: Any) -> None:
    """A fresh clone has no build that would know the claim."""
    kept.write("assessments/a.yaml", ASSESSMENT)
    assert judged(kept, "--changed") == set()

    kept.write("assessments/a.yaml", ASSESSMENT.replace("c1", "c99"))
    assert judged(kept, "--changed") == {"assessments/a.yaml"}


OFFICE = """\
actors:
  - id: harbour-office
    type: Organization
    name: Harbour office
    acts_for: russia
"""
SPRING = """\
communique: 1
article:
  id: spring-ships
  title: Ships in spring
  publisher: unknown-outlet
  published: 2025-03
  language: en
  text: articles/spring-ships.txt
  sha256: SHA256
events:
  - id: ships-spring
    type: Shipment
    from: north-korea
    to: russia
claims:
  - id: c1
    about: ships-spring
    aspect: location
    modality: actual
    polarity: affirmed
    speaker: harbour-office
    places: [vladivostok]
    quote:
      exact: ships in Vladivostok
"""


def test_what_a_change_breaks_elsewhere_is_found_by_the_last_build(
    kept: Any, record: str, digest: Any
) -> None:
    """The other record's speaker is declared in the one that changes."""
    (kept.root / "records/old.yaml").unlink()
    text = "The harbour office counted ships in Vladivostok.\n"
    kept.write("articles/spring-ships.txt", text)
    kept.write("records/spring.yaml", SPRING.replace("SHA256", digest(text)))
    kept.write(RECORD, record.replace("actors:\n", OFFICE))
    assert kept.run("build").code == 0
    git(kept.root, "add", "articles", "records")
    git(kept.root, "commit", "-q", "-m", "built")
    assert judged(kept, "--changed") == set()

    kept.write(RECORD, record)
    assert judged(kept, "--changed") == {"records/spring.yaml"}


# Names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "two words",
        'a "quote"',
        "it's",
        "a\nline",
        "søknad",
        "북한군",
        "-dash",
        "back\\slash",
        "a\tb",
    ],
)
def test_a_file_may_have_any_name(name: str, kept: Any) -> None:
    file = kept.write(f"records/{name}.yaml", BROKEN)
    sources = [kept.root / "records/old.yaml", file]
    assert find_changed(kept.root, "HEAD", sources) == [file]

    git(kept.root, "add", ".")
    assert find_changed(kept.root, "HEAD", sources) == [file]

    told = kept.run("validate", "--changed")
    assert told.code == 1
    assert told.out.count(": error yaml-syntax: ") == 1


NAMES = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0/"), min_size=1, max_size=40
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(name=NAMES)
def test_a_file_may_have_any_name_at_all(name: str, kept: Any) -> None:
    file = kept.root / "records" / f"{name}.yaml"
    file.write_text(BROKEN)
    try:
        sources = [kept.root / "records/old.yaml", file]
        assert find_changed(kept.root, "HEAD", sources) == [file]
    finally:
        file.unlink()


def test_a_name_of_no_encoding_at_all(kept: Any) -> None:
    name = os.fsencode(kept.root / "records") + b"/caf\xe9.yaml"
    Path(os.fsdecode(name)).write_text(BROKEN)

    told = kept.run("validate", "--changed")
    assert told.out.startswith("records/caf\\udce9.yaml:1:13: error yaml-syntax")


# What is wrong with the call, and with the machine -----------------------------------------------


def test_outside_a_repository_the_call_is_at_fault(desk: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(desk.root.parent))

    told = desk.run("validate", "--changed")
    assert told.code == 2
    assert "is not kept by git" in told.err


@pytest.mark.parametrize(
    "revision", ["nothing", "HEAD~7", "-x", "--output=x", "a b", "HEAD:kg.toml"]
)
def test_an_unknown_revision_is_named(revision: str, kept: Any) -> None:
    told = kept.run("validate", f"--changed={revision}")

    assert told.code == 2
    assert f"git knows no revision '{revision}'" in told.err


def test_a_path_taken_for_a_revision_is_explained(kept: Any) -> None:
    told = kept.run("validate", "--changed", "records")

    assert told.code == 2
    assert "write --changed=HEAD records" in told.err


def test_without_git_the_environment_is_at_fault(kept: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("PATH", str(kept.root))

    told = kept.run("validate", "--changed")
    assert told.code == 3
    assert "There is no git" in told.err


def test_a_broken_repository_is_the_environment_s_fault(kept: Any) -> None:
    (kept.root / ".git/index").write_bytes(b"no index")

    told = kept.run("validate", "--changed")
    assert told.code == 3
    assert told.err.startswith("kg: git ")
