"""Graphs of the example's shape, as many as asked for, without the time that a build takes."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import kg
from kg.exporting.graphs import Graph

EXAMPLE = Path(__file__).parents[1] / "examples" / "dprk-russia"
BASE = "https://w3id.org/communique/id/"
_LOCAL = re.compile(r"(/id/(?:article|claim|mention|evidence|source|assessment)/)")


def article_graphs() -> list[tuple[str, str]]:
    """Return the name and the N-Triples of each article of the example."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "workspace"
        shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".kg"))
        workspace = kg.open(root)
        if not workspace.build().conforms:
            raise SystemExit("the example does not build")
        found = []
        for record in sorted((root / "records").glob("*.yaml")):
            stream = io.BytesIO()
            workspace.export("-", "nt", record.stem, stream=stream)
            found.append((record.stem, stream.getvalue().decode()))
        return found


def copies(triples: int) -> Iterator[tuple[str, str]]:
    """Yield names and N-Triples of article graphs under new ids until there are enough."""
    made = 0
    for number, (name, text) in enumerate(cycle(article_graphs())):
        if made >= triples:
            return
        yield f"article/n{number:06}-{name}", _LOCAL.sub(rf"\g<1>n{number:06}-", text)
        made += text.count("\n")


def graph(folder: Path, name: str, triples: list[str]) -> Graph:
    """Write a graph as canonical N-Quads."""
    iri = BASE + name
    content = "".join(f"{line[:-2]} <{iri}> .\n" for line in sorted(triples)).encode()
    digest = hashlib.sha256(content).hexdigest()
    file = folder / f"{digest}.nq"
    file.write_bytes(content)
    return Graph(iri, digest, file)


def one_graph(folder: Path, triples: int) -> Graph:
    """Return a single graph of about so many triples."""
    lines = {line for _, text in copies(triples) for line in text.splitlines()}
    return graph(folder, "article/all", sorted(lines))


def many_graphs(folder: Path, triples: int, count: int | None = None) -> list[Graph]:
    """Return article graphs of about so many triples, or the first `count` of them."""
    found = []
    for name, text in copies(triples):
        if len(found) == count:
            break
        found.append(graph(folder, name, text.splitlines()))
    return sorted(found, key=lambda each: each.name)


def peak_megabytes() -> float:
    """Return the most memory this process has had; rusage would tell that of its parent."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index]
