"""Clauses that no frame reads, told by the words in them: an analyst wants to see these too.

Frames read what they know, and miss what a text tells in other words. Of an article that has told
of two events, a clause that names forces, arms or dealings between states is drafted all the same,
as the least sure: what type of event it is, its words say (lexicons/unread.yaml); who is meant, the
order of its names, and what was told before.
"""

from __future__ import annotations

from kg.extraction.document.counterparts import counterpart
from kg.extraction.document.found import Found
from kg.extraction.document.memory import MOVING, Happening, Sides
from kg.extraction.document.readings import Reading
from kg.extraction.events.sitting import Sitting
from kg.extraction.grammar.bare_figures import bare_figure
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.early_needs import gives_toll
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import NAMED, Mention
from kg.extraction.unframed.unread_kinds import VERBS, WORDS, UnreadKinds, things
from kg.extraction.words.lexicon import Frame

# The rule of such a claim, as a draft gives it.
UNREAD = "unread"
_ASPECTS = {
    "Training": "personnel-training",
    "Combat": "combat-participation",
    "Shipment": "items-delivered",
}
_MUTUAL = ("Agreement", "Meeting")
_FRAMES = {kind: Frame(UNREAD, kind, "none", "none", {}, ()) for kind in VERBS}
_SPOKEN = Frame(UNREAD, "Measure", "none", "none", {}, (), speech=True)
_SIDED = frozenset((*NAMED, "person", "collective", "place", "pronoun", "item"))
_OUT_OF = frozenset(("from", "by"))
# What forces and arms do where they are; of others these verbs tell of no event.
_STAYING = frozenset(("remain", "appear", "return", "emerge"))
_DATING = frozenset(("after", "before", "since", "until", "when", "once"))
# Arms, raids and sanctions that name nobody are those of the article; people may be anybody.
_WHOSEVER = ("Shipment", "Combat", "Measure")
_PERSONS = frozenset(("he", "she", "i"))
# What these open says of a noun or a place what is known of it: "with which they find targets".
_ASIDES = frozenset(("where", "which", "whose"))
# What is only asked: "wanted to know why the alliance had been called in".
_ASKED = frozenset(("why", "whether", "how"))
# So near behind "ask" stands what somebody is asked about, and what says where something is.
_ABOUT = 4
_WHEREABOUTS = frozenset(("there", "here", "in", "on", "at", "under", "behind", "near", "with"))
_GIVING = frozenset(("provide", "give", "supply", "offer", "share", "furnish"))
_STREET = frozenset(("unrest", "riot", "riots", "demonstrations", "demonstrators", "protesters"))
# So many words behind a demand it is said that proof is wanted.
_PROVING = 10
_FILMS = frozenset(("film", "footage", "images", "photographs", "photos", "pictures", "video"))
_ARTICLES = frozenset(("the", "a", "an"))
# Whoever or whatever these open the subject of has been told of.
_WITHIN = frozenset(("in", "inside", "at", "near"))
# What one gives of those told of stands alone: "will donate any", "has promised some more".
_OF_THOSE = frozenset(("any", "none", "some", "more", "others"))
_ALONE: tuple[list[str], ...] = ([], ["more"], ["for"], ["at"], ["until"], ["yet"], ["itself"])
_TAKING_UP = frozenset(
    (
        *("they", "it", "its", "their", "these", "those", "the", "most", "some", "all", "both"),
        *("none", "he", "she", "such"),
    )
)
_AND = frozenset(("and", "or", ","))
_DECISIONS = frozenset(("decision", "decisions"))


def clauses_left(sitting: Sitting) -> list[Clause]:
    """Return the clauses that tell something, and over which nothing has been drafted."""
    told = [s for s in sitting.statements if s.kind != "accuse" or sitting.found]
    reports = {id(statement.clause) for statement in told}
    left = [c for c in sitting.clauses if id(c) not in reports and not _tells_nothing(sitting, c)]
    return [clause for clause in left if not _is_drafted(sitting, clause)]


