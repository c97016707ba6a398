"""One sentence as the later stages see it: tokens, mentions, verbs, quantities and dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extraction.dating.dated import Dated
from kg.extraction.dating.dates import find_dates
from kg.extraction.dating.publication import Calendar
from kg.extraction.figures.quantities import Quantity, find_quantities
from kg.extraction.grammar.verbs import find_verbs
from kg.extraction.names.bodies import join_bodies
from kg.extraction.names.capitals import is_loud, with_fewer_capitals
from kg.extraction.names.composed_names import name_groups
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.names.mentions import Mention, Words
from kg.extraction.names.ownership import attach_nations
from kg.extraction.names.proper_names import find_names, resolve_variants
from kg.extraction.words.glance import Glance
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.sentences import Sentence
from kg.extraction.words.tokens import Token
from kg.extraction.words.verb_group import VerbGroup

# Between a number and what it counts: adjectives, nations, "more", "of the".
QUOTES = frozenset(('"', "“", "”", "‘", "’", "«", "»", "„"))
MAX_GAP = 6
# So many words stand in brackets behind a number at the most.
_LONGEST_ASIDE = 8
_RANKS = frozenset(("first", "second", "third", "fourth", "fifth", "sixth", "last", "latest"))
_OWN = frozenset(("the", "its", "their", "those", "these"))


@dataclass(slots=True)
class Parse:
    """A sentence taken apart.

    Attributes:
        tokens: its tokens.
        lows: the same in lower case.
        mentions: what it names, in order.
        verbs: its verb groups, in order.
        quantities: its counts.
        dates: its dates.
        paragraph: the number of its paragraph.
        mention_at: mentions by their first token.
        verb_at: verb groups by their first token.
        counted: the tokens of quantities, whose "over" and "around" are no prepositions.
        date_at: dates by their first token.
        events: the tokens of nouns that can name an event.
        words_used: all its words, once.
        slots: what has been found already behind the prepositions of a stretch.
        subjects: what has been found already in the words of a subject.
    """

    tokens: list[Token]
    lows: list[str]
    mentions: list[Mention]
    verbs: list[VerbGroup]
    quantities: list[Quantity]
    dates: list[Dated]
    paragraph: int = 0
    events: Sequence[int] = ()
    mention_at: dict[int, Mention] = field(init=False)
    verb_at: dict[int, VerbGroup] = field(init=False)
    counted: frozenset[int] = frozenset()
    date_at: dict[int, Dated] = field(init=False)
    words_used: frozenset[str] = field(init=False)
    slots: dict[tuple[int, int], dict[str, list[Mention]]] = field(default_factory=dict)
    subjects: dict[tuple[int, int], tuple[list[Mention], list[Mention]]] = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        """Index what was found."""
        self.mention_at = {}
        for mention in self.mentions:
            if mention.first not in self.mention_at or not mention.modifies:
                self.mention_at[mention.first] = mention
        self.date_at = {dated.first: dated for dated in self.dates}
        self.words_used = frozenset(self.lows)
        self.verb_at = {group.first: group for group in self.verbs}
        if self.quantities:
            self.counted = frozenset([i for q in self.quantities for i in range(q.first, q.last)])
            self.quantities = [q for q in self.quantities if q.says_something]

    def mentions_in(self, first: int, last: int) -> list[Mention]:
        """Return the mentions that lie between two tokens."""
        return [m for m in self.mentions if first <= m.first and m.last <= last]

    def words(self, mention: Mention) -> str:
        """Return the words of a mention as they stand, parted as they are."""
        words = ""
        end = -1
        for token in self.tokens[mention.first : mention.last]:
            words += token.text if token.start == end or not words else f" {token.text}"
            end = token.end
        return words


# "armoured vehicles, 24 in all, have arrived".
_IN_ALL = (["in", "all"], ["in", "total"], ["all", "told"])


class Parser:
    """Takes the sentences of one document apart, in their order.

    Each stage goes over many sentences before the next begins. The processor then has at hand
    what one stage runs, and the whole takes an eighth less time than sentence by sentence.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        gazetteer: Gazetteer,
        today: Calendar | None,
        year: int | None = None,
    ) -> None:
        """Begin a document.

        Args:
            lexicon: its words.
            gazetteer: the known names.
            today: when it appeared.
            year: the year of which the text before its first sentence speaks.
        """
        self.lexicon, self.gazetteer, self.today = lexicon, gazetteer, today
        self._year, self._paragraph = year, -1

    def parse(self, sentences: Sequence[Sentence]) -> list[Parse]:
        """Take the next sentences of the document apart."""
        for sentence in sentences:
            if is_loud(sentence.tokens):
                cased = with_fewer_capitals(sentence.tokens, self.lexicon, self.gazetteer)
                sentence.tokens = cased
        glances = [self.gazetteer.cues.glance(sentence.tokens) for sentence in sentences]
        verbs = [self._verbs(glance) for glance in glances]
        words = [
            Words.of(glance, _taken(groups), self.lexicon, self.gazetteer)
            for glance, groups in zip(glances, verbs, strict=True)
        ]
        mentions = find_mentions(words)
        dates = [self._dates(*one) for one in zip(sentences, glances, verbs, strict=True)]
        mentions = [_not_dated(*one) for one in zip(mentions, dates, strict=True)]
        quantities = [self._quantities(*one) for one in zip(glances, mentions, dates, strict=True)]
        stages = zip(sentences, glances, mentions, verbs, quantities, dates, strict=True)
        return [self._whole(*found) for found in stages]

    def _verbs(self, glance: Glance) -> list[VerbGroup]:
        names = _names(glance, self.lexicon)
        return find_verbs(glance, names, names.intersection(glance.adjectives), self.lexicon)

    def _dates(self, sentence: Sentence, glance: Glance, verbs: list[VerbGroup]) -> list[Dated]:
        """Return the dates of a sentence; a year that one states holds for its paragraph."""
        if sentence.paragraph != self._paragraph:
            if self._paragraph >= 0:
                self._year = None
            self._paragraph = sentence.paragraph
        dates = find_dates(glance, self.lexicon, self.today, self._year, verbs)
        for dated in dates:
            if dated.year is not None and dated.opening != "since":
                self._year = dated.year
        return dates

    def _whole(
        self,
        sentence: Sentence,
        glance: Glance,
        mentions: list[Mention],
        verbs: list[VerbGroup],
        quantities: list[Quantity],
        dates: list[Dated],
    ) -> Parse:
        """Return what the stages found in a sentence as one."""
        lows, paragraph = _lows(glance), sentence.paragraph
        result = Parse(
            sentence.tokens, lows, mentions, verbs, quantities, dates, paragraph, glance.events
        )
        _attach_quantities(result, self.lexicon)
        return result

    def _quantities(
        self, glance: Glance, mentions: list[Mention], dates: list[Dated]
    ) -> list[Quantity]:
        if not glance.numbers:
            return []
        return _not_in(find_quantities(glance, self.lexicon, _named(mentions)), dates)


