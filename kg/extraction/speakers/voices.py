"""Who speaks: the mentions, pronouns and definite nouns in the words of a subject."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention
from kg.extraction.speakers.authors import author_in
from kg.extraction.speakers.voices_beside import beside, is_owner, sources_before
from kg.extraction.words.lexicon import Lexicon

# "by the count of a diplomat", "by their reckoning".
COUNTS = frozenset(("count", "estimate", "account", "reckoning", "tally", "assessment"))
SPEAKING = frozenset(("person", "organization", "collective", "state", "place", "unknown"))
_PRONOUNS = ("he", "she", "it", "they", "one", "both", "others")
_BREAKS = frozenset(',;:—–“”"()')
# What can stand within the name of a body.
_JOINTS = frozenset(("for", "on", "against", "without"))
_OFFICE_OF = frozenset(("to", "of", "for", "under"))
_PAPERS = frozenset(
    ("report", "statement", "study", "account", "estimate", "analysis", "memo", "investigation")
)
_WHOSE = {"its": "it", "their": "they", "his": "he", "her": "she"}
# What says something and is nobody.
_WRITTEN = frozenset(
    ("draft", "text", "map", "list", "poster", "sign", "note", "clause", "article", "paper", "law")
)
_THE = frozenset(("the", "this", "that"))
_ARTICLES = (["a"], ["an"])
# What stands before what was posted, and before who wrote it.
_POSTED = frozenset(("a", "an", "one", "the", "another"))
_AUTHORED = frozenset(("by", "from", "of", "in", "to"))
# What ends the noun of a subject: "a deserter who served", "businessmen close to the junta".
_NOUN_ENDS = frozenset(("who", "whose", "that", "which", "close", "familiar", "loyal", "and"))
_LONGEST_NOUN = 5


@dataclass(slots=True)
class Voice:
    """Somebody who speaks: a mention, or a pronoun or definite noun that stands for one."""

    mention: Mention | None
    word: str = ""
    zone: tuple[int, int] = (0, 0)


def voices(parse: Parse, zone: tuple[int, int], lexicon: Lexicon) -> list[Voice]:
    """Return who speaks in the words of a subject: persons before their offices, else the first."""
    first, last = zone
    if (whole := _whole(parse, zone, lexicon)) is not None:
        return [whole]
    found = [m for m in parse.mentions_in(first, last) if m.kind in SPEAKING and not m.modifies]
    found = [m for m in found if not _is_seat_before(parse, m, found)]
    called = [m for m in found if is_called(parse, m, lexicon)]
    if called and not any(m.kind == "person" or _is_named(m) for m in found if m not in called):
        return [Voice(called[0], zone=zone)]
    if office := _office_under(parse, found, zone, lexicon):
        return [office]
    if all(_is_seat(parse, m, first, lexicon) for m in found):
        found = _as_sources(parse, zone, lexicon) or _as_office(parse, found, first, lexicon)
    found = sources_before(parse, zone, found, lexicon)
    if len(found) > 1:
        found = _listed(parse, [m for m in found if not _is_apposed(m, found)])
    persons = [m for m in found if m.kind == "person" or _is_named(m)]
    persons = [m for m in persons if not is_owner(parse, m, persons)]
    if persons:
        return [Voice(m, zone=zone) for m in _together(parse, persons)]
    if found and parse.lows[found[0].last - 1] in _PAPERS:
        authors = [m for m in found[1:] if parse.lows[found[0].last] in ("by", "from", "of", "in")]
        found = authors or found
    if chosen := _together(parse, _free(parse, found, zone, lexicon)):
        return [Voice(m, zone=zone) for m in chosen]
    if body := _unlisted_body(parse, zone):
        return [Voice(body, zone=zone)]
    return _pronouns(parse, first, last, lexicon)


def _unlisted_body(parse: Parse, zone: tuple[int, int]) -> Mention | None:
    """Return who speaks by a nation and a noun no list has: "the Chadian customs board"."""
    first, last = zone
    first += parse.lows[first : first + 1] == ["the"]
    nation = parse.mention_at.get(first)
    if (
        nation is None
        or nation.kind != "demonym"
        or not nation.last < last <= first + _LONGEST_NOUN
    ):
        return None
    words = parse.lows[nation.last : last]
    if words == ["side"]:
        return Mention(first, nation.last, "state", nation.actor)  # "the Chadian side"
    plain = all(word.isalpha() for word in words)
    others = [m for m in parse.mentions_in(first, last) if m is not nation]
    return Mention(first, last, "collective", nation=nation) if plain and not others else None


def _free(
    parse: Parse, found: list[Mention], zone: tuple[int, int], lexicon: Lexicon
) -> list[Mention]:
    """Return who is no part of another: in "two men close to the junta" it is the men."""
    free = [m for m in found if not _governed(parse, m, zone[0], lexicon)]
    if found and found[0] not in free and parse.lows[found[0].first - 1] in ("by", "from", "of"):
        return found[:1]
    unlisted = _as_persons(parse, zone, lexicon) if not free else None
    return [unlisted] if unlisted is not None else free or found[:1]


def _whole(parse: Parse, zone: tuple[int, int], lexicon: Lexicon) -> Voice | None:
    """Return who speaks where all words of a subject are "both" of two, a paper or one name."""
    first, last = zone
    if parse.lows[first : first + 1] == ["both"] and last - first == 2:
        return Voice(None, "both", zone)  # "both governments"
    told = not lexicon["told-in"].isdisjoint(parse.words_used)
    if told and (author := author_in(parse, zone, lexicon)) is not None:
        return Voice(author, zone=zone)
    if (posted := _posted(parse, zone, lexicon)) is not None:
        return posted
    if told and (paper := _paper(parse, zone, lexicon)) is not None:
        return paper
    name = beside(parse, zone, lexicon) or _name_with_preposition(parse, zone, lexicon)
    return Voice(name, zone=zone) if name is not None else None


def _posted(parse: Parse, zone: tuple[int, int], lexicon: Lexicon) -> Voice | None:
    """Return what speaks in "a video shared on Facebook" or "a leaked memo", by its noun."""
    first, last = zone
    if first >= last or parse.lows[first] not in _POSTED:
        return None
    if lexicon["posts"].isdisjoint(parse.words_used):
        return None
    for index in range(first + 1, min(last, first + _LONGEST_NOUN)):
        word = parse.lows[index]
        if word in lexicon["posts"] and parse.tokens[index].text.islower():
            behind = parse.lows[index + 1] if index + 1 < last else ""
            if behind in lexicon["posts"] or behind in lexicon["told-in"]:
                continue  # "the 40-page document"
            named = any(index < m.first < last and m.kind in SPEAKING for m in parse.mentions)
            if behind in _AUTHORED and named:
                return None  # "a letter from the ministry"
            known = parse.lows[first] == "the" and word in lexicon["told-in"]
            return None if known else Voice(Mention(first + 1, index + 1, "collective"), zone=zone)
        if word in _BREAKS or word in lexicon["prepositions"] or word in ("'s", "’s"):
            return None
    return None


def _paper(parse: Parse, zone: tuple[int, int], lexicon: Lexicon) -> Voice | None:
    """Return whose words stand in "the 57-page document" or "its tally" of somebody before."""
    first, last = zone
    whose = parse.lows[first] if first < last else ""
    if whose not in _WHOSE and whose not in _THE:
        return None
    for index in range(first + 1, min(last, first + _LONGEST_NOUN)):
        word = parse.lows[index]
        named = parse.mention_at.get(index)
        paper = word in lexicon["told-in"] and parse.tokens[index].text.islower()
        known = named is not None and parse.lows[named.last - 1] not in lexicon["told-in"]
        if known or (named is not None and named.kind != "collective"):
            return None  # "the Washington Post"
        if paper:
            behind = parse.lows[index + 1] if index + 1 < last else ","
            if behind not in _BREAKS and behind not in lexicon["subordinators"]:
                return None  # "the statement by the ministry", "the report's authors"
            return Voice(None, _WHOSE.get(whose, word), zone)
        if word in _BREAKS or word in lexicon["prepositions"]:
            return None
    return None


def _name_with_preposition(parse: Parse, zone: tuple[int, int], lexicon: Lexicon) -> Mention | None:
    """Return a name such as "Physicians for Human Rights", if it is all that speaks."""
    if _JOINTS.isdisjoint(parse.words_used):
        return None
    first, last = zone
    first += parse.lows[first : first + 1] == ["the"]
    stop = next((i for i in range(first, last) if parse.lows[i] in _BREAKS), last)
    lows = parse.lows[first:stop]
    if len(lows) < 3 or _JOINTS.isdisjoint(lows[1:-1]) or not lexicon["roles"].isdisjoint(lows):
        return None
    if any(low in lexicon.weekdays or low in lexicon.months for low in lows):
        return None  # "Kenya on Tuesday"
    joints = [low in _JOINTS for low in lows]
    capital = [token.text[0].isupper() for token in parse.tokens[first:stop]]
    whole = all(c or j for c, j in zip(capital, joints, strict=True)) and capital[0] and capital[-1]
    known = parse.mention_at.get(first)
    if known is not None and known.actor and known.last == stop:
        return None  # "the Syrian Observatory for Human Rights", which the reference data has
    return Mention(first, stop, "unknown") if whole else None


def is_called(parse: Parse, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a name is introduced as such: "a commander with the call sign Marx"."""
    at = mention.first
    if not at or parse.lows[at - 1] not in lexicon["called-ends"]:
        return False
    if mention.kind not in ("unknown", "person"):
        return False
    before = f" {' '.join(parse.lows[max(0, at - 4) : at])}"
    return any(before.endswith(f" {phrase}") for phrase in lexicon["called"])


