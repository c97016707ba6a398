"""What is wrong with a file of a workspace's own rules, at its line and column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import EnvironmentFault
from kg.records.document import Problem, decode
from kg.validation.findings import Finding, shown

# Words about the rules, which nobody takes for rules.
_PROSE = frozenset((".md", ".txt", ".rst", ".adoc", ".html", ".pdf"))


@dataclass(frozen=True)
class RuleFault:
    """Why a shape or a check of a workspace is not judged, or not as it is meant.

    Attributes:
        file: where it stands.
        code: of the finding.
        message: a sentence for whoever wrote it.
        line: from 1; None for a folder.
        column: from 1.
        value: the term or name that is at fault.
        severity: ``info`` where the rule is judged as it is meant.
    """

    file: Path
    code: str
    message: str
    line: int | None = 1
    column: int | None = 1
    value: str | None = None
    severity: str = "error"

    def finding(self, start: Path) -> Finding:
        """Return the finding, its file named from the folder `start`."""
        name = shown(self.file, start)
        place = (name, self.line, self.column)
        return Finding(self.severity, self.code, self.message, *place, value=self.value)


Tell = Callable[[RuleFault], None]


def too_slow(file: Path, seconds: float, line: int | None = 1, column: int | None = 1) -> RuleFault:
    """Return what is wrong with a rule that was given up after so many seconds."""
    message = (
        f"This takes more than {seconds:g} seconds, and is given up; join what it compares, or "
        "compare less"
    )
    return RuleFault(file, "rule-too-slow", message, line, column)


def read_rule(file: Path) -> str | RuleFault:
    """Return the text of a file of rules, or why it is none.

    Raises:
        EnvironmentFault: the file cannot be read.
    """
    try:
        text = decode(file.read_bytes())
    except OSError as error:
        raise EnvironmentFault(f"{file} cannot be read: {error.strerror}") from error
    if isinstance(text, Problem):
        line, column = text.position or (1, 1)
        return RuleFault(file, text.code, text.message, line, column)
    return text


def find_rules(folder: Path, ending: str) -> Iterator[Path | RuleFault]:
    """Yield the files of rules in a folder, and what lies there and would be looked over.

    Args:
        folder: of a workspace; it may be missing.
        ending: of the files that are read, ``.ttl`` or ``.rq``. Prose, hidden files and what
            editors keep aside are nobody's rules.
    """
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(".") or path.name.endswith("~") or path.suffix in _PROSE:
            continue
        if path.is_dir():
            if any(not each.name.startswith(".") for each in path.iterdir()):
                message = (
                    f"Rules in a folder of their own are not judged; move them up, into "
                    f"{folder.name}/"
                )
                yield RuleFault(path, "unread-file", message, None, None, path.name)
        elif path.suffix == ending and path.is_file():
            yield path
        else:
            message = f"This file is not judged: rules here are files that end in {ending}"
            if path.suffix == ending:
                message = "This is no file that can be read, so that it is not judged"
            yield RuleFault(path, "unread-file", message, value=path.name)
