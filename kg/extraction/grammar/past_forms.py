"""Whether a past form is the verb of its clause or a participle, by the clause before it."""

from __future__ import annotations

from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.verb_group import VerbGroup

# What stands before the paper in which somebody says it.
_IN = frozenset(("in", "on", "at", "to", "during", "through", "via"))
_JOINTS = frozenset(("and", "or", "but"))
# So far before a verb stands "whom".
_WHOM = 4
# "by" and a name, at the least; and what begins another clause behind them.
_DOER = 2
_NAMES = ("state", "person", "organization", "place", "unknown", "demonym")
# What is given or called has an object behind it in the passive too: "the unit, named Alpha, has".
_OF_TWO_OBJECTS = frozenset(
    (
        *("give", "offer", "call", "name", "dub", "rename", "award", "pay", "teach", "appoint"),
        *("elect", "declare", "promise", "deny", "hand", "allow", "grant", "brand", "label"),
        "lend",
    )
)
_PARTING = frozenset(
    (
        *(",", ";", ":", "and", "but", "that", "who", "which", "while", "as", "after", "before"),
        *("when", "where", "whose", "because", "until", "if", "or", "though", "although"),
    )
)


def settle_form(parse: Parse, verb: VerbGroup, previous: Clause | None, lexicon: Lexicon) -> None:
    """Let a verb be finite or a participle where the words before it say so."""
    first = verb.first
    if verb.form == "participle" and first and parse.lows[first - 1] == "nor":
        verb.form, verb.negated = "finite", True  # "has neither sent nor sold"
    if verb.form == "participle" and "whom" in parse.lows[max(0, first - _WHOM) : first - 1]:
        verb.form, verb.passive = "finite", False  # "fighters whom Turkey sent"
    if previous is None:
        return
    if _parts_from_noun(parse, verb, previous, lexicon):
        previous.verb.form, previous.embedded = "participle", True
        verb.form, verb.passive = "finite", False
        return
    if _goes_on_having(parse, verb, previous, lexicon):
        verb.form, verb.passive = "gerund", False
    elif _is_of_paper(parse, verb, previous, lexicon):
        verb.form, verb.passive = "participle", True
    elif _closes(parse, verb, previous, lexicon) or _goes_on(parse, verb, previous, lexicon):
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


def _parts_from_noun(parse: Parse, verb: VerbGroup, previous: Clause, lexicon: Lexicon) -> bool:
    """Whether of two past forms the first describes: "Fighters trained in Chad entered Niger".

    Nothing parts them, so only one can be the verb: the second, if it has an object.
    """
    lows, first = parse.lows, previous.verb.last
    one, letters = previous.verb, lexicon.letters
    if one.form != "finite" or verb.form not in ("finite", "participle") or previous.relative:
        return False
    if one.last - one.first > 1 or verb.last - verb.first > 1 or verb.first - first < _DOER:
        return False
    if "n" not in letters.get(lows[one.head], "") or "d" not in letters.get(lows[verb.head], ""):
        return False
    noun = parse.mention_at.get(one.first - 1)
    name = noun is not None and noun.kind in _NAMES
    named = not name and previous.subject[1] == one.first > previous.subject[0]
    named = named and lows[one.first - 1] not in lexicon["pronouns"]
    if previous.shared or not named or lows[first] not in lexicon["prepositions"]:
        return False
    says = verb.lemma in lexicon["say"] or one.lemma in lexicon["say"]
    if says or not _PARTING.isdisjoint(lows[first : verb.first]):
        return False
    return _has_object(parse, verb, lexicon)


def _has_object(parse: Parse, verb: VerbGroup, lexicon: Lexicon) -> bool:
    """Whether a name, a number or an article stands right behind a verb."""
    at = verb.last
    named = at in parse.counted or at in parse.mention_at
    return named or (at < len(parse.lows) and parse.lows[at] in lexicon["determiners"])


def _goes_on(parse: Parse, verb: VerbGroup, previous: Clause, lexicon: Lexicon) -> bool:
    """Whether a past form is the verb of "Rebels backed by Rwanda attacked Goma".

    The participle describes the subject, and no verb has told of it yet.
    """
    lows, first = parse.lows, previous.verb.last
    describes = previous.embedded and previous.verb.form == "participle"
    if not describes or verb.form != "participle":
        return False
    led = lows[first] == "as" or lows[first] in lexicon["prepositions"]
    led = led and _has_object(parse, verb, lexicon)
    if lows[first] != "by" and not led:
        return False
    if verb.first - first < _DOER or not _PARTING.isdisjoint(lows[first + 1 : verb.first]):
        return False
    if "d" not in lexicon.letters.get(lows[verb.head], "") or lows[verb.last :][:1] == ["by"]:
        return False
    root = previous
    while root.parent is not None and root.parent.embedded:
        root = root.parent
    if lows[root.subject[0]] in lexicon["prepositions"]:
        return False  # "spoke of rebels armed by Chad trained in Goma"
    open_ = root.parent is None or root.parent.verb.lemma in lexicon["say"]
    later = next((group for group in parse.verbs if group.first >= verb.last), None)
    ends = later is None or later.form != "finite" or later.first - verb.last < 1
    between = lows[verb.last : later.first] if later is not None else []
    return open_ and (ends or not _PARTING.isdisjoint(between))


def stands_apart(parse: Parse, verb: VerbGroup, lexicon: Lexicon) -> bool:
    """Whether a past form is a participle: "the unit, based in Goma, has left"."""
    alone = verb.last - verb.first == 1 and verb.first > 1
    if not alone or parse.lows[verb.first - 1] != ",":
        return False
    letters = lexicon.letters.get(parse.lows[verb.first], "")
    if "d" in letters and verb.lemma not in _OF_TWO_OBJECTS and _has_object(parse, verb, lexicon):
        return False  # "The unit, with old guns, killed nine rebels, said a general"
    return "n" in letters
