"""Which writings of a name are that name, and which are only near it."""

from __future__ import annotations

import pytest

from kg.records.spellings import Spellings

WHO = Spellings("dmitry-peskov", ("Dmitry Peskov", "Peskov"))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("said Dmitry Peskov.", "said █████████████."),
        ("said dmitry peskov.", "said █████████████."),
        ("PESKOV: NO", "██████: NO"),
        ("Peskov's word, Peskov’s word", "██████'s word, ██████’s word"),
        ("Dmitry\r\nPeskov", "██████████████"),
        ("Dmitry\N{NO-BREAK SPACE}Peskov", "█████████████"),
        ("https://example.org/dmitry-peskov-says", "https://example.org/█████████████-says"),
        ("#dmitry_peskov", "#█████████████"),
        ("Dmitry&nbsp;Peskov", "██████████████████"),
        # A relative, another transcription, and another word: only what is stated is a name.
        ("Tatiana Peskova", "Tatiana Peskova"),
        ("Dmitrii the first", "Dmitrii the first"),
        ("Dmitry Medvedev", "Dmitry Medvedev"),
    ],
)
def test_a_name_in_a_text(text: str, left: str) -> None:
    assert WHO.without(text) == left


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("José Nuñez", "Jose\N{COMBINING ACUTE ACCENT} Nun\N{COMBINING TILDE}ez"),
        ("Jose\N{COMBINING ACUTE ACCENT} Nuñez", "JOSÉ NUÑEZ"),
        ("Anna Weiß", "ANNA WEISS"),
        ("Пе́сков", "ПЕ́СКОВ"),
    ],
)
def test_letters_that_can_be_written_in_two_ways(name: str, text: str) -> None:
    assert Spellings("anyone", (name,)).without(text) == "█" * len(text)


@pytest.mark.parametrize(
    "text",
    [
        "j%C3%BCrgen-gro%C3%9F",
        "J%c3%9cRGEN%20GRO%c3%9f",
        "Ju%CC%88rgen+Gross",
        "Jür\N{SOFT HYPHEN}gen\N{SOFT HYPHEN} Groß",
        "Jür&shy;gen\N{ZERO WIDTH SPACE}Gr%C2%ADoß",
    ],
)
def test_letters_as_addresses_write_them_and_signs_that_nobody_sees(text: str) -> None:
    for name in ("Jürgen Groß", "Jür\N{SOFT HYPHEN}gen Groß"):
        who = Spellings("anyone", (name,))
        assert who.without(f"see {text}.") == f"see {'█' * len(text)}."


def test_where_a_word_begins_and_ends_in_an_address() -> None:
    who = Spellings("anyone", ("Гросс",))
    name, more = "%D0%93%D1%80%D0%BE%D1%81%D1%81", "%D0%B0"
    for before, after in (("%20", ""), ("%E2%80%9C", "%E2%80%9D"), ("q=", "%C2%A0said")):
        assert who.without(before + name + after) == before + "█" * len(name) + after
    assert who.without(more + name) == more + name
    assert who.without(name + more) == name + more
    assert list(who.lines_near(f"q={name}{more}&n=1")) == [(1, name + more)]


def test_words_that_begin_as_a_name_does_are_told_with_their_lines() -> None:
    text = "Peskova left.\nDmitry Peskov stayed.\nPeskovian, peskovite\nAn ape\n"
    assert list(WHO.lines_near(text)) == [(1, "Peskova"), (3, "Peskovian")]
    assert list(WHO.lines_of(text)) == [2]


def test_a_surname_that_is_not_stated_by_itself_is_near() -> None:
    who = Spellings("anna-example", ("Anna Example",))
    assert list(who.lines_near("Anna Example came.\nExample went.\n")) == [(2, "Example")]


def test_a_short_last_word_tells_nothing() -> None:
    who = Spellings("kim-jong-un", ("Kim Jong Un",))
    assert list(who.lines_near("Under the United Nations.\nKim Jong Il.\n")) == [(2, "Jong")]


