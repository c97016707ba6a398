"""The codes that the product can emit, read from its source: Python, shapes and checks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Who makes findings, and at which place among the arguments the code stands.
MAKERS = {
    "Problem": 0,
    "Finding": 1,
    "RuleFault": 1,
    "fault": 1,
    "PydanticCustomError": 0,
    "_refuse": 1,
    "finding": 0,
}
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
# Codes that stand in a table or an expression before they reach a finding.
ELSEWHERE = {
    "kg/records/reader.py": {"wrong-type", "invalid-value"},
    "kg/validation/shapes.py": {"shape-violated"},
}


def emitted() -> dict[str, set[str]]:
    """Return every code with the files that emit it; ``*`` stands for a part that varies."""
    found: dict[str, set[str]] = {}
    for file, code in [*_in_python(), *_in_shapes(), *_in_checks()]:
        found.setdefault(code, set()).add(file)
    for file, codes in ELSEWHERE.items():
        source = (ROOT / file).read_text()
        for code in codes:
            assert f'"{code}"' in source, f"{file} does not emit {code} any more"
            found.setdefault(code, set()).add(file)
    return found


def _in_python() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "kg").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call):
                for code in _of_call(node):
                    yield str(file.relative_to(ROOT)), code


def _of_call(node: ast.Call) -> Iterator[str]:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if name not in MAKERS:
        return
    keywords = [each.value for each in node.keywords if each.arg == "code"]
    places = node.args[MAKERS[name] : MAKERS[name] + 1]
    for value in keywords or places:
        if isinstance(value, ast.Constant) and CODE.fullmatch(str(value.value)):
            yield str(value.value)
        elif isinstance(value, ast.JoinedStr):
            parts = [getattr(part, "value", "*") for part in value.values]
            yield "".join(part if isinstance(part, str) else "*" for part in parts)


def _in_shapes() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "shapes").rglob("*.ttl")):
        for code in re.findall(r'kgsh:code "([^"]+)"', file.read_text()):
            yield str(file.relative_to(ROOT)), code


def _in_checks() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "queries").rglob("*.rq")):
        for code in re.findall(r"^#\+ code: (\S+)", file.read_text(), re.MULTILINE):
            yield str(file.relative_to(ROOT)), code
