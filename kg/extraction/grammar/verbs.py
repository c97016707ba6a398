"""Verb groups: which words of a sentence are verbs, with what leads to them."""

from __future__ import annotations

from kg.extraction.grammar.bare_verbs import BareVerbs
from kg.extraction.words.glance import Glance
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.verb_group import VerbGroup

_RANKS = frozenset(("first", "second", "third", "last", "only", "latest"))
# So many words of its object may stand between a verb and its particle.
_OBJECT = 7
# What no stands at the head of a clause, before its auxiliary and its subject.
_FRONTED = frozenset(("nor", "never", "neither", "nowhere"))
_FRONTING = _FRONTED | {"no", "once"}
_NOMINATIVE = frozenset(("it", "he", "she", "they", "we"))
# So many words has a subject between "nor has" and "sent".
_SUBJECT = 7
# What stands between what is meant and the doing: "agreed on sending", "committed to training".
_UPON = frozenset(("on", "upon", "to", "against"))
# "lost no time in sending", "had no choice but to send": so many words at the most.
_LITTLE, _AT_ONCE = ("no", "little"), 3
# How long an aside between an auxiliary and its verb is at the most, and what else opens it.
_ASIDE, _ASIDE_OPENERS = 10, frozenset(("not", "even", "until", "since"))
_WHEN = frozenset(("in", "on", "at", "last", "this", "with", "during", "earlier"))


def find_verbs(
    glance: Glance, names: frozenset[int], adjectives: frozenset[int], lexicon: Lexicon
) -> list[VerbGroup]:
    """Return the verb groups of a sentence, in order.

    Args:
        glance: at the words of the sentence.
        names: indices within names, which are no verbs.
        adjectives: those of them that are adjectives, such as "Russian".
        lexicon: the forms of verbs.
    """
    scan = _Scan(glance.tokens, glance.lows, names, adjectives, lexicon)
    groups: list[VerbGroup] = []
    modifiers, behind = lexicon["number-modifiers"], 0
    fronted = not _FRONTING.isdisjoint(glance.lows)
    for index in glance.verbs:
        if index < behind or index in names or scan.is_half(index):
            continue
        if scan.lows[index] in modifiers and (size := scan.modifies_number(index)):
            behind = index + size
            continue
        group = scan.behind_subject(index) if fronted else None
        group = group or scan.group(index, groups)
        if group is not None:
            if group.lemma in lexicon["leading"]:
                group = scan.extended(group)
            groups.append(group)
            behind = group.last
    return groups


