"""Who says what of which event: whole sentences, read as an analyst reads them."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extraction.pipeline import About, Extractor


def _claims(rules: Extractor, text: str, published: str = "2024-10-23") -> list[dict[str, Any]]:
    """Return the claims of a text, each with its event beside it and its quote as text."""
    record = rules.draft(text, About(published))
    events = {event["id"]: event for event in record.get("events", ())}
    return [
        {**claim, "event": events[claim["about"]], "quote": claim["quote"]["exact"]}
        for claim in record.get("claims", ())
    ]


@pytest.mark.parametrize(
    ("text", "type_", "from_", "to"),
    [
        ("Iran sent 200 missiles to Russia.", "Shipment", ["iran"], ["russia"]),
        ("Ukraine received tanks from Poland.", "Shipment", ["poland"], ["ukraine"]),
        ("France has supplied Ukraine with howitzers.", "Shipment", ["france"], ["ukraine"]),
        ("Germany gave Kyiv 18 tanks.", "Shipment", ["germany"], ["ukraine"]),
        ("Turkish drones were delivered to Mali.", "Shipment", ["turkey"], ["mali"]),
        ("Kyiv took delivery of two Swedish radars.", "Shipment", ["sweden"], ["ukraine"]),
        ("Rwanda has been arming the M23.", "Shipment", ["rwanda"], ["m23"]),
        ("Cuba sent 300 soldiers to Angola.", "Deployment", ["cuba"], ["angola"]),
        ("About 500 Russian fighters arrived in Mali.", "Deployment", ["russia"], ["mali"]),
        ("Kenyan police officers landed in Haiti.", "Deployment", ["kenya"], ["haiti"]),
        (
            "Russian instructors are training Malian troops.",
            "Training",
            ["russia"],
            ["mali"],
        ),
        (
            "Rwandan soldiers are fighting alongside the M23 in Goma.",
            "Combat",
            ["rwanda"],
            ["m23"],
        ),
        ("Canada imposed sanctions on Belarus.", "Measure", ["canada"], ["belarus"]),
        ("NATO condemned Belarus.", "Measure", ["nato"], ["belarus"]),
    ],
)
def test_an_event_and_its_sides(
    text: str, type_: str, from_: list[str], to: list[str], rules: Extractor
) -> None:
    (claim,) = _claims(rules, text)

    assert claim["event"]["type"] == type_
    assert (claim["event"]["from"], claim["event"]["to"]) == (from_, to)


def test_it_is_somewhere_of_what_another_paragraph_told(rules: Extractor) -> None:
    text = "Iran has sent Sudan 40 drones.\n\nWe placed Sennar in Kassala. It is in southern Sudan."
    (claim,) = _claims(rules, text)
    assert claim["quote"].startswith("Iran has sent")


def test_an_agreement_has_parties(rules: Extractor) -> None:
    (claim,) = _claims(rules, "In June, Russia and Iran signed a military treaty.")

    assert claim["event"]["parties"] == ["iran", "russia"]
    assert (claim["aspect"], claim["date"]["edtf"]) == ("signing-date", "2024-06")


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Seoul said that Iran sent missiles to Russia.", ["south-korea"]),
        ("Iran sent missiles to Russia, Seoul said on Monday.", ["south-korea"]),
        ("According to the Pentagon, Iran sent missiles to Russia.", ["pentagon"]),
        ("Iran sent missiles to Russia, according to two officials.", ["two-officials"]),
        ("“Iran sent missiles to Russia,” said Dmitry Peskov.", ["dmitry-peskov"]),
        (
            "Reuters reported that Iran sent missiles to Russia, citing two officials.",
            ["two-officials"],
        ),
        ("The CIA and the Pentagon said Iran sent missiles to Russia.", ["us-cia", "pentagon"]),
        ("Lee quoted Dmitry Peskov as saying that Iran sent missiles.", ["dmitry-peskov"]),
        ("Iran sent missiles to Russia.", ["unknown-outlet"]),
    ],
)
def test_who_says_it(text: str, speakers: list[str], rules: Extractor) -> None:
    (claim,) = _claims(rules, text)

    assert claim["speaker"] == speakers


def test_a_predicate_behind_the_source_stands_under_it_too(rules: Extractor) -> None:
    text = (
        "Iran sent 300 soldiers to Syria, Seoul said. The soldiers are trained in Homs, according "
        "to the Pentagon, and will then be sent to the front."
    )
    _, trained, sent = _claims(rules, text)

    assert trained["speaker"] == sent["speaker"] == ["pentagon"]
    assert (trained["aspect"], sent["modality"]) == ("personnel-training", "expected")


@pytest.mark.parametrize(
    "denial",
    [
        "Tehran denied sending missiles to Russia.",
        "Tehran rejected reports that it sent missiles to Russia.",
        "Iran has not sent any missiles to Russia, Tehran said.",
        "“No missile was sent to Russia,” said Abbas Araghchi.",
        "Tehran does not believe that missiles were sent to Russia.",
        "Tehran called the report a fabrication.",
    ],
)
def test_a_denial(denial: str, rules: Extractor) -> None:
    _, claim = _claims(rules, f"Iran sent missiles to Russia, Seoul said. {denial}")

    assert claim["polarity"] == "denied"
    assert claim["event"]["type"] == "Shipment"


@pytest.mark.parametrize(
    ("text", "modality", "hedge"),
    [
        ("Iran has sent missiles to Russia.", "actual", None),
        ("Iran is sending missiles to Russia.", "ongoing", None),
        ("Iran will send missiles to Russia.", "expected", None),
        ("Iran plans to send missiles to Russia.", "expected", None),
        ("Iran may send missiles to Russia.", "possible", None),
        ("Iran has reportedly sent missiles to Russia.", "actual", "reported"),
        ("Iran appears to be sending missiles to Russia.", "ongoing", "apparent"),
        ("Iran allegedly sent missiles to Russia.", "actual", "alleged"),
    ],
)
def test_modality_and_hedge_stay_apart(
    text: str, modality: str, hedge: str | None, rules: Extractor
) -> None:
    (claim,) = _claims(rules, text)

    assert (claim["modality"], claim.get("hedge")) == (modality, hedge)


def test_when_it_was_said_is_not_when_it_happens(rules: Extractor) -> None:
    text = "Iran will send missiles to Russia in December, Seoul said on Monday."
    (claim,) = _claims(rules, text)
    (decided,) = _claims(rules, "On Friday Iran decided to send missiles to Russia.")

    assert (claim["said"], claim["modality"]) == ("2024-10-21", "expected")
    assert "date" not in decided


def test_what_is_asked_for_is_requested(rules: Extractor) -> None:
    (claim,) = _claims(rules, "Zelenskyy urged Germany to provide long-range missiles.")

    assert (claim["modality"], claim["speaker"]) == ("requested", ["volodymyr-zelenskyy"])
    assert (claim["event"]["from"], claim["event"]["to"]) == (["germany"], ["ukraine"])


@pytest.mark.parametrize(
    "text",
    [
        "If Iran sends missiles to Russia, the war will change.",
        "Iran declined to comment.",
        "The prospect that troops join the war is grave.",
        "Military cooperation of Tehran and Moscow threatens Europe.",
    ],
)
def test_conditions_remarks_and_verdicts_are_no_claims(text: str, rules: Extractor) -> None:
    assert _claims(rules, text) == []


def test_pronouns_are_followed_back(rules: Extractor) -> None:
    text = (
        "John Kirby spoke in Washington. He said that Iran sent 200 missiles to Russia. "
        "They were delivered in September, he added."
    )
    first, second = _claims(rules, text)

    assert first["speaker"] == second["speaker"] == ["john-kirby"]
    assert second["about"] == first["about"]
    assert second["date"]["edtf"] == "2024-09"


def test_others_who_suggest_otherwise_affirm_what_was_denied(rules: Extractor) -> None:
    text = "Rwanda denied sending soldiers to Goma. Western diplomats suggest otherwise."
    denied, affirmed = _claims(rules, text)

    assert (denied["polarity"], affirmed["polarity"]) == ("denied", "affirmed")
    assert affirmed["about"] == denied["about"]


def test_images_are_evidence_released_by_whoever_shows_them(rules: Extractor) -> None:
    text = "The NIS released satellite images showing Russian ships carrying North Korean troops."
    record = rules.draft(text, About("2024-10-23"))
    (evidence,), (claim,) = record["evidence"], record["claims"]

    assert evidence["type"] == "satellite-image"
    assert evidence["released_by"] == claim["speaker"] == ["south-korea-nis"]
    assert claim["evidence"] == [evidence["id"]]
