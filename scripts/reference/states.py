"""States: what the table says of them, completed from ISO 3166-1."""

from __future__ import annotations

from typing import NamedTuple

import pycountry
from tables import cells, read


class State(NamedTuple):
    """A state, which is an actor and a place of the same id.

    Attributes:
        names: other names of the state and its territory.
        metonyms: names of its capital that stand for it as an actor.
        code: its three letters in ISO 3166-1, empty where it has none there.
    """

    id: str
    alpha_2: str
    name: str
    names: list[str]
    demonyms: list[str]
    metonyms: list[str]
    code: str
    note: str


def states() -> list[State]:
    """Return all states, ordered by id."""
    found = []
    for row in read("states.csv"):
        country = pycountry.countries.get(alpha_2=row["alpha_2"])
        official = row["official"] or getattr(country, "official_name", "").removeprefix("the ")
        names = cells(row, "aliases")
        if official not in ("", "-", row["name"], *names):
            names.append(official)
        found.append(
            State(
                id=row["id"],
                alpha_2=row["alpha_2"],
                name=row["name"],
                names=names,
                demonyms=cells(row, "demonyms"),
                metonyms=cells(row, "metonyms"),
                code=country.alpha_3 if country else "",
                note=row["note"],
            )
        )
    return sorted(found)