def find_mentions(sentences: Sequence[Words]) -> list[list[Mention]]:
    """Return what each of some sentences names, in order."""
    names = [find_names(words) for words in sentences]
    mentions = [join_bodies(*pair) for pair in zip(sentences, names, strict=True)]
    for words, found in zip(sentences, mentions, strict=True):
        resolve_variants(words, found)
        name_groups(words, found)
        attach_nations(words, found)
    return mentions


def _taken(verbs: list[VerbGroup]) -> frozenset[int]:
    return frozenset([i for group in verbs for i in range(group.first, group.last)])


def _lows(glance: Glance) -> list[str]:
    """Return the words in lower case; straight quotation marks as opening and closing ones."""
    if '"' not in glance.lows:
        return glance.lows
    lows = [*glance.lows]
    inside = False
    for index, low in enumerate(lows):
        if low == '"':
            lows[index] = "”" if inside else "“"
            inside = not inside
    return lows


def _names(glance: Glance, lexicon: Lexicon) -> frozenset[int]:
    """Return the indices of words written as names, which are no verbs."""
    lows, pronouns = glance.lows, lexicon["pronouns"]
    names = [
        index
        for index in glance.capitals
        if index and lows[index - 1] not in '"“‘«(:' and lows[index] not in pronouns
    ]
    # The first word of a sentence is no name by itself: any is written with a capital.
    if glance.capitals[:1] == [0] and lows[0] not in lexicon["opening"]:
        names.append(0)
    return frozenset(names)


