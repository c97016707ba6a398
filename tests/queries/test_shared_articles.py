"""Four more articles, each a record of its own: another war, another continent, the same classes.

What is expected was read from the articles, not from the program. They are not part of the
project; where they are not at hand these tests are skipped.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import kg
from kg.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
MALI = "2021-12-25-bamako-rejects-claims-of-wagner-deployment"
IRAN = "2024-09-10-white-house-unable-to-confirm-iranian-missile-transfer"
SEOUL = "2024-10-23-seoul-3-000-north-koreans-now-in-russia"
KURSK = "2024-10-30-us-thinks-north-koreans-have-reached-kursk"
FIRST = "2024-10-dprk-troops"
NAMES = (MALI, IRAN, SEOUL, KURSK)

pytestmark = pytest.mark.skipif(
    not (SHARED / "articles" / f"{MALI}.txt").is_file(), reason="the articles are not at hand"
)

Row = tuple[Any, ...]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Workspace]:
    """Build articles in an empty workspace, once for each choice of articles."""
    known: dict[tuple[str, ...], Workspace] = {}

    def build(*names: str) -> Workspace:
        if names not in known:
            root = tmp_path_factory.mktemp("shared")
            (root / "kg.toml").write_text('[workspace]\nname = "tests"\n', encoding="utf-8")
            for folder in ("articles", "records"):
                (root / folder).mkdir()
            for name in names:
                shutil.copy(SHARED / "articles" / f"{name}.txt", root / "articles")
                shutil.copy(ROOT / "tests" / "data" / f"{name}.yaml", root / "records")
            known[names] = kg.open(root)
            known[names].build()
        return known[names]

    return build


def record_of(name: str) -> dict[str, Any]:
    text = (ROOT / "tests" / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=yaml.BaseLoader))


def rows(workspace: Workspace, query: str, columns: str, **given: str) -> list[Row]:
    """Return the answer cut to `columns`; ids stand for IRIs."""
    return [
        tuple(_short(getattr(row, name)) for name in columns.split())
        for row in workspace.query(query, **given)
    ]


def _short(value: Any) -> Any:
    ours = isinstance(value, str) and value.startswith("https://w3id.org/")
    return value.rpartition("/")[2] if ours else value


# All of them --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_record_stands_alone_and_nothing_is_wrong_with_it(name: str, built) -> None:
    workspace = built(name)

    assert workspace.validate().as_json()["findings"] == []
    assert len(workspace.query("timeline")) > 0


def test_all_five_build_together(built) -> None:
    workspace = built(*NAMES, FIRST)

    assert workspace.validate().as_json()["findings"] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_careful_readers_marked_is_in_it(name: str) -> None:
    """Each of their spans holds a claim of the same polarity that covers most of it."""
    gold = json.loads((SHARED / "gold" / f"{name}.json").read_text(encoding="utf-8"))["claims"]
    claims = [
        (int(claim["quote"]["start"]), len(claim["quote"]["exact"]), claim["polarity"])
        for claim in record_of(name)["claims"]
    ]
    missing = [
        one["quote"]
        for one in gold
        if not any(
            one["start"] <= start
            and start + length <= one["end"]
            and 2 * length > one["end"] - one["start"]
            and polarity == one["polarity"]
            for start, length, polarity in claims
        )
    ]

    assert len(gold) >= 5
    assert missing == []


# Mali ---------------------------------------------------------------------------------------------


def test_mali_denies_what_its_own_security_sources_confirm(built) -> None:
    pairs = {
        (row.kind, frozenset((row.speaker1_label, row.speaker2_label)))
        for row in built(MALI).query("contradictions")
    }
    signatories = "Canada, France, 13 other European nations"

    assert pairs == {
        ("denial", frozenset(("Transitional Government of Mali", against)))
        for against in (
            "Western accusations",
            "Malian security sources",
            "one of the Malian security sources",
            signatories,
        )
    }


def test_two_figures_of_wagner_fighters_one_rough_one_plain(built) -> None:
    found = rows(
        built(MALI),
        "deployment-figures",
        "speaker_label aspect as_stated low best high",
        event="wagner-mali-2021",
    )

    assert sorted(found) == [
        ("Malian security sources", "personnel-present", "roughly 500", None, 500, None),
        ("one of the Malian security sources", "personnel-present", "500", 500, 500, 500),
    ]


def test_the_denial_of_wagner_leaves_the_trainers(built) -> None:
    found = rows(built(MALI), "undenied", "speaker denied_aspect undenied_claim undenied_aspect")

    assert sorted(found) == [
        ("mali-government", "occurrence", "c4", "personnel-present"),
        ("mali-government", "occurrence", "c5", "purpose"),
    ]


def test_the_sources_of_mali_stay_unnamed(built) -> None:
    assert {row.source_label for row in built(MALI).query("unnamed-sources")} == {
        "Malian security sources",
        "Western accusations",
        "local media",
        "one of the Malian security sources",
    }


# Iran ---------------------------------------------------------------------------------------------


def test_tehran_and_its_commander_deny_what_two_outlets_wrote(built) -> None:
    pairs = {
        frozenset((row.speaker1_label, row.speaker2_label))
        for row in built(IRAN).query("contradictions")
    }

    assert pairs == {
        frozenset((denier, affirmer))
        for denier in ("Fazlollah Nozari", "Iran")
        for affirmer in ("CNN, The Wall Street Journal", "unknown outlet")
    }


def test_the_outlets_rest_on_unnamed_sources(built) -> None:
    (row,) = built(IRAN).query("provenance", claim=f"{IRAN}/c2")

    assert row.quote == "the missiles had already been delivered"
    assert (row.start, row.end) == (372, 411)
    assert row.based_on_label == "unnamed sources"


def test_who_neither_confirms_nor_denies_makes_no_claim(built) -> None:
    speakers = {row.speaker for row in built(IRAN).query("timeline")}
    claims = record_of(IRAN)["claims"]

    assert not any(str(speaker).endswith(("white-house", "john-kirby")) for speaker in speakers)
    assert [claim["about"] for claim in claims if claim["speaker"] == "dmitry-peskov"] == [
        "russia-iran-cooperation"
    ]


# The Kursk region ---------------------------------------------------------------------------------


def test_the_pentagon_and_the_state_department_give_the_one_figure(built) -> None:
    found = rows(
        built(KURSK), "deployment-figures", "speaker_label aspect modality as_stated best low high"
    )

    joint = "Pentagon, US State Department"
    assert found == [
        (joint, "personnel-training", "actual", "about ten thousand", 10_000, None, None)
    ]


def test_the_officials_tell_what_washington_concluded(built) -> None:
    (row,) = built(KURSK).query("provenance", claim=f"{KURSK}/c1")

    assert row.speaker_label == "two American officials who asked not to be named"
    assert row.based_on_label == "United States"


def test_nobody_in_the_article_contradicts_it(built) -> None:
    """What may have been is no rival of what is; neither capital has commented."""
    assert len(built(KURSK).query("contradictions")) == 0


def test_the_days_of_the_kursk_article(built) -> None:
    dated = {
        row.as_stated: (row.event_label, row.earliest, row.latest)
        for row in built(KURSK).query("timeline")
        if row.as_stated
    }

    assert dated == {
        "as early as Wednesday": (
            "North Korean soldiers in Russia, autumn 2024",
            date(2024, 10, 23),
            date(2024, 10, 23),
        ),
        "since August": (
            "Ukrainian incursion into the Kursk region, 2024",
            date(2024, 8, 1),
            None,
        ),
    }


# Seoul --------------------------------------------------------------------------------------------


def test_the_second_contingent_is_part_of_the_whole_and_does_not_clash_with_it(built) -> None:
    table = built(SEOUL).query("contradictions")

    assert {row.kind for row in table} == {"denial"}
    assert {row.speaker1_label for row in table} | {row.speaker2_label for row in table} >= {
        "North Korea, Russia"
    }


def test_who_counts_how_many_in_seoul(built) -> None:
    found = rows(
        built(SEOUL), "deployment-figures", "speaker_label event aspect modality as_stated best"
    )

    troops = "dprk-troops-russia-2024"
    assert set(found) == {
        (
            "South Korean lawmakers",
            "dprk-second-contingent-2024",
            "personnel-total",
            "actual",
            "1,500",
            1_500,
        ),
        ("South Korean lawmakers", troops, "personnel-present", "actual", "3,000", 3_000),
        ("Cho Tae-yong", troops, "personnel-present", "expected", "10,000", 10_000),
        (
            "National Intelligence Service",
            troops,
            "personnel-present",
            "actual",
            "1,500",
            1_500,
        ),
        ("Volodymyr Zelenskyy", troops, "personnel-total", "expected", "10,000", 10_000),
    }


def test_the_service_thinks_that_nobody_has_fought(built) -> None:
    """The one denial of combat is the service's own, and reaches no claim of this article."""
    found = rows(built(SEOUL), "undenied", "denial speaker denied_aspect", article=SEOUL)

    assert ("c6", "south-korea-nis", "combat-participation") in found
