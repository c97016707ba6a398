"""Text in, record out: the stages in their order, with nothing kept between documents."""

from __future__ import annotations

import gc
import hashlib
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.articles.heads import is_of_head
from kg.articles.text import in_lines
from kg.extraction.aboard_later import say_who_came
from kg.extraction.attributing.turns import Floor
from kg.extraction.attributing.vouching import who_broke_it, who_vouches
from kg.extraction.claims.claims import ClaimFinder
from kg.extraction.dating.publication import Calendar
from kg.extraction.document.found import Found
from kg.extraction.document.memory import OFTEN, Memory
from kg.extraction.document.named_ships import SHIPS, note_ship, see_ships
from kg.extraction.document.recall import Recall
from kg.extraction.document.setting import home_of, lands_of, scene_of
from kg.extraction.document.those_two import is_led
from kg.extraction.drafting import Draft
from kg.extraction.events.frames import Reader
from kg.extraction.events.needs import check_needs
from kg.extraction.events.sitting import Sitting, sit
from kg.extraction.grammar.parse import Parse, Parser
from kg.extraction.names.gazetteer import Gazetteer, build_gazetteer
from kg.extraction.names.mentions import NAMED, NATION, Mention
from kg.extraction.open_pairs import close_pairs, name_rebels, own_up
from kg.extraction.orders import take_orders
from kg.extraction.situations.asides import names_a_sea
from kg.extraction.situations.resolution import Resolver
from kg.extraction.words.lexicon import Lexicon, read_lexicon
from kg.extraction.words.sentences import sentences, title_of
from kg.extraction.words.slug import slug
from kg.vocabulary.names import read_names
from kg.vocabulary.terms import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.records.model import Record

# So many sentences go through a stage before the next begins.
BATCH = 100
UNKNOWN_OUTLET = "unknown-outlet"


@dataclass(frozen=True)
class About:
    """What is known of an article beside its text; None is read from the text or left out.

    Attributes:
        outlet: the publisher's name, if the reference data has no such publisher.
    """

    published: str
    id: str | None = None
    title: str | None = None
    publisher: str = UNKNOWN_OUTLET
    author: str | None = None
    url: str | None = None
    language: str = "en"
    path: str = "articles/article.txt"
    sha256: str | None = None
    body: int = 0
    outlet: str | None = None

    def memory(self, gazetteer: Gazetteer) -> Memory:
        """Return the state of a document of which nothing is read yet."""
        memory = Memory(gazetteer, self.publisher)
        if self.outlet is not None:
            declared = {"id": self.publisher, "type": "NewsOutlet", "name": self.outlet}
            memory.actors[self.publisher] = declared
        return memory


