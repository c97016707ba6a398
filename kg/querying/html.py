"""Rows as an HTML table: for a page, and for a notebook's cell. Nothing in them is markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

import pyoxigraph as ox

from kg.querying.formats import cell
from kg.querying.table import Table, rows
from kg.querying.terms import Term, is_number

_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Answer</title>
<style>
table { border-collapse: collapse }
td, th { padding: .2em .6em; text-align: left; vertical-align: top }
tr:nth-child(even) { background: #f4f4f4 }
td.number { text-align: right }
</style>
"""


def html_page(solutions: ox.QuerySolutions, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a page with `solutions`, that needs nothing from elsewhere."""
    yield _PAGE
    yield f"<table>\n{_head(variable.value for variable in solutions.variables)}\n<tbody>\n"
    for terms in rows(solutions):
        yield f"{_row(terms, prefixes)}\n"
    yield "</tbody>\n</table>\n</html>\n"


def html_table(table: Table, prefixes: Mapping[str, str], limit: int | None = None) -> str:
    """Return `table` as a ``<table>``, at most `limit` rows of it.

    IRIs stand with their prefixes and are links; numbers are flush right.
    """
    body = "\n".join(_row(terms, prefixes) for terms in table.terms[:limit])
    more = len(table) - limit if limit is not None and len(table) > limit else 0
    left = f'\n<caption style="caption-side: bottom">{more:,} more rows</caption>' if more else ""
    return f"<table>{left}\n{_head(table.columns)}\n<tbody>\n{body}\n</tbody>\n</table>"


def _head(columns: Iterable[str]) -> str:
    return f"<thead><tr>{''.join(f'<th>{escape(name)}</th>' for name in columns)}</tr></thead>"


def _row(terms: Iterable[Term | None], prefixes: Mapping[str, str]) -> str:
    cells = []
    for term in terms:
        text = escape(cell(term, prefixes))
        if isinstance(term, ox.NamedNode) and term.value.startswith(("http://", "https://")):
            text = f'<a href="{escape(term.value)}" rel="noreferrer">{text}</a>'
        cells.append(f'<td class="number">{text}</td>' if is_number(term) else f"<td>{text}</td>")
    return f"<tr>{''.join(cells)}</tr>"
