"""Third look at a record: the text is the one that was read, and every quote stands in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path as FilePath

from kg.articles.text import Text, TextUnreadableError, read_text
from kg.records.document import Path, Problem
from kg.records.model import Article, Quote
from kg.records.reader import Reading
from kg.records.spans import span_problems

MAX_QUOTE_WORDS = 40


def find_text(workspace: FilePath, article: Article) -> Text | Problem:
    """Return the text of `article`, or the problem that keeps it from being read."""
    return text_at(workspace, article.text)


def text_at(workspace: FilePath, name: str) -> Text | Problem:
    """Return the text at a path relative to the workspace, or what keeps it from being read.

    Links are followed before it is decided whether the text lies inside the workspace.
    """
    path = ("article", "text")
    shown = name if len(name) <= 80 else f"{name[:77]}..."
    try:
        file = FilePath(os.path.realpath(workspace / name))
        inside = file.is_relative_to(os.path.realpath(workspace))
        there = file.is_file()
    except (OSError, RuntimeError, ValueError):  # too long, links in a circle, NUL
        inside, there = True, False
    if not inside:
        message = f"The text '{shown}' lies outside the workspace; copy it into articles/"
        return Problem("text-outside-workspace", message, path, value=shown)
    if not there:
        message = f"There is no text '{shown}' in the workspace"
        return Problem("text-missing", message, path, value=shown)
    try:
        return read_text(file)
    except TextUnreadableError as error:
        message = f"The text '{shown}' {error}"
        return Problem("text-unreadable", message, path, value=shown)


def evidence_problems(reading: Reading, text: Text | Problem) -> Iterator[Problem]:
    """Yield what is wrong with the digest, the quotes and the mentions of `reading`.

    Broken values are left out, as they were reported already.
    """
    problems = [text] if isinstance(text, Problem) else _problems(reading, text)
    yield from (problem for problem in problems if not reading.is_broken(problem.path))


def _problems(reading: Reading, text: Text) -> Iterator[Problem]:
    article = reading.article
    if article and article.sha256 != text.sha256:
        yield Problem(
            "digest-mismatch",
            f"The text '{article.text}' has the SHA-256 {text.sha256}; "
            "it is not the text this record was made from",
            ("article", "sha256"),
            value=article.sha256,
        )
    for section in ("claims", "evidence"):
        for path, part in reading.looked_at(section):
            if part.quote:
                yield from _quote(text.content, (*path, "quote"), part.quote)
    for path, mention in reading.items("mentions"):
        name, start = mention.as_stated, mention.start
        yield from span_problems(text.content, path, "as_stated", name, start, first=True)


def _quote(text: str, path: Path, quote: Quote) -> Iterator[Problem]:
    yield from span_problems(text, path, "exact", quote.exact, quote.start, first=False)
    words = len(quote.exact.split())
    if words > MAX_QUOTE_WORDS:
        yield Problem(
            "quote-too-long",
            f"The quote has {words} words; keep the shortest span that carries the claim "
            f"(at most {MAX_QUOTE_WORDS})",
            (*path, "exact"),
            severity="warning",
        )
