"""Twenty readers of one workspace: ask and export without end, and tell what was not in order.

Run as ``python reader.py ROOT COUNT``; standard input closing ends it. Each reader is a forked
process; its one line of output is a JSON object with the number of ``answers``, the set of
``kinds`` of answer, and ``errors``.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import re
import select
import sys
import time
from pathlib import Path

import kg

QUESTION = """
PREFIX kg: <https://w3id.org/communique/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?article ?title ?best ?root ?status WHERE {
  ?claim prov:wasDerivedFrom ?article ; kg:best ?best ; kg:isAbout/kg:hasRootEvent ?root .
  ?article skos:prefLabel ?title .
  OPTIONAL { ?assessment kg:assesses ?claim ; kg:hasStatus ?status }
}
"""


def ask(root: Path) -> str:
    """Return what the graph says of every article: title, figure, root event, assessment."""
    with kg.open(root).asking_text(QUESTION) as answer:
        rows = [tuple(str(row[name]) for name in range(5)) for row in answer]
    return json.dumps(sorted(rows))


def export(root: Path) -> str:
    """Return every figure in the canonical N-Quads."""
    stream = io.BytesIO()
    kg.open(root).export("-", stream=stream, reference=False)
    return json.dumps(sorted(set(re.findall(r'ontology#best> "\d+', stream.getvalue().decode()))))


def read(root: Path, seed: int, end: int) -> None:
    """Ask until the pipe `end` is closed."""
    chance = random.Random(seed)
    kinds: dict[str, int] = {}
    errors: list[str] = []
    while not select.select([end], [], [], 0)[0]:
        question = chance.choice((ask, ask, ask, export))
        try:
            answer = f"{question.__name__} {question(root)}"
        except BaseException as error:
            errors.append(f"{type(error).__name__}: {error}")
        else:
            kinds[answer] = kinds.get(answer, 0) + 1
        time.sleep(chance.uniform(0, 0.6))
    said = {"answers": sum(kinds.values()), "kinds": sorted(kinds), "errors": errors}
    # One write: the lines of several readers must not run into each other.
    os.write(sys.stdout.fileno(), f"{json.dumps(said)}\n".encode())


def main() -> None:
    root, count = Path(sys.argv[1]), int(sys.argv[2])
    end, open_end = os.pipe()
    for seed in range(count):
        if not os.fork():
            os.close(open_end)
            # A reader that dies says nothing; whoever counts the lines finds out.
            with contextlib.suppress(KeyboardInterrupt):
                read(root, seed, end)
            os._exit(0)
    print("reading", flush=True)
    sys.stdin.read()
    os.close(open_end)
    for _ in range(count):
        os.wait()


if __name__ == "__main__":
    main()
