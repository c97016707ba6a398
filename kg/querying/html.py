"""Rows as an HTML table: for a page, and for a notebook's cell. Nothing in them is markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

import pyoxigraph as ox

from kg.querying.formats import cell
from kg.querying.table import Table
from kg.querying.terms import is_number

_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Answer</title>
<style>
table {{ border-collapse: collapse }}
td, th {{ padding: .2em .6em; text-align: left; vertical-align: top }}
tr:nth-child(even) {{ background: #f4f4f4 }}
td.number {{ text-align: right }}
</style>
{table}
</html>
"""


def html_page(table: Table, prefixes: Mapping[str, str]) -> str:
    """Return a page with `table`, that needs nothing from elsewhere."""
    return _PAGE.format(table=html_table(table, prefixes))


def html_table(table: Table, prefixes: Mapping[str, str], limit: int | None = None) -> str:
    """Return `table` as a ``<table>``, at most `limit` rows of it.

    IRIs stand with their prefixes and are links; numbers are flush right.
    """
    head = "".join(f"<th>{escape(name)}</th>" for name in table.columns)
    body = "\n".join(_rows(table, prefixes, limit))
    more = len(table) - limit if limit is not None and len(table) > limit else 0
    left = f'\n<caption style="caption-side: bottom">{more:,} more rows</caption>' if more else ""
    return f"<table>{left}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _rows(table: Table, prefixes: Mapping[str, str], limit: int | None) -> Iterator[str]:
    for terms in table.terms[:limit]:
        cells = []
        for term in terms:
            text = escape(cell(term, prefixes))
            if isinstance(term, ox.NamedNode) and term.value.startswith(("http://", "https://")):
                text = f'<a href="{escape(term.value)}" rel="noreferrer">{text}</a>'
            cells.append(
                f'<td class="number">{text}</td>' if is_number(term) else f"<td>{text}</td>"
            )
        yield f"<tr>{''.join(cells)}</tr>"
