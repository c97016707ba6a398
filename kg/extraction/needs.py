"""What a frame needs to be found in a clause before there is a claim (``needs`` in frames.yaml)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.errors import DataError
from kg.extraction.clause import Clause
from kg.extraction.lexicon import Lexicon
from kg.extraction.memory import FORCES
from kg.extraction.parse import Parse
from kg.extraction.roles import Roles
from kg.extraction.sides import SideFinder, has_anaphor
from kg.extraction.theme import Theme

# How far behind a verb the noun may stand that makes it a measure or a demand.
WINDOW = 14
_RELATIVE = ("that", "which")
_MEETING = frozenset(("meet", "visit", "hold", "confer", "negotiate", "pay", "consult"))
_FIGHTING = frozenset(("fighting", "war", "combat", "conflict"))
_SEIZING = frozenset(
    ("arrest", "detain", "expel", "deport", "jail", "charge", "indict", "extradite")
)
_COUNTING = frozenset(
    ("count", "estimate", "put", "total", "number", "speak", "talk", "expect", "report", "mention")
)


@dataclass(slots=True)
class Situation:
    """A clause as a frame reads it."""

    parse: Parse
    clause: Clause
    parts: Roles
    theme: Theme
    sides: SideFinder
    lexicon: Lexicon
    denied: bool

    def has_sides(self, role: str) -> bool:
        """Whether a part of the clause names a side."""
        return bool(self.sides.of(self.parse, self.parts.parts[role]))

    @property
    def subject_elsewhere(self) -> bool:
        """Whether the subject stands further left or is a pronoun."""
        return self.clause.shared or has_anaphor(self.parse, self.clause)

    def words(self, *, whole: bool = False) -> list[str]:
        """Return the words behind the verb; from the subject on if it is passive or `whole`."""
        first, last = self.clause.right
        if whole or self.clause.verb.passive:
            first = self.clause.subject[0]
        return self.parse.lows[first:last]

    def has_word(self, name: str, limit: int | None = None) -> bool:
        """Whether a word of the list `name` stands behind the verb."""
        return any(word in self.lexicon[name] for word in self.words()[:limit])


def _persons(one: Situation) -> bool:
    parts = one.parts.parts
    return one.theme.klass == "persons" or bool(parts["trainee"] and parts["trainer"])


def _to(one: Situation) -> bool:
    anaphors = ("definite", "pronoun", "collective")
    mentions = one.parts.parts["to"]
    return one.has_sides("to") or any(m.kind in anaphors for m in mentions)


def _place(one: Situation) -> bool:
    """Whether a place is named, or that it is there or somewhere at war."""
    words = one.words()
    there = one.parse.lows[slice(*one.clause.subject)] == ["there"]
    at_war = there and not _FIGHTING.isdisjoint(words)
    if at_war or words[-3:] == ["on", "the", "ground"]:
        return True
    if any(m.kind == "unknown" and m.last > m.first for m in one.parts.parts["place"]):
        return True
    return bool(one.sides.places(one.parse, one.parts, one.theme.mentions))


def may_say_where(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a place can be named; for "be", right behind it: "are now in Russia"."""
    verb = clause.verb
    if verb.lemma == "operate" and verb.form == "participle":
        return False
    if verb.lemma != "be" or parse.lows[slice(*clause.subject)] == ["there"]:
        return True
    words = parse.lows[slice(*clause.right)]
    behind = next((word for word in words if word not in lexicon["adverbs"]), "")
    return behind in lexicon["prepositions"] or behind in ("there", "here")


def _somewhere(one: Situation) -> bool:
    """Whether a movement says from or to where, or its verb needs no place."""
    if one.clause.verb.lemma in one.lexicon["plain-moves"] or _to(one):
        return True
    if one.theme.quantity is not None:
        return True
    origin = one.has_sides("from") or one.has_word("somewhere")
    return origin or bool(one.sides.places(one.parse, one.parts, one.theme.mentions))


def _abroad(one: Situation) -> bool:
    """Whether what leaves is not at home there: "American troops left Niger"."""
    left = set(one.sides.of(one.parse, one.parts.parts["to"]))
    if not left:
        return False
    owner = one.theme.owner
    if owner or not one.theme.klass:
        leaving = (owner,) if owner else one.sides.of(one.parse, one.parts.parts["theme"])
        return bool(leaving) and not left & set(leaving)
    last = one.sides.memory.latest(FORCES)
    return last is not None and bool(left & set(last.to))


def _foreign(one: Situation) -> bool:
    """Whether things that are found somewhere come from elsewhere, by a passive verb."""
    states = one.sides.states_of(one.sides.places(one.parse, one.parts, one.theme.mentions))
    owner = one.theme.owner
    seen = one.clause.verb.passive or not one.clause.shared
    return seen and bool(owner and states) and owner not in states


def _foreign_people(one: Situation) -> bool:
    """Whether persons of one side are taken on by another."""
    takers = one.sides.of(one.parse, one.parts.parts["to"])
    owner = one.theme.owner
    given = one.has_sides("from") or one.subject_elsewhere
    return bool(owner or given) and not (owner and owner in takers)


