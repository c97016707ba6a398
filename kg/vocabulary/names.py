"""The names of actors, places and items in the reference data, and how they hang together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.vocabulary.terms import ACTOR_TYPES, DEFAULT_BASE, KG, KGS, RDF_TYPE, SKOS

_ITEM = KGS + "item/"
_TYPES = {KG + name: name for name in (*ACTOR_TYPES, "Place")}
_CONCEPT, _ROLE = SKOS + "Concept", KG + "role"
_LABEL, _NAME, _HIDDEN = SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel"
_ABOVE = frozenset((KG + "actsFor", KG + "isWithin", SKOS + "broader"))
_READ = _ABOVE | {RDF_TYPE, _ROLE, _LABEL, _NAME, _HIDDEN}


@dataclass(slots=True)
class Named:
    """An actor, a place or an item with all it is called.

    Attributes:
        id: as a record writes it.
        type: the class of an actor, ``Place`` or ``item``.
        label: its preferred name.
        names: its other names.
        hidden: words that lead to it and are no names of it, such as "Russian".
        above: whom it acts for, what it lies in, or what it is a kind of; ids.
        roles: the offices it holds, as words.
    """

    id: str
    type: str = ""
    label: str = ""
    names: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Names:
    """Everything with a name, by id."""

    actors: dict[str, Named]
    places: dict[str, Named]
    items: dict[str, Named]


def read_names(files: Iterable[Path], base: str = DEFAULT_BASE) -> Names:
    """Read the named things from Turtle files, the shipped ones and a workspace's own.

    Raises:
        OSError: a file cannot be read.
        SyntaxError: a file is no Turtle.
    """
    prefixes = (f"{base}actor/", f"{base}place/", _ITEM)
    groups: tuple[dict[str, Named], ...] = ({}, {}, {})
    known: dict[str, tuple[Named | None, bool]] = {}
    for file in files:
        text = file.read_text(encoding="utf-8")
        if base != DEFAULT_BASE:
            text = text.replace(f"<{DEFAULT_BASE}", f"<{base}")
        if not any(kind in text for kind in ("actor/", "place/", "scheme/item/")):
            continue
        for triple in ox.parse(text, format=ox.RdfFormat.TURTLE):
            predicate = triple.predicate.value
            if predicate not in _READ:
                continue
            subject = triple.subject.value
            if subject not in known:
                known[subject] = _named(subject, prefixes, groups)
            thing, is_office = known[subject]
            if thing is not None:
                _note(thing, predicate, triple.object.value, office=is_office)
    return Names(*({i: n for i, n in group.items() if n.type} for group in groups))


def _named(
    subject: str, prefixes: tuple[str, ...], groups: tuple[dict[str, Named], ...]
) -> tuple[Named | None, bool]:
    """Return what a subject is or is an office of, if that has a name, and which of the two."""
    for prefix, group in zip(prefixes, groups, strict=True):
        if subject.startswith(prefix):
            name, _, office = subject[len(prefix) :].partition("/")
            return group.get(name) or group.setdefault(name, Named(name)), bool(office)
    return None, False


def _note(thing: Named, predicate: str, value: str, *, office: bool) -> None:
    """Take in one statement about `thing`, or about an office it holds."""
    if office:
        if predicate == _ROLE:
            thing.roles = (*thing.roles, value)
    elif predicate == RDF_TYPE:
        thing.type = _TYPES.get(value) or ("item" if value == _CONCEPT else thing.type)
    elif predicate == _LABEL:
        thing.label = value
    elif predicate == _NAME:
        thing.names = (*thing.names, value)
    elif predicate == _HIDDEN:
        thing.hidden = (*thing.hidden, value)
    elif predicate in _ABOVE:
        thing.above = (*thing.above, value.rpartition("/")[2])