@dataclass(frozen=True)
class Extractor:
    """The rules and names with which any number of articles can be read."""

    lexicon: Lexicon
    gazetteer: Gazetteer

    def record(self, text: str, about: About) -> Record:
        """Return the draft record of an article.

        Args:
            text: the article, as stored.
            about: its date of publication, and what else is known of it.

        Raises:
            ValueError: `about` holds something no record can, such as a date that is none.
        """
        with _no_collection():
            from kg.records.model import Record

            return Record.model_validate(self.draft(text, about))

    def draft(self, text: str, about: About) -> dict[str, Any]:
        """Return the draft record as plain data, in the order of a record's keys."""
        with _no_collection():
            return self._draft(text, about)

    def _draft(self, text: str, about: About) -> dict[str, Any]:
        memory = about.memory(self.gazetteer)
        resolver = Resolver(self.lexicon, self.gazetteer, memory)
        reader = Reader(self.lexicon, self.gazetteer, memory, resolver)
        today = Calendar.of(about.published)
        draft = Draft(text, about.published[:4], self.gazetteer, memory, today)
        title = title_of(text[about.body :], self.lexicon) or about.title or ""
        memory.scene = scene_of(title, self.lexicon, self.gazetteer)
        memory.lands.update(OFTEN * [*lands_of(title, self.lexicon, self.gazetteer)])
        memory.home = home_of(text[about.body :], self.lexicon, self.gazetteer)
        found: list[Found] = []
        paragraph = -1
        previous: list[Found] = []
        told: list[Found] = []
        datelines = 0
        floor = Floor(text, resolver)
        early: list[ClaimFinder] = []
        for sitting in self._sittings(text, about, reader, today):
            one = sitting.parse
            if one.paragraph != paragraph:
                paragraph, previous = one.paragraph, []
                floor.turn(one.tokens[0].start)
                if _has_dateline(text, one.tokens[0].start):
                    datelines += 1
                    if datelines > 1:
                        memory.turn_to_another_story()
            memory.paragraph = paragraph
            self._note(one, memory)
            finder = ClaimFinder(sitting)
            claims = floor.credit(finder.claims())
            if told and (breaking := who_broke_it(sitting)):
                _credit(told, breaking)
            elif not claims and (vouching := who_vouches(sitting)):
                _credit(told, vouching)
                memory.report = (paragraph, tuple(vouching))
                for actor in vouching:
                    memory.note_speaker(actor)
            told = claims
            _carry_date(previous, claims)
            previous = claims
            found += claims
            found += self._unread(finder, early, floor)
            draft.mention(one, resolver.actor_or_place)
        found.sort(key=_place)
        name_rebels(found, memory)
        own_up(found, memory)
        say_who_came(found, self.gazetteer)
        close_pairs(found, self.gazetteer)
        take_orders(found)
        for number, claim in enumerate(found):
            after = found[number + 1] if number + 1 < len(found) else None
            if not (claim.bare and after is not None and after.polarity == "denied"):
                draft.add(claim)
        return as_record(text, about, draft, self.lexicon)

    def _unread(self, finder: ClaimFinder, early: list[ClaimFinder], floor: Floor) -> list[Found]:
        """Return what clauses tell that no frame reads, once the text has told of some events.

        Sentences before that wait in `early`.
        """
        early.append(finder)
        if len(finder.memory.happenings) < _TOLD:
            return []
        waiting = early[:]
        early.clear()
        return [claim for one in waiting for claim in floor.credit(list(one.unread()))]

    def _sittings(
        self, text: str, about: About, reader: Reader, today: Calendar | None
    ) -> Iterator[Sitting]:
        """Yield the sentences of a text, taken apart; an article's at once, not those of a book."""
        parser, recall = (
            Parser(self.lexicon, self.gazetteer, today),
            Recall(self.lexicon, self.gazetteer),
        )
        told = sentences(text, self.lexicon, about.body)
        while batch := list(itertools.islice(told, BATCH)):
            parses = parser.parse(batch)
            for one in parses:
                recall.complete(one)
                self._count_lands(one, reader.memory)
            yield from sit(parses, reader)

    def _count_lands(self, one: Parse, memory: Memory) -> None:
        """Count the states a sentence names, also by a place, and those in or to which it leads."""
        lows = one.lows
        speak = [m.nation for m in one.mentions if m.kind == "collective" and m.nation]
        for mention in one.mentions:
            if mention in speak:
                continue  # "U.S. officials": who only tells of it
            named = mention.place or mention.actor
            state = self.gazetteer.state_of_place(named) if named else None
            if state is None or names_a_sea(one, mention):
                continue
            memory.lands[state] += 1
            at = mention.first - 1
            at -= lows[at] == "the"
            leads = at >= 0 and mention.kind in _LAND and lows[at] in _LEADING
            if leads and lows[at - 1] not in self.lexicon["offices"]:
                memory.grounds[state] += 1

    def _note(self, one: Parse, memory: Memory) -> None:
        """Remember the things and bodies that a sentence names, and whose a company is."""
        if memory.ships:
            see_ships(one, memory)
        for mention in one.mentions:
            self._note_land(one, mention, memory)
            if mention.kind == "item" and mention.items:
                memory.thing = (memory.paragraph, tuple(mention.items))
                if mention.last in one.mention_at or one.lows[mention.last - 1] in SHIPS:
                    self._note_ship(one, mention, memory)
            if mention.kind == "person" and mention.last - mention.first > 1:
                self._note_person(one, mention, memory)
                continue
            if mention.kind != "organization" or not mention.actor:
                continue
            memory.declare(mention, one.words(mention))
            memory.note_body(mention.actor)
            kind = memory.kind_of(mention.actor)
            own = memory.top(mention.actor) == mention.actor
            if kind in _GROUPS and (own or mention.actor in self.gazetteer.fronts):
                memory.group = mention.actor
                memory.rebels = mention.actor if kind != "Company" else memory.rebels
                if kind == "Company" and (state := _owner_before(one, mention)):
                    memory.affiliations[mention.actor] = state

    def _note_ship(self, one: Parse, mention: Mention, memory: Memory) -> None:
        """Remember a warship by its name: "the frigate Kimon"."""
        if self.gazetteer.is_kind_of(mention.items[0], "warship"):
            note_ship(one, mention, memory)

    def _note_person(self, one: Parse, mention: Mention, memory: Memory) -> None:
        """Let the surname of somebody known stand for the person from here on."""
        actor = mention.actor
        if actor and actor not in memory.introduced:
            memory.introduced.add(actor)
            memory.note_person(actor, one.words(mention))

    def _note_land(self, one: Parse, mention: Mention, memory: Memory) -> None:
        """Remember the places and states of which a text has spoken, and which is an island."""
        seated = mention.kind == "unknown" and one.lows[mention.first - 1] in _AT
        if mention.kind == "place" or seated:
            memory.spot = mention.place
        if mention.actor and mention.kind in NAMED:
            memory.spoken_of.add(memory.top(mention.actor))
        if mention.actor and mention.kind == "state" and is_led(one.lows, mention.first):
            memory.heads[mention.actor] = None
        if mention.actor in self.lexicon["island-states"]:
            memory.island = mention.actor


