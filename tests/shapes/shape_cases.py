"""What each shape finds: one damage to good.ttl for every rule, and the code it gives."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """One damage to one node: properties dropped, Turtle added, or the node renamed."""

    shape: str
    code: str
    node: str
    drop: str = ""
    add: str = ""
    rename: str = ""
    others: tuple[str, ...] = ()

    @property
    def focus(self) -> str:
        """The node at which the finding stands."""
        return self.rename or self.node


def required(shape: str, node: str, path: str) -> Case:
    """Return the case of a missing property."""
    return Case(shape, "missing-key", node, drop=path)


def single(shape: str, node: str, more: str) -> Case:
    """Return the case of a second value."""
    return Case(shape, "several-values", node, add=more)


def changed(shape: str, code: str, node: str, value: str, others: tuple[str, ...] = ()) -> Case:
    """Return the case of another value in place of the good one."""
    return Case(shape, code, node, drop=value.split()[0], add=value, others=others)


def renamed(shape: str, node: str, to: str) -> Case:
    """Return the case of an id that cannot be used."""
    return Case(shape, "bad-id", node, rename=to)


C1, C2, C3, C4, C5, C6, C7 = (f"claim/a/c{number}" for number in range(1, 8))
QUOTE = "evidence/a/v1/quote"
MENTION = "mention/a/210-222"
ASSESSMENT = "assessment/a/c7/2024-12-01-example-desk"
REPLACEMENT = f"{ASSESSMENT}/replacement/1"
OFFICE = "actor/dmitry-peskov/office/1"
EVIDENCE = "evidence/a/v1"
SCHEME = "https://w3id.org/communique/scheme"
NOBODY = "<actor/nobody>"
NOWHERE = "<place/nowhere>"
DAY = '"2024-09-01"^^xsd:date'
NO_DAY = '"2024-13-01"^^xsd:date'
LATE = '"2099-01-01"^^xsd:date'
COPIES = ("quote-copies-differ",)
RUN = "run/a"
SCRIPT = '"javascript:alert(1)"^^xsd:anyURI'
TURNED = '"\\u202Etext"'

COMMON = [
    required("label-required", "event/troops", "skos:prefLabel"),
    single("label-single", "event/troops", 'skos:prefLabel "Soldiers"'),
    changed("label-text", "wrong-type", "event/troops", 'skos:prefLabel " "'),
    changed("alias-text", "wrong-type", "actor/north-korea", "skos:altLabel <actor/russia>"),
    changed("label-direction", "direction-character", "event/troops", f"skos:prefLabel {TURNED}"),
    changed(
        "alias-direction", "direction-character", "actor/north-korea", f"skos:altLabel {TURNED}"
    ),
    renamed("ArticleId", "article/b", "article/B"),
    renamed("ClaimId", C1, "claim/a/c/1"),
    renamed("EventId", "event/troops", "event/troops--2024"),
    renamed("ActorId", "actor/russia", "actor/Russia"),
    renamed("UnnamedSourceId", "source/a/some-estimates", "actor/some-estimates"),
    renamed("OfficeId", OFFICE, "actor/dmitry-peskov/office/0"),
    renamed("PlaceId", "place/chongjin", "place/chong_jin"),
    renamed("EvidenceId", EVIDENCE, "evidence/v1"),
    renamed("QuotationId", QUOTE, "evidence/a/v1/words"),
    renamed("MentionId", MENTION, "mention/a/210"),
    renamed("AssessmentId", ASSESSMENT, "assessment/a/c7/2024-12-example-desk"),
    renamed("ReplacementId", REPLACEMENT, f"{ASSESSMENT}/replacement/one"),
    renamed("DeskId", "desk/example-desk", "desk/example-desk/"),
    renamed("IdLength", "event/troops", f"event/{'x' * 81}"),
]

ARTICLES = [
    required("article-publisher-required", "article/a", "schema:publisher"),
    single("article-publisher-single", "article/a", "schema:publisher <actor/russia>"),
    changed("article-publisher-known", "unknown-actor", "article/a", 'schema:publisher "Reuters"'),
    single("article-author-single", "article/a", 'schema:author "others"'),
    changed("article-author-text", "wrong-type", "article/a", "schema:author <actor/russia>"),
    single("article-url-single", "article/a", 'schema:url "https://example.org"^^xsd:anyURI'),
    changed("article-url-address", "wrong-type", "article/a", "schema:url <https://example.org>"),
    changed("article-url-web", "invalid-value", "article/a", f"schema:url {SCRIPT}"),
    required("article-published-required", "article/a", "kg:published"),
    required("article-language-required", "article/a", "schema:inLanguage"),
    single("article-language-single", "article/a", 'schema:inLanguage "ko"'),
    changed("article-language-code", "wrong-type", "article/a", 'schema:inLanguage "English"'),
    required("article-text-required", "article/a", "kg:textPath"),
    single("article-text-single", "article/a", 'kg:textPath "articles/b.txt"'),
    changed("article-text-path", "wrong-type", "article/a", 'kg:textPath ""'),
    required("article-digest-required", "article/a", "kg:textDigest"),
    single("article-digest-single", "article/a", f'kg:textDigest "{"0" * 64}"'),
    changed("article-digest-form", "wrong-type", "article/a", 'kg:textDigest "9282c57066e159ee"'),
    required("article-required", C1, "prov:wasDerivedFrom"),
    required("article-required", EVIDENCE, "prov:wasDerivedFrom"),
    single("article-single", C1, "prov:wasDerivedFrom <article/b>"),
    changed("article-known", "wrong-endpoint", MENTION, "prov:wasDerivedFrom <event/troops>"),
    required("retracted-on-required", C5, "kg:retractedOn"),
    single("retracted-on-single", C5, f"kg:retractedOn {DAY}"),
    changed("retracted-on-day", "invalid-date", C5, f"kg:retractedOn {NO_DAY}"),
    required("retraction-reason-required", C5, "kg:retractionReason"),
    single("retraction-reason-single", C5, 'kg:retractionReason "an error"'),
    changed("retraction-reason-text", "wrong-type", C5, 'kg:retractionReason ""'),
    changed(
        "retraction-reason-direction", "direction-character", C5, f"kg:retractionReason {TURNED}"
    ),
]

QUOTES = [
    required("span-start-required", MENTION, "oa:start"),
    single("span-start-single", MENTION, "oa:start 211"),
    changed("span-start-integer", "wrong-type", MENTION, "oa:start 210.0"),
    changed("span-start-not-negative", "bad-offset", MENTION, "oa:start -1"),
    required("span-end-required", MENTION, "oa:end"),
    single("span-end-single", MENTION, "oa:end 223"),
    changed("span-end-integer", "wrong-type", MENTION, "oa:end 222.0"),
    changed("span-start-before-end", "bad-offset", MENTION, "oa:end 210"),
    required("quotation-exact-required", QUOTE, "oa:exact"),
    single("quotation-exact-single", QUOTE, 'oa:exact "1,500"'),
    changed("quotation-exact-text", "wrong-type", QUOTE, 'oa:exact ""'),
    changed("quotation-length", "quote-too-long", QUOTE, f'oa:exact "{"word " * 41}"'),
    required("mention-name-required", MENTION, "kg:nameAsStated"),
    single("mention-name-single", MENTION, 'kg:nameAsStated "Vladivostok"'),
    changed("mention-name-text", "wrong-type", MENTION, 'kg:nameAsStated ""'),
    Case("mention-resolved", "unresolved-mention", MENTION, drop="kg:refersTo"),
    single("mention-refers-to-single", MENTION, "kg:refersTo <place/russia>"),
    changed("mention-refers-to-kind", "wrong-endpoint", MENTION, "kg:refersTo <event/troops>"),
    changed("mention-refers-to-known", "unknown-entity", MENTION, f"kg:refersTo {NOWHERE}"),
    Case("claim-quote-required", "missing-key", C1, drop="kg:hasQuote", others=COPIES),
    Case("claim-quote-single", "several-values", C1, add=f"kg:hasQuote <{QUOTE}>", others=COPIES),
    changed("claim-quote-known", "wrong-endpoint", C1, 'kg:hasQuote "about 1,500"', COPIES),
    changed("claim-words-copied", "quote-copies-differ", C1, 'kg:quoteExact "About 1,500"'),
    changed("claim-start-copied", "quote-copies-differ", C1, "kg:quoteStart 1"),
    changed("claim-end-copied", "quote-copies-differ", C1, "kg:quoteEnd 20.0"),
    Case("claim-end-copied", "quote-copies-differ", C1, drop="kg:quoteEnd"),
]

ACTORS = [
    changed("actor-acts-for-known", "unknown-actor", "actor/kremlin", f"kg:actsFor {NOBODY}"),
    changed(
        "actor-office-known",
        "wrong-endpoint",
        "actor/dmitry-peskov",
        "kg:holdsOffice <actor/kremlin>",
        ("person-role-unnamed",),
    ),
    Case("person-has-role", "person-without-role", "actor/dmitry-peskov", drop="kg:actsFor"),
    Case("PersonInRole", "person-role-unnamed", "actor/dmitry-peskov", drop="kg:holdsOffice"),
    required("office-actor-required", OFFICE, "kg:isOfficeOf"),
    single("office-actor-single", OFFICE, "kg:isOfficeOf <actor/russia>"),
    changed("office-actor-known", "unknown-actor", OFFICE, f"kg:isOfficeOf {NOBODY}"),
    single("office-role-single", OFFICE, 'kg:role "deputy chief of staff"'),
    changed("office-role-text", "wrong-type", OFFICE, "kg:role 1"),
    changed("office-role-direction", "direction-character", OFFICE, f"kg:role {TURNED}"),
    single("place-within-single", "place/vladivostok", "kg:isWithin <place/chongjin>"),
    changed("place-within-known", "unknown-place", "place/vladivostok", f"kg:isWithin {NOWHERE}"),
]

EVENTS = [
    Case("event-sides-required", "event-without-sides", "event/troops", drop="kg:isFrom kg:isTo"),
    Case("event-sides-required", "event-without-sides", "event/treaty", drop="kg:hasParty"),
    changed("EventWithEnds", "from-equals-to", "event/troops", "kg:isTo <actor/north-korea>"),
    changed("AgreementOfSeveral", "party-missing", "event/treaty", "kg:hasParty <actor/russia>"),
    changed("event-from-known", "unknown-actor", "event/troops", f"kg:isFrom {NOBODY}"),
    changed("event-to-known", "unknown-actor", "event/troops", "kg:isTo <place/russia>"),
    Case("event-party-known", "unknown-actor", "event/treaty", add=f"kg:hasParty {NOBODY}"),
    single("event-kind-single", "event/treaty", f"kg:hasEventKind <{SCHEME}/event-kind/contract>"),
    changed(
        "event-kind-term",
        "unknown-term",
        "event/treaty",
        f"kg:hasEventKind <{SCHEME}/event-kind/bargain>",
    ),
    single("event-part-of-single", "event/training", "kg:isPartOf <event/containers>"),
    changed("event-part-of-known", "unknown-event", "event/training", "kg:isPartOf <event/none>"),
    Case(
        "event-parties-or-from",
        "direction-and-parties",
        "event/treaty",
        add="kg:isFrom <actor/russia>",
    ),
    Case(
        "event-parties-or-to",
        "direction-and-parties",
        "event/treaty",
        add="kg:isTo <actor/russia>",
    ),
]

EVIDENCES = [
    required("evidence-type-required", EVIDENCE, "kg:hasEvidenceType"),
    single("evidence-type-single", EVIDENCE, f"kg:hasEvidenceType <{SCHEME}/evidence-type/video>"),
    changed(
        "evidence-type-term",
        "unknown-term",
        EVIDENCE,
        f"kg:hasEvidenceType <{SCHEME}/evidence-type/rumour>",
    ),
    changed("evidence-released-by-known", "unknown-actor", EVIDENCE, f"kg:isReleasedBy {NOBODY}"),
    single(
        "evidence-verification-single",
        EVIDENCE,
        f"kg:hasVerification <{SCHEME}/verification/verified>",
    ),
    changed(
        "evidence-verification-term",
        "unknown-term",
        EVIDENCE,
        f"kg:hasVerification <{SCHEME}/status/confirmed>",
    ),
    single("evidence-quote-single", EVIDENCE, "kg:hasQuote <claim/a/c1/quote>"),
    changed("evidence-quote-known", "wrong-endpoint", EVIDENCE, "kg:hasQuote <event/troops>"),
]

CLAIMS = [
    required("claim-event-required", C1, "kg:isAbout"),
    single("claim-event-single", C1, "kg:isAbout <event/training>"),
    changed("claim-event-known", "unknown-event", C1, "kg:isAbout <actor/russia>"),
    required("claim-speaker-required", C1, "prov:wasAttributedTo"),
    changed("claim-speaker-known", "unknown-actor", C1, f"prov:wasAttributedTo {NOBODY}"),
    changed("claim-via-known", "unknown-actor", C1, f"kg:isCarriedBy {NOBODY}"),
    changed("claim-based-on-known", "unknown-actor", C1, f"kg:isBasedOn <{EVIDENCE}>"),
    changed("claim-responds-to-known", "unknown-claim", C6, "kg:respondsTo <claim/a/c99>"),
    changed("claim-evidence-known", "unknown-evidence", C1, "kg:restsOn <evidence/a/v9>"),
    Case("claim-via-apart", "via-is-speaker", C1, add="kg:isCarriedBy <actor/south-korea-nis>"),
    Case(
        "claim-based-on-apart", "based-on-speaker", C1, add="kg:isBasedOn <actor/south-korea-nis>"
    ),
    required("claim-modality-required", C1, "kg:hasModality"),
    single("claim-modality-single", C1, f"kg:hasModality <{SCHEME}/modality/ongoing>"),
    changed("claim-modality-term", "unknown-term", C1, f"kg:hasModality <{SCHEME}/modality/past>"),
    required("claim-polarity-required", C1, "kg:hasPolarity"),
    single("claim-polarity-single", C1, f"kg:hasPolarity <{SCHEME}/polarity/denied>"),
    changed("claim-polarity-term", "unknown-term", C1, 'kg:hasPolarity "affirmed"'),
    single("claim-hedge-single", C1, f"kg:hasHedge <{SCHEME}/hedge/likely>"),
    changed("claim-hedge-term", "unknown-term", C1, f"kg:hasHedge <{SCHEME}/hedge/maybe>"),
    changed("claim-item-term", "unknown-term", C6, f"kg:concernsItem <{SCHEME}/item/unicorn>"),
    required("aspect-required", C1, "kg:hasAspect"),
    required("aspect-required", REPLACEMENT, "kg:hasAspect"),
    single("aspect-single", C1, "kg:hasAspect aspect:personnel-total"),
    changed("aspect-term", "unknown-term", C1, f"kg:hasAspect <{SCHEME}/item/soldier>"),
    single("value-single", C7, f"kg:hasValue <{SCHEME}/provision/consultation>"),
    changed("value-term", "unknown-term", C7, f"kg:hasValue <{SCHEME}/provision/friendship>"),
    changed("place-known", "unknown-place", C1, "kg:hasPlace <actor/russia>"),
    single("claim-route-from-single", C2, "kg:startsAt <place/vladivostok>"),
    changed("claim-route-from-known", "unknown-place", C2, f"kg:startsAt {NOWHERE}"),
    single("claim-route-to-single", C2, "kg:endsAt <place/vladivostok>"),
    changed("claim-route-to-known", "unknown-place", C2, f"kg:endsAt {NOWHERE}"),
    changed("claim-route-ends-apart", "route-leads-nowhere", C2, "kg:startsAt <place/russia>"),
    changed("claim-route-via-known", "unknown-place", C2, f"kg:passesThrough {NOWHERE}"),
    single("claim-conveyance-single", C2, f"kg:hasConveyance <{SCHEME}/conveyance/railway>"),
    changed(
        "claim-conveyance-term", "unknown-term", C2, f"kg:hasConveyance <{SCHEME}/conveyance/broom>"
    ),
    required("claim-period-required", C1, "kg:periodEarliest kg:periodLatest"),
    single("claim-extractor-single", C1, 'kg:extractedBy "llm"'),
    changed("claim-extractor-text", "wrong-type", C1, 'kg:extractedBy ""'),
    single("claim-confidence-single", C1, "kg:extractionConfidence 0.9"),
    changed("claim-confidence-number", "wrong-type", C1, "kg:extractionConfidence 1"),
    changed(
        "claim-confidence-range", "confidence-out-of-range", C1, "kg:extractionConfidence 80.0"
    ),
]

ASPECTS = [
    changed("ClaimOfDate", "aspect-without-value", C1, "kg:hasAspect aspect:signing-date"),
    changed("ClaimOfDate", "aspect-without-value", C1, "kg:hasAspect aspect:in-force-date"),
    Case("ClaimOfValue", "aspect-without-value", C7, drop="kg:hasValue"),
    changed("ClaimOfValue", "aspect-without-value", C1, "kg:hasAspect aspect:payment"),
    changed("ClaimOfRoute", "aspect-without-value", C1, "kg:hasAspect aspect:route"),
    changed("ClaimOfPlace", "aspect-without-value", C6, "kg:hasAspect aspect:location"),
    changed("ClaimOfItems", "aspect-without-value", C7, "kg:hasAspect aspect:items-delivered"),
]

FIGURES = [
    single("figure-as-stated-single", C1, 'kg:quantityAsStated "1,500 or so"'),
    changed("figure-as-stated-text", "wrong-type", C1, "kg:quantityAsStated 1500"),
    changed("figure-item-term", "unknown-term", C1, f"kg:countedItem <{SCHEME}/item/unicorn>"),
    changed("figure-contents-term", "unknown-term", C2, f"kg:hasContents <{SCHEME}/item/unicorn>"),
    required("figure-item-required", C2, "kg:countedItem"),
    required("figure-basis-required", C1, "kg:rangeBasis"),
    single("figure-basis-single", C1, "kg:rangeBasis basis:exact"),
    changed("figure-basis-term", "unknown-term", C1, "kg:rangeBasis basis:guess"),
    single("figure-low-single", C2, "kg:low 14000"),
    changed("figure-low-integer", "wrong-type", C2, "kg:low 13000.5"),
    changed("figure-low-not-negative", "negative-count", C2, "kg:low -13000"),
    single("figure-best-single", C1, "kg:best 1600"),
    changed("figure-best-integer", "wrong-type", C1, 'kg:best "about 5"'),
    changed("figure-best-integer", "wrong-type", C1, 'kg:best "about 5"^^xsd:integer'),
    changed("figure-best-not-negative", "negative-count", C1, "kg:best -1500"),
    single("figure-high-single", C3, "kg:high 13000"),
    changed("figure-high-integer", "wrong-type", C3, "kg:high 12000.0"),
    changed("figure-high-not-negative", "negative-count", C3, "kg:high -12000"),
    Case("figure-low-to-high", "quantity-low-above-high", C4, "kg:low kg:best", "kg:low 13000"),
    changed("figure-low-to-best", "quantity-best-outside-range", C4, "kg:low 11500"),
    changed("figure-best-to-high", "quantity-best-outside-range", C4, "kg:best 12500"),
    required("StatedFigure", C1, "kg:quantityAsStated"),
    Case("FigureWithBest", "figure-missing", C1, drop="kg:best"),
    Case("FigureWithLow", "figure-missing", C2, drop="kg:low"),
    Case("FigureWithLow", "figure-missing", C4, drop="kg:low"),
    Case("FigureWithHigh", "figure-missing", C3, drop="kg:high"),
    Case("FigureWithHigh", "figure-missing", C4, drop="kg:high"),
    Case("LowerBoundFigure", "lower-bound-with-high", C2, add="kg:high 20000"),
    Case("UpperBoundFigure", "upper-bound-with-low", C3, add="kg:low 5"),
    changed("ExactFigure", "exact-with-range", C5, "kg:low 5"),
    changed("ExactFigure", "exact-with-range", C5, "kg:high 7"),
    Case("ExactFigure", "exact-with-range", C5, drop="kg:high"),
]


def dates(prefix: str, node: str, edtf: str, earliest: str, latest: str) -> list[Case]:
    """Return the cases of one date with its first and last day."""
    return [
        single(f"{prefix}-single", node, f'{edtf} "2023"'),
        changed(f"{prefix}-edtf", "invalid-date", node, f'{edtf} "2024-13"'),
        changed(f"{prefix}-edtf", "invalid-date", node, f'{edtf} "last autumn"'),
        *days(prefix, node, earliest, latest),
        Case(f"{prefix}-bounds-required", "date-without-bounds", node, drop=f"{earliest} {latest}"),
    ]


def days(prefix: str, node: str, earliest: str, latest: str) -> list[Case]:
    """Return the cases of a first and a last day."""
    return [
        single(f"{prefix}-earliest-single", node, f'{earliest} "2001-01-01"^^xsd:date'),
        changed(f"{prefix}-earliest-day", "invalid-date", node, f"{earliest} {NO_DAY}"),
        single(f"{prefix}-latest-single", node, f"{latest} {LATE}"),
        changed(f"{prefix}-latest-day", "invalid-date", node, f'{latest} "2024-02-30"^^xsd:date'),
        changed(f"{prefix}-earliest-to-latest", "invalid-date", node, f"{earliest} {LATE}"),
    ]


DATES = [
    single("date-as-stated-single", C2, 'kg:dateAsStated "for months"'),
    changed("date-as-stated-text", "wrong-type", C2, 'kg:dateAsStated ""'),
    required("date-required", C2, "kg:date"),
    *dates("date", C2, "kg:date", "kg:earliest", "kg:latest"),
    *days("date", OFFICE, "kg:earliest", "kg:latest"),
    *dates("said", C1, "kg:said", "kg:saidEarliest", "kg:saidLatest"),
    *dates("published", "article/a", "kg:published", "kg:publishedEarliest", "kg:publishedLatest"),
    *dates("released", EVIDENCE, "kg:released", "kg:releasedEarliest", "kg:releasedLatest"),
    *days("period", C1, "kg:periodEarliest", "kg:periodLatest"),
]

ASSESSMENTS = [
    required("assessment-claim-required", ASSESSMENT, "kg:assesses"),
    single("assessment-claim-single", ASSESSMENT, f"kg:assesses <{C1}>"),
    changed("assessment-claim-known", "unknown-claim", ASSESSMENT, "kg:assesses <claim/a/c99>"),
    required("assessment-status-required", ASSESSMENT, "kg:hasStatus"),
    single("assessment-status-single", ASSESSMENT, f"kg:hasStatus <{SCHEME}/status/refuted>"),
    changed(
        "assessment-status-term", "unknown-term", ASSESSMENT, f"kg:hasStatus <{SCHEME}/status/true>"
    ),
    single("assessment-kind-single", ASSESSMENT, f"kg:hasErrorKind <{SCHEME}/error-kind/other>"),
    changed(
        "assessment-kind-term",
        "unknown-term",
        ASSESSMENT,
        f"kg:hasErrorKind <{SCHEME}/error-kind/typo>",
    ),
    single(
        "assessment-reliability-single",
        ASSESSMENT,
        f"kg:hasSourceReliability <{SCHEME}/source-reliability/F>",
    ),
    changed(
        "assessment-reliability-term",
        "unknown-term",
        ASSESSMENT,
        f"kg:hasSourceReliability <{SCHEME}/source-reliability/G>",
    ),
    single(
        "assessment-credibility-single",
        ASSESSMENT,
        f"kg:hasInformationCredibility <{SCHEME}/information-credibility/6>",
    ),
    changed(
        "assessment-credibility-term",
        "unknown-term",
        ASSESSMENT,
        f"kg:hasInformationCredibility <{SCHEME}/information-credibility/7>",
    ),
    required("assessment-desk-required", ASSESSMENT, "prov:wasAttributedTo"),
    single("assessment-desk-single", ASSESSMENT, "prov:wasAttributedTo <desk/other-desk>"),
    changed(
        "assessment-desk-known", "unknown-desk", ASSESSMENT, "prov:wasAttributedTo <desk/nobody>"
    ),
    required("assessment-dated-required", ASSESSMENT, "kg:dated"),
    single("assessment-dated-single", ASSESSMENT, f"kg:dated {DAY}"),
    changed("assessment-dated-day", "invalid-date", ASSESSMENT, 'kg:dated "2024-12"'),
    required("assessment-rationale-required", ASSESSMENT, "kg:rationale"),
    single("assessment-rationale-single", ASSESSMENT, 'kg:rationale "See the text"'),
    changed("assessment-rationale-text", "wrong-type", ASSESSMENT, 'kg:rationale " "'),
    changed("rationale-direction", "direction-character", ASSESSMENT, f"kg:rationale {TURNED}"),
    Case(
        "KindOfError",
        "kind-without-error",
        ASSESSMENT,
        drop="kg:hasStatus kg:hasReplacement",
        add=f"kg:hasStatus <{SCHEME}/status/confirmed>",
    ),
    Case(
        "PlaceOfError",
        "replacement-without-error",
        ASSESSMENT,
        drop="kg:hasStatus kg:hasErrorKind",
        add=f"kg:hasStatus <{SCHEME}/status/unverified>",
    ),
    changed(
        "assessment-replacement-known",
        "wrong-endpoint",
        ASSESSMENT,
        "kg:hasReplacement <claim/a/c1>",
    ),
    Case("replacement-value-required", "replacement-without-value", REPLACEMENT, drop="kg:date"),
    required("replacement-source-required", REPLACEMENT, "kg:source"),
    single(
        "replacement-source-single", REPLACEMENT, 'kg:source "https://example.org/c"^^xsd:anyURI'
    ),
    changed(
        "replacement-source-address", "wrong-type", REPLACEMENT, 'kg:source "https://example.org"'
    ),
    changed("replacement-source-web", "invalid-value", REPLACEMENT, f"kg:source {SCRIPT}"),
]

RUNS = [
    renamed("RunId", RUN, "run/A"),
    required("run-version-required", RUN, "kg:toolVersion"),
    changed("run-version-text", "wrong-type", RUN, "kg:toolVersion 1.0"),
    required("run-record-required", RUN, "kg:recordPath"),
    changed("run-record-text", "wrong-type", RUN, "kg:recordPath <records/a.yaml>"),
    required("run-time-required", RUN, "prov:endedAtTime"),
    changed("run-time-moment", "invalid-date", RUN, 'prov:endedAtTime "yesterday"'),
]

CASES = [
    *COMMON,
    *ARTICLES,
    *QUOTES,
    *ACTORS,
    *EVENTS,
    *EVIDENCES,
    *CLAIMS,
    *ASPECTS,
    *FIGURES,
    *DATES,
    *ASSESSMENTS,
    *RUNS,
]
