"""An article's lines and sentences: what claims something, and what is heading or by the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress, count
from operator import itemgetter, methodcaller

from kg.articles.heads import is_of_head
from kg.articles.text import in_lines
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.tokens import Token, tokenize

MAX_TOKENS = 400
# A line this long that ends in no stop goes on in the next.
WRAPPED = 60
# So far into a paragraph it is said that it corrects the article.
_NOTE = 600
_ENDS = frozenset(".!?…:\"'”’»)*_")
_STOPS = frozenset(".!?…")
_CLOSING = frozenset("\"'”’»)]*_")
_OPENING = frozenset("\"'“‘«([*_#>")
_DASHES = frozenset("-–—")
_RULES = _DASHES | frozenset("=*_#")
_MARKERS = frozenset("#>-–—*•|=")
# A line that ends in one of these is in the middle of a sentence, however short it is.
_UNFINISHED = frozenset(("a", "an", "and", "as", "at", "but", "by", "for", "from", "had", "has",
    "have", "in", "into", "is", "its", "of", "on", "or", "that", "the", "their", "to", "was",
    "were", "with"))  # fmt: skip
_TEXT, _STOPS_HERE = itemgetter(0), methodcaller("endswith", tuple(_STOPS))
_NO_WIDTH = 1 << 60
# A dateline is no longer than this.
_DATELINE = 80


@dataclass(eq=False, slots=True)
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
    text = in_lines(text)
    for number, (start, end) in enumerate(_paragraphs(text, body, lexicon)):
        if not _is_aside(text[start:end], lexicon):
            tokens = tokenize(text, start, end)
            begin = _after_dateline(tokens, lexicon)
            for first, last in _cuts(tokens, begin, lexicon):
                yield Sentence(tokens[first:last], number, first == begin)


def _paragraphs(text: str, body: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield where each paragraph begins and ends; lines broken to a width are one paragraph."""
    start = position = body
    lines = text[body:].split("\n")
    widths = _widths(lines)
    _mind_the_title(lines, widths)
    for number, line in enumerate(lines):
        end = position + len(line)
        after = lines[number + 1] if number + 1 < len(lines) else ""
        if not _goes_on(line.rstrip(), after.strip(), widths[number], lexicon):
            if text[start:end].strip():
                yield start, end
            start = end + 1
        position = end + 1


def _widths(lines: list[str]) -> list[int]:
    """Return for each line how wide the widest is that it stands among without a blank one."""
    widths: list[int] = []
    block: list[int] = []
    for line in [*lines, ""]:
        if line.strip():
            # An address is never broken, so it says nothing of a width.
            block.append(len(line.rstrip()) if len(line[:400].split()) > 1 else 0)
        else:
            widths += [max(block, default=0)] * len(block)
            widths.append(0)
            block = []
    return widths


def _mind_the_title(lines: list[str], widths: list[int]) -> None:
    """Measure the first line by those under it: it may be their title, without a blank line."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    last = first + 1
    while last < len(lines) and lines[last].strip():
        last += 1
    under = lines[first + 1 : last]
    broken = any(line.rstrip()[-1] not in _ENDS for line in under[:-1])
    widths[first] = max(_widths(under)) if broken else _NO_WIDTH


def _goes_on(line: str, after: str, width: int, lexicon: Lexicon) -> bool:
    """Whether a line was broken to a width and goes on in the next.

    Broken lines are those into which the next word would not have fitted; a heading is shorter
    than the text under it.
    """
    if not line or not after or line[-1] in _STOPS or after[0] in _MARKERS:
        return False
    if _leads_elsewhere(line, lexicon) or _leads_elsewhere(after, lexicon):
        return False
    stripped = line.lstrip()
    if stripped[0] == "#" or set(stripped[:400]) <= _RULES:
        return False
    if after[0].islower() or line[-60:].split()[-1].lower() in _UNFINISHED:
        return True
    if line[-1] in _ENDS:
        return False
    full = len(line) + 1 + len(after[:400].split()[0]) > width
    return full or len(line) >= WRAPPED


def title_of(text: str, lexicon: Lexicon) -> str | None:
    """Return the heading that stands first in `text`, if there is one.

    What stands in brackets is somebody's remark: "[Translated from Persian]". Rules and fences
    of Markdown are no words: "---", "```". When it appeared and who wrote it is no title either.
    """
    for line in in_lines(text).split("\n"):
        if line.strip()[:1] == "[" and line.strip()[-1] == "]":
            continue
        if not any(map(str.isalnum, line)) or is_of_head(line):
            continue
        if bare := line.strip().strip("#*_> \t"):
            return bare if _is_heading(line) and not _leads_elsewhere(line, lexicon) else None
    return None


def _is_aside(line: str, lexicon: Lexicon) -> bool:
    return (
        _is_heading(line) or _leads_elsewhere(line, lexicon) or _corrects_the_article(line, lexicon)
    )


def _corrects_the_article(line: str, lexicon: Lexicon) -> bool:
    """Whether a paragraph says what was wrong in the article: "An earlier version of this …"."""
    bare = line[:_NOTE].lower()
    marked = bare.strip().strip("*_>[(# ")
    return marked.startswith(tuple(sorted(lexicon["correction-marks"]))) or any(
        words in bare for words in lexicon["corrections"]
    )


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


def datelines(text: str, lexicon: Lexicon) -> Iterator[list[Token]]:
    """Yield the words before the dash or colon of each line that begins with where it was written.

    Only lines that begin with a word in capitals are looked at: "SEOUL, Oct. 3 (Wire) —".
    """
    for line in in_lines(text).split("\n"):
        head = line[:_DATELINE].lstrip()
        word = head.split(maxsplit=1)[0].strip(",:/") if head else ""
        if len(word) > 2 and word.isupper():
            tokens = tokenize(head)
            if begin := _after_dateline(tokens, lexicon):
                yield tokens[:begin]


def _after_dateline(tokens: list[Token], lexicon: Lexicon) -> int:
    """Return where the text begins behind a dateline: "SEOUL (Wire) —" or "Minsk, Saturday –"."""
    loud = bool(tokens) and len(tokens[0].text) > 2 and tokens[0].text.isupper()
    for index, token in enumerate(tokens[:12]):
        if token.text in _DASHES and index and tokens[0].text[0].isupper():
            words = [t for t in tokens[:index] if t.text[0].isalpha()]
            spaced = tokens[index].start > tokens[index - 1].end
            if spaced and all(t.text[0].isupper() or t.low in ("of", "and") for t in words):
                twice = tokens[index + 1 : index + 2] and tokens[index + 1].text in _DASHES
                return index + 2 if twice else index + 1
        if loud and index and token.text == ":" and all(t.text.isupper() for t in tokens[:index]):
            return index + 1  # "HONIARA: Four days after"
        if loud and token.text == "." and index > 2 and tokens[index - 2].text.isdigit():
            return index + 1  # "MINSK, 20 July. Troops left"
        if token.text[0].islower() and token.low not in ("of", "and"):
            break
        if "d" in lexicon.letters.get(token.low, ""):
            break  # "TOKYO SENT 12 SHIPS."
    return 0


def _cuts(tokens: list[Token], begin: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    first = begin
    able = [*compress(count(), map(_STOPS_HERE, map(_TEXT, tokens)))]
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
