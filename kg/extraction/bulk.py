"""Draft many articles over several processes, and link those that tell one wire story."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kg.articles.reading import MARKDOWN, PAGES
from kg.errors import CallError, KgError
from kg.extraction.articles import Drafted, Drafter, day_of
from kg.extraction.duplicates import Origins, Sketch, sketch
from kg.extraction.processes import shared

SUFFIXES = (".txt", *MARKDOWN, *PAGES)
# A process is worth its start only for so many articles.
PER_PROCESS = 100
Data = dict[str, Any]
MakeDrafter = Callable[[], Drafter]


@dataclass(frozen=True)
class Job:
    """What is drafted, and what is said of all of it."""

    files: Sequence[Path]
    published: str | None = None
    publisher: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one file: its draft, or the sentence that says why there is none.

    Attributes:
        file: the article.
        drafted: the draft.
        error: why there is none, with its exit code.
        repeats: the id of the article of which this one is a near-duplicate.
    """

    file: Path
    drafted: Drafted | None
    error: tuple[str, int] | None = None
    repeats: str | None = None


def articles_in(paths: Sequence[Path], skip: Callable[[Path], None] | None = None) -> list[Path]:
    """Return the article files among `paths`, those in folders by their endings, in order.

    A file that is named twice, or by itself and by its folder, is one. Hidden files and what is in
    hidden folders are left out. What bears such an ending in a folder and is no file is left to
    `skip`: from a named pipe nothing may ever come.

    Raises:
        CallError: a path does not exist, or a folder holds no article.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = [
            file
            for file in sorted(path.rglob("*"))
            if file.suffix.lower() in SUFFIXES and not _is_hidden(file.relative_to(path))
        ]
        odd = [file for file in inside if _is_odd(file)]
        for file in odd:
            if skip is not None:
                skip(file)
        if inside == odd:
            raise CallError(f"There is no article ({', '.join(SUFFIXES)}) in {path}")
        found += [file for file in inside if file not in odd and not file.is_dir()]
    once: dict[Path, Path] = {}
    for file in found:
        once.setdefault(file.resolve(), file)
    return list(once.values())


def _is_hidden(inside: Path) -> bool:
    return any(part.startswith(".") for part in inside.parts)


def _is_odd(file: Path) -> bool:
    """Whether it is a pipe, a socket or a device; a broken link is told when it is read."""
    return file.exists() and not file.is_file() and not file.is_dir()


def draft_all(make: MakeDrafter, job: Job, processes: int | None = None) -> Generator[Outcome]:
    """Yield what becomes of each file; one that fails does not stop the others.

    The order is that of publication, and of the job where that says nothing, so that of a story in
    several outlets the first is the origin.

    Args:
        make: makes a drafter; called once in each process.
        job: the files.
        processes: how many; without it, as many as are worth their start.
    """
    able = os.cpu_count() or 1
    count = processes or min(able, max(1, len(job.files) // PER_PROCESS))
    origins = Origins()
    declared: dict[str, Data] = {}
    publishers: dict[str, tuple[str, list[Data]]] = {}
    for file, drafted, error, marks in _results(make, job, count):
        repeats = None
        if drafted is not None:
            article = drafted.record["article"]
            _declare_alike(drafted, declared)
            publishers[article["id"]] = _publisher(drafted)
            repeats = origins.origin(article["id"], marks)
            if repeats is not None:
                _rest_on(drafted, *publishers[repeats])
        yield Outcome(file, drafted, error, repeats)


Result = tuple[Path, Drafted | None, tuple[str, int] | None, Sketch]


def _results(make: MakeDrafter, job: Job, count: int) -> Iterator[Result]:
    with shared(count, functools.partial(_begin, make, job)) as share:
        files = job.files
        if job.published is None and len(files) > 1:
            files = _by_day(files, list(share(day_of, files)))
        yield from share(_draft, files)


def _by_day(files: Sequence[Path], days: Sequence[date | None]) -> list[Path]:
    """Return the files in the order of their days; one without a day will have no draft."""
    numbers = sorted(range(len(files)), key=lambda number: days[number] or date.max)
    return [files[number] for number in numbers]


_worker: tuple[Drafter, Job] | None = None


def _begin(make: MakeDrafter, job: Job) -> None:
    """Prepare this process."""
    global _worker
    _worker = make(), job


def _draft(file: Path) -> Result:
    assert _worker is not None
    drafter, job = _worker
    try:
        drafted = drafter.draft(file, job.published, job.publisher)
        return file, drafted, None, sketch(drafted.content)
    except KgError as error:
        return file, None, (str(error), error.exit_code), ()
    except OSError as error:
        return file, None, (f"{file}: {error.strerror}", 3), ()


def _declare_alike(drafted: Drafted, declared: dict[str, Data]) -> None:
    """Let a draft declare actors and places as those before it did, however it spells them.

    Unnamed sources belong to their article, so each keeps its own words for them. An event's label
    has the names of its sides, and is the first one's too.
    """
    for event in drafted.record.get("events", ()):
        first = declared.setdefault(f"event {event['id']}", event)
        if {**first, "label": ""} == {**event, "label": ""}:
            event["label"] = first["label"]
    actors: list[Data] = drafted.record.get("actors", [])
    for number, actor in enumerate(actors):
        first = declared.setdefault(actor["id"], actor)
        kinds = {first["type"], actor["type"]}
        # A body may look like a group where it is written in capitals.
        alike = "UnnamedSource" not in kinds and (len(kinds) == 1 or "Person" not in kinds)
        if alike and _acts_for(first) == _acts_for(actor):
            actors[number] = dict(first)
    places: list[Data] = drafted.record.get("places", [])
    for number, place in enumerate(places):
        first = declared.setdefault(f"place {place['id']}", place)
        if len({first.get("within"), place.get("within")} - {None}) < 2:
            places[number] = dict(first)  # not two towns of one name in two states


def _acts_for(actor: Data) -> set[str]:
    return {office["actor"] for office in actor.get("acts_for", ())}


def _publisher(drafted: Drafted) -> tuple[str, list[Data]]:
    """Return the outlet of a draft, and its declaration if the draft has one."""
    outlet: str = drafted.record["article"]["publisher"]
    return outlet, [one for one in drafted.record.get("actors", ()) if one["id"] == outlet]


def _rest_on(drafted: Drafted, publisher: str, declared: list[Data]) -> None:
    """Let what a repeated story tells in its own voice rest on the outlet that told it first."""
    own = drafted.record["article"]["publisher"]
    rests = False
    for claim in drafted.record.get("claims", ()) if own != publisher else ():
        if claim["speaker"] == [own] and not claim.get("based_on"):
            claim["based_on"] = [publisher]
            rests = True
    if rests and declared:
        actors = drafted.record.setdefault("actors", [])
        actors += [one for one in declared if one not in actors]
