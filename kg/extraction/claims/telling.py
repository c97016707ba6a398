"""What the verb of a clause tells, asks for or shows, as a claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extraction.attributing.crediting import Credit
from kg.extraction.claims.denials import Denials, leaves
from kg.extraction.dating.dated import Dated
from kg.extraction.document.found import Found
from kg.extraction.document.memory import COUNTED, FORCES
from kg.extraction.document.readings import Reading
from kg.extraction.events.committing import date_by_which, modality_of
from kg.extraction.events.event_dates import date_of
from kg.extraction.events.sitting import Part, Sitting
from kg.extraction.events.taking_in import TakingIn
from kg.extraction.figures.quantities import Quantity, at_most
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.listing import Listed, without_joints
from kg.extraction.grammar.none_at_all import is_of_none
from kg.extraction.situations.outcomes import comes_to_nothing, drops_offer
from kg.extraction.situations.own_goals import part_goals
from kg.extraction.situations.roles import behind_correction, slots
from kg.extraction.speakers.asking import Request
from kg.extraction.speakers.statements import Statement
from kg.extraction.speakers.voices import voices
from kg.extraction.unframed.least_sure import Reads
from kg.extraction.unframed.parts_told import PartsTold
from kg.extraction.unframed.taken_up import taken_up

# At the most so many words are a figure and nothing else.
_FRAGMENT = 8
# What a subject is whose own the things are, or who gives them.
_GIVING = ("from", "theme", "trainer")
_LEAVING = frozenset(("withdraw", "pull", "remove", "leave"))
_ENDING = frozenset(("stop", "halt", "cease", "end", "refrain", "not", "avoid", "quit"))
# Verbs of speaking that are no part of what is counted.
_SPEAKING_OF = frozenset(("speak", "talk", "write", "mention", "cite", "report"))
# So near behind a colon stands how many they are: "some 500", "as many as 900".
_COUNTED = 4
_AGREED = frozenset(("agree", "agrees", "agreed", "agreeing"))
_NOT = frozenset(("not", "n't", "never", "refused", "failed", "declined", "unable"))
_OFFERED = ("Shipment", "Deployment", "Training")
# So many words stand between "no question of" and what will not be.
_QUESTION = 8


class Telling(Part):
    """Makes the claims that the verbs of one sentence tell."""

    def __init__(self, sitting: Sitting, credit: Credit) -> None:
        """Take the sentence, and what says who stands behind its claims."""
        super().__init__(sitting)
        self.credit = credit
        loads = self.lexicon["loaded-with"]
        self.loaded = [clause for clause in self.clauses if clause.verb.lemma in loads]

    def told(self, clause: Clause, unframed: Reads | None = None) -> Iterator[Found]:
        """Yield the claim that the clause's own verb makes, if a frame reads one in it.

        What no frame reads, `unframed` does, where it is given.
        """
        statement = self.sitting.statement_of(clause)
        denied_outside = self.sitting.deny_around(clause)
        self.credit.note_who_we_are(statement, clause)
        target = self._target(clause, statement)
        if comes_to_nothing(self.parse, clause):
            return
        if unframed is not None:
            reading = unframed.read(clause)
        else:
            reading = self._read(clause, target, denied=denied_outside is not None)
        if (
            reading is None
            or self._continues(clause, reading)
            or self._told_behind(clause, reading)
        ):
            return
        if reading.frame.name == "count":
            reading = TakingIn(self.sitting).whom_others_sent(clause, reading)
        if target.end > clause.end:
            clause = replace(clause, end=target.end)
        found = self._claim(reading, clause)
        denied = self._is_undone(found, clause) != (denied_outside is not None)
        if denied and not self._stays(reading, clause):
            found.polarity = "denied"
        if denied_outside is not None and (outer := denied_outside.clause) is not None:
            found.first = min(found.first, outer.start)
            if outer.verb.first >= found.last:
                found.last = max(outer.end, outer.verb.last)  # "claims that … were false"
            self.done.add(outer.verb.first)
        self._count_behind_colon(found)
        self.credit.speak_for_themselves(found, clause)
        joined = statement is not None and clause.start > statement.first
        if statement is not None and statement.kind == "accuse" and statement.clause and not joined:
            found.first = statement.clause.verb.first
        self._leave_speaking_out(found, clause)
        yield from self._listed(found, clause)

    def _stays(self, reading: Reading, clause: Clause) -> bool:
        """Whether a denial says that they are still there: "has not withdrawn its soldiers"."""
        parse = self.parse
        none = is_of_none(parse, clause) or drops_offer(parse, clause, self.lexicon)
        return not none and leaves(reading, clause, parse.lows)

    def _count_behind_colon(self, found: Found) -> None:
        """Take in how many they are: "were based there in large numbers: as many as 900"."""
        lows, at = self.parse.lows, found.last
        forces = found.reading.type in FORCES and found.reading.klass == "persons"
        if found.quantity is not None or not forces or lows[at : at + 1] != [":"]:
            return
        behind = (q for q in self.parse.quantities if at < q.first <= at + _COUNTED)
        if (count := next(behind, None)) is None:
            return
        named = next((m for m in self.parse.mentions if m.first == count.last), None)
        persons = named is not None and named.items and named.kind == "item"
        if lows[count.last : count.last + 1] in ([], ["."], [","], [";"]) or (
            named is not None
            and persons
            and self.reader.gazetteer.item_class(named.items[0]) == "persons"
        ):
            found.quantity, found.last = count, named.last if persons and named else count.last

    def _is_undone(self, found: Found, clause: Clause) -> bool:
        """Whether a clause says that it did not happen; "never passed 2,100" bounds a figure."""
        negated, frame = self._is_negated(clause), found.reading.frame
        if negated and frame.name == "strength" and found.quantity is not None:
            found.quantity, negated = at_most(found.quantity), False
        if found.reading.type == "Agreement" and not frame.undone:
            negated = self._is_unagreed(clause, negated)
        dropped = found.reading.type in _OFFERED and drops_offer(self.parse, clause, self.lexicon)
        if dropped:
            found.modality = "expected"
            return not negated
        return negated != frame.undone

    def _target(self, clause: Clause, statement: Statement | None) -> Clause:
        """Return the clause with what it takes in from others, if it can take in anything."""
        verb = clause.verb
        accused = statement is not None and statement.kind == "accuse"
        asks = verb.lemma in self.lexicon["request"] or verb.lemma in ("put", "estimate")
        if accused or asks or verb.form == "gerund" or clause.end <= verb.last:
            return TakingIn(self.sitting).widened(clause, statement)
        return clause

    def _read(self, clause: Clause, target: Clause, *, denied: bool) -> Reading | None:
        """Return what the first rule that fits reads, a frame or what goes on if none does."""
        reading = self._delivered(clause) if self.loaded else None
        if reading is None and clause.relative and self.parse.lows[clause.subject[1] - 1] == "of":
            reading = PartsTold(self.sitting).of_which(clause)
        reading = reading or self.reader.read(self.parse, target, denied=denied)
        if reading is None and clause.verb.lemma in self.lexicon["purposive"]:
            reading = self._purpose(clause)
        return reading or taken_up(self.sitting, clause, target)

    def _leave_speaking_out(self, found: Found, clause: Clause) -> None:
        """Let the quote of "spoke of 900 men" begin where the verb does."""
        counts = found.reading.frame.name == "count" and clause.verb.lemma in _SPEAKING_OF
        if counts and found.quantity is not None:
            found.first = max(found.first, min(clause.verb.head, found.quantity.first))

    def _told_behind(self, clause: Clause, reading: Reading) -> bool:
        """Whether what is counted is told of behind "who": "spoke of 300 men who had crossed"."""
        if reading.frame.name != "count" or clause.verb.lemma not in _SPEAKING_OF:
            return False
        return any(
            later.relative
            and clause.verb.last < later.start <= clause.end + 2
            and self.reader.read(self.parse, later) is not None
            for later in self.clauses
        )

    def _listed(self, found: Found, clause: Clause) -> Iterator[Found]:
        """Yield a claim, and one for each further figure of a list with its own words."""
        if not found.reading.further:
            yield found
            return
        end, date = found.last, found.date
        things = [thing for thing in found.reading.further if found.first <= thing.first < end]
        if things and things[0].first > clause.verb.first:
            found.last = without_joints(self.parse, found.first, things[0].first)
        figures = [self.parse.quantities[thing.quantity] for thing in things]
        own = [self._own_date(figure) for figure in figures]
        if date in own:
            found.date = None  # "60 missiles, the first dozen by May"
        if found.reading.frame.subject == "trainer" and len(things) > 0:
            found.reading.from_ = self._side_counted(found.reading.quantity) or found.reading.from_
        claims = [found]
        for number, (thing, figure, dated) in enumerate(zip(things, figures, own, strict=True)):
            first = thing.first
            after = things[number + 1].first if number + 1 < len(things) else end
            last = end if first < clause.verb.first else without_joints(self.parse, first, after)
            one = replace(found, first=first, last=last, quantity=figure, listed=True)
            one.reading, one.date = self._of_thing(found.reading, thing), dated or date
            claims.append(one)
        part_goals(claims, self.reader.sides)
        yield from claims

    def _of_thing(self, reading: Reading, thing: Listed) -> Reading:
        """Return an event for another thing: soldiers who come with tanks are no shipment."""
        klass = self.reader.gazetteer.item_class(thing.items[0])
        moved = reading.frame.event == "by-theme" and klass != reading.klass
        kind = "Deployment" if moved and klass == "persons" else reading.type
        goods = moved and klass != "persons" and reading.type == "Deployment"
        kind = "Shipment" if goods and thing.giver is not None else kind
        one = replace(reading, items=thing.items, quantity=thing.quantity, klass=klass, type=kind)
        if kind != reading.type:
            one.aspect = "personnel-total" if kind == "Deployment" else "items-delivered"
        if thing.giver is not None and reading.frame.subject in _GIVING:
            one.from_ = self.reader.sides.of(self.parse, [thing.giver]) or reading.from_
        elif reading.frame.subject in ("theme", "trainer") and (own := self._own_side(thing)):
            one.from_ = own
        return one

    def _own_side(self, thing: Listed) -> tuple[str, ...]:
        """Return of whom a further thing is that is a nation's: "16 Malians and six Russians"."""
        return self._side_counted(thing.quantity)

    def _side_counted(self, figure: int | None) -> tuple[str, ...]:
        """Return whose those are that a figure counts."""
        named = (m for m in self.parse.mentions if m.quantity == figure)
        whose = next((m.nation or m for m in named if m.nation or m.kind == "demonym"), None)
        return self.reader.sides.of(self.parse, [whose]) if whose is not None else ()

    def _own_date(self, figure: Quantity) -> Dated | None:
        """Return the date right behind a figure: "the first dozen by May"."""
        at = figure.last + (self.parse.lows[figure.last : figure.last + 1] == ["in"])
        return next((d for d in self.parse.dates if at <= d.first <= at + 1), None)

    def _delivered(self, clause: Clause) -> Reading | None:
        """Read "a plane landed in Tripoli, carrying rifles" as one event: what is carried goes."""
        loads = [c for c in self.loaded if _is_load_of(c, clause)]
        if not loads:
            return None
        subject = self.parse.lows[slice(*clause.subject)]
        carriers = self.lexicon["carriers"]
        # "A plane" or "an Il-76".
        if not any(word in carriers or any(map(str.isdigit, word)) for word in subject):
            return None
        load = self.reader.read(self.parse, loads[0])
        if load is None or (loads[0].embedded and self._is_measured(loads[0])):
            return self._landed_with(clause, loads[0])
        to, places = self._landed(clause)
        self.done.add(loads[0].verb.first)
        clause.end = max(clause.end, loads[0].end)
        kind = "Deployment" if load.klass == "persons" else load.type
        return replace(load, type=kind, to=to or load.to, places=places)

    def _is_measured(self, load: Clause) -> bool:
        """Whether a load is measured, not counted: "carrying a million barrels of petrol"."""
        carried = [m for m in self.parse.mentions_in(*load.right) if m.items]
        return bool(carried) and self.parse.lows[carried[0].first - 1] == "of"

    def _landed_with(self, clause: Clause, load: Clause) -> Reading | None:
        """Read "A Russian plane carrying advisers has landed": what it carries comes with it."""
        landing = self.reader.read(self.parse, clause) if load.embedded else None
        carried = [m for m in self.parse.mentions_in(*load.right) if m.items and m.kind == "item"]
        if landing is None or not carried or landing.type not in ("Shipment", "Deployment"):
            return None
        self.done.add(load.verb.first)
        items = carried[0].items
        klass = self.reader.gazetteer.item_class(items[0])
        kind = "Deployment" if klass == "persons" else "Shipment"
        counted = carried[0].quantity
        of = self.parse.lows[carried[0].first - 1] == "of"  # "a million barrels of petrol"
        if (counted is None or of) and kind == "Shipment":
            counted = landing.quantity  # so many ships
        return replace(landing, type=kind, items=[*items], klass=klass, quantity=counted)

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
                subject = self._whom_it_is_left_to(clause, group.first) or clause.subject
                done = Clause(group, subject, clause.start, clause.end, clause.parent)
                return self.reader.read(self.parse, done)
        return None

    def _whom_it_is_left_to(self, clause: Clause, end: int) -> tuple[int, int] | None:
        """Return who may do what is permitted, if it is another: "allowed Poland to send tanks"."""
        if clause.verb.lemma not in self.lexicon["leaving-to"]:
            return None
        named = self.parse.mentions_in(clause.verb.last, end)
        own = any(m.kind in ("state", "organization") and not m.modifies for m in named)
        return (clause.verb.last, end) if own else None

    def _continues(self, clause: Clause, reading: Reading) -> bool:
        """Let "and are being trained" be part of the claim that it goes on with."""
        first, last = clause.right
        if not clause.shared or not self.found:
            return False
        before = self.found[-1]
        if before.reading.aspect == "casualties" and clause.verb.lemma in ("fight", "serve"):
            before.last = max(before.last, clause.end)
            return True
        if before.reading.type == reading.type == "Combat" and clause.verb.form == "gerund":
            before.last = max(before.last, clause.end)
            if before.quantity is None and reading.quantity is not None:
                before.quantity = self.parse.quantities[reading.quantity]
            return True  # "struck a market, killing 64 people"
        same = before.reading.type == reading.type == "Meeting"
        if same and before.reading.from_ == reading.from_ and before.polarity == "affirmed":
            before.last = max(before.last, clause.end)
            return True  # "travelled to Moscow and was received by Putin"
        if clause.verb.form != "finite" or last - first > 1:
            return False
        if before.reading.type not in FORCES or reading.type not in FORCES:
            return False
        before.last = max(before.last, clause.end, clause.verb.last)
        if before.reading.type == "Deployment":
            before.reading.type, before.reading.aspect = reading.type, reading.aspect
        return True

    def _is_negated(self, clause: Clause) -> bool:
        verb = clause.verb.negated and not self._corrects(clause)
        verb = verb or self._out_of_the_question(clause)
        return verb or is_of_none(self.parse, clause)

    def _is_unagreed(self, clause: Clause, negated: bool) -> bool:
        """Whether nothing is agreed; "agreed to stop firing" is no denial, though it has a stop."""
        said = self.parse.lows[clause.verb.first : clause.verb.head]
        at = next((i for i, low in enumerate(said) if low in _AGREED), None)
        if at is None:
            return negated
        return not _NOT.isdisjoint(said[:at]) or is_of_none(self.parse, clause)

    def _out_of_the_question(self, clause: Clause) -> bool:
        """Whether there is "no question of sending" somebody, or of theirs going."""
        if "question" not in self.parse.words_used:
            return False
        lows, at = self.parse.lows, clause.verb.first
        for index in range(max(2, at - _QUESTION), at):
            if lows[index - 2 : index + 1] == ["no", "question", "of"]:
                return not any(i in self.parse.verb_at for i in range(index + 1, at))
        return False

    def _corrects(self, clause: Clause) -> bool:
        """Whether one figure only gives way to another: "has not sent 200 but 300"."""
        first, last = clause.right
        return behind_correction(self.parse, first, last) != first

    def _claim(self, reading: Reading, clause: Clause) -> Found:
        """Return a reading as a claim: its quote, modality, speakers, figure and date."""
        verb = clause.verb
        first, last = self.sitting.span(clause)
        found = Found(reading, first, last, self.parse, hedge=verb.hedge)
        found.modality = modality_of(self.sitting, clause, found)
        found.rule = f"{reading.frame.name}:{verb.lemma}"
        self.credit.assign(found, clause)
        if reading.quantity is not None:
            found.quantity = self.parse.quantities[reading.quantity]
        found.date = date_of(self.sitting, clause, found)
        found.date = date_by_which(self.sitting, clause, found)
        if self.parse.dates and found.said is None:  # "agreed in May to withdraw"
            inside = (d for d in self.parse.dates if verb.first < d.first and d.last <= verb.last)
            found.said = next(inside, None)
        return found

    def requested(self, request: Request) -> Found | None:
        """Read "urged its allies to send weapons": what is asked for, by who asks."""
        reading = self.reader.read(self.parse, request.asked)
        speakers = [
            i
            for v in voices(self.parse, request.clause.subject, self.lexicon)
            if (i := self.reader.resolver.speaker(self.parse, v))
        ]
        if reading is None or reading.type not in ("Shipment", "Deployment", "Training"):
            return None
        asked = request.asked.verb
        words = self.parse.lows[asked.first : asked.last]
        if asked.lemma in _LEAVING or not _ENDING.isdisjoint(words):
            return None  # a demand
        first, last = request.asked.right
        named = "to" in self.parse.lows[first:last] and bool(reading.to)
        own = self.memory.top(speakers[0]) if speakers else ""
        state = self.reader.gazetteer.type_of(own) == "State"
        theirs = self.parse.lows[request.asked.subject[0]] in ("its", "their", "his", "her")
        if theirs and own in reading.from_:
            reading.from_ = ()  # "asked its allies for more": others than itself
        if state and not named and own not in reading.from_:
            reading.to = (own,)
        first, last = self.sitting.span(request.clause)
        last = max(last, request.asked.end)
        found = Found(reading, first, last, self.parse, modality="requested", speakers=speakers)
        found.rule = f"request:{request.clause.verb.lemma}"
        if reading.quantity is not None:
            found.quantity = self.parse.quantities[reading.quantity]
        return found

    def figures(self) -> Iterator[Found]:
        """Yield figures that stand for a whole sentence: ‘"About 900," a diplomat said’."""
        last = self.memory.latest((*FORCES, "Shipment")) if self.statements else None
        for statement in self.statements if last is not None else ():
            clause = statement.clause
            if clause is None or statement.kind != "say" or statement.size > _FRAGMENT:
                continue
            if any(statement.holds(c.verb.first) for c in self.clauses if c is not clause):
                continue
            stated = [q for q in self.parse.quantities if statement.holds(q.first)]
            if len(stated) == 1 and last is not None:
                frame = self.lexicon.frames["count"][0][1]
                aspect = COUNTED.get(last.type, "personnel-total")
                reading = Reading(frame, last.type, last.from_, last.to, aspect, [*last.items])
                reading.klass = last.klass
                begin = min(stated[0].first, clause.start)
                end = max(clause.verb.last, stated[0].last)
                if clause.verb.lemma in _SPEAKING_OF and stated[0].first > clause.verb.first:
                    begin, end = stated[0].first, max(end, clause.end)
                found = Found(reading, begin, end, self.parse)
                found.rule, found.quantity = "figure", stated[0]
                self.credit.assign_by(found, statement)
                yield found

    def shown(self) -> Iterator[Found]:
        """Yield what images show that no verb tells: "photographs showing soldiers in Goma"."""
        for statement in self.statements:
            if statement.kind != "show" or statement.clause is None:
                continue
            if statement.clause.verb.negated:
                continue  # "The video does not show missiles in Sudan"
            if any(statement.holds(f.first) for f in self.found):
                continue
            first, last = statement.clause.right
            reading = Denials(self.sitting, self.credit).named_by_noun(first, last)
            if reading is not None:
                found = Found(reading, first, last, self.parse, rule="show")
                self.credit.assign(
                    found,
                    replace(statement.clause, verb=replace(statement.clause.verb, head=first)),
                )
                yield found


def _is_load_of(load: Clause, clause: Clause) -> bool:
    """Whether it is what a carrier brings: "landed, carrying arms", "a plane carrying arms has"."""
    behind = load.parent is clause and load.shared
    before = load.embedded and load.verb.form == "gerund" and load.parent is None
    return behind or (before and load.subject[0] == clause.subject[0])
