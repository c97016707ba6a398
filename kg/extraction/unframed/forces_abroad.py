"""Forces of one state that do something in another, by a verb that no frame reads."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.document.memory import FORCES, Happening, Sides
from kg.extraction.document.readings import Reading, of_the_same
from kg.extraction.events.purposes import hold_drills
from kg.extraction.events.sitting import Part
from kg.extraction.grammar.clause import Clause
from kg.extraction.names.mentions import NATION, Mention
from kg.extraction.words.lexicon import Frame
from kg.extraction.words.persons import ANYBODY, FORCE_ITEMS

# The rule of such a claim, as a draft gives it.
NAME = "abroad"
_FRAME = Frame(NAME, "Deployment", "theme", "place", {}, ())
_FORCE = FORCE_ITEMS | {"personnel"}
# What stands for a force of which the text has told.
_HEADS = frozenset(
    (
        *("they", "men", "troops", "soldiers", "fighters", "mercenaries", "contingent", "force"),
        *("unit", "group", "team", "battalion", "detachment", "instructors", "advisers", "police"),
        *("peacekeepers", "servicemen", "personnel", "recruits", "volunteers", "officers"),
        *("newcomers", "deployment", "reinforcements", "commandos", "most", "some", "others"),
    )
)
_TAKING_UP = frozenset(("they", "the", "these", "those", "most", "some", "all", "many"))
_SHORT = 4
_NAMED = (*NATION, "place", "collective", "organization")
_ARMIES = ("ArmedForce", "ArmedUnit")
_ITEMS = ("personnel",)
# What may be is no presence: "could face hardships".
_OPEN = frozenset(("possible", "requested"))
# What soldiers and policemen do wherever they are, and is no matter of their being there.
_ELSEWISE = frozenset(
    (
        *("take", "seize", "arrest", "detain", "win", "play", "get", "receive", "buy", "sell"),
        *("want", "hope", "fear", "expect", "need", "lose", "fail", "beat", "defeat", "like"),
        *("have", "make", "become", "mean", "deserve", "owe", "cost", "face", "confiscate"),
        *(
            "hand",
            "free",
            "release",
            "return",
            "include",
            "comprise",
            "number",
            "total",
            "contain",
            "consist",
            "agree",
            "refuse",
        ),
    )
)
# What hosts do who want a force.
_ASKING = frozenset(("request", "invite", "ask", "approve", "authorise", "authorize", "summon"))
_UP = frozenset(("over", "up", "charge", "turns"))
_TEACHING = frozenset(("train", "teach", "instruct", "mentor", "coach", "drill"))
# So many paragraphs on, a force is still where it was told to be.
_NEAR = 4
_LEADERS = frozenset(("general", "commander", "admiral", "chief", "colonel", "officer", "captain"))


class ForcesAbroad(Part):
    """Reads clauses of which it is only known that a force of one state is told of elsewhere."""

    def clauses_of_forces(self) -> list[Clause]:
        """Return the clauses whose subject is a force of a state, and which may tell of it."""
        tells = (c for c in self.clauses if self._may_tell(c))
        return [c for c in tells if self._force(c) is not None or self._meant(c) is not None]

    def read(self, clause: Clause) -> Reading | None:
        """Return where the force is that is the subject of a clause, None if that is not told."""
        if (told := self._meant(clause)) is not None:
            return self._reading(clause, told, None, [])
        force = self._force(clause)
        owner = self._owner(force) if force is not None else None
        if force is None or not owner:
            return None
        owner = self.memory.top(owner)
        to = self._host(clause, owner)
        if not to:
            return None
        places = [p for p in self._places(clause) if p not in (owner,)]
        told = Happening("Deployment", (owner,), to, tuple(force.items) or _ITEMS, "persons")
        return self._reading(clause, told, force.quantity, places)

    def _reading(
        self, clause: Clause, told: Happening, figure: int | None, places: list[str]
    ) -> Reading:
        """Return what a force does between two sides: it teaches, or is only there."""
        drills = hold_drills(self.parse, clause, self.lexicon)
        kind = "Training" if drills or clause.verb.lemma in _TEACHING else "Deployment"
        return replace(of_the_same(_FRAME, kind, told, figure), places=places)

    def _meant(self, clause: Clause) -> Happening | None:
        """Return the force told of that is the subject: "the men", "they", "the contingent"."""
        words = self.parse.lows[slice(*clause.subject)]
        if not words or len(words) > _SHORT or words[-1] not in _HEADS:
            return None
        if words[0] not in _TAKING_UP or any(
            m.nation for m in self.parse.mentions_in(*clause.subject)
        ):
            return None
        told = self.memory.latest(FORCES)
        near = told is not None and told.paragraph >= self.parse.paragraph - 1
        return told if near and told is not None and told.klass == "persons" else None

    def _may_tell(self, clause: Clause) -> bool:
        """Whether a verb can tell where a force is: it is finite, and says or asks nothing."""
        verb = clause.verb
        if verb.form != "finite" or clause.conditional:
            return False
        if verb.passive or verb.modality in _OPEN:
            return verb.passive and self._are_asked_for(clause)
        if verb.lemma == "hold" and not self._holds_something(clause):
            return False  # "the drills that Chadian soldiers were to hold in May"
        if verb.lemma in _ELSEWISE and not self._takes_over(clause):
            return False
        otherwise = verb.lemma in self.lexicon["verbs-of-no-force"]
        return verb.lemma in _TEACHING or not otherwise

    def _holds_something(self, clause: Clause) -> bool:
        """Whether what is held follows: a town, a line, exercises."""
        words = self.parse.lows[slice(*clause.right)][:1]
        return words != [] and words[0] not in self.lexicon["prepositions"]

    def _takes_over(self, clause: Clause) -> bool:
        """Whether a force takes a place up: "has taken over the posts", "took up positions"."""
        first, last = clause.right
        return clause.verb.lemma == "take" and not _UP.isdisjoint(self.parse.lows[first:last][:1])

    def _are_asked_for(self, clause: Clause) -> bool:
        """Whether those told of are said to be asked for: "The men had been requested"."""
        asked = clause.verb.lemma.split()[0] in _ASKING
        return asked and self._meant(clause) is not None

    def _force(self, clause: Clause) -> Mention | None:
        """Return the force that is the subject, if it is a state's: "Kenyan officers"."""
        first, last = clause.subject
        if (army := self._army(first, last)) is not None:
            return army
        heads = (m for m in self.parse.mentions_in(first, last) if m.kind == "item" and m.items)
        head = next(heads, None)
        if head is None or head.nation is None or self.parse.lows[head.last - 1] in ANYBODY:
            return None
        between = self.parse.lows[first : min(head.first, head.nation.first)]
        if not self.lexicon["prepositions"].isdisjoint(between) and head.quantity is None:
            return None  # "the commander of Kenya's troops"
        if self.parse.lows[head.last - 1] in _LEADERS:
            return None
        gazetteer = self.reader.gazetteer
        persons = gazetteer.item_class(head.items[0]) == "persons"
        known = not _FORCE.isdisjoint(gazetteer.kinds[head.items[0]])
        return head if persons and known else None

    def _army(self, first: int, last: int) -> Mention | None:
        """Return the army or armed unit of a state that is a subject as a whole."""
        named = self.parse.mentions_in(first, last)
        army = named[-1] if named and named[-1].last == last else None
        kind = army.class_in(self.reader.gazetteer) if army is not None else ""
        known = army is not None and army.kind == "organization" and kind in _ARMIES
        top = self.memory.top(army.actor or "") if army is not None else ""
        known = known and self.reader.gazetteer.type_of(top) == "State"
        begins = army is not None and army.first <= first + 1
        return army if known and begins else None

    def _owner(self, force: Mention) -> str | None:
        """Return whose a force is: "Kenya's soldiers", "the Kenyan army"."""
        if force.kind == "item":
            return self.reader.resolver.owner(self.parse, force)
        return self.reader.resolver.side(self.parse, force)

    def _host(self, clause: Clause, owner: str) -> Sides:
        """Return the state in which they are: as the clause says, else as was told of them."""
        sides = self.reader.sides
        named = [m for m in self._around(clause) if m.kind in _NAMED]
        lands = [self.memory.top(side) for side in sides.of(self.parse, named)]
        lands += sides.states_of([m.place for m in named if m.place])
        is_state = self.reader.gazetteer.type_of
        others = [land for land in lands if land != owner and is_state(land) == "State"]
        if others:
            return (others[0],)
        told = self.memory.with_from(FORCES, (owner,))
        near = told is not None and told.paragraph >= self.parse.paragraph - _NEAR
        return told.to if told is not None and near and owner not in told.to else ()

    def _places(self, clause: Clause) -> list[str]:
        """Return the places that are named, and the states in which something is said to be."""
        lows = self.parse.lows
        spots = [m for m in self._around(clause) if m.kind == "place" or lows[m.first - 1] == "in"]
        return self.reader.sides.places_of(self.parse, spots)

    def _around(self, clause: Clause) -> list[Mention]:
        """Return what is named in a clause, its subject and what follows the verb."""
        return [*self.parse.mentions_in(*clause.subject), *self.parse.mentions_in(*clause.right)]
