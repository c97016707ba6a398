"""Which findings only follow from others, and are left unsaid until those are mended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.shacl.terms import plain, sh
from kg.validation.findings import Finding

# What shapes say of a record once a broken part was left out of it: it follows from the breakage,
# and references of records have been judged before.
FOLLOWING = frozenset(
    (
        "missing-key",
        "unknown-actor",
        "unknown-event",
        "unknown-place",
        "unknown-claim",
        "unknown-evidence",
        "unknown-entity",
        "unknown-term",
        "wrong-endpoint",
        "aspect-without-value",
        "party-missing",
        "person-role-unnamed",
        "wrong-figure-without-figure",
        # Ids of mentions hold offsets, which are not known without the text.
        "bad-id",
        "several-values",
    )
)
# What checks say by comparing parts of a record: sure only where none of it was left out.
COMPARING = frozenset(
    (
        "dated-after-publication",
        "denial-of-other-event",
        "event-without-claim",
        "evidence-after-article",
        "evidence-without-claim",
        "expected-in-the-past",
        "in-force-before-signing",
        "part-above-whole",
        "place-outside-receiver",
        "responds-to-later",
        "said-after-publication",
        "speaker-out-of-office",
    )
)
# What shapes find in one value, or miss: true of each declaration of a node, not of all merged.
OF_ONE_VALUE = frozenset(
    plain(sh(f"{rule}ConstraintComponent"))
    for rule in ("MinCount", "Datatype", "NodeKind", "Class", "In", "Pattern", "MinLength")
)


class Consequences:
    """The findings of shapes and checks that follow from what earlier stages have found."""

    def __init__(self, earlier: Iterable[Finding], conflicting: Sequence[str]) -> None:
        """Take what is known to be wrong.

        Args:
            earlier: the findings of the stages before.
            conflicting: IRIs, each with a slash behind it, of nodes that are declared differently;
                what several declarations together say of them was said by nobody.
        """
        earlier = list(earlier)
        self._taken = {(one.file, one.line, one.column) for one in earlier}
        self._incomplete = {one.file for one in earlier if one.severity == "error"}
        self._misread = {one.file for one in earlier if _leaves_out(one)}
        self._conflicting = tuple(conflicting)

    def __contains__(self, finding: Finding) -> bool:
        """Whether a finding follows from another."""
        taken = (finding.file, finding.line, finding.column) in self._taken
        lacking = finding.code in FOLLOWING and finding.file in self._incomplete
        lacking |= finding.code in COMPARING and finding.file in self._misread
        merged = f"{finding.focus_node}/".startswith(self._conflicting)
        return taken or lacking or (merged and finding.component not in OF_ONE_VALUE)


def _leaves_out(finding: Finding) -> bool:
    """Whether a record is read without the part that a finding is about."""
    of_the_text = finding.code.startswith(("digest-", "quote-", "text-"))
    return finding.severity == "error" and not of_the_text
