"""Whose an item, a place or a body is: by the name before it, or "of" and "from" behind it."""

from __future__ import annotations

import itertools

from kg.extraction.names.mentions import NATION, Mention, Words

_MADE = ("made", "built", "produced", "manufactured", "assembled")
_SIDING = (
    ("loyal", "to"),
    ("allied", "to"),
    ("allied", "with"),
    ("aligned", "with"),
    ("belonging", "to"),
)
_WORN = ("uniform", "uniforms", "fatigues", "camouflage", "insignia", "colours", "colors")
_OWNED = ("place", "organization", "person", "unknown")
_OWNERS = (*NATION, "organization", "unknown")
_MONEY = (["dollars"], ["dollar"], ["pounds"], ["francs"])
_AND = frozenset(("and",))
_LISTING = (["and"], [","], [",", "and"])
_POSSESSIVE = ("'s", "’s")
# Between a name and the noun it belongs to, and between a noun and the name behind it.
MAX_GAP = 5


def attach_nations(words: Words, found: list[Mention]) -> None:
    """Say whose the items are, and mark the names that only say so."""
    _join_compounds(words, found)
    for position, mention in enumerate(found):
        if mention.kind in NATION and words.lows[mention.last : mention.last + 1] in _MONEY:
            mention.modifies = True  # "571 million U.S. dollars"
        if mention.kind == "item" and mention.nation is None:
            _attach_item(words, found, position)
    if not _AND.isdisjoint(words.lows):
        _join_forces(words, found)
    for before, after in itertools.pairwise(found):
        if before.kind not in NATION or after.kind not in _OWNED:
            continue
        gap = words.lows[before.last : after.first]
        named = before.kind == "demonym" and after.kind == "organization"
        held = after.kind in ("place", "organization") and gap[:1] in (["'s"], ["’s"])
        named = named or held
        if gap in (["'s"], ["’s"], []) or (named and len(gap) <= 3 and _same_phrase(words, gap)):
            before.modifies = True
            if after.kind == "unknown" and gap:
                after.nation = before  # "Germany's Hesse"


# Whose soldiers the blue helmets are.
_UN = "united-nations"


def _attach_item(words: Words, found: list[Mention], position: int) -> None:
    """Say whose a thing is: by the names before it, else by those behind it."""
    mention = found[position]
    _add_calibres(words, mention)
    names = found[max(0, position - 3) : position]
    if not words.glance.naming or not _attach_to_force(words, mention, names):
        _attach_before(words, mention, names)
    if mention.nation is None:
        mention.owner = _pronoun(words.lows, mention.first) or _of_its(words.lows, mention)
        _attach_behind(words, mention, found[position + 1 : position + 4])
    if mention.nation is None and words.lows[mention.last - 1] in words.lexicon["un-soldiers"]:
        mention.nation = Mention(mention.first, mention.last, "organization", _UN, modifies=True)
    if _AND.isdisjoint(words.lows):
        return
    parts = _parted(words, mention, found[position + 1 :])
    if mention.nation is not None:
        mention.joint = [*_joint(words, mention, found), *parts]
    elif len(parts) > 1:
        mention.nation, mention.joint = parts[0], parts[1:]


def _join_forces(words: Words, found: list[Mention]) -> None:
    """Let the forces of two sides be of both: "Chadian troops and Sudanese fighters attacked"."""
    forces = [m for m in found if m.kind == "item" and m.nation is not None]
    for one, other in itertools.pairwise(forces):
        before, nation = one.nation, other.nation
        if before is None or nation is None or before.kind != "demonym" or nation.kind != "demonym":
            continue
        joined = words.lows[one.last : nation.first] == ["and"] and nation.last == other.first
        counted = before.first > 0 and words.lows[before.first - 1][0].isdigit()
        if joined and not counted and not (_is_thing(words, one) or _is_thing(words, other)):
            one.joint = [*one.joint, nation]


