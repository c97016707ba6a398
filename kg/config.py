"""What ``kg.toml`` says: the file that makes a folder a workspace, read and checked."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import CallError, did_you_mean
from kg.vocabulary.terms import DEFAULT_BASE

CONFIG = "kg.toml"
_TABLES = ("workspace", "desks", "endpoints", "targets")
SHIPPED_DESKS = {"example-desk": "Example desk"}
_BASE = r"[a-z][a-z0-9+.-]*://[^\x00-\x20<>\"{}|^`\\]+[/#]"
_LICENCE = r"https?://[^\x00-\x20<>\"{}|^`\\]+"


class Config(NamedTuple):
    """What ``kg.toml`` says.

    Attributes:
        name: of the workspace.
        base: IRI under which its data stands.
        desks: id to name of those who may assess.
        endpoints: SPARQL endpoints by name, as ``[endpoints.NAME]`` describes them.
        targets: triple stores by name, as ``[targets.NAME]`` describes them.
        licence: IRI of the licence of the data, empty where it is not said.
        listed: ids of the desks that the file itself names.
    """

    name: str
    base: str
    desks: dict[str, str]
    endpoints: dict[str, dict[str, Any]]
    targets: dict[str, dict[str, Any]]
    licence: str = ""
    listed: tuple[str, ...] = ()

    def only_desk(self) -> str:
        """Return the desk that judges where none is named.

        Raises:
            CallError: there are several.
        """
        desks = self.listed or tuple(SHIPPED_DESKS)
        if len(desks) > 1:
            raise CallError(f"Which desk judges? Give --by: {', '.join(desks)}")
        return desks[0]


def workspace_root(path: str | os.PathLike[str]) -> Path | None:
    """Return the folder of the workspace at `path` or above, None where there is none."""
    start = Path(path).resolve()
    return next((f for f in (start, *start.parents) if (f / CONFIG).is_file()), None)


def read_config(file: Path) -> Config:
    """Read a ``kg.toml``.

    Raises:
        CallError: it is no TOML, or a value is of the wrong kind.
    """
    import tomllib

    try:
        says: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CallError(f"{file} is no TOML that can be read: {error}") from error
    _check_keys(file, says)
    workspace = says.get("workspace", {})
    if not isinstance(workspace, dict) or not isinstance(says.get("desks", {}), dict):
        raise CallError(f"{file}: [workspace] and [desks] are tables of key = value lines")
    base = workspace.get("base", DEFAULT_BASE)
    desks = says.get("desks", {})
    if not isinstance(base, str) or not re.fullmatch(_BASE, base):
        raise CallError(f"{file}: workspace.base must be an IRI that ends in / or #")
    if not all(isinstance(name, str) for name in desks.values()):
        raise CallError(f'{file}: under [desks] write: desk-id = "Name of the desk"')
    endpoints, targets = (_tables(file, says, key) for key in ("endpoints", "targets"))
    name = str(workspace.get("name", file.parent.name))
    licence = workspace.get("licence", "")
    if not isinstance(licence, str) or (licence and not re.fullmatch(_LICENCE, licence)):
        raise CallError(f"{file}: workspace.licence must be an IRI")
    known = {**SHIPPED_DESKS, **desks}
    return Config(name, base, known, endpoints, targets, licence, tuple(desks))


def _check_keys(file: Path, says: Iterable[str]) -> None:
    """Refuse a table that must be a slip of the pen for one of ours, and would say nothing."""
    for key in says:
        if key not in _TABLES and (hint := did_you_mean(key, _TABLES)):
            raise CallError(f"{file}: nothing reads [{key}]{hint}")


def _tables(file: Path, says: dict[str, Any], key: str) -> dict[str, dict[str, Any]]:
    tables = says.get(key, {})
    if not isinstance(tables, dict) or not all(isinstance(each, dict) for each in tables.values()):
        raise CallError(f"{file}: each of the {key} has a table of its own, [{key}.NAME]")
    _check_names(file, tables, key)
    return tables


def _check_names(file: Path, names: Iterable[str], key: str) -> None:
    """Refuse two names that read one environment variable: a secret is meant for one place."""
    from kg.remote.credentials import variable

    taken: dict[str, str] = {}
    for name in names:
        token = variable(name, "TOKEN")
        if token in taken:
            raise CallError(
                f"{file}: [{key}.{taken[token]}] and [{key}.{name}] both read {token} and its "
                "fellows; give one of them another name"
            )
        taken[token] = name
