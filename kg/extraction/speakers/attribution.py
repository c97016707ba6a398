"""Who says it: the stretches of a sentence that somebody asserts, denies, shows or asks for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from kg.extraction.grammar.clause import CONTACT, Clause
from kg.extraction.grammar.fronted import opened_at
from kg.extraction.grammar.none_at_all import denies_no_longer, denies_nothing
from kg.extraction.grammar.parse import Parse
from kg.extraction.grammar.spoken_to import end_of_saying
from kg.extraction.grammar.subjects import join_who_speaks
from kg.extraction.speakers.accounts import gives_account
from kg.extraction.speakers.content import QUOTES, Content
from kg.extraction.speakers.named_sources import CUES, Sources
from kg.extraction.speakers.statements import Statement, clause_reach
from kg.extraction.speakers.told_behind import told_behind
from kg.extraction.speakers.told_on import ToldOn
from kg.extraction.speakers.verdicts import Verdicts, by_whom
from kg.extraction.speakers.voices import Voice, voices
from kg.extraction.words.lexicon import Lexicon

# What opens a clause that says of things who gave or promised them.
_OF_THINGS = frozenset((CONTACT, "that", "which"))
_PRONOUNS = frozenset(("he", "she", "it", "they", "we"))
# So long an allegation and an aside behind it are.
_NEAR, _ASIDE = 5, 14
_AND = frozenset((",", "and", "or"))
_JOINING = ("and", "but", "while", "though", "although")
_TALKING = frozenset(("speak", "talk", "tell", "write", "warn", "complain"))
_STOPS_TALK = frozenset((",", ":", ";", "“", "”", "that", "to", "in", "on", "for", "about", "out"))
_MEANT = (["it"], ["this"], ["that"], ["them"])


def find_statements(parse: Parse, clauses: list[Clause], lexicon: Lexicon) -> list[Statement]:
    """Return the statements of a sentence."""
    join_who_speaks(parse, clauses, lexicon)
    reader = _Reader(parse, clauses, lexicon)
    found = [
        one
        for clause in clauses
        if clause.opener not in _OF_THINGS or not reader.promises_things(clause)
        for one in reader.of_clause(clause)
    ]
    if CUES.isdisjoint(parse.words_used):
        return found + told_behind(parse, clauses, found, lexicon)
    sources = Sources(parse, clauses, lexicon)
    found += sources.according_to()
    found += sources.before_colon()
    denied = [one for one in found if one.kind == "deny"]
    found += [n for n in sources.by_noun() if not any(one.holds(n.first) for one in denied)]
    cited = sources.cited()
    for statement in found:
        statement.cited += cited
    return found + told_behind(parse, clauses, found, lexicon)


def find_cited(parse: Parse, clauses: list[Clause], lexicon: Lexicon) -> list[Voice]:
    """Return whom a sentence cites: "Reuters reported, citing two officials"."""
    return Sources(parse, clauses, lexicon).cited()


_HIM = (["him"], ["her"])


class _Reader:
    """Finds the statements of one sentence."""

    def __init__(self, parse: Parse, clauses: list[Clause], lexicon: Lexicon) -> None:
        self.parse, self.clauses, self.lexicon = parse, clauses, lexicon
        self.lows = parse.lows
        self.content = Content(parse, clauses, lexicon)
        self.verdicts = Verdicts(parse, lexicon)
        self.told_on = ToldOn(parse, clauses, lexicon)
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
        elif (quoted := self._quoted(clause) or self._as_told(clause)) is not None:
            yield quoted
        elif (untrue := self.verdicts.of(clause)) is not None:
            yield untrue
        elif clause.verb.passive and (by := self._by(clause)) is not None:
            yield by
        elif lemma in lexicon["deny"]:
            yield from self._denial(clause)
        elif lemma in lexicon["accuse"] and (accused := self._accused(clause)) is not None:
            yield accused
        elif lemma in lexicon["show"] and self._shows(clause):
            yield Statement(
                clause.verb.last, len(self.lows), "show", self._releaser(clause), clause
            )
        elif (
            lemma in lexicon["say"]
            or lemma in lexicon["confirm"]
            or gives_account(self.parse, clause, self.lexicon)
        ):
            yield from self._saying(clause)

    def promises_things(self, clause: Clause) -> bool:
        """Whether a clause says of things who gave or promised them, and states nothing."""
        if clause.verb.lemma not in self.lexicon["promising"]:
            return False
        if clause.opener == CONTACT:
            return True
        things = (m for m in self.parse.mentions if m.last == clause.start - 1)
        return clause.opener in ("that", "which") and any(m.kind == "item" for m in things)

    def _accused(self, clause: Clause) -> Statement | None:
        """Read "X accuses Y of sending …" and "X blames Y for raids that killed four"."""
        if (of := self._of_gerund(clause)) is not None:
            return self._accusation(clause, of)
        verb = clause.verb
        blames = verb.lemma == "blame" and not verb.passive and not verb.negated
        told = len(self.lows)
        return Statement(0, told, "say", self._subject(clause), clause) if blames else None

    def _accusation(self, clause: Clause, of: int) -> Statement:
        """Read "X accuses Y of sending …": the words behind "of" are X's, about Y."""
        passive = clause.verb.passive
        return Statement(
            of + 1,
            self._with_joined_gerunds(clause_reach(self.clauses, clause, len(self.lows))),
            "accuse",
            by_whom(self.parse, clause, self.lexicon) if passive else self._subject(clause),
            clause,
            accused=clause.subject if passive else (clause.verb.last, of),
        )

    def _with_joined_gerunds(self, end: int) -> int:
        """Return where an accusation ends that has several verbs: "of arming and training"."""
        for later in self.clauses:
            joined = later.verb.form == "gerund" and later.shared and later.start in (end, end + 1)
            if joined and self.lows[later.start - 1] in _AND and not self._tells(later):
                end = later.end
        return end

    def _tells_nothing(self, clause: Clause) -> bool:
        """Whether a verb of saying makes no statement: "warned Minsk against letting"."""
        verb = clause.verb
        if verb.lemma == "warn":
            return "against" in self.lows[verb.last : verb.last + 4]  # a measure
        known = verb.lemma == "know" and self.lows[slice(*clause.subject)] == ["it"]
        return known and any(  # "made it known that" is a verb before
            c.verb.lemma == "make" and c.verb.last == clause.subject[0] for c in self.clauses
        )

    def _subject(self, clause: Clause) -> list[Voice]:
        return voices(self.parse, self._who_goes_on(clause), self.lexicon)

    def _who_goes_on(self, clause: Clause) -> tuple[int, int]:
        """Return who insists in "the minister said that Chad had sent guns, but insisted that"."""
        told = clause.parent if clause.shared else None
        outer = told.parent if told is not None and not told.relative else None
        if outer is None or clause.verb.lemma not in self.lexicon["say"] or not self._tells(outer):
            return clause.subject
        return outer.subject if outer.verb.last <= clause.subject[0] else clause.subject

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
                if self.lows[first:index] in _HIM:
                    speakers = [Voice(None, "he", (first, index))]
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

    def _denial(self, clause: Clause) -> Iterator[Statement]:
        """Yield what "X denies that …" denies, and what X says instead behind a colon."""
        if denies_nothing(self.parse, clause):
            if denies_no_longer(self.parse, clause):
                last = clause_reach(self.clauses, clause, len(self.lows))
                yield Statement(clause.verb.last, last, "say", self._subject(clause), clause)
            return
        last = clause_reach(self.clauses, clause, len(self.lows))
        last = max(last, self._behind_aside(clause))
        speakers = (
            by_whom(self.parse, clause, self.lexicon)
            if clause.verb.passive or clause.verb.form == "participle"
            else self._subject(clause)
        )
        behind = [i for i in range(clause.verb.last, len(self.lows)) if self.lows[i] == ":"]
        at = clause.verb.last
        meant = self.lows[at : at + 1] in _MEANT and not self._opens_behind(at)
        if meant and self.lows[at + 1 : at + 2] == [","]:
            behind.insert(0, at + 1)  # "denied it, adding that they had left"
        last = min([last, *behind])
        yield Statement(clause.verb.last, last, "deny", speakers, clause)
        if behind and not any(clause.verb.last < c.verb.first < behind[0] for c in self.clauses):
            # "dismissed the report: it was others that sent them"
            yield Statement(behind[0] + 1, len(self.lows), "say", speakers, clause)

    def _opens_behind(self, at: int) -> bool:
        """Whether a clause is opened here behind an aside: "denied that, in May, it had"."""
        return any(
            c.opener == "that" and c.start > at + 1 and opened_at(self.parse, c) == at
            for c in self.clauses
        )

    def _behind_aside(self, clause: Clause) -> int:
        """Return where that ends which "dismissed claims, made by Riga, that it had" denies."""
        first, last = clause.right
        commas = [
            i for i in range(first, min(last + _ASIDE, len(self.lows))) if self.lows[i] == ","
        ]
        told = not self.lexicon["allegations"].isdisjoint(self.lows[first : first + _NEAR])
        if not told or len(commas) < 2 or commas[0] > first + _NEAR:
            return 0
        that = commas[1] + 1
        if self.lows[that : that + 1] != ["that"]:
            return 0
        return max((c.end for c in self.clauses if c.start == that + 1), default=0)

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

    def _saying(self, clause: Clause) -> Iterator[Statement]:
        """Yield what a verb of saying leads to, stands before it, or stands around it."""
        verb = clause.verb
        if self._tells_nothing(clause):
            return
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
        bare = strict and verb.lemma in self.lexicon["bare"] and self._begins_bare(clause)
        start = self.content.start(verb.last, strict=strict and not bare)
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
            last = size if self.told_on.behind(clause) else clause.start - 1
            first = self.content.begin(clause.start)
            yield Statement(first, last, kind, self._subject(clause), clause)

    def _begins_bare(self, clause: Clause) -> bool:
        """Whether a clause with its subject stands right behind: "announced his side would buy"."""
        first = clause.verb.last
        begins = self.lows[first : first + 1]
        if not begins or clause.verb.passive or clause.verb.form != "finite":
            return False
        nominal = (
            first in self.parse.mention_at or begins[0] in self.lexicon["determiners"] | _PRONOUNS
        )
        behind = (c for c in self.clauses if c.verb.first > first and c.verb.form == "finite")
        told = next(behind, None)
        own = told is not None and not told.shared and not told.relative and told.opener != ","
        return (
            nominal and own and told is not None and "," not in self.lows[first : told.verb.first]
        )

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

    def _as_told(self, clause: Clause) -> Statement | None:
        """Read "As the BBC reported, …": all that stands beside it is said."""
        first, last = clause.subject
        if self.lows[0] != "as":
            return None
        if first >= last and clause is self.clauses[0] and self.lows[last - 1] == ",":
            first, last = 0, clause.verb.first - 1  # "As X, the minister, told it, …"
        if first > 0:
            return None
        told = first < last and clause.verb.form == "finite" and not clause.verb.passive
        if not told or not self._tells(clause):
            return None
        speakers = voices(self.parse, (first + 1, last), self.lexicon)
        return Statement(clause.verb.last, len(self.lows), "say", speakers, clause)

    def _between_commas(self, clause: Clause) -> bool:
        """Whether the clause is an aside in another: "Shells, the paper found, have arrived"."""
        closing = end_of_saying(self.parse, clause.verb, self.lexicon)
        apart = clause.start > 1 and self.lows[clause.start - 1] == ","
        if not apart or closing is None or clause.verb.negated:
            return False
        behind = [c for c in self.clauses if c.verb.first > closing]
        before = [c for c in self.clauses if c.verb.first < clause.start]
        # "Since June, the paper found, shells have arrived", "In a war that had ended, she wrote,"
        opens = before == [] or (
            self.lows[0] in self.lexicon["prepositions"]
            and all(c.relative or c.embedded or c.opener in _OF_THINGS for c in before)
        )
        return any(c.subject[1] <= clause.start for c in behind) or (opens and behind != [])

    def _reports(self, clause: Clause) -> bool:
        return clause.verb.form == "finite" or clause.verb.form == "gerund"

    def _inverted(self, clause: Clause) -> list[Voice] | None:
        """Return who speaks in ‘…,” said X’."""
        verb = clause.verb
        if verb.form != "finite" or verb.first == 0 or verb.passive or verb.lemma == "tell":
            return None
        if verb.lemma == "continue":
            return None
        before = self.lows[verb.first - 1]
        alone = clause.subject[1] <= clause.subject[0] or clause.shared or self._is_verdict(clause)
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

    def _is_verdict(self, clause: Clause) -> bool:
        """Whether a few words that name nobody are what is said: "Not so, said Chad: …"."""
        first, last = clause.subject
        short = first == 0 and last - first <= _NEAR and self.lows[last - 1] == ","
        return short and not self.parse.mentions_in(first, last)

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
