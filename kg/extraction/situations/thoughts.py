"""Clauses that claim nothing: prospects, questions, what nobody says, what only dates."""

from __future__ import annotations

from kg.extraction.document.denied_there import is_kept_from
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.none_at_all import denies_no_longer, is_by_none
from kg.extraction.grammar.parse import Parse
from kg.extraction.situations.unproven import could_be_unproven, is_unproven
from kg.extraction.words.lexicon import Lexicon

_OUTRIGHT = frozenset(
    ("nor", "deny", "denies", "denied", "”", '"', "outright", "directly", "explicitly", "openly")
)
_SINCE = ("since", "until", "before", "once", "as", "where")
_TAKING_UP = (["the"], ["they"], ["it"], ["these"])
_DISCLOSING = frozenset(("know", "disclose", "reveal", "tell", "specify"))
# What stands before a question that nobody answers: "it is unclear where they will go".
_OPEN = frozenset(("unclear", "unknown", "uncertain", "unsaid", "undecided", "unsettled"))
# What stands before any indirect question: "would not be drawn on where they will go".
_ABOUT = frozenset(("on", "about", "of", "over", "regarding", "as", "to"))
_DECLINING = frozenset(("decline", "declines", "declined", "refuse", "refuses", "refused", "yet"))
# Without one of these nothing is left undenied.
_DENIED = frozenset(("not", "n't", "never", "nor", "neither", "'t", "’t", "nobody", "no", "none"))
# What ends the words of a question, or those before one.
_CLOSING = frozenset(("?", '"', "“", "”", "‘", ":", ";", "."))
_ALWAYS = frozenset(("always", "traditionally", "historically", "customarily"))
_HOW_LONG = frozenset(("long", "longer", "far", "soon", "fast", "often"))
_DOUBTING = frozenset(("doubt", "doubts", "doubted", "doubting"))
_SURE = frozenset(("no", "little", "beyond", "without", "few"))
_SEEING = frozenset(("see", "spot", "observe", "notice", "hear", "detect", "film", "witness"))
_SAYING = frozenset(("say", "suggest", "indicate", "claim", "report", "show", "prove", "allege"))


