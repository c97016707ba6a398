"""Turn articles into draft records: every claim with its speaker and the words it stands in."""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import sys
from pathlib import Path

from kg.cli.terminal import progress_bar
from kg.config import workspace_root
from kg.drafting import drafter
from kg.errors import CallError, DataError
from kg.extraction.articles import Drafted
from kg.extraction.bulk import Job, articles_in, draft_all
from kg.records.document import MAX_BYTES
from kg.visible import visible

# So many rejections of one answer are told one by one.
MAX_TOLD = 10


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "articles", nargs="+", type=Path, metavar="ARTICLE", help="text, Markdown, HTML or a folder"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", help="write a file for each")
    parser.add_argument("--format", choices=("yaml", "ndjson"), default="yaml")
    parser.add_argument("--extractor", choices=("rules", "llm"), default="rules")
    parser.add_argument("--published", metavar="EDTF", help="when the article appeared: 2024-10-18")
    parser.add_argument("--publisher", metavar="ID", help="the outlet, an id of the reference data")
    parser.add_argument("--jobs", type=int, metavar="N", help="processes to share the work")
    parser.add_argument("--force", action="store_true", help="overwrite records that are there")


def run(arguments: argparse.Namespace) -> int:
    """Write the record of each article: to standard output, or to a file with -o."""
    if (arguments.jobs or 0) < 0:
        raise CallError("--jobs is a number of processes; leave it away for one a core")
    files = articles_in(arguments.articles, _tell_skipped)
    if arguments.output is None and len(files) > 1 and arguments.format == "yaml":
        raise CallError("Several articles need a folder for their records (-o DIR), or ndjson")
    job = Job(files, arguments.published, arguments.publisher)
    # The gate of the workspace where records are put is the one that reads them.
    root = arguments.output and workspace_root(arguments.output)
    root = root or workspace_root(arguments.workspace)
    make = functools.partial(drafter, root, arguments.extractor)
    worst, written = 0, set[Path]()
    drafting = contextlib.closing(draft_all(make, job, arguments.jobs))
    with progress_bar() as progress, drafting as outcomes:
        for number, outcome in enumerate(outcomes):
            progress("drafting", number, len(files))
            if outcome.error is not None or outcome.drafted is None:
                words, code = outcome.error or ("", 1)
                print(f"kg: {words}", file=sys.stderr)
                worst = max(worst, code)
                continue
            if outcome.repeats:
                print(f"{outcome.drafted.name} repeats {outcome.repeats}", file=sys.stderr)
            _tell_rejected(outcome.drafted)
            try:
                _put(outcome.drafted, arguments, root, written)
            except (CallError, DataError) as error:
                print(f"kg: {outcome.file}: {error}", file=sys.stderr)
                worst = max(worst, error.exit_code)
    return worst


def _tell_skipped(file: Path) -> None:
    print(f"kg: {file} is no regular file, and was skipped", file=sys.stderr)


def _tell_rejected(drafted: Drafted) -> None:
    """Say how many claims of a model did not stand up to the text, and why."""
    if not (count := len(drafted.rejected)):
        return
    kept = len(drafted.record.get("claims", ()))
    print(
        f"kg: {drafted.name}: {count} of the model's claims rejected, {kept} kept", file=sys.stderr
    )
    for words in drafted.rejected[:MAX_TOLD]:
        print(f"kg:   {visible(words)}", file=sys.stderr)
    if count > MAX_TOLD:
        print(f"kg:   and {count - MAX_TOLD} more", file=sys.stderr)


def _put(
    drafted: Drafted, arguments: argparse.Namespace, root: Path | None, written: set[Path]
) -> None:
    folder: Path | None = arguments.output
    ndjson = arguments.format == "ndjson"
    record = json.dumps(drafted.record, ensure_ascii=False) + "\n" if ndjson else drafted.yaml
    if not ndjson and len(record.encode("utf-8")) > MAX_BYTES:
        raise DataError(
            f"its draft is larger than the {MAX_BYTES // 1_000_000} MB that a record may have; "
            "divide the article, or say --format ndjson"
        )
    if folder is None:
        if drafted.is_new:
            raise CallError("The text of a page is stored beside its record: say -o DIR")
        print(record, end="")
        return
    file = folder / f"{drafted.name}.{arguments.format}"
    if file in written:
        raise DataError(f"{file} was just written for another article of that name; rename one")
    _put_text(drafted, root or folder, force=arguments.force)
    written.add(file)
    _write(file, record, force=arguments.force)
    if drafted.log:
        # Not a suffix of records, so that a build does not take it for one.
        _write(file.with_suffix(".answers.jsonl"), drafted.log, force=arguments.force)
    print(file)


def _put_text(drafted: Drafted, root: Path, *, force: bool) -> None:
    """Store a text where its record says that it lies, if it is not there."""
    text = root / drafted.record["article"]["text"]
    # What is there under that name may be another article, with a record of its own.
    if drafted.is_outside and text.exists() and text.read_bytes() != drafted.content.encode():
        raise CallError(f"{text} is there already, with another text; rename one")
    if drafted.is_new or drafted.is_outside:
        _write(text, drafted.content, force=force)


def _write(file: Path, content: str, *, force: bool) -> None:
    """Write a file, never over another unless told so."""
    if file.exists() and not force and file.read_bytes() != content.encode("utf-8"):
        raise CallError(f"{file} is there already; --force overwrites it")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8", newline="")
