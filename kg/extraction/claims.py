"""The claims of a sentence: each clause that says something happened, with who stands behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.extraction.attribution import (
    Request,
    Statement,
    clause_reach,
    find_cited,
    find_requests,
    find_statements,
    voices,
)
from kg.extraction.clauses import Clause, find_clauses
from kg.extraction.dates import Dated
from kg.extraction.frames import Reader, Reading
from kg.extraction.lexicon import Frame
from kg.extraction.memory import FORCES
from kg.extraction.parse import Parse
from kg.extraction.quantities import Quantity
from kg.extraction.roles import slots
from kg.extraction.verbs import VerbGroup

# That a force trains or fights is never the occurrence of its own event.
_DENIED_ASPECTS = {"Training": "personnel-training", "Combat": "combat-participation"}
_POSSESSIVES = ("the", "its", "their", "a")
_GOALS = ("to", "in", "into", "for", "at")


@dataclass(slots=True)
class Found:
    """A claim as found in one sentence, before it is written as part of a record.

    Attributes:
        reading: what happened.
        first: index of the first token of its quote.
        last: index behind the last.
        parse: the sentence.
        polarity: affirmed or denied.
        modality: actual, ongoing, expected, possible or requested.
        speakers: ids; empty where the text itself speaks.
        via: ids of those who carry it.
        based_on: ids of those the speakers rest on.
        hedge: how sure the words are.
        quantity: the figure.
        date: when it happened or is to happen.
        date_parse: the sentence that states the date, if it is another one.
        said: when it was said.
        evidence: index of the token at which the evidence is named, if it rests on any.
        rule: which rules made it.
        bare: whether it is a denial of something named by a pronoun only.
    """

    reading: Reading
    first: int
    last: int
    parse: Parse
    polarity: str = "affirmed"
    modality: str = "actual"
    speakers: list[str] = field(default_factory=list)
    via: list[str] = field(default_factory=list)
    based_on: list[str] = field(default_factory=list)
    hedge: str | None = None
    quantity: Quantity | None = None
    date: Dated | None = None
    date_parse: Parse | None = None
    said: Dated | None = None
    evidence: tuple[int, int, str] | None = None
    rule: str = ""
    bare: bool = False


def find_claims(parse: Parse, reader: Reader) -> list[Found]:
    """Return the claims of one sentence, and let the document's memory take them in."""
    return _Finder(parse, reader).claims()


