"""What stands beside a verb: small questions about the words of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.tokens import Token
from kg.extraction.words.verb_group import VerbGroup

# So many words has a thing between who gives it and "to": "small arms and light weapons".
_THING = 6
# Nouns of what is told, which are verbs without "of".
_NOUNS_OF = frozenset(("reports", "claims", "charges", "hints", "talks", "fears", "estimates"))
# So many words stand before "plans" in "has no immediate plans to send", and what behind it.
_PLAN = 4
_TO_DO = ("to", "of", "in")
# So many words has an aside between a subject and its verb: ", on May 3,".
_ASIDE = 9
# What a verb is followed by that could be a noun: "soldiers fight beside the rebels".
_BEHIND_A_VERB = frozenset(
    (
        *("that", "to", "with", "in", "against", "on", "for", "alongside", "at", "beside", "near"),
        *("under", "inside", "around", "across", "along", "there", "together", "side"),
    )
)
# So many words are two names with "and" between them.
_TWO = 3


class VerbWords:
    """The words of one sentence, as those ask who look for verbs in it."""

    def __init__(
        self,
        tokens: Sequence[Token],
        lows: list[str],
        names: frozenset[int],
        adjectives: frozenset[int],
        lexicon: Lexicon,
    ) -> None:
        """Take the words, which of them are names, and which names are adjectives."""
        self.adjectives = adjectives
        self.tokens = tokens
        self.lows = lows
        self.names = names
        self.lexicon = lexicon
        self.auxiliaries = lexicon["auxiliaries"]
        self.adverbs = lexicon["adverbs"]
        self.parting = lexicon["parting"]

    def _at(self, index: int) -> str:
        return self.lows[index] if index < len(self.lows) else ""

    def _opens(self, index: int) -> bool:
        return self.tokens[index - 1].text in '"“‘«'

    def _is_adverb(self, index: int) -> bool:
        low = self.lows[index]
        return low in self.adverbs or (
            low.endswith("ly")
            and len(low) > 4
            and index not in self.names
            and low not in self.lexicon.verbs
        )

    def is_half(self, index: int) -> bool:
        """Whether a word is only the end of another: "U.S.-made"."""
        hyphen = index > 0 and self.lows[index - 1] == "-"
        return hyphen and self.tokens[index - 1].end == self.tokens[index].start

    def _has_object(self, index: int) -> bool:
        after = self.lows[index + 1] if index + 1 < len(self.lows) else ""
        return (
            after in self.lexicon["determiners"]
            or index + 1 in self.names
            or after[:1].isdigit()
            or after in self.lexicon.numbers
            or after in ("that", "them", "him", "no", "nothing")
            or self.modifies_number(index + 1) > 0
        )

    def _is_plural(self, index: int) -> bool:
        low = self._at(index)
        return (low.endswith("s") and not low.endswith("ss")) or low in (
            "men",
            "people",
            "personnel",
            "police",
        )

    def _is_participle(self, index: int) -> bool:
        return "n" in self.lexicon.letters.get(self._at(index), "")

    def _is_date_end(self, index: int) -> bool:
        """Whether a number is a day or a year: "on May 3", "in 2020"."""
        before = self.lows[index - 1] if index else ""
        year = len(self.lows[index]) == 4 and self.lows[index][:2] in ("19", "20")
        return before in self.lexicon.months or (year and before == "in")

    def _is_modifier_slot(self, index: int) -> bool:
        """Whether what stands here is an adjective: "the armoured vehicles", "its sanctioned"."""
        lexicon = self.lexicon
        before = self.lows[index - 1] if index else ""
        if index - 1 in self.names and before in lexicon.numbers:
            return False  # "the Group of Seven warned"
        if before[:1].isdigit() and self._is_date_end(index - 1):
            return False  # "The Union on May 3 sanctioned"
        if before in ("'s", "’s") or before[:1].isdigit() or before in lexicon.numbers:
            return True
        return before in lexicon["determiners"] and before not in (
            "that",
            "this",
            "these",
            "those",
            "all",
            "both",
            "some",
            "many",
            "most",
            "few",
            "others",
            "each",
        )

    def is_noun_behind(self, before: str, index: int) -> bool:
        """Whether a word is a noun by that before it: "the reports", "that reports of it were"."""
        told = before == "that" and self._at(index + 1) == "of" and self.lows[index] in _NOUNS_OF
        return told or before in ("the", "a", "an", "this")

    def _subject_like(self, index: int) -> bool:
        if index < 0:
            return False
        low = self.lows[index]
        return (index in self.names and index not in self.adjectives) or low in (
            "it",
            "he",
            "she",
            "they",
            "we",
            "i",
            "who",
            "which",
            "that",
        )

    def _object_like(self, index: int) -> bool:
        after = self.lows[index + 1] if index + 1 < len(self.lows) else ""
        return (
            self._has_object(index)
            or after in _BEHIND_A_VERB
            or self.lows[index] in ("says", "claims", "reports")
            or after in ("he", "she", "it", "they", "we")
            or after[:1] in ",."
            or self._gives_to(index)
        )

    def _gives_to(self, index: int) -> bool:
        """Whether a thing follows that goes to or comes from somebody: "supplies arms to Chad"."""
        if self._at(index + 1) == "no" and self._at(index + 2) != "longer":
            return True  # "the government plays no part"
        third = self.lows[index].endswith("s")
        if not (self._subject_like(index - 1) if third else self._is_plural(index - 1)):
            return False
        for at in range(index + 2, min(len(self.lows) - 1, index + _THING)):
            if self.lows[at] in ("to", "from"):
                named = at + 1 in self.names or (
                    self.lows[at + 1] in ("the", "both") and at + 2 < len(self.lows)
                )
                return named and all(word.isalpha() for word in self.lows[index + 1 : at])
            if self.lows[at] in self.lexicon["prepositions"]:
                return False
        return False

    def modifies_number(self, index: int) -> int:
        """Return how many words at `index` say how exact the number behind them is."""
        if index >= len(self.lows):
            return 0
        matched = self.lexicon.modifiers.match(self.lows, index)
        if matched is None:
            return 0
        after = self.lows[index + matched[0] : index + matched[0] + 1]
        number = after and (after[0][0].isdigit() or after[0] in self.lexicon["number-starters"])
        return matched[0] if number and after != ["a"] else 0

    def _reading(self, head: int) -> tuple[str, str]:
        low = self.lows[head]
        known = self.lexicon.verbs.get(low)
        if known:
            return known[0]
        return low, "?ed" if low.endswith("ed") else "g" if low.endswith("ing") else "b"

    def _adds(self, words: list[str]) -> bool:
        """Whether a no is followed by more: "has not only sent guns", "did not just train them"."""
        if self.lexicon["adding"].isdisjoint(words):
            return False
        return any(
            word in self.lexicon["negations"] and words[at + 1] in self.lexicon["adding"]
            for at, word in enumerate(words[:-1])
        )

    def plan_behind(self, at: int) -> tuple[int, bool] | None:
        """Return where "to send" begins in "has no plans to send", and whether there are none."""
        no = False
        for index in range(at, min(at + _PLAN, len(self.lows) - 1)):
            low = self.lows[index]
            if low in self.lexicon["having-plans"]:
                behind = self.lows[index + 1]
                return (index + 1 + (behind != "to"), no) if behind in _TO_DO else None
            no = no or low == "no"
            if low in self.lexicon["prepositions"] or not low[0].isalnum() or index in self.names:
                return None
        return None

    def _describe(self, group: VerbGroup, words: list[str], *, progressive: bool) -> None:
        lexicon = self.lexicon
        if not words:
            group.modality = "ongoing" if progressive else group.modality
            return
        group.negated = not lexicon["negations"].isdisjoint(words) and not self._adds(words)
        if not lexicon["possible"].isdisjoint(words):
            group.modality = "possible"
        elif not lexicon["expected"].isdisjoint(words):
            group.modality = "expected"
        elif progressive:
            group.modality = "ongoing"
        for word in words:
            if word in lexicon.hedges:
                group.hedge = lexicon.hedges[word]

    def _does_to(self, start: int, index: int, groups: list[VerbGroup]) -> bool:
        """Whether several do it to somebody, or it goes on: "flew out and hit two"."""
        joined = start > 0 and self.lows[start - 1] == "and"
        if (joined or self._is_plural(start - 1)) and self._has_object(index):
            return True
        low = groups[-1].last if groups else 0
        aside = (
            self.lows[start - 1] == ","
            and "," in self.lows[max(low + 1, start - _ASIDE) : start - 1]
        )
        return aside and self._at(index + 1) not in self.lexicon["prepositions"]

    def _two_act(self, start: int, index: int, letters: str) -> bool:
        """Whether two names open the sentence that do it: "Egypt and Russia hold drills"."""
        two = start > 2 and self.lows[start - 2] == "and" and {start - 1, start - 3} <= self.names
        opens = two and (start == _TWO or self.lows[start - 4] in self.parting)
        opens = opens and letters == "b"
        return opens and (self._is_plural(index + 1) or self._is_plural(index + 2))
