"""How to validate any graph against any shapes from Python."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Dataset, Graph, URIRef

from kg.errors import CallError, DataError
from kg.shacl import ShaclReport, ShaclResult, validate

HEAD = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/> .
"""
SHIPS = """\
:seagull a :Ship ; :name "Seagull" ; :length 120 ; :flag :north ; :calls :port-a, :port-b .
:osprey a :Ship ; :length -5 ; :flag :nowhere .
:north a :State .
"""
SHAPES = """\
:Ship a rdfs:Class, sh:NodeShape ; sh:property :named, :measured, :flagged .
:named a sh:PropertyShape ; sh:path :name ; sh:minCount 1 ;
  sh:message "A ship has a name."@en, "Ein Schiff hat einen Namen."@de .
:measured a sh:PropertyShape ; sh:path :length ; sh:minInclusive 1 ; sh:severity sh:Warning .
:flagged a sh:PropertyShape ; sh:path :flag ; sh:class :State ; sh:severity sh:Info .
"""
EX = "https://example.org/"


def graph(turtle: str) -> Graph:
    return Graph().parse(data=HEAD + turtle, format="turtle")


def found(report: ShaclReport) -> list[tuple[str, str | None, str | None, str]]:
    """Return focus node, path, value and component, short."""
    return [
        (
            each.focus_node.removeprefix(EX),
            each.path and each.path.replace(EX, ""),
            each.value and each.value.removeprefix(EX),
            each.component.rpartition("#")[2].removesuffix("ConstraintComponent"),
        )
        for each in report.results
    ]


SILENT = "The shape says no more (sh:message)."


def test_a_report_has_every_result_in_order() -> None:
    report = validate(graph(SHIPS), graph(SHAPES))

    assert not report.conforms
    assert report.notes == ()
    assert report.results == (
        ShaclResult(
            focus_node=EX + "osprey",
            path=EX + "flag",
            value=EX + "nowhere",
            component="http://www.w3.org/ns/shacl#ClassConstraintComponent",
            severity="info",
            source_shape=EX + "flagged",
            message=f"This breaks sh:class of the shape {EX}flagged. {SILENT}",
        ),
        ShaclResult(
            focus_node=EX + "osprey",
            path=EX + "length",
            value="-5",
            component="http://www.w3.org/ns/shacl#MinInclusiveConstraintComponent",
            severity="warning",
            source_shape=EX + "measured",
            message=f"This breaks sh:minInclusive of the shape {EX}measured. {SILENT}",
        ),
        ShaclResult(
            focus_node=EX + "osprey",
            path=EX + "name",
            value=None,
            component="http://www.w3.org/ns/shacl#MinCountConstraintComponent",
            severity="error",
            source_shape=EX + "named",
            message="A ship has a name.",
        ),
    )


def test_good_data_conforms() -> None:
    report = validate(graph(':a a :Ship ; :name "A" .'), graph(SHAPES))

    assert report == ShaclReport(conforms=True, results=())


def test_only_chosen_nodes_are_checked() -> None:
    report = validate(graph(SHIPS), graph(SHAPES), focus_nodes=[EX + "seagull"])

    assert report.conforms
    assert not validate(graph(SHIPS), graph(SHAPES), focus_nodes=[EX + "osprey"]).conforms
    assert validate(graph(SHIPS), graph(SHAPES), focus_nodes=[]).conforms


def test_a_blank_node_is_chosen_as_rdflib_has_it() -> None:
    ships = graph("[] a :Ship .")
    (nameless,) = ships.subjects()

    assert not validate(ships, graph(SHAPES), focus_nodes=[nameless]).conforms
    assert not validate(graph(SHIPS), graph(SHAPES), focus_nodes=[URIRef(EX + "osprey")]).conforms


@pytest.mark.parametrize(
    "where",
    [
        "BIND($this AS ?ship) ?ship :length ?value",
        "{ BIND($this AS ?ship) } ?ship :length ?value",
        "{ SELECT $this ?ship { BIND($this AS ?ship) } } ?ship :length ?value",
        "$this :length ?value FILTER EXISTS { $this a :Ship }",
    ],
)
def test_a_query_speaks_of_each_blank_node_alone(where: str) -> None:
    ships = graph(":seagull a :Ship ; :length 120 . [] a :Ship ; :length 9 . [] a :Ship .")
    shapes = graph(
        ':s a sh:NodeShape ; sh:targetClass :Ship ; sh:sparql [ sh:prefixes :p ; sh:select """'
        f'SELECT $this ?value {{ {where} }}""" ] . '
        ':p sh:declare [ sh:prefix "" ; sh:namespace "https://example.org/"^^xsd:anyURI ] .'
    )

    results = validate(ships, shapes).results

    assert sorted((each.focus_node[:2], each.value) for each in results) == [
        ("_:", "9"),
        ("ht", "120"),
    ]


def test_one_text_is_no_list_of_nodes() -> None:
    with pytest.raises(CallError, match=r"write \['https://example.org/osprey'\]"):
        validate(graph(SHIPS), graph(SHAPES), focus_nodes=EX + "osprey")


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CallError, match=r"nowhere\.ttl cannot be read"):
        validate(tmp_path / "nowhere.ttl", graph(SHAPES))
    with pytest.raises(CallError, match="has no Turtle file"):
        validate(graph(SHIPS), tmp_path)


