"""`kg extract`: one article to standard output, several to a folder, in a workspace or outside."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from kg.cli.main import main

TEXT = "Iran has sent over 200 missiles to Russia, the Pentagon said on Monday.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "2024-09-10-missiles.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_one_article_outside_a_workspace(
    article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(article.parent)

    assert main(["extract", article.name]) == 0
    record = yaml.safe_load(capsys.readouterr().out)
    (claim,) = record["claims"]
    assert record["article"]["id"] == "2024-09-10-missiles"
    assert claim["speaker"] == ["pentagon"]
    assert claim["quantity"]["low"] == 200


def test_into_a_folder_and_never_over_what_is_there(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = tmp_path / "records"

    assert main(["extract", str(article), "-o", str(records)]) == 0
    (records / "2024-09-10-missiles.yaml").write_text("# reviewed\n", encoding="utf-8")
    assert main(["extract", str(article), "-o", str(records)]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["extract", str(article), "-o", str(records), "--force"]) == 0
    assert [file.name for file in records.iterdir()] == ["2024-09-10-missiles.yaml"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no-such.txt"], "There is no file"),
        (["undated.txt"], "--published"),
        (["undated.txt", "--published", "soon"], "write a date as"),
        (["undated.txt", "--published", "2024", "--publisher", "reuter"], "did you mean"),
        (["undated.txt", "another.txt"], "-o DIR"),
    ],
)
def test_a_call_at_fault_says_how_to_mend_it(
    arguments: list[str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("undated.txt").write_text(TEXT, encoding="utf-8")

    assert main(["extract", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_the_text_of_a_page_is_stored_beside_its_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("trafilatura")
    page = Path(__file__).resolve().parents[1] / "data" / "extraction" / "jets.html"
    monkeypatch.chdir(tmp_path)
    assert main(["init", "desk"]) == 0
    monkeypatch.chdir("desk")
    shutil.copy(page, "jets.html")

    assert main(["extract", "jets.html"]) == 2
    assert main(["extract", "jets.html", "-o", "records"]) == 0
    assert main(["validate"]) == 0
    record = yaml.safe_load(Path("records/jets.yaml").read_text(encoding="utf-8"))
    assert record["article"]["publisher"] == "reuters"
    assert str(record["article"]["published"]) == "2020-05-27"
    assert record["article"]["text"] == "articles/jets.txt"


@pytest.mark.parametrize(
    ("named", "publisher", "declared"),
    [
        ("Reuters", "reuters", []),
        ("The Caspian Herald", "caspian-herald", [("caspian-herald", "NewsOutlet")]),
        ("Russia", "unknown-outlet", []),
        ("news.example.org", "unknown-outlet", []),
        ("新聞", "unknown-outlet", []),
    ],
)
def test_an_outlet_that_the_reference_data_lacks_is_declared(
    named: str,
    publisher: str,
    declared: list[tuple[str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "desk"]) == 0
    monkeypatch.chdir("desk")
    article = Path("articles/a.md")
    head = f"---\ndate: 10 September 2024\npublisher: {named}\n---\n"
    article.write_text(f"{head}Iran sent 200 missiles to Russia.\n", encoding="utf-8")

    assert main(["extract", str(article), "-o", "records"]) == 0
    assert main(["validate"]) == 0
    record = yaml.safe_load(Path("records/a.yaml").read_text(encoding="utf-8"))
    assert record["article"]["publisher"] == publisher
    assert record["claims"][0]["speaker"] == [publisher]
    assert [(one["id"], one["type"]) for one in record.get("actors", ())] == declared


@pytest.mark.parametrize(
    "text",
    ["", " \n\n", "\ufeff", "\ufeff\r\n\u200b", "—\n", "---\ntitle: A\ndate: 2024-09-10\n---\n\n"],
)
def test_an_empty_article_is_told(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "2024-09-10-nothing.md"
    file.write_text(text, encoding="utf-8")

    assert main(["extract", str(file)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{file} is empty" in err


def test_a_pipe_in_a_folder_is_skipped_and_told(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)

    assert main(["extract", str(tmp_path), "-o", str(tmp_path / "records")]) == 0
    out, err = capsys.readouterr()
    assert out.split() == [str(tmp_path / "records" / f"{article.stem}.yaml")]
    assert f"{pipe} is no regular file, and was skipped" in err


def test_a_draft_that_no_record_may_be_is_told(
    article: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.cli.extract.MAX_BYTES", 1000)
    other = article.with_name("2024-09-11-other.txt")
    other.write_text("Nothing.\n", encoding="utf-8")

    assert main(["extract", str(article), str(other), "-o", str(tmp_path / "records")]) == 1
    out, err = capsys.readouterr()
    assert out.split() == [str(tmp_path / "records" / "2024-09-11-other.yaml")]
    assert f"{article}: its draft is larger than" in err


def test_a_draft_made_outside_a_workspace_can_be_scored(
    article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(article.parent)
    assert main(["extract", article.name, "-o", "drafts"]) == 0

    assert main(["evaluate", "drafts"]) == 0
    assert "f1         1.000" in capsys.readouterr().out


def test_an_article_from_the_first_or_last_day_there_is_ends_no_batch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, day in (("first", "0001-01-01"), ("last", "9999-12-31")):
        text = f"---\ndate: {day}\n---\nIran sent 200 missiles to Russia last week and tomorrow.\n"
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    (tmp_path / "2024-09-10-missiles.txt").write_text(TEXT, encoding="utf-8")

    assert main(["extract", str(tmp_path), "--format", "ndjson"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_a_page_among_others_is_told_and_the_others_are_drafted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = f"<html><body><article><h1>Missiles</h1><p>{TEXT * 20}</p></article></body></html>"
    (tmp_path / "2024-09-10-a.html").write_text(page, encoding="utf-8")
    (tmp_path / "2024-09-10-b.txt").write_text(TEXT, encoding="utf-8")

    assert main(["extract", str(tmp_path), "--format", "ndjson"]) == 2
    said = capsys.readouterr()
    assert "2024-09-10-a.html: The text of a page" in said.err
    assert len(said.out.splitlines()) == 1


def test_two_articles_of_one_name_do_not_take_each_others_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("2024-09-10-a.txt", "2024-09-10-a.md"):
        (tmp_path / name).write_text(TEXT + name, encoding="utf-8")

    records = str(tmp_path / "records")
    assert main(["extract", str(tmp_path), "-o", records, "--force"]) == 1
    assert "for another article of that name" in capsys.readouterr().err


def test_a_number_of_processes_that_is_none(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", str(article), "--jobs", "-1"]) == 2
    assert "--jobs is a number of processes" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["desk", "."])
def test_the_text_of_an_article_outside_the_workspace_is_stored_in_it(
    place: str, article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(article.parent)
    article.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert main(["init", "desk"]) == 0
    desk = article.with_name("desk")
    monkeypatch.chdir(place)

    assert main(["extract", str(article), "-o", str(desk / "records")]) == 0
    assert (desk / "articles" / article.name).read_bytes() == article.read_bytes()
    assert main(["extract", str(article), "-o", str(desk / "records")]) == 0
    assert main(["--workspace", str(desk), "validate"]) == 0


def test_the_text_of_an_article_outside_is_never_stored_over_another(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(article.parent)
    assert main(["init", "desk"]) == 0
    monkeypatch.chdir("desk")
    there = Path("articles", article.name)
    there.write_text("Nothing.\n", encoding="utf-8")

    for more in ([], ["--force"]):
        assert main(["extract", str(article), "-o", "records", *more]) == 2
        assert "is there already, with another text" in capsys.readouterr().err
        assert there.read_text(encoding="utf-8") == "Nothing.\n"
        assert not Path("records", f"{article.stem}.yaml").exists()


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no groups of processes")
@pytest.mark.parametrize("seconds", [0.0, 0.1])
def test_an_interrupt_ends_all_processes_with_one_line(seconds: float, tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"2024-09-10-{number}.txt").write_text(TEXT * 20, encoding="utf-8")
    command = [sys.executable, "-m", "kg", "extract", str(tmp_path), "-o", str(tmp_path / "r")]
    with subprocess.Popen(
        [*command, "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as run:
        while not list(tmp_path.glob("r/*.yaml")) and run.poll() is None:
            time.sleep(0.02)
        time.sleep(seconds)
        os.killpg(run.pid, signal.SIGINT)
        _, err = run.communicate(timeout=60)

    told = [line for line in err.decode().splitlines() if " repeats " not in line]
    assert told == ["kg: interrupted"]
    assert run.returncode == 130
