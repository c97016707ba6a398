"""Print rows as a table: aligned, entities by name, claims by id, numbers flush right."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Mapping

import pyoxigraph as ox
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli.terminal import colours
from kg.querying.formats import cell, is_number
from kg.querying.table import Table as Rows
from kg.querying.table import collect

_WIDE = 100_000
_GAP = 3


def print_table(solutions: ox.QuerySolutions, prefixes: Mapping[str, str]) -> None:
    """Print `solutions` as a table, or row by row upright on a terminal that it does not fit on.

    Where a column has another with its label, one of the two is shown: a claim's id, since its
    label is its whole quote, and any other entity's name. Every other format has all columns.
    """
    rows = collect(solutions)
    shown = _shown(rows, prefixes["id"])
    terminal = sys.stdout.isatty()
    look = box.SIMPLE_HEAD if terminal else None
    width = os.get_terminal_size(sys.stdout.fileno()).columns if terminal else _WIDE
    lines = [[cell(terms[index], prefixes) for index in shown] for terms in rows.terms]
    if terminal and _natural_width(list(shown.values()), lines) > width:
        _print_upright(list(shown.values()), lines, width)
        print(f"{len(rows)} row{'s' if len(rows) != 1 else ''}", file=sys.stderr)
        return
    table = Table(box=look, pad_edge=False, highlight=False, show_edge=False)
    for index, title in shown.items():
        right = any(is_number(terms[index]) for terms in rows.terms)
        table.add_column(
            Text(title),
            justify="right" if right else "left",
            overflow="fold",
            no_wrap=not terminal,
        )
    for line in lines:
        table.add_row(*map(Text, line))
    console = Console(width=width, no_color=not colours(sys.stdout), highlight=False)
    with console.capture() as capture:
        console.print(table)
    for printed in capture.get().splitlines():
        print(printed.rstrip())
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


def _natural_width(titles: list[str], lines: list[list[str]]) -> int:
    columns = zip(titles, *lines, strict=True)
    return sum(max(map(cell_len, column)) + _GAP for column in columns)


def _print_upright(titles: list[str], lines: list[list[str]], width: int) -> None:
    """Print each row as a block, a line a column, for a terminal the table does not fit on."""
    margin = max(map(cell_len, titles)) + 2
    for number, line in enumerate(lines, start=1):
        print(f"── {number} ".ljust(min(width, 60), "─"))
        for title, value in zip(titles, line, strict=True):
            if value:
                first = title.ljust(margin)
                print(
                    textwrap.fill(
                        value,
                        max(width, margin + 20),
                        initial_indent=first,
                        subsequent_indent=" " * margin,
                        break_on_hyphens=False,
                    )
                )


def _has_claims(rows: Rows, index: int, base: str) -> bool:
    start = f"<{base}claim/"
    return any(str(terms[index]).startswith(start) for terms in rows.terms)