class _Finder:
    """Finds the claims of one sentence."""

    def __init__(self, parse: Parse, reader: Reader) -> None:
        self.parse, self.reader = parse, reader
        self.lexicon, self.memory = reader.lexicon, reader.memory
        self.clauses = find_clauses(parse, self.lexicon)
        self.statements = find_statements(parse, self.clauses, self.lexicon)
        self.requests = list(find_requests(parse, self.clauses, self.lexicon))
        self.found: list[Found] = []
        self.done: set[int] = set()
        self.voices: dict[int, list[str]] = {}
        loads = self.lexicon["loaded-with"]
        self.loaded = [clause for clause in self.clauses if clause.verb.lemma in loads]

    def claims(self) -> list[Found]:
        """Return all claims in the order of the text."""
        self._resolve_speakers()
        if self.clauses and (topic := self._topic(self.clauses[0])):
            self.memory.state = topic
        for clause in sorted(self.clauses, key=lambda clause: clause.embedded):
            for found in self._of_clause(clause):
                self._keep(found)
        for found in self._nominal():
            self._keep(found)
        for found in self._shown():
            self._keep(found)
        self._note_subject()
        self.found.sort(key=lambda found: found.first)
        return self.found

    def _resolve_speakers(self) -> None:
        resolver = self.reader.resolver
        for statement in sorted(
            self.statements, key=lambda s: s.clause.verb.first if s.clause else 0
        ):
            ids = [i for voice in statement.speakers if (i := resolver.speaker(self.parse, voice))]
            cited = [i for voice in statement.cited if (i := resolver.speaker(self.parse, voice))]
            statement_ids = list(dict.fromkeys(ids))
            if cited and any(resolver.is_outlet(i) for i in statement_ids):
                self.voices[id(statement)] = cited
            else:
                self.voices[id(statement)] = statement_ids
            for actor in (*statement_ids, *cited):
                self.memory.note_speaker(actor)

    def _note_subject(self) -> None:
        """Remember the person whom the sentence is about, for "he" in the next."""
        for clause in self.clauses[:1]:
            for mention in self.parse.mentions_in(*clause.subject):
                named = mention.kind == "unknown" and mention.last - mention.first > 1
                if (mention.kind == "person" or named) and not mention.modifies:
                    actor = self.reader.resolver.actor(self.parse, mention)
                    if actor:
                        self.memory.person = actor
                        return

    def _topic(self, clause: Clause) -> str | None:
        """Return the state that the first subject of a sentence stands for, which "its" means."""
        for mention in self.parse.mentions_in(*clause.subject):
            named = ("state", "organization", "person", "collective")
            if mention.kind in named and not mention.modifies:
                side = self.reader.resolver.side(self.parse, mention)
                if side and self.reader.gazetteer.type_of(side) == "State":
                    return side
        return None

    def _keep(self, found: Found) -> None:
        if found.polarity == "denied":
            self.memory.denied = found.reading.as_happening(self.parse.paragraph)
        for other in self.found:
            same = other.first < found.last and found.first < other.last
            if (
                same
                and other.reading.type == found.reading.type
                and other.polarity == found.polarity
            ):
                inner, outer = sorted((found, other), key=lambda f: f.last - f.first)
                if (
                    inner.first >= outer.first
                    and inner.last <= outer.last
                    and outer.reading.aspect == inner.reading.aspect
                ):
                    return
        self.found.append(found)
        if found.reading.places:
            self.memory.places = found.reading.places
        if found.reading.frame.event != "Measure" or found.reading.type == "Measure":
            self.memory.note(found.reading.as_happening(self.parse.paragraph))

    # ----- clause by clause

    def _shown(self) -> Iterator[Found]:
        """Yield what images show that no verb tells: "photographs showing soldiers in Goma"."""
        for statement in self.statements:
            told = any(statement.holds(f.first) for f in self.found)
            if statement.kind != "show" or statement.clause is None or told:
                continue
            first, last = statement.clause.right
            reading = self._named_by_noun(first, last)
            if reading is not None:
                found = Found(reading, first, last, self.parse, rule="show")
                self._attribute(
                    found,
                    replace(statement.clause, verb=replace(statement.clause.verb, head=first)),
                )
                yield found

    def _of_clause(self, clause: Clause) -> Iterator[Found]:
        if clause.verb.first in self.done or clause.conditional or self._is_thought(clause):
            return
        lemma = clause.verb.lemma
        inside = self._statement_of(clause)
        if lemma in self.lexicon["deny"]:
            yield from self._denial(clause)
            return
        if self._says_otherwise(clause):
            yield from self._otherwise(clause)
            return
        if lemma in self.lexicon["call"] and (found := self._called_false(clause)):
            yield found
            return
        if lemma == "be" and (found := self._said_to_be_false(clause)):
            yield found
            return
        request = next((r for r in self.requests if r.clause is clause), None)
        if request is not None and (found := self._requested(request)):
            yield found
            return
        if inside is not None and inside.clause is clause:
            inside = None
        if clause.embedded and self._covered(clause):
            return
        if self._only_reports(clause):
            return
        yield from self._told(clause)

    def _is_thought(self, clause: Clause) -> bool:
        """Whether the clause is only a prospect: "the prospect that troops join the war"."""
        begin = max(0, clause.start - 3)
        words = self.parse.lows[begin : clause.start]
        if clause.opener in ("how", "why", "what", "whether", "if", "unless"):
            return True
        return clause.opener in ("that", "of") and any(
            w in self.lexicon["hypothetical"] for w in words
        )

    def _covered(self, clause: Clause) -> bool:
        """Whether a claim has been made already of what the clause only describes."""
        return any(found.first <= clause.verb.first < found.last for found in self.found)

    def _only_reports(self, clause: Clause) -> bool:
        """Whether the clause does nothing but introduce what somebody says."""
        for statement in self.statements:
            if statement.clause is clause and statement.kind in ("say", "show", "confirm"):
                return True
        return False

    def _told(self, clause: Clause) -> Iterator[Found]:
        statement = self._statement_of(clause)
        target = clause
        if statement is not None and statement.kind == "accuse" and statement.accused:
            target = Clause(clause.verb, statement.accused, clause.start, clause.end, clause.parent)
        denied_outside = self._deny_around(clause)
        self._note_who_we_are(statement)
        target = self._with_relative(target)
        reading = self._delivered(clause) or self.reader.read(
            self.parse, target, denied=denied_outside is not None
        )
        if reading is None and clause.verb.lemma in self.lexicon["purposive"]:
            reading = self._purpose(clause)
        if reading is None:
            return
        if self._continues(clause, reading):
            return
        if target.end > clause.end:
            clause = replace(clause, end=target.end)
        found = self._claim(reading, clause)
        negated = (
            clause.verb.negated or self._negated_subject(clause) or self._negated_object(clause)
        )
        if denied_outside is not None and not negated:
            found.polarity = "denied"
            outer = denied_outside.clause
            if outer is not None:
                found.first = min(found.first, outer.start)
                self.done.add(outer.verb.first)
        elif negated:
            found.polarity = "denied"
        self._speak_for_themselves(found, clause)
        if statement is not None and statement.kind == "accuse" and statement.clause is not None:
            found.first = statement.clause.verb.first
        yield found

    def _speak_for_themselves(self, found: Found, clause: Clause) -> None:
        """Let a state whose officials deny or announce something be the one that did it.

        Only where the text names no other: "The tanks have been handed over, Berlin said".
        """
        if found.reading.from_ or not found.speakers:
            return
        side = self.memory.top(found.speakers[0])
        states = self.reader.gazetteer.type_of(side) == "State" and side not in found.reading.to
        gives = clause.verb.passive and found.reading.type == "Shipment" and bool(found.reading.to)
        if states and (found.polarity == "denied" or (gives and self._governs(found.speakers[0]))):
            found.reading.from_ = (side,)

    def _governs(self, actor: str) -> bool:
        """Whether an actor speaks for a government, not for a service that watches others."""
        declared = self.memory.actors.get(actor, {})
        name = str(declared.get("name", "")).lower()
        kind = declared.get("type") or self.reader.gazetteer.type_of(actor)
        return kind in ("State", "Government", "Ministry") or "minist" in name or kind == "Person"

    def _note_who_we_are(self, statement: Statement | None) -> None:
        """Let "we" be the side of whoever speaks."""
        speakers = self.voices.get(id(statement), []) if statement is not None else []
        if not speakers and self._quoted():
            speakers = [actor for actor in (self.memory.person or self.memory.body,) if actor]
        self.memory.we = self.memory.top(speakers[0]) if speakers else None

    def _with_relative(self, clause: Clause) -> Clause:
        """Take "who have joined up" into "put the number of those who have joined up at 200"."""
        if clause.verb.lemma not in ("put", "estimate") or clause.shared:
            return clause
        for later in self.clauses:
            if later.relative and later.verb.first > clause.verb.last >= later.subject[0] - 3:
                self.done.add(later.verb.first)
                return replace(clause, end=later.end)
        return clause

    def _delivered(self, clause: Clause) -> Reading | None:
        """Read "a plane landed in Tripoli, carrying rifles" as one event: what is carried goes."""
        loads = [c for c in self.loaded if c.parent is clause and c.shared]
        if not loads:
            return None
        subject = self.parse.lows[slice(*clause.subject)]
        carriers = self.lexicon["carriers"]
        # "A plane" or "an Il-76".
        if not any(word in carriers or any(c.isdigit() for c in word) for word in subject):
            return None
        load = self.reader.read(self.parse, loads[0])
        if load is None:
            return None
        to, places = self._landed(clause)
        self.done.add(loads[0].verb.first)
        clause.end = loads[0].end
        kind = "Deployment" if load.klass == "persons" else load.type
        return replace(load, type=kind, to=to or load.to, places=places)

    def _landed(self, clause: Clause) -> tuple[tuple[str, ...], list[str]]:
        """Return the side and the places at which a carrier has arrived."""
        found = slots(self.parse, *clause.right, self.lexicon)
        there = [m for key in ("in", "at", "into", "to") for m in found.get(key, ())]
        sides = self.reader.sides
        places = [p for m in there if (p := m.place or m.actor) and sides.is_place(p)]
        return sides.of(self.parse, there)[:1], places

    def _purpose(self, clause: Clause) -> Reading | None:
        """Read what is done with something: "is using the airport to ferry arms"."""
        first, last = clause.right
        for group in self.parse.verbs:
            if group.form == "infinitive" and first < group.first < last:
                done = Clause(group, clause.subject, clause.start, clause.end, clause.parent)
                return self.reader.read(self.parse, done)
        return None

    def _continues(self, clause: Clause, reading: Reading) -> bool:
        """Let "and are being trained" be part of the claim that it goes on with."""
        first, last = clause.right
        if not clause.shared or not self.found:
            return False
        before = self.found[-1]
        if before.reading.aspect == "casualties" and clause.verb.lemma in ("fight", "serve"):
            before.last = max(before.last, clause.end)
            return True
        if clause.verb.form != "finite" or last - first > 1:
            return False
        if before.reading.type not in FORCES or reading.type not in FORCES:
            return False
        before.last = max(before.last, clause.end, clause.verb.last)
        if before.reading.type == "Deployment":
            before.reading.type, before.reading.aspect = reading.type, reading.aspect
        return True

    def _negated_subject(self, clause: Clause) -> bool:
        first, last = clause.subject
        words = self.parse.lows[first:last]
        none = any(word in ("no", "none", "neither", "nobody") for word in words[:2])
        none = none or (words[:1] == ["not"] and words[1:2] in (["a"], ["one"], ["any"]))
        return none and not any(first <= i < first + 2 for i in self.parse.counted)

    def _negated_object(self, clause: Clause) -> bool:
        first, last = clause.right
        return any(
            word in ("no", "neither", "none")
            for index, word in enumerate(self.parse.lows[first : min(last, first + 2)], first)
            if index not in self.parse.counted
        )

    def _deny_around(self, clause: Clause) -> Statement | None:
        for statement in self.statements:
            if (
                statement.kind == "deny"
                and statement.holds(clause.verb.first)
                and statement.clause is not clause
            ):
                return statement
        return None

    def _statement_of(self, clause: Clause) -> Statement | None:
        """Return the smallest statement that holds the clause."""
        if not self.statements:
            return None
        holding = [
            s for s in self.statements if s.holds(clause.verb.first) and s.clause is not clause
        ]
        return min(holding, key=lambda s: s.size, default=None)

    def _claim(self, reading: Reading, clause: Clause) -> Found:
        verb = clause.verb
        first, last = self._span(clause)
        found = Found(reading, first, last, self.parse, modality=verb.modality, hedge=verb.hedge)
        found.rule = f"{reading.frame.name}:{verb.lemma}"
        self._attribute(found, clause)
        if reading.quantity is not None:
            found.quantity = self.parse.quantities[reading.quantity]
        found.date = self._date(clause, found)
        inside = (d for d in self.parse.dates if verb.first < d.first and d.last <= verb.last)
        found.said = found.said or next(inside, None)  # "agreed in May to withdraw"
        return found

    def _span(self, clause: Clause) -> tuple[int, int]:
        """Return the quote of a clause, without the openers before it."""
        first, last = clause.start, clause.end
        if clause.relative:
            first = clause.subject[0]
        lows = self.parse.lows
        drop = self.lexicon["coordinators"] | frozenset(("that", ",", "“", '"', "then", "however"))
        while first < clause.verb.first and (
            lows[first] in drop or (not lows[first][0].isalnum() and lows[first] not in "$(")
        ):
            first += 1
        return first, max(last, clause.verb.last)

    def _attribute(self, found: Found, clause: Clause) -> None:
        """Say who stands behind a claim: the innermost named one; the outer ones carry it."""
        around = sorted(
            (s for s in self.statements if s.holds(clause.verb.head) and s.clause is not clause),
            key=lambda s: s.size,
        )
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
                found.based_on += [i for i in cited if i not in ids]
            else:
                found.via += [i for i in ids if i not in speakers and i not in found.via]
            if statement.clause is not None and statement.clause.verb.hedge and not found.hedge:
                found.hedge = statement.clause.verb.hedge
            if self._reports_without_name(statement):
                found.hedge = found.hedge or "reported"
        if not speakers and found.reading.frame.name == "count" and not clause.verb.passive:
            speakers = self._subject_speakers(clause)
        if reading_speech(found) and not speakers:
            speakers = list(found.reading.from_)
        if not speakers and self._quoted():
            last = self.memory.person or self.memory.body
            speakers = [last] if last else []
        found.speakers = speakers
        found.via = [i for i in found.via if i not in speakers]
        found.based_on = [i for i in found.based_on if i not in speakers]

    def _said(self, around: list[Statement]) -> Dated | None:
        """Return when something was said: a date beside the words of the innermost statement."""
        dates = self.parse.dates if around else []
        outside = (d for d in dates if not around[0].holds(d.first) and not d.opening)
        return next(outside, None)

    def _subject_speakers(self, clause: Clause) -> list[str]:
        """Return who stands as the subject, for verbs by which a figure is given."""
        found = voices(self.parse, clause.subject, self.lexicon)
        resolver = self.reader.resolver
        ids = [i for v in found if v.mention and (i := resolver.speaker(self.parse, v))]
        if any(resolver.is_outlet(actor) for actor in ids):
            cited = find_cited(self.parse, self.clauses, self.lexicon)
            return [i for v in cited if (i := resolver.speaker(self.parse, v))] or ids
        for actor in ids:
            self.memory.note_speaker(actor)
        return ids

    def _reports_without_name(self, statement: Statement) -> bool:
        clause = statement.clause
        if clause is None:
            return False
        words = self.parse.lows[clause.subject[0] : clause.subject[1]]
        return words in (["reports"], ["some", "reports"], ["media", "reports"])

    def _quoted(self) -> bool:
        """Whether the whole sentence is somebody's words in quotation marks."""
        return self.parse.lows[0] in ("“", '"')

    def _evidence(self, statement: Statement) -> tuple[int, int, str] | None:
        clause = statement.clause
        if clause is None:
            return None
        end = clause.verb.first
        for index in range(max(0, end - 14), end):
            if matched := self.lexicon.evidence.match(self.parse.lows, index):
                return index, index + matched[0], str(matched[1])
        return None

    # ----- denials

    def _denial(self, clause: Clause) -> Iterator[Found]:
        statement = next(
            (s for s in self.statements if s.clause is clause and s.kind == "deny"), None
        )
        if statement is None:
            return
        inner = [c for c in self.clauses if statement.holds(c.verb.first) and c is not clause]
        reading = None
        target = clause
        for one in inner:
            reading = self.reader.read(self.parse, one, denied=True)
            self.done.add(one.verb.first)
            if reading is not None:
                target = one
                break
        first, last = self._span(clause)
        last = max(last, clause_reach(self.clauses, clause, len(self.parse.lows)))
        named = reading is not None
        if reading is None:
            reading = self._named_by_noun(clause.verb.last, last) or self._denied_noun(clause, last)
        if reading is None:
            return
        speakers = self.voices.get(id(statement), [])
        bare = not named and self._only_pronoun(clause)
        if clause.shared and not named and self._denied_already():
            return
        found = Found(reading, first, last, self.parse, polarity="denied", speakers=speakers)
        found.modality = target.verb.modality if target is not clause else "actual"
        found.rule = f"deny:{clause.verb.lemma}"
        found.bare = bare
        self._carry(found, clause)
        yield found

    def _carry(self, found: Found, clause: Clause) -> None:
        """Note who carries a denial, and who makes it where its own clause names nobody."""
        for statement in sorted(self.statements, key=lambda s: s.size):
            if statement.clause is clause or not statement.holds(clause.verb.first):
                continue
            ids = self.voices.get(id(statement), [])
            if not found.speakers:
                found.speakers = ids
            else:
                found.via += [i for i in ids if i not in found.speakers and i not in found.via]
        if not found.speakers:
            parent = next((s for s in self.statements if s.clause is clause.parent), None)
            found.speakers = self.voices.get(id(parent), []) if parent else []

    def _denied_already(self) -> bool:
        return any(f.polarity == "denied" for f in self.found) or any(
            s.kind == "say" and "no" in self.parse.lows[s.first : s.first + 3]
            for s in self.statements
        )

    def _only_pronoun(self, clause: Clause) -> bool:
        first, last = clause.right
        return all(
            word in ("this", "it", "them", "that", "these") for word in self.parse.lows[first:last]
        )

    def _named_by_noun(self, first: int, last: int) -> Reading | None:
        """Read the event in "reports of Egyptian jets in Sudan", "talk of missiles for Moscow"."""
        for mention in self.parse.mentions_in(first, last):
            if mention.kind != "item" or mention.last >= last:
                continue
            verb = VerbGroup(mention.last, mention.last, mention.last, "be", "finite")
            clause = Clause(verb, (mention.first, mention.last), mention.first, last)
            key = "be bound" if self.parse.lows[mention.last] in ("for", "to") else "be"
            for _, frame in self.lexicon.frames.get(key, ()):
                reading = self.reader.read_as(frame, self.parse, clause)
                if reading is not None and reading.from_ and reading.to:
                    return reading
        return None

    def _denied_noun(self, clause: Clause, last: int) -> Reading | None:
        """Return the event that a denial names by a noun, else the one spoken of last."""
        first = clause.verb.last
        frame = None
        for index in range(first, last):
            if matched := self.lexicon.nominal.match(self.parse.lows, index):
                frame = matched[1]
                break
        types: tuple[str, ...] = (*FORCES, "Shipment", "Agreement")
        if frame is not None and frame.event != "by-theme":
            types = FORCES if frame.event in FORCES else (frame.event,)
        happening = None
        if frame is None and any(found.polarity == "denied" for found in self.found):
            happening = self.memory.denied
        happening = (
            happening
            or (self.memory.latest(types) if frame is not None else None)
            or self.memory.latest((*FORCES, "Shipment"))
            or self.memory.latest(("Agreement",))
        )
        if happening is None or happening.type == "Measure":
            return None
        base = frame or next(f for entries in self.lexicon.frames.values() for _, f in entries)
        type_ = happening.type
        return Reading(
            base,
            type_,
            happening.from_,
            happening.to,
            _DENIED_ASPECTS.get(type_, "occurrence"),
            list(happening.items),
            klass=happening.klass,
        )

    def _called_false(self, clause: Clause) -> Found | None:
        """Read "called the account a fabrication" as a denial of what was told before."""
        first, last = clause.right
        words = self.parse.lows[first:last]
        if not any(word in self.lexicon["falsehoods"] for word in words):
            return None
        if not any(
            word in self.lexicon["allegations"] or word in ("it", "this", "that", "them")
            for word in words
        ):
            return None
        reading = self._denied_noun(clause, last)
        if reading is None:
            return None
        begin, end = self._span(clause)
        found = Found(
            reading, begin, end, self.parse, polarity="denied", rule=f"call:{clause.verb.lemma}"
        )
        speakers = [
            i
            for v in voices(self.parse, clause.subject, self.lexicon)
            if (i := self.reader.resolver.speaker(self.parse, v))
        ]
        found.speakers = speakers
        self._carry(found, clause)
        return found

    def _said_to_be_false(self, clause: Clause) -> Found | None:
        """Read "said the reports of troops were lies" as a denial by who says it."""
        words = self.parse.lows[clause.verb.last : clause.end]
        told = self.parse.lows[slice(*clause.subject)]
        statement = self._statement_of(clause)
        false = any(word in self.lexicon["falsehoods"] for word in words)
        if not false or statement is None or statement.kind != "say" or clause.verb.negated:
            return None
        speakers = self.voices.get(id(statement), [])
        if not speakers or not any(w in self.lexicon["allegations"] for w in told):
            return None
        reading = self._named_by_noun(*clause.subject) or self._denied_noun(clause, clause.end)
        if reading is None:
            return None
        first, last = self._span(clause)
        return Found(
            reading, first, last, self.parse, polarity="denied", speakers=speakers, rule="false:be"
        )

    def _says_otherwise(self, clause: Clause) -> bool:
        if clause.verb.lemma not in self.lexicon["say"]:
            return False
        first, last = clause.right
        words = " ".join(self.parse.lows[first : min(last, first + 3)])
        return any(words.startswith(phrase) for phrase in self.lexicon["otherwise"])

    def _otherwise(self, clause: Clause) -> Iterator[Found]:
        """Read "sources suggest otherwise": they affirm what has just been denied."""
        last = self.memory.denied or self.memory.latest((*FORCES, "Shipment", "Agreement"))
        if last is None:
            return
        frame = next(f for entries in self.lexicon.frames.values() for _, f in entries)
        reading = Reading(
            frame, last.type, last.from_, last.to, "occurrence", list(last.items), klass=last.klass
        )
        first, end = self._span(clause)
        speakers = [
            i
            for v in voices(self.parse, clause.subject, self.lexicon)
            if (i := self.reader.resolver.speaker(self.parse, v))
        ]
        yield Found(reading, first, end, self.parse, speakers=speakers, rule="otherwise")

    # ----- requests and nouns

    def _requested(self, request: Request) -> Found | None:
        """Read "urged its allies to send weapons": what is asked for, by who asks."""
        reading = self.reader.read(self.parse, request.asked)
        speakers = [
            i
            for v in voices(self.parse, request.clause.subject, self.lexicon)
            if (i := self.reader.resolver.speaker(self.parse, v))
        ]
        if reading is None or reading.type not in ("Shipment", "Deployment", "Training"):
            return None
        if request.asked.verb.lemma in ("withdraw", "pull", "remove", "stop", "halt", "leave"):
            return None
        first, last = request.asked.right
        named = "to" in self.parse.lows[first:last] and bool(reading.to)
        own = self.memory.top(speakers[0]) if speakers else ""
        if own and not named and own not in reading.from_:
            reading.to = (own,)
        first, last = self._span(request.clause)
        last = max(last, request.asked.end)
        found = Found(reading, first, last, self.parse, modality="requested", speakers=speakers)
        found.rule = f"request:{request.clause.verb.lemma}"
        if reading.quantity is not None:
            found.quantity = self.parse.quantities[reading.quantity]
        return found

    def _nominal(self) -> Iterator[Found]:
        """Yield claims made by a noun: "the arrival of 500 fighters", "Kim's visit to Russia"."""
        lows, starters = self.parse.lows, self.lexicon["nominal-starters"]
        behind = 0
        for index, low in enumerate(lows):
            if low not in starters or index < behind:
                continue
            matched = self.lexicon.nominal.match(lows, index)
            if matched is None or index in self.parse.verb_at or self._is_supposed(index):
                continue
            size, frame = matched
            behind = index + size
            if not any(f.first <= index < f.last for f in self.found):
                found = self._noun_claim(index, behind, frame)
                if found is not None:
                    yield found

    def _is_supposed(self, index: int) -> bool:
        """Whether a word belongs to a condition: "if the presence of troops is verified"."""
        return any(c.conditional and c.start <= index < c.end for c in self.clauses)

    def _noun_claim(self, first: int, last: int, frame: Frame) -> Found | None:
        if last >= len(self.parse.lows):
            return None
        end = self._noun_reach(last)
        clause = self._noun_clause(first, last, end, frame)
        reading = self.reader.read_as(frame, self.parse, clause) if clause is not None else None
        if reading is None or clause is None:
            return None
        if not reading.from_ and frame.subject == "from":
            reading.from_ = self._agent_of(first, reading.to)
        if frame.name == "bring-home" and not reading.items and not reading.from_:
            return None
        if frame.name == "train" and not reading.to:
            by = self._agent_of(first, reading.from_)
            reading.from_, reading.to = by or reading.from_, reading.from_ if by else ()
        rule = f"{frame.name}:{self.parse.lows[first]}"
        found = Found(reading, clause.start, end, self.parse, rule=rule)
        if (light := self._light_verb(end)) is not None:
            found.last = clause.end = light.end
            found.modality = light.verb.modality
            found.polarity = "denied" if light.verb.negated else "affirmed"
        self._attribute_span(found, first)
        if reading.quantity is not None:
            found.quantity = self.parse.quantities[reading.quantity]
        found.date = self._date(clause, found)
        return found

    def _noun_reach(self, last: int) -> int:
        """Return where the words that belong to a noun end."""
        lows, verb_at = self.parse.lows, self.parse.verb_at
        end = last
        while (
            end < len(lows)
            and lows[end] not in (",", ";", ":", "”", '"', ".", "“")
            and not (end in verb_at and verb_at[end].form != "infinitive")
        ):
            end += 1
        return end

    def _noun_clause(self, first: int, last: int, end: int, frame: Frame) -> Clause | None:
        """Return the noun with what belongs to it as a clause, None if it tells of no event."""
        lows = self.parse.lows
        begin, owners = self._possessor(first)
        verb = VerbGroup(first, first, last, lows[first], "finite")
        clause = Clause(verb, (begin, first), begin, end)
        if frame.event == "Meeting":
            return clause if owners and lows[last] in ("to", "in", "with") else None
        train = frame.name == "train" and lows[last] in ("of", "for")
        told = (frame.name == "bring-home" and lows[last] == "from") or (
            lows[last] == "of" and (frame.event == "Measure" or self._is_told_by_noun(last, end))
        )
        if not train and not told:
            return None
        verb.passive = frame.subject != "theme"
        if lows[last] == "from":
            clause.start = first - 1 if first and lows[first - 1] in _POSSESSIVES else first
            return clause
        behind = self._first_preposition(last + 1, end)
        clause.subject, verb.last = (last + 1, behind), behind
        if not train:
            clause.start = first - 1 if first and lows[first - 1] == "the" else first
        return clause

    def _light_verb(self, at: int) -> Clause | None:
        """Return a clause that only says that or when something was: "took place on 7 July"."""
        for clause in self.clauses:
            if clause.verb.first == at:
                lemma = clause.verb.lemma
                took_place = lemma == "take" and self.parse.lows[
                    clause.verb.last : clause.verb.last + 1
                ] == ["place"]
                return clause if took_place or lemma in self.lexicon["light"] else None
        return None

    def _first_preposition(self, first: int, end: int) -> int:
        words = ("to", "from", "for", "in", "into", "by", "via", "at", "on")
        return next((i for i in range(first, end) if self.parse.lows[i] in words), end)

    def _agent_of(self, noun: int, to: tuple[str, ...]) -> tuple[str, ...]:
        """Return the side whose doing a noun is the object of: "Iran continues shipment of"."""
        for mention in self.parse.mentions:
            if mention.last == noun and mention.kind in ("demonym", "state", "organization"):
                return self.reader.sides.of(self.parse, [mention])
            owner = self.parse.lows[mention.last : noun]
            if mention.last < noun and owner and owner[0] in ("'s", "’s") and len(owner) < 4:
                return self.reader.sides.of(self.parse, [mention])
        for clause in self.clauses:
            between = self.parse.mentions_in(clause.verb.last, noun)
            grants = clause.verb.lemma in self.lexicon["granting"] and not between
            held = clause.verb.last <= noun < clause.end and grants and noun - clause.verb.last < 8
            if (clause.verb.last == noun or held) and not clause.verb.passive:
                sides = self.reader.sides.of_subject(self.parse, clause)
                return tuple(side for side in sides if side not in to)
        return ()

    def _is_told_by_noun(self, first: int, end: int) -> bool:
        """Whether a noun phrase counts things, or says where they go."""
        mentions = self.parse.mentions_in(first, end)
        items = [m for m in mentions if m.kind == "item"]
        goal = any(
            self.parse.lows[m.first - 1] in _GOALS or self.parse.lows[m.first - 2] in _GOALS
            for m in mentions
            if m.kind in ("state", "place", "organization")
        )
        return any(m.quantity is not None for m in items) or bool(items and goal)

    def _attribute_span(self, found: Found, at: int) -> None:
        holding = sorted((s for s in self.statements if s.holds(at)), key=lambda s: s.size)
        for statement in holding:
            ids = self.voices.get(id(statement), [])
            if ids and not found.speakers:
                found.speakers = ids
            if statement.clause is not None and statement.clause.verb.lemma == "confirm":
                found.first = min(found.first, statement.clause.start)

    def _possessor(self, first: int) -> tuple[int, bool]:
        """Return where a possessor before the noun begins, and whether there is one."""
        lows = self.parse.lows
        for index in range(first - 1, max(-1, first - 4), -1):
            if lows[index] in ("'s", "’s"):
                for mention in self.parse.mentions:
                    if mention.last == index:
                        mention.modifies = False
                        return mention.first, True
        return first, False

    # ----- dates

    def _date(self, clause: Clause, found: Found) -> Dated | None:
        """Return the date of the event: one in the clause, or before it in the text's own voice."""
        first, last = found.first, found.last
        inside = [
            d
            for d in self.parse.dates
            if first <= d.first and d.last <= last and not self._is_of_another(d, clause)
        ]
        if inside:
            behind = [d for d in inside if d.first >= clause.verb.last]
            return self._moved((behind or inside)[0], found)
        if found.speakers and found.reading.type != "Measure":
            return self._leading(found) if self._in_content(clause) else None
        if reading_speech(found):
            return None
        return self._leading(found)

    def _is_of_another(self, dated: Dated, clause: Clause) -> bool:
        """Whether a date before the verb belongs to a relative clause in between."""
        return any(
            other is not clause and clause.start <= other.verb.first < dated.first
            for other in self.clauses
            if dated.last <= clause.verb.first
        )

    def _in_content(self, clause: Clause) -> bool:
        statement = self._statement_of(clause)
        return statement is not None and statement.first <= max(0, clause.start - 4)

    def _leading(self, found: Found) -> Dated | None:
        """Return a date that stands right before the clause: "In June 2023, …"."""
        for dated in self.parse.dates:
            gap = self.parse.lows[dated.last : found.first]
            if dated.last <= found.first and all(w in (",", "the") for w in gap):
                return dated
        return None

    def _moved(self, dated: Dated, found: Found) -> Dated:
        """Move a weekday into the week in which it was said: "predicted last week … Wednesday"."""
        if dated.weekday is None:
            return dated
        for other in self.parse.dates:
            if other.weekday is None and "/" in other.edtf and other.last <= found.first:
                from datetime import date, timedelta

                monday = date.fromisoformat(other.edtf[:10])
                day = monday + timedelta(days=dated.weekday)
                return Dated(
                    dated.first, dated.last, day.isoformat(), dated.opening, None, dated.weekday
                )
        return dated


def reading_speech(found: Found) -> bool:
    """Whether the event is itself an utterance, such as a condemnation."""
    return found.reading.frame.speech
