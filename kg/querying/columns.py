"""Columns of one type each, as data frames and Parquet want them.

Integers and decimals together are decimals, and with doubles doubles, as SPARQL has it. A column
of any other mixture is text, as the terms are written; so is one whose numbers no library holds
(integers over 64 bits, decimals over 38 digits), and one without any value.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from kg.querying.terms import Term, python_value

_LARGEST = 2**63
_DIGITS = 38
_WIDER: tuple[type, ...] = (int, Decimal, float)


class Column(NamedTuple):
    """The values of a column, None where there is none, and what all others are.

    Attributes:
        kind: ``str``, ``int``, ``Decimal``, ``float``, ``bool``, ``date`` or ``datetime``.
        zoned: whether the moments have a zone, which is then UTC.
        scale: digits behind the point of the decimals.
    """

    values: list[Any]
    kind: type
    zoned: bool = False
    scale: int = 0


def column(terms: Sequence[Term | None]) -> Column:
    """Return the column of these terms."""
    values = [python_value(term) for term in terms]
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) > 1 and kinds <= set(_WIDER):
        widest = max(kinds, key=_WIDER.index)
        values = [value if value is None else widest(value) for value in values]
        kinds = {widest}
    found = _of_one_kind(values, kinds.pop()) if len(kinds) == 1 else None
    return found or Column([_written(term) for term in terms], str)


def _of_one_kind(values: list[Any], kind: type) -> Column | None:
    """Return a column of values of one kind, None where libraries cannot hold them."""
    known = [value for value in values if value is not None]
    if kind is int:
        fits = all(-_LARGEST <= value < _LARGEST for value in known)
        return Column(values, kind) if fits else None
    if kind is Decimal:
        return _decimals(values, known)
    if kind is datetime:
        return _moments(values, known)
    return Column(values, kind) if kind in (float, bool, date, str) else None


def _decimals(values: list[Any], known: list[Decimal]) -> Column | None:
    scale = max(-int(value.as_tuple().exponent) for value in known)
    whole = max(max(value.adjusted() + 1, 0) for value in known)
    return Column(values, Decimal, scale=scale) if whole + scale <= _DIGITS else None


def _moments(values: list[Any], known: list[datetime]) -> Column | None:
    """Return moments that all have a zone, in UTC, or all have none."""
    zoned = {value.tzinfo is not None for value in known}
    if len(zoned) > 1:
        return None
    if zoned == {False}:
        return Column(values, datetime)
    try:
        same = [None if value is None else value.astimezone(UTC) for value in values]
    except OverflowError:  # in the first or the last hours that Python knows
        return None
    return Column(same, datetime, zoned=True)


def _written(term: Term | None) -> str | None:
    return None if term is None else str(getattr(term, "value", term))
