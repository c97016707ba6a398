"""Graphs as files of canonical N-Quads, and pushes of them without a workspace."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from servers import Server

from kg.exporting.graphs import Graph
from kg.exporting.outcomes import PushReport
from kg.exporting.push import Pusher
from kg.remote.targets import find_target


@dataclass
class Shelf:
    """Graphs on disk under a base of their own, to be pushed somewhere."""

    folder: Path
    base: str
    graphs: dict[str, Graph] = field(default_factory=dict)

    def write(self, name: str, triples: Iterable[str]) -> Graph:
        """Make a graph of N-Triples lines, which are given without their final ``.``."""
        iri = self.base + name
        content = "".join(f"{line} <{iri}> .\n" for line in sorted(set(triples))).encode()
        digest = hashlib.sha256(content).hexdigest()
        file = self.folder / f"{digest}.nq"
        file.write_bytes(content)
        self.graphs[name] = Graph(iri, digest, file)
        return self.graphs[name]

    def pusher(
        self, url: str, profile: str, environment: Mapping[str, str], **settings: object
    ) -> Pusher:
        tables = {"live": {"url": url, "profile": profile, "timeout": 20, **settings}}
        return Pusher(
            find_target(tables, "live"),
            [self.graphs[name] for name in sorted(self.graphs)],
            self.base,
            self.folder / "push",
            environment,
            pause=lambda _: None,
        )

    def push(self, server: Server, profile: str = "", *, prune: bool = False) -> PushReport:
        chosen = profile or server.profile
        return self.pusher(server.url, chosen, server.environment).push(prune=prune)

    def verify(self, server: Server, profile: str = "") -> PushReport:
        return self.pusher(server.url, profile or server.profile, server.environment).verify()
