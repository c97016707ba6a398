"""Who stands behind a claim: who asserts it, who carries it, on whom and on what it rests."""

from __future__ import annotations

from kg.extraction.attributing.antecedents import who_tells
from kg.extraction.attributing.quoted_on import note_quoted, who_is_quoted
from kg.extraction.attributing.recognising import note_office, recognise, recognise_opening
from kg.extraction.attributing.turns import who_goes_on
from kg.extraction.attributing.vouching import Report
from kg.extraction.dating.dated import Dated
from kg.extraction.document.found import Found
from kg.extraction.document.memory import MOVING
from kg.extraction.document.those_two import who_speaks
from kg.extraction.events.sitting import Part, Sitting
from kg.extraction.grammar.clause import FRONTED, Clause
from kg.extraction.situations.asides import is_aside
from kg.extraction.situations.roles import GROWING
from kg.extraction.speakers.attribution import find_cited
from kg.extraction.speakers.houses import is_body
from kg.extraction.speakers.statements import Statement
from kg.extraction.speakers.voices import Voice, holds_office, is_person, voices

# Verbs by which only somebody gives a figure, so that "it" is who spoke before.
_GIVING_FIGURES = frozenset(("expect", "estimate", "count", "put", "speak"))
# What somebody blames others for or expects is in his own words.
_OWN_WORDS = frozenset(("blame", "expect", "foresee", "predict"))
_OF = frozenset(("of", "for", "in", "at", "from", "with"))
# A clause that describes what was found begins so near behind it.
_NEAR = 6
# Lists of nouns for one person.
_ONE = ("singular", "offices")
_PLURAL = ("s", "men", "women", "ian")
_BODIES = frozenset(("organization", "collective", "state"))
_NO_BODIES = frozenset(("", "Person", "NewsOutlet", "UnnamedSource"))
# Classes of those that are declared and take part in what is told.
_SIDES = frozenset(("ArmedForce", "Group", "Government"))
_SEATS = frozenset(("state", "place"))
_CONTRASTS = frozenset(("while", "although", "though", "whereas", FRONTED))
_OURS = frozenset(("we", "us", "our"))


