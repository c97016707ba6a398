"""Clauses of a sentence: which verb begins one of its own, and which goes on with another."""

from __future__ import annotations

from kg.extraction.grammar.clause import CONTACT, Clause
from kg.extraction.grammar.clause_ends import close_clauses
from kg.extraction.grammar.fronted import note_fronted
from kg.extraction.grammar.parse import Parse
from kg.extraction.grammar.past_forms import settle_form, stands_apart
from kg.extraction.grammar.spoken_to import end_of_saying
from kg.extraction.grammar.subjects import HARD, Subjects
from kg.extraction.grammar.unfulfilled import note_unfulfilled
from kg.extraction.names.mentions import Mention
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.verb_group import VerbGroup

# So many words of an office stand before a name: "said deputy army chief Ana Cruz".
_OFFICE = 5
_CONDITIONS = frozenset(("if", "whether", "unless"))
_INVERTED = frozenset(("had", "should", "were"))
_SUPPOSING = _CONDITIONS | _INVERTED
_SUBJECTS = frozenset(("the", "a", "an", "any", "its", "their", "it", "they", "he", "she"))
# Pronouns that are a whole subject wherever they stand right before a verb.
_ALONE = frozenset(("he", "she", "they", "we", "it"))
# So many words a noun has at the most that says what the name before it is.
_APPOSED = 6
# Who gives what stands right before, and how things in the plural end.
_GIVERS = ("state", "organization", "collective")
_PLURALS = ("s", "aircraft", "ammunition", "men", "aid")
_RELATIVE = ("who", "which", "that")
_ABOUT = frozenset(("of", "about"))
# "spent a year learning to fly": what takes how long.
_SPENDING = frozenset(("spend", "take", "pass", "devote"))
_TIMES = frozenset(
    (
        *("day", "days", "week", "weeks", "month", "months", "year", "years", "time", "hours"),
        *("decade", "decades", "summer", "winter", "spring", "autumn", "half", "fortnight"),
    )
)
# What else begins a time: "who last week attacked".
_WHEN = frozenset(("last", "this", "earlier", "later", "days", "weeks", "months", "hours"))


def find_clauses(parse: Parse, lexicon: Lexicon) -> list[Clause]:
    """Return the clauses of a sentence by their verbs, in order; infinitives belong to others."""
    builder = _Builder(parse, lexicon)
    for group in parse.verbs:
        if group.form != "infinitive" or builder.goes_on(group):
            builder.add(group)
    note_fronted(parse, builder.clauses, lexicon)
    note_unfulfilled(parse, builder.clauses)
    close_clauses(builder.clauses, parse.lows, lexicon)
    return builder.clauses