@contextmanager
def _no_collection() -> Iterator[None]:
    """Let the collector wait: articles make no cycles, and lexicons stay as they are loaded."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _settle() -> None:
    """Count what is loaded among what lasts, so that no collection of what is young goes over it.

    It can be collected all the same, when all is. What others have frozen stays so.
    """
    if not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()


def _has_dateline(text: str, start: int) -> bool:
    """Whether a paragraph begins with where it was written: "NIAMEY —"; a brief of its own."""
    head = in_lines(text[max(0, start - 60) : start]).rpartition("\n")[2].strip()
    return head[:1].isupper() and head[-1] in "—–-"


# An article that tells of so many events is of the matter.
_TOLD = 2
_GROUPS = ("Company", "ArmedForce", "ArmedUnit", "Group")
_LAND = ("state", "place")
_LEADING = frozenset(("in", "into", "inside", "to", "across", "at", "near"))
_AT = frozenset(("in", "at", "near", "to", "from", "outside", "around"))
_NO_OWNER = frozenset((",", "and", "of", "in", "the", "to"))


def _owner_before(one: Parse, mention: Mention) -> str | None:
    """Return the state that a company is said to be of: "Russia's Wagner group"."""
    for other in one.mentions:
        if other.kind in NATION and other.actor and other.last <= mention.first:
            gap = one.lows[other.last : mention.first]
            owns = gap[:1] in (["'s"], ["’s"]) or other.kind == "demonym"
            if owns and len(gap) <= 3 and not set(gap) & _NO_OWNER:
                return other.actor
    return None


def _place(claim: Found) -> int:
    """Return where in the text the quote of a claim begins."""
    return claim.parse.tokens[claim.first].start


def _credit(told: list[Found], speakers: list[str]) -> None:
    """Let those stand behind what a sentence told in its own voice who the next says do so."""
    for claim in told:
        claim.speakers = claim.speakers or list(speakers)


def _carry_date(previous: list[Found], claims: list[Found]) -> None:
    """Let "Since August" hold for the next sentence that goes on with the same event."""
    if not previous or not claims:
        return
    last = previous[-1]
    if last.date is None or last.date.opening != "since" or last.speakers:
        return
    for claim in claims:
        same = claim.reading.type == last.reading.type and claim.reading.from_ == last.reading.from_
        if same and claim.date is None and not claim.speakers and claim.polarity == "affirmed":
            claim.date = last.date
            claim.date_parse = last.date_parse or last.parse


def as_record(text: str, about: About, draft: Draft, lexicon: Lexicon) -> dict[str, Any]:
    """Return what was drafted as the plain data of a record, in the order of a record's keys."""
    digest = about.sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    title = about.title or _printable(title_of(text, lexicon) or "") or _first_words(text)
    article = {
        "id": about.id or slug(f"{about.published[:10]}-{title}"[:60]),
        "title": title,
        "publisher": about.publisher,
        "url": about.url,
        "author": about.author,
        "published": about.published,
        "language": about.language,
        "text": about.path,
        "sha256": digest,
    }
    data = {
        "communique": 1,
        "article": {key: value for key, value in article.items() if value is not None},
        "actors": draft.actors(),
        "places": draft.places(),
        "events": list(draft.events.values()),
        "evidence": draft.evidence,
        "claims": draft.claims,
        "mentions": list(draft.mentions.values()),
    }
    return {key: value for key, value in data.items() if value != []}


def _first_words(text: str) -> str:
    lines = (line for line in in_lines(text[:400]).split("\n") if not is_of_head(line))
    return _printable(" ".join(" ".join(lines).split()[:8])) or "Untitled"


def _printable(words: str) -> str:
    return "".join(char for char in words if char.isprintable()).strip()


@lru_cache(maxsize=4)
def extractor(
    ontology: tuple[Path, ...], lexicons: tuple[Path, ...], base: str = DEFAULT_BASE
) -> Extractor:
    """Return the extractor with the reference data and lexicons of folders, the shipped first.

    Raises:
        DataError: a lexicon or an ontology file is no good.
    """
    with _no_collection():
        lexicon = read_lexicon(lexicons)
        check_needs(lexicon)
        files = [file for folder in ontology for file in sorted(folder.rglob("*.ttl"))]
        read = Extractor(lexicon, build_gazetteer(read_names(files, base), lexicon))
        _settle()
        return read
