"""Numbers as a sentence writes them: "1.5 million", "half a dozen", "hundreds of"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extraction.figures.digits import read_figures, suffix_of
from kg.extraction.words.lexicon import Lexicon

# "The first dozen" is twelve.
_RANKS = frozenset(("first", "second", "last", "next", "another", "other"))
MAX_COUNT = 10**12
DASHES = frozenset("-–—")
# What joins the ends of a range.
JOINS = frozenset(("to", "and", "or")) | DASHES


@dataclass(slots=True)
class Number:
    """A number, and the tokens that it takes up; a vague one is of at least so many."""

    first: int
    last: int
    value: int
    vague: bool = False


def read_number(lows: Sequence[str], at: int, lexicon: Lexicon) -> Number | None:
    """Read the number at `at`: "1,500", "1.5 million", "ten thousand", "hundreds of"."""
    in_words = not lows[at][0].isdigit()
    if in_words and (noun := _set(lows, at, lexicon) or _vague(lows, at, lexicon)) is not None:
        return noun
    value, last = read_figures(lows, at, lexicon)
    if value is None:
        value, last = _words(lows, at, lexicon)
    if value is None:
        return None
    if _and_a_half(lows, last, lexicon):
        value, last = value + 0.5, last + 3
    while last < len(lows) and (scale := lexicon.scales.get(lows[last])) and scale != 20:
        value *= scale
        last += 1
    if lows[last - 1] in lexicon.scales and lows[last + 1 : last + 2] == ["hundred"]:
        rest, last = _words(lows, last, lexicon)  # "one thousand five hundred"
        value += rest or 0
    if last < len(lows) and lows[last] == "of" and lows[last - 1] in lexicon.scales:
        last += 1
    if value != int(value):
        value = round(value * _scale_behind(lows, last, lexicon), 6)
    if value != int(value) or not 0 <= value <= MAX_COUNT:
        return None
    return Number(at, last, int(value))


def _words(lows: Sequence[str], at: int, lexicon: Lexicon) -> tuple[float | None, int]:
    """Read a number in words: the units, then scales; "a dozen" and "half a million" too."""
    low = lows[at]
    after = lows[at + 1] if at + 1 < len(lows) else ""
    if low == "half" and after == "a" and at + 2 < len(lows):
        scale = lexicon.scales.get(lows[at + 2], 0)
        if scale and scale != 20:
            return scale / 2, at + 3
    if low in ("dozen", "hundred", "thousand"):
        ranked = at > 0 and lows[at - 1] in _RANKS
        return (float(lexicon.scales[low]), at + 1) if ranked else (None, at)
    if low == "a" and (scale := lexicon.scales.get(after, 20)) != 20:
        return float(scale), at + 2
    total = 0
    last = at
    while last < len(lows) and last - at < 8:
        unit, dash, rest = lows[last].partition("-")
        if unit in lexicon.numbers and (not dash or rest in lexicon.numbers):
            total += lexicon.numbers[unit] + lexicon.numbers.get(rest, 0)
        elif last > at and lows[last] == "hundred":
            total *= 100
        elif last > at and lows[last] == "and" and lows[last - 1] == "hundred":
            if last + 1 >= len(lows) or lows[last + 1].split("-")[0] not in lexicon.numbers:
                break
        else:
            break
        last += 1
    return (float(total), last) if last > at else (None, at)


def _and_a_half(lows: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Whether a half of a scale stands behind the units: "two and a half thousand"."""
    scale = lows[at + 3] if at + 3 < len(lows) else ""
    return scale in lexicon.scales and lows[at : at + 3] == ["and", "a", "half"]


def _scale_behind(lows: Sequence[str], at: int, lexicon: Lexicon) -> int:
    """Return the scale of a number that the one before `at` is joined to: "1.5 to 2 million"."""
    if at + 1 >= len(lows) or lows[at] not in JOINS or not lows[at + 1][0].isdigit():
        return 1
    figures, last = read_figures(lows, at + 1, lexicon)
    if figures is None:
        return 1
    scale = lexicon.scales.get(lows[last], 1) if last < len(lows) else 1
    return scale * lexicon.suffixes.get(suffix_of(lows[last - 1]), 1)


def _set(lows: Sequence[str], at: int, lexicon: Lexicon) -> Number | None:
    """Read "a pair of", "a half-dozen" and "a score of"; "a couple of" is two at the least."""
    after = lows[at + 1] if at + 1 < len(lows) else ""
    # "A" stands often, and hardly ever before one of these.
    known = lows[at] != "a" or after in lexicon["sets-of"]
    matched = lexicon.sets.match(lows, at) if known else None
    if matched is None:
        return None
    size, (value, vague) = matched
    behind = lows[at + size : at + size + 1]
    scaled = bool(behind) and (behind[0] in lexicon.scales or not behind[0][0].isalpha())
    return None if scaled else Number(at, at + size, value, vague)


def _vague(lows: Sequence[str], at: int, lexicon: Lexicon) -> Number | None:
    """Read "hundreds of", "tens of thousands", "several thousand": bounds from below."""
    opened = lexicon.open.match(lows, at)
    if opened:
        scale_at = at + opened[0]
        scale = lexicon.scales.get(lows[scale_at]) if scale_at < len(lows) else None
        return Number(at, scale_at + 1, 2 * scale, vague=True) if scale else None
    value = lexicon.vague.get(lows[at])
    if value is None:
        return None
    last = at + 1
    if lows[last : last + 2] in (["and", lows[at]], ["upon", lows[at]]):
        last += 2  # "dozens upon dozens"
    if last + 1 < len(lows) and lows[last] == "of" and lows[last + 1] in lexicon.vague:
        value = value * lexicon.vague[lows[last + 1]] // 2
        last += 2
    if last < len(lows) and lows[last] == "of":
        return Number(at, last + 1, value, vague=True)
    return Number(at, last, value, vague=True)
