"""Short names that a text gives: "the ADF" is who it has called by words with these initials."""

from __future__ import annotations

from kg.extraction.grammar.parse import Parse
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.names.mentions import Mention
from kg.extraction.words.slug import slug

_SHORTEST = 3
_BODIES = ("organization", "unknown")
_HYPHENS = ("-", "–", "’", "'")


class ShortNames:
    """Knows the bodies that one document has named, by their initials and by its own short names.

    A short name in brackets behind a name is that body's, whatever its letters: "the Coordination
    of Azawad Movements (CMA)". Elsewhere the letters must be the initials of a name before it, and
    then they are not somebody's whom the reference data knows by them.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Begin a document."""
        self.gazetteer = gazetteer
        self._known: dict[str, Mention] = {}
        self._initials: dict[str, Mention] = {}

    def complete(self, one: Parse) -> None:
        """Let the short names of a sentence stand for whom they are short for."""
        for mention in [m for m in one.mentions if m.kind in _BODIES]:
            if short := _short_name(one, mention):
                self._resolve(one, mention, short)
            elif mention.kind == "organization":
                self._note(one, mention)
        if "(" in one.words_used:
            self._bracketed(one)

    def _resolve(self, one: Parse, mention: Mention, short: str) -> None:
        meant = self._known.get(short)
        if meant is None and (before := _before_brackets(one, mention)) is not None:
            meant = self._introduce(one, before)
        meant = meant or self._initials.get(short)
        if meant is None or meant is mention or not meant.actor:
            return
        self._known[short] = meant
        mention.kind, mention.actor, mention.declared = "organization", meant.actor, meant.declared
        mention.place, mention.candidates = None, ()

    def _introduce(self, one: Parse, named: Mention) -> Mention | None:
        """Return a body that has its short name behind it; a name that nobody knows is one too."""
        if named.kind == "organization":
            return named
        if named.kind != "unknown" or named.last - named.first < 2:
            return None
        words = one.words(named)
        named.kind, named.actor = "organization", slug(words)
        known = named.actor in self.gazetteer.names.actors
        named.declared = "" if known else "Organization"
        return named

    def _note(self, one: Parse, mention: Mention) -> None:
        """Remember the initials of a body named in full: with and without its small words."""
        if not mention.actor or mention.last - mention.first < 2:
            return
        words = [token.text for token in one.tokens[mention.first : mention.last]]
        capitals = "".join(word[0] for word in words if word[0].isupper())
        if len(capitals) >= _SHORTEST:
            self._initials[capitals] = mention

    def _bracketed(self, one: Parse) -> None:
        """Note short names in brackets that no stage took for a name."""
        for mention in one.mentions:
            at = mention.last
            if mention.kind not in _BODIES or one.lows[at : at + 1] != ["("]:
                continue
            if one.lows[at + 2 : at + 3] != [")"] or at + 1 in one.mention_at:
                continue
            short = one.tokens[at + 1].text
            if _reads_as_short(short) and (named := self._introduce(one, mention)) is not None:
                self._known[short] = named


def _short_name(one: Parse, mention: Mention) -> str:
    """Return the letters of a mention that is a short name, else nothing."""
    if mention.last - mention.first != 1:
        return ""
    text = one.tokens[mention.first].text
    return text if _reads_as_short(text) else ""


def _reads_as_short(text: str) -> bool:
    if not text.isupper():
        return False
    plain = text
    for hyphen in _HYPHENS:
        plain = plain.replace(hyphen, "")
    return len(plain) >= _SHORTEST and plain.isalpha()


def _before_brackets(one: Parse, mention: Mention) -> Mention | None:
    """Return the name behind which a short one stands in brackets."""
    at = mention.first - 1
    closed = one.lows[mention.last : mention.last + 1] in ([")"], [","], [";"])
    if at < 0 or one.lows[at] != "(" or not closed:
        return None
    return next((m for m in reversed(one.mentions) if m.last == at), None)
