"""The gate: check records or RDF and say which line of which file to mend. Writes nothing."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import kg
from kg.cli.findings import FORMATS, print_findings
from kg.cli.terminal import progress_bar
from kg.errors import CallError
from kg.workspace import open_pages

_STANDARD_INPUT = "-"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files or folders; - is standard input"
    )
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument(
        "--engine",
        choices=("sets", "pyshacl"),
        default="sets",
        help="pyshacl judges the shapes on the whole merged graph: the reference, slow",
    )
    parser.add_argument("--fail-on", choices=("error", "warning"), default="error")
    parser.add_argument(
        "--changed",
        nargs="?",
        const="HEAD",
        metavar="REV",
        help="only what differs from a revision of git, HEAD if none is named",
    )
    parser.add_argument(
        "--stdin-name", metavar="FILE", help="what findings call standard input; tells its format"
    )
    parser.add_argument(
        "--explain",
        nargs="?",
        const="",
        metavar="CODE",
        help="what a code means and how to mend it; without a code, all of them",
    )


def run(arguments: argparse.Namespace) -> int:
    """Validate, print the findings, and return 1 if any is at the level asked for."""
    if arguments.explain is not None:
        from kg.cli.explain import explain

        return explain(open_pages(arguments.workspace), arguments.explain, arguments.format)
    given = _given(arguments)
    paths = [path for path in arguments.paths if path != _STANDARD_INPUT]
    workspace = kg.open(arguments.workspace)
    with progress_bar() as progress:
        report = workspace.validate(
            paths,
            progress,
            changed=arguments.changed,
            given=given,
            processes=os.cpu_count() or 1,
            by_pyshacl=arguments.engine == "pyshacl",
        )
    pages = open_pages(arguments.workspace)
    print_findings(report, arguments.format, level=arguments.fail_on, pages=pages)
    return 1 if report.fails(arguments.fail_on) else 0


def _given(arguments: argparse.Namespace) -> dict[str, bytes]:
    """Return what standard input holds, by the name it is to have."""
    if _STANDARD_INPUT not in arguments.paths:
        if arguments.stdin_name is not None:
            raise CallError("--stdin-name names standard input; write '-' among the paths too")
        return {}
    if arguments.changed is not None:
        raise CallError("git does not keep standard input; leave out --changed or '-'")
    from kg.records.document import MAX_BYTES
    from kg.records.reader import MAX_BULK_BYTES
    from kg.validation.sources import STANDARD_INPUT, is_source, no_source

    name = arguments.stdin_name or str(STANDARD_INPUT)
    if arguments.stdin_name is not None and not is_source(Path(name)):
        raise no_source(Path(name))
    limit = MAX_BULK_BYTES if name.endswith(".ndjson") else MAX_BYTES
    if sys.stdin is None:
        raise CallError("Standard input is closed; give the record to '-' by a pipe or a file")
    # One byte more than is allowed shows that there is too much, however much there is.
    return {name: sys.stdin.buffer.read(limit + 1)}
