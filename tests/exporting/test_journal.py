"""What was sent where, whatever a kill or an editor made of the file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import EnvironmentFault
from kg.exporting.journal import journal_file, open_journal, read_journal

URL = "http://127.0.0.1:1/store"
NAME = "https://example.org/straße"


def test_what_was_noted_is_known_again(tmp_path: Path) -> None:
    with open_journal(tmp_path, URL) as journal:
        journal.sending([NAME, "urn:x:doubtful", "urn:x:gone"])
        journal.holds([(NAME, "digest")])
        journal.gone("urn:x:gone")

    found = read_journal(tmp_path, URL)

    assert found.held == {NAME: "digest"}
    assert found.doubtful == {"urn:x:doubtful"}


def test_a_line_that_was_cut_says_nothing_wherever_it_was_cut(tmp_path: Path) -> None:
    """Also within a sign of several bytes."""
    with open_journal(tmp_path, URL) as journal:
        journal.holds([("urn:x:before", "digest")])
    file = journal_file(tmp_path, URL)
    before = file.read_bytes()
    line = f'{{"graph": "{NAME}", "state": "held", "digest": "d"}}'.encode()

    for length in range(len(line)):
        file.write_bytes(before + line[:length])
        with open_journal(tmp_path, URL) as journal:
            assert journal.known == {"urn:x:before"}
            journal.holds([("urn:x:after", "digest")])
        assert read_journal(tmp_path, URL).known == {"urn:x:before", "urn:x:after"}


def test_lines_that_are_none_say_nothing(tmp_path: Path) -> None:
    lines = (
        b"null",
        b"[1]",
        b'"graph"',
        b'{"graph": 3, "state": "held"}',
        b'{"graph": ["a"], "state": "sent"}',
        b'{"graph": "a", "state": "held", "digest": 1}',
        b"\xff\xfe",
        b'{"graph": "urn:x:a", "state": "sent"}',
    )
    journal_file(tmp_path, URL).write_bytes(b"\n".join(lines))

    assert read_journal(tmp_path, URL).known == {"urn:x:a"}


@pytest.mark.parametrize(
    "other",
    [
        "http://localhost:1/store",
        "http://LocalHost:1/store",
        "HTTP://127.0.0.1:0001/store",
        "http://[::1]:1/store",
    ],
)
def test_one_push_at_a_time_however_the_store_is_spelled(tmp_path: Path, other: str) -> None:
    with (
        open_journal(tmp_path, URL),
        pytest.raises(EnvironmentFault, match="Another push"),
        open_journal(tmp_path, other),
    ):
        pass


def test_the_usual_port_goes_without_saying(tmp_path: Path) -> None:
    for scheme, port in (("http", 80), ("https", 443)):
        said = f"{scheme}://triples.example.org:{port}/store"
        assert journal_file(tmp_path, said) == journal_file(
            tmp_path, f"{scheme}://Triples.example.org/store"
        )
    other = "http://triples.example.org:443/store"
    assert journal_file(tmp_path, other) != journal_file(
        tmp_path, "http://triples.example.org/store"
    )


class TestToken:
    """It is in the names of what is aside, so that nobody moves another's."""

    def test_a_journal_keeps_its_own(self, tmp_path: Path) -> None:
        with open_journal(tmp_path, URL) as journal:
            token = journal.token
            journal.sending([NAME])
        with open_journal(tmp_path, URL) as journal:
            assert journal.token == token
            assert journal.doubtful == {NAME}

    def test_two_journals_have_two(self, tmp_path: Path) -> None:
        with (
            open_journal(tmp_path / "one", URL) as one,
            open_journal(tmp_path / "other", URL) as other,
        ):
            assert one.token != other.token

    def test_a_copy_of_a_journal_gets_another(self, tmp_path: Path) -> None:
        with open_journal(tmp_path / "one", URL) as journal:
            token = journal.token
            journal.holds([(NAME, "digest")])
        shutil.copytree(tmp_path / "one", tmp_path / "copy")

        with open_journal(tmp_path / "copy", URL) as copy:
            assert copy.token != token
            assert copy.held == {NAME: "digest"}
