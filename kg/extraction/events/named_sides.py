"""The sides of forces and goods on their way that the clause itself names."""

from __future__ import annotations

from kg.extraction.document.memory import FORCES, MOVING, Sides
from kg.extraction.events.carriers import flag_of_planes, home_of_carriers
from kg.extraction.events.goals import (
    HOMEWARD,
    from_behind,
    group_given,
    is_end,
    is_next_in_list,
    is_they,
    is_unknown_goal,
)
from kg.extraction.events.training_needs import told_by_place
from kg.extraction.names.mentions import NATION, Mention
from kg.extraction.situations.asides import takes_nothing
from kg.extraction.situations.roles import slots
from kg.extraction.situations.sides import SideFinder
from kg.extraction.situations.situation import Situation
from kg.extraction.words.lexicon import Frame, Lexicon

_SERVING = frozenset(("fight", "serve"))
_TRAINING = frozenset(
    (
        "train",
        "exercise-together",
        "drill-part",
        "give-training",
        "study",
        "teach-whom",
        "learn",
        "be-at-school",
        "learn-abroad",
        "give-course",
        "put-through",
        "turn-out",
        "drill-noun",
        "run-school",
        "room-for",
    )
)
_CREWS = frozenset(("crew", "crews", "pilots", "operators", "mechanics", "gunners", "crewmen"))
# What a state supplies goods under, and how near behind its name.
_SCHEMES = frozenset(("initiative", "programme", "program", "scheme", "package", "plan", "project"))
_LONG = 4
_SCHOOLS = frozenset(("mission", "school", "centre", "center", "programme", "program", "academy"))
_TEACHING = frozenset(("train", "teach", "instruct", "school", "coach"))
_TAUGHT = frozenset(("receive", "get", "undergo", "take"))
_RECEIVING = ("receive", "take-on")
_FIGHTING_FOR = frozenset(("fight", "recruit"))
_CARRYING = frozenset(("carry", "ferry", "transport"))
_OURS = frozenset(("our", "us"))
_OWNING = frozenset(("its", "their", "his", "her"))
# What leads to where things only pass on their way to somebody: "across Syria to Hezbollah".
_CROSSED = ("across", "through", "into", "via")
_ALONGSIDE = ("alongside", "beside", "with", "near")
_BESIDE = ("for", "with", "alongside", "in")
# In a land they fight, in an army they serve.
_LAND = ("state", "place")
# Verbs of going over a border: the state behind it is where they are, wherever they were before.
_ENTERING = frozenset(("cross", "enter", "invade", "stray", "spill", "push"))


