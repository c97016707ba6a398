"""Print rows as a table: aligned, prefixes shortened, numbers flush right."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping

import pyoxigraph as ox
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli.terminal import colours
from kg.querying.formats import cell, is_number
from kg.querying.table import collect


def print_table(solutions: ox.QuerySolutions, prefixes: Mapping[str, str]) -> None:
    """Print `solutions`; into a pipe as wide as they are, on a terminal as wide as it is.

    A column that only repeats as IRI what its label column says in words is left out on a
    terminal; every other format has all columns.
    """
    rows = collect(solutions)
    terminal = sys.stdout.isatty()
    hidden = {name for name in rows.columns if terminal and f"{name}_label" in rows.columns}
    table = Table(box=box.SIMPLE_HEAD if terminal else None, pad_edge=False, highlight=False)
    shown = [index for index, name in enumerate(rows.columns) if name not in hidden]
    for index in shown:
        right = any(is_number(terms[index]) for terms in rows.terms)
        name = rows.columns[index]
        title = name.removesuffix("_label") if name.removesuffix("_label") in hidden else name
        table.add_column(
            Text(title), justify="right" if right else "left", overflow="fold", no_wrap=not terminal
        )
    for terms in rows.terms:
        table.add_row(*(Text(cell(terms[index], prefixes)) for index in shown))
    width = shutil.get_terminal_size().columns if terminal else 100_000
    console = Console(
        width=width, no_color=not colours(sys.stdout), highlight=False, soft_wrap=False
    )
    console.print(table)
    print(f"{len(rows)} row{'s' if len(rows) != 1 else ''}", file=sys.stderr)
