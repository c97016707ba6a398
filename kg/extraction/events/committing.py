"""What is only promised, approved or offered: no deed yet, and its day is not the promise's."""

from __future__ import annotations

from kg.extraction.dating.dated import Dated
from kg.extraction.document.found import Found
from kg.extraction.events.sitting import Sitting
from kg.extraction.grammar.clause import Clause

_MOVES = ("Shipment", "Deployment", "Training")


def modality_of(sitting: Sitting, clause: Clause, found: Found) -> str:
    """Return the modality of what a clause claims."""
    verb, frame = clause.verb, found.reading.frame
    modality = frame.modality or sitting.modality(clause)
    if found.reading.type == "Agreement" and modality == "expected":
        modality = "actual" if _has_agreed(sitting, clause) else modality
    if frame.name == "count" and verb.lemma == "expect" and not verb.passive:
        modality = "expected"
    if modality == "expected" and any(c.conditional and c is not clause for c in sitting.clauses):
        return "possible"  # "if they are sent, the EU will impose sanctions"
    return committed(sitting, clause, found) or modality


def _has_agreed(sitting: Sitting, clause: Clause) -> bool:
    """Whether something was agreed, whenever it is to be: "agreed in May to stop firing"."""
    said = sitting.parse.lows[clause.verb.first : clause.verb.head]
    return said[:1] == ["agreed"] or said[:2] in (["has", "agreed"], ["have", "agreed"])


def committed(sitting: Sitting, clause: Clause, found: Found) -> str:
    """Return the modality that a verb of promising or offering gives, "" if it is none."""
    verb, lexicon = clause.verb, sitting.lexicon
    if verb.lemma.split()[0] not in lexicon["committing-starters"]:
        return ""
    if found.reading.type not in _MOVES or verb.modality not in ("actual", "ongoing"):
        return ""
    told = _phrases(sitting, clause)
    if not lexicon["only-offered"].isdisjoint(told):
        return "possible"
    return "" if lexicon["still-to-come"].isdisjoint(told) else "expected"


def _phrases(sitting: Sitting, clause: Clause) -> tuple[str, str, str]:
    """Return a verb alone, and with what may be its particles: "sign", "sign off on"."""
    verb = clause.verb
    words = [verb.lemma, *sitting.parse.lows[verb.last : verb.last + 2]]
    return words[0], " ".join(words[:2]), " ".join(words)


def date_by_which(sitting: Sitting, clause: Clause, found: Found) -> Dated | None:
    """Return the date of what is promised: by when it is to be, not when it was promised."""
    if not sitting.parse.dates or not (modality := committed(sitting, clause, found)):
        return found.date
    inside = (d for d in sitting.parse.dates if found.first <= d.first and d.last <= found.last)
    end = next((d for d in inside if d.opening == "by"), None)
    return end or (found.date if modality == "expected" else None)