def test_a_path_may_be_text(tmp_path: Path) -> None:
    (tmp_path / "ships.ttl").write_text(HEAD + SHIPS)

    assert found(validate(str(tmp_path / "ships.ttl"), graph(SHAPES))) == found(
        validate(graph(SHIPS), graph(SHAPES))
    )


def test_files_and_folders_are_read(tmp_path: Path) -> None:
    (tmp_path / "ships.ttl").write_text(HEAD + SHIPS)
    folder = tmp_path / "shapes"
    folder.mkdir()
    first, second = SHAPES.split(":measured a", 1)
    (folder / "a.ttl").write_text(HEAD + first)
    (folder / "b.ttl").write_text(f"{HEAD}:measured a{second}")
    (folder / "notes.txt").write_text("no Turtle")

    assert validate(tmp_path / "ships.ttl", folder) == validate(graph(SHIPS), graph(SHAPES))


def test_blank_nodes_of_several_files_are_kept_apart(tmp_path: Path) -> None:
    for name in ("a", "b"):
        shape = (
            f":{name} sh:targetNode :it ; sh:property _:x . _:x sh:path :{name} ; sh:minCount 1 ."
        )
        (tmp_path / f"{name}.ttl").write_text(HEAD + shape)

    report = validate(graph(":it a :Thing ."), tmp_path)

    assert [path for _, path, _, _ in found(report)] == ["a", "b"]


def test_named_graphs_are_united() -> None:
    data = Dataset()
    for number, line in enumerate(SHIPS.splitlines()):
        data.graph(URIRef(f"{EX}graph/{number}")).parse(data=HEAD + line, format="turtle")

    assert validate(data, graph(SHAPES)) == validate(graph(SHIPS), graph(SHAPES))


def test_lexical_forms_are_judged_as_they_are_written(tmp_path: Path) -> None:
    """An embedded store would make 1 of 01, and a number of it."""
    (tmp_path / "data.ttl").write_text(HEAD + ':a :n "01"^^xsd:integer, "1x"^^xsd:integer .')
    (tmp_path / "shapes.ttl").write_text(
        HEAD
        + ':s sh:targetSubjectsOf :n ; sh:path :n ; sh:datatype xsd:integer ; sh:pattern "^0" .'
    )

    report = validate(tmp_path / "data.ttl", tmp_path / "shapes.ttl")

    assert found(report) == [("a", "n", "1x", "Datatype"), ("a", "n", "1x", "Pattern")]


@pytest.mark.parametrize(
    ("path", "written", "values"),
    [
        (":calls", "calls", ["port-a", "port-b"]),
        ("[ sh:inversePath :berth ]", "^<berth>", ["port-a"]),
        ("( :calls :in )", "<calls>/<in>", ["south"]),
        (
            "[ sh:alternativePath ( :flag :calls ) ]",
            "<flag>|<calls>",
            ["north", "port-a", "port-b"],
        ),
        ("[ sh:zeroOrOnePath :flag ]", "<flag>?", ["north", "seagull"]),
        ("( :flag [ sh:oneOrMorePath :near ] )", "<flag>/(<near>+)", ["east", "north", "south"]),
        ("( :flag [ sh:zeroOrMorePath :near ] )", "<flag>/(<near>*)", ["east", "north", "south"]),
        ("[ sh:inversePath ( :at :berth ) ]", "^(<at>/<berth>)", ["buoy"]),
    ],
)
def test_every_kind_of_path(path: str, written: str, values: list[str]) -> None:
    data = """\
    :seagull :flag :north ; :calls :port-a, :port-b .
    :port-a :berth :seagull ; :in :south . :port-b :in :south . :buoy :at :port-a .
    :north :near :south . :south :near :east . :east :near :north .
    """
    shape = f":s sh:targetNode :seagull ; sh:property [ sh:path {path} ; sh:in () ] ."

    report = validate(graph(data), graph(shape))

    expected = [("seagull", written, value, "In") for value in values]
    assert found(report) == expected


@pytest.mark.parametrize(
    ("target", "nodes"),
    [
        ("sh:targetNode :a", ["a"]),
        ("sh:targetClass :Ship", ["a", "b"]),
        ("sh:targetSubjectsOf :name", ["a", "c"]),
        ("sh:targetObjectsOf :near", ["5", "b"]),
        ("a owl:Class", ["d"]),
        ("sh:targetClass :Ship ; sh:targetNode :a, :nobody", ["a", "b", "nobody"]),
        ("sh:targetClass :Ship ; sh:deactivated true", []),
    ],
)
def test_every_kind_of_target(target: str, nodes: list[str]) -> None:
    data = """\
    :Tanker rdfs:subClassOf :Ship . :a a :Ship ; :name "a" . :b a :Tanker .
    :c :name "c" ; :near :b, 5 . :d a :s .
    """

    report = validate(graph(data), graph(f":s {target} ; sh:in () ."))

    assert [node for node, _, _, _ in found(report)] == nodes


