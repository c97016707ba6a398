"""What a frame of measures needs to be found in a clause: what is done, voiced or demanded."""

from __future__ import annotations

from kg.extraction.situations.situation import Situation
from kg.extraction.speakers.bidding import is_bid

# How far behind a verb the noun may stand that makes it a measure or a demand.
_WINDOW = 14
_NEAR = 6
_DEMANDING = frozenset(("demand", "urge", "exhort", "implore", "appeal", "plead"))
_INSISTING = frozenset(("demand", "insist"))
_ASKING = frozenset(("ask", "order", "tell", "instruct"))
_BOTH = ("both",)
_UPON = frozenset(("on", "upon"))
_SEIZING = frozenset(
    (
        *("arrest", "detain", "expel", "deport", "jail", "charge", "indict", "extradite"),
        *("seize", "intercept", "confiscate", "impound", "interdict", "recover"),
    )
)
# Who lets a government use its forces, and where they are then.
_HOUSES = frozenset(
    (
        *("parliament", "senate", "house", "chamber", "assembly", "council", "congress"),
        *("lawmakers", "deputies", "senators", "cabinet", "legislature", "bundestag", "duma"),
        *("knesset", "majlis", "legislators"),
    )
)
# Whom one should not believe is no matter of what is done.
_HEARSAY = frozenset(("disregard", "ignore", "believe", "trust", "heed", "rumours", "rumors"))
_FORCES = frozenset(("forces", "force", "army", "troops", "military", "soldiers", "navy"))
_ABROAD = frozenset(("abroad", "overseas"))
# What a warning is of, and how one tells that it is of what may come.
_WARNED = frozenset(("against", "about", "over", "of", "not", "that", "to", ":"))
_MODALS = frozenset(("would", "will", "could", "may", "might", "must", "should", "not"))


def measure(one: Situation) -> bool:
    """Whether what is done is a measure: the noun of one stands near, or arms are seized."""
    seized = [*one.parts.parts["target"], *one.theme.mentions]
    if one.clause.verb.lemma in _SEIZING and any(m.kind == "item" for m in seized):
        return True
    if "ones" in one.words()[:_NEAR] and one.sides.memory.latest(("Measure",)) is not None:
        return True  # "and Mali threw out two French ones"
    if one.clause.opener in ("that", "which") and not one.clause.relative:
        start = one.clause.start  # "the sanctions that Chad has imposed on Mali"
        before = one.parse.lows[max(0, start - 3) : start]
        if any(w in one.lexicon["penalty"] or w in one.lexicon["measure-packages"] for w in before):
            return True
    if one.clause.verb.lemma == "add" and _lists_goods(one):
        return False
    plain = ("sanction", "blacklist", "embargo")
    return one.has_word("measure", _WINDOW) or one.clause.verb.lemma in plain


def _lists_goods(one: Situation) -> bool:
    """Whether it is a list of goods to which something is added: "to its list of arms sent"."""
    lows, verb = one.parse.lows, one.clause.verb
    behind = range(verb.last, min(len(lows) - 2, verb.last + 2 * _WINDOW))
    at = next((i for i in behind if lows[i : i + 2] == ["list", "of"]), None)
    named = one.parse.mention_at.get(at + 2) if at is not None else None
    return named is not None and named.kind == "item" and bool(named.items)


def demand(one: Situation) -> bool:
    """Whether something is demanded: by a verb for that, else by the noun of what is asked for."""
    verb = one.clause.verb
    if verb.lemma == "warn" or not _HEARSAY.isdisjoint(one.words()[:_NEAR]):
        return False
    called = verb.lemma == "call" and not _UPON.isdisjoint(one.parse.lows[verb.head : verb.last])
    both = any(word in _BOTH for word in one.words()[:2])
    if (called or verb.lemma in _DEMANDING) and (one.has_sides("target") or both):
        return True
    if verb.lemma in _ASKING and not one.has_sides("target"):
        return False
    if verb.lemma in _INSISTING and one.words()[:1] == ["that"]:
        return not one.has_word("proof", _WINDOW)  # "demanded that it be undone"
    bid = _of_others(one) and is_bid(one.parse, one.clause)
    return one.has_word("demand", _WINDOW) or _calls_off(one) or bid


