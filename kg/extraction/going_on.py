"""What a clause that no frame reads still tells: an event of which the text has told goes on."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.bare_figures import bare_figure
from kg.extraction.clause import Clause
from kg.extraction.lexicon import Frame
from kg.extraction.memory import FORCES, Happening, Sides
from kg.extraction.mentions import Mention
from kg.extraction.readings import Reading
from kg.extraction.sitting import Part

# The name of the rule in a draft, by which its confidence is low.
NAME = "go-on"
_MOVING = (*FORCES, "Shipment")
# So many words a subject has at the most that names nobody anew.
_SHORT = 6
_THEM = frozenset(("them", "they", "these", "those"))
_PUTTING = frozenset(("think", "believe", "guess", "reckon", "suspect", "say", "estimate"))
_GOALS = ("to", "into", "in", "at", "on", "for", "inside", "near")


class GoingOn(Part):
    """Reads clauses that only go on with an event told before: a proposal, for no frame does."""

    def read(self, clause: Clause) -> Reading | None:
        """Return the event that goes on, None if the clause tells of nothing that is known."""
        verb, lexicon = clause.verb, self.lexicon
        lemma = verb.lemma
        moves = lemma in lexicon["going-on"] or (verb.passive and lemma in lexicon["moved-on"])
        if (
            verb.form == "infinitive"
            or self.parse.lows[-1] == "?"
            or not (moves or lemma in lexicon["going-on-besides"])
        ):
            return None
        last = self.memory.latest(_MOVING)
        if last is None or last.paragraph < self.parse.paragraph - 1:
            return self._people(clause) if moves else None
        if moves:
            return self._same(clause, last) or self._people(clause)
        if lemma in lexicon["tasks"]:
            return self._task(clause, last)
        if lemma in lexicon["describing"]:
            return self._as_what(clause, last)
        return self._guess(clause, last)

    def _same(self, clause: Clause, last: Happening) -> Reading | None:
        """Read "more are expected", "thousands of men remain", "some are still there"."""
        if not self._is_elliptical(clause) or not last.klass:
            return None
        there = clause.verb.lemma != "be" or self._is_there(clause)
        if not there or not self._leads_on(clause):
            return None
        kind = "Deployment" if last.type == "Combat" else last.type
        return self._reading(kind, last, self._counted(clause))

    def _is_elliptical(self, clause: Clause) -> bool:
        """Whether a subject only takes up those told of: "more", "the men", "a further 200"."""
        first, last = clause.subject
        words = self.parse.lows[first:last]
        if not words or len(words) > _SHORT:
            return False
        if any(
            m.nation or m.kind not in ("item", "pronoun", "definite", "collective")
            for m in self.parse.mentions_in(first, last)
        ):
            return False
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

    def _is_there(self, clause: Clause) -> bool:
        """Whether "be" tells of a presence: "are still there", "are on the way"."""
        words = self.parse.lows[slice(*clause.right)]
        return any(word in self.lexicon["there"] for word in words[:4])

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
        if not goals or set(goals) & set(from_):
            return None
        place = Happening("Deployment", from_, goals[:1], ("personnel",), "persons")
        return self._reading("Deployment", place, self._counted(clause))

    def _left_behind(self, clause: Clause) -> Reading | None:
        """Read "where some Turkish troops remain": whose they are is said, where was told."""
        if clause.verb.lemma not in self.lexicon["staying"]:
            return None
        for mention in self.parse.mentions_in(*clause.subject):
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

    def _guess(self, clause: Clause, last: Happening) -> Reading | None:
        """Read "a general thinks it is four": a figure of what was told of."""
        words = self.parse.lows[slice(*clause.subject)]
        if words not in (["it"], ["they"]) or clause.opener not in ("that", *self._guessers()):
            return None
        figure = bare_figure(self.parse, clause)
        return self._reading(last.type, last, figure) if figure is not None else None

    def _guessers(self) -> tuple[str, ...]:
        heads = [c.verb for c in self.clauses if c.verb.lemma in _PUTTING]
        return tuple(self.parse.lows[verb.head] for verb in heads)

    def _counted(self, clause: Clause) -> int | None:
        first, last = clause.subject
        figures = enumerate(self.parse.quantities)
        return next((i for i, q in figures if first <= q.first and q.last <= last), None)

    def _reading(self, kind: str, last: Happening, quantity: int | None) -> Reading:
        sides: tuple[Sides, Sides] = (last.from_, last.to)
        aspect = "occurrence"
        if kind == "Training":
            aspect = "personnel-training"
        elif kind == "Shipment":
            aspect = "items-delivered"
        elif quantity is not None:
            aspect = "personnel-total"
        frame: Frame = replace(self.lexicon.frames["count"][0][1], name=NAME)
        items = list(last.items)
        return Reading(frame, kind, *sides, aspect, items, quantity, klass=last.klass)
