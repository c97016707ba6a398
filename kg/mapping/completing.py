"""Complete a record: full ids, bounds of dates and figures, ends of quotes, periods of claims.

The completed record keeps the record's own keys and nesting. It is the JSON-LD document whose
meaning `ontology/context.jsonld` gives; no predicate and no datatype is named here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.records.dates import Days, parse_edtf
from kg.records.model import (
    Actor,
    Article,
    Assessment,
    Claim,
    ClaimDate,
    Event,
    Evidence,
    Figure,
    Mention,
    Place,
    Quote,
    Record,
    Replacement,
    Retracted,
    iso,
)

Node = dict[str, Any]
Locate = Callable[[str], int | None]


@dataclass(frozen=True)
class Completion:
    """How to complete one record.

    Attributes:
        article: the article's id.
        locate: tells where a quote without `start` stands in the article's text, in code points.
        is_actor: tells whether an id is an actor known outside the record; a mention's id that
            is no actor is a place.
        published: the days on which the article may have appeared.
        unnamed: ids of the record's unnamed sources, which are local to their article.
        actors: ids of all actors that the record declares.
    """

    article: str
    locate: Locate
    is_actor: Callable[[str], bool]
    published: Days
    unnamed: frozenset[str]
    actors: frozenset[str]

    def actor(self, name: str) -> str:
        """Return the relative IRI of an actor or unnamed source."""
        return f"source/{self.article}/{name}" if name in self.unnamed else f"actor/{name}"

    def actors_of(self, names: Iterable[str]) -> list[str]:
        """Return the relative IRIs of several actors."""
        return [self.actor(name) for name in names]

    def claim(self, name: str) -> str:
        """Return the relative IRI of a claim, given as CLAIM-ID or ARTICLE-ID/CLAIM-ID."""
        return f"claim/{name}" if "/" in name else f"claim/{self.article}/{name}"


def complete(record: Record, locate: Locate, is_actor: Callable[[str], bool]) -> list[Node]:
    """Return the nodes of the record's graph, keyed as in the record, ids as relative IRIs.

    Args:
        record: a record without problems.
        locate: the offset of a quote or name that has no `start`; None where it does not occur.
        is_actor: whether an id that the record does not declare is an actor.
    """
    completion = Completion(
        article=record.article.id,
        locate=locate,
        is_actor=is_actor,
        published=parse_edtf(record.article.published),
        unnamed=frozenset(actor.id for actor in record.actors if actor.type == "UnnamedSource"),
        actors=frozenset(actor.id for actor in record.actors),
    )
    return list(_nodes(record, completion))


def _nodes(record: Record, completion: Completion) -> Iterator[Node]:
    yield _article(record.article)
    for actor in record.actors:
        yield _actor(actor, completion)
    for place in record.places:
        yield _place(place)
    for event in record.events:
        yield _event(event, completion)
    for evidence in record.evidence:
        yield _evidence(evidence, completion)
    for claim in record.claims:
        yield _claim(claim, completion)
    for mention in record.mentions:
        yield _mention(mention, completion)
    for assessment in record.assessments:
        yield complete_assessment(assessment, completion.claim(assessment.claim))


def _present(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in (None, (), [], {})}


def _concept(scheme: str, word: str | None) -> str | None:
    """Return a word of a scheme as the context's prefix writes it: ``kgs:aspect/occurrence``.

    A context for each scheme could say the same, at twice the time that the mapping takes.
    """
    return f"kgs:{scheme}/{word}" if word else None


def _concepts(scheme: str, words: Iterable[str]) -> list[str]:
    return [f"kgs:{scheme}/{word}" for word in words]


def _bounds(days: Days) -> Node:
    return _present({"earliest": iso(days.earliest), "latest": iso(days.latest)})


def _date(edtf: str | None) -> Node | None:
    return {"edtf": edtf, **_bounds(parse_edtf(edtf))} if edtf else None


def _claim_date(date: ClaimDate | None) -> Node | None:
    return _present({"as_stated": date.as_stated, **(_date(date.edtf) or {})}) if date else None


def _retracted(retracted: Retracted | None) -> Node | None:
    return {"dated": retracted.dated, "reason": retracted.reason} if retracted else None


def _article(article: Article) -> Node:
    return _present(
        {
            "id": f"article/{article.id}",
            "type": "Article",
            "title": article.title,
            "publisher": f"actor/{article.publisher}",
            "author": article.author,
            "url": article.url,
            "published": _date(article.published),
            "language": article.language,
            "text": article.text,
            "sha256": article.sha256,
            "retracted": _retracted(article.retracted),
        }
    )


def _actor(actor: Actor, completion: Completion) -> Node:
    iri = completion.actor(actor.id)
    offices = [
        _present(
            {
                "id": f"{iri}/office/{number}",
                "type": "Office",
                "actor": completion.actor(office.actor),
                "role": office.role,
                **_bounds(office.days),
            }
        )
        for number, office in enumerate(actor.acts_for, start=1)
        if office.role or office.from_ or office.until
    ]
    return _present(
        {
            "id": iri,
            "type": actor.type,
            "name": actor.name,
            "aliases": list(actor.aliases),
            "acts_for": completion.actors_of(office.actor for office in actor.acts_for),
            "offices": offices,
        }
    )


def _place(place: Place) -> Node:
    return _present(
        {
            "id": f"place/{place.id}",
            "type": "Place",
            "name": place.name,
            "within": f"place/{place.within}" if place.within else None,
            "aliases": list(place.aliases),
        }
    )


def _event(event: Event, completion: Completion) -> Node:
    return _present(
        {
            "id": f"event/{event.id}",
            "type": event.type,
            "kind": _concept("event-kind", event.kind),
            "label": event.label or event.id.replace("-", " "),
            "from": completion.actors_of(event.from_),
            "to": completion.actors_of(event.to),
            "parties": completion.actors_of(event.parties),
            "part_of": f"event/{event.part_of}" if event.part_of else None,
        }
    )


def _span(quote: Quote, completion: Completion) -> Node:
    start = completion.locate(quote.exact) if quote.start is None else quote.start
    end = None if start is None else start + len(quote.exact)
    return _present({"exact": quote.exact, "start": start, "end": end})


def _evidence(evidence: Evidence, completion: Completion) -> Node:
    iri = f"evidence/{completion.article}/{evidence.id}"
    quote = evidence.quote and {
        "id": f"{iri}/quote",
        "type": "Quotation",
        **_span(evidence.quote, completion),
    }
    return _present(
        {
            "id": iri,
            "type": "Evidence",
            "label": evidence.label,
            "evidence_type": _concept("evidence-type", evidence.type),
            "released_by": completion.actors_of(evidence.released_by),
            "released": _date(evidence.released),
            "verification": _concept("verification", evidence.verification),
            "quote": quote,
            "article": f"article/{completion.article}",
        }
    )


def _figure(figure: Figure | None) -> Node | None:
    if figure is None:
        return None
    exact = figure.best if figure.basis == "exact" else None
    return _present(
        {
            "as_stated": figure.as_stated,
            "item": _concepts("item", figure.item),
            "contents": _concepts("item", figure.contents),
            "low": exact if figure.low is None else figure.low,
            "best": figure.best,
            "high": exact if figure.high is None else figure.high,
            "basis": _concept("basis", figure.basis),
        }
    )


def _period(claim: Claim, published: Days) -> Days:
    """Return the days a claim counts for: its date, else when it was said (design section 2)."""
    if claim.date:
        return parse_edtf(claim.date.edtf)
    return parse_edtf(claim.said) if claim.said else published


def _claim(claim: Claim, completion: Completion) -> Node:
    iri = completion.claim(claim.id)
    span = _span(claim.quote, completion)
    route = claim.route and _present(
        {
            "from": f"place/{claim.route.from_}" if claim.route.from_ else None,
            "to": f"place/{claim.route.to}" if claim.route.to else None,
            "via": [f"place/{place}" for place in claim.route.via],
            "conveyance": _concept("conveyance", claim.route.conveyance),
        }
    )
    return _present(
        {
            "id": iri,
            "type": "Claim",
            "article": f"article/{completion.article}",
            "about": f"event/{claim.about}",
            "aspect": _concept("aspect", claim.aspect),
            "modality": _concept("modality", claim.modality),
            "polarity": _concept("polarity", claim.polarity),
            "hedge": _concept("hedge", claim.hedge),
            "speaker": completion.actors_of(claim.speaker),
            "via": completion.actors_of(claim.via),
            "based_on": completion.actors_of(claim.based_on),
            "said": _date(claim.said),
            "date": _claim_date(claim.date),
            "period": _bounds(_period(claim, completion.published)),
            "quantity": _figure(claim.quantity),
            "items": _concepts("item", claim.items),
            "value": _concept(claim.aspect, claim.value),
            "places": [f"place/{place}" for place in claim.places],
            "route": route,
            "evidence": [f"evidence/{completion.article}/{name}" for name in claim.evidence],
            "responds_to": [completion.claim(name) for name in claim.responds_to],
            "extracted_by": claim.extracted_by,
            "confidence": claim.confidence,
            "retracted": _retracted(claim.retracted),
            "span": span,
            "quote": {"id": f"{iri}/quote", "type": "Quotation", **span},
        }
    )


def _mention(mention: Mention, completion: Completion) -> Node:
    start = completion.locate(mention.as_stated) if mention.start is None else mention.start
    end = None if start is None else start + len(mention.as_stated)
    name = mention.refers_to
    refers_to = None
    if name:
        is_actor = name in completion.actors or completion.is_actor(name)
        refers_to = completion.actor(name) if is_actor else f"place/{name}"
    return _present(
        {
            "id": f"mention/{completion.article}/{start}-{end}",
            "type": "Mention",
            "article": f"article/{completion.article}",
            "as_stated": mention.as_stated,
            "refers_to": refers_to,
            "start": start,
            "end": end,
        }
    )


def complete_assessment(assessment: Assessment, claim: str) -> Node:
    """Return the node of an assessment of `claim`, a relative IRI ``claim/A/C``."""
    iri = f"assessment{claim.removeprefix('claim')}/{assessment.dated}-{assessment.by}"
    return _present(
        {
            "id": iri,
            "type": "Assessment",
            "claim": claim,
            "status": _concept("status", assessment.status),
            "kind": _concept("error-kind", assessment.kind),
            "reliability": _concept("source-reliability", assessment.reliability),
            "credibility": _concept("information-credibility", assessment.credibility),
            "by": f"desk/{assessment.by}",
            "dated": assessment.dated,
            "rationale": assessment.rationale,
            "replacement": [
                _replacement(replacement, f"{iri}/replacement/{number}")
                for number, replacement in enumerate(assessment.replacement, start=1)
            ],
        }
    )


def _replacement(replacement: Replacement, iri: str) -> Node:
    return _present(
        {
            "id": iri,
            "type": "Replacement",
            "aspect": _concept("aspect", replacement.aspect),
            "date": _claim_date(replacement.date),
            "quantity": _figure(replacement.quantity),
            "value": _concept(replacement.aspect, replacement.value),
            "places": [f"place/{place}" for place in replacement.places],
            "source": replacement.source,
        }
    )
