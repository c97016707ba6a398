"""Lets what a claim tells agree with its dates: nothing has begun after the day it was told."""

from __future__ import annotations

from datetime import date

from kg.extraction.dating.dated import Dated
from kg.extraction.dating.publication import Calendar
from kg.extraction.document.found import Found
from kg.records.dates import parse_edtf

# Modalities of what has begun.
_BEGUN = ("actual", "ongoing")


def modality_of(found: Found, today: Calendar | None) -> str:
    """Return how a claim holds: what begins after the article appeared is expected.

    "Germany trains Ukrainian troops next week" is as the desk writes of what is to come.
    """
    if found.modality not in _BEGUN or found.date is None or today is None:
        return found.modality
    return "expected" if _begins_after(found.date, today.latest) else found.modality


def date_of_event(found: Found, modality: str, today: Calendar | None) -> Dated | None:
    """Return when an event was or is to be, None where what is told cannot have been then.

    Args:
        found: the claim.
        modality: how it holds, by its date too.
        today: when the article appeared.
    """
    dated, said = found.date, said_on(found, today)
    if dated is None:
        return None
    if modality == "expected" and not dated.opening and _is_past(dated, said, today):
        return None  # "decided on Friday to send": Friday is not when they are sent
    if modality in _BEGUN and said is not None:
        # "said on 10 October that they had fought on 12 October": one of the days is misread.
        return None if _begins_after(dated, parse_edtf(said.edtf).latest) else dated
    return dated


def said_on(found: Found, today: Calendar | None) -> Dated | None:
    """Return when a claim was made; no article reports what was said after it appeared."""
    said = found.said
    if said is None or today is None:
        return said
    return None if _begins_after(said, today.latest) else said


def _begins_after(dated: Dated, day: date | None) -> bool:
    earliest = parse_edtf(dated.value).earliest
    return earliest is not None and day is not None and earliest > day


def _is_past(dated: Dated, said: Dated | None, today: Calendar | None) -> bool:
    """Whether a date lies before it was said, else before the article appeared."""
    latest = parse_edtf(dated.value).latest
    appeared = today.earliest if today else None
    now = parse_edtf(said.edtf).earliest if said else appeared
    return latest is not None and now is not None and latest < now
