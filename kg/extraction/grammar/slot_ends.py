"""Where the words of a slot end, and whom a preposition leads to only in passing."""

from __future__ import annotations

from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention

# What opens an aside with those who did not: "Egypt, unlike Chad, has".
CONTRASTING = frozenset(("not", "unlike", "rather", "instead"))
_ENDS_CONTRAST = frozenset((",", ";", "but", "to", "into"))
_NO_NUMBERS = frozenset(("the", "that", "this", "its", "their", "his", "her", "our", "my"))
_HELPING = frozenset(("help", "support", "assistance", "backing", "money", "funding", "funds"))
_COUNTS = frozenset(("count", "estimate", "account", "tally", "reckoning", "figures", "estimates"))
_SOME = frozenset(("among", "including", "many", "most", "some", "half", "all"))
_ARTICLES = frozenset(("a", "an"))
_RELATIVES = frozenset(("that", "which", "who", "whose"))
WHEN = ("before", "after", "since", "following")


def word_at(lows: list[str], index: int) -> str:
    """Return the word at `index`, nothing outside of the sentence."""
    return lows[index] if 0 <= index < len(lows) else ""


def is_share(lows: list[str], index: int) -> bool:
    """Whether "in" only says how many of them: "one in five soldiers"."""
    after = word_at(lows, index + 1)
    return lows[index] == "in" and lows[index - 1] == "one" and after not in _NO_NUMBERS


def ruled_out(parse: Parse) -> list[str]:
    """Return who it is said not to have been: "the Emirates, not China, had brought them"."""
    if "not" not in parse.words_used:
        return []
    lows = parse.lows
    named = (m for m in parse.mentions if m.first and m.actor and not m.modifies)
    behind = (m for m in named if lows[m.first - 1 - (lows[m.first - 1] == "the")] == "not")
    return [m.actor for m in behind if m.actor]


def left_out(lows: list[str], index: int, last: int) -> int:
    """Return where words end of which it is said that they were not meant: "food, not arms"."""
    words = lows[index : index + 2]
    contrasts = word_at(lows, index - 1) in (",", "and") or "but" in lows[index:last]
    if words not in (["rather", "than"], ["instead", "of"]) and not (
        words[:1] in (["not"], ["unlike"]) and contrasts
    ):
        return 0
    end = index + 2  # "to Libya, not to Sudan"
    while end < last and lows[end] not in _ENDS_CONTRAST:
        end += 1
    return end


def before_some_of_them(lows: list[str], first: int, last: int) -> int:
    """Return where a part begins of what was counted: "12,000, among them 1,200 from Chad"."""
    for index in range(first + 1, last) if "them" in lows else ():
        them = lows[index] == "them" and lows[index - 1] in ("of", "among", "including")
        at = index - 1 - (lows[index - 1] == "of")
        if them and at > first and lows[at] in _SOME and lows[at - 1] == ",":
            return at
    return last


def before_apposition(lows: list[str], first: int, last: int) -> int:
    """Return where a noun with its own clause begins: "by June, a date that an officer called"."""
    for index in range(first + 1, last - 2) if "," in lows else ():
        apposed = lows[index] in _ARTICLES and lows[index - 1] == ","
        if apposed and lows[index + 2] in _RELATIVES:
            return index
    return last


def before_what_followed(parse: Parse, first: int, last: int) -> int:
    """Return where it is told what was done next: "in Tobruk before heading back to Bari"."""
    if parse.words_used.isdisjoint(WHEN):
        return last
    acts = (g.first for g in parse.verbs if g.form == "gerund" and first < g.first < last)
    return next((at - 1 for at in acts if parse.lows[at - 1] in WHEN), last)


def stands_behind(lows: list[str], key: str, mention: Mention) -> bool:
    """Whether somebody only counts or helps: "by Seoul's count", "with American help"."""
    if key == "with":
        return not _HELPING.isdisjoint(lows[mention.last : mention.last + 2])
    return key == "by" and _is_of_a_count(lows, mention)


def _is_of_a_count(lows: list[str], mention: Mention) -> bool:
    """Whether it is who counts, not who acts: "were killed, by Seoul's count"."""
    behind = lows[mention.last : mention.last + 4]
    owns = behind[:1] in (["'s"], ["’s"])
    return owns and not _COUNTS.isdisjoint(behind[1:])
