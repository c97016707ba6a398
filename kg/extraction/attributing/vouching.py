"""Who stands behind what other sentences tell: a report that goes on, "so say the experts"."""

from __future__ import annotations

from kg.extraction.document.found import Found
from kg.extraction.events.sitting import Sitting
from kg.extraction.speakers.statements import Statement
from kg.extraction.speakers.voices import voices
from kg.extraction.words.lexicon import Lexicon

_SAYS = frozenset(("say", "says", "said", "claim", "claims", "claimed", "write", "writes", "wrote"))
_POINTING = frozenset(("that", "this", "these", "those", "such"))
# So many words are "the news", with what may go on behind.
_NEWS = 3
_WAS = frozenset(("is", "was", "are", "were"))
_OF = frozenset(("of", "by", "from"))
# So far from the head of a sentence stands the noun of what was told.
_NEAR = 9
# Words at the head of a sentence with which a text turns to something else.
_TURNING = frozenset(
    (
        "meanwhile",
        "separately",
        "elsewhere",
        "but",
        "yet",
        "however",
        "nor",
        "by",
        "last",
        "earlier",
    )
)
_TOLD = frozenset(("actual", "ongoing"))
_SAID = ("say", "deny", "speak")
# So early in a sentence "then" says that it goes on: "Trains then took the boxes to a depot".
_THEN = "then"
_OPENING = 3
_SUPPOSING = frozenset(("if", "unless", "could", "might"))


def who_vouches(sitting: Sitting) -> list[str]:
    """Return who stands behind the sentence before: "That is the finding of a UN panel"."""
    zone = _behind_so(sitting) or _behind_that(sitting)
    if zone is None:
        return []
    resolver = sitting.reader.resolver
    found = voices(sitting.parse, zone, sitting.lexicon)
    return [actor for voice in found if (actor := resolver.speaker(sitting.parse, voice))]


def who_broke_it(sitting: Sitting) -> list[str]:
    """Return who stands behind the sentence before: "The army's chief broke the news on Friday"."""
    lows, lexicon = sitting.parse.lows, sitting.lexicon
    for clause in sitting.clauses[:1]:
        verb = clause.verb
        if verb.passive or verb.negated or verb.form != "finite" or verb.modality != "actual":
            return []
        told = verb.lemma in lexicon["breaking-news"] or verb.lemma in lexicon["say"]
        behind = lows[verb.last : verb.last + _NEWS]
        if not told or not _is_news(verb.lemma in lexicon["say"], behind, lexicon):
            return []
        found = voices(sitting.parse, clause.subject, lexicon)
        ids = [sitting.reader.resolver.speaker(sitting.parse, voice) for voice in found]
        return [actor for actor in ids if actor]
    return []


def _is_news(says: bool, behind: list[str], lexicon: Lexicon) -> bool:
    """Whether the words behind a verb are nothing but what was told before: "the news", "so"."""
    if says:
        ends = not behind[1:2] or behind[1] in lexicon["prepositions"] or not behind[1].isalpha()
        return behind[:1] == ["so"] and ends
    named = behind[:1] in (["the"], ["this"]) and behind[1:2] != [] and behind[1] in lexicon["news"]
    return named and behind[2:3] not in (["of"], ["that"], ["about"])


def _behind_so(sitting: Sitting) -> tuple[int, int] | None:
    """Return where they stand who say so: "So say two officials"."""
    lows = sitting.parse.lows
    so = lows[:1] == ["so"] and lows[1:2] != [] and lows[1] in _SAYS
    return (2, _end(lows, 2)) if so else None


def _behind_that(sitting: Sitting) -> tuple[int, int] | None:
    """Return where they stand whose finding "that" is."""
    lows = sitting.parse.lows
    if lows[0] not in _POINTING or _WAS.isdisjoint(lows[1:_NEAR]):
        return None
    for index in range(1, min(_NEAR, len(lows) - 2)):
        if lows[index] in sitting.lexicon["told-by-noun"] and lows[index + 1] in _OF:
            return index + 2, _end(lows, index + 2)
        if lows[index : index + 2] == ["according", "to"]:
            return index + 2, _end(lows, index + 2)
        if lows[index] == "what":
            says = (i for i in range(index + 1, len(lows)) if lows[i] in _SAYS)
            last = next(says, None)
            return (index + 1, last) if last is not None else None
    return None


