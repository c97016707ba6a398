"""Who says it: the stretches of a sentence that somebody asserts, denies, shows or asks for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from kg.extraction.clause import Clause
from kg.extraction.content import QUOTES, Content
from kg.extraction.lexicon import Lexicon
from kg.extraction.mentions import Mention
from kg.extraction.parse import Parse
from kg.extraction.statements import Statement, clause_reach
from kg.extraction.verdicts import Verdicts, by_whom
from kg.extraction.voices import SPEAKING, Voice, voices

# "by the count of a diplomat".
_COUNTS = frozenset(("count", "estimate", "account", "reckoning", "tally", "assessment"))
_JOINING = ("and", "but", "while", "though", "although")
_SOURCE_WORDS = frozenset(("according", "by"))
_OWN = {"his": "he", "her": "she", "its": "it", "their": "they"}
_ENDS_SOURCE = frozenset((",", ";", "”", '"', ".", "–", "—"))
_NEAR = 14
_BEING = frozenset(("be",))
_TALKING = frozenset(("speak", "talk", "tell", "write", "warn", "complain"))
_STOPS_TALK = frozenset((",", ":", ";", "“", "”", "that", "to", "in", "on", "for", "about", "out"))
_CITING = frozenset(("citing", "quoting"))
_MEANT = (["it"], ["this"], ["that"], ["them"])


def find_statements(parse: Parse, clauses: list[Clause], lexicon: Lexicon) -> list[Statement]:
    """Return the statements of a sentence."""
    reader = _Reader(parse, clauses, lexicon)
    found = [one for clause in clauses for one in reader.of_clause(clause)]
    found += reader.according_to()
    found += reader.before_colon()
    denied = [one for one in found if one.kind == "deny"]
    found += [n for n in reader.by_noun() if not any(one.holds(n.first) for one in denied)]
    cited = reader.cited()
    for statement in found:
        statement.cited += cited
    return found


def find_cited(parse: Parse, clauses: list[Clause], lexicon: Lexicon) -> list[Voice]:
    """Return whom a sentence cites: "Reuters reported, citing two officials"."""
    return _Reader(parse, clauses, lexicon).cited()


class _Reader:
    """Finds the statements of one sentence."""

    def __init__(self, parse: Parse, clauses: list[Clause], lexicon: Lexicon) -> None:
        self.parse, self.clauses, self.lexicon = parse, clauses, lexicon
        self.lows = parse.lows
        self.content = Content(parse, clauses, lexicon)
        self.verdicts = Verdicts(parse, lexicon)
        self.joined = "," in parse.words_used and "that" in parse.words_used

    def of_clause(self, clause: Clause) -> Iterator[Statement]:
        """Yield the statements that a clause's verb opens."""
        lemma = clause.verb.lemma
        lexicon = self.lexicon
        if lemma not in lexicon["speaking"] and not lemma.startswith("be"):
            return
        common = self._in_common(clause) if self.joined and self._tells(clause) else None
        if common is not None:
            kind = "deny" if lemma in lexicon["deny"] else "say"
            yield Statement(common, len(self.lows), kind, self._subject(clause), clause)
        elif (quoted := self._quoted(clause)) is not None:
            yield quoted
        elif (untrue := self.verdicts.of(clause)) is not None:
            yield untrue
        elif clause.verb.passive and (by := self._by(clause)) is not None:
            yield by
        elif lemma in lexicon["deny"]:
            yield from self._denial(clause)
        elif lemma in lexicon["accuse"] and (of := self._of_gerund(clause)) is not None:
            yield Statement(
                of + 1,
                clause_reach(self.clauses, clause, len(self.lows)),
                "accuse",
                by_whom(self.parse, clause, self.lexicon)
                if clause.verb.passive
                else self._subject(clause),
                clause,
                accused=clause.subject if clause.verb.passive else (clause.verb.last, of),
            )
        elif lemma in lexicon["show"] and self._shows(clause):
            yield Statement(
                clause.verb.last, len(self.lows), "show", self._releaser(clause), clause
            )
        elif lemma in lexicon["say"] or lemma in lexicon["confirm"] or self._gives_account(clause):
            yield from self._saying(clause)

    def _subject(self, clause: Clause) -> list[Voice]:
        return voices(self.parse, clause.subject, self.lexicon)

    def _in_common(self, clause: Clause) -> int | None:
        """Return where that begins which two say: "Kyiv said, and Minsk denied, that …"."""
        for one, other in itertools.pairwise(self.clauses):
            at, that = one.verb.last, other.verb.last
            joined = self.lows[at : at + 1] == [","] and self.lows[at + 1] in _JOINING
            next_ = other.start in (at + 1, at + 2)
            told = next_ and self.lows[that : that + 2] == [",", "that"]
            if joined and told and clause in (one, other) and all(map(self._tells, (one, other))):
                return that + 2
        return None

    def _tells(self, clause: Clause) -> bool:
        """Whether a clause's verb says or denies something."""
        lemma = clause.verb.lemma
        return lemma in self.lexicon["say"] or lemma in self.lexicon["deny"]

    def _quoted(self, clause: Clause) -> Statement | None:
        """Read "X quoted Y as saying …": Y speaks."""
        if clause.verb.lemma not in self.lexicon["quoting"]:
            return None
        first = clause.verb.last
        for index in range(first, min(len(self.lows) - 1, first + 15)):
            if self.lows[index] == "as" and self.lows[index + 1] in ("saying", "telling"):
                speakers = voices(self.parse, (first, index), self.lexicon)
                after = self.content.start(index + 2)
                if clause.verb.passive:
                    speakers = self._subject(clause)
                if after is None:
                    return Statement(0, max(0, clause.start - 1), "say", speakers, clause)
                return Statement(after, len(self.lows), "say", speakers, clause)
        return None

    def _by(self, clause: Clause) -> Statement | None:
        """Read "the presence of troops was confirmed by Berlin": what stands before is said."""
        vouches = clause.verb.lemma in self.lexicon["vouching"]
        first = clause.verb.last
        if not vouches or clause.verb.negated or self.lows[first : first + 1] != ["by"]:
            return None
        speakers = voices(self.parse, (first + 1, clause.end), self.lexicon)
        return Statement(clause.subject[0], clause.verb.first, "say", speakers, clause)

    def before_colon(self) -> Iterator[Statement]:
        """Yield what stands behind "Pentagon:" where a sentence begins so."""
        for mention in self.parse.mentions[:2] if ":" in self.parse.words_used else ():
            speaks = mention.kind in SPEAKING and mention.first <= 3 and not mention.modifies
            if speaks and self.lows[mention.last : mention.last + 1] == [":"]:
                yield Statement(mention.last + 1, len(self.lows), "say", [Voice(mention)])
                return
        yield from self._before_quote()

    def _before_quote(self) -> Iterator[Statement]:
        """Yield a quotation behind the colon of a clause about who says it: "X was blunt: “…”"."""
        for index in range(2, len(self.lows) - 1) if ":" in self.parse.words_used else ():
            if self.lows[index] != ":" or self.lows[index + 1] not in QUOTES:
                continue
            before = [c for c in self.clauses if c.verb.first < index]
            said = any(c.verb.lemma in self.lexicon["speaking"] - _BEING for c in before)
            speakers = self._subject(before[0]) if before and not said else []
            if any(v.mention is not None and v.mention.kind != "state" for v in speakers):
                yield Statement(index + 1, len(self.lows), "say", speakers)
            return

    def _denial(self, clause: Clause) -> Iterator[Statement]:
        """Yield what "X denies that …" denies, and what X says instead behind a colon."""
        if (
            clause.verb.negated
            or "nor" in self.lows[max(0, clause.verb.first - 2) : clause.verb.head]
        ):
            return
        last = clause_reach(self.clauses, clause, len(self.lows))
        speakers = (
            by_whom(self.parse, clause, self.lexicon)
            if clause.verb.passive
            else self._subject(clause)
        )
        behind = [i for i in range(clause.verb.last, len(self.lows)) if self.lows[i] == ":"]
        at = clause.verb.last
        if self.lows[at : at + 1] in _MEANT and self.lows[at + 1 : at + 2] == [","]:
            behind.insert(0, at + 1)  # "denied it, pointing out that his men had left"
        last = min([last, *behind])
        yield Statement(clause.verb.last, last, "deny", speakers, clause)
        if behind and not any(clause.verb.last < c.verb.first < behind[0] for c in self.clauses):
            # "dismissed the report: it was others that sent them"
            yield Statement(behind[0] + 1, len(self.lows), "say", speakers, clause)

    def _of_gerund(self, clause: Clause) -> int | None:
        first = clause.verb.last
        for index in range(first, min(len(self.lows) - 1, first + 14)):
            if self.lows[index] == "of" and index + 1 in self.parse.verb_at:
                return index
        return None

    def _shows(self, clause: Clause) -> bool:
        if clause.verb.form == "gerund":
            return True
        first, last = clause.subject
        return any(self.lexicon.evidence.match(self.lows, i) for i in range(first, last))

    def _releaser(self, clause: Clause) -> list[Voice]:
        """Return who released what shows it, if the sentence says so."""
        owner = clause.parent
        while owner is not None and owner.verb.lemma not in self.lexicon["release"]:
            owner = owner.parent
        if owner is None:
            own = self._subject(clause) if clause.verb.form != "gerund" else []
            own = own or self._seen_by(clause)
            return [v for v in own if v.mention is not None and not self._is_evidence(v)]
        return self._subject(owner)

    def _seen_by(self, clause: Clause) -> list[Voice]:
        """Return who has seen the evidence: "documents seen by Le Monde show"."""
        for other in self.clauses:
            seen = other.verb.form == "participle" and other.verb.last < clause.verb.first
            if seen and other.subject[0] == clause.subject[0]:
                return by_whom(self.parse, other, self.lexicon)
        return []

    def _is_evidence(self, voice: Voice) -> bool:
        mention = voice.mention
        return mention is not None and mention.kind not in ("person", "organization")

    def _gives_account(self, clause: Clause) -> bool:
        """Whether a noun tells what the verb does not: "gave a different account: …"."""
        first, last = clause.right
        return clause.verb.lemma in self.lexicon["giving-account"] and any(
            word in ("account", "statement", "figure", "version") for word in self.lows[first:last]
        )

    def _saying(self, clause: Clause) -> Iterator[Statement]:
        """Yield what a verb of saying leads to, stands before it, or stands around it."""
        verb = clause.verb
        if verb.lemma == "warn" and "against" in self.lows[verb.last : verb.last + 4]:
            return  # "warned Minsk against letting": a measure
        if verb.lemma in ("admit", "acknowledge") and verb.last in self.parse.verb_at:
            yield Statement(
                verb.last,
                clause_reach(self.clauses, clause, len(self.lows)),
                "say",
                self._subject(clause),
                clause,
            )
            return
        if (of := self._of_what(clause)) is not None:
            last = self.content.end(of + 1)
            yield Statement(of + 1, last, "speak", self._subject(clause), clause)
            return
        strict = verb.lemma in self.lexicon["strict"] or not self._reports(clause)
        start = self.content.start(verb.last, strict=strict)
        size = len(self.lows)
        kind = "confirm" if verb.lemma in self.lexicon["confirm"] else "say"
        inverted = self._inverted(clause)
        if inverted is not None:
            yield Statement(
                self.content.quote_begin(verb.first), verb.first, "say", inverted, clause
            )
        elif start is not None:
            denied = verb.negated and verb.lemma in ("believe", "think", "expect", "see")
            last = self.content.end(start)
            speakers = self._subject(clause)
            if not (verb.negated and not denied and kind == "say"):
                yield Statement(start, last, "deny" if denied else kind, speakers, clause)
            quoted = self.lows[start - 1] in QUOTES or self.lows[start - 1] == ":"
            if quoted and self._is_postposed(clause) and not verb.negated:
                yield Statement(0, clause.start - 1, "say", speakers, clause)
        elif self._between_commas(clause):
            yield Statement(0, size, kind, self._subject(clause), clause)
        elif self._is_postposed(clause) and not verb.negated and not clause.relative:
            aside = (
                verb.last + 1 < size and self.lows[verb.last] == "," and self._goes_on(verb.last)
            )
            joined = self.lows[verb.last + 1 : verb.last + 2]
            aside = aside and (
                joined[0] not in self.lexicon["coordinators"] or self._adds(verb.last)
            )
            last = size if aside or self._dangles(clause) else clause.start - 1
            first = self.content.quote_begin(clause.start)
            yield Statement(first, last, kind, self._subject(clause), clause)

    def _of_what(self, clause: Clause) -> int | None:
        """Return where "of" stands in "spoke last week of 300 fighters"."""
        first, last = clause.right
        if clause.verb.lemma not in _TALKING or clause.verb.negated or clause.verb.passive:
            return None
        for index in range(first, min(last, first + 5)):
            dated = any(d.first - 1 <= index < d.last for d in self.parse.dates)
            if self.lows[index] == "of" and not dated:
                return index
            if self.lows[index] in _STOPS_TALK and not dated:
                return None
        return None

    def _between_commas(self, clause: Clause) -> bool:
        """Whether the clause is an aside in another: "Shells, the paper found, have arrived"."""
        last = clause.verb.last
        apart = clause.start > 1 and self.lows[clause.start - 1] == ","
        closed = self.lows[last : last + 1] == [","] and not clause.verb.negated
        if not apart or not closed:
            return False
        behind = [c for c in self.clauses if c.verb.first > last]
        opens = clause is self.clauses[0]  # "Since June, the paper found, shells have arrived"
        return any(c.subject[1] <= clause.start for c in behind) or (opens and behind != [])

    def _reports(self, clause: Clause) -> bool:
        return clause.verb.form == "finite" or clause.verb.form == "gerund"

    def _dangles(self, clause: Clause) -> bool:
        """Whether a participle behind ", X said" goes on with what was said; it is moved there."""
        before = [c for c in self.clauses if c.verb.last < clause.start and not c.embedded]
        found = False
        for other in self.clauses:
            own = other.parent is clause and other.shared and not other.embedded
            tells = other.verb.lemma in self.lexicon["say"]
            if before and own and other.verb.form == "gerund" and not tells:
                other.parent, other.subject = before[-1], before[-1].subject
                found = True
        return found

    def _adds(self, comma: int) -> bool:
        """Whether the same speaker goes on: "…, he said, and two of them landed in Chad"."""
        if self.lows[comma + 1] != "and":
            return False
        return not any(
            c.verb.first > comma and c.verb.lemma in self.lexicon["speaking"] for c in self.clauses
        )

    def _goes_on(self, index: int) -> bool:
        """Whether a clause follows the aside ", he said,"."""
        behind = [c for c in self.clauses if c.verb.first > index]
        return any(c.verb.form == "finite" or c.opener == "and" for c in behind)

    def _inverted(self, clause: Clause) -> list[Voice] | None:
        """Return who speaks in ‘…,” said X’."""
        verb = clause.verb
        if verb.form != "finite" or verb.first == 0 or verb.passive or verb.lemma == "tell":
            return None
        if verb.lemma == "continue":
            return None
        before = self.lows[verb.first - 1]
        alone = clause.subject[1] <= clause.subject[0] or clause.shared
        marked = before in QUOTES or before in (",", "'", "’")
        if not (marked and alone) and not (before == "," and self._follows_a_clause(clause)):
            return None
        last = verb.last
        while (
            last < len(self.lows)
            and last - verb.last < 20
            and self.lows[last] not in (";", "”", '"')
        ):
            if last in self.parse.verb_at and self.parse.verb_at[last].form == "finite":
                break
            last += 1
        return voices(self.parse, (verb.last, last), self.lexicon) or None

    def _follows_a_clause(self, clause: Clause) -> bool:
        """Whether a whole clause stands before the verb and none behind it: "…, said X"."""
        told = [c for c in self.clauses if c.verb.form == "finite" and not c.relative]
        first = clause.verb.first
        after = self.lows[clause.verb.last : clause.verb.last + 1]
        if after and after[0] in self.lexicon["prepositions"]:
            return False
        return any(c.verb.last < first for c in told) and not any(
            c.verb.first > first for c in told
        )

    def _is_postposed(self, clause: Clause) -> bool:
        start = clause.start
        if clause.shared or start < 2:
            return False
        before = self.lows[start - 1]
        return (
            before in (",", "”", '"', "»", "–", "—", "“")
            and any(other.verb.last < start for other in self.clauses)
        ) or (before in ("”", '"', "»") and start > 2)

    def by_noun(self) -> Iterator[Statement]:
        """Yield what follows a noun with its teller: "the White House announcement that …"."""
        for index in range(1, len(self.lows) - 1) if "that" in self.parse.words_used else ():
            if self.lows[index] != "that" or index - 1 in self.parse.verb_at:
                continue
            if tellers := self._tellers(index):
                told = (c.end for c in self.clauses if c.start == index + 1)
                yield Statement(index + 1, next(told, len(self.lows)), "say", tellers)

    def _tellers(self, that: int) -> list[Voice]:
        """Return who told what stands behind a noun and "that", if a name beside it says so."""
        nouns = self.lexicon["told-by-noun"]
        for noun in range(that - 1, max(0, that - _NEAR), -1):
            if self.lows[noun] in nouns:
                if self.lows[noun + 1] in ("by", "from", "of") and noun + 2 < that:
                    return voices(self.parse, (noun + 2, that), self.lexicon)
                return self._owner_of(noun) if self._only_dated(noun + 1, that) else []
            if noun in self.parse.verb_at:
                break
        return []

    def _only_dated(self, first: int, last: int) -> bool:
        """Whether nothing but a date stands between two tokens: "on Friday"."""
        dated = {i for d in self.parse.dates for i in range(d.first, d.last)}
        return all(self.lows[i] in ("on", "in") or i in dated for i in range(first, last))

    def _owner_of(self, noun: int) -> list[Voice]:
        """Return whose announcement it is: "Kyiv's claim", "the State Department announcement"."""
        for mention in self.parse.mentions:
            gap = self.lows[mention.last : noun]
            owns = not gap or gap[0] in ("'s", "’s")
            if mention.last <= noun and owns and len(gap) <= 2 and mention.kind in SPEAKING:
                return [Voice(mention)]
        return []

    def according_to(self) -> Iterator[Statement]:
        """Yield what stands under "according to X"."""
        if _SOURCE_WORDS.isdisjoint(self.parse.words_used):
            return
        for index in [i for i, low in enumerate(self.lows[:-2]) if low in _SOURCE_WORDS]:
            if (behind := self._behind_source_words(index)) is not None:
                last = behind
                while last < len(self.lows) and self.lows[last] not in _ENDS_SOURCE:
                    last += 1
                named = self.parse.mention_at.get(last + 1)
                if named is not None and self._holds_office(last, named):
                    last = named.last
                speakers = voices(self.parse, (behind, last), self.lexicon)
                if not speakers and (pronoun := _OWN.get(self.lows[index + 1])):
                    speakers = [Voice(None, pronoun, (index + 1, last))]
                if index == 0 or self.lows[index - 1] in (";", ":", "and", "but"):
                    yield Statement(last, len(self.lows), "say", speakers)
                else:
                    first = max((i + 1 for i in range(index) if self.lows[i] == ";"), default=0)
                    end = len(self.lows) if self._resumes(last) else index
                    yield Statement(first, end, "say", speakers)

    def _holds_office(self, comma: int, named: Mention) -> bool:
        """Whether a name follows its office: "according to the army's spokesman, Ali Saleh"."""
        office = self.lows[comma - 1] in self.lexicon["offices"] | self.lexicon["sources"]
        person = named.kind == "person" or (
            named.kind == "unknown" and named.last - named.first > 1
        )
        return office and person and self.lows[comma] == ","

    def _resumes(self, comma: int) -> bool:
        """Whether what is told goes on behind an aside: "shells, by his account, were sent"."""
        behind = comma + 1 + (self.lows[comma + 1 : comma + 2] == ["and"])
        return self.lows[comma : comma + 1] == [","] and behind in self.parse.verb_at

    def _behind_source_words(self, index: int) -> int | None:
        """Return where the source stands behind "according to" or "by the estimate of"."""
        words = self.lows[index : index + 4]
        if words[:2] == ["according", "to"]:
            return index + 2
        by_count = words[:2] == ["by", "the"] and words[3:] == ["of"]
        if words[:1] == ["by"] and words[1:2] and words[1] in _OWN and "of" not in words[3:]:
            own = 1 if words[2:3] == ["own"] else 0
            return index + 3 + own if _COUNTS & {*words[2 + own : 3 + own]} else None
        return index + 4 if by_count and words[2] in _COUNTS else None

    def cited(self) -> list[Voice]:
        """Return whom the sentence cites: "Reuters reported, citing two officials"."""
        if _CITING.isdisjoint(self.parse.words_used):
            return []
        for index, word in enumerate(self.lows):
            if word in _CITING and (index == 0 or self.lows[index - 1] in (",", "—", "–", "who")):
                last = index + 1
                while last < len(self.lows) and self.lows[last] not in (
                    ",",
                    ";",
                    "who",
                    "which",
                    ".",
                    "”",
                ):
                    last += 1
                return voices(self.parse, (index + 1, last), self.lexicon)
        return []
