"""What a sentence names: actors, places, items, sources, and names nobody knows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extraction.grammar.parse import Parse

Apart = Callable[..., Parse]


def _named(parse: Parse, words: str) -> tuple[str, str | None]:
    (mention,) = [m for m in parse.mentions if parse.words(m) == words]
    return mention.kind, mention.actor or mention.place or next(iter(mention.items), None)


@pytest.mark.parametrize(
    ("text", "words", "kind", "meant"),
    [
        ("Pyongyang sent them.", "Pyongyang", "state", "north-korea"),
        ("The Iranian missiles came.", "Iranian", "demonym", "iran"),
        ("They came to Vladivostok.", "Vladivostok", "place", "vladivostok"),
        ("They came to Vladivostock.", "Vladivostock", "place", "vladivostok"),
        ("Officials met Dmitry Peskov.", "Dmitry Peskov", "person", "dmitry-peskov"),
        ("The Kremlin said so.", "Kremlin", "organization", "kremlin"),
        ("They sent paratroopers.", "paratroopers", "item", "airborne-soldier"),
        ("The 152-mm shells came.", "152-mm shells", "item", "152-mm-shell"),
        (
            "South Korea's spy agency said so.",
            "South Korea's spy agency",
            "organization",
            "south-korea-nis",
        ),
        ("The Malian security sources said so.", "Malian security sources", "collective", None),
        ("It came, local media said.", "local media", "collective", None),
        (
            "A spokesman for the German army said so.",
            "spokesman for the German army",
            "collective",
            None,
        ),
        ("It was led by Jane Q. Doe.", "Jane Q", "unknown", None),
        ("He met Park Sunwon there.", "Park Sunwon", "unknown", None),
    ],
)
def test_a_mention(text: str, words: str, kind: str, meant: str | None, take_apart: Apart) -> None:
    assert _named(take_apart(text), words) == (kind, meant)


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("The Russian soldiers came.", "Russian"),
        ("Iran's short-range missiles came.", "Iran"),
        ("The soldiers from North Korea came.", "North Korea"),
        ("The Iranian-made drones came.", "Iranian-made"),
        ("The drones made in Iran came.", "Iran"),
    ],
)
def test_whose_an_item_is(text: str, owner: str, take_apart: Apart) -> None:
    parse = take_apart(text)
    (item,) = [mention for mention in parse.mentions if mention.kind == "item"]

    assert item.nation is not None
    assert parse.words(item.nation) == owner


def test_a_recipient_is_not_the_owner_of_what_it_gets(take_apart: Apart) -> None:
    parse = take_apart("Warsaw agreed to give Kyiv fighter jets.")
    (item,) = [mention for mention in parse.mentions if mention.kind == "item"]

    assert item.nation is None


def test_a_number_counts_the_noun_behind_it(take_apart: Apart) -> None:
    parse = take_apart("About 1,500 North Korean special forces came with two trucks.")
    counted = {
        parse.words(m): parse.quantities[m.quantity].best
        for m in parse.mentions
        if m.quantity is not None
    }

    assert counted == {"special forces": 1500, "trucks": 2}


def test_images_by_satellite_are_no_satellites(take_apart: Apart) -> None:
    parse = take_apart("The agency released satellite images of the port.")

    assert not [mention for mention in parse.mentions if mention.kind == "item"]
