"""Records of one claim, small enough to write, change and build many times in a test."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import kg

BASE = "https://w3id.org/communique/id/"


@dataclass(frozen=True)
class Small:
    """One article, its record, and one claim `c1`; what is not given is left out of the record.

    Attributes:
        article: its id, and the name of its files.
        figure: how many soldiers the claim counts.
        event: that the claim is about.
        whole: the event that one is a part of.
        speaker: who says it.
        actor: an organization declared here, id and name.
        place: a place declared here, id and name.
        at: where the soldiers are.
        mention: an id that the word "crossroads" of the text refers to.
        responds_to: a claim of another article.
        status: of an assessment in the record itself.
        published: the day.
    """

    article: str
    figure: int = 1500
    event: str = "march"
    whole: str | None = None
    speaker: str = "south-korea-nis"
    actor: tuple[str, str] | None = None
    place: tuple[str, str] | None = None
    at: str = "russia"
    mention: str | None = None
    responds_to: str | None = None
    status: str | None = None
    published: str = "2024-10-18"

    @property
    def text(self) -> str:
        return f"At the crossroads {self.figure} soldiers stood, it was said.\n"

    @property
    def record(self) -> str:
        lines = [
            "communique: 1",
            "article:",
            f"  id: {self.article}",
            f"  title: Count of {self.figure}",
            "  publisher: unknown-outlet",
            f"  published: {self.published}",
            "  language: en",
            f"  text: articles/{self.article}.txt",
            f"  sha256: {hashlib.sha256(self.text.encode()).hexdigest()}",
        ]
        if self.actor:
            lines += ["actors:", f"  - id: {self.actor[0]}", "    type: Organization"]
            lines += [f"    name: {self.actor[1]}"]
        if self.place:
            lines += ["places:", f"  - id: {self.place[0]}", f"    name: {self.place[1]}"]
        lines += ["events:"]
        for event in (self.whole, self.event):
            if event:
                lines += [f"  - id: {event}", "    type: Deployment"]
                lines += ["    from: north-korea", "    to: russia"]
        if self.whole:
            lines += [f"    part_of: {self.whole}"]
        lines += [
            "claims:",
            "  - id: c1",
            f"    about: {self.event}",
            "    aspect: personnel-present",
            "    modality: actual",
            "    polarity: affirmed",
            f"    speaker: {self.speaker}",
            "    quantity:",
            f"      as_stated: {self.figure}",
            "      item: soldier",
            f"      best: {self.figure}",
            "      basis: exact",
            f"    places: [{self.at}]",
        ]
        if self.responds_to:
            lines += [f"    responds_to: [{self.responds_to}]"]
        lines += ["    quote:", f"      exact: {self.figure} soldiers stood"]
        if self.mention:
            lines += ["mentions:", "  - as_stated: crossroads", f"    refers_to: {self.mention}"]
        if self.status:
            lines += ["assessments:", "  - claim: c1", f"    status: {self.status}"]
            lines += ["    by: example-desk", "    dated: 2024-12-01", "    rationale: Compared"]
        return "".join(f"{line}\n" for line in lines)

    def write(self, root: Path) -> Small:
        (root / "articles" / f"{self.article}.txt").write_text(self.text, encoding="utf-8")
        (root / self.file).write_text(self.record, encoding="utf-8")
        return self

    @property
    def file(self) -> str:
        """The record's file, relative to the workspace."""
        return f"records/{self.article}.yaml"


def assessment_file(claim: str, status: str = "disputed", by: str = "example-desk") -> str:
    """The content of an assessments file with one assessment of ``ARTICLE-ID/CLAIM-ID``."""
    return (
        "communique: 1\nassessments:\n"
        f"  - claim: {claim}\n    status: {status}\n    by: {by}\n"
        "    dated: 2024-12-01\n    rationale: Other counts differ\n"
    )


def start(root: Path, *records: Small) -> Path:
    """Make the folder `root` a workspace with `records`."""
    for folder in ("articles", "records", "assessments"):
        (root / folder).mkdir(parents=True)
    (root / "kg.toml").write_text('[workspace]\nname = "small"\n', encoding="utf-8")
    for record in records:
        record.write(root)
    return root


def exported(root: Path) -> bytes:
    """What ``kg export -`` writes: N-Quads of everything but the runs."""
    stream = io.BytesIO()
    kg.open(root).export("-", stream=stream)
    return stream.getvalue()


def stored(root: Path) -> set[str]:
    """Every quad in the store itself, the runs left out."""
    with kg.open(root).generations.reading() as snapshot:
        quads = [str(quad) for quad in snapshot.store]
    return {quad for quad in quads if f"<{BASE}run/" not in quad}


def graph(root: Path, name: str) -> set[str]:
    """The quads of one graph of the store, such as ``article/a``."""
    with kg.open(root).generations.reading() as snapshot:
        return {str(quad) for quad in snapshot.store if quad.graph_name.value == f"{BASE}{name}"}
