"""Write docs/queries/ anew: a page for each stored query, answered on the example workspace."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import kg
from kg.cli.main import main
from kg.querying.catalogue import StoredQuery

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "queries"
ROWS = 5
INTRODUCTION = """\
# The stored queries

`kg query NAME key=value …` answers each of them.
[What they cost](../query-times.md) where there are many claims.

With `--endpoint` they give the same rows on `oxigraph serve`, and on a Virtuoso that holds little
besides. Virtuoso 7.2 makes its plans by what else it holds and has held, and some of its plans are
wrong: `evidence-unverified` gave a row twice or too many, `figure-history` never ended in servers
with several dozen graphs of other origin. Where an answer matters, compare it with the embedded
store's.
"""
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*")


@contextlib.contextmanager
def example() -> Iterator[kg.Workspace]:
    """Yield a built copy of the example workspace."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "dprk-russia"
        shutil.copytree(ROOT / "examples/dprk-russia", root, ignore=shutil.ignore_patterns(".kg"))
        workspace = kg.open(root)
        assert workspace.build().conforms
        yield workspace


def pages(workspace: kg.Workspace) -> dict[str, str]:
    """Return file name to text of every page, the list of all among them."""
    queries = list(workspace.catalogue.all())
    found = {f"{query.name}.md": _page(query, workspace) for query in queries}
    found["README.md"] = _contents(queries)
    return found


def _contents(queries: list[StoredQuery]) -> str:
    lines = [*INTRODUCTION.splitlines(), ""]
    group = ""
    for query in queries:
        if query.group != group:
            group = query.group
            lines += [f"## {group}", ""]
        lines.append(f"- [`{query.name}`]({query.name}.md): {query.summary}")
        following = [each for each in queries if each.group == group]
        if query is following[-1]:
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _page(query: StoredQuery, workspace: kg.Workspace) -> str:
    head = query.head
    words = [f"# {query.name}", "", query.summary, "", " ".join(str(head["description"]).split())]
    if query.parameters:
        words += ["", "| parameter | type | default | |", "| --- | --- | --- | --- |"]
        for each in query.parameters.values():
            kind = f"{each.type} of the scheme `{each.scheme}`" if each.scheme else each.type
            if each.minimum is not None:
                kind += f", from {each.minimum}"
            default = "**required**" if each.required else each.default or "any"
            words.append(f"| `{each.name}` | {kind} | {default} | {each.description} |")
    columns = [column for column in head["columns"] if not column.endswith("_label")]
    words += ["", f"Columns: {', '.join(f'`{column}`' for column in columns)}."]
    words += ["Every entity has its name beside it, in the column `…_label`."]
    given = [f"{name}={value}" for name, value in (head.get("example") or {}).items()]
    words += ["", "```console", f"$ kg query {' '.join([query.name, *given])} --limit {ROWS}"]
    words += [_answer(workspace, query.name, given).rstrip("\n") or "(no rows)", "```"]
    words += ["", f"[The query](../../queries/{query.group}/{query.name}.rq)"]
    return "\n".join(words) + "\n"


def _answer(workspace: kg.Workspace, name: str, given: list[str]) -> str:
    out = io.StringIO()
    arguments = ["--workspace", str(workspace.root), "query", name, *given, "--limit", str(ROWS)]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = main(arguments)
    assert code == 0, (name, out.getvalue())
    lines = _WHEN.sub("YYYY-MM-DDThh:mm:ssZ", out.getvalue()).splitlines()
    return "\n".join(line.rstrip() for line in lines)


if __name__ == "__main__":
    PAGES.mkdir(exist_ok=True)
    with example() as built:
        written = pages(built)
    for name, text in written.items():
        (PAGES / name).write_text(text, encoding="utf-8")
    for file in PAGES.iterdir():
        if file.name not in written:
            file.unlink()
    sys.stdout.write(f"{len(written)} pages\n")
