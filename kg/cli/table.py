"""Print rows as a table: aligned, entities by name, claims by id, numbers flush right."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

import pyoxigraph as ox
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli.terminal import colours
from kg.querying.formats import cell, is_number
from kg.querying.table import Table as Rows
from kg.querying.table import collect

_WIDE = 100_000


def print_table(solutions: ox.QuerySolutions, prefixes: Mapping[str, str]) -> None:
    """Print `solutions`, as wide as the terminal, or as they are into a pipe.

    Where a column has another with its label, one of the two is shown: a claim's id, since its
    label is its whole quote, and any other entity's name. Every other format has all columns.
    """
    rows = collect(solutions)
    shown = _shown(rows, prefixes["id"])
    terminal = sys.stdout.isatty()
    look = box.SIMPLE_HEAD if terminal else None
    table = Table(box=look, pad_edge=False, highlight=False, show_edge=False)
    for index, title in shown.items():
        right = any(is_number(terms[index]) for terms in rows.terms)
        table.add_column(
            Text(title),
            justify="right" if right else "left",
            overflow="fold",
            no_wrap=not terminal,
        )
    for terms in rows.terms:
        table.add_row(*(Text(cell(terms[index], prefixes)) for index in shown))
    width = os.get_terminal_size(sys.stdout.fileno()).columns if terminal else _WIDE
    console = Console(width=width, no_color=not colours(sys.stdout), highlight=False)
    with console.capture() as capture:
        console.print(table)
    for line in capture.get().splitlines():
        print(line.rstrip())
    print(f"{len(rows)} row{'s' if len(rows) != 1 else ''}", file=sys.stderr)


def _shown(rows: Rows, base: str) -> dict[int, str]:
    """Return the indices of the columns to show, each with its title."""
    shown = {}
    for index, name in enumerate(rows.columns):
        plain = name.removesuffix("_label")
        if name != plain and plain in rows.columns:
            if _has_claims(rows, rows.columns.index(plain), base):
                continue
        elif f"{name}_label" in rows.columns and not _has_claims(rows, index, base):
            continue
        shown[index] = plain
    return shown


def _has_claims(rows: Rows, index: int, base: str) -> bool:
    start = f"<{base}claim/"
    return any(str(terms[index]).startswith(start) for terms in rows.terms)
