"""Who is told to do what: "told the rebels to reopen the airport", "ordered Wagner to leave"."""

from __future__ import annotations

from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import NATION, Mention

# Verbs of telling others what they are to do.
BIDDING = frozenset(("tell", "order", "ask", "instruct", "command", "direct"))
_OTHERS = (*NATION, "organization", "definite", "collective", "place", "item")
# What one asks others for, which is no demand: help, and to come and talk.
_FAVOURS = frozenset(
    (
        *("send", "supply", "provide", "deliver", "give", "sell", "lend", "help", "assist"),
        *("support", "train", "deploy", "host", "allow", "let", "permit", "join", "take"),
        *("contribute", "share", "come", "attend", "visit", "mediate", "consider", "explain"),
        *("return", "comment", "keep", "pay", "play", "participate", "speed", "look"),
    )
)
# With what one may be asked to help that is a demand: "to help it block the sale".
_STOPPING = frozenset(("block", "stop", "halt", "end", "prevent", "restrain", "curb", "oust"))
_NO_VERB = frozenset(("the", "a", "an", "its", "their", "his", "her", "which", "whom", "that"))
# So many words may stand before "to": "the three armed groups".
_NEAR = 6


def bidden(parse: Parse, clause: Clause) -> tuple[Mention, str] | None:
    """Return who is told to do something and the verb of it, None where nobody is."""
    if clause.verb.lemma not in BIDDING or clause.verb.passive:
        return None
    (first, last), lows = clause.right, parse.lows
    to = next((i for i in range(first, min(last, first + _NEAR)) if lows[i] == "to"), last)
    done = lows[to + 1] if to + 1 < len(lows) else ""
    if to == last or not done.isalpha() or to + 1 in parse.mention_at or done in _NO_VERB:
        return None
    named = [m for m in parse.mentions_in(first, to) if not m.modifies]
    if len(named) != 1 or named[0].kind not in _OTHERS:
        return None
    if named[0].kind == "collective" and named[0].nation is None:
        return None  # "asked the works ministry to mend the road"
    group = parse.verb_at.get(to)
    return named[0], group.lemma if group is not None else done


def is_bid(parse: Parse, clause: Clause) -> bool:
    """Whether a clause tells others what to do, and asks no favour of them."""
    found = bidden(parse, clause)
    if found is None:
        return False
    if clause.verb.lemma != "ask" or found[1] not in _FAVOURS:
        return True
    words = parse.lows[clause.verb.last : clause.verb.last + 2 * _NEAR]
    return found[1] == "help" and not _STOPPING.isdisjoint(words)
