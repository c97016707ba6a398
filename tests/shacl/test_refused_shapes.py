"""Shapes that break a rule of SHACL's appendix A, or use what we have not, are refused in words."""

from __future__ import annotations

import pytest
import rdflib

from kg.errors import DataError
from kg.shacl import validate

HEAD = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <urn:> .
"""
NODE = ":s sh:targetClass :C ; "
PROPERTY = ":s sh:targetClass :C ; sh:path :p ; "
NO_LIST = "_:l . _:l rdf:first :a ; rdf:rest "

# What stands behind a node shape's or a property shape's target, and what is said of it.
REFUSED = {
    # Names.
    NODE + "sh:mincount 1": "sh:mincount is not supported on a shape; did you mean 'minCount'?",
    NODE + "sh:propery [ sh:path :p ]": "did you mean 'property'?",
    NODE + "sh:rule []": "sh:rule is not supported on a shape",
    NODE + "sh:js []": "sh:js is not supported on a shape",
    NODE + "sh:expression []": "sh:expression is not supported on a shape",
    ":s sh:target []": "sh:target is not supported on a shape",
    ":s sh:targetClas :C ; :other 5": "sh:targetClas is no name of SHACL's; did you mean",
    ":s a sh:NodeShap ; :p 5": "sh:NodeShap is no name of SHACL's; did you mean 'NodeShape'?",
    ":f a sh:SPARQLFunction": "urn:f declares a function, and functions of SHACL are not supported",
    "<urn:x> sh:entailment <urn:rdfs>": "need entailment, and none is done: urn:rdfs",
    # Shapes and paths.
    ":s a sh:PropertyShape": "a property shape needs a sh:path",
    ":s a sh:NodeShape ; sh:path :p": "a node shape has no sh:path",
    NODE + "sh:path :p, :q": "sh:path has more than one value",
    NODE + 'sh:path "p"': "is no path",
    NODE + "sh:path ( :p )": "a sequence path is a list of two or more paths",
    NODE + "sh:path []": "a path is an IRI, a list, or has one of sh:inversePath, …",
    NODE + 'sh:targetNode :a ; sh:targetSubjectsOf "p"': "sh:targetSubjectsOf takes IRIs, not 'p'",
    ':s sh:targetClass "C"': "sh:targetClass takes IRIs, not 'C'",
    ":s sh:targetObjectsOf []": "sh:targetObjectsOf takes IRIs",
    # What every shape may say.
    NODE + 'sh:severity "high"': "sh:severity takes IRIs, not 'high'",
    NODE + "sh:severity sh:Waring": "sh:Waring is no severity; did you mean 'Warning'?",
    NODE + "sh:severity sh:Info, sh:Warning": "sh:severity has more than one value",
    NODE + "sh:message 5": "sh:message takes text, not '5'",
    NODE + "sh:message :text": "sh:message takes text, not urn:text",
    NODE + 'sh:deactivated "yes"': "sh:deactivated takes true or false, not 'yes'",
    NODE + 'sh:deactivated "yes"^^xsd:boolean': "sh:deactivated takes true or false, not 'yes'",
    NODE + "sh:deactivated true, false": "sh:deactivated has more than one value",
    # Value types.
    NODE + 'sh:class "C"': "sh:class takes IRIs, not 'C'",
    NODE + "sh:class []": "sh:class takes IRIs",
    NODE + "sh:datatype xsd:date, xsd:time": "sh:datatype has more than one value",
    NODE + 'sh:datatype "date"': "sh:datatype takes IRIs, not 'date'",
    NODE + "sh:nodeKind sh:Iri": "sh:nodeKind takes one of sh:IRI, sh:BlankNode,",
    NODE + "sh:nodeKind sh:IRI, sh:Literal": "sh:nodeKind has more than one value",
    # Counts and ranges.
    PROPERTY + "sh:minCount 1, 2": "sh:minCount has more than one value",
    PROPERTY + 'sh:minCount "one"': "sh:minCount takes a whole number from 0, not 'one'",
    PROPERTY + 'sh:minCount "one"^^xsd:integer': "a whole number from 0, not 'one'",
    PROPERTY + "sh:minCount 1.0": "a whole number from 0, not '1.0'",
    PROPERTY + "sh:maxCount -1": "sh:maxCount takes a whole number from 0, not '-1'",
    PROPERTY + "sh:maxCount :many": "sh:maxCount takes a whole number from 0, not urn:many",
    PROPERTY + f"sh:maxCount {10**30}": "sh:maxCount takes a whole number from 0",
    NODE + "sh:minCount 1": "sh:minCount is for property shapes, and this one has no sh:path",
    NODE + "sh:maxCount 1": "sh:maxCount is for property shapes",
    NODE + "sh:minInclusive :a": "sh:minInclusive takes a literal, not urn:a",
    NODE + "sh:maxExclusive 1, 2": "sh:maxExclusive has more than one value",
    # Text.
    NODE + "sh:minLength -1": "sh:minLength takes a whole number from 0, not '-1'",
    NODE + 'sh:maxLength "5"': "sh:maxLength takes a whole number from 0, not '5'",
    NODE + "sh:pattern 5": "sh:pattern takes a string, not '5'",
    NODE + 'sh:pattern "a", "b"': "sh:pattern has more than one value",
    NODE + 'sh:pattern "("': "'(' is no regular expression as SPARQL has them",
    NODE + 'sh:pattern "[z-a]"': "'[z-a]' is no regular expression",
    NODE + 'sh:pattern "(?=a)b"': "those cannot look ahead or back",
    NODE + 'sh:pattern "a" ; sh:flags "g"': "sh:flags are of i, m, s, x and q, not 'g'",
    NODE + "sh:flags :i": "sh:flags takes a string, not urn:i",
    NODE + "sh:languageIn ( :en )": "sh:languageIn takes a list of language tags",
    NODE + 'sh:languageIn "en"': "sh:languageIn takes a list",
    NODE + "sh:languageIn ( 1 )": "sh:languageIn takes a list of language tags",
    NODE + "sh:uniqueLang true": "sh:uniqueLang is for property shapes",
    PROPERTY + 'sh:uniqueLang "true"': "sh:uniqueLang takes true or false, not 'true'",
    # Pairs.
    PROPERTY + 'sh:equals "q"': "sh:equals takes IRIs, not 'q'",
    PROPERTY + "sh:disjoint []": "sh:disjoint takes IRIs",
    PROPERTY + "sh:lessThan 5": "sh:lessThan takes IRIs, not '5'",
    NODE + "sh:lessThan :q": "sh:lessThan is for property shapes",
    NODE + "sh:lessThanOrEquals :q": "sh:lessThanOrEquals is for property shapes",
    # Logic and nested shapes.
    NODE + "sh:and :t": "sh:and takes a list, and this is none that is well formed",
    NODE + f"sh:or {NO_LIST} _:l": "sh:or takes a list, and this is none that is well formed",
    NODE + f"sh:xone {NO_LIST} :elsewhere": "sh:xone takes a list",
    NODE + "sh:or _:l . _:l rdf:first :a, :b ; rdf:rest ()": "sh:or takes a list",
    NODE + "sh:or ( 5 )": "a literal is no shape: '5'",
    NODE + 'sh:not "t"': "a literal is no shape: 't'",
    NODE + "sh:node 5": "a literal is no shape: '5'",
    NODE + "sh:node [ sh:path :p ]": "sh:node takes a node shape, and this one has a sh:path",
    NODE + "sh:property [ sh:in () ]": "sh:property takes a property shape",
    NODE + "sh:property :p": "sh:property takes a property shape",
    PROPERTY + "sh:qualifiedMinCount 1": "need a sh:qualifiedValueShape",
    PROPERTY + "sh:qualifiedValueShape []": "needs a sh:qualifiedMinCount or …MaxCount",
    PROPERTY + "sh:qualifiedValueShape [], []": "sh:qualifiedValueShape has more than one value",
    NODE + "sh:not :s": "urn:s refers to itself",
    NODE + "sh:node :t . :t sh:property [ sh:path :p ; sh:node :s ]": "refers to itself",
    # The rest.
    NODE + "sh:closed 1": "sh:closed takes true or false, not '1'",
    NODE + 'sh:closed true ; sh:ignoredProperties ( "p" )': "takes a list of IRIs",
    NODE + "sh:closed true ; sh:ignoredProperties :p": "sh:ignoredProperties takes a list",
    NODE + f"sh:in {NO_LIST} _:l": "sh:in takes a list, and this is none that is well formed",
    NODE + "sh:in 5": "sh:in takes a list",
    NODE + "sh:in (), ( 5 )": "sh:in has more than one value",
    # SPARQL.
    NODE + "sh:sparql []": "sh:sparql takes a node with a sh:select",
    NODE + 'sh:sparql [ sh:select "SELECT $this WHERE {" ]': "its query is no SPARQL",
    NODE + 'sh:sparql [ sh:select "SELECT ?x { ?x ?y ?z }" ]': "does not name $this",
    NODE + 'sh:sparql [ sh:select "SELECT $this { $this ex:p ?x }" ]': "its query is no SPARQL",
    NODE + 'sh:sparql [ sh:select "SELECT $this { SERVICE <x> {} }" ]': "SERVICE",
    NODE + 'sh:sparql [ sh:select "SELECT $this { $this ?p 1 MINUS { } }" ]': "MINUS",
    NODE + 'sh:sparql [ sh:select "SELECT $this { VALUES ?x { 1 } }" ]': "VALUES",
    NODE + 'sh:sparql [ sh:select "SELECT $this { BIND(1 AS $this) }" ]': "bound beforehand",
    NODE + 'sh:sparql [ sh:select "SELECT $this { FILTER(<urn:f>(1)) }" ]': "custom function",
    NODE + 'sh:sparql [ sh:select "SELECT $this { $this $PATH ?x }" ]': "$PATH is for property",
    NODE + 'sh:sparql [ sh:select "INSERT DATA {}" ]': "(sh:select) is no SELECT, but 'INSERT'",
    NODE + 'sh:sparql [ sh:select "ASK { $this ?p 1 }" ]': "(sh:select) is no SELECT, but 'ASK'",
    NODE + 'sh:sparql [ sh:select "BASE <urn:x:>" ]': "(sh:select) is no SELECT, but empty",
    (
        ":c a sh:ConstraintComponent ; sh:parameter [ sh:path :length ] ;\n"
        '  sh:validator [ sh:ask "SELECT $this { $this ?p $value }" ] .\n'
        ":s sh:targetNode :a ; :length 5"
    ): "(sh:ask) is no ASK, but 'SELECT'",
    ":c a sh:ConstraintComponent": "The component urn:c is malformed: it needs a sh:parameter",
    ":c a sh:ConstraintComponent ; sh:parameter [ sh:path <urn:x/this> ]": "ends in a free name",
}


def _refusal(shapes: str) -> str:
    graph = rdflib.Graph().parse(data=f"{HEAD}{shapes} .", format="turtle")
    with pytest.raises(DataError) as refused:
        validate(rdflib.Graph(), graph)
    return str(refused.value)


@pytest.mark.parametrize("shapes", REFUSED)
def test_a_broken_rule_is_named(shapes: str) -> None:
    assert REFUSED[shapes] in _refusal(shapes)


def test_a_shape_without_a_name_is_told_by_its_parent_and_path() -> None:
    assert _refusal(NODE + "sh:property [ sh:path :p ; sh:minCount :x ]") == (
        "A shape without a name of urn:s on urn:p is malformed: "
        "sh:minCount takes a whole number from 0, not urn:x"
    )


@pytest.mark.parametrize("order", [1, -1])
def test_shapes_nested_without_end_are_refused(order: int) -> None:
    """Whichever end the loader begins at."""
    names = [f":t{number:03}" for number in range(300)][::order]
    chain = [f"{one} sh:node {other}" for one, other in zip(names, names[1:], strict=False)]

    said = _refusal(f"{names[0]} sh:targetClass :C . {' . '.join(chain)}")

    assert "nests shapes deeper than 40 levels" in said


def test_a_shape_may_be_used_often() -> None:
    uses = " . ".join(f":s{n} sh:targetClass :C ; sh:node :t" for n in range(100))
    shapes = rdflib.Graph().parse(data=f"{HEAD}{uses} . :t sh:in () .", format="turtle")

    report = validate(rdflib.Graph().parse(data=f"{HEAD}:a a :C .", format="turtle"), shapes)

    assert len(report.results) == 100
