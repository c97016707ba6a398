"""Pronouns, bare figures and none at all: whether they can be what a clause is about."""

from __future__ import annotations

import itertools

from kg.extraction.document.memory import Happening
from kg.extraction.grammar.bare_figures import is_whole
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention
from kg.extraction.words.lexicon import Frame, Lexicon

_DETERMINING = frozenset(
    ("no", "the", "a", "an", "any", "this", "his", "her", "its", "their", "up")
)
# So many words back stands "along with" before goods.
_BESIDE = 6
_SOME = frozenset(("some", "most", "many", "all", "several", "first", "last", "rest"))
_TEACHING = frozenset(("teach", "train", "instruct", "drill", "coach"))
_MONEY = frozenset(
    ("cent", "penny", "dollar", "euro", "dime", "rouble", "ruble", "shilling", "vote")
)
# How a force is taken back to where it is from.
_WITHDRAWING = frozenset(("withdraw", "recall", "repatriate", "redeploy", "extricate"))
_AWAY = frozenset(("back", "home", "out", "away"))
_TRADING = frozenset(("sell", "buy", "purchase", "order", "import", "export"))


def counts_no_more(parse: Parse, clause: Clause, last: Happening) -> bool:
    """Whether a bare figure counts none of what was told: it is far, or nobody sells soldiers."""
    traded = last.klass == "persons" and clause.verb.lemma in _TRADING
    return traded or last.paragraph < parse.paragraph - 1


def right_before(parse: Parse, clause: Clause) -> int | None:
    """Return the number that stands alone before a verb that shares its subject with another."""
    figures = enumerate(parse.quantities)
    return next((i for i, q in figures if q.last == clause.verb.first), None)


def not_a_single(parse: Parse, clause: Clause) -> bool:
    """Whether "not a single bolt" is given: nothing at all, if it is no money."""
    first, last = clause.right
    words = parse.lows[first:last]
    at = next((i for i in range(len(words) - 2) if words[i : i + 2] == ["a", "single"]), None)
    return at is not None and words[at + 2] not in _MONEY


def can_be_told_of(parse: Parse, clause: Clause, frame: Frame, lexicon: Lexicon) -> bool:
    """Whether a pronoun in the subject can be the theme, not who sends another thing."""
    if frame.object == "theme" and frame.subject != "theme" and not clause.verb.passive:
        if clause.opener in ("which", "that") and not clause.relative:
            return False  # "a theory which he offers"
        return not has_own_object(parse, clause, lexicon)
    return clause.verb.passive or clause.verb.form == "finite"


def has_own_object(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether an active verb has an object that names another thing: "offered no evidence"."""
    after = parse.lows[clause.verb.last : clause.verb.last + 1]
    if after == [] or after[0] in _DETERMINING:
        return after != []
    named = clause.verb.last in parse.mention_at or clause.verb.last in parse.date_at
    plain = after[0] in lexicon["function-words"] or after[0] in lexicon["leading-on"]
    return after[0].isalpha() and not named and not plain  # "gives assurances"


# What stands behind the number of a unit's men: a verb or a preposition, no noun that is counted.
_AFTER_MEN = frozenset(
    (
        *("in", "at", "from", "to", "into", "on", "for", "with", "under", "by"),
        *("arrived", "landed"),
        *("was", "were", "is", "are", "has", "have", "had", "will", "would", "and", "who", "that"),
        *("could", "should", "may", "might", "left", "flew", "came", "reached", "entered"),
    )
)
_ENDLESS = frozenset(("wave", "batch", "convoy", "column"))  # of vehicles, as likely as of men


def counts_members(parse: Parse, index: int) -> bool:
    """Whether a number counts a unit's persons: "a 22-member unit", "a force numbering 900"."""
    quantity = parse.quantities[index]
    before = parse.lows[quantity.first - 1] if quantity.first else ""
    return before == "numbering" or parse.lows[quantity.last : quantity.last + 1] == ["-"]


def members(parse: Parse, unit: Mention) -> int | None:
    """Return the number of men in "an advance party of 20", None where what follows is counted."""
    last, lows = unit.last, parse.lows
    if lows[last : last + 1] != ["of"] or lows[last - 1] in _ENDLESS:
        return None
    counted = {m.quantity for m in parse.mentions}
    for index, quantity in enumerate(parse.quantities):
        if quantity.first == last + 1 and index not in counted:
            after = lows[quantity.last] if quantity.last < len(lows) else "."
            return index if not after[0].isalnum() or after in _AFTER_MEN else None
    return None


def apposed(parse: Parse, named: Mention) -> int | None:
    """Return the figure that stands between commas behind what it counts: "its jets, about 20,"."""
    last, lows = named.last, parse.lows
    while (kind := parse.mention_at.get(last)) is not None and kind.kind == "item":
        last = kind.last  # "its T-72 tanks"
    for index, quantity in enumerate(parse.quantities if lows[last : last + 1] == [","] else ()):
        if quantity.first == last + 1:
            alone = lows[quantity.last : quantity.last + 1] in ([","], ["."])
            return index if alone and lows[last - 1].endswith("s") else None
    return None


def some_of_them(parse: Parse, clause: Clause) -> bool:
    """Whether the object is "some of them", "the first of them", "none" or the like."""
    words = parse.lows[clause.verb.last : clause.verb.last + 4]
    some = not _SOME.isdisjoint(words[:2]) and "of them" in " ".join(words)
    return some or words[:1] == ["none"]


def are_there_to_teach(parse: Parse, clause: Clause) -> bool:
    """Whether "they" are persons: "They are here to teach our men", not the arms told of."""
    first, last = clause.right
    words = parse.lows[first : min(last, first + _BESIDE)]
    if _TEACHING.isdisjoint(words) or clause.verb.lemma not in ("be", "come", "stay", "remain"):
        return False
    return any(a == "to" and b in _TEACHING for a, b in itertools.pairwise(words))


def hands_them_on(parse: Parse, clause: Clause) -> bool:
    """Whether what was told of goes on to others: "wants to sell them to Mali"."""
    words = parse.lows[clause.verb.last : clause.verb.last + 2]
    return words[:1] == ["them"] and words[1:] in (["to"], ["on"], ["into"], ["over"])


def takes_them_away(parse: Parse, clause: Clause, last: Happening) -> bool:
    """Whether a force told of is taken back: "wants to bring them home", "will withdraw them".

    Others who are named before would be meant: "frees captives, sends them home".
    """
    verb, lows = clause.verb, parse.lows
    if lows[slice(*clause.subject)] == ["they"]:
        return False  # who sends "them" home is not among them
    if verb.passive or lows[verb.last : verb.last + 1] != ["them"] or last.klass != "persons":
        return False
    back = _AWAY.isdisjoint(lows[verb.last + 1 : verb.last + 3]) and verb.lemma not in _WITHDRAWING
    others = (m for m in parse.mentions if m.last <= verb.first)
    named = any(m.items and m.kind == "item" for m in others)
    return not back and not named and last.paragraph >= parse.paragraph - 1


def half_of_them(parse: Parse, clause: Clause) -> bool:
    """Whether a part of what was counted is the subject: "half of the 10,000 have left"."""
    first, last = clause.subject
    return any(
        first <= q.first and q.last == last and is_whole(parse.lows, q.first)
        for q in parse.quantities
    )
