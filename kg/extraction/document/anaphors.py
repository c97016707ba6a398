"""Who speaks where only a pronoun or definite noun says so: "she", "the group", "the letter"."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.document.memory import CALLED, CHANNELS, GROUPS, Memory
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.names.mentions import Mention
from kg.extraction.words.lexicon import Lexicon

# Lists of nouns that stand for those who tell something.
_TELLING = ("told-in", "reporting")
# Behind the noun of a body, before where it sits: "the interior ministry in Lima".
_SEATED = frozenset(("in", "of", "at", "for"))
_PLURAL = ("they", "both", "others", "some", "them", "these")


@dataclass
class Anaphors:
    """Follows pronouns and definite nouns back to who spoke or was named before."""

    lexicon: Lexicon
    gazetteer: Gazetteer
    memory: Memory

    def pronoun(self, word: str) -> str | None:
        """Return who "he", "they" or "another" is."""
        memory = self.memory
        if word in ("he", "she"):
            return memory.person
        if word in _PLURAL:
            return memory.sources or memory.body
        if word in ("one", "another"):
            return memory.sources
        paragraph, reporters = memory.report
        if word == "it" and len(reporters) == 1 and paragraph == memory.paragraph:
            return reporters[0]
        if word == "it" and self._may_be_it(memory.spoke):
            return memory.spoke
        if word != "it" and (body := self.body(word)):
            return body
        return memory.body or memory.state

    def _may_be_it(self, actor: str | None) -> bool:
        """Whether who spoke last is a paper or a name of which no office is known."""
        if actor is None or self._kind(actor) != "UnnamedSource":
            return False
        stated = str(self.memory.actors[actor].get("name", ""))
        name = stated.lower()
        if stated.isupper():
            return True  # "the SPLM"
        unknown = actor in self.memory.people and actor not in self.memory.affiliations
        words = name.split()
        head = next((i for i, word in enumerate(words) if i and word in _SEATED), len(words))
        return unknown or (head > 0 and name != "" and words[head - 1] in CALLED)

    def noun_of(self, parse: Parse, mention: Mention) -> str:
        """Return the noun of a mention that stands for a body named before, else nothing."""
        lows, last = parse.lows, mention.last - 1
        the = mention.first > 0 and lows[mention.first - 1] in ("the", "this")
        modifiers = lows[mention.first : last]
        # "The New York-based group" is one named before.
        seated = modifiers[-1:] != [] and modifiers[-1].endswith("based")
        if mention.kind != "collective" or not (the and (seated or mention.nation is None)):
            return ""
        plain = seated or all(word in self.lexicon["source-modifiers"] for word in modifiers)
        known = lows[last] in CALLED or any(lows[last] in self.lexicon[key] for key in _TELLING)
        return lows[last] if plain and known else ""

    def body(self, noun: str) -> str | None:
        """Return the body that a noun means: who spoke last, else the last one named."""
        memory = self.memory
        if memory.spoke and self._spoke_as(noun, memory.spoke):
            return memory.spoke
        if noun in self.lexicon["reporting"] and (author := self._who_reported()):
            return author
        if noun in self.lexicon["reports"]:
            return memory.author or memory.body_called(noun)
        if noun in self.lexicon["told-in"]:
            return memory.spoke or memory.body_called(noun)
        if noun in self.lexicon["reporting"] and noun not in CALLED:
            return None  # experts of whom nothing was told
        kinds = CALLED.get(noun)
        if kinds is not None and memory.spoke and self._kind(memory.spoke) in kinds:
            return memory.spoke
        if (body := memory.body_called(noun)) is not None:
            return body
        if kinds == GROUPS and memory.group:
            return memory.group
        unknown = memory.spoke in memory.people and self._kind(memory.spoke or "") != "Person"
        return memory.spoke if kinds is not None and unknown else None

    def _spoke_as(self, noun: str, actor: str) -> bool:
        """Whether who spoke last has a noun at the end of its name, or a channel of its own."""
        name = str(self.memory.actors.get(actor, {}).get("name", "")).lower().split()
        if len(name) > 1 and name[-1] == noun:
            return True  # "Africa Command said …; the command said"
        return noun in CHANNELS and self._kind(actor) in GROUPS

    def _who_reported(self) -> str | None:
        """Return those whose report the text has told of, if they are such as write them."""
        author = self.memory.author
        nouns = self.lexicon["reporting"]
        return author if author and self.memory.reports(author, nouns) else None

    def _kind(self, actor: str) -> str:
        return self.memory.kind_of(actor)
