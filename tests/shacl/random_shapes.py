"""Random small graphs and shapes of every core component and path, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

NODES = [f"ex:n{number}" for number in range(5)]
PREDICATES = ["ex:p", "ex:q", "ex:r"]
CLASSES = ["ex:C", "ex:D"]
LITERALS = [
    *('"a"', '"bb"', '"a"@en', '"b"@en', '"a"@de', "1", "2", "1.5", "true", '"x"^^xsd:integer'),
    *('"2024-01-01"^^xsd:date', '"2024-02-01"^^xsd:date', '"2024-13-01"^^xsd:date'),
]
HEAD = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

_node = st.sampled_from(NODES)
_predicate = st.sampled_from(PREDICATES)
_value = st.sampled_from([*NODES, *NODES, *LITERALS])

TRIPLES = st.lists(
    st.one_of(
        st.tuples(_node, _predicate, _value),
        st.tuples(_node, _predicate, _value),
        st.tuples(_node, st.just("a"), st.sampled_from(CLASSES)),
    ),
    min_size=1,
    max_size=8,
    unique=True,
)

PATHS = st.recursive(
    _predicate,
    lambda inner: st.one_of(
        inner.map(lambda path: f"[ sh:inversePath {path} ]"),
        st.tuples(inner, inner).map(lambda each: f"( {' '.join(each)} )"),
        st.tuples(inner, inner).map(lambda each: f"[ sh:alternativePath ( {' '.join(each)} ) ]"),
        st.tuples(st.sampled_from(["zeroOrMore", "oneOrMore", "zeroOrOne"]), inner).map(
            lambda each: f"[ sh:{each[0]}Path {each[1]} ]"
        ),
    ),
    max_leaves=3,
)

_ON_ANY = st.one_of(
    st.sampled_from(CLASSES).map("sh:class {}".format),
    st.sampled_from(["integer", "string", "date"]).map("sh:datatype xsd:{}".format),
    st.sampled_from(["IRI", "Literal", "BlankNodeOrIRI"]).map("sh:nodeKind sh:{}".format),
    st.sampled_from(["minInclusive", "maxInclusive", "minExclusive", "maxExclusive"]).map(
        "sh:{} 1.5".format
    ),
    st.sampled_from(["minLength", "maxLength"]).map("sh:{} 2".format),
    st.sampled_from(['"^a"', '"[0-9]"', '"(a|b)+$"']).map("sh:pattern {}".format),
    st.just('sh:languageIn ( "en" )'),
    _predicate.map("sh:equals {}".format),
    _predicate.map("sh:disjoint {}".format),
    _value.map("sh:hasValue {}".format),
    st.lists(_value, max_size=4).map(lambda each: f"sh:in ( {' '.join(each)} )"),
    st.lists(_predicate, max_size=2).map(
        lambda each: f"sh:closed true ; sh:ignoredProperties ( {' '.join(each)} )"
    ),
)
_ON_PATHS = st.one_of(
    st.integers(0, 2).map("sh:minCount {}".format),
    st.integers(0, 2).map("sh:maxCount {}".format),
    st.just("sh:uniqueLang true"),
    _predicate.map("sh:lessThan {}".format),
    _predicate.map("sh:lessThanOrEquals {}".format),
)


def _on_path(parameters: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(PATHS, parameters).map(lambda each: f"sh:path {each[0]} ; {each[1]}")


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Parameters of a shape without a path, some of which hold other shapes."""
    counted = st.tuples(inner, st.sampled_from(["Min", "Max"]), st.integers(0, 2)).map(
        lambda each: f"sh:qualifiedValueShape [ {each[0]} ] ; sh:qualified{each[1]}Count {each[2]}"
    )
    property_shape = _on_path(st.one_of(inner, _ON_PATHS, counted))
    some = st.one_of(inner, property_shape).map("[ {} ]".format)
    return st.one_of(
        inner.map("sh:node [ {} ]".format),
        property_shape.map("sh:property [ {} ]".format),
        property_shape.map("sh:property [ {} ]".format),
        some.map("sh:not {}".format),
        st.tuples(st.sampled_from(["and", "or", "xone"]), some, some).map(
            lambda each: f"sh:{each[0]} ( {each[1]} {each[2]} )"
        ),
    )


PARAMETERS = st.recursive(_ON_ANY, _nested, max_leaves=4)
_TARGETS = st.one_of(
    st.sampled_from(CLASSES).map("sh:targetClass {}".format),
    _node.map("sh:targetNode {}".format),
    _predicate.map("sh:targetSubjectsOf {}".format),
    _predicate.map("sh:targetObjectsOf {}".format),
)
SHAPES = st.lists(
    st.tuples(_TARGETS, st.one_of(_nested(PARAMETERS), _on_path(PARAMETERS | _ON_PATHS))).map(
        " ; ".join
    ),
    min_size=1,
    max_size=3,
).map(lambda each: "\n".join(f"ex:s{number} {says} ." for number, says in enumerate(each)))


def turtle(triples: list[tuple[str, str, str]]) -> str:
    """Return triples as a Turtle document; D is below C."""
    lines = [" ".join(triple) + " ." for triple in triples]
    return "\n".join([HEAD, "ex:D rdfs:subClassOf ex:C .", *lines])
