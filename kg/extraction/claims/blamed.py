"""Attacks of which somebody is accused: "blames the group for bombings that killed four"."""

from __future__ import annotations

from kg.extraction.attributing.crediting import Credit
from kg.extraction.document.found import Found
from kg.extraction.document.readings import Reading
from kg.extraction.events.event_dates import date_of
from kg.extraction.events.sitting import Part, Sitting
from kg.extraction.grammar.clause import Clause
from kg.extraction.situations.deeds import strikes_counted
from kg.extraction.situations.roles import roles
from kg.extraction.situations.situation import Situation
from kg.extraction.speakers.verdicts import by_whom
from kg.extraction.speakers.voices import voices
from kg.extraction.words.verb_group import VerbGroup

# So many words stand at the most between "for" and the attack.
_NEAR = 7
_PUT_ON = "on"


def find_blamed(sitting: Sitting, credit: Credit, clause: Clause) -> Found | None:
    """Return the attack for which somebody is blamed, None if nobody is."""
    blames = clause.verb.lemma in sitting.lexicon.blaming
    return Blamed(sitting, credit).read(clause) if blames else None


class Blamed(Part):
    """Reads whom one sentence blames for an attack."""

    def __init__(self, sitting: Sitting, credit: Credit) -> None:
        """Take the sentence, and what says who stands behind its claims."""
        super().__init__(sitting)
        self.credit = credit

    def read(self, clause: Clause) -> Found | None:
        """Return the attack for which the clause blames somebody, None if it does not."""
        parts = self._accused_and_attack(clause)
        if parts is None or clause.verb.negated:
            return None
        accused, attack = parts
        end, later = self._end(clause, attack)
        verb = VerbGroup(attack, attack, attack + 1, self.parse.lows[attack], "finite")
        told = Clause(verb, accused, clause.start, end)
        reading = self._read(told)
        if reading is None:
            return None
        reading.quantity = self._figure(clause, attack, end)
        first, _ = self.sitting.span(clause)
        found = Found(reading, first, end, self.parse, rule=f"blame:{clause.verb.lemma}")
        if reading.quantity is not None:
            found.quantity = self.parse.quantities[reading.quantity]
        found.speakers = self._speakers(clause)
        if not found.speakers:
            self.credit.assign(found, clause)
        found.date = date_of(self.sitting, told, found)
        self.done.update(other.verb.first for other in later)
        return found

    def _read(self, told: Clause) -> Reading | None:
        """Return the attack by the accused; nobody is told to fight for another."""
        frame = next(f for _, f in self.lexicon.frames["attack"] if f.name == "fight")
        parts = roles(self.parse, told, frame, self.lexicon)
        if not self.reader.sides.of(self.parse, parts.parts["theme"]):
            return None
        themes = self.reader.themes
        one = Situation(self.parse, told, frame, parts, themes, self.lexicon, denied=False)
        reading = self.reader.transfers.read(one, frame)
        if reading is not None:
            reading.to = ()
        return reading if reading is not None and reading.from_ else None

    def _accused_and_attack(self, clause: Clause) -> tuple[tuple[int, int], int] | None:
        """Return the words of the accused, and where the attack is named."""
        first, last = clause.right
        lows, verb = self.parse.lows, clause.verb
        ahead = self.lexicon.blaming[verb.lemma]
        for at in range(first, last):
            joint = next(
                (words for words in ahead if tuple(lows[at : at + len(words)]) == words), ()
            )
            if not joint:
                continue
            attack = self._attack(at + len(joint), last)
            if attack is not None:
                own = verb.passive or at == first
                return (clause.subject if own else (first, at)), attack
        on = next((i for i in range(first, last) if lows[i] == _PUT_ON), None)
        if on is not None and verb.lemma == "blame":
            begin, end = clause.subject if verb.passive else (first, on)
            attack = self._attack(begin, end)
            return ((on + 1, last), attack) if attack is not None else None
        return None

    def _attack(self, first: int, last: int) -> int | None:
        """Return where the noun of an attack stands in the phrase that begins at a word."""
        lows = self.parse.lows
        for at in range(first, min(last, first + _NEAR)):
            if lows[at] in self.lexicon["assaults"]:
                return at
            if at in self.parse.verb_at or not lows[at][0].isalnum():
                return None
        return None

    def _end(self, clause: Clause, attack: int) -> tuple[int, list[Clause]]:
        """Return where the attack's words end: with the clauses that describe it."""
        end, taken = max(clause.end, attack + 1), []
        for later in self.clauses:
            describes = (
                later.relative or later.opener in ("which", "whom", "where") or later.embedded
            )
            if describes and attack < later.verb.first and later.start <= end + 3:
                end = max(end, later.end, later.verb.last)
                taken.append(later)
        return end, taken

    def _figure(self, clause: Clause, attack: int, end: int) -> int | None:
        """Return the number of strikes, or of those who were hit by them."""
        first = clause.right[0]
        if (strikes := strikes_counted(self.parse, first, end, self.lexicon)) is not None:
            return strikes
        hit = (m for m in self.parse.mentions_in(attack, end) if m.kind == "item")
        return next((m.quantity for m in hit if m.quantity is not None), None)

    def _speakers(self, clause: Clause) -> list[str]:
        who = (
            by_whom(self.parse, clause, self.lexicon)
            if clause.verb.passive
            else voices(self.parse, clause.subject, self.lexicon)
        )
        known = (self.reader.resolver.speaker(self.parse, voice) for voice in who)
        return [speaker for speaker in known if speaker]
