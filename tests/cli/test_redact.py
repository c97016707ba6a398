"""`kg redact`: a person leaves files, store and exports, what was claimed stays."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from collections.abc import Callable

import pytest
import yaml
from desks import RECORD_FILE, TEXT_FILE, Desk, sha256

import kg
from kg.cli.main import main
from kg.vocabulary.terms import KG

REASON = "asked to be taken out"


def _everything(desk: Desk) -> bytes:
    """All that lies in the workspace, but for the store."""
    files = [file for file in desk.root.rglob("*") if file.is_file()]
    return b"\0".join(file.read_bytes() for file in files if ".kg" not in file.parts)


def test_nothing_of_the_person_is_left(built: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    before = (built.root / TEXT_FILE).read_text(encoding="utf-8")
    assert b"Peskov" in _everything(built)

    assert (
        main(["--workspace", str(built.root), "redact", "dmitry-peskov", "--reason", REASON]) == 0
    )
    out, err = capsys.readouterr()
    assert out.split() == [TEXT_FILE, RECORD_FILE, "redactions.toml"]
    assert "what git keeps" in err

    left = _everything(built)
    assert b"Peskov" not in left
    assert b"peskov" not in left
    text = (built.root / TEXT_FILE).read_text(encoding="utf-8")
    assert text == before.replace("Dmitry Peskov", "█" * len("Dmitry Peskov"))
    workspace = kg.open(built.root)
    with workspace.generations.reading() as snapshot:
        # Definitions of the ontology may take a public figure for their example.
        left_in_store = [quad for quad in snapshot.store if "eskov" in str(quad)]
        assert all(quad.subject.value.startswith(KG) for quad in left_in_store)
    stream = io.BytesIO()
    workspace.export("-", "nq", reference=False, stream=stream)
    assert b"eskov" not in stream.getvalue()
    assert workspace.validate().conforms


def test_what_was_claimed_stays_and_who_claimed_it_does_not(
    built: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(["--workspace", str(built.root), "redact", "dmitry-peskov", "--reason", REASON]) == 0
    )
    (row,) = kg.open(built.root).query("denials")
    assert row.denial_label == "There are no foreign soldiers in the fighting"
    assert row.speaker.endswith("source/autumn-soldiers/redacted-1")
    assert row.speaker_label == "a person whose name was taken out"
    assert len(kg.open(built.root).query("stale-quotes")) == 0


def test_the_tombstone_tells_when_and_why_without_a_name(built: Desk) -> None:
    kg.open(built.root).redact("dmitry-peskov", REASON)
    tombstone = (built.root / "redactions.toml").read_text(encoding="utf-8")
    assert hashlib.sha256(b"dmitry-peskov").hexdigest() in tombstone
    assert json.dumps(REASON) in tombstone


def test_the_person_does_not_come_back_with_the_reference_data(
    built: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    kg.open(built.root).redact("dmitry-peskov", REASON)
    capsys.readouterr()
    again = (built.root / RECORD_FILE).read_text(encoding="utf-8")
    built.write(RECORD_FILE, again.replace("speaker: redacted-1", "speaker: dmitry-peskov"))
    assert main(["--workspace", str(built.root), "build"]) == 1
    assert "unknown-actor" in capsys.readouterr().out


def _as_flow(record: str) -> tuple[str, str]:
    return RECORD_FILE, json.dumps(yaml.safe_load(record), default=str)


def _as_json(record: str) -> tuple[str, str]:
    return RECORD_FILE.replace(".yaml", ".json"), _as_flow(record)[1]


@pytest.mark.parametrize("written", [_as_flow, _as_json])
def test_a_record_in_another_style(
    built: Desk, written: Callable[[str], tuple[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Flow style and JSON lose the person as block style does, and pass the gate again."""
    name, content = written((built.root / RECORD_FILE).read_text(encoding="utf-8"))
    (built.root / RECORD_FILE).unlink()
    built.write(name, content)
    kg.open(built.root).build()

    assert (
        main(["--workspace", str(built.root), "redact", "dmitry-peskov", "--reason", REASON]) == 0
    )
    assert name in capsys.readouterr().out.split()
    assert b"eskov" not in _everything(built)
    (row,) = kg.open(built.root).query("denials")
    assert row.speaker.endswith("source/autumn-soldiers/redacted-1")
    stream = io.BytesIO()
    kg.open(built.root).export("-", "nq", reference=False, stream=stream)
    assert b"eskov" not in stream.getvalue()


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        (
            "records/more.ttl",
            "# About one.\n<urn:a> a\n  <https://w3id.org/communique/id/actor/dmitry-peskov> .\n",
            "records/more.ttl:3:41: this speaks of 'dmitry-peskov'",
        ),
        (
            "records/more.nt.gz",
            gzip.compress(
                b"<urn:a> <urn:b> <https://w3id.org/communique/id/actor/dmitry-peskov> .", mtime=0
            ),
            "records/more.nt.gz:1:55: this speaks of 'dmitry-peskov'",
        ),
        ("records/half.nt.gz", gzip.compress(b"<urn:a>", mtime=0)[:-4], "half.nt.gz is damaged"),
        (
            "records/huge.nt.gz",
            gzip.compress(b"\n" * 50_000_000, mtime=0),
            "huge.nt.gz is damaged or holds",
        ),
        ("records/half.yaml", "claims: [dmitry-peskov\n", "records/half.yaml:2:1: "),
        ("records/half.json", '{"speaker": "dmitry-peskov"', "records/half.json:1:28: "),
    ],
)
def test_what_cannot_be_taken_out_is_refused_at_its_place(
    built: Desk, capsys: pytest.CaptureFixture[str], file: str, content: str | bytes, words: str
) -> None:
    """Nothing is changed, rather than the person left in one file."""
    built.write(file, content)
    before = _everything(built)
    assert (
        main(["--workspace", str(built.root), "redact", "dmitry-peskov", "--reason", REASON]) == 1
    )
    err = capsys.readouterr().err
    assert words in err
    assert "Nothing was changed" in err
    assert _everything(built) == before