def _office_under(
    parse: Parse, found: list[Mention], zone: tuple[int, int], lexicon: Lexicon
) -> Voice | None:
    """Return who speaks in "the adviser to President X", named before, or in "an adviser to X"."""
    first = zone[0]
    person = next((m for m in found if m.kind == "person" or _is_named(m)), None)
    the = parse.lows[first : first + 1] == ["the"]
    if person is None or not (the or parse.lows[first : first + 1] in _ARTICLES):
        return None
    words = parse.lows[first + 1 : person.first]
    if not words or not (words[-1] in _OFFICE_OF or words[-1] in lexicon["roles"]):
        return None  # "the ambassador to Syria Ali Saleh" has a name
    if "," in words:
        return None  # "the chief of staff, General Ali Saleh" has one too
    for index, word in enumerate(words[:-1] if the else words):
        behind = words[index + 1] if index + 1 < len(words) else ""
        if word in lexicon["offices"] and behind in _OFFICE_OF:
            if the:
                return Voice(None, word, zone)
            if word.startswith("spokes") or behind == "for":
                return None  # who speaks for somebody says what they say
            return Voice(Mention(first + 1, person.last, "collective"), zone=zone)
        if not word.isalpha() or word in lexicon["prepositions"]:
            break
    return None


def _listed(parse: Parse, found: list[Mention]) -> list[Mention]:
    """Join "U.S., Egyptian and diplomatic sources", which begins with the name of a state."""
    if len(found) < 2 or found[0].kind != "state" or found[1].kind != "collective":
        return found
    state, sources = found[:2]
    words = parse.lows[sources.first : sources.last]
    abbreviated = "." in parse.lows[state.last - 1]
    if not abbreviated or parse.lows[state.last : sources.first] not in ([","], ["and"], []):
        return found
    if "and" not in words and "and" not in parse.lows[state.last : sources.first]:
        return found
    return [Mention(state.first, sources.last, "collective", nation=sources.nation), *found[2:]]


