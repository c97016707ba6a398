"""`kg`: find the command, run it, and turn errors into a sentence and an exit code."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from kg import __version__
from kg.errors import CallError, KgError, did_you_mean

COMMANDS = {
    "init": "start a workspace",
    "extract": "turn articles into draft records",
    "evaluate": "score an extractor on reviewed records",
    "review": "step through a draft: accept, edit, reject",
    "validate": "the gate: check records or RDF; writes nothing",
    "build": "make the store equal to the files",
    "assess": "judge a claim: write a dated assessment",
    "redact": "take a person out of files, store and exports",
    "query": "answer a stored query, or one of your own",
    "export": "write the graph to a file",
    "push": "make a triple store equal to the graph",
    "ontology": "check the ontology, or show its classes",
    "info": "what is in the store, versions, where things are",
}


class Parser(argparse.ArgumentParser):
    """argparse with errors as the rest of kg has them: a sentence, then exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Raise the message as a call's fault."""
        raise CallError(f"{message[0].upper()}{message[1:]}; see '{self.prog} --help'")


def program() -> NoReturn:
    """Be the program `kg`: all is written when `main` returns, so nothing is torn down after it."""
    # Nearly all that a command makes lives until its end; looking for garbage costs it a fifth.
    gc.set_threshold(200_000, 20, 20)
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal, found without the import that argparse makes each time."""

    def __init__(self, prog: str) -> None:
        try:
            columns = os.get_terminal_size().columns
        except OSError:
            columns = 100
        super().__init__(prog, width=min(columns, 100))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `kg` and return its exit code."""
    # Where a stream was closed before the start, what would go there goes nowhere.
    nowhere = Path(os.devnull)
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        # A terminal that is not UTF-8 shows what it cannot as \\u201c, rather than end the run.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except KgError as error:
        _complain(str(error))
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output is gone; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("kg: interrupted", file=sys.stderr)
        return 130
    except OSError as error:
        _complain(f"{error.filename or 'the system'}: {error.strerror or error}")
        return 3
    return code


def _complain(words: str) -> None:
    # Errors name what stands in the data or on the command line; none of it may steer a terminal.
    from kg.visible import visible

    print(f"kg: {visible(words)}", file=sys.stderr)


def _run(arguments: list[str]) -> int:
    parser = _parser()
    early, rest = parser.parse_known_args(arguments)
    name = early.command
    if name is None:
        parser.print_help()
        return 0
    if name not in COMMANDS:
        hint = did_you_mean(name, COMMANDS) or "; see 'kg --help'"
        raise CallError(f"There is no command '{name}'{hint}")
    module = importlib.import_module(f"kg.cli.{name}")
    command = Parser(
        prog=f"kg {name}",
        description=module.__doc__,
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    module.configure(command)
    chosen = command.parse_intermixed_args([*early.arguments, *rest])
    chosen.workspace = early.workspace
    return int(module.run(chosen))


def _parser() -> Parser:
    listing = "\n".join(f"  {name:<10} {summary}" for name, summary in COMMANDS.items())
    parser = Parser(
        prog="kg",
        description="Claims about military cooperation between states, as a validated graph.",
        epilog=f"commands:\n{listing}\n\n'kg COMMAND --help' says more.",
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    parser.add_argument("--workspace", metavar="DIR", default=".", help="folder in a workspace")
    parser.add_argument("--version", action="version", version=f"communique {__version__}")
    parser.add_argument("command", nargs="?", metavar="COMMAND")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser
