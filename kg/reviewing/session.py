"""One review of one record: where it stands, what was decided, and the record as it becomes.

Each decision is written at once, to the record and to a log beside it, so that a review can be
left at any time. What the gate refuses is not written, and nothing is once somebody else changed
the record since it was read: whoever decides has not seen what stands there now.
"""

from __future__ import annotations

import copy
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kg.errors import CallError, DataError
from kg.records.document import Problem, parse_yaml
from kg.records.writing import to_yaml
from kg.reviewing.unused import take_out_unused

Data = dict[str, Any]
Check = Callable[[str], list[str]]
_LISTS = frozenset(
    (
        "speaker",
        "via",
        "based_on",
        "places",
        "items",
        "evidence",
        "responds_to",
        "quantity.item",
        "quantity.contents",
        "event.from",
        "event.to",
        "event.parties",
    )
)
DECISIONS = ("accepted", "edited", "rejected")
_FIXED = ("id", "extracted_by", "confidence")
HOW_TO_EDIT = """polarity: denied
quantity.low: 200
quantity.item: [tank, drone]
event.from: [iran]      for all claims about the event
event.type: Shipment
about: another-event
event.id: a-new-id      a copy, for this claim alone
hedge:                  takes it out
event.type: Training; aspect: personnel-training"""
# Where the next change of one line begins: behind a semicolon, with a key.
_NEXT_CHANGE = re.compile(r";\s+(?=[a-z_]+(?:\.[a-z_]+)?:)")


@dataclass
class Session:
    """A review in progress.

    Attributes:
        file: the record.
        data: the record as plain data.
        text: the article.
        by: who decides.
        check: says what is wrong with the record's content, nothing if it may be written.
        content: the record as it was last read or written here.
        decided: claim id to what was decided.
        position: index of the claim that is looked at.
        unread: lines of the log that are no decisions, each told by its file and line.
    """

    file: Path
    data: Data
    text: str
    by: str
    check: Check
    content: bytes
    decided: dict[str, str] = field(default_factory=dict)
    position: int = 0
    unread: list[str] = field(default_factory=list)

    @property
    def claims(self) -> list[Data]:
        """The claims that are left."""
        claims: list[Data] = self.data.get("claims") or []
        return claims

    @property
    def claim(self) -> Data | None:
        """The claim that is looked at, None if none is left."""
        return self.claims[self.position] if self.position < len(self.claims) else None

    @property
    def event(self) -> Data:
        """The event it is about."""
        about = self.claim["about"] if self.claim else None
        return next((e for e in self.data.get("events") or [] if e["id"] == about), {})

    @property
    def span(self) -> tuple[int, int]:
        """Where its quote stands in the text."""
        quote = self.claim["quote"] if self.claim else {"exact": "", "start": "0"}
        exact = quote["exact"]
        start = int(quote["start"]) if quote.get("start") is not None else self.text.find(exact)
        return start, start + len(exact)

    @property
    def undecided(self) -> int:
        """How many claims wait for a decision."""
        return sum(claim["id"] not in self.decided for claim in self.claims)

    def move(self, step: int) -> None:
        """Look at the next or an earlier claim."""
        if self.claims:
            self.position = (self.position + step) % len(self.claims)

    def accept(self) -> None:
        """Keep the claim as it is, and go on.

        Raises:
            DataError: the record was changed on disk since.
        """
        if self.claim is not None:
            self._decide(self.claim["id"], "accepted", self.data)
            self._to_undecided()

    def reject(self) -> None:
        """Take the claim out, with what nothing else uses, and go on.

        Raises:
            DataError: the record without it would not be valid, or was changed on disk since.
        """
        if self.claim is None:
            return
        gone = self.claim
        data = copy.deepcopy(self.data)
        data["claims"] = [claim for claim in data["claims"] if claim["id"] != gone["id"]]
        for claim in data["claims"]:
            _drop(claim, "responds_to", gone["id"])
        take_out_unused(data, self.data)
        self._decide(gone["id"], "rejected", data, was=gone)
        self.position = min(self.position, max(0, len(self.claims) - 1))
        self._to_undecided()

    def edit(self, line: str) -> None:
        """Change values of the claim or its event, as `HOW_TO_EDIT` shows; all of them, or none.

        Raises:
            DataError: the line is no change, or the record would not be valid with it, or was
                changed on disk since.
        """
        if self.claim is None:
            return
        data = copy.deepcopy(self.data)
        for change in _NEXT_CHANGE.split(line):
            _change(data, data["claims"][self.position], change)
        take_out_unused(data, self.data)
        self._decide(self.claim["id"], "edited", data, change=line)

    def _decide(self, claim: str, decision: str, data: Data, **more: Any) -> None:
        """Write the record and the log, in this order, or neither."""
        self._want_unchanged()
        if data is not self.data:
            self._write(data)
            self.data = data
        self.decided[claim] = decision
        now = datetime.now(UTC).isoformat(timespec="seconds")
        line = {"at": now, "by": self.by, "claim_id": claim, "decision": decision, **more}
        _append(log_of(self.file), json.dumps(line, ensure_ascii=False))

    def _want_unchanged(self) -> None:
        """Refuse a decision on a record that is not on disk what it was here.

        Raises:
            DataError: it is another, or gone.
        """
        try:
            unchanged = self.file.read_bytes() == self.content
        except OSError:
            unchanged = False
        if not unchanged:
            raise DataError(
                f"{self.file.name} was changed on disk since this review read it; nothing is "
                "written or decided. Leave (q) and open the review again to see it as it is now"
            )

    def _write(self, data: Data) -> None:
        content = to_yaml(data)
        if wrong := self.check(content):
            raise DataError("; ".join(wrong))
        # Not a suffix of records, so that a build in the meantime does not take it for one.
        new = self.file.with_name(f".{self.file.name}.new")
        try:
            new.write_bytes(content.encode("utf-8"))
            # Looked at once more: to check a large record takes a while.
            self._want_unchanged()
            new.replace(self.file)
        finally:
            new.unlink(missing_ok=True)
        self.content = content.encode("utf-8")

    def _to_undecided(self) -> None:
        for step in range(len(self.claims)):
            index = (self.position + step) % len(self.claims)
            if self.claims[index]["id"] not in self.decided:
                self.position = index
                return