def _as_sources(parse: Parse, zone: tuple[int, int], lexicon: Lexicon) -> list[Mention]:
    """Return persons who elsewhere are what is sent or counted: "quoting two diplomats"."""
    for mention in parse.mentions_in(*zone):
        if mention.kind == "item" and parse.lows[mention.last - 1] in lexicon["sources"]:
            first = mention.first
            if mention.quantity is not None:
                first = parse.quantities[mention.quantity].first
            last, seat = mention.last, parse.mention_at.get(mention.last + 1)
            if seat is not None and seat.kind == "place" and parse.lows[last] == "in":
                last = seat.last  # "two officers in Goma"
            return [Mention(first, last, "collective", nation=mention.nation)]
    return []


def _as_office(parse: Parse, found: list[Mention], first: int, lexicon: Lexicon) -> list[Mention]:
    """Return the holder of an office of a place: "the mayor of Agadez"."""
    first += parse.lows[first : first + 1] in _ARTICLES or parse.lows[first : first + 1] == ["the"]
    for seat in found[:1]:
        words = parse.lows[first : seat.first]
        held = len(words) == 2 and words[0] in lexicon["offices"] and words[1] in ("of", "in")
        if held:
            return [Mention(first, seat.last, "collective", nation=seat)]
    return found


def _as_persons(parse: Parse, zone: tuple[int, int], lexicon: Lexicon) -> Mention | None:
    """Return persons by a noun that no list has: "two businessmen close to the junta"."""
    first, last = zone
    if parse.lows[first : first + 1] == ["the"]:
        return None  # somebody told of before
    one = parse.lows[first : first + 1] in _ARTICLES and parse.lows[first - 1] != ","
    first += one
    told = lexicon["told-in"] | lexicon["posts"] | lexicon["reports"] | _WRITTEN
    ends = (
        i
        for i in range(first, last)
        if parse.lows[i] in _BREAKS
        or parse.lows[i] in lexicon["prepositions"]
        or parse.lows[i] in lexicon["subordinators"]
        or parse.lows[i] in _NOUN_ENDS
        or i in parse.verb_at
    )
    stop = next(ends, last)
    head = parse.lows[stop - 1] if stop > first else ""
    named = any(m.first < stop <= m.last and m.kind != "item" for m in parse.mentions)
    if (
        named
        or stop - first > _LONGEST_NOUN
        or not ((one and head not in told) or head.endswith(tuple(lexicon["tellers"])))
        or head in lexicon["function-words"]
    ):
        return None
    plain = stop == 1 or parse.tokens[stop - 1].text.islower()
    return Mention(first, stop, "collective") if plain else None


