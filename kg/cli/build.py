"""Make the store equal to the files: gate, map and load what changed, all or nothing."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import IO

import kg
from kg.building.build import BuildReport
from kg.cli.findings import FORMATS, READ_BY_PEOPLE, print_findings
from kg.cli.terminal import progress_bar
from kg.validation.findings import shown
from kg.visible import visible
from kg.workspace import open_pages


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="only these")
    parser.add_argument("--check", action="store_true", help="only say what would change")
    parser.add_argument("--format", choices=FORMATS, default="text")


def run(arguments: argparse.Namespace) -> int:
    """Build, print what was done, and return 1 if the gate refused it."""
    workspace = kg.open(arguments.workspace)
    if arguments.check:
        report = workspace.check_build(arguments.paths)
    else:
        with progress_bar() as progress:
            report = workspace.build(arguments.paths, progress)
    if arguments.format == "json":
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        pages = open_pages(arguments.workspace)
        if report.report.findings or arguments.format not in READ_BY_PEOPLE:
            print_findings(report.report, arguments.format, pages=pages)
        # What a program reads from standard output is the report alone.
        stream = sys.stdout if arguments.format == "text" else sys.stderr
        _print(report, stream, check=arguments.check)
    for file in workspace.not_built():
        words = f"{shown(file, workspace.root)} is RDF, which a build does not load"
        print(visible(f"kg: {words}; 'kg validate' judges it"), file=sys.stderr)
    return 0 if report.conforms else 1


def _print(report: BuildReport, stream: IO[str], *, check: bool) -> None:
    if not report.conforms:
        print("nothing was built; the graph is as it was", file=sys.stderr)
        return
    for word, files in (("+", report.added), ("~", report.changed), ("-", report.removed)):
        if check:
            for file in files:
                print(f"{word} {file}", file=stream)
    counts = (
        f"{len(report.added)} added, {len(report.changed)} changed, "
        f"{len(report.removed)} removed, {report.unchanged} unchanged"
    )
    done = f"would change: {counts}" if check else f"{counts}; {report.quads:,} quads"
    print(done, file=stream)
