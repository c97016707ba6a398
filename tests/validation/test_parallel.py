"""Several processes find what one finds, also where files depend on each other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.rooms import open_gate
from kg.validation import judging, parallel

TEXT = "The harbour office counted ships at Dock 7.\n"
RECORD = """\
communique: 1
article:
  id: ARTICLE
  title: Ships
  publisher: unknown-outlet
  published: 2025-03
  language: en
  text: articles/ships.txt
  sha256: SHA256
ACTORS
events:
  - id: ships-spring
    type: Shipment
    from: north-korea
    to: TO
claims:
  - id: c1
    about: ships-spring
    aspect: occurrence
    modality: actual
    polarity: affirmed
    speaker: SPEAKER
    RESPONDS
    quote:
      exact: The harbour office counted ships
"""
OFFICE = """\
actors:
  - id: harbour-office
    type: Organization
    name: NAME
    acts_for: russia"""


@pytest.fixture
def several(empty: Any, digest: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A workspace that writes records of the same text; files are shared out one by one."""
    monkeypatch.setattr(judging, "MANY", 2)
    monkeypatch.setattr(parallel, "SHARE", 1)
    empty.write("articles/ships.txt", TEXT)

    def write(
        name: str,
        *,
        article: str | None = None,
        speaker: str = "russia",
        office: str | None = None,
        to: str = "russia",
        responds_to: str | None = None,
    ) -> None:
        record = RECORD.replace("ARTICLE", article or name).replace("SHA256", digest(TEXT))
        record = record.replace("ACTORS\n", OFFICE.replace("NAME", office) + "\n" if office else "")
        record = record.replace("SPEAKER", speaker).replace("TO", to)
        answer = f"responds_to: [{responds_to}]" if responds_to else "hedge: likely"
        empty.write(f"records/{name}.yaml", record.replace("RESPONDS", answer))

    return empty.root, write


def _both(root: Path) -> tuple[Any, Any]:
    workspace = kg.open(root)
    return workspace.validate(), workspace.validate(processes=2)


def test_what_other_files_declare_is_known(several: Any) -> None:
    root, write = several
    write("a", office="Harbour office")
    write("b", speaker="harbour-office")
    write("c", responds_to="a/c1")
    write("d")

    alone, together = _both(root)

    assert alone.findings == together.findings == ()


def test_what_no_file_declares_is_found_once(several: Any) -> None:
    root, write = several
    write("a", office="Harbour office")
    write("b", speaker="harbour-ofice")
    write("c", responds_to="a/c9")

    alone, together = _both(root)

    assert [(one.code, one.line) for one in together.findings] == [
        ("unknown-actor", 21),
        ("unknown-claim", 22),
    ]
    assert alone == together


def test_declarations_that_differ_and_articles_told_twice(several: Any) -> None:
    root, write = several
    write("a", office="Harbour office")
    write("b", office="Harbour authority")
    write("c", to="belarus")
    write("d", article="a")

    alone, together = _both(root)

    assert {one.code for one in together.findings} == {"conflicting-declaration", "duplicate-id"}
    assert alone == together


def test_a_build_in_between_changes_nothing(several: Any) -> None:
    root, write = several
    write("a", office="Harbour office")
    write("b", speaker="harbour-office")
    kg.open(root).build()
    write("a")

    alone, together = _both(root)

    assert [(one.file, one.code) for one in together.findings] == [
        (one.file, one.code) for one in alone.findings
    ]
    assert {Path(one.file or "").name for one in together.findings} == {"b.yaml"}


def test_what_another_process_judges_is_absent_and_no_change(several: Any) -> None:
    """Else each process would judge again whatever sees any file of the call."""
    root, write = several
    write("a")
    write("b")
    kg.open(root).build()

    with open_gate(root, [root / "records" / "a.yaml", root / "records" / "b.yaml"]) as opened:
        _, surroundings = opened
        assert not surroundings.has("claim/a/c1")
        assert list(surroundings.taken_out()) == []
    with open_gate(root, []) as (_, surroundings):
        assert surroundings.has("claim/a/c1")


PLACE = """\
@prefix kg: <https://w3id.org/communique/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://w3id.org/communique/id/> .
<actor/harbour-office> a kg:Organization ; skos:prefLabel "Harbour OFFICE"@en ;
    kg:actsFor <actor/WHOM> .
"""


@pytest.mark.parametrize(
    ("whom", "office", "code"),
    [
        pytest.param("russia", None, None, id="by itself"),
        pytest.param("pilots", "Pilots", "conflicting-declaration", id="otherwise than a record"),
        pytest.param("b-office", None, "unknown-actor", id="for somebody unknown"),
    ],
)
def test_rdf_is_judged_with_the_records(
    several: Any, whom: str, office: str | None, code: str | None
) -> None:
    root, write = several
    write("a", office=office)
    write("b")
    text = PLACE.replace("WHOM", "russia" if whom == "pilots" else whom)
    (root / "office.ttl").write_text(text.replace("OFFICE", "office"), encoding="utf-8")
    workspace = kg.open(root)
    paths = [root / "records", root / "office.ttl"]

    alone, together = workspace.validate(paths), workspace.validate(paths, processes=2)

    assert alone == together
    assert {one.code for one in alone.findings} == ({code} if code else set())


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are not listed here")
def test_a_process_is_forked_only_where_nothing_else_runs_in_it() -> None:
    tell = "from kg.validation.parallel import process_context as c; print(c().get_start_method())"
    beside = (
        "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()"
    )
    how = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for code in (tell, f"{beside}; {tell}")
    ]
    assert [done.stdout.strip() for done in how] == ["fork", "spawn"]
