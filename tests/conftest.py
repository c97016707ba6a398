"""A small workspace to break: one article of our own, its record, and the commands run on it."""

from __future__ import annotations

import functools
import hashlib
import io
import json
import shutil
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import kg
from kg.cli.main import main
from kg.validation.shapes import Shapes
from kg.vocabulary.vocabulary import Vocabulary

# A busy machine is no failure.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

TEXT = """\
Seoul counts foreign soldiers in the east

South Korea's spy agency said about 1,500 soldiers have arrived in Vladivostok.
A satellite image shows a ship leaving Chongjin.
More than 2,000 containers of shells went on by rail, two officials said.
"There are no foreign soldiers in the fighting," Dmitry Peskov said.
Both states signed a mutual assistance pact in 2023.
Vladivostock is a port.
"""

RECORD = """\
communique: 1
article:
  id: autumn-soldiers
  title: Seoul counts foreign soldiers in the east
  publisher: unknown-outlet
  url: https://example.org/a
  published: 2024-10-18
  language: en
  text: articles/autumn-soldiers.txt
  sha256: SHA256
actors:
  - id: two-officials
    type: UnnamedSource
    name: two officials
places:
  - id: dock-seven
    name: Dock 7
    within: vladivostok
events:
  - id: soldiers-east
    type: Deployment
    label: North Korean soldiers in the Russian Far East
    from: north-korea
    to: russia
  - id: shells-by-rail
    type: Shipment
    from: north-korea
    to: russia
  - id: pact
    type: Agreement
    kind: treaty
    parties: [north-korea, russia]
evidence:
  - id: v1
    type: satellite-image
    label: a satellite image of Chongjin
    released_by: south-korea-nis
    verification: unverified
    quote:
      exact: A satellite image shows a ship leaving Chongjin
claims:
  - id: c1
    about: soldiers-east
    aspect: personnel-present
    modality: actual
    polarity: affirmed
    speaker: south-korea-nis
    quantity:
      as_stated: about 1,500
      item: soldier
      best: 1500
      basis: approximate
    places: [vladivostok, dock-seven]
    evidence: [v1]
    quote:
      exact: about 1,500 soldiers have arrived in Vladivostok
      start: 73
  - id: c2
    about: shells-by-rail
    aspect: items-delivered
    modality: actual
    polarity: affirmed
    speaker: two-officials
    via: unknown-outlet
    quantity:
      as_stated: More than 2,000
      item: container
      contents: artillery-shell
      low: 2000
      basis: lower-bound
    route:
      from: chongjin
      to: vladivostok
      via: [rason]
      conveyance: railway
    quote:
      exact: More than 2,000 containers of shells went on by rail
  - id: c3
    about: soldiers-east
    aspect: combat-participation
    modality: ongoing
    polarity: denied
    speaker: dmitry-peskov
    said: 2024-10-18
    responds_to: [c1]
    quote:
      exact: There are no foreign soldiers in the fighting
  - id: c4
    about: pact
    aspect: signing-date
    modality: actual
    polarity: affirmed
    speaker: unknown-outlet
    date:
      as_stated: in 2023
      edtf: 2023
    quote:
      exact: Both states signed a mutual assistance pact in 2023
  - id: c5
    about: pact
    aspect: provision
    value: mutual-assistance
    modality: actual
    polarity: affirmed
    speaker: unknown-outlet
    quote:
      exact: mutual assistance pact
mentions:
  - as_stated: Vladivostock
    refers_to: vladivostok
    start: 368
assessments:
  - claim: c4
    status: refuted
    kind: wrong-date
    by: example-desk
    dated: 2024-12-01
    rationale: Signed on 19 June 2024
    replacement:
      - aspect: signing-date
        date:
          edtf: 2024-06-19
        source: https://example.org/b
"""

RECORD_FILE = "records/autumn-soldiers.yaml"
TEXT_FILE = "articles/autumn-soldiers.txt"


