"""What is known of one sentence while its claims are found: clauses, statements, what is done."""

from __future__ import annotations

from kg.extraction.document.found import Found
from kg.extraction.events.frames import Reader
from kg.extraction.grammar.clause import FRONTED, Clause
from kg.extraction.grammar.clauses import find_clauses
from kg.extraction.grammar.parse import Parse
from kg.extraction.speakers.attribution import find_statements
from kg.extraction.speakers.statements import Statement

# "kept sending arms" is one verb.
_GOING_ON = frozenset(
    ("go on", "keep", "keep on", "continue", "carry on", "resume", "start", "begin")
)
# "was seen leaving" is one too.
_SEEING = frozenset(("see", "spot", "observe", "film", "photograph", "catch", "notice", "sight"))


class Sitting:
    """One sentence, with what the stages of finding its claims share.

    Attributes:
        clauses: of the sentence.
        statements: the stretches that somebody stands behind.
        voices: who stands behind a statement, by its identity.
        found: the claims so far.
        done: first tokens of the verbs that another clause has taken in.
    """

    def __init__(
        self, parse: Parse, clauses: list[Clause], statements: list[Statement], reader: Reader
    ) -> None:
        """Take a sentence, and what reads it."""
        self.parse, self.reader = parse, reader
        self.lexicon, self.memory = reader.lexicon, reader.memory
        self.clauses, self.statements = clauses, statements
        self.found: list[Found] = []
        self.done: set[int] = set()
        self.voices: dict[int, list[str]] = {}

    def statement_of(self, clause: Clause) -> Statement | None:
        """Return the smallest statement that holds the clause."""
        at, smallest = clause.verb.first, None
        for statement in self.statements:
            holds = statement.holds(at) and statement.clause is not clause
            if holds and (smallest is None or statement.size < smallest.size):
                smallest = statement
        return smallest

    def deny_around(self, clause: Clause) -> Statement | None:
        """Return the denial inside which the clause stands, if there is one."""
        for statement in self.statements:
            if (
                statement.kind == "deny"
                and statement.holds(clause.verb.first)
                and statement.clause is not clause
                and not self.in_passing(clause)
            ):
                return statement
        return None

    def in_passing(self, clause: Clause) -> bool:
        """Whether an aside takes the clause for granted: "denied that the unit, which left, …"."""
        if clause.opener == FRONTED:
            return True  # "denied that, when the war began, it sent"
        participle = clause.verb.form == "participle"
        at = clause.start - 2 if clause.relative else clause.verb.first - 1
        return (clause.relative or participle) and at > 0 and self.parse.lows[at] == ","

    def of_treaty(self, clause: Clause) -> bool:
        """Whether a clause only says of a treaty when and by whom it was made."""
        return clause.verb.form == "participle" and self.reader.is_of_treaty(self.parse, clause)

    def modality(self, clause: Clause) -> str:
        """Return the modality of a clause: "denied sending" is no sending that goes on."""
        verb = clause.verb
        if verb.form != "gerund" or verb.modality != "ongoing":
            return verb.modality
        statement = self.statement_of(clause)
        if statement is not None and statement.kind == "accuse":
            return "actual"
        at = verb.first - (self.parse.lows[verb.first - 1] in ("of", "from"))
        before = next((c.verb for c in self.clauses if c.verb.last == at), None)
        if before is None:
            return verb.modality
        if before.lemma in self.lexicon["permitting"]:
            return "expected"
        told = ("say", "deny")
        return "actual" if any(before.lemma in self.lexicon[key] for key in told) else "ongoing"

    def span(self, clause: Clause) -> tuple[int, int]:
        """Return the quote of a clause, without the openers before it."""
        first, last = clause.start, clause.end
        lows = self.parse.lows
        if clause.relative:
            first = clause.subject[0]
        elif clause.embedded and self.of_treaty(clause):
            first = self._treaty_of(clause)
        elif clause.parent is not None and _goes_on(clause, clause.parent):
            first = clause.parent.start
        elif self._is_beside_treaty(clause):
            first = self._treaty_of(clause, first - 2)
        drop = self.lexicon["quote-openers"]
        while first < clause.verb.first and (
            lows[first] in drop or (not lows[first][0].isalnum() and lows[first] not in "$(")
        ):
            first += 1
        return first, max(last, clause.verb.last)

    def _is_beside_treaty(self, clause: Clause) -> bool:
        """Whether a participle stands behind a treaty and a comma: "The contract, signed in"."""
        at = clause.verb.first - 2
        lows = self.parse.lows
        apart = clause.verb.form == "participle" and at >= 0 and lows[at + 1] == ","
        return apart and clause.start == at + 2 and lows[at] in self.lexicon["treaty"]

    def _treaty_of(self, clause: Clause, at: int = -1) -> int:
        """Return where the treaty begins that a participle describes: behind "under"."""
        treaties, small = self.lexicon["treaty"], self.lexicon["prepositions"]
        low = clause.start if at < 0 else 0
        at = clause.verb.first - 1 if at < 0 else at
        while at > low and self.parse.lows[at] not in treaties:
            at -= 1
        while at > low and self.parse.lows[at - 1] not in small and _is_word(self.parse, at - 1):
            at -= 1
        return at

    def quoted(self) -> bool:
        """Whether the whole sentence is somebody's words in quotation marks."""
        return self.parse.lows[0] in ("“", '"')


def _is_word(parse: Parse, at: int) -> bool:
    return parse.lows[at][0].isalnum() or parse.lows[at] in ("'s", "’s")


def sit(parses: list[Parse], reader: Reader) -> list[Sitting]:
    """Take sentences apart into clauses and statements, one stage after the other."""
    lexicon = reader.lexicon
    clauses = [find_clauses(one, lexicon) for one in parses]
    pairs = list(zip(parses, clauses, strict=True))
    statements = [find_statements(*pair, lexicon) for pair in pairs]
    return [Sitting(*pair, stated, reader) for pair, stated in zip(pairs, statements, strict=True)]


class Part:
    """One of the stages that find the claims of a sentence."""

    def __init__(self, sitting: Sitting) -> None:
        """Take the sentence and what the stages share."""
        # One by one: where the dictionary is taken over as a whole, each look into it is slower.
        self.sitting = sitting
        self.parse, self.reader = sitting.parse, sitting.reader
        self.lexicon, self.memory = sitting.lexicon, sitting.memory
        self.clauses, self.statements = sitting.clauses, sitting.statements
        self.found, self.done, self.voices = sitting.found, sitting.done, sitting.voices


def _goes_on(clause: Clause, outer: Clause) -> bool:
    """Whether a gerund stands behind a verb of going on: "went on training recruits"."""
    verb = clause.verb
    behind = clause.shared and verb.form == "gerund" and outer.verb.last == verb.first
    return behind and (outer.verb.lemma in _GOING_ON or (outer.verb.passive and _seen(outer)))


def _seen(outer: Clause) -> bool:
    """Whether somebody is seen doing it: "no soldier was seen leaving" is one claim."""
    return outer.verb.lemma in _SEEING