class _Builder:
    """Builds the clauses of one sentence from left to right."""

    def __init__(self, parse: Parse, lexicon: Lexicon) -> None:
        self.parse, self.lexicon = parse, lexicon
        self.lows = parse.lows
        self.clauses: list[Clause] = []
        self.subjects = Subjects(parse, lexicon)
        self.supposing = not _SUPPOSING.isdisjoint(parse.words_used)

    def add(self, verb: VerbGroup) -> None:
        """Take in the next verb group."""
        previous = self.clauses[-1] if self.clauses else None
        settle_form(self.parse, verb, previous, self.lexicon)
        before = self.lows[verb.first - 1] if verb.first else ""
        if (giver := self._giver_before(verb)) is not None:
            verb.form, verb.passive = "finite", False
            subject = (giver.first, verb.first)
            clause = Clause(verb, subject, giver.first, parent=previous, opener=CONTACT)
        elif previous is not None and verb.form in ("gerund", "participle"):
            clause = self._participial(verb, previous, before)
        elif previous is not None and (
            before in ("and", "but", "or", "then", "nor")
            or (before == "," and self.lows[verb.first] == "then")
        ):
            owner = self._behind_source(previous, verb)
            while owner.embedded and owner.parent is not None:
                owner = owner.parent
            clause = Clause(verb, owner.subject, verb.first, parent=owner, shared=True)
            clause.relative = owner.relative
        elif previous is not None and before == "," and self._is_told_aside(previous, verb):
            zone = (previous.parent.verb.last if previous.parent else 0, previous.start - 1)
            clause = Clause(verb, zone, zone[0])
        elif previous is not None and before == "," and (comma := self._apposed_at(previous)):
            previous.verb.form, previous.verb.passive = "participle", True
            previous.embedded = True
            clause = Clause(verb, (previous.subject[0], comma), previous.subject[0])
        elif previous is not None and before == "," and (aside := self._aside(previous)):
            clause = self._resumed(verb, aside)
        else:
            clause = self._finite(verb, previous)
        self.clauses.append(clause)

    def _giver_before(self, verb: VerbGroup) -> Mention | None:
        """Return who gives what stands before: Poland in "the tanks Poland had promised"."""
        if verb.passive or verb.form == "gerund" or verb.lemma not in self.lexicon["promising"]:
            return None
        giver = next((m for m in self.parse.mentions if m.last == verb.first), None)
        if giver is None or giver.kind not in _GIVERS or giver.modifies:
            return None
        at = giver.first - (self.lows[giver.first - 1] == "the")
        given = next((m for m in self.parse.mentions if m.last == at), None)
        things = given is not None and given.kind == "item" and not given.modifies
        return giver if things and self.lows[at - 1].endswith(_PLURALS) else None

    def goes_on(self, verb: VerbGroup) -> bool:
        """Whether a second infinitive is a clause: "agreed to send arms and to train crews"."""
        previous = self.clauses[-1].verb if self.clauses else None
        joined = verb.first and self.lows[verb.first - 1] in ("and", "or")
        if previous is None or not joined or "to" not in self.lows[previous.first : previous.head]:
            return False
        verb.form, verb.modality = "finite", previous.modality
        verb.hedge, verb.negated = previous.hedge, previous.negated or verb.negated
        return True

    def _behind_source(self, previous: Clause, verb: VerbGroup) -> Clause:
        """Return the clause that "…, a report found, and have taken" goes on with."""
        says = previous.verb.lemma in self.lexicon["say"] and previous.start > 0
        aside = says and self.lows[previous.start - 1] == "," == self.lows[verb.first - 2]
        earlier = [c for c in self.clauses if c.verb.last < previous.start]
        return earlier[-1] if aside and earlier else previous

    def _is_told_aside(self, previous: Clause, verb: VerbGroup) -> bool:
        """Whether the clause before is an aside such as ", the report says,"."""
        start = previous.start
        apart = start > 0 and self.lows[start - 1] == ","
        return apart and end_of_saying(self.parse, previous.verb, self.lexicon) == verb.first - 1

    def _aside(self, previous: Clause) -> Clause | None:
        """Return the clause that is an aside before: "which has ruled out sending any,"."""
        while previous.shared and previous.parent is not None and not self._is_aside(previous):
            if previous.verb.form != "gerund":
                return None
            previous = previous.parent
        return previous if self._is_aside(previous) else None

    def _is_aside(self, previous: Clause) -> bool:
        """Whether the clause before stands between commas inside this one."""
        begin = previous.verb.first - 1 - (previous.opener in _RELATIVE)
        form = previous.verb.form
        if form == "finite" and stands_apart(self.parse, previous.verb, self.lexicon):
            previous.verb.form, previous.verb.passive = "participle", True
            previous.start, previous.opener = previous.verb.first, ""
            return True
        said = self.lows[previous.verb.last : previous.verb.last + 1] == ["that"]
        apart = begin >= 0 and self.lows[begin] == "," and not said  # "…, saying that 60 men, …"
        return apart and (previous.relative or form in ("gerund", "participle"))

    def _apposed_at(self, previous: Clause) -> int:
        """Return the comma in "The observatory, a monitor based in Oslo, has", 0 without one."""
        verb, (first, last) = previous.verb, previous.subject
        alone = verb.last - verb.first == 1 and verb.form == "finite" and last == verb.first
        if not alone or self.lows[verb.last] not in self.lexicon["prepositions"]:
            return 0
        if "n" not in self.lexicon.letters.get(self.lows[verb.first], ""):
            return 0
        comma = next((i for i in range(last - 1, first, -1) if self.lows[i] == ","), 0)
        apposes = 0 < last - comma <= _APPOSED and self.lows[comma + 1] in ("a", "an", "the")
        return comma if comma and apposes and "," not in self.lows[first:comma] else 0

    def _resumed(self, verb: VerbGroup, previous: Clause) -> Clause:
        """Return the clause that goes on behind an aside: "that the unit, which left, fought"."""
        clause = Clause(verb, previous.subject, verb.first, parent=previous.parent)
        comma = previous.verb.first - 1 - (previous.opener in _RELATIVE)
        telling = previous.parent
        low = 0 if telling is None else telling.verb.last
        begin = comma
        while begin > low and self.lows[begin - 1] not in HARD and self.lows[begin - 1] != ",":
            begin -= 1
            if self.lows[begin] == "that":
                begin += 1
                break
        told = begin > 0 and self.lows[begin - 1] == "that"
        says = telling is not None and (
            telling.verb.lemma in self.lexicon["say"] or telling.verb.lemma in self.lexicon["deny"]
        )
        speaks = verb.lemma in self.lexicon["say"] and self.lows[begin - 1 : begin] == [","]
        joined = comma - begin > 1 and self.lows[begin] in ("and", "but", "while")
        if joined and begin + 1 in self.parse.mention_at and verb.form == "finite":
            begin += 1  # "…, and Chad, angered by his words, recalled its envoy"
        else:
            joined = False
        if begin < comma and (joined or told or speaks or (says and begin == low)):
            clause.subject, clause.start = (begin, comma), begin
            clause.opener = self.lows[begin - 1] if begin else ""
            clause.parent = telling
        clause.conditional = self.supposing and self._is_conditional(begin, verb)
        return clause

    def _participial(self, verb: VerbGroup, previous: Clause, before: str) -> Clause:
        """Return the clause of a participle or gerund: with a subject of its own, or another's."""
        if before == "," and self._describes_object(verb, previous):
            begin = previous.verb.last
            return Clause(verb, (begin, verb.first - 1), begin, parent=previous, embedded=True)
        if (
            before in (",", "and", "or", "—", "–")
            or before in self.lexicon["prepositions"]
            or (verb.form == "gerund" and self._follows(verb, previous))
        ):
            owner = previous
            while owner.embedded and owner.parent is not None and before == ",":
                owner = owner.parent
            clause = Clause(verb, owner.subject, verb.first, parent=owner, shared=True)
            clause.embedded = before in self.lexicon["prepositions"]
            return clause
        if verb.form == "gerund" and self._is_by_the_way(verb, previous):
            return Clause(verb, previous.subject, verb.first, parent=previous, shared=True)
        begin = self.subjects.begin(verb, previous)
        embedded = begin == previous.verb.last or verb.form == "participle"
        # "said that flights bringing arms were": of which flights something is told.
        told = begin == previous.verb.last + 1 and self.lows[begin - 1] == "that"
        embedded = embedded or (told and begin < verb.first)
        if verb.form == "gerund" and self._tells_of(begin, verb):
            begin += 1  # "had read of Russian instructors arriving"
        own = Clause(verb, (begin, verb.first), begin, parent=previous, embedded=embedded)
        own.opener = self.lows[begin - 1] if begin else ""
        # "Had Iran sent them": the auxiliary was taken for a verb of its own.
        own.conditional = previous.conditional and begin == previous.verb.last
        return own

    def _tells_of(self, begin: int, verb: VerbGroup) -> bool:
        """Whether a noun stands behind "of" or "about": not "about 200 men fighting"."""
        counts = self.lows[begin] == "about" and begin + 1 in self.subjects.counted
        return begin < verb.first - 1 and self.lows[begin] in _ABOUT and not counts

    def _describes_object(self, verb: VerbGroup, previous: Clause) -> bool:
        """Whether it says of the object what it is: "sent a force to Chad, made up of Malians"."""
        finite = previous.verb.form == "finite" and not previous.verb.passive
        described = verb.form == "participle" and finite
        return (
            described
            and previous.verb.lemma not in self.lexicon["say"]
            and (verb.lemma in self.lexicon["describing-things"])
        )

    def _follows(self, verb: VerbGroup, previous: Clause) -> bool:
        """Whether a gerund stands right behind a verb: "denied having", "denied ever having"."""
        gap = self.lows[previous.verb.last : verb.first]
        # "have spent the past year learning": what stands between is how long.
        spent = previous.verb.lemma in _SPENDING and previous.verb.form == "finite"
        return gap in ([], ["ever"], ["even"]) or (spent and not _TIMES.isdisjoint(gap[-1:]))

    def _is_by_the_way(self, verb: VerbGroup, previous: Clause) -> bool:
        """Whether only where and when stand between: "landed in Tripoli carrying rifles"."""
        words = self.lows[previous.verb.last : verb.first]
        carries = verb.lemma in self.lexicon["loaded-with"] and previous.verb.form == "finite"
        carries = carries and previous.verb.last not in self.subjects.counted  # "about 40 lorries"
        return carries and bool(words) and words[0] in self.lexicon["prepositions"] | {"down"}

    def _finite(self, verb: VerbGroup, previous: Clause | None) -> Clause:
        """Return the clause of a verb that has its own subject, wherever that stands."""
        begin, previous = self._begun(verb, previous)
        if (
            previous is not None
            and begin == previous.verb.last
            and self._is_inverted(verb, previous)
        ):
            return Clause(verb, (verb.first, verb.first), verb.first, parent=previous)
        if previous is not None and (
            apposed := self.subjects.apposed(verb, previous) or self.subjects.around(verb, previous)
        ):
            return Clause(verb, apposed, apposed[0], parent=previous.parent)
        opener = self.lows[begin - 1] if begin else ""
        clause = Clause(verb, (begin, verb.first), begin, parent=previous, opener=opener)
        if previous is not None and self._goes_around(previous, begin, verb):
            earlier = [c for c in self.clauses if c.verb.last < previous.start]
            low = earlier[-1].verb.last if earlier else 0
            low += self.lows[low] == "that"
            opened = previous.opener != CONTACT
            clause.subject, clause.start = (low, previous.start - opened), low
            clause.opener = self.lows[low - 1] if low else ""
        elif (
            previous is not None
            and begin == previous.verb.last
            and (previous.relative or previous.embedded)
        ):
            root = previous
            while root.parent is not None and root.parent.embedded and root.opener != "that":
                root = root.parent
            noun = root.subject if root.relative else (root.subject[0], root.verb.first)
            if noun[1] > noun[0]:
                clause.subject, clause.start, clause.opener = noun, noun[0], root.opener
        clause.conditional = self.supposing and self._is_conditional(begin, verb)
        clause.embedded = verb.form != "finite" and previous is None and begin < verb.first
        led = opener == "who" and self._is_led_up_to(begin, verb)
        led = led or (
            opener == "whom"
            and self.lows[begin - 2 : begin - 1] == ["of"]
            and self._begins_right_before(begin, verb)
        )
        if led or (opener in _RELATIVE and self._begins_right_before(begin, verb)):
            noun = self.subjects.antecedent(begin - 1, previous)
            if opener == "which" and self.lows[begin - 2] == ",":
                noun = (self.subjects.nearest(noun), noun[1])
            clause.relative = True
            clause.subject = noun
            clause.start = begin
        return clause

    def _begins_right_before(self, begin: int, verb: VerbGroup) -> bool:
        """Whether nothing but a date stands before the verb: "which last May signed"."""
        if begin == verb.first or not self.parse.dates:
            return begin == verb.first
        dated = {i for d in self.parse.dates for i in range(d.first - 1, d.last)}
        return all(i in dated for i in range(begin, verb.first))

    def _is_led_up_to(self, begin: int, verb: VerbGroup) -> bool:
        """Whether what stands before the verb says when or where: "who in recent weeks have"."""
        word = self.lows[begin]
        return begin < verb.first and (
            word in self.lexicon["prepositions"] or word in self.lexicon["adverbs"] or word in _WHEN
        )

    def _begun(self, verb: VerbGroup, previous: Clause | None) -> tuple[int, Clause | None]:
        """Return where the subject of a verb begins, and the clause before it."""
        begin = self.subjects.begin(verb, previous)
        if previous is not None and self._lists_on(previous, begin):
            return previous.subject[0], previous.parent
        joined = previous is not None and previous.embedded and self._carries_both(previous, begin)
        if previous is not None and (joined or self._is_told_of_noun(previous, begin)):
            return previous.verb.last, previous
        if previous is not None and verb.first - 1 > begin and self._stands_alone(verb.first - 1):
            begin = verb.first - 1  # "the declaration he signed"
        return begin, previous

    def _stands_alone(self, pronoun: int) -> bool:
        """Whether a pronoun is the whole subject: not in "the ground for it was prepared"."""
        governed = self.lows[pronoun - 1] in self.lexicon["prepositions"]
        return self.lows[pronoun] in _ALONE and not governed

    def _lists_on(self, previous: Clause, begin: int) -> bool:
        """Whether the subject is a list whose first thing a participle describes.

        "Three guns made by Nexter and 500 shells were delivered": the guns were, too.
        """
        describes = previous.embedded and previous.verb.form == "participle"
        first = previous.subject[0]
        counted = begin in self.subjects.counted and first in self.subjects.counted
        return describes and counted and self.lows[begin - 1] == "and"

    def _carries_both(self, previous: Clause, begin: int) -> bool:
        """Whether what is joined is carried too: "A plane carrying arms and medics has landed"."""
        verb = previous.verb
        carries = verb.form == "gerund" and verb.lemma in self.lexicon["loaded-with"]
        alone = previous.parent is None
        return (
            carries
            and alone
            and self.lows[begin - 1] == "and"
            and begin not in self.subjects.counted
        )

    def _is_told_of_noun(self, previous: Clause, begin: int) -> bool:
        """Whether the verb is of the noun in "An accord signed by Chad and Mali says"."""
        if self._lists_load(previous, begin):
            return True
        describes = previous.embedded and previous.verb.form == "participle"
        if not describes or previous.parent is not None or self.lows[begin - 1] != "and":
            return False
        between = self.lows[previous.verb.last : begin]
        return not {"by", "between", "with"}.isdisjoint(between) and "," not in between

    def _lists_load(self, previous: Clause, begin: int) -> bool:
        """Whether "and" only goes on with a load: "lorries carrying fuel and tents crossed"."""
        carries = previous.embedded and previous.verb.form == "gerund"
        if not carries or previous.verb.lemma not in self.lexicon["loaded-with"]:
            return False
        of = previous.parent
        told = of is None or of.verb.lemma in self.lexicon["say"]
        joined = self.lows[begin - 1] == "and" and "," not in self.lows[previous.verb.last : begin]
        return told and joined and begin > previous.verb.last

    def _is_inverted(self, verb: VerbGroup, previous: Clause) -> bool:
        """Whether who says it stands behind: "they were meant for the Houthis, said Saleh"."""
        told = verb.lemma in self.lexicon["say"] and self.lows[verb.first - 1] == ","
        if not told or previous.relative or previous.verb.form != "finite":
            return False
        if verb.last >= len(self.lows) or previous.verb.lemma in self.lexicon["say"]:
            return False
        named = verb.last in self.parse.mention_at or verb.last in self.subjects.counted
        named = named or self._leads_to_name(verb.last) or self.lows[verb.last] in _ALONE
        return named or self.lows[verb.last] in self.lexicon["determiners"] - {"that", "this"}

    def _leads_to_name(self, at: int) -> bool:
        """Whether an office and a name stand there: "said Colonel Ali Moussa"."""
        for index in range(at, min(len(self.lows) - 1, at + _OFFICE)):
            if not self.lows[index].isalpha() or self.lows[index] in self.lexicon["function-words"]:
                return False
            named = self.parse.mention_at.get(index + 1)
            if named is not None and named.kind in ("person", "unknown"):
                return True
        return False

    def _goes_around(self, previous: Clause, begin: int, verb: VerbGroup) -> bool:
        """Whether the clause before stands between the subject and the verb."""
        if begin != previous.verb.last:
            return False
        return self._judges(previous, verb) or self._interrupted(previous)

    def _interrupted(self, previous: Clause) -> bool:
        """Whether a relative clause parts subject and verb: "tanks that Berlin sent are"."""
        if previous.opener == CONTACT:
            return previous is self.clauses[0]
        return (
            previous is self.clauses[0]
            and previous.opener in ("that", "which", "who", "whom", "where")
            and previous.start >= 2
        )

    def _judges(self, previous: Clause, verb: VerbGroup) -> bool:
        """Whether the verb is of the noun before "that": "claims that it sent jets were false"."""
        if previous.opener != "that":
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
