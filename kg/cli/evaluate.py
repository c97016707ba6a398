"""Score an extractor on reviewed records: per slot, with what was missed and why."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from kg.drafting import drafter


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD", help="reviewed records")
    parser.add_argument("--extractor", choices=("rules", "llm"), default="rules")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace) -> int:
    """Draft each article anew, compare, and print the score."""
    from kg.extraction.evaluating import evaluate

    score = evaluate(drafter(arguments.workspace, arguments.extractor), arguments.gold).as_json()
    if arguments.format == "json":
        print(json.dumps(score, ensure_ascii=False, indent=2))
    else:
        _print(score)
    return 0


def _print(score: dict[str, Any]) -> None:
    for remark in score["remarks"]:
        print(f"{remark['kind']:<7} {remark['article']}/{remark['claim']}: {remark['why']}")
        print(f"        “{remark['quote']}”")
    print(f"claims  {score['gold']} reviewed, {score['drafted']} drafted")
    for name in ("precision", "recall", "f1", "strict_f1"):
        print(f"{name:<10} {_shown(score[name])}")
    for slot, rate in score["slots"].items():
        print(f"  {slot:<9}{_shown(rate)}")


def _shown(rate: float | None) -> str:
    return "-" if rate is None else f"{rate:.3f}"
