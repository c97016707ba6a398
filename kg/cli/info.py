"""What is in the store, versions, and where things are."""

from __future__ import annotations

import argparse
import json

import kg


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace) -> int:
    """Print the facts."""
    facts = kg.open(arguments.workspace).info()
    if arguments.format == "json":
        print(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        for name, value in facts.items():
            shown = f"{value:,}" if type(value) is int else str(value)
            print(f"{name.replace('_', ' '):<12} {shown}")
    return 0
