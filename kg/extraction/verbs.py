"""Verb groups: which words of a sentence are verbs, with tense, voice, negation and hedge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extraction.lexicon import Lexicon
from kg.extraction.tokens import Token


@dataclass(eq=False, slots=True)
class VerbGroup:
    """A verb with its auxiliaries and adverbs.

    Attributes:
        first: index of its first token.
        head: index of the verb that says what happens.
        last: index behind its last token.
        lemma: of the head; several words joined by nothing, as in the lexicon.
        form: finite, infinitive, gerund (-ing) or participle (a past one that stands alone).
        passive: whether its subject is what it is done to.
        negated: whether it says no.
        modality: actual, ongoing, expected or possible.
        hedge: reported, alleged, apparent, likely, or none.
    """

    first: int
    head: int
    last: int
    lemma: str
    form: str
    passive: bool = False
    negated: bool = False
    modality: str = "actual"
    hedge: str | None = None


# "a commander known as …" describes the noun before it.
_NAMED_AS = frozenset(("known", "described", "identified", "dubbed", "regarded"))
_RANKS = frozenset(("first", "second", "third", "last", "only", "latest"))
_WHEN = frozenset(("in", "on", "at", "last", "this", "with", "during", "earlier"))


def find_verbs(
    tokens: Sequence[Token], names: frozenset[int], adjectives: frozenset[int], lexicon: Lexicon
) -> list[VerbGroup]:
    """Return the verb groups of a sentence, in order.

    Args:
        tokens: of the sentence.
        names: indices within names, which are no verbs.
        adjectives: those of them that are adjectives, such as "Russian".
        lexicon: the forms of verbs.
    """
    scan = _Scan(tokens, names, adjectives, lexicon)
    groups: list[VerbGroup] = []
    known, behind = lexicon["verb-starters"], 0
    modifiers = lexicon["number-modifiers"]
    for index in [i for i, low in enumerate(scan.lows) if low in known]:
        if index < behind or index in names:
            continue
        if scan.lows[index] in modifiers and (size := scan.modifies_number(index)):
            behind = index + size
            continue
        group = scan.group(index, groups)
        if group is not None:
            group = scan.extended(group)
            groups.append(group)
            behind = group.last
    return groups


class _Scan:
    """Looks for verb groups in one sentence."""

    def __init__(
        self,
        tokens: Sequence[Token],
        names: frozenset[int],
        adjectives: frozenset[int],
        lexicon: Lexicon,
    ) -> None:
        self.adjectives = adjectives
        self.tokens = tokens
        self.lows = [token.low for token in tokens]
        self.names = names
        self.lexicon = lexicon
        self.auxiliaries = lexicon["auxiliaries"]
        self.adverbs = lexicon["adverbs"]

    def group(self, index: int, groups: list[VerbGroup]) -> VerbGroup | None:
        """Return the verb group that begins at `index`."""
        low = self.lows[index]
        if low in self.auxiliaries:
            if low in ("'s", "’s") and not self._is_contraction(index):
                return None
            return self._with_auxiliary(index)
        if low == "to":
            return self._infinitive(index)
        readings = self.lexicon.verbs.get(low)
        if readings and (self.tokens[index].text[0].islower() or index == 0 or self._opens(index)):
            return self._bare(index, readings, groups)
        return None

    def modifies_number(self, index: int) -> int:
        """Return how many words at `index` say how exact the number behind them is."""
        matched = self.lexicon.modifiers.match(self.lows, index)
        if matched is None:
            return 0
        after = self.lows[index + matched[0] : index + matched[0] + 1]
        number = after and (after[0][0].isdigit() or after[0] in self.lexicon["number-starters"])
        return matched[0] if number and after != ["a"] else 0

    def _opens(self, index: int) -> bool:
        return self.tokens[index - 1].text in '"“‘«'

    def _is_contraction(self, index: int) -> bool:
        """Whether ’s is short for "is" or "has": after a pronoun only."""
        return index > 0 and self.lows[index - 1] in (
            "it",
            "he",
            "she",
            "that",
            "there",
            "who",
            "what",
        )

    def _with_auxiliary(self, index: int) -> VerbGroup | None:
        words: list[str] = []
        at = index
        while at < len(self.lows) and at - index < 10:
            low = self.lows[at]
            if low in self.auxiliaries or self._is_adverb(at):
                words.append(low)
                at += 1
            else:
                break
        head = at if at < len(self.lows) and self._can_follow(at, words) else None
        if head is None and words and words[-1] in self.lexicon["have"]:
            head = self._behind_aside(at, words)
        if head is None:
            return self._copula(index, at, words)
        lemma, letters = self._reading(head)
        last_aux = next((word for word in reversed(words) if word in self.auxiliaries), "")
        passive = last_aux in self.lexicon["be"] and ("n" in letters or letters == "?ed")
        form = "gerund" if self.lows[index] in ("having", "being") else "finite"
        group = VerbGroup(index, head, head + 1, lemma, form, passive=passive)
        progressive = "being" in words or (last_aux in self.lexicon["be"] and "g" in letters)
        self._describe(group, words, progressive=progressive)
        return group

    def _behind_aside(self, at: int, words: list[str]) -> int | None:
        """Return the participle behind "in recent weeks" in "has in recent weeks sent"."""
        if self._at(at) not in self.lexicon["prepositions"]:
            return None
        for index in range(at + 1, min(at + 6, len(self.lows))):
            if self._is_participle(index) and self._can_follow(index, words):
                return index
            if not self.lows[index][0].isalnum() or self.lows[index] in self.auxiliaries:
                return None
        return None

    def _copula(self, index: int, at: int, words: list[str]) -> VerbGroup | None:
        """Return a group whose verb is "be" or "have" itself."""
        for offset in range(len(words) - 1, -1, -1):
            word = words[offset]
            if word in self.lexicon["be"] or word in self.lexicon["have"]:
                lemma = "be" if word in self.lexicon["be"] else "have"
                head = index + offset
                last = at
                if (
                    at < len(self.lows)
                    and lemma == "be"
                    and self.lows[at] in self.lexicon["adjectives"]
                ):
                    lemma, head, last = f"be {self.lows[at]}", at, at + 1
                group = VerbGroup(index, head, last, lemma, "finite")
                self._describe(group, words, progressive=False)
                return group
        return None

    def _can_follow(self, at: int, words: list[str]) -> bool:
        """Whether the word at `at` can be the verb that the auxiliaries before it belong to."""
        token = self.tokens[at]
        if at in self.names or not token.text[0].islower():
            return False
        low = token.low
        last_aux = next((word for word in reversed(words) if word in self.auxiliaries), "")
        letters = "".join(found for _, found in self.lexicon.verbs.get(low, ()))
        if last_aux in self.lexicon["be"]:
            if low in self.lexicon["adjectives"] and "n" not in letters:
                return False
            return (
                "n" in letters
                or "g" in letters
                or (low.endswith(("ed", "ing")) and low not in self.lexicon.nouns)
            )
        if last_aux in self.lexicon["have"]:
            return "n" in letters or low.endswith("ed")
        if low in self.lexicon["determiners"] or low in self.lexicon["prepositions"]:
            return False
        return "b" in letters or (low.isalpha() and low not in self.lexicon["pronouns"])

    def _reading(self, head: int) -> tuple[str, str]:
        low = self.lows[head]
        known = self.lexicon.verbs.get(low)
        if known:
            return known[0]
        return low, "?ed" if low.endswith("ed") else "g" if low.endswith("ing") else "b"

    def _infinitive(self, index: int) -> VerbGroup | None:
        at = index + 1
        words: list[str] = []
        while (
            at < len(self.lows)
            and at - index < 5
            and (
                (self._is_adverb(at) and self.lows[at] not in self.lexicon.verbs)
                or self.lows[at] in ("be", "have", "been")
            )
        ):
            words.append(self.lows[at])
            at += 1
        if at >= len(self.lows) or at in self.names:
            return None
        known = self.lexicon.verbs.get(self.lows[at])
        wanted = "n" if words and words[-1] in ("been", "be") else "n" if "have" in words else "b"
        if "be" in words and known and any("g" in letters for _, letters in known):
            wanted = "g"
        reading = next((lemma for lemma, letters in known or () if wanted in letters), None)
        if reading is None:
            if words and words[-1] in ("be", "have"):
                return VerbGroup(index, at - 1, at, words[-1], "infinitive", modality="expected")
            return None
        negated = index > 0 and self.lows[index - 1] == "not"
        group = VerbGroup(index, at, at + 1, reading, "infinitive", negated=negated)
        group.passive = wanted == "n" and "have" not in words
        group.modality = "expected"
        return group

    def _bare(
        self, index: int, readings: list[tuple[str, str]], groups: list[VerbGroup]
    ) -> VerbGroup | None:
        """Return the group of a verb without auxiliary, if the word is a verb here."""
        lemma, letters = readings[0]
        start = index
        while (
            start > 0
            and self._is_adverb(start - 1)
            and self.lows[start - 1] not in ("no", "both", "all")
        ):
            start -= 1
        before = self.lows[start - 1] if start else ""
        low = self.lows[index]
        if "g" in letters:
            form = self._gerund(start, index, before, groups)
        elif "d" in letters or "n" in letters:
            form = self._past(start, index, before, letters, groups)
        else:
            form = self._present(start, index, before, letters, groups)
        if form is None:
            return None
        group = VerbGroup(start, index, index + 1, lemma, form)
        self._describe(group, self.lows[start:index], progressive="g" in letters)
        if "b" in letters and "d" not in letters and low == lemma:
            group.modality = "actual"
        return group

    def _gerund(self, start: int, index: int, before: str, groups: list[VerbGroup]) -> str | None:
        lexicon = self.lexicon
        low = self.lows[index]
        # "were killed fighting for": the noun would need something before it.
        follows = bool(groups) and groups[-1].last == start and groups[-1].passive
        if before in lexicon["prepositions"] or before in ("from", "of", "by"):
            return None if low in lexicon.nouns and not self._has_object(index) else "gerund"
        if before in lexicon["determiners"] or before in ("'s", "’s") or before in ("its", "their"):
            return None
        if (
            start == 0
            or before in (",", "—", "–", ";", "and", "or", "but")
            or start - 1 in self.names
        ):
            return "gerund" if low not in lexicon.nouns or self._has_object(index) else None
        if low in lexicon.nouns and not self._is_plural(start - 1) and not follows:
            return None
        return (
            "gerund" if before and before[0].isalpha() and before not in self.auxiliaries else None
        )

    def _has_object(self, index: int) -> bool:
        after = self.lows[index + 1] if index + 1 < len(self.lows) else ""
        return (
            after in self.lexicon["determiners"]
            or index + 1 in self.names
            or after[:1].isdigit()
            or after in ("that", "them", "him")
            or self.modifies_number(index + 1) > 0
        )

    def _is_plural(self, index: int) -> bool:
        low = self.lows[index]
        return (low.endswith("s") and not low.endswith("ss")) or low in (
            "men",
            "people",
            "personnel",
        )

    def _past(
        self, start: int, index: int, before: str, letters: str, groups: list[VerbGroup]
    ) -> str | None:
        lexicon = self.lexicon
        low = self.lows[index]
        adjacent = self.lows[index - 1] if index else ""
        after = self._at(index + 1)
        if self._is_modifier_slot(before) and not (
            (before[0].isdigit() or before in lexicon.numbers)
            and (after in lexicon["prepositions"] or after in lexicon["adverbs"])
        ):
            return None
        if low in _NAMED_AS and after == "as" and start:
            return "participle"
        if "b" in letters and low in lexicon.nouns and not self._subject_like(start - 1):
            return None
        if adjacent.endswith("ly") and before in lexicon["determiners"]:
            return None
        if start == 0 and "d" in letters:
            return "participle" if letters != "bdn" else None
        if before in lexicon["prepositions"] and before not in ("as",):
            return None
        if "n" not in letters or self._tells(index, start):
            return "finite"
        if self._reduced(start, index, groups):
            return "participle" if "n" in letters else None
        return "finite" if "d" in letters else "participle"

    def _is_participle(self, index: int) -> bool:
        low = self.lows[index] if index < len(self.lows) else ""
        return any("n" in letters for _, letters in self.lexicon.verbs.get(low, ()))

    def _tells(self, index: int, start: int) -> bool:
        """Whether a verb of saying has somebody right before it: "the lawmaker, …, said"."""
        lemma = self.lexicon.verbs[self.lows[index]][0][0]
        following = self.lows[index + 1] if index + 1 < len(self.lows) else ""
        return lemma in self.lexicon["say"] and following not in ("by", "to", "in") and start > 0

    def _is_modifier_slot(self, before: str) -> bool:
        """Whether what stands here is an adjective: "the armoured vehicles", "its sanctioned"."""
        lexicon = self.lexicon
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

    def _reduced(self, start: int, index: int, groups: list[VerbGroup]) -> bool:
        """Whether a past form only describes the noun before it: "soldiers sent to Russia"."""
        after = self.lows[index + 1] if index + 1 < len(self.lows) else ""
        if after == "by":
            return True
        if not groups or (
            start and self.lows[start - 1] == "and" and groups[-1].form == "participle"
        ):
            return self._verb_follows(index)
        previous = groups[-1]
        between = self.lows[previous.last : start]
        if previous.lemma in self.lexicon["say"] and previous.form != "infinitive":
            told = "that" in between and self._verb_follows(index)
            return told or any(word in self.lexicon["prepositions"] for word in between)
        if previous.form in ("infinitive",) and len(groups) == 1:
            return False
        return not any(self._parts(word) for word in between) and bool(between)

    def _parts(self, word: str) -> bool:
        return (
            word in ',;:—–“”"('
            or word in self.lexicon["subordinators"]
            or word in ("and", "but", "or")
        )

    def _verb_follows(self, index: int) -> bool:
        """Whether a finite verb stands further on in the same stretch, so that this one is none."""
        for at in range(index + 1, min(len(self.lows), index + 16)):
            low = self.lows[at]
            if self._parts(low) and not (low == "and" and self._is_participle(at + 1)):
                return False
            if low in self.auxiliaries and low not in ("'s", "’s") and at not in self.names:
                return self.lows[at - 1] not in ("to",)
        return False

    def _follows_finite(self, start: int, groups: list[VerbGroup]) -> bool:
        """Whether a finite verb stands before with nothing that would let another begin."""
        if not groups or groups[-1].form != "finite":
            return False
        lemma = groups[-1].lemma
        if (
            lemma in self.lexicon["say"]
            or lemma in self.lexicon["permit"]
            or lemma in ("be", "have")
        ):
            return False
        return not any(self._parts(word) for word in self.lows[groups[-1].last : start])

    def _helped_to(self, start: int, groups: list[VerbGroup]) -> bool:
        """Whether somebody is helped to do it: "to help it replenish its stocks"."""
        if not groups or groups[-1].lemma not in ("help", "make"):
            return False
        between = self.lows[groups[-1].last : start]
        return 0 < len(between) < 4 and not any(self._parts(word) for word in between)

    def _present(
        self, start: int, index: int, before: str, letters: str, groups: list[VerbGroup]
    ) -> str | None:
        lexicon = self.lexicon
        if not before or self._is_modifier_slot(before):
            return None
        if before in lexicon["prepositions"] or before in ("the", "a", "an", "this"):
            return None
        if not (before[0].isalnum() or before in (")", ",", "”", '"')):
            return None
        if before in ("who", "which", "they", "we"):
            return "finite"
        ambiguous = self.lows[index] in lexicon.nouns
        if self._follows_finite(start, groups):
            return None
        if letters == "b" and self._helped_to(start, groups):
            return "infinitive"
        if before in ("and", "or", "but", ","):
            counts = self.modifies_number(index + 1) > 0
            return "finite" if counts or (self._has_object(index) and not ambiguous) else None
        if start - 1 in self.adjectives or (ambiguous and self._is_noun(start, index)):
            return None
        if letters == "b" and not (
            self._is_plural(start - 1) or self._subject_like(start - 1) or start != index
        ):
            return None
        return "finite"

    def _is_noun(self, start: int, index: int) -> bool:
        """Whether a word that can be noun or verb is a noun, by what stands beside it."""
        certain = start != index and self.lows[start].endswith("ly")
        acts = self._subject_like(start - 1) or self._at(start - 1) in self.lexicon["people"]
        return not certain and not (acts and self._object_like(index))

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
            or after in ("that", "to", "with", "in", "against", "on")
            or self.lows[index] in ("says", "claims", "reports")
            or after[:1] in ",."
        )

    def _is_adverb(self, index: int) -> bool:
        low = self.lows[index]
        return low in self.adverbs or (
            low.endswith("ly")
            and len(low) > 4
            and index not in self.names
            and low not in self.lexicon.verbs
        )

    def _describe(self, group: VerbGroup, words: list[str], *, progressive: bool) -> None:
        lexicon = self.lexicon
        group.negated = not lexicon["negations"].isdisjoint(words)
        if not lexicon["possible"].isdisjoint(words):
            group.modality = "possible"
        elif not lexicon["expected"].isdisjoint(words):
            group.modality = "expected"
        elif progressive:
            group.modality = "ongoing"
        for word in words:
            if word in lexicon.hedges:
                group.hedge = lexicon.hedges[word]

    def extended(self, group: VerbGroup) -> VerbGroup:
        """Return `group` with the verb it leads to: "appears to be supplying", "plans to send"."""
        if group.lemma == "go" and self.lows[group.last : group.last + 2] == ["on", ","]:
            group.lemma, group.last = "continue", group.last + 1
            return group
        for _ in range(3):
            lemma = group.lemma
            raising, intending = self.lexicon.raising.get(lemma), lemma in self.lexicon["intending"]
            aspectual = lemma in self.lexicon["aspectual"]
            if lemma == "be" and (first := self._the_first_to(group.last)):
                group.last, is_to = first, True
            elif lemma in ("be", "get") and self._at(group.last) in self.lexicon["poised"]:
                group.last += 1  # "are ready to send"
                is_to = self._at(group.last) == "to"
                group.last -= not is_to
            else:
                is_to = lemma == "be" and self._at(group.last) == "to"
            if not (raising or intending or aspectual or is_to):
                break
            following = self._next_verb(group, gerund=aspectual)
            if following is None:
                break
            self._join(group, following, lemma)
        return group

    def _the_first_to(self, at: int) -> int | None:
        """Return where "to" stands in "was the first country to deliver"."""
        if self._at(at) != "the" or self._at(at + 1) not in _RANKS:
            return None
        return next((i for i in range(at + 2, at + 5) if self._at(i) == "to"), None)

    def _at(self, index: int) -> str:
        return self.lows[index] if index < len(self.lows) else ""

    def _next_verb(self, group: VerbGroup, *, gerund: bool) -> VerbGroup | None:
        at = group.last
        while at < len(self.lows) and self._is_adverb(at):
            at += 1
        if at >= len(self.lows):
            return None
        at = self._behind_when(at)
        if self.lows[at] == "to":
            return self._infinitive(at)
        if gerund and (readings := self.lexicon.verbs.get(self.lows[at])):
            lemma, letters = readings[0]
            noun = self.lows[at] in self.lexicon.nouns
            names = at + 1 in self.names or self._at(at + 1) in self.lexicon["people"]
            if "g" in letters and (not noun or names or self._has_object(at)):
                return VerbGroup(at, at, at + 1, lemma, "gerund", modality="ongoing")
        return None

    def _behind_when(self, at: int) -> int:
        """Return where "to" stands behind a time or those agreed with: "agreed in January to"."""
        if self.lows[at] in _WHEN:
            for index in range(at + 1, min(at + 6, len(self.lows))):
                if self.lows[index] == "to":
                    return index
                if not self.lows[index][0].isalnum() or self.lows[index] in self.lexicon.verbs:
                    break
        return at

    def _join(self, group: VerbGroup, following: VerbGroup, lemma: str) -> None:
        if raising := self.lexicon.raising.get(lemma):
            group.hedge = group.hedge or raising
            if lemma == "expect":
                group.modality = "expected"
            elif self.lows[following.head].endswith("ing"):
                group.modality = "ongoing"
        elif lemma in self.lexicon["intending"] or lemma in ("be", "get"):
            group.modality = "expected" if group.modality != "possible" else "possible"
        elif lemma in ("stop", "cease"):
            group.negated = not group.negated
        elif lemma in ("begin", "start", "continue", "keep"):
            group.modality = "ongoing"
        group.head, group.last, group.lemma = following.head, following.last, following.lemma
        group.passive = following.passive
        group.negated = group.negated or following.negated
