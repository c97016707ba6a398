"""Turn articles into draft records: every claim with its speaker and the words it stands in."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.errors import CallError
from kg.workspace import drafter


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("articles", nargs="+", type=Path, metavar="ARTICLE", help="text files")
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", help="write a file for each")
    parser.add_argument("--published", metavar="EDTF", help="when the article appeared: 2024-10-18")
    parser.add_argument("--publisher", metavar="ID", help="the outlet, an id of the reference data")
    parser.add_argument("--force", action="store_true", help="overwrite records that are there")


def run(arguments: argparse.Namespace) -> int:
    """Write the record of one article to standard output, or of each to a file."""
    if arguments.output is None and len(arguments.articles) > 1:
        raise CallError("Several articles need a folder for their records: -o DIR")
    drafts = drafter(arguments.workspace)
    for article in arguments.articles:
        name, record = drafts.record_of(article, arguments.published, arguments.publisher)
        if arguments.output is None:
            print(record, end="")
            continue
        arguments.output.mkdir(parents=True, exist_ok=True)
        file = arguments.output / f"{name}.yaml"
        if file.exists() and not arguments.force:
            raise CallError(f"{file} is there already; --force overwrites it")
        file.write_text(record, encoding="utf-8")
        print(file)
    return 0
