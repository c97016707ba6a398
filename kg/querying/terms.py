"""RDF terms as Python values; text where the words of a literal are none of its datatype."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.vocabulary.terms import XSD

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_INTEGERS = (
    *("integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger"),
    *("nonPositiveInteger", "negativeInteger"),
    *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
)
# Python reads more than XML Schema writes: 1_000, 20241018, Infinity.
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_DOUBLE = re.compile(rf"{_DECIMAL.pattern}([eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DATE = re.compile(_DAY)
_MOMENT = re.compile(
    rf"{_DAY}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\.[0-9]+)?(Z|[+-][0-9]{{2}}:[0-9]{{2}})?"
)
_BOOLEAN = re.compile("true|false|1|0")

_PYTHON: dict[str, tuple[re.Pattern[str], Callable[[str], Any]]] = {
    **{f"{XSD}{name}": (_INTEGER, int) for name in _INTEGERS},
    f"{XSD}decimal": (_DECIMAL, Decimal),
    f"{XSD}double": (_DOUBLE, float),
    f"{XSD}float": (_DOUBLE, float),
    f"{XSD}boolean": (_BOOLEAN, lambda text: text in ("true", "1")),
    f"{XSD}date": (_DATE, date.fromisoformat),
    f"{XSD}dateTime": (_MOMENT, datetime.fromisoformat),
}
NUMERIC = frozenset(f"{XSD}{name}" for name in (*_INTEGERS, "decimal", "double", "float"))


def python_value(term: Term | None) -> Any:
    """Return the Python value of an RDF term: IRIs and text as str, numbers and dates typed."""
    if not isinstance(term, ox.Literal):
        return None if term is None else getattr(term, "value", str(term))
    pattern, convert = _PYTHON.get(term.datatype.value, (None, str))
    if pattern is None or not pattern.fullmatch(term.value):
        return term.value
    try:
        return convert(term.value)
    except ValueError:  # a day that no month has, an hour 24, more digits than Python reads
        return term.value


def is_number(term: Term | None) -> bool:
    """Whether `term` is a number, to be set flush right."""
    return isinstance(term, ox.Literal) and term.datatype.value in NUMERIC
