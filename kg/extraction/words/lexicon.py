"""The lexicons that analysts edit, read once into tables that can be looked up fast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.extraction.words.inflection import plural, verb_forms
from kg.extraction.words.lexicon_files import Data, Key, LexiconFiles, read_files
from kg.extraction.words.lists_of_verbs import lists_of_verbs
from kg.vocabulary.terms import EVENT_TYPES

RELATIVE_DAYS = (
    "yesterday",
    "today",
    "tomorrow",
    "last",
    "this",
    "next",
    "past",
    "ago",
    "end",
    "start",
    "beginning",
    "first",
    "second",
    "third",
    "fourth",
)
# The lists of items.yaml whose plurals are persons who can act.
PEOPLE = ("personnel", "soldier", "fighter", "mercenary", "instructor", "recruit")
# The lists whose words are no part of a name.
NO_NAMES = (
    "pronouns",
    "determiners",
    "prepositions",
    "subordinators",
    "coordinators",
    "adverbs",
    "adjectives-of-place",
    "no-actors",
)
# The lists of nouns by which a name says that it is a body's, and what leads to them.
NAME_HEADS = (
    *("force-heads", "group-heads", "society-heads", "government-heads"),
    *("coalitions", "state-styles", "outlet-heads"),
)
# … and of what is written with capitals but nobody.
NO_BODIES = ("papers", "portfolios-of")
# What else opens the slot of a clause, and what else can part one clause from another.
# "the regions adjoining Belarus" lie on this side of the border.
ADJOINING = ("adjoining", "bordering")
OBJECT_PRONOUNS = ("it", "them", "him", "her", "us")
# Words at which it must be looked more closely whether they stand in a slot.
SLOT_MARKS = (",", "in", "near", "at", "not", "unlike", "rather", "instead", "of")
SLOT_OPENERS = (
    *("out", "of", "to", "before", "after", "since", "following", "deployment", "side"),
    *ADJOINING,
)
CLAUSE_MARKS = (*';:—–“"«”»,', "and", "but", "or", "yet")
# What parts a verb from the words before.
PARTING = (*',;:—–“”"(', "and", "but", "or")
# What else stands before the quote of a clause and is no part of it.
QUOTE_OPENERS = ("that", ",", "“", '"', "then", "however")
# Verbs that can lead to another one: "appears to", "plans to", "is to", "stopped short of".
LEADS = ("intending", "aspectual", "weighing", "not-doing")
LEADING = ("be", "have", "get", "go", "stop", "lose", "waste", "make")
# Needs that words of a list must meet: they are looked for first.
CUED = {
    "treaty": "treaty", "document": "document", "joint-text": "joint-text",
    "cooperation": "cooperation", "base": "base",
    "body": "body", "passage": "passage", "protest": "protest", "demand-made": "demand-made",
    "meeting": "meeting", "at-war": "war", "assault": "assaults", "foreign-base": "base",
    "mission": "mission", "penalty": "penalty", "joint": "joint", "orders": "orders",
    "together": "drills", "learning": "learning", "operations": "operations", "aboard": "aboard",
    "end-user": "end-user", "envoy": "envoy", "schooling": "schooling", "hull": "hull",
    "base-near": "base", "court": "court", "permit": "permits",
    "sales": "sales", "on-visit": "visiting-offices", "own-mission": "mission",
    "own-stocks": "own-stocks", "tour": "tour", "course-given": "courses", "at-school": "schooling",
}  # fmt: skip
# What may stand for the word that is looked for: "nothing has been signed".
_NOTHING = frozenset(("nothing",))
_FRAME_KEYS = frozenset(
    (
        "event",
        "verbs",
        "nouns",
        "adjectives",
        "subject",
        "object",
        "slots",
        "needs",
        "speech",
        "undone",
        "modality",
    )
)
# The lists of verbs by which somebody stands behind what a sentence tells.
SPEAKING = (
    "say", "deny", "accuse", "show", "confirm", "call", "vouching", "quoting", "giving-account"
)  # fmt: skip
_EVENTS = frozenset(("by-theme", *EVENT_TYPES))


class Phrases:
    """Phrases of one or more words, each with a value; the longest that fits counts."""

    def __init__(self) -> None:
        """Begin without any."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], Any]]] = {}

    def add(self, phrase: str, value: Any) -> None:
        """Take in `phrase`, words parted by spaces."""
        words = tuple(phrase.split())
        known = self._by_first.setdefault(words[0], [])
        known.append((words, value))
        known.sort(key=lambda pair: -len(pair[0]))

    @property
    def values(self) -> list[Any]:
        """The values of all phrases."""
        return [value for known in self._by_first.values() for _, value in known]

    @property
    def starters(self) -> frozenset[str]:
        """The first words of all phrases."""
        return frozenset(self._by_first)

    def matches(self, lows: Sequence[str], index: int) -> Iterator[tuple[int, Any]]:
        """Yield the length and value of each phrase at `index`, the longest first."""
        for words, value in self._by_first.get(lows[index], ()):
            if tuple(lows[index : index + len(words)]) == words:
                yield len(words), value

    def match(self, lows: Sequence[str], index: int) -> tuple[int, Any] | None:
        """Return the length and value of the longest phrase at `index`."""
        known = self._by_first.get(lows[index])
        if known is None:
            return None
        for words, value in known:
            size = len(words)
            if size == 1 or tuple(lows[index : index + size]) == words:
                return size, value
        return None