def _end(lows: list[str], first: int) -> int:
    """Return where those end who are named from `first` on."""
    ends = (",", ";", ".", "who", "whose", "which", "that")
    return next((i for i in range(first, len(lows)) if lows[i] in ends), len(lows))


class Report:
    """Lets a report that a paragraph tells of stand behind its next sentences too."""

    __slots__ = ("lexicon", "memory", "parse", "statements", "voices")

    def __init__(self, sitting: Sitting) -> None:
        """Take the sentence; whether it names others who speak is asked when all are known."""
        self.parse, self.memory, self.lexicon = sitting.parse, sitting.memory, sitting.lexicon
        self.statements, self.voices = sitting.statements, sitting.voices

    def goes_on(self, found: Found) -> list[str]:
        """Return who reports what a sentence tells that names nobody who says it."""
        if told_on := self._tells_on(found):
            return told_on
        paragraph, reporters = self.memory.report
        turns = self.parse.lows[0] in _TURNING
        if not reporters or paragraph != self.parse.paragraph or turns:
            return []
        told = found.modality in _TOLD and found.polarity == "affirmed"
        told = told and not found.is_utterance and found.reading.frame.event != "Measure"
        return list(reporters) if told and not any(self.voices.values()) else []

    def _tells_on(self, found: Found) -> list[str]:
        """Return whose words go on without a verb of saying: "None would fight in Yemen."."""
        paragraph, tellers = self.memory.told_before
        lows = self.parse.lows
        if not tellers or paragraph != self.parse.paragraph or any(self.voices.values()):
            return []
        if lows[0] in _TURNING or not _SUPPOSING.isdisjoint(self.parse.words_used):
            return []
        goes_on = "would" in lows[found.first : found.last] or self._is_next(found)
        if not goes_on or found.is_utterance:
            return []
        treaties = self.lexicon["treaty"]
        if not treaties.isdisjoint(lows[:_NEAR]) or found.reading.type == "Agreement":
            return []  # what a pact provides for is told by the text
        self.memory.told_by = (paragraph, tellers)
        return list(tellers)

    def _is_next(self, found: Found) -> bool:
        """Whether it is the next step or the rest of what was told: "Six should follow in May"."""
        lows = self.parse.lows
        then = lows.index(_THEN) if _THEN in lows[1:_OPENING] else 0
        if then and any(group.first <= then < group.last for group in self.parse.verbs):
            return True
        verb = self.parse.verb_at.get(1) if found.first == 0 and 0 in self.parse.counted else None
        return verb is not None and (verb.modality not in _TOLD or lows[1] == "should")

    def _note_tellers(self) -> None:
        """Remember who says what this sentence tells, for the next that goes on with it."""
        memory, said = self.memory, [s for s in self.statements if s.kind in _SAID]
        memory.told_before = memory.told_by
        ids = next((ids for s in reversed(said) if (ids := self.voices.get(id(s)))), [])
        memory.told_by = (self.parse.paragraph, tuple(ids))

    def note(self) -> None:
        """Remember whose report the sentence tells of; others who speak end it."""
        self._note_tellers()
        spoken = False
        for statement in self.statements:
            ids = self.voices.get(id(statement))
            spoken = spoken or bool(ids)
            if ids and statement.kind in ("say", "show") and self._reports(statement, ids):
                self.memory.report = (self.parse.paragraph, tuple(ids))
                return
        if spoken:
            self.memory.report = (self.parse.paragraph, ())

    def _reports(self, statement: Statement, ids: list[str]) -> bool:
        """Whether those who speak do so in a report, or are such as write them."""
        clause, nouns = statement.clause, self.lexicon["reports"]
        written = clause is not None and not nouns.isdisjoint(self.parse.words_used)
        if written and clause is not None:
            written = not nouns.isdisjoint(self.parse.lows[clause.start : clause.end])
        if written:
            return True
        paragraph, reporters = self.memory.report
        near = paragraph >= self.parse.paragraph - 1
        if near and tuple(ids) == reporters:
            return True  # "The men, it goes on, landed"
        reporting = self.lexicon["reporting"]
        return any(self.memory.reports(actor, reporting) for actor in ids)