def _tells_nothing(sitting: Sitting, clause: Clause) -> bool:
    """Whether a clause has no finite verb of a deed, or only says who somebody is."""
    verb = clause.verb
    if clause.conditional or clause.opener in _DATING or clause.opener in _ASIDES | _ASKED:
        return True
    if verb.form != "finite" or verb.first in sitting.done or _describes(sitting.parse, clause):
        return True
    lemma = verb.lemma.split()[0]
    if _only_judges(sitting, clause) or _is_undecided(sitting, clause):
        return True
    if _only_describes(sitting.parse, clause) or _only_asks(sitting.parse, clause):
        return True
    if gives_toll(sitting.parse, clause):
        return True  # "the rebels put the toll at 84"
    if _gives_no_arms(sitting, clause) or _is_of_unrest(sitting.parse, clause):
        return True
    who = clause.relative or sitting.parse.lows[clause.subject[0]] in _PERSONS
    only_says_who = who and lemma in sitting.lexicon["leading-a-body"]
    if lemma in _STAYING and not verb.passive and things(sitting.parse, clause.subject):
        return only_says_who
    if lemma in sitting.lexicon["measure-verbs"] and _is_of_proof(sitting, clause):
        return True
    filmed = clause.subject[1] > 0 and sitting.parse.lows[clause.subject[1] - 1] in _FILMS
    return only_says_who or filmed or lemma in sitting.lexicon["untelling"]


def _describes(parse: Parse, clause: Clause) -> bool:
    """Whether it is no verb but says of what kind: "missiles and advanced technology"."""
    first, lows = clause.verb.first, parse.lows
    if lows[:1] == ["what"] and clause.verb.lemma == "be":
        return True  # "What they meant was a drone"
    listed = first > 1 and lows[first - 1] in _AND and clause.verb.last - first == 1
    if not listed or (after := parse.mention_at.get(clause.verb.last)) is None:
        return False
    before = any(m.last == first - 1 and m.kind == "item" for m in parse.mentions)
    return before and after.kind == "item"


def _only_describes(parse: Parse, clause: Clause) -> bool:
    """Whether it says what somebody is, or how: "the partnership is old", "was an occupier"."""
    verb = clause.verb
    if verb.lemma != "be" or verb.passive or verb.negated:
        return False
    first, last = clause.right
    words = parse.lows[first:last]
    if words[:1] in (["a"], ["an"], ["part"]) and first not in parse.counted:
        return True
    named = parse.mentions_in(first, last) or any(first <= q.first < last for q in parse.quantities)
    return not named and not any(word in _WHEREABOUTS for word in words)


def _gives_no_arms(sitting: Sitting, clause: Clause) -> bool:
    """Whether it is no arms that are given: "provided the rebels with information"."""
    words = sitting.parse.lows[slice(*clause.right)]
    gives = clause.verb.lemma.split()[0] in _GIVING and not sitting.lexicon["no-goods"].isdisjoint(
        words
    )
    race = any(words[at : at + 2] == ["arms", "race"] for at in range(len(words)))
    return gives or race


def _is_of_unrest(parse: Parse, clause: Clause) -> bool:
    """Whether people in the street are told of: "The unrest began with protests over fuel"."""
    return not _STREET.isdisjoint(parse.lows[slice(*clause.subject)])


def _only_asks(parse: Parse, clause: Clause) -> bool:
    """Whether somebody is asked what he knows: "was asked about the batteries", "Whether it"."""
    lemma = clause.verb.lemma.split()[0]
    about = "about" in parse.lows[clause.verb.last : clause.verb.last + _ABOUT]
    return (lemma == "ask" and about) or parse.lows[clause.subject[0]] in _ASKED


def _only_judges(sitting: Sitting, clause: Clause) -> bool:
    """Whether it says what will come of it: "such arms would only lengthen the war"."""
    verb, lows = clause.verb, sitting.parse.lows
    behind = [low for low in lows[slice(*clause.right)] if low[0].isalpha()]
    if len(behind) == 1 and behind[0] in sitting.lexicon["concern"]:
        return True  # "voiced concern", of nothing and to nobody
    arms = [m for m in things(sitting.parse, clause.subject) if m.items]
    klass = sitting.reader.gazetteer.item_class
    would = "would" in lows[verb.first : verb.head] and not verb.passive
    if would and arms and all(klass(m.items[0]) == "goods" for m in arms):
        hits = sitting.lexicon["arms-hit"] | sitting.lexicon["craft-arrive"]
        if verb.lemma.split()[0] not in hits:
            return True  # "the missiles would restrain hotheads"
    foretells = verb.modality != "actual" or verb.first < verb.head
    return foretells and "only" in lows[verb.first : verb.head]


def _is_undecided(sitting: Sitting, clause: Clause) -> bool:
    """Whether nothing has been decided yet: "No decision on a waiver has been taken"."""
    words = sitting.parse.lows[slice(*clause.subject)]
    return not _DECISIONS.isdisjoint(words) and (clause.verb.negated or words[:1] == ["no"])


