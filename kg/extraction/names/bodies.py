"""Bodies and sources: "South Korea's spy agency", "Malian security sources", "local media"."""

from __future__ import annotations

from kg.extraction.names.mentions import NAMED, NATION, Mention, Words
from kg.extraction.names.own_forces import force_behind, force_of

_OWNERS = (*NAMED, "person", "unknown", "place")
_OF = ("for", "of", "at", "from", "with", "in")
_FIGHTERS = frozenset(("soldiers", "troops", "fighters", "forces", "men", "personnel"))
# "a report in the Wall Street Journal": the paper speaks.
_OF_EXPERTS = ["of", "experts"]
_PAPERS = frozenset(("report", "reports", "account", "estimate", "estimates", "assessment"))
# Nouns for those who are sent more often than they speak: "military advisers".
_SENT = ("advis", "instructor", "trainer", "technician")
_NO_SOURCE = ("command", "forces")


def join_bodies(words: Words, names: list[Mention]) -> list[Mention]:
    """Return the mentions with names and the nouns they belong to joined to one."""
    return _Joiner(words, names).joined()


class _Joiner:
    """Joins names and nouns in one sentence."""

    def __init__(self, words: Words, names: list[Mention]) -> None:
        self.words, self.lows, self.lexicon = words, words.lows, words.lexicon
        self.starts = {mention.first: mention for mention in names}
        # Whether a force of a state may be named in full.
        tokens = words.tokens
        self.forces = any(tokens[index].text[0].isupper() for index in words.glance.naming)
        self.items = {i for m in names if m.kind == "item" for i in range(m.first, m.last)}

    def joined(self) -> list[Mention]:
        found: list[Mention] = []
        starts, behind = self.starts, 0
        for index in sorted({*starts, *self.words.glance.bodies}):
            if index < behind:
                continue
            mention = starts.get(index)
            if mention is not None and mention.kind == "unknown" and self._titled(index):
                mention = None
            whole = self._whole(index, mention)
            if whole is not None:
                if mention is not None and mention.kind in _OWNERS:
                    mention.modifies = True
                    found.append(mention)
                elif whole.nation is not None:
                    found.append(whole.nation)
                found.append(whole)
                behind = whole.last
            elif mention is not None:
                found.append(mention)
                behind = mention.last
        return found

    def _titled(self, index: int) -> bool:
        """Whether a body is written with capitals, which is no name: "the Ministry of Defence"."""
        matched = self.lexicon.bodies.match(self.lows, index)
        body = self.lows[index + matched[0] - 1] if matched else self.lows[index]
        ministry = matched is not None and matched[1].startswith("Ministry")
        return (ministry and matched is not None and matched[0] > 1) or body == "ministry"

    def _whole(self, index: int, mention: Mention | None) -> Mention | None:
        """Return the body or sources that begin at `index`."""
        if self.forces and (force := self._own_force(index, mention)) is not None:
            return force
        if mention is not None and mention.kind in _OWNERS:
            return self._owned(mention)
        if index in self.words.verbs:
            return None
        if mention is not None and not self._speaks(mention):
            return None
        return self._seated(index) or self._sources(index)

    def _own_force(self, index: int, mention: Mention | None) -> Mention | None:
        """Return the force of a state by its full name, with the state before it or behind it."""
        if mention is not None and mention.kind in NATION and mention.actor:
            at = mention.last
            owned = at < len(self.lows) and self.lows[at] in ("'s", "’s")
            return force_behind(self.words, mention, at + owned)
        if self.lows[index] not in self.lexicon["own-force-words"]:
            return None
        return force_of(self.words, index, self.starts)

    def _speaks(self, mention: Mention) -> bool:
        """Whether a noun for persons stands for who speaks: "two officers said"."""
        last = self.lows[mention.last - 1]
        return last in self.lexicon["sources"] and not last.startswith("general")

    def _owned(self, mention: Mention) -> Mention | None:
        """Return the body or sources that a name introduces, the name included."""
        at = self._behind_owner(mention)
        if at is None or not self._may_begin(at):
            return None
        end = self._skip_modifiers(at)
        if mention.actor and mention.kind in NATION:
            for start in range(at, min(end + 1, len(self.lows))):
                if matched := self.lexicon.bodies.match(self.lows, start):
                    size, body = matched
                    if not self._is_source(start + size):
                        return self._body(mention, start, size, body)
        source = self._is_source(end, _NO_SOURCE if end == at else ())
        source = source and end not in self.words.verbs  # "IISS estimates that"
        says = end == at and mention.kind == "unknown" and self._tells(end)
        if source and not says and not self._names_person(end):
            end += 2 * (self.lows[end + 1 : end + 3] == _OF_EXPERTS)  # "the UN Group of Experts"
            return Mention(mention.first, end + 1, "collective", nation=mention)
        return None

    def _may_begin(self, at: int) -> bool:
        """Whether a body, sources or what modifies them can begin here; few words can."""
        word = self.lows[at] if at < len(self.lows) else ""
        if word in self.lexicon["body-starters"] or word == "and":
            return True
        return at in self.starts and self.starts[at].kind == "demonym"

    def _behind_owner(self, mention: Mention) -> int | None:
        """Return where a noun would stand that belongs to the name, None if none can."""
        at = mention.last
        if at < len(self.lows) and self.lows[at] in ("'s", "’s"):
            return at + 1
        if mention.kind in ("demonym", "organization", "unknown"):
            return at
        short = self.words.tokens[mention.first].text
        if short == "U.S.":
            return at
        return at if mention.kind in ("state", "place") and short.isupper() else None

    def _body(self, mention: Mention, start: int, size: int, body: str) -> Mention | None:
        last = start + size
        if last in self.items and not self._tells(last + 1):
            return None  # "Ghanaian military instructors" are no army
        if body == "ArmedForce" and self.lows[last - 1] in _FIGHTERS and size == 1:
            return None
        if last < len(self.lows) and (
            self.lexicon.roles.match(self.lows, last) or self.lows[last] in _FIGHTERS
        ):
            return None
        gazetteer, state = self.words.gazetteer, mention.actor or ""
        several = len(gazetteer.bodies.get((state, body), ())) > 1
        unsure = several and body == "IntelligenceService"
        actor = gazetteer.body_of(state, body, " ".join(self.lows[start:last]))
        actor = None if unsure else actor
        kind = "organization" if actor else "collective"
        return Mention(mention.first, last, kind, actor=actor, nation=mention)

    def _is_source(self, at: int, but: tuple[str, ...] = _NO_SOURCE) -> bool:
        """Whether the noun at `at` is one of those who speak; officers do not always."""
        if at >= len(self.lows) or self.lows[at] in but:
            return False
        if at in self.items and not self._tells(at + 1):
            sent = self.lows[at] in _FIGHTERS or self.lows[at].startswith(_SENT)
            if sent or self.lows[at] not in self.lexicon["sources"]:
                return False
            return (
                at > 0 and self.lows[at - 1] in self.lexicon["sources"] and at - 1 not in self.items
            )
        return self.lows[at] in self.lexicon["sources"]

    def _tells(self, at: int) -> bool:
        """Whether a verb of saying stands right behind a noun."""
        readings = self.lexicon.verbs.get(self.lows[at], ()) if at < len(self.lows) else ()
        return any(lemma in self.lexicon["say"] for lemma, _ in readings)

    def _skip_modifiers(self, at: int, limit: int = 4) -> int:
        modifiers = self.lexicon["source-modifiers"]
        end = at
        while end < len(self.lows) and end - at < limit:
            mention = self.starts.get(end)
            modifies = self.lows[end] in modifiers or (
                mention is not None and mention.kind == "demonym"
            )
            joins = self.lows[end] == "and" and not modifiers.isdisjoint(
                self.lows[end + 1 : end + 2]
            )
            if not modifies and not joins:
                break
            end += 1
        # "official" and "military" modify, and speak where no other noun follows.
        while end > at and not self._is_source(end, ()) and self._is_source(end - 1, ()):
            end -= 1
        return end

    def _names_person(self, at: int) -> bool:
        """Whether the office at `at` is followed by the name of who holds it."""
        matched = self.lexicon.roles.match(self.lows, at)
        after = at + (matched[0] if matched else 1)
        if self.lows[after : after + 1] == [","]:
            after += 1
        mention = self.starts.get(after)
        return mention is not None and mention.kind in ("person", "unknown")

    def _seated(self, at: int) -> Mention | None:
        """Return a body with its seat behind it: "the defence ministry in Minsk"."""
        matched = self.lexicon.bodies.match(self.lows, at)
        if matched is None:
            return None
        size, body = matched
        seat = self.starts.get(at + size + 1)
        if seat is None or self.lows[at + size] not in ("in", "of") or seat.kind not in NATION:
            whole = size > 1 and (body.startswith("Ministry") or self._is_own_teller(at, at + size))
            return Mention(at, at + size, "collective") if whole else None
        words = " ".join(self.lows[at : at + size])
        actor = self.words.gazetteer.body_of(seat.actor or "", body, words)
        if actor is None and not self._is_of_state(at + size, words):
            return None
        seat.modifies = True
        if actor is None:
            return Mention(at, seat.last, "collective", nation=seat)
        return Mention(at, seat.last, "organization", actor=actor, nation=seat)

    def _is_own_teller(self, at: int, end: int) -> bool:
        """Whether a force is somebody's own and tells something: "its air force claims"."""
        own = self.lows[at - 1] in ("its", "their")
        verbs = self.lexicon.verbs.get(self.lows[end], ()) if own and end < len(self.lows) else ()
        telling = self.lexicon["say"] | self.lexicon["claiming"] if verbs else frozenset()
        return any(lemma in telling for lemma, _ in verbs)

    def _is_of_state(self, of: int, body: str) -> bool:
        """Whether a force is said to be of a state: "the gendarmerie of Niger"."""
        whole = body.split()[-1] in ("gendarmerie", "guard", "navy", "army")
        return self.lows[of] == "of" and whole

    def _sources(self, at: int) -> Mention | None:
        """Return sources without a nation before them: "local media", "two officials"."""
        low = self.lows[at]
        if low not in self.lexicon["sources"] and low not in self.lexicon["source-modifiers"]:
            return None
        end = self._skip_modifiers(at)
        if not self._is_source(end, ()) or self._names_person(end):
            return None
        inside = (self.starts.get(index) for index in range(at, end))
        nation = next((m for m in inside if m is not None and m.kind in NATION), None)
        return self._with_house(Mention(at, end + 1, "collective", nation=nation))

    def _with_house(self, mention: Mention) -> Mention:
        """Let sources be named with those they belong to: "a spokesman for the German army"."""
        at = mention.last
        paper = self.lows[at - 1] in _PAPERS
        if at >= len(self.lows) or self.lows[at] not in _OF or paper:
            return mention
        house = self.starts.get(at + 1 + (self.lows[at + 1 : at + 2] == ["the"]))
        if house is not None and house.kind in NAMED:
            house.modifies = True
            mention.nation, mention.last = house, house.last
            if self._is_source(house.last, ()) and self.lows[at] == "of":
                mention.last = house.last + 1  # "a panel of United Nations experts"
            for whole in range(house.last, min(house.last + 3, len(self.lows))):
                matched = self.lexicon.bodies.match(self.lows, whole)
                if matched and house.kind == "demonym":
                    mention.last = whole + matched[0]
                    break
        return mention
