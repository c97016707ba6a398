"""Write the graph to a file; its ending tells the format, '-' is standard output."""

from __future__ import annotations

import argparse
import sys

import kg


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", metavar="FILE", help="out.nq, .trig, .jsonld, .nt, .ttl, .rdf, .gz")
    parser.add_argument("--format", choices=("nq", "trig", "jsonld", "nt", "ttl", "rdf"))
    parser.add_argument("--graph", action="append", default=[], metavar="ARTICLE-ID")
    parser.add_argument("--no-reference", action="store_true", help="leave out reference data")


def run(arguments: argparse.Namespace) -> int:
    """Export, and say on standard error where the format loses the graphs."""
    workspace = kg.open(arguments.workspace)
    merged = workspace.export(
        arguments.file,
        arguments.format,
        arguments.graph,
        reference=not arguments.no_reference,
    )
    if merged:
        print(
            "note: this format knows no graphs, so all are merged into one; "
            ".nq, .trig and .jsonld keep them",
            file=sys.stderr,
        )
    return 0
