"""What an export holds: ``manifest.json`` for programs, VoID and DCAT for catalogues of data.

Neither holds a time or a path of this machine, so equal content has an equal description.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kg.exporting.comparing import Graph

_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
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


def manifest(
    about: About, graphs: Iterable[Graph], files: Sequence[Path], root: Path
) -> dict[str, Any]:
    """Return what an export holds, graph by graph, and its files with their digests."""
    rows = [
        {"graph": graph.name, "triples": graph.count, "sha256": graph.digest} for graph in graphs
    ]
    whole = hashlib.sha256("".join(f"{row['sha256']} {row['graph']}\n" for row in rows).encode())
    return {
        "name": about.name,
        "base": about.base,
        "licence": about.licence,
        "versions": {"communique": about.version, "manifest": 1},
        "quads": sum(int(str(row["triples"])) for row in rows),
        "sha256": whole.hexdigest(),
        "graphs": rows,
        "files": [
            {
                "file": file.relative_to(root).as_posix(),
                "bytes": file.stat().st_size,
                "sha256": sha256(file),
            }
            for file in files
        ],
    }


def void(content: Mapping[str, Any], form: str) -> str:
    """Return the VoID and DCAT description of what `manifest` says, as Turtle."""
    lines = [f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in _PREFIXES.items()]
    base = content["base"]
    lines.append(f"\n<{base}graph> a void:Dataset, dcat:Dataset ;\n")
    lines.append(f"  dct:title {json.dumps(content['name'], ensure_ascii=False)} ;\n")
    if content["licence"]:
        lines.append(f"  dct:license <{content['licence']}> ;\n")
    lines.append(f'  dcat:version "{content["sha256"][:16]}" ;\n')
    lines.append(f'  void:uriSpace "{base}" ;\n')
    lines.append(f"  void:triples {content['quads']} ;\n")
    lines.append("  void:vocabulary <https://w3id.org/communique/ontology#>")
    lines += [f" ;\n  void:subset <{row['graph']}>" for row in content["graphs"]]
    for file in content["files"]:
        lines.append(
            f" ;\n  dcat:distribution [ a dcat:Distribution ;\n"
            f"    dct:title {json.dumps(file['file'], ensure_ascii=False)} ;\n"
            f'    dcat:mediaType "{_TYPES.get(form, "application/n-quads")}" ;\n'
            f"    dcat:byteSize {file['bytes']} ;\n"
            "    spdx:checksum [ spdx:algorithm spdx:checksumAlgorithm_sha256 ;\n"
            f'      spdx:checksumValue "{file["sha256"]}"^^xsd:hexBinary ] ]'
        )
    lines.append(" .\n")
    for row in content["graphs"]:
        lines.append(
            f"\n<{row['graph']}> a void:Dataset ; void:triples {row['triples']} ;\n"
            f"  spdx:checksum [ spdx:algorithm spdx:checksumAlgorithm_sha256 ;\n"
            f'    spdx:checksumValue "{row["sha256"]}"^^xsd:hexBinary ] .\n'
        )
    return "".join(lines)


def sha256(file: Path) -> str:
    """Return the digest of a file, read in blocks."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