class Credit(Part):
    """Says who stands behind the claims of one sentence."""

    def __init__(self, sitting: Sitting) -> None:
        """Take the sentence; `carriers` are those who only carry a statement, by its identity."""
        super().__init__(sitting)
        self.carriers: dict[int, list[str]] = {}
        self.report = Report(sitting)

    def resolve(self) -> None:
        """Note who stands behind each statement, and let pronouns to come mean them."""
        recognise_opening(self.sitting)
        resolver = self.reader.resolver
        for statement in sorted(self.statements, key=_place):
            ids = [i for voice in statement.speakers if (i := resolver.speaker(self.parse, voice))]
            ids = self._meant(statement) or who_tells(self.sitting, statement, ids)
            cited = [i for voice in statement.cited if (i := resolver.speaker(self.parse, voice))]
            statement_ids = list(dict.fromkeys(ids))
            if cited:
                self.voices[id(statement)] = cited
                self.carriers[id(statement)] = statement_ids
            else:
                self.voices[id(statement)] = statement_ids
            for actor in (*statement_ids, *cited):
                recognise(self.sitting, actor)
                self.memory.note_speaker(actor)
                if self._is_one_person(actor):
                    self.memory.person = actor
            note_office(self.sitting, statement, statement_ids)
        self._note_finders()
        note_quoted(self.sitting)
        self.report.note()

    def _note_finders(self) -> None:
        """Remember who counts or finds out, though the words told may make no claim."""
        for clause in self.clauses[:1]:
            lemma = clause.verb.lemma
            finds = lemma in self.lexicon["observing"] or lemma in _GIVING_FIGURES
            if finds and not clause.verb.passive and clause.verb.form == "finite":
                self.subject_speakers(clause)

    def _is_one_person(self, actor: str) -> bool:
        """Whether it is somebody unnamed whom "he" can mean: "a Western diplomat"."""
        declared = self.memory.actors.get(actor, {})
        if declared.get("type") != "UnnamedSource":
            return False
        words = str(declared.get("name", "")).lower().split()
        head = next((i for i, word in enumerate(words) if word in _OF), len(words))
        noun = words[head - 1] if head else ""
        if noun in self.lexicon["tellers"]:
            return not noun.endswith(_PLURAL)
        return bool(words) and any(words[head - 1] in self.lexicon[key] for key in _ONE)

    def _meant(self, statement: Statement) -> list[str]:
        """Return whom the pronoun means that stands for the speaker, if this sentence says so."""
        word = statement.speakers[0].word if len(statement.speakers) == 1 else ""
        if statement.clause is not None:
            subject = self.parse.lows[slice(*statement.clause.subject)]
            if two := who_speaks(self.memory, subject, self.parse.paragraph):
                return list(two)
        if word == "both":
            return list(self.memory.both_sides())
        if word == "it":
            return self._teller_before(statement)
        if word not in ("he", "she", "they"):
            return []
        return self._before_colon(statement) or self._subject_before(statement)

    def _teller_before(self, statement: Statement) -> list[str]:
        """Return who "it" is in "The ministry accused them of lying; it said that"."""
        told = statement.clause
        if told is None:
            return []
        before = [c for c in self.clauses if c.verb.first < told.subject[0]]
        speaking = self.lexicon["speaking"]
        tells = [c for c in before if c.verb.lemma in speaking and c.verb.lemma != "be"]
        found = voices(self.parse, tells[-1].subject, self.lexicon) if tells else []
        bodies = [v for v in found if v.mention is not None and v.mention.kind in _BODIES]
        ids = [self.reader.resolver.speaker(self.parse, voice) for voice in bodies[:1]]
        return [actor for actor in ids if actor]

    def _subject_before(self, statement: Statement) -> list[str]:
        """Return who "he" is in "The premier gave way on Monday, when he told deputies that"."""
        first = self.clauses[0]
        if statement.clause is None or statement.speakers[0].word == "they":
            return []
        # The verb of the person may be one that nobody knows: "X stands by it: …, he said".
        zones = [(0, first.start)]
        behind = statement.speakers[0].zone[0] >= first.verb.last
        if statement.clause is not first and behind and not first.verb.passive:
            zones = [first.subject, *zones]
        for zone in zones:
            found = voices(self.parse, zone, self.lexicon)
            persons = [
                v for v in found if is_person(v) or holds_office(self.parse, v, self.lexicon)
            ]
            ids = [self.reader.resolver.speaker(self.parse, voice) for voice in persons[:1]]
            if ids and ids[0]:
                return [ids[0]]
        return self._owner_before(statement.speakers[0].zone[0])

    def _owner_before(self, pronoun: int) -> list[str]:
        """Return who "he" is in "Putin's men were shown in a video in which he says"."""
        for mention in reversed(self.parse.mentions):
            owns = self.parse.lows[mention.last : mention.last + 1] in (["'s"], ["’s"])
            if mention.kind == "person" and mention.last < pronoun and owns:
                actor = self.reader.resolver.actor(self.parse, mention)
                return [actor] if actor else []
        return []

    def _before_colon(self, statement: Statement) -> list[str]:
        """Return who "he" is in "A diplomat disagreed: Chad has sent troops, he said"."""
        for other in self.statements:
            colon = other.first and self.parse.lows[other.first - 1] == ":"
            clause = statement.clause
            inside = clause is not None and other.holds(clause.verb.first)
            if colon and inside and other is not statement:
                return self.voices.get(id(other), [])
        return []

    def assign(self, found: Found, clause: Clause) -> None:
        """Say who stands behind a claim: the innermost named one; the outer ones carry it."""
        head = clause.verb.head
        around = [s for s in self.statements if s.holds(head) and self._is_told_in(clause, s)]
        around.sort(key=lambda s: s.size)
        speakers: list[str] = []
        found.said = self._said(around)
        for statement in around:
            ids = self.voices.get(id(statement), [])
            if statement.kind == "show":
                found.evidence = self._evidence(statement)
                found.hedge = found.hedge or (
                    statement.clause.verb.hedge if statement.clause else None
                )
            if (
                statement.kind == "confirm"
                and statement.clause is not None
                and (statement.clause.verb.negated or statement.clause.verb.form == "infinitive")
            ):
                found.hedge = found.hedge or "reported"
                continue
            cited = [
                i for v in statement.cited if (i := self.reader.resolver.speaker(self.parse, v))
            ]
            if ids and not speakers:
                speakers = ids
                found.via += self.carriers.get(id(statement), [])
                found.based_on += [i for i in cited if i not in ids]
            else:
                found.via += [i for i in ids if i not in speakers and i not in found.via]
            if statement.clause is not None and statement.clause.verb.hedge and not found.hedge:
                found.hedge = statement.clause.verb.hedge
            found.hedge = found.hedge or self._hedge_of_nobody(statement, ids)
        grows = clause.verb.lemma in GROWING
        counts = (
            found.reading.frame.name == "count"
            or clause.verb.lemma in self.lexicon["observing"]
            or (clause.verb.lemma in _GIVING_FIGURES and found.quantity is not None)
        )
        counts = counts or self._commits(clause, found) or clause.verb.lemma in _OWN_WORDS
        if not speakers and counts and not clause.verb.passive | grows:
            speakers = self.subject_speakers(clause)
        if not speakers and (giver := self._giver_of(clause)) is not None:
            speakers = self.subject_speakers(giver)
        if found.is_utterance:
            speakers = self._who_utters(found, clause, speakers)
        if not speakers and self.sitting.quoted():
            last = who_is_quoted(self.memory)
            speakers = [last] if last else []
        speakers = speakers or self._who_was_there()
        found.speakers = speakers or self.report.goes_on(found)
        found.via = [i for i in found.via if i not in speakers]
        found.based_on = [i for i in found.based_on if i not in speakers]

    def _who_was_there(self) -> list[str]:
        """Return the soldier who tells in the first person what "we" did, if one does."""
        person, ours = self.memory.person, self.memory.ours
        tells = ours and person and not _OURS.isdisjoint(self.parse.words_used)
        return [person] if tells and person else []

    def _commits(self, clause: Clause, found: Found) -> bool:
        """Whether the subject gives its word: "undertook to send 300 men", "claims to have sunk".

        Where a thing is promised or asked for, a person does: "Ruto pledged 20 lorries".
        """
        verb = clause.verb
        if verb.form != "finite":
            return False
        said = self.parse.lows[verb.first : verb.head]
        if said and not self.lexicon["words-of-committing"].isdisjoint(said):
            return True
        if verb.lemma not in self.lexicon["own-word"] or found.reading.type not in MOVING:
            return False
        return any(map(is_person, voices(self.parse, clause.subject, self.lexicon)))

    def _is_told_in(self, clause: Clause, statement: Statement) -> bool:
        """Whether a statement tells a clause; an aside in "Chad, which …, left, X said" is not."""
        teller = statement.clause
        if teller is None or teller is clause or not clause.relative or statement.kind != "say":
            return teller is not clause
        behind = teller.verb.first > clause.verb.head
        return not (behind and self.sitting.in_passing(clause))

    def _who_utters(self, found: Found, clause: Clause, speakers: list[str]) -> list[str]:
        """Return who condemns or demands: the person who does, else the side; not who tells of it.

        In "Washington condemned the attack, a German official said" it is Washington.
        """
        sides = found.reading.from_
        subject = self.parse.lows[slice(*clause.subject)]
        met = who_speaks(self.memory, subject, self.parse.paragraph)
        if met and met == self.memory.met:
            return list(met)  # "The Ministers condemned"
        persons = [v for v in voices(self.parse, clause.subject, self.lexicon) if is_person(v)]
        persons = [v for v in persons if not (v.mention and is_aside(self.parse, v.mention))]
        own = [i for v in persons if (i := self.reader.resolver.speaker(self.parse, v))]
        for actors in (own, speakers):
            side = self.memory.side_of(actors[0]) if actors else None
            if actors and (side is None or side in sides or actors is own):
                return actors
        return list(sides) or speakers

    def _giver_of(self, clause: Clause) -> Clause | None:
        """Return the clause in "put it at 900, with 50 more being trained" that gives figures.

        Also the one in "traced 14 flights that carried arms" that tells what was found out.
        """
        for other in self.clauses:
            observes = other.verb.lemma in self.lexicon["observing"] and not other.verb.passive
            within = clause.relative or clause.embedded or clause.parent is other
            if observes and within and other.verb.last <= clause.verb.first <= other.end + _NEAR:
                return other
        outer = clause.parent
        if outer is None or clause.verb.form not in ("gerund", "participle"):
            return None
        gives = outer.verb.lemma in ("put", "estimate") and not outer.verb.passive
        return outer if gives else self._giver_of(outer) if outer is not clause else None

    def _said(self, around: list[Statement]) -> Dated | None:
        """Return when something was said: a date beside the words of the innermost statement."""
        dates = self.parse.dates if around else []
        outside = (d for d in dates if not around[0].holds(d.first) and not d.opening)
        return next(outside, None)

    def subject_speakers(self, clause: Clause) -> list[str]:
        """Return who stands as the subject, for verbs by which a figure is given."""
        subject = self.parse.lows[slice(*clause.subject)]
        if two := who_speaks(self.memory, subject, self.parse.paragraph):
            return list(two)
        found = voices(self.parse, clause.subject, self.lexicon)
        found = self._house_before(clause, found) or found
        resolver = self.reader.resolver
        lemma = clause.verb.lemma
        gives = lemma in _GIVING_FIGURES or lemma in self.lexicon["observing"]
        ids = [i for v in found if (v.mention or gives) and (i := resolver.speaker(self.parse, v))]
        if any(resolver.is_outlet(actor) for actor in ids):
            cited = find_cited(self.parse, self.clauses, self.lexicon)
            return [i for v in cited if (i := resolver.speaker(self.parse, v))] or ids
        for actor in ids:
            self.memory.note_speaker(actor)
        return ids

    def _house_before(self, clause: Clause, found: list[Voice]) -> list[Voice]:
        """Return who "which" is in "the observatory, a monitor in Britain, which has counted"."""
        first = clause.subject[0]
        seats = [v.mention for v in found if v.mention is not None]
        seated = self.parse.lows[first - 1] in ("in", "from")
        if not clause.relative or not seated or any(m.kind not in _SEATS for m in seats):
            return []
        before = [m for m in self.parse.mentions if m.first < first and not m.modifies]
        names = [m for m in before if m.kind in ("organization", "person")]
        return [Voice(names[-1])] if names else []

    def _hedge_of_nobody(self, statement: Statement, ids: list[str]) -> str | None:
        """Return the hedge of what nobody named accuses or reports: "is accused of sending"."""
        if statement.kind == "accuse" and not ids:
            return "alleged"
        told = statement.kind != "deny" and self._reports_without_name(statement)
        return "reported" if told else None

    def _reports_without_name(self, statement: Statement) -> bool:
        subject = statement.clause.subject if statement.clause is not None else (0, 0)
        words = self.parse.lows[slice(*subject)]
        return words in (["reports"], ["some", "reports"], ["media", "reports"])

    def _evidence(self, statement: Statement) -> tuple[int, int, str] | None:
        clause = statement.clause
        if clause is None:
            return None
        end = clause.verb.first
        for index in range(max(0, end - 14), end):
            if matched := self.lexicon.evidence.match(self.parse.lows, index):
                return index, index + matched[0], str(matched[1])
        return None

    def assign_by(self, found: Found, statement: Statement) -> None:
        """Let those stand behind a claim who stand behind the statement that it is."""
        found.speakers = self.voices.get(id(statement), [])

    def credit_denial(self, found: Found, clause: Clause) -> None:
        """Note who carries a denial, and who makes it where its own clause names nobody."""
        for statement in sorted(self.statements, key=lambda s: s.size):
            if statement.clause is clause or not statement.holds(clause.verb.first):
                continue
            if statement.clause is not None and statement.clause.opener in _CONTRASTS:
                continue  # "while Kyiv says so, Minsk denies it", "denied that, as Kyiv says, …"
            ids = self.voices.get(id(statement), [])
            if not found.speakers:
                found.speakers = ids
            else:
                found.via += [i for i in ids if i not in found.speakers and i not in found.via]
        if not found.speakers:
            parent = next((s for s in self.statements if s.clause is clause.parent), None)
            found.speakers = self.voices.get(id(parent), []) if parent else []

    def credit_noun(self, found: Found, at: int) -> None:
        """Say who stands behind a claim made by the noun at `at`."""
        holding = sorted((s for s in self.statements if s.holds(at)), key=lambda s: s.size)
        for statement in holding:
            ids = self.voices.get(id(statement), [])
            if ids and not found.speakers:
                found.speakers = ids
            if statement.clause is not None and statement.clause.verb.lemma == "confirm":
                found.first = min(found.first, statement.clause.start)
        observes = self.lexicon["telling-by-noun"]
        for clause in self.clauses if not found.speakers else ():
            first, last = clause.right
            if first <= at < last and clause.verb.lemma in observes and not clause.verb.passive:
                found.speakers = self.subject_speakers(clause)
        found.speakers = found.speakers or self.report.goes_on(found)

    def speak_for_themselves(self, found: Found, clause: Clause) -> None:
        """Let a state whose officials deny or announce something be the one that did it.

        Only where the text names no other: "The tanks have been handed over, Berlin said".
        """
        if found.reading.from_ or not found.speakers:
            return
        side = self.memory.top(found.speakers[0])
        unnamed = self.memory.actors.get(side, {}).get("type") == "UnnamedSource"
        if unnamed and found.polarity == "denied" and self.memory.state:
            side = self.memory.top(self.memory.state)
        states = self.reader.gazetteer.type_of(side) == "State" and side not in found.reading.to
        kinds = ("Shipment", "Deployment") if found.modality == "expected" else ("Shipment",)
        gives = clause.verb.passive and found.reading.type in kinds and bool(found.reading.to)
        if states and (found.polarity == "denied" or (gives and self._governs(found.speakers[0]))):
            found.reading.from_ = (side,)

    def _governs(self, actor: str) -> bool:
        """Whether an actor speaks for a government, not for a service that watches others."""
        declared = self.memory.actors.get(actor, {})
        name = str(declared.get("name", "")).lower()
        kind = declared.get("type") or self.reader.gazetteer.type_of(actor)
        return kind in ("State", "Government", "Ministry") or "minist" in name or kind == "Person"

    def note_who_we_are(self, statement: Statement | None, clause: Clause) -> None:
        """Let "we" be the side of whoever speaks, and "it" in "Chad says it has sent"."""
        speakers = self.voices.get(id(statement), []) if statement is not None else []
        speakers = speakers or who_goes_on(self.sitting)
        we = self.memory.top(speakers[0]) if speakers else None
        known = we in self.reader.gazetteer.names.actors
        known = known or (we is not None and self.memory.kind_of(we) in _SIDES)
        self.memory.we = we if known else None
        nobody = not speakers or self.memory.we is None
        if nobody and self.memory.ours and not _OURS.isdisjoint(self.parse.words_used):
            self.memory.we = self.memory.ours  # a soldier tells what "we" did
        outer = statement.clause if statement is not None else None
        speaks_for_itself = False
        if speakers and outer is not None and outer.verb.first < clause.verb.first:
            stranger = self.memory.kind_of(speakers[0]) in _NO_BODIES
            speaks_for_itself = not stranger or is_body(speakers[0], self.memory)
        self.memory.itself = self.memory.we if speaks_for_itself else None


def _place(statement: Statement) -> int:
    """Return where a statement is resolved: a pronoun behind those whom it can stand for."""
    if statement.clause is not None:
        return statement.clause.verb.first
    pronoun = next((v for v in statement.speakers if v.mention is None), None)
    return pronoun.zone[0] if pronoun is not None else 0
