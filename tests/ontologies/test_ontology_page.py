"""docs/ontology.md: it is up to date, its examples are valid, its patterns ask for what exists."""

from __future__ import annotations

import doctest
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from rdflib import RDF, Graph, URIRef
from rdflib.plugins.sparql import prepareQuery

import kg
from kg.records.reader import read
from kg.sparql.guard import check_query
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import XSD

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")


def blocks(language: str, within: str = PAGE) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", within, re.DOTALL | re.MULTILINE)


def chapter(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


RECORD, *FRAGMENTS = blocks("yaml")
ARTICLE = blocks("text", chapter("A record, whole"))[0]
QUESTIONS = chapter("The questions, as graph patterns")
PREFIXES = blocks("text", QUESTIONS)[0]
ASKED = [
    (title, pattern)
    for title, body in re.findall(r"^### (\d+\. [^\n]*)\n(.*?)(?=^### |\Z)", QUESTIONS, re.M | re.S)
    for pattern in blocks("sparql", body)
]
SPACES = dict(re.findall(r"PREFIX (\w+): <([^>]+)>", PREFIXES))


def test_the_page_is_what_the_script_writes(write_ontology_docs) -> None:
    up_to_date = write_ontology_docs.page() == PAGE  # a diff of the whole page tells nobody more

    assert up_to_date, "run python scripts/write_ontology_docs.py"


# The record of the page -----------------------------------------------------------------------


@pytest.fixture
def workspace(empty):
    """A workspace with the article and the record that the page shows, and nothing else."""
    empty.write("articles/first-soldiers.txt", ARTICLE)
    empty.write("records/first-soldiers.yaml", RECORD)
    return empty


def test_the_record_shown_is_valid(workspace) -> None:
    run = workspace.validate("records/first-soldiers.yaml")

    assert run.findings == [], run.out
    assert run.code == 0


def test_the_claim_shown_as_turtle_is_that_of_the_record(workspace) -> None:
    opened = kg.open(workspace.root)
    opened.build()
    subject = URIRef("https://w3id.org/communique/id/claim/first-soldiers/c1")
    shown = Graph().parse(data=blocks("turtle")[0])

    everything = io.BytesIO()
    opened.export("-", "nt", reference=False, stream=everything)
    whole = Graph().parse(data=everything.getvalue(), format="nt")

    assert set(shown) == set(whole.triples((subject, None, None)))


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda text: " ".join(text.split()[:4]))
def test_each_fragment_is_good_as_far_as_it_goes(fragment: str) -> None:
    head = RECORD.partition("actors:")[0]
    whole = fragment if fragment.startswith("communique") else head + fragment

    reading = next(iter(read(Path("shown.yaml"), whole.encode())))

    assert reading.problems == ()
    schema = json.loads((shipped("ontology") / "record.schema.json").read_text(encoding="utf-8"))
    if whole is not fragment:
        record = yaml.load(whole, Loader=yaml.BaseLoader)
        errors = Draft202012Validator(schema).iter_errors(record)
        # The loader reads everything as text, so only the words of the schemes are judged here.
        assert [error.message for error in errors if error.validator == "enum"] == []


def test_every_basis_modality_and_hedge_stands_in_a_table() -> None:
    claims = chapter("The record, key by key")
    schema = json.loads((shipped("ontology") / "record.schema.json").read_text(encoding="utf-8"))
    claim = schema["$defs"]["Claim"]["properties"]
    words = [
        *schema["$defs"]["Quantity"]["properties"]["basis"]["enum"],
        *claim["modality"]["enum"],
        *claim["hedge"]["anyOf"][0]["enum"],
    ]

    assert [word for word in words if f"`{word}` |" not in claims] == []


# Questions --------------------------------------------------------------------------------------


def test_each_of_the_25_questions_has_a_pattern() -> None:
    numbers = sorted({int(title.partition(".")[0]) for title, _ in ASKED})

    assert numbers == list(range(1, 26))