def test_a_nested_shape_says_only_that_it_failed() -> None:
    shapes = """\
    :s sh:targetNode :a ; sh:node :named ; sh:not [ sh:class :Ship ] ;
      sh:xone ( [ sh:class :Ship ] [ sh:nodeKind sh:IRI ] ) .
    :named sh:property [ sh:path :name ; sh:minCount 1 ] .
    """

    report = validate(graph(":a a :Ship ."), graph(shapes))

    assert sorted(found(report)) == [
        ("a", None, "a", "Node"),
        ("a", None, "a", "Not"),
        ("a", None, "a", "Xone"),
    ]


def test_languages_and_their_ranges() -> None:
    data = ':a :name "ship"@en, "ship"@en-GB, "boat"@EN, "Schiff"@de, "ship" .'
    shapes = """\
    :s sh:targetNode :a ; sh:property [ sh:path :name ; sh:uniqueLang true ] ,
      [ sh:path :name ; sh:languageIn ( "EN" ) ] , [ sh:path :name ; sh:languageIn ( "*" ) ] .
    """

    report = validate(graph(data), graph(shapes))

    assert sorted(found(report), key=str) == [
        ("a", "name", "Schiff", "LanguageIn"),
        ("a", "name", "ship", "LanguageIn"),
        ("a", "name", "ship", "LanguageIn"),
        ("a", "name", None, "UniqueLang"),
    ]


def test_a_severity_of_ones_own_is_an_error() -> None:
    shape = ":s sh:targetNode :a ; sh:in () ; sh:severity :Grave ."

    (result,) = validate(graph(":a a :Ship ."), graph(shape)).results

    assert result.severity == "error"


QUERY = '''\
:s sh:targetClass :Ship ; sh:sparql [
  sh:prefixes :p ; sh:message "{$this} is as long as {?other}" ;
  sh:select """SELECT $this ?other WHERE {
    $this :length ?n . ?other :length ?n FILTER(?other != $this)
  }%s"""
] .
:p sh:declare [ sh:prefix "" ; sh:namespace "https://example.org/"^^xsd:anyURI ] .
'''
TWINS = ":a a :Ship ; :length 5 . :b a :Ship ; :length 5 . :c a :Ship ; :length 6 ."


def test_sparql_is_asked_for_all_nodes_at_once() -> None:
    report = validate(graph(TWINS), graph(QUERY % ""))

    assert [each.message for each in report.results] == [
        f"{EX}a is as long as {EX}b",
        f"{EX}b is as long as {EX}a",
    ]
    assert report.notes == ()


def test_the_report_notes_what_had_to_be_asked_node_by_node() -> None:
    report = validate(graph(TWINS), graph(QUERY % " LIMIT 1"))

    assert [each.focus_node for each in report.results] == [f"{EX}a", f"{EX}b"]
    assert report.notes == (f"{EX}s: its SPARQL cannot be asked for a set; asked node by node",)


def test_components_of_ones_own() -> None:
    shapes = """\
    :EvenComponent a sh:ConstraintComponent ; sh:parameter [ sh:path :even ] ;
      sh:validator [ sh:ask "ASK { FILTER($even = (FLOOR($value / 2) * 2 = $value)) }" ;
        sh:message "not even: {$value}" ] .
    :s sh:targetSubjectsOf :length ; sh:property [ sh:path :length ; :even true ] .
    """

    report = validate(graph(TWINS), graph(shapes))

    assert [(each.focus_node, each.message) for each in report.results] == [
        (f"{EX}a", "not even: 5"),
        (f"{EX}b", "not even: 5"),
    ]


def test_a_file_that_is_no_rdf_is_named(tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text("no Turtle")

    with pytest.raises(DataError, match=r"data\.ttl is no RDF that can be read"):
        validate(tmp_path / "data.ttl", graph(SHAPES))


def test_a_focus_node_that_the_data_lacks_is_told() -> None:
    report = validate(graph(SHIPS), graph(SHAPES), focus_nodes=[EX + "seagul"])

    assert report.conforms
    (note,) = report.notes
    assert note.startswith(f"{EX}seagul: no triple")
    for slip in ("seagull", "http://example .org/", ""):
        with pytest.raises(CallError, match="is no IRI"):
            validate(graph(SHIPS), graph(SHAPES), focus_nodes=[slip])


def test_infinite_numbers_of_rdflib_are_numbers() -> None:
    ships = graph(':a a :Ship ; :length "INF"^^xsd:double, "-INF"^^xsd:float, "NaN"^^xsd:double .')
    shapes = graph(
        ":s a sh:NodeShape ; sh:targetClass :Ship ; sh:property [ sh:path :length ; "
        "sh:or ( [ sh:datatype xsd:double ] [ sh:datatype xsd:float ] ) ] ."
    )
    assert validate(ships, shapes).conforms


def test_without_data_there_is_nothing_to_validate() -> None:
    with pytest.raises(CallError, match="takes data and shapes"):
        validate(None, graph(SHAPES))  # type: ignore[arg-type]
