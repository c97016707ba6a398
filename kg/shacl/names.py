"""The names of SHACL's vocabulary, so that a slip of the pen in one is noticed anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import did_you_mean
from kg.shacl.graph import Graph
from kg.shacl.parameters import ShapeError
from kg.shacl.terms import RDF_TYPE, Term, is_iri, plain, sh

_SH = sh("")[:-1]

# https://www.w3.org/TR/shacl/ and the two extensions of its group, SHACL-AF and SHACL-JS.
TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
PARAMETERS = (
    *("class", "datatype", "nodeKind", "minCount", "maxCount", "minLength", "maxLength"),
    *("minExclusive", "minInclusive", "maxExclusive", "maxInclusive"),
    *("pattern", "languageIn", "uniqueLang", "equals", "disjoint", "lessThan"),
    *("lessThanOrEquals", "not", "and", "or", "xone", "node", "property", "closed", "hasValue"),
    *("in", "qualifiedValueShape", "qualifiedMinCount", "qualifiedMaxCount", "sparql"),
)
# What a shape may say beside its targets and constraints; it may be its own SPARQL constraint.
BESIDE = (
    *("path", "severity", "message", "deactivated", "name", "description", "order", "group"),
    *("defaultValue", "flags", "ignoredProperties", "qualifiedValueShapesDisjoint"),
    *("prefixes", "select", "declare", "shapesGraph", "suggestedShapesGraph"),
)
_ELSEWHERE = (
    *("inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"),
    *("parameter", "optional", "labelTemplate", "validator", "nodeValidator", "propertyValidator"),
    *("ask", "construct", "update", "prefix", "namespace", "entailment", "shapesGraphWellFormed"),
    *("conforms", "result", "focusNode", "resultPath", "resultSeverity", "resultMessage", "value"),
    *("sourceShape", "sourceConstraint", "sourceConstraintComponent", "detail"),
    *("resultAnnotation", "annotationProperty", "annotationVarName", "annotationValue"),
    "nodeShape",  # of drafts, in which data could name its shape
)
_EXTENSIONS = (
    *("target", "rule", "condition", "subject", "predicate", "object", "values", "expression"),
    *("filterShape", "nodes", "this", "intersection", "union", "minus", "count", "distinct"),
    *("exists", "if", "then", "else", "orderBy", "desc", "limit", "offset", "groupConcat"),
    *("min", "max", "sum", "separator", "returnType", "js", "jsFunctionName", "jsLibrary"),
    *("jsLibraryURL",),
)
_CLASSES = (
    *("Shape", "NodeShape", "PropertyShape", "PropertyGroup", "Parameterizable", "Parameter"),
    *("ConstraintComponent", "Validator", "SPARQLAskValidator", "SPARQLSelectValidator"),
    *("SPARQLConstraint", "SPARQLExecutable", "SPARQLAskExecutable", "SPARQLSelectExecutable"),
    *("SPARQLConstructExecutable", "SPARQLUpdateExecutable", "PrefixDeclaration", "NodeKind"),
    *("Severity", "ValidationReport", "ValidationResult", "AbstractResult", "ResultAnnotation"),
    *("Function", "SPARQLFunction", "Target", "TargetType", "SPARQLTarget", "SPARQLTargetType"),
    *("Rule", "SPARQLRule", "TripleRule", "JSRule", "JSExecutable", "JSFunction", "JSLibrary"),
    *("JSConstraint", "JSTarget", "JSTargetType", "JSValidator"),
)
ON_SHAPES = frozenset((*TARGETS, *PARAMETERS, *BESIDE))
_PREDICATES = frozenset((*ON_SHAPES, *_ELSEWHERE, *_EXTENSIONS))
_FUNCTIONS = ("SPARQLFunction", "JSFunction")


def local(name: str) -> str | None:
    """Return what follows ``sh:`` in a term of SHACL's namespace, None for any other."""
    return name[len(_SH) : -1] if name.startswith(_SH) else None


def stranger(term: Term, *, as_class: bool = False) -> str | None:
    """Return a sentence if a predicate, or a class, is in SHACL's namespace and none of its names.

    Args:
        term: the predicate or class.
        as_class: which of the two it is.
    """
    known = _CLASSES if as_class else _PREDICATES
    name = local(term)
    if name is None or name in known:
        return None
    return f"sh:{name} is no name of SHACL's{did_you_mean(name, known)}"


def strangers(graph: Graph) -> Iterator[ShapeError]:
    """Yield what is wrong with names in SHACL's namespace: it, or this engine, does not have them.

    These are predicates and classes that are none of SHACL's, and functions.
    """
    for predicate in graph.predicates:
        if wrong := stranger(predicate):
            yield ShapeError(next(iter(graph.subjects(predicate))), wrong)
    for kind in graph.objects(RDF_TYPE):
        wrong = stranger(kind, as_class=True)
        if wrong or local(kind) in _FUNCTIONS:
            for node in graph.backward((kind,), RDF_TYPE)[kind]:
                yield ShapeError(node, wrong or _declares_function(node))


def _declares_function(node: Term) -> str:
    what = plain(node) if is_iri(node) else "A node"
    return f"{what} declares a function, and functions of SHACL are not supported"
