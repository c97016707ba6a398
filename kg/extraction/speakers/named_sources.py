"""Who says it where no verb of saying does: "according to X", "X's claim that …", "X: …"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention
from kg.extraction.speakers.content import QUOTES
from kg.extraction.speakers.statements import Statement
from kg.extraction.speakers.voices import COUNTS, SPEAKING, Voice, voices
from kg.extraction.words.lexicon import Lexicon

_SOURCE_WORDS = frozenset(("according", "by", "if", "words", "in"))
_OWN = {"his": "he", "her": "she", "its": "it", "their": "they"}
_ENDS_SOURCE = frozenset((",", ";", "”", '"', ".", "–", "—"))
_NEAR = 14
_WHOSE = frozenset(("its", "their", "the", "his", "her", "'s", "’s", "a", "an"))
# So many words say when or where something was, before who tells it.
_LEAD = 6
_SINCE = frozenset(("since", "after", "before", "until"))
_OWNING_UP = frozenset(("admission", "telling", "version", "assertion"))
_BELIEVED = frozenset(("believed", "trusted"))
_BEING = frozenset(("be",))
_CITING = frozenset(("citing", "quoting"))
# Without one of these no sentence has such sources.
CUES = _SOURCE_WORDS | _CITING | {":", "that"}


class Sources:
    """Finds those of a sentence whom a noun, "according to" or a colon makes speak."""

    def __init__(self, parse: Parse, clauses: list[Clause], lexicon: Lexicon) -> None:
        """Take the sentence and its clauses."""
        self.parse, self.clauses, self.lexicon = parse, clauses, lexicon
        self.lows = parse.lows

    def before_colon(self) -> Iterator[Statement]:
        """Yield what stands behind "Pentagon:" where a sentence begins so."""
        for mention in self.parse.mentions[:2] if ":" in self.parse.words_used else ():
            speaks = mention.kind in SPEAKING and mention.first <= 3 and not mention.modifies
            if speaks and self.lows[mention.last : mention.last + 1] == [":"]:
                yield Statement(mention.last + 1, len(self.lows), "say", [Voice(mention)])
                return
        yield from self._before_quote()

    def _before_quote(self) -> Iterator[Statement]:
        """Yield a quotation behind the colon of a clause about who says it: "X was blunt: “…”"."""
        for index in range(2, len(self.lows) - 1) if ":" in self.parse.words_used else ():
            if self.lows[index] != ":" or self.lows[index + 1] not in QUOTES:
                continue
            before = [c for c in self.clauses if c.verb.first < index]
            said = any(c.verb.lemma in self.lexicon["speaking"] - _BEING for c in before)
            told = before and not said
            speakers = voices(self.parse, before[0].subject, self.lexicon) if told else []
            if any(v.mention is not None and v.mention.kind != "state" for v in speakers):
                yield Statement(index + 1, len(self.lows), "say", speakers)
            return

    def by_noun(self) -> Iterator[Statement]:
        """Yield what follows a noun with its teller: "the White House announcement that …"."""
        for index in range(1, len(self.lows) - 1) if "that" in self.parse.words_used else ():
            if self.lows[index] != "that" or index - 1 in self.parse.verb_at:
                continue
            if tellers := self._tellers(index):
                told = (c.end for c in self.clauses if c.start == index + 1)
                yield Statement(index + 1, next(told, len(self.lows)), "say", tellers)

    def _tellers(self, that: int) -> list[Voice]:
        """Return who told what stands behind a noun and "that", if a name beside it says so."""
        nouns = self.lexicon["told-by-noun"]
        for noun in range(that - 1, max(0, that - _NEAR), -1):
            if self.lows[noun] in nouns:
                if self.lows[noun + 1] in ("by", "from", "of") and noun + 2 < that:
                    return voices(self.parse, (noun + 2, that), self.lexicon)
                return self._owner_of(noun) if self._only_dated(noun + 1, that) else []
            if noun in self.parse.verb_at:
                break
        return []

    def _only_dated(self, first: int, last: int) -> bool:
        """Whether nothing but a date stands between two tokens: "on Friday"."""
        dated = {i for d in self.parse.dates for i in range(d.first, d.last)}
        return all(self.lows[i] in ("on", "in") or i in dated for i in range(first, last))

    def _owner_of(self, noun: int) -> list[Voice]:
        """Return whose announcement it is: "Kyiv's claim", "the State Department announcement"."""
        for mention in self.parse.mentions:
            gap = self.lows[mention.last : noun]
            owns = not gap or gap[0] in ("'s", "’s")
            if mention.last <= noun and owns and len(gap) <= 2 and mention.kind in SPEAKING:
                return [Voice(mention)]
        return []

    def according_to(self) -> Iterator[Statement]:
        """Yield what stands under "according to X"."""
        if _SOURCE_WORDS.isdisjoint(self.parse.words_used):
            return
        for index in [i for i, low in enumerate(self.lows[:-2]) if low in _SOURCE_WORDS]:
            if self.lows[index] == "by" and (counted := self._by_the_count(index)) is not None:
                yield counted
                continue
            if (behind := self._behind_source_words(index)) is not None:
                last = behind
                while last < len(self.lows) and self.lows[last] not in _ENDS_SOURCE:
                    last += 1
                named = self.parse.mention_at.get(last + 1)
                if named is not None and self._holds_office(last, named):
                    last = named.last
                speakers = voices(self.parse, (behind, last), self.lexicon)
                if not speakers and (pronoun := _OWN.get(self.lows[index + 1])):
                    speakers = [Voice(None, pronoun, (index + 1, last))]
                begins = index == 0 or (index == 2 and self.lows[index] == "words")
                begins = begins or self._opens(index)
                if begins or self.lows[index - 1] in (";", ":", "and", "but"):
                    yield Statement(last, len(self.lows), "say", speakers)
                else:
                    first = max((i + 1 for i in range(index) if self.lows[i] == ";"), default=0)
                    end = len(self.lows) if self._resumes(last) else index
                    yield Statement(first, end, "say", speakers)

    def _opens(self, index: int) -> bool:
        """Whether only when or where it was stands before: "Since then, according to"."""
        lead = self.lows[: index - 1]
        if self.lows[index - 1] != "," or not lead or len(lead) > _LEAD:
            return False
        opens = lead[0] in self.lexicon["prepositions"] or lead[0] in _SINCE
        return opens and not any(at in self.parse.verb_at for at in range(len(lead)))

    def _by_the_count(self, by: int) -> Statement | None:
        """Read "by the observatory's reckoning": what stands beside it is theirs."""
        ahead = range(by + 2, min(by + _NEAR, len(self.lows) - 1))
        owns = next((i for i in ahead if self.lows[i] in ("'s", "’s")), None)
        if owns is None:
            return None
        noun = owns + 1 + (self.lows[owns + 1] == "own")
        if self.lows[noun] not in COUNTS | _OWNING_UP:
            return None
        speakers = voices(self.parse, (by + 1, owns), self.lexicon)
        if by == 0 or self._resumes(noun + 1):
            return Statement(0 if by else noun + 1, len(self.lows), "say", speakers)
        return Statement(0, by, "say", speakers)

    def _holds_office(self, comma: int, named: Mention) -> bool:
        """Whether a name follows its office: "according to the army's spokesman, Ali Saleh"."""
        office = self.lows[comma - 1] in self.lexicon["offices"] | self.lexicon["sources"]
        office = office or self.lows[comma - 2] in _WHOSE  # "its headmaster, Plamen Vutov"
        person = named.kind == "person" or (
            named.kind == "unknown" and named.last - named.first > 1
        )
        return office and person and self.lows[comma] == ","

    def _resumes(self, comma: int) -> bool:
        """Whether what is told goes on behind an aside: "shells, by his account, were sent"."""
        behind = comma + 1 + (self.lows[comma + 1 : comma + 2] == ["and"])
        return self.lows[comma : comma + 1] == [","] and behind in self.parse.verb_at

    def _behind_source_words(self, index: int) -> int | None:
        """Return where the source stands behind "according to" or "by the estimate of"."""
        words = self.lows[index : index + 4]
        if words[:2] == ["words", "of"] and self.lows[max(0, index - 2) : index] == ["in", "the"]:
            return index + 2
        if words[0] == "if":
            return index + 1 if self._is_believed(index) else None
        if words[:2] == ["according", "to"]:
            return index + 2
        by_count = words[:2] in (["by", "the"], ["in", "the"]) and words[3:] == ["of"]
        if words[:1] == ["by"] and words[1:2] and words[1] in _OWN and "of" not in words[3:]:
            own = 1 if words[2:3] == ["own"] else 0
            return index + 3 + own if COUNTS & {*words[2 + own : 3 + own]} else None
        return index + 4 if by_count and words[2] in COUNTS else None

    def _is_believed(self, index: int) -> bool:
        """Whether "if" begins "if local media are to be believed"."""
        ahead = self.lows[index + 1 : index + _NEAR]
        believed = next((i for i, word in enumerate(ahead) if word in _BELIEVED), 0)
        return ahead[max(0, believed - 2) : believed] == ["to", "be"]

    def cited(self) -> list[Voice]:
        """Return whom the sentence cites: "Reuters reported, citing two officials"."""
        if _CITING.isdisjoint(self.parse.words_used):
            return []
        for index, word in enumerate(self.lows):
            if word in _CITING and (index == 0 or self.lows[index - 1] in (",", "—", "–", "who")):
                last = index + 1
                while last < len(self.lows) and self.lows[last] not in (
                    ",",
                    ";",
                    "who",
                    "which",
                    ".",
                    "”",
                ):
                    last += 1
                return voices(self.parse, (index + 1, last), self.lexicon)
        return []
