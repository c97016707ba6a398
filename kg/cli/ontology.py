"""Check the ontology (style, undeclared terms, consistency), or show its classes as a tree."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from dataclasses import asdict

import kg
from kg.cli.findings import FORMATS, print_findings
from kg.cli.terminal import colours, progress_bar
from kg.config import workspace_root
from kg.errors import CallError
from kg.workspace import nothing_of_its_own, open_pages


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("what", choices=("check", "tree"))
    parser.add_argument("--format", choices=FORMATS, default="text")


def run(arguments: argparse.Namespace) -> int:
    """Check and return 1 if anything is wrong, or print the tree."""
    # The ontology is of use to people who have no workspace.
    alone = arguments.workspace == "." and workspace_root(".") is None
    workspace = nothing_of_its_own() if alone else kg.open(arguments.workspace)
    if arguments.what == "check":
        with progress_bar() as progress:
            report = workspace.check_ontology(progress)
        print_findings(report, arguments.format, pages=open_pages(arguments.workspace))
        return 0 if report.conforms else 1
    if arguments.format not in ("text", "json"):
        raise CallError(f"The tree comes as text or json, not as {arguments.format}")
    from kg.ontologies.tree import class_tree

    branches = list(class_tree(workspace.ontology().graph))
    if arguments.format == "json":
        print(json.dumps([asdict(branch) for branch in branches], ensure_ascii=False, indent=2))
        return 0
    bold, plain = ("\x1b[1m", "\x1b[0m") if colours(sys.stdout) else ("", "")
    for branch in branches:
        indent = "  " * branch.depth
        print(f"{indent}{bold}{branch.label}{plain}")
        print(
            textwrap.fill(
                branch.definition,
                96,
                initial_indent=f"{indent}    ",
                subsequent_indent=f"{indent}    ",
            )
        )
    return 0
