"""From an article's file to its draft record, as text: what is known of it, and where it lies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.articles.reading import ReadArticle, read_article
from kg.articles.text import TextUnreadableError
from kg.errors import CallError, DataError, KgError, did_you_mean
from kg.extraction.pipeline import UNKNOWN_OUTLET, About, Extractor
from kg.extraction.words.folding import fold
from kg.extraction.words.slug import slug
from kg.records.dates import parse_edtf
from kg.records.writing import to_yaml

if TYPE_CHECKING:
    from kg.extraction.language_model import ModelExtractor

_DATED_NAME = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}(?![0-9])")
_LONGEST_NAME = 80
_NO_LETTERS = slug("")


@dataclass(frozen=True)
class Drafted:
    """A draft record.

    Attributes:
        name: the id of the article.
        record: the record as plain data.
        content: the article's text.
        is_new: whether that text stands in no file yet.
        is_outside: whether it stands in a file outside of the workspace, where no gate finds it.
        log: what a model was asked and answered, as JSON lines.
        rejected: why each claim that a model proposed last was left out.
    """

    name: str
    record: dict[str, Any]
    content: str
    is_new: bool
    log: str = ""
    is_outside: bool = False
    rejected: tuple[str, ...] = ()

    @property
    def yaml(self) -> str:
        """The record as YAML."""
        return to_yaml(self.record)


@dataclass(frozen=True)
class Drafter:
    """Drafts records of files.

    Attributes:
        extractor: reads the text.
        model: a language model that reads in place of the rules.
        root: the workspace, to which the path of a text is relative; None outside of one.
    """

    extractor: Extractor
    root: Path | None
    model: ModelExtractor | None = None

    def draft(
        self, file: Path, published: str | None = None, publisher: str | None = None
    ) -> Drafted:
        """Return the draft record of the article in `file`.

        Args:
            file: the article: text, Markdown or HTML.
            published: EDTF; without it what the page says, else the date its name begins with.
            publisher: the id of its outlet; without it the one the page names, if it is known.

        Raises:
            CallError: there is no such file, no date, or no such outlet.
            DataError: the file is no article that can be read, or is empty.
            EnvironmentFault: what reads pages is not installed.
        """
        try:
            article = read_article(file)
        except FileNotFoundError as error:
            raise CallError(f"There is no file {file}") from error
        except IsADirectoryError as error:
            raise CallError(f"{file} is a folder; name the articles in it") from error
        except TextUnreadableError as error:
            raise DataError(f"{file} {error}") from error
        if not any(map(str.isalnum, article.content[article.body :])):
            raise DataError(f"{file} is empty: there are no words to draft a record from")
        name = slug(file.stem)
        outlet, outlet_name = self._named(article.publisher)
        about = About(
            published=checked_date(published or _date_of(article, file), file),
            id=name,
            title=article.title,
            publisher=self._outlet(publisher) if publisher else outlet,
            outlet=None if publisher else outlet_name,
            author=article.author,
            url=article.url if is_address(article.url) else None,
            path=f"articles/{name}.txt" if article.is_new else self._path(file),
            sha256=article.sha256,
            body=article.body,
        )
        record = (self.model or self.extractor).draft(article.content, about)
        log = self.model.log if self.model else ""
        outside = self.root is not None and not article.is_new and not self._is_inside(file)
        left_out = tuple(self.model.rejected) if self.model else ()
        return Drafted(name, record, article.content, article.is_new, log, outside, left_out)

    def _outlet(self, publisher: str) -> str:
        known = self.extractor.gazetteer.names.actors
        if publisher not in known:
            hint = did_you_mean(publisher, known)
            raise CallError(f"There is no actor '{publisher}'{hint}")
        return publisher

    def _named(self, outlet: str | None) -> tuple[str, str | None]:
        """Return the outlet that a page names, and its name if the reference data lacks it."""
        name = fold(outlet or "").split()
        for words, entry in self.extractor.gazetteer.table.get(name[0], ()) if name else ():
            actor = next(iter(entry.actors), "")
            known = self.extractor.gazetteer.type_of(actor) == "NewsOutlet"
            if known and list(words) == name:
                return actor, None
        plain = " ".join("".join(filter(_may_be_shown, outlet or "")).split())[:_LONGEST_NAME]
        plain = plain.removeprefix("The ")
        declared = slug(plain)
        is_host = "." in plain and " " not in plain
        taken = declared in self.extractor.gazetteer.names.actors
        if is_host or taken or declared == _NO_LETTERS:
            return UNKNOWN_OUTLET, None
        return declared, plain

    def _path(self, file: Path) -> str:
        """Return where the record says that its text lies: in the workspace, else in articles/."""
        if self.root is not None and self._is_inside(file):
            return file.resolve().relative_to(self.root).as_posix()
        return f"articles/{file.name}"

    def _is_inside(self, file: Path) -> bool:
        return self.root is not None and file.resolve().is_relative_to(self.root)


def _may_be_shown(char: str) -> bool:
    return char.isprintable() or char.isspace()


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


def is_address(url: str | None) -> bool:
    """Whether a page's address is a whole one."""
    return bool(url) and str(url).startswith(("https://", "http://")) and " " not in str(url)


def _date_of(article: ReadArticle, file: Path) -> str | None:
    """Return the date a page states, else the one its file's name begins with."""
    match = _DATED_NAME.match(file.name)
    for stated in (article.published, match.group() if match else None):
        if stated is not None and _is_date(stated):
            return stated
    return None


def day_of(file: Path) -> date | None:
    """Return the first day on which the article in `file` may have appeared, None if none is known.

    What is no regular file is not read: a pipe gives its words only once.
    """
    try:
        published = _date_of(read_article(file), file) if file.is_file() else None
    except (KgError, OSError, TextUnreadableError):
        return None
    if published is None:
        return None
    days = parse_edtf(published)
    return days.earliest or days.latest


def _is_date(stated: str) -> bool:
    try:
        parse_edtf(stated)
    except ValueError:
        return False
    return True
