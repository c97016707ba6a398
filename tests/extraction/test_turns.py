"""Transcripts: who has the floor stands behind what is said, until another takes it."""

from __future__ import annotations

import pytest

from kg.extraction.pipeline import About, Extractor

BRIEFING = """Briefing of 3 January

MR MOREAU: Good afternoon. We have seen 300 Chadian soldiers move to Niger. Iran sent 40 drones to \
Sudan.

QUESTION: Kenya sent 20 officers to Haiti. The Pentagon said that Ghana sent 30 tanks to Togo.

MR MOREAU: Peru has sent 50 soldiers to Haiti.

The Pentagon said that Egypt sent 60 tanks to Libya.

MS ADEYEMI: We deny that Nigeria sent soldiers to Niger.
"""


def told(text: str, rules: Extractor) -> list[tuple[str, str, str]]:
    """Return speakers, carriers and the side that gave, for each claim of a text."""
    record = rules.draft(text, About("2024-01-03"))
    events = {event["id"]: event for event in record.get("events", ())}
    return [
        (
            "+".join(claim["speaker"]),
            "+".join(claim.get("via", ())),
            "+".join(events[claim["about"]].get("from", ())),
        )
        for claim in record.get("claims", ())
    ]


def test_who_has_the_floor_tells_what_follows(rules: Extractor) -> None:
    assert told(BRIEFING, rules) == [
        ("moreau", "", "chad"),
        ("moreau", "", "iran"),
        ("pentagon", "", "ghana"),
        ("moreau", "", "peru"),
        ("pentagon", "moreau", "egypt"),
        ("adeyemi", "", "nigeria"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("tag", ["General Okuda:", "GEN. OKUDA:", "**Mr. Okuda:**", "Ms Okuda:"])
def test_a_tag_is_a_title_and_a_name(tag: str, end: str, rules: Extractor) -> None:
    text = f"A talk\n\n{tag} Good day. Japan sent 12 tanks to Palau.\n".replace("\n", end)

    assert told(text, rules) == [("okuda", "", "japan")]


def test_a_name_that_comes_again_is_a_tag(rules: Extractor) -> None:
    text = (
        "PAUL KERN: Good day. Iran sent 40 drones to Sudan.\n\nHe smiled. Cuba sent 30 drones to "
        "Angola.\n\nPAUL KERN: Good night. Peru sent 20 drones to Haiti.\n"
    )

    assert [who for who, _, _ in told(text, rules)] == ["paul-kern"] * 3


def test_we_are_those_for_whom_the_speaker_acts(rules: Extractor) -> None:
    text = "Vladimir Putin: Good day. We have sent 40 tanks to Belarus.\n"

    assert told(text, rules) == [("vladimir-putin", "", "russia")]


@pytest.mark.parametrize(
    "text",
    [
        "LOME: It rained. Chad has sent 50 soldiers to Togo.\n",
        "NEW DELHI: It rained. Chad has sent 50 soldiers to Togo.\n\nNEW DELHI: It snowed.\n",
        "Key Points: It rained. Chad has sent 50 soldiers to Togo.\n",
        "Prime Minister: It rained. Chad has sent 50 soldiers to Togo.\n",
        "Mr Okuda: It rained.\n\nChad has sent 50 soldiers to Togo, far from any talk.\n",
    ],
)
def test_in_an_article_nobody_has_the_floor(text: str, rules: Extractor) -> None:
    assert told(text, rules) == [("unknown-outlet", "", "chad")]
