"""Turtle as a person would write it: grouped, aligned, lines of at most a hundred characters."""

from __future__ import annotations

from collections.abc import Iterable

WIDTH = 100

Block = list[tuple[str, list[str]]]


def text(value: str, language: str = "") -> str:
    """Return a literal: plain, or in `language`."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"@{language}' if language else f'"{escaped}"'


def day(value: str) -> str:
    """Return a literal of type xsd:date."""
    return f'"{value}"^^xsd:date'


def degrees(value: float) -> str:
    """Return a decimal of at most four places, about ten metres; never a bare integer."""
    short = f"{value:.4f}".rstrip("0")
    return f"{short}0" if short.endswith(".") else short


def node(subject: str, block: Block) -> str:
    """Return one subject with its predicates, those without a value left out."""
    lines = [_predicate(name, values) for name, values in block if values]
    return f"<{subject}>\n" + " ;\n".join(lines) + " .\n"


def section(title: str, nodes: Iterable[str]) -> str:
    """Return a headed group of nodes."""
    rule = "# " + "-" * 75
    return f"{rule}\n# {title}\n{rule}\n\n" + "\n".join(nodes)


def _predicate(name: str, values: list[str]) -> str:
    line = f"    {name} {values[0]}"
    lines = []
    for value in values[1:]:
        if len(line) + len(value) + 5 > WIDTH:
            lines.append(f"{line} ,")
            line = f"        {value}"
        else:
            line = f"{line} , {value}"
    return "\n".join([*lines, line])
