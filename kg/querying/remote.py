"""Ask a SPARQL endpoint for all that a query gives, page by page where its server cuts rows off."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import NamedTuple, TypeVar

import pyoxigraph as ox

from kg.errors import EnvironmentFault, KgError
from kg.querying.endpoints import Endpoint
from kg.querying.entities import Entities
from kg.querying.exchange import Reply, exchange, explained
from kg.querying.replies import (
    Binding,
    bindings,
    each_once,
    read_graph,
    read_rows,
    with_bindings,
)
from kg.remote.client import Failed
from kg.sparql.guard import check_sent
from kg.sparql.paging import is_distinct, orders_all, selects_all, window
from kg.sparql.values import substitute

# Virtuoso ends a graph at its limit of rows without a word; this is the limit it comes with.
VIRTUOSO_ROWS = 10_000
_TOO_MANY_TO_SORT = re.compile(r"SR353\b.*Only ([1-9]\d*) are allowed", re.DOTALL)
_BEARERS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?node WHERE {
  VALUES ?_name_string { UNDEF }
  ?node skos:prefLabel|skos:altLabel ?name .
  FILTER(STR(?name) = ?_name_string)
}"""
_BEARERS_IN_ANY_CASE = _BEARERS.replace(
    "STR(?name) = ?_name_string", "LCASE(STR(?name)) = LCASE(?_name_string)"
)
_KNOWN = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?node WHERE {
  VALUES ?_start_string { UNDEF }
  ?node skos:prefLabel ?name .
  FILTER(STRSTARTS(STR(?node), ?_start_string))
}"""
_EXISTS = """
SELECT ?predicate WHERE { VALUES ?_node_iri { UNDEF } ?_node_iri ?predicate ?value } LIMIT 1"""

RemoteAnswer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Parsed = TypeVar("Parsed", ox.QuerySolutions, ox.QueryBoolean)
Warn = Callable[[str], None]


class Received(NamedTuple):
    """An answer, and what kept the rest of its rows away, if something did."""

    answer: RemoteAnswer
    fault: str | None = None


class _Pages(NamedTuple):
    """A query to be asked for in pages of so many rows."""

    endpoint: Endpoint
    query: str
    columns: list[str]
    size: int


def ask_remote(endpoint: Endpoint, query: str, warn: Warn, *, total_order: bool) -> Received:
    """Run `query` on `endpoint` and return its answer.

    Where the server cuts the rows off and the order is total, the rest is fetched page by page;
    else `warn` is told.

    Args:
        endpoint: where to ask.
        query: the text.
        warn: told in a sentence that rows are missing, or may be.
        total_order: whether the query's ORDER BY is known to put every row in its place; it is
            also found to where it names every column.

    Raises:
        CallError: the text may not be sent, or the endpoint refuses it.
        EnvironmentFault: it cannot be reached, does not answer in time, or answers nonsense.
    """
    form = check_sent(query)
    if form == "SELECT":
        return _rows(endpoint, query, warn, total_order=total_order)
    try:
        reply = exchange(endpoint, query)
    except Failed as failed:
        raise explained(endpoint, failed) from failed
    if form == "ASK":
        return Received(_parsed(endpoint, read_rows(endpoint, reply), ox.QueryBoolean))
    graph = read_graph(endpoint, reply)
    if "virtuoso" in reply.server.lower() and len(graph) >= VIRTUOSO_ROWS:
        warn(
            f"{endpoint.name} is a Virtuoso, which ends a graph at its limit of rows "
            f"({VIRTUOSO_ROWS:,} unless set otherwise) without a word; these {len(graph):,} "
            "triples may not be all"
        )
    answer = graph.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(answer, ox.QueryTriples)
    return Received(answer)


def _rows(endpoint: Endpoint, query: str, warn: Warn, *, total_order: bool) -> Received:
    columns = _columns(query)
    is_total = total_order or orders_all(query, columns)
    try:
        reply = exchange(endpoint, query)
        cut_at = reply.cut_at
        results = read_rows(endpoint, reply)
    except Failed as failed:
        cut_at = _sorted_at_most(failed) if is_total else None
        if cut_at is None:
            raise explained(endpoint, failed) from failed
        results = read_rows(endpoint, Reply(_no_rows(columns)))
    fault = None
    if cut_at is not None:
        rows = bindings(results)
        if is_total:
            fault = _fetch_rest(_Pages(endpoint, query, columns, cut_at), rows)
            results = with_bindings(results, rows)
        elif len(rows) != window(query).limit:
            warn(
                f"{endpoint.name} gives {cut_at:,} rows at most, and there may be more; narrow "
                "the question, raise the server's limit, or order by every column, so that the "
                "rest can be fetched in pages"
            )
    if is_distinct(query):
        results = each_once(results)
    answer = _parsed(endpoint, results, ox.QuerySolutions)
    # Stores differ in what * stands for; the names that a query gives itself are those that come.
    if not selects_all(query) and {each.value for each in answer.variables} != set(columns):
        raise _other_question(endpoint)
    return Received(answer, fault)


def _fetch_rest(pages: _Pages, rows: list[Binding]) -> str | None:
    """Add the rows that are still to come to `rows`; return what kept the rest away, if it did."""
    wanted = window(pages.query)
    while wanted.limit is None or len(rows) < wanted.limit:
        size = min(pages.size, (wanted.limit or len(rows) + pages.size) - len(rows))
        text = wanted.part(pages.columns, len(rows), size)
        try:
            page = bindings(read_rows(pages.endpoint, exchange(pages.endpoint, text)))
            if page and page == rows[-len(page) :]:
                raise EnvironmentFault("it gives the same rows again for the next")
        except KgError as error:
            why = str(explained(pages.endpoint, error) if isinstance(error, Failed) else error)
            return (
                f"Only the first {len(rows):,} rows came from {pages.endpoint.name}, and there "
                f"may be more: {why}"
            )
        rows += page
        if len(page) < size:
            break
    return None


def _sorted_at_most(failed: Failed) -> int | None:
    """Return how many rows Virtuoso sorts for a LIMIT, where it says that these are too many."""
    found = _TOO_MANY_TO_SORT.search(failed.said)
    return int(found.group(1)) if found else None


def _columns(query: str) -> list[str]:
    solutions = ox.Store().query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    return [variable.value for variable in solutions.variables]


def _no_rows(columns: list[str]) -> bytes:
    return json.dumps({"head": {"vars": columns}, "results": {"bindings": []}}).encode()


def _parsed(endpoint: Endpoint, results: bytes, kind: type[Parsed]) -> Parsed:
    answer = ox.parse_query_results(results, format=ox.QueryResultsFormat.JSON)
    if not isinstance(answer, kind):
        raise _other_question(endpoint)
    return answer


def _other_question(endpoint: Endpoint) -> EnvironmentFault:
    return EnvironmentFault(f"{endpoint.name} answers another question than it was asked")


class RemoteEntities(Entities):
    """The entities of an endpoint; names and IRIs go there as bound terms."""

    def __init__(self, endpoint: Endpoint, base: str) -> None:
        """Take where to ask, and the IRI under which the data stands."""
        super().__init__(base)
        self.endpoint = endpoint

    def exists(self, node: ox.NamedNode) -> bool:
        """Whether the endpoint says anything of `node`."""
        return bool(self._ask(_EXISTS, "?_node_iri", node, "predicate"))

    def bearers(self, name: str) -> set[ox.NamedNode]:
        """Return what bears `name` as its label or another name, in any language."""
        return set(self._ask(_BEARERS, "?_name_string", ox.Literal(name), "node"))

    def bearers_in_any_case(self, name: str) -> set[ox.NamedNode]:
        """Return what bears `name`, whatever its capitals, as its label or another name."""
        return set(self._ask(_BEARERS_IN_ANY_CASE, "?_name_string", ox.Literal(name), "node"))

    def known(self, start: str) -> set[str]:
        """Return what follows `start` in the IRIs of all that has a label."""
        nodes = self._ask(_KNOWN, "?_start_string", ox.Literal(start), "node")
        return {node.value.removeprefix(start) for node in nodes}

    def _ask(
        self, query: str, variable: str, term: ox.NamedNode | ox.Literal, column: str
    ) -> list[ox.NamedNode]:
        text = substitute(query, {variable: str(term)})
        answer = ask_remote(self.endpoint, text, lambda _: None, total_order=False).answer
        if not isinstance(answer, ox.QuerySolutions):
            return []
        nodes = (solution[column] for solution in answer)
        return [node for node in nodes if isinstance(node, ox.NamedNode)]
