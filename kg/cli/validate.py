"""The gate: check records or RDF and say which line of which file to mend. Writes nothing."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import kg
from kg.cli.findings import print_findings
from kg.cli.terminal import progress_bar


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--fail-on", choices=("error", "warning"), default="error")


def run(arguments: argparse.Namespace) -> int:
    """Validate, print the findings, and return 1 if any is at the level asked for."""
    workspace = kg.open(arguments.workspace)
    with progress_bar() as progress:
        report = workspace.validate(arguments.paths, progress, processes=os.cpu_count() or 1)
    print_findings(report, arguments.format)
    return 1 if report.fails(arguments.fail_on) else 0
