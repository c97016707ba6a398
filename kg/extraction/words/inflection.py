"""The forms of an English verb and the plural of a noun, from the lexicon's few exceptions."""

from __future__ import annotations

from collections.abc import Mapping

VOWELS = frozenset("aeiou")


def verb_forms(
    lemma: str, irregular: Mapping[str, list[str]], doubling: frozenset[str]
) -> dict[str, str]:
    """Return each form of `lemma` with the letters of what it can be.

    ``b`` base, ``s`` third person, ``g`` -ing, ``d`` past, ``n`` past participle.
    """
    third, gerund, past, participle = irregular.get(lemma) or _regular(lemma, doubling)
    forms: dict[str, str] = {}
    for form, letter in ((lemma, "b"), (third, "s"), (gerund, "g"), (past, "d"), (participle, "n")):
        forms[form] = forms.get(form, "") + letter
    if lemma in doubling and lemma.endswith("l"):
        forms |= {f"{lemma}ing": "g", f"{lemma}ed": "dn"}  # "canceled" beside "cancelled"
    return forms


def _regular(lemma: str, doubling: frozenset[str]) -> list[str]:
    stem = lemma + lemma[-1] if lemma in doubling or _is_short(lemma) else lemma
    if lemma.endswith("e"):
        past = lemma + "d"
        gerund = lemma + "ing" if lemma.endswith(("ee", "oe", "ye")) else lemma[:-1] + "ing"
    elif lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        past, gerund = lemma[:-1] + "ied", lemma + "ing"
    else:
        past, gerund = stem + "ed", stem + "ing"
    return [plural(lemma), gerund, past, past]


def _is_short(lemma: str) -> bool:
    """Whether a verb is one syllable that ends in one vowel and one consonant: "ship", "slap"."""
    vowels = [char in VOWELS for char in lemma]
    return vowels[-2:] == [True, False] and sum(vowels) == 1 and lemma[-1] not in "wxy"


def plural(noun: str) -> str:
    """Return the plural of `noun`, which for a verb is its third person."""
    if noun.endswith(("man", "woman")):
        return noun[:-2] + "en"
    if noun.endswith("person"):
        return noun[:-6] + "people"
    if noun.endswith("y") and noun[-2:-1] not in VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    return noun + "s"
