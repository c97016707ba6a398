"""Write docs/ontology.md anew: docs/ontology/, the typed record, the context and the ontology."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from kg.records import model
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import ACTOR_TYPES, DEFAULT_BASE, KG, KGS

ROOT = Path(__file__).resolve().parents[1]
PARTS = ROOT / "docs" / "ontology"
PAGE = ROOT / "docs" / "ontology.md"

# The class whose members a part of the record becomes.
CLASS_OF: dict[type[BaseModel], str] = {
    model.Article: "Article",
    model.Actor: "Actor",
    model.Office: "Office",
    model.Place: "Place",
    model.Event: "Event",
    model.Evidence: "Evidence",
    model.Quote: "Quotation",
    model.Claim: "Claim",
    model.Mention: "Mention",
    model.Assessment: "Assessment",
    model.Replacement: "Replacement",
}
# Keys that mapping gives another name, or a second one, before the context is asked.
RENAMED = {
    ("Evidence", "type"): ("evidence_type",),
    ("Office", "from"): ("earliest",),
    ("Office", "until"): ("latest",),
    ("Actor", "acts_for"): ("acts_for", "offices"),
    ("Claim", "quote"): ("quote", "span"),
}
CORRESPONDS_TO = URIRef(f"{KG}correspondsTo")
PERIOD = "claims.date, else claims.said, else article.published"
DATE_NOTE = re.compile(r" ?The value is an (xsd:\w+); the shapes require it[^.]*\.")


@dataclass
class Use:
    """Where a property is used: on which classes, from which record keys, with which scheme."""

    classes: dict[str, None] = field(default_factory=dict)
    keys: dict[str, None] = field(default_factory=dict)
    scheme: str = ""


# What there is to read -----------------------------------------------------------------------


@cache
def graph() -> Graph:
    """Return all Turtle files of the ontology as one graph."""
    whole = Graph()
    for file in sorted(shipped("ontology").rglob("*.ttl")):
        whole.parse(file)
    return whole


@cache
def context() -> dict[str, Any]:
    """Return the JSON-LD context."""
    text = (shipped("ontology") / "context.jsonld").read_text(encoding="utf-8")
    return dict(json.loads(text)["@context"])


def words(node: URIRef, predicate: URIRef) -> str:
    """Return the one literal that `node` has for `predicate`, or an empty string."""
    return str(graph().value(node, predicate) or "")


def names(node: URIRef, predicate: URIRef) -> list[str]:
    """Return what `node` points to by `predicate`, as people write it, sorted."""
    values = graph().objects(node, predicate)
    return sorted(compact(value) for value in values if isinstance(value, URIRef))


def compact(iri: str) -> str:
    """Return an IRI as prefix and name; a term of ours by its name alone."""
    if iri.startswith(KG):
        return iri.removeprefix(KG)
    return str(graph().namespace_manager.normalizeUri(iri))


# The record's keys ---------------------------------------------------------------------------


@cache
def uses() -> dict[str, Use]:
    """Return for each property, by IRI, where the record makes use of it."""
    found: dict[str, Use] = defaultdict(Use)
    for name, info in model.Record.model_fields.items():
        part = _part(info.annotation)
        if part:
            _walk(part, CLASS_OF[part], name, context(), found)
    for entry in context()["period"]["@context"].values():
        _add(found, entry, "Claim", PERIOD)
    for key in ("Claim", "Mention", "Evidence"):
        _add(found, context()["article"], key, "article")
    for entry in context()["Run"]["@context"].values():
        _add(found, entry, "prov:Activity", "(each build)")
    _add(found, context()["run"], "Article", "(each build)")
    return found


def _walk(
    part: type[BaseModel], cls: str, path: str, known: dict[str, Any], found: dict[str, Use]
) -> None:
    known = {**context(), **known, **_scoped(cls, part)}
    for name, info in part.model_fields.items():
        key = info.alias or name
        inner = _part(info.annotation)
        for term in RENAMED.get((part.__name__, key), (key,)):
            entry = known[term]
            here = f"{path}.{key}"
            if isinstance(entry, dict) and entry["@id"] == "@nest":
                _nested(inner, cls, here, entry["@context"], found)
                continue
            _add(found, entry, cls, here, model.scheme_of(part, name))
            if inner:
                _walk(inner, CLASS_OF[inner], here, {}, found)


def _scoped(cls: str, part: type[BaseModel]) -> dict[str, Any]:
    entry = context().get(cls) if CLASS_OF.get(part) == cls else None
    return entry.get("@context", {}) if isinstance(entry, dict) else {}


def _nested(
    inner: type[BaseModel] | None,
    cls: str,
    path: str,
    known: dict[str, Any],
    found: dict[str, Use],
) -> None:
    """Follow a key whose values stand on the node itself; bounds and ends come from its value."""
    written: dict[str, str | None] = {}
    if inner:
        fields = inner.model_fields.items()
        written = {info.alias or name: model.scheme_of(inner, name) for name, info in fields}
    main = f"{path}.edtf" if "edtf" in written else path
    for term, entry in known.items():
        here = f"{path}.{term}" if term in written else main
        _add(found, entry, cls, here, written.get(term))


def _add(found: dict[str, Use], entry: Any, cls: str, key: str, scheme: str | None = None) -> None:
    iri = entry["@id"] if isinstance(entry, dict) else entry
    if iri.startswith("@"):
        return
    prefix, _, local = iri.partition(":")
    use = found[context()[prefix] + local]
    use.classes[cls] = None
    use.keys[key] = None
    use.scheme = use.scheme or scheme or ""


def _part(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_part, get_args(annotation))), None)


def keys(name: str) -> Iterator[str]:
    """Yield the table of the keys of one part of the record."""
    part: type[BaseModel] = getattr(model, name)
    texts = yaml.safe_load((PARTS / "keys.yaml").read_text(encoding="utf-8"))[name]
    schema = part.model_json_schema(by_alias=True)
    assert list(texts) == list(schema["properties"]), f"{name}: keys.yaml and the model differ"
    known = {**context(), **_scoped(CLASS_OF.get(part, ""), part)}
    known |= _nest_of(name)
    yield "| key | | takes | meaning |"
    yield "|---|---|---|---|"
    for key, says in schema["properties"].items():
        required = "required" if key in schema.get("required", []) else ""
        entry = known.get(RENAMED.get((name, key), (key,))[0])
        yield f"| `{key}` | {required} | {_takes(says, entry)} | {texts[key]} |"


def _nest_of(name: str) -> dict[str, Any]:
    key = {"Quantity": "quantity", "ClaimDate": "date", "Route": "route"}.get(name)
    return dict(context()[key]["@context"]) if key else {}


def _takes(says: dict[str, Any], entry: Any) -> str:
    choices = [choice for choice in says.get("anyOf", [says]) if choice.get("type") != "null"]
    listed = ", or a list" if any(choice.get("type") == "array" for choice in choices[1:]) else ""
    return _kind(says, choices[0], entry if isinstance(entry, dict) else {}) + listed


def _kind(says: dict[str, Any], choice: dict[str, Any], entry: dict[str, Any]) -> str:
    scheme = says.get("x-scheme", "")
    if scheme:
        return "a type" if scheme in ("actor-type", "event-type") else _word(scheme)
    if "$ref" in choice or "allOf" in choice:
        return "keys, below"
    if "$ref" in choice.get("items", {}):
        return "list, below"
    if entry.get("@id") == "kg:hasValue":
        return "word"
    if str(choice.get("pattern", "")).startswith(f"^{model.ID_PATTERN}"):
        return "new id"
    if entry.get("@type") == "@id":
        return "id"
    return _plain(choice)


def _plain(choice: dict[str, Any]) -> str:
    if choice.get("format") == "date":
        return "day"
    kind = choice.get("type")
    if kind == ["string", "integer"]:
        return "EDTF"
    if kind == ["number", "string"]:
        return "0 to 1"
    return "whole number" if kind == "integer" else "text"


def _word(scheme: str) -> str:
    return f"word of [`{scheme}`](#scheme-{scheme})"


# Topics --------------------------------------------------------------------------------------


def topics() -> Iterator[str]:
    """Yield a section for each file of the ontology proper, in the order of its first file."""
    first = shipped("ontology") / "communique.ttl"
    listed = re.findall(r"^#\s+(modules/[\w-]+\.ttl)", first.read_text(encoding="utf-8"), re.M)
    files = [first, *(shipped("ontology") / name for name in listed)]
    files += [file for file in sorted(first.parent.glob("modules/*.ttl")) if file not in files]
    for file in files:
        yield from _topic(file)
    yield from _foreign()


def _topic(file: Path) -> Iterator[str]:
    own = Graph().parse(file)
    classes = _declared(own, OWL.Class)
    properties = _declared(own, OWL.ObjectProperty, OWL.DatatypeProperty)
    title = "Upper classes" if file.stem == "communique" else file.stem.capitalize()
    opening = file.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    yield f"### {title}"
    yield ""
    yield f"{opening} File: `ontology/{file.relative_to(shipped('ontology')).as_posix()}`."
    yield ""
    yield from _diagram(classes, properties)
    if classes:
        yield ""
        yield "| class | under | definition |"
        yield "|---|---|---|"
        for node in classes:
            under = ", ".join(f"`{name}`" for name in names(node, RDFS.subClassOf))
            yield f"| `{compact(node)}` | {under} | {_meaning(node)} |"
    if properties:
        yield ""
        yield from _properties(properties)
    yield ""


def _declared(own: Graph, *kinds: URIRef) -> list[URIRef]:
    found = {node for kind in kinds for node in own.subjects(RDF.type, kind)}
    return sorted(node for node in found if isinstance(node, URIRef) and node.startswith(KG))


def _properties(properties: Iterable[URIRef]) -> Iterator[str]:
    yield "| property | from | to | in a record | definition |"
    yield "|---|---|---|---|---|"
    for node in properties:
        use = uses().get(str(node), Use())
        domain = ", ".join(f"`{name}`" for name in _domains(node))
        keys_of = "; ".join(
            f"*{key}*" if re.match(r"[a-z_.]+\Z", key) else key for key in _by_length(use.keys)
        )
        if not keys_of and "Derived" in words(node, SKOS.scopeNote):
            keys_of = "derived"
        yield (
            f"| `{compact(node)}` | {domain} | {_range(node, use)} | {keys_of} | {_meaning(node)} |"
        )


def _by_length(values: Iterable[str]) -> list[str]:
    return sorted(values, key=lambda value: (value.count("."), value))


def _domains(node: URIRef) -> list[str]:
    return names(node, RDFS.domain) or list(uses().get(str(node), Use()).classes)


def _range(node: URIRef, use: Use) -> str:
    if use.scheme:
        return _word(use.scheme)
    return ", ".join(f"`{name}`" for name in _ranges(node))


def _ranges(node: URIRef) -> list[str]:
    stated = names(node, RDFS.range)
    note = DATE_NOTE.search(words(node, SKOS.scopeNote))
    return stated or ([note[1]] if note else [])


def _meaning(node: URIRef) -> str:
    note = DATE_NOTE.sub("", words(node, SKOS.scopeNote)).strip()
    examples = sorted(str(value) for value in graph().objects(node, SKOS.example))
    theirs = sorted(str(value) for value in graph().objects(node, CORRESPONDS_TO))
    parts = [
        words(node, SKOS.definition),
        note,
        *(f"*{_stopped(each)}*" for each in examples),
        *(f"`{each}`" for each in theirs),
    ]
    return " ".join(part for part in parts if part).replace("|", "\\|").replace("\n", " ")


def _stopped(text: str) -> str:
    return text if text.endswith((".", '"')) else f"{text}."


def _diagram(classes: list[URIRef], properties: list[URIRef]) -> Iterator[str]:
    members: dict[str, list[str]] = {compact(node): [] for node in classes}
    lines = [
        f"  {above} <|-- {compact(node)}"
        for node in classes
        for above in names(node, RDFS.subClassOf)
        if ":" not in above
    ]
    for node in properties:
        targets = _ranges(node) or [""]
        for domain in _domains(node):
            domain = domain.rpartition(":")[2]
            for target in targets:
                if target and ":" not in target:
                    lines.append(f"  {domain} --> {target} : {compact(node)}")
                else:
                    kind = target.rpartition(":")[2] or "any"
                    members.setdefault(domain, []).append(f"{kind} {compact(node)}")
    yield "```mermaid"
    yield "classDiagram"
    for name, has in members.items():
        if has:
            yield f"  class {name} {{"
            yield from (f"    {member}" for member in has)
            yield "  }"
        else:
            yield f"  class {name}"
    yield from lines
    yield "```"


def _foreign() -> Iterator[str]:
    reused = sorted(
        URIRef(iri)
        for iri in uses()
        if not iri.startswith(KG) and words(URIRef(iri), RDFS.isDefinedBy)
    )
    yield "### Properties of other vocabularies"
    yield ""
    yield "Those that records use, with what they mean here. File: `ontology/reused-terms.ttl`."
    yield ""
    yield from _properties(reused)


# Schemes and reference data ------------------------------------------------------------------


def schemes() -> Iterator[str]:
    """Yield a section for each scheme, its concepts as an indented list."""
    for scheme in sorted(graph().subjects(RDF.type, SKOS.ConceptScheme)):
        assert isinstance(scheme, URIRef)
        name = scheme.removeprefix(KGS)
        yield f"### Scheme `{name}`"
        yield ""
        yield _meaning(scheme)
        yield ""
        yield from concepts(name, full=True)
        yield ""


def concepts(name: str, *, full: bool) -> Iterator[str]:
    """Yield the concepts of a scheme, narrower ones indented, other words only where `full`."""
    scheme = URIRef(KGS + name)
    members = set(graph().subjects(SKOS.inScheme, scheme))
    broader = {node: set(graph().objects(node, SKOS.broader)) & members for node in members}
    shown: set[URIRef] = set()

    def below(parent: URIRef | None, depth: int) -> Iterator[str]:
        for node in sorted(node for node in members if _hangs(broader[node], parent)):
            last = f"`{node.rpartition('/')[2]}`"
            if node in shown:
                yield f"{'  ' * depth}- {last}, as above"
                continue
            shown.add(node)
            others = sorted(str(other) for other in graph().objects(node, SKOS.altLabel))
            also = f" ({', '.join(others)})" if full and others else ""
            codes = sorted(str(code) for code in graph().objects(node, SKOS.notation))
            more = f" `{'`, `'.join(codes)}`" if full and codes else ""
            text = _meaning(node) if full else words(node, SKOS.definition)
            yield f"{'  ' * depth}- {last}{also}: {text}{more}"
            yield from below(node, depth + 1)

    yield from below(None, 0)


def _hangs(above: set[Any], parent: URIRef | None) -> bool:
    return parent in above if parent else not above


def reference() -> Iterator[str]:
    """Yield the ids of the reference data: actors by class, persons and places by their top."""
    for name in ACTOR_TYPES:
        found = _ids(graph().subjects(RDF.type, URIRef(KG + name)), "actor/")
        if found and name != "Person":
            yield f"**{name}**: {', '.join(found)}."
            yield ""
    yield "**Person**, by whom they act for in the end:"
    yield ""
    persons = graph().subjects(RDF.type, URIRef(f"{KG}Person"))
    for top, held in sorted(_by_top(persons, URIRef(f"{KG}actsFor")).items()):
        yield f"- `{top.rpartition('/')[2]}`: {', '.join(_ids(held, 'actor/'))}"
    yield ""
    places = graph().subjects(RDF.type, URIRef(f"{KG}Place"))
    inside = _by_top(places, URIRef(f"{KG}isWithin"))
    tops = _ids((top for top in inside if not _is_state(top)), "place/")
    yield (
        "**Places**: every state under its own id" + (f"; {', '.join(tops)}" if tops else "") + "."
    )
    yield ""
    for top in sorted(inside):
        rest = _ids((place for place in inside[top] if place != top), "place/")
        if rest:
            yield f"- in `{top.rpartition('/')[2]}`: {', '.join(rest)}"


def _by_top(nodes: Iterable[Any], upwards: URIRef) -> dict[URIRef, list[Any]]:
    """Group nodes by where the way of a property ends; of several ways the first will do."""
    found: dict[URIRef, list[Any]] = defaultdict(list)
    for node in nodes:
        top = node
        while above := min(graph().objects(top, upwards), default=None):
            top = above
        found[top].append(node)
    return found


def _is_state(place: URIRef) -> bool:
    actor = URIRef(place.replace("/place/", "/actor/"))
    return (actor, RDF.type, URIRef(f"{KG}State")) in graph()


def _ids(nodes: Iterable[Any], kind: str) -> list[str]:
    found = []
    for node in sorted(nodes):
        name = node.removeprefix(DEFAULT_BASE + kind)
        label = words(node, SKOS.prefLabel)
        tells = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-") == name
        found.append(f"`{name}`" if tells else f"`{name}` ({label})")
    return found


# The page ------------------------------------------------------------------------------------


def query(name: str) -> str:
    """Return the name of a stored query, linked where there is one."""
    file = next(shipped("queries").glob(f"*/{name}.rq"), None)
    if file is None:
        return f"`{name}`"
    return f"Stored query [`{name}`](../queries/{file.parent.name}/{file.name})."


def fenced(language: str, name: str) -> list[str]:
    """Return a file of docs/ontology/ as a fenced block."""
    return [f"```{language}", (PARTS / name).read_text(encoding="utf-8").rstrip("\n"), "```"]


def inserted(what: str) -> Iterable[str]:
    """Return what stands in the page for ``{{what}}``."""
    kind, _, name = what.partition(" ")
    makers = {
        "article": lambda: fenced("text", "first-soldiers.txt"),
        "record": lambda: fenced("yaml", "first-soldiers.yaml"),
        "keys": lambda: keys(name),
        "scheme": lambda: concepts(name, full=False),
        "topics": topics,
        "schemes": schemes,
        "questions": lambda: [(PARTS / "questions.md").read_text(encoding="utf-8").rstrip("\n")],
        "query": lambda: [query(name)],
        "reference": reference,
    }
    return makers[kind]()


def page() -> str:
    """Return the page."""
    text = (PARTS / "page.md").read_text(encoding="utf-8")
    for _ in range(2):  # what is inserted may insert in its turn
        text = re.sub(
            r"^\{\{(?!contents)(.+)\}\}$",
            lambda match: "\n".join(inserted(match[1])).rstrip("\n"),
            text,
            flags=re.M,
        )
    headings = re.findall(r"^## (.+)$", text, re.M)
    contents = "\n".join(f"- [{heading}](#{anchor(heading)})" for heading in headings)
    return text.replace("{{contents}}", contents)


def anchor(heading: str) -> str:
    """Return the anchor under which GitHub puts a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
