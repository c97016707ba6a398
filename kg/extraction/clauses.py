"""Clauses: each verb with the words of its subject and of what follows it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.lexicon import Lexicon
from kg.extraction.parse import Parse
from kg.extraction.verb_group import VerbGroup

_HARD = frozenset(';:—–“"«')
_CONDITIONS = frozenset(("if", "whether", "unless"))
_INVERTED = frozenset(("had", "should", "were"))
_SUBJECTS = frozenset(("the", "a", "an", "any", "its", "their", "it", "they", "he", "she"))
_NOBODY = (["neither"], ["no"], ["nobody"], ["none"], ["nothing"])
_PRONOUNS = ("he", "she", "it", "they", "we")
_RELATIVE = ("who", "which", "that")
_ASIDES = ("citing", "quoting", "which", "who", "whose", "where", "whom")
_SOFT_SUBORDINATORS = frozenset(("since", "after", "before", "as", "until"))


@dataclass(eq=False, slots=True)
class Clause:
    """A verb group and its surroundings; all numbers are indices of tokens.

    Attributes:
        verb: the verb group.
        subject: first and last-but-one token of the words of its subject.
        start: where the clause begins.
        end: behind its last word.
        parent: the clause before whose subject it shares or whose noun it describes.
        shared: whether it has no subject of its own.
        embedded: whether it only describes a noun of its parent, as "sent to Russia" may.
        relative: whether it begins with who, which or that.
        conditional: whether it begins with if, whether or unless.
        opener: the word that opens it.
    """

    verb: VerbGroup
    subject: tuple[int, int]
    start: int
    end: int = 0
    parent: Clause | None = None
    shared: bool = False
    embedded: bool = False
    relative: bool = False
    conditional: bool = False
    opener: str = ""

    @property
    def right(self) -> tuple[int, int]:
        """First and last-but-one token of what follows the verb."""
        last = self.verb.last
        return last, self.end if self.end > last else last


def find_clauses(parse: Parse, lexicon: Lexicon) -> list[Clause]:
    """Return the clauses of a sentence by their verbs, in order; infinitives belong to others."""
    builder = _Builder(parse, lexicon)
    for group in parse.verbs:
        if group.form != "infinitive":
            builder.add(group)
    builder.close()
    return builder.clauses


class _Builder:
    """Builds the clauses of one sentence from left to right."""

    def __init__(self, parse: Parse, lexicon: Lexicon) -> None:
        self.parse, self.lexicon = parse, lexicon
        self.lows = parse.lows
        self.clauses: list[Clause] = []
        self.counted = {i for q in parse.quantities for i in range(q.first, q.last)}

    def add(self, verb: VerbGroup) -> None:
        """Take in the next verb group."""
        previous = self.clauses[-1] if self.clauses else None
        if verb.first and self.lows[verb.first - 1] == "nor" and verb.form == "participle":
            verb.form, verb.negated = "finite", True  # "has neither sent nor sold"
        if (
            verb.form == "participle"
            and "whom" in self.lows[max(0, verb.first - 4) : verb.first - 1]
        ):
            verb.form, verb.passive = "finite", False  # "fighters whom Turkey sent"
        before = self.lows[verb.first - 1] if verb.first else ""
        if previous is not None and verb.form in ("gerund", "participle"):
            clause = self._participial(verb, previous, before)
        elif previous is not None and before in ("and", "but", "or", "then", "nor"):
            owner = self._behind_source(previous, verb)
            while owner.embedded and owner.parent is not None:
                owner = owner.parent
            clause = Clause(verb, owner.subject, verb.first, parent=owner, shared=True)
            clause.relative = owner.relative
        elif previous is not None and before == "," and self._is_told_aside(previous, verb):
            zone = (previous.parent.verb.last if previous.parent else 0, previous.start - 1)
            clause = Clause(verb, zone, zone[0])
        elif previous is not None and before == "," and self._is_aside(previous):
            clause = self._resumed(verb, previous)
        else:
            clause = self._finite(verb, previous)
        self.clauses.append(clause)

    def _behind_source(self, previous: Clause, verb: VerbGroup) -> Clause:
        """Return the clause that "…, a report found, and have taken" goes on with."""
        says = previous.verb.lemma in self.lexicon["say"] and previous.start > 0
        aside = says and self.lows[previous.start - 1] == "," == self.lows[verb.first - 2]
        earlier = [c for c in self.clauses if c.verb.last < previous.start]
        return earlier[-1] if aside and earlier else previous

    def _is_told_aside(self, previous: Clause, verb: VerbGroup) -> bool:
        """Whether the clause before is an aside such as ", the report says,"."""
        start = previous.start
        return start > 0 and self.lows[start - 1] == "," and previous.verb.last == verb.first - 1

    def _is_aside(self, previous: Clause) -> bool:
        """Whether the clause before stands between commas inside this one."""
        begin = previous.verb.first - 1 - (previous.opener in _RELATIVE)
        form = previous.verb.form
        if form == "finite" and self._stands_apart(previous.verb):
            previous.verb.form, previous.verb.passive = "participle", True
            previous.start, previous.opener = previous.verb.first, ""
            return True
        return (previous.relative or form in ("gerund", "participle")) and (
            begin >= 0 and self.lows[begin] == ","
        )

    def _stands_apart(self, verb: VerbGroup) -> bool:
        """Whether a past form is a participle: "the unit, based in Goma, has left"."""
        alone = verb.last - verb.first == 1 and verb.first > 1
        if not alone or self.lows[verb.first - 1] != ",":
            return False
        return any(
            "n" in letters for _, letters in self.lexicon.verbs.get(self.lows[verb.first], ())
        )

    def _resumed(self, verb: VerbGroup, previous: Clause) -> Clause:
        """Return the clause that goes on behind an aside: "that the unit, which left, fought"."""
        clause = Clause(verb, previous.subject, verb.first, parent=previous.parent)
        comma = previous.verb.first - 1 - (previous.opener in _RELATIVE)
        telling = previous.parent
        low = 0 if telling is None else telling.verb.last
        begin = comma
        while begin > low and self.lows[begin - 1] not in _HARD and self.lows[begin - 1] != ",":
            begin -= 1
            if self.lows[begin] == "that":
                begin += 1
                break
        told = begin > 0 and self.lows[begin - 1] == "that"
        says = telling is not None and (
            telling.verb.lemma in self.lexicon["say"] or telling.verb.lemma in self.lexicon["deny"]
        )
        speaks = verb.lemma in self.lexicon["say"] and self.lows[begin - 1 : begin] == [","]
        if begin < comma and (told or speaks or (says and begin == low)):
            clause.subject, clause.start = (begin, comma), begin
            clause.opener = self.lows[begin - 1] if begin else ""
            clause.parent = telling
        clause.conditional = self._is_conditional(begin, verb)
        return clause

    def _participial(self, verb: VerbGroup, previous: Clause, before: str) -> Clause:
        if (
            before in (",", "and", "—", "–")
            or before in self.lexicon["prepositions"]
            or (verb.form == "gerund" and verb.first == previous.verb.last)
        ):
            owner = previous
            while owner.embedded and owner.parent is not None and before == ",":
                owner = owner.parent
            clause = Clause(verb, owner.subject, verb.first, parent=owner, shared=True)
            clause.embedded = before in self.lexicon["prepositions"]
            return clause
        if verb.form == "gerund" and self._is_by_the_way(verb, previous):
            return Clause(verb, previous.subject, verb.first, parent=previous, shared=True)
        begin = self._begin(verb, previous)
        embedded = begin == previous.verb.last or verb.form == "participle"
        own = Clause(verb, (begin, verb.first), begin, parent=previous, embedded=embedded)
        own.opener = self.lows[begin - 1] if begin else ""
        # "Had Iran sent them": the auxiliary was taken for a verb of its own.
        own.conditional = previous.conditional and begin == previous.verb.last
        return own

    def _is_by_the_way(self, verb: VerbGroup, previous: Clause) -> bool:
        """Whether only where and when stand between: "landed in Tripoli carrying rifles"."""
        words = self.lows[previous.verb.last : verb.first]
        carries = verb.lemma in self.lexicon["loaded-with"] and previous.verb.form == "finite"
        return carries and bool(words) and words[0] in self.lexicon["prepositions"] | {"down"}

    def _finite(self, verb: VerbGroup, previous: Clause | None) -> Clause:
        begin = self._begin(verb, previous)
        if previous is not None and (
            apposed := self._apposed(verb, previous) or self._around(verb, previous)
        ):
            return Clause(verb, apposed, apposed[0], parent=previous.parent)
        opener = self.lows[begin - 1] if begin else ""
        clause = Clause(verb, (begin, verb.first), begin, parent=previous, opener=opener)
        if self._judges(previous, begin, verb) or self._interrupted(previous, begin):
            assert previous is not None
            earlier = [c for c in self.clauses if c.verb.last < previous.start]
            low = earlier[-1].verb.last if earlier else 0
            low += self.lows[low] == "that"
            clause.subject, clause.start = (low, previous.start - 1), low
            clause.opener = self.lows[low - 1] if low else ""
        elif (
            previous is not None
            and begin == previous.verb.last
            and (previous.relative or previous.embedded)
        ):
            root = previous
            while root.parent is not None and root.parent.embedded:
                root = root.parent
            noun = root.subject if root.relative else (root.subject[0], root.verb.first)
            if noun[1] > noun[0]:
                clause.subject, clause.start, clause.opener = noun, noun[0], root.opener
        clause.conditional = self._is_conditional(begin, verb)
        clause.embedded = verb.form != "finite" and previous is None and begin < verb.first
        if opener in _RELATIVE and begin == verb.first:
            noun = self._antecedent(begin - 1, previous)
            if opener == "which" and self.lows[begin - 2] == ",":
                noun = (self._nearest(noun), noun[1])
            clause.relative = True
            clause.subject = noun
            clause.start = begin
        return clause

    def _around(self, verb: VerbGroup, previous: Clause) -> tuple[int, int] | None:
        """Return the subject in "The panel, whose report came out last week, said"."""
        opener = previous.start - 1
        aside = opener > 1 and self.lows[opener - 1] == "," == self.lows[verb.first - 1]
        if not aside or self.lows[opener] not in ("whose", "which", "who", "where"):
            return None
        begin = opener - 1
        while begin > 0 and self.lows[begin - 1] not in _HARD and self.lows[begin - 1] != ",":
            begin -= 1
        return begin, opener - 1

    def _apposed(self, verb: VerbGroup, previous: Clause) -> tuple[int, int] | None:
        """Return the name in "Vidal, an officer known as Rex, told"."""
        first = previous.subject[0] - 1
        aside = previous.embedded and previous.verb.form == "participle" and first > 0
        if not aside or self.lows[first] != "," or self.lows[verb.first - 1] != ",":
            return None
        begin = first
        while begin > 0 and self.lows[begin - 1] not in _HARD and self.lows[begin - 1] != ",":
            begin -= 1
        named = self.parse.mentions_in(begin, first)
        return (begin, first) if named and named[-1].last == first else None

    def _interrupted(self, previous: Clause | None, begin: int) -> bool:
        """Whether a relative clause parts subject and verb: "tanks that Berlin sent are"."""
        return (
            previous is not None
            and previous is self.clauses[0]
            and previous.opener in ("that", "which", "who", "whom", "where")
            and begin == previous.verb.last
            and previous.start >= 2
        )

    def _judges(self, previous: Clause | None, begin: int, verb: VerbGroup) -> bool:
        """Whether the verb is of the noun before "that": "claims that it sent jets were false"."""
        if previous is None or previous.opener != "that" or begin != previous.verb.last:
            return False
        told = self.lows[previous.start - 2] if previous.start > 1 else ""
        judges = verb.lemma.split()[0] == "be" or (
            verb.passive and verb.lemma in self.lexicon["deny"]
        )
        return judges and told in self.lexicon["allegations"]

    def _is_conditional(self, begin: int, verb: VerbGroup) -> bool:
        if self._supposes(begin):
            return True
        return not _CONDITIONS.isdisjoint(self.lows[max(0, begin - 2) : verb.first])

    def _supposes(self, begin: int) -> bool:
        """Whether a clause begins as "Had Iran sent them, …" or "Should Iran send them, …"."""
        at = begin - 1 if begin and self.lows[begin - 1] in _INVERTED else begin
        if at >= len(self.lows) or self.lows[at] not in _INVERTED or self.lows[-1] == "?":
            return False
        opens = at == 0 or self.lows[at - 1] in (",", "that", "“", ":")
        rest = self.lows[at + 1 :]
        named = bool(rest) and (at + 1 in self.parse.mention_at or rest[0] in _SUBJECTS)
        return opens and named and "," in rest

    def _antecedent(self, pronoun: int, previous: Clause | None) -> tuple[int, int]:
        """Return the noun phrase before a relative pronoun."""
        last = pronoun - 1 if pronoun and self.lows[pronoun - 1] == "," else pronoun
        if last < pronoun:
            last = self._before_contrast(last)
        low = previous.verb.last if previous and previous.verb.last <= last else 0
        first = last
        while first > low and last - first < 12:
            word = self.lows[first - 1]
            if (
                word in _HARD
                or word in self.lexicon["subordinators"]
                or (word == "," and last > first)
            ):
                break
            first -= 1
        return first, last

    def _before_contrast(self, comma: int) -> int:
        """Return where the noun ends in "it was Chad, not Niger, that sent them"."""
        for index in range(comma - 1, max(0, comma - 8), -1):
            if self.lows[index] == ",":
                return index if self.lows[index + 1] == "not" else comma
        return comma

    def _nearest(self, noun: tuple[int, int]) -> int:
        """Return where the noun begins that ", which" goes on with: behind its preposition."""
        for index in range(noun[1] - 1, noun[0], -1):
            if self.lows[index] in self.lexicon["prepositions"] and self.lows[index] != "of":
                return index + 1
        return noun[0]

    def _begin(self, verb: VerbGroup, previous: Clause | None) -> int:
        """Return where the subject of `verb` begins: behind the nearest mark or word that parts."""
        low = previous.verb.last if previous else 0
        if (aside := self._told_aside(verb, low)) is not None:
            return aside
        closing = verb.first - 1 > low and self.lows[verb.first - 1] == ","
        index = self._before_aside(verb.first - 1, low) if closing else verb.first - 1
        fallback: int | None = None
        openers = self.lexicon["clause-openers"]
        while index >= low:
            if self.lows[index] not in openers:
                index -= 1
                continue
            if self._parts(index, low, verb, previous):
                after = self.lows[index + 1] if self.lows[index] == "," else ""
                return index + 1 + (after in self.lexicon["coordinators"])
            if self.lows[index] in ("and", "but", "or", "yet") and index > low:
                if self._coordinates(index, low, verb, closing=closing, later=previous is not None):
                    return index + 1
                if fallback is None and previous is not None:
                    fallback = index + 1
            index -= 1
        if fallback is not None and verb.form == "finite":
            return fallback
        return low + (low < verb.first and self.lows[low] in self.lexicon["coordinators"])

    def _told_aside(self, verb: VerbGroup, low: int) -> int | None:
        """Return where an aside such as ", the report says," begins."""
        if verb.lemma in self.lexicon["say"] and self.lows[verb.last : verb.last + 1] == [","]:
            for index in range(verb.first - 1, max(low - 1, verb.first - 7), -1):
                if self.lows[index] == ",":
                    return index + 1
        return None

    def _parts(self, index: int, low: int, verb: VerbGroup, previous: Clause | None) -> bool:
        """Whether a clause ends at the mark or word at `index`."""
        word = self.lows[index]
        if word in _HARD or word in ("”", "»") or self._subordinates(index, verb, low):
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
        if "," in self.lows[first + 1 : last]:
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

    def close(self) -> None:
        """Say where each clause ends: before the next that is not part of it."""
        size = len(self.lows)
        for number, clause in enumerate(self.clauses):
            self._negate_by_subject(clause)
            end = size
            for later in self.clauses[number + 1 :]:
                if later.embedded:
                    continue
                limit = later.start
                if limit < clause.verb.last and later.verb.first > clause.verb.last:
                    limit = later.verb.first  # its subject stands before this clause
                if later.relative and limit > clause.verb.last:
                    limit -= 1
                if limit >= clause.verb.last:
                    end = min(end, limit)
                    break
            clause.end = self._trimmed(clause.verb.last, self._before_source(clause.verb.last, end))

    def _negate_by_subject(self, clause: Clause) -> None:
        """Let "neither Moscow nor Minsk has confirmed" say no, as "has not confirmed" does."""
        lemma = clause.verb.lemma
        if lemma in self.lexicon["say"] or lemma in self.lexicon["confirm"]:
            words = self.lows[clause.subject[0] : clause.subject[1]][:1]
            clause.verb.negated = clause.verb.negated or words[:1] in _NOBODY

    def _before_source(self, first: int, end: int) -> int:
        """Cut off ", according to X", ", citing X" and ", which …"."""
        for index in range(first, end - 1):
            if self.lows[index] == "according" and self.lows[index + 1] == "to":
                return index
            if self.lows[index] == "," and self.lows[index + 1] in _ASIDES:
                return index
        return end

    def _trimmed(self, first: int, end: int) -> int:
        """Leave out marks, conjunctions and openers of what follows."""
        drop = self.lexicon["coordinators"] | self.lexicon["subordinators"]
        while end > first:
            word = self.lows[end - 1]
            if word in drop or (
                not word[0].isalnum() and word not in ("%", ")", "'s", "’s", "'t", "’t", "$")
            ):
                end -= 1
            else:
                break
        return end
