"""The store as an rdflib dataset that can be read and not written."""

from __future__ import annotations

import contextlib
from typing import Any, NoReturn

import oxrdflib
import pyoxigraph as ox
from rdflib import Dataset

from kg.errors import CallError
from kg.sparql.guard import check_query
from kg.store.generations import Generations


class ReadOnlyStore(oxrdflib.OxigraphStore):
    """oxrdflib's store, holding its generation for as long as it lives; writing is an error."""

    def __init__(self, store: ox.Store, hold: contextlib.ExitStack) -> None:
        """Wrap `store`, which stays valid while `hold` is open."""
        super().__init__(store=store)
        self._hold = hold

    def _refuse(self, *_args: Any, **_options: Any) -> NoReturn:
        raise CallError(
            "The graph is read-only: change the records and run kg build, "
            "or copy it into an rdflib graph of your own"
        )

    def query(self, query: Any, *args: Any, **options: Any) -> Any:
        """Answer the text of a query, which may read this store and nothing else.

        Raises:
            CallError: it is no text, calls a SERVICE or names a dataset elsewhere.
        """
        if not isinstance(query, str):
            raise CallError("The graph takes the text of a query: no other can be looked through")
        check_query(query)
        return super().query(query, *args, **options)

    add = addN = remove = update = remove_graph = add_graph = _refuse  # noqa: N815


def read_only_dataset(generations: Generations) -> Dataset:
    """Return the current generation as a dataset whose default graph is the union of all.

    The generation stays on disk until the dataset is gone.

    Raises:
        DataError: nothing has been built.
    """
    hold = contextlib.ExitStack()
    snapshot = hold.enter_context(generations.reading())
    return Dataset(store=ReadOnlyStore(snapshot.store, hold), default_union=True)
