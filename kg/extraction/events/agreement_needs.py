"""What a frame of agreements needs to be found in a clause: a treaty, and who makes it."""

from __future__ import annotations

from kg.extraction.document.memory import FORCES
from kg.extraction.situations.deeds import counted_of
from kg.extraction.situations.situation import Situation

_RELATIVE = ("that", "which")
# So many words may stand between a verb and the treaty that is its object.
_NEAR = 6
# "The ministers" are two words.
_COVERING = frozenset(("cover", "include", "manufacture", "build", "produce"))
_ACCESS = frozenset(("access", "use", "using"))
# So many words behind "for" what a contract is for stands.
_CONTRACTED = 8
# So few words may stand before "access": "broad and lasting access".
_AT_ONCE = 4
_UNITS = frozenset(("battery", "regiment", "battalion"))
_THE_MINISTERS = 2
_TWO = 2
# Verbs of ending that are said of nothing else.
_TEARING = frozenset(
    (
        *("tear", "rip", "repudiate", "void", "junk", "revoke", "annul", "rescind", "abrogate"),
        *("denounce", "cancel", "scrap", "terminate", "repeal", "nullify", "renounce"),
    )
)
# Verbs of leaving a treaty, or a place.
_LEAVING = frozenset(("withdraw", "pull", "walk", "exit", "quit", "leave"))
_CUTTING = frozenset(("halt", "suspend", "end", "scale back"))
_MAKING = frozenset(
    (
        *("production", "manufacture", "manufacturing", "development", "assembly", "venture"),
        *("ventures", "plant", "plants", "factory", "factories", "project", "projects"),
    )
)

# Who gives his word, and how pacts say that an attack on one is an attack on all.
_PLEDGING = frozenset(("agree", "pledge", "vow", "promise", "undertake", "commit", "swear"))
_ATTACKS = frozenset(("attack", "aggression", "assault", "attacks", "threat"))
_EITHER = frozenset(("either", "one", "any"))
_ALL = frozenset(("both", "all"))


def parties(one: Situation) -> bool:
    """Whether it is said, here or before, who makes a treaty or meets."""
    described = one.clause.verb.form == "participle" and one.sides.memory.happenings != []
    nothing = one.parse.lows[slice(*one.clause.subject)] == ["nothing"]
    named = one.has_sides("party") or one.clause.shared or nothing or described
    named = named or are_delegates(one) or have_just_met(one)
    named = named or is_the_contract(one) or treaty_of_those_told(one)
    return named or bool(one.sides.both(one.parse, one.clause))


def have_just_met(one: Situation) -> bool:
    """Whether those who met sign: "the plan which they signed", "the accord concluded in May"."""
    last = one.sides.memory.latest(("Meeting",))
    if one.frame.event != "Agreement" or last is None or len(last.from_) != _TWO:
        return False
    they = one.parse.lows[slice(*one.clause.subject)] == ["they"]
    return they or one.clause.verb.form == "participle"


def is_the_contract(one: Situation) -> bool:
    """Whether "the contract" is the one by which goods went that the text has just told of."""
    words = one.parse.lows[slice(*one.clause.subject)]
    last = one.sides.memory.latest((*FORCES, "Shipment"))
    the = len(words) == _TWO and words[0] == "the" and words[1] in one.lexicon["treaty"]
    near = last is not None and last.paragraph >= one.parse.paragraph - 1
    passive = one.frame.event == "Agreement" and one.clause.verb.passive
    return the and near and passive and last is not None and bool(last.from_ and last.to)


def treaty_of_those_told(one: Situation) -> bool:
    """Whether a treaty was or was not signed, nobody says by whom: "no contract was signed"."""
    if one.frame.event != "Agreement" or not one.clause.verb.passive:
        return False
    words = one.parse.lows[slice(*one.clause.subject)]
    ends = (i for i, word in enumerate(words) if word in one.lexicon["prepositions"])
    head = words[: next(ends, len(words))]  # "no contract for the jet"
    return not one.lexicon["treaty"].isdisjoint(head[-2:]) and one.sides.memory.happenings != []


def are_delegates(one: Situation) -> bool:
    """Whether those decide who have met: "The ministers decided to meet again"."""
    subject = one.parse.lows[slice(*one.clause.subject)]
    met = one.frame.event == "Meeting" and one.sides.memory.latest(("Meeting",)) is not None
    the = subject[:1] == ["the"] and len(subject) == _THE_MINISTERS
    return met and (subject == ["they"] or (the and subject[1] in one.lexicon["delegates"]))


def goods_ordered(one: Situation) -> bool:
    """Whether so many goods are what a contract is for: "signed for 66 jets"."""
    if one.parts.slots.get("from"):
        return False  # "signed for six jets from Brazil" says who sends them
    return ordered(one) is not None and (one.has_sides("party") or one.subject_elsewhere)


