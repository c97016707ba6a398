"""Print the page of a code, or the list of all codes: ``kg validate --explain [CODE]``."""

from __future__ import annotations

import json
import sys

from kg.cli.terminal import colours
from kg.errors import CallError
from kg.validation.pages import Page, Pages


def explain(pages: Pages, code: str, form: str) -> int:
    """Print what `code` means; without one, each code with its sentence.

    Raises:
        CallError: there is no such code, or the format is neither text nor json.
    """
    if form not in ("text", "json"):
        raise CallError(f"A page comes as text or json, not as {form}")
    chosen = [pages.find(code)] if code else list(pages.values())
    if form == "json":
        about = [page.as_json() for page in chosen]
        print(json.dumps(about[0] if code else about, ensure_ascii=False, indent=2))
    elif code:
        _print_page(chosen[0])
    else:
        width = max(map(len, pages))
        for page in chosen:
            print(f"{page.code:<{width}}  {page.severity:<7}  {page.summary}")
    return 0


def _print_page(page: Page) -> None:
    """Print Markdown as it is, or laid out where it goes to a terminal."""
    if not sys.stdout.isatty():
        sys.stdout.write(page.text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(no_color=not colours(sys.stdout))
    console.print(Markdown(page.text, code_theme="ansi_dark", hyperlinks=False))
