"""A check's file: its decorators and its query; what is wrong with a workspace's own is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
import yaml

from kg.errors import CallError, did_you_mean
from kg.sparql.guard import check_query
from kg.sparql.names import expanded, iris, prefixes, undeclared
from kg.sparql.tokens import Token, tokens
from kg.sparql.values import substitute
from kg.validation.findings import SEVERITIES, is_code, no_code
from kg.validation.reach import Step
from kg.validation.rule_faults import RuleFault, read_rule
from kg.vocabulary.terms import RDF_TYPE

_HEAD = "#+"
_FOCUS = "?focus"
_BACK = "^"
_COLUMNS = frozenset(("focus", "path", "value", "article"))
_DECORATORS = frozenset(
    (
        *("summary", "description", "tags", "problem", "principle", "solution"),
        *("code", "severity", "message", "follows"),
    )
)
_TYPE = f"<{RDF_TYPE}>"
_ERROR_AT = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL)
# What the parser expects is worth showing where it is not its whole grammar.
_SHORT = 60


class Check(NamedTuple):
    """One check: its file, its query, what its findings say, and what it follows.

    Attributes:
        file: where it stands.
        query: its text.
        code: of its findings.
        severity: of its findings.
        message: what an analyst is to mend.
        follows: the predicates that lead to what it has to know of other nodes.
        reads: the tokens of the predicates that it reads; None where it may read any, as a
            user's may say ``?any ?property ?at_all``.
    """

    file: Path
    query: str
    code: str
    severity: str
    message: str
    follows: frozenset[Step] = frozenset()
    reads: frozenset[str] | None = None

    def bound(self, nodes: Iterable[ox.NamedNode]) -> str:
        """Return its query, asked of `nodes` alone.

        Raises:
            CallError: the query says nowhere ``VALUES ?focus { UNDEF }``.
        """
        return substitute(self.query, {_FOCUS: " ".join(str(node) for node in nodes)})


class _Wrong(Exception):
    """A check is malformed; carries where in its text, from 1, and what."""

    def __init__(self, message: str, line: int = 1, column: int = 1, value: str | None = None):
        super().__init__(message)
        self.line, self.column, self.value = line, column, value


@cache
def read_shipped_check(file: Path) -> Check:
    """Return a check of the package, read once however many workspaces a process opens.

    Raises:
        CallError: it is malformed.
    """
    query = file.read_text(encoding="utf-8")
    try:
        check = _check(file, query)
    except _Wrong as wrong:
        raise CallError(f"{file}:{wrong.line}:{wrong.column}: {wrong}") from wrong
    return check._replace(reads=frozenset(_named(query)))


def read_own_check(file: Path) -> Check | RuleFault:
    """Return a check of a workspace, or what is wrong with it.

    Raises:
        EnvironmentFault: the file cannot be read.
    """
    query = read_rule(file)
    if isinstance(query, RuleFault):
        return query
    try:
        _guard(query)
        check = _check(file, query)
        _refuse_strange_query(query)
    except _Wrong as wrong:
        return RuleFault(file, "bad-check", str(wrong), wrong.line, wrong.column, wrong.value)
    return check


def _check(file: Path, query: str) -> Check:
    says = _head(query)
    for name in says:
        if name not in _DECORATORS:
            hint = did_you_mean(name, _DECORATORS)
            raise _at(query, name, f"No check has '{_HEAD} {name}:'{hint}")
    for name in ("code", "message"):
        if not says.get(name):
            raise _at(query, name, f"This check lacks '{_HEAD} {name}:' at its top")
    code, severity = str(says["code"]), says.get("severity", "error")
    if not is_code(code):
        raise _at(query, "code", no_code(code))
    if severity not in SEVERITIES:
        kinds = ", ".join(SEVERITIES)
        raise _at(query, "severity", f"'{severity}' is no severity; they are {kinds}")
    follows = frozenset(_follows(query, says.get("follows") or []))
    return Check(file, query, code, str(severity), str(says["message"]), follows)


def _head(query: str) -> dict[str, Any]:
    """Return the decorators."""
    lines = [(n, text) for n, text in enumerate(query.splitlines(), 1) if text.startswith(_HEAD)]
    text = "\n".join(text.removeprefix(_HEAD) for _, text in lines)
    try:
        head = yaml.load(text, Loader=yaml.CSafeLoader)
    except Exception as error:  # YAML's own, and those of a value such as 2024-13-01
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = lines[min(mark.line, len(lines) - 1)][0] if mark else 1
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise _Wrong(f"The decorators are no YAML: {problem}", line) from error
    return {str(name): value for name, value in head.items()} if isinstance(head, dict) else {}


def _at(query: str, name: str, message: str) -> _Wrong:
    """Return what is wrong at the line of a decorator, else at the top."""
    written = re.compile(rf"{re.escape(_HEAD)}\s*{re.escape(name)}\s*:")
    lines = (n for n, line in enumerate(query.splitlines(), 1) if written.match(line))
    return _Wrong(message, next(lines, 1), value=name)


def _follows(query: str, names: Any) -> Iterator[Step]:
    if not isinstance(names, list):
        message = f"'{_HEAD} follows:' is a list of predicates: [kg:isAbout, kg:isPartOf]"
        raise _at(query, "follows", message)
    known = prefixes(query)
    for name in map(str, names):
        iri = expanded(name.removeprefix(_BACK), known)
        if iri is None:
            message = f"This names {name}, whose prefix the query does not declare"
            raise _at(query, "follows", message)
        yield Step(str(ox.NamedNode(iri)), back=name.startswith(_BACK))


def _named(query: str) -> Iterator[str]:
    yield _TYPE  # written 'a'
    for iri, _ in iris(query, prefixes(query)):
        yield str(ox.NamedNode(iri))


def _guard(query: str) -> None:
    try:
        check_query(query, "This check")
    except CallError as error:
        told = next((each for each in tokens(query) if each.text.upper() == "SERVICE"), None)
        told = told or next((each for each in tokens(query) if each.text.upper() == "FROM"), None)
        raise _Wrong(str(error), *_place(query, told)) from error


def _refuse_strange_query(query: str) -> None:
    """Refuse what is no SELECT of the columns that a finding has."""
    try:
        answer = ox.Store().query(query)
    except SyntaxError as error:
        raise _syntax(query, str(error)) from error
    found = list(tokens(query))
    form = next(t for t in found if t.text.upper() in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
    columns = (
        {variable.value for variable in answer.variables}
        if isinstance(answer, ox.QuerySolutions)
        else set()
    )
    if "focus" not in columns:
        message = "A check must SELECT ?focus, the node that is at fault"
        raise _Wrong(message, *_place(query, form))
    if strange := sorted(columns - _COLUMNS):
        hint = did_you_mean(strange[0], _COLUMNS)
        token = next((t for t in found if t.text[1:] == strange[0]), form)
        message = f"A check may SELECT ?focus, ?path, ?value, ?article, not ?{strange[0]}{hint}"
        raise _Wrong(message, *_place(query, token), strange[0])


def _syntax(query: str, words: str) -> _Wrong:
    if token := undeclared(query):
        prefix = f"{token.text.partition(':')[0]}:"
        message = f"This is no SPARQL query: the prefix {prefix} is not declared (PREFIX)"
        return _Wrong(message, *_place(query, token), prefix)
    if told := _ERROR_AT.match(words):
        expected = f", where {told[3]} is expected" if len(told[3]) <= _SHORT else ""
        message = f"This is no SPARQL query from here on{expected}"
        return _Wrong(message, int(told[1]), int(told[2]))
    return _Wrong(f"This is no SPARQL query: {words}")


def _place(query: str, token: Token | None) -> tuple[int, int]:
    start = token.start if token else 0
    return query.count("\n", 0, start) + 1, start - query.rfind("\n", 0, start)