@pytest.mark.parametrize(
    ("person", "words"),
    [("dmitry-peskow", "did you mean 'dmitry-peskov'"), ("russia", "no person")],
)
def test_only_persons_are_taken_out(
    built: Desk, capsys: pytest.CaptureFixture[str], person: str, words: str
) -> None:
    before = _everything(built)
    assert main(["--workspace", str(built.root), "redact", person, "--reason", REASON]) == 1
    assert words in capsys.readouterr().err
    assert _everything(built) == before


def _redact(desk: Desk, *more: str) -> tuple[int, str, str]:
    run = desk.run("redact", "dmitry-peskov", *(more or ("--reason", REASON)))
    return run.code, run.out, run.err


@pytest.mark.parametrize(
    "name", ["articles/autumn.TXT", "articles/autumn.text", "texts/autumn", "articles/autumn.htm"]
)
def test_a_text_is_whatever_the_gate_takes_for_one(built: Desk, name: str) -> None:
    """Its name may end in anything, and a quote of it may hold the person's name."""
    text = (built.root / TEXT_FILE).read_text(encoding="utf-8")
    record = (built.root / RECORD_FILE).read_text(encoding="utf-8")
    (built.root / TEXT_FILE).unlink()
    built.write(name, text)
    spoken = "exact: There are no foreign soldiers in the fighting"
    assert spoken in record
    quoted = "exact: '\"There are no foreign soldiers in the fighting,\" Dmitry Peskov said'"
    built.write(RECORD_FILE, record.replace(TEXT_FILE, name).replace(spoken, quoted))
    assert built.run("build").code == 0

    code, out, _ = _redact(built)
    assert (code, out.split()) == (0, sorted([name, RECORD_FILE, "redactions.toml"]))
    assert b"eskov" not in _everything(built)