def _not_in(quantities: list[Quantity], dates: list[Dated]) -> list[Quantity]:
    if not dates:
        return quantities
    taken = {index for dated in dates for index in range(dated.first, dated.last)}
    return [q for q in quantities if not taken & set(range(q.first, q.last))]


def _not_dated(mentions: list[Mention], dates: list[Dated]) -> list[Mention]:
    """Return the mentions that are no days: "New Year" and "Christmas Eve" are nobody's names."""
    if not dates:
        return mentions
    taken = {index for dated in dates for index in range(dated.first, dated.last)}
    return [m for m in mentions if m.kind != "unknown" or not taken & set(range(m.first, m.last))]


def _named(mentions: list[Mention]) -> frozenset[int]:
    """Return the indices of the words of known names."""
    known = [m for m in mentions if m.kind in ("state", "demonym", "place", "organization")]
    return frozenset([i for m in known for i in range(m.first, m.last)])


def _attach_quantities(result: Parse, lexicon: Lexicon) -> None:
    """Say which item each number counts: the next noun in the same phrase."""
    if not result.quantities:
        return
    for index, quantity in enumerate(result.quantities):
        whole = _is_whole(result.lows, quantity.first, lexicon["parts"])
        if whole or _counts_all_of_them(result, index):
            continue
        if (end := _end_of_noun_before(result.lows, quantity)) is not None:
            _attach_to_what_stands_before(result, index, end)
            continue
        behind = _behind_aside(result.lows, _behind_all(result, index))
        for mention in result.mentions:
            if mention.first < behind or mention.quantity is not None:
                continue
            gap = _without_mark(result, quantity, behind, mention.first)
            acts = _acts(result, behind, mention.first)
            if len(gap) > MAX_GAP or acts or not _only_modifiers(gap, lexicon):
                break
            if mention.kind == "item" or _is_people(result, mention):
                mention.quantity = index
                break
    if any(quantity.measured for quantity in result.quantities):
        _leave_out_weights(result)


def _without_mark(result: Parse, quantity: Quantity, first: int, last: int) -> list[str]:
    """Return the words between a number and a noun, where either begins in quotation marks."""
    gap = result.lows[first:last]
    opens = quantity.first > 0 and result.lows[quantity.first - 1] in QUOTES
    opens = opens or gap[:1] == ["“"]  # ‘40 "foreign instructors"’
    return gap[1:] if opens and gap[:1] != [] and gap[0] in QUOTES else gap


def _leave_out_weights(result: Parse) -> None:
    """Leave out numbers that weigh what is no arms: "300 tonnes of gold"."""
    counted = {m.quantity for m in result.mentions}
    for index in range(len(result.quantities) - 1, -1, -1):
        if not result.quantities[index].measured or index in counted:
            continue
        del result.quantities[index]
        for mention in result.mentions:
            if mention.quantity is not None and mention.quantity > index:
                mention.quantity -= 1


def _is_whole(lows: list[str], first: int, parts: frozenset[str]) -> bool:
    """Whether a number says of how many only a part is meant: "a third of the 12,000"."""
    before = lows[first - 1] if first > 2 else ""
    if before == "of" and lows[first - 2] in _RANKS:
        return True  # "the last of six drones"
    if before in _OWN:
        fraction = first > 4 and lows[first - 4] == "/" and lows[first - 3].isdecimal()
        return lows[first - 2] == "of" and (fraction or lows[first - 3] in parts)
    if before not in ("'s", "’s"):
        return False
    return any(lows[i] == "of" and lows[i - 1] in parts for i in range(max(1, first - 5), first))


def _sums_up(lows: list[str], quantity: Quantity) -> bool:
    """Whether a number behind a comma says how many they are: ", some 600 strong,"."""
    before = lows[quantity.first - 1] if quantity.first else ""
    behind = lows[quantity.last : quantity.last + 2]
    return before == "," and (behind[:1] == ["strong"] or behind in _IN_ALL)


