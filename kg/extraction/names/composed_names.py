"""Names that say themselves what they name: "the Front for the Liberation of Cabinda".

A name of several words with a noun for a force, a movement or a government in it is that of such a
body, though the reference data lacks it; so is "the Saudi-led coalition". The style of a state is
part of its name: "the Republic of Rwanda". Forces that are a state's own are left to `bodies`.
"""

from __future__ import annotations

from kg.extraction.names.mentions import NATION, Mention, Words
from kg.extraction.words.slug import slug

_LONGEST = 5
_LONGEST_WHOLE = 9
_LONGEST_GROUP = 3
_NOWHERE: frozenset[int] = frozenset()
_JOINTS = frozenset(("of", "for", "the", "and"))
_CLASSES = (
    ("government-heads", "Government"),
    ("force-heads", "ArmedForce"),
    ("society-heads", "Organization"),
    ("outlet-heads", "Organization"),
)


def where_composed(words: Words) -> frozenset[int]:
    """Return the indices at which such a name can begin: near the word that says what it is."""
    cues, lows, near = words.lexicon["name-cues"], words.lows, set[int]()
    coalitions, styles = words.lexicon["coalitions"], words.lexicon["state-styles"]
    for head in words.glance.naming:
        low = lows[head]
        if low in styles:
            near.add(head)
        elif low in cues and (low in coalitions or words.tokens[head].text[0].isupper()):
            near.update(range(head - _LONGEST - 2, head + 1))
    return frozenset(near.intersection(words.glance.capitals)) if near else _NOWHERE


def find_composed(words: Words, i: int) -> Mention | None:
    """Return the name that begins with the capital at `i` and says what it names."""
    if words.lows[i] in words.lexicon["state-styles"] and (state := _styled(words, i)) is not None:
        return state
    if (coalition := _led_by(words, i)) is not None:
        return coalition
    if not _is_part(words, i):
        return None
    head = _head(words, i)
    if head is None:
        return None
    last = _whole(words, head)
    if last is None or last - i < 2:
        return None
    if _is_of_a_state(words, i, head, last):
        return _government(words, i, head, last)
    return _declared(words, i, last, words.lows[head])


def name_groups(words: Words, found: list[Mention]) -> None:
    """Take a name for that of a group where the words beside it say so: "the rebel group X"."""
    lows, lexicon = words.lows, words.lexicon
    nouns = lexicon["group-nouns"]
    if nouns.isdisjoint([lows[index] for index in words.glance.naming]):
        return
    for mention in found:
        if mention.kind != "unknown" or mention.last - mention.first > _LONGEST_GROUP:
            continue
        behind = lows[mention.last : mention.last + 1]
        before = lows[max(0, mention.first - 2) : mention.first]
        called = before[-1:] != [] and before[-1] in nouns
        armed = called and before[0] in lexicon["group-adjectives"]
        armed = armed or (called and before[-1] in lexicon["armed-groups"])
        armed = armed or (called and before[-1] in lexicon["group-heads"])
        if armed or (behind != [] and behind[0] in lexicon["armed-groups"]):
            name = " ".join(token.text for token in words.tokens[mention.first : mention.last])
            mention.kind, mention.actor, mention.declared = "organization", slug(name), "Group"
            if mention.actor in words.gazetteer.names.actors:
                mention.declared = ""


def is_own_force(words: Words, first: int, head: int) -> bool:
    """Whether the words before the noun of a force are such as every state's forces have."""
    own = words.lexicon["own-force-words"]
    return all(words.lows[index] in own for index in range(first, head))


def _styled(words: Words, i: int) -> Mention | None:
    """Read "Federal Republic of Nigeria", whose style need not stand in the reference data."""
    styles = words.lexicon["state-styles"]
    at = i
    while at < len(words.lows) and words.lows[at] in styles and words.tokens[at].text[0].isupper():
        at += 1
    if at == i or words.lows[at : at + 1] != ["of"] or at + 1 >= len(words.lows):
        return None
    at += 1 + (words.lows[at + 1] == "the")
    known = words.gazetteer.match(words.tokens, words.folded, at) if at < len(words.lows) else None
    if known is None or known[1].kind != "state":
        return None
    size, entry = known
    place = entry.places[0] if entry.places else None
    return Mention(i, at + size, "state", actor=entry.actors[0], place=place)


