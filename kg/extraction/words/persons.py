"""Which persons are a force: soldiers of any kind, not whoever works or lives somewhere."""

from __future__ import annotations

# Items that are persons of a force, or those who are sent to help one.
FORCE_ITEMS = frozenset(
    (
        *("soldier", "fighter", "instructor", "military-unit", "military-adviser", "technician"),
        *("peacekeeper", "police-officer", "pilot", "mercenary", "recruit", "officer"),
        *("special-forces-soldier", "militia", "marine", "paratrooper"),
    )
)
# Men and sailors of a state are its force; its people and workers need not be.
ANYBODY = frozenset(
    (
        *("people", "persons", "nationals", "citizens", "workers", "staff", "residents"),
        *("engineers", "specialists", "experts", "crew", "crews", "agents", "mechanics", "spies"),
        *("doctors", "trainees", "cadets", "scientists", "members", "builders", "operators"),
        *("diplomats", "citizen", "national", "general", "colonel", "captain", "lieutenant"),
    )
)