def test_the_gate_and_redaction_read_the_name_in_any_capitals(built: Desk) -> None:
    text = (built.root / TEXT_FILE).read_text(encoding="utf-8")
    record = (built.root / RECORD_FILE).read_text(encoding="utf-8")
    told = text + "PESKOV and dmitry peskov, and Peskov's word.\n"
    built.write(TEXT_FILE, told)
    built.write(RECORD_FILE, record.replace(sha256(text), sha256(told)))
    assert built.run("build").code == 0
    assert _redact(built)[0] == 0
    left = (built.root / TEXT_FILE).read_text(encoding="utf-8")
    assert left.endswith("██████ and █████████████, and ██████'s word.\n")


def test_a_name_that_a_record_gives_and_no_build_has_seen(built: Desk) -> None:
    text = (built.root / TEXT_FILE).read_text(encoding="utf-8")
    told = text + "So said Mister P.\n"
    record = (built.root / RECORD_FILE).read_text(encoding="utf-8")
    mention = "mentions:\n  - as_stated: Mister P\n    refers_to: dmitry-peskov\n"
    built.write(TEXT_FILE, told)
    record = record.replace(sha256(text), sha256(told)).replace("mentions:\n", mention)
    built.write(RECORD_FILE, record)
    assert _redact(built)[0] == 0
    assert b"Mister P" not in _everything(built)


def test_what_is_not_ours_to_change_is_told_at_its_line(built: Desk) -> None:
    built.write("drafts/new.yaml", "# A draft\nspeaker: dmitry-peskov\n")
    built.write("queries/own/mine.rq", "# no one\n# no one\n# PESKOV\nSELECT * {}\n")
    built.write("notes-on-peskov.md", "Nothing.\n")
    built.write(
        "old.nq.gz", gzip.compress(b"<a> <b> <c> .\n<a> <b> <actor/dmitry-peskov> .\n", mtime=0)
    )
    code, _, err = _redact(built)
    assert code == 1
    told = [line for line in err.splitlines() if "still speaks of the person" in line]
    assert [line.split(": this still")[0] for line in told] == [
        "kg: notes-on-peskov.md (its name)",
        "kg: old.nq.gz:2",
        "kg: drafts/new.yaml:2",
        "kg: queries/own/mine.rq:3",
    ]


def test_what_is_near_is_told_and_is_no_fault(built: Desk) -> None:
    built.write("notes.md", "One.\nTatiana Peskova skates.\n")
    built.write("picture.png", b"\x89PNG\xff")
    code, _, err = _redact(built)
    assert code == 0
    assert "kg: notes.md:2: 'Peskova' is near a name of the person; look at it" in err
    assert "kg: picture.png: this is no text, and was not searched" in err


def test_what_is_kept_beside_the_store_has_no_name_either(built: Desk) -> None:
    """No shipped query takes a person for its example, whose head a build keeps."""
    assert _redact(built)[0] == 0
    assert "eskov" not in (built.root / ".kg/heads.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "reason", ["Peskov asked", "DMITRY PESKOV asked", "of dmitry-peskov", "the Peskovs asked"]
)
def test_a_reason_that_names_the_person_is_refused(built: Desk, reason: str) -> None:
    before = _everything(built)
    code, _, err = _redact(built, "--reason", reason)
    assert code == 2
    assert "--reason names the person" in err
    assert _everything(built) == before


def test_others_whose_names_hold_the_persons_keep_theirs(built: Desk) -> None:
    """Kim Yo Jong is in the reference data; that "Kim" is Kim Jong Un, one mention says."""
    text = (built.root / TEXT_FILE).read_text(encoding="utf-8")
    record = (built.root / RECORD_FILE).read_text(encoding="utf-8")
    told = text + "Kim agreed, Kim Yo Jong said.\n"
    built.write(TEXT_FILE, told)
    start = told.index("Kim agreed")
    mention = f"mentions:\n  - {{as_stated: Kim, refers_to: kim-jong-un, start: {start}}}\n"
    assert "mentions:\n" in record
    changed = record.replace("mentions:\n", mention).replace(sha256(text), sha256(told))
    built.write(RECORD_FILE, changed)
    assert built.run("build").code == 0

    assert built.run("redact", "kim-jong-un", "--reason", REASON).code == 0
    left = (built.root / TEXT_FILE).read_text(encoding="utf-8")
    assert left.endswith("███ agreed, Kim Yo Jong said.\n")