class NamedSides:
    """Finds whose force or goods a clause tells of, and where they go."""

    def __init__(self, lexicon: Lexicon, sides: SideFinder) -> None:
        """Take the words, and what finds sides, with the memory of the document."""
        self.lexicon, self.sides = lexicon, sides
        self.memory = sides.memory

    def of(self, one: Situation, frame: Frame, type_: str) -> tuple[Sides, Sides]:
        """Return the sides that the clause itself names."""
        if frame.name in _RECEIVING:
            return self._received(one)
        if frame.name in _TRAINING:
            return told_by_place(one) or self._trained(one)
        theme = one.theme
        parts, owner = one.parts.parts, theme.owner
        if frame.name in HOMEWARD and (behind := from_behind(one)):
            owner = theme.owner = None
            parts["to"] += [behind] if behind.kind != "unknown" else []
        agents = self._agents(one, frame)
        own = (*self._joint_owners(one), owner) if owner else ()
        carried = one.clause.verb.lemma in _CARRYING and theme.klass == "persons"
        # Who carries "men of Chad's guard" need not be who sends them.
        owns = frame.subject == "theme" or (carried and not self._gathers(one, agents))
        owns = owns or self._is_carrier(one, agents)
        from_ = (own or agents) if owns else (agents or own)
        from_ = from_ or self._holders(one, frame)
        if frame.name in HOMEWARD and not theme.mentions and is_they(one):
            from_ = self._those_there() or from_
        if frame.name == "count" and not owner:
            whose = [m for m in parts["theme"] if m.kind != "item" and not is_end(one, m)]
            from_ = self.sides.of(one.parse, whose) or from_
        if frame.event == "Combat" and not from_:
            from_ = self.sides.of(one.parse, parts["theme"])
            if not from_ and one.subject_elsewhere:
                before = self._those_who_fought(one)
                from_ = before or self.sides.of_subject(one.parse, one.clause)
        to = self._to(one, type_)
        hosts = frame.subject == "to" and not one.clause.verb.passive
        if not to and hosts and one.subject_elsewhere:
            to = self.sides.of_subject(one.parse, one.clause)  # "denies that it let them in"
        fights = frame.event == "Combat" or frame.name in _FIGHTING_FOR
        if fights and (not to or frame.name == "recruit"):
            to = self._fought_for(one, from_) or to or self._beside_them(one, from_)
        return from_, to

    def _beside_them(self, one: Situation, from_: Sides) -> Sides:
        """Return whose force was told of last, beside which others fight: "alongside them"."""
        named = [m for key in _ALONGSIDE for m in one.parts.slots.get(key, ())]
        them = any(m.kind == "pronoun" and one.parse.lows[m.first] == "them" for m in named)
        _, force = self.memory.force or (-1, "")
        return (force,) if them and force and force not in from_ else ()

    def _joint_owners(self, one: Situation) -> Sides:
        """Return who else the force or goods are of: "French and German soldiers"."""
        joint = (other for m in one.theme.mentions[:1] for other in m.joint)
        return self.sides.of(one.parse, joint)

    def _under_whose(self, one: Situation) -> Sides:
        """Return whose the programme is in "shells bought under the Czech initiative"."""
        lows = one.parse.lows
        for mention in one.parse.mentions if "under" in one.parse.words_used else ():
            behind = lows[mention.last : mention.last + _LONG]
            before = lows[max(0, mention.first - 2) : mention.first]
            if mention.kind in NATION and "under" in before and not _SCHEMES.isdisjoint(behind):
                return self.sides.of(one.parse, [mention])
        return ()

    def _is_carrier(self, one: Situation, agents: Sides) -> bool:
        """Whether a company only flies for a state: "Sky Air made nine flights from Chad"."""
        company = all(self.sides.gazetteer.type_of(side) == "Company" for side in agents)
        return company and bool(agents) and "planeload" in one.theme.items

    def _gathers(self, one: Situation, agents: Sides) -> bool:
        """Whether a state carries those whom it has found elsewhere: "men from Mali"."""
        nations = (m.nation for m in one.theme.mentions if m.nation is not None)
        behind = any(one.parse.lows[nation.first - 1] == "from" for nation in nations)
        return behind and any(self.sides.gazetteer.type_of(side) == "State" for side in agents)

    def _agents(self, one: Situation, frame: Frame) -> Sides:
        """Return who sends: the subject or who stands behind "from" or "by"."""
        named = one.parts.parts["from"]
        if self._carries(one):
            left = one.parts.slots.get("", ()) if frame.name == "leave-for" else ()
            named = [*one.parts.slots.get("from", ()), *home_of_carriers(one)]
            named += [m for m in left if m.kind == "state"]  # "a train left Chad for Mali"
        if frame.name in ("go-home", "flights") or self._carries(one):
            named = [m for m in named if m.kind != "unknown"]  # a town, not who sends
        agents = self.sides.of(one.parse, named) or self._under_whose(one)
        if not agents and frame.subject == "from" and one.theme.klass == "goods":
            agents = self.sides.of(one.parse, flag_of_planes(one))
        if agents or frame.subject != "from":
            return agents
        if frame.name == "package" and (owner := self._of_pronoun(named)):
            return (owner,)  # "its tenth package, which includes two tanks"
        agents = self.sides.of(one.parse, self._seats(one)) or self._just_told(one)
        if not agents and self._has_agent_elsewhere(one):
            agents = self.sides.of_subject(one.parse, one.clause)
        return agents

    def _just_told(self, one: Situation) -> Sides:
        """Return whose "they" are who bring things: "Two planes landed. They carried rifles"."""
        last = self.memory.latest(MOVING)
        near = last is not None and last.paragraph == self.memory.paragraph
        return last.from_ if last is not None and near and is_they(one) else ()

    def _those_who_fought(self, one: Situation) -> Sides:
        """Return whose force has just been told of: "They also shot down a drone"."""
        last = self.memory.latest(FORCES)
        near = last is not None and last.paragraph == self.memory.paragraph
        if last is None or not near or not is_they(one):
            return ()
        return last.from_ if last.type == "Combat" or last.klass == "persons" else ()

    def _those_there(self) -> Sides:
        """Return whose force was told of last: "they would withdraw"."""
        last = self.memory.latest(FORCES)
        return last.from_ if last is not None else ()

    def _fought_for(self, one: Situation, from_: Sides) -> Sides:
        """Return for whom they fought who were killed "while serving with the Russian army"."""
        for group in one.parse.verbs:
            if (
                group.form in ("gerund", "infinitive")
                and group.lemma in _SERVING
                and group.first > one.clause.verb.first
            ):
                found = slots(one.parse, group.last, len(one.parse.lows), self.lexicon)
                helped = [m for key in _BESIDE for m in found.get(key, ())]
                helped = [m for m in helped if m not in found.get("in", ()) or m.kind not in _LAND]
                return tuple(s for s in self.sides.of(one.parse, helped) if s not in from_)[:1]
        return ()

    def _holders(self, one: Situation, frame: Frame) -> Sides:
        """Return who has or leads away what: "Ethiopia has 400 soldiers in Somalia"."""
        has = one.clause.verb.lemma == "have" or not one.theme.mentions
        if frame.subject != "theme" or not has:
            return ()
        if one.clause.verb.form == "gerund" and one.clause.verb.lemma == "have":
            return self.sides.of_subject(one.parse, one.clause)  # "denies having a fighter there"
        holders = one.parse.mentions_in(*one.clause.subject)
        first, last = one.clause.subject
        words = one.parse.lows[first:last]
        if words == ["we"] and self.memory.we:
            return (self.memory.we,)
        if not holders and not {"it", "they"}.isdisjoint(words[:1] + words[-1:]):
            state = self.memory.side_of(self.memory.state) if "it" in words else None
            itself = self.memory.itself or state
            if itself:
                return (itself,)
        return self.sides.of(one.parse, [m for m in holders if m in one.parts.parts["theme"]])

    def _seats(self, one: Situation) -> list[Mention]:
        """Return where an unknown body that acts has its seat: "the committee in Warsaw"."""
        passive = one.clause.verb.passive
        others = one.parts.parts["subject-other"] if not passive else []
        return [m for m in others if m.kind == "state" and one.parse.lows[m.first - 1] == "in"]

    def _has_agent_elsewhere(self, one: Situation) -> bool:
        return one.subject_elsewhere and not one.clause.verb.passive

    def _carries(self, one: Situation) -> bool:
        """Whether the subject only carries: a ship's flag does not say whose the troops are."""
        words = one.parse.lows[slice(*one.clause.subject)]
        return not one.clause.verb.passive and not self.lexicon["carriers"].isdisjoint(words)

    def _to(self, one: Situation, type_: str) -> Sides:
        """Return whom it goes to, if a slot or an object names it."""
        parts, theme = one.parts.parts, one.theme
        mentions = list(parts["to"])
        second = parts["second"]
        if type_ in FORCES or one.frame.name == "flights":  # "to Harar Meda" is to a town
            mentions = [m for m in mentions if not is_unknown_goal(one, m)]
            second = [m for m in second if not is_unknown_goal(one, m)]
        if type_ == "Shipment":
            mentions += [m for m in parts["theme"] if m.kind != "item" and m not in theme.mentions]
        mentions = [m for m in mentions if not is_next_in_list(one, m)]
        mentions = [m for m in mentions if not takes_nothing(one.parse, m)]
        to = self._first_named(one, mentions) or self.sides.of(one.parse, group_given(one))
        if not to and type_ in FORCES and (theme.owner or one.has_sides("from")):
            owning = [other for m in theme.mentions for other in m.joint]
            lands = [m for m in parts["theme"] if m.kind in ("state", "place")]
            captors = one.parts.slots.get("by", ()) if one.clause.verb.passive else ()
            lands = [m for m in lands if m not in owning and m not in captors]
            lands = [m for m in lands if not is_next_in_list(one, m)]
            to = self.sides.of(one.parse, lands)
        if not to and type_ in FORCES and one.clause.verb.lemma in _ENTERING:
            into = [m for key in ("", "into") for m in one.parts.slots.get(key, ())]
            to = self.sides.of(one.parse, [m for m in into if m.kind == "state"])
        if not to and type_ == "Shipment":
            # "nothing has reached Hezbollah"
            groups = [m for m in parts["place"] if m.kind == "organization"]
            groups = [m for m in groups if not takes_nothing(one.parse, m)]
            group = self.sides.group_in(one.parse, parts["place"])
            to = self.sides.of(one.parse, groups) or ((group,) if group else ())
        if not to:
            second = [m for m in second if not is_next_in_list(one, m)]
            to = self.sides.of(one.parse, second)
        if not to and type_ == "Shipment":
            to = self._them(one, mentions) or self._us(one)
            to = to or self.sides.counted(one.parse, one.clause)
            to = to or one.themes.whose.promised_to(one.parse, theme.mentions)
        return tuple(side for side in to if side != theme.owner or type_ == "Shipment")

    def _them(self, one: Situation, mentions: list[Mention]) -> Sides:
        """Return to whom goods go in "Russia has offered them missiles": who got some before."""
        named = [m for m in (*mentions, *one.parts.slots.get("", ())) if m.kind == "pronoun"]
        it = any(one.parse.lows[m.first] == "it" for m in named) and one.theme.mentions
        if it and one.clause.relative and one.clause.parent is not None:
            whom = one.parse.mentions_in(*one.clause.parent.subject)
            return self.sides.of(one.parse, whom)[:1]  # "Chad turned to India, which sold it guns"
        if it and (before := self._subject_before(one)):
            return before
        other = self.memory.before if it and not one.clause.verb.passive else None
        last = self.memory.latest(("Shipment",))
        if other and self.sides.gazetteer.type_of(other) == "State":
            # "Mali is short of guns. Chad has sent it rifles. Togo has sold it jets."
            gave = last is not None and last.from_ == (other,)
            return last.to if gave and last is not None else (other,)
        them = any(one.parse.lows[m.first] == "them" for m in named) and one.theme.mentions
        return last.to if last is not None and them else ()

    def _subject_before(self, one: Situation) -> Sides:
        """Return who "it" is in "Chad bought jets from India, and Iran supplies it with drones"."""
        clause = one.clause
        if clause.shared and clause.parent is not None:
            clause = clause.parent  # "goes on supplying it"
        outer, start = clause.parent, clause.start
        if outer is None or outer.verb.form != "finite" or outer.conditional:
            return ()
        joined = one.parse.lows[start - 1 : start] in (["and"], ["but"], ["while"])
        named = [m for m in one.parse.mentions_in(*outer.subject) if m.kind == "state"]
        giver = self.sides.of(one.parse, one.parts.parts["from"])
        sides = self.sides.of(one.parse, named[:1]) if joined else ()
        return tuple(side for side in sides if side not in giver)

    def _us(self, one: Situation) -> Sides:
        """Return for whom things are in "20 jets for our carrier": those of who speaks."""
        we = self.memory.we
        ours = not _OURS.isdisjoint(one.parse.lows[slice(*one.clause.right)])
        state = self.sides.gazetteer.type_of(we or "") == "State"
        return (we,) if ours and we is not None and state else ()

    def _first_named(self, one: Situation, mentions: list[Mention]) -> Sides:
        """Return the sides of the first slot that names any: the nearest to the verb."""
        slots = one.parts.slots
        crossed = _CROSSED if "to" in slots and self.sides.of(one.parse, slots["to"]) else ()
        named = [slot for key, slot in slots.items() if key not in crossed]
        if for_whom := one.parts.slots.get("for"):
            named.insert(0, [m for m in for_whom if m.kind == "organization"])
        for slot in named:
            if sides := self.sides.of(one.parse, [m for m in slot if m in mentions]):
                return sides
        return self.sides.of(one.parse, mentions)

    def _received(self, one: Situation) -> tuple[Sides, Sides]:
        parts, owner = one.parts.parts, one.theme.owner
        to = self.sides.of(one.parse, parts["to"])
        if not to and one.subject_elsewhere:
            to = self.sides.of_subject(one.parse, one.clause)
        from_ = self.sides.of(one.parse, parts["from"])
        if to and not from_ and one.clause.verb.lemma == "bring" and self._carries(one):
            # "planes of the French air force have been bringing in rifles"
            whom = [m for key in ("to", "for") for m in one.parts.slots.get(key, ())]
            return to, self.sides.of(one.parse, whom)
        return from_ or ((owner,) if owner and owner not in to else ()), to

    def _of_pronoun(self, mentions: list[Mention]) -> str | None:
        """Return whose "its instructors" or "its tenth package" is."""
        pronouns = [m.owner for m in mentions if m.owner in _OWNING]
        return self.sides.of_whom(pronouns[0]) if pronouns else None

    def _trained(self, one: Situation) -> tuple[Sides, Sides]:
        """Return the sides of a training: of trainer and trainee where both are named."""
        parts = one.parts.parts
        trainers = self._crew_of_ship(one) or self._trainers(one)
        trainees = self.sides.of(one.parse, parts["trainee"])
        if not trainers and one.clause.verb.lemma in _TAUGHT:
            trainers = self.sides.of(one.parse, one.parts.slots.get("from", ()))
        if not trainers and is_they(one):
            trainers = self._those_there()  # "instructors landed; they will train the army"
        if trainers and one.frame.name == "give-course" and not trainees:
            return trainers, self._who_came_last(trainers)
        if trainees and not trainers and one.clause.verb.passive:
            return trainees, self._trained_abroad(one, trainees)
        if helped := self._fought_for(one, trainers):
            return trainers, helped  # "is training men in its camps to fight for the rebels"
        if trainers and parts["trainee"] and trainers != trainees:
            return trainers, trainees or self._trained_before(trainers)
        taught = bool(trainees) and not trainers and not one.clause.verb.passive
        if taught and not _teaches_itself(one):
            return self._who_teaches(one, trainees), trainees
        if not trainers and not trainees and (crew := self._crew(one)):
            trainees = crew
        to = self.sides.of(one.parse, parts["to"])
        if not to and trainees and not trainers:
            to = self._trained_abroad(one, trainees)
        return trainers or trainees, to

    def _who_teaches(self, one: Situation, trainees: Sides) -> Sides:
        """Return who teaches whom a clause names: who sets up the mission, or whose force came.

        "Denmark launched a mission that will instruct Kenyan sappers."
        """
        parent = one.clause.parent
        if parent is not None and not _SCHOOLS.isdisjoint(
            one.parse.lows[parent.verb.last : one.clause.verb.first]
        ):
            owners = self.sides.of(one.parse, one.parse.mentions_in(*parent.subject))
            return tuple(side for side in owners if side not in trainees)
        came = self.memory.with_to(("Deployment", "Training"), trainees)
        near = came is not None and came.paragraph >= self.memory.paragraph - 1
        return came.from_ if came is not None and near else ()

    def _trainers(self, one: Situation) -> Sides:
        """Return who trains: as named, by "its instructors", or as the subject further left."""
        trainers = self.sides.of(one.parse, one.parts.parts["trainer"])
        if not trainers and (owner := self._of_pronoun(one.parts.parts["trainer"])):
            trainers = (owner,)  # "Its instructors are teaching Kenyan soldiers"
        if not trainers and one.parse.lows[one.clause.subject[0]] in ("my", "our"):
            ours = self.sides.of_whom("our")  # "My section trained"
            trainers = (ours,) if ours else ()
        elsewhere = one.subject_elsewhere and not one.clause.verb.passive
        if (one.clause.shared or (elsewhere and not is_they(one))) and not trainers:
            trainers = self.sides.of_subject(one.parse, one.clause)
        return trainers

    def _trained_before(self, trainers: Sides) -> Sides:
        """Return whose soldiers those are whom nobody names: of whom trainers were told last."""
        last = self.memory.latest(FORCES)
        return last.from_ if last is not None and trainers[0] in last.to else ()

    def _who_came_last(self, trainers: Sides) -> Sides:
        """Return whose "the first group" is that is taught: of the force told of last."""
        last = self.memory.latest(FORCES)
        return last.from_ if last is not None and not {*last.from_} & {*trainers} else ()

    def whom_they_teach(self, one: Situation) -> Sides:
        """Return whom instructors are sent to teach: "to Benin to train Togolese police"."""
        first, last = one.clause.right
        for group in one.parse.verbs:
            teaches = group.form == "infinitive" and group.lemma in _TEACHING
            if teaches and first < group.first < last:
                taught = one.parse.mentions_in(group.last, last)[:2]
                return self.sides.of(one.parse, [m for m in taught if m.kind == "item"])
        return ()

    def _crew(self, one: Situation) -> Sides:
        """Return whose "the crew" is: of whoever gets the arms just told of."""
        words = one.parse.lows[slice(*one.clause.subject)]
        last = self.memory.latest(MOVING)
        told = last is not None and (last.type, last.paragraph) == (
            "Shipment",
            self.memory.paragraph,
        )
        the = words[:1] in (["the"], ["its"], ["their"]) and not _CREWS.isdisjoint(words[:3])
        return last.to if last is not None and told and the else ()

    def _crew_of_ship(self, one: Situation) -> Sides:
        """Return whose "its crew" is of the warship of which the text has just told."""
        told_in, owner = self.memory.hull
        words = one.parse.lows[slice(*one.clause.subject)]
        crew = words[-1:] != [] and words[-1] in _CREWS and len(words) > 1
        whose = crew and words[-2] in ("the", "its")
        return (owner,) if whose and told_in >= one.parse.paragraph - 1 else ()

    def _trained_abroad(self, one: Situation, trainees: Sides) -> Sides:
        """Return the state to which they go to be trained: "in Denmark", "at a Russian base"."""
        states = self.sides.states_of(self.sides.places(one.parse, one.parts, []))
        named = [m for m in one.parts.parts["place"] if m.kind != "unknown"]
        states = states or self.sides.of(one.parse, named)
        return tuple(state for state in states if state not in trainees)[:1]


def _teaches_itself(one: Situation) -> bool:
    """Whether nothing stands behind the verb whom somebody else could teach."""
    taught = one.parts.parts["trainee"]
    return not any(m in taught for m in one.parts.slots.get("", ()))
