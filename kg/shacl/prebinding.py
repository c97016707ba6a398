"""SPARQL of shapes with its variables bound beforehand, for many focus nodes in one query.

SHACL binds ``$this`` and its kin everywhere in a query, in inner groups too
(https://www.w3.org/TR/shacl/#pre-binding). Here every group that mentions such a variable, itself
or in a group inside it, begins with a VALUES of its bindings; blank nodes, which VALUES cannot
hold, are noted in the store and found there. Joins then carry them through. Groups of EXISTS are
left alone: they see the bindings of the row they are asked for.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.errors import CallError
from kg.shacl.parameters import Malformed
from kg.shacl.terms import Term, is_blank, is_literal
from kg.sparql.guard import check_constraint
from kg.sparql.tokens import Token, tokens

Row = dict[str, Term]
# Where each row of a result must come from one query of its own.
_WHOLE_RESULT = frozenset(("LIMIT", "OFFSET"))
_AGGREGATES = frozenset(
    ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT", "HAVING", "GROUP")
)
_REFUSED = {
    "MINUS": "MINUS, which cannot see variables bound beforehand",
    "VALUES": "VALUES, which would be joined with what is bound beforehand",
}
_BATCH = 5_000
_NOTED = "urn:x-kg:bound:"
_Table = Callable[[Sequence[str], Sequence[Row]], str]


@dataclass
class _Group:
    start: int
    exists: bool
    names: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Prepared:
    """A checked query, and where its bindings go.

    Attributes:
        text: the query, its prefixes before it.
        slots: offsets of group beginnings, each with the variables to be bound there.
        at_once: whether it can be asked for many nodes in one query.
    """

    text: str
    slots: tuple[tuple[int, frozenset[str]], ...]
    at_once: bool

    def rows(
        self, store: ox.Store, focus: Sequence[Row], constants: Mapping[str, Term]
    ) -> Iterator[Row]:
        """Yield the solutions.

        Args:
            store: the graph.
            focus: bindings of the variables that differ from row to row, the same in each.
            constants: bindings that are the same for all.
        """
        size = _BATCH if self.at_once else 1
        named = [row for row in focus if not any(map(is_blank, row.values()))]
        for start in range(0, len(named), size):
            batch = named[start : start + size]
            yield from _ask(store, self._bound(batch, constants, _as_values))
        others = [row for row in focus if any(map(is_blank, row.values()))]
        for start in range(0, len(others), size):
            batch = others[start : start + size]
            with _noted(store, batch):
                yield from list(_ask(store, self._bound(batch, constants, _as_noted)))

    def _bound(self, focus: Sequence[Row], constants: Mapping[str, Term], table: _Table) -> str:
        parts, end = [], 0
        for offset, names in self.slots:
            parts += [self.text[end:offset], *_tables(focus, constants, names, table)]
            end = offset
        return "".join((*parts, self.text[end:]))


def _ask(store: ox.Store, text: str) -> Iterator[Row]:
    answer = store.query(text)
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    for solution in answer:
        row = {name: solution[name] for name in names}
        yield {name: str(term) for name, term in row.items() if term is not None}


def prepare(
    text: str, prefixes: str, differing: Sequence[str], constants: Iterable[str], form: str
) -> Prepared:
    """Check a SELECT or ASK query of a shapes graph and find where its bindings go.

    An ASK becomes a SELECT of the bindings for which it is true.

    Args:
        text: the query.
        prefixes: its PREFIX lines.
        differing: variables that are bound to another node in each row.
        constants: variables that are bound to one term.
        form: ``SELECT`` or ``ASK``, which the query has to be.

    Raises:
        Malformed: it is no query, could do more than read the graph, or has what SHACL forbids.
    """
    try:
        check_constraint(text)
    except CallError as error:
        raise Malformed(str(error)) from error
    found = list(tokens(text))
    bound = {*differing, *constants}
    opening = _opening(found, form)
    _refuse(found, bound, differing)
    if form == "ASK":
        names = " ".join(f"?{name}" for name in differing)
        text = f"{text[: opening.start]}SELECT DISTINCT {names} {text[opening.end :]}"
        found = list(tokens(text))
    words = {token.text.upper() for token in found if token.kind == "word"}
    groups = _groups(found)
    if groups:
        groups[0].names.update(differing)
    slots = tuple(
        (len(prefixes) + group.start, frozenset(group.names & bound))
        for group in groups
        if group.names & bound and not group.exists
    )
    whole = prefixes + text
    at_once = words.isdisjoint(_WHOLE_RESULT) and (
        words.isdisjoint(_AGGREGATES) or _grouped_by(found, differing)
    )
    prepared = Prepared(whole, slots, at_once)
    _try(prepared, differing, constants)
    return prepared


def _try(prepared: Prepared, differing: Sequence[str], constants: Iterable[str]) -> None:
    some = "<urn:x:some>"
    try:
        rows = prepared.rows(
            ox.Store(), [dict.fromkeys(differing, some)], dict.fromkeys(constants, some)
        )
        next(rows, None)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise Malformed(f"its query is no SPARQL: {error}") from error


def _opening(found: Sequence[Token], form: str) -> Token:
    """Return the word with which a query begins, what it declares for itself left out."""
    rest = iter(found)
    for token in rest:
        word = token.text.upper()
        if word not in ("PREFIX", "BASE"):
            if word == form:
                return token
            raise Malformed(f"its query (sh:{form.lower()}) is no {form}, but '{token.text}'")
        for _ in range(2 if word == "PREFIX" else 1):
            next(rest, None)
    raise Malformed(f"its query (sh:{form.lower()}) is no {form}, but empty")


def _refuse(found: Sequence[Token], bound: set[str], differing: Sequence[str]) -> None:
    for before, token in zip((None, *found), found, strict=False):
        word = token.text.upper() if token.kind == "word" else ""
        if word in _REFUSED:
            raise Malformed(f"its query has {_REFUSED[word]}")
        after_as = before is not None and before.kind == "word" and before.text.upper() == "AS"
        if after_as and token.kind == "variable" and token.text[1:] in bound:
            raise Malformed(f"its query assigns {token.text}, which is bound beforehand")
    for index, token in enumerate(found):
        if token.kind == "word" and token.text.upper() == "SELECT":
            projected = _projection(found[index + 1 :])
            if index == 0 and "*" in projected:
                continue
            lacking = [name for name in differing if name not in projected]
            if lacking:
                raise Malformed(f"a SELECT of it does not name ${lacking[0]}")


def _projection(after: Sequence[Token]) -> set[str]:
    names = set()
    for token in after:
        if token.text == "{":
            break
        names.add(token.text[1:] if token.kind == "variable" else token.text)
    return names


def _groups(found: Sequence[Token]) -> list[_Group]:
    """Return every group, each with the variables mentioned in it or in groups inside it."""
    groups: list[_Group] = []
    around: list[_Group] = []
    for index, token in enumerate(found):
        if token.text == "{" and token.kind == "sign":
            before = found[index - 1].text.upper() if index else ""
            within = bool(around) and around[-1].exists
            group = _Group(token.end, within or before == "EXISTS")
            around.append(group)
            after = found[index + 1].text.upper() if index + 1 < len(found) else ""
            if after != "SELECT":  # a subquery's own group follows
                groups.append(group)
        elif token.text == "}" and token.kind == "sign" and around:
            around.pop()
        elif token.kind == "variable":
            for group in around:
                group.names.add(token.text[1:])
    return groups


def _grouped_by(found: Sequence[Token], differing: Sequence[str]) -> bool:
    """Whether every GROUP BY has the variables that differ, so that no group mixes two nodes."""
    for index, token in enumerate(found):
        if token.kind == "word" and token.text.upper() == "GROUP":
            keys = set()
            for each in found[index + 2 :]:
                if each.kind != "variable":
                    break
                keys.add(each.text[1:])
            if not keys.issuperset(differing):
                return False
    words = [token.text.upper() for token in found if token.kind == "word"]
    return words.count("GROUP") >= words.count("SELECT")


def _tables(
    focus: Sequence[Row], constants: Mapping[str, Term], names: frozenset[str], table: _Table
) -> Iterator[str]:
    wanted = [name for name in (focus[0] if focus else ()) if name in names]
    if wanted:
        yield table(wanted, focus)
    for name, term in constants.items():
        if name in names:
            yield f" VALUES ?{name} {{ {term} }} "


def _as_values(names: Sequence[str], focus: Sequence[Row]) -> str:
    """Return what binds variables to the terms of each row, where none is a blank node."""
    rows = dict.fromkeys(tuple(row[name] for name in names) for row in focus)
    heads = " ".join(f"?{name}" for name in names)
    written = (f"({' '.join(row)})" for row in rows)
    return f" VALUES ({heads}) {{ {' '.join(written)} }} "


def _as_noted(names: Sequence[str], _: Sequence[Row]) -> str:
    """Return what binds variables to the terms of each row that is noted in the store."""
    heads = " ".join(f"?{name}" for name in names)
    says = " ; ".join(f"<{_NOTED}{name}> ?{name}" for name in names)
    return f" {{ SELECT DISTINCT {heads} {{ GRAPH <{_NOTED}> {{ [] {says} }} }} }} "


@contextlib.contextmanager
def _noted(store: ox.Store, focus: Sequence[Row]) -> Iterator[None]:
    """Note rows in a graph of their own: SPARQL has no way to write a certain blank node."""
    lines = (
        f"<{_NOTED}{number}> <{_NOTED}{name}> {term} <{_NOTED}> .\n"
        for number, row in enumerate(focus)
        for name, term in row.items()
    )
    quads = ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS)
    store.extend(quads)
    try:
        yield
    finally:
        store.remove_graph(ox.NamedNode(_NOTED))


def originals(store: ox.Store, terms: Iterable[Term]) -> dict[Term, Term]:
    """Return literals as the engine gives them back, to literals as they were written."""
    typed = [term for term in terms if is_literal(term) and term.endswith(">")]
    found: dict[Term, Term] = {}
    for start in range(0, len(typed), _BATCH):
        batch = typed[start : start + _BATCH]
        rows = " ".join(f"({number} {term})" for number, term in enumerate(batch))
        answer = store.query(f"SELECT ?n ?term {{ VALUES (?n ?term) {{ {rows} }} }}")
        assert isinstance(answer, ox.QuerySolutions)
        for row in answer:
            found[str(row["term"])] = batch[int(row["n"].value)]
    return found