class _Scan(BareVerbs):
    """Looks for verb groups in one sentence."""

    def group(self, index: int, groups: list[VerbGroup]) -> VerbGroup | None:
        """Return the verb group that begins at `index`."""
        low = self.lows[index]
        if low in self.auxiliaries and not self._is_won(index):
            if low in ("'s", "’s") and not self._is_contraction(index):
                return None
            return self._with_auxiliary(index)
        if low == "to":
            return self._infinitive(index)
        readings = self.lexicon.verbs.get(low)
        if readings and (self.tokens[index].text[0].islower() or index == 0 or self._opens(index)):
            return self._bare(index, readings, groups)
        return None

    def behind_subject(self, index: int) -> VerbGroup | None:
        """Return the verb of "nor has Kenya sent": a no and an auxiliary before its subject."""
        if not self._is_fronted(index):
            return None
        low = self.lows[index]
        for at in range(index + 2, min(index + _SUBJECT, len(self.lows))):
            if self._can_follow(at, low) and self.lows[at] in self.lexicon.verbs:
                lemma, letters = self._reading(at)
                passive = low in self.lexicon["be"] and "n" in letters
                group = VerbGroup(at, at, at + 1, lemma, "finite", passive=passive)
                self._describe(group, ["not", low], progressive=False)
                return group
            if not self.lows[at][0].isalnum():
                return None
        return None

    def _is_fronted(self, index: int) -> bool:
        """Whether an auxiliary stands behind a no and before its subject."""
        if not index or self.lows[index] not in self.auxiliaries:
            return False
        before = self.lows[index - 1]
        no = before in _FRONTED or self.lows[max(0, index - 3) : index - 1][1:] == ["no"]
        no = no or self.lows[max(0, index - 2) : index] == ["not", "once"]
        after = self._at(index + 1)
        subject = index + 1 in self.names or after in self.lexicon["determiners"]
        return no and (subject or after in _NOMINATIVE)

    def _is_won(self, index: int) -> bool:
        """Whether "won" is of "win", not of "won't"."""
        return self.lows[index] == "won" and self._at(index + 1) not in ("'t", "’t")

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
        at, last_aux, asides = index, "", self.lexicon["aside-starters"]
        while at < len(self.lows) and at - index < 10:
            low = self.lows[at]
            if low in self.auxiliaries and not (words and self._is_won(at)):
                last_aux = low
            elif low in asides and (size := self._aside(at)):
                if "no" in self.lows[at : at + size]:
                    words.append("not")  # "will under no circumstances send"
                at += size
                continue
            elif not self._is_adverb(at):
                break
            words.append(low)
            at += 1
        head = at if at < len(self.lows) and self._can_follow(at, last_aux) else None
        if head is None and words and words[-1] in self.lexicon["have"]:
            head = self._behind_aside(at, last_aux)
        if head is None and words and self._at(at) == ",":
            head = self._behind_commas(at, last_aux)
        if head is None:
            return self._copula(index, at, words)
        lemma, letters = self._reading(head)
        passive = last_aux in self.lexicon["be"] and ("n" in letters or letters == "?ed")
        form = "gerund" if self.lows[index] in ("having", "being") else "finite"
        group = VerbGroup(index, head, head + 1, lemma, form, passive=passive)
        progressive = "being" in words or (last_aux in self.lexicon["be"] and "g" in letters)
        self._describe(group, words, progressive=progressive)
        return group

    def _aside(self, at: int) -> int:
        """Return how many words at `at` only say when: "are at present learning"."""
        if self._at(at) == "," == self._at(at + 2) and self._at(at + 1) in self.lexicon["asides"]:
            return 3  # "it has, however, sent"
        for size in (3, 2):
            if " ".join(self.lows[at : at + size]) in self.lexicon["asides"]:
                return size
        return 0

    def _behind_aside(self, at: int, last_aux: str) -> int | None:
        """Return the participle behind "in recent weeks" in "has in recent weeks sent"."""
        infinitive = self._at(at) == "to" and self._at(at + 1) != "date"
        if self._at(at) not in self.lexicon["prepositions"] or infinitive:
            return None
        for index in range(at + 1, min(at + 6, len(self.lows))):
            if self._is_participle(index) and self._can_follow(index, last_aux):
                return index
            if not self.lows[index][0].isalnum() or self.lows[index] in self.auxiliaries:
                return None
        return None

    def _behind_commas(self, at: int, last_aux: str) -> int | None:
        """Return the participle behind an aside of time: "has never, not even in 2019, sent"."""
        opens = self._at(at + 1)
        if opens not in _ASIDE_OPENERS and opens not in self.lexicon["prepositions"]:
            return None
        for index in range(at + 2, min(at + _ASIDE, len(self.lows) - 1)):
            if self.lows[index] == ",":
                follows = self._is_participle(index + 1) and self._can_follow(index + 1, last_aux)
                return index + 1 if follows else None
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

    def _can_follow(self, at: int, last_aux: str) -> bool:
        """Whether the word at `at` can be the verb that the auxiliary before it belongs to."""
        token = self.tokens[at]
        if at in self.names or not token.text[0].islower():
            return False
        low = token.low
        letters = self.lexicon.letters.get(low, "")
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
        if at < len(self.lows) and at in self.names and words and words[-1] == "be":
            return VerbGroup(index, at - 1, at, "be", "infinitive", modality="expected")
        if at >= len(self.lows) or at in self.names:
            return None
        known = self.lexicon.verbs.get(self.lows[at])
        wanted = "n" if words and words[-1] in ("been", "be") else "n" if "have" in words else "b"
        if "be" in words and "g" in self.lexicon.letters.get(self.lows[at], ""):
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

    def extended(self, group: VerbGroup) -> VerbGroup:
        """Return `group` with the verb it leads to: "appears to be supplying", "plans to send"."""
        if group.lemma == "go" and self.lows[group.last : group.last + 2] == ["on", ","]:
            group.lemma, group.last = "continue", group.last + 1
            return group
        if self._takes_particle(group) or self._does_at_once(group):
            return group
        for _ in range(3):
            lemma = group.lemma
            raising, intending = self.lexicon.raising.get(lemma), lemma in self.lexicon["intending"]
            aspectual = lemma in self.lexicon["aspectual"]
            is_to = self._leads_to(group)
            planned = not is_to and lemma in ("be", "have") and self._has_plans(group)
            weighed = lemma in self.lexicon["weighing"]
            if weighed and self._at(group.last) == "whether":
                group.last += self._at(group.last + 1) == "to"
            if lemma == "stop" and self.lows[group.last : group.last + 2] == ["short", "of"]:
                group.last += 2
            undone = lemma in self.lexicon["not-doing"]
            leads = raising or intending or weighed or aspectual or is_to or undone
            if not (leads or planned):
                break
            gerund = aspectual or weighed or planned
            following = self._next_verb(group, gerund=gerund, upon=intending)
            if following is None:
                break
            yet = lemma in ("be", "have") and "yet" in self.lows[group.first : group.last]
            group.negated = group.negated != yet  # "has yet to send"
            self._join(group, following, lemma)
            if planned:
                group.modality = "expected"
        return group

    def _does_at_once(self, group: VerbGroup) -> bool:
        """Let a no that denies nothing reach to its verb: "lost no time in sending"."""
        if self._at(group.head + 1) not in _LITTLE:
            return False
        words = self.lows[group.head + 1 : group.head + 1 + _AT_ONCE]
        for said in sorted(self.lexicon["no-time"], key=len, reverse=True):
            size = len(behind := said.split())
            if words[:size] != behind:
                continue
            last, group.last = group.last, group.head + 1 + size
            following = self._next_verb(group, gerund=True)
            if following is None:
                group.last = last
                return False
            group.head, group.last, group.lemma = following.head, following.last, following.lemma
            group.passive, group.negated = following.passive, False
            return True
        return False

    def _leads_to(self, group: VerbGroup) -> bool:
        """Let "be" or "have" reach to its infinitive: "is ready to send", "has to leave"."""
        lemma = group.lemma
        if lemma == "be" and (first := self._the_first_to(group.last)):
            group.last = first
            return True
        if lemma in ("be", "get") and self._at(group.last) in self.lexicon["poised"]:
            at = group.last + 1  # "are ready to send", "are due on Monday to approve"
            ahead = self._behind_when(at) if at < len(self.lows) else at
            group.last = ahead if self._at(ahead) == "to" else group.last
            return group.last == ahead
        return lemma in ("be", "have") and self._at(group.last) == "to"

    def _has_plans(self, group: VerbGroup) -> bool:
        """Let a verb reach over what somebody has to do: "has no intention of sending"."""
        plans = self.plan_behind(group.last)
        if plans is None:
            return False
        last, group.last = group.last, plans[0]
        if self._next_verb(group, gerund=True) is None:
            group.last = last
            return False
        group.negated = group.negated or plans[1]
        return True

    def _takes_particle(self, group: VerbGroup) -> bool:
        """Let a verb of denying have its particle: "ruled out", "brushed the charge aside"."""
        particles = self.lexicon.particles.get(group.lemma)
        for at in range(group.last, min(group.last + _OBJECT, len(self.lows))) if particles else ():
            if particles and self.lows[at] in particles:
                group.lemma = f"{group.lemma} {self.lows[at]}"
                group.last = at + 1 if at == group.last else group.last
                return True
            if not self.lows[at][0].isalnum():
                break
        return False

    def _the_first_to(self, at: int) -> int | None:
        """Return where "to" stands in "was the first country to deliver"."""
        if self._at(at) != "the" or self._at(at + 1) not in _RANKS:
            return None
        return next((i for i in range(at + 2, at + 5) if self._at(i) == "to"), None)

    def _next_verb(self, group: VerbGroup, *, gerund: bool, upon: bool = False) -> VerbGroup | None:
        at = group.last
        upon = upon and self._at(at) in _UPON
        if upon and "g" in self.lexicon.letters.get(self._at(at + 1), ""):
            gerund, at = True, at + 1  # "decided on sending"
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
                named = self.tokens[index].text[0].isupper()  # "in March"
                acts = self.lows[index] in self.lexicon.verbs and not named
                if not self.lows[index][0].isalnum() or acts:
                    break
        return at

    def _join(self, group: VerbGroup, following: VerbGroup, lemma: str) -> None:
        if raising := self.lexicon.raising.get(lemma):
            group.hedge = group.hedge or raising
            if lemma == "expect":
                group.modality = "expected"
            elif self.lows[following.head].endswith("ing"):
                group.modality = "ongoing"
        elif lemma in self.lexicon["weighing"]:
            group.modality = "possible"
        elif lemma in self.lexicon["intending"] or lemma in ("be", "get"):
            group.modality = "expected" if group.modality != "possible" else "possible"
            group.negated = group.negated != (self.lows[following.first - 1] == "against")
        elif lemma == "have":
            if self.lows[group.head] != "had" and group.modality == "actual":
                group.modality = "expected"  # "has to send"; "had to deny" is done
        elif lemma in ("stop", "cease") or lemma in self.lexicon["not-doing"]:
            group.negated = not group.negated
        elif lemma in ("begin", "start", "continue", "keep"):
            group.modality = "ongoing"
        group.head, group.last, group.lemma = following.head, following.last, following.lemma
        group.passive = following.passive
        group.negated = group.negated or following.negated