@pytest.mark.parametrize(
    "written",
    [
        r"J\u00fcrgen Gro\u00DF",  # JSON
        r"J\U000000FCrgen Gro\u00df",  # N-Triples
        r"Ju\u0308rgen Gross",  # with the accent apart
        "J&uuml;rgen Gro&szlig;",
        "J&#252;rgen Gro&#xDF;",
        "J%FCrgen%20Gro%DF",  # an address in Latin-1
    ],
)
def test_a_name_is_found_however_a_file_writes_its_letters(written: str) -> None:
    who = Spellings("juergen-gross", ("Jürgen Groß",))

    assert who.without(f"({written})") == f"({'█' * len(written)})"


def test_a_letter_beyond_the_first_65536_is_two_numbers_in_json() -> None:
    # U+10437, a letter of the Deseret alphabet, is the halves D801 and DC37.
    assert Spellings("anyone", ("\U00010437ba",)).without(r"\ud801\udc37ba") == "█" * 14


@pytest.mark.parametrize("longer", [r"Mull\u00e9e", "Mull&eacute;e", "Mull%C3%A9e"])
def test_a_longer_name_is_not_one_that_begins_it(longer: str) -> None:
    assert Spellings("anyone", ("Mull",)).without(longer) == longer


@pytest.mark.parametrize("ended", ["Mull&nbsp;is", r"Mull\u00a0is", r"Mull\u2019s", "Mull&rsquo;s"])
def test_a_space_or_mark_written_by_number_ends_a_name(ended: str) -> None:
    assert Spellings("anyone", ("Mull",)).without(ended) == "████" + ended[4:]


@pytest.mark.parametrize(
    ("written", "after"),
    [
        (r"said.\nDmitry\u00a0Peskov", r"said.\n" + 18 * "█"),
        (r"Dmitry\nPeskov", 14 * "█"),
        ("Dmitry&#xA0;Peskov", 18 * "█"),
    ],
)
def test_ends_of_lines_and_spaces_are_such_however_a_file_writes_them(
    written: str, after: str
) -> None:
    assert WHO.without(written) == after


POWER = Spellings(
    "samantha-power",
    ("Samantha Power", "Power"),
    others=("Power Corps", "kim-power", "Ann Power-Smith", "Power"),
)


@pytest.mark.parametrize(
    "kept",
    [
        "Ann Power-Smith of the Power Corps",
        "speaker: kim-power",
        "ANN POWER SMITH",
        "the power of the army, and power.",
    ],
)
def test_longer_names_of_others_and_words_stay(kept: str) -> None:
    assert POWER.without(kept) == kept
    assert list(POWER.lines_of(kept)) == []


def test_a_word_in_small_letters_is_told() -> None:
    assert list(POWER.lines_near("Power Corps\nthe power of the army")) == [(2, "power")]
    assert POWER.without("Power spoke, POWER said, a.example/power-says") == (
        "█████ spoke, █████ said, a.example/█████-says"
    )


@pytest.mark.parametrize(
    "written",
    [
        "Pes-\nkov",
        "Dmi-\ntry Pes-\n> kov",
        "Dmitry\n> Peskov",
        "Dmitry</b> <i>Peskov",
        "Peskov, Dmitry",
        "&#68;mitry Pesk\\u006fv",
    ],
)
def test_a_name_is_found_over_ends_of_lines_marks_and_the_other_way_round(written: str) -> None:
    assert WHO.without(f"{written}: no") == f"{'█' * len(written)}: no"


@pytest.mark.parametrize("written", ["Müller-\nŠimko", "Müller\u2011Šimko", "Müller\u2013Šimko"])
def test_a_hyphen_of_a_name_is_any(written: str) -> None:
    assert Spellings("anyone", ("Müller-Šimko",)).without(written) == "█" * len(written)