def _of_others(one: Situation) -> bool:
    """Whether those who are told what to do are others than who tells them."""
    from_ = one.sides.of(one.parse, one.parts.parts["from"])
    return not {*one.sides.of(one.parse, one.parts.parts["target"])} <= {*from_}


def _calls_off(one: Situation) -> bool:
    """Whether it is asked that something be given up: "to call the exercise off"."""
    words = one.words()[:_WINDOW]
    pairs = (phrase.split() for phrase in one.lexicon["giving-up"])
    for verb, particle in pairs:
        at = words.index(verb) if verb in words else len(words)
        if particle in words[at + 1 : at + 1 + _NEAR]:
            return True
    return False


def somebody_asks(one: Situation) -> bool:
    """Whether a person or body asks whose side is not known: "Opposition leader Wale demanded"."""
    asks = one.clause.verb.lemma in _DEMANDING | {"call"} or is_bid(one.parse, one.clause)
    heads = one.parts.parts["from"]
    named = any(m.kind in ("person", "unknown", "collective") for m in heads)
    return asks and named and not one.clause.verb.passive


def demand_made(one: Situation) -> bool:
    """Whether a demand of others is the object: "has joined the call"."""
    verb = one.clause.verb
    joined = one.parse.lows[verb.head : verb.last] + one.words()[:4]
    return any(word in one.lexicon["demand-made"] for word in joined)


def envoy_subject(one: Situation) -> bool:
    """Whether envoys are the subject: "Russia's ambassador was summoned"."""
    words = one.parse.lows[slice(*one.clause.subject)]
    return not one.lexicon["envoy"].isdisjoint(words)


def soldiery_told(one: Situation) -> bool:
    """Whether a force is shown the door, of no town that is fought for."""
    left = one.parts.slots.get("from", ())
    return one.has_word("soldiery", _NEAR) and all(m.kind != "place" for m in left)


def exemption(one: Situation) -> bool:
    """Whether a ban is lifted for one: "granted Chad an exemption"."""
    return one.has_word("exemption", _WINDOW)


def bid_refused(one: Situation) -> bool:
    """Whether it is a request or an offer that is turned down, and no claim."""
    return one.has_word("bid", _NEAR)


def force_abroad(one: Situation) -> bool:
    """Whether a house of parliament lets forces be used abroad."""
    if _HOUSES.isdisjoint(one.parse.lows[slice(*one.clause.subject)]):
        return False
    behind = one.parse.lows[one.clause.verb.last :][: 2 * _WINDOW]
    return not _FORCES.isdisjoint(behind) and not _ABROAD.isdisjoint(behind)


def consequences(one: Situation) -> bool:
    """Whether it is consequences that somebody is threatened with."""
    return one.has_word("consequences", _NEAR)


def meddling(one: Situation) -> bool:
    """Whether one state is accused of what is no deed of arms: of meddling, of breaking its word.

    The words may stand behind a gerund that parts them from the clause.
    """
    behind = one.parse.lows[one.clause.verb.last :][: 2 * _WINDOW]
    told = one.lexicon["meddling"].isdisjoint(behind)
    return not told and one.lexicon["truce"].isdisjoint(behind)


def warned(one: Situation) -> bool:
    """Whether one state warns another of what may come: not what it tells as a fact."""
    named = one.parts.slots.get("", one.parts.slots.get("to", ()))
    at = named[0].last if named else one.clause.verb.last
    behind = one.parse.lows[at:][:2]
    if not behind or behind[0] not in _WARNED:
        return False
    told = one.parse.lows[at:][:_WINDOW]
    return behind[0] != "that" or not _MODALS.isdisjoint(told)


def concern(one: Situation) -> bool:
    """Whether what is voiced is unease about what another does, or to another."""
    behind = one.parse.lows[one.clause.verb.last :]
    near = behind[: _NEAR + 2]  # 'raised "deep concerns"'
    at = next((i for i, low in enumerate(near) if low in one.lexicon["concern"]), None)
    return at is not None and any(low[0].isalnum() for low in behind[at + 1 : at + _NEAR])