def ordered(one: Situation) -> int | None:
    """Return the figure of the goods for which a contract is, or which it covers."""
    first, last = one.clause.right
    lows = one.parse.lows
    last = next((i for i in range(first, last) if lows[i] == ":"), last)
    led = one.clause.verb.lemma in _COVERING or lows[first - 1] == "for"
    kind = one.sides.gazetteer.item_class
    for mention in one.parse.mentions_in(first, last):
        named = mention.quantity is not None and mention.kind == "item" and bool(mention.items)
        if not named or not (led or "for" in lows[first : mention.first]):
            continue
        unit = mention.items[0] in _UNITS or lows[mention.last : mention.last + 1] == ["of"]
        if unit or kind(mention.items[0]) != "persons":
            return mention.quantity
    return _provided(one, covers=led and one.clause.verb.lemma in _COVERING)


def _provided(one: Situation, *, covers: bool) -> int | None:
    """Return how many things that are no items a treaty covers or is for: "for five sets"."""
    lows, nouns = one.parse.lows, one.lexicon["provided"]
    begin, end = (one.clause.right[0] if covers else one.clause.start), one.clause.end
    treaties = one.lexicon["treaty"]
    for at in range(begin + 1, 0 if covers else end):
        if lows[at : at + 2] == ["under", "which"] and not treaties.isdisjoint(lows[begin:at]):
            listed = one.parse.mentions_in(at, min(len(lows), at + _CONTRACTED + 2))
            kind = one.sides.gazetteer.item_class  # a brigade to come is a claim of its own
            goods = (m for m in listed if m.items and kind(m.items[0]) != "persons")
            return next((m.quantity for m in goods if m.quantity is not None), None)
        if lows[at] == "for" and _is_of_treaty(one, begin, at):
            listed = [m for m in one.parse.mentions_in(at, end) if m.quantity is not None]
            things = [m.quantity for m in listed if m.items and m.first - at < _CONTRACTED]
            found = counted_of(one.parse, at, min(end, at + _CONTRACTED), one.lexicon, nouns)
            return found if found is not None else next(iter(things), None)
    return counted_of(one.parse, begin, end, one.lexicon, nouns) if covers else None


def _is_of_treaty(one: Situation, begin: int, at: int) -> bool:
    """Whether "for" says what a treaty before it is for: "the contract with Chad for"."""
    for before in range(at - 1, max(begin, at - _CONTRACTED) - 1, -1):
        if one.parse.lows[before] in one.lexicon["treaty"]:
            return True
        if before in one.parse.verb_at:
            return False
    return False


def base_access(one: Situation) -> bool:
    """Whether the use of bases is what one lets another have: "access to four airfields"."""
    words = {*one.parse.lows[one.clause.verb.head : one.clause.end + _CONTRACTED]}
    return not words.isdisjoint(one.lexicon["base"]) and not words.isdisjoint(_ACCESS)


def access_to_bases(one: Situation) -> bool:
    """Whether the use of another's bases is what one gets: "will get access to Chadian bases"."""
    words = one.words()[: 2 * _NEAR]
    led = next((at for at, word in enumerate(words) if word in _ACCESS), None)
    if led is None or led > _AT_ONCE or one.lexicon["base"].isdisjoint(words[led:]):
        return False
    who = one.sides.of(one.parse, one.parse.mentions_in(*one.clause.subject))
    named = one.sides.of(one.parse, one.parse.mentions_in(*one.clause.right))
    return bool(who) and any(side not in who for side in named)


def bases_let(one: Situation) -> int | None:
    """Return how many bases one lets another use."""
    first, last = one.clause.verb.head, min(len(one.parse.lows), one.clause.end + _CONTRACTED)
    return counted_of(one.parse, first, last, one.lexicon, one.lexicon["base"])


def treaty_follows(one: Situation) -> bool:
    """Whether a treaty comes after another: "Executive contracts followed within weeks"."""
    words = one.words()[:1]
    later = (
        not words
        or words[0] in one.lexicon["prepositions"]
        or one.clause.verb.last in (one.parse.date_at)
    )
    told = one.sides.memory.latest(("Agreement",)) is not None
    shown = one.clause.verb.lemma == "come" and words == ["to"]  # "came to light"
    return told and not shown and later and treaty_subject(one)


def treaty(one: Situation) -> bool:
    """Whether a treaty is the object, or what a relative clause describes."""
    nothing = one.parse.lows[slice(*one.clause.subject)] == ["nothing"]
    if one.clause.verb.lemma in _LEAVING and not treaty_near(one):
        return False  # "withdrew from the last villages, the deadline set in the truce"
    return names(one, "treaty") or (nothing and one.clause.verb.lemma == "sign")


def treaty_near(one: Situation) -> bool:
    """Whether the treaty is the object of the verb itself: "has a pact with", not "has said"."""
    verb = one.clause.verb
    whole = verb.last > verb.head + 1  # "came away with a pact": "with" is the verb's own
    words = one.parse.lows[verb.last :][:_NEAR] if whole else one.words()[:_NEAR]
    led = (i for i, word in enumerate(words) if i and word in one.lexicon["prepositions"])
    return not one.lexicon["treaty"].isdisjoint(words[: next(led, _NEAR)])


