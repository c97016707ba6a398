"""What is wrong with a stored query that no engine says: it would only lose rows in silence."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import CallError, did_you_mean
from kg.querying.catalogue import Catalogue, StoredQuery
from kg.sparql.tokens import Token, tokens

DECORATORS = ("summary", "description", "tags", "columns")
# By these names a query says that nothing is meant to be there.
NOTHING = frozenset(("?none", "?nothing", "?unstated"))
_PREFIX = re.compile(r"^PREFIX\s+([\w-]*:)\s*<([^>]*)>", re.MULTILINE)
_NEAR = 0.9


class Complaint(NamedTuple):
    """What is wrong, under which code, and where: lines count from 1, None where all of it is."""

    code: str
    message: str
    line: int | None = None


def lint_all(
    catalogue: Catalogue, names: Iterable[str], declared: Collection[str]
) -> Iterator[tuple[Path, Complaint]]:
    """Yield what is wrong with the stored queries of these names, each with its file.

    Raises:
        CallError: no such query.
    """
    files = catalogue.files()
    for name in names:
        try:
            query = catalogue.find(name)
        except CallError as error:
            if name not in files:
                raise
            # One that may not be run hides nothing that is wrong with others.
            yield files[name], Complaint("refused", str(error))
            continue
        for complaint in lint(query, declared):
            yield query.file, complaint


def lint(query: StoredQuery, declared: Collection[str]) -> list[Complaint]:
    """Return what is wrong with `query`, by line.

    Args:
        query: a stored query.
        declared: the IRIs of all terms that may be named.
    """
    words = list(tokens(query.text))
    found = [*_decorators(query), *_terms(query.text, words, declared)]
    found += [*_parameters(query, words), *_variables(query.text, words)]
    try:
        algebra = _algebra(query.text)
    except CallError as error:
        found.append(Complaint("no-sparql", str(error)))
    else:
        found += [*_columns(query, algebra), *_products(algebra), *_outer_variables(algebra)]
    return sorted(set(found), key=lambda complaint: (complaint.line or 0, complaint.code))


def _line(text: str, token: Token) -> int:
    return text.count("\n", 0, token.start) + 1


def _decorators(query: StoredQuery) -> Iterator[Complaint]:
    try:
        head = query.head
    except CallError as error:
        yield Complaint("missing-decorator", str(error), 1)
        return
    for name in DECORATORS:
        if not head.get(name):
            yield Complaint("missing-decorator", f"There is no '#+ {name}: …'", 1)


def _terms(text: str, words: list[Token], declared: Collection[str]) -> Iterator[Complaint]:
    spaces = dict(_PREFIX.findall(text))
    known = {iri.rstrip("/") for iri in declared}
    roots = {iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] for iri in known}
    for before, token in zip([None, *words], words, strict=False):
        is_prefix = before is not None and before.text.upper() == "PREFIX"
        prefix, sign, local = token.text.partition(":")
        if token.kind != "name" or is_prefix or not sign:
            continue
        space = spaces.get(f"{prefix}:")
        if space is None:
            message = f"The prefix {prefix}: is not declared"
            yield Complaint("undeclared-term", message, _line(text, token))
        elif space in roots and space + local not in known:
            hint = did_you_mean(space + local, known).replace(space, f"{prefix}:")
            message = f"No term {token.text} is declared{hint}"
            yield Complaint("undeclared-term", message, _line(text, token))


def _parameters(query: StoredQuery, words: list[Token]) -> Iterator[Complaint]:
    """Every scope that uses a parameter has its VALUES, and every VALUES its decorator."""
    try:
        declared = {each.variable for each in query.parameters.values()}
    except CallError as error:
        yield Complaint("missing-decorator", str(error), 1)
        return
    given = {f"?_{name}_iri" for name in query.given}
    for variable in sorted(declared - {token.text for token in words}):
        yield Complaint("parameter-without-values", f"{variable} is declared and not used", 1)
    for used, valued, line in _scopes(query.text, words):
        for variable in sorted(used - valued):
            yield Complaint(
                "parameter-without-values",
                f"This scope uses {variable} and lacks 'VALUES {variable} {{ UNDEF }}'",
                line,
            )
        for variable in sorted(used - declared - given):
            yield Complaint("undeclared-parameter", f"No '#+ params:' declares {variable}", line)


def _scopes(text: str, words: list[Token]) -> Iterator[tuple[set[str], set[str], int]]:
    """Yield for each SELECT the parameters it uses, those it has VALUES for, and its line."""
    open_scopes: list[tuple[int, set[str], set[str], int]] = []
    depth = 0
    for before, token in zip([None, *words], words, strict=False):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if token.text.upper() == "SELECT":
            open_scopes.append((depth, set(), set(), _line(text, token)))
        elif token.text.startswith("?_") and open_scopes:
            open_scopes[-1][1].add(token.text)
            if before and before.text.upper() == "VALUES":
                open_scopes[-1][2].add(token.text)
        while open_scopes and depth < open_scopes[-1][0]:
            _, used, valued, line = open_scopes.pop()
            yield used, valued, line
    for _, used, valued, line in open_scopes:
        yield used, valued, line


def _variables(text: str, words: list[Token]) -> Iterator[Complaint]:
    """Find slips of the pen: a variable that stands once and is nearly another one."""
    counts = Counter(token.text for token in words if token.kind == "variable")
    often = [name for name, count in counts.items() if count > 1]
    for token in words:
        if token.kind == "variable" and counts[token.text] == 1:
            near = difflib.get_close_matches(token.text, often, n=1, cutoff=_NEAR)
            if near and token.text.rstrip("0123456789") != near[0].rstrip("0123456789"):
                message = f"{token.text} stands only here; did you mean {near[0]}?"
                yield Complaint("misspelt-variable", message, _line(text, token))


def _algebra(text: str) -> Any:
    from rdflib.plugins.sparql import prepareQuery

    try:
        return prepareQuery(text).algebra
    except Exception as error:  # pyparsing's own errors
        raise CallError(f"It is no SPARQL: {error}") from error


def _head(query: StoredQuery) -> dict[str, Any]:
    """Return what the decorators say, nothing where they cannot be read: that is told before."""
    try:
        return query.head
    except CallError:
        return {}


def _columns(query: StoredQuery, algebra: Any) -> Iterator[Complaint]:
    projected = [str(variable) for variable in algebra.get("PV") or ()]
    listed = _head(query).get("columns")
    if listed and projected and listed != projected:
        odd = sorted(set(map(str, listed)) ^ set(projected)) or ["their order"]
        yield Complaint("other-columns", f"'#+ columns:' and SELECT differ: {', '.join(odd)}", 1)
    bound = _bound(algebra)
    for name in projected:
        if name not in bound and f"?{name}" not in NOTHING:
            hint = did_you_mean(name, bound)
            yield Complaint("unbound-variable", f"Nothing ever gives ?{name} a value{hint}")


def _nodes(node: Any) -> Iterator[Any]:
    """Yield a node of the algebra and all below it, expressions included."""
    if hasattr(node, "name"):
        yield node
        for value in node.values():
            yield from _nodes(value)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _nodes(each)


def _bound(node: Any) -> set[str]:
    """Return the variables that a pattern gives a value, those inside EXISTS left out."""
    from rdflib import Variable

    if isinstance(node, list | tuple):
        return {name for each in node for name in _bound(each)}
    if not hasattr(node, "name"):
        return set()
    if node.name == "BGP":
        parts = (part for triple in node.triples for part in triple)
        return {str(part) for part in parts if isinstance(part, Variable)}
    if node.name in ("ToMultiSet", "values"):
        rows = node.get("res") or (node.get("p") and []) or []
        names = {str(name) for row in rows for name in row}
        return names | _bound(node.get("p"))
    names = {str(node.var)} if node.name == "Extend" else set()
    if node.name == "AggregateJoin":
        names |= {str(each.res) for each in node.A}
    return names | {name for key in ("p", "p1", "p2") for name in _bound(node.get(key))}


def _products(algebra: Any) -> Iterator[Complaint]:
    """Patterns of one group that share no variable, here or elsewhere, multiply their rows."""
    from rdflib import Variable

    used = Counter(
        name
        for node in _nodes(algebra)
        if node.name in ("BGP", "Extend", "Filter")
        for name in (_asked(node.expr) if node.name != "BGP" else _bound(node))
    )
    for node in _nodes(algebra):
        if node.name == "BGP":
            groups: list[set[str]] = []
            for triple in node.triples:
                names = {str(part) for part in triple if isinstance(part, Variable)}
                joined = [group for group in groups if group & names]
                groups = [group for group in groups if not group & names]
                groups.append(names.union(*joined))
            alone = [group for group in groups if all(used[name] == 1 for name in group)]
            if len(groups) > 1 and alone:
                shown = " and ".join(f"?{min(group)}" for group in groups if group)
                yield Complaint("cartesian-product", f"Nothing joins the patterns of {shown}")


def _outer_variables(algebra: Any) -> Iterator[Complaint]:
    """Find FILTERs in a branch of a UNION on what is not the branch's own: they cannot see it."""
    for union in _nodes(algebra):
        if union.name != "Union":
            continue
        for branch in (union.p1, union.p2):
            inside = _bound(branch) | _valued(branch)
            for node in _nodes(branch):
                if node.name == "Filter":
                    for name in sorted(_asked(node.expr) - inside):
                        if f"?{name}" not in NOTHING:
                            yield Complaint(
                                "filter-outer-variable",
                                f"A FILTER in a branch of UNION cannot see ?{name} from outside",
                            )


def _valued(branch: Any) -> set[str]:
    """Return the variables of every VALUES below, also those that are UNDEF."""
    return {
        str(name)
        for node in _nodes(branch)
        if node.name in ("ToMultiSet", "values", "InlineData")
        for name in (node.get("var") or ())
    }


def _asked(expression: Any) -> set[str]:
    """Return the variables of an expression, those inside EXISTS left out."""
    from rdflib import Variable

    if isinstance(expression, Variable):
        return {str(expression)}
    if isinstance(expression, list | tuple):
        return {name for each in expression for name in _asked(each)}
    if not hasattr(expression, "name") or "exists" in expression.name.lower():
        return set()
    return {name for value in expression.values() for name in _asked(value)}
