"""Generations of the embedded store: readers never see a build, a build never hurts a reader.

A generation is a folder ``.kg/generations/N`` with the RocksDB files in ``store``, what the
build knows in ``manifest.json``, and a ``lock`` that its readers share. The file ``.kg/current``
names the generation that answers; a build makes a hard-link copy of it, writes there, and
replaces that file by a rename, which is its only commit point. What a killed build leaves behind
is a folder that nothing names; the next build deletes it.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from kg.errors import DataError, EnvironmentFault

if TYPE_CHECKING:
    from kg.store.canonical import QuadFiles


class Snapshot(NamedTuple):
    """One generation open for reading, locked against deletion while it is."""

    number: int
    folder: Path
    store: ox.Store

    @property
    def manifest(self) -> dict[str, Any]:
        """What the build that made this generation knows."""
        return _read_manifest(self.folder)


class Draft:
    """A generation that a build writes; it becomes the current one on `commit`.

    Attributes:
        number: of the generation.
        store: what it holds so far.
        files: the canonical N-Quads files of all generations.
        manifest: what the next build has to know; written on `commit`.
        committed: whether it is the current one.
    """

    def __init__(
        self, root: Path, folder: Path, files: QuadFiles, manifest: dict[str, Any]
    ) -> None:
        """Open the store in `folder`, the folder of a generation below `root`."""
        self.number = int(folder.name)
        try:
            self.store = ox.Store(str(folder / "store"))
        except (RuntimeError, ValueError) as error:
            raise EnvironmentFault(f"The store in {folder} cannot be opened: {error}") from error
        self.files = files
        self.manifest = manifest
        self.committed = False
        self._root = root
        self._folder = folder

    def commit(self) -> None:
        """Make this generation the current one, all at once.

        The store is closed first, so that no reader opens what is still being written; nobody
        else may hold it any more.
        """
        self.store.flush()
        self.close()
        _write_durably(self._folder / "manifest.json", json.dumps(self.manifest, sort_keys=True))
        _sync_folder(self._folder)
        _write_durably(self._root / "current.tmp", f"{self.number}\n")
        (self._root / "current.tmp").replace(self._root / "current")
        _sync_folder(self._root)
        self.committed = True

    def close(self) -> None:
        """Close the store, if nobody else holds it; a second time does nothing."""
        self.__dict__.pop("store", None)


class Generations(NamedTuple):
    """The store of a workspace, in its folder ``.kg``."""

    root: Path

    @property
    def files(self) -> QuadFiles:
        """The canonical N-Quads files of all generations."""
        # Who only asks is spared the import.
        from kg.store.canonical import QuadFiles

        return QuadFiles(self.root / "quads")

    def current(self) -> int | None:
        """Return the number of the generation that answers, None before the first build.

        Raises:
            EnvironmentFault: the pointer is unreadable.
        """
        try:
            return int((self.root / "current").read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise EnvironmentFault(
                f"{self.root / 'current'} is unreadable ({error}); "
                f"delete the folder {self.root} and build again"
            ) from error

    def _folder(self, number: int) -> Path:
        return self.root / "generations" / str(number)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """Open the current generation for reading.

        Raises:
            DataError: nothing has been built yet.
            EnvironmentFault: the store is unreadable.
        """
        with self._shared_lock() as (number, folder):
            try:
                store = ox.Store.read_only(str(folder / "store"))
            except (OSError, RuntimeError, ValueError) as error:
                raise EnvironmentFault(
                    f"The store in {folder} is unreadable ({error}); "
                    f"delete the folder {self.root} and build again"
                ) from error
            yield Snapshot(number, folder, store)

    @contextlib.contextmanager
    def _shared_lock(self) -> Iterator[tuple[int, Path]]:
        while True:
            number = self.current()
            if number is None:
                raise DataError("There is no graph yet; run 'kg build' first")
            folder = self._folder(number)
            try:
                lock = (folder / "lock").open("rb")
            except FileNotFoundError as error:
                if self.current() == number:
                    raise EnvironmentFault(
                        f"{folder} is gone; delete the folder {self.root} and build again"
                    ) from error
                continue
            with lock:
                fcntl.flock(lock, fcntl.LOCK_SH)
                # A sweeper may have held the lock until just now, and deleted the folder.
                if (folder / "manifest.json").exists():
                    yield number, folder
                    return

    @contextlib.contextmanager
    def draft(self, *, copy: bool = True) -> Iterator[Draft]:
        """Open a draft of the next generation; nothing changes unless it is committed.

        Only whoever holds `exclusive` may call this.

        Args:
            copy: begin with the current generation's content, else empty.
        """
        current = self.current()
        number = (current or 0) + 1
        folder = self._folder(number)
        folder.mkdir(parents=True)
        (folder / "lock").touch()
        manifest: dict[str, Any] = {}
        if copy and current is not None:
            with self.reading() as snapshot:
                manifest = snapshot.manifest
                snapshot.store.backup(str(folder / "store"))
        draft = Draft(self.root, folder, self.files, manifest)
        try:
            yield draft
        finally:
            draft.close()
            if draft.committed:
                self._sweep(number)
            else:
                _delete(folder)

    @contextlib.contextmanager
    def exclusive(self) -> Iterator[None]:
        """Be the only one who builds; what killed builds left behind is cleared away.

        Raises:
            EnvironmentFault: another build is running, or the folder cannot be written.
        """
        try:
            self.root.mkdir(exist_ok=True)
            lock: IO[str] = (self.root / "build.lock").open("a+", encoding="ascii")
        except OSError as error:
            raise EnvironmentFault(f"{self.root} cannot be written: {error.strerror}") from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                lock.seek(0)
                holder = lock.read().strip()
                raise EnvironmentFault(
                    f"Another build (process {holder or 'unknown'}) is writing this workspace; "
                    "wait for it and try again"
                ) from error
            lock.truncate(0)
            lock.write(f"{os.getpid()}\n")
            lock.flush()
            self.files.folder.mkdir(exist_ok=True)
            self._sweep(self.current())
            yield

    def clear(self) -> None:
        """Delete every generation and all quads, whoever reads them: nothing of before is left.

        Raises:
            EnvironmentFault: a build is running.
        """
        with self.exclusive():
            _delete(self.root / "generations")
            _delete(self.files.folder)
            (self.root / "current").unlink(missing_ok=True)

    def _sweep(self, keep: int | None) -> None:
        """Delete generations that nothing names and nobody reads, and quads only they needed."""
        generations = self.root / "generations"
        generations.mkdir(exist_ok=True)
        needed: set[str] = set()
        for folder in generations.iterdir():
            if folder.name == str(keep) or not _delete_if_free(folder):
                needed |= set(_read_manifest(folder).get("graphs", {}).values())
        self.files.sweep(needed)


def _delete_if_free(folder: Path) -> bool:
    try:
        lock = (folder / "lock").open("rb")
    except FileNotFoundError:
        _delete(folder)
        return True
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        # The manifest goes first: a reader that waited for this lock must see that all is gone.
        (folder / "manifest.json").unlink(missing_ok=True)
        _delete(folder)
    return True


def _delete(folder: Path) -> None:
    # Only builds delete; readers are spared the import.
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise EnvironmentFault(
            f"{folder / 'manifest.json'} is unreadable ({error}); "
            f"delete the folder {folder.parents[1]} and build again"
        ) from error
    return dict(manifest)


def _write_durably(file: Path, content: str) -> None:
    with file.open("w", encoding="utf-8") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
