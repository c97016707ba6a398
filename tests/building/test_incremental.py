"""A build does what changed since the last one, found by digest; everything or nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_records import Small, assessment_file, exported, graph, start, stored

import kg
from kg.building.build import BuildReport

A = Small("a", 1500)
B = Small("b", 1700)


def done(report: BuildReport) -> tuple[list[str], list[str], list[str], int]:
    """What a build added, changed, removed, and how many files it left alone."""
    assert report.conforms, report.report.findings
    return list(report.added), list(report.changed), list(report.removed), report.unchanged


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the articles a and b, built."""
    root = start(tmp_path_factory.mktemp("built") / "workspace", A, B)
    kg.open(root).build()
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test alone."""
    return shutil.copytree(built, tmp_path / "workspace")


def fresh(root: Path, tmp_path: Path) -> bytes:
    """The export of a workspace with the same files, built from scratch."""
    copy = tmp_path / f"fresh-{time.monotonic_ns()}"
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".kg"))
    assert kg.open(copy).build().conforms
    return exported(copy)


def test_a_first_build_adds_everything(tmp_path: Path) -> None:
    root = start(tmp_path / "workspace", A, B)

    assert done(kg.open(root).build()) == ([A.file, B.file], [], [], 0)


def test_a_second_build_finds_nothing_to_do(root: Path) -> None:
    before = (root / ".kg/current").read_bytes()

    assert done(kg.open(root).build()) == ([], [], [], 2)
    assert (root / ".kg/current").read_bytes() == before


def test_an_added_record_is_the_only_one_looked_at(root: Path, tmp_path: Path) -> None:
    c = Small("c", 900).write(root)

    assert done(kg.open(root).build()) == ([c.file], [], [], 2)
    assert exported(root) == fresh(root, tmp_path)


def test_a_changed_record_is_replaced(root: Path, tmp_path: Path) -> None:
    Small("a", 1600).write(root)

    assert done(kg.open(root).build()) == ([], [A.file], [], 1)
    said = exported(root)
    assert b"1600 soldiers stood" in said
    assert b"1500 soldiers stood" not in said
    assert said == fresh(root, tmp_path)


def test_a_changed_comment_leaves_the_graph_as_it_was(root: Path) -> None:
    before = exported(root)
    with (root / A.file).open("a") as record:
        record.write("# looked through again\n")

    assert done(kg.open(root).build()) == ([], [A.file], [], 1)
    assert exported(root) == before


def test_a_touched_file_is_unchanged(root: Path) -> None:
    for file in (root / A.file, root / "articles/a.txt"):
        os.utime(file, (1, 1))

    assert done(kg.open(root).build()) == ([], [], [], 2)


def test_a_removed_record_takes_its_graphs_along(root: Path, tmp_path: Path) -> None:
    assert graph(root, "article/a")
    assert graph(root, "run/a")
    (root / A.file).unlink()

    assert done(kg.open(root).build()) == ([], [], [A.file], 1)
    assert graph(root, "article/a") == set()
    assert graph(root, "run/a") == set()
    assert not any("/article/a>" in quad or "/claim/a/" in quad for quad in stored(root))
    assert exported(root) == fresh(root, tmp_path)


def test_a_renamed_file_is_removed_and_added(root: Path) -> None:
    before = exported(root)
    (root / A.file).rename(root / "records/again.yaml")

    assert done(kg.open(root).build()) == (["records/again.yaml"], [], [A.file], 1)
    assert exported(root) == before
    assert any("records/again.yaml" in quad for quad in graph(root, "run/a"))
    assert not any(A.file in quad for quad in graph(root, "run/a"))


def test_a_record_that_changes_its_article_leaves_none_behind(root: Path, tmp_path: Path) -> None:
    renamed = Small("z", 1500).write(root)
    (root / renamed.file).replace(root / A.file)

    assert done(kg.open(root).build()) == ([], [A.file], [], 1)
    assert graph(root, "article/a") == set()
    assert graph(root, "run/a") == set()
    assert graph(root, "article/z")
    assert exported(root) == fresh(root, tmp_path)


def test_the_last_record_may_go(root: Path, tmp_path: Path) -> None:
    (root / A.file).unlink()
    (root / B.file).unlink()

    assert done(kg.open(root).build()) == ([], [], [A.file, B.file], 0)
    assert exported(root) == fresh(root, tmp_path)


def test_derived_closures_follow_the_records(root: Path, tmp_path: Path) -> None:
    part = "https://w3id.org/communique/id/event/march"
    whole = "https://w3id.org/communique/id/event/campaign"
    in_whole = f"<{part}> <https://w3id.org/communique/ontology#isInEvent> <{whole}>"
    assert not any(quad.startswith(in_whole) for quad in graph(root, "graph/derived"))

    Small("a", whole="campaign").write(root)
    Small("b", 1700, whole="campaign").write(root)
    kg.open(root).build()
    assert any(quad.startswith(in_whole) for quad in graph(root, "graph/derived"))
    assert exported(root) == fresh(root, tmp_path)

    A.write(root)
    B.write(root)
    kg.open(root).build()
    assert not any(whole in quad for quad in graph(root, "graph/derived"))
    assert exported(root) == fresh(root, tmp_path)


def test_a_changed_text_alone_is_found_and_refused(root: Path) -> None:
    before = exported(root)
    text = root / "articles/a.txt"
    text.write_text(text.read_text() + "A line more.\n")

    report = kg.open(root).build()

    assert [finding.code for finding in report.report.findings] == ["digest-mismatch"]
    assert report.changed == (A.file,)
    assert exported(root) == before


def test_a_changed_text_and_its_new_digest_are_one_change(root: Path) -> None:
    old = hashlib.sha256(A.text.encode()).hexdigest()
    text = A.text + "A line more.\n"
    (root / "articles/a.txt").write_text(text)
    record = A.record.replace(old, hashlib.sha256(text.encode()).hexdigest())
    (root / A.file).write_text(record)

    assert done(kg.open(root).build()) == ([], [A.file], [], 1)


def test_a_missing_text_is_found(root: Path) -> None:
    (root / "articles/a.txt").unlink()

    report = kg.open(root).build()

    assert [finding.code for finding in report.report.findings] == ["text-missing"]


def test_one_wrong_record_stops_all(root: Path) -> None:
    before = exported(root), stored(root), (root / ".kg/current").read_bytes()
    Small("a", 1600).write(root)
    (root / B.file).unlink()
    wrong = Small("c", speaker="nobody-known").write(root)

    report = kg.open(root).build()

    assert [
        (finding.code, Path(finding.file or "").name) for finding in report.report.findings
    ] == [("unknown-actor", "c.yaml")]
    assert (exported(root), stored(root), (root / ".kg/current").read_bytes()) == before
    assert [folder.name for folder in (root / ".kg/generations").iterdir()] == [
        before[2].decode().strip()
    ]
    (root / wrong.file).unlink()
    assert done(kg.open(root).build()) == ([], [A.file], [B.file], 0)


class TestSeveralRecords:
    """What one record declares another may need, so removing or changing it can break that one."""

    FIRM = ("firm-nine", "Firm Nine")

    def test_a_needed_actor_cannot_go(self, root: Path) -> None:
        Small("a", actor=self.FIRM).write(root)
        Small("b", 1700, speaker="firm-nine").write(root)
        assert kg.open(root).build().conforms
        before = exported(root)

        (root / A.file).unlink()
        report = kg.open(root).build()

        findings = report.report.findings
        assert [(each.code, Path(each.file or "").name, each.value) for each in findings] == [
            ("unknown-actor", "b.yaml", "firm-nine")
        ]
        line = (root / B.file).read_text().splitlines().index("    speaker: firm-nine") + 1
        assert findings[0].line == line
        assert exported(root) == before

    def test_a_needed_actor_may_move_to_another_record(self, root: Path, tmp_path: Path) -> None:
        Small("a", actor=self.FIRM).write(root)
        Small("b", 1700, speaker="firm-nine").write(root)
        assert kg.open(root).build().conforms

        (root / A.file).unlink()
        Small("c", actor=self.FIRM).write(root)

        assert kg.open(root).build().conforms
        assert exported(root) == fresh(root, tmp_path)

    def test_a_needed_place_cannot_go(self, root: Path) -> None:
        Small("a", place=("dock-nine", "Dock 9")).write(root)
        Small("b", 1700, at="dock-nine").write(root)
        assert kg.open(root).build().conforms

        A.write(root)
        report = kg.open(root).build()

        assert [(each.code, each.value) for each in report.report.findings] == [
            ("unknown-place", "dock-nine")
        ]

    def test_a_needed_claim_cannot_go(self, root: Path) -> None:
        Small("b", 1700, responds_to="a/c1").write(root)
        assert kg.open(root).build().conforms

        (root / A.file).unlink()
        report = kg.open(root).build()

        assert [(each.code, each.value) for each in report.report.findings] == [
            ("unknown-claim", "a/c1")
        ]

    def test_unequal_declarations_are_found_against_an_untouched_record(self, root: Path) -> None:
        Small("a", actor=self.FIRM).write(root)
        Small("b", 1700, actor=self.FIRM).write(root)
        assert kg.open(root).build().conforms

        Small("b", 1700, actor=("firm-nine", "Firm No. 9")).write(root)
        report = kg.open(root).build()

        assert [each.code for each in report.report.findings] == ["conflicting-declaration"]

    def test_equal_declarations_may_change_together(self, root: Path, tmp_path: Path) -> None:
        Small("a", actor=self.FIRM).write(root)
        Small("b", 1700, actor=self.FIRM).write(root)
        assert kg.open(root).build().conforms

        Small("a", actor=("firm-nine", "Firm No. 9")).write(root)
        Small("b", 1700, actor=("firm-nine", "Firm No. 9")).write(root)

        assert kg.open(root).build().conforms
        assert exported(root) == fresh(root, tmp_path)

    def test_an_article_has_one_record(self, root: Path) -> None:
        (root / "records/other.yaml").write_text(A.record)

        report = kg.open(root).build()

        assert [(each.code, each.value) for each in report.report.findings] == [
            ("duplicate-id", "a")
        ]

    def test_a_mention_follows_what_its_id_becomes(self, root: Path, tmp_path: Path) -> None:
        """b is not touched, but what it means changes with a; its run graph is replaced as well."""
        Small("a", place=("firm-nine", "Firm Nine")).write(root)
        Small("b", 1700, mention="firm-nine").write(root)
        assert kg.open(root).build().conforms
        assert any("/place/firm-nine>" in quad for quad in graph(root, "article/b"))

        time.sleep(1.1)  # runs are dated to the second
        Small("a", actor=self.FIRM).write(root)
        assert kg.open(root).build().conforms

        assert any("/actor/firm-nine>" in quad for quad in graph(root, "article/b"))
        assert exported(root) == fresh(root, tmp_path)
        ended = [quad for quad in graph(root, "run/b") if "endedAtTime" in quad]
        assert len(ended) == 1

    def test_a_mention_follows_a_new_declaration(self, root: Path, tmp_path: Path) -> None:
        """An id that is both means the actor, also where the actor came later than the place."""
        Small("a", place=("firm-nine", "Firm Nine")).write(root)
        Small("b", 1700, mention="firm-nine").write(root)
        assert kg.open(root).build().conforms

        Small("c", actor=self.FIRM).write(root)
        assert kg.open(root).build().conforms

        assert exported(root) == fresh(root, tmp_path)


class TestAssessmentFiles:
    """Assessment files share one graph, which is made anew where any of them changed."""

    FILE = "assessments/2024-12.yaml"
    OTHER = "assessments/2025-01.yaml"

    def test_added_changed_removed(self, root: Path, tmp_path: Path) -> None:
        file = root / self.FILE
        file.write_text(assessment_file("a/c1", "disputed"))
        assert done(kg.open(root).build()) == ([self.FILE], [], [], 2)
        assert any("status/disputed" in quad for quad in graph(root, "graph/assessments"))

        file.write_text(assessment_file("a/c1", "refuted"))
        assert done(kg.open(root).build()) == ([], [self.FILE], [], 2)
        now = graph(root, "graph/assessments")
        assert any("status/refuted" in quad for quad in now)
        assert not any("status/disputed" in quad for quad in now)
        assert exported(root) == fresh(root, tmp_path)

        file.unlink()
        assert done(kg.open(root).build()) == ([], [], [self.FILE], 2)
        assert graph(root, "graph/assessments") == set()
        assert exported(root) == fresh(root, tmp_path)

    def test_one_of_two_changes(self, root: Path, tmp_path: Path) -> None:
        (root / self.FILE).write_text(assessment_file("a/c1"))
        (root / self.OTHER).write_text(assessment_file("b/c1"))
        kg.open(root).build()

        (root / self.OTHER).write_text(assessment_file("b/c1", "confirmed"))
        assert done(kg.open(root).build()) == ([], [self.OTHER], [], 3)
        assert exported(root) == fresh(root, tmp_path)

        (root / self.FILE).unlink()
        assert done(kg.open(root).build()) == ([], [], [self.FILE], 3)
        assert exported(root) == fresh(root, tmp_path)

    def test_an_assessed_claim_cannot_go(self, root: Path) -> None:
        (root / self.FILE).write_text(assessment_file("a/c1"))
        kg.open(root).build()
        before = exported(root)

        (root / A.file).unlink()
        report = kg.open(root).build()

        assert [(each.code, Path(each.file or "").name) for each in report.report.findings] == [
            ("unknown-claim", "2024-12.yaml")
        ]
        assert exported(root) == before

    def test_an_assessment_stays_where_its_claim_changes(self, root: Path, tmp_path: Path) -> None:
        (root / self.FILE).write_text(assessment_file("a/c1"))
        kg.open(root).build()
        before = graph(root, "graph/assessments")

        Small("a", 1600).write(root)
        assert kg.open(root).build().conforms

        assert graph(root, "graph/assessments") == before
        assert exported(root) == fresh(root, tmp_path)

    def test_a_published_day_moved_past_its_assessment_is_found(self, root: Path) -> None:
        (root / self.FILE).write_text(assessment_file("a/c1"))
        kg.open(root).build()

        Small("a", published="2025-02-01").write(root)
        report = kg.open(root).build()

        assert [(each.code, Path(each.file or "").name) for each in report.report.findings] == [
            ("assessment-before-article", "2024-12.yaml")
        ]


class TestSettings:
    """What kg.toml says goes into the graph, so changing it makes the graph anew."""

    def test_another_base_moves_all_data(self, root: Path, tmp_path: Path) -> None:
        config = '[workspace]\nname = "small"\nbase = "https://data.example.org/"\n'
        (root / "kg.toml").write_text(config)

        assert done(kg.open(root).build()) == ([], [A.file, B.file], [], 0)

        said = exported(root)
        assert b"<https://data.example.org/claim/a/c1>" in said
        assert b"<https://data.example.org/actor/russia>" in said
        assert b"https://w3id.org/communique/id/" not in said
        assert said == fresh(root, tmp_path)

    def test_a_new_desk_may_assess(self, root: Path, tmp_path: Path) -> None:
        file = root / "assessments/2024-12.yaml"
        file.write_text(assessment_file("a/c1", by="night-desk"))
        report = kg.open(root).build()
        assert [each.code for each in report.report.findings] == ["unknown-desk"]

        (root / "kg.toml").write_text('[desks]\nnight-desk = "Night desk"\n')
        assert kg.open(root).build().conforms
        assert any("Night desk" in quad for quad in graph(root, "graph/reference"))
        assert exported(root) == fresh(root, tmp_path)

    def test_a_desk_that_assessed_cannot_go(self, root: Path) -> None:
        (root / "assessments/2024-12.yaml").write_text(assessment_file("a/c1", by="night-desk"))
        (root / "kg.toml").write_text('[desks]\nnight-desk = "Night desk"\n')
        assert kg.open(root).build().conforms
        before = stored(root)

        (root / "kg.toml").write_text('[workspace]\nname = "small"\n')
        report = kg.open(root).build()

        assert [each.code for each in report.report.findings] == ["unknown-desk"]
        assert stored(root) == before

    def test_own_shapes_judge_what_was_built_before(self, root: Path) -> None:
        shape = """
            @prefix ex: <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
            @prefix kg: <https://w3id.org/communique/ontology#> .
            ex:Own a sh:NodeShape ; sh:targetClass kg:Claim ; sh:property ex:OwnBest .
            ex:OwnBest sh:path kg:best ; sh:maxInclusive 1600 ; sh:message "Too many." .
        """
        (root / "shapes").mkdir()
        (root / "shapes/own.ttl").write_text(shape)

        report = kg.open(root).build()

        assert [Path(each.file or "").name for each in report.report.findings] == ["b.yaml"]


class TestCheck:
    """`kg build --check` says what a build would do and writes nothing."""

    def test_it_names_what_would_change(
        self, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        from kg.cli.main import main

        Small("a", 1600).write(root)
        Small("c").write(root)
        (root / B.file).unlink()
        before = {file: file.stat().st_mtime_ns for file in (root / ".kg").rglob("*")}

        assert main(["--workspace", str(root), "build", "--check"]) == 0

        assert capsys.readouterr().out.splitlines() == [
            "+ records/c.yaml",
            "~ records/a.yaml",
            "- records/b.yaml",
            "would change: 1 added, 1 changed, 1 removed, 0 unchanged",
        ]
        assert {file: file.stat().st_mtime_ns for file in (root / ".kg").rglob("*")} == before

    def test_it_makes_no_store(self, tmp_path: Path) -> None:
        root = start(tmp_path / "workspace", A)

        assert kg.open(root).check_build().added == (A.file,)
        assert not (root / ".kg").exists()

    def test_as_json(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        from kg.cli.main import main

        Small("c").write(root)

        main(["--workspace", str(root), "build", "--check", "--format", "json"])

        said = json.loads(capsys.readouterr().out)
        assert (said["added"], said["changed"], said["removed"]) == (["records/c.yaml"], [], [])
        assert (said["unchanged"], said["conforms"]) == (2, True)


class TestPaths:
    """`kg build PATH` looks at those files and folders and leaves all others for later."""

    def test_only_the_file_named_is_built(self, root: Path) -> None:
        Small("a", 1600).write(root)
        Small("b", 1800).write(root)
        Small("c").write(root)

        assert done(kg.open(root).build([root / A.file])) == ([], [A.file], [], 1)

        said = exported(root)
        assert b"1600 soldiers stood" in said
        assert b"1800 soldiers stood" not in said
        assert b"article/c>" not in said
        later = kg.open(root).check_build()
        assert (later.added, later.changed) == (("records/c.yaml",), (B.file,))

    def test_a_removal_is_seen_through_its_folder(self, root: Path) -> None:
        (root / A.file).unlink()
        (root / "assessments/one.yaml").write_text(assessment_file("b/c1"))

        assert done(kg.open(root).build([root / "records"])) == ([], [], [A.file], 1)
        assert kg.open(root).check_build().added == ("assessments/one.yaml",)

    def test_a_removal_elsewhere_waits(self, root: Path) -> None:
        (root / A.file).unlink()
        c = Small("c").write(root)

        assert done(kg.open(root).build([root / c.file])) == ([c.file], [], [], 1)
        assert graph(root, "article/a")

    def test_a_path_that_is_not_there_is_the_calls_fault(
        self, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        from kg.cli.main import main

        assert main(["--workspace", str(root), "build", str(root / "records/none.yaml")]) == 2
        assert "none.yaml" in capsys.readouterr().err


def test_one_workspace_object_sees_what_changes_between_its_builds(root: Path) -> None:
    workspace = kg.open(root)
    assert done(workspace.build()) == ([], [], [], 2)

    c = Small("c").write(root)
    (root / A.file).unlink()

    assert done(workspace.build()) == ([c.file], [], [A.file], 1)


def test_equal_content_gives_equal_bytes(tmp_path: Path) -> None:
    """Whatever the order of writing and building, and whatever the folder is called."""
    one = start(tmp_path / "one", A, B, Small("c", whole="campaign", event="leg"))
    kg.open(one).build()
    two = start(tmp_path / "another-name", Small("c", whole="campaign", event="leg"))
    kg.open(two).build()
    Small("b", 9).write(two)
    kg.open(two).build()
    B.write(two)
    A.write(two)
    kg.open(two).build()

    assert exported(one) == exported(two)
    assert stored(one) == stored(two)


HOLD = """
import sys
import kg
with kg.open(sys.argv[1]).generations.exclusive():
    print("holding", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_told_who_builds(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from kg.cli.main import main

    Small("a", 1600).write(root)
    before = exported(root)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"holding\n"

        assert main(["--workspace", str(root), "build"]) == 3

        said = capsys.readouterr()
        assert said.out == ""
        assert f"process {holder.pid}" in said.err
        assert exported(root) == before
        holder.kill()

    assert main(["--workspace", str(root), "build"]) == 0
    assert b"1600 soldiers stood" in exported(root)


def test_a_folder_that_cannot_be_written_is_the_environments_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kg.cli.main import main

    root = start(tmp_path / "workspace", A)
    (root / ".kg").write_text("a file where the folder of the store should be")

    assert main(["--workspace", str(root), "build"]) == 3
    assert ".kg" in capsys.readouterr().err