def _joint(words: Words, item: Mention, found: list[Mention]) -> list[Mention]:
    """Return who else a thing is of, in "French and German soldiers", "men of Chad and Mali"."""
    nation, lows = item.nation, words.lows
    if nation is None or nation.kind not in NATION:
        return []
    joint: list[Mention] = []
    if nation.last <= item.first:
        first = nation.first
        for other in reversed([m for m in found if m.last < first]):
            if lows[other.last : first] not in _LISTING or not _describes(words, other):
                break
            other.modifies = True
            joint.insert(0, other)
            first = other.first
        return joint if "and" in lows[first : nation.first] else []
    last = nation.last
    for other in (m for m in found if m.first > last):
        if lows[last : other.first] not in _LISTING or other.kind != nation.kind:
            break
        joint.append(other)
        last = other.last
    return joint if "and" in lows[nation.last : last] else []


def _parted(words: Words, item: Mention, behind: list[Mention]) -> list[Mention]:
    """Return the nations of parts: "two Russian and two Chinese" of four bombers, "one French"."""
    parts: list[Mention] = []
    lows, at = words.lows, item.last
    if item.nation is not None and not _is_thing(words, item):
        return []  # "16 Malian soldiers and six Chinese" are counted each for itself
    for other in behind:
        gap = lows[at : other.first]
        count = gap[-1] if gap and gap[:-1] in _LISTING else ""
        number = count.isdigit() or count in words.lexicon.numbers
        nouns = any(m.first == other.last for m in behind)
        whole = not nouns and not _is_noun_behind(words, other.last)
        if other.kind != "demonym" or not number or not whole or not _describes(words, other):
            break
        other.modifies = True
        parts.append(other)
        at = other.last
    return parts


def _is_noun_behind(words: Words, at: int) -> bool:
    """Whether a word stands there that can be what a nation before it describes."""
    low = words.lows[at] if at < len(words.lows) else "."
    plain = at in words.verbs or low in words.lexicon["prepositions"] or low in _AND
    return low[0].isalnum() and not plain


def _describes(words: Words, name: Mention) -> bool:
    """Whether a name can stand in a list before a noun: "Chadian", "US", not "Russians"."""
    text = words.tokens[name.last - 1].text
    short = name.kind == "state" and (text.isupper() or text.endswith("."))
    return short or (name.kind == "demonym" and not text.endswith("s"))


def _join_compounds(words: Words, found: list[Mention]) -> None:
    """Let "tank crewmen" be men: what stands right before persons says what kind they are."""
    for before, after in itertools.pairwise(tuple(found)):
        things = before.last == after.first and before.kind == after.kind == "item"
        if things and _is_thing(words, before) and not _is_thing(words, after):
            after.first = before.first
            found.remove(before)


def _attach_before(words: Words, mention: Mention, names: list[Mention]) -> None:
    for before in reversed(names):
        gap = _between(words, before, mention)
        if not words.verbs.isdisjoint(range(before.last, mention.first)):
            return
        if before.kind == "unknown" and _is_model(words, before):
            continue
        if before.kind == "unknown" and not gap and _is_thing(words, mention):
            before.modifies = True  # "Strela missiles" are called so
            continue
        if before.kind == "person" and not gap and before.last - before.first == 1:
            before.modifies = True  # "Bayraktar drones" are called after somebody
            continue
        if before.kind == "item" and gap in (["and"], [","], ["or"], [",", "and"]):
            mention.nation = before.nation
            return
        if before.kind not in ("item", "collective") and _same_phrase(words, gap):
            if _can_modify(words, before, gap):
                mention.nation = before
                before.modifies = True
            return


def _between(words: Words, before: Mention, mention: Mention) -> list[str]:
    """Return the words between a name and a noun, without what belongs to the name."""
    gap = words.lows[before.last : mention.first]
    if gap and gap[0] == "-":
        return gap[2:]  # "U.S.-made tanks"
    bracketed = gap[:1] == ["("] and gap[2:] == [")"]
    return [] if bracketed else gap  # "Gambia National Army (GNA) soldiers"


def _attach_to_force(words: Words, mention: Mention, names: list[Mention]) -> bool:
    """Let what stands right behind a state's force be that state's, if it does."""
    before = names[-1] if names else None
    if before is None or before.kind != "organization" or not _is_own_force(words, before):
        return False
    if _between(words, before, mention):
        return False
    mention.nation, before.modifies = before.nation, True
    return True


