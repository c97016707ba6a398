"""The claims of a sentence: each clause that says something happened, with who stands behind it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from operator import attrgetter

from kg.extraction.attributing.crediting import Credit
from kg.extraction.attributing.noting import Noting
from kg.extraction.claims.blamed import find_blamed
from kg.extraction.claims.denials import says_otherwise
from kg.extraction.claims.denying import Denying
from kg.extraction.claims.nominal_claims import NominalClaims
from kg.extraction.claims.telling import Telling
from kg.extraction.claims.told_twice import join_told_twice
from kg.extraction.claims.untrue import find_untrue
from kg.extraction.document.found import Found
from kg.extraction.events.bygone import is_no_news
from kg.extraction.events.civil import is_civil
from kg.extraction.events.sitting import Sitting
from kg.extraction.grammar.clause import CONTACT, Clause
from kg.extraction.situations.thoughts import Thoughts
from kg.extraction.speakers.asking import find_requests
from kg.extraction.unframed.agreed_upon import find_agreed
from kg.extraction.unframed.beside import BESIDE, find_beside
from kg.extraction.unframed.compared import find_compared
from kg.extraction.unframed.fragments import find_listed
from kg.extraction.unframed.gapped import find_gapped
from kg.extraction.unframed.intended import find_intended
from kg.extraction.unframed.least_sure import least_sure
from kg.extraction.unframed.provisions import find_provisions
from kg.extraction.unframed.suppliers import find_suppliers
from kg.extraction.unframed.unread import Unread, clauses_left, longest

# Between so many a contract is that one keeps and the other is owed.
_TWO = 2
# What opens a clause that says of things who promised them.
_OF_THINGS = frozenset((CONTACT, "that"))
_FIRST = attrgetter("first")
_OF_WHICH = frozenset(("which", "whom"))


class ClaimFinder(Noting):
    """Finds the claims of one sentence."""

    def __init__(self, sitting: Sitting) -> None:
        """Take the sentence, and what says who stands behind its claims."""
        super().__init__(sitting)
        # Whether something told is of civil life, so that no later "it" means that.
        self.civil = False
        self.no_news = False
        self.credit = Credit(sitting)
        self.denying = Denying(sitting, self.credit)
        self.teller = Telling(sitting, self.credit)
        self.thoughts = Thoughts(self.parse, self.clauses, self.lexicon)
        self.requests = list(find_requests(self.parse, self.clauses, self.lexicon))

    def claims(self) -> list[Found]:
        """Return all claims in the order of the text; the document's memory takes them in."""
        if self.clauses and self.clauses[0].verb.lemma in self.lexicon["call"]:
            self.note_subject()  # "X calls the charge a lie, he insists"
        self.credit.resolve()
        self.note_topic()
        if self.parse.lows[-1:] == ["?"]:
            self.note_force()
            return []  # "Can you confirm that Iran has sent missiles?"
        self.no_news = is_no_news(self.sitting)
        return [] if self.no_news else self._told()

    def _told(self) -> list[Found]:
        if self.clauses and "they" in self.parse.words_used:
            self.note_who_they_are()
        for found in itertools.chain(self._of_verbs_and_nouns(), self._of_what_else()):
            self._take(found)
        for found in self._least_sure():
            self._take(found)
        for found in find_beside(self.sitting):
            self._take(found)
        self.note_whom_it_names()
        told = self.found or any(self._tells_unread(clause) for clause in self.clauses)
        if told and (self.found or not self.civil):
            self.memory.untold = not self.found
        self.found.sort(key=_FIRST)
        if len(self.found) > 1:
            self.found[:] = join_told_twice(self.found, self.parse)
        return self.found

    def _of_verbs_and_nouns(self) -> Iterator[Found]:
        """Yield what clauses claim and nouns name, then what goes on with either."""
        clauses = sorted(self.clauses, key=self._is_read_later)
        of_which: list[Clause] = []
        if not _OF_WHICH.isdisjoint(self.parse.words_used):
            of_which = [clause for clause in clauses if self._is_of_which(clause)]
        for clause in clauses:
            if clause not in of_which:
                yield from self._of_clause(clause)
        if self.parse.events:
            yield from NominalClaims(self.sitting, self.credit).claims()
        for clause in of_which:
            yield from self._of_clause(clause)

    def _of_what_else(self) -> Iterator[Found]:
        """Yield what evidence shows, figures and lists tell, and what stands beside a claim."""
        said = (*self.teller.shown(), *self.teller.figures()) if self.statements else ()
        yield from (*said, *find_listed(self.sitting))
        yield from find_intended(self.sitting)
        yield from find_agreed(self.sitting)
        yield from (*find_compared(self.sitting), *find_gapped(self.sitting))
        yield from (*find_suppliers(self.sitting), *find_provisions(self.sitting))
        yield from find_untrue(self.sitting, self.credit)

    def _least_sure(self) -> Iterator[Found]:
        """Yield claims of forces and arms by verbs which no frame reads."""
        for clause, reads in least_sure(self.sitting):
            if not self.thoughts.is_thought(clause):
                yield from self.teller.told(clause, reads)

    def unread(self) -> Iterator[Found]:
        """Yield what clauses tell that no frame reads, once `claims` has found all others."""
        if self.no_news:
            return
        left = [c for c in clauses_left(self.sitting) if not self.thoughts.is_thought(c)]
        if not left:
            return
        unread = Unread(self.sitting)
        told = [found for clause in left for found in self.teller.told(clause, unread)]
        yield from longest([found for found in told if not is_civil(found, self.reader)])

    def _tells_unread(self, clause: Clause) -> bool:
        """Whether a clause has a verb of events and objects, though nothing was read in it."""
        lemma, verb = clause.verb.lemma, clause.verb
        if lemma not in self.lexicon["eventive"]:
            return False
        reports = any(lemma in self.lexicon[key] for key in ("say", "deny", "call", "show"))
        first, last = clause.right
        acts = verb.form == "finite" and not clause.conditional and not clause.relative
        return acts and not reports and last - first > 1

    def _is_read_later(self, clause: Clause) -> bool:
        """Whether a clause needs others read: it describes a noun, or denies "it"."""
        if clause.embedded or (clause.opener in _OF_THINGS and self._promises(clause)):
            return True
        if clause.verb.lemma not in self.lexicon["deny"]:
            return False
        lows, (first, last) = self.parse.lows, clause.right
        return lows[first:last] == ["it"] or (
            first == last and lows[clause.subject[0]] in ("a", "something")
        )  # "denies it", "a claim that Tehran rejects"

    def _promises(self, clause: Clause) -> bool:
        """Whether a clause only says of things who gave or promised them."""
        if clause.opener == CONTACT:
            return True
        if clause.opener != "that" or clause.verb.lemma != "promise":
            return False
        things = [m.first for m in self.parse.mentions if m.last == clause.start - 1]
        return any(c.subject[0] <= at < c.subject[1] for at in things for c in self.clauses)

    def _is_of_which(self, clause: Clause) -> bool:
        """Whether a clause goes on with what a noun may have told: "the first of which arrived"."""
        last = clause.subject[1]
        return clause.relative and self.parse.lows[last - 1 : last] == ["of"]

    def _take(self, found: Found) -> None:
        """Keep a claim, unless it is of civil life."""
        if is_civil(found, self.reader):
            self.civil = True
        else:
            self._keep(found)

    def _keep(self, found: Found) -> None:
        """Take in a claim that no other of the sentence makes already, and remember its event."""
        if found.polarity == "denied":
            self.memory.denied = found.reading.as_happening(self.parse.paragraph)
        for other in self.found if not found.listed else ():
            same = other.first < found.last and found.first < other.last
            if _counts_again(found, other):
                if len(found.reading.to) <= len(other.reading.to):
                    return
                self.found.remove(other)
                found.first = min(found.first, other.last)
                break
            if (
                same
                and other.reading.type == found.reading.type
                and other.polarity == found.polarity
            ):
                inner, outer = sorted((found, other), key=lambda f: f.last - f.first)
                if inner is other and _leads_further(found, other):
                    found.reading.places = found.reading.places or other.reading.places
                    self.found.remove(other)  # "the guns that Chad had promised reached Mali"
                    break
                if (
                    inner.first >= outer.first
                    and inner.last <= outer.last
                    and outer.reading.aspect == inner.reading.aspect
                ):
                    return
        self.found.append(found)
        self._note(found)

    def _note(self, found: Found) -> None:
        """Let the document's memory take in a claim that was kept."""
        if found.reading.places:
            self.memory.places = found.reading.places
        if found.reading.type == "Agreement":
            self._note_ordered(found)
        sided = found.polarity != "denied" or bool(found.reading.from_ and found.reading.to)
        if found.rule.startswith(BESIDE):
            return  # what comes along is not what the text goes on with
        told = found.reading.frame.event != "Measure" or found.reading.type == "Measure"
        if told and (sided or not self.memory.happenings):
            self.memory.note(found.reading.as_happening(self.parse.paragraph))

    def _note_ordered(self, found: Found) -> None:
        """Remember what a contract is for: "signed a contract for six vessels"."""
        lows = self.parse.lows
        within = [m for m in self.parse.mentions_in(found.first, found.last) if m.items]
        goods = [m for m in within if "for" in lows[found.first : m.first]]
        if len(found.reading.from_) == _TWO and goods:
            items = tuple(goods[0].items)
            self.memory.ordered = (self.parse.paragraph, found.reading.from_, items)

    def _of_clause(self, clause: Clause) -> Iterator[Found]:
        """Yield what a clause claims, by the first kind of claim that its verb can make."""
        if clause.verb.first in self.done or clause.conditional or self.thoughts.is_thought(clause):
            return
        lemma = clause.verb.lemma
        if lemma in self.lexicon["deny"] and not self.denying.refuses(clause):
            yield from self.denying.outright(clause)
            return
        if lemma in self.lexicon["say"] and says_otherwise(self.parse, clause, self.lexicon):
            yield from self.denying.otherwise(clause)
            return
        judges = lemma in self.lexicon["judging"]
        if judges and (found := self.denying.by_words(clause)) is not None:
            yield found
            return
        told = find_blamed(self.sitting, self.credit, clause) or self.denying.without_part(clause)
        if told is not None:
            yield told
            return
        for request in self.requests:
            if request.clause is clause and (found := self.teller.requested(request)):
                yield found
                return
        promises = clause.opener in _OF_THINGS and self._promises(clause)
        if (clause.embedded or promises) and self._covered(clause):
            return
        if self.statements and self._only_reports(clause):
            return
        yield from self.teller.told(clause)

    def _covered(self, clause: Clause) -> bool:
        """Whether a claim has been made already of what the clause only describes."""
        of = clause.parent if clause.verb.form == "gerund" else None
        if of is not None and of.verb.lemma in self.lexicon["accuse"]:
            return False  # "accused of arming and training": each is another event
        carries = clause.verb.lemma in self.lexicon["loaded-with"] or clause.verb.lemma == "bind"
        if self.sitting.of_treaty(clause):
            return any(f.reading.type == "Agreement" for f in self.found)
        return any(
            found.first <= clause.verb.first < found.last
            and not (carries and found.reading.type == "Measure")
            for found in self.found
        )

    def _only_reports(self, clause: Clause) -> bool:
        """Whether the clause does nothing but introduce what somebody says."""
        if self._gives_figure(clause):
            return False
        for statement in self.statements:
            if statement.clause is clause and statement.kind in ("say", "show", "confirm"):
                return True
        return False

    def _gives_figure(self, clause: Clause) -> bool:
        """Whether a figure is all that is said: ‘spoke of "between 800 and 1,000 men"’."""
        first, last = clause.right
        speaks = clause.verb.lemma in ("speak", "talk") and "of" in self.parse.lows[first:last]
        return speaks and any(first <= q.first < last for q in self.parse.quantities)


def _leads_further(outer: Found, inner: Found) -> bool:
    """Whether a clause tells of more than one that only describes its subject.

    "Planes that land at Bosaso bring arms for the RSF" tells of the RSF.
    """
    to, before = outer.reading.to, inner.reading.to
    behind = outer.first <= inner.first and inner.last < outer.last
    return len(to) > len(before) or (behind and bool(to) and to != before)


def _counts_again(found: Found, other: Found) -> bool:
    """Whether two claims count the same: "the cargo held 300 missiles that Iran had sent"."""
    one, two = found.reading, other.reading
    told = [(r.type, r.aspect, r.from_, r.quantity) for r in (one, two)]
    return one.quantity is not None and one.frame is not two.frame and told[0] == told[1]
