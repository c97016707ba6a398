"""Who has the floor in a transcript: "MR MILLER: We have seen …", until another takes it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kg.articles.text import in_lines
from kg.extraction.attributing.quoted_on import who_is_quoted
from kg.extraction.document.found import Found
from kg.extraction.events.sitting import Sitting
from kg.extraction.grammar.parse import Parser
from kg.extraction.situations.resolution import Resolver
from kg.extraction.speakers.voices import voices
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.sentences import Sentence
from kg.extraction.words.tokens import tokenize

# What stands before the first colon of a line, marks of Markdown around it left out.
_TAG = re.compile(r"[ \t>*_-]{0,4}([^\W\d_][^\n:“”\"]{0,58}):[*_]{0,2}(?=[ \t])")
_WIDTH = 64
_LONGEST = 5
_GROUND = frozenset(("state", "place", "demonym"))


@dataclass
class Floor:
    """Follows who speaks from paragraph to paragraph; in an article nobody has the floor.

    Attributes:
        text: the article.
        resolver: finds out who is meant.
        tags: what may be tags of the text, by how often each is one.
        is_transcript: whether several paragraphs say who speaks in them: others then go on with it.
        asked: whether somebody asks who is not named.
    """

    text: str
    resolver: Resolver
    tags: Counter[str] = field(init=False)
    is_transcript: bool = field(init=False)
    asked: bool = False

    def __post_init__(self) -> None:
        """Look for tags in the whole text."""
        self.text = in_lines(self.text)
        heads = (line[:_WIDTH] for line in self.text.split("\n"))
        found = (_TAG.match(f"{head} ") for head in heads if ":" in head)
        tags = (match[1].strip("*_ ") for match in found if match is not None)
        self.tags = Counter(tag for tag in tags if _is_written_as_a_name(tag))
        lexicon = self.resolver.lexicon
        sure = (n for tag, n in self.tags.items() if n > 1 or _is_sure(tag, lexicon))
        self.is_transcript = sum(sure) > 1

    def turn(self, start: int) -> None:
        """Note who has the floor in the paragraph whose first word stands at `start`."""
        if not self.tags:
            return
        memory, lexicon = self.resolver.memory, self.resolver.lexicon
        match = _TAG.match(self.text, self.text.rfind("\n", 0, start) + 1)
        tag = match[1].strip("*_ ") if match else ""
        if tag not in self.tags:
            memory.floor = memory.floor if self.is_transcript else None
            self.asked = self.asked and self.is_transcript
            return
        self.asked = _asks(tag, lexicon)
        memory.floor = None if self.asked else self._who(tag)

    def _who(self, tag: str) -> str | None:
        """Return whom a tag names: by a title or an office, or by a name that comes again."""
        lexicon, gazetteer = self.resolver.lexicon, self.resolver.gazetteer
        tokens = tokenize(tag)
        if tag.isupper():
            tokens = [token._replace(text=token.text.capitalize()) for token in tokens]
        (one,) = Parser(lexicon, gazetteer, None).parse([Sentence(tokens, 0, True)])
        found = voices(one, (0, len(tokens)), lexicon)
        mention = found[0].mention if found else None
        if mention is None or mention.kind in _GROUND:
            return None
        known = mention.kind in ("person", "organization")
        again = self.tags[tag] > 1 and mention.last - mention.first > 1
        if known or again or _is_titled(tag, lexicon):
            return self.resolver.speaker(one, found[0])
        return None

    def credit(self, claims: list[Found]) -> list[Found]:
        """Let who has the floor stand behind what a sentence tells, and carry what others say.

        What somebody says who only asks, and is not named, is left out.
        """
        floor = self.resolver.memory.floor
        if self.asked:
            return [claim for claim in claims if claim.speakers]
        for claim in claims if floor else ():
            if not claim.speakers:
                claim.speakers = [str(floor)]
            elif floor not in claim.speakers and floor not in claim.via:
                claim.via = [*claim.via, str(floor)]
        return claims


def who_goes_on(sitting: Sitting) -> list[str]:
    """Return who speaks in a sentence that names nobody: who has the floor, or is quoted on."""
    memory = sitting.memory
    speaks = memory.floor or (sitting.quoted() and who_is_quoted(memory))
    return [speaks] if speaks else []


def _is_written_as_a_name(tag: str) -> bool:
    words = tag.split()
    return 0 < len(words) <= _LONGEST and all(
        word[0].isupper() and not word[:-1].endswith((",", ";", "!", "?")) for word in words
    )


def _asks(tag: str, lexicon: Lexicon) -> bool:
    return tag.split()[0].lower() in lexicon["asking"]


def _is_sure(tag: str, lexicon: Lexicon) -> bool:
    return _asks(tag, lexicon) or _is_titled(tag, lexicon)


def _is_titled(tag: str, lexicon: Lexicon) -> bool:
    """Whether a tag is a title or an office with a name behind it: "Mr Miller"."""
    lows = [word.rstrip(".") for word in tag.lower().split()]
    if len(lows) > 1 and lows[0] in lexicon["titles"]:
        return True
    office = lexicon.roles.match(lows, 0)
    return office is not None and office[0] < len(lows)
