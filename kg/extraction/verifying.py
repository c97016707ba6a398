"""Verify claims proposed from outside: quotes, names, figures, dates and negation, by the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from kg.articles.text import occurrences
from kg.extraction.dating.dated import Dated
from kg.extraction.dating.publication import Calendar
from kg.extraction.document.denied_there import drafted_there, is_kept_from, is_negated
from kg.extraction.document.found import Found
from kg.extraction.document.readings import Reading
from kg.extraction.document.told_there import (
    is_conditional,
    is_function_word,
    is_of_things,
    modality_there,
    tells_something,
    verb_there,
)
from kg.extraction.drafting import Draft
from kg.extraction.figures.quantities import Quantity
from kg.extraction.grammar.parse import Parse, Parser
from kg.extraction.pipeline import About, Extractor, as_record
from kg.extraction.situations.resolution import Resolver
from kg.extraction.words.sentences import Sentence, sentences
from kg.extraction.words.tokens import tokenize
from kg.vocabulary.terms import EVENT_TYPES

MODALITIES = ("actual", "ongoing", "expected", "possible", "requested")
MAX_CLAIMS = 500
_PEOPLE = "personnel"
_FOLDED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_ASPECTS = {
    "Training": "personnel-training",
    "Combat": "combat-participation",
    "Shipment": "items-delivered",
}


class Rejected(Exception):
    """A proposed claim is left out; the words say why."""


class Verifier:
    """Takes proposed claims of one article into a record, or rejects them.

    Attributes:
        rejected: why each claim that was left out was.
        stood: the claims that stood up to the text, as they were proposed.
    """

    def __init__(self, rules: Extractor, text: str, about: About, extractor: str) -> None:
        """Take the article, what is known of it, and the name to write for the extractor."""
        self.rules, self.text, self.about, self.name = rules, text, about, extractor
        self.memory = about.memory(rules.gazetteer)
        self.resolver = Resolver(rules.lexicon, rules.gazetteer, self.memory)
        self.today = Calendar.of(about.published)
        self.draft = Draft(text, about.published[:4], rules.gazetteer, self.memory, self.today)
        self.parses = [self._parse(s) for s in sentences(text, rules.lexicon, about.body)]
        self.frame = next(f for entries in rules.lexicon.frames.values() for _, f in entries)
        self.rejected: list[str] = []
        self.stood: list[dict[str, Any]] = []
        self._spans: list[tuple[int, int, str]] = []

    def record(
        self, proposed: Sequence[Any], earlier: Sequence[dict[str, Any]] = ()
    ) -> dict[str, Any]:
        """Return the record with all of `proposed` that stands up to the text.

        Args:
            proposed: the claims of one answer.
            earlier: claims that stood up before; those that `proposed` tells anew are left out.
        """
        for claim in proposed[:MAX_CLAIMS]:
            try:
                if not isinstance(claim, dict):
                    raise Rejected("it is no object, as a claim is")
                found = self._verified(claim)
                if _span(found) in self._spans:
                    raise Rejected("it is there already")
                self._take(claim, found)
            except Rejected as error:
                quote = claim.get("quote") if isinstance(claim, dict) else claim
                self.rejected.append(f"“{str(quote)[:60]}”: {error}")
        for claim in earlier:
            found = self._verified(claim)
            if not any(_overlap(_span(found), known) for known in self._spans):
                self._take(claim, found)
        for one in self.parses:
            self.draft.mention(one, self.resolver.actor_or_place)
        return as_record(self.text, self.about, self.draft, self.rules.lexicon)

    def _take(self, claim: dict[str, Any], found: Found) -> None:
        self._spans.append(_span(found))
        self.stood.append(claim)
        self.draft.add(found, self.name)

    def _parse(self, sentence: Sentence) -> Parse:
        parser = Parser(self.rules.lexicon, self.rules.gazetteer, self.today)
        return parser.parse([sentence])[0]

    def _verified(self, claim: dict[str, Any]) -> Found:
        start, end = self._span(_words(claim.get("quote")))
        one, first, last = self._sentence(start, end)
        if not tells_something(one, first, last, self.rules.lexicon):
            raise Rejected("its quote says nothing that happened; quote the verb or noun that does")
        event = claim.get("event")
        if event not in EVENT_TYPES:
            raise Rejected("its event is none of the seven types")
        from_, to = self._sides(claim.get("from")), self._sides(claim.get("to"))
        if not from_ and not to:
            raise Rejected("it names no side that the article or the reference data knows")
        items = [i for m in one.mentions_in(first, last) if m.kind == "item" for i in m.items]
        places = [p for name in _listed(claim.get("places")) if (p := self._place(name))]
        aspect = _ASPECTS.get(event, "occurrence")
        reading = Reading(
            self.frame, event, from_, to, aspect, list(dict.fromkeys(items)), None, places
        )
        return Found(
            reading,
            first,
            last,
            one,
            polarity=self._polarity(claim, one, first, last),
            modality=self._modality(claim.get("modality"), event, one, first, last),
            speakers=[s for name in _listed(claim.get("speaker")) if (s := self._speaker(name))],
            quantity=self._quantity(claim.get("figure"), one, first, last),
            date=self._date(_text_of(claim.get("date")), one),
        )

    def _span(self, quote: str) -> tuple[int, int]:
        """Return where a quote stands: exactly, else with other white space and quotation marks."""
        if not quote.strip():
            raise Rejected("it has no quote")
        if not any(character.isalnum() for character in quote):
            raise Rejected("its quote has no letter or digit")
        found = occurrences(self.text, quote, limit=1)
        if found:
            return found[0], found[0] + len(quote)
        words = [re.escape(word) for word in quote.translate(_FOLDED).split()]
        match = re.search(r"\s+".join(words), self.text.translate(_FOLDED)) if words else None
        if match is None:
            raise Rejected("this quote does not stand in the article")
        return match.start(), match.end()

    def _sentence(self, start: int, end: int) -> tuple[Parse, int, int]:
        for one in self.parses:
            if one.tokens[0].start <= start and end <= one.tokens[-1].end:
                inside = [i for i, t in enumerate(one.tokens) if t.start < end and start < t.end]
                return one, inside[0], inside[-1] + 1
        raise Rejected("this quote is no part of one sentence that can claim something")

    def _sides(self, names: Any) -> tuple[str, ...]:
        """Return the sides of an event; one that the article does not name is invented."""
        found: dict[str, None] = {}
        for name in _listed(names):
            sides = self._sides_in(name)
            if not self._stands(name) and not (sides and all(map(self._is_named, sides))):
                raise Rejected(f"its side '{name[:40]}' does not stand in the article")
            found.update(dict.fromkeys(sides))
        return tuple(found)

    def _sides_in(self, name: str) -> list[str]:
        one = self._parse(Sentence(tokenize(name), 0, True))
        free = [m for m in one.mentions if not m.modifies or len(one.mentions) == 1]
        return [side for mention in free if (side := self.resolver.side(one, mention))]

    def _stands(self, words: str) -> bool:
        """Whether words stand in the article, whole ones, however they are parted."""
        parts = [re.escape(word) for word in words.translate(_FOLDED).lower().split()]
        pattern = r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)"
        return re.search(pattern, self.text.translate(_FOLDED).lower()) is not None

    def _speaker(self, name: str) -> str | None:
        """Return who speaks; a name that the article does not have is invented."""
        if not self._stands(name):
            raise Rejected(f"its speaker '{name[:40]}' does not stand in the article")
        one = self._parse(Sentence(tokenize(name), 0, True))
        telling = (w for w in one.lows if not is_function_word(w, self.rules.lexicon))
        if is_of_things(one, self._personnel) or not any(map(str.isalpha, "".join(telling))):
            raise Rejected(f"its speaker '{name[:40]}' is nobody who can say something")
        free = [m for m in one.mentions if not m.modifies and m.kind not in ("item", "demonym")]
        for mention in free:
            if actor := self.resolver.actor(one, mention):
                return actor
        return self.resolver.declare_source(name)

    def _place(self, name: str) -> str | None:
        one = self._parse(Sentence(tokenize(f"in {name}"), 0, True))
        for mention in one.mentions:
            place = mention.place or mention.actor
            if place in self.rules.gazetteer.names.places and self._stands(name):
                return place
        return None

    def _quantity(self, figure: Any, one: Parse, first: int, last: int) -> Quantity | None:
        """Return the count that the quote itself states; a figure that it lacks is rejected."""
        inside = [q for q in one.quantities if first <= q.first and q.last <= last]
        words = _text_of(figure)
        if figure and not words:
            raise Rejected("its figure is neither words nor a number")
        if not isinstance(figure, str):
            # "20" for "twenty" too: the number is the same.
            for quantity in inside:
                if words and float(words) in (quantity.low, quantity.best, quantity.high):
                    return quantity
        if words and not inside:
            raise Rejected(f"its figure '{words[:40]}' is no count in the quote")
        numbers = {token.low for token in tokenize(words)}
        for quantity in inside:
            stated = {token.low for token in one.tokens[quantity.first : quantity.last]}
            if numbers and (numbers <= stated or stated <= numbers):
                return quantity
        if words:
            raise Rejected(f"its figure '{words[:40]}' differs from the quote's")
        return None

    def _date(self, words: str, one: Parse) -> Dated | None:
        stated = {token.low for token in tokenize(words)}
        for dated in one.dates:
            if stated & {token.low for token in one.tokens[dated.first : dated.last]}:
                return dated
        return None

    def _polarity(self, claim: dict[str, Any], one: Parse, first: int, last: int) -> str:
        """Return the polarity; what the text denies is not affirmed, nor the other way round."""
        if claim.get("polarity") != "denied":
            if self._is_denied(one, first, last):
                raise Rejected("its sentence denies it, and it is given as affirmed")
            return "affirmed"
        lexicon = self.rules.lexicon
        denies = any(group.lemma in lexicon["deny"] or group.negated for group in one.verbs)
        if not denies and not any(
            low in lexicon["negations"] or low in lexicon["falsehoods"] for low in one.lows
        ):
            raise Rejected("nothing in its sentence denies")
        return "denied"

    def _modality(self, given: Any, event: str, one: Parse, first: int, last: int) -> str:
        """Return how a claim holds: as the rules read the quote, else as its verb says."""
        lexicon = self.rules.lexicon
        drafted = self._drafted_there(one, first, last)
        if drafted is not None and self._types.get(drafted["about"]) == event:
            read: str = drafted["modality"]
            return read
        modality = given if given in MODALITIES else "actual"
        verb = verb_there(one, first, last, lexicon)
        if verb is None:
            return modality
        if is_conditional(one, verb, lexicon):
            raise Rejected("its sentence only supposes it, behind “if” or “whether”")
        read_there = modality_there(one, verb, lexicon, agreement=event == "Agreement")
        return read_there if read_there and modality != "requested" else modality

    def _is_denied(self, one: Parse, first: int, last: int) -> bool:
        """Whether the rules read a quote as a denial or, where they read none, its words do."""
        drafted = self._drafted_there(one, first, last)
        if drafted is None:
            return is_negated(one, first, last, self.rules.lexicon)
        return drafted["polarity"] == "denied" or is_kept_from(one, first, last, self.rules.lexicon)

    def _drafted_there(self, one: Parse, first: int, last: int) -> dict[str, Any] | None:
        """Return the claim that the rules draft of what stands between two tokens."""
        start, end = one.tokens[first].start, one.tokens[last - 1].end
        return drafted_there(self._drafted.get("claims", []), start, end)

    @cached_property
    def _drafted(self) -> dict[str, Any]:
        """The record that the rules draft of the article."""
        return self.rules.draft(self.text, self.about)

    @cached_property
    def _types(self) -> dict[str, str]:
        """The types of the events in it."""
        return {event["id"]: event["type"] for event in self._drafted.get("events", [])}

    @cached_property
    def _personnel(self) -> frozenset[str]:
        """The items that are people, who can speak."""
        items = self.rules.gazetteer.names.items.values()
        return frozenset([one.id for one in items if _PEOPLE in (one.id, *one.above)])

    @cached_property
    def _named(self) -> frozenset[str]:
        """The actors that the article names, also by a place in them or a body of theirs."""
        gazetteer = self.rules.gazetteer
        named: set[str] = set()
        for mention in (m for one in self.parses for m in one.mentions):
            for actor in (mention.actor, *mention.candidates):
                if actor:
                    known = gazetteer.names.actors.get(actor)
                    own = known is None or known.type == "Group"
                    named |= {actor} if own else {actor, gazetteer.top(actor)}
            if mention.place and (state := gazetteer.state_of_place(mention.place)):
                named.add(state)
        return frozenset(named)

    def _is_named(self, actor: str) -> bool:
        """Whether the article names an actor of the reference data, be it in a heading only."""
        known = self.rules.gazetteer.names.actors.get(actor)
        if known is None:
            return False
        names = (known.label, *known.names, *known.hidden)
        return actor in self._named or any(
            re.search(rf"(?<!\w)(?:{re.escape(name)}|{re.escape(name.upper())})(?!\w)", self.text)
            for name in names
        )


def _span(found: Found) -> tuple[int, int, str]:
    """Return where a claim's quote begins and ends, and the type of what it is about."""
    tokens = found.parse.tokens
    return tokens[found.first].start, tokens[found.last - 1].end, found.reading.type


def _overlap(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return one[2] == other[2] and one[0] < other[1] and other[0] < one[1]


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _text_of(value: Any) -> str:
    """Return words as a model gives them, also as a number of JSON."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else _words(value)


def _listed(value: Any) -> list[str]:
    values = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return [one for one in values if isinstance(one, str) and one.strip()][:20]
