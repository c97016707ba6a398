"""Take a person out of files, store and exports; a tombstone without the name stays."""

from __future__ import annotations

import argparse
import sys

import kg


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("person", metavar="ID", help="of the actor, a person")
    parser.add_argument("--reason", required=True, help="why, for the tombstone")


def run(arguments: argparse.Namespace) -> int:
    """Redact, name the files that changed, and say what is not within reach."""
    workspace = kg.open(arguments.workspace)
    for file in workspace.redact(arguments.person, arguments.reason):
        print(file.relative_to(workspace.root))
    print(
        "kg: what git keeps of the past, what was exported or pushed before, and files named "
        "after the person are not touched",
        file=sys.stderr,
    )
    return 0
