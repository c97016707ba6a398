"""The office that is named beside a person, and whom it is held for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.extraction.grammar.parse import Parse
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.names.mentions import Mention
from kg.extraction.words.lexicon import Lexicon

OUTLET = "NewsOutlet"
# What stands between an office and a name that it is not of: "the ambassador to Russia".
_NOT_OF = frozenset(("to", "by", "with", "against", "at", "on", "near"))


@dataclass
class Offices:
    """Finds offices beside the names of persons."""

    lexicon: Lexicon
    gazetteer: Gazetteer

    def acted_for(self, parse: Parse, mention: Mention) -> list[dict[str, Any]]:
        """Return for whom a person acts and as what; nothing unless the text says both."""
        role, where = self.beside(parse, mention)
        for other in where if role else ():
            if other.actor and self._may_be_acted_for(parse, other):
                return [{"actor": other.actor, "role": role}]
        return []

    def _may_be_acted_for(self, parse: Parse, other: Mention) -> bool:
        """Whether an office that a name stands beside can be of what the name means."""
        if other.kind not in ("state", "demonym", "organization"):
            return False
        if self.gazetteer.type_of(other.actor or "") in (OUTLET, "Person"):
            return False
        lows = parse.lows
        before = [word for word in lows[max(0, other.first - 2) : other.first] if word != "the"]
        owns = lows[other.last : other.last + 1] in (["'s"], ["’s"])
        inside = before[-1:] == ["in"] and other.kind == "state" and not owns
        return not inside and not _NOT_OF & set(before[-1:])

    def beside(self, parse: Parse, mention: Mention) -> tuple[str, list[Mention]]:
        """Return the office named beside a person, and the mentions beside it."""
        lows = parse.lows
        after = mention.last
        # Beyond a verb is another phrase: "Moscow was accused by spokesman …".
        told = {index for group in parse.verbs for index in range(group.first, group.last)}
        if lows[after : after + 1] == [","] and lows[after + 1 : after + 2] != ["and"]:
            end = min(len(lows), after + 14)
            stop = next((i for i in range(after + 1, end) if lows[i] in (",", "”", ".")), end)
            role, where = self._role(lows, after + 1, stop)
            if role:
                stop = next((i for i in range(where + 1, stop) if i in told), stop)
                return role, parse.mentions_in(after + 1, stop)
        first = max(0, mention.first - 9)
        for index in range(mention.first - 1, first - 1, -1):
            if index in told or (
                lows[index] in (",", ";", ":", "“", "”") and index < mention.first - 1
            ):
                first = index + 1
                break
        role, _ = self._role(lows, first, mention.first)
        return role, list(reversed(parse.mentions_in(first, mention.first)))

    def _role(self, lows: list[str], first: int, last: int) -> tuple[str, int]:
        """Return the first office between two tokens, and where it stands; "" if there is none."""
        for index in range(first, last):
            if matched := self.lexicon.roles.match(lows, index):
                return str(matched[1]), index
        return "", last
