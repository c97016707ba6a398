"""Draft the articles of reviewed records anew and score the drafts against them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.articles.text import TextUnreadableError, read_text
from kg.errors import CallError, DataError
from kg.extraction.articles import Drafter
from kg.extraction.pipeline import About
from kg.extraction.scoring import Score
from kg.records.model import Record
from kg.records.reader import RECORD_SUFFIXES, Reading, read
from kg.records.spans import span_problems


def evaluate(drafter: Drafter, gold: Iterable[Path]) -> Score:
    """Return how well `drafter` does on the articles of reviewed records.

    Args:
        drafter: drafts records.
        gold: record files, or folders of them.

    Raises:
        CallError: a path does not exist or holds no record.
        DataError: a record or its article's text is no good.
    """
    score = Score()
    for file in _files(gold):
        for reading in read(file, file.read_bytes()):
            if reading.problems or not isinstance(reading.record, Record):
                raise DataError(f"{file} is no valid record; see 'kg validate {file}'")
            record = reading.record
            text = _text(drafter, file, record)
            _check_quotes(file, reading, text)
            article = record.article
            about = About(
                article.published, id=article.id, title=article.title, publisher=article.publisher
            )
            draft = (drafter.model or drafter.extractor).draft(text, about)
            score.add(record, Record.model_validate(draft), text)
    return score


def _check_quotes(file: Path, reading: Reading, text: str) -> None:
    """Refuse a record whose quotes are no words of its article: drafts cannot match it.

    Raises:
        DataError: with the place and what is wrong there, a line for each.
    """
    wrong: list[str] = []
    parts = [part for section in ("claims", "evidence") for part in reading.items(section)]
    for path, quote in ((path, part.quote) for path, part in parts if part.quote):
        at = (*path, "quote")
        for problem in span_problems(text, at, "exact", quote.exact, quote.start, first=False):
            position = reading.document.position(problem.path) if reading.document else None
            line = position.line if position else 1
            wrong.append(f"{file}:{line}: {problem.message}")
    if wrong:
        raise DataError("\n".join(wrong))


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if not path.exists():
            raise CallError(f"There is no file or folder {path}")
        if path.is_file():
            yield path
            continue
        found = [file for file in sorted(path.rglob("*")) if file.suffix in RECORD_SUFFIXES]
        if not found:
            raise CallError(f"There is no record in {path}")
        yield from found


def _text(drafter: Drafter, file: Path, record: Record) -> str:
    """Return the article's text: in the workspace, else beside the record or further up.

    Outside a workspace it may also lie where the record says by its name alone.
    """
    roots = [*([drafter.root] if drafter.root else []), *file.resolve().parents]
    name = Path(record.article.text).name
    other = None
    for root in roots:
        for where in (root / record.article.text, root / name):
            if not where.is_file():
                continue
            try:
                text = read_text(where)
            except TextUnreadableError as error:
                raise DataError(f"{where} {error}") from error
            if text.sha256 == record.article.sha256:
                return text.content
            other = other or where
    if other is not None:
        raise DataError(f"{other} is not the text that {file} was made from")
    raise DataError(
        f"{file}: there is no text '{record.article.text}' in a workspace, nor '{name}' beside "
        "the record or above; put it there"
    )