@pytest.mark.parametrize(("title", "pattern"), ASKED, ids=[title for title, _ in ASKED])
def test_a_pattern_is_sparql_of_declared_terms(write_ontology_docs, title: str, pattern: str):
    query = f"{PREFIXES}SELECT DISTINCT * WHERE {{\n{pattern}}}"
    declared = set(write_ontology_docs.graph().subjects(RDF.type))
    used = {
        URIRef(SPACES[prefix] + name)
        for prefix, name in re.findall(r"\b(\w+):([\w-]+)", pattern)
        if SPACES[prefix] != XSD
    }

    prepareQuery(query)
    check_query(query)
    assert used <= declared
    assert used
    assert 2 <= len(pattern.strip().splitlines()) <= 8


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> kg.Workspace:
    folder = tmp_path_factory.mktemp("page") / "dprk-russia"
    shutil.copytree(ROOT / "examples/dprk-russia", folder, ignore=shutil.ignore_patterns(".kg"))
    workspace = kg.open(folder)
    workspace.build()
    return workspace


@pytest.mark.parametrize("number", range(1, 26))
def test_a_pattern_finds_something_in_the_example(number: int, example: kg.Workspace) -> None:
    pattern = next(text for title, text in ASKED if title.startswith(f"{number}. "))

    with example.asking_text(f"{PREFIXES}SELECT DISTINCT * WHERE {{\n{pattern}}}", 1) as answer:
        assert len(list(answer)) == 1


def test_every_stored_query_is_linked_at_its_question() -> None:
    names = set(re.findall(r"^(?:Stored query \[)?`([a-z-]+)`", QUESTIONS, re.MULTILINE))
    stored = {
        file.stem: f"../queries/{file.parent.name}/{file.name}"
        for file in shipped("queries").glob("*/*.rq")
        if file.stem in names
    }

    assert len(names) == 25
    assert [name for name, link in stored.items() if f"[`{name}`]({link})" not in QUESTIONS] == []


# Links, diagrams, Python ------------------------------------------------------------------------


def test_links_lead_somewhere(write_ontology_docs) -> None:
    prose = re.sub(r"^```.*?^```", "", PAGE, flags=re.DOTALL | re.MULTILINE)
    anchors = {
        write_ontology_docs.anchor(heading) for heading in re.findall(r"^#+ (.+)$", prose, re.M)
    }
    links = re.findall(r"\]\(([^)]+)\)", prose)

    assert [link for link in links if link.startswith("#") and link[1:] not in anchors] == []
    local = [link for link in links if not link.startswith(("#", "http"))]
    assert [link for link in local if not (ROOT / "docs" / link).is_file()] == []


def test_each_topic_has_a_diagram_of_declared_classes(write_ontology_docs) -> None:
    topics = chapter("Classes and properties, topic by topic")
    graph = write_ontology_docs.graph()
    names = {
        str(node).rpartition("#")[2].rpartition("/")[2]
        for node in graph.subjects(RDF.type, URIRef("http://www.w3.org/2002/07/owl#Class"))
    }
    modules = len(list(shipped("ontology").glob("modules/*.ttl")))
    diagrams = blocks("mermaid", topics)

    assert len(diagrams) == modules + 1
    for diagram in diagrams:
        assert diagram.startswith("classDiagram\n")
        assert set(drawn(diagram)) <= names


def drawn(diagram: str) -> Iterator[str]:
    for line in diagram.splitlines():
        if match := re.fullmatch(r"  class (\w+)(?: \{)?", line):
            yield match[1]
        elif match := re.fullmatch(r"  (\w+) (?:<\|--|-->) (\w+)(?: : \w+)?", line):
            yield from match.groups()


def test_the_python_shown_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = "\n".join(blocks("python", chapter("From Python")))
    examples = doctest.DocTestParser().get_doctest(text, {}, "ontology.md", None, 0)
    said: list[str] = []

    result = doctest.DocTestRunner().run(examples, out=said.append)

    assert result.attempted > 5
    assert result.failed == 0, "".join(said)
