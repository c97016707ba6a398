"""Numbers in digits: "1,500", "10 000", "2.7mn", "3x"; and digits that are none, as in a vote."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.tokens import Token

_LETTERS = "abcdefghijklmnopqrstuvwxyz-"
# Between digits these make a fraction, a vote, a time of day, a span or a part of a date of them.
_LINKS = frozenset("/:-–−")
# What "½" and the like are read as.
_FRACTIONS = frozenset(("0.5", "0.25", "0.75"))
_TIMES = frozenset(("x", "×"))


def read_figures(lows: Sequence[str], at: int, lexicon: Lexicon) -> tuple[float | None, int]:
    """Return the number in digits at `at` and where it ends; its thousands may stand apart."""
    last = at + 1
    after = lows[last] if last < len(lows) else ""
    value = _digits(lows[at], after in lexicon.scales, lexicon)
    if value is not None and lows[at].isdecimal() and len(lows[at]) < 4:
        while last < len(lows) and _is_group(lows, last):
            value = value * 1000 + int(lows[last])
            last += 1
    if value is not None and last < len(lows) and lows[last] in _FRACTIONS:
        return value + float(lows[last]), last + 1  # "1 ½"
    return value, last


def suffix_of(low: str) -> str:
    """Return the letters behind the digits of a word: those of "30k", none of "thirty"."""
    return low[len(low.rstrip(_LETTERS)) :] if low[0].isdigit() else ""


def _is_group(lows: Sequence[str], at: int) -> bool:
    """Whether the three digits at `at` go on with a number: not in "18 155 mm howitzers"."""
    low = lows[at]
    after = lows[at + 1] if at + 1 < len(lows) else ""
    return len(low) == 3 and low.isdecimal() and low.isascii() and after not in ("mm", "-", "km")


def _digits(low: str, scaled: bool, lexicon: Lexicon) -> float | None:
    """Return the number that a word in digits is; `scaled` if "million" or the like follows."""
    if not low[0].isdigit() or not low.isascii() or len(low) > 20:
        return None
    digits = low.rstrip(_LETTERS)
    suffix = low[len(digits) :]
    if suffix and suffix not in lexicon.suffixes:
        return None
    scale = lexicon.suffixes.get(suffix, 1)
    groups = digits.split(",")
    if len(groups) == 2 and len(groups[1]) < 3 and (scaled or scale > 1):
        groups = [".".join(groups)]  # "1,5 million" as written on the continent
    if len(groups) > 1 and any(len(group.partition(".")[0]) != 3 for group in groups[1:]):
        return None
    plain = "".join(groups)
    if not plain.replace(".", "").isdigit():
        return None  # the tank 2A4
    whole, *rest = plain.split(".")
    if len(rest) > 1:  # 1.500.000, but not the version 1.2.3
        thousands = len(whole) <= 3 and all(len(group) == 3 for group in rest)
        return float(whole + "".join(rest)) * scale if thousands else None
    if rest and len(rest[0]) == 3 and scale == 1 and len(whole) <= 3 and whole != "0":
        return float(whole + rest[0])  # 1.500 as written on the continent
    return round(float(plain) * scale, 6)


def is_linked(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a mark links the digits between two tokens to others: "1/2", "5-3", "10:30"."""
    return _links(tokens, first - 1) or _links(tokens, last)


def _links(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token at `at` is a mark between digits; a slash may stand apart from them."""
    if not 0 < at < len(tokens) - 1 or tokens[at].text not in _LINKS:
        return False
    before, mark, after = tokens[at - 1 : at + 2]
    if not (before.text[-1].isdigit() or before.text[0].isdigit()) or not after.text[0].isdigit():
        return False
    return mark.text == "/" or (before.end == mark.start and mark.end == after.start)


def multiplies(lows: Sequence[str], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a number says how many times: "3x more"; or what drives a lorry: "6 x 6".

    In "6 x M777 howitzers", "3x MiG-29" and "2 x 155 mm howitzers" it counts things.
    """
    after = lows[last : last + 3]
    if lows[last - 1].endswith("x") and lows[last - 1][0].isdigit():
        return bool(after) and after[0] in lexicon["compared"]
    if first > 1 and lows[first - 1] in _TIMES and lows[first - 2][0].isdigit():
        return True
    if len(after) > 1 and after[0] in _TIMES:
        measured = len(after) > 2 and after[2] in ("mm", "-")
        return after[1].isdecimal() and not measured
    return False
