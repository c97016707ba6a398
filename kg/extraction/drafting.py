"""From the claims of a text to the plain data of a record that is valid as it comes out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.extraction.agreeing_dates import date_of_event, modality_of, said_on
from kg.extraction.dating.publication import Calendar
from kg.extraction.document.found import Found
from kg.extraction.document.memory import Memory, Sides
from kg.extraction.document.readings import Reading
from kg.extraction.events.training_needs import DRILLING
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.names.mentions import Mention
from kg.extraction.unframed.counted_forces import NAME as COUNTED_ONLY
from kg.extraction.unframed.fights_told import NAME as FIGHTS
from kg.extraction.unframed.forces_abroad import NAME as ABROAD
from kg.extraction.unframed.going_on import NAME
from kg.extraction.unframed.goods_told import NAME as GOODS
from kg.extraction.unframed.likewise import NAME as LIKEWISE
from kg.extraction.unframed.trade import NAME as TRADE
from kg.extraction.unframed.unread import UNREAD
from kg.extraction.words.slug import MAX_ID, slug
from kg.records.document import refuse_control

Data = dict[str, Any]
_WHOLE = {"Training", "Combat"}
_TOGETHER = frozenset((*DRILLING, "drill-part"))


@dataclass
class Draft:
    """Collects the parts of one record.

    Attributes:
        text: the article.
        year: of publication, which tells events of different years apart.
        gazetteer: the known names.
        memory: what the document has said.
        today: when the article appeared.
    """

    text: str
    year: str
    gazetteer: Gazetteer
    memory: Memory
    today: Calendar | None = None

    def __post_init__(self) -> None:
        """Begin empty."""
        self.events: dict[str, Data] = {}
        self.told: dict[tuple[str, tuple[str, ...], tuple[str, ...]], str] = {}
        self.claims: list[Data] = []
        self.evidence: list[Data] = []
        self.mentions: dict[str, Data] = {}
        self.referred: set[str] = set()
        self._clean = refuse_control(self.text) is None

    def add(self, found: Found, extractor: str | None = None) -> None:
        """Take in one claim, with its event and evidence; rules are named unless `extractor` is."""
        reading = found.reading
        if not (reading.from_ or reading.to):
            return
        tokens = found.parse.tokens
        start, end = tokens[found.first].start, tokens[found.last - 1].end
        if self._is_refused(self.text[start:end]):
            return
        number = len(self.claims) + 1
        modality, said = modality_of(found, self.today), said_on(found, self.today)
        date = self._date(found, modality)
        claim: Data = {
            "id": f"c{number}",
            "about": self._event(reading.type, *_sides(reading)),
            "aspect": self._aspect(found, date),
            "modality": modality,
            "polarity": found.polarity,
            "hedge": found.hedge,
            "speaker": self._by_name(found.speakers) or [self.memory.publisher],
            "via": self._by_name(found.via),
            "based_on": self._by_name(found.based_on),
            "said": said.edtf if said else None,
            "date": date,
            "quantity": self._quantity(found),
            "items": [] if found.quantity else list(dict.fromkeys(reading.items)),
            "places": [p for p in reading.places if self._is_place(p)],
            "evidence": self._evidence(found),
            "quote": {"exact": self.text[start:end], "start": start},
            "extracted_by": extractor or f"kg rules, {found.rule}",
            "confidence": confidence(found),
        }
        self.claims.append({key: value for key, value in claim.items() if value})

    def _is_refused(self, words: str) -> bool:
        """Whether words hold what no record may; most texts hold no such character anywhere."""
        return not self._clean and refuse_control(words) is not None

    def _is_place(self, place: str) -> bool:
        return place in self.gazetteer.names.places or place in self.memory.new_places

    def _by_name(self, actors: list[str]) -> list[str]:
        """Return actors, those of whom the text tells the name later by that name."""
        named = self.memory.named
        return [named.get(actor, actor) for actor in actors] if named else actors

    def _aspect(self, found: Found, date: Data | None) -> str:
        if found.reading.aspect in ("signing-date", "in-force-date") and date is None:
            return "occurrence"
        return found.reading.aspect

    def _event(self, type_: str, from_: tuple[str, ...], to: tuple[str, ...]) -> str:
        """Return the id of an event, declared once; training and combat are part of another."""
        key = type_, from_, to
        if key not in self.told:
            self.told[key] = self._new_event(*key)
        return self.told[key]

    def _new_event(self, type_: str, from_: tuple[str, ...], to: tuple[str, ...]) -> str:
        if type_ in ("Agreement", "Meeting") or (len(from_) > 1 and from_ == to):
            parties = sorted({*from_, *to})
            return self._declared(type_, {"parties": parties}, parties)
        sides = {"from": sorted(set(from_)), "to": sorted(set(to))}
        name = self._declared(type_, sides, _direction(sides["from"], sides["to"]))
        if type_ in _WHOLE:
            whole = self._declared("Deployment", sides, _direction(sides["from"], sides["to"]))
            self.events[name]["part_of"] = whole
        return name

    def _declared(self, type_: str, sides: Data, words: list[str]) -> str:
        """Return the id of an event: drafts of several articles give one id to one declaration."""
        name = _short("-".join(words), f"-{type_.lower()}-{self.year}")
        if name not in self.events:
            label = _label(type_, sides, self._name) + f", {self.year}"
            event = {"id": name, "type": type_, "label": label, **sides}
            self.events[name] = {key: value for key, value in event.items() if value != []}
        return name

    def _name(self, actor: str) -> str:
        known = self.gazetteer.names.actors.get(actor)
        if known is not None:
            return known.label
        return str(self.memory.actors.get(actor, {}).get("name", actor))

    def _date(self, found: Found, modality: str) -> Data | None:
        parse, dated = found.date_parse or found.parse, date_of_event(found, modality, self.today)
        if dated is None:
            return None
        start, end = parse.tokens[dated.first].start, parse.tokens[dated.last - 1].end
        return {"as_stated": self.text[start:end], "edtf": dated.value}

    def _quantity(self, found: Found) -> Data | None:
        quantity = found.quantity
        if quantity is None:
            return None
        tokens = found.parse.tokens
        start, end = tokens[quantity.first].start, tokens[quantity.last - 1].end
        persons = ("Deployment", "Training", "Combat", "Meeting")
        default = ["personnel"] if found.reading.type in persons else ["materiel"]
        if found.reading.type == "Measure":
            default = []  # firms, officials, ships: the scheme has no item for most of them
        items = [] if quantity.measured else found.reading.items
        says: Data = {
            "as_stated": self.text[start:end],
            "item": list(dict.fromkeys(items)) or ([] if quantity.measured else default),
            "contents": list(dict.fromkeys(found.reading.contents)),
            "low": quantity.low,
            "best": quantity.best,
            "high": quantity.high,
            "basis": quantity.basis,
        }
        return {key: value for key, value in says.items() if value not in (None, [])}

    def _evidence(self, found: Found) -> list[str]:
        if found.evidence is None:
            return []
        first, last, kind = found.evidence
        tokens = found.parse.tokens
        start, end = tokens[first].start, tokens[last - 1].end
        exact = self.text[start:end]
        for known in self.evidence:
            if known["quote"]["start"] == start:
                return [known["id"]]
        name = f"v{len(self.evidence) + 1}"
        speakers = self._by_name(found.speakers)
        released = [s for s in speakers if s != self.memory.publisher]
        self.evidence.append(
            {
                "id": name,
                "type": kind,
                "label": exact,
                **({"released_by": released} if released else {}),
                "verification": "unverified",
                "quote": {"exact": exact, "start": start},
            }
        )
        return [name]

    def mention(self, parse: Parse, refer: Any) -> None:
        """Take in the names of a sentence, each spelling once; unknown ones refer to nothing."""
        for mention in parse.mentions:
            if mention.kind in ("item", "pronoun", "definite"):
                continue
            first = _behind_owner(parse, mention)
            start = parse.tokens[first].start
            words = self.text[start : parse.tokens[mention.last - 1].end]
            if words in self.mentions or self._is_refused(words):
                continue
            refers_to = refer(parse, mention)
            if mention.kind == "collective" and refers_to is None:
                continue
            known = {} if refers_to is None else {"refers_to": refers_to}
            self.referred.update(known.values())
            self.mentions[words] = {"as_stated": words, **known, "start": start}

    def actors(self) -> list[Data]:
        """Return the actors to declare: the publisher, and those that claims and events name."""
        used: set[str] = {self.memory.publisher}
        for event in self.events.values():
            used.update(event.get("from", ()), event.get("to", ()), event.get("parties", ()))
        for claim in self.claims:
            used.update(claim["speaker"], claim.get("via", ()), claim.get("based_on", ()))
        used |= self.referred
        declared = self.memory.actors
        for actor in used & declared.keys():
            used.update(office["actor"] for office in declared[actor].get("acts_for", ()))
        return [declared[actor] for actor in sorted(used & declared.keys())]

    def places(self) -> list[Data]:
        """Return the places to declare: those of claims that the reference data lacks."""
        used = {place for claim in self.claims for place in claim.get("places", ())}
        used |= self.referred
        declared = self.memory.new_places
        return [dict(declared[place]) for place in sorted(used & declared.keys())]


def _sides(reading: Reading) -> tuple[Sides, Sides]:
    """Return the sides of an event; those who drill together are all on equal terms."""
    among = reading.type == "Training" and reading.frame.name in _TOGETHER
    equal = among and len(reading.from_) > 1 and not reading.to
    return reading.from_, reading.from_ if equal else reading.to


def _direction(from_: list[str], to: list[str]) -> list[str]:
    """Return the sides as an id tells them, so that what differs in them differs in their id."""
    if not to:
        return ["from", *from_]
    if not from_:
        return ["to", *to]
    return [*from_, *to] if len(from_) == len(to) == 1 else [*from_, "to", *to]


def _short(words: str, tail: str) -> str:
    """Return an id of `words` and `tail`; where both are too long, a digest tells words apart."""
    name = slug(words) if len(words) <= MAX_ID - len(tail) else ""
    if not name:
        digest = hashlib.sha256(words.encode()).hexdigest()[:8]
        name = f"{slug(words)[: MAX_ID - len(tail) - len(digest) - 1].strip('-')}-{digest}"
    return name + tail


def _behind_owner(parse: Parse, mention: Mention) -> int:
    """Return where a body's own name begins: "South Korea's" is a mention of its own."""
    if mention.kind == "organization":
        for index in range(mention.last - 2, mention.first, -1):
            if parse.lows[index] in ("'s", "’s"):
                return index + 1
    return mention.first


def _label(type_: str, sides: Data, name: Any) -> str:
    words = {"Training": "Training of forces", "Combat": "Combat of forces", "Shipment": "Goods"}
    noun = words.get(type_, type_)
    if parties := sides.get("parties"):
        return f"{noun} of {_listed(map(name, parties))}"
    parts = [noun]
    if sides.get("from"):
        parts.append(f"from {_listed(map(name, sides['from']))}")
    if sides.get("to"):
        parts.append(f"to {_listed(map(name, sides['to']))}")
    return " ".join(parts)


def _listed(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


# Rules that go by no frame.
_BY_NO_FRAME = (NAME, COUNTED_ONLY, ABROAD, FIGHTS, GOODS, LIKEWISE, TRADE, UNREAD)


def confidence(found: Found) -> str:
    """Return how sure the rules are: less where a side or the speaker had to be guessed."""
    value = 0.9
    if not found.reading.from_ or not found.reading.to:
        value -= 0.2
    if not found.speakers:
        value -= 0.1
    if found.rule.startswith(("deny", "otherwise", "call")) or found.bare:
        value -= 0.1
    if found.rule.startswith(_BY_NO_FRAME):
        value -= 0.5  # no frame reads it
    return f"{value:.1f}"