@dataclass(frozen=True)
class Frame:
    """One frame: what says that something happened, and who is what in it (see frames.yaml)."""

    name: str
    event: str
    subject: str
    object: str
    slots: dict[str, str]
    needs: tuple[str, ...]
    speech: bool = False
    undone: bool = False
    modality: str = ""
    cues: tuple[frozenset[str], ...] = ()


@dataclass(eq=False, slots=True)
class Lexicon(dict[str, frozenset[str]]):
    """All lexicons: lists of words under their names, the rest as attributes.

    A dictionary itself, since its lists are asked for more often than anything else.
    """

    where: dict[Key, str]
    own: frozenset[Key]
    abbreviations: frozenset[str]
    starters: frozenset[str]
    elsewhere: tuple[str, ...]
    byline: tuple[str, ...]
    verbs: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    nouns: frozenset[str] = frozenset()
    frames: dict[str, list[tuple[tuple[str, ...], Frame]]] = field(default_factory=dict)
    nominal: Phrases = field(default_factory=Phrases)
    modifiers: Phrases = field(default_factory=Phrases)
    after: Phrases = field(default_factory=Phrases)
    open: Phrases = field(default_factory=Phrases)
    sets: Phrases = field(default_factory=Phrases)
    roles: Phrases = field(default_factory=Phrases)
    bodies: Phrases = field(default_factory=Phrases)
    evidence: Phrases = field(default_factory=Phrases)
    item_nouns: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    shared_names: dict[str, list[str]] = field(default_factory=dict)
    forces_of: dict[str, str] = field(default_factory=dict)
    ships_of: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    scales: dict[str, int] = field(default_factory=dict)
    suffixes: dict[str, int] = field(default_factory=dict)
    vague: dict[str, int] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)
    weekdays: dict[str, int] = field(default_factory=dict)
    seasons: dict[str, int] = field(default_factory=dict)
    quarters: dict[str, str] = field(default_factory=dict)
    feasts: dict[str, str] = field(default_factory=dict)
    raising: dict[str, str] = field(default_factory=dict)
    hedges: dict[str, str] = field(default_factory=dict)
    particles: dict[str, frozenset[str]] = field(default_factory=dict)
    blaming: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    together: dict[str, dict[str, list[frozenset[str]]]] = field(default_factory=dict)


def read_lexicon(folders: Iterable[Path]) -> Lexicon:
    """Read the lexicons from `folders`, the shipped one first; later ones add to earlier ones.

    Raises:
        DataError: a file is no YAML, or says something of the wrong kind.
    """
    files = read_files(folders)
    return _lexicon(files)


