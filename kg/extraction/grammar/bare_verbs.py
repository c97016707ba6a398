"""Verbs without an auxiliary: whether a word is one here, and in which form."""

from __future__ import annotations

from kg.extraction.grammar.verb_words import VerbWords
from kg.extraction.words.verb_group import VerbGroup

# "a commander known as …" describes the noun before it.
_LINKS = frozenset(("of", "in", "from", "at", "close", "inside", "for", "with"))
# So many words may say when or where between "who" and its verb: "who in the past two weeks".
_WHEN = 6
# So many words the phrase behind a noun has.
_PHRASE = 7
_NAMED_AS = frozenset(("known", "described", "identified", "dubbed", "regarded"))
_ARTICLES = frozenset(("the", "a", "an", "its", "their"))
_ENDS = (".", ",", ";", "”", "")
# "soldiers sent the previous week" has no object.
_SPANS = frozenset(
    ("previous", "day", "week", "month", "year", "same", "next", "following", "night", "last")
)
_OPENINGS = ("al-", "el-", "an-", "ar-")
_HARD = frozenset((":", ";", "—", "–"))
# What is done with a treaty, which does it to nothing itself.
_MAKING_TREATIES = frozenset(
    (
        *("sign", "reach", "conclude", "ink", "initial", "seal", "strike", "clinch", "ratify"),
        *("negotiate", "broker", "hammer", "agree", "finalise", "finalize", "renew"),
    )
)
# "the soldiers set off", "the fleet set sail".
_LEAVING = frozenset(("off", "sail", "foot", "ashore"))
# So many words, at the least, stand between a verb and what describes its object.
_OBJECT_SIZE = 3
# Prepositions that need no noun: "a plane with soldiers aboard landed".
_ADVERBS_TOO = frozenset(("as", "aboard"))
_NO_ADVERB = ("no", "both", "all")
_WHERE = frozenset(("there", "here", "by", "up", "out", "together"))
# What opens a clause between commas.
_ASIDES = frozenset(("who", "which", "whose", "whom", "where", "when", "as", "that"))
# So many words may stand between the treaty and its verb: "the accord with Mali signed".
_NEAR = 5


