"""Take a person out of files, store and exports; a tombstone without the name stays."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg.visible import visible

if TYPE_CHECKING:
    from kg.building.remains import Place, Redaction

_NEVER = (
    "what git keeps of the past and what was exported or pushed before is not touched",
    "a name is found in any capitals, but not where it is spelt otherwise than it is stated",
    "a name of one word is taken out wherever it stands with a capital, so look at the changes",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("person", metavar="ID", help="of the actor, a person")
    parser.add_argument("--reason", required=True, help="why, for the tombstone; without the name")


def run(arguments: argparse.Namespace) -> int:
    """Redact, name the files that changed, and say what is left; 1 where the name is."""
    workspace = kg.open(arguments.workspace)
    done = workspace.redact(arguments.person, arguments.reason)
    for file in done.changed:
        print(visible(str(file.relative_to(workspace.root))))
    for words in _closing(done, workspace.root):
        print(f"kg: {visible(words)}", file=sys.stderr)
    return 1 if done.left else 0


def _closing(done: Redaction, root: Path) -> Iterator[str]:
    """Yield what is not within reach, and what somebody has to look at."""
    for place in done.left:
        yield f"{_where(place, root)}: this still speaks of the person; change it by hand"
    for place in done.near:
        yield f"{_where(place, root)}: '{place.word}' is near a name of the person; look at it"
    for file in done.unread:
        yield f"{file.relative_to(root)}: this is no text, and was not searched"
    yield from _NEVER


def _where(place: Place, root: Path) -> str:
    name = str(place.file.relative_to(root))
    return f"{name}:{place.line}" if place.line else f"{name} (its name)"