def _lexicon(files: LexiconFiles) -> Lexicon:
    data = files.data
    words, attribution, civil = data["words"], data["attribution"], data["civil"]
    sets = {
        key: frozenset(value)
        for part in (
            *(words, attribution, data["frames"]["words"], data["quantities"], civil),
            data["unread"],
        )
        for key, value in part.items()
        if isinstance(value, list)
    }
    dates = data["dates"]
    sets |= {f"date-{key}": frozenset(value) for key, value in dates.items() if type(value) is list}
    sets["auxiliaries"] = sets["be"] | sets["have"] | sets["do"] | sets["modals"]
    lexicon = Lexicon(
        where=files.where,
        own=frozenset(files.own),
        abbreviations=sets["abbreviations"],
        starters=sets["determiners"] | sets["pronouns"] | sets["prepositions"],
        elsewhere=tuple(words["elsewhere"]),
        byline=tuple(f"{word} " for word in words["byline"]),
    )
    lexicon.update(sets)
    lexicon.together = {key: _several(words) for key, words in civil.items()}
    _take_frames(lexicon, data["frames"])
    _take_verbs(lexicon, words, attribution, data["frames"])
    _take_phrases(lexicon, attribution, data["quantities"])
    _take_numbers(lexicon, data["quantities"], dates)
    lexicon["number-starters"] = (
        frozenset((*lexicon.numbers, *lexicon.vague, "a", "half", "dozen", "hundred", "thousand"))
        | lexicon.open.starters
        | lexicon.sets.starters
    )
    lexicon["date-starters"] = frozenset(
        (*lexicon.months, *lexicon.weekdays, *lexicon.seasons, *lexicon.quarters, *RELATIVE_DAYS)
    ).union(name.split()[0] for name in lexicon.feasts)
    lexicon["body-starters"] = sets["sources"] | sets["source-modifiers"] | lexicon.bodies.starters
    lexicon["function-words"] = sets["modals"] | sets["prepositions"] | sets["determiners"]
    lexicon["no-names"] = frozenset().union(*(sets[name] for name in NO_NAMES))
    lexicon["capital-words"] = frozenset().union(*(sets[name] for name in NO_BODIES))
    lexicon["name-cues"] = frozenset().union(*(sets[name] for name in (*NAME_HEADS, "units")))
    lexicon["naming-words"] = lexicon["name-cues"] | lexicon["capital-words"] | sets["group-nouns"]
    lexicon["name-heads"] = frozenset().union(*(sets[name] for name in NAME_HEADS))
    lexicon["nominal-starters"] = lexicon.nominal.starters
    lexicon.update(lists_of_verbs(sets, lexicon.verbs))
    lexicon["called-ends"] = frozenset(phrase.split()[-1] for phrase in sets["called"])
    lexicon["speaking"] = frozenset().union(*(sets[name] for name in SPEAKING))
    lexicon["definite"] = sets["definite"] | sets["spots"] | sets["lands"] | sets["islands"]
    lexicon["slot-openers"] = sets["prepositions"] | set(SLOT_OPENERS)
    lexicon["anaphors"] = lexicon["definite"] | set(OBJECT_PRONOUNS)
    lexicon["slot-words"] = lexicon["slot-openers"] | lexicon["anaphors"] | set(SLOT_MARKS)
    lexicon["quote-openers"] = sets["coordinators"] | set(QUOTE_OPENERS)
    lexicon["leading"] = frozenset(LEADING).union(*(sets[name] for name in LEADS))
    lexicon["clause-openers"] = sets["subordinators"] | set(CLAUSE_MARKS)
    lexicon["number-modifiers"] = lexicon.modifiers.starters
    lexicon["parting"] = sets["subordinators"] | set(PARTING)
    lexicon["joining"] = sets["coordinators"] | sets["subordinators"]
    lexicon["opening"] = (
        sets["auxiliaries"] | lexicon["joining"] | sets["adverbs"] | lexicon.starters
    ).union(lexicon.verbs)
    lexicon["aside-starters"] = frozenset((",", *(words.split()[0] for words in sets["asides"])))
    lexicon["taking-part"] = sets["parts-moved"] | sets["moved-on"] | sets["holding-back"]
    lexicon["taking-part"] |= {"be", "sit"} | sets["vouching"]
    lexicon["never-names"] = (lexicon["function-words"] | sets["pronouns"]).union(lexicon.months)
    lexicon["names-of-time"] = frozenset((*lexicon.months, *lexicon.weekdays, *lexicon.quarters))
    lexicon["verb-starters"] = sets["auxiliaries"] | frozenset((*lexicon.verbs, "to"))
    lexicon.item_nouns = data["items"]
    lexicon["people"] = frozenset(
        plural(noun) for kind in PEOPLE for noun in data["items"].get(kind) or ()
    )
    lexicon.shared_names = {
        name.lower(): states for name, states in (data["names"].get("shared") or {}).items()
    }
    lexicon.forces_of = data["names"].get("forces-of") or {}
    lexicon.ships_of = {
        prefix: state
        for state, prefixes in (data["names"].get("ships-of") or {}).items()
        for prefix in prefixes
    }
    lexicon.names = {
        key: data["names"][key] for key in ("actors", "places") if key in data["names"]
    }
    for verb, _, particle in (
        phrase.partition(" ") for key in ("deny", "say", "making-up") for phrase in attribution[key]
    ):
        if particle:
            lexicon.particles[verb] = lexicon.particles.get(verb, frozenset()) | {particle}
    for hedge, lemmas in words["raising"].items():
        lexicon.raising |= dict.fromkeys(lemmas, hedge)
    lexicon["leading"] |= frozenset((*lexicon.raising, *lexicon.particles))
    for hedge, adverbs in words["hedges"].items():
        lexicon.hedges |= dict.fromkeys(adverbs, hedge)
    return lexicon


