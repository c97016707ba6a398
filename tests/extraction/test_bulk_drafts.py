"""Many articles: over processes, each failure by itself, and one wire story known as one."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kg.cli.main import main
from kg.extraction.articles import day_of
from kg.extraction.duplicates import Origins, sketch

WIRE = (
    "Iran has sent over 200 missiles to Russia since May, according to a paper that was shown to "
    "members of the council this week. The missiles were flown to a base near the coast, and crews "
    "were trained there for several weeks before they went on to the front in the south."
)
OTHER = (
    "Turkey sent 300 soldiers to Libya on Monday, and more are to follow by the end of the year if "
    "the government in the capital should ask for them, a spokesman for the ministry said there."
)


def test_a_story_with_another_head_and_tail_is_the_same() -> None:
    origins = Origins()
    changed = f"LONDON - {WIRE.upper()} Additional reporting by our own desk in the region."

    assert origins.origin("a", sketch(WIRE)) is None
    assert origins.origin("b", sketch(OTHER)) is None
    assert origins.origin("c", sketch(changed)) == "a"
    assert origins.origin("d", sketch(WIRE)) == "a"


def test_of_two_that_are_as_much_alike_the_first_is_the_origin() -> None:
    origins = Origins()

    assert origins.origin("z", (1, 2)) is None
    assert origins.origin("a", (3, 4)) is None
    assert origins.origin("c", (1, 2, 3, 4)) == "z"


def test_short_texts_are_no_duplicates() -> None:
    origins = Origins()

    assert origins.origin("a", sketch("Troops left.")) is None
    assert origins.origin("b", sketch("Troops left.")) is None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = {"2024-05-01-a": WIRE, "2024-05-02-b": WIRE, "2024-05-03-c": OTHER, "undated": OTHER}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_folder_as_one_stream(
    jobs: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["extract", str(folder), "--format", "ndjson", "--jobs", jobs])
    out, err = capsys.readouterr()
    records = [json.loads(line) for line in out.splitlines()]

    assert code == 2
    assert [record["article"]["id"] for record in records] == [
        "2024-05-01-a",
        "2024-05-02-b",
        "2024-05-03-c",
    ]
    assert "2024-05-02-b repeats 2024-05-01-a" in err
    assert "undated.txt" in err


def test_a_repeated_story_rests_on_the_outlet_that_told_it_first(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kg.drafting import drafter
    from kg.extraction.bulk import Job, draft_all

    first, second = sorted(folder.glob("2024-05-0[12]*.txt"))
    first.with_suffix(".md").write_text(f"---\npublisher: Reuters\n---\n{WIRE}", encoding="utf-8")
    job = Job([second, first.with_suffix(".md")])
    original, repeated = draft_all(lambda: drafter(None), job, 1)

    assert repeated.repeats == "2024-05-01-a"
    assert original.drafted is not None
    assert repeated.drafted is not None
    assert original.drafted.record["claims"][0]["speaker"] == ["reuters"]
    own = [c for c in repeated.drafted.record["claims"] if c["speaker"] == ["unknown-outlet"]]
    assert own
    assert all(claim["based_on"] == ["reuters"] for claim in own)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_story_that_was_published_first_is_the_origin_whatever_its_file_is_called(
    jobs: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heads = {
        "a-copy": "date: 2024-05-04\npublisher: The Caspian Herald",
        "b-original": "date: 2 May 2024\npublisher: Reuters",
        "c-of-that-day": "date: 2024-05-02\npublisher: The Delta Post",
    }
    for name, head in heads.items():
        file = tmp_path / f"{name}.md"
        file.write_text(f"---\n{head}\n---\n{WIRE}", encoding="utf-8")

    code = main(["extract", str(tmp_path), "--format", "ndjson", "--jobs", jobs])
    out, err = capsys.readouterr()
    rests = {}
    for record in map(json.loads, out.splitlines()):
        own = [c for c in record["claims"] if c["speaker"] == [record["article"]["publisher"]]]
        assert own
        rests[record["article"]["id"]] = [claim.get("based_on") for claim in own]

    assert code == 0
    assert err.splitlines() == ["c-of-that-day repeats b-original", "a-copy repeats b-original"]
    assert set(map(str, rests["b-original"])) == {"None"}
    assert all(outlets == ["reuters"] for outlets in rests["a-copy"] + rests["c-of-that-day"])


def test_a_date_that_the_call_states_leaves_the_order_as_it_is(folder: Path) -> None:
    from kg.drafting import drafter
    from kg.extraction.bulk import Job, draft_all

    files = sorted(folder.glob("2024-05-0[12]*.txt"), reverse=True)
    _, repeated = draft_all(lambda: drafter(None), Job(files, "2024-05-05"), 1)

    assert repeated.repeats == "2024-05-02-b"


@pytest.mark.parametrize(
    ("name", "text", "day"),
    [
        ("2024-05-01-a.txt", "Troops left.", date(2024, 5, 1)),
        ("2024-05-a.txt", "Troops left.", date(2024, 5, 1)),
        ("2024-05-01-a.md", "---\ndate: ../2024-04-30\n---\nTroops left.", date(2024, 4, 30)),
        ("a.txt", "Troops left.", None),
        ("2024-05-01-a.txt", "\0", None),
    ],
)
def test_the_day_of_an_article(name: str, text: str, day: date | None, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")

    assert day_of(tmp_path / name) == day
    assert day_of(tmp_path / "no-such.txt") is None


def test_a_repeated_story_declares_the_outlet_it_rests_on(folder: Path) -> None:
    from kg.drafting import drafter
    from kg.extraction.bulk import Job, draft_all

    first, second = sorted(folder.glob("2024-05-0[12]*.txt"))
    herald = first.with_suffix(".md")
    herald.write_text(f"---\npublisher: The Caspian Herald\n---\n{WIRE}", encoding="utf-8")
    _, repeated = draft_all(lambda: drafter(None), Job([second, herald]), 1)

    assert repeated.drafted is not None
    assert {
        "id": "caspian-herald",
        "type": "NewsOutlet",
        "name": "Caspian Herald",
    } in repeated.drafted.record["actors"]


def test_an_article_named_twice_is_one(folder: Path) -> None:
    from kg.extraction.bulk import articles_in

    once = articles_in([folder])
    assert articles_in([folder, folder / ".", once[0]]) == once
    assert articles_in([once[1], folder]) == [once[1], once[0], *once[2:]]


def test_drafts_of_one_call_declare_an_actor_alike(tmp_path: Path) -> None:
    from kg.drafting import drafter
    from kg.extraction.bulk import Job, draft_all

    files = [tmp_path / "2024-05-01-a.txt", tmp_path / "2024-05-02-b.txt"]
    files[0].write_text("The Kivu Watch has sent 30 fighters to Burundi, Kenya said.\n")
    files[1].write_text("The KIVU WATCH has sent 40 fighters to Burundi, Kenya said.\n")
    drafts = [one.drafted for one in draft_all(lambda: drafter(None), Job(files), 1)]
    records = [draft.record for draft in drafts if draft is not None]
    declared = [a for record in records for a in record["actors"] if a["id"] == "kivu-watch"]

    assert len(declared) == 2
    assert declared[0] == declared[1]
    assert records[0]["events"] == records[1]["events"]


def test_drafts_of_one_call_declare_a_place_alike(tmp_path: Path) -> None:
    from kg.drafting import drafter
    from kg.extraction.bulk import Job, draft_all

    files = [tmp_path / f"2024-05-0{day}-a.txt" for day in (1, 2, 3)]
    files[0].write_text("Chad has sent 30 soldiers to the Dawasa air base in Niger.\n")
    files[1].write_text("Chad has stationed 40 soldiers at Dawasa.\n")
    files[2].write_text("Chad has sent 50 soldiers to the Dawasa air base in Mali.\n")
    drafts = [one.drafted for one in draft_all(lambda: drafter(None), Job(files), 1)]
    declared = [place for draft in drafts if draft for place in draft.record["places"]]

    assert [place.get("within") for place in declared] == ["niger", "niger", "mali"]


def test_hidden_files_of_a_folder_are_left_out(tmp_path: Path) -> None:
    from kg.extraction.bulk import articles_in

    (tmp_path / ".trash").mkdir()
    for name in ("a.txt", ".b.txt", ".trash/c.txt"):
        (tmp_path / name).write_text("Iran sent missiles to Russia.", encoding="utf-8")

    assert articles_in([tmp_path]) == [tmp_path / "a.txt"]
    assert articles_in([tmp_path / ".b.txt"]) == [tmp_path / ".b.txt"]
