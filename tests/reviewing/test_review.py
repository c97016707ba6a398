"""A review, driven on the real screen: what is pressed, what is written, what is logged."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import kg
from kg.cli.main import main
from kg.errors import DataError
from kg.reviewing.session import Session, log_of

pytest.importorskip("textual")

TEXT = (
    "Iran has sent over 200 missiles to Russia, the Pentagon said on Monday. Tehran denied sending "
    "any missiles. Cuba sent 300 soldiers to Angola.\n"
)


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one draft of three claims."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kg.toml").write_text("[workspace]\n", encoding="utf-8")
    (tmp_path / "articles").mkdir()
    article = tmp_path / "articles" / "2024-09-10-missiles.txt"
    article.write_text(TEXT, encoding="utf-8")
    assert main(["extract", str(article), "-o", "records"]) == 0
    return tmp_path / "records" / "2024-09-10-missiles.yaml"


def _open(record: Path) -> Session:
    return kg.open(record.parent).review(record, "an-analyst")


def _press(session: Session, *keys: str) -> str:
    """Press keys on the real screen, and return the message it shows in the end."""
    from textual.widgets import Static

    from kg.reviewing.screen import ReviewScreen

    async def drive() -> str:
        screen = ReviewScreen(session)
        async with screen.run_test(size=(120, 40)) as pilot:
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            return str(screen.query_one("#message", Static).render())

    return asyncio.run(drive())


REFRESHES = 3
PATIENCE = 100


def _look(
    session: Session, at: Callable[[Any], str], *keys: str, size: tuple[int, int] = (120, 60)
) -> Any:
    """Return what is seen on the real screen: at once, or before and after each of `keys`."""
    from kg.reviewing.screen import ReviewScreen

    async def drive() -> list[str]:
        screen = ReviewScreen(session)
        async with screen.run_test(size=size) as pilot:
            seen = [await settled(screen, pilot)]
            for key in keys:
                await pilot.press(key)
                seen.append(await settled(screen, pilot))
            return seen

    async def settled(screen: Any, pilot: Any) -> str:
        # The article is wrapped after one refresh and scrolled after the next; a busy machine
        # takes its time.
        for _ in range(REFRESHES):
            await pilot.pause()
        for _ in range(PATIENCE):
            if at(screen):
                break
            await pilot.pause(0.05)
        return at(screen)

    seen = asyncio.run(drive())
    return seen if keys else seen[0]


def _highlighted(screen: Any) -> str:
    """Return the words that stand highlighted among the cells of the article on the screen."""
    region = screen.query_one("#article").scrollable_content_region
    words = []
    for row in range(region.y, region.bottom):
        strip = screen.screen._compositor.render_strips()[row]
        words += [s.text.strip() for s in strip if s.style and s.style.reverse and s.style.bold]
    return " ".join(words)


def _claims(record: Path) -> list[dict[str, Any]]:
    return yaml.safe_load(record.read_text(encoding="utf-8")).get("claims", [])


def _log(record: Path) -> list[tuple[str, str, str]]:
    lines = log_of(record).read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    assert all(entry["at"] for entry in entries)
    return [(entry["by"], entry["claim_id"], entry["decision"]) for entry in entries]


def test_accepting_keeps_the_record_and_logs_who_decided(record: Path) -> None:
    before = record.read_bytes()
    session = _open(record)
    _press(session, "a")

    assert record.read_bytes() == before
    assert _log(record) == [("an-analyst", "c1", "accepted")]
    assert session.claim is not None
    assert session.claim["id"] == "c2"


def test_rejecting_takes_out_the_claim_and_what_only_it_used(record: Path) -> None:
    _press(_open(record), "n", "n", "r")
    data = yaml.safe_load(record.read_text(encoding="utf-8"))

    assert [claim["id"] for claim in data["claims"]] == ["c1", "c2"]
    assert [event["to"] for event in data["events"]] == [["russia"]]
    assert _log(record) == [("an-analyst", "c3", "rejected")]
    assert main(["validate", "--fail-on", "error"]) == 0


SPEAKERS = (
    "Major Anna Brandt, a spokeswoman for the Danish army, said that Denmark sent 20 tanks to "
    "Ukraine. Anna Brandt said that Cuba sent 300 soldiers to Angola. Two diplomats denied that "
    "Denmark sent shells to Moldova. Olaf Berg, a minister of Norway, was silent.\n"
)


def test_an_actor_goes_with_the_last_claim_that_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kg.toml").write_text("[workspace]\n", encoding="utf-8")
    (tmp_path / "articles").mkdir()
    article = tmp_path / "articles" / "2024-09-10-tanks.txt"
    article.write_text(SPEAKERS, encoding="utf-8")
    assert main(["extract", str(article), "-o", "records"]) == 0
    session = _open(tmp_path / "records" / "2024-09-10-tanks.yaml")

    def declared() -> set[str]:
        return {actor["id"] for actor in session.data.get("actors", ())}

    silent = declared() - {"anna-brandt", "two-diplomats"}
    session.reject()
    assert declared() == {"anna-brandt", "two-diplomats", *silent}
    session.reject()
    assert declared() == {"two-diplomats", *silent}
    mentions = {one["as_stated"]: one.get("refers_to") for one in session.data["mentions"]}
    assert mentions["Anna Brandt"] is None
    assert mentions["Moldova"] == "moldova"
    session.edit("speaker: norway")
    assert declared() == silent


def test_an_edit_is_written_if_the_gate_lets_it_pass(record: Path) -> None:
    message = _press(_open(record), "e", *"hedge: reported", "enter")

    assert message == ""
    assert _claims(record)[0]["hedge"] == "reported"
    assert _log(record) == [("an-analyst", "c1", "edited")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("hedge: perhaps", "hedge"),
        ("speaker: nobody-known", "no actor"),
        ("quote.exact: Mars attacked", "does not stand in the text"),
        ("nonsense", "Write a key"),
        ("about: no-such-event", "no event"),
        ("event.id: iran-russia-shipment-2024", "already"),
        ("event.type: Party", "Party"),
        ("event.from: [atlantis]", "no actor"),
        ("polarity.low: 7", "no keys of its own"),
        ("about:; event.type: Training", "about no event"),
        (
            "event.part_of: iran-russia-shipment-2024; about: iran-russia-shipment-2024",
            "part of itself|part_of",
        ),
    ],
)
def test_what_the_gate_refuses_is_not_written(record: Path, line: str, words: str) -> None:
    before = record.read_bytes()
    session = _open(record)

    with pytest.raises(DataError, match=words):
        session.edit(line)
    assert record.read_bytes() == before
    assert not log_of(record).exists()
    assert [file.name for file in record.parent.iterdir()] == [record.name]


def test_the_screen_says_why_an_edit_was_refused(record: Path) -> None:
    assert "hedge" in _press(_open(record), "e", *"hedge: perhaps", "enter")


def _event(record: Path, name: str) -> dict[str, Any]:
    events = yaml.safe_load(record.read_text(encoding="utf-8"))["events"]
    (found,) = [event for event in events if event["id"] == name]
    return found


def test_an_events_sides_are_edited(record: Path) -> None:
    session = _open(record)
    session.edit("event.from: [iran, syria]")
    session.edit("event.to: belarus")
    event = _event(record, "iran-russia-shipment-2024")

    assert (event["from"], event["to"]) == (["iran", "syria"], ["belarus"])


def test_what_must_change_together_is_one_line(record: Path) -> None:
    session = _open(record)
    with pytest.raises(DataError, match="no such aspect"):
        session.edit("event.id: a-measure-2024; event.type: Measure")
    session.edit("event.id: a-measure-2024; event.type: Measure; aspect: occurrence")

    assert _event(record, "a-measure-2024")["type"] == "Measure"
    assert _event(record, "iran-russia-shipment-2024")["type"] == "Shipment"


def test_a_claim_is_moved_to_another_event(record: Path) -> None:
    session = _open(record)
    session.edit("about: cuba-angola-deployment-2024")
    session.move(1)
    session.edit("about: cuba-angola-deployment-2024")

    assert {claim["about"] for claim in _claims(record)} == {"cuba-angola-deployment-2024"}
    with pytest.raises(ValueError, match="unpack"):
        _event(record, "iran-russia-shipment-2024")


def test_a_claim_is_given_an_event_of_its_own(record: Path) -> None:
    session = _open(record)
    session.edit("event.id: iran-russia-shipment-may-2024")
    session.edit("event.label: Missiles in May")

    assert [claim["about"] for claim in _claims(record)][:2] == [
        "iran-russia-shipment-may-2024",
        "iran-russia-shipment-2024",
    ]
    assert _event(record, "iran-russia-shipment-2024")["label"] != "Missiles in May"


@pytest.mark.parametrize("line", ["missile, drone", "[missile, drone]"])
def test_several_items_are_counted_together(line: str, record: Path) -> None:
    _open(record).edit(f"quantity.item: {line}")

    assert _claims(record)[0]["quantity"]["item"] == ["missile", "drone"]


def test_the_screen_shows_the_sides_of_the_event_and_how_to_edit(record: Path) -> None:
    session = _open(record)
    session.edit("event.from: [iran, syria]")
    details = _look(session, lambda screen: str(screen.query_one("#details").render()))

    assert "event.from: iran, syria" in details
    assert "event.to: russia" in details
    assert "cuba-angola-deployment-2024" in details
    assert "event.from: [iran]" in details


@pytest.mark.parametrize("ends", ["\n", "\n\n"])
def test_the_words_of_a_claim_are_in_sight_in_a_long_article(
    ends: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kg.toml").write_text("[workspace]\n", encoding="utf-8")
    filler = "Nothing at all was known of the weather in the hills near the coast. " * 14
    paragraph = f"{filler}Iran sent {{}}00 missiles to Russia. {filler}"
    text = ends.join(paragraph.format(number) for number in range(1, 13))
    article = tmp_path / "2024-09-10-long.txt"
    article.write_text(text, encoding="utf-8")
    assert main(["extract", str(article), "-o", "records"]) == 0
    session = _open(tmp_path / "records" / "2024-09-10-long.yaml")
    assert len(session.claims) == 12

    seen = _look(session, _highlighted, *("n",) * 12, size=(100, 30))
    assert seen == [f"Iran sent {number}00 missiles to Russia" for number in [*range(1, 13), 1]]


def test_a_review_is_left_and_taken_up_where_it_was(record: Path) -> None:
    _press(_open(record), "a", "q")
    again = _open(record)

    assert again.decided == {"c1": "accepted"}
    assert again.claim is not None
    assert again.claim["id"] == "c2"
    _press(again, "r", "r")
    assert [claim["id"] for claim in _claims(record)] == ["c1"]


def test_a_record_that_was_built_is_still_edited_and_rejected(record: Path) -> None:
    assert main(["build"]) == 0
    session = _open(record)
    session.edit("hedge: reported")
    session.move(2)
    session.reject()

    assert [claim["id"] for claim in _claims(record)] == ["c1", "c2"]
    assert _claims(record)[0]["hedge"] == "reported"
    assert main(["build"]) == 0


@pytest.mark.parametrize("keys", ["n a r", "r", "a", "e"])
def test_what_somebody_else_changed_meanwhile_is_not_overwritten(keys: str, record: Path) -> None:
    session = _open(record)
    other = record.read_text(encoding="utf-8").replace("polarity: affirmed", "polarity: denied", 1)
    record.write_text(other, encoding="utf-8")
    typed = [*"polarity", "colon", *"denied", "enter"] if keys == "e" else []
    message = _press(session, *keys.split(), *typed)

    assert "was changed on disk" in message
    assert record.read_text(encoding="utf-8") == other
    assert not log_of(record).exists()
    assert session.decided == {}
    again = _open(record)
    again.edit("hedge: reported")
    again.accept()

    assert [claim["polarity"] for claim in _claims(record)][:2] == ["denied", "denied"]


def test_a_record_that_is_gone_is_not_written_anew(record: Path) -> None:
    session = _open(record)
    record.unlink()

    with pytest.raises(DataError, match="changed on disk"):
        session.reject()
    assert not record.exists()


@pytest.mark.parametrize(
    "odd",
    [b'{"claim_id": "c1", "deci', b"7", b"[]", b'{"claim_id": ["c1"], "decision": "accepted"}',
     b'{"claim_id": "c1", "decision": "maybe"}', b"\xff\xfe", b"[" * 5000],
)  # fmt: skip
def test_an_odd_line_of_the_log_is_told_and_the_others_count(
    odd: bytes, record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = b'{"claim_id": "c2", "decision": "accepted"}\n'
    log_of(record).write_bytes(good + odd)
    session = _open(record)

    assert session.decided == {"c2": "accepted"}
    assert session.unread == [f"{log_of(record)}:2: this line is no decision, and was left out"]
    assert main(["review", str(record)]) == 2
    assert f"{log_of(record)}:2:" in capsys.readouterr().err
    session.accept()
    assert _open(record).decided == {"c1": "accepted", "c2": "accepted"}


def test_without_a_terminal_the_command_says_what_to_do(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", str(record)]) == 2
    assert "terminal" in capsys.readouterr().err
