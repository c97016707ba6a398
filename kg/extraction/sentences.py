"""An article's lines and sentences: what claims something, and what is heading or by the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extraction.lexicon import Lexicon
from kg.extraction.tokens import Token, tokenize

MAX_TOKENS = 400
# A line this long that ends in no stop goes on in the next.
WRAPPED = 60
_ENDS = frozenset(".!?…:\"'”’»)*_")
_STOPS = frozenset(".!?…")
_CLOSING = frozenset("\"'”’»)]*_")
_OPENING = frozenset("\"'“‘«([*_#>")
_DASHES = frozenset("-–—")
_RULES = _DASHES | frozenset("=*_#")


@dataclass(frozen=True)
class Sentence:
    """A sentence that may claim something.

    Attributes:
        tokens: its words and marks.
        paragraph: the number of its line.
        opens: whether it is the first of its paragraph.
    """

    tokens: list[Token]
    paragraph: int
    opens: bool


def sentences(text: str, lexicon: Lexicon, body: int = 0) -> Iterator[Sentence]:
    """Yield the sentences of `text`; headings, bylines, captions and links elsewhere are left out.

    `body` is where the text begins behind what is said about it. A sentence of more than
    `MAX_TOKENS` tokens is cut, so that later stages stay fast.
    """
    for number, (start, end) in enumerate(_paragraphs(text, body)):
        if not _is_aside(text[start:end], lexicon):
            tokens = tokenize(text, start, end)
            begin = _after_dateline(tokens)
            for first, last in _cuts(tokens, begin, lexicon):
                yield Sentence(tokens[first:last], number, first == begin)


def _paragraphs(text: str, body: int) -> Iterator[tuple[int, int]]:
    """Yield where each paragraph begins and ends; lines broken to a width are one paragraph."""
    start = position = body
    lines = text[body:].split("\n")
    for number, line in enumerate(lines):
        end = position + len(line)
        after = lines[number + 1] if number + 1 < len(lines) else ""
        if not (len(line) >= WRAPPED and after.strip() and line.rstrip()[-1:] not in _ENDS):
            if text[start:end].strip():
                yield start, end
            start = end + 1
        position = end + 1


def title_of(text: str, lexicon: Lexicon) -> str | None:
    """Return the heading that stands first in `text`, if there is one."""
    for line in text.split("\n"):
        if bare := line.strip().strip("#*_> \t"):
            return bare if _is_heading(line) and not _leads_elsewhere(line, lexicon) else None
    return None


def _is_aside(line: str, lexicon: Lexicon) -> bool:
    return _is_heading(line) or _leads_elsewhere(line, lexicon)


def _is_heading(line: str) -> bool:
    """Headings are short and end in no full stop; a question of few words is one too."""
    stripped = line.strip()
    if stripped[:1] in _RULES and (stripped[0] == "#" or set(stripped) <= _RULES):
        return True
    bare = stripped.rstrip("\"'”’»)]*_ ")
    words = len(stripped[:400].split())
    if bare.endswith("?"):
        return words <= 8 and "." not in bare
    return words <= 14 and not bare.endswith((".", "!", ":", ";", ","))


def _leads_elsewhere(line: str, lexicon: Lexicon) -> bool:
    bare = line.strip().strip("*_>[(").lower()
    if bare.startswith(lexicon.elsewhere) and bare[:60].find(":") >= 0:
        return True
    return bare.startswith(lexicon.byline) and len(bare[:200].split()) <= 8 and "," not in bare


def _after_dateline(tokens: list[Token]) -> int:
    """Return where the text begins behind a dateline: "SEOUL (Wire) —" or "Minsk, Saturday –"."""
    for index, token in enumerate(tokens[:12]):
        if token.text in _DASHES and index and tokens[0].text[0].isupper():
            head = tokens[:index]
            words = [t for t in head if t.text[0].isalpha()]
            spaced = tokens[index].start > tokens[index - 1].end
            if spaced and all(t.text[0].isupper() or t.low in ("of", "and") for t in words):
                return index + 1
        if token.text[0].islower() and token.low not in ("of", "and"):
            break
    return 0


def _cuts(tokens: list[Token], begin: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    first = begin
    able = [i for i in range(begin, len(tokens)) if tokens[i].text[-1] in _STOPS]
    if len(tokens) - begin > MAX_TOKENS:
        able = list(range(begin, len(tokens)))
    for index in able:
        if index < first:
            continue
        stops = tokens[index].text[-1] in _STOPS and _ends_sentence(tokens, index, lexicon)
        if stops or index - first >= MAX_TOKENS:
            last = index + 1
            while last < len(tokens) and _closes(tokens, last):
                last += 1
            yield first, last
            first = last
    if first < len(tokens):
        yield first, len(tokens)


def _closes(tokens: list[Token], index: int) -> bool:
    """Whether the mark belongs to what stands before it: it follows without a space."""
    touches = tokens[index].start == tokens[index - 1].end
    return tokens[index].text in _CLOSING and touches


def _ends_sentence(tokens: list[Token], index: int, lexicon: Lexicon) -> bool:
    token = tokens[index]
    after = index + 1
    if token.text in _STOPS:
        while after < len(tokens) and _closes(tokens, after):
            after += 1
        before = tokens[index - 1] if index else None
        if token.text == "." and before is not None and before.end == token.start:
            if before.low in lexicon.abbreviations and before.text[0].isupper():
                return False
            if len(before.text) == 1 and before.text.isupper():
                return False
        return after == len(tokens) or _begins(tokens[after])
    if token.text.endswith(".") and after < len(tokens):
        return tokens[after].low in lexicon.starters and tokens[after].text[0].isupper()
    return False


def _begins(token: Token) -> bool:
    return (
        token.text[0].isupper()
        or token.text[0].isdigit()
        or token.text in _OPENING
        or (not token.text[0].isalpha() and token.text not in ",;:.-–—")
    )