def _is_own_force(words: Words, before: Mention) -> bool:
    """Whether a name is that of a part of a state's forces: "Zambian Air Force planes"."""
    head, lexicon = words.lows[before.last - 1], words.lexicon
    force = head in lexicon["force-heads"] or head in lexicon["units"]
    return force and before.nation is not None


def _is_thing(words: Words, mention: Mention) -> bool:
    item = mention.items[0] if mention.items else ""
    return bool(item) and words.gazetteer.item_class(item) != "persons"


def _is_model(words: Words, name: Mention) -> bool:
    """Whether an unknown name is that of a make, such as HQ-22."""
    text = words.tokens[name.last - 1].text
    return any(map(str.isdigit, text))


def _same_phrase(words: Words, gap: list[str]) -> bool:
    """Whether words between a nation and a noun are only modifiers of the noun."""
    return len(gap) <= MAX_GAP and not any(_parts(words, word) for word in gap)


def _parts(words: Words, word: str) -> bool:
    lexicon = words.lexicon
    if word in _POSSESSIVE:
        return False
    bare_verb = word in lexicon.verbs and word not in lexicon.nouns
    return (
        word in lexicon["prepositions"]
        or word in lexicon["auxiliaries"]
        or word in lexicon["subordinators"]
        or word in lexicon["determiners"]
        or word in ',;:()“”"—–'
        or (bare_verb and not word.endswith(("ed", "ing")))
    )


def _can_modify(words: Words, before: Mention, gap: list[str]) -> bool:
    """Whether a name can stand before a noun as whose it is; "Kyiv jets" are jets for Kyiv."""
    possessive = gap[:1] in (["'s"], ["’s"])
    if not possessive and any(word[0].isdigit() or word in words.lexicon.numbers for word in gap):
        return False  # "sent the Houthis 300 missiles"
    if before.kind in ("state", "person"):
        text = words.tokens[before.last - 1].text
        short = text.isupper() or text.endswith(".")
        return possessive or (short and before.kind == "state")
    return before.kind != "place" or possessive


def _pronoun(lows: list[str], first: int) -> str:
    for index in range(first - 1, max(-1, first - 5), -1):
        if lows[index] in ("its", "their", "his", "her", "our", "whose"):
            return lows[index]
        if not lows[index][0].isalnum():
            break
    return ""


def _of_its(lows: list[str], mention: Mention) -> str:
    """Return the pronoun behind persons that are of a force: "600 members of its army"."""
    last = next((i for i in range(mention.first, mention.last) if lows[i] == "of"), mention.last)
    whose = lows[last + 1 : last + 2] if lows[last : last + 1] == ["of"] else []
    return whose[0] if whose in (["its"], ["their"]) else ""


def _attach_behind(words: Words, mention: Mention, names: list[Mention]) -> None:
    lows, at = words.lows, mention.last
    if lows[at : at + 1] == ["in"]:
        for behind in names[:1]:
            worn = lows[behind.last : behind.last + 1]
            if behind.kind in NATION and behind.first == at + 1 and worn and worn[0] in _WORN:
                mention.nation = behind  # "soldiers in Ugandan uniforms"
        return
    made = lows[at : at + 1] and lows[at] in _MADE and lows[at + 1 : at + 2] == ["in"]
    if made or tuple(lows[at : at + 2]) in _SIDING:
        at += 1
    elif lows[at : at + 1] not in (["of"], ["from"]):
        return
    prepositions = words.lexicon["prepositions"]
    for behind in names:
        if behind.first - at <= MAX_GAP and behind.kind in _OWNERS:
            gap = lows[at + 1 : behind.first]
            if not any(word in prepositions or not word[0].isalnum() for word in gap):
                mention.nation = behind
                return


def _add_calibres(words: Words, mention: Mention) -> None:
    """Let "122-mm and 152-mm shells" be of both calibres."""
    own = mention.items[0].split("-mm-") if mention.items else []
    lows, known = words.lows, words.gazetteer.names.items
    at = mention.first - 1
    while (
        len(own) == 2 and at > 0 and lows[at] in ("and", "or", ",") and lows[at - 1].endswith("mm")
    ):
        calibre = lows[at - 1].removesuffix("mm").rstrip("-")
        item = f"{calibre}-mm-{own[1]}"
        if item in known:
            mention.items.insert(0, item)
        mention.first = at - 1
        at -= 2
