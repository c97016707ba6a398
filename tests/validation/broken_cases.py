"""Broken inputs, one a case: what is edited, and the findings it must give.

``‸`` in an edit is taken out before the file is written; it stands where a finding must point to.
The markers of a case, from the top of the file to its end, belong to its codes, in that order.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MARK = "‸"
WARNINGS = frozenset(
    ("quote-too-long", "unresolved-mention", "event-without-claim", "repeated-item")
)

Edit = tuple[str, str]


@dataclass(frozen=True)
class Case:
    """One broken input.

    Attributes:
        name: what is wrong.
        codes: of the findings, from the top of the file to its end.
        edits: what is replaced in the good record, each old text standing there once.
        whole: the file's content, where it is no edit of the good record.
        at: line and column of each finding, where a marker cannot say it.
        text_edits: what is replaced in the article's text; the record's digest follows.
        prepare: changes the workspace after its files are written.
        says: what the messages say.
        form: ``yaml``, ``json`` or ``ndjson``; the good record is edited in that form.
        crlf: the record is written with CRLF line ends.
    """

    name: str
    codes: tuple[str, ...]
    edits: tuple[Edit, ...] = ()
    whole: str | bytes | None = None
    at: tuple[tuple[int, int], ...] = ()
    text_edits: tuple[Edit, ...] = ()
    prepare: Callable[[Path], object] | None = None
    says: tuple[str, ...] = ()
    form: str = "yaml"
    crlf: bool = False


def edit(name: str, codes: str, *edits: Edit, says: str = "") -> Case:
    """Return the case of a record with something replaced."""
    return Case(name, tuple(codes.split()), edits, says=(says,))


def together(name: str, *cases: Case) -> Case:
    """Return the case of a record with all of these in it; they have one code."""
    return Case(
        name,
        tuple(code for case in cases for code in case.codes),
        tuple(edit for case in cases for edit in case.edits),
        says=tuple(words for case in cases for words in case.says),
    )


def whole(
    name: str, codes: str, content: str | bytes, *at: tuple[int, int], says: str = ""
) -> Case:
    """Return the case of a file that has nothing of the good record."""
    return Case(name, tuple(codes.split()), whole=content, at=at, says=(says,))


def pointed(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text without its markers, and the line and column at which each stood."""
    places = []
    while MARK in marked:
        before, marked = marked.split(MARK, 1)
        start = before.rfind("\n") + 1
        places.append((before.count("\n") + 1, len(before) - start + 1))
        marked = before + marked
    return marked, places


C1 = "    about: soldiers-east\n    aspect: personnel-present\n"
C1_SPEAKER = "    speaker: south-korea-nis\n    quantity:\n"
C1_START = "      start: 73\n"
C1_QUANTITY = """\
      item: soldier
      best: 1500
      basis: approximate
"""


OFFICE = """\
    name: two officials
  - id: harbour-office
    type: Organization
    name: Harbour office
    acts_for:
"""
OFFICER = """\
    name: two officials
  - id: the-captain
    type: Person
    name: the captain
"""
REVERSED = f"""\
    acts_for:
      - actor: russia
        role: captain
        from: 2024-06
        {MARK}until: 2024-01
"""
PACT = """\
  - id: pact
    type: Agreement
    kind: treaty
    parties: [north-korea, russia]
"""


def _quantity(lines: str) -> Edit:
    indented = "".join(f"      {line.strip()}\n" for line in lines.split(";"))
    return C1_QUANTITY, indented


