"""What ``kg init`` writes works: editor schemas, the git hook, and the examples for CI."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from kg.scaffolding import start_workspace
from kg.validation.reports import FORMATS
from kg.vocabulary.shipped import shipped

ROOT = Path(__file__).resolve().parents[2]
RECORD = "records/autumn-soldiers.yaml"
TEXT = "articles/autumn-soldiers.txt"
# Line 115 of the record; nothing else in it is wrong.
GOOD, BAD = "    by: example-desk\n", "    by: exampledesk\n"
LINE = 116
INSTALL = "pip install communique"


class Repository:
    """A repository on disk, with `kg` on the path and nobody's settings of git."""

    def __init__(self, root: Path, tools: Path) -> None:
        self.root = root
        self.tools = tools
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "PATH": f"{tools}:{os.environ['PATH']}",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            **{f"GIT_{who}_NAME": "Somebody" for who in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{who}_EMAIL": "somebody@example.org" for who in ("AUTHOR", "COMMITTER")},
        }

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.root, env=self.environment, capture_output=True, text=True
        )

    def git(self, *arguments: str) -> None:
        told = self.run("git", *arguments)
        assert told.returncode == 0, told.stderr

    def commit(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run("git", "commit", "-q", "-m", "records", *arguments)

    def clone(self, name: str) -> Repository:
        """Return a fresh clone beside this one."""
        self.git("clone", "-q", ".", f"../{name}")
        return Repository(self.root.parent / name, self.tools)

    def edit(self, name: str, old: str, new: str) -> None:
        file = self.root / name
        content = file.read_text()
        assert content.count(old) == 1
        file.write_text(content.replace(old, new))


@pytest.fixture
def repository(tmp_path: Path, record: str, text: str) -> Repository:
    """A repository that holds a new workspace with one good record, committed."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "kg").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n')
    (tools / "kg").chmod(0o755)
    root = tmp_path / "desk"
    list(start_workspace(root))
    (root / RECORD).write_text(record)
    (root / TEXT).write_text(text)
    made = Repository(root, tools)
    made.git("init", "-q")
    made.git("add", ".")
    assert made.commit().returncode == 0
    return made


# Editor schemas -------------------------------------------------------------------------------


def test_every_schema_that_the_editor_is_told_of_is_there(repository: Repository) -> None:
    settings = json.loads((repository.root / ".vscode/settings.json").read_text())
    told = {
        **settings["yaml.schemas"],
        **{each["url"]: each["fileMatch"] for each in settings["json.schemas"]},
    }
    for schema, patterns in told.items():
        Draft202012Validator.check_schema(json.loads((repository.root / schema).read_text()))
        folder = {"./record.schema.json": "records", "./assessments.schema.json": "assessments"}
        assert all(pattern.startswith(folder[schema]) for pattern in patterns)
    assert PurePosixPath(RECORD).match("records/*.yaml")


def test_the_schema_of_a_record_is_the_shipped_one(repository: Repository) -> None:
    own = json.loads((repository.root / "record.schema.json").read_text())

    assert own == json.loads((shipped("ontology") / "record.schema.json").read_text())


def test_the_example_s_assessments_satisfy_their_schema(repository: Repository) -> None:
    """Its records satisfy theirs in tests/records."""
    schema = json.loads((repository.root / "assessments.schema.json").read_text())
    for file in (shipped("examples") / "dprk-russia/assessments").glob("*.yaml"):
        said = yaml.load(file.read_text(), Loader=yaml.BaseLoader)
        said["communique"] = int(said["communique"])
        assert list(Draft202012Validator(schema).iter_errors(said)) == []


@pytest.mark.parametrize(
    ("edit", "says"),
    [({"status": "wrong"}, "'wrong' is not one of"), ({"stauts": "refuted"}, "unexpected")],
)
def test_a_slip_in_an_assessment_is_underlined(
    edit: dict[str, str], says: str, repository: Repository
) -> None:
    good = {
        "claim": "a/c1",
        "status": "refuted",
        "by": "example-desk",
        "dated": "2024-12-01",
        "rationale": "Signed earlier",
    }
    validator = Draft202012Validator(
        json.loads((repository.root / "assessments.schema.json").read_text())
    )
    assert validator.is_valid({"communique": 1, "assessments": [good]})

    (mistake,) = validator.iter_errors({"communique": 1, "assessments": [{**good, **edit}]})
    assert says in mistake.message


# The git hook ---------------------------------------------------------------------------------


@pytest.fixture
def hooked(repository: Repository) -> Repository:
    """A fresh clone with the hook switched on."""
    clone = repository.clone("hooked")
    clone.git("config", "core.hooksPath", ".githooks")
    return clone


def test_the_hook_refuses_a_record_that_does_not_pass(hooked: Repository) -> None:
    hooked.edit(RECORD, GOOD, BAD)

    refused = hooked.commit("-a")

    assert refused.returncode == 1
    assert f"{RECORD}:{LINE}:5: error unknown-desk" in refused.stdout + refused.stderr


def test_the_hook_judges_what_would_be_committed(hooked: Repository) -> None:
    hooked.edit(RECORD, GOOD, BAD)
    hooked.git("add", RECORD)
    hooked.edit(RECORD, BAD, GOOD)
    assert hooked.commit().returncode == 1, "the mended line is not staged"

    hooked.git("checkout", "-q", "HEAD", RECORD)
    hooked.edit(RECORD, "rationale: Signed", "rationale: It was signed")
    hooked.git("add", RECORD)
    hooked.edit(RECORD, GOOD, BAD)
    assert hooked.commit().returncode == 0, "the broken line is not staged"


def test_the_hook_leaves_other_commits_alone(hooked: Repository) -> None:
    hooked.edit(RECORD, GOOD, BAD)

    assert hooked.commit("--allow-empty").returncode == 0


def test_the_hook_works_in_a_second_working_tree(hooked: Repository) -> None:
    hooked.git("worktree", "add", "-q", "../second")
    second = Repository(hooked.root.parent / "second", hooked.tools)
    second.edit(RECORD, GOOD, BAD)

    assert second.commit("-a").returncode == 1


def test_the_hook_works_where_the_workspace_is_a_folder_of_the_repository(
    repository: Repository,
) -> None:
    whole = Repository(repository.root.parent / "whole", repository.tools)
    whole.root.mkdir()
    whole.git("init", "-q")
    repository.root.rename(whole.root / "my desk")
    (whole.root / "my desk/.git").rename(whole.root.parent / "old")
    (whole.root / "readme").write_text("About us\n")
    whole.git("config", "core.hooksPath", "my desk/.githooks")
    whole.git("add", ".")
    assert whole.commit().returncode == 0

    whole.edit(f"my desk/{RECORD}", GOOD, BAD)
    assert whole.commit("-a").returncode == 1
    whole.git("checkout", "-q", ".")
    whole.edit("readme", "us", "them")
    assert whole.commit("-a").returncode == 0


def test_the_hook_says_what_it_needs(hooked: Repository) -> None:
    hooked.edit(RECORD, GOOD, BAD)
    hooked.environment["PATH"] = "/usr/bin:/bin"

    refused = hooked.commit("-a")

    assert refused.returncode == 1
    assert INSTALL in refused.stderr


# pre-commit -----------------------------------------------------------------------------------


def test_the_manifest_of_pre_commit_is_valid() -> None:
    manifest = ROOT / ".pre-commit-hooks.yaml"
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(manifest)]

    assert subprocess.run(command, capture_output=True).returncode == 0


def test_pre_commit_refuses_a_record_that_does_not_pass(repository: Repository) -> None:
    """With the hook as published, but run from here instead of installed by pre-commit."""
    clone = repository.clone("pre-committed")
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    hook["language"] = "system"
    config = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (clone.root / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    clone.environment["PRE_COMMIT_HOME"] = str(clone.root.parent / "cache")
    command = (sys.executable, "-m", "pre_commit", "run", "--color", "never")
    clone.git("add", ".pre-commit-config.yaml")

    skipped = clone.run(*command)
    assert (skipped.returncode, "Skipped" in skipped.stdout) == (0, True)

    clone.edit(RECORD, GOOD, BAD)
    clone.git("add", ".")
    refused = clone.run(*command)
    assert refused.returncode == 1
    assert f"{RECORD}:{LINE}:5: error unknown-desk" in refused.stdout

    clone.edit(RECORD, BAD, GOOD.replace("\n", "  # signed\n"))
    clone.git("add", ".")
    passed = clone.run(*command)
    assert (passed.returncode, "Passed" in passed.stdout) == (0, True)


# CI -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("example", "written"),
    [("github.yml", ".github/workflows/validate.yml"), ("gitlab.yml", ".gitlab-ci.yml")],
)
def test_the_examples_are_what_kg_init_writes(
    example: str, written: str, repository: Repository
) -> None:
    shown = (ROOT / "examples/ci" / example).read_text()

    assert (repository.root / written).read_text() == shown


def steps(workflow: dict[str, Any]) -> list[str]:
    """Return the shell steps of a GitHub workflow's job, or of a GitLab job."""
    if "jobs" in workflow:
        (job,) = workflow["jobs"].values()
        return [step["run"] for step in job["steps"] if "run" in step]
    (job,) = (job for job in workflow.values() if "script" in job)
    return list(job["script"])


def run_ci(repository: Repository, example: str) -> subprocess.CompletedProcess[str]:
    """Run the steps of an example as its service does: one after the other, until one fails."""
    first, *others = steps(yaml.safe_load((ROOT / "examples/ci" / example).read_text()))
    assert first == INSTALL
    return repository.run("bash", "-e", "-o", "pipefail", "-c", "\n".join(others))


@pytest.fixture
def changed(repository: Repository) -> Repository:
    """A fresh clone of a branch that changed one line, for the worse."""
    repository.edit(RECORD, GOOD, BAD)
    repository.git("commit", "-q", "-a", "-m", "worse")
    return repository.clone("changed")


def changed_lines(repository: Repository) -> set[tuple[str, int]]:
    """Return file and line of what the last commit added, as a pull request shows it."""
    told = repository.run("git", "diff", "--unified=0", "HEAD~1", "HEAD").stdout
    file = next(line[6:] for line in told.splitlines() if line.startswith("+++ b/"))
    hunks = [line.split()[2] for line in told.splitlines() if line.startswith("@@")]
    return {(file, int(hunk.lstrip("+").split(",")[0])) for hunk in hunks}


def test_github_annotates_the_changed_line(changed: Repository) -> None:
    told = run_ci(changed, "github.yml")

    assert told.returncode == 1
    ((file, line),) = changed_lines(changed)
    assert told.stdout.startswith(f"::error file={file},line={line},col=5,title=unknown-desk::")
    assert len(told.stdout.splitlines()) == 1
    assert told.stderr == "1 error\n"


def test_gitlab_annotates_the_changed_line(changed: Repository) -> None:
    told = run_ci(changed, "gitlab.yml")

    assert told.returncode == 1
    assert f"{RECORD}:{LINE}:5: error unknown-desk" in told.stdout
    (job,) = yaml.safe_load((ROOT / "examples/ci/gitlab.yml").read_text()).values()
    report = changed.root / job["artifacts"]["reports"]["codequality"]
    (issue,) = json.loads(report.read_text())
    place = (issue["location"]["path"], issue["location"]["lines"]["begin"])
    assert {place} == changed_lines(changed)


@pytest.mark.parametrize("example", ["github.yml", "gitlab.yml"])
def test_ci_passes_what_is_good_and_builds_it(example: str, repository: Repository) -> None:
    clone = repository.clone("good")

    told = run_ci(clone, example)

    assert told.returncode == 0, told.stderr
    assert "1 added, 0 changed" in told.stdout
    assert clone.run("git", "status", "--porcelain", ".kg").stdout == ""


@pytest.mark.parametrize("example", ["github.yml", "gitlab.yml"])
def test_ci_asks_for_formats_that_there_are(example: str) -> None:
    text = (ROOT / "examples/ci" / example).read_text()

    asked = [words.split()[0] for words in text.split("--format ")[1:]]
    assert asked
    assert set(asked) <= set(FORMATS)
