"""Take a person out of a workspace: out of its files, then out of the store, built anew."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from kg.articles.text import Text
from kg.building.build import BuildReport
from kg.building.tombstones import REDACTIONS, with_tombstone
from kg.errors import CallError, DataError, EnvironmentFault, did_you_mean
from kg.records.document import MAX_BYTES, Problem
from kg.records.reader import RECORD_SUFFIXES, Reading, read
from kg.records.redacting import Unreadable, redact_json, redact_record
from kg.records.spellings import Spellings
from kg.store.generations import Generations
from kg.validation.evidence import text_at
from kg.validation.rdf import unpack
from kg.vocabulary.terms import KG, RDF_TYPE, SKOS

ARTICLES = "articles"
Build = Callable[[Path], BuildReport]


def redact(
    workspace: Path,
    changed: Mapping[Path, str],
    generations: Generations,
    build: Build,
) -> None:
    """Give files of a workspace a new content and build its store anew, if the gate lets them.

    Args:
        workspace: the folder.
        changed: the new content of each of its files that changes.
        generations: its store.
        build: builds the workspace in a folder.

    Raises:
        DataError: the gate refuses what would come out; nothing was changed.
        EnvironmentFault: something cannot be read or written.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "workspace"
        shutil.copytree(workspace, copy, ignore=shutil.ignore_patterns(".kg", ".git"))
        _write_all(copy, workspace, changed)
        report = build(copy).report
    if not report.conforms:
        words = next(each.message for each in report.findings if each.severity == "error")
        raise DataError(f"Nothing was changed; what would come out is refused: {words}")
    _write_all(workspace, workspace, changed)
    generations.clear()
    build(workspace)


def names_of(store: ox.Store, base: str, person: str) -> list[str]:
    """Return everything the person is called, in the reference data, the records and the articles.

    Raises:
        DataError: there is no such person.
    """
    node = ox.NamedNode(f"{base}actor/{person}")
    is_person = store.quads_for_pattern(node, ox.NamedNode(RDF_TYPE), ox.NamedNode(f"{KG}Person"))
    if next(iter(is_person), None) is None:
        people = store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), ox.NamedNode(f"{KG}Person"))
        known = [str(quad.subject.value).rpartition("/")[2] for quad in people]  # type: ignore[union-attr]
        raise DataError(f"There is no person '{person}'{did_you_mean(person, known)}")
    found = set()
    for label in ("prefLabel", "altLabel"):
        for quad in store.quads_for_pattern(node, ox.NamedNode(SKOS + label), None):
            found.add(str(getattr(quad.object, "value", "")))
    for mention in store.quads_for_pattern(None, ox.NamedNode(f"{KG}refersTo"), node):
        stated = store.quads_for_pattern(mention.subject, ox.NamedNode(f"{KG}nameAsStated"), None)
        found |= {str(getattr(quad.object, "value", "")) for quad in stated}
    return sorted(found - {""})


def others_of(store: ox.Store, base: str, person: str) -> list[str]:
    """Return what all other actors, and places, are called, and their ids."""
    found: set[str] = set()
    kinds = tuple(f"{base}{kind}/" for kind in ("actor", "place"))
    node = ox.NamedNode(f"{base}actor/{person}")
    for label in ("prefLabel", "altLabel"):
        for quad in store.quads_for_pattern(None, ox.NamedNode(SKOS + label), None):
            iri = str(getattr(quad.subject, "value", ""))
            if quad.subject != node and iri.startswith(kinds):
                found |= {str(getattr(quad.object, "value", "")), iri.rpartition("/")[2]}
    for mention in store.quads_for_pattern(None, ox.NamedNode(f"{KG}refersTo"), None):
        if mention.object != node:
            stated = store.quads_for_pattern(
                mention.subject, ox.NamedNode(f"{KG}nameAsStated"), None
            )
            found |= {str(getattr(quad.object, "value", "")) for quad in stated}
    return sorted(found - {""})


