"""The review on a terminal: the article beside the claim, its words highlighted."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Input, Static

from kg.articles.text import in_lines
from kg.errors import DataError
from kg.reviewing.session import HOW_TO_EDIT, Session

_SHOWN = (
    "aspect",
    "modality",
    "polarity",
    "hedge",
    "speaker",
    "via",
    "based_on",
    "date",
    "quantity",
    "items",
    "places",
    "evidence",
    "extracted_by",
    "confidence",
)

_OF_EVENT = ("type", "label", "from", "to", "parties", "part_of")
_ROWS_ABOVE = 2


class ReviewScreen(App[None]):
    """Steps through the claims of a draft: accept, edit, reject, next."""

    CSS = """
    #article { width: 3fr; padding: 0 1; overflow-y: scroll; }
    #claim { width: 2fr; padding: 0 1; border-left: solid $accent; }
    #message { height: auto; color: $error; padding: 0 1; }
    Input { display: none; }
    Input.open { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", "Accept"),
        Binding("e", "edit", "Edit"),
        Binding("r", "reject", "Reject"),
        Binding("n", "move(1)", "Next"),
        Binding("p", "move(-1)", "Previous"),
        Binding("escape", "close", "Close", show=False),
        Binding("q", "quit", "Leave"),
    ]

    def __init__(self, session: Session) -> None:
        """Take the review to show."""
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        """Lay out the article, the claim, a line for edits and one for what went wrong."""
        with Horizontal():
            with VerticalScroll(id="article"):
                yield Static(id="text")
            with VerticalScroll(id="claim"):
                yield Static(id="details")
        yield Static(id="message")
        yield Input(placeholder="event.from: [iran]", disabled=True)
        yield Footer()

    def on_mount(self) -> None:
        """Show the first claim that waits."""
        self.show()

    def on_resize(self) -> None:
        """Wrap the article to the new width, when that is known."""
        self.call_after_refresh(self._show_article)

    def show(self, message: str = "") -> None:
        """Show the claim that is looked at, and a message."""
        self.query_one("#details", Static).update(self._details())
        self.query_one("#message", Static).update(Text(message))
        self.call_after_refresh(self._show_article)

    def _show_article(self) -> None:
        """Show the article with the words of the claim in sight."""
        article = self.query_one("#article", VerticalScroll)
        # Wrapped here, not by the widget: only so is it known in which row the words stand.
        rows = self._article().wrap(self.console, max(1, article.scrollable_content_region.width))
        row = next((number for number, line in enumerate(rows) if line.spans), 0)
        self.query_one("#text", Static).update(Text("\n").join(rows))
        top = max(0, row - _ROWS_ABOVE)
        self.call_after_refresh(article.scroll_to, y=top, animate=False, immediate=True)

    def _article(self) -> Text:
        # Nothing in an article steers the terminal; each character stays one, so offsets hold.
        shown = "".join(
            c if c.isprintable() or c == "\n" else "·" for c in in_lines(self.session.text)
        )
        text = Text(shown)
        if self.session.claim is not None:
            text.stylize("reverse bold", *self.session.span)
        return text

    def _details(self) -> Text:
        session = self.session
        claim = session.claim
        if claim is None:
            return Text("No claim is left.")
        event = session.event
        where = f"{session.position + 1} of {len(session.claims)}, {session.undecided} undecided"
        lines = [f"{claim['id']}  ({where})", session.decided.get(claim["id"], "undecided"), ""]
        lines.append(f"about: {claim['about']}")
        lines += [f"event.{key}: {_shown(event[key])}" for key in _OF_EVENT if key in event]
        lines += ["", *(f"{key}: {_shown(claim[key])}" for key in _SHOWN if key in claim)]
        others = [one["id"] for one in session.data.get("events") or [] if one is not event]
        lines += ["", "Other events:", *others] if others else []
        lines += ["", "Edits, for example:", HOW_TO_EDIT]
        return Text("\n".join(lines))

    def action_accept(self) -> None:
        """Keep the claim."""
        self._try(self.session.accept)

    def action_reject(self) -> None:
        """Take the claim out."""
        self._try(self.session.reject)

    def action_move(self, step: int) -> None:
        """Look at another claim."""
        self.session.move(step)
        self.show()

    def action_edit(self) -> None:
        """Open the line for an edit."""
        line = self.query_one(Input)
        line.disabled = False
        line.add_class("open")
        line.focus()

    def action_close(self) -> None:
        """Close the line for an edit."""
        line = self.query_one(Input)
        line.value = ""
        line.remove_class("open")
        line.disabled = True
        self.set_focus(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Make the edit."""
        value = event.value
        self.action_close()
        self._try(lambda: self.session.edit(value))

    def _try(self, change: Any) -> None:
        try:
            change()
        except DataError as error:
            self.show(str(error))
        else:
            self.show()


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(one)}" for key, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