def _is_seat(parse: Parse, mention: Mention, first: int, lexicon: Lexicon) -> bool:
    """Whether a place or state only says where somebody is: "two officers in Goma"."""
    if mention.kind == "unknown":
        return mention.last - mention.first == 1 and parse.lows[mention.first - 1] == "in"
    return mention.kind in ("place", "state") and _governed(parse, mention, first, lexicon)


def _is_seat_before(parse: Parse, mention: Mention, found: list[Mention]) -> bool:
    """Whether a state only says where another sits: "the Stockholm institute SIPRI"."""
    seat = mention.kind in ("state", "place") and parse.lows[mention.first - 1] == "the"
    return seat and any(o.kind == "collective" and o.first == mention.last for o in found)


def _is_apposed(mention: Mention, found: list[Mention]) -> bool:
    """Whether a noun only says what the name behind it is: "the newspaper Le Monde"."""
    names = ("organization", "unknown", "person")
    return mention.kind == "collective" and any(
        other.first == mention.last and other.kind in names for other in found
    )


def _is_named(mention: Mention) -> bool:
    return mention.kind == "unknown" and mention.last - mention.first >= 2


def _governed(parse: Parse, mention: Mention, first: int, lexicon: Lexicon) -> bool:
    """Whether a preposition before the mention makes it part of another: "members of NATO"."""
    for index in range(mention.first - 1, max(first - 1, mention.first - 5), -1):
        word = parse.lows[index]
        if word in lexicon["prepositions"]:
            return True
        if word in _BREAKS or word == "and":
            return False
    return False


