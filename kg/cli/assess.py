"""Write a dated judgement on a claim into a file of its own, if the gate lets it."""

from __future__ import annotations

import argparse

import kg
from kg.cli.findings import print_findings
from kg.errors import CallError
from kg.validation.findings import shown


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("claim", metavar="CLAIM", help="ARTICLE-ID/CLAIM-ID")
    parser.add_argument("--status", required=True, help="unverified confirmed disputed refuted")
    parser.add_argument("--rationale", required=True, help="what the judgement rests on")
    parser.add_argument("--kind", help="what went wrong: wrong-date wrong-figure misattribution …")
    parser.add_argument("--reliability", help="of the source, by the Admiralty scale: A to F")
    parser.add_argument("--credibility", help="of what it says, by the Admiralty scale: 1 to 6")
    parser.add_argument(
        "--by", metavar="DESK", help="id of the desk; not needed where one is listed"
    )
    parser.add_argument("--dated", metavar="DAY", help="the day on which it is made; today")
    parser.add_argument(
        "--replacement",
        action="append",
        default=[],
        metavar="YAML",
        help="a value held to be right, as records write it: "
        "'{aspect: signing-date, date: {edtf: 2024-06-19}, source: https://…}'",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace) -> int:
    """Write the file and name it; return 1 if the gate refused it."""
    from kg.records.assessing import read_replacement

    workspace = kg.open(arguments.workspace)
    try:
        replacement = [read_replacement(text) for text in arguments.replacement]
    except ValueError as error:
        raise CallError(f"--replacement cannot be read: {error}") from error
    file, report = workspace.assess(
        arguments.claim,
        status=arguments.status,
        rationale=arguments.rationale,
        kind=arguments.kind,
        reliability=arguments.reliability,
        credibility=arguments.credibility,
        by=arguments.by,
        dated=arguments.dated,
        replacement=replacement,
    )
    if report.findings or arguments.format == "json":
        print_findings(report, arguments.format)
    if not report.conforms:
        return 1
    if arguments.format == "text":
        print(shown(file, workspace.root))
    return 0
