"""Lists of verbs made of others, by which a stage is left out before anything is made for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# By which what was told goes on, and which tell what becomes of goods.
_GOING_ON = ("going-on", "moved-on", "going-on-besides", "sending-others")
_OF_GOODS = ("made-up-of", "goods-moved", "goods-kept", "goods-move", "noticing")
# Of something else than of forces and arms on their way, and of where a force is.
_OF_NO_MOVE = ("say", "deny", "call", "request", "staying-put")
_OF_NO_FORCE = (*_OF_NO_MOVE, "show", "accuse")


def lists_of_verbs(
    sets: Mapping[str, frozenset[str]], forms: Mapping[str, Iterable[tuple[str, str]]]
) -> dict[str, frozenset[str]]:
    """Return the lists under their names.

    Args:
        sets: the lists of the lexicons.
        forms: the verbs that each form can be of.
    """
    committing, requests = sets["committing"], sets["request"]
    own = committing | sets["claiming"]
    proving = sets["making-up"] | sets["turning-out"]
    asking = _starters(phrase for phrase in requests if " " in phrase)
    return {
        "telling-by-noun": sets["observing"] | sets["welcoming"] | sets["vouching"],
        "proving": proving,
        "judging": sets["call"] | sets["denying-again"] | proving | {"be"},
        "request-starters": asking,
        "verbs-of-asking": requests | asking,
        "verbs-of-going-on": _joined(sets, _GOING_ON) | {"make"},
        "verbs-of-goods": _joined(sets, _OF_GOODS) | {"be"},
        "verbs-of-no-move": _joined(sets, _OF_NO_MOVE),
        "verbs-of-no-force": _joined(sets, _OF_NO_FORCE),
        "own-word": committing | requests | asking,
        "committing-starters": _starters(sets["only-offered"] | sets["still-to-come"]),
        "words-of-committing": frozenset(
            form for form, verbs in forms.items() for lemma, _ in verbs if lemma in own
        ),
    }


def _joined(sets: Mapping[str, frozenset[str]], names: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(sets[name] for name in names))


def _starters(phrases: Iterable[str]) -> frozenset[str]:
    """Return the first words of phrases."""
    return frozenset(phrase.split()[0] for phrase in phrases)
