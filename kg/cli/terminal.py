"""What people see on a terminal: colour where it is wanted, and progress while they wait."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from kg.validation.gate import Progress


def colours(stream: IO[str]) -> bool:
    """Whether `stream` is a terminal whose user has not said NO_COLOR."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


@contextlib.contextmanager
def progress_bar() -> Iterator[Progress]:
    """Give something to tell progress to; it is drawn only where errors go to a terminal."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True, no_color=not colours(sys.stderr))
    columns = (TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        tasks: dict[str, int] = {}

        def tell(stage: str, done: int, of: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=of)
            bar.update(tasks[stage], completed=done + 1)  # type: ignore[arg-type]

        yield tell
