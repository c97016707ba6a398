"""Print rows as a table: aligned, entities by name, claims by id, numbers flush right."""

from __future__ import annotations

import itertools
import os
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox
from rich.cells import cell_len

from kg.cli.terminal import colours
from kg.querying.formats import AHEAD, cell
from kg.querying.table import Table, collect
from kg.querying.terms import is_number

_GAP = "  "


def print_table(solutions: ox.QuerySolutions, prefixes: Mapping[str, str]) -> None:
    """Print `solutions` as a table, or row by row upright on a terminal that it does not fit on.

    Where a column has another with its label, one of the two is shown: a claim's id, since its
    label is its whole quote, and any other entity's name. Every other format has all columns.
    """
    rows = collect(solutions, AHEAD)
    shown = _shown(rows, prefixes["id"])
    titles = list(shown.values())
    lines = [[cell(terms[index], prefixes) for index in shown] for terms in rows.terms]
    widths = [max(map(cell_len, column)) for column in zip(titles, *lines, strict=True)]
    names = [rows.columns[index] for index in shown]
    rest = ([cell(row[name], prefixes) for name in names] for row in solutions)
    every = _Counted(itertools.chain(lines, rest))
    terminal = os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else None
    if terminal and sum(widths) + len(_GAP) * (len(widths) - 1) > terminal:
        _print_upright(titles, every, terminal)
    else:
        right = [any(is_number(terms[index]) for terms in rows.terms) for index in shown]
        header = _laid_out(titles, widths, right)
        print(f"\x1b[1m{header}\x1b[0m" if colours(sys.stdout) else header)
        if terminal:
            print(_GAP.join("─" * width for width in widths))
        for line in every:
            print(_laid_out(line, widths, right))
    print(f"{every.count} row{'s' if every.count != 1 else ''}", file=sys.stderr)


class _Counted:
    """Lines that are counted as they pass."""

    def __init__(self, lines: Iterable[list[str]]) -> None:
        self.count = 0
        self._lines = lines

    def __iter__(self) -> Iterator[list[str]]:
        for line in self._lines:
            self.count += 1
            yield line


def _laid_out(line: list[str], widths: list[int], right: list[bool]) -> str:
    """Return the cells of one row, padded to `widths` as a terminal counts them."""
    cells = []
    for text, width, flush in zip(line, widths, right, strict=True):
        padding = " " * (width - cell_len(text))
        cells.append(padding + text if flush else text + padding)
    return _GAP.join(cells).rstrip()


def _shown(rows: Table, base: str) -> dict[int, str]:
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


def _print_upright(titles: list[str], lines: Iterable[list[str]], width: int) -> None:
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


def _has_claims(rows: Table, index: int, base: str) -> bool:
    start = f"{base}claim/"
    return any(
        isinstance(term := terms[index], ox.NamedNode) and term.value.startswith(start)
        for terms in rows.terms
    )