def _several(entries: list[str]) -> dict[str, list[frozenset[str]]]:
    """Return the entries of several words: the first word of each, with the others."""
    found: dict[str, list[frozenset[str]]] = {}
    for first, *others in (entry.split() for entry in entries if " " in entry):
        found.setdefault(first, []).append(frozenset(others))
    return found


def _take_frames(lexicon: Lexicon, frames: Data) -> None:
    for name, says in frames.items():
        if name == "words":
            continue
        _check_keys(name, says, lexicon.where["frames", name])
        frame = Frame(
            name=name,
            event=says["event"],
            subject=says["subject"],
            object=says.get("object", "none"),
            slots=says.get("slots") or {},
            needs=tuple(says["needs"]),
            speech="speech" in says,
            undone="undone" in says,
            modality=says.get("modality", ""),
            cues=tuple(lexicon[CUED[need]] | _NOTHING for need in CUED if need in says["needs"]),
        )
        for phrase in says.get("verbs", ()):
            lemma, *rest = phrase.split()
            lexicon.frames.setdefault(lemma, []).append((tuple(rest), frame))
        for adjective in says.get("adjectives", ()):
            lexicon.frames.setdefault(f"be {adjective}", []).append(((), frame))
        for noun in says.get("nouns", ()):
            lexicon.nominal.add(noun, frame)
    for entries in lexicon.frames.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    adjectives = {key[3:] for key in lexicon.frames if key.startswith("be ")}
    lexicon["adjectives"] = frozenset(adjectives)


def _check_keys(name: str, says: Data, where: str) -> None:
    """Refuse a frame that lacks what it must say, or says what nobody would read."""
    if missing := [key for key in ("event", "subject", "needs") if key not in says]:
        raise DataError(f"{where}: frame '{name}' says no {', '.join(missing)}")
    if unknown := sorted(set(says) - _FRAME_KEYS):
        keys = ", ".join(sorted(_FRAME_KEYS))
        raise DataError(f"{where}: frame '{name}' has '{unknown[0]}'; its keys are {keys}")
    if says["event"] not in _EVENTS:
        events = ", ".join(sorted(_EVENTS))
        raise DataError(f"{where}: frame '{name}' makes '{says['event']}', none of {events}")


