"""What the files of a workspace are to be once a person is taken out of them, and who that is."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataError, EnvironmentFault, did_you_mean
from kg.records.redacting import redact_record, without_names
from kg.vocabulary.terms import KG, RDF_TYPE, SKOS

ARTICLES = "articles"


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


def redacted_files(
    root: Path, records: Iterable[Path], person: str, names: Sequence[str]
) -> dict[Path, str]:
    """Return the new content of every file of the workspace that speaks of the person.

    Raises:
        DataError: a record that does is no YAML; it has to be changed by hand.
        EnvironmentFault: a file cannot be read.
    """
    changed: dict[Path, str] = {}
    digests: dict[str, str] = {}
    for file in sorted((root / ARTICLES).rglob("*")):
        if file.is_file() and file.suffix in (".txt", ".md", ".html"):
            before = _read(file)
            after = without_names(before, names)
            if after != before:
                changed[file] = after
                digests[_digest(before)] = _digest(after)
    for file in records:
        before = _read(file)
        if file.suffix in (".yaml", ".yml"):
            after = redact_record(before, person, names)
        elif without_names(before, [*names, person]) != before:
            raise DataError(f"{file.relative_to(root)} speaks of '{person}' and is no YAML")
        else:
            after = before
        for old, new in digests.items():
            after = re.sub(old, new, after)
        if after != before:
            changed[file] = after
    return changed


def tombstone(before: str, person: str, reason: str, day: str) -> str:
    """Return the list of those taken out with one more: a digest of the id, the day, and why."""
    entry = (
        f"[[redacted]]\nid_sha256 = {json.dumps(_digest(person))}\n"
        f"dated = {json.dumps(day)}\nreason = {json.dumps(reason, ensure_ascii=False)}\n"
    )
    head = "# Persons who were taken out, by the SHA-256 of their ids; see docs/ethics.md.\n\n"
    return f"{before}\n{entry}" if before else head + entry


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFault(f"{file} cannot be read: {error}") from error
