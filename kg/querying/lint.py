"""What is wrong with a stored query that no engine says: it would only lose rows in silence."""

from __future__ import annotations

import difflib
import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import CallError, nearest
from kg.querying.catalogue import Catalogue, StoredQuery
from kg.querying.complaints import Complaint, line_of
from kg.querying.groups import Select, parts_below, read_query
from kg.querying.lint_parameters import parameter_faults
from kg.querying.lint_variables import slips
from kg.sparql.names import iris, prefixes
from kg.sparql.tokens import Token, tokens

DECORATORS = ("summary", "description", "tags", "columns")
_NEAR = 0.9


def lint_all(
    catalogue: Catalogue, names: Iterable[str], declared: Collection[str], base: str
) -> Iterator[tuple[Path, Complaint]]:
    """Yield what is wrong with the stored queries of these names, each with its file.

    Args:
        catalogue: where they are.
        names: which.
        declared: the IRIs of all terms that may be named.
        base: IRI under which the data stands, which no ontology declares.

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
        for complaint in lint(query, declared, base):
            yield query.file, complaint


def lint(query: StoredQuery, declared: Collection[str], base: str) -> list[Complaint]:
    """Return what is wrong with `query`, by line.

    Args:
        query: a stored query.
        declared: the IRIs of all terms that may be named.
        base: IRI under which the data stands.
    """
    words = list(tokens(query.text))
    found = [*_decorators(query), *_terms(query.text, words, _Terms(declared, base))]
    found += [*parameter_faults(query, words, declared), *_variables(query.text, words)]
    try:
        read = _read(query.text)
    except CallError as error:
        found.append(Complaint("no-sparql", str(error)))
    else:
        found += [*_columns(query, read), *_slips(read, query.text, words)]
    return sorted(set(found), key=lambda complaint: (complaint.line or 0, complaint.code))


def _decorators(query: StoredQuery) -> Iterator[Complaint]:
    try:
        head = query.head
    except CallError as error:
        yield Complaint("missing-decorator", str(error), 1)
        return
    for name in DECORATORS:
        if not head.get(name):
            yield Complaint("missing-decorator", f"There is no '#+ {name}: …'", 1)


def _terms(text: str, words: list[Token], terms: _Terms) -> Iterator[Complaint]:
    """Find terms that are not declared, by prefix or in full, and namespaces that nearly are."""
    spaces = prefixes(text)
    named = {token.text: token for token in _declared(words)}
    for prefix, space in spaces.items():
        if (near := terms.nearly(space)) and prefix in named:
            message = f"The namespace <{space}> is none here; did you mean <{near}>?"
            yield Complaint("undeclared-term", message, line_of(text, named[prefix]))
    for token in words:
        prefix, sign, _ = token.text.partition(":")
        if token.kind == "name" and sign and f"{prefix}:" not in spaces:
            message = f"The prefix {prefix}: is not declared"
            yield Complaint("undeclared-term", message, line_of(text, token))
    for iri, token in iris(text, spaces):
        space = _space(iri)
        if space in terms.roots and iri not in terms.known:
            near_iri = nearest(iri, terms.known)
            hint = f"; did you mean '{_as_written(token, space, near_iri)}'?" if near_iri else ""
            message = f"No term {token.text} is declared{hint}"
            yield Complaint("undeclared-term", message, line_of(text, token))
        elif token.kind == "iri" and (near := terms.nearly(space)):
            message = f"The namespace of {token.text} is none here; did you mean <{near}>?"
            yield Complaint("undeclared-term", message, line_of(text, token))


def _space(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]


class _Terms:
    """What may be named: terms that are declared, and whatever stands in the data."""

    def __init__(self, declared: Collection[str], base: str) -> None:
        self.known = {iri.rstrip("/") for iri in declared}
        self.roots = {_space(iri) for iri in self.known}
        self._base = base

    def nearly(self, space: str) -> str | None:
        """Return the namespace for which `space` must be a slip of the pen, if it is for one."""
        if space in self.roots or space.startswith(self._base):
            return None
        near = difflib.get_close_matches(space, self.roots, n=1, cutoff=_NEAR)
        return near[0] if near else None


def _as_written(token: Token, space: str, iri: str) -> str:
    """Return an IRI in the way in which `token` names one of this namespace."""
    if token.kind == "iri" or not iri.startswith(space):
        return iri
    return f"{token.text.partition(':')[0]}:{iri[len(space) :]}"


def _declared(words: list[Token]) -> Iterator[Token]:
    """Yield each prefix where it is declared."""
    for before, token in itertools.pairwise(words):
        if before.text.upper() == "PREFIX":
            yield token


def _variables(text: str, words: list[Token]) -> Iterator[Complaint]:
    """Find slips of the pen: a variable that stands once and is nearly another one."""
    counts = Counter(token.text for token in words if token.kind == "variable")
    often = [name for name, count in counts.items() if count > 1]
    for token in words:
        if token.kind == "variable" and counts[token.text] == 1:
            near = difflib.get_close_matches(token.text, often, n=1, cutoff=_NEAR)
            if near and token.text.rstrip("0123456789") != near[0].rstrip("0123456789"):
                message = f"{token.text} stands only here; did you mean {near[0]}?"
                yield Complaint("misspelt-variable", message, line_of(text, token))


def _read(text: str) -> Select:
    """Return a query as it is written, once an engine's reader has accepted it.

    Raises:
        CallError: it is no SPARQL.
    """
    from rdflib.plugins.sparql import prepareQuery

    query = read_query(text)
    try:
        prepareQuery(text)
    except Exception as error:  # what it finds wrong behind the grammar has no class of its own
        raise CallError(f"It is no SPARQL: {error}") from error
    return query


def _head(query: StoredQuery) -> dict[str, Any]:
    """Return what the decorators say, nothing where they cannot be read: that is told before."""
    try:
        return query.head
    except CallError:
        return {}


def _columns(query: StoredQuery, read: Select) -> Iterator[Complaint]:
    projected = [name for name in read.projected or () if not name.startswith("[")]
    listed = _head(query).get("columns")
    if listed and projected and listed != projected:
        odd = sorted(set(map(str, listed)) ^ set(projected)) or ["their order"]
        yield Complaint("other-columns", f"'#+ columns:' and SELECT differ: {', '.join(odd)}", 1)
    if read.form == "select" and not read.is_ordered:
        message = "There is no ORDER BY, so that the rows come in another order from run to run"
        yield Complaint("missing-order", message)


def _slips(read: Select, text: str, words: list[Token]) -> Iterator[Complaint]:
    """Yield what is wrong with variables, each where it stands first in what is wrong."""
    starts = _starts(read, words)
    for slip in slips(read):
        start = starts.get(id(slip.node))
        name = f"?{slip.name}"
        later = (token for token in words if start is None or token.start >= start.start)
        named = next((token for token in later if _variable(token) == name), start)
        yield Complaint(slip.code, slip.message, line_of(text, named) if named else None)


def _variable(token: Token) -> str:
    return f"?{token.text[1:]}" if token.kind == "variable" else ""


def _starts(read: Select, words: list[Token]) -> dict[int, Token]:
    """Return where each FILTER, BIND and MINUS begins, by the parser's node.

    Nodes have no place of their own, but come in the order of the text. A kind of which there are
    others, in EXISTS behind the pattern, is left out.
    """
    parts = list(parts_below(read.group))
    found: dict[int, Token] = {}
    for kind in ("filter", "bind", "minus"):
        nodes = [part.node for part in parts if part.kind == kind]
        places = [token for token in words if token.text.lower() == kind]
        if len(nodes) == len(places):
            found.update(zip(map(id, nodes), places, strict=True))
    return found
