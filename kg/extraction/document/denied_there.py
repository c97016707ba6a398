"""Whether a stretch of a text stands denied there: by what the rules draft, else by its words."""

from __future__ import annotations

from typing import Any

from kg.extraction.grammar.parse import Parse
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.verb_group import VerbGroup

# They take out only their own phrase: "without a word, Iran sent", "with no fuss, it sent".
_OF_A_PHRASE = frozenset(("without", "no", "nothing"))
_BY_THE_WAY = frozenset(("who", "which"))
_MOST_BEHIND = 5


def drafted_there(drafted: list[dict[str, Any]], start: int, end: int) -> dict[str, Any] | None:
    """Return the drafted claim whose quote is most like a stretch of the text.

    Args:
        drafted: the claims of a draft record by the rules.
        start: where the stretch begins.
        end: where it ends.

    Returns:
        None where no quote has half of the stretch, or half of itself in it.
    """
    best, found = 0.0, None
    for claim in drafted:
        first = claim["quote"]["start"]
        last = first + len(claim["quote"]["exact"])
        shared = min(end, last) - max(start, first)
        alike = shared / (max(end, last) - min(start, first))
        if 2 * shared < min(end - start, last - first):
            continue
        affirmed = claim["polarity"] == "affirmed"
        if alike > best or (alike == best and affirmed):
            best, found = alike, claim
    return found


def is_negated(one: Parse, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether words of its clause deny what stands between two tokens of a sentence."""
    begin = _clause_begin(one, first, lexicon)
    verbs = [group for group in one.verbs if begin <= group.first < last]
    taken = {i for group in verbs for i in range(group.first, group.last)}
    kept = is_kept_from(one, first, last, lexicon)
    if kept or any(_denies(one, group, verbs, first, lexicon) for group in verbs):
        return True
    for index in range(begin, last):
        if index not in taken and _says_no(one, index, first, lexicon):
            return True
    return _is_judged_false(one, last, lexicon)


def _clause_begin(one: Parse, first: int, lexicon: Lexicon) -> int:
    """Return where what can deny begins: "but" and "after" end how far a denial reaches."""
    if one.lows[max(0, first - 2) : first] == [",", "and"] and first not in one.verb_at:
        return first  # with a subject of its own
    for index in range(first - 1, -1, -1):
        if one.lows[index] in lexicon["denial-ends"]:
            return index + 1
    return 0


def is_kept_from(one: Parse, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a deed between two tokens did not come about: "barred from", "instead of selling"."""
    told = one.verb_at.get(first)
    if told is None:
        told = next((group for group in one.verbs if first <= group.first < last), None)
    if told is None or told.form != "gerund" or told.first < 2:
        return False
    kept, word = one.lows[told.first - 2 : told.first]
    if word in ("of", "than"):
        return kept in lexicon["leaving-undone"]
    if (kept, word) == ("far", "from"):
        return True  # "far from sending troops"
    before = next((group for group in reversed(one.verbs) if group.first < told.first), None)
    if before is None or word != "from":
        return False
    return before.lemma in lexicon["keeping-from"] and not before.negated


def _denies(
    one: Parse, group: VerbGroup, verbs: list[VerbGroup], first: int, lexicon: Lexicon
) -> bool:
    """Whether a verb denies: "denied", "refused to send", "never sent", not "did not deny"."""
    behind = [other for other in verbs if other.first > group.first]
    undone = group.lemma in lexicon["not-doing"]
    if undone and group.first < first:
        # "refused to send", but not "refused, they said, and Iran sent".
        undone = not behind or behind[0].form in ("infinitive", "gerund")
    against = undone or group.lemma in lexicon["deny"]
    return against != (group.negated and _says_no_of_it(one, group, behind, first, lexicon))


def _says_no_of_it(
    one: Parse, group: VerbGroup, behind: list[VerbGroup], first: int, lexicon: Lexicon
) -> bool:
    """Whether the no of a verb is one to what begins at `first`, and not to a matter of its own."""
    words = one.lows[group.first : group.last]
    doubted = {group.lemma, *one.lows[group.last : group.last + 1]} & lexicon["doubts"]
    if doubted or not lexicon["adding"].isdisjoint(words):
        return False
    # "who did not want to be named said": what is told of somebody by the way.
    aside = one.lows[group.first - 1] in _BY_THE_WAY if group.first else False
    if aside and group.last < first and one.lows[group.last] != "that":
        return False
    # "who, not authorised to speak, said that": another verb has told it since.
    return not any(other.form == "finite" and other.first < first for other in behind)


def _says_no(one: Parse, index: int, first: int, lexicon: Lexicon) -> bool:
    """Whether a word outside the verbs denies what begins at `first`."""
    lows = one.lows
    low, behind = lows[index], lows[index + 1 : index + 2]
    if low in _OF_A_PHRASE:
        own = index < first and "," in lows[index:first]
        doubted = not lexicon["doubts"].isdisjoint(lows[index + 1 : index + 3])
        if own or doubted or (low == "without" and index >= first):
            return False
    if low in lexicon["falsehoods"]:
        return index < first and "that" in lows[index:first]
    return low in lexicon["negations"] and lexicon["adding"].isdisjoint(behind)


def _is_judged_false(one: Parse, last: int, lexicon: Lexicon) -> bool:
    """Whether the words behind give a verdict: "… are false", "… were denied"."""
    group = next((group for group in one.verbs if group.first >= last), None)
    if group is None or {*one.lows[last : group.first]} & {",", ";", *lexicon["coordinators"]}:
        return False
    if group.passive and group.lemma in lexicon["deny"]:
        return not group.negated
    behind = one.lows[group.head + 1 : group.head + 1 + _MOST_BEHIND]
    return group.lemma == "be" and not lexicon["falsehoods"].isdisjoint(behind)
