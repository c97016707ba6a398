"""Numbers of things as intervals: what the words give and nothing more.

Money, measures, dates and ordinals are no counts. Libraries tried for this lose the modifier or
the scale ("as many as eight million 122-mm shells" read as 8), hence a parser of our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extraction.dating.numeric_dates import is_year
from kg.extraction.figures.digits import is_linked, multiplies, suffix_of
from kg.extraction.figures.numerals import DASHES, JOINS, Number, read_number
from kg.extraction.words.glance import Glance
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.tokens import Token

# "A 500-strong battalion", "a 22-member unit".
# "One in 1,000".
_LARGEST_SHARE = 1000
_HEADS = frozenset(("strong", "member", "man", "person"))


@dataclass(slots=True)
class Quantity:
    """A count.

    Attributes:
        first: index of the first token of the words that state it, modifier included.
        last: index behind their last.
        low: at the least, if stated.
        best: the figure itself, if stated.
        high: at the most, if stated.
        basis: exact, approximate, lower-bound, upper-bound or range.
        measured: whether it counts what the scheme has no item for: tonnes, or air strikes.
    """

    first: int
    last: int
    low: int | None
    best: int | None
    high: int | None
    basis: str
    measured: bool = False

    @property
    def says_something(self) -> bool:
        """Whether it bounds anything: "up to several hundred" does not."""
        return (self.low, self.best, self.high) != (None, None, None)


def at_most(figure: Quantity) -> Quantity:
    """Return a figure as the most there were: "never passed 2,100"."""
    most = figure.best if figure.best is not None else figure.high
    return Quantity(figure.first, figure.last, None, None, most, "upper-bound")


def find_quantities(
    glance: Glance, lexicon: Lexicon, named: frozenset[int] = frozenset()
) -> list[Quantity]:
    """Return the counts in a sentence, in order.

    Args:
        glance: at the words of the sentence.
        lexicon: the words of number.
        named: the indices of words that belong to known names; behind "Ukraine", 40 is a count,
            behind "Boeing" it is not.
    """
    tokens, lows, behind = glance.tokens, glance.lows, 0
    found: list[Quantity] = []
    for index in glance.numbers:
        number = (
            read_number(lows, index, lexicon) if index >= behind and index not in named else None
        )
        if number is None:
            continue
        if _starts_from(lows, number, lexicon):
            continue
        if (behind_it := _of_a_share(lows, number, lexicon)) is not None:
            behind = behind_it
            continue
        if (behind_it := _descends(lows, number, lexicon)) is not None:
            behind = behind_it
            continue
        quantity = _range(lows, number, lexicon) or modified(lows, number, lexicon)
        behind = max(quantity.last, number.last)
        if not number.vague and _weighs(lows, quantity.last, lexicon):
            quantity.last, quantity.measured = quantity.last + 1, True
            found.append(quantity)
            continue
        if _counts(tokens, lows, number, quantity, lexicon, named):
            found.append(quantity)
    return found


def _weighs(lows: Sequence[str], last: int, lexicon: Lexicon) -> bool:
    """Whether a number weighs things that are named: "3,000 tonnes of ammunition"."""
    return lows[last + 1 : last + 2] == ["of"] and lows[last] in lexicon["weights"]


def _starts_from(lows: Sequence[str], number: Number, lexicon: Lexicon) -> bool:
    """Whether it is what a figure was before: "rose from 1,000 to 3,000"."""
    at = number.first - 1
    if at < 1 or lows[at] != "from" or "to" not in lows[number.last : number.last + 4]:
        return False
    return not lexicon["changes"].isdisjoint(lows[max(0, at - 4) : at])


def _of_a_share(lows: Sequence[str], number: Number, lexicon: Lexicon) -> int | None:
    """Return behind what no count is: "one in five soldiers", "all but two of the 40 tanks"."""
    at, last = number.first, number.last
    if at > 1 and lows[at - 1] == "but" and lows[at - 2] in ("all", "every"):
        last += lows[last : last + 1] == ["of"]
        last += lows[last : last + 1] == ["the"]
        of = read_number(lows, last, lexicon) if last < len(lows) else None
        return of.last if of is not None and lows[number.last] == "of" else number.last
    if lows[last : last + 1] != ["in"] or number.value != 1 or number.vague:
        return None
    among = read_number(lows, last + 1, lexicon) if last + 1 < len(lows) else None
    whole = among is not None and among.value <= _LARGEST_SHARE
    return among.last if among is not None and whole else None


def _descends(lows: Sequence[str], number: Number, lexicon: Lexicon) -> int | None:
    """Return behind what no count is, where a number falls to another: "a vote of 50 to 20".

    Of "from 50 to 20 tanks" the second counts, of "50 to 20 provinces" the first.
    """
    if number.vague or lows[number.last : number.last + 1] != ["to"]:
        return None
    before = lows[number.first - 1] if number.first else ""
    other = read_number(lows, number.last + 1, lexicon) if number.last + 1 < len(lows) else None
    if other is None or before == "between" or other.value >= number.value:
        return None
    after = lows[other.last] if other.last < len(lows) else ""
    if after[:1].isalpha() and after in lexicon["uncounted"]:
        return None
    return number.last if before == "from" else other.last


def _range(lows: Sequence[str], number: Number, lexicon: Lexicon) -> Quantity | None:
    """Read "between a and b", "a to b", "a-b" and "a, b or c" as a range."""
    last = number.last
    if number.vague or last + 1 > len(lows) - 1:
        return None
    if lows[last] == ",":
        return _choice(lows, number, lexicon)
    join = lows[last]
    if join not in JOINS:
        return None
    before = lows[number.first - 1] if number.first else ""
    other = read_number(lows, last + 1, lexicon)
    if other is None or other.vague or (join == "and" and before != "between"):
        return None
    low, high = _scaled(lows, number, other, lexicon), other.value
    if before == "between" and low > high:
        low, high = high, low
    if low >= high:
        return None
    first = number.first - 1
    if before not in ("between", "from"):
        first, _ = _modifier(lows, number.first, lexicon)  # "around 2,000 to 3,000"
    return Quantity(first, other.last, low, None, high, "range")


def _scaled(lows: Sequence[str], number: Number, other: Number, lexicon: Lexicon) -> int:
    """Return a number with the scale of the one behind it: "ten to twelve thousand", "20-30k"."""
    ours, theirs = lows[number.last - 1], lows[other.last - 1]
    scale = lexicon.scales.get(theirs) or lexicon.suffixes.get(suffix_of(theirs), 1)
    if ours in lexicon.scales or suffix_of(ours) or number.value >= 1000:
        return number.value
    if scale == 1 and "," in theirs and lows[number.last] in DASHES:
        scale = 1000 if number.value * 1000 < other.value else 1  # "2-3,000"
    return number.value * scale


def _choice(lows: Sequence[str], number: Number, lexicon: Lexicon) -> Quantity | None:
    """Read "3, 4 or 5" as a range from the first to the last."""
    before = lows[number.first - 1] if number.first else ""
    dated = is_year(lows[number.first]) and before in lexicon["date-before-year"]
    if dated or before in lexicon.months:
        return None  # "On 3 May, 40 or 50 men", "In 2023, 3000 or 4000"
    highest, last = number, number.last
    while last + 1 < len(lows) and lows[last] in (",", "or"):
        chosen = lows[last] == "or"
        more = read_number(lows, last + 1, lexicon)
        if more is None or more.vague or more.value <= highest.value:
            return None
        highest, last = more, more.last
        if chosen:
            first, _ = _modifier(lows, number.first, lexicon)
            return Quantity(first, last, number.value, None, highest.value, "range")
    return None


def modified(lows: Sequence[str], number: Number, lexicon: Lexicon) -> Quantity:
    """Return a number with the words beside it that bound it: "at least four"."""
    first, basis = _modifier(lows, number.first, lexicon)
    last = number.last
    if basis is None and last < len(lows) and (after := lexicon.after.match(lows, last)):
        size, basis = after
        last += size
    if basis is None and _could_reach(lows, number.first, lexicon):
        basis = "upper-bound"
    if basis is None and first != number.first:
        first = number.first
    value = number.value
    if basis == "upper-bound":
        # "up to several hundred" says nothing at the most.
        return Quantity(first, last, None, None, None if number.vague else value, basis)
    if number.vague or basis == "lower-bound":
        return Quantity(first, last, value, None, None, "lower-bound")
    return Quantity(first, last, None, value, None, basis or "exact")


def _modifier(lows: Sequence[str], first: int, lexicon: Lexicon) -> tuple[int, str | None]:
    """Return where the modifier before a number begins and what it makes of the number."""
    starters = lexicon["number-modifiers"]
    for size in (5, 4, 3, 2, 1):
        start = first - size
        if start < 0 or lows[start] not in starters:
            continue
        matched = lexicon.modifiers.match(lows, start)
        if matched and matched[0] == size:
            if start == 0 and lows[0] == ">":
                continue  # the mark of a quoted line
            if start and lows[start - 1] in lexicon["particle-verbs"] and lows[start] == "over":
                continue
            outer = start - 1
            more = lexicon.modifiers.match(lows, outer) if outer >= 0 else None
            if more and more[0] == 1 and more[1] != "approximate":
                return outer, more[1]
            return start, matched[1]
    return first, None


def _could_reach(lows: Sequence[str], first: int, lexicon: Lexicon) -> bool:
    """Whether "could reach" or the like stands right before the number."""
    back = first - 1
    while back >= 0 and lows[back] in ("to", "at", "a", "the", "total", "of", "as"):
        back -= 1
    if back < 1 or lows[back] not in lexicon["reach"]:
        return False
    return any(lows[at] in lexicon["possible"] for at in range(max(0, back - 3), back))


def _is_one_of(lows: Sequence[str], number: Number) -> bool:
    """Whether "one" counts: "one of Chad's jets", "only one tank"."""
    before = lows[number.first - 1] if number.first else ""
    if before == "not" or lows[max(0, number.first - 3) : number.first] == ["not", "a", "single"]:
        return False  # "Not one of 12 tanks has arrived"
    of = lows[number.last : number.last + 1] == ["of"] and lows[number.first] == "one"
    superlative = of and lows[number.last + 1 : number.last + 3] == ["the", "most"]
    return (of and not superlative) or before in ("only", "least", "just")


def _is_no_day(lows: Sequence[str], number: Number) -> bool:
    """Whether a number behind a month is no day of it: "last October 34 officers went"."""
    dated = number.first > 1 and lows[number.first - 2] in ("last", "next", "this", "past")
    return number.value > 31 and (dated or number.value < 1000)


def _counts(
    tokens: Sequence[Token],
    lows: Sequence[str],
    number: Number,
    quantity: Quantity,
    lexicon: Lexicon,
    named: frozenset[int],
) -> bool:
    """Whether the number counts things: it is no money, measure, year, date or part of a name."""
    if number.value < 1 or (number.value == 1 and not _is_one_of(lows, number)):
        return False
    last = quantity.last
    if is_linked(tokens, number.first, last) or multiplies(
        lows, number.first, number.last, lexicon
    ):
        return False
    after = lows[last] if last < len(lows) else ""
    before = lows[number.first - 1] if number.first else ""
    if (
        before in lexicon["currency"]
        or after in lexicon["uncounted"]
        or after in lexicon["currency"]
    ):
        return False
    if before in lexicon.months and _is_no_day(lows, number):
        return True
    dated = after in lexicon.months and tokens[last].text[0].isupper()  # "40 may be there"
    if dated or before in lexicon.months or before == "#":
        return False
    if after == "-" and last + 1 < len(lows) and tokens[last].start == tokens[last - 1].end:
        return lows[last + 1] in _HEADS
    if (
        after
        and after[0].isalpha()
        and "-" in after
        and after.split("-")[0] in lexicon["uncounted"]
    ):
        return False
    if (
        1900 <= number.value <= 2100
        and "," not in lows[number.first]
        and number.last - number.first == 1
    ):
        return (
            before not in lexicon["date-before-year"]
            and before not in ("mid", "and", ",")
            and after not in (",", ".", "")
        )
    if number.first and before == ",":
        return after not in (",",) or number.value > 31
    return not (
        before[:1].isalpha()
        and tokens[number.first - 1].text[0].isupper()
        and number.first - 1 not in named
        and number.value < 1000
        and before not in lexicon["determiners"]
        and before not in lexicon.weekdays  # "on Monday 40 soldiers left"
        and quantity.first == number.first
        and number.first > 1
        and lows[number.first].isdigit()
    )
