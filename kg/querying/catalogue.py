"""The stored queries: found by name, described by the decorators in their heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import CallError, did_you_mean
from kg.querying.heads import read_head, recall_heads, remember_heads

CHECKS = "checks"
MAX_NAME = 80
TYPES = (
    "actor",
    "event",
    "place",
    "article",
    "claim",
    "desk",
    "concept",
    "date",
    "integer",
    "text",
)


class Parameter(NamedTuple):
    """A parameter of a stored query.

    Attributes:
        name: as in ``name=value``.
        type: ``actor``, ``event``, ``place``, ``article``, ``claim``, ``desk``, ``concept``,
            ``date``, ``integer`` or ``text``.
        required: whether it must be given.
        default: the value where none is given; None leaves it open.
        scheme: of a concept, the scheme it is in.
        end: of a date, take the last day of what is given instead of the first.
        values: of a text, all that may be given; anything may where there are none.
        minimum: of an integer, the least that may be given.
        description: one line.
    """

    name: str
    type: str
    required: bool = False
    default: str | None = None
    scheme: str | None = None
    end: bool = False
    values: tuple[str, ...] = ()
    minimum: int | None = None
    description: str = ""

    @property
    def variable(self) -> str:
        """The variable that stands for it in the query, ``?_event_iri``."""
        suffix = {"date": "date", "integer": "integer", "text": "string"}.get(self.type, "iri")
        return f"?_{self.name}_{suffix}"


class StoredQuery:
    """A query in a file, ``queries/GROUP/NAME.rq``."""

    def __init__(self, file: Path, text: str, heads: Mapping[str, Any]) -> None:
        """Take the file, its text, and heads that were read before."""
        self.name = file.stem
        self.group = file.parent.name
        self.file = file
        self.text = text
        self._heads = heads

    @cached_property
    def head(self) -> dict[str, Any]:
        """What the decorators say.

        Raises:
            CallError: they are no YAML mapping.
        """
        return read_head(self.text, self._heads, str(self.file))

    @property
    def summary(self) -> str:
        """The question, in one line."""
        return str(self.head.get("summary", ""))

    @property
    def given(self) -> tuple[str, ...]:
        """What kg itself has to put into the query, by name: ``stale``."""
        return tuple(self.head.get("given") or ())

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """The parameters by name.

        Raises:
            CallError: the decorators do not declare them well.
        """
        found = {}
        declared = self.head.get("params") or {}
        if not isinstance(declared, dict):
            raise CallError(f"{self.file}: '#+ params:' is a mapping of names to what they are")
        for name, says in declared.items():
            if not isinstance(says, dict) or says.get("type") not in TYPES:
                raise CallError(
                    f"{self.file}: the parameter '{name}' needs a type: {', '.join(TYPES)}"
                )
            default = says.get("default")
            found[name] = Parameter(
                name,
                says["type"],
                required=bool(says.get("required", False)),
                default=None if default is None else str(default),
                scheme=says.get("scheme"),
                end=bool(says.get("end", False)),
                values=tuple(map(str, says.get("values") or ())),
                minimum=_minimum(self.file, name, says),
                description=str(says.get("description", "")),
            )
        return found


def _minimum(file: Path, name: str, says: dict[str, Any]) -> int | None:
    """Return the least that may be given.

    Raises:
        CallError: it is no whole number, or the parameter is none.
    """
    minimum = says.get("minimum")
    if minimum is None:
        return None
    if says["type"] != "integer" or isinstance(minimum, bool) or not isinstance(minimum, int):
        raise CallError(f"{file}: 'minimum:' of '{name}' is a whole number, of an integer only")
    return minimum


class Catalogue(NamedTuple):
    """The stored queries of the package and of a workspace; the workspace's own come first."""

    folders: tuple[Path, ...]
    trusted: Path
    memory: Path

    def files(self) -> dict[str, Path]:
        """Name to file of every stored query."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for file in sorted(folder.glob("*/*.rq")):
                if file.parent.name != CHECKS:
                    found.setdefault(file.stem, file)
        return found

    def find(self, name: str) -> StoredQuery:
        """Return the stored query `name`.

        Raises:
            CallError: there is none, or it is a workspace's own and may not be run.
        """
        plausible = name.replace("-", "").isalnum() and len(name) <= MAX_NAME
        for folder in self.folders if plausible else ():
            for group in folder.iterdir() if folder.is_dir() else ():
                file = group / f"{name}.rq"
                if group.name != CHECKS and file.is_file():
                    return self._load(file)
        hint = did_you_mean(name, self.files()) or "; kg query --list shows them"
        raise CallError(f"There is no stored query '{name}'{hint}")

    def all(self) -> Iterator[StoredQuery]:
        """Yield every stored query, by group and name.

        Raises:
            CallError: one of the workspace's own is malformed.
        """
        for name in self.names():
            yield self.find(name)

    def names(self) -> list[str]:
        """Return the names of all stored queries, by group and name."""
        files = self.files().values()
        return [file.stem for file in sorted(files, key=lambda file: (file.parent.name, file.stem))]

    def remember(self) -> None:
        """Keep the heads of all queries in `memory`, so that answering need not parse YAML."""
        remember_heads(
            (file.read_text(encoding="utf-8", errors="replace") for file in self.files().values()),
            self.memory,
        )

    def ships(self, query: StoredQuery) -> bool:
        """Whether `query` is one of the package's own."""
        return query.file.is_relative_to(self.trusted)

    def _load(self, file: Path) -> StoredQuery:
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise CallError(f"{file} is no UTF-8 text") from error
        if not file.is_relative_to(self.trusted):
            from kg.sparql.guard import check_query

            check_query(text, str(file))
        return StoredQuery(file, text, recall_heads(self.memory))
