"""The typed record: what one article says, as its YAML file writes it (design section 4)."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from kg.records.dates import Days, parse_edtf

ID_PATTERN = "[a-z0-9]+(-[a-z0-9]+)*"
MAX_ID = 80
_ID = re.compile(ID_PATTERN)
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")


def _check_id(value: str) -> str:
    if len(value) > MAX_ID:
        raise PydanticCustomError(
            "bad-id", f"An id has at most {MAX_ID} characters; this one has {len(value)}"
        )
    if not _ID.fullmatch(value):
        raise PydanticCustomError(
            "bad-id", "An id is lower-case words and digits joined by single hyphens: north-korea"
        )
    return value


def _check_edtf(value: str) -> str:
    try:
        parse_edtf(value)
    except ValueError as error:
        # Braces are placeholders in pydantic's templates, so the reason travels in the context.
        raise PydanticCustomError("invalid-date", "{reason}", {"reason": str(error)}) from error
    return value


def _check_day(value: str) -> str:
    days = parse_edtf(_check_edtf(value))
    if days.earliest is None or days.earliest != days.latest or len(value) != 10:
        raise PydanticCustomError("invalid-date", "write one day, as 2024-12-01")
    return value


def _read_integer(value: Any) -> Any:
    if isinstance(value, bool):
        raise PydanticCustomError("wrong-type", "a whole number is expected here")
    if isinstance(value, str):
        if not _INTEGER.fullmatch(value):
            raise PydanticCustomError("wrong-type", "write a whole number in digits, as 1500")
        return int(value)
    return value


def _check_decimal(value: Any) -> Any:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _DECIMAL.fullmatch(text):
        raise PydanticCustomError("wrong-type", "write a number between 0 and 1, as 0.8")
    return text


def _as_text(value: Any) -> Any:
    """Take what looks like a number to an editor or to JSON as the text it is: the year 2024."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _as_offices(value: Any) -> Any:
    if isinstance(value, str):
        return [{"actor": value}]
    if isinstance(value, dict):
        return [value]
    if isinstance(value, list):
        return [{"actor": item} if isinstance(item, str) else item for item in value]
    return value


_ID_SCHEMA = {"type": "string", "pattern": f"^{ID_PATTERN}$", "maxLength": MAX_ID}
_INTEGER_SCHEMA = {"type": "integer"}

