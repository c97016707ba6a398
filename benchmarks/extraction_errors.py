"""Count what goes wrong in drafts of articles with gold, by class: the table of docs/extraction.md.

    python benchmarks/extraction_errors.py SCORER GOLD.json…

SCORER is the scorer of the gold (`score_extraction.py`), whose matching is used; each article
stands beside its gold as `.txt`, or in the folder `articles` next to the gold's. A matched claim
counts once for each slot that is wrong in it.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from kg.drafting import drafter
from kg.extraction.pipeline import About
from kg.records.writing import to_yaml

SLOTS = ("speaker", "from", "to", "quantity", "places", "date")


def main(scorer: Path, files: list[Path]) -> None:
    score = _module(scorer)
    extractor = drafter(None).extractor
    wrong: Counter[str] = Counter()
    claims = 0
    for file in files:
        data = json.loads(file.read_text(encoding="utf-8"))
        article = file.with_suffix(".txt")
        if not article.is_file():
            article = file.parents[1] / "articles" / article.name
        text = article.read_text(encoding="utf-8")
        with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as record:
            record.write(to_yaml(extractor.draft(text, About(data["published"]))))
            record.flush()
            drafted = score.load_record(record.name, text)
        claims += len(data["claims"])
        wrong += _classes(score, data["claims"], drafted)
    print(f"{claims} claims: {json.dumps(wrong)}")


def _classes(score: Any, gold: list[Any], drafted: list[Any]) -> Counter[str]:
    """Return how often each class of error occurs in one article."""
    pairs = score.match(gold, drafted)
    spans = score.match(gold, drafted, spans_only=True)
    wrong = Counter(
        {
            "no claim at all": len(gold) - len(spans),
            "another type": len(spans) - len(pairs),
            "nobody made it": len(drafted) - len(spans),
        }
    )
    for known, found in pairs:
        bad = {slot for slot in SLOTS if not score.right(slot, known, found)}
        wrong.update(bad - {"from", "to"})
        wrong["a side"] += bool(bad & {"from", "to"})
    return wrong


def _module(file: Path) -> Any:
    spec = importlib.util.spec_from_file_location("scorer", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
