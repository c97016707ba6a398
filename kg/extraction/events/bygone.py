"""Articles that tell of no news: of wars up to 1945, or what happens in a novel or a film.

The article has to open so; a year long past that a report names by the way silences nothing else.
"""

from __future__ import annotations

from kg.extraction.events.civil import is_mishap, names_any
from kg.extraction.events.sitting import Sitting
from kg.extraction.grammar.parse import Parse
from kg.extraction.words.lexicon import Lexicon

_IN = frozenset(("in", "by", "until", "from", "before", "after"))
_ERAS = frozenset(("bc", "bce"))
_FIRST_YEAR, _LAST_YEAR = 1000, 1945
# What says that a sentence is of today again.
_TODAY = frozenset(
    (
        *("has", "have", "will", "now", "is", "are", "today", "yesterday", "ago", "last", "this"),
        *("tomorrow", "next", "recent", "recently", "official", "officials", "spokesman"),
    )
)


def is_no_news(sitting: Sitting) -> bool:
    """Whether a sentence belongs to a tale, or to times long past."""
    parse, memory = sitting.parse, sitting.memory
    opens, memory.has_begun = not memory.has_begun, True
    if opens and _tells_a_tale(sitting):
        memory.no_news = "tale"
    if memory.no_news == "tale":
        return True
    if opens and _is_on_show(sitting):
        memory.no_news = "past"
        return True
    if opens:
        memory.mishap = is_mishap(parse, sitting.lexicon) and not names_any(
            parse, sitting.lexicon, "of-arms"
        )
    old = _is_old(parse, sitting.lexicon) and not _is_of_today(parse)
    if opens and old:
        memory.no_news = "past"
    elif memory.no_news and _is_of_today(parse):
        memory.no_news = ""
    return old or memory.no_news != ""


def _is_on_show(sitting: Sitting) -> bool:
    """Whether the article opens with what a museum shows."""
    shown = sitting.lexicon["on-show"]
    if shown.isdisjoint(sitting.parse.words_used):
        return False
    return any(
        clause.verb.lemma in sitting.lexicon["showing"]
        and not shown.isdisjoint(sitting.parse.lows[slice(*clause.subject)])
        for clause in sitting.clauses[:1]
    )


def _is_old(parse: Parse, lexicon: Lexicon) -> bool:
    """Whether what a sentence tells happened in a year up to 1945."""
    lows = parse.lows
    for at, low in enumerate(lows):
        if at == 0 or not low.isdecimal() or len(low) > 4:
            continue
        after = lows[at + 1] if at + 1 < len(lows) else ""
        era = after in _ERAS or lows[at - 1] == "ad"
        small = after in lexicon["function-words"] or after in lexicon["joining"]
        counts = after.isalpha() and not small and parse.tokens[at + 1].text[0].islower()
        year = (
            len(low) == 4
            and _FIRST_YEAR <= int(low) <= _LAST_YEAR
            and (lows[at - 1] in _IN or lows[at - 1] in lexicon.months)
        )
        if (era or (year and not counts)) and _is_of_verb(parse, at):
            return True
    return False


def _is_of_verb(parse: Parse, at: int) -> bool:
    """Whether a year is that of the deed: not of a fort "built in 1857" that is hit today."""
    before = [group for group in parse.verbs if group.first < at]
    return not before or before[-1].form == "finite"


def _is_of_today(parse: Parse) -> bool:
    """Whether a sentence is of today again, by its dates or its words."""
    dated = any(d.weekday is not None or (d.year or 0) > _LAST_YEAR for d in parse.dates)
    return dated or not _TODAY.isdisjoint(parse.words_used)


def _tells_a_tale(sitting: Sitting) -> bool:
    """Whether the article opens with what is told in a novel or a film."""
    lows, works = sitting.parse.lows, sitting.lexicon["works-of-fiction"]
    if works.isdisjoint(sitting.parse.words_used):
        return False
    if lows[0] == "in" and lows[2:4] != [] and lows[2] in works and lows[1] in ("the", "this"):
        return True
    return any(
        clause.verb.lemma in sitting.lexicon["narrating"]
        and not works.isdisjoint(lows[slice(*clause.subject)])
        for clause in sitting.clauses[:1]
    )
