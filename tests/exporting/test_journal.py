"""What was sent where, whatever a kill or an editor made of the file."""

from __future__ import annotations

from pathlib import Path

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