def _led_by(words: Words, i: int) -> Mention | None:
    """Read "Saudi-led coalition" and "U.S.-led task force"."""
    lows = words.lows
    at = i + 1
    if not lows[i].endswith("-led"):
        if lows[i + 1 : i + 3] != ["-", "led"]:
            return None
        at = i + 3
    while at < len(lows) and lows[at] in words.lexicon["coalition-words"]:
        at += 1
    if at >= len(lows) or lows[at] not in words.lexicon["coalitions"]:
        return None
    return _declared(words, i, at + 1, lows[at])


def _government(words: Words, first: int, head: int, last: int) -> Mention | None:
    """Return the state that "the Interim Government of Yemen" stands for, None for other bodies."""
    if words.lows[head] not in words.lexicon["government-heads"] or last == head + 1:
        return None
    at = head + 2 + (words.lows[head + 2] == "the")
    known = words.gazetteer.match(words.tokens, words.folded, at)
    if known is None or known[1].kind != "state" or at + known[0] != last:
        return None
    entry = known[1]
    return Mention(first, last, "state", entry.actors[0], entry.places[0] if entry.places else None)


def _is_part(words: Words, i: int) -> bool:
    """Whether a word can stand in such a name: a capital, and neither article nor office."""
    text, low, lexicon = words.tokens[i].text, words.lows[i], words.lexicon
    if not text[0].isupper() or low in lexicon["names-of-time"] or i in words.verbs:
        return False
    nation = low in lexicon["adjectives-of-place"]
    if low in lexicon.numbers and words.lows[i - 1 : i] != ["the"]:
        return False  # "Twelve Zambian pilots", but "the Three Brotherhood Alliance"
    if "-" in text and text.rpartition("-")[2].islower():
        return False  # "Turkish-backed"
    return (nation or low not in lexicon["no-names"]) and low not in lexicon["titles"]


def _head(words: Words, i: int) -> int | None:
    """Return where the noun stands that says what is named: the last in a run of capitals."""
    heads, found = words.lexicon["name-heads"], None
    if words.lows[i] in heads:
        found = i
    for at in range(i + 1, min(i + _LONGEST, len(words.lows))):
        owns = words.lows[at] in ("'s", "’s") and words.lows[at - 1] == "people"
        if not owns and not _is_part(words, at):
            break
        if not words.tokens[at].text[0].isupper():
            continue
        if words.lows[at] in words.lexicon["outlet-heads"] and not _begins_with_land(words, i):
            continue
        # "the Desert Hawks Brigade" has a name, "the Mountain Division" is somebody's
        unit = words.lows[at] in words.lexicon["units"] and at - i >= 2
        if words.lows[at] in heads or unit:
            found = at
    return found


def _begins_with_land(words: Words, i: int) -> bool:
    """Whether a state opens a name: "the Sudan War Monitor", "Syria TV"."""
    known = words.gazetteer.single.get(words.folded[i])
    return known is not None and known.kind == "state" and known.places[:1] == known.actors[:1]


def _whole(words: Words, head: int) -> int | None:
    """Return where the name ends: behind "for the Salvation of Azawad", or with its head.

    None where the words behind the head are somebody of whom it is: "the Forces of Haftar".
    """
    last = head + 1
    stops = words.lows
    while last < len(stops) and stops[last] in _JOINTS and last - head < _LONGEST_WHOLE:
        at = last + 1
        while at < len(stops) and stops[at] in _JOINTS:
            at += 1
        if at >= len(stops) or not _is_part(words, at) or not _goes_on(words, last, at, head):
            break
        last = at + 1
        while last < len(stops) and _is_part(words, last) and stops[last] not in ("(", ")"):
            last += 1
    return last


