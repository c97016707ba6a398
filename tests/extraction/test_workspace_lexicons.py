"""A workspace's own lexicons: a slip in one is told as such, before any article is read."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kg.errors import DataError
from kg.extraction.pipeline import About, extractor
from kg.vocabulary.shipped import shipped

NEW = "lend-out:\n  event: Shipment\n  subject: from\n  verbs: [lease]\n  needs: [goods]\n"


@pytest.mark.parametrize(
    ("frames", "message"),
    [
        (NEW.replace("goods", "gods"), "frame 'lend-out' needs 'gods', none of .*goods"),
        (NEW.replace("goods", "gods").replace("verbs", "nouns"), "needs 'gods', none of"),
        (NEW.replace("Shipment", "Shipmnt"), "frame 'lend-out' makes 'Shipmnt', none of .*Shipm"),
        ("give:\n  verbz: [lease]\n", "frame 'give' has 'verbz'; its keys are .*verbs"),
        ("lend-out:\n  verbs: [lease]\n", "frame 'lend-out' says no event, subject, needs"),
    ],
)
def test_a_slip_in_a_frame_is_told(tmp_path: Path, frames: str, message: str) -> None:
    (tmp_path / "frames.yaml").write_text(frames, encoding="utf-8")

    with pytest.raises(DataError, match=message):
        extractor((shipped("ontology"),), (shipped("lexicons"), tmp_path))


def test_a_new_frame_is_read(tmp_path: Path) -> None:
    (tmp_path / "frames.yaml").write_text(NEW, encoding="utf-8")

    extractor((shipped("ontology"),), (shipped("lexicons"), tmp_path))


@pytest.mark.parametrize(
    ("file", "content", "line", "message"),
    [
        ("frames", "give:\n  verbs: bequeath\n", 2, "'verbs' must be a list of words"),
        ("frames", "give: [bequeath]\n", 1, "frame 'give' must be a mapping of keys"),
        ("frames", "give:\n  slots: [to]\n", 2, "'slots' must be a mapping of names to one of"),
        ("frames", "give:\n  slots: {to: nonsense}\n", 2, "'to' must be one of base, coop"),
        ("frames", "give:\n  subject: form\n", 2, "'subject' must be one of base, coop"),
        ("frame", "give:\n  verbs: [bequeath]\n", 1, "no lexicon of this name; did you mean"),
        ("verbs", "give: [bequeath]\n", 1, "no lexicon of this name"),
        ("frames", "- give\n", 1, "A lexicon is a mapping of keys to words"),
        ("items", "\ndrone: quadcopter\n", 2, "'drone' must be a list of words"),
        (
            "items",
            "dron: [quadcopter]\n",
            1,
            "the reference data has no 'dron'; did you mean 'drone'",
        ),
        ("names", "actors:\n  russia: Rus\n", 2, "'russia' must be a list of words"),
        ("names", "forces-of:\n  wagner-group: [russia]\n", 2, "'wagner-group' must be one word"),
        ("quantities", "units: {eleventy: many}\n", 1, "'eleventy' must be a whole number"),
        ("dates", "months: [brumaire]\n", 1, "'months' must be a mapping of names"),
        ("attribution", "sey: [opine]\n", 1, "'sey' is none of the keys of attribution.yaml"),
        ("civil", "civil-folk: [bakers]\n", 1, "'civil-folk' is none of the keys of civil.yaml"),
        ("words", "irregular:\n  lend: [lent]\n", 2, "'lend' must be the four other forms"),
        ("frames", "give:\n  verbs:\n    - bequeath\n    - 5\n", 4, "'5' is a number, and no word"),
        ("items", "drone: [quadcopter, 12]\n", 1, "'12' is a number, and no word"),
        ("names", "actors:\n  houthis: [1.5]\n", 2, "'1.5' is a number, and no word"),
        ("frames", "give:\n  verbs:\n    - a(b\n", 3, "'a(b' has '(' in it"),
        ("attribution", "say: [opine, 'opin*']\n", 1, "'opin*' has '*' in it"),
        (
            "frames",
            "give:\n  verbs: [Bequeath]\n",
            2,
            "'Bequeath' is to be written in small letters",
        ),
        (
            "names",
            "actors:\n  houthis:\n    - Hezbollah\n",
            2,
            "'Hezbollah' is a name of 'hezbollah'",
        ),
        ("names", "places:\n  kyiv: [Minsk]\n", 2, "'Minsk' is a name of 'minsk' already"),
        ("dates", "months: {brumaire: 13}\n", 1, "'brumaire' must be a whole number from 1 to 12"),
        ("dates", "quarters: {q5: fifth}\n", 1, "'q5' must be one of first, second"),
        ("unread", "untelling:\n  - dawdle\n  - Rankle\n", 3, "'Rankle' is to be written in small"),
        ("unread", "untelling: [dawdle, sit idle]\n", 1, "'sit idle' must be one word"),
        ("unread", "any-force: ['troops ']\n", 1, "'troops ' must be one word"),
        ("unread", "\nany-force: [tro\u200bops]\n", 2, "'tro\\u200bops' has a character in it"),
        (
            "unread",
            "arms-verbs: [trundle]\nuntelling: [dawdle, trundle]\n",
            2,
            "'trundle' stands in 'arms-verbs' too",
        ),
    ],
)
def test_a_file_of_another_shape_is_told_at_its_line(
    file: str, content: str, line: int, message: str, tmp_path: Path
) -> None:
    (tmp_path / f"{file}.yaml").write_text(content, encoding="utf-8")

    with pytest.raises(DataError) as refused:
        extractor((shipped("ontology"),), (shipped("lexicons"), tmp_path))

    assert str(refused.value).startswith(f"{tmp_path / f'{file}.yaml'}:{line}: ")
    assert message in str(refused.value)


def test_a_word_of_civil_life_keeps_a_sentence_out(tmp_path: Path) -> None:
    sentence = "Forty Turkish technicians arrived in Chad to teach apprentices."
    shared = extractor((shipped("ontology"),), (shipped("lexicons"),))
    (tmp_path / "civil.yaml").write_text("civil-people: [apprentices]\n", encoding="utf-8")
    own = extractor((shipped("ontology"),), (shipped("lexicons"), tmp_path))

    assert shared.draft(sentence, About("2024-10-23"))["claims"]
    assert own.draft(sentence, About("2024-10-23")).get("claims", []) == []


@pytest.mark.parametrize("content", ["", "# nothing yet\n"])
@pytest.mark.parametrize("file", ["unread", "frames", "names"])
def test_a_file_without_keys_adds_nothing(file: str, content: str, tmp_path: Path) -> None:
    (tmp_path / f"{file}.yaml").write_text(content, encoding="utf-8")

    own = extractor((shipped("ontology"),), (shipped("lexicons"), tmp_path))

    assert own.lexicon == extractor((shipped("ontology"),), (shipped("lexicons"),)).lexicon


def test_a_folder_of_a_lexicons_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "frames.yaml").mkdir()

    with pytest.raises(DataError, match=r"frames\.yaml:1: A lexicon is a file, and this is none"):
        extractor((shipped("ontology"),), (shipped("lexicons"), tmp_path))


def test_names_and_forms_that_are_there_already_may_be_said_again(tmp_path: Path) -> None:
    (tmp_path / "names.yaml").write_text("actors:\n  houthis: [Houthis, Huthis]\n")
    (tmp_path / "words.yaml").write_text("irregular:\n  send: [sends, sending, sended, sended]\n")
    rules = extractor((shipped("ontology"),), (shipped("lexicons"), tmp_path))

    assert "huthis" in rules.gazetteer.single
    assert "sended" in rules.lexicon.verbs


def test_no_list_stands_in_two_of_the_shipped_files() -> None:
    parts = [
        yaml.safe_load((shipped("lexicons") / f"{name}.yaml").read_text(encoding="utf-8"))
        for name in ("words", "attribution", "frames", "quantities", "civil")
    ]
    parts[2] = parts[2]["words"]
    lists = [key for part in parts for key, value in part.items() if isinstance(value, list)]

    assert sorted(lists) == sorted(set(lists))
