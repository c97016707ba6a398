"""From an article's file to its draft record, as text: what is known of it, and where it lies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.articles.text import TextUnreadableError, read_text
from kg.errors import CallError, DataError
from kg.extraction.pipeline import UNKNOWN_OUTLET, About, Extractor
from kg.extraction.slug import slug
from kg.records.dates import parse_edtf
from kg.records.writing import to_yaml

_DATED_NAME = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}(?![0-9])")


@dataclass(frozen=True)
class Drafter:
    """Drafts records of files.

    Attributes:
        extractor: reads the text.
        root: the workspace, to which the path of a text is relative; None outside of one.
    """

    extractor: Extractor
    root: Path | None

    def record_of(
        self, file: Path, published: str | None = None, publisher: str | None = None
    ) -> tuple[str, str]:
        """Return the id and the draft record, in YAML, of the article in `file`.

        Args:
            file: the article.
            published: EDTF; without it the date that the file's name begins with.
            publisher: the id of its outlet.

        Raises:
            CallError: there is no such file, no date, or no such outlet.
            DataError: the file is no text.
        """
        try:
            text = read_text(file)
        except FileNotFoundError as error:
            raise CallError(f"There is no file {file}") from error
        except IsADirectoryError as error:
            raise CallError(f"{file} is a folder; name the articles in it") from error
        except TextUnreadableError as error:
            raise DataError(f"{file} {error}") from error
        name = slug(file.stem)
        about = About(
            published=checked_date(published or _date_in(file.name), file),
            id=name,
            publisher=self._outlet(publisher),
            path=self._path(file),
            sha256=text.sha256,
        )
        return name, to_yaml(self.extractor.draft(text.content, about))

    def _outlet(self, publisher: str | None) -> str:
        if publisher is None:
            return UNKNOWN_OUTLET
        if publisher not in self.extractor.gazetteer.names.actors:
            from kg.errors import did_you_mean

            hint = did_you_mean(publisher, self.extractor.gazetteer.names.actors)
            raise CallError(f"There is no actor '{publisher}'{hint}")
        return publisher

    def _path(self, file: Path) -> str:
        """Return where the record says that its text lies: in the workspace, else in articles/."""
        if self.root is not None and file.resolve().is_relative_to(self.root):
            return file.resolve().relative_to(self.root).as_posix()
        return f"articles/{file.name}"


def checked_date(published: str | None, file: Path) -> str:
    """Return the date of publication.

    Raises:
        CallError: there is none, or it is no EDTF date.
    """
    if published is None:
        raise CallError(
            f"Nothing says when {file.name} appeared, and dates in it count from that day; "
            "say --published 2024-10-18"
        )
    try:
        parse_edtf(published)
    except ValueError as error:
        raise CallError(f"--published {published}: {error}") from error
    return published


def _date_in(name: str) -> str | None:
    """Return the date a file's name begins with: ``2024-10-18-first-troops.txt``."""
    match = _DATED_NAME.match(name)
    if match is None:
        return None
    try:
        parse_edtf(match.group())
    except ValueError:
        return None
    return match.group()
