"""How long extraction takes: the start, articles of 600 words a second, memory over many articles.

    python benchmarks/extract.py [ARTICLES]

The measure beside it is what only taking the same texts apart into tokens costs, in the same run.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TEXTS = Path(__file__).resolve().parents[1] / "tests" / "data" / "extraction"
WORDS = 600


def main(articles: int) -> None:
    start = 'import kg; kg.extract("Iran sent missiles to Russia.", published="2024")'
    with tempfile.TemporaryDirectory() as cache:  # compiled once, as an installed package is
        kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        compiled = {**kept, "PYTHONPYCACHEPREFIX": cache}
        _cpu(start, compiled)
        bare, whole = _cpu("pass", compiled), _cpu(start, compiled)
    print(f"start, first article included: {whole:.2f} s of CPU, Python itself {bare:.2f} s")

    from kg.drafting import drafter
    from kg.extraction.pipeline import About
    from kg.extraction.words.tokens import tokenize

    extractor = drafter(None).extractor
    texts = [file.read_text(encoding="utf-8") for file in sorted(TEXTS.glob("*.txt"))]
    article = "\n".join(texts)
    words = len(article.split())
    extractor.record(article, About("2024-10-18"))
    began, memory = time.process_time(), _memory()
    rounds = max(1, articles * WORDS // words)
    for number in range(rounds):
        extractor.record(f"{article}\nPerson{number} Surname{number} spoke.", About("2024-10-18"))
    each = (time.process_time() - began) * WORDS / (rounds * words)
    began = time.process_time()
    for _ in range(rounds):
        tokenize(article)
    tokens = (time.process_time() - began) * WORDS / (rounds * words)
    print(
        f"{1 / each:.0f} articles of {WORDS} words a second; {each / tokens:.0f} times tokens alone"
    )
    grown = (_memory() - memory) / 1024
    print(f"memory grew by {grown:.1f} MB over {rounds * words // WORDS} articles")


def _cpu(code: str, environment: dict[str, str]) -> float:
    """Return the seconds of CPU that a new Python takes to run `code`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
