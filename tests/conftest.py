"""A small workspace to break, in every state, and real servers."""

from __future__ import annotations

import functools
import os
import shutil
import signal
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from desks import RECORD, RECORD_FILE, TEXT, TEXT_FILE, Desk, sha256
from hypothesis import HealthCheck, settings
from servers import Server, Virtuoso, oxigraph_server, virtuoso_server

import kg
from kg.validation.shapes import Shapes
from kg.validation.surroundings import Known
from kg.vocabulary.vocabulary import Vocabulary

# A busy machine is no failure.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_xdist_auto_num_workers() -> int:
    """Run one process more than there are cores: many tests wait for a server or a child."""
    return (os.cpu_count() or 1) + 1


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
        _remember(patch, Known, "described terms", lambda known: known.vocabulary.folders)
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


@pytest.fixture(scope="session")
def oxigraph_live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running `oxigraph serve`, on disk; tests name their graphs so that none meets another's."""
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso_live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """A running Virtuoso; tests name their graphs so that none meets another's."""
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server