def _is_of_proof(sitting: Sitting, clause: Clause) -> bool:
    """Whether it is proof that is asked for: "demanded that they produce proof"."""
    behind = sitting.parse.lows[clause.verb.last :][:_PROVING]
    return not sitting.lexicon["proof"].isdisjoint(behind)


def _is_drafted(sitting: Sitting, clause: Clause) -> bool:
    """Whether a claim has been drafted over the verb of a clause."""
    at = clause.verb.first
    return any(found.first <= at < found.last for found in sitting.found)


class Unread(UnreadKinds):
    """Reads clauses of which no more is known than the words in them."""

    def _is_told(self, clause: Clause, kind: str) -> bool:
        """Whether a claim of the same type stands in a clause, or right beside: "began to send"."""
        first, last = self.sitting.span(clause)
        near = (f for f in self.found if f.first <= last + 1 and first <= f.last + 1)
        return any(found.reading.type == kind for found in near)

    def read(self, clause: Clause) -> Reading | None:
        """Return what the words of a clause tell, None if they tell of no event or nobody."""
        kind = self.kind(clause)
        more = kind is None
        kind = kind or self.as_before(clause)
        if kind is None or self._is_told(clause, kind):
            return None
        from_, to = self._named(clause, kind)
        if not from_ and not to and not self._takes_up(clause, kind):
            return None
        if kind == "Deployment" and from_ and not to and self._keeps_its_own(clause):
            return None
        from_, to = self._completed(kind, from_, to)
        if (more or self._is_of_those(clause)) and from_ and not to:
            to = self._where_others_went(kind, from_)
        if kind == "Measure" and from_ and not to:
            to = counterpart(self.parse, clause, from_, self.memory)
        if kind in _MUTUAL and len(from_) < 2 and not self._is_body(from_):
            return None
        return self._reading(clause, kind, from_, to) if from_ or to else None

    def _is_body(self, sides: Sides) -> bool:
        """Whether states agree within their union: "The bloc agreed on its own mission"."""
        kinds = [self.reader.gazetteer.type_of(side) for side in sides]
        return kinds == ["InternationalBody"]

    def _named(self, clause: Clause, kind: str) -> tuple[Sides, Sides]:
        """Return who acts and whom or what it reaches, as their names stand in a clause."""
        subject, lows = self.parse.mentions_in(*clause.subject), self.parse.lows
        # "The Islamic Resistance in Iraq" is not Iraq.
        subject = [m for m in subject if lows[m.first - 1] not in _WITHIN] or subject
        out: list[Mention] = []
        into: list[Mention] = []
        for mention in self.parse.mentions_in(*clause.right):
            at = mention.first - 1
            at -= lows[at] in _ARTICLES
            owned = kind in MOVING and mention.kind == "item" and mention.nation is not None
            (out if owned or lows[at] in _OUT_OF else into).append(mention)
        if clause.verb.passive and (
            kind == "Measure" or any(lows[m.first - 1] == "by" for m in out)
        ):
            into, subject = [*subject, *into], []
        from_, away, to = self._sides(subject), self._sides(out), self._sides(into)
        if not from_ and (clause.shared or lows[slice(*clause.subject)] == ["it"]):
            from_ = self.reader.sides.of_subject(self.parse, clause)
        if from_ and kind not in MOVING:
            to = (*to, *away)  # "voiced unease at the news from Chad"
        elif away and not {*from_} & {*away}:
            from_, to = away, (*from_, *to)  # "Chad flies Russian jets"
        return from_, tuple(side for side in to if side not in from_)

    def _sides(self, mentions: list[Mention]) -> Sides:
        return self.reader.sides.of(self.parse, [m for m in mentions if m.kind in _SIDED])

    def _takes_up(self, clause: Clause, kind: str) -> bool:
        """Whether a clause that names nobody speaks of those told of: "they", "courses began"."""
        if kind in _WHOSEVER or self._are_arms(clause):
            return True
        words = self.parse.lows[slice(*clause.subject)]
        if "no" in self.parse.lows[clause.verb.first : clause.verb.last + 1]:
            return False  # "the mission has no end date"
        if not words:
            return clause.shared
        known = self.lexicon[WORDS[kind]] if kind in WORDS else _TAKING_UP
        return words[0] in _TAKING_UP or words[-1] in known

    def _are_arms(self, clause: Clause) -> bool:
        """Whether arms are the subject, and nobody: "The trucks have come back"."""
        klass = self.reader.gazetteer.item_class
        named = things(self.parse, clause.subject)
        return bool(named) and all(klass(m.items[0]) != "persons" for m in named)

    def _keeps_its_own(self, clause: Clause) -> bool:
        """Whether a state does something with its forces, and names no other: "on alert"."""
        return any(m.owner and m.items for m in self.parse.mentions_in(*clause.right))

    def _completed(self, kind: str, from_: Sides, to: Sides) -> tuple[Sides, Sides]:
        """Return the sides with those of what was told before, where one is left open."""
        named = {*from_, *to}
        told = self._told(kind, named)
        if kind in _MUTUAL:
            return self._pair((*from_, *to), told), ()
        if (from_ and to) or told is None or (kind == "Measure" and named):
            return from_, to
        if named <= {*told.from_, *told.to}:
            return told.from_, told.to
        if from_:
            return from_, tuple(side for side in told.to if side not in named)
        return tuple(side for side in told.from_ if side not in named), to

    def _is_of_those(self, clause: Clause) -> bool:
        """Whether what is given is of what others gave: "does not intend to donate any"."""
        words = self.parse.lows[slice(*clause.right)]
        return words[:1] != [] and words[0] in _OF_THOSE and words[1:2] in _ALONE

    def _where_others_went(self, kind: str, from_: Sides) -> Sides:
        """Return where those go of whom only a figure tells: "Benin is to add some 150"."""
        last = self.memory.latest((kind,))
        return last.to if last is not None and not {*from_} & {*last.to} else ()

    def _pair(self, named: Sides, told: Happening | None) -> Sides:
        """Return who deals with whom: those named, else both of whom the text has told."""
        parties = tuple(dict.fromkeys(named))
        both = tuple(dict.fromkeys((*told.from_, *told.to))) if told is not None else ()
        return both if len(parties) < 2 == len(both) and {*parties} <= {*both} else parties

    def _told(self, kind: str, named: set[str]) -> Happening | None:
        """Return the event of which a clause goes on: one of its type, or of the sides it names."""
        last = self.memory.latest((kind,))
        if last is not None and (not named or named & {*last.from_, *last.to}):
            return last
        for one in reversed(self.memory.happenings):
            whole = one.type in MOVING and one.from_ and one.to
            if whole and (not named or named & {*one.from_, *one.to}):
                return one
        return None  # what others did is not theirs

    def _reading(self, clause: Clause, kind: str, from_: Sides, to: Sides) -> Reading:
        """Return the event with what is counted in it, and where it is."""
        zones = (clause.right, clause.subject)
        mentions = [m for zone in zones for m in self.parse.mentions_in(*zone)]
        things = [m for m in mentions if m.items]
        counted = [m for m in things if m.quantity is not None]
        thing = next(iter((*counted, *things)), None)
        quantity = counted[0].quantity if counted else bare_figure(self.parse, clause)
        aspect = _ASPECTS.get(kind, "occurrence")
        if kind == "Deployment" and quantity is not None:
            aspect = "personnel-total"
        spoken = kind == "Measure" and clause.verb.lemma in self.lexicon["spoken-measures"]
        return Reading(
            _SPOKEN if spoken else _FRAMES[kind],
            kind,
            from_,
            to,
            aspect,
            items=list(thing.items) if thing else [],
            quantity=quantity,
            places=self._places(mentions, (*from_, *to)),
            klass=self.reader.gazetteer.item_class(thing.items[0]) if thing else "",
        )

    def _places(self, mentions: list[Mention], sides: Sides) -> list[str]:
        """Return the places that a clause names in the states of its sides."""
        named = dict.fromkeys(m.place for m in mentions if m.kind == "place" and m.place)
        return [at for at in named if self.reader.gazetteer.state_of_place(at) in sides]


def longest(found: list[Found]) -> list[Found]:
    """Return claims without those whose words another of the same type has nearly all."""
    kept: list[Found] = []
    for one in sorted(found, key=_words_of, reverse=True):
        same = [k for k in kept if k.reading.type == one.reading.type]
        if all(min(k.last, one.last) - max(k.first, one.first) <= 1 for k in same):
            kept.append(one)
    return [one for one in found if one in kept]


def _words_of(found: Found) -> int:
    return found.last - found.first
