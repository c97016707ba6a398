"""What a clause that no frame reads still tells: an event of which the text has told goes on."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.document.meant_forces import is_gone, is_there, told_last
from kg.extraction.document.memory import FORCES, MOVING, Happening, Sides
from kg.extraction.document.readings import Reading, of_the_same
from kg.extraction.events.moved_type import is_there_to_teach
from kg.extraction.events.purposes import kind_come_for
from kg.extraction.events.sitting import Part
from kg.extraction.grammar.bare_figures import bare_figure
from kg.extraction.grammar.clause import Clause
from kg.extraction.names.mentions import Mention
from kg.extraction.situations.on_board import on_board
from kg.extraction.words.lexicon import Frame

# The name of the rule in a draft, by which its confidence is low.
NAME = "go-on"
# So many words a subject has at the most that names nobody anew.
_SHORT = 6
_THEM = frozenset(("them", "they", "these", "those"))
_PUTTING = frozenset(
    ("think", "believe", "guess", "reckon", "suspect", "say", "estimate", "put", "gauge")
)
AGREED = frozenset(("agreed", "agree", "agreeing"))
_DONE_TOO = ("be", "have", "do")
# So many words are "Chadian army regulars".
_OWNED = 4
_FIGHTING = frozenset(("fight", "die", "bleed"))
_NOBODY = ("neither", "nobody", "no", "none")
_OF_FORCES = ("deploy", "arrive", "bring-home", "leave")
_PARTED = ("in", "with")
_RANKS = frozenset(("first", "second", "third", "fourth", "fifth", "next", "last"))
_MONTHLY = frozenset(("month", "monthly", "week", "weekly", "day"))
_GOALS = ("to", "into", "in", "at", "on", "for", "inside", "near")


class GoingOn(Part):
    """Reads clauses that only go on with an event told before: a proposal, for no frame does."""

    def read(self, clause: Clause) -> Reading | None:
        """Return the event that goes on, None if the clause tells of nothing that is known."""
        verb, lexicon = clause.verb, self.lexicon
        if not AGREED.isdisjoint(self.parse.lows[verb.first : verb.last]):
            return self._agreed(clause)
        moves = verb.lemma in lexicon["going-on"]
        moves = moves or (verb.passive and verb.lemma in lexicon["moved-on"])
        told = moves or verb.lemma in lexicon["going-on-besides"]
        told = told or verb.lemma in lexicon["sending-others"]
        last = told_last(self.parse, clause, self.memory, self.lexicon)
        if verb.lemma == "make" and last is not None and (sum_ := self._sum(clause, last)):
            return sum_
        if verb.form == "infinitive" or not told or self.parse.lows[-1] == "?":
            return None
        if verb.lemma in lexicon["sending-others"] and not verb.passive:
            return self._others(clause, last)
        if last is None or last.paragraph < self.parse.paragraph - 1:
            return (self._load(clause) or self._people(clause)) if moves else None
        if (besides := self._besides(clause, last)) is not None or not moves:
            return besides
        return self._same(clause, last) or self._load(clause) or self._people(clause)

    def _sum(self, clause: Clause, last: Happening) -> Reading | None:
        """Read "That makes six this year": how many there have been in all."""
        opens = self.parse.lows[: clause.verb.first] in (["that"], ["this"], ["which"])
        near = last.paragraph >= self.parse.paragraph - 1
        first, end = clause.right
        figures = enumerate(self.parse.quantities)
        figure = next((i for i, q in figures if q.first == first and q.last <= end), None)
        counted = {m.quantity for m in self.parse.mentions}
        alone = figure is not None and figure not in counted
        return self._reading(last.type, last, figure) if opens and near and alone else None

    def _besides(self, clause: Clause, last: Happening) -> Reading | None:
        """Read what else than a movement goes on with what was told: a task, a figure, a denial."""
        lemma, lexicon = clause.verb.lemma, self.lexicon
        if (too := self._too(clause, last)) is not None:
            return too
        if lemma == "have" and last.klass == "persons" and is_gone(self.parse, clause):
            return self._has_to_go(clause, last)
        if lemma in lexicon["noticing"]:
            return self._unnoticed(clause)
        if lemma in _PUTTING:
            return self._estimate(clause, last)
        if lemma == "be":
            aboard = on_board(self.parse, clause, last, self.reader.sides)
            told = self._reading(aboard[0].type, *aboard) if aboard else None
            return told or self._guess(clause, last)
        if lemma in _FIGHTING:
            return self._nobody(clause)
        if lemma in lexicon["tending"] and (tended := self._tended(clause, last)) is not None:
            return tended
        if lemma in lexicon["paying"]:
            return self._paid(clause, last)
        if lemma in lexicon["tasks"]:
            return self._task(clause, last)
        return self._as_what(clause, last) if lemma in lexicon["describing"] else None

    def _agreed(self, clause: Clause) -> Reading | None:
        """Read "Chad and Niger have agreed to start pulling them out": what two states agree."""
        sides = self.reader.sides.of(self.parse, self.parse.mentions_in(*clause.subject))
        sides = sides or self.reader.sides.both(self.parse, clause)
        acts = clause.verb.lemma in self.lexicon.frames and clause.verb.lemma != "agree"
        acts = acts or any(m.kind == "item" for m in self.parse.mentions_in(*clause.right))
        if len(sides) != 2 or not acts:
            return None  # "have agreed to differ"
        frame: Frame = replace(self.lexicon.frames["count"][0][1], name=NAME)
        things = (m for m in self.parse.mentions_in(*clause.right) if m.quantity is not None)
        thing = next((m for m in things if m.kind == "item"), None)
        if thing is None:
            return Reading(frame, "Agreement", sides, ())
        items = list(thing.items)
        return Reading(frame, "Agreement", sides, (), items=items, quantity=thing.quantity)

    def _too(self, clause: Clause, last: Happening) -> Reading | None:
        """Read "so were two lorries": they went the same way."""
        subject = self.parse.lows[slice(*clause.subject)]
        first, end = clause.right
        if clause.verb.lemma not in _DONE_TOO or subject[-1:] != ["so"]:
            return None
        thing = next((m for m in self.parse.mentions_in(first, end) if m.items), None)
        if thing is None or thing.first > first + _SHORT:
            return None
        klass = self.reader.gazetteer.item_class(thing.items[0])
        kind = last.type if klass == last.klass else "Shipment"
        kind = "Deployment" if klass == "persons" and kind == "Shipment" else kind
        told = replace(last, items=tuple(thing.items), klass=klass)
        return self._reading(kind, told, thing.quantity)

    def _has_to_go(self, clause: Clause, last: Happening) -> Reading | None:
        """Read "The 900 soldiers have six months to pack": the force told of is to leave."""
        own = self._persons_of(clause) is not None
        whose = self.reader.sides.of(self.parse, self._owners(clause))
        meant = self._is_elliptical(clause) or (own and set(whose) <= set(last.from_))
        return self._reading("Deployment", last, self._counted(clause)) if meant else None

    def _nobody(self, clause: Clause) -> Reading | None:
        """Read "No foreigner will fight in our place": the force that has come does not."""
        words = self.parse.lows[slice(*clause.subject)]
        force = self.memory.latest(FORCES)
        people = self.lexicon["persons-otherwise"]
        nobody = words[:1] in (["nobody"], ["no"], ["none"]) and len(words) <= _SHORT
        who = words[0] == "nobody" if nobody else False
        who = who or any(word in people or f"{word}s" in people for word in words[1:])
        return self._reading("Combat", force, None) if nobody and who and force else None

    def _unnoticed(self, clause: Clause) -> Reading | None:
        """Read "nobody has observed a withdrawal": the event that a noun names, denied."""
        first, end = clause.right
        head = self.parse.lows[slice(*clause.subject)][:1]
        if not clause.verb.negated and (not head or head[0] not in _NOBODY):
            return None
        for index in self.parse.events:
            matched = self.lexicon.nominal.match(self.parse.lows, index)
            if first <= index < min(end, first + _SHORT) and matched is not None:
                forces = matched[1].name in _OF_FORCES
                told = self.memory.latest(FORCES if forces else ("Shipment",))
                if told is not None and matched[1].event == "by-theme":
                    return self._reading(told.type, told, None)
        return None

    def _same(self, clause: Clause, last: Happening) -> Reading | None:
        """Read "more are expected", "thousands of men remain", "some are still there"."""
        if (stays := self._stays(clause)) is not None:
            return self._reading("Deployment", stays, None)
        if not self._is_elliptical(clause) or not last.klass:
            return None
        gone = last.klass == "persons" and is_gone(self.parse, clause)
        there = clause.verb.lemma != "be" or is_there(self.parse, clause, self.lexicon)
        if not gone and not (there and self._leads_on(clause)):
            return None
        words = self.parse.lows[slice(*clause.right)]
        if clause.verb.lemma == "be" and is_there_to_teach(words):
            force = self.memory.latest(FORCES, "persons")
            return self._reading("Training", force or last, None)
        if self.parse.lows[slice(*clause.subject)] == ["we"]:
            if words[:1] != ["here"] or last.type not in FORCES:
                return None
            kind = "Training" if is_there_to_teach(words) else "Deployment"
            return self._reading(kind, last, None)
        kind = "Deployment" if last.type == "Combat" else last.type
        if last.klass == "goods" and (who := self._persons_of(clause)) is not None:
            last = replace(last, items=tuple(who.items), klass="persons")
            kind = "Deployment"  # "Soldiers may follow", behind arms
        kind = kind_come_for(self.parse, clause, self.lexicon, kind)
        reading = self._reading(kind, last, self._counted(clause))
        return replace(reading, places=self.reader.sides.new.named(self.parse, clause.right))

    def _stays(self, clause: Clause) -> Happening | None:
        """Return which force stays of whose a state says so: "Pretoria insists it will stay"."""
        it = self.parse.lows[slice(*clause.subject)] == ["it"]
        if not it or self.sitting.statement_of(clause) is None:
            return None
        whose = self.memory.side_of(self.memory.itself or self.memory.state)
        told = self.memory.with_from(FORCES, (whose,)) if whose else None
        stays = clause.verb.lemma in ("stay", "remain") and self._leads_on(clause)
        return told if stays and told is not None and told.from_ != told.to else None

    def _persons_of(self, clause: Clause) -> Mention | None:
        """Return the noun for a force that is the subject, if there is one."""
        for mention in self.parse.mentions_in(*clause.subject):
            if mention.items and self.reader.gazetteer.item_class(mention.items[0]) == "persons":
                return mention
        return None

    def _is_elliptical(self, clause: Clause) -> bool:
        """Whether a subject only takes up those told of: "more", "the men", "a further 200"."""
        first, last = clause.subject
        words = self.parse.lows[first:last]
        parted = next((at for at, word in enumerate(words) if word in _PARTED), len(words))
        words = words[:parted]  # "foreigners in uniform"
        last = first + parted
        if not words or len(words) > _SHORT:
            return False
        if any(
            m.nation or m.kind not in ("item", "pronoun", "definite", "collective")
            for m in self.parse.mentions_in(first, last)
        ):
            return False
        if words[-1] in _RANKS and not clause.verb.passive:
            return False  # "the third came" may be anything
        known = self.lexicon["taking-up"]
        heads = self.lexicon["taking-up-heads"]
        counted = self.parse.counted
        return (
            not heads.isdisjoint(words[-1:])
            and all(
                word in known or word in heads or first + at in counted
                for at, word in enumerate(words)
            )
        ) or (first + len(words) - 1 in counted and words[0] in known)

    def _leads_on(self, clause: Clause) -> bool:
        """Whether a verb says nothing else: no object stands behind it, but when or where."""
        first, last = clause.right
        word = self.parse.lows[first] if first < last else ","
        plain = not word[0].isalnum() or first in self.parse.date_at
        return plain or word in self.lexicon["adverbs"] or word in self.lexicon["leading-on"]

    def _people(self, clause: Clause) -> Reading | None:
        """Read "800 members of allied factions were flown to Chad": persons that are no item."""
        first, last = clause.subject
        words = self.parse.lows[first:last]
        if self.lexicon["persons-otherwise"].isdisjoint(words):
            return self._left_behind(clause)
        goals = self.reader.sides.of(self.parse, self._goals(clause))
        owner = self.reader.sides.of(self.parse, self._owners(clause))[:1]
        before = self.memory.latest(FORCES)
        from_ = owner or (before.from_ if before is not None and before.to == goals else ())
        armed = bool(from_) or not self.lexicon["armed-otherwise"].isdisjoint(words)
        if not goals or not armed or set(goals) & set(from_):
            return None
        place = Happening("Deployment", from_, goals[:1], ("personnel",), "persons")
        return self._reading("Deployment", place, self._counted(clause))

    def _others(self, clause: Clause, last: Happening | None) -> Reading | None:
        """Read "recruited others", "is flying “tourists” to Iraq": persons that no item names."""
        first, end = clause.right
        words = self.parse.lows[first:end]
        quoted = words[:1] in (["“"], ['"']) and words[2:3] in (["”"], ['"'])
        quoted = quoted and words[1].endswith("s")
        again = words[:1] in (["others"], ["more"]) and not self._things_behind(clause)
        if not quoted and not (again and last is not None and last.klass):
            return None
        sides = self.reader.sides.of_subject(self.parse, clause)[:1]
        goal = self.reader.sides.of(self.parse, self._goals(clause))[:1]
        if not sides or sides == goal or (quoted and not goal):
            return None
        to = goal or (last.to if last is not None and sides[0] not in last.to else ())
        items: Sides = ("personnel",)
        klass = "persons"
        if again and last is not None:
            items, klass = last.items, last.klass
        if clause.verb.lemma in self.lexicon["taking-others"]:
            klass = "persons"
        kind = "Deployment" if klass == "persons" else "Shipment"
        return self._reading(kind, Happening(kind, sides, to, items, klass), None)

    def _things_behind(self, clause: Clause) -> bool:
        """Whether "more" is more of something: "sent more tanks"."""
        at = clause.verb.last + 1
        return any(m.items and m.first <= at for m in self.parse.mentions_in(*clause.right))

    def _load(self, clause: Clause) -> Reading | None:
        """Read "three cargoes have reached the country": what carries goods has come."""
        first, end = clause.subject
        lows, lexicon = self.parse.lows, self.lexicon
        carries = lexicon["carriers"] | lexicon["loads"]
        if carries.isdisjoint(lows[first:end]) or clause.verb.lemma not in lexicon["landing"]:
            return None
        behind = self.parse.mentions_in(*clause.right)
        goals = [m for m in behind if lows[m.first - 1] not in ("from", "by")]
        to = self.reader.sides.of(self.parse, goals)[:1]
        origin = [m for m in behind if lows[m.first - 1] == "from"]
        last = self.memory.latest(("Shipment",)) or self.memory.latest(MOVING)
        from_ = self.reader.sides.of(self.parse, origin)[:1]
        from_ = from_ or (last.from_ if last is not None else ())
        to = to or (last.to if last is not None else ())
        counted = self._counted(clause)
        if not to or (not from_ and counted is None) or {*to} & {*from_}:
            return None
        items = last.items if last is not None and last.type == "Shipment" else ("materiel",)
        told = Happening("Shipment", from_, to, items, "goods")
        return self._reading("Shipment", told, counted)

    def _left_behind(self, clause: Clause) -> Reading | None:
        """Read "where some Turkish troops remain": whose they are is said, where was told."""
        if clause.verb.lemma not in self.lexicon["staying"]:
            return None
        for mention in self.parse.mentions_in(*clause.subject):
            before = self.parse.lows[max(0, mention.first - 3) : mention.first]
            if clause.verb.lemma == "live" and not {"a", "an"}.isdisjoint(before):
                return None  # one officer who lives there is no force
            owner = self.reader.resolver.owner(self.parse, mention) if mention.items else None
            if not owner or self.reader.gazetteer.item_class(mention.items[0]) != "persons":
                continue
            last = self.memory.latest(FORCES)
            to = last.to if last is not None and owner not in last.to else self._here(owner)
            told = Happening("Deployment", (owner,), to, tuple(mention.items), "persons")
            return self._reading("Deployment", told, mention.quantity)
        return None

    def _here(self, owner: str) -> Sides:
        """Return the state of which the text speaks, where a force of another is."""
        state = self.memory.top(self.memory.state) if self.memory.state else None
        return (state,) if state and state != owner else ()

    def _goals(self, clause: Clause) -> list[Mention]:
        lows = self.parse.lows
        behind = self.parse.mentions_in(*clause.right)
        return [m for m in behind if m.kind in ("state", "place") and lows[m.first - 1] in _GOALS]

    def _owners(self, clause: Clause) -> list[Mention]:
        """Return whose the persons are: "members of Turkish-backed factions"."""
        subject = self.parse.mentions_in(*clause.subject)
        return [m for m in subject if m.kind in ("demonym", "organization", "state")]

    def _task(self, clause: Clause, last: Happening) -> Reading | None:
        """Read "They are to guard the palace": what a force that has come is there for."""
        persons = last.klass == "persons" and last.type in FORCES
        return (
            self._reading("Deployment", last, None)
            if (persons and self._is_elliptical(clause))
            else None
        )

    def _tended(self, clause: Clause, last: Happening) -> Reading | None:
        """Read "Turkish crews operate them": who is there with the arms that have come."""
        if last.type != "Shipment" or self.parse.lows[slice(*clause.right)][:1] != ["them"]:
            return None
        for mention in self.parse.mentions_in(*clause.subject):
            owner = self.reader.resolver.owner(self.parse, mention) if mention.items else None
            persons = owner and self.reader.gazetteer.item_class(mention.items[0]) == "persons"
            if owner and persons and last.to and owner not in last.to:
                told = Happening("Deployment", (owner,), last.to, tuple(mention.items), "persons")
                return self._reading("Deployment", told, mention.quantity)
        return None

    def _paid(self, clause: Clause, last: Happening) -> Reading | None:
        """Read "had been promised $1,500 a month to guard oil fields": one of those who went."""
        first, end = clause.right
        words = self.parse.lows[first:end]
        pay = not self.lexicon["currency"].isdisjoint(words[:2]) and not _MONTHLY.isdisjoint(words)
        forces = last.type in FORCES and last.klass == "persons"
        if not clause.verb.passive or not pay or not forces:
            return None
        return self._reading("Deployment", last, None)

    def _as_what(self, clause: Clause, last: Happening) -> Reading | None:
        """Read "described them as trainers": those told of are something."""
        first, end = clause.right
        words = self.parse.lows[first:end]
        if last.klass != "persons" or _THEM.isdisjoint(words[:1]) or words[1:2] != ["as"]:
            return None
        gazetteer = self.reader.gazetteer
        items = [i for m in self.parse.mentions_in(first, end) for i in m.items]
        if not items or gazetteer.item_class(items[0]) != "persons":
            return None
        kind = "Training" if gazetteer.is_kind_of(items[0], "instructor") else "Deployment"
        return self._reading(kind, replace(last, items=tuple(items[:1])), None)

    def _whose(self, clause: Clause, last: Happening) -> Reading | None:
        """Read "They were Chadian regulars": whose they are of whom was told."""
        first, end = clause.right
        words = self.parse.lows[slice(*clause.subject)]
        named = self.parse.mentions_in(first, min(end, first + _OWNED))
        persons = [m for m in named if m.items and m.kind == "item"]
        if words not in (["they"], ["these"], ["those"]) or len(persons) != 1:
            return None
        owner = self.reader.resolver.owner(self.parse, persons[0])
        klass = self.reader.gazetteer.item_class(persons[0].items[0])
        near = last.type in FORCES and last.klass == "persons"
        if not owner or klass != "persons" or not near or clause.verb.negated:
            return None
        to = tuple(side for side in last.to if side != owner)
        told = Happening("Deployment", (owner,), to, tuple(persons[0].items), "persons")
        return self._reading("Deployment", told, persons[0].quantity)

    def _guess(self, clause: Clause, last: Happening) -> Reading | None:
        """Read "a general thinks it is four": a figure of what was told of."""
        words = self.parse.lows[slice(*clause.subject)]
        if (whose := self._whose(clause, last)) is not None:
            return whose
        if words not in (["it"], ["they"]) or clause.opener not in self._guessers():
            return None
        figure = bare_figure(self.parse, clause)
        return self._reading(last.type, last, figure) if figure is not None else None

    def _estimate(self, clause: Clause, last: Happening) -> Reading | None:
        """Read "put that advance party at around twenty": how many came."""
        first, end = clause.right
        lows = self.parse.lows
        for index, quantity in enumerate(self.parse.quantities):
            near = lows[max(first, quantity.first - 2) : quantity.first + 1]
            if first < quantity.first < end and "at" in near:
                named = [m for m in self.parse.mentions_in(first, quantity.first) if m.items]
                kinds = {self.reader.gazetteer.item_class(m.items[0]) for m in named}
                whole = all(m.first <= first + 2 for m in named)  # not "the age of the tanks"
                if whole and kinds <= {last.klass}:
                    return self._reading(last.type, last, index)
        return None

    def _guessers(self) -> list[str]:
        """Return the words behind which a guess stands: "that", and the verbs of guessing."""
        heads = [c.verb.head for c in self.clauses if c.verb.lemma in _PUTTING]
        return ["that", *(self.parse.lows[head] for head in heads)]

    def _counted(self, clause: Clause) -> int | None:
        first, last = clause.subject
        figures = enumerate(self.parse.quantities)
        return next((i for i, q in figures if first <= q.first and q.last <= last), None)

    def _reading(self, kind: str, last: Happening, quantity: int | None) -> Reading:
        frame: Frame = replace(self.lexicon.frames["count"][0][1], name=NAME)
        return of_the_same(frame, kind, last, quantity)
