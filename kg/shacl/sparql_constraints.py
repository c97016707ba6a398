"""Constraints written in SPARQL (https://www.w3.org/TR/shacl/#sparql-constraints)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.shacl.graph import Graph
from kg.shacl.model import Constraint, Read, ResultPath, Shape, ValueNodes, Violation
from kg.shacl.parameters import Malformed, Parameters
from kg.shacl.paths import Path, Predicate, as_sparql
from kg.shacl.prebinding import Prepared, Row, originals, prepare
from kg.shacl.run import Run
from kg.shacl.terms import Term, is_iri, is_literal, literal, plain, sh, token

SHAPES_GRAPH = "<urn:x-kg:shapes-graph>"
_IMPORTS = "<http://www.w3.org/2002/07/owl#imports>"
_NAMESPACE = re.compile(r'[^\x00-\x20<>"{}|^`\\]*')
_PREFIX = re.compile(r"[A-Za-z][\w.-]*|")
_PLACE = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True)
class Select(Constraint):
    """A SELECT query whose solutions are results.

    Attributes:
        name: the constraint component's IRI.
        query: its query, prepared.
        source: the node of the constraint, where results name it.
        messages: its own messages.
        constants: parameters of a custom component, name to value.
    """

    name: Term
    query: Prepared
    source: Term | None
    messages: tuple[Term, ...]
    constants: Mapping[str, Term]

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return self.name

    def violations(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Violation]:
        """Yield a result for each solution."""
        note_slow(run, self.query, shape)
        store = run.store()
        fixed = {**self.constants, "currentShape": shape.node, "shapesGraph": SHAPES_GRAPH}
        written = originals(store, values.focus)
        for row in self.query.rows(store, [{"this": node} for node in values.focus], fixed):
            focus = written.get(row.get("this", ""), row.get("this", ""))
            if focus in values.focus:
                yield self._result(run, shape, focus, row)

    def _result(self, run: Run, shape: Shape, focus: Term, row: Row) -> Violation:
        value = row.get("value")
        if value is None:
            value = focus if shape.path is None else None
        elif is_literal(value) and value.endswith(">"):
            own = originals(run.store(), (each for _, _, each in run.data.described((focus,))))
            value = own.get(value, value)
        path = shape.path
        if is_iri(row.get("path", "_")):
            path = ResultPath(Predicate(row["path"]), row["path"])
        told = (row["message"],) if "message" in row else self.messages or shape.messages
        known = {**self.constants, **row, "this": focus}
        words = tuple(filled(message, known) for message in told)
        return Violation(focus, value, self.component, shape, path, self.source, words)

    def reads(self, before: Path | None) -> Iterator[Read]:
        """Yield everything: a query may look anywhere."""
        yield before, None, False


def note_slow(run: Run, query: Prepared, shape: Shape) -> None:
    """Note in the report that a query is asked once for each focus node."""
    if not query.at_once:
        run.one_by_one[shape.node] = None


def sparql_constraints(says: Parameters, path: ResultPath | None) -> Iterator[Constraint]:
    """Yield the constraints that a shape's ``sh:sparql`` values make.

    Raises:
        Malformed: one breaks a syntax rule.
    """
    for node in says.every("sparql"):
        inner = Parameters(says.graph, node)
        text = inner.text("select")
        if text is None:
            raise Malformed("sh:sparql takes a node with a sh:select")
        prefixes, fixed = prefix_lines(says.graph, node), ("currentShape", "shapesGraph")
        try:
            query = prepare(with_path(text, path), prefixes, ("this",), fixed, "SELECT")
        except Malformed as error:
            raise Malformed(f"{error} (sh:sparql)") from error
        if not inner.boolean("deactivated"):
            name = sh("SPARQLConstraintComponent")
            yield Select(name, query, node, inner.texts("message"), {})


def with_path(text: str, path: ResultPath | None) -> str:
    """Return a query with its ``$PATH`` written out; a node shape has none to write."""
    if re.search(r"[$?]PATH\b", text) is None:
        return text
    if path is None:
        raise Malformed("$PATH is for property shapes, and this one has no sh:path")
    written = as_sparql(path.path)
    return re.sub(r"[$?]PATH\b", lambda _: written, text)


def prefix_lines(graph: Graph, node: Term) -> str:
    """Return the PREFIX lines of what a node's ``sh:prefixes`` declare, imports followed here.

    Raises:
        Malformed: a declaration has no prefix or namespace, or one prefix means two things.
    """
    found: dict[str, str] = {}
    seen: set[Term] = set()
    waiting = list(graph.values(node, sh("prefixes")))
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        waiting.extend(graph.values(at, _IMPORTS))
        for declaration in graph.values(at, sh("declare")):
            prefix, namespace = _declared(graph, declaration)
            if found.setdefault(prefix, namespace) != namespace:
                raise Malformed(f"the prefix '{prefix}' stands for two namespaces")
    return "".join(f"PREFIX {name}: <{iri}> " for name, iri in sorted(found.items()))


def _declared(graph: Graph, declaration: Term) -> tuple[str, str]:
    says = Parameters(graph, declaration)
    prefix, namespace = says.text("prefix"), says.one("namespace")
    if prefix is None or namespace is None or not is_literal(namespace):
        raise Malformed("sh:declare takes a node with a sh:prefix and a sh:namespace")
    iri = literal(namespace).lexical
    if not _PREFIX.fullmatch(prefix) or not _NAMESPACE.fullmatch(iri):
        raise Malformed(f"'{prefix}' and '{iri}' make no prefix")
    return prefix, iri


def filled(message: Term, values: Mapping[str, Term]) -> Term:
    """Return a message with its places, such as ``{?value}``, filled in."""
    text = literal(message)
    if not _PLACE.search(text.lexical):
        return message

    def word(match: re.Match[str]) -> str:
        value = values.get(match.group(1))
        return match.group() if value is None else plain(value)

    return token(_PLACE.sub(word, text.lexical), language=text.language or None)
