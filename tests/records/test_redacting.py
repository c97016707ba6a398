"""A person is taken out of a record however the record is written."""

from __future__ import annotations

import json

import pytest
import yaml

from kg.records.redacting import NAME, Unreadable, redact_json, redact_record
from kg.records.spellings import Spellings

ID = "anna-example"
WHO = Spellings(ID, ("Anna Example", "Anna O'Example"))
STAND_IN = {"id": "redacted-1", "type": "UnnamedSource", "name": NAME}

OWN = {
    "block": f"""\
actors:
  - id: ministry
    type: Organization
    name: A ministry
  - id: {ID}
    type: Person
    name: Anna Example
    aliases: [Anna O'Example]
claims:
  - id: c1
    speaker: {ID}
""",
    "not indented": f"""\
actors:
- id: {ID}
  type: Person
  name: Anna Example
- id: ministry
  type: Organization
  name: A ministry
claims:
- id: c1
  speaker: {ID}
""",
    "flow in block": f"""\
actors:
  - {{id: ministry, type: Organization, name: A ministry}}
  - {{id: {ID}, type: Person, name: Anna Example}}
claims:
  - {{id: c1, speaker: {ID}}}
""",
    "flow": f"""\
{{actors: [{{id: {ID}, type: Person, name: "Anna Example"}},
  {{id: ministry, type: Organization, name: A ministry}}],
  claims: [{{id: c1, speaker: {ID}}}]}}
""",
    "last, and no line ends": f"""\
claims:
  - id: c1
    speaker: {ID}
actors:
  - id: ministry
    type: Organization
    name: A ministry
  - id: {ID}
    type: Person
    name: Anna Example""",
}
ELSEWHERE = {
    "a list in block": f"actors:\n  - id: ministry\nclaims:\n  - id: c1\n    speaker: {ID}\n",
    "a list in flow": f"actors: [{{id: ministry}}]\nclaims: [{{id: c1, speaker: [{ID}]}}]\n",
    "an empty list": f"actors: []\nclaims:\n  - id: c1\n    speaker: {ID}\n",
    "no list": f"claims:\n  - id: c1\n    speaker: {ID}\n",
    "no list in flow": f"{{claims: [{{id: c1, speaker: {ID}}}]}}\n",
}


@pytest.mark.parametrize("text", OWN.values(), ids=OWN)
def test_the_own_entry_becomes_that_of_a_stand_in(text: str) -> None:
    record = yaml.safe_load(redact_record(text, WHO))
    assert STAND_IN in record["actors"]
    assert [actor["id"] for actor in record["actors"] if actor != STAND_IN] == ["ministry"]
    assert record["claims"] == [{"id": "c1", "speaker": "redacted-1"}]


@pytest.mark.parametrize("text", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_person_declared_elsewhere_gets_a_stand_in_here(text: str) -> None:
    record = yaml.safe_load(redact_record(text, WHO))
    others = [{"id": "ministry"}] if "ministry" in text else []
    assert record["actors"] == [STAND_IN, *others]
    assert "redacted-1" in record["claims"][0]["speaker"]


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("said Anna Example", "said ████████████"),
        ("'said Anna Example'", "said ████████████"),
        ('"said \\"Anna Example\\""', 'said "████████████"'),
        ('"said \\x41nna Example"', "said ████████████"),
        ("'said Anna O''Example'", "said ██████████████"),
        ("said Anna\n    Example", "said ████████████"),
        ('"said Anna\\\n    \\ Example"', "said ████████████"),
        ('"said Anna\\nExample"', "said ████████████"),
        (">-\n    said Anna\n    Example", "said ████████████"),
        ("|\n    said Anna\n    Example", "said ████████████\n"),
        ("said Annabel Example", "said Annabel Example"),
    ],
)
def test_a_name_is_found_however_it_is_written(written: str, left: str) -> None:
    text = f"quote:\n  exact: {written}\n  start: 1 # as Anna Example said\n"
    after = redact_record(text, WHO)
    assert yaml.safe_load(after) == {"quote": {"exact": left, "start": 1}}
    assert "Anna Example" not in after