@dataclass(frozen=True)
class Run:
    """What one run of a command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def findings(self) -> list[tuple[str, int | None, int | None]]:
        """Code, line and column of every finding of a run with ``--format json``."""
        return [(each["code"], each["line"], each["column"]) for each in self.json["findings"]]


@dataclass(frozen=True)
class Desk:
    """A workspace on disk, and `kg` run in it."""

    root: Path
    capture: pytest.CaptureFixture[str] = field(repr=False)

    def run(self, *arguments: str | Path) -> Run:
        """Run ``kg --workspace ROOT …`` in this process; an uncaught exception fails the test."""
        self.capture.readouterr()
        code = main(["--workspace", str(self.root), *(str(each) for each in arguments)])
        said = self.capture.readouterr()
        assert "Traceback" not in said.err
        return Run(code, said.out, said.err)

    def validate(self, *paths: str, options: Sequence[str] = ()) -> Run:
        """Validate files of the workspace and give the findings as JSON."""
        whole = [self.root / path for path in paths]
        return self.run("validate", *whole, "--format", "json", *options)

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file of the workspace byte for byte."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def stored(self) -> tuple[bytes, bytes, list[str]]:
        """The pointer, the whole export, and the generations: what a refused build must leave."""
        stream = io.BytesIO()
        kg.open(self.root).export("-", "nq", stream=stream)
        generations = sorted(folder.name for folder in (self.root / ".kg/generations").iterdir())
        return (self.root / ".kg/current").read_bytes(), stream.getvalue(), generations


def sha256(content: str | bytes) -> str:
    """Return the digest that a record gives of its text."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _remember(
    patch: pytest.MonkeyPatch, kind: type, names: str, folders: Callable[[Any], Iterable[Path]]
) -> None:
    """Let instances of a class share properties while the files of their folders are the same."""
    known: dict[object, Any] = {}

    def remembering(name: str, compute: Callable[[Any], Any]) -> functools.cached_property[Any]:
        def value(self: Any) -> Any:
            files = [file for folder in folders(self) for file in sorted(folder.rglob("*.*"))]
            stats = [(str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files]
            key = (name, self, *stats)
            if key not in known:
                known[key] = compute(self)
            return known[key]

        found = functools.cached_property(value)
        found.__set_name__(kind, name)
        return found

    for name in names.split():
        patch.setattr(kind, name, remembering(name, vars(kind)[name].func))


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    """Spare every run the reading of ontology and shapes, which are the same for nearly all."""
    with pytest.MonkeyPatch.context() as patch:
        _remember(patch, Shapes, "graph compiled dependencies", lambda shapes: shapes.folders)
        names = "triples schemes actors places"
        _remember(patch, Vocabulary, names, lambda vocabulary: vocabulary.folders)
        yield


@pytest.fixture
def hurried() -> Iterator[None]:
    """Let a test fail that waits for ever, on a pipe say; a busy machine takes its time."""

    def give_up(*_: object) -> None:
        raise AssertionError("this test takes too long")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(300)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session")
def text() -> str:
    """The text of the article."""
    return TEXT


@pytest.fixture(scope="session")
def record() -> str:
    """The record of the article: nothing is wrong with it."""
    return RECORD.replace("SHA256", sha256(TEXT))


@pytest.fixture
def empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A workspace without records."""
    root = tmp_path / "workspace"
    for folder in ("articles", "records", "assessments"):
        (root / folder).mkdir(parents=True)
    (root / "kg.toml").write_text('[workspace]\nname = "tests"\n', encoding="utf-8")
    return Desk(root, capsys)


@pytest.fixture
def desk(empty: Desk, record: str, text: str) -> Desk:
    """A workspace with the article and its record, nothing built."""
    empty.write(TEXT_FILE, text)
    empty.write(RECORD_FILE, record)
    return empty


@pytest.fixture(scope="session")
def _built_once(tmp_path_factory: pytest.TempPathFactory, record: str, text: str) -> Path:
    root = tmp_path_factory.mktemp("built") / "workspace"
    for folder in ("articles", "records", "assessments"):
        (root / folder).mkdir(parents=True)
    (root / "kg.toml").write_text('[workspace]\nname = "tests"\n', encoding="utf-8")
    (root / TEXT_FILE).write_text(text, encoding="utf-8")
    (root / RECORD_FILE).write_text(record, encoding="utf-8")
    kg.open(root).build()
    return root


@pytest.fixture
def built(_built_once: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A workspace with the article and its record, built; a copy that may be broken."""
    root = tmp_path / "workspace"
    shutil.copytree(_built_once, root)
    return Desk(root, capsys)


@pytest.fixture(scope="session")
def digest() -> Callable[[str | bytes], str]:
    """What a record writes as ``sha256`` of a text."""
    return sha256
