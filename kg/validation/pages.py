"""The page of every code: what a finding means, an example, and how to mend it.

A page is a Markdown file, ``docs/findings/CODE.md``, read by people in the documentation, on the
terminal and in code scanning services, and run by the tests: its example gives its code. It opens

    # CODE

    What is wrong, in a sentence.

    error · found by `kg validate`
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.errors import CallError, did_you_mean
from kg.validation.findings import SEVERITIES

_INDEX = "README"
_OPENING = re.compile(
    r"# (?P<code>[^\n]+)\n\n(?P<summary>[^\n]+(?:\n[^\n]+)*)\n\n"
    rf"(?P<severity>{'|'.join(SEVERITIES)}) · found by `(?P<command>kg [^`]+)`\n"
)


@dataclass(frozen=True)
class Page:
    """The page of one code.

    Attributes:
        code: of the findings it is about.
        severity: of those findings.
        summary: what is wrong, in a sentence.
        command: the command that finds it.
        text: the whole page, as Markdown.
    """

    code: str
    severity: str
    summary: str
    command: str
    text: str

    def as_json(self) -> dict[str, str]:
        """Return the page as a JSON object."""
        return {
            "code": self.code,
            "severity": self.severity,
            "summary": self.summary,
            "command": self.command,
            "page": self.text,
        }


@dataclass(frozen=True)
class Pages(Mapping[str, Page]):
    """The pages in `folders`, those of a later folder before those of an earlier one."""

    folders: tuple[Path, ...]

    @cached_property
    def _files(self) -> dict[str, Path]:
        found = {file.stem: file for folder in self.folders for file in folder.glob("*.md")}
        found.pop(_INDEX, None)
        return dict(sorted(found.items()))

    def __getitem__(self, code: str) -> Page:
        """Return the page of `code`.

        Raises:
            KeyError: it has none.
            CallError: the file does not open as a page does.
        """
        return _read(self._files[code])

    def __iter__(self) -> Iterator[str]:
        """Yield every code that has a page, in the order of the alphabet."""
        return iter(self._files)

    def __len__(self) -> int:
        """Return how many pages there are."""
        return len(self._files)

    def find(self, code: str) -> Page:
        """Return the page of a code that a person typed.

        Raises:
            CallError: there is no such code, or its page is malformed.
        """
        if code not in self._files:
            hint = did_you_mean(code, self) or "; 'kg validate --explain' lists all"
            raise CallError(f"There is no code '{code}'{hint}")
        return self[code]


def _read(file: Path) -> Page:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CallError(f"{file} is no UTF-8 text") from error
    opening = _OPENING.match(text)
    if opening is None or opening["code"] != file.stem:
        raise CallError(
            f"{file} does not open as a page does: '# {file.stem}', a sentence, and "
            "'error · found by `kg validate`'"
        )
    summary = " ".join(opening["summary"].split())
    return Page(opening["code"], opening["severity"], summary, opening["command"], text)