def _take_verbs(lexicon: Lexicon, words: Data, attribution: Data, frames: Data) -> None:
    irregular = words["irregular"]
    doubling = frozenset(words["doubling"])
    lemmas = {lemma for lemma in lexicon.frames if " " not in lemma} | set(irregular)
    for phrase in attribution["blaming"]:
        lemma, *rest = phrase.split()
        lexicon.blaming.setdefault(lemma, []).append(tuple(rest))
    for key in (
        "say",
        "show",
        "blaming",
        "deny",
        "accuse",
        "call",
        "having-part",
        "making-up",
        "turning-out",
        "request",
        "permit",
        "confirm",
        "observing",
    ):
        lemmas |= {phrase.split()[0] for phrase in attribution[key]}
    for key in ("other", "intending", "aspectual", "not-doing"):
        lemmas |= set(words[key])
    for group in words["raising"].values():
        lemmas |= set(group)
    lemmas -= {"be", "have", "do"}
    for lemma in sorted(lemmas):
        for form, letters in verb_forms(lemma, irregular, doubling).items():
            lexicon.verbs.setdefault(form, []).append((lemma, letters))
            lexicon.letters[form] = lexicon.letters.get(form, "") + letters
    nouns = {noun for says in frames.values() for noun in says.get("nouns", ())}
    lists = (value for value in frames["words"].values())
    lexicon.nouns = frozenset(nouns.union(*lists) | set(words["nouns-too"]))


def _take_phrases(lexicon: Lexicon, attribution: Data, quantities: Data) -> None:
    for basis in ("lower-bound", "upper-bound", "approximate"):
        for phrase in quantities[basis]:
            lexicon.modifiers.add(phrase, basis)
        for phrase in quantities["after"][basis]:
            lexicon.after.add(phrase, basis)
    for phrase in quantities["open"]:
        lexicon.open.add(phrase, True)
    for phrase in attribution["roles"]:
        lexicon.roles.add(phrase, phrase)
    for body, phrases in attribution["bodies"].items():
        for phrase in phrases:
            lexicon.bodies.add(phrase, body)
    for kind, phrases in attribution["evidence"].items():
        for phrase in phrases:
            lexicon.evidence.add(phrase, kind)


def _take_numbers(lexicon: Lexicon, quantities: Data, dates: Data) -> None:
    def integers(values: Data) -> dict[str, int]:
        return {word: int(value) for word, value in values.items()}

    for key, vague in (("sets", False), ("sets-at-least", True)):
        for phrase, value in integers(quantities[key]).items():
            lexicon.sets.add(phrase, (value, vague))
    phrases = (phrase.split() for key in ("sets", "sets-at-least") for phrase in quantities[key])
    lexicon["sets-of"] = frozenset(words[1] for words in phrases if len(words) > 1)
    lexicon.numbers = integers(quantities["units"])
    lexicon.scales = integers(quantities["scales"])
    lexicon.suffixes = integers(quantities["suffixes"])
    lexicon.vague = integers(quantities["vague"])
    lexicon.months = integers(dates["months"])
    lexicon.weekdays = integers(dates["weekdays"])
    lexicon.seasons = integers(dates["seasons"])
    lexicon.quarters, lexicon.feasts = dates["quarters"], dates["feasts"]


def item_words(lexicon: Lexicon) -> dict[str, str]:
    """Return each noun of ``items.yaml``, its plural too, with the concept it stands for."""
    found: dict[str, str] = {}
    for concept, nouns in lexicon.item_nouns.items():
        for noun in nouns:
            found.setdefault(noun, concept)
            found.setdefault(plural(noun), concept)
    return found
