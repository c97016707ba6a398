"""What no claim of a record needs any more once another is gone or changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Data = dict[str, Any]
_OF_CLAIMS = ("speaker", "via", "based_on")
_OF_EVENTS = ("from", "to", "parties")


def take_out_unused(data: Data, before: Data) -> None:
    """Take out events, evidence and declared actors that no claim needs any more.

    An actor stays that only mentions named `before` too. A mention of one that goes refers to
    nothing from then on.

    Args:
        data: the record as it is to be.
        before: the record as it was.
    """
    events = {event["id"]: event for event in data.get("events") or []}
    used = {claim.get("about", "") for claim in data["claims"]}
    for name in list(used):
        while name in events and (name := events[name].get("part_of") or "") not in used:
            used.add(name)
    shown = {name for claim in data["claims"] for name in _ids(claim.get("evidence"))}
    kept = {
        "events": [event for event in events.values() if event["id"] in used],
        "evidence": [one for one in data.get("evidence") or [] if one["id"] in shown],
    }
    _keep(data, kept)
    _without_actors(data, _needed(before) - _needed(data))
    if not data["claims"]:
        del data["claims"]


def _without_actors(data: Data, gone: set[str]) -> None:
    """Take out the declarations of actors, and what mentions say of them."""
    actors = data.get("actors") or []
    gone &= {actor["id"] for actor in actors}
    if not gone:
        return
    for mention in data.get("mentions") or []:
        if mention.get("refers_to") in gone:
            del mention["refers_to"]
    _keep(data, {"actors": [actor for actor in actors if actor["id"] not in gone]})


def _keep(data: Data, sections: dict[str, list[Data]]) -> None:
    for section, items in sections.items():
        if items:
            data[section] = items
        else:
            data.pop(section, None)


def _needed(data: Data) -> set[str]:
    """Return the actors that an article and its claims, events and evidence name, with offices."""
    needed = {data["article"].get("publisher", "")}
    for claim in data.get("claims") or []:
        needed.update(name for key in _OF_CLAIMS for name in _ids(claim.get(key)))
    for event in data.get("events") or []:
        needed.update(name for key in _OF_EVENTS for name in _ids(event.get(key)))
    for evidence in data.get("evidence") or []:
        needed.update(_ids(evidence.get("released_by")))
    offices = {one["id"]: list(_ids(one.get("acts_for"))) for one in data.get("actors") or []}
    waiting = list(needed)
    while waiting:
        more = [name for name in offices.get(waiting.pop(), ()) if name not in needed]
        needed.update(more)
        waiting += more
    return needed


def _ids(value: Any) -> Iterator[str]:
    """Yield the ids in a value as records write them: one, a list, or offices with an actor."""
    for one in value if isinstance(value, list) else [value]:
        if name := one.get("actor") if isinstance(one, dict) else one:
            yield name