def log_of(file: Path) -> Path:
    """Return where the decisions on a record are kept; no build takes it for a record."""
    return file.with_name(f"{file.stem}.review.jsonl")


def _append(log: Path, line: str) -> None:
    """Add a line to the log, on a line of its own even behind one that was cut short."""
    with log.open("a+b") as stream:
        end = stream.seek(0, os.SEEK_END)
        if end:
            stream.seek(end - 1)
            line = line if stream.read(1) == b"\n" else f"\n{line}"
        stream.write(f"{line}\n".encode())


def _decisions(log: Path) -> tuple[dict[str, str], list[str]]:
    """Return what was decided by claim, and what is told of each line that says no decision.

    A line may have been cut short when the machine went down: the others still count.
    """
    decided: dict[str, str] = {}
    unread: list[str] = []
    for number, line in enumerate(log.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            claim, decision = entry["claim_id"], entry["decision"]
            if not isinstance(claim, str) or decision not in DECISIONS:
                raise ValueError(decision)
            decided[claim] = decision
        except (ValueError, TypeError, KeyError, RecursionError):
            unread.append(f"{log}:{number}: this line is no decision, and was left out")
    return decided, unread


def open_session(file: Path, text: str, check: Check, by: str | None = None) -> Session:
    """Return the review of a record, as far as it has come.

    Args:
        file: the record.
        text: its article.
        check: says what is wrong with the record's content.
        by: who decides; without it, who is logged in.

    Raises:
        CallError: there is no such record, or it is no YAML file.
        DataError: it cannot be read.
    """
    if file.suffix not in (".yaml", ".yml") or not file.is_file():
        raise CallError(f"There is no record {file} in YAML")
    content = file.read_bytes()
    document = parse_yaml(content.decode("utf-8"))
    if isinstance(document, Problem) or not isinstance(document.data, dict):
        raise DataError(f"{file} is no record; see 'kg validate {file}'")
    who = by or os.environ.get("USER") or "unknown"
    session = Session(file, document.data, text, who, check, content)
    if log_of(file).is_file():
        session.decided, session.unread = _decisions(log_of(file))
    session._to_undecided()
    return session


def _change(data: Data, claim: Data, line: str) -> None:
    path, colon, value = (part.strip() for part in line.partition(":"))
    keys = path.split(".")
    if not colon or not path or len(keys) > 2 or keys[0] in _FIXED:
        raise DataError("Write a key and its value, as  polarity: denied  or  event.from: [iran]")
    if keys == ["event", "id"]:
        _give_own_event(data, claim, value)
        return
    target = _target(data, claim, keys)
    if not value:
        target.pop(keys[-1], None)
    else:
        target[keys[-1]] = _several(value) if path in _LISTS else value
    if keys == ["quote", "exact"]:
        claim["quote"].pop("start", None)


def _target(data: Data, claim: Data, keys: list[str]) -> Data:
    """Return the mapping in which the last of `keys` stands: the claim, a part of it, its event.

    Raises:
        DataError: there is no such mapping.
    """
    if len(keys) == 1:
        return claim
    if keys[0] == "event":
        return _event_of(data, claim)
    inner = claim.setdefault(keys[0], {})
    if not isinstance(inner, dict):
        raise DataError(f"'{keys[0]}' has no keys of its own")
    return inner


def _event_of(data: Data, claim: Data) -> Data:
    for event in data.get("events") or []:
        if event["id"] == claim.get("about"):
            found: Data = event
            return found
    if "about" not in claim:
        raise DataError("The claim is about no event; write  about: EVENT-ID")
    raise DataError(f"The event '{claim['about']}' stands in another record; change it there")


def _give_own_event(data: Data, claim: Data, name: str) -> None:
    """Let a claim be about a copy of its event: one of two that the draft took for one."""
    event = _event_of(data, claim)
    if any(other["id"] == name for other in data["events"]):
        raise DataError(f"There is an event '{name}' already; write  about: {name}")
    data["events"].append({**event, "id": name})
    claim["about"] = name


def _several(value: str) -> list[str]:
    """Return the members of a list as people write one: ``a, b`` or ``[a, b]``."""
    return [one.strip() for one in value.strip("[]").split(",") if one.strip()]


def _drop(claim: Data, key: str, value: str) -> None:
    if value in (claim.get(key) or ()):
        claim[key] = [one for one in claim[key] if one != value]
        if not claim[key]:
            del claim[key]
