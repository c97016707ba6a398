"""What persons are given: goods that are handed to them, or that they are supplied with."""

from __future__ import annotations

from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.names.mentions import Mention
from kg.extraction.situations.roles import Roles
from kg.extraction.words.lexicon import Lexicon

# "took up arms", "the programme provides for drills".
_NO_GIVING = {"take": "up", "provide": "for", "bring": "up", "carry": "on"}
_HANDING = frozenset(("give", "offer", "promise", "lend", "grant", "hand", "provide", "deny"))
# The lists of words that are no nouns.
_SMALL = ("prepositions", "adverbs", "subordinators", "coordinators", "auxiliaries", "leading-on")
# What says where something is flown.
_WAYS = frozenset(("to", "into", "from", "via", "through", "across", "out", "back", "for", "in"))
# What is trafficked that is no arms.
_TRAFFIC = frozenset(("drug", "drugs", "human", "people", "narcotics"))
_PLACES = frozenset(("in", "at", "on", "near", "inside", "off", "within", "along", "around"))
_HAVING = frozenset(("fly", "carry", "keep", "maintain"))
# Who carries arms with him: persons, not ships.
_BEARERS = (["they"], ["he"], ["she"], ["we"], ["i"])
_GIVING_WITH = frozenset(
    (
        *("provide", "supply", "furnish", "equip", "present", "outfit", "stock"),
        *("flood", "ply", "shower", "inundate", "reward", "aid", "help", "assist", "back", "prop"),
    )
)


def handed(clause: Clause, parts: Roles, gazetteer: Gazetteer) -> list[Mention]:
    """Return what persons are handed: "soldiers being handed uniforms" are its receivers."""
    if not clause.verb.passive:
        return []
    goods = [m for m in parts.parts["second"] if m.kind == "item" and _is_thing(m, gazetteer)]
    persons = [m for m in parts.parts["theme"] if m.kind == "item"]
    if not goods or not persons:
        return []
    parts.parts["to"] += persons
    parts.slots[""] = [*parts.slots.get("", ()), *persons]
    return goods


def given_with(clause: Clause, parts: Roles, gazetteer: Gazetteer) -> list[Mention]:
    """Return what persons are supplied with: "supplied the rebels with missiles"."""
    if clause.verb.lemma not in _GIVING_WITH:
        return []
    goods = [m for m in parts.slots.get("with", ()) if m.kind == "item"]
    if not any(_is_thing(m, gazetteer) for m in goods):
        return []
    receivers = [m for m in parts.parts["theme"] if m not in goods]
    parts.parts["to"] += receivers
    if not clause.verb.passive:
        parts.slots[""] = [m for m in parts.slots.get("", ()) if m not in goods]
    else:
        parts.slots[""] = [*parts.slots.get("", ()), *receivers]
    return goods


def given_else(parse: Parse, clause: Clause, parts: Roles, lexicon: Lexicon) -> bool:
    """Whether what is given is named, but is no thing: "provided the rebels with details"."""
    first, last = clause.right
    if clause.verb.passive and not lexicon["currency"].isdisjoint(
        parse.lows[first : min(last, first + 2)]
    ):
        return True  # "were promised $2,000 a month"
    if clause.verb.lemma == "traffic" and parse.lows[clause.verb.first - 1] in _TRAFFIC:
        return True  # "fighting drug trafficking and rebels"
    if clause.verb.lemma in _HAVING and (
        _only_bears(parse, clause, parts) or _only_keeps(clause, parts)
    ):
        return True
    if clause.verb.lemma in lexicon["presenting"] and not lexicon["public"].isdisjoint(
        parse.lows[first:last]
    ):
        return True  # "presented the system to reporters"
    behind = lexicon["no-goods"].intersection(parse.lows[first : min(last, first + 3)])
    # "without offering evidence", "did not give the size of the consignment"
    of = any(parse.lows[at + 1 : at + 2] == ["of"] for at in _at(parse, first, behind))
    if behind and not clause.verb.passive and (of or not parts.slots.get("")):
        return True
    lemma = clause.verb.lemma
    if lemma == "give" and parse.lows[first : first + 1] == ["up"] and "to" not in parts.slots:
        return True  # "gave up its rifles"
    if lemma in _HANDING and not clause.verb.passive and _hands_a_noun(parse, parts, lexicon):
        return True
    if lemma in _NO_GIVING and first < last and parse.lows[first] == _NO_GIVING[lemma]:
        return True
    if lemma not in _GIVING_WITH or "with" not in parse.lows[first:last]:
        return False
    return not any(m.kind == "item" for m in parts.slots.get("with", ()))


def _at(parse: Parse, first: int, words: frozenset[str]) -> list[int]:
    """Return where some words stand right behind a verb."""
    return [
        at for at in range(first, first + 3) if parse.lows[at : at + 1] and parse.lows[at] in words
    ]


def _only_keeps(clause: Clause, parts: Roles) -> bool:
    """Whether things are kept as they are, and nowhere: "has been kept airworthy"."""
    keeps = clause.verb.lemma in ("keep", "maintain") and clause.verb.passive
    return keeps and _PLACES.isdisjoint(parts.slots)


def _only_bears(parse: Parse, clause: Clause, parts: Roles) -> bool:
    """Whether somebody only has what goes nowhere: "flies Turkish drones", "carry no guns"."""
    lemma = clause.verb.lemma
    bears = lemma == "carry" and parse.lows[slice(*clause.subject)] in _BEARERS
    if lemma != "fly" and not bears:
        return False
    object_ = parts.slots.get("", ())
    things = bool(object_) and all(m.kind == "item" and m.quantity is None for m in object_)
    return things and not clause.verb.passive and _WAYS.isdisjoint(parts.slots)


def _hands_a_noun(parse: Parse, parts: Roles, lexicon: Lexicon) -> bool:
    """Whether persons are given what is no thing: "had given the rebels information"."""
    objects = parts.slots.get("", ())
    if len(objects) != 1 or objects[0].kind != "item" or objects[0].quantity is not None:
        return False
    at = objects[0].last
    word = parse.lows[at] if at < len(parse.lows) else "."
    known = (
        "prepositions",
        "adverbs",
        "subordinators",
        "coordinators",
        "auxiliaries",
        "leading-on",
    )
    plain = word.isalpha() and not any(word in lexicon[key] for key in known)
    return plain and at not in parse.date_at and at not in parse.verb_at


def _is_thing(mention: Mention, gazetteer: Gazetteer) -> bool:
    return bool(mention.items) and gazetteer.item_class(mention.items[0]) != "persons"
