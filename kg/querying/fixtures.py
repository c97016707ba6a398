"""A stored query tried on its fixture: records, and the rows that an analyst worked out by hand.

A fixture is a YAML file beside the query, NAME.yaml, with `records` in the record format and
`cases`. Rows name IRIs in short: ``id:claim/a/c1``, ``kgs:aspect/route``, ``kg:Deployment``; null
is an unbound column. `absent` holds rows, or parts of rows, that must not appear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
import yaml

from kg.errors import CallError, DataError, EnvironmentFault
from kg.querying.ask import ask
from kg.querying.catalogue import Catalogue, StoredQuery
from kg.querying.complaints import Complaint
from kg.querying.entities import StoredEntities
from kg.querying.fixture_faults import CODE, idle_faults, line_at, stranger_faults, unknown_keys
from kg.querying.fixture_graph import FixtureGraphs, short
from kg.querying.parameters import bind

Row = tuple[str | None, ...]
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, yaml.YAMLError, DataError)


class Case(NamedTuple):
    """One case of a fixture: parameters, and the rows they must give.

    Attributes:
        about: what it shows.
        parameters: by name, as on the command line.
        columns: those whose values the rows give.
        rows: all that there must be, in any order.
        absent: values by column that no row may have together.
    """

    about: str
    parameters: dict[str, str]
    columns: list[str]
    rows: list[Row]
    absent: list[dict[str, str | None]]


def read_cases(content: Any) -> list[Case]:
    """Return the cases of a fixture.

    Raises:
        DataError: it is none.
    """
    try:
        return [_case(each, content.get("columns")) for each in content["cases"]]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise DataError(
            "A fixture has 'records', 'columns' and 'cases', each with 'about' and 'rows'"
        ) from error


def _case(case: dict[str, Any], columns: list[str] | None) -> Case:
    return Case(
        str(case["about"]),
        {name: str(value) for name, value in (case.get("parameters") or {}).items()},
        list(case.get("columns") or columns or ()),
        [tuple(map(_cell, row)) for row in case["rows"]],
        [{name: _cell(value) for name, value in row.items()} for row in case.get("absent") or ()],
    )


def _cell(value: Any) -> str | None:
    return None if value is None else str(value)


def try_all(
    catalogue: Catalogue, names: Iterable[str], graphs: FixtureGraphs
) -> Iterator[tuple[Path, Complaint]]:
    """Yield what a workspace's own queries give otherwise than the fixtures beside them say.

    Args:
        catalogue: where the queries are.
        names: of those to try; one that may not be run is passed over.
        graphs: what makes the graphs of the records.
    """
    for name in names:
        try:
            query = catalogue.find(name)
        except CallError:
            continue
        file = query.file.with_suffix(".yaml")
        if catalogue.ships(query):
            continue
        if not file.is_file():
            message = f"Nothing tries it: there is no fixture {file.name} beside it"
            yield query.file, Complaint(CODE, message)
            continue
        for complaint in try_fixture(query, file, graphs):
            yield file, complaint


def try_fixture(query: StoredQuery, file: Path, graphs: FixtureGraphs) -> Iterator[Complaint]:
    """Yield what a stored query gives otherwise than its fixture says, and what tests nothing.

    Args:
        query: the query.
        file: its fixture.
        graphs: what makes the graph of the records.
    """
    try:
        text = file.read_text(encoding="utf-8")
        content, root = yaml.safe_load(text), yaml.compose(text, yaml.SafeLoader)
        yield from unknown_keys(content, root)
        cases = read_cases(content)
        records = content.get("records") or []
        store = graphs.store_of(records)
        yield from stranger_faults(records, graphs, root)
    except _UNREADABLE as error:
        yield Complaint(CODE, f"cannot be read: {error}")
        return
    yield from idle_faults(content, store, graphs.base, root)
    for number, case in enumerate(cases):
        line = line_at(root, ("cases", number))
        try:
            for complaint in _differences(query, case, store, graphs.base):
                yield complaint._replace(line=line)
        except (CallError, DataError, EnvironmentFault) as error:
            yield Complaint(CODE, f"{case.about}: {error}", line)


def _differences(query: StoredQuery, case: Case, store: ox.Store, base: str) -> Iterator[Complaint]:
    answer = ask(store, bind(query, case.parameters, StoredEntities(store, base)))
    if not isinstance(answer, ox.QuerySolutions):
        yield Complaint(CODE, f"{case.about}: the query gives no rows, as it is no SELECT")
        return
    given = [variable.value for variable in answer.variables]
    if unknown := sorted({*case.columns, *(key for row in case.absent for key in row)} - {*given}):
        yield Complaint(CODE, f"{case.about}: the query has no column '{unknown[0]}'")
        return
    found = [{name: short(row[name], base) for name in given} for row in answer]
    rows = [tuple(row[name] for name in case.columns) for row in found]
    for what, some in (("lacks", _left(case.rows, rows)), ("has also", _left(rows, case.rows))):
        if some:
            yield Complaint(CODE, f"{case.about}: the answer {what} {_shown(some[0])}{_more(some)}")
    for row in case.absent:
        if any(all(each[name] == value for name, value in row.items()) for each in found):
            yield Complaint(CODE, f"{case.about}: the answer has {row}, which must not appear")


def _left(some: Iterable[Row], others: Iterable[Row]) -> list[Row]:
    """Return the rows of `some` that `others` have not, or not as often."""
    rest = list(others)
    left = []
    for row in some:
        if row in rest:
            rest.remove(row)
        else:
            left.append(row)
    return left


def _shown(row: Row) -> str:
    return "[" + ", ".join("null" if value is None else value for value in row) + "]"


def _more(rows: list[Row]) -> str:
    return f" and {len(rows) - 1} more" if len(rows) > 1 else ""
