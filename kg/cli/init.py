"""Start a workspace: kg.toml, folders, editor schema, git hook and CI example."""

from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR")


def run(arguments: argparse.Namespace) -> int:
    """Write the files and name each; what is there already stays as it is."""
    from kg.scaffolding import start_workspace

    for file in start_workspace(arguments.folder):
        print(file)
    return 0
