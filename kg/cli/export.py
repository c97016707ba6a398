"""Write the graph to a file; its ending tells the format, '-' is standard output."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg.cli.terminal import progress_bar
from kg.errors import CallError

if TYPE_CHECKING:
    from kg.exporting.subsets import Part

_FORMATS = ("nq", "trig", "jsonld", "nt", "ttl", "rdf", "graphml", "csv")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="out.nq, .trig, .jsonld, .nt, .ttl, .rdf, .graphml, .csv (a folder); .gz on any",
    )
    parser.add_argument("--format", choices=_FORMATS)
    parser.add_argument("--graph", action="append", default=[], metavar="ARTICLE-ID")
    parser.add_argument("--event", default="", help="only claims about it and its parts")
    parser.add_argument("--actor", default="", help="only claims it asserts, carries or supports")
    parser.add_argument("--period", default="", metavar="EDTF", help="only claims that touch it")
    parser.add_argument("--construct", type=Path, metavar="QUERY-FILE", help="what it constructs")
    parser.add_argument(
        "--reference",
        action=argparse.BooleanOptionalAction,
        help="with or without reference data; unless said, with the whole and without a part",
    )
    parser.add_argument("--describe", action="store_true", help="also a manifest and VoID")
    parser.add_argument("--bulk", type=Path, metavar="DIR", help="parts for a bulk loader")
    parser.add_argument("--for", dest="loader", choices=("qlever", "neptune", "virtuoso"))


def run(arguments: argparse.Namespace) -> int:
    """Export, and say on standard error where the format loses the graphs."""
    workspace = kg.open(arguments.workspace)
    if arguments.bulk or arguments.loader:
        if not (arguments.bulk and arguments.loader) or arguments.file:
            raise CallError("Bulk parts need --bulk DIR and --for STORE, and no FILE")
        if arguments.format or arguments.describe:
            raise CallError("Bulk parts are N-Quads and described; leave out --format, --describe")
        with progress_bar() as progress:
            parts = workspace.export_bulk(
                arguments.bulk,
                arguments.loader,
                articles=arguments.graph,
                part=_part(arguments),
                reference=arguments.reference,
                progress=progress,
                warn=_warn,
            )
        print(
            f"{len(parts)} {'part' if len(parts) == 1 else 'parts'} in {arguments.bulk}",
            file=sys.stderr,
        )
        if arguments.loader != "virtuoso":
            print("note: written by that loader's documentation, never tried", file=sys.stderr)
        return 0
    if not arguments.file:
        raise CallError("The following arguments are required: FILE; see 'kg export --help'")
    merged = workspace.export(
        arguments.file,
        arguments.format,
        arguments.graph,
        part=_part(arguments),
        reference=arguments.reference,
        describe=arguments.describe,
        warn=_warn,
    )
    if merged:
        print(
            "note: this format knows no graphs, so all are merged into one; "
            ".nq, .trig and .jsonld keep them",
            file=sys.stderr,
        )
    return 0


def _warn(words: str) -> None:
    print(f"note: {words}", file=sys.stderr)


def _part(arguments: argparse.Namespace) -> Part | None:
    text = ""
    if arguments.construct:
        try:
            text = arguments.construct.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is no UTF-8"
            raise CallError(f"{arguments.construct} cannot be read: {reason}") from error
    given = (arguments.event, arguments.actor, arguments.period, text)
    if not any(given):
        return None
    from kg.exporting.subsets import Part

    return Part(*given)