def _goes_on(words: Words, joint: int, at: int, head: int) -> bool:
    """Whether the capitals at `at` are part of the name: an aim, or the land of a movement."""
    first = words.lows[joint]
    if first == "the":
        return False
    known = words.gazetteer.match(words.tokens, words.folded, at)
    if first == "and":
        # "the Movement for Justice and Peace", but not "the Patriotic Front and Chad"
        aims = words.lows[head + 1 : head + 2] in (["for"], ["of"]) and joint > head + 1
        before = words.gazetteer.single.get(words.folded[joint - 1])
        anew = at > joint + 1 or words.lows[at] in words.lexicon["name-heads"]
        return aims and not anew and known is None and before is None
    if known is None:
        return True
    return known[1].kind in ("state", "place") or (known[1].kind == "item" and first == "of")


def _is_of_a_state(words: Words, first: int, head: int, last: int) -> bool:
    """Whether the body is a state's own, or only somebody's: `bodies` reads these."""
    lexicon, low = words.lexicon, words.lows[head]
    at = _behind_owner(words, first, head, last)
    if at is None:
        return True
    if last > head + 1:
        return _is_named_after_state(words, first, head, last)
    if low in lexicon["government-heads"]:
        return True
    own = low in lexicon["force-heads"] or low in lexicon["units"]
    if own and is_own_force(words, at, head):
        return True
    return at == head and low in lexicon["group-heads"]


def _behind_owner(words: Words, first: int, head: int, last: int) -> int | None:
    """Return where a name's own words begin, None where it is somebody's who is known."""
    gazetteer, low = words.gazetteer, words.lows[head]
    for i in range(first + 1, head):
        if words.folded[i] in gazetteer.demonyms and is_own_force(words, i + 1, head):
            return None  # "Former Libyan Army"
    known = gazetteer.match(words.tokens, words.folded, first)
    if known is None:
        return first
    behind, kind = first + known[0], known[1].kind
    if behind >= last:
        return None  # the reference data has it
    if kind in ("person", "organization") and behind <= head:
        return None  # "Wagner Forces", "NATO Response Force"
    if kind not in NATION:
        return first
    if low in words.lexicon["units"]:
        return None  # "the Ukrainian Azov Brigade"
    behind += words.lows[behind] in ("'s", "’s")
    theirs = low in words.lexicon["force-heads"] or low in words.lexicon["outlet-heads"]
    bare = not theirs and behind == head and last == head + 1
    return None if bare else behind  # "Chadian Government"


def _is_named_after_state(words: Words, first: int, head: int, last: int) -> bool:
    """Whether nothing but a state stands behind the head: "Government of Mozambique"."""
    lows = words.lows
    at = head + 2 + (lows[head + 2] == "the")
    known = words.gazetteer.match(words.tokens, words.folded, at)
    whole = known is not None and known[1].kind in NATION and at + known[0] == last
    interim = words.lexicon["government-words"]
    state_body = lows[head] not in words.lexicon["group-heads"] and (
        is_own_force(words, first, head) or all(low in interim for low in lows[first:head])
    )
    return whole and lows[head + 1] == "of" and state_body


def _declared(words: Words, first: int, last: int, head: str) -> Mention | None:
    lexicon = words.lexicon
    kind = next((klass for key, klass in _CLASSES if head in lexicon[key]), "Group")
    actor, declared = declared_as(words, first, last, kind)
    return Mention(first, last, "organization", actor=actor, declared=declared)


def declared_as(words: Words, first: int, last: int, kind: str) -> tuple[str, str]:
    """Return the id of a body by its name, and its class if the reference data lacks it."""
    name = ""
    for token in words.tokens[first:last]:
        glued = name.endswith("-") or token.text in ("-", "'s", "’s")
        name += token.text if glued or not name else f" {token.text}"
    name = name.replace("U.S. -", "U.S.-")
    actor = slug(name)
    return actor, "" if actor in words.gazetteer.names.actors else kind
