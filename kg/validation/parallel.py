"""The gate over many files at once, in several processes, with the findings of one run.

Each process judges a share of the files as if the rest were not there. What a file says of another
one of the call cannot be judged so: files that name something unknown, that share an article, or
that declare a thing otherwise than another are judged again, together with those that declare what
they name. The rest, nearly all in practice, is settled.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from pathlib import Path as FilePath
from typing import NamedTuple

from kg.validation.consequences import FOLLOWING
from kg.validation.findings import Finding, GateReport, shown
from kg.validation.gate import Gate, Judgement, Progress
from kg.validation.rdf import rdf_suffix
from kg.validation.surroundings import Surroundings

SHARE = 50
# Millions of small objects live until the end; looking for garbage among them costs a fifth.
RARE_COLLECTION = (200_000, 20, 20)
Opener = Callable[[], AbstractContextManager[tuple[Gate, Surroundings]]]


class Said(NamedTuple):
    """What one file says that others may depend on or contradict.

    Attributes:
        articles: ids of the articles it records.
        declares: relative IRI of each shared node it declares, to a digest of what it says of it.
    """

    articles: frozenset[str]
    declares: dict[str, str]


class Share(NamedTuple):
    """What a process returns: its findings, and what each file it judged says."""

    findings: tuple[Finding, ...]
    said: dict[str, Said]


@dataclass(frozen=True)
class ParallelGate:
    """Judges files in several processes.

    Attributes:
        opener: opens the gate and its surroundings, in each process anew.
        processes: how many.
    """

    opener: Opener
    processes: int

    def judge(self, files: Sequence[FilePath], progress: Progress) -> GateReport:
        """Return the report on `files`, that of one run of the gate over all of them.

        Args:
            files: records and RDF.
            progress: told how many are done, and of how many.

        Raises:
            EnvironmentFault: a file cannot be read.
        """
        findings: list[Finding] = []
        said: dict[str, Said] = {}
        done = 0
        rdf = [file for file in files if rdf_suffix(file)]
        records = [file for file in files if not rdf_suffix(file)]
        shares = [records[start : start + SHARE] for start in range(0, len(records), SHARE)]
        shares += [rdf] if rdf else []
        with ProcessPoolExecutor(
            min(self.processes, len(shares)), process_context(), _open, (self.opener,)
        ) as pool:
            waiting = {pool.submit(_judge, share): len(share) for share in shares}
            for future in as_completed(waiting):
                share = future.result()
                findings += share.findings
                said |= share.said
                done += waiting[future]
                progress("judging", done - 1, len(files))
        again = _unsettled(findings, said)
        if again:
            with self.opener() as (gate, surroundings):
                names = {shown(file, gate.start): file for file in files}
                together = again | _declaring(findings, said)
                judged = gate.judge([names[name] for name in sorted(together)], surroundings)
            settled = said.keys() - again
            findings = [one for one in findings if one.file not in again]
            findings += [one for one in judged.report.findings if one.file not in settled]
        return GateReport.of(findings)


def process_context() -> BaseContext:
    """Return how processes are made: forked, with all that is imported, where that is safe.

    It is where nothing else runs in this process, neither of Python's threads nor of a store's.
    """
    try:
        alone = sum(1 for _ in FilePath("/proc/self/task").iterdir()) == 1
    except OSError:
        alone = False
    return get_context("fork" if alone else "spawn")


_stack = ExitStack()
_opened: list[tuple[Gate, Surroundings]] = []


def _open(opener: Opener) -> None:
    """Open the gate of this process; it stays open until the process ends."""
    gc.set_threshold(*RARE_COLLECTION)
    _opened.append(_stack.enter_context(opener()))


def _judge(files: Sequence[FilePath]) -> Share:
    ((gate, surroundings),) = _opened
    judgement = gate.judge(files, surroundings)
    said = {shown(file, gate.start): Said(frozenset(), {}) for file in files}
    said |= dict(_said(gate, judgement))
    return Share(judgement.report.findings, said)


def _said(gate: Gate, judgement: Judgement) -> Iterator[tuple[str, Said]]:
    articles: dict[str, set[str]] = defaultdict(set)
    declares: dict[str, dict[str, str]] = defaultdict(dict)
    for one in judgement.mapped:
        if one.reading.article:
            articles[shown(one.reading.file, gate.start)].add(one.reading.article.id)
    for iri in judgement.rdf.articles:
        for name in judgement.rdf.naming(iri):
            articles[name].add(iri.rpartition("/")[2])
    for name, node, digest in gate.digests(judgement):
        declares[name][node] = digest
    for name in articles.keys() | declares.keys():
        yield name, Said(frozenset(articles[name]), declares[name])


def _unsettled(findings: Sequence[Finding], said: dict[str, Said]) -> set[str]:
    """Return the files whose findings depend on files that another process judged."""
    found = {one.file for one in findings if one.file and one.code in FOLLOWING}
    by_article: dict[str, list[str]] = defaultdict(list)
    by_node: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, each in said.items():
        for article in each.articles:
            by_article[article].append(name)
        for node, digest in each.declares.items():
            by_node[node][digest].append(name)
    for names in by_article.values():
        found.update(names if len(names) > 1 else ())
    for digests in by_node.values():
        if len(digests) > 1:
            found.update(*digests.values())
    return found & said.keys()


def _declaring(findings: Sequence[Finding], said: dict[str, Said]) -> set[str]:
    """Return the files that declare what findings call unknown, or that record its article."""
    wanted = {one.value for one in findings if one.value and one.code in FOLLOWING}
    ids = {value.rpartition("/")[2] for value in wanted}
    articles = {value.split("/")[-2] for value in wanted if "/" in value}
    return {
        name
        for name, each in said.items()
        if not articles.isdisjoint(each.articles)
        or any(node.rpartition("/")[2] in ids for node in each.declares)
    }
