"""Ask a SPARQL endpoint over the protocol, and say in a sentence what went wrong."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg.errors import CallError, EnvironmentFault
from kg.querying.endpoints import Endpoint
from kg.querying.entities import Entities
from kg.remote.client import Client, Failed
from kg.remote.credentials import authentication, variable
from kg.remote.protocol import RESULTS, Request, query_request
from kg.sparql.limiting import limited
from kg.sparql.tokens import tokens
from kg.sparql.values import substitute

MAX_BYTES = 1 << 30
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
Warn = Callable[[str], None]


class _Reply(NamedTuple):
    """What came back: the body, its media type, and after how many rows the server cut it off."""

    body: bytes
    kind: str
    cut_at: int | None


def ask_remote(endpoint: Endpoint, query: str, warn: Warn, *, total_order: bool) -> RemoteAnswer:
    """Run `query` on `endpoint` and return its answer.

    Where the server cuts the rows off and the order is total, the rest is fetched page by page;
    else `warn` is told.

    Args:
        endpoint: where to ask.
        query: the text; it has passed the guard or is one of the package's own.
        warn: told in a sentence that rows are missing.
        total_order: whether the query's ORDER BY puts every row in its place.

    Raises:
        CallError: the endpoint refuses the query.
        EnvironmentFault: it cannot be reached, does not answer in time, or answers nonsense.
    """
    reply = _ask(endpoint, query)
    if reply.cut_at is None:
        return _parsed(endpoint, reply.body, reply.kind)
    if not total_order or _has_limit(query):
        warn(
            f"{endpoint.name} gives {reply.cut_at:,} rows at most, and there may be more; "
            "narrow the question, or raise the server's limit"
        )
        return _parsed(endpoint, reply.body, reply.kind)
    return _parsed(endpoint, _all_pages(endpoint, query, reply), RESULTS)


def _all_pages(endpoint: Endpoint, query: str, first: _Reply) -> bytes:
    """Return the results of all pages as one document."""
    page = first.cut_at or 0
    whole = _document(endpoint, first)
    rows: list[Any] = whole["results"]["bindings"]
    last = len(rows)
    while last >= page:
        text = f"{limited(query, page)}\nOFFSET {len(rows)}"
        more = _document(endpoint, _ask(endpoint, text))["results"]["bindings"]
        rows += more
        last = len(more)
    return json.dumps(whole).encode()


def _document(endpoint: Endpoint, reply: _Reply) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads(reply.body)
        document["results"]["bindings"].copy()
    except (ValueError, KeyError, TypeError) as error:
        raise EnvironmentFault(f"{endpoint.name} answers with no SPARQL results") from error
    return document


def _has_limit(query: str) -> bool:
    return any(token.text.upper() in ("LIMIT", "OFFSET") for token in tokens(query))


def _parsed(endpoint: Endpoint, body: bytes, kind: str) -> RemoteAnswer:
    try:
        if "sparql-results" in kind or "json" in kind:
            form = ox.QueryResultsFormat.XML if "xml" in kind else ox.QueryResultsFormat.JSON
            return ox.parse_query_results(body, format=form)
        if "html" in kind:
            raise EnvironmentFault(
                f"{endpoint.url} answers with a web page; is it the address for SPARQL queries?"
            )
        graph = ox.Store()
        graph.load(body, format=ox.RdfFormat.TURTLE)
        return graph.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    except (SyntaxError, ValueError) as error:
        raise EnvironmentFault(
            f"{endpoint.name} answers with no SPARQL results: {error}"
        ) from error


def _ask(endpoint: Endpoint, query: str) -> _Reply:
    """Ask in a thread of its own: a server that trickles bytes is given up all the same."""
    request = query_request(endpoint.url, query, endpoint.method)
    outcome: list[_Reply | BaseException] = []

    def run() -> None:
        try:
            outcome.append(_speak(endpoint, request))
        except BaseException as error:  # raised again by who waits
            outcome.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(endpoint.timeout)
    if not outcome:
        raise EnvironmentFault(
            f"{endpoint.name} gave no answer within {endpoint.timeout:g} seconds; "
            "ask for less, or raise its timeout in kg.toml"
        )
    if isinstance(outcome[0], Failed):
        raise _explained(endpoint, outcome[0]) from outcome[0]
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]


def _speak(endpoint: Endpoint, request: Request) -> _Reply:
    credentials = authentication(endpoint.auth or "none", endpoint.credentials)
    method, url, headers, body = request
    with (
        Client(endpoint, credentials) as client,
        client.stream(method, url, headers=headers, body=body) as answer,
    ):
        # Virtuoso says so where it cuts rows off.
        cut_at = answer.headers.get("x-sparql-maxrows", "")
        return _Reply(
            client.whole(answer, MAX_BYTES),
            answer.headers.get("content-type", ""),
            int(cut_at) if cut_at.isdecimal() else None,
        )


def _explained(endpoint: Endpoint, failed: Failed) -> EnvironmentFault | CallError:
    """Return the error that tells an analyst what went wrong, and what to do."""
    name, said = endpoint.name, failed.said
    if failed.status in (401, 403):
        return EnvironmentFault(
            f"{name} refuses the credentials; set {variable(name, 'USER')} and "
            f"{variable(name, 'PASSWORD')}, or {variable(name, 'TOKEN')}, and in kg.toml "
            'auth = "digest" where the server wants that'
        )
    if failed.status == 400:
        return CallError(f"{name} refuses the query: {said}")
    if failed.status == 404:
        return EnvironmentFault(f"There is no SPARQL endpoint at {endpoint.url} (404)")
    if failed.status == 414:
        return EnvironmentFault(f'The query is too long for GET; set method = "POST" for {name}')
    if failed.status == 500:
        return EnvironmentFault(f"{name} failed on the query (500): {said}")
    return _broken_off(endpoint, failed.__cause__) or failed


def _broken_off(endpoint: Endpoint, error: BaseException | None) -> EnvironmentFault | None:
    """Return what to say of an answer that did not come, None where `error` is something else."""
    import httpx

    if isinstance(error, httpx.ConnectError):
        return EnvironmentFault(f"{endpoint.url} cannot be reached: {error}")
    if isinstance(error, httpx.TimeoutException):
        return EnvironmentFault(
            f"{endpoint.name} gave no answer within {endpoint.timeout:g} seconds"
        )
    if isinstance(error, httpx.TransportError):
        return EnvironmentFault(f"{endpoint.name} broke off its answer")
    return None


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
        answer = ask_remote(self.endpoint, text, lambda _: None, total_order=False)
        if not isinstance(answer, ox.QuerySolutions):
            return []
        nodes = (solution[column] for solution in answer)
        return [node for node in nodes if isinstance(node, ox.NamedNode)]