def _in_brackets(lows: list[str], quantity: Quantity) -> bool:
    """Whether nothing but a number stands in brackets: "tanks (12)"; a year is no number."""
    before = lows[quantity.first - 1] if quantity.first else ""
    alone = before == "(" and lows[quantity.last : quantity.last + 1] == [")"]
    return alone and not (quantity.best and 1900 <= quantity.best <= 2100)


def _end_of_noun_before(lows: list[str], quantity: Quantity) -> int | None:
    """Return where the noun ends that stands before its number, None if it stands behind."""
    before = lows[max(0, quantity.first - 1)]
    if _is_strength(lows, quantity):
        return quantity.first - 1
    told = before == "numbering" or _sums_up(lows, quantity) or _in_brackets(lows, quantity)
    return 0 if told else None


def _is_strength(lows: list[str], quantity: Quantity) -> bool:
    """Whether a number counts the noun before its comma: "a battalion, 900 strong,"."""
    behind = lows[quantity.last : quantity.last + 3]
    apart = quantity.first > 1 and lows[quantity.first - 1] == ","
    return apart and (behind[:1] == ["strong"] or behind == ["of", "them", ","])


def _behind_all(result: Parse, index: int) -> int:
    """Return where the words end that count: in "20 of the 60 tanks" behind the 60."""
    after = index + 1 < len(result.quantities) and _counts_all_of_them(result, index + 1)
    return result.quantities[index + after].last


def _behind_aside(lows: list[str], at: int) -> int:
    """Return where brackets behind a number end: "some 3,000 (others say 300) fighters"."""
    if lows[at : at + 1] != ["("]:
        return at
    aside = lows[at : at + _LONGEST_ASIDE]
    return at + aside.index(")") + 1 if ")" in aside else at


def _counts_all_of_them(result: Parse, index: int) -> bool:
    """Whether another number says how many of these are meant: "20 of the 60 tanks"."""
    first = result.quantities[index].first
    of = first - 1 - (result.lows[first - 1] in _OWN) if first else 0
    part = result.quantities[index - 1] if index else None
    some = part is not None and part.last == of and part.best != 1
    return some and result.lows[of] == "of"  # not "is one of 130 soldiers"


def _attach_to_what_stands_before(result: Parse, index: int, last: int = 0) -> None:
    """Let a number count the noun before it: "a force numbering just under 1,000"."""
    at = last or result.quantities[index].first - 1
    for mention in result.mentions:
        if mention.last == at and mention.kind == "item" and mention.quantity is None:
            mention.quantity = index


def _acts(result: Parse, first: int, last: int) -> bool:
    """Whether a verb stands between: "two ships brought shells" does not count shells."""
    return any(
        result.verb_at[i].form in ("finite", "infinitive")
        for i in range(first, last)
        if i in result.verb_at
    )


def _is_people(result: Parse, mention: Mention) -> bool:
    """Whether a demonym is a plural noun: "3,000 Rwandans", "3,000 Sudanese"."""
    plural = result.lows[mention.last - 1].endswith(("s", "ese"))
    return mention.kind == "demonym" and not mention.modifies and plural


def _only_modifiers(gap: list[str], lexicon: Lexicon) -> bool:
    return not any(
        (word in lexicon["prepositions"] and word not in ("of",))
        or (word in lexicon["auxiliaries"] and word not in ("'s", "’s"))
        or word in lexicon["subordinators"]
        or word in ",;:()“”\"—–.'"
        or word in ("but", "not")
        or (word in ("and", "or") and not (index and gap[index - 1].endswith("mm")))
        for index, word in enumerate(gap)
    )


def is_a_part(parse: Parse, mention: Mention) -> bool:
    """Whether an unknown name is only a part of a longer one that has a known name in it."""
    if mention.last - mention.first > 1:
        return False
    beside = (mention.first - 1, mention.last)
    return any(
        0 <= index < len(parse.tokens) and parse.tokens[index].text[0].isupper()
        for index in beside
        if index
    )
