"""What people see on a terminal: colour where it is wanted, and progress while they wait."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as RichBar
    from rich.progress import TaskID

    from kg.validation.gate import Progress

    _Drawn = tuple[RichBar, TaskID]

# Seconds that nobody minds to wait without a word.
_PATIENCE = 1.0


def colours(stream: IO[str]) -> bool:
    """Whether `stream` is a terminal whose user has not said NO_COLOR."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


@contextlib.contextmanager
def progress_bar() -> Iterator[Progress]:
    """Give something to tell progress to; one bar is drawn, and only where errors go to a terminal.

    What is done before anybody looks has none.
    """
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    drawn: list[_Drawn] = []
    since = time.monotonic()

    def tell(stage: str, done: int, of: int) -> None:
        if not drawn and time.monotonic() - since > _PATIENCE:
            drawn.append(_draw(stack))
        for bar, task in drawn:
            bar.update(task, description=stage, total=of, completed=done + 1)

    with contextlib.ExitStack() as stack:
        yield tell


def _draw(stack: contextlib.ExitStack) -> _Drawn:
    """Draw a bar that is gone when `stack` ends."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True, no_color=not colours(sys.stderr))
    columns = (TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn())
    bar = stack.enter_context(Bar(*columns, console=console, transient=True))
    return bar, bar.add_task("")
