"""The review on a terminal: the article beside the claim, its words highlighted."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Input, Static

from kg.errors import DataError
from kg.reviewing.session import Session

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


class ReviewScreen(App[None]):
    """Steps through the claims of a draft: accept, edit, reject, next."""

    CSS = """
    #article { width: 3fr; padding: 0 1; }
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
        yield Input(placeholder="polarity: denied", disabled=True)
        yield Footer()

    def on_mount(self) -> None:
        """Show the first claim that waits."""
        self.show()

    def show(self, message: str = "") -> None:
        """Show the claim that is looked at, and a message."""
        self.query_one("#text", Static).update(self._article())
        self.query_one("#details", Static).update(self._details())
        self.query_one("#message", Static).update(Text(message))
        if self.session.claim is not None:
            start, _ = self.session.span
            line = self.session.text.count("\n", 0, start)
            self.query_one("#article", VerticalScroll).scroll_to(y=line, animate=False)

    def _article(self) -> Text:
        # Nothing in an article steers the terminal; each character stays one, so offsets hold.
        shown = "".join(c if c.isprintable() or c == "\n" else "·" for c in self.session.text)
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
        lines.append(f"{event.get('type', '')}: {event.get('label', claim['about'])}")
        lines += [f"{key}: {_shown(claim[key])}" for key in _SHOWN if key in claim]
        return Text("\n".join(lines))

    def action_accept(self) -> None:
        """Keep the claim."""
        self.session.accept()
        self.show()

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
