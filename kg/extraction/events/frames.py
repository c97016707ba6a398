"""What a clause says happened, by the first frame of the lexicon that finds what it needs."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.document.memory import Memory
from kg.extraction.document.readings import Reading
from kg.extraction.events.measures import Measures
from kg.extraction.events.needs import NEEDS
from kg.extraction.events.transfers import Transfers
from kg.extraction.events.undirected import Undirected
from kg.extraction.grammar.bare_figures import only_gives_figure
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.early_needs import may_give_figure, may_say_where
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.names.mentions import Mention
from kg.extraction.situations.resolution import Resolver
from kg.extraction.situations.roles import roles
from kg.extraction.situations.sides import SideFinder
from kg.extraction.situations.situation import Situation
from kg.extraction.situations.theme import ThemeFinder
from kg.extraction.speakers.bidding import bidden
from kg.extraction.words.lexicon import Frame, Lexicon

# So many words may stand between a treaty and the participle that describes it.
_NEAR = 5
# So near behind a verb the words begin that it needs.
_BEHIND = 5


class Reader:
    """Reads the clauses of one document with the frames of the lexicon."""

    def __init__(
        self, lexicon: Lexicon, gazetteer: Gazetteer, memory: Memory, resolver: Resolver
    ) -> None:
        """Take the words, the names and what the document has said so far."""
        self.lexicon, self.gazetteer = lexicon, gazetteer
        self.memory, self.resolver = memory, resolver
        self.sides = SideFinder(gazetteer, memory, resolver)
        self.themes = ThemeFinder(lexicon, self.sides)
        self.undirected, self.measures = Undirected(self.sides), Measures(self.sides)
        self.transfers = Transfers(lexicon, self.sides)

    def read(self, parse: Parse, clause: Clause, *, denied: bool = False) -> Reading | None:
        """Return what `clause` says happened, None if no frame fits."""
        of_treaty = clause.verb.form == "participle" and self.is_of_treaty(parse, clause)
        ordered = clause.verb.lemma == "order" and bidden(parse, clause) is not None
        words = parse.words_used
        for rest, frame in self.lexicon.frames.get(clause.verb.lemma, ()):
            if of_treaty and frame.event != "Agreement":
                continue  # an accord that was reached has gone nowhere
            bids = frame.event == "Measure" or frame.name == "order-drill"
            if (rest and rest[0] not in words) or (ordered and not bids):
                continue
            if frame.name == "give" and only_gives_figure(parse, clause):
                continue
            behind = _behind_rest(parse, clause, rest) if rest else clause
            if behind is not None:
                reading = self.read_as(frame, parse, behind, denied=denied)
                if reading is not None:
                    return reading
        return None

    def is_of_treaty(self, parse: Parse, clause: Clause) -> bool:
        """Whether a participle says of a treaty when and by whom it was made."""
        if not clause.embedded:
            return False
        words = parse.lows[slice(*clause.subject)][-_NEAR:]
        return not self.lexicon["treaty"].isdisjoint(words)

    def read_as(
        self,
        frame: Frame,
        parse: Parse,
        clause: Clause,
        *,
        denied: bool = False,
        doers: Sequence[Mention] = (),
    ) -> Reading | None:
        """Return what `clause` says as `frame` reads it, None if the frame lacks what it needs.

        `doers` are named apart from the clause, and are what its subject would be.
        """
        for cues in frame.cues:
            if parse.words_used.isdisjoint(cues):
                return None
        if "place" in frame.needs and not may_say_where(parse, clause, self.lexicon):
            return None  # asked first, for it needs no more than words
        if frame.name == "strength" and not parse.quantities:
            return None
        if "figure" in frame.needs and not may_give_figure(parse, clause, self.lexicon):
            return None
        parts = roles(parse, clause, frame, self.lexicon)
        parts.parts[frame.subject] += doers
        one = Situation(parse, clause, frame, parts, self.themes, self.lexicon, denied)
        for need in frame.needs:
            if not NEEDS[need](one):
                return None
        if frame.event in ("Agreement", "Meeting"):
            return self.undirected.read(one, frame)
        if frame.event == "Measure":
            return self.measures.read(one, frame)
        return self.transfers.read(one, frame)


def _behind_rest(parse: Parse, clause: Clause, rest: tuple[str, ...]) -> Clause | None:
    """Return `clause` with the words that its verb needs taken into the verb, None without them."""
    first, last = clause.right
    lows, size = parse.lows, len(rest)
    if rest[0] not in lows[first : first + _BEHIND]:
        return None
    if first in parse.counted and lows[first] == rest[0]:
        return None  # "will train up to 900 recruits"
    if tuple(lows[first : first + size]) == rest:
        return clause.with_verb(clause.verb.until(first + size))
    window = lows[first : min(last, first + _BEHIND)]
    if rest[0] not in window:
        return None
    if size == 1:
        at = first + window.index(rest[0])
        return None if rest[0] == "in" and _leads_to_place(parse, at) else clause
    return clause if any(tuple(window[i : i + size]) == rest for i in range(len(window))) else None


def _leads_to_place(parse: Parse, at: int) -> bool:
    """Whether "in" says where, and is no part of its verb: "brought rifles to the RSF in Sudan"."""
    behind = at + 1 + (parse.lows[at + 1 : at + 2] == ["the"])
    place = parse.mention_at.get(behind)
    return place is not None and place.kind in ("state", "place")
