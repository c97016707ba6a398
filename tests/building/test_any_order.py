"""Whatever is added, changed and deleted in whatever order: a build equals one from scratch."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from small_records import Small, assessment_file, exported, start, stored

import kg

ARTICLES = ("a", "b", "c")
FIRM = "firm-nine"
smalls = st.builds(
    Small,
    article=st.sampled_from(ARTICLES),
    figure=st.sampled_from((1500, 1700)),
    event=st.sampled_from(("march", "leg")),
    whole=st.sampled_from((None, "campaign")),
    speaker=st.sampled_from(("south-korea-nis", "south-korea-nis", FIRM)),
    actor=st.sampled_from((None, (FIRM, "Firm Nine"), (FIRM, "Firm Nine"), (FIRM, "Firm No. 9"))),
    place=st.sampled_from((None, None, (FIRM, "Nine's yard"))),
    mention=st.sampled_from((None, None, FIRM, "russia")),
    responds_to=st.sampled_from((None, None, "a/c1", "b/c1")),
    status=st.sampled_from((None, "disputed")),
)


class Files(RuleBasedStateMachine):
    """A workspace whose files are changed at random, and built now and then.

    References to what is not there and unequal declarations happen often, so both outcomes of a
    build do: one that is refused leaves everything as it was.
    """

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kg-any-order-"))
        self.root = start(self.folder / "workspace")
        self.last = b""
        self.dirty = True

    @rule(small=smalls)
    def put(self, small: Small) -> None:
        small.write(self.root)
        self.dirty = True

    @rule(article=st.sampled_from(ARTICLES))
    def remove(self, article: str) -> None:
        (self.root / "records" / f"{article}.yaml").unlink(missing_ok=True)
        self.dirty = True

    @rule(article=st.sampled_from(ARTICLES), status=st.sampled_from(("confirmed", "refuted")))
    def assess(self, article: str, status: str) -> None:
        file = self.root / "assessments" / f"{article}.yaml"
        file.write_text(assessment_file(f"{article}/c1", status))
        self.dirty = True

    @rule(article=st.sampled_from(ARTICLES))
    def withdraw(self, article: str) -> None:
        (self.root / "assessments" / f"{article}.yaml").unlink(missing_ok=True)
        self.dirty = True

    @precondition(lambda self: self.dirty)
    @rule()
    def build(self) -> None:
        fresh = self.folder / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(self.root, fresh, ignore=shutil.ignore_patterns(".kg"))
        expected = kg.open(fresh).build()

        report = kg.open(self.root).build()

        assert report.conforms == expected.conforms, (report.report, expected.report)
        if report.conforms:
            assert exported(self.root) == exported(fresh)
            assert stored(self.root) == stored(fresh)
            self.last = exported(self.root)
            assert kg.open(self.root).check_build().unchanged == report.unchanged + len(
                [*report.added, *report.changed]
            )
        elif self.last:
            assert exported(self.root) == self.last
        self.dirty = False

    def teardown(self) -> None:
        if hasattr(self, "root"):
            if self.dirty:
                self.build()
            shutil.rmtree(self.folder)


def test_any_order() -> None:
    run_state_machine_as_test(
        Files,
        settings=settings(
            max_examples=10,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
