"""Parameters of a stored query that are not used as declared, or declared so that none can work."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kg.errors import CallError, did_you_mean
from kg.querying.catalogue import Parameter, StoredQuery
from kg.querying.complaints import Complaint, line_of
from kg.querying.parameters import read_literal
from kg.sparql.tokens import Token
from kg.vocabulary.terms import KGS

_SWITCHES = ("required", "end")


def parameter_faults(
    query: StoredQuery, words: list[Token], declared: Collection[str]
) -> Iterator[Complaint]:
    """Yield what is wrong with the parameters of `query`.

    Args:
        query: a stored query.
        words: its tokens.
        declared: the IRIs of all terms that may be named.
    """
    try:
        parameters = query.parameters
    except CallError as error:
        yield Complaint("missing-decorator", str(error), 1)
        return
    used = {token.text for token in words}
    for parameter in parameters.values():
        line = _declared_on(query.text, parameter.name)
        if parameter.variable not in used:
            message = f"{parameter.variable} is declared and not used"
            yield Complaint("parameter-without-values", message, line)
        for message in _unworkable(parameter, query.head["params"][parameter.name], declared):
            yield Complaint("unworkable-parameter", message, line)
    given = {f"?_{name}_iri" for name in query.given}
    known = given | {each.variable for each in parameters.values()}
    yield from _uses(query.text, words, known)


def _declared_on(text: str, name: str) -> int:
    """Return the line on which the decorators declare a parameter, the first where none does."""
    begins = re.compile(rf"#\+\s\s+{re.escape(str(name))}\s*:")
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if begins.match(line)), 1)


def _unworkable(
    parameter: Parameter, says: dict[str, object], declared: Collection[str]
) -> Iterator[str]:
    """Yield why no value can be given, or none is what the author means."""
    for switch in _SWITCHES:
        if not isinstance(says.get(switch, False), bool):
            yield f"'{switch}: {says[switch]}' of '{parameter.name}' is neither true nor false"
    if parameter.default is not None:
        try:
            read_literal(parameter, parameter.default)
        except CallError as error:
            yield f"The default of '{parameter.name}' is refused: {error}"
    if parameter.type == "concept" and parameter.scheme is None:
        yield f"'{parameter.name}' is a concept and lacks the 'scheme: …' in which it is"
    elif parameter.type == "concept":
        inside = (iri.removeprefix(KGS) for iri in declared if iri.startswith(KGS))
        schemes = {scheme for scheme, sign, _ in (iri.partition("/") for iri in inside) if sign}
        if parameter.scheme not in schemes:
            hint = did_you_mean(str(parameter.scheme), schemes)
            yield f"No scheme '{parameter.scheme}' of '{parameter.name}' is declared{hint}"


def _uses(text: str, words: list[Token], known: Collection[str]) -> Iterator[Complaint]:
    """Every scope that uses a parameter has its VALUES, and every VALUES its decorator."""
    for used, valued in _scopes(text, words):
        for variable, line in used.items():
            if variable not in valued:
                message = f"This scope uses {variable} and lacks 'VALUES {variable} {{ UNDEF }}'"
                yield Complaint("parameter-without-values", message, line)
            if variable not in known:
                message = f"No '#+ params:' declares {variable}"
                yield Complaint("undeclared-parameter", message, line)


def _scopes(text: str, words: list[Token]) -> Iterator[tuple[dict[str, int], set[str]]]:
    """Yield for each SELECT the parameters it uses, with the line, and those it has VALUES for."""
    open_scopes: list[tuple[int, dict[str, int], set[str]]] = []
    depth = 0
    for before, token in zip([None, *words], words, strict=False):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if token.text.upper() == "SELECT":
            open_scopes.append((depth, {}, set()))
        elif token.text.startswith("?_") and open_scopes:
            open_scopes[-1][1].setdefault(token.text, line_of(text, token))
            if before and before.text.upper() == "VALUES":
                open_scopes[-1][2].add(token.text)
        while open_scopes and depth < open_scopes[-1][0]:
            _, used, valued = open_scopes.pop()
            yield used, valued
    for _, used, valued in open_scopes:
        yield used, valued
