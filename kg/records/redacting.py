"""Take a person out of texts: names become blocks of the same length, so that offsets still hold.

A record speaks of the person as of an unnamed source of its own from then on: what was claimed
stays, who claimed it does not.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import yaml

BLOCK = "\N{FULL BLOCK}"
STAND_IN = "redacted"
NAME = "a person whose name was taken out"


def without_names(text: str, names: Collection[str]) -> str:
    """Return `text` with every one of `names`, as whole words, made blocks of equal length."""
    for name in sorted(names, key=len, reverse=True):
        pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
        text = re.sub(pattern, BLOCK * len(name), text)
    return text


def redact_record(text: str, person: str, names: Collection[str]) -> str:
    """Return a YAML record without a person.

    Args:
        text: the record, in block style.
        person: the actor's id.
        names: what the person is called anywhere.
    """
    ids = re.compile(rf"(?<![\w-]){re.escape(person)}(?![\w-])")
    if not ids.search(text):
        return without_names(text, names)
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    actors = _section(root, "actors")
    taken = {_value(actor, "id") for actor in (actors.value if actors else ())}
    number = next(n for n in range(1, len(taken) + 2) if f"{STAND_IN}-{n}" not in taken)
    stand_in = f"{STAND_IN}-{number}"
    entry = [f"  - id: {stand_in}", "    type: UnnamedSource", f"    name: {NAME}"]
    lines = text.splitlines()
    if actors is None:
        lines += ["actors:", *entry]
    else:
        own = next((each for each in actors.value if _value(each, "id") == person), None)
        if own is not None:
            # The end mark of a block stands where the next one begins.
            lines[own.start_mark.line : own.end_mark.line] = entry
        else:
            lines[actors.start_mark.line : actors.start_mark.line] = entry
    return without_names(ids.sub(stand_in, "\n".join(lines) + "\n"), names)


def _section(root: Any, name: str) -> Any:
    return next((value for key, value in root.value if key.value == name), None)


def _value(node: Any, name: str) -> str | None:
    return next((str(value.value) for key, value in node.value if key.value == name), None)