def redacted_files(
    root: Path,
    sources: Sequence[Path],
    person: str,
    names: Iterable[str],
    others: Iterable[str],
    reason: str,
) -> tuple[Spellings, dict[Path, str]]:
    """Return how the person is written, and the new content of every file that is ours and says it.

    Args:
        root: the workspace.
        sources: its records, assessments and files of RDF.
        person: the actor's id.
        names: what the person is called, as `names_of` finds it; what records say is added.
        others: what others are called, as `others_of` finds it; what records say is added.
        reason: why, for the tombstone.

    Raises:
        CallError: the reason names the person.
        DataError: a record cannot be read, or RDF speaks of the person; it has to be changed by
            hand.
        EnvironmentFault: a file cannot be read.
    """
    contents = {file: _read(file) for file in sources}
    records = list(_records(contents))
    others = {*others, *_others_in(records, person)}
    who = Spellings(
        person, tuple(sorted({*names, *_names_in(records, person)})), tuple(sorted(others))
    )
    _refuse_name_in(reason, who)
    texts = {reading.article.text for reading in records if reading.article}
    changed: dict[Path, str] = {}
    digests: dict[str, str] = {}
    for file, text in _article_texts(root, texts):
        after = who.without(text.content)
        if after != text.content:
            changed[file] = after
            digests[text.sha256] = hashlib.sha256(after.encode()).hexdigest()
    for file, before in contents.items():
        after = _redacted(file.relative_to(root), before, who, texts)
        for old, new in digests.items():
            after = after.replace(old, new)
        if after != before:
            changed[file] = after
    file = root / REDACTIONS
    before = _read(file) if file.is_file() else ""
    today = datetime.now(UTC).date().isoformat()
    changed[file] = with_tombstone(before, person, reason, today)
    return who, changed


def _records(contents: Mapping[Path, str]) -> Iterator[Reading]:
    for file, content in contents.items():
        if file.suffix in RECORD_SUFFIXES:
            yield from read(file, content.encode())


def _names_in(records: Iterable[Reading], person: str) -> Iterator[str]:
    """Yield what records call the person, in whatever was not built yet too."""
    for reading in records:
        for _, actor in reading.items("actors"):
            if actor.id == person:
                yield from (actor.name, *actor.aliases)
        for _, mention in reading.items("mentions"):
            if mention.refers_to == person:
                yield mention.as_stated


def _others_in(records: Iterable[Reading], person: str) -> Iterator[str]:
    """Yield what records call others, and their ids."""
    for reading in records:
        for _, actor in reading.items("actors"):
            if actor.id != person:
                yield from (actor.id, actor.name, *actor.aliases)
        for _, mention in reading.items("mentions"):
            if mention.refers_to not in (person, None):
                yield mention.as_stated


def _refuse_name_in(reason: str, who: Spellings) -> None:
    near = next((word for _, word in who.lines_near(reason)), None)
    if near is not None or who.first_in(reason):
        raise CallError("--reason names the person, and stays in redactions.toml; leave it out")


def _article_texts(root: Path, named: Iterable[str]) -> Iterator[tuple[Path, Text]]:
    """Yield every text that a record may be of: those they name, and whatever lies in articles/.

    As for the gate, a text is what can be read as one, whatever its name ends in.
    """
    below = (str(file.relative_to(root)) for file in (root / ARTICLES).rglob("*"))
    for name in sorted({*named, *below}):
        found = text_at(root, name)
        if isinstance(found, Text):
            yield root / name, found


def _redacted(file: Path, text: str, who: Spellings, files: Collection[str]) -> str:
    """Return the text of a record or assessment without a person; RDF must not speak of it."""
    if file.suffix not in RECORD_SUFFIXES:
        if place := who.first_in(text):
            raise DataError(
                f"{file}:{place[0]}:{place[1]}: this speaks of '{who.person}'. Nothing was "
                "changed; take it out of RDF by hand first"
            )
        return text
    taken = redact_record if file.suffix in (".yaml", ".yml") else redact_json
    try:
        return taken(text, who, files)
    except Unreadable as error:
        raise DataError(
            f"{file}:{error.line}:{error.column}: {error}. Nothing was changed; "
            "kg validate tells what is wrong"
        ) from error


def _write_all(root: Path, origin: Path, contents: Mapping[Path, str]) -> None:
    """Write files of the workspace `origin` where they lie in `root`, each all at once."""
    for file, text in contents.items():
        target = root / file.relative_to(origin)
        aside = target.with_name(f"{target.name}.tmp")
        aside.write_bytes(text.encode())
        aside.replace(target)


def _read(file: Path) -> str:
    try:
        content = file.read_bytes()
        if file.suffix.lower() == ".gz":
            unpacked = unpack(content)
            if isinstance(unpacked, Problem) or len(unpacked) > MAX_BYTES:
                raise DataError(
                    f"{file} is damaged or holds too much, so that nobody knows whom it speaks of. "
                    "Nothing was changed; mend it or take it away first"
                )
            content = unpacked
        return content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFault(f"{file} cannot be read: {error}") from error
