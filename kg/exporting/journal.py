"""What was sent where: a journal in ``.kg/push/``, one file a triple store, written ahead.

Each line is a JSON object of a graph and its state: ``sent`` before it may have reached the store,
``held`` with its digest once it was seen there, ``gone`` once it was seen to be deleted. A write
that got no answer may still be on its way, and undo what is done after it; ``until`` says how long
its graph is not taken to be held, whatever is seen there. Whatever a kill leaves, the next
push knows every graph that may be there by its doing, and no other; what is gone stays noted, for a
store that is restored from a backup has it again.

The first line holds the journal's token, which is in the names of the graphs that it has aside, and
the inode of its lock, by which a copy of the journal is known to need a token of its own.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from kg.errors import EnvironmentFault
from kg.remote.targets import LOOPBACK

# Seconds. No server, proxy or kernel is known to keep a request for longer.
LATE = 3_600


class _Entry(NamedTuple):
    """One line: what became of a graph; `until` is in seconds of the epoch."""

    graph: str
    state: str
    digest: str = ""
    until: float = 0


class Journal:
    """The journal of one triple store.

    Attributes:
        held: graph to digest, of those that were seen to be there.
        doubtful: graphs that may be there, in part or of old.
        dropped: graphs that were there and were seen to be deleted.
        token: what no other journal has; empty where nothing was sent yet.
        place: by which it is seen whether the token was made for this file.
    """

    def __init__(self, file: Path, stream: IO[str] | None) -> None:
        """Read `file`; `stream` appends to it, None for one that is only read."""
        self.held: dict[str, str] = {}
        self.doubtful: set[str] = set()
        self.dropped: set[str] = set()
        self._late: dict[str, float] = {}
        self.token = ""
        self.place = ""
        self._stream = stream
        with contextlib.suppress(FileNotFoundError):
            for line in file.read_bytes().split(b"\n"):
                entry = _entry(line)
                if entry:
                    self._apply(entry)
                elif not self.token:
                    self.token, self.place = _token(line)

    @property
    def known(self) -> set[str]:
        """The graphs that were put there from here."""
        return self.held.keys() | self.doubtful

    def sending(self, graphs: Iterable[str]) -> None:
        """Note that graphs are about to be written or deleted."""
        self._note(_Entry(graph, "sent") for graph in graphs)

    def unanswered(self, graphs: Iterable[str]) -> None:
        """Note that a write got no answer, and may still arrive."""
        until = int(time.time()) + LATE
        self._note(_Entry(graph, "sent", until=until) for graph in graphs)

    def is_late(self, graph: str) -> bool:
        """Whether a write of a graph may still arrive and undo what is seen there."""
        return self._late.get(graph, 0) > time.time()

    @property
    def any_late(self) -> bool:
        """Whether one of any graph may."""
        return any(map(self.is_late, self._late))

    def holds(self, graphs: Iterable[tuple[str, str]]) -> None:
        """Note that graphs were seen to be there, with their digests."""
        self._note(_Entry(graph, "held", digest) for graph, digest in graphs)

    def gone(self, graph: str) -> None:
        """Note that a graph was seen not to be there any more."""
        self._note([_Entry(graph, "gone")])

    def _note(self, entries: Iterable[_Entry]) -> None:
        assert self._stream is not None
        for entry in entries:
            self._apply(entry)
            says = {name: value for name, value in entry._asdict().items() if value}
            self._stream.write(json.dumps(says, ensure_ascii=False) + "\n")
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def _apply(self, entry: _Entry) -> None:
        graph, state, digest, until = entry
        self.held.pop(graph, None)
        self.doubtful.discard(graph)
        self.dropped.discard(graph)
        if state != "sent":
            self._late.pop(graph, None)
        elif until:
            self._late[graph] = until
        if state == "held":
            self.held[graph] = digest
        elif state == "sent":
            self.doubtful.add(graph)
        elif state == "gone":
            self.dropped.add(graph)

    def compacted(self) -> str:
        """Return the journal's lines as short as they may be."""
        lines: list[dict[str, str | float]] = [{"token": self.token, "place": self.place}]
        lines += [
            {"graph": graph, "state": "held", "digest": digest}
            for graph, digest in sorted(self.held.items())
        ]
        lines += [
            {"graph": graph, "state": "sent"}
            | ({"until": self._late[graph]} if self.is_late(graph) else {})
            for graph in sorted(self.doubtful)
        ]
        lines += [{"graph": graph, "state": "gone"} for graph in sorted(self.dropped)]
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _entry(line: bytes) -> _Entry | None:
    """Return what a line says, None if it is of another kind.

    A kill may have left half a last line; what it said had not happened yet.
    """
    try:
        entry = json.loads(line)
        words = (entry["graph"], entry["state"], entry.get("digest", ""))
        until = float(entry.get("until", 0))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return _Entry(*words, until) if all(isinstance(word, str) for word in words) else None


def _token(line: bytes) -> tuple[str, str]:
    """Return the token of a line and the place it was made for; empty if it is of another kind."""
    try:
        entry = json.loads(line)
        token, place = entry["token"], entry["place"]
    except (ValueError, KeyError, TypeError):
        return "", ""
    return (token, str(place)) if re.fullmatch("[0-9a-f]{16}", str(token)) else ("", "")


def journal_file(folder: Path, url: str) -> Path:
    """Return the journal of the store whose graph store protocol is at `url`, however spelled."""
    url = _normal(url)
    host = re.sub(r"[^A-Za-z0-9.-]", "-", urlsplit(url).netloc)
    return folder / f"{host}-{hashlib.sha256(url.encode()).hexdigest()[:12]}.jsonl"


def _normal(url: str) -> str:
    """Return an address with small letters, no port that goes without saying, and one loopback."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removesuffix(".")
    if host in LOOPBACK:
        host = "127.0.0.1"
    elif ":" in host:
        host = f"[{host}]"
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return urlunsplit(parts._replace(netloc=f"{host}{port}"))


def read_journal(folder: Path, url: str) -> Journal:
    """Return the journal of a store as it is, to be read only."""
    return Journal(journal_file(folder, url), None)


@contextlib.contextmanager
def open_journal(folder: Path, url: str) -> Iterator[Journal]:
    """Open the journal of a store, for one push at a time.

    Raises:
        EnvironmentFault: another push to this store is running, or it cannot be written.
    """
    file = journal_file(folder, url)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.with_suffix(".lock").open("a", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise EnvironmentFault(f"Another push to {url} is running; wait for it") from error
            _compact(file, str(os.fstat(lock.fileno()).st_ino))
            with file.open("a", encoding="utf-8") as stream:
                yield Journal(file, stream)
    except PermissionError as error:
        raise EnvironmentFault(f"{file} cannot be written: {error.strerror}") from error


def _compact(file: Path, place: str) -> None:
    journal = Journal(file, None)
    if not journal.token or journal.place != place:
        # A workspace may have been copied with its journals. What the other has aside is its own.
        journal.token, journal.place = secrets.token_hex(8), place
    aside = file.with_suffix(".tmp")
    with aside.open("w", encoding="utf-8") as out:
        out.write(journal.compacted())
        out.flush()
        os.fsync(out.fileno())
    aside.replace(file)
