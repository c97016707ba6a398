"""What an export holds: ``manifest.json`` for programs, VoID and DCAT for catalogues of data.

Neither holds a time or a path of this machine, so equal content has an equal description.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

from kg.exporting.graphs import Graph

_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_TYPES = {
    "nq": "application/n-quads",
    "trig": "application/trig",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "ttl": "text/turtle",
    "rdf": "application/rdf+xml",
    "graphml": "application/graphml+xml",
    "csv": "text/csv",
}


class About(NamedTuple):
    """What is said of the whole: name, base IRI, licence (an IRI, or empty), and versions."""

    name: str
    base: str
    licence: str
    version: str


class Description(NamedTuple):
    """What is told of an export; written line by line, for there may be very many graphs.

    Attributes:
        about: what is said of the whole.
        graphs: what was written, in the order of names.
        files: of each file its name, its size, and its SHA-256.
        quads: how many there are.
        digest: SHA-256 over the digests and names of the graphs.
    """

    about: About
    graphs: Sequence[Graph]
    files: Sequence[tuple[str, int, str]]
    quads: int
    digest: str

    @classmethod
    def of(cls, about: About, graphs: Sequence[Graph], files: Sequence[Path], root: Path) -> Self:
        """Count and digest `graphs`, and the `files` below `root` that hold them."""
        whole = hashlib.sha256()
        for graph in graphs:
            whole.update(f"{graph.digest} {graph.name}\n".encode())
        rows = [
            (file.relative_to(root).as_posix(), file.stat().st_size, sha256(file)) for file in files
        ]
        quads = sum(graph.count for graph in graphs)
        return cls(about, graphs, rows, quads, whole.hexdigest())

    def manifest(self) -> Iterator[str]:
        """Yield ``manifest.json``, a graph or a file a line."""
        head: dict[str, Any] = {
            "name": self.about.name,
            "base": self.about.base,
            "licence": self.about.licence,
            "versions": {"communique": self.about.version, "manifest": 1},
            "quads": self.quads,
            "sha256": self.digest,
        }
        yield "{\n"
        yield from (f"{_json(key)}: {_json(value)},\n" for key, value in head.items())
        yield '"graphs": ['
        yield from _rows(
            {"graph": graph.name, "triples": graph.count, "sha256": graph.digest}
            for graph in self.graphs
        )
        yield '],\n"files": ['
        yield from _rows(
            {"file": name, "bytes": size, "sha256": digest} for name, size, digest in self.files
        )
        yield "]\n}\n"

    def void(self, form: str, triples: int) -> Iterator[str]:
        """Yield the VoID and DCAT description as Turtle.

        Args:
            form: the format of the files.
            triples: how many are in them; where graphs are merged, fewer than in all graphs.
        """
        yield from (f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in _PREFIXES.items())
        yield f"\n<{self.about.base}graph> a void:Dataset, dcat:Dataset ;\n"
        yield f"  dct:title {_json(self.about.name)} ;\n"
        if self.about.licence:
            yield f"  dct:license <{self.about.licence}> ;\n"
        yield f'  dcat:version "{self.digest[:16]}" ;\n'
        yield f'  void:uriSpace "{self.about.base}" ;\n'
        yield f"  void:triples {triples} ;\n"
        yield "  void:vocabulary <https://w3id.org/communique/ontology#>"
        yield from (f" ;\n  void:subset <{graph.name}>" for graph in self.graphs)
        for name, size, digest in self.files:
            yield " ;\n  dcat:distribution [ a dcat:Distribution ;\n"
            yield f"    dct:title {_json(name)} ;\n"
            yield f"    dcat:mediaType <{_MEDIA}{_TYPES[form]}> ;\n"
            if name.endswith(".gz"):
                yield f"    dcat:compressFormat <{_MEDIA}application/gzip> ;\n"
            yield f"    dcat:byteSize {size} ;\n    {_checksum(digest)} ]"
        yield " .\n"
        for graph in self.graphs:
            yield f"\n<{graph.name}> a void:Dataset ; void:triples {graph.count} ;\n"
            yield f"  {_checksum(graph.digest)} .\n"


def sha256(file: Path) -> str:
    """Return the digest of a file, read in blocks."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    between = "\n"
    for row in rows:
        yield between + _json(row)
        between = ",\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _checksum(digest: str) -> str:
    return (
        "spdx:checksum [ spdx:algorithm spdx:checksumAlgorithm_sha256 ; "
        f'spdx:checksumValue "{digest}"^^xsd:hexBinary ]'
    )
