"""What makes a fixture test less than it seems: misspelt keys, no cases, names of nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox
import yaml

from kg.errors import did_you_mean
from kg.querying.complaints import Complaint
from kg.querying.fixture_graph import FixtureGraphs, short

CODE = "fixture"
KEYS = ("records", "columns", "cases")
CASE_KEYS = ("about", "parameters", "columns", "rows", "absent")
_Place = tuple[str | int, ...]


def line_at(root: yaml.Node | None, place: Iterable[str | int]) -> int | None:
    """Return the line, from 1, of what stands at `place`, or of the last above it that is there.

    Args:
        root: a YAML document.
        place: keys and indices from its root.
    """
    node, line = root, root.start_mark.line + 1 if root else None
    for step in place:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            pair = next(((item, item) for item in node.value[step : step + 1]), None)
        else:
            pair = None
        if pair is None:
            break
        line, node = pair[0].start_mark.line + 1, pair[1]
    return line


def unknown_keys(content: Any, root: yaml.Node | None) -> Iterator[Complaint]:
    """Yield the keys of a fixture and of its cases that mean nothing, and would test nothing."""
    if not isinstance(content, dict):
        return
    parts: list[tuple[_Place, Any, tuple[str, ...]]] = [((), content, KEYS)]
    cases = content.get("cases")
    for number, case in enumerate(cases if isinstance(cases, list) else ()):
        parts.append((("cases", number), case, CASE_KEYS))
    for place, part, known in parts:
        for key in part if isinstance(part, dict) else ():
            if key not in known:
                what = "case" if place else "fixture"
                hint = did_you_mean(str(key), known) or f"; it has: {', '.join(known)}"
                yield Complaint(
                    CODE, f"A {what} has no key '{key}'{hint}", line_at(root, (*place, key))
                )


def stranger_faults(
    records: list[dict[str, Any]], graphs: FixtureGraphs, root: yaml.Node | None
) -> Iterator[Complaint]:
    """Yield what the records of a fixture name that does not exist.

    Raises:
        DataError: one of them is no record.
    """
    for number, problem in graphs.strangers(records):
        yield Complaint(CODE, problem.message, line_at(root, ("records", number, *problem.path)))


def idle_faults(
    content: dict[str, Any], store: ox.Store, base: str, root: yaml.Node | None
) -> Iterator[Complaint]:
    """Yield why cases try nothing: there are none, or an absent row names what cannot come.

    Args:
        content: a fixture that can be read.
        store: the graph of its records.
        base: IRI under which the data stands.
        root: the fixture with its lines.
    """
    if not content["cases"]:
        message = "It has no cases, so that nothing is tried"
        yield Complaint(CODE, message, line_at(root, ("cases",)))
    # A row of a name that is misspelt is missing in the answer; an absent one always is.
    terms = (term for quad in store for term in quad if isinstance(term, ox.NamedNode))
    known = {name for term in terms if (name := short(term, base)) and _is_name(name)}
    for number, case in enumerate(content["cases"]):
        for index, row in enumerate(case.get("absent") or ()):
            line = line_at(root, ("cases", number, "absent", index))
            for name in row.values():
                if _is_name(name) and name not in known:
                    hint = did_you_mean(name, known)
                    message = f"{case['about']}: the records give no '{name}' that could come{hint}"
                    yield Complaint(CODE, message, line)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("id:", "kgs:", "kg:")) and " " not in value
