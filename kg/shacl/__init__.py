"""SHACL validation of any RDF graph: graph and shapes in, a report out."""

from kg.shacl.report import ShaclReport as ShaclReport
from kg.shacl.report import ShaclResult as ShaclResult
from kg.shacl.validate import validate as validate

__all__ = ["ShaclReport", "ShaclResult", "validate"]
