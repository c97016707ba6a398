"""Step through a draft record: the article beside each claim; accept, edit, reject."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import kg
from kg.errors import CallError, EnvironmentFault


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("record", type=Path, metavar="RECORD", help="a record in YAML")
    parser.add_argument("--by", metavar="NAME", help="who decides, for the log")


def run(arguments: argparse.Namespace) -> int:
    """Open the screen, and say how far the review has come."""
    session = kg.open(arguments.workspace).review(arguments.record, arguments.by)
    for words in session.unread:
        print(f"kg: {words}", file=sys.stderr)
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise CallError("A review needs a terminal; in scripts, edit the record and validate it")
    try:
        from kg.reviewing.screen import ReviewScreen
    except ImportError as error:
        raise EnvironmentFault("Reviews take textual: pip install 'communique[review]'") from error
    ReviewScreen(session).run()
    print(f"{len(session.claims)} claims kept, {session.undecided} of them undecided")
    return 0
