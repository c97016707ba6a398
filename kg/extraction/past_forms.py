"""Whether a past form is the verb of its clause or a participle, by the clause before it."""

from __future__ import annotations

from kg.extraction.clause import Clause
from kg.extraction.lexicon import Lexicon
from kg.extraction.parse import Parse
from kg.extraction.verb_group import VerbGroup

# What stands before the paper in which somebody says it.
_IN = frozenset(("in", "on", "at", "to", "during", "through", "via"))
_JOINTS = frozenset(("and", "or", "but"))
# So far before a verb stands "whom".
_WHOM = 4


def settle_form(parse: Parse, verb: VerbGroup, previous: Clause | None, lexicon: Lexicon) -> None:
    """Let a verb be finite or a participle where the words before it say so."""
    first = verb.first
    if verb.form == "participle" and first and parse.lows[first - 1] == "nor":
        verb.form, verb.negated = "finite", True  # "has neither sent nor sold"
    if verb.form == "participle" and "whom" in parse.lows[max(0, first - _WHOM) : first - 1]:
        verb.form, verb.passive = "finite", False  # "fighters whom Turkey sent"
    if previous is None:
        return
    if _goes_on_having(parse, verb, previous, lexicon):
        verb.form, verb.passive = "gerund", False
    elif _is_of_paper(parse, verb, previous, lexicon):
        verb.form, verb.passive = "participle", True
    elif _closes(parse, verb, previous, lexicon):
        verb.form, verb.passive = "finite", False


def _goes_on_having(parse: Parse, verb: VerbGroup, previous: Clause, lexicon: Lexicon) -> bool:
    """Whether "having" goes for a second verb: "accused Chad of having trained and armed them"."""
    lows, first = parse.lows, verb.first
    alone = verb.last - first == 1 and verb.form in ("finite", "participle")
    if not alone or lows[first - 1] not in _JOINTS or previous.verb.form != "gerund":
        return False
    having = lows[previous.verb.first] == "having" or "having" in lows[previous.start : first]
    return having and "n" in lexicon.letters.get(lows[first], "")


def _is_of_paper(parse: Parse, verb: VerbGroup, previous: Clause, lexicon: Lexicon) -> bool:
    """Whether it only says where somebody said it: "said in a report published on Friday"."""
    lows, first = parse.lows, previous.verb.last
    alone = verb.form == "finite" and verb.first == verb.head and verb.first - first > 1
    if not alone or previous.verb.lemma not in lexicon["say"]:
        return False
    if lows[first] not in _IN or "n" not in lexicon.letters.get(lows[verb.first], ""):
        return False
    paper = lows[verb.first - 1]
    return any(paper in lexicon[key] for key in ("told-in", "posts", "papers-said-in"))


def _closes(parse: Parse, verb: VerbGroup, previous: Clause, lexicon: Lexicon) -> bool:
    """Whether a past form is the verb of "that men working for the group landed in Goma"."""
    lows = parse.lows
    open_ = previous.embedded and previous.opener == "that" and previous.verb.form == "gerund"
    if not open_ or verb.form != "participle" or "," in lows[previous.start : verb.first]:
        return False
    later = next((group for group in parse.verbs if group.first >= verb.last), None)
    told = later is None or later.form != "finite" or "," in lows[verb.last : later.first]
    return told and "d" in lexicon.letters.get(lows[verb.head], "")


def stands_apart(parse: Parse, verb: VerbGroup, lexicon: Lexicon) -> bool:
    """Whether a past form is a participle: "the unit, based in Goma, has left"."""
    alone = verb.last - verb.first == 1 and verb.first > 1
    if not alone or parse.lows[verb.first - 1] != ",":
        return False
    return "n" in lexicon.letters.get(parse.lows[verb.first], "")
