"""Answer a stored query (kg query NAME key=value …), or a SPARQL text of your own."""

from __future__ import annotations

import argparse
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg.errors import CallError
from kg.querying.formats import FORMATS, write_answer
from kg.visible import visible
from kg.vocabulary.terms import prefixes

if TYPE_CHECKING:
    from kg.querying.ask import Answer
    from kg.workspace import Workspace

_ALONE = ("list", "show", "new", "lint")
_OPTIONS = (*_ALONE, "file", "text", "endpoint", "limit", "explain", "format", "spreadsheet")
_WORDS = {"file": "-f", "text": "-e"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="of a stored query")
    parser.add_argument("parameters", nargs="*", metavar="key=value")
    parser.add_argument("--format", choices=FORMATS, default="table")
    parser.add_argument("--limit", type=int, metavar="N", help="at most N rows")
    parser.add_argument(
        "--spreadsheet", action="store_true", help="csv in which nothing is a formula"
    )
    parser.add_argument("--explain", action="store_true", help="the engine's plan and the time")
    parser.add_argument(
        "--endpoint", metavar="URL", help="ask this SPARQL endpoint; or its name in kg.toml"
    )
    parser.add_argument("--list", action="store_true", help="the stored queries")
    parser.add_argument("--show", metavar="NAME", help="the text of a stored query")
    parser.add_argument("--new", metavar="NAME", help="start a query: GROUP/NAME")
    parser.add_argument("--lint", action="store_true", help="what is wrong with NAME, or with all")
    parser.add_argument("-f", dest="file", type=Path, metavar="FILE", help="a query in a file")
    parser.add_argument("-e", dest="text", metavar="'SELECT …'", help="a query as text")


def run(arguments: argparse.Namespace) -> int:
    """Answer on standard output; an empty answer is fine."""
    _check_together(arguments)
    workspace = kg.open(arguments.workspace)
    if arguments.list:
        _list(workspace)
    elif arguments.show is not None:
        sys.stdout.write(workspace.catalogue.find(arguments.show).text)
    elif arguments.new is not None:
        from kg.scaffolding.new_query import start_query

        taken = workspace.catalogue.files()
        for file in start_query(arguments.new, workspace.root / "queries", taken):
            print(file.relative_to(workspace.root))
    elif arguments.lint:
        return _lint(workspace, arguments.name)
    else:
        if arguments.explain:
            return _explain(workspace, arguments)
        form = _form(arguments)
        with _asking(workspace, arguments) as answer:
            _write(answer, form, prefixes(workspace.config.base))
    return 0


def _check_together(arguments: argparse.Namespace) -> None:
    """Refuse what would be ignored beside something else.

    Raises:
        CallError: it says what may stand together.
    """
    values = {key: getattr(arguments, key) for key in _OPTIONS}
    given = [
        key
        for key, value in values.items()
        if value is not None and value is not False and (key, value) != ("format", "table")
    ]
    words = [_WORDS.get(key, f"--{key}") for key in given]
    if given and given[0] in _ALONE:
        stands = "with the name of a query or none" if given[0] == "lint" else "alone"
        names = [arguments.name] if arguments.name and given[0] != "lint" else []
        if others := [*words[1:], *names, *arguments.parameters]:
            name = " NAME" if given[0] in ("show", "new") else ""
            raise CallError(f"{words[0]}{name} stands {stands}; leave {', '.join(others)} away")
    texts = len({"file", "text"} & set(given))
    if texts > 1 or (texts and arguments.name):
        raise CallError("Give either a stored query's name or a text with -e or -f")


def _asking(workspace: Workspace, arguments: argparse.Namespace) -> AbstractContextManager[Answer]:
    limit = _limit(arguments)
    if arguments.file or arguments.text:
        return workspace.asking_text(
            arguments.text or _read(arguments.file), limit, arguments.endpoint, _warn
        )
    if not arguments.name:
        raise CallError("Which query? 'kg query --list' shows the stored ones")
    return workspace.asking(
        arguments.name, _pairs(arguments.parameters), limit, arguments.endpoint, _warn
    )


def _limit(arguments: argparse.Namespace) -> int | None:
    limit: int | None = arguments.limit
    if limit is not None and limit < 1:
        raise CallError("--limit takes a number from 1")
    return limit


def _warn(words: str) -> None:
    print(f"kg: {visible(words)}", file=sys.stderr)


def _pairs(words: list[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for word in words:
        key, sign, value = word.partition("=")
        if not sign or not key:
            raise CallError(f"'{word}' is no parameter; write key=value")
        if key in pairs:
            raise CallError(f"The parameter '{key}' is given twice")
        pairs[key] = value
    return pairs


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise CallError(f"There is no file {file}") from error
    except UnicodeDecodeError as error:
        raise CallError(f"{file} is no UTF-8 text") from error


def _lint(workspace: Workspace, name: str | None) -> int:
    """Print what is wrong with one query or with all; 1 if anything is."""
    wrong = 0
    for file, complaint in workspace.lint_queries(name):
        wrong += 1
        where = f"{file}:{complaint.line}" if complaint.line else str(file)
        print(visible(f"{where}: {complaint.code}: {complaint.message}"))
    return 1 if wrong else 0


def _form(arguments: argparse.Namespace) -> str:
    if not arguments.spreadsheet:
        return str(arguments.format)
    if arguments.format not in ("table", "csv"):
        raise CallError("--spreadsheet is a kind of csv; leave --format away")
    return "spreadsheet"


def _explain(workspace: Workspace, arguments: argparse.Namespace) -> int:
    """Print the query's algebra, and how long its rows take."""
    if arguments.endpoint is not None:
        raise CallError("--explain tells the embedded engine's plan; leave --endpoint away")
    text = arguments.text or (_read(arguments.file) if arguments.file else None)
    if not text and not arguments.name:
        raise CallError("Which query? 'kg query --list' shows the stored ones")
    pairs = _pairs(arguments.parameters)
    told = workspace.explain(arguments.name, pairs, text, _limit(arguments))
    for line in told.plan:
        print(visible(line))
    print(f"{told.rows:,} rows; first after {told.first:.3f} s, last after {told.last:.3f} s")
    return 0


def _write(answer: Answer, form: str, known: dict[str, str]) -> None:
    import pyoxigraph as ox

    if form == "table" and isinstance(answer, ox.QuerySolutions):
        from kg.cli.table import print_table

        print_table(answer, known)
    elif form == "spreadsheet" and isinstance(answer, ox.QuerySolutions):
        from kg.querying.spreadsheet import write_spreadsheet

        write_spreadsheet(answer, sys.stdout.buffer)
    else:
        if form != "table" and isinstance(answer, ox.QueryTriples):
            _warn(f"A graph has no rows: this is Turtle, not {form}")
        write_answer(answer, form, sys.stdout.buffer, known)
        sys.stdout.buffer.flush()


def _list(workspace: Workspace) -> None:
    group = None
    for name in workspace.catalogue.names():
        try:
            query = workspace.catalogue.find(name)
            parameters = query.parameters.values()
        except CallError as error:
            print(f"kg: {visible(str(error))}", file=sys.stderr)
            continue
        if query.group != group:
            group = query.group
            print(group)
        print(f"  {query.name:<24} {query.summary}")
        for parameter in parameters:
            what = "required" if parameter.required else f"default {parameter.default or 'any'}"
            words = f"{parameter.name}=  {parameter.type}, {what}"
            print(
                f"  {'':<24}   {words}{'; ' if parameter.description else ''}"
                f"{parameter.description}"
            )