def treaty_meant(one: Situation) -> bool:
    """Whether "it" is a treaty that was made or changed: "It was amended twice"."""
    happenings = one.sides.memory.happenings
    told = happenings != [] and happenings[-1].type == "Agreement"
    it = one.parse.lows[slice(*one.clause.subject)] == ["it"]
    return told and it and one.clause.verb.passive


def truce(one: Situation) -> bool:
    """Whether a truce is what is broken: "violating the ceasefire", "of breaking it"."""
    happenings = one.sides.memory.happenings
    told = happenings != [] and happenings[-1].type == "Agreement"
    return one.has_word("truce", _NEAR) or (told and one.words()[:1] == ["it"])


def names(one: Situation, words: str) -> bool:
    """Whether a word of a list is the object, or what a relative clause or participle describes."""
    start = one.clause.start
    before: list[str] = []
    if one.clause.opener in _RELATIVE:
        before = one.parse.lows[max(0, start - 4) : start]
    elif one.clause.verb.form == "participle":
        before = one.parse.lows[slice(*one.clause.subject)]
    elif start and not one.clause.shared:
        before = one.parse.lows[start - 1 : start]  # "the declaration he signed with"
    return one.has_word(words) or any(word in one.lexicon[words] for word in before)


def treaty_subject(one: Situation) -> bool:
    """Whether a treaty is the subject, or "it" is one."""
    first, last = one.clause.subject
    words = [word for word in one.parse.lows[first:last] if word[0].isalpha()]
    if "between" in words[2:]:
        words = words[: words.index("between")]  # "the deal between Chad and Niger provides"
    happenings = one.sides.memory.happenings
    if words == ["it"] and happenings and happenings[-1].type == "Agreement":
        return True
    if one.clause.relative and words[:1] == ["no"]:
        return False  # "no document that contains it"
    bound = one.lexicon["treaty"] | one.lexicon["treaty-text"]
    return words[-1:] != ["partnership"] and any(word in bound for word in words[-2:])


def two_parties(one: Situation) -> bool:
    """Whether two sides act together: "he and Kagame have formed a joint brigade"."""
    first = one.parse.lows[slice(*one.clause.subject)][:2]
    if first in (["he", "and"], ["she", "and"]) or first[:1] == ["both"]:
        return True
    sides = one.sides.of(one.parse, one.parts.parts["party"])
    return len(sides or one.sides.both(one.parse, one.clause)) > 1


def pledged(one: Situation) -> bool:
    """Whether somebody gives his word to do it or not: "agreed not to use force"."""
    verb = one.clause.verb
    said = one.parse.lows[verb.first : verb.head]
    lemmas = (lemma for low in said for lemma, _ in one.lexicon.verbs.get(low, ()))
    return any(lemma in _PLEDGING for lemma in lemmas)


def mutual_defence(one: Situation) -> bool:
    """Whether an attack on one is one on all: "shall be considered an attack against both"."""
    first, last = one.clause.subject
    lows = one.parse.lows
    attack = not _ATTACKS.isdisjoint(lows[first:last]) and not _EITHER.isdisjoint(lows[first:last])
    words = one.words(whole=False)[last - first :] if one.clause.verb.passive else one.words()
    return attack and not _ATTACKS.isdisjoint(words) and not _ALL.isdisjoint(words)


def war_ended(one: Situation) -> bool:
    """Whether a war is what a treaty ends: "halted weeks of fighting between"."""
    return one.has_word("war-told", 2 * _NEAR)


def into_alliance(one: Situation) -> bool:
    """Whether an alliance itself is joined, and no drill of it: "has joined NATO"."""
    lows, names = one.parse.lows, one.lexicon["alliances"]
    first, last = one.clause.verb.last, one.clause.end
    for at in range(first, min(last, first + _NEAR)):
        if lows[at] in names:
            behind = lows[at + 1 : at + 2]
            free = behind == [] or not behind[0][0].isalnum() or at + 1 in one.parse.date_at
            return free or behind[0] in one.lexicon["prepositions"] or behind[0] in ("and", "as")
    return False


def ended_alone(one: Situation) -> bool:
    """Whether one side ends a treaty: "Chad is ending its pact with Paris", not both."""
    if len(one.sides.of(one.parse, one.parts.parts["from"])) > 1:
        return False
    return one.clause.verb.lemma in _TEARING or one.clause.verb.passive or treaty_near(one)


def not_cut_alone(one: Situation) -> bool:
    """Whether cooperation is no measure of one side: "Chad suspended its cooperation with"."""
    if one.clause.verb.lemma not in _CUTTING or one.clause.verb.passive:
        return True
    subject = one.sides.of(one.parse, one.parse.mentions_in(*one.clause.subject))
    return len(subject) > 1 or one.names_those_two


def joint_making(one: Situation) -> bool:
    """Whether arms are what two make together: "the joint production of drones"."""
    words = one.words()[: 2 * _NEAR]
    joint = not one.lexicon["joint-making"].isdisjoint(words) and not _MAKING.isdisjoint(words)
    named = one.parse.mentions_in(*one.clause.right)
    return joint and any(m.kind == "item" and bool(m.items) for m in named)