READING = [
    edit(
        "double quotes never closed",
        "yaml-syntax",
        ("  title: Seoul", f'  title: {MARK}"Seoul'),
    ),
    edit(
        "single quotes never closed",
        "yaml-syntax",
        ("    rationale: Signed", f"    rationale: {MARK}'Signed"),
    ),
    edit(
        "a tab for indentation",
        "yaml-syntax",
        ("  language: en", f"{MARK}\tlanguage: en"),
    ),
    edit(
        "a key indented too little",
        "yaml-syntax",
        (C1, f"   {MARK}about: soldiers-east\n    aspect: personnel-present\n"),
    ),
    edit(
        "a key indented too much",
        "yaml-syntax",
        (C1, f"    about: soldiers-east\n      aspect{MARK}: personnel-present\n"),
    ),
    edit(
        "a colon and a space inside plain words",
        "yaml-syntax",
        ("  title: Seoul counts", f"  title: Seoul{MARK}: counts"),
    ),
    edit(
        "a key without its colon",
        "yaml-syntax",
        ("  language: en\n", f"  {MARK}language en\n"),
    ),
    edit(
        "a bracket never closed",
        "yaml-syntax",
        ("    parties: [north-korea, russia]", f"    parties: {MARK}[north-korea, russia"),
    ),
    edit(
        "a brace never closed",
        "yaml-syntax",
        (
            "        date:\n          edtf: 2024-06-19\n",
            f"        date: {MARK}{{edtf: 2024-06-19\n",
        ),
    ),
    edit("a YAML tag", "yaml-syntax", ("      best: 1500", f"      best: {MARK}!!int 1500")),
    edit(
        "a tag that would run Python",
        "yaml-syntax",
        ("  language: en", f"  language: {MARK}!!python/object/apply:os.system [id]"),
    ),
    edit(
        "an anchor",
        "yaml-alias",
        (C1_SPEAKER, f"    speaker: {MARK}&nis south-korea-nis\n    quantity:\n"),
    ),
    edit(
        "an alias of nothing",
        "yaml-alias",
        (C1_SPEAKER, f"    speaker: {MARK}*nis\n    quantity:\n"),
    ),
    edit("a merge key", "yaml-alias", (C1, f"    <<: {MARK}*defaults\n{C1}")),
    whole("a cycle of aliases", "yaml-alias", f"communique: 1\nclaims: {MARK}&loop\n  - *loop\n"),
    whole(
        "a bomb of aliases",
        "yaml-alias",
        f"a: {MARK}&a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
        + "".join(
            f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
            for before, name in zip("abcdefgh", "bcdefghi", strict=True)
        ),
    ),
    edit(
        "a second document",
        "yaml-syntax",
        (
            "        source: https://example.org/b\n",
            f"        source: https://example.org/b\n{MARK}---\ncommunique: 1\n",
        ),
    ),
    whole("a list cut off after a comma", "yaml-syntax", f"claims: {MARK}[1,\n\n\n"),
    whole("a mapping cut off", "yaml-syntax", f"communique: 1\narticle: {MARK}{{id: x,\n"),
    whole("the inner of two lists cut off", "yaml-syntax", f"claims: [[1], {MARK}[2,\n"),
    edit(
        "a quotation mark that ends where another text begins",
        "yaml-syntax",
        (
            "    label: North Korean soldiers in the Russian Far East\n",
            f'    label: {MARK}"North Korean soldiers in the Russian Far East\n',
        ),
        ("    label: a satellite image of Chongjin\n", '    label: "a satellite image"\n'),
        says="is a quotation mark missing here?",
    ),
    whole("a list as a key", "yaml-syntax", f"communique: 1\n? {MARK}[a, b]\n: c\n"),
    whole(
        "a hundred thousand brackets",
        "yaml-syntax",
        "communique: 1\nclaims: " + "[" * 31 + MARK + "[" * 99_969 + "\n",
        says="32 levels",
    ),
    whole(
        "a hundred thousand braces",
        "yaml-syntax",
        "communique: 1\nclaims: " + "{a: " * 31 + MARK + "{a: " * 99_969 + "\n",
        says="32 levels",
    ),
    whole(
        "a hundred nested lists in blocks",
        "yaml-syntax",
        "communique: 1\nclaims:\n  " + "- " * 31 + MARK + "- " * 69 + "x\n",
        says="32 levels",
    ),
    edit(
        "NUL",
        "control-character",
        ("  title: Seoul counts", f"  title: Seoul {MARK}\0counts"),
        says="U+0000",
    ),
    edit(
        "DEL",
        "control-character",
        ("    rationale: Signed", f"    rationale: {MARK}\x7fSigned"),
        says="U+007F",
    ),
    edit(
        "NUL written as an escape",
        "control-character",
        ("  title: Seoul counts foreign soldiers in the east", f'  title: {MARK}"Seoul\\0counts"'),
        says="U+0000",
    ),
    whole(
        "Latin-1",
        "not-utf8",
        b"communique: 1\narticle:\n  id: a\n  title: Caf\xe9\n",
        (4, 13),
        says="0xe9",
    ),
    whole(
        "Latin-1 after an emoji", "not-utf8", "communique: 1 # 🚢 ".encode() + b"\xe9\n", (1, 19)
    ),
    whole("UTF-16", "not-utf8", "communique: 1\n".encode("utf-16"), (1, 1)),
    whole("a picture", "not-utf8", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", (1, 1)),
    whole("nothing", "wrong-type", "", (1, 1), says="empty"),
    whole("only a comment", "wrong-type", "# to be written\n", (1, 1), says="empty"),
    whole("a list", "wrong-type", f"{MARK}- communique: 1\n"),
    whole("a word", "wrong-type", f"{MARK}communique\n"),
    edit(
        "the same key twice",
        "duplicate-key",
        (C1, f"{C1}    {MARK}about: pact\n"),
        says="the first is on line 43",
    ),
    Case(
        "fifty megabytes",
        ("file-too-large",),
        whole="communique: 1\n",
        at=((1, 1),),
        prepare=lambda root: os.truncate(root / "records/autumn-soldiers.yaml", 50_000_000),
    ),
]

CHARACTERS = [
    Case(
        "CRLF, and an unknown actor",
        ("unknown-actor",),
        ((C1_SPEAKER, f"    {MARK}speaker: south-korea-nsi\n    quantity:\n"),),
        crlf=True,
    ),
    Case(
        "CRLF, and quotes never closed",
        ("yaml-syntax",),
        (("    rationale: Signed", f"    rationale: {MARK}'Signed"),),
        crlf=True,
    ),
    edit(
        "a byte-order mark, and a wrong format on the first line",
        "invalid-value",
        ("communique: 1", f"{MARK}\ufeffcommunique: 2"),
    ),
    edit(
        "emoji, flags and combining characters before a key",
        "invalid-date",
        (
            "    date:\n      as_stated: in 2023\n      edtf: 2023\n",
            f'    date: {{as_stated: "🚢🇰🇵 i\u0301n 👩‍✈️", {MARK}edtf: 2023-13}}\n',
        ),
        says="no month 13",
    ),
    edit(
        "emoji and combining characters before an item",
        "unknown-place",
        ("    places: [vladivostok, dock-seven]", f'    places: ["dock-seven", {MARK}🚢e\u0301]'),
    ),
    edit(
        "a line separator (U+2028) above",
        "unknown-desk",
        ("  title: Seoul counts", "  title: Seoul\u2028counts"),
        ("    by: example-desk", f"    {MARK}by: example-des"),
    ),
    edit(
        "a next-line character (U+0085) above",
        "unknown-desk",
        ("  title: Seoul counts", "  title: Seoul\x85counts"),
        ("    by: example-desk", f"    {MARK}by: example-des"),
    ),
    edit(
        "a line separator before quotes never closed",
        "yaml-syntax",
        ("  title: Seoul counts", "  title: Seoul\u2028counts"),
        ("    rationale: Signed", f"    rationale: {MARK}'Signed"),
    ),
]

SCHEMA = [
    edit(
        "words where a claim belongs",
        "wrong-type",
        ("claims:\n", f"claims:\n  - {MARK}much was said\n"),
        says="Claim 1 is 'much was said'; a mapping of keys to values is expected here",
    ),
    edit(
        "a dash, and no claim",
        "wrong-type",
        ("claims:\n", f"claims:\n  -{MARK}\n"),
        says="Claim 1 is empty",
    ),
    edit(
        "a claim without a speaker",
        "missing-key",
        ("  - id: c5\n", f"  - {MARK}id: c5\n"),
        (
            "    speaker: unknown-outlet\n    quote:\n      exact: mutual",
            "    quote:\n      exact: mutual",
        ),
        says="Claim c5 lacks its 'speaker'",
    ),
    edit(
        "a claim without a speaker that others answer to",
        "missing-key",
        ("  - id: c1\n", f"  - {MARK}id: c1\n"),
        (C1_SPEAKER, "    quantity:\n"),
    ),
    edit(
        "a speaker without a name",
        "missing-key",
        (C1_SPEAKER, f"    {MARK}speaker:\n    quantity:\n"),
    ),
    edit(
        "an empty list of speakers",
        "missing-key",
        (C1_SPEAKER, f"    {MARK}speaker: []\n    quantity:\n"),
    ),
    edit(
        "a quote without words",
        "missing-key",
        (
            "    quote:\n      exact: mutual assistance pact\n",
            f"    {MARK}quote:\n      start: 0\n",
        ),
        says="quote of claim c5 lacks its 'exact'",
    ),
    edit(
        "an article without a digest",
        "missing-key",
        ("article:\n", f"{MARK}article:\n"),
        ("  language: en\n", "  language: en\n  # no digest\n"),
        ("  sha256: ", "  # "),
        says="The article lacks its 'sha256'",
    ),
    whole("a record without an article", "missing-key", f"{MARK}communique: 1\nclaims: []\n"),
    whole(
        "a word where the article belongs, and another where a claim does",
        "wrong-type wrong-type",
        f"communique: 1\n{MARK}article: x\nclaims:\n  - {MARK}x\n",
    ),
    whole(
        "the article's key misspelt, and a word where a claim belongs",
        "unknown-key wrong-type",
        f"communique: 1\n{MARK}artikel:\n  id: a\nclaims:\n  - {MARK}x\n",
        says="did you mean 'article'?",
    ),
    whole(
        "a list where an actor belongs",
        "missing-key wrong-type",
        f"{MARK}communique: 1\nactors:\n  - {MARK}[x]\n",
        says="Actor 1 is a list",
    ),
    whole(
        "actors in a file of assessments alone",
        "wrong-type unknown-key",
        f"communique: 1\n{MARK}assessments: x\n{MARK}actors: []\n",
        says="A file of assessments alone has no 'actors'",
    ),
    edit("no format version", "missing-key", ("communique: 1\narticle:", f"{MARK}article:")),
    edit("a version to come", "invalid-value", ("communique: 1", f"{MARK}communique: 2")),
    edit(
        "a key with a slip of the pen",
        "unknown-key",
        (
            "    speaker: unknown-outlet\n    quote:\n      exact: mutual",
            f"    {MARK}speeker: unknown-outlet\n    quote:\n      exact: mutual",
        ),
        says="Claim c5 has no key 'speeker'; did you mean 'speaker'?",
    ),
    edit(
        "an unknown section",
        "unknown-key",
        ("mentions:\n", f"{MARK}mention:\n"),
        says="did you mean 'mentions'?",
    ),
    edit(
        "an unknown key of a quantity",
        "unknown-key",
        ("      best: 1500", f"      {MARK}bset: 1500"),
        says="did you mean 'best'?",
    ),
    edit(
        "an unknown key of an event, where Python has another name for the right one",
        "unknown-key",
        (
            "    from: north-korea\n    to: russia\n  - id: pact",
            f"    {MARK}form: north-korea\n    to: russia\n  - id: pact",
        ),
        says="did you mean 'from'?",
    ),
    edit(
        "an unknown key of a replacement's date",
        "unknown-key",
        (
            "        date:\n          edtf: 2024-06-19\n",
            f"        date:\n          {MARK}edft: 2024-06-19\n",
        ),
        says="did you mean 'edtf'?",
    ),
    edit(
        "a key of YAML 1.1's booleans",
        "unknown-key",
        (C1, f"{C1}    {MARK}on: 2024-10-18\n"),
        says="no key 'on'",
    ),
    edit(
        "an office written as a mapping, one key wrong",
        "unknown-key",
        (
            "    name: two officials\n",
            f"{OFFICE}      actor: russia\n      {MARK}rol: port authority\n",
        ),
        says="did you mean 'role'?",
    ),
    edit("a number in words", "wrong-type", ("      best: 1500", f"      {MARK}best: many")),
    edit("a number with a comma", "wrong-type", ("      best: 1500", f"      {MARK}best: 1,500")),
    together(
        "values of the wrong kind",
        edit("half an offset", "wrong-type", (C1_START, f"      {MARK}start: 73.5\n")),
        edit(
            "a list for a title",
            "wrong-type",
            ("  title: Seoul counts", f"  {MARK}title: [Seoul]\n  # counts"),
        ),
        edit(
            "a word for a mention",
            "wrong-type",
            ("    start: 368\n", f"    start: 368\n  - {MARK}Seoul\n"),
        ),
        edit("confidence in words", "wrong-type", (C1, f"{C1}    {MARK}confidence: high\n")),
    ),
    edit(
        "a word for a section",
        "wrong-type",
        (
            "mentions:\n  - as_stated: Vladivostock\n    refers_to: vladivostok\n    start: 368\n",
            f"{MARK}mentions: none\n",
        ),
    ),
    edit(
        "words for a quantity",
        "wrong-type",
        (
            "    quantity:\n      as_stated: about 1,500\n" + C1_QUANTITY,
            f"    {MARK}quantity: about 1,500\n",
        ),
    ),
    together(
        "values of the wrong form",
        edit(
            "a language in words", "invalid-value", ("  language: en", f"  {MARK}language: English")
        ),
        edit("a digest cut short", "invalid-value", ("  sha256: ", f"  {MARK}sha256: abc # ")),
        edit(
            "empty words",
            "invalid-value",
            ("      exact: mutual assistance pact", f'      {MARK}exact: ""'),
        ),
    ),
    edit("a slash in the id of a claim", "bad-id", ("  - id: c5", f"  - {MARK}id: c/5")),
    edit(
        "a slash in the id of an event that claims are about",
        "bad-id",
        ("  - id: shells-by-rail", f"  - {MARK}id: shells/rail"),
        ("    about: shells-by-rail", "    about: shells/rail"),
    ),
    edit(
        "capitals in the id of an actor that speaks",
        "bad-id",
        ("  - id: two-officials", f"  - {MARK}id: Two_Officials"),
        ("    speaker: two-officials", "    speaker: Two_Officials"),
    ),
    together(
        "ids of the wrong form",
        edit(
            "a space in the article's id",
            "bad-id",
            ("  id: autumn-soldiers", f"  {MARK}id: autumn soldiers"),
        ),
        edit(
            "an id of 81 characters",
            "bad-id",
            ("  - id: dock-seven", f"  - {MARK}id: {'d' * 81}"),
            ("    places: [vladivostok, dock-seven]", "    places: [vladivostok]"),
        ),
        edit("an id in another script", "bad-id", ("  - id: c5", f"  - {MARK}id: с5")),
    ),
    edit(
        "two claims of one id",
        "duplicate-id",
        ("  - id: c5", f"  - {MARK}id: c2"),
        says="taken already on line 58",
    ),
    edit(
        "two events of one id",
        "duplicate-id",
        (
            "evidence:\n  - id",
            PACT.replace("id:", f"{MARK}id:") + "evidence:\n  - id",
        ),
    ),
    edit(
        "two pieces of evidence of one id",
        "duplicate-id",
        ("claims:\n", f"  - {MARK}id: v1\n    type: video\n    label: a video\nclaims:\n"),
    ),
]

REFERENCES = [
    edit(
        "a speaker nobody declared",
        "unknown-actor",
        (C1_SPEAKER, f"    {MARK}speaker: south-korea-nsi\n    quantity:\n"),
        says="did you mean 'south-korea-nis'?",
    ),
    edit(
        "a name where an id belongs",
        "unknown-actor",
        (C1_SPEAKER, f"    {MARK}speaker: Dmitry Peskov\n    quantity:\n"),
        says="did you mean 'dmitry-peskov'?",
    ),
    edit(
        "the second of two speakers, one a line",
        "unknown-actor",
        (
            C1_SPEAKER,
            f"    speaker:\n      - south-korea-nis\n      - {MARK}harbour-master\n    quantity:\n",
        ),
    ),
    edit(
        "an event nobody declared",
        "unknown-event",
        (C1, f"    {MARK}about: soldiers-west\n    aspect: personnel-present\n"),
        says="did you mean 'soldiers-east'?",
    ),
    edit(
        "a whole nobody declared",
        "unknown-event",
        ("    kind: treaty", f"    kind: treaty\n    {MARK}part_of: alliance"),
    ),
    edit(
        "a claim answered to",
        "unknown-claim",
        ("    responds_to: [c1]", f"    responds_to: [{MARK}c9]"),
    ),
    edit("evidence", "unknown-evidence", ("    evidence: [v1]", f"    evidence: [v1, {MARK}v2]")),
    edit(
        "a desk",
        "unknown-desk",
        ("    by: example-desk", f"    {MARK}by: exampledesk"),
        says="did you mean 'example-desk'?",
    ),
    edit(
        "the second of two items",
        "unknown-term",
        ("      item: soldier\n", f"      item: [soldier, {MARK}soldeir]\n"),
    ),
    edit(
        "a type of event",
        "unknown-term",
        ("    type: Shipment", f"    {MARK}type: Shipping"),
        says="did you mean 'Shipment'?",
    ),
    edit(
        "an aspect that has a value",
        "unknown-term",
        ("    aspect: provision\n", f"    {MARK}aspect: provison\n"),
        says="did you mean 'provision'",
    ),
    edit("a type of actor", "unknown-term", ("    type: UnnamedSource", f"    {MARK}type: Source")),
    edit(
        "a value of an aspect that takes none",
        "unknown-term",
        ("    responds_to: [c1]", f"    responds_to: [c1]\n    {MARK}value: mutual-assistance"),
    ),
    edit(
        "a word that leaves its scheme",
        "unknown-term",
        ("    modality: ongoing", f"    {MARK}modality: ../polarity/denied"),
    ),
    edit(
        "a word that is no part of an IRI",
        "unknown-term",
        ("    modality: ongoing", f'    {MARK}modality: "<on going>"'),
    ),
    together(
        "words for actors that are none",
        edit(
            "the second of two speakers",
            "unknown-actor",
            (C1_SPEAKER, f"    speaker: [south-korea-nis, {MARK}harbour-master]\n    quantity:\n"),
            says="declare it under 'actors'",
        ),
        edit(
            "a publisher",
            "unknown-actor",
            ("  publisher: unknown-outlet", f"  {MARK}publisher: unknown-outlett"),
        ),
        edit(
            "whose soldiers",
            "unknown-actor",
            (
                "    from: north-korea\n    to: russia\n  - id: shells",
                f"    {MARK}from: nort-korea\n    to: russia\n  - id: shells",
            ),
        ),
        edit(
            "where goods go: a place, no actor",
            "unknown-actor",
            (
                "    from: north-korea\n    to: russia\n  - id: pact",
                f"    from: north-korea\n    {MARK}to: vladivostok\n  - id: pact",
            ),
        ),
        edit(
            "a party",
            "unknown-actor",
            ("    parties: [north-korea, russia]", f"    parties: [{MARK}norh-korea, russia]"),
        ),
        edit(
            "who carries a claim",
            "unknown-actor",
            ("    via: unknown-outlet", f"    {MARK}via: harbour-news"),
        ),
        edit(
            "whom a speaker rests on",
            "unknown-actor",
            (C1, f"{C1}    based_on: [{MARK}harbour-master]\n"),
        ),
        edit(
            "who released an image",
            "unknown-actor",
            ("    released_by: south-korea-nis", f"    {MARK}released_by: harbour-master"),
        ),
        edit(
            "for whom an actor acts",
            "unknown-actor",
            (
                "    name: two officials\n",
                f"{OFFICE}      - {MARK}actor: rusia\n        role: port authority\n",
            ),
            says="did you mean 'russia'?",
        ),
        edit(
            "whom a name means",
            "unknown-actor",
            ("    refers_to: vladivostok", f"    {MARK}refers_to: vladivostock"),
        ),
    ),
    together(
        "words for places that are none",
        edit(
            "a place",
            "unknown-place",
            (
                "    places: [vladivostok, dock-seven]",
                f"    places: [vladivostok, {MARK}dock-sevn]",
            ),
            says="did you mean 'dock-seven'?",
        ),
        edit(
            "where a place lies",
            "unknown-place",
            ("    within: vladivostok", f"    {MARK}within: vladivostock"),
        ),
        edit(
            "where a route begins",
            "unknown-place",
            ("      from: chongjin", f"      {MARK}from: chongjinn"),
        ),
        edit("a way point", "unknown-place", ("      via: [rason]", f"      via: [{MARK}razon]")),
    ),
    together(
        "words for claims that are none",
        edit("a claim assessed", "unknown-claim", ("  - claim: c4", f"  - {MARK}claim: c9")),
        edit(
            "a claim of another record",
            "unknown-claim",
            ("    responds_to: [c1]", f"    responds_to: [{MARK}winter-soldiers/c1]"),
        ),
    ),
    together(
        "words outside their schemes",
        edit(
            "an aspect",
            "unknown-term",
            ("    aspect: items-delivered", f"    {MARK}aspect: items-deliverd"),
        ),
        edit(
            "a modality",
            "unknown-term",
            ("    modality: ongoing", f"    {MARK}modality: on-going"),
            says="did you mean 'ongoing'?",
        ),
        edit(
            "a polarity",
            "unknown-term",
            ("    polarity: denied", f"    {MARK}polarity: negative"),
            says="it has: affirmed, denied",
        ),
        edit(
            "a hedge",
            "unknown-term",
            ("    said: 2024-10-18", f"    said: 2024-10-18\n    {MARK}hedge: maybe"),
        ),
        edit(
            "an item",
            "unknown-term",
            ("      item: soldier\n", f"      {MARK}item: soldiers\n"),
            says="did you mean 'soldier'?",
        ),
        edit(
            "contents",
            "unknown-term",
            ("      contents: artillery-shell", f"      {MARK}contents: shells"),
        ),
        edit("a basis", "unknown-term", ("      basis: approximate", f"      {MARK}basis: about")),
        edit("a kind of event", "unknown-term", ("    kind: treaty", f"    {MARK}kind: treatise")),
        edit(
            "a type of evidence",
            "unknown-term",
            ("    type: satellite-image", f"    {MARK}type: satelite-image"),
        ),
        edit(
            "a conveyance",
            "unknown-term",
            ("      conveyance: railway", f"      {MARK}conveyance: rail"),
        ),
        edit(
            "a provision",
            "unknown-term",
            ("    value: mutual-assistance", f"    {MARK}value: mutual-help"),
        ),
        edit("a status", "unknown-term", ("    status: refuted", f"    {MARK}status: wrong")),
        edit(
            "a kind of error",
            "unknown-term",
            ("    kind: wrong-date", f"    {MARK}kind: wrong-year"),
        ),
    ),
    edit(
        "a name that is not resolved",
        "unresolved-mention",
        (
            "  - as_stated: Vladivostock\n    refers_to: vladivostok\n",
            f"  - {MARK}as_stated: Vladivostock\n",
        ),
    ),
]


def _linked(root: Path) -> None:
    (root / "articles/autumn-soldiers.txt").rename(root.parent / "elsewhere.txt")
    (root / "articles/autumn-soldiers.txt").symlink_to(root.parent / "elsewhere.txt")


def _linked_folder(root: Path) -> None:
    (root / "articles").rename(root.parent / "elsewhere")
    (root / "articles").symlink_to(root.parent / "elsewhere")


def _loop(root: Path) -> None:
    (root / "articles/autumn-soldiers.txt").unlink()
    (root / "articles/autumn-soldiers.txt").symlink_to("autumn-soldiers.txt")


def _fifo(root: Path) -> None:
    (root / "articles/autumn-soldiers.txt").unlink()
    os.mkfifo(root / "articles/autumn-soldiers.txt")


def _text_case(name: str, codes: str, change: Callable[[Path], object], *edits: Edit) -> Case:
    marked = ("  text: articles", f"  {MARK}text: articles")
    return Case(name, tuple(codes.split()), (*edits, marked), prepare=change)


def _rewritten(change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    def prepare(root: Path) -> None:
        file = root / "articles/autumn-soldiers.txt"
        file.write_bytes(change(file.read_bytes()))

    return prepare


# A build looks again at what changed: here the record, where the text's bytes are the same.
RETITLED = ("  title: Seoul counts", "  title: Seoul has counted")
TEXT_PATH = "  text: articles/autumn-soldiers.txt"
TEXTS = [
    edit(
        "no such text", "text-missing", (TEXT_PATH, f"  {MARK}text: articles/winter-soldiers.txt")
    ),
    edit("a folder as text", "text-missing", (TEXT_PATH, f"  {MARK}text: articles")),
    edit(
        "a text below a text",
        "text-missing",
        (TEXT_PATH, f"  {MARK}text: articles/autumn-soldiers.txt/b"),
    ),
    edit(
        "NUL in the path of the text",
        "control-character",
        (TEXT_PATH, f'  text: {MARK}"articles/a\\0.txt"'),
    ),
    edit(
        "a path longer than any",
        "text-missing",
        (TEXT_PATH, f"  {MARK}text: articles/{'a' * 5000}.txt"),
    ),
    edit(
        "a text in the folder above",
        "text-outside-workspace",
        (TEXT_PATH, f"  {MARK}text: ../elsewhere.txt"),
    ),
    edit(
        "a text above, by a detour",
        "text-outside-workspace",
        (TEXT_PATH, f"  {MARK}text: articles/../../workspace-b/a.txt"),
    ),
    edit("an absolute path", "text-outside-workspace", (TEXT_PATH, f"  {MARK}text: /etc/hostname")),
    _text_case("a link out of the workspace", "text-outside-workspace", _linked, RETITLED),
    _text_case(
        "a folder linked out of the workspace", "text-outside-workspace", _linked_folder, RETITLED
    ),
    _text_case("a link to itself", "text-missing", _loop),
    _text_case("a pipe as text", "text-missing", _fifo),
    Case(
        "NUL in the text, where nothing is quoted",
        ("text-unreadable",),
        ((TEXT_PATH, f"  {MARK}{TEXT_PATH.strip()}"),),
        prepare=_rewritten(lambda text: text + b"\0"),
        says=("NUL",),
    ),
    _text_case("a picture as text", "text-unreadable", _rewritten(lambda _: b"\x89PNG\r\n\x1a\n")),
    _text_case(
        "fifty megabytes of text",
        "text-unreadable",
        lambda root: os.truncate(root / "articles/autumn-soldiers.txt", 50_000_000),
    ),
    edit(
        "another text's digest", "digest-mismatch", ("  sha256: ", f"  {MARK}sha256: {'0' * 64} # ")
    ),
    Case(
        "a text that was edited since",
        ("digest-mismatch",),
        (("  sha256: ", f"  {MARK}sha256: "),),
        prepare=_rewritten(lambda text: text + b"Later.\n"),
    ),
    Case(
        "a text saved with other line ends: the digest and every offset",
        ("digest-mismatch", "quote-offset", "quote-offset"),
        (
            ("  sha256: ", f"  {MARK}sha256: "),
            (C1_START, f"      {MARK}start: 73\n"),
            ("    start: 368\n", f"    {MARK}start: 368\n"),
        ),
        prepare=_rewritten(lambda text: text.replace(b"\n", b"\r\n")),
    ),
]

MENTION_ONE_ON = ("    start: 368\n", "    start: 369\n")
C1_EXACT = "      exact: about 1,500 soldiers have arrived in Vladivostok\n"
C3_EXACT = "      exact: There are no foreign soldiers in the fighting\n"
FORTY_ONE = " ".join(["word"] * 41)

QUOTES = [
    edit(
        "one character altered",
        "quote-not-in-text",
        (
            C1_EXACT + C1_START,
            f"      {MARK}exact: about 1,500 soldiers have arrived at Vladivostok\n{C1_START}",
        ),
    ),
    together(
        "quotes of other words",
        edit(
            "one character altered, no offset",
            "quote-not-in-text",
            (C3_EXACT, f"      {MARK}exact: There are no foreign soldiers in the fightin9\n"),
        ),
        edit(
            "words of evidence",
            "quote-not-in-text",
            (
                "      exact: A satellite image shows",
                f"      {MARK}exact: The satellite image shows",
            ),
        ),
        edit(
            "a name that does not stand there",
            "quote-not-in-text",
            (
                "  - as_stated: Vladivostock\n    refers_to: vladivostok\n    start: 368\n",
                f"  - {MARK}as_stated: Wladiwostok\n    refers_to: vladivostok\n",
            ),
        ),
    ),
    edit(
        "a capital",
        "quote-not-in-text",
        (C3_EXACT, f"      {MARK}exact: there are no foreign soldiers in the fighting\n"),
        says="the same words with other",
    ),
    Case(
        "straight for curly quotation marks",
        ("quote-not-in-text",),
        ((C3_EXACT, f"      {MARK}exact: '\"There are no foreign soldiers in the fighting,\"'\n"),),
        text_edits=(('"There', "“There"), ('fighting,"', "fighting,”")),
        says=("at 246 it has the same words",),
    ),
    Case(
        "a letter composed here and decomposed there",
        ("quote-not-in-text",),
        ((C3_EXACT, f"      {MARK}exact: There are no fore\u00efgn soldiers\n"), MENTION_ONE_ON),
        text_edits=(("no foreign", "no forei\u0308gn"),),
    ),
    edit(
        "an offset one too high",
        "quote-offset",
        (C1_START, f"      {MARK}start: 74\n"),
        says="stands at 73, not at 74",
    ),
    edit("an offset before the text", "quote-offset", (C1_START, f"      {MARK}start: -1\n")),
    edit(
        "an offset counted from the end", "quote-offset", (C1_START, f"      {MARK}start: -319\n")
    ),
    edit(
        "words that stand twice",
        "quote-ambiguous",
        ("      exact: mutual assistance pact", f"      {MARK}exact: foreign soldiers"),
        says="2 times in the text (at 13, 260)",
    ),
    edit(
        "a name that stands elsewhere",
        "quote-offset",
        ("    start: 368\n", f"    {MARK}start: 110\n"),
    ),
    Case(
        "an offset in UTF-16 units, after emoji",
        ("quote-offset",),
        ((C1_START, f"      {MARK}start: 75\n"), ("    start: 368\n", "    start: 369\n")),
        text_edits=(("Seoul counts", "🚢Seoul counts"),),
        says=("stands at 74, not at 75",),
    ),
    Case(
        "an offset in bytes, after combining characters",
        ("quote-offset",),
        ((C1_START, f"      {MARK}start: 77\n"), ("    start: 368\n", "    start: 370\n")),
        text_edits=(("Seoul counts", "Seo\u0302u\u0308l counts"),),
        says=("stands at 75, not at 77",),
    ),
    Case(
        "an offset without the text's byte-order mark",
        ("quote-offset",),
        ((C1_START, f"      {MARK}start: 73\n"), ("    start: 368\n", "    start: 369\n")),
        text_edits=(("Seoul counts", "\ufeffSeoul counts"),),
        says=("stands at 74, not at 73",),
    ),
    Case(
        "offsets without the text's carriage returns",
        ("quote-offset",),
        ((C1_START, f"      {MARK}start: 73\n"), ("    start: 368\n", "    start: 375\n")),
        text_edits=(("\n", "\r\n"),),
        says=("stands at 75, not at 73",),
    ),
    Case(
        "more than forty words",
        ("quote-too-long",),
        ((C3_EXACT, f"      {MARK}exact: {FORTY_ONE}\n"),),
        text_edits=(("Vladivostock is a port.", f"Vladivostock is a port. {FORTY_ONE}."),),
        says=("41 words",),
    ),
]

SHAPES = [
    edit(
        "low above high",
        "quantity-low-above-high",
        _quantity(f"item: soldier; {MARK}low: 12000; high: 1500; basis: range"),
        says="claim c1 says low 12,000 above high 1,500.",
    ),
    edit(
        "a speaker twice",
        "repeated-item",
        (
            "    speaker: south-korea-nis\n",
            f"    speaker: [south-korea-nis, {MARK}south-korea-nis]\n",
        ),
        says="'south-korea-nis' stands here already",
    ),
    edit(
        "an item twice",
        "repeated-item",
        _quantity(f"item: [soldier, {MARK}soldier]; best: 1500; basis: approximate"),
        says="'soldier' stands here already",
    ),
    edit(
        "a mention twice",
        "repeated-item",
        (
            "mentions:\n",
            f"""\
mentions:
  - as_stated: Vladivostok
    refers_to: vladivostok
  - {MARK}as_stated: Vladivostok
    refers_to: vladivostok
""",
        ),
    ),
    edit(
        "best above high",
        "quantity-best-outside-range",
        _quantity(f"item: soldier; low: 1000; {MARK}best: 1800; high: 1500; basis: range"),
    ),
    edit(
        "a count below zero",
        "negative-count",
        _quantity(f"item: soldier; {MARK}best: -1500; basis: approximate"),
    ),
    edit(
        "an exact count below zero, which is its own low and high",
        "negative-count",
        _quantity(f"item: soldier; {MARK}best: -5; basis: exact"),
        says="best value is below zero",
    ),
    edit(
        "exact, and yet a range",
        "exact-with-range",
        _quantity(f"item: soldier; low: 1400; best: 1500; {MARK}basis: exact"),
    ),
    edit(
        "approximate, but no number",
        "figure-missing",
        _quantity(f"item: soldier; {MARK}basis: approximate"),
    ),
    edit(
        "at least, and yet at most",
        "lower-bound-with-high",
        _quantity(f"item: soldier; low: 1500; {MARK}high: 1600; basis: lower-bound"),
    ),
    edit("surer than sure", "confidence-out-of-range", (C1, f"{C1}    {MARK}confidence: 1.5\n")),
    edit(
        "a person without a public role",
        "person-without-role",
        (
            "    name: two officials\n",
            OFFICER.replace("id: the", f"{MARK}id: the"),
        ),
    ),
    edit(
        "a person who acts for somebody in a role without a name",
        "person-role-unnamed",
        ("    name: two officials\n", f"{OFFICER}    {MARK}acts_for: south-korea\n"),
    ),
    edit(
        "an office that ends before it begins",
        "invalid-date",
        (
            "    name: two officials\n",
            f"{OFFICER}{REVERSED}",
        ),
        ("    speaker: dmitry-peskov\n", "    speaker: the-captain\n"),
    ),
    edit(
        "an answer to what was said after the article appeared",
        "said-after-publication",
        (
            "    speaker: south-korea-nis\n    quantity",
            f"    speaker: south-korea-nis\n    {MARK}said: 2024-11-02\n    quantity",
        ),
    ),
    edit(
        "confirmed, and yet wrong and replaced",
        "kind-without-error",
        ("    status: refuted\n    kind", f"    status: confirmed\n    {MARK}kind"),
    ),
    edit(
        "an office with dates and without a name",
        "person-role-unnamed",
        (
            "    name: two officials\n",
            f"{OFFICER}    {MARK}acts_for:\n      - actor: russia\n        from: 2024-01\n",
        ),
    ),
    edit(
        "an event of nobody",
        "event-without-sides",
        (
            PACT,
            f"  - {MARK}id: pact\n    type: Agreement\n    kind: treaty\n",
        ),
    ),
    edit(
        "parties and a direction",
        "direction-and-parties",
        (
            "    parties: [north-korea, russia]\n",
            f"    parties: [north-korea, russia]\n    {MARK}from: north-korea\n",
        ),
    ),
    edit(
        "an assessment before the article",
        "assessment-before-article",
        ("    dated: 2024-12-01", f"    {MARK}dated: 2024-01-12"),
    ),
    edit(
        "an assessment of a day to come",
        "assessment-in-the-future",
        ("    dated: 2024-12-01", f"    {MARK}dated: 9999-12-01"),
    ),
    edit(
        "an event that is a part of itself",
        "part-of-circle",
        ("    kind: treaty\n", f"    kind: treaty\n    {MARK}part_of: pact\n"),
    ),
    edit(
        "two events that are parts of each other",
        "part-of-circle part-of-circle",
        (
            "    to: russia\n  - id: pact\n",
            f"    to: russia\n    {MARK}part_of: pact\n  - id: pact\n",
        ),
        ("    kind: treaty\n", f"    kind: treaty\n    {MARK}part_of: shells-by-rail\n"),
    ),
    edit(
        "an event no claim is about",
        "event-without-claim",
        (
            "evidence:\n  - id: v1",
            PACT.replace("id: pact", f"{MARK}id: parade") + "evidence:\n  - id: v1",
        ),
    ),
]

DATES = [
    edit(
        "month 13",
        "invalid-date",
        ("      edtf: 2023\n", f"      {MARK}edtf: 2023-13\n"),
        says="no month 13",
    ),
    together(
        "dates that are none",
        edit(
            "30 February",
            "invalid-date",
            ("    said: 2024-10-18", f"    {MARK}said: 2024-02-30"),
            says="no day 2024-02-30",
        ),
        edit(
            "an interval that ends before it begins",
            "invalid-date",
            ("  published: 2024-10-18", f"  {MARK}published: 2024-10-18/2024-10-01"),
        ),
        edit(
            "digits of another script",
            "invalid-date",
            ("    dated: 2024-12-01", f"    {MARK}dated: ٢٠٢٤-١٢-٠١"),
        ),
    ),
    together(
        "dates written otherwise",
        edit(
            "a date as Americans write it",
            "invalid-date",
            ("  published: 2024-10-18", f"  {MARK}published: 10/18/2024"),
        ),
        edit(
            "wide digits",
            "invalid-date",
            ("    said: 2024-10-18", f"    {MARK}said: ２０２４-10-18"),
        ),
        edit(
            "a month where a day is needed",
            "invalid-date",
            ("    dated: 2024-12-01", f"    {MARK}dated: 2024-12"),
        ),
    ),
    edit(
        "a reversed term of office",
        "invalid-date",
        (
            "    name: two officials\n",
            f"{OFFICE}      - actor: russia\n        from: 2024\n        {MARK}until: 2023\n",
        ),
    ),
]


def _json(name: str, codes: str, *edits: Edit, says: str = "") -> Case:
    return Case(name, tuple(codes.split()), edits, says=(says,), form="json")


def _whole(form: str, name: str, codes: str, content: str, says: str = "") -> Case:
    return Case(name, tuple(codes.split()), whole=content, says=(says,), form=form)


NDJSON_GOOD = '{"communique": 1, "assessments": []}\n'
JSON = [
    _whole(
        "json", "a comma too many", "yaml-syntax", f'{{"communique": 1,\n "claims": [],\n{MARK}}}\n'
    ),
    _whole("json", "an object never closed", "yaml-syntax", f'{MARK}{{"communique": 1\n'),
    _whole("json", "a list never closed", "yaml-syntax", f'{{"claims": {MARK}[{{}}\n'),
    _whole(
        "json",
        "more after the end",
        "yaml-syntax",
        f'{{"communique": 1, "assessments": []}}\n{MARK}{{"communique": 1}}\n',
    ),
    _whole(
        "json",
        "a hundred thousand brackets in JSON",
        "yaml-syntax",
        '{"claims": ' + "[" * 31 + MARK + "[" * 99_969 + "\n",
        says="32 levels",
    ),
    _whole("json", "a list cut off after a comma in JSON", "yaml-syntax", f'{{"a": {MARK}[1,\n'),
    _whole("json", "an object cut off after a comma", "yaml-syntax", f'{MARK}{{"a": [1],\n\n'),
    _whole("json", "nothing in JSON", "yaml-syntax", MARK),
    _whole("json", "null", "wrong-type", f"{MARK}null\n"),
    _whole(
        "ndjson",
        "a broken third line",
        "yaml-syntax",
        NDJSON_GOOD * 2 + f'{{"communique": {MARK}one}}\n',
    ),
    _whole(
        "ndjson",
        "an unknown key on the third line",
        "unknown-key",
        NDJSON_GOOD * 2 + f'{{"communique": 1, "assessments": [], {MARK}"asessments": []}}\n',
    ),
    _whole(
        "ndjson",
        "two broken lines, one of them with CRLF",
        "yaml-syntax invalid-value",
        f'{{"communique": 1, {MARK}}}\r\n'
        + NDJSON_GOOD
        + f'{{{MARK}"communique": 2, "assessments": []}}\n',
    ),
    _json(
        "a comma too few",
        "yaml-syntax",
        ('"language": "en",\n  "text"', f'"language": "en"\n  {MARK}"text"'),
    ),
    _json("quotes never closed", "yaml-syntax", ('"language": "en",', f'"language": {MARK}"en,')),
    _json(
        "a line break inside quotes",
        "yaml-syntax",
        ('"language": "en"', f'"language": {MARK}"e\nn"'),
    ),
    _json("a key without quotes", "yaml-syntax", ('"language": "en"', f'{MARK}language: "en"')),
    _json("no number", "yaml-syntax", ('"best": "1500"', f'"best": {MARK}NaN')),
    _json("true for a number", "wrong-type", ('"best": "1500"', f'{MARK}"best": true')),
    _json("true for an offset", "wrong-type", ('"start": "73"', f'{MARK}"start": true')),
    _json("a fraction for a number", "wrong-type", ('"best": "1500"', f'{MARK}"best": 1500.5')),
    _json(
        "a number of thirty digits, which YAML has not either",
        "wrong-type",
        ('"best": "1500"', f'{MARK}"best": {"9" * 30}'),
    ),
    _json(
        "a number of five thousand digits",
        "wrong-type",
        ('"best": "1500"', f'{MARK}"best": {"9" * 5000}'),
    ),
    _json(
        "a number for a word",
        "wrong-type",
        ('"title": "Seoul counts foreign soldiers in the east"', f'{MARK}"title": 5'),
    ),
    _json(
        "half a surrogate pair",
        "control-character",
        ('"title": "Seoul counts', f'"title": {MARK}"Seoul \\ud83d counts'),
        says="U+D83D",
    ),
    _json(
        "NUL written as an escape in JSON",
        "control-character",
        ('"title": "Seoul counts', f'"title": {MARK}"Seoul \\u0000 counts'),
        says="U+0000",
    ),
    _json(
        "a speaker nobody declared in JSON",
        "unknown-actor",
        ('"speaker": "south-korea-nis"', f'{MARK}"speaker": "south-korea-nsi"'),
    ),
    _json(
        "the same key twice in JSON",
        "duplicate-key",
        ('"language": "en"', f'"language": "en", {MARK}"language": "ko"'),
    ),
    _json(
        "month 13 after an emoji",
        "invalid-date",
        (
            '"said": "2024-10-18"',
            f'"hedge": null, "extracted_by": "🚢e\u0301", {MARK}"said": "2024-13"',
        ),
    ),
]

C1_SPEAKER = "    speaker: south-korea-nis\n"
# One broken value hides nothing else of its claim, event or assessment.
TOGETHER = [
    edit(
        "no speaker, an unknown place and an altered quote",
        "missing-key unknown-place quote-not-in-text",
        ("  - id: c1\n", f"  - {MARK}id: c1\n"),
        (C1_SPEAKER, ""),
        ("[vladivostok, dock-seven]", f"[{MARK}vladivostock, dock-seven]"),
        (
            C1_EXACT + C1_START,
            f"      {MARK}exact: about 1,500 soldiers have arrived at Vladivostok\n{C1_START}",
        ),
    ),
    edit(
        "no speaker, and low above high",
        "missing-key quantity-low-above-high",
        ("  - id: c1\n", f"  - {MARK}id: c1\n"),
        (C1_SPEAKER, ""),
        ("      best: 1500\n", f"      {MARK}low: 1600\n      high: 1500\n"),
        ("      basis: approximate\n", "      basis: range\n"),
    ),
    edit(
        "an offset that is no number, an unknown speaker and an unknown place",
        "unknown-actor unknown-place wrong-type",
        (C1_SPEAKER, f"    {MARK}speaker: nobody\n"),
        ("[vladivostok, dock-seven]", f"[{MARK}vladivostock, dock-seven]"),
        (C1_START, f"      {MARK}start: 73.0\n"),
    ),
    edit(
        "a misspelt key, an unknown speaker and an altered quote",
        "unknown-key unknown-actor quote-not-in-text",
        (
            f"    polarity: affirmed\n{C1_SPEAKER}",
            f"    {MARK}polarty: affirmed\n    {MARK}speaker: nobody\n",
        ),
        (
            C1_EXACT + C1_START,
            f"      {MARK}exact: about 1,500 soldiers have arrived at Vladivostok\n{C1_START}",
        ),
    ),
    edit(
        "an event without a type, from nobody known",
        "missing-key unknown-actor",
        (
            "  - id: shells-by-rail\n    type: Shipment\n    from: north-korea\n",
            f"  - {MARK}id: shells-by-rail\n    {MARK}from: north-corea\n",
        ),
    ),
    edit(
        "an assessment with nothing right in it",
        "unknown-claim unknown-term unknown-term unknown-desk invalid-date",
        (
            (
                "  - claim: c4\n    status: refuted\n    kind: wrong-date\n"
                "    by: example-desk\n    dated: 2024-12-01\n"
            ),
            (
                f"  - {MARK}claim: c99\n    {MARK}status: refutd\n    {MARK}kind: wrong-dat\n"
                f"    {MARK}by: nobody\n    {MARK}dated: 2024-13-01\n"
            ),
        ),
    ),
]

CASES = [
    *READING,
    *CHARACTERS,
    *SCHEMA,
    *REFERENCES,
    *TEXTS,
    *QUOTES,
    *SHAPES,
    *DATES,
    *TOGETHER,
    *JSON,
]
