"""Send what changed to a triple store named in kg.toml, or by URL, and see that it is there."""

from __future__ import annotations

import argparse
import json
import sys

import kg
from kg.cli.terminal import progress_bar
from kg.errors import CallError
from kg.exporting.outcomes import PushPlan, PushReport
from kg.querying.formats import visible
from kg.remote.targets import Target

_STATES = (
    *("sent", "dropped", "kept", "differs", "refused", "untried"),
    *("equal", "drift", "missing", "stale", "extra"),
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("target", metavar="TARGET", help="name in kg.toml, or a URL")
    parser.add_argument("--prune", action="store_true", help="delete there what is gone here")
    parser.add_argument("--verify", action="store_true", help="send nothing, only compare")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be sent")
    parser.add_argument("--profile", metavar="NAME", help="kind of triple store; see docs/push.md")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace) -> int:
    """Push, print what was done, and return 1 if a graph is not there as it is here."""
    if arguments.verify and (arguments.prune or arguments.dry_run):
        raise CallError("--verify only compares; leave out --prune and --dry-run")
    workspace = kg.open(arguments.workspace)
    if arguments.dry_run:
        plan = workspace.plan_push(arguments.target, arguments.profile)
        if arguments.format == "json":
            print(json.dumps(plan.as_json(), ensure_ascii=False, indent=2))
        else:
            _show_plan(plan, prune=arguments.prune)
        return 0
    with progress_bar() as progress:
        report = workspace.push(
            arguments.target,
            prune=arguments.prune,
            verify=arguments.verify,
            profile=arguments.profile,
            progress=progress,
        )
    if arguments.format == "json":
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        _show(report)
    return 0 if report.conforms else 1


def _show_plan(plan: PushPlan, *, prune: bool) -> None:
    _say_unproven(plan.target)
    for sign, names in (
        ("+", [graph.name for graph in plan.new]),
        ("~", [graph.name for graph in plan.changed]),
        ("-" if prune else "=", plan.gone),
    ):
        for name in names:
            print(sign, visible(name))
    triples = sum(graph.count for graph in (*plan.new, *plan.changed))
    print(
        f"would send {len(plan.new)} new and {len(plan.changed)} changed graphs, {triples:,} "
        f"triples; {'delete' if prune else 'keep'} {len(plan.gone)} that are gone here; "
        f"{plan.unchanged} unchanged"
    )


def _show(report: PushReport) -> None:
    _say_unproven(report.target)
    for outcome in report.outcomes:
        rewritten = outcome.difference.rewritten
        if outcome.state == "equal" and not rewritten:
            continue
        print(f"{outcome.state:<8} {visible(outcome.graph)}{_counted(outcome.as_json())}")
        if outcome.state not in ("sent", "equal", "kept", "dropped", "extra") or rewritten:
            for line in (outcome.message, *outcome.difference.examples):
                if line:
                    print(f"         {visible(line)}")
    states = [outcome.state for outcome in report.outcomes]
    counts = [f"{states.count(state)} {state}" for state in _STATES if state in states]
    counts += [f"{report.unchanged} unchanged"] if report.unchanged else []
    print("; ".join(counts) or "nothing to send")
    if report.of("extra"):
        print("note: what is extra was never sent from here, and is left alone", file=sys.stderr)


def _counted(outcome: dict[str, object]) -> str:
    words = [
        f"{outcome[each]:,} {each}" for each in ("triples", "missing", "extra") if outcome[each]
    ]
    if outcome["rewritten"]:
        words.append(f"{outcome['rewritten']:,} written otherwise by the store")
    return f"  ({', '.join(words)})" if words else ""


def _say_unproven(target: Target) -> None:
    if not target.profile.proven:
        print(
            f"note: profile '{target.profile.name}' follows that store's documentation and was "
            "never tried on a running one",
            file=sys.stderr,
        )
