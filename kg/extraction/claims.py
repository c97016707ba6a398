"""The claims of a sentence: each clause that says something happened, with who stands behind it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from operator import attrgetter

from kg.extraction.agreed_upon import find_agreed
from kg.extraction.asking import find_requests
from kg.extraction.beside import BESIDE, find_beside
from kg.extraction.blamed import find_blamed
from kg.extraction.civil import is_civil
from kg.extraction.clause import CONTACT, Clause
from kg.extraction.compared import find_compared
from kg.extraction.crediting import Credit
from kg.extraction.denials import says_otherwise
from kg.extraction.denied_there import is_kept_from
from kg.extraction.denying import Denying
from kg.extraction.found import Found
from kg.extraction.fragments import find_listed
from kg.extraction.gapped import find_gapped
from kg.extraction.intended import find_intended
from kg.extraction.least_sure import least_sure
from kg.extraction.named_together import note_listed
from kg.extraction.nominal_claims import NominalClaims
from kg.extraction.provisions import find_provisions
from kg.extraction.quoted_on import note_spoken_of
from kg.extraction.serving import soldier_of
from kg.extraction.sitting import Part, Sitting
from kg.extraction.suppliers import find_suppliers
from kg.extraction.telling import Telling
from kg.extraction.those_two import note_those, those_two
from kg.extraction.unread import Unread, clauses_left, longest
from kg.extraction.untrue import find_untrue
from kg.extraction.voices import is_called

# So many words at the head of a sentence without a verb can name what it is about.
_OPENING = 4
# So many words behind the comma the noun of an apposition stands.
_APPOSED = 5
_TOPICS = frozenset(("State", "Group", "ArmedForce", "InternationalBody"))
# Between so many a contract is that one keeps and the other is owed.
_TWO = 2
# What opens a clause that says of things who promised them.
_OF_THINGS = frozenset((CONTACT, "that"))
_FIRST = attrgetter("first")
_OF_WHICH = frozenset(("which", "whom"))
_OUTRIGHT = frozenset(
    ("nor", "deny", "denies", "denied", "”", '"', "outright", "directly", "explicitly", "openly")
)
_SINCE = ("since", "until", "before", "once", "as", "where")
_TAKING_UP = (["the"], ["they"], ["it"], ["these"])
# Without one of these nothing is left undenied.
_HOUSES = frozenset(("ministry", "army", "military", "navy", "embassy", "command", "department"))
_TELLERS = frozenset(("he", "she", "i"))
_DISCLOSING = frozenset(("know", "disclose", "reveal", "tell", "specify"))
_DENIED = frozenset(("not", "n't", "never", "nor", "neither", "'t", "’t", "nobody", "no"))
_HOW_LONG = frozenset(("long", "longer", "far", "soon", "fast", "often"))
_DOUBTING = frozenset(("doubt", "doubts", "doubted", "doubting"))
_SAYING = frozenset(("say", "suggest", "indicate", "claim", "report", "show", "prove", "allege"))


class ClaimFinder(Part):
    """Finds the claims of one sentence."""

    def __init__(self, sitting: Sitting) -> None:
        """Take the sentence, and what says who stands behind its claims."""
        super().__init__(sitting)
        self.credit = Credit(sitting)
        self.denying = Denying(sitting, self.credit)
        self.teller = Telling(sitting, self.credit)
        # Where those verbs of saying end whose words nobody says: "did not say any had come".
        self.unsaid = {
            c.verb.last for c in self.clauses if c.verb.negated and c.verb.lemma in _SAYING
        }
        if not _DENIED.isdisjoint(self.parse.words_used):
            admitted = (c.verb.last for c in self.clauses if self._admits(c))
            self.unsaid |= {self._behind_adverbs(last) for last in admitted}
        self.requests = list(find_requests(self.parse, self.clauses, self.lexicon))

    def _admits(self, clause: Clause) -> bool:
        """Whether somebody only does not deny it: "did not deny that his army is there"."""
        neither = self.parse.lows[clause.verb.first - 1] == "nor"
        if clause.verb.negated and self.parse.lows[clause.verb.last : clause.verb.last + 1] == [
            "nor"
        ]:
            return clause.verb.lemma in self.lexicon["confirm"]  # "neither confirm nor deny"
        return (clause.verb.negated or neither) and clause.verb.lemma in self.lexicon["deny"]

    def _behind_adverbs(self, at: int) -> int:
        """Return where the words begin that stand behind a verb and its adverbs."""
        lows, adverbs = self.parse.lows, self.lexicon["adverbs"]
        while at < len(lows) and (lows[at] in adverbs or lows[at] in _OUTRIGHT):
            at += 1
        return at

    def claims(self) -> list[Found]:
        """Return all claims in the order of the text; the document's memory takes them in."""
        if self.clauses and self.clauses[0].verb.lemma in self.lexicon["call"]:
            self._note_subject()  # "X calls the charge a lie, he insists"
        self.credit.resolve()
        self.memory.before = None
        if topic := self._topic():
            if self.memory.state != topic:
                self.memory.before = self.memory.state
            self.memory.state = topic
            self.memory.spoken_in = (self.parse.paragraph, topic)
        if self.parse.lows[-1:] == ["?"]:
            self._note_force()
            return []  # "Can you confirm that Iran has sent missiles?"
        return self._told()

    def _told(self) -> list[Found]:
        if self.clauses and "they" in self.parse.words_used:
            self._note_who_they_are()
        for found in itertools.chain(self._of_verbs_and_nouns(), self._of_what_else()):
            self._take(found)
        for found in self._least_sure():
            self._take(found)
        self._note_subject()
        note_spoken_of(self.sitting)
        self._note_society()
        if self.memory.ours is None and self.parse.lows[0] in _TELLERS:
            self._note_teller()
        if not _HOUSES.isdisjoint(self.parse.words_used):
            self._note_house()
        note_listed(self.parse, self.memory)
        self._note_force()
        subject = self.clauses[0].subject if self.clauses else (0, 0)
        if "Meeting" in [found.reading.type for found in self.found]:
            self._note_who_met()
        note_those(self.memory, self.parse.lows[slice(*subject)], self.found, self.parse.paragraph)
        if self.found or any(self._tells_unread(clause) for clause in self.clauses):
            self.memory.untold = not self.found
        self.found.sort(key=_FIRST)
        return self.found

    def _note_who_they_are(self) -> None:
        """Remember who "they" is in "The two sides spoke of the pact, which they signed"."""
        subject = self.parse.lows[slice(*self.clauses[0].subject)]
        if subject != ["they"] and (those := those_two(self.memory, subject, self.parse.paragraph)):
            self.memory.pair = (self.parse.paragraph, those)

    def _note_who_met(self) -> None:
        """Remember the persons who meet: "the ministers" are these from here on."""
        resolver = self.reader.resolver
        named = (m for m in self.parse.mentions if m.kind in ("person", "unknown"))
        ids = (resolver.actor(self.parse, m) for m in named if m.last - m.first > 1)
        persons = [i for i in ids if i and self._is_person(i)]
        memory, met = self.memory, tuple(dict.fromkeys(persons))
        memory.met = met
        sides = next(f.reading.from_ for f in self.found if f.reading.type == "Meeting")
        # "The minister of Norway, Odd Hansen, and that of Canada, Anne Roy": in the same order.
        for person, side in zip(met, sides, strict=False) if len(met) == len(sides) else ():
            if memory.top(person) == person:
                memory.affiliations[person] = side

    def _is_person(self, actor: str) -> bool:
        return actor in self.memory.people or self.memory.kind_of(actor) == "Person"

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
        yield from (*find_intended(self.sitting), *find_beside(self.sitting))
        yield from find_agreed(self.sitting)
        yield from (*find_compared(self.sitting), *find_gapped(self.sitting))
        yield from (*find_suppliers(self.sitting), *find_provisions(self.sitting))
        yield from find_untrue(self.sitting, self.credit)

    def _least_sure(self) -> Iterator[Found]:
        """Yield claims of forces and arms by verbs which no frame reads."""
        for clause, reads in least_sure(self.sitting):
            if not self._is_thought(clause):
                yield from self.teller.told(clause, reads)

    def unread(self) -> Iterator[Found]:
        """Yield what clauses tell that no frame reads, once `claims` has found all others."""
        left = [clause for clause in clauses_left(self.sitting) if not self._is_thought(clause)]
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

    def _note_subject(self) -> None:
        """Remember the person whom the sentence is about, for "he" in the next."""
        named = [m for m in self.parse.mentions if m.kind == "person" or m.kind == "unknown"]
        if not named:
            return
        for mention in named:
            if mention.kind == "unknown" and is_called(self.parse, mention, self.lexicon):
                self.memory.person = self.reader.resolver.actor(self.parse, mention)
                return
        subject = self.clauses[0].subject if self.clauses else (0, 0)
        opening = self.clauses[0].verb.first if self.clauses else len(self.parse.lows)
        for first, last in (subject, (0, opening)):
            for mention in named:
                inside = first <= mention.first and mention.last <= last
                whole = mention.kind == "person" or mention.last - mention.first > 1
                if inside and whole and not mention.modifies:
                    actor = self.reader.resolver.actor(self.parse, mention)
                    if actor:
                        self.memory.person = self.memory.subject = actor
                        return

    def _note_society(self) -> None:
        """Remember the group that a sentence introduces: "comes from Civic Watch, a group of"."""
        if self.lexicon["societies"].isdisjoint(self.parse.words_used):
            return
        lows = self.parse.lows
        for mention in self.parse.mentions:
            if mention.kind != "unknown" or lows[mention.last : mention.last + 1] != [","]:
                continue
            apposed = lows[mention.last + 1 : mention.last + _APPOSED]
            if apposed[:1] in (["a"], ["an"]) and not self.lexicon["societies"].isdisjoint(apposed):
                self.memory.body = self.reader.resolver.actor(self.parse, mention)

    def _note_teller(self) -> None:
        """Remember whose soldier a sentence introduces, whom "we" means in what he tells."""
        subject = self.parse.lows[slice(*self.clauses[0].subject)] if self.clauses else []
        if len(subject) != 1:
            return
        if (whom := soldier_of(self.parse)) is not None:
            self.memory.ours = self.reader.resolver.side(self.parse, whom)

    def _note_house(self) -> None:
        """Remember the ministry that "would not comment", for which a spokeswoman then speaks."""
        subject = self.clauses[0].subject if self.clauses else (0, 0)
        first = self.parse.mention_at.get(subject[0] + (self.parse.lows[subject[0]] == "the"))
        if first is None or first.last != subject[1]:
            return
        words = self.parse.lows[first.first : first.last]
        if first.kind in ("collective", "organization") and not _HOUSES.isdisjoint(words):
            house = self.reader.resolver.actor(self.parse, first)
            self.memory.house = (self.parse.paragraph, house)

    def _note_force(self) -> None:
        """Remember whose the soldiers or the arms are of which the sentence speaks."""
        gazetteer = self.reader.gazetteer
        for mention in self.parse.mentions:
            if mention.kind == "item" and mention.nation and mention.items:
                owner = self.reader.resolver.owner(self.parse, mention)
                if owner and gazetteer.item_class(mention.items[0]) == "persons":
                    self.memory.force = (self.parse.paragraph, owner)
                elif owner:
                    self.memory.goods = (self.parse.paragraph, owner)

    def _topic(self) -> str | None:
        """Return the state that the first subject of a sentence stands for, which "its" means."""
        first, last = self.clauses[0].subject if self.clauses else (0, _OPENING)
        for mention in self.parse.mentions_in(*self._zone_of_topic(first, last)):
            named = ("state", "organization", "person", "collective")
            seat = mention.kind == "state" and self.parse.lows[mention.first - 1] == "in"
            if mention.kind in named and not mention.modifies and not seat:
                side = self.reader.resolver.side(self.parse, mention)
                if side and self.reader.gazetteer.type_of(side) in _TOPICS:
                    self.memory.topic = side
                if side and self.reader.gazetteer.type_of(side) == "State":
                    return side
        return None

    def _zone_of_topic(self, first: int, last: int) -> tuple[int, int]:
        """Return where the topic stands: at the head, also before a verb that nobody knows."""
        opening = self.parse.mention_at.get(0) or self.parse.mention_at.get(1)
        names = opening is not None and opening.kind == "state" and not opening.modifies
        if names and opening is not None and opening.last <= first:
            behind = self.parse.lows[opening.last : opening.last + 1] or ["?"]
            told = behind[0][0].isalpha() and behind[0] not in self.lexicon["prepositions"]
            if told or behind == ["?"]:
                return opening.first, opening.last
        return first, last

    def _take(self, found: Found) -> None:
        """Keep a claim, unless it is of civil life."""
        if not is_civil(found, self.reader):
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
                if inner is other and len(found.reading.to) > len(other.reading.to):
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
        if clause.verb.first in self.done or clause.conditional or self._is_thought(clause):
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

    def _is_thought(self, clause: Clause) -> bool:
        """Whether the clause is only a prospect: "the prospect that troops join the war"."""
        if (clause.opener == "how" and self._is_recounted(clause)) or (
            clause.opener == "why" and self._is_taken_for_true(clause)
        ):
            return False
        verb = clause.verb
        if is_kept_from(self.parse, verb.first, verb.last, self.lexicon) or (
            clause.opener in ("when", "where") and self._is_not_said(clause)
        ):
            return True
        if clause.opener in ("how", "why", "what", "whether", "if", "unless"):
            return True
        if clause.opener in _HOW_LONG and "how" in self.parse.lows[clause.start - 3 : clause.start]:
            return True  # "how much longer they can stay"
        if clause.opener in _SINCE and self._only_dates(clause):
            return True
        if clause.opener in _DOUBTING or clause.start in self.unsaid:
            return True
        if clause.opener not in ("that", "of"):
            return False
        words = self.parse.lows[max(0, clause.start - 3) : clause.start]
        unproven = words[:1] == ["no"] and not self.lexicon["proof"].isdisjoint(words[1:2])
        supposed = not self.lexicon["hypothetical"].isdisjoint(words)
        return supposed or unproven or clause.start - 1 in self.unsaid

    def _only_dates(self, clause: Clause) -> bool:
        """Whether a clause only dates: "since the system arrived", "where they came from"."""
        (first, last), lows = clause.right, self.parse.lows
        whence = clause.opener == "where"
        alone = lows[first:last] == ["from"] if whence else first == last or lows[first] == ":"
        return alone and lows[clause.start : clause.start + 1] in _TAKING_UP

    def _is_taken_for_true(self, clause: Clause) -> bool:
        """Whether it is asked why something has happened: "asked why Chad had sent troops"."""
        verb = clause.verb
        done = verb.form == "finite" and verb.modality == "actual" and not verb.negated
        return done and clause.subject[0] == clause.start and verb.last - verb.first > 1

    def _is_not_said(self, clause: Clause) -> bool:
        """Whether it is left open when something will be: "would not say when they will go"."""
        open_ = clause.verb.modality != "actual"
        return open_ and any(
            other.verb.negated
            and (other.verb.lemma in self.lexicon["say"] or other.verb.lemma in _DISCLOSING)
            for other in self.clauses
        )

    def _is_recounted(self, clause: Clause) -> bool:
        """Whether it is told how something was done: "described how they had crossed"."""
        if clause.verb.modality != "actual" or clause.subject[0] != clause.start:
            return False
        return any(
            other.verb.lemma in self.lexicon["recounting"] and not other.verb.negated
            for other in self.clauses
            if other.verb.last <= clause.start - 1 <= other.end + 1
        )

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


def _counts_again(found: Found, other: Found) -> bool:
    """Whether two claims count the same: "the cargo held 300 missiles that Iran had sent"."""
    one, two = found.reading, other.reading
    told = [(r.type, r.aspect, r.from_, r.quantity) for r in (one, two)]
    return one.quantity is not None and one.frame is not two.frame and told[0] == told[1]
