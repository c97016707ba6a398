"""Wait for work only so long: a workspace's own rules may ask for what never ends."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

# A rule of a workspace that takes longer over one contribution is given up.
MAX_SECONDS = 20.0
_Answer = TypeVar("_Answer")


class TakesTooLongError(Exception):
    """The work was given up; its thread goes on until it, or the program, ends."""


def within(seconds: float, work: Callable[[], _Answer]) -> _Answer:
    """Return what `work` returns, or raise what it raises.

    It is done in a thread: nothing else ends a query that looks long for its next row.

    Raises:
        TakesTooLongError: it is not done after so many seconds.
    """
    outcome: list[_Answer] = []
    failed: list[BaseException] = []

    def do() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # raised again by who waits
            failed.append(error)

    thread = Thread(target=do, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not outcome:
        raise TakesTooLongError
    return outcome[0]
