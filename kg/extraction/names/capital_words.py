"""What is written with capitals and names nobody: the portfolio of a minister, a state paper."""

from __future__ import annotations

from kg.extraction.names.mentions import Mention, Words

_LONGEST = 5
PAPER = "paper"


def where_capital(words: Words) -> frozenset[int]:
    """Return the indices of capitals at which a portfolio or a paper of state can begin."""
    lexicon, lows, near = words.lexicon, words.lows, set[int]()
    for at in words.glance.naming:
        if lows[at] in lexicon["portfolios-of"]:
            near.update((at, at + 2, at + 3))
        elif lows[at] in lexicon["papers"] and words.tokens[at].text[0].isupper():
            near.update(range(at - _LONGEST, at + 1))
    return frozenset(near.intersection(words.glance.capitals)) if near else frozenset()


def behind_portfolio(words: Words, i: int) -> int:
    """Return where the portfolio ends that begins at `i`, or `i` itself where none does.

    "Minister of Foreign Affairs", "Heads of State and Government", "Minister of the Interior".
    """
    lows, at = words.lows, i - 1
    if lows[i] in words.lexicon["portfolios-of"] and lows[i + 1 : i + 3] == ["of", "state"]:
        return i + 1  # "Heads of State"
    if at > 0 and lows[at] == "the":
        at -= 1
    if (
        at < 1
        or lows[at] not in ("of", "for")
        or lows[at - 1] not in words.lexicon["portfolios-of"]
    ):
        return i
    last = i
    while last < len(lows) and last - i < _LONGEST:
        joins = lows[last] in ("and", "the", "of", ",") and last > i
        if joins and not lows[last + 1 : last + 2]:
            break
        if lows[last] not in words.lexicon["portfolios"] and not (
            joins and lows[last + 1] in words.lexicon["portfolios"]
        ):
            break
        last += 1
    return last


def find_paper(words: Words, i: int) -> Mention | None:
    """Return the state paper named at `i`: "Memorandum of Understanding", "Pretoria Agreement"."""
    papers, lows = words.lexicon["papers"], words.lows
    at = i
    while at < min(i + _LONGEST, len(lows)) and words.tokens[at].text[0].isupper():
        if lows[at] in papers:
            break
        at += 1
    else:
        return None
    if at >= len(lows) or lows[at] not in papers or not _is_town_or_unknown(words, i, at):
        return None
    last = at + 1
    if lows[last : last + 1] == ["of"] and last + 1 < len(lows):
        aim = last + 1
        while aim < len(lows) and words.tokens[aim].text[0].isupper():
            if words.gazetteer.match(words.tokens, words.folded, aim) is not None:
                break
            aim += 1
        last = aim if aim > last + 1 else last
    begins = i == 0 or words.tokens[i - 1].text in '"“‘«(:'
    return None if begins and last - i == 1 else Mention(i, last, PAPER)


def _is_town_or_unknown(words: Words, first: int, paper: int) -> bool:
    """Whether what a paper is called after is no state and nobody: a town or words of its own."""
    for index in range(first, paper):
        if words.lows[index] in words.lexicon["no-names"]:
            return False
        known = words.gazetteer.match(words.tokens, words.folded, index)
        if known is None:
            continue
        entry = known[1]
        town = bool(entry.places) and entry.places[:1] != entry.actors[:1] and not entry.demonym
        if not town and entry.kind != "item":
            return False
    return True
