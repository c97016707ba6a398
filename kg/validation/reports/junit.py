"""JUnit XML, which every CI server shows as tests: a suite a file, a test a finding.

There is no standard; this keeps to what the schemas of Jenkins and of Maven's Surefire share.
"""

from __future__ import annotations

import re
from collections import defaultdict
from xml.etree import ElementTree

from kg.validation.findings import SEVERITIES, Finding, GateReport
from kg.validation.reports import Run
from kg.validation.reports.text import one_line
from kg.visible import visible

# What XML 1.0 has no way to write, not even as a reference.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(report: GateReport, run: Run) -> str:
    """Return a document in which every judged file is a suite.

    A finding that fails the run is a failed test, any other a passed one with its words as output;
    a file without findings is a suite with one passed test.
    """
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for file in report.files:
        by_file[file] = []
    for finding in report.findings:
        by_file[finding.file or ""].append(finding)
    failing = SEVERITIES[: SEVERITIES.index(run.level) + 1]
    suites = [_suite(file, found, failing) for file, found in sorted(by_file.items())]
    whole = ElementTree.Element("testsuites", {"name": "kg validate", **_sums(suites)})
    whole.extend(suites)
    ElementTree.indent(whole)
    text = ElementTree.tostring(whole, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(file: str, findings: list[Finding], failing: tuple[str, ...]) -> ElementTree.Element:
    name = _xml(file).strip() or "kg"
    cases = [_case(name, finding, failing) for finding in findings]
    if not cases:
        cases = [ElementTree.Element("testcase", name="conforms", classname=name, time="0")]
    failures = len([case for case in cases if case.find("failure") is not None])
    suite = ElementTree.Element(
        "testsuite",
        name=name,
        tests=str(len(cases)),
        failures=str(failures),
        errors="0",
        skipped="0",
        time="0",
    )
    suite.extend(cases)
    return suite


def _case(file: str, finding: Finding, failing: tuple[str, ...]) -> ElementTree.Element:
    # Servers keep one test a name, so a name says everything that tells two findings apart.
    at = f" at {finding.line}:{finding.column}" if finding.line else ""
    words = _xml(finding.message)
    name = f"{_xml(finding.code)}{at}: {words}"
    case = ElementTree.Element("testcase", name=name, classname=file, time="0")
    line = _xml(one_line(finding))
    if finding.severity in failing:
        failure = ElementTree.SubElement(case, "failure", type=_xml(finding.code), message=words)
        failure.text = line
    else:
        ElementTree.SubElement(case, "system-out").text = line
    return case


def _sums(suites: list[ElementTree.Element]) -> dict[str, str]:
    return {
        name: str(sum(int(suite.get(name, "0")) for suite in suites))
        for name in ("tests", "failures", "errors")
    }


def _xml(text: str) -> str:
    return _NOT_XML.sub(lambda char: f"\\u{ord(char.group()):04x}", visible(text))
