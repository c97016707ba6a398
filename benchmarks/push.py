#!/usr/bin/env python3
"""Time `kg push` against `curl -T` of the same bytes: fresh servers on loopback, turn by turn.

The push runs in a process of its own, whose peak memory is told. `transfer` is its time within
PUT or POST; `whole` is everything, reading back and comparing included. The servers are those of
the tests: `oxigraph serve` in memory or on disk, or Virtuoso.

    python benchmarks/push.py                                # 1.5 million triples, in memory
    python benchmarks/push.py --server virtuoso --triples 300000 --repeat 1

The targets: transfer at 80 % of curl's rate or more, the whole at 40 % or more, and 300 small new
graphs at 20,000 triples a second or more.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from many_triples import BASE, many_graphs, one_graph, peak_megabytes

from kg.exporting.graphs import Graph
from kg.exporting.push import Pusher
from kg.remote.graphs import RemoteGraphs
from kg.remote.targets import find_target, profiles

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from servers import Server, oxigraph_server, virtuoso_server

SERVERS: dict[str, Callable[[Path], AbstractContextManager[Server]]] = {
    "memory": lambda folder: oxigraph_server(folder, on_disk=False),
    "disk": oxigraph_server,
    "virtuoso": lambda folder: virtuoso_server(folder, buffers=100_000),
}


def curl(server: Server, *arguments: str) -> float:
    """Run `curl` on one graph of the store and return the seconds."""
    path = "/store?graph=" if server.profile == "oxigraph" else "/sparql-graph-crud-auth?graph-uri="
    login = ["--digest", "--user", "dba:dba"] if server.profile == "virtuoso" else []
    began = time.perf_counter()
    subprocess.run(
        [
            *("curl", "--silent", "--show-error", "--fail", *login, *arguments),
            f"{server.url}{path}{BASE}curl",
        ],
        check=True,
    )
    return time.perf_counter() - began


def put_and_read(server: Server, file: Path, triples: int) -> tuple[float, float]:
    """Send a file by `curl -T` and get it back; seconds of each, 0 where it gives not so many."""
    sent = curl(server, "-T", str(file), "-H", "Content-Type: application/n-triples")
    largest = profiles()[server.profile].largest_read
    if largest and triples > largest:
        return sent, 0.0
    return sent, curl(server, "-o", os.devnull, "-H", "Accept: application/n-triples")


def push_here(said: dict[str, Any]) -> None:
    """Push in this process and print what it took."""
    spent = 0.0

    def timed(act: Callable[..., None]) -> Callable[..., None]:
        def run(*arguments: Any) -> None:
            nonlocal spent
            began = time.perf_counter()
            act(*arguments)
            spent += time.perf_counter() - began

        return run

    RemoteGraphs.put = timed(RemoteGraphs.put)  # type: ignore[method-assign]
    RemoteGraphs.add_quads = timed(RemoteGraphs.add_quads)  # type: ignore[method-assign]
    graphs = [Graph(name, digest, Path(file)) for name, digest, file in said["graphs"]]
    target = find_target({"live": {"url": said["url"], "profile": said["profile"]}}, "live")
    began = time.perf_counter()
    report = Pusher(target, graphs, BASE, Path(said["folder"]), said["environment"]).push()
    whole = time.perf_counter() - began
    peak = peak_megabytes()
    for outcome in report.of("differs", "refused"):
        print(json.dumps(outcome.as_json(), ensure_ascii=False, indent=1), file=sys.stderr)
    print(json.dumps([report.conforms, spent, whole, peak]))


def push(server: Server, graphs: list[Graph], folder: Path) -> tuple[float, float, float]:
    """Push in a process of its own; return seconds of transfer, of the whole, and peak MB."""
    said = {
        "url": server.url,
        "profile": server.profile,
        "folder": str(folder),
        "environment": server.environment,
        "graphs": [(graph.name, graph.digest, str(graph.file)) for graph in graphs],
    }
    run = subprocess.run(
        [sys.executable, __file__, "--push"],
        input=json.dumps(said),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    conforms, spent, whole, peak = json.loads(run.stdout)
    if not conforms:
        raise SystemExit("the push did not come back equal")
    return spent, whole, peak


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--server", choices=SERVERS, default="memory")
    parser.add_argument("--triples", type=int, default=1_500_000)
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="turns; the median")
    parser.add_argument("--push", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.push:
        push_here(json.loads(sys.stdin.read()))
        return
    with tempfile.TemporaryDirectory(prefix="kg-push-") as scratch:
        root = Path(scratch)
        large = one_graph(root, chosen.triples)
        small = many_graphs(root, chosen.triples, 300)
        body = root / "body.nt"
        with body.open("wb") as out:
            out.writelines(large.triples())
        print(f"{large.count:,} triples, {body.stat().st_size / 1e6:,.0f} MB; {chosen.server}")

        def fresh(name: str) -> Path:
            folder = root / name
            folder.mkdir()
            return folder

        turns = []
        for turn in range(chosen.repeat):
            with SERVERS[chosen.server](fresh(f"curl-{turn}")) as server:
                peer, back = put_and_read(server, body, large.count)
            with SERVERS[chosen.server](fresh(f"push-{turn}")) as server:
                ours = push(server, [large], fresh(f"journal-{turn}"))
            turns.append((peer, back, *ours))
            print(f"  curl {peer:.1f} s, back {back:.1f} s", end="; ")
            print(f"transfer {ours[0]:.1f} s, whole {ours[1]:.1f} s")
        peer, back, spent, whole, peak = (
            statistics.median(each) for each in zip(*turns, strict=True)
        )
        print(f"curl -T   {large.count / peer:>9,.0f} triples/s")
        if back:
            most = peer / (peer + back)
            print(
                f"curl back {large.count / back:>9,.0f} triples/s  {most:.0%} with one such reading"
            )
        print(f"transfer  {large.count / spent:>9,.0f} triples/s  {peer / spent:.0%} of curl")
        print(f"whole     {large.count / whole:>9,.0f} triples/s  {peer / whole:.0%} of curl")
        print(f"peak      {peak:>9,.0f} MB")
        with SERVERS[chosen.server](fresh("small")) as server:
            spent, whole, peak = push(server, small, fresh("journal-small"))
        count = sum(graph.count for graph in small)
        print(f"{len(small)} new graphs of {count:,} triples: {count / whole:,.0f} triples/s")


if __name__ == "__main__":
    main()
