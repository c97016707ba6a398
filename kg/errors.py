"""What can go wrong, by whose fault it is: the data's, the call's or the environment's.

Each error carries a sentence for a person and the exit code the command line ends with.
"""

from __future__ import annotations

from collections.abc import Iterable


class KgError(Exception):
    """The root of all errors raised on purpose; its text is a sentence for a person."""

    exit_code = 3


class DataError(KgError):
    """The data is at fault: findings, or no such entity."""

    exit_code = 1


class CallError(KgError):
    """The call is at fault: an unknown command, query, parameter or path."""

    exit_code = 2


class EnvironmentFault(KgError):
    """The environment is at fault: locked, unreachable, unreadable."""

    exit_code = 3


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return what is nearest to `word` among `candidates`, None where nothing is near."""
    import difflib

    near = difflib.get_close_matches(word, sorted(set(candidates)), n=1, cutoff=0.6)
    return near[0] if near else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for what is nearest to `word`, else an empty string."""
    near = nearest(word, candidates)
    return f"; did you mean '{near}'?" if near else ""
