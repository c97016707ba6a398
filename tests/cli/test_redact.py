"""`kg redact`: a person leaves files, store and exports, what was claimed stays."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from collections.abc import Callable

import pytest
import yaml
from desks import RECORD_FILE, TEXT_FILE, Desk

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
                b"<urn:a> <urn:b> <https://w3id.org/communique/id/actor/dmitry-peskov> ."
            ),
            "records/more.nt.gz:1:55: this speaks of 'dmitry-peskov'",
        ),
        ("records/half.nt.gz", gzip.compress(b"<urn:a>")[:-4], "half.nt.gz is damaged"),
        ("records/huge.nt.gz", gzip.compress(b"\n" * 50_000_000), "huge.nt.gz is damaged or holds"),
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