def _package(one: Situation) -> bool:
    """Whether the subject is a package of arms."""
    subject = one.parse.lows[slice(*one.clause.subject)]
    if subject == ["it"]:  # "announced another package; it contains"
        subject = one.parse.lows[: one.clause.start]
    return any(word in ("package", "packages", "tranche", "consignment") for word in subject)


def _base(one: Situation) -> bool:
    """Whether a base is handed over."""
    words = one.words()[:WINDOW]
    named = any(m.kind == "place" for m in one.parts.parts["base"])
    return any(word in one.lexicon["base"] for word in words) and (named or one.has_sides("target"))


def _figure(one: Situation) -> bool:
    first, last = one.clause.right
    if not any(first <= q.first and q.last <= last for q in one.parse.quantities):
        return False
    words = one.parse.lows[one.clause.subject[0] : last]
    if any(word in one.lexicon["totals"] for word in words) and one.theme.klass:
        return True
    counted = any(m.quantity is not None for m in one.theme.mentions)
    meant = one.theme.quantity is not None and not one.theme.mentions
    return one.clause.verb.lemma in _COUNTING and (counted or meant)


def _fighters(one: Situation) -> bool:
    if one.theme.klass == "persons":
        return True
    if not any(word in one.lexicon["fighters"] for word in one.words(whole=True)):
        return False
    owned = bool(one.theme.owner) or one.has_sides("from")
    return owned or one.has_sides("theme") or one.subject_elsewhere


def _treaty(one: Situation) -> bool:
    """Whether a treaty is the object, or what a relative clause describes."""
    start = one.clause.start
    before = one.parse.lows[max(0, start - 4) : start] if one.clause.opener in _RELATIVE else ()
    return one.has_word("treaty") or any(word in one.lexicon["treaty"] for word in before)


def _treaty_subject(one: Situation) -> bool:
    first, last = one.clause.subject
    words = [word for word in one.parse.lows[first:last] if word[0].isalpha()]
    happenings = one.sides.memory.happenings
    if words == ["it"] and happenings and happenings[-1].type == "Agreement":
        return True
    return any(word in one.lexicon["treaty"] for word in words[-2:])


def _officials(one: Situation) -> bool:
    """Whether persons meet: other verbs of travel need one that is named."""
    if one.clause.verb.lemma in _MEETING:
        return True
    mentions = one.parse.mentions_in(*one.clause.subject)
    person = any(
        m.kind == "person" or (m.kind == "unknown" and m.last - m.first > 1) for m in mentions
    )
    return person and len(one.sides.of(one.parse, one.parts.parts["party"])) > 1


def _measure(one: Situation) -> bool:
    seized = [*one.parts.parts["target"], *one.theme.mentions]
    if one.clause.verb.lemma in _SEIZING and any(m.kind == "item" for m in seized):
        return True
    plain = ("sanction", "blacklist", "embargo")
    return one.has_word("measure", WINDOW) or one.clause.verb.lemma in plain


def _denied(one: Situation) -> bool:
    behind = one.words()[:3]
    none = any(word in ("no", "neither", "none", "nobody") for word in behind)
    return one.denied or one.clause.verb.negated or none


NEEDS: dict[str, Callable[[Situation], bool]] = {
    "theme": lambda one: bool(one.theme.klass),
    "thing": lambda one: bool(one.theme.mentions),
    "persons": _persons,
    "goods": lambda one: one.theme.klass in ("goods", "containers"),
    "place": _place,
    "somewhere": _somewhere,
    "abroad": _abroad,
    "base": _base,
    "package": _package,
    "passage": lambda one: one.has_word("passage", WINDOW),
    "foreign": _foreign,
    "foreign-people": _foreign_people,
    "counted-or-owned": lambda one: one.theme.quantity is not None or one.theme.owner is not None,
    "to": _to,
    "from": lambda one: one.has_sides("from") or one.subject_elsewhere,
    "figure": _figure,
    "fighters": _fighters,
    "target": lambda one: one.has_sides("target"),
    "parties": lambda one: (
        one.has_sides("party") or one.clause.shared or bool(one.sides.both(one.parse, one.clause))
    ),
    "treaty": _treaty,
    "treaty-subject": _treaty_subject,
    "cooperation": lambda one: one.has_word("cooperation"),
    "officials": _officials,
    "measure": _measure,
    "body": lambda one: one.has_word("body", WINDOW),
    "demand": lambda one: one.has_word("demand", WINDOW) and one.clause.verb.lemma != "warn",
    "denied": _denied,
}


def check_needs(lexicon: Lexicon) -> None:
    """Refuse a frame that needs what no rule here knows.

    Raises:
        DataError: a frame of the lexicon does.
    """
    frames = [frame for entries in lexicon.frames.values() for _, frame in entries]
    for frame in (*frames, *lexicon.nominal.values):
        if unknown := sorted(set(frame.needs) - NEEDS.keys()):
            known = ", ".join(sorted(NEEDS))
            words = f"frame '{frame.name}' needs '{unknown[0]}', none of {known}"
            raise DataError(f"{lexicon.where['frames', frame.name]}: {words}")
