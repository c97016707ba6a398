"""Second look at a record: everything it names exists, and every word is in its scheme."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from kg.errors import did_you_mean
from kg.records.document import Path, Problem
from kg.records.model import (
    Actor,
    Assessment,
    Claim,
    Event,
    Evidence,
    Mention,
    Place,
    Replacement,
    scheme_of,
)
from kg.records.reader import Reading
from kg.validation.surroundings import Surroundings


@dataclass(frozen=True)
class References:
    """Checks references against a record, the other records of the call, and what surrounds them.

    Attributes:
        surroundings: reference data and the last build.
        declared: section to the ids that the records of this call declare together; claims as
            ARTICLE-ID/CLAIM-ID.
        desks: ids of the desks that may assess.
    """

    surroundings: Surroundings
    declared: dict[str, frozenset[str]]
    desks: Collection[str]

    def problems(self, reading: Reading) -> Iterator[Problem]:
        """Yield what `reading` names that does not exist, what is left of broken items included."""
        for problem in self._problems(reading):
            if not reading.is_broken(problem.path):
                yield problem

    def _problems(self, reading: Reading) -> Iterator[Problem]:
        if reading.article:
            yield from self._publisher(reading, reading.article.publisher)
        for path, actor in reading.looked_at("actors"):
            yield from self._actor(reading, path, actor)
        for path, place in reading.looked_at("places"):
            yield from self._place(reading, path, place)
        for path, event in reading.looked_at("events"):
            yield from self._event(reading, path, event)
        for path, evidence in reading.looked_at("evidence"):
            yield from self._evidence(reading, path, evidence)
        for path, claim in reading.looked_at("claims"):
            yield from self._claim(reading, path, claim)
        for path, mention in reading.looked_at("mentions"):
            yield from self._mention(reading, path, mention)
        for path, assessment in reading.looked_at("assessments"):
            yield from self._assessment(reading, path, assessment)

    def is_actor(self, name: str, reading: Reading) -> bool:
        """Whether `name` is an actor that `reading` may refer to."""
        return (
            name in reading.declared["actors"]
            or name in self.surroundings.vocabulary.actors
            or name in self.declared["actors"]
            or self.surroundings.has(f"actor/{name}")
        )

    def is_place(self, name: str, reading: Reading) -> bool:
        """Whether `name` is a place that `reading` may refer to."""
        return (
            name in reading.declared["places"]
            or name in self.surroundings.vocabulary.places
            or name in self.declared["places"]
            or self.surroundings.has(f"place/{name}")
        )

    def _publisher(self, reading: Reading, name: str) -> Iterator[Problem]:
        path = ("article", "publisher")
        unnamed = [
            actor.id for _, actor in reading.items("actors") if actor.type == "UnnamedSource"
        ]
        if name in unnamed:
            message = (
                f"'{name}' is an unnamed source, and those publish nothing; "
                "name the outlet, or write unknown-outlet"
            )
            yield Problem("unknown-actor", message, path, value=name)
        else:
            yield from self._actors(reading, path, [name])

    def _actor(self, reading: Reading, path: Path, actor: Actor) -> Iterator[Problem]:
        yield from self._terms(path, actor)
        for index, office in enumerate(actor.acts_for):
            yield from self._actors(reading, (*path, "acts_for", index, "actor"), [office.actor])

    def _place(self, reading: Reading, path: Path, place: Place) -> Iterator[Problem]:
        yield from self._places(reading, (*path, "within"), [place.within])

    def _event(self, reading: Reading, path: Path, event: Event) -> Iterator[Problem]:
        yield from self._terms(path, event)
        yield from self._actors(reading, (*path, "from"), event.from_)
        yield from self._actors(reading, (*path, "to"), event.to)
        yield from self._actors(reading, (*path, "parties"), event.parties)
        if event.part_of:
            yield from self._declared(reading, "events", (*path, "part_of"), event.part_of)

    def _evidence(self, reading: Reading, path: Path, evidence: Evidence) -> Iterator[Problem]:
        yield from self._terms(path, evidence)
        yield from self._actors(reading, (*path, "released_by"), evidence.released_by)

    def _claim(self, reading: Reading, path: Path, claim: Claim) -> Iterator[Problem]:
        yield from self._terms(path, claim)
        yield from self._declared(reading, "events", (*path, "about"), claim.about)
        yield from self._value(path, claim.aspect, claim.value)
        for key in ("speaker", "via", "based_on"):
            yield from self._actors(reading, (*path, key), getattr(claim, key))
        yield from self._places(reading, (*path, "places"), claim.places)
        if claim.quantity:
            yield from self._terms((*path, "quantity"), claim.quantity)
        if claim.route:
            route = (*path, "route")
            yield from self._terms(route, claim.route)
            yield from self._places(reading, (*route, "from"), [claim.route.from_])
            yield from self._places(reading, (*route, "to"), [claim.route.to])
            yield from self._places(reading, (*route, "via"), claim.route.via)
        for index, name in enumerate(claim.evidence):
            yield from self._declared(reading, "evidence", (*path, "evidence", index), name)
        for index, name in enumerate(claim.responds_to):
            yield from self._claims(reading, (*path, "responds_to", index), name)

    def _mention(self, reading: Reading, path: Path, mention: Mention) -> Iterator[Problem]:
        name = mention.refers_to
        if name is None:
            yield Problem(
                "unresolved-mention",
                f"'{mention.as_stated}' is not resolved: say with refers_to who or what it is",
                path,
                severity="warning",
                value=mention.as_stated,
            )
        elif not self.is_actor(name, reading) and not self.is_place(name, reading):
            known = self.surroundings.vocabulary.actors | self.surroundings.vocabulary.places
            hint = did_you_mean(name, known)
            message = f"'{name}' is neither an actor nor a place that is known{hint}"
            yield Problem("unknown-actor", message, (*path, "refers_to"), value=name)

    def _assessment(
        self, reading: Reading, path: Path, assessment: Assessment
    ) -> Iterator[Problem]:
        yield from self._terms(path, assessment)
        yield from self._claims(reading, (*path, "claim"), assessment.claim)
        if assessment.by not in self.desks:
            hint = did_you_mean(assessment.by, self.desks)
            message = f"'{assessment.by}' is no desk of kg.toml{hint}"
            yield Problem("unknown-desk", message, (*path, "by"), value=assessment.by)
        for index, replacement in enumerate(assessment.replacement):
            inner = (*path, "replacement", index)
            yield from self._replacement(reading, inner, replacement)

    def _replacement(
        self, reading: Reading, path: Path, replacement: Replacement
    ) -> Iterator[Problem]:
        yield from self._terms(path, replacement)
        yield from self._value(path, replacement.aspect, replacement.value)
        yield from self._places(reading, (*path, "places"), replacement.places)
        if replacement.quantity:
            yield from self._terms((*path, "quantity"), replacement.quantity)

    def _terms(self, path: Path, part: BaseModel) -> Iterator[Problem]:
        for name, scheme in _schemes_of(type(part)):
            value = getattr(part, name)
            for index, word in enumerate(value if isinstance(value, tuple) else [value]):
                if word is not None:
                    yield from self._term((*path, name, index), scheme, word)

    def _value(self, path: Path, aspect: str, value: str | None) -> Iterator[Problem]:
        """Yield what is wrong with a value; of an aspect that is none, nobody can tell."""
        if value is not None and aspect in self.surroundings.vocabulary.terms("aspect"):
            yield from self._term((*path, "value"), aspect, value)

    def _term(self, path: Path, scheme: str, word: str) -> Iterator[Problem]:
        known = self.surroundings.vocabulary.terms(scheme)
        if word not in known:
            hint = did_you_mean(word, known) or f"; it has: {', '.join(sorted(known)[:12])}"
            message = f"'{word}' is not in the scheme '{scheme}'{hint}"
            if not known:
                message = f"The aspect '{scheme}' has no scheme of values; leave 'value' out"
            yield Problem("unknown-term", message, path, value=word)

    def _actors(self, reading: Reading, path: Path, names: Iterable[str]) -> Iterator[Problem]:
        for index, name in enumerate(names):
            if not self.is_actor(name, reading):
                known = self.surroundings.vocabulary.actors | reading.declared["actors"]
                hint = did_you_mean(name, known) or "; declare it under 'actors'"
                message = f"There is no actor '{name}'{hint}"
                yield Problem("unknown-actor", message, (*path, index), value=name)

    def _places(
        self, reading: Reading, path: Path, names: Iterable[str | None]
    ) -> Iterator[Problem]:
        for index, name in enumerate(names):
            if name is not None and not self.is_place(name, reading):
                known = self.surroundings.vocabulary.places | reading.declared["places"]
                hint = did_you_mean(name, known) or "; declare it under 'places'"
                message = f"There is no place '{name}'{hint}"
                yield Problem("unknown-place", message, (*path, index), value=name)

    def _declared(self, reading: Reading, section: str, path: Path, name: str) -> Iterator[Problem]:
        """Events and evidence stand in the record itself, so that it can be retracted alone."""
        if name not in reading.declared[section]:
            noun = {"events": "event", "evidence": "evidence"}[section]
            hint = did_you_mean(name, reading.declared[section])
            message = f"This record declares no {noun} '{name}'" + (
                hint or f"; every {noun} used stands under '{section}'"
            )
            yield Problem(f"unknown-{noun}", message, path, value=name)

    def _claims(self, reading: Reading, path: Path, name: str) -> Iterator[Problem]:
        article, _, claim = name.rpartition("/")
        own = reading.article and (not article or article == reading.article.id)
        if own:
            known = claim in reading.declared["claims"]
            hint = did_you_mean(claim, reading.declared["claims"])
        else:
            known = name in self.declared["claims"] or bool(
                article and self.surroundings.has(f"claim/{name}")
            )
            hint = did_you_mean(name, self.declared["claims"]) or (
                "" if article else "; write it as ARTICLE-ID/CLAIM-ID"
            )
        if not known:
            yield Problem("unknown-claim", f"There is no claim '{name}'{hint}", path, value=name)


def declared_by(readings: Iterable[Reading]) -> dict[str, frozenset[str]]:
    """Return section to the ids that `readings` declare together, as `References` takes it."""
    found: dict[str, set[str]] = {"actors": set(), "places": set(), "claims": set()}
    for reading in readings:
        unnamed = {
            actor.id for _, actor in reading.items("actors") if actor.type == "UnnamedSource"
        }
        found["actors"] |= reading.declared["actors"] - unnamed
        found["places"] |= reading.declared["places"]
        if reading.article:
            found["claims"] |= {
                f"{reading.article.id}/{claim}" for claim in reading.declared["claims"]
            }
    return {section: frozenset(ids) for section, ids in found.items()}


@cache
def _schemes_of(part: type[BaseModel]) -> list[tuple[str, str]]:
    """Return the fields of a part of a record that take words of a scheme, and which scheme."""
    named = ((name, scheme_of(part, name)) for name in part.model_fields)
    return [(name, scheme) for name, scheme in named if scheme]
