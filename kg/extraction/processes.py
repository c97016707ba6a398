"""Work shared over processes, all of which an interrupt ends, and none of them with a traceback."""

from __future__ import annotations

import contextlib
import functools
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from types import FrameType
from typing import Protocol, TypeVar

CHUNK = 8
Item = TypeVar("Item")
Done = TypeVar("Done")


class Share(Protocol):
    """Does a piece of work for each item, and gives the results in the items' order."""

    def __call__(self, work: Callable[[Item], Done], items: Iterable[Item], /) -> Iterator[Done]:
        """Return what `work` makes of each of `items`."""


@contextlib.contextmanager
def shared(count: int, begin: Callable[[], None]) -> Iterator[Share]:
    """Give what shares work over `count` processes; a single one is this process.

    Args:
        count: how many processes.
        begin: prepares a process, once in each.
    """
    if count == 1:
        begin()
        yield map
        return
    pool = ProcessPoolExecutor(count, initializer=_start, initargs=(begin,))

    def share(work: Callable[[Item], Done], items: Iterable[Item]) -> Iterator[Done]:
        # Processes start here, and are deaf to an interrupt until they know what to do with it.
        with _interrupts_held():
            return pool.map(functools.partial(_interruptible, work), items, chunksize=CHUNK)

    try:
        yield share
    finally:
        # A process that is left behind would wait for work for ever.
        with _interrupts_held():
            pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let an interrupt come only afterwards, where the system can do that."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_busy = False
_interrupted = False


def _start(begin: Callable[[], None]) -> None:
    signal.signal(signal.SIGINT, _interrupt)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    begin()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """End the work at hand and all that follows, but not the process, which would be missed."""
    global _busy, _interrupted
    _interrupted = True
    if _busy:
        _busy = False
        raise KeyboardInterrupt


def _interruptible(work: Callable[[Item], Done], item: Item) -> Done:
    global _busy
    if _interrupted:
        raise KeyboardInterrupt
    try:
        _busy = True
        return work(item)
    finally:
        _busy = False
