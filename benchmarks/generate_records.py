#!/usr/bin/env python3
"""Write a workspace of generated records, for benchmarks: the same seed gives the same bytes.

Every record has an article text of its own, made of template sentences, and as many claims as
asked for: figures of soldiers and containers, denials, places, dates of agreements, provisions,
casualties. Events are shared: one of every four records begins a story that the next three go on
with, so events are declared several times, equally. Names of bodies come from the reference data;
what they are made to say is invented. All of it passes the gate.

    python benchmarks/generate_records.py DIR --records 2000 --claims 10
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

RECORDS_PER_STORY = 4
FIRST_DAY = date(2024, 1, 1)

SPEAKERS = {
    "south-korea-nis": "South Korea's spy agency",
    "ukraine-defence-intelligence": "Ukraine's military intelligence",
    "pentagon": "The Pentagon",
    "russia-foreign-ministry": "Russia's foreign ministry",
    "kremlin": "The Kremlin",
    "nato": "The alliance",
    "some-officials": "Officials who asked not to be named",
}
DENIERS = {"kremlin": "The Kremlin", "russia-foreign-ministry": "Russia's foreign ministry"}
PLACES = {
    "vladivostok": "Vladivostok",
    "ussuriysk": "Ussuriysk",
    "khabarovsk": "Khabarovsk",
    "kursk-region": "the Kursk region",
}
PORTS = {"chongjin": "Chongjin", "rason": "Rason", "wonsan": "Wonsan"}
CONVEYANCES = {"railway": "by rail", "cargo-ship": "by cargo ship"}
PROVISIONS = {
    "mutual-assistance": "mutual assistance",
    "technology-sharing": "the sharing of technology",
    "military-technical-cooperation": "military-technical cooperation",
}
OPENINGS = (
    "A brief of the day",
    "What was said about the deployment",
    "Figures and denials",
    "Ships, trains and soldiers",
)
FILLERS = (
    "None of this could be checked on the spot.",
    "Reporters were not allowed near the port.",
    "The weather had closed in by the evening.",
    "A further statement was promised for the week after.",
)


class Said(NamedTuple):
    """A sentence as the article has it: words before the quote, the quote, words after it."""

    before: str
    quote: str
    after: str
    claim: dict[str, Any]


class Story(NamedTuple):
    """Events that several records share."""

    number: int

    @property
    def deployment(self) -> str:
        return f"deployment-{self.number:05}"

    @property
    def training(self) -> str:
        return f"training-{self.number:05}"

    @property
    def shipment(self) -> str:
        return f"shipment-{self.number:05}"

    @property
    def agreement(self) -> str:
        return f"agreement-{self.number:05}"

    def events(self) -> list[dict[str, Any]]:
        """Every record of the story declares them in these words, so that they are equal."""
        direction = {"from": "north-korea", "to": "russia"}
        return [
            {
                "id": self.deployment,
                "type": "Deployment",
                "label": f"Soldiers sent, story {self.number}",
                **direction,
            },
            {
                "id": self.training,
                "type": "Training",
                "part_of": self.deployment,
                **direction,
            },
            {
                "id": self.shipment,
                "type": "Shipment",
                "label": f"Goods sent, story {self.number}",
                **direction,
            },
            {
                "id": self.agreement,
                "type": "Agreement",
                "kind": "treaty",
                "parties": ["north-korea", "russia"],
            },
        ]


def number(value: int) -> str:
    return f"{value:,}"


def present(chance: random.Random, story: Story) -> Said:
    speaker, name = chance.choice(sorted(SPEAKERS.items()))
    place, town = chance.choice(sorted(PLACES.items()))
    count = chance.randrange(500, 15_000, 10)
    words = f"about {number(count)}"
    claim = {
        "about": story.deployment,
        "aspect": "personnel-present",
        "modality": "actual",
        "speaker": speaker,
        "quantity": {
            "as_stated": words,
            "item": "soldier",
            "best": count,
            "basis": "approximate",
        },
        "places": [place],
    }
    return Said(f"{name} said ", f"{words} soldiers had arrived in {town}", ".", claim)


def total(chance: random.Random, story: Story) -> Said:
    speaker, name = chance.choice(sorted(SPEAKERS.items()))
    count = chance.randrange(8_000, 30_000, 500)
    words = f"as many as {number(count)}"
    claim = {
        "about": story.deployment,
        "aspect": "personnel-total",
        "modality": "possible",
        "hedge": "likely",
        "speaker": speaker,
        "quantity": {
            "as_stated": words,
            "item": "soldier",
            "high": count,
            "basis": "upper-bound",
        },
    }
    return Said(f"{name} warned that ", f"{words} soldiers could follow", ".", claim)


def training(chance: random.Random, story: Story) -> Said:
    speaker, name = chance.choice(sorted(SPEAKERS.items()))
    low = chance.randrange(1_000, 5_000, 100)
    high = low + chance.randrange(100, 3_000, 100)
    words = f"between {number(low)} and {number(high)}"
    claim = {
        "about": story.training,
        "aspect": "personnel-training",
        "modality": "ongoing",
        "speaker": speaker,
        "quantity": {
            "as_stated": words,
            "item": "soldier",
            "low": low,
            "high": high,
            "basis": "range",
        },
    }
    return Said(f"{name} counted ", f"{words} soldiers in training", " at the time.", claim)


def containers(chance: random.Random, story: Story) -> Said:
    speaker, name = chance.choice(sorted(SPEAKERS.items()))
    port, town = chance.choice(sorted(PORTS.items()))
    conveyance, how = chance.choice(sorted(CONVEYANCES.items()))
    count = chance.randrange(1_000, 20_000, 250)
    words = f"more than {number(count)}"
    claim = {
        "about": story.shipment,
        "aspect": "items-delivered",
        "modality": "actual",
        "speaker": speaker,
        "via": "unknown-outlet",
        "quantity": {
            "as_stated": words,
            "item": "container",
            "contents": "artillery-shell",
            "low": count,
            "basis": "lower-bound",
        },
        "route": {"from": port, "to": "vladivostok", "conveyance": conveyance},
        "evidence": ["v1"],
    }
    quote = f"{words} containers of shells left {town} {how}"
    return Said(f"{name} reported that ", quote, ".", claim)


def denial(chance: random.Random, story: Story) -> Said:
    speaker, name = chance.choice(sorted(DENIERS.items()))
    claim = {
        "about": story.deployment,
        "aspect": "combat-participation",
        "modality": "ongoing",
        "polarity": "denied",
        "speaker": speaker,
    }
    unit = chance.randrange(1, 100_000)
    quote = f"no foreign soldiers fight in sector {number(unit)}"
    return Said(f"{name} insisted that ", quote, ".", claim)


def occurrence(chance: random.Random, story: Story) -> Said:
    speaker, name = chance.choice(sorted(SPEAKERS.items()))
    unit = chance.randrange(1, 100_000)
    claim = {
        "about": story.deployment,
        "aspect": "occurrence",
        "modality": "actual",
        "hedge": "reported",
        "speaker": speaker,
        "based_on": ["some-officials"] if speaker != "some-officials" else ["nato"],
    }
    return Said(f"{name} held that ", f"unit {number(unit)} had been sent", " abroad.", claim)


def casualties(chance: random.Random, story: Story) -> Said:
    speaker, name = chance.choice(sorted(SPEAKERS.items()))
    count = chance.randrange(24, 4_000)
    claim = {
        "about": story.deployment,
        "aspect": "casualties",
        "modality": "actual",
        "speaker": speaker,
        "quantity": {
            "as_stated": number(count),
            "item": "soldier",
            "best": count,
            "basis": "exact",
        },
        "places": ["kursk-region"],
    }
    return Said(f"{name} put losses at ", f"{number(count)} soldiers killed or wounded", ".", claim)


def signing(chance: random.Random, story: Story) -> Said:
    day = FIRST_DAY + timedelta(days=chance.randrange(0, 300))
    words = f"on {day.day} {day:%B} {day.year}"
    claim = {
        "about": story.agreement,
        "aspect": "signing-date",
        "modality": "actual",
        "speaker": "unknown-outlet",
        "date": {"as_stated": words, "edtf": day.isoformat()},
    }
    return Said("Both states ", f"signed the pact {words}", ".", claim)


def provision(chance: random.Random, story: Story) -> Said:
    value, words = chance.choice(sorted(PROVISIONS.items()))
    claim = {
        "about": story.agreement,
        "aspect": "provision",
        "modality": "actual",
        "speaker": "unknown-outlet",
        "value": value,
    }
    article = chance.randrange(1, 100_000)
    return Said("The pact, ", f"in article {number(article)}, names {words}", ".", claim)


KINDS: tuple[Callable[[random.Random, Story], Said], ...] = (
    present,
    containers,
    denial,
    total,
    training,
    signing,
    provision,
    occurrence,
    casualties,
)


def article(
    index: int, claims: int, seed: int, together: int = RECORDS_PER_STORY
) -> tuple[str, dict[str, Any]]:
    """Return text and record, as plain data, of one article of so many on the same events."""
    chance = random.Random(f"{seed}/{index}")
    story = Story(index // together)
    name = f"generated-{index:06}"
    published = FIRST_DAY + timedelta(days=300 + index % 60)
    title = f"{chance.choice(OPENINGS)} ({index})"
    text = f"{title}\n\n"
    made: list[dict[str, Any]] = []
    used: set[str] = set()
    while len(made) < claims:
        kind = KINDS[(len(made) + index) % len(KINDS)]
        said = kind(chance, story)
        if said.quote in used:
            continue
        used.add(said.quote)
        start = len(text) + len(said.before)
        text += f"{said.before}{said.quote}{said.after}\n"
        if chance.random() < 0.2:
            text += f"{chance.choice(FILLERS)}\n"
        says = {
            "id": f"c{len(made) + 1}",
            "polarity": "affirmed",
            **said.claim,
            "quote": {"exact": said.quote, "start": start},
        }
        made.append(says)
    spelling = f"Vladivostock-{index}"
    mention = {"as_stated": spelling, "refers_to": "vladivostok", "start": len(text)}
    text += f"{spelling} is how one of the papers spelt it.\n"
    seen = {claim["about"] for claim in made}
    if story.training in seen:
        seen.add(story.deployment)
    evidence = [
        {
            "id": "v1",
            "type": "satellite-image",
            "label": f"a satellite image of a port, {published.isoformat()}",
            "released_by": "south-korea-nis",
            "verification": "unverified",
        }
    ]
    record: dict[str, Any] = {
        "communique": "1",
        "article": {
            "id": name,
            "title": title,
            "publisher": "unknown-outlet",
            "url": f"https://example.org/{name}",
            "published": published.isoformat(),
            "language": "en",
            "text": f"articles/{name}.txt",
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
        },
        "actors": [
            {
                "id": "some-officials",
                "type": "UnnamedSource",
                "name": "officials who asked not to be named",
            }
        ],
        "events": [event for event in story.events() if event["id"] in seen],
        "evidence": evidence if any("evidence" in claim for claim in made) else [],
        "claims": made,
        "mentions": [mention],
    }
    if index % 10 == 0:
        record["assessments"] = [
            {
                "claim": "c1",
                "status": "disputed",
                "by": "example-desk",
                "dated": "2025-01-15",
                "rationale": f"Other counts of story {story.number} differ",
            }
        ]
    return text, record


def yaml(value: Any, indent: int = 0) -> str:
    """Return `value` as block YAML with JSON's quoting, which YAML shares: no library needed."""
    pad = "  " * indent
    lines = []
    for key, item in value.items():
        if isinstance(item, dict):
            lines.append(f"{pad}{key}:\n{yaml(item, indent + 1)}")
        elif isinstance(item, list) and item and isinstance(item[0], dict):
            lines.append(f"{pad}{key}:\n")
            for each in item:
                block = yaml(each, indent + 2)
                lines.append(f"{pad}  - {block[len(pad) + 4 :]}")
        elif isinstance(item, list):
            lines.append(f"{pad}{key}: [{', '.join(item)}]\n")
        else:
            lines.append(f"{pad}{key}: {_scalar(item)}\n")
    return "".join(lines)


def _scalar(value: Any) -> str:
    text = str(value)
    plain = all(char.isalnum() or char in " -./,_'()" for char in text) and text[0].isalnum()
    return text if plain and ", " not in text else json.dumps(text, ensure_ascii=False)


def write_workspace(
    folder: Path,
    records: int,
    claims: int = 10,
    seed: int = 1,
    together: int = RECORDS_PER_STORY,
) -> None:
    """Write `records` records into the workspace `folder`, which is made where it is not there."""
    for name in ("articles", "records", "assessments"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    config = folder / "kg.toml"
    if not config.exists():
        config.write_text('[workspace]\nname = "generated"\n', encoding="utf-8")
    for index in range(records):
        text, record = article(index, claims, seed, together)
        name = record["article"]["id"]
        (folder / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / "records" / f"{name}.yaml").write_text(yaml(record), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--claims", type=int, default=10, help="of each record")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    write_workspace(chosen.folder, chosen.records, chosen.claims, chosen.seed)


if __name__ == "__main__":
    main()
