"""What a clause that no frame reads takes up of events told before, by who knows its verb."""

from __future__ import annotations

from kg.extraction.document.readings import Reading
from kg.extraction.events.sitting import Sitting
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.early_needs import gives_toll
from kg.extraction.unframed.fights_told import FightsTold
from kg.extraction.unframed.going_on import AGREED, GoingOn
from kg.extraction.unframed.goods_told import DONE, GoodsTold
from kg.extraction.unframed.held import Held
from kg.extraction.unframed.likewise import Likewise
from kg.extraction.unframed.parts_told import PartsTold
from kg.extraction.unframed.trade import Trade


def taken_up(sitting: Sitting, clause: Clause, target: Clause) -> Reading | None:
    """Return what became of a part of it, is held back of it, or goes on with it.

    Each reader is only made for a verb that it knows; most verbs none does.

    Args:
        sitting: the sentence.
        clause: the clause as it stands.
        target: the same with what it takes in from others.
    """
    lemma, lexicon, reading = clause.verb.lemma, sitting.lexicon, None
    if lemma in lexicon["taking-part"]:
        reading = PartsTold(sitting).read(clause) or Held(sitting).read(target)
    if gives_toll(sitting.parse, clause):
        return reading  # "the rebels put the toll at 84"
    if reading is None and _may_go_on(sitting, target):
        reading = GoingOn(sitting).read(target)
    if reading is None and lemma in lexicon["trade-verbs"]:
        reading = Trade(sitting).read(clause)
    if reading is None and (lemma in lexicon["verbs-of-goods"] or lemma in DONE):
        reading = GoodsTold(sitting).read(clause)
    if reading is None and lemma in lexicon["hitting"]:
        reading = FightsTold(sitting).read(clause)
    if reading is None and lemma in lexicon["matching"]:
        reading = Likewise(sitting).read(clause)
    return reading


def _may_go_on(sitting: Sitting, clause: Clause) -> bool:
    on = clause.verb.lemma in sitting.lexicon["verbs-of-going-on"]
    return on or not AGREED.isdisjoint(sitting.parse.words_used)
