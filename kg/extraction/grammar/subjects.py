"""Where the subject of a verb begins and ends: behind marks, conjunctions, asides and lists."""

from __future__ import annotations

import itertools

from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.grammar.spoken_to import end_of_saying
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.verb_group import VerbGroup

HARD = frozenset(';:—–“"«')
# What stands right behind a verb of saying and is all that is said.
_NOT_TOLD = frozenset(
    ("so", "nothing", "little", "it", "this", "that", "as", "yes", "no", "more", "much")
)
_PRONOUNS = ("he", "she", "it", "they", "we")
_HELP = frozenset(("help", "support", "backing", "aid", "assistance", "blessing", "side"))
_SOFT_SUBORDINATORS = frozenset(("since", "after", "before", "as", "until", "once"))


# No name is described by what stands behind these: "told Chad of the guns that came".
_BEHIND_NAME = frozenset(("for", "of", "with", "about", "over"))
_NAMED = ("state", "person")
# So many words are quoted inside of a subject at the most.
_QUOTED = 6
# What stands before the place with which a sentence opens, and whose those are who act there.
_OPENING = frozenset(("in", "off", "near", "at", "outside", "around"))
_OWNERS = frozenset(("its", "their", "his", "her"))


class Subjects:
    """Finds the words of subjects in one sentence; all numbers are indices of tokens."""

    def __init__(self, parse: Parse, lexicon: Lexicon) -> None:
        """Take the sentence."""
        self.parse, self.lexicon = parse, lexicon
        self.lows = parse.lows
        self.counted = {i for q in parse.quantities for i in range(q.first, q.last)}
        # "On June 5, 2019, Chad": the commas of a date part nothing.
        self.dated = {
            i for d in parse.dates for i in range(d.first, d.last) if parse.lows[i] == ","
        }

    def begin(self, verb: VerbGroup, previous: Clause | None) -> int:
        """Return where the subject of `verb` begins: behind the nearest mark or word that parts."""
        low = previous.verb.last if previous else 0
        if (aside := self._told_aside(verb, low)) is not None:
            return aside
        closing = verb.first - 1 > low and self.lows[verb.first - 1] == ","
        index = self._before_aside(verb.first - 1, low) if closing else verb.first - 1
        index = self._before_scare_quotes(index, low)
        fallback: int | None = None
        lows, openers = self.lows, self.lexicon["clause-openers"]
        while index >= low:
            word = lows[index]
            if word not in openers or index in self.dated:
                index -= 1
                continue
            if self._parts(index, low, verb, previous):
                after = lows[index + 1] if word == "," else ""
                return index + 1 + (after in self.lexicon["coordinators"])
            if word in ("and", "but", "or", "yet") and index > low:
                if self._coordinates(index, low, verb, closing=closing, later=previous is not None):
                    return index + 1
                if fallback is None and previous is not None:
                    fallback = index + 1
            index -= 1
        if fallback is not None and verb.form == "finite" and not self._told_right_behind(previous):
            return fallback
        if previous is None and (behind := self._behind_opening(verb)):
            return behind
        return low + (low < verb.first and self.lows[low] in self.lexicon["coordinators"])

    def _behind_opening(self, verb: VerbGroup) -> int:
        """Return where "its soldiers" begins in "In Aden its soldiers handed", 0 if nowhere.

        So does "Chad" in "On June 5, 2019 Chad sent"; a day without a comma may stand in the quote.
        """
        lows = self.lows
        place = self.parse.mention_at.get(1) if lows[0] in _OPENING else None
        dated = self.parse.date_at.get(1) if self.dated else None
        if place is not None and place.kind in ("place", "state") and not place.modifies:
            at = place.last
        elif dated is not None:
            at = dated.last
        else:
            return 0
        if at >= verb.first:
            return 0
        begins = lows[at] in self.lexicon["determiners"] or lows[at] in _OWNERS
        return at if begins or at in self.parse.mention_at or at in self.counted else 0

    def _told_right_behind(self, previous: Clause | None) -> bool:
        """Whether what is said begins right behind the verb: "said naval and air forces had"."""
        if previous is None or previous.verb.passive or previous.verb.lemma == "tell":
            return False
        at = previous.verb.last
        first = self.lows[at] if at < len(self.lows) else ""
        opens = (
            first in self.lexicon["prepositions"] or first in _NOT_TOLD or at in self.parse.date_at
        )
        return previous.verb.lemma in self.lexicon["say"] and first[:1].isalnum() and not opens

    def _told_aside(self, verb: VerbGroup, low: int) -> int | None:
        """Return where an aside such as ", the report says," begins."""
        says = verb.lemma in self.lexicon["say"]
        if says and end_of_saying(self.parse, verb, self.lexicon) is not None:
            for index in range(verb.first - 1, max(low - 1, verb.first - 7), -1):
                if self.lows[index] == ",":
                    return index + 1
        return None

    def _parts(self, index: int, low: int, verb: VerbGroup, previous: Clause | None) -> bool:
        """Whether a clause ends at the mark or word at `index`."""
        word = self.lows[index]
        if word in HARD or word in ("”", "»") or self._subordinates(index, verb, low):
            return True
        if word != ",":
            return False
        pronoun = self.lows[index + 1] in _PRONOUNS
        return pronoun or self._comma_parts(index, low, verb, previous)

    def _coordinates(
        self, index: int, low: int, verb: VerbGroup, *, closing: bool, later: bool
    ) -> bool:
        """Whether "and" at `index` begins a clause rather than go on with a list."""
        if self.lows[index - 1] == "," and later and not closing:
            return not self._lists(index, low, verb)
        return self.lows[index + 1] in _PRONOUNS

    def _before_aside(self, comma: int, low: int) -> int:
        """Return where to look on, left of an aside between commas: "Cho, who leads it, said"."""
        for index in range(comma - 1, max(low, comma - 25), -1):
            if self.lows[index] == ",":
                return index - 1
        return comma - 1

    def _before_scare_quotes(self, index: int, low: int) -> int:
        """Return where to look on, left of quoted words in a subject: ‘26 "bandits" were hit’."""
        if self.lows[index] not in ("”", '"') or index - low < 2:
            return index
        for at in range(index - 1, max(low, index - _QUOTED), -1):
            if self.lows[at] in ("“", '"'):
                before = at - 1
                joins = before in self.counted or self.lows[before] in self.lexicon["determiners"]
                return before if joins else index
            if not self.lows[at][0].isalnum():
                return index
        return index

    def _subordinates(self, index: int, verb: VerbGroup, low: int) -> bool:
        word = self.lows[index]
        if word not in self.lexicon["subordinators"] or index in self.counted:
            return False
        if word in _SOFT_SUBORDINATORS:
            return index + 1 < verb.first and verb.form == "finite" and index > low
        return not (word == "that" and index + 1 < verb.first and index == low and low == 0)

    def _comma_parts(self, index: int, low: int, verb: VerbGroup, previous: Clause | None) -> bool:
        """Whether the comma at `index` ends something else, and the subject begins behind it."""
        if previous is None:
            return self._is_adverbial(low, index)
        return not self._lists(index, low, verb)

    def _is_adverbial(self, first: int, last: int) -> bool:
        """Whether what stands before the first comma says only when, where or how."""
        word = self.lows[first]
        if word in self.lexicon["coordinators"] or word in self.lexicon["subordinators"]:
            return True
        if any(self.lows[i] == "," and i not in self.dated for i in range(first + 1, last)):
            return False
        if word in self.lexicon["prepositions"] or word in (
            "according",
            "earlier",
            "later",
            "last",
            "meanwhile",
            "however",
            "additionally",
            "separately",
            "moreover",
            "overall",
            "instead",
        ):
            return True
        if word.endswith("ly") and last - first == 1:
            return True
        return any(
            dated.first <= first + 1 and dated.last >= last - 1 for dated in self.parse.dates
        ) or (word in self.lexicon["adverbs"])

    def _lists(self, index: int, low: int, verb: VerbGroup) -> bool:
        """Whether the comma at `index` parts the members of one subject: "France, Canada and"."""
        before = self.parse.tokens[index - 1].text if index > low else ""
        after = index + 1
        while after < verb.first and self.lows[after] in ("and", "the", "or"):
            after += 1
        if after >= verb.first or not before:
            return False
        name_before = before[0].isupper() or before in (")",)
        name_after = self.parse.tokens[after].text[0].isupper()
        rest = self.lows[index + 1 : verb.first]
        return name_before and name_after and "and" in rest and index > low

    def antecedent(self, pronoun: int, previous: Clause | None) -> tuple[int, int]:
        """Return the noun phrase before a relative pronoun."""
        last = pronoun - 1 if pronoun and self.lows[pronoun - 1] == "," else pronoun
        if last < pronoun:
            last = self._before_contrast(last)
        low = previous.verb.last if previous and previous.verb.last <= last else 0
        first = last
        while first > low and last - first < 12:
            word = self.lows[first - 1]
            if (
                word in HARD
                or word in self.lexicon["subordinators"]
                or (word == "," and last > first)
                or (word in self.lexicon["prepositions"] and self.lows[first - 2] == "and")
            ):
                break
            first -= 1
        blames = previous is not None and previous.verb.lemma in self.lexicon.blaming
        return (first if blames else self._behind_name(first, last)), last

    def _behind_name(self, first: int, last: int) -> int:
        """Return where the noun begins in "thanked France for the radar that was handed over"."""
        named = self.parse.mention_at.get(first)
        if named is None or named.kind not in _NAMED or named.modifies or named.last >= last - 1:
            return first
        return named.last + 1 if self.lows[named.last] in _BEHIND_NAME else first

    def _before_contrast(self, comma: int) -> int:
        """Return where the noun ends in "it was Chad, not Niger, that sent them"."""
        for index in range(comma - 1, max(0, comma - 8), -1):
            if self.lows[index] == ",":
                return index if self.lows[index + 1] == "not" else comma
        return comma

    def nearest(self, noun: tuple[int, int]) -> int:
        """Return where the noun begins that ", which" goes on with: behind its preposition."""
        for index in range(noun[1] - 1, noun[0] - 1, -1):
            if self.lows[index] in self.lexicon["prepositions"] and not self._of_noun(index):
                return index + 1
        return noun[0]

    def _of_noun(self, index: int) -> bool:
        """Whether "of" goes on with a noun: "the help of France, which" is France only."""
        if self.lows[index] != "of":
            return False
        owner = self.parse.mention_at.get(index + 1)
        return owner is None or owner.kind != "state" or self.lows[index - 1] not in _HELP

    def around(self, verb: VerbGroup, previous: Clause) -> tuple[int, int] | None:
        """Return the subject in "The panel, whose report came out last week, said"."""
        opener = previous.start - 1
        aside = opener > 1 and self.lows[opener - 1] == "," == self.lows[verb.first - 1]
        if not aside or self.lows[opener] not in ("whose", "which", "who", "where"):
            return None
        begin = opener - 1
        while begin > 0 and self.lows[begin - 1] not in HARD and self.lows[begin - 1] != ",":
            begin -= 1
        return begin, opener - 1

    def apposed(self, verb: VerbGroup, previous: Clause) -> tuple[int, int] | None:
        """Return the name in "Vidal, an officer known as Rex, told"."""
        first = previous.subject[0] - 1
        aside = previous.embedded and previous.verb.form == "participle" and first > 0
        if not aside or self.lows[first] != "," or self.lows[verb.first - 1] != ",":
            return None
        begin = first
        while begin > 0 and self.lows[begin - 1] not in HARD and self.lows[begin - 1] != ",":
            begin -= 1
        named = self.parse.mentions_in(begin, first)
        return (begin, first) if named and named[-1].last == first else None


def join_who_speaks(parse: Parse, clauses: list[Clause], lexicon: Lexicon) -> None:
    """Let both speak in "Shells were sent, Kuleba and his deputy Ali Saleh said"."""
    for before, clause in itertools.pairwise(clauses):
        says = clause.opener == "and" and clause.verb.lemma in lexicon["say"] and not clause.shared
        for first in parse.mentions if says else ():
            comma = first.first - 1
            alone = first.last == clause.start - 1 and parse.lows[comma] == ","
            if alone and first.kind in ("person", "unknown") and before.verb.last <= comma:
                clause.start, clause.subject = first.first, (first.first, clause.subject[1])
                before.end = comma