def test_what_does_not_speak_of_the_person_stays_as_it_is_written() -> None:
    text = "a:   'b'   # as it was\nc: {d: Anna Example}\n"
    assert redact_record(text, WHO) == "a:   'b'   # as it was\nc: {d: ████████████}\n"


def test_a_stand_in_is_not_taken_for_another() -> None:
    text = f"actors: [{{id: redacted-1}}]\nclaims: [{{speaker: {ID}}}]\n"
    record = yaml.safe_load(redact_record(text, WHO))
    assert [actor["id"] for actor in record["actors"]] == ["redacted-2", "redacted-1"]
    assert record["claims"] == [{"speaker": "redacted-2"}]


@pytest.mark.parametrize("indent", [None, 2])
def test_json(indent: int | None) -> None:
    record = {
        "actors": [{"id": ID, "type": "Person", "name": "Anna Example"}],
        "claims": [{"speaker": ID, "quote": {"exact": "so Anna Example", "start": 3}}],
    }
    # Escaped, the name is not in the text at all.
    text = json.dumps(record, indent=indent).replace("Anna", "\\u0041nna") + "\n"
    after = redact_json(text, WHO)
    assert json.loads(after) == {
        "actors": [STAND_IN],
        "claims": [{"speaker": "redacted-1", "quote": {"exact": "so ████████████", "start": 3}}],
    }
    assert after.endswith("}\n")
    assert after.count("\n") == text.count("\n")


def test_lines_of_json() -> None:
    lines = ['{"claims": [{"id": "c1"}]}', f'{{"claims": [{{"speaker": "{ID}"}}]}}']
    first, second = redact_json("\n".join(lines) + "\n", WHO).splitlines()
    assert first == lines[0]
    assert json.loads(second) == {"claims": [{"speaker": "redacted-1"}], "actors": [STAND_IN]}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (f"a: 1\nb: [{ID}\n", 3, 1),
        (f"- {ID}\n", 1, 1),
        (f"claims: []\nactors: {ID}\n", 2, 9),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(Unreadable) as refused:
        redact_record(text, WHO)
    assert (refused.value.line, refused.value.column) == (line, column)


def test_json_that_cannot_be_read_is_refused_at_its_place() -> None:
    with pytest.raises(Unreadable) as refused:
        redact_json(f'{{\n  "a": {ID}\n}}', WHO)
    assert (refused.value.line, refused.value.column) == (2, 8)


def test_an_id_stays_where_a_name_is_only_a_part_of_it() -> None:
    """It is an event's or an article's, and others may use it too."""
    text = f"article:\n  id: example-speaks # of {ID}\nabout: {ID}-speaks\nto: {ID}\n"
    after = redact_record(text, Spellings(ID, ("Anna Example", "Example")))
    assert "id: example-speaks # of ████████████" in after
    assert f"about: {ID}-speaks" in after
    assert "to: redacted-1" in after


def test_one_word_in_small_letters_is_neither_an_id_nor_a_name() -> None:
    """The article has it as it was, and so has the quote."""
    text = "quote:\n  exact: example\n"
    assert redact_record(text, Spellings(ID, ("Example",))) == text


def test_what_names_a_file_stays_as_the_file_is_called() -> None:
    text = f"text: articles/{ID}.txt\nurl: https://example.org/{ID}-speaks\n"
    after = redact_record(text, WHO, {f"articles/{ID}.txt"})
    assert after == f"text: articles/{ID}.txt\nurl: https://example.org/████████████-speaks\n"


def test_an_address_and_a_name_with_a_soft_hyphen() -> None:
    who = Spellings("juergen-gross", ("Jürgen Groß",))
    text = 'url: https://example.org/j%C3%BCrgen-gro%C3%9F\nexact: "said J\\xFCr\\xADgen Groß"\n'
    assert yaml.safe_load(redact_record(text, who)) == {
        "url": f"https://example.org/{'█' * 21}",
        "exact": "said ████████████",
    }


def test_a_remark_behind_the_sign_of_a_block() -> None:
    text = "rationale: | # as Anna Example said\n  Nothing.\n"
    assert redact_record(text, WHO) == "rationale: | # as ████████████ said\n  Nothing.\n"
