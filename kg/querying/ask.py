"""Ask a question as it comes: a stored query or a text, of the embedded store or an endpoint."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from kg.errors import CallError, EnvironmentFault
from kg.querying.catalogue import Catalogue, StoredQuery
from kg.querying.entities import StoredEntities
from kg.querying.parameters import bind
from kg.store.generations import Generations
from kg.vocabulary.terms import prefixes

if TYPE_CHECKING:
    from kg.querying.endpoints import Endpoint
    from kg.querying.explain import Explanation
    from kg.querying.table import Table

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Warn = Callable[[str], None]


def ask(store: ox.Store, query: str) -> Answer:
    """Run `query` on the union of a store's graphs; the engine's answer is read once.

    Raises:
        CallError: the text is no SPARQL query, or an update.
        EnvironmentFault: the engine failed.
    """
    try:
        return store.query(query, use_default_graph_as_union=True)
    except SyntaxError as error:
        from kg.sparql.syntax import no_query

        raise no_query(query, error) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise EnvironmentFault(f"The query could not be run: {error}") from error


def unheard(_words: str) -> None:
    """Warn nobody."""


def as_warning(words: str) -> None:
    """Warn whoever calls from Python, in Python's way."""
    import warnings

    warnings.warn(words, RuntimeWarning, stacklevel=2)


class Questions(NamedTuple):
    """What a workspace can be asked, and where the answers are.

    Attributes:
        catalogue: the stored queries.
        generations: the embedded store.
        base: IRI under which the data stands.
        workspace: the folder in which the articles' texts lie.
        endpoints: ``[endpoints.NAME]`` of kg.toml.
    """

    catalogue: Catalogue
    generations: Generations
    base: str
    workspace: Path
    endpoints: Mapping[str, Mapping[str, Any]]

    @contextlib.contextmanager
    def asking(
        self,
        name: str,
        parameters: Mapping[str, str],
        limit: int | None = None,
        endpoint: str | None = None,
        warn: Warn = unheard,
    ) -> Iterator[Answer]:
        """Run a stored query; its answer can be read inside the context.

        Args:
            name: of the query.
            parameters: their values, as on the command line.
            limit: rows at most.
            endpoint: name or URL of the endpoint to ask instead of the embedded store.
            warn: told in a sentence that an endpoint withholds rows, or cannot know them.

        Raises:
            CallError: no such query, parameter or endpoint, or a required one is missing.
            DataError: no such entity, or nothing has been built.
            EnvironmentFault: the endpoint cannot be reached, or does not answer.
        """
        query = self.catalogue.find(name)
        if not self.catalogue.ships(query):
            self._check(query.text, endpoint)
        if endpoint is not None:
            from kg.querying.remote import RemoteEntities

            where = self._endpoint(endpoint, query.text, warn)
            if query.given:
                warn(
                    f"'{name}' needs what kg looks up in this workspace, and for an endpoint it "
                    "looks up nothing; no rows do not mean that there are none"
                )
            text = _at_most(limit, bind(query, parameters, RemoteEntities(where, self.base)))
            # That of the package's own is seen to; others may leave rows in any order.
            yield from _received(where, text, warn, total_order=self.catalogue.ships(query))
            return
        with self.generations.reading() as snapshot:
            text = self._bound(query, parameters, snapshot.store)
            yield ask(snapshot.store, _at_most(limit, text))

    @contextlib.contextmanager
    def asking_text(
        self,
        text: str,
        limit: int | None = None,
        endpoint: str | None = None,
        warn: Warn = unheard,
    ) -> Iterator[Answer]:
        """Run a query text from outside, past the guard; else as `asking`."""
        from kg.sparql.guard import check_query

        check_query(text)
        self._check(text, endpoint)
        if endpoint is not None:
            where = self._endpoint(endpoint, text, warn)
            yield from _received(where, _at_most(limit, text), warn, total_order=False)
            return
        with self.generations.reading() as snapshot:
            yield ask(snapshot.store, _at_most(limit, text))

    def rows(self, name: str, parameters: Mapping[str, str], endpoint: str | None) -> Table:
        """Return all rows of a stored query; raises what `asking` does, and warns as Python does.

        Raises:
            CallError: it gives a graph, not rows.
        """
        from dataclasses import replace

        from kg.querying.table import collect

        with self.asking(name, parameters, endpoint=endpoint, warn=as_warning) as answer:
            if not isinstance(answer, ox.QuerySolutions):
                raise CallError(f"'{name}' gives a graph, not rows; use kg query")
            return replace(collect(answer), prefixes=prefixes(self.base))

    def explain(
        self,
        name: str | None,
        parameters: Mapping[str, str],
        text: str | None = None,
        limit: int | None = None,
    ) -> Explanation:
        """Run a stored query, or the text of one, and tell its algebra, rows and times.

        Raises:
            CallError: no such query or parameter, or the text may not be run.
            DataError: no such entity, or nothing has been built.
        """
        from kg.querying.explain import explain
        from kg.sparql.guard import check_query

        with self.generations.reading() as snapshot:
            if text:
                check_query(text)
                self._check(text, None)
            else:
                text = self._bound(self.catalogue.find(name or ""), parameters, snapshot.store)
            return explain(snapshot.store, _at_most(limit, text))

    def _bound(self, query: StoredQuery, parameters: Mapping[str, str], store: ox.Store) -> str:
        """Return the text of `query` with its parameters and what kg itself puts into it."""
        from kg.querying.given import given_values

        known = given_values(query.given, store, self.workspace)
        return bind(query, parameters, StoredEntities(store, self.base), known)

    def _check(self, text: str, endpoint: str | None) -> None:
        """Refuse what is no SPARQL before kg rewrites it, so that places are those of `text`."""
        from kg.sparql.syntax import check_prefixes, check_syntax

        # What an endpoint takes is asked when it is known; an undeclared prefix is a slip anywhere.
        check = check_syntax if endpoint is None else check_prefixes
        check(text, prefixes(self.base))

    def _endpoint(self, name: str, text: str, warn: Warn) -> Endpoint:
        """Return the endpoint to ask `text` of; nothing goes there before the text may."""
        from kg.querying.endpoints import find_endpoint
        from kg.querying.unions import seeing_all
        from kg.sparql.guard import check_sent

        check_sent(text)
        return seeing_all(find_endpoint(self.endpoints, name, os.environ), warn)


def _received(endpoint: Endpoint, text: str, warn: Warn, *, total_order: bool) -> Iterator[Answer]:
    """Yield what came, and only then raise what kept the rest away."""
    from kg.querying.remote import ask_remote

    answer, fault = ask_remote(endpoint, text, warn, total_order=total_order)
    yield answer
    if fault:
        raise EnvironmentFault(fault)


def _at_most(limit: int | None, text: str) -> str:
    if not limit:
        return text
    from kg.sparql.limiting import limited

    return limited(text, limit)