Id = Annotated[str, AfterValidator(_check_id), WithJsonSchema(_ID_SCHEMA)]
Edtf = Annotated[
    str,
    BeforeValidator(_as_text),
    AfterValidator(_check_edtf),
    WithJsonSchema({"type": ["string", "integer"]}),
]
Stated = Annotated[str, BeforeValidator(_as_text), WithJsonSchema({"type": ["string", "number"]})]
Digit = Annotated[str, BeforeValidator(_as_text), WithJsonSchema({"type": ["string", "integer"]})]
Day = Annotated[
    str, AfterValidator(_check_day), WithJsonSchema({"type": "string", "format": "date"})
]
Integer = Annotated[int, BeforeValidator(_read_integer), WithJsonSchema(_INTEGER_SCHEMA)]
Decimal = Annotated[
    str, BeforeValidator(_check_decimal), WithJsonSchema({"type": ["number", "string"]})
]
# Others run programs in a browser (javascript:) or lie on one machine (file:).
Address = Annotated[str, Field(pattern=r"^https?://[^\s/]\S*$")]
Words = Annotated[
    tuple[str, ...],
    BeforeValidator(_as_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


def _term(scheme: str) -> Any:
    return Field(json_schema_extra={"x-scheme": scheme})


def _optional_term(scheme: str) -> Any:
    return Field(default=None, json_schema_extra={"x-scheme": scheme})


def _terms(scheme: str) -> Any:
    return Field(default=(), json_schema_extra={"x-scheme": scheme})


class Part(BaseModel):
    """A mapping of the record: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


class Retracted(Part):
    """That a claim or an article was taken back."""

    dated: Day
    reason: str


class Article(Part):
    """A text with its metadata; `text` is a path relative to the workspace."""

    id: Id
    title: str
    publisher: str
    url: Address | None = None
    author: str | None = None
    published: Edtf
    language: Annotated[str, Field(pattern="^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
    text: str
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    retracted: Retracted | None = None


class Office(Part):
    """For whom an actor acts, in which role and when."""

    actor: str
    role: str | None = None
    from_: Annotated[Edtf | None, Field(alias="from")] = None
    until: Edtf | None = None

    @property
    def days(self) -> Days:
        """The days the office can span at most."""
        begin = parse_edtf(self.from_).earliest if self.from_ else None
        end = parse_edtf(self.until).latest if self.until else None
        return Days(begin, end)


class Actor(Part):
    """A state, organization, group, person in a public role, or unnamed source."""

    id: Id
    type: str = _term("actor-type")
    name: str
    aliases: Words = ()
    acts_for: Annotated[tuple[Office, ...], BeforeValidator(_as_offices)] = ()


class Place(Part):
    """A place the reference data lacks."""

    id: Id
    name: str
    within: str | None = None
    aliases: Words = ()


class Event(Part):
    """What claims are about; its identity only, never a contested figure."""

    id: Id
    type: str = _term("event-type")
    kind: str | None = _optional_term("event-kind")
    label: str | None = None
    from_: Annotated[Words, Field(alias="from")] = ()
    to: Words = ()
    parties: Words = ()
    part_of: str | None = None


class Quote(Part):
    """An exact span of the text; `start` counts code points from 0."""

    exact: Annotated[str, Field(min_length=1)]
    start: Integer | None = None


class Evidence(Part):
    """What claims rest on, who released it, and its own verification."""

    id: Id
    type: str = _term("evidence-type")
    label: str
    released_by: Words = ()
    verification: str | None = _optional_term("verification")
    released: Edtf | None = None
    quote: Quote | None = None


class Figure(Part):
    """A count as low, best and high, of one item or jointly of several."""

    as_stated: Stated | None = None
    item: Words = _terms("item")
    contents: Words = _terms("item")
    low: Integer | None = None
    best: Integer | None = None
    high: Integer | None = None
    basis: str = _term("basis")


class Quantity(Figure):
    """A figure with the words it was given in."""

    as_stated: Stated


class ClaimDate(Part):
    """When the thing claimed happened or is to happen, as stated and as EDTF."""

    as_stated: Stated | None = None
    edtf: Edtf


class Route(Part):
    """The way goods or forces take; places by id."""

    from_: Annotated[str | None, Field(alias="from")] = None
    to: str | None = None
    via: Words = ()
    conveyance: str | None = _optional_term("conveyance")


class Claim(Part):
    """One attributed, quoted statement about one aspect of one event."""

    id: Id
    about: str
    aspect: str = _term("aspect")
    modality: str = _term("modality")
    polarity: str = _term("polarity")
    hedge: str | None = _optional_term("hedge")
    speaker: Annotated[Words, Field(min_length=1)]
    via: Words = ()
    based_on: Words = ()
    said: Edtf | None = None
    date: ClaimDate | None = None
    quantity: Quantity | None = None
    items: Words = _terms("item")
    value: str | None = None
    places: Words = ()
    route: Route | None = None
    evidence: Words = ()
    responds_to: Words = ()
    quote: Quote
    extracted_by: str | None = None
    confidence: Decimal | None = None
    retracted: Retracted | None = None


class Mention(Part):
    """A name as the article spells it, and what it refers to."""

    as_stated: Annotated[str, Field(min_length=1)]
    refers_to: str | None = None
    start: Integer | None = None


class Replacement(Part):
    """A value held to be right, with its source."""

    aspect: str = _term("aspect")
    date: ClaimDate | None = None
    quantity: Figure | None = None
    value: str | None = None
    places: Words = ()
    source: Address


class Assessment(Part):
    """A dated judgement on a claim by a named desk."""

    claim: str
    status: str = _term("status")
    kind: str | None = _optional_term("error-kind")
    reliability: str | None = _optional_term("source-reliability")
    credibility: Digit | None = _optional_term("information-credibility")
    by: str
    dated: Day
    rationale: str
    replacement: tuple[Replacement, ...] = ()


class Record(Part):
    """What one article says."""

    communique: Annotated[Integer, Field(ge=1, le=1)]
    article: Article
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    assessments: tuple[Assessment, ...] = ()


class AssessmentFile(Part):
    """Assessments in a file of their own; each claim is ARTICLE-ID/CLAIM-ID."""

    communique: Annotated[Integer, Field(ge=1, le=1)]
    assessments: tuple[Assessment, ...]


# What a key of a record holds, and what one such part is called.
SECTIONS: dict[str, tuple[type[Part], str]] = {
    "actors": (Actor, "actor"),
    "places": (Place, "place"),
    "events": (Event, "event"),
    "evidence": (Evidence, "evidence"),
    "claims": (Claim, "claim"),
    "mentions": (Mention, "mention"),
    "assessments": (Assessment, "assessment"),
}
PARTS: dict[str, tuple[type[Part], str]] = {
    **SECTIONS,
    "article": (Article, "article"),
    "acts_for": (Office, "office"),
    "retracted": (Retracted, "retraction"),
    "quantity": (Quantity, "quantity"),
    "quote": (Quote, "quote"),
    "date": (ClaimDate, "date"),
    "route": (Route, "route"),
    "replacement": (Replacement, "replacement"),
}


def schemes() -> frozenset[str]:
    """Return every scheme whose words some key of a record takes."""
    found = {
        scheme_of(part, field)
        for part in (*Part.__subclasses__(), *Figure.__subclasses__())
        for field in part.model_fields
    }
    return frozenset(scheme for scheme in found if scheme)


def scheme_of(part: type[BaseModel], field: str) -> str | None:
    """Return the scheme whose words `field` of `part` takes, or None."""
    extra = part.model_fields[field].json_schema_extra
    scheme = extra.get("x-scheme") if isinstance(extra, dict) else None
    return str(scheme) if scheme else None


def iso(day: date | None) -> str | None:
    """Return `day` as ``2024-10-18``, None staying None."""
    return day.isoformat() if day else None
