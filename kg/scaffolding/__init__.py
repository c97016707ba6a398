"""A new workspace: the files that start it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kg.errors import CallError
from kg.records.schema import assessments_schema
from kg.vocabulary.shipped import shipped

_TEMPLATES = Path(__file__).parent / "templates"
# Names begin with "dot-" so that no tool takes the templates for its own files.
FOLDERS = ("articles", "records", "assessments")


def start_workspace(folder: Path) -> Iterator[Path]:
    """Create a workspace in `folder` and yield each file that was written.

    Files that are there already stay as they are.

    Raises:
        CallError: `folder` is a file, or is a workspace already.
    """
    if folder.exists() and not folder.is_dir():
        raise CallError(f"{folder} is a file; a workspace is a folder")
    if (folder / "kg.toml").exists():
        raise CallError(f"{folder} is a workspace already")
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for template in sorted(_TEMPLATES.rglob("*")):
        if template.is_file():
            parts = [_name(part) for part in template.relative_to(_TEMPLATES).parts]
            target = folder.joinpath(*parts)
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                text = template.read_text(encoding="utf-8")
                name = folder.resolve().name.replace('"', "")
                target.write_text(text.replace("WORKSPACE_NAME", name), encoding="utf-8")
                if target.parent.name == ".githooks":
                    target.chmod(0o755)
                yield target
    yield from _write_schemas(folder)


def _write_schemas(folder: Path) -> Iterator[Path]:
    """Write the JSON Schemas that editors check records and assessments by."""
    record = json.loads((shipped("ontology") / "record.schema.json").read_text(encoding="utf-8"))
    for name, schema in (("record", record), ("assessments", assessments_schema(record))):
        file = folder / f"{name}.schema.json"
        if not file.exists():
            text = json.dumps(schema, ensure_ascii=False, indent=2)
            file.write_text(f"{text}\n", encoding="utf-8")
            yield file


def _name(part: str) -> str:
    return f".{part.removeprefix('dot-')}" if part.startswith("dot-") else part
