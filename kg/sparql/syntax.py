"""Refuse what is no SPARQL query, and say where it fails or which prefix it lacks."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from kg.errors import CallError
from kg.sparql.guard import query_form
from kg.sparql.names import undeclared

MAX_WORDS = 200
_AT = re.compile(r"error at (\d+):(\d+)")


def check_syntax(text: str, known: Mapping[str, str]) -> None:
    """Refuse a text that is no SPARQL query; places are told as they are in this very text.

    Args:
        text: as it was given, and past the guard.
        known: prefixes that every output has, with their namespaces.

    Raises:
        CallError: it is none.
    """
    try:
        ox.Store().query(text)
    except SyntaxError as error:
        check_prefixes(text, known)
        raise no_query(text, error) from error
    except (RuntimeError, ValueError):
        return  # told by the store that is asked


def check_prefixes(text: str, known: Mapping[str, str]) -> None:
    """Refuse a text whose first fault is a prefix that it does not declare; else as above.

    Raises:
        CallError: it is; the message has the line that mends it, where the prefix is known.
    """
    name = undeclared(text)
    if name is None:
        return
    try:
        ox.Store().query(text)
    except SyntaxError as error:
        if _offset(text, str(error)) < name.end:
            return
        prefix = name.text.partition(":")[0]
        raise CallError(
            f"This is no SPARQL query: the prefix {prefix}: is not declared; "
            f"begin with 'PREFIX {prefix}: <{known.get(prefix, '…')}>'"
        ) from error


def no_query(text: str, error: SyntaxError) -> CallError:
    """Return what to say of a text that the engine finds to be no query.

    Raises:
        CallError: it is an update.
    """
    query_form(text)
    words = str(error)
    # The engine names every sign of its grammar that could stand there.
    where = words if len(words) <= MAX_WORDS else words.partition(": expected")[0]
    return CallError(f"This is no SPARQL query: {where}")


def _offset(text: str, words: str) -> int:
    """Return where in `text` the engine stopped, from its line and column."""
    if not (at := _AT.search(words)):
        return 0
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: int(at[1]) - 1]) + int(at[2]) - 1
