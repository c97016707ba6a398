"""No text is too strange: every stage ends in time, and every draft is a record.

The limits are far above what is needed, for busy machines; what blows up misses them by far.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.extraction.pipeline import About, Extractor
from kg.records.model import Record

SECONDS = 30


@contextmanager
def _in_time(seconds: int = SECONDS) -> Iterator[None]:
    """Fail where the block takes longer than `seconds`."""

    def over(*_: object) -> None:
        raise TimeoutError(f"not done after {seconds} s")

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


SENTENCE = "Iran sent over 1,500 missiles to Russia on 3 May, two officials said. "


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 1_000_000, id="a megabyte without a space"),
        pytest.param("word " * 200_000, id="a megabyte on one line"),
        pytest.param("1,000," * 150_000, id="one endless number"),
        pytest.param("twenty " * 50_000, id="number words"),
        pytest.param("“" * 1000 + "they sent troops" + "”" * 1000, id="nested quotes"),
        pytest.param('"' * 20_000, id="straight quotes"),
        pytest.param("(" * 20_000, id="brackets"),
        pytest.param("U.S." * 20_000, id="abbreviations"),
        pytest.param("that " * 20_000, id="subordinators"),
        pytest.param("said that " * 10_000, id="attributions"),
        pytest.param("Russia, " * 20_000, id="names in a list"),
        pytest.param("according to Reuters, " * 5_000, id="chains of sources"),
        pytest.param("sent to be sent to " * 5_000, id="verbs"),
        pytest.param("Kim's " * 20_000, id="possessives"),
        pytest.param("a-b'c" * 50_000, id="hyphens and apostrophes"),
        pytest.param("https://" * 20_000, id="addresses"),
        pytest.param("\n" * 500_000, id="empty lines"),
        pytest.param("جنود من كوريا الشمالية في روسيا. " * 2_000, id="right to left"),
        pytest.param("\u202eRussia sent troops\u202c. " * 2_000, id="direction marks"),
        pytest.param("🪖🚀 1,500 🚀 to Russia. " * 5_000, id="emoji"),
        pytest.param("俄罗斯派遣了部队。" * 5_000, id="no spaces between words"),
        pytest.param("e\u0301" * 50_000, id="combining marks"),
        pytest.param("\x00\x1b[31m troops \r\n" * 5_000, id="control characters"),
        pytest.param("1" * 10_000 + " troops", id="a number too long"),
        pytest.param("٣٠٠ troops and ² tanks and Ⅷ jets. " * 100, id="digits of other scripts"),
        pytest.param(SENTENCE * 2_000, id="a very long article"),
    ],
)
def test_hostile_texts_end_in_time(text: str, rules: Extractor) -> None:
    with _in_time():
        record = rules.record(text, About("2024-10-18"))

    assert all(text.startswith(c.quote.exact, c.quote.start or 0) for c in record.claims)


WORDS = st.sampled_from(
    "Russia Iran Kyiv the The soldiers missiles sent sends sending to from said that who which , . "
    "“ ” \" ' ’s 1,500 over between and or 3 May 2024 since by Monday denied accused of not "
    "Peskov Reuters officials he it they was were been has will could Wagner group said: ; — "
    "according in at 122-mm shells hundreds 's U.S. called a fabrication urged provide".split()
)


# Names of weapons, ranges, fractions and slips: "2A4", "155mm", "1.5-2", "3½", "10,0".
NEAR_NUMBERS = st.text("0123456789abkmnAST.,-/'’½²%$°", min_size=1, max_size=8)


@settings(max_examples=300)
@example(["000²"])
@given(st.lists(st.one_of(WORDS, NEAR_NUMBERS), max_size=30))
def test_any_mixture_of_digits_and_letters_gives_a_record(
    rules: Extractor, words: list[str]
) -> None:
    text = " ".join(["Spain sent", *words, "tanks to Ukraine in", *words[:2], "."])
    with _in_time():
        record = rules.record(text, About("2024-10-18"))

    assert all(text.startswith(c.quote.exact, c.quote.start or 0) for c in record.claims)


@settings(max_examples=150)
@given(st.lists(WORDS, max_size=60))
def test_any_order_of_known_words_gives_a_record(rules: Extractor, words: list[str]) -> None:
    text = " ".join(words)
    with _in_time():
        record = rules.record(text, About("2024-10-18"))

    assert isinstance(record, Record)
    assert all(text.startswith(c.quote.exact, c.quote.start or 0) for c in record.claims)
    assert all(
        m.start is not None and text.startswith(m.as_stated, m.start) for m in record.mentions
    )


def test_memory_stays_flat_over_many_articles(rules: Extractor) -> None:
    import tracemalloc

    def read(number: int) -> None:
        rules.draft(f"Person{number} Surname{number} of Place{number}x. {SENTENCE}", About("2024"))

    for number in range(50):
        read(number)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for number in range(50, 350):
            read(number)
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()

    assert grown < 300_000