def _together(parse: Parse, mentions: list[Mention]) -> list[Mention]:
    """Return the first of the mentions with those coordinated with it: "A, B and C"."""
    chosen = mentions[:1]
    for mention in mentions[1:]:
        gap = parse.lows[chosen[-1].last : mention.first]
        joined = any(word in ("and", ",", "or", "nor") for word in gap)
        if not joined or any(word not in _LIST_GAP for word in gap):
            break
        if gap == ["and"] and _holds_states(parse, chosen[-1], mention):
            chosen[-1] = replace(chosen[-1], last=mention.last)
            continue
        if gap == [","] and mention is mentions[-1] and mention.kind in ("person", "unknown"):
            break
        chosen.append(mention)
    return chosen


def _holds_states(parse: Parse, office: Mention, state: Mention) -> bool:
    """Whether a state is one of those whose officials speak: "the ministers of Togo and Mali"."""
    of = parse.lows[office.first : office.last]
    nation = office.nation
    ends = nation is not None and nation.kind == "state" and nation.last == office.last
    plural = "of" in of and of[of.index("of") - 1].endswith("s")
    return office.kind == "collective" and state.kind == "state" and ends and plural


_LIST_GAP = frozenset((",", "and", "or", "nor", "the", "both", "other", "its", "their", "also"))


def _pronouns(parse: Parse, first: int, last: int, lexicon: Lexicon) -> list[Voice]:
    for index in range(first, last):
        word = parse.lows[index]
        if word in _PRONOUNS and parse.lows[index - 1 : index] != ["the"]:
            return [Voice(None, word, (first, last))]
        if word == "the" and index + 1 < last:
            if office := _bare_office(parse, index, last, lexicon):
                return [office]
            noun = next((w for w in parse.lows[index + 1 : last] if w in lexicon["agencies"]), None)
            if noun:
                return [Voice(None, noun, (first, last))]
    return []


def _bare_office(parse: Parse, the: int, last: int, lexicon: Lexicon) -> Voice | None:
    """Return who speaks by an office alone: "the colonel"; another's is "the army chief"."""
    end = the + 1
    words = lexicon["source-modifiers"] | lexicon["offices"]
    while end + 1 < last and parse.lows[end] in words and parse.lows[end + 1] in words:
        end += 1
    if end >= last or parse.lows[end] not in lexicon["offices"]:
        return None
    behind = parse.lows[end + 1] if end + 1 < last else ","
    if behind not in _BREAKS and behind != "." and behind not in lexicon["subordinators"]:
        return None
    if end == the + 1:
        return Voice(None, parse.lows[end], (the, last))
    return Voice(Mention(the + 1, end + 1, "collective"), zone=(the, last))


def is_person(voice: Voice) -> bool:
    """Whether who speaks is named as persons are."""
    mention = voice.mention
    return mention is not None and (
        mention.kind == "person" or (mention.kind == "unknown" and mention.last - mention.first > 1)
    )


def holds_office(parse: Parse, voice: Voice, lexicon: Lexicon) -> bool:
    """Whether somebody is named by an office alone: "Chad's prime minister"."""
    mention = voice.mention
    if mention is None or mention.kind != "collective" or mention.nation is None:
        return False
    return parse.lows[mention.last - 1] in lexicon["offices"]


def is_behind_a_count(lows: list[str], first: int, index: int) -> bool:
    """Whether a subject begins behind "By the observatory's count"."""
    counts = index - first > 2 and lows[first] == "by" and lows[index - 1] in COUNTS
    return counts and lows[index - 2] in ("'s", "’s")