class Thoughts:
    """Tells the clauses of one sentence that only think of something from those that tell it."""

    __slots__ = ("clauses", "doubtful", "lexicon", "parse", "unsaid")

    def __init__(self, parse: Parse, clauses: list[Clause], lexicon: Lexicon) -> None:
        """Take the sentence and its clauses."""
        self.parse, self.clauses, self.lexicon = parse, clauses, lexicon
        self.doubtful = could_be_unproven(parse, lexicon)
        # Where those verbs of saying end whose words nobody says: "did not say any had come".
        self.unsaid = {
            c.verb.last for c in self.clauses if c.verb.negated and c.verb.lemma in _SAYING
        }
        # "Nobody has seen Malian soldiers cross the border."
        self.unsaid |= {c.verb.last for c in self.clauses if self._is_unseen(c)}
        if not _DENIED.isdisjoint(self.parse.words_used):
            admitted = (c.verb.last for c in self.clauses if self._admits(c))
            self.unsaid |= {self._behind_adverbs(last) for last in admitted}

    def _is_unseen(self, clause: Clause) -> bool:
        """Whether a clause only says that nobody has seen what it goes on with."""
        seeing = clause.verb.lemma in _SEEING and not clause.verb.passive
        return seeing and (clause.verb.negated or is_by_none(self.parse, clause))

    def _admits(self, clause: Clause) -> bool:
        """Whether somebody only does not deny it: "did not deny that his army is there"."""
        if denies_no_longer(self.parse, clause):
            return False
        neither = self.parse.lows[clause.verb.first - 1] == "nor" or is_by_none(self.parse, clause)
        if clause.verb.negated and self.parse.lows[clause.verb.last : clause.verb.last + 1] == [
            "nor"
        ]:
            return clause.verb.lemma in self.lexicon["confirm"]  # "neither confirm nor deny"
        return (clause.verb.negated or neither) and clause.verb.lemma in self.lexicon["deny"]

    def _behind_adverbs(self, at: int) -> int:
        """Return where the words begin that stand behind a verb and its adverbs."""
        lows, adverbs = self.parse.lows, self.lexicon["adverbs"]
        while at < len(lows) and (lows[at] in adverbs or lows[at] in _OUTRIGHT):
            at += 1
        return at

    def is_thought(self, clause: Clause) -> bool:
        """Whether the clause is only a prospect: "the prospect that troops join the war"."""
        if self._is_told(clause):
            return False
        if "?" in self.parse.words_used and self._is_asked(clause):
            return True
        verb = clause.verb
        if is_kept_from(self.parse, verb.first, verb.last, self.lexicon) or (
            clause.opener in ("when", "where")
            and (self._is_not_said(clause) or self._is_left_open(clause))
        ):
            return True
        if self._is_habit(clause) or self._is_not_charged(clause):
            return True
        if clause.opener in ("how", "why", "what", "whether", "if", "unless"):
            return True
        if clause.opener in _HOW_LONG and "how" in self.parse.lows[clause.start - 3 : clause.start]:
            return True  # "how much longer they can stay"
        if clause.opener in _SINCE and self._only_dates(clause):
            return True
        if clause.opener in _DOUBTING or clause.start in self.unsaid:
            return True
        if self._is_supposed(clause):
            return True
        return self.doubtful and is_unproven(self.parse, clause, self.lexicon)

    def _is_supposed(self, clause: Clause) -> bool:
        """Whether the words before "that" only suppose it, or nobody says it."""
        if clause.opener not in ("that", "of"):
            return False
        words = self.parse.lows[max(0, clause.start - 3) : clause.start]
        supposed = not self.lexicon["hypothetical"].isdisjoint(words)
        return supposed or clause.start - 1 in self.unsaid

    def _is_told(self, clause: Clause) -> bool:
        """Whether a clause that could be only thought of is told: "how", "why", "no doubt that"."""
        recounted = clause.opener == "how" and self._is_recounted(clause)
        reason = clause.opener == "why" and self._is_taken_for_true(clause)
        return recounted or reason or self._leaves_no_doubt(clause)

    def _leaves_no_doubt(self, clause: Clause) -> bool:
        """Whether it is told as sure: "pictures leave no doubt that it has received them"."""
        words = self.parse.lows[max(0, clause.start - 3) : clause.start]
        return words[-1:] == ["that"] and words[-2:-1] == ["doubt"] and words[0] in _SURE

    def _is_not_charged(self, clause: Clause) -> bool:
        """Whether nobody is accused of it: "stopped short of accusing Chad of arming them"."""
        charge = clause.parent if clause.verb.form == "gerund" else None
        return (
            charge is not None
            and charge.verb.negated
            and charge.verb.lemma in self.lexicon["accuse"]
        )

    def _is_habit(self, clause: Clause) -> bool:
        """Whether it is only what somebody does at all times: "has always bought its own arms"."""
        verb = clause.verb
        said = self.parse.lows[verb.first : verb.head]
        if _ALWAYS.isdisjoint(said) or verb.lemma in self.lexicon["speaking"]:
            return False
        first, last = clause.right
        return not any(first <= q.first < last for q in self.parse.quantities)

    def _is_asked(self, clause: Clause) -> bool:
        """Whether a question is all it is: ‘"Did Iran send missiles?" the reporter asked’."""
        behind = self.parse.lows[clause.verb.last :]
        return next((low for low in behind if low in _CLOSING), "") == "?"

    def _only_dates(self, clause: Clause) -> bool:
        """Whether a clause only dates: "since the system arrived", "where they came from"."""
        (first, last), lows = clause.right, self.parse.lows
        whence = clause.opener == "where"
        alone = lows[first:last] == ["from"] if whence else first == last or lows[first] == ":"
        return alone and lows[clause.start : clause.start + 1] in _TAKING_UP

    def _is_taken_for_true(self, clause: Clause) -> bool:
        """Whether it is asked why something has happened: "asked why Chad had sent troops"."""
        verb = clause.verb
        done = verb.form == "finite" and verb.modality == "actual" and not verb.negated
        return done and clause.subject[0] == clause.start and verb.last - verb.first > 1

    def _is_not_said(self, clause: Clause) -> bool:
        """Whether it is left open when something will be: "would not say when they will go"."""
        open_ = clause.verb.modality != "actual"
        return open_ and any(
            other.verb.negated
            and (other.verb.lemma in self.lexicon["say"] or other.verb.lemma in _DISCLOSING)
            for other in self.clauses
        )

    def _is_left_open(self, clause: Clause) -> bool:
        """Whether it is a question that stays open: "was silent on where", "unclear when"."""
        lows, at = self.parse.lows, clause.start - 1
        before = lows[at - 1] if lows[at] == clause.opener else lows[at]
        if before in _OPEN:
            return True
        open_ = clause.verb.modality != "actual"
        declined = any(
            other.verb.negated is False
            and other.verb.lemma in self.lexicon["say"] | _DISCLOSING
            and not _DECLINING.isdisjoint(lows[max(0, other.verb.first - 3) : other.verb.last])
            for other in self.clauses
        )
        return open_ and (before in _ABOUT or declined)

    def _is_recounted(self, clause: Clause) -> bool:
        """Whether it is told how something was done: "described how they had crossed"."""
        if clause.verb.modality != "actual" or clause.subject[0] != clause.start:
            return False
        return any(
            other.verb.lemma in self.lexicon["recounting"] and not other.verb.negated
            for other in self.clauses
            if other.verb.last <= clause.start - 1 <= other.end + 1
        )
