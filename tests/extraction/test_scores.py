"""How well the rules do on articles with gold: a floor, so that a change cannot lose in silence.

Our own articles are here; the five in `../shared` are not part of the project, and where they are
not at hand their tests are skipped.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.extraction.pipeline import About, Extractor
from kg.records.writing import to_yaml

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "tests" / "data" / "extraction"
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "tools" / "score_extraction.py"

pytestmark = pytest.mark.skipif(not SCORER.is_file(), reason="the scorer is not at hand")


def _score(rules: Extractor, articles: list[Path], gold: Path, folder: Path) -> dict[str, Any]:
    pairs = []
    for article in articles:
        truth = gold / f"{article.stem}.json"
        published = json.loads(truth.read_text(encoding="utf-8"))["published"]
        record = rules.draft(article.read_text(encoding="utf-8"), About(published))
        file = folder / f"{article.stem}.yaml"
        file.write_text(to_yaml(record), encoding="utf-8")
        pairs.append(f"{truth}={file}")
    command = [sys.executable, str(SCORER), *pairs]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def test_the_five_developing_articles(rules: Extractor, tmp_path: Path) -> None:
    articles = sorted((SHARED / "articles").glob("*.txt"))
    score = _score(rules, articles, SHARED / "gold", tmp_path)

    assert score["f1"] >= 0.95
    assert score["strict_f1"] >= 0.80
    assert score["quantity_recall"] >= 0.95


def test_our_own_articles(rules: Extractor, tmp_path: Path) -> None:
    score = _score(rules, sorted(OWN.glob("*.txt")), OWN, tmp_path)

    assert score["f1"] >= 0.80
    assert score["strict_f1"] >= 0.50
    assert score["quantity_recall"] >= 0.80
