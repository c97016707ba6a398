"""A workspace's own lexicons: a slip in one is told as such, before any article is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.extraction.pipeline import extractor
from kg.vocabulary.shipped import shipped

NEW = "lend-out:\n  event: Shipment\n  subject: from\n  verbs: [lease]\n  needs: [goods]\n"


@pytest.mark.parametrize(
    ("frames", "message"),
    [
        (NEW.replace("goods", "gods"), "frame 'lend-out' needs 'gods', none of .*goods"),
        (NEW.replace("goods", "gods").replace("verbs", "nouns"), "needs 'gods', none of"),
        (NEW.replace("Shipment", "Shipmnt"), "frame 'lend-out' makes 'Shipmnt', none of .*Shipm"),
        ("give:\n  verbz: [lease]\n", "frame 'give' has 'verbz'; its keys are .*verbs"),
        ("lend-out:\n  verbs: [lease]\n", "frame 'lend-out' says no event, subject, needs"),
    ],
)
def test_a_slip_in_a_frame_is_told(tmp_path: Path, frames: str, message: str) -> None:
    (tmp_path / "frames.yaml").write_text(frames, encoding="utf-8")

    with pytest.raises(DataError, match=message):
        extractor((shipped("ontology"),), (shipped("lexicons"), tmp_path))


def test_a_new_frame_is_read(tmp_path: Path) -> None:
    (tmp_path / "frames.yaml").write_text(NEW, encoding="utf-8")

    extractor((shipped("ontology"),), (shipped("lexicons"), tmp_path))
