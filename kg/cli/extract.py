"""Turn articles into draft records: every claim with its speaker and the words it stands in."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.errors import CallError
from kg.workspace import drafter


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "articles", nargs="+", type=Path, metavar="ARTICLE", help="text, Markdown or HTML"
    )
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
        drafted = drafts.draft(article, arguments.published, arguments.publisher)
        if arguments.output is None:
            if drafted.text is not None:
                raise CallError("The text of a page is stored beside its record: say -o DIR")
            print(drafted.yaml, end="")
            continue
        folder = drafts.root or arguments.output
        if drafted.text is not None:
            _write(folder / drafted.record["article"]["text"], drafted.text, force=arguments.force)
        file = arguments.output / f"{drafted.name}.yaml"
        _write(file, drafted.yaml, force=arguments.force)
        print(file)
    return 0


def _write(file: Path, content: str, *, force: bool) -> None:
    """Write a file, never over another unless told so."""
    if file.exists() and not force and file.read_bytes() != content.encode("utf-8"):
        raise CallError(f"{file} is there already; --force overwrites it")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8", newline="")