class BareVerbs(VerbWords):
    """Tells verbs that stand alone from nouns and adjectives of the same form."""

    def _bare(
        self, index: int, readings: list[tuple[str, str]], groups: list[VerbGroup]
    ) -> VerbGroup | None:
        """Return the group of a verb without auxiliary, if the word is a verb here."""
        lemma, letters = readings[0]
        start = index
        while (
            start > 0
            and self._is_adverb(start - 1)
            and (self.lows[start - 1] not in _NO_ADVERB or self.lows[start] == "longer")
            and not self._is_one_that_acts(start - 1, index)
        ):
            start -= 1
        if start > 1 and self.lows[start - 2 : start] == ["more", "than"]:
            start -= 2  # "has more than doubled"
        before = self.lows[start - 1] if start else ""
        low = self.lows[index]
        if "g" in letters:
            form = self._gerund(start, index, before, groups)
        elif "d" in letters or "n" in letters:
            past = self._past(start, index, before, letters, groups)
            form = past if low != "gone" else None  # "wants the Americans gone"
        else:
            form = self._present(start, index, before, letters, groups)
        if form is None:
            return None
        group = VerbGroup(start, index, index + 1, lemma, form)
        self._describe(group, self.lows[start:index], progressive="g" in letters)
        if "b" in letters and "d" not in letters and low == lemma:
            group.modality = "actual"
        return group

    def _is_one_that_acts(self, rank: int, index: int) -> bool:
        """Whether an ordinal acts: "the first arrived in May", not "the first armed jets"."""
        after = self._at(index + 1)
        plain = after in self.lexicon["prepositions"] or not after[:1].isalnum()
        first = rank > 0 and self.lows[rank] == "first" and self.lows[rank - 1] == "the"
        return first and rank == index - 1 and plain

    def _gerund(self, start: int, index: int, before: str, groups: list[VerbGroup]) -> str | None:
        lexicon = self.lexicon
        low = self.lows[index]
        if low == "following" and start:
            return None  # "left, following talks in Paris": after them, and nobody goes there
        # "were killed fighting for": the noun would need something before it.
        follows = bool(groups) and groups[-1].last == start and groups[-1].passive
        if before in lexicon["prepositions"] or before in ("from", "of", "by"):
            acts = self._has_object(index) or self._lists_gerunds(index)
            acts = acts or self._is_charged(index, before, groups)
            return None if low in lexicon.nouns and not acts else "gerund"
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

    def _is_charged(self, index: int, before: str, groups: list[VerbGroup]) -> bool:
        """Whether it is what somebody is accused of: "accused Togo of fighting alongside them"."""
        accused = before == "of" and bool(groups) and groups[-1].lemma in self.lexicon["accuse"]
        after = self._at(index + 1)
        return accused and (after in self.lexicon["prepositions"] or after in self.adverbs)

    def _lists_gerunds(self, index: int) -> bool:
        """Whether another verb of the same form is joined to it: "of financing, arming and"."""
        joined = self._at(index + 1) in (",", "and", "or")
        return joined and "g" in self.lexicon.letters.get(self._at(index + 2), "")

    def _past(
        self, start: int, index: int, before: str, letters: str, groups: list[VerbGroup]
    ) -> str | None:
        lexicon = self.lexicon
        low = self.lows[index]
        after = self._at(index + 1)
        # "received six TB2 armed drones"
        armed = low == "armed" and bool(groups) and before != "and" and self._is_plural(index + 1)
        slot = armed or self._is_modifier_slot(start)
        # "Five used Su-25 jets were flown in": they are second-hand.
        if slot and (low == "used" or not self._acts_behind_number(index, before, letters)):
            return None
        if groups and groups[-1].last == index:
            # "shifting advanced systems", "the French armed forces"
            return "finite" if self._is_of_noun_before(index, groups[-1]) else None
        if (low in _NAMED_AS and after == "as" and start) or self._is_made(index, start):
            return "participle"
        ambiguous = "b" in letters and low in lexicon.nouns
        acts = after in _LEAVING or after in _ARTICLES or self._subject_like(start - 1)
        acts = acts or self._does_to(start, index, groups)
        if ambiguous and not acts:
            return None  # "a direct hit", but "a missile hit the range"
        if self._at(index - 1).endswith("ly") and before in lexicon["determiners"]:
            return None
        if start == 0 and "d" in letters:
            return "participle" if letters != "bdn" else None
        if before in lexicon["prepositions"] and before not in _ADVERBS_TOO:
            return None
        acts = self._tells(index, start) or self._alleged(start, index, groups)
        if "n" not in letters or acts or self._is_of_who(start, groups):
            return "finite"
        if self._reduced(start, index, groups):
            return "participle" if "n" in letters else None
        return "finite" if "d" in letters else "participle"

    def _is_of_noun_before(self, index: int, before: VerbGroup) -> bool:
        """Whether a noun acts: "The guns that Chad had promised reached Mali"."""
        opened = "that" in self.lows[max(0, before.first - _NEAR + 1) : before.first]
        named = index + 1 in self.names and index + 1 not in self.adjectives
        return opened and named and before.form == "finite" and not before.passive

    def _acts_behind_number(self, index: int, before: str, letters: str) -> bool:
        """Whether a number is who does it: "more than 50 went", "the two signed a text"."""
        lexicon = self.lexicon
        if not before[0].isdigit() and before not in lexicon.numbers:
            return False
        after = self._at(index + 1)
        ends = after in (".", "", "last") or after in lexicon["prepositions"]
        return (
            "n" not in letters
            or ends
            or after in lexicon["adverbs"]
            or (after in lexicon["determiners"] and after not in ("that", "no"))
        )

    def _tells(self, index: int, start: int) -> bool:
        """Whether a verb of saying has somebody right before it: "the lawmaker, …, said"."""
        lemma = self.lexicon.verbs[self.lows[index]][0][0]
        following = self.lows[index + 1] if index + 1 < len(self.lows) else ""
        tells = lemma in self.lexicon["say"] or lemma in self.lexicon["deny"]
        return tells and following not in ("by", "to", "in") and start > 0

    def _is_of_who(self, start: int, groups: list[VerbGroup]) -> bool:
        """Whether only when or where stands behind "who": "who last week attacked"."""
        low = max(groups[-1].last if groups else 0, start - _WHEN)
        who = next((at for at in range(start - 1, low - 1, -1) if self.lows[at] == "who"), None)
        return who is not None and "," not in self.lows[who:start]

    def _alleged(self, start: int, index: int, groups: list[VerbGroup]) -> bool:
        """Whether it is the verb of "that" behind a claim: "the claim that Egypt sent jets is"."""
        low = groups[-1].last if groups else 0
        for at in range(start - 1, max(low, start - 7), -1):
            if self.lows[at] == "that":
                told = self.lows[at - 1] in self.lexicon["allegations"]
                plural = index + 1 < len(self.lows) and self._is_plural(index + 1)
                return told and at + 1 < start and (plural or self._has_object(index))
        return False

    def _describes_behind(self, start: int, index: int, groups: list[VerbGroup]) -> bool:
        """Whether it describes what stands before: "sent a force to Chad, made up of Malians"."""
        if not groups or not start or self.lows[start - 1] != ",":
            return False
        if groups[-1].form != "finite" or groups[-1].lemma in self.lexicon["say"]:
            return False
        previous, lows = groups[-1], self.lows
        if start - previous.last < _OBJECT_SIZE or self._is_in_aside(previous, groups[:-1]):
            return False
        between = " ".join(lows[previous.last : start - 1])
        if "," in between and " and " not in between.rpartition(",")[2]:
            return False  # "a battalion, some 500 men, trained in Chad"
        after = self._at(index + 1)
        led = after in self.lexicon["prepositions"] or after in _WHERE or after == "by"
        goes_on = "and" in lows[index:] and self._joins_verb(index)
        return led and not goes_on

    def _is_in_aside(self, verb: VerbGroup, before: list[VerbGroup]) -> bool:
        """Whether a verb is of a clause between commas: "the unit, which left Goma, moved"."""
        low = before[-1].last if before else 0
        zone = self.lows[low : verb.first]
        return any(word in _ASIDES and at and zone[at - 1] == "," for at, word in enumerate(zone))

    def _joins_verb(self, index: int) -> bool:
        """Whether "and" goes on with another verb: "crossed the river, moved on Juba and took"."""
        for at in range(index + 1, len(self.lows) - 1):
            if self.lows[at] == "and":
                letters = self.lexicon.letters.get(self.lows[at + 1], "")
                return "d" in letters and at + 1 not in self.names
        return False

    def _reduced(self, start: int, index: int, groups: list[VerbGroup]) -> bool:
        """Whether a past form only describes the noun before it: "soldiers sent to Russia"."""
        after = self.lows[index + 1] if index + 1 < len(self.lows) else ""
        if after == "by" or self._describes_behind(start, index, groups):
            return True
        if after in _ARTICLES and self._at(index + 2) not in _SPANS:
            return False  # what has an object of its own describes nothing
        if not groups or (
            start and self.lows[start - 1] == "and" and groups[-1].form == "participle"
        ):
            return self._verb_follows(index)
        previous = groups[-1]
        between = self.lows[previous.last : start]
        if (
            "that" in between
            and after in self.lexicon["prepositions"]
            and self._verb_follows(index)
        ):
            return True  # "rejected claims, made by some, that guns supplied to Chad had gone on"
        if not _HARD.isdisjoint(between):
            return self._verb_follows(index)  # "One thing is new: fighters recruited there are"
        if previous.lemma in self.lexicon["say"] and previous.form != "infinitive":
            if after in _LINKS and self._verb_follows(index):
                return True  # "said 300 men recruited in Chad had been flown in"
            told = "that" in between and self._verb_follows(index)
            return told or any(
                self.lows[at] in self.lexicon["prepositions"] and not self.modifies_number(at)
                for at in range(previous.last, start)
            )
        if previous.form in ("infinitive",) and len(groups) == 1:
            return False
        if all(group.form == "gerund" for group in groups) and not self._verb_follows(index):
            return False  # "Tankers carrying petrol docked in Havana"
        return bool(between) and self.parting.isdisjoint(between)

    def _is_made(self, index: int, start: int) -> bool:
        """Whether a treaty is what was made: "an accord reached in May"."""
        if self.lexicon.verbs[self.lows[index]][0][0] not in _MAKING_TREATIES:
            return False
        if self._has_object(index):
            return False
        zone = self.lows[max(0, start - _NEAR) : start]
        nouns = [at for at, word in enumerate(zone) if word in self.lexicon["treaty"]]
        return bool(nouns) and self.parting.isdisjoint(zone[nouns[-1] + 1 :])

    def _verb_follows(self, index: int) -> bool:
        """Whether a finite verb stands further on in the same stretch, so that this one is none."""
        for at in range(index + 1, min(len(self.lows), index + 16)):
            low = self.lows[at]
            if low in self.parting and not (low == "and" and self._is_participle(at + 1)):
                return False
            if low in ("having", "being") and self.lows[at - 1] in self.lexicon["prepositions"]:
                return False  # "accused Rwanda of having troops"
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
        return self.parting.isdisjoint(self.lows[groups[-1].last : start])

    def _helped_to(self, start: int, groups: list[VerbGroup]) -> bool:
        """Whether somebody is helped to do it: "to help it replenish its stocks"."""
        if not groups or groups[-1].lemma not in ("help", "make"):
            return False
        between = self.lows[groups[-1].last : start]
        return 0 < len(between) < 4 and self.parting.isdisjoint(between)

    def _present(
        self, start: int, index: int, before: str, letters: str, groups: list[VerbGroup]
    ) -> str | None:
        lexicon = self.lexicon
        office = (
            self.lows[index] == "head" and index + 1 in self.names
        )  # "Wagner head Y. Prigozhin"
        if not before or self._is_modifier_slot(start) or office or self._is_noun_there(index):
            return None
        if before in lexicon["prepositions"] or self.is_noun_behind(before, index):
            return None
        if not (before[0].isalnum() or before in (")", ",", "”", '"')):
            return None
        tells = self._tells_behind(index, before) or self._boasts(index)
        acts = before in ("who", "which", "they", "we") or self._two_act(start, index, letters)
        if tells or acts:
            return "finite"
        ambiguous = self.lows[index] in lexicon.nouns
        behind_be = bool(groups) and groups[-1].last == index and groups[-1].lemma == "be"
        named = ambiguous and letters == "b" and self._is_of_a_name(start - 1, index)
        named = named or (ambiguous and letters == "s" and self._is_object(start, groups))
        if behind_be or named or self._follows_finite(start, groups):
            return None  # "was close to"
        if letters == "b" and self._helped_to(start, groups):
            return "infinitive"
        if before in ("and", "or", "but", ","):
            counts = self.modifies_number(index + 1) > 0
            denies = lexicon.verbs[self.lows[index]][0][0] in lexicon["deny"]
            counts = counts or (before == "but" and letters == "s" and not ambiguous)
            counts = counts or (denies and self._at(index + 1) in ("it", "this", "any", "having"))
            counts = counts or (letters == "s" and self._resumes_telling(start, index, groups))
            return "finite" if counts or (self._has_object(index) and not ambiguous) else None
        if start - 1 in self.adjectives or (ambiguous and self._is_noun(start, index)):
            return None
        if letters == "b" and not (
            self._is_plural(start - 1) or self._subject_like(start - 1) or start != index
        ):
            return "finite" if not ambiguous and self._plural_before(start) else None
        return "finite"

    def _is_noun_there(self, index: int) -> bool:
        """Whether a word is part of a noun: the first of a compound, or what an ordinal counts."""
        return self._is_in_compound(index) or self._is_so_many_th(index)

    def _is_so_many_th(self, index: int) -> bool:
        """Whether an ordinal counts a noun, before a verb: "at the third attempt voted to"."""
        ranked = index > 1 and self.lows[index - 1] in self.lexicon["ordinals"]
        if not ranked or self.lows[index - 2] not in self.lexicon["determiners"]:
            return False
        return "d" in self.lexicon.letters.get(self._at(index + 1), "")

    def _is_in_compound(self, index: int) -> bool:
        """Whether it only says of what kind those are who act: "UN sanctions monitors have"."""
        if self.lows[index] not in self.lexicon.nouns or self.lows[index][-1] != "s":
            return False
        return self._is_plural(index + 1) and self._at(index + 2) in self.auxiliaries

    def _resumes_telling(self, start: int, index: int, groups: list[VerbGroup]) -> bool:
        """Whether it is the verb behind an aside: "The group, run by volunteers, speaks of"."""
        lemma = self.lexicon.verbs[self.lows[index]][0][0]
        tells = lemma in self.lexicon["say"] or lemma == "speak"
        if not tells or self.lows[start - 1] != ",":
            return False
        finite = any(g.form == "finite" for g in groups)
        opening = self.lows[: start - 1]
        if finite or opening.count(",") != 1:
            return False
        # "The group, a London monitor, reports that", not "Rumours, reports that".
        apposed = opening[opening.index(",") + 1 :][:1] in (["a"], ["an"], ["the"])
        that = apposed and self._at(index + 1) == "that"
        return that or self.lows[index] not in self.lexicon.nouns

    def _is_object(self, start: int, groups: list[VerbGroup]) -> bool:
        """Whether a name stands between a gerund and its object: "training SDF recruits"."""
        gerund = bool(groups) and groups[-1].form == "gerund" and start - 1 in self.names
        return gerund and groups[-1].last == start - 1 and groups[-1].first > 0

    def _is_of_a_name(self, index: int, noun: int) -> bool:
        """Whether a noun is that of one name, as in "the K9 contract": no plural verb agrees."""
        if index not in self.names or self._is_plural(index) or self._has_object(noun):
            return False
        return index not in self.adjectives and "and" not in self.lows[max(0, index - 4) : index]

    def _plural_before(self, start: int) -> bool:
        """Whether a plural noun with its phrase stands before: "reports in the press say"."""
        for at in range(start - 2, max(0, start - _PHRASE), -1):
            plural = self._is_plural(at - 1) or self.lows[at - 1] in self.lexicon["people"]
            if self.lows[at] in _LINKS and plural:
                return True
            if self.lows[at] in self.parting or not self.lows[at][0].isalpha():
                return False
        return False

    def _accuses(self, start: int, index: int) -> bool:
        """Whether it is what sources do to somebody: "Police blame al-Shabaab"."""
        lemma, who = self.lexicon.verbs[self.lows[index]][0][0], self._at(start - 1)
        whom = self._at(index + 1)
        named = index + 1 in self.names or whom in _ARTICLES or whom.startswith(_OPENINGS)
        known = lemma in self.lexicon["accuse"] and who in self.lexicon["sources"]
        return known and named and (self._is_plural(start - 1) or who == "police")

    def _tells_behind(self, index: int, before: str) -> bool:
        """Whether it is the verb of who said all before: "…, reports Bloomberg, citing two"."""
        lemma = self.lexicon.verbs[self.lows[index]][0][0]
        third = self.lows[index] != lemma and lemma in self.lexicon["say"]
        if not third or before not in (",", "”", '"') or index + 1 not in self.names:
            return False
        end = index + 1
        while end in self.names:
            end += 1
        return self._at(end) in (",", ".", "")

    def _boasts(self, index: int) -> bool:
        """Whether somebody says of himself what he has done: "the army claims to have downed"."""
        lemma = self.lexicon.verbs[self.lows[index]][0][0]
        done = self.lows[index + 1 : index + 3] == ["to", "have"] and self._is_participle(index + 3)
        return done and lemma in self.lexicon["say"]

    def _is_noun(self, start: int, index: int) -> bool:
        """Whether a word that can be noun or verb is a noun, by what stands beside it."""
        certain = start != index and self.lows[start].endswith("ly")
        # ", the report estimates."
        closes = self._at(index + 1) in (".", ",", "”", "") and self._at(start - 3) == ","
        certain = certain or (
            closes and self._at(start - 2) == "the" and self.lows[index][-1] == "s"
        )
        if (
            self._at(start - 2) == "the"
            and start - 1 in self.names
            and self._at(index + 1) in _ENDS
        ):
            return True  # "since the Hamas attack."
        acts = self._subject_like(start - 1) or self._at(start - 1) in self.lexicon["people"]
        acts = acts or (
            self._is_plural(start - 1) and self._at(start - 1) in self.lexicon["carriers"]
        )
        # "officers fill the classrooms"
        acts = acts or (self._is_plural(start - 1) and self._at(index + 1) in _ARTICLES)
        acts = acts or self._gives_to(index)
        if self._accuses(start, index):
            return False
        return not certain and not (acts and self._object_like(index))
