"""Values for a stored query's parameters: checked, resolved to terms, and put into its text.

In every scope that uses a parameter the query says ``VALUES ?_event_iri { UNDEF }``; that UNDEF,
found among the tokens and never by searching the text, is replaced by one serialized term.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.errors import CallError, did_you_mean
from kg.querying.catalogue import Parameter, StoredQuery
from kg.querying.entities import Entities
from kg.sparql.values import substitute
from kg.vocabulary.terms import XSD

if TYPE_CHECKING:
    from datetime import date

MAX_VALUE = 1_000


def bind(
    query: StoredQuery,
    given: Mapping[str, str],
    entities: Entities,
    known: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return the text of `query` with its parameters bound.

    Args:
        query: the stored query.
        given: parameter name to value, as written on a command line.
        entities: resolves names and ids.
        known: variable to the terms that kg itself puts in its place.

    Raises:
        CallError: an unknown or missing parameter, or a value of the wrong type.
        DataError: no such entity, or a name that several bear.
    """
    for name in given:
        if name not in query.parameters:
            hint = did_you_mean(name, query.parameters) or _known(query)
            raise CallError(f"The query '{query.name}' has no parameter '{name}'{hint}")
    terms = dict(known)
    for parameter in query.parameters.values():
        value = given.get(parameter.name, parameter.default)
        if value is not None:
            terms[parameter.variable] = str(_term(parameter, value, entities))
        elif parameter.required:
            raise CallError(f"The query '{query.name}' needs {parameter.name}=…{_known(query)}")
    return substitute(query.text, terms)


def _known(query: StoredQuery) -> str:
    names = ", ".join(query.parameters) or "none"
    return f"; its parameters: {names}"


def read_literal(parameter: Parameter, value: str) -> ox.Literal | None:
    """Return what a value of a date, an integer or a text means; None for any other type.

    Raises:
        CallError: `value` is none of this type.
    """
    if len(value) > MAX_VALUE:
        raise CallError(f"{parameter.name}= is longer than {MAX_VALUE} characters")
    return _Reader(parameter).literal(value)


def _term(parameter: Parameter, value: str, entities: Entities) -> ox.NamedNode | ox.Literal:
    literal = read_literal(parameter, value)
    if literal is not None:
        return literal
    if parameter.type == "concept":
        return entities.concept(parameter.scheme or "", value)
    return entities.find(parameter.type, value)


class _Reader(NamedTuple):
    parameter: Parameter

    def literal(self, value: str) -> ox.Literal | None:
        if self.parameter.type == "date":
            return ox.Literal(self._day(value).isoformat(), datatype=ox.NamedNode(f"{XSD}date"))
        if self.parameter.type == "integer":
            return self._integer(value)
        return self._text(value) if self.parameter.type == "text" else None

    def _day(self, value: str) -> date:
        # Most questions have no date, and are spared the imports.
        from datetime import UTC, datetime

        from kg.records.dates import parse_edtf

        if value == "today":
            return datetime.now(UTC).date()
        try:
            days = parse_edtf(value)
        except ValueError as error:
            name = self.parameter.name
            raise CallError(f"{name}={value} is no date: {error}") from error
        day = days.latest if self.parameter.end else days.earliest
        if day is None:
            raise CallError(f"{self.parameter.name}={value} is open where a day is needed")
        return day

    def _text(self, value: str) -> ox.Literal:
        allowed = self.parameter.values
        if allowed and value not in allowed:
            name = self.parameter.name
            hint = did_you_mean(value, allowed) or f"; there are {', '.join(allowed)}"
            raise CallError(f"{name}= knows no '{value}'{hint}")
        return ox.Literal(value)

    def _integer(self, value: str) -> ox.Literal:
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
            raise CallError(f"{self.parameter.name}={value} is no whole number")
        minimum = self.parameter.minimum
        if minimum is not None and int(value) < minimum:
            raise CallError(f"{self.parameter.name}= takes a number from {minimum}")
        return ox.Literal(str(int(value)), datatype=ox.NamedNode(f"{XSD}integer"))
