"""Patterns: one meaning whoever runs them, and no text that keeps them busy."""

from __future__ import annotations

import re
from collections.abc import Collection

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.shacl.patterns import Pattern
from kg.shacl.terms import token

# Letters and signs that a slip would show with: line ends, spaces of all kinds, digits of others.
LETTERS = "aAbB01-_/.\\^$*+?(){}[]|&~# \t\n\r\x0b\xa0\u2028ä١"
TEXTS = st.lists(st.text(LETTERS, max_size=12), max_size=8, unique=True)
ATOMS = st.sampled_from(
    [
        *("a", "b", "A", "0", "-", "_", "/", "&", "~", "#", " ", "ä", "\n"),
        *(r"\d", r"\D", r"\S", r"\.", r"\-", r"\/", r"\\", r"\*", r"\$", r"\^", r"\|", r"\["),
        *("[ab]", "[^ab]", "[a-b0]", "[-a]", "[a-]", r"[\d.]", r"[^\\a]", "[a--b]"),
        *("[b-a]", "[ .$*+?(){}|]"),
        # These end where they must.
        *("/[^/]{0,2}/", "[^/]*/", "/[a-z0-9]+(-[a-z0-9]+)*", "[0-9]+-[0-9]+"),
    ]
)
TIMES = st.sampled_from(["", "", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "{2,1}", "{0}"])
PLAIN = st.builds(
    lambda start, parts, end: start + "".join(map("".join, parts)) + end,
    st.sampled_from(["", "^"]),
    st.lists(st.tuples(ATOMS, TIMES), max_size=4),
    st.sampled_from(["", "$"]),
)


def by_engine(pattern: str, texts: Collection[str], flags: str = "") -> set[str] | None:
    """Return what SPARQL's REGEX finds, None where it takes the pattern for none."""
    found = set()
    for text in texts:
        test = f"REGEX({token(text)}, {token(pattern)}, {token(flags)})"
        answer = ox.Store().query(f"SELECT ?x {{ BIND({test} AS ?x) }}")
        value = next(iter(answer))["x"]
        if value is None:
            return None
        if value.value == "true":
            found.add(text)
    return found


@given(PLAIN, TEXTS)
def test_patterns_mean_what_the_engine_has_them_mean(text: str, texts: list[str]) -> None:
    pattern = Pattern(text)
    if by_engine(text, [""]) is None:
        with pytest.raises(DataError, match="no regular expression"):
            pattern.check()
        return

    pattern.check()

    assert pattern.matching(texts) == by_engine(text, texts)


@given(PLAIN, st.text(LETTERS, max_size=8), st.sampled_from([999, 1_000, 1_001, 3_000]))
def test_a_long_text_is_judged_as_a_short_one_is(text: str, tail: str, length: int) -> None:
    texts = ["a" * length + tail, tail + "b" * length]
    expected = by_engine(text, texts)

    assert expected is None or Pattern(text).matching(texts) == expected


@given(st.from_regex(r"\^?[abA0/_]{0,3}(\[ab0\]\{1,2\})?[ab]?\$?", fullmatch=True), TEXTS)
def test_plain_patterns_mean_what_they_do_in_python(text: str, texts: list[str]) -> None:
    python = text[:-1] + r"\Z" if text.endswith("$") else text

    assert Pattern(text).matching(texts) == {each for each in texts if re.search(python, each)}


@pytest.mark.parametrize(
    ("pattern", "flags", "text", "found"),
    [
        ("^abc$", "", "abc\n", False),
        ("^abc$", "i", "ABC", True),
        ("^b$", "m", "a\nb", True),
        ("a.b", "", "a\nb", False),
        ("a.b", "s", "a\nb", True),
        ("a b", "x", "ab", True),
        ("a.b", "q", "a.b", True),
        ("a.b", "q", "axb", False),
        (r"^\d+$", "", "١", True),
        (r"\$$", "", "5$", True),
        (r"\\$", "", "5\\", True),
        ("^(cat|dog)s?$", "", "dogs", True),
        (r"^\p{Lu}", "", "Ä", True),
        ("", "", "", True),
        ("^[a-z-[aeiou]]+$", "", "xyz", True),
        ("^[a-z-[aeiou]]+$", "", "xaz", False),
        ("^a-[bc]$", "", "a-c", True),
        (r"^[\i-[:]][\c-[:]]*$", "", "_a-1.b", True),
        (r"^[\i-[:]][\c-[:]]*$", "", "a:b", False),
        (r"^\i\c*$", "", "1a", False),
        (r"^\I\C$", "", "1 ", True),
        ("^[ab&&c]$", "", "&", True),
        ("^[ab~~c]$", "", "a", True),
    ],
)
def test_single_patterns(pattern: str, flags: str, text: str, found: bool) -> None:
    chosen = Pattern(pattern, flags)

    chosen.check()

    assert (text in chosen.matching([text])) is found


@pytest.mark.parametrize(
    "pattern",
    [
        *(r"(a+)+$", r"(a|a)*b", r"(a|aa)+$", r"(a*)*b", r"a*a*a*a*b", r"^(([a-z])+.)+[A-Z]$"),
        *("a?" * 40 + "a" * 40 + "b", r"(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)b"),
        *(r"a*b", r"a+$b", r"a{0,999}b"),
    ],
)
def test_no_pattern_is_kept_busy(pattern: str, hurried: None) -> None:
    texts = ["a" * length for length in (30, 900, 50_000)]

    assert Pattern(pattern + "!").matching(texts) == set()


@pytest.mark.parametrize("text", ["(", "[", "a{2,1}", "[z-a]", "*a", "(?=a)b", r"\1", "a(?<!b)"])
def test_what_is_no_pattern_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="is no regular expression"):
        Pattern(text).check()


def test_flags_that_are_none_are_refused() -> None:
    with pytest.raises(DataError, match="flags are of i, m, s, x and q, not 'ig'"):
        Pattern("a", "ig").check()
