"""What can be kept of a record with broken values, so that one of them does not hide the others."""

from __future__ import annotations

import copy
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kg.records import model
from kg.records.document import Path

# Stand-ins for required keys that are missing or broken, so that the rest is still checked. Nothing
# is said of what they stand for: it is broken. An item whose key has none here is not mapped.
_STAND_INS: dict[str, dict[str, Any]] = {
    "article": {
        "id": "unidentified",
        "title": "-",
        "publisher": "unknown-outlet",
        "published": "0001",
        "language": "en",
        "text": "-",
        "sha256": "0" * 64,
    },
    "actors": {"name": "-"},
    "places": {"name": "-"},
    "evidence": {"label": "-"},
    "claims": {
        "speaker": "unknown-outlet",
        "modality": "actual",
        "polarity": "affirmed",
        "quote": {"exact": "-"},
    },
    "assessments": {"rationale": "-"},
}
# Sections whose broken items are still looked at; of a mention without its words nothing is left.
_LOOKED_AT = frozenset(model.SECTIONS.keys() - {"mentions"})
# For what is looked at and not mapped.
_PLACEHOLDERS: dict[str, Any] = {"dated": "0001-01-01", "quote": {"exact": "-"}}


def without(
    record: model.Record | model.AssessmentFile, kept: dict[str, list[int]], paths: set[Path]
) -> tuple[model.Record | model.AssessmentFile, dict[str, list[int]]]:
    """Return the record without the items at `paths`, and which of each section it holds then."""
    kept = dict(kept)
    changes = {}
    for section in {str(path[0]) for path in paths}:
        values = getattr(record, section, ())
        pairs = [
            (index, value)
            for index, value in zip(kept.get(section, range(len(values))), values, strict=True)
            if (section, index) not in paths
        ]
        kept[section] = [index for index, _ in pairs]
        changes[section] = tuple(value for _, value in pairs)
    return record.model_copy(update=changes), kept


class Salvage:
    """What can be kept of a record with broken values.

    Attributes:
        kept: section name to the original indices of the items in the record.
        remains: section name to what is left of other items, by their original indices.
        broken: paths of the values that were taken out, down to an item's key.
    """

    def __init__(
        self, data: dict[str, Any], kind: type[model.Record | model.AssessmentFile]
    ) -> None:
        """Take the data as read, which stays as it is, and what it is to become."""
        self._data = data
        self._kind = kind
        self._unfit: set[Path] = set()
        self.kept: dict[str, list[int]] = {}
        self.remains: dict[str, dict[int, Any]] = {}
        self.broken: set[Path] = set()

    def record(self, details: list[ErrorDetails]) -> model.Record | model.AssessmentFile | None:
        """Take out what is broken until the rest is a record; None where too little is left."""
        self._data = copy.deepcopy(self._data)
        for _ in range(4):
            for detail in details:
                loc = tuple(detail["loc"])
                self.broken |= {loc, loc[:3]}
                self._take_out(loc)
            self.kept = {
                section: [i for i, item in enumerate(self._data[section]) if item is not None]
                for section in model.SECTIONS
                if isinstance(self._data.get(section), list)
            }
            whole = {
                key: [item for item in value if item is not None] if key in self.kept else value
                for key, value in self._data.items()
            }
            try:
                return self._fit(self._kind.model_validate(whole))
            except ValidationError as error:
                details = [self._relocated(each) for each in error.errors(include_url=False)]
        self.kept = {}
        return None

    def _fit(
        self, record: model.Record | model.AssessmentFile
    ) -> model.Record | model.AssessmentFile:
        """Set items aside in which something stands that must not be mapped."""
        for section, index in sorted(self._unfit):
            items = self.kept.get(str(section), [])
            if index in items:
                value = getattr(record, str(section))[items.index(int(index))]
                self.remains.setdefault(str(section), {})[int(index)] = value
        record, self.kept = without(record, self.kept, self._unfit)
        return record

    def _relocated(self, detail: ErrorDetails) -> ErrorDetails:
        section, *rest = detail["loc"]
        if section in self.kept and rest:
            detail["loc"] = (section, self.kept[str(section)][int(rest[0])], *rest[1:])
        return detail

    def _take_out(self, loc: Path) -> None:
        """Remove the value at `loc`, or put a stand-in where a record cannot do without."""
        section, whole = str(loc[0]), self._data.get(str(loc[0]))
        item = whole[int(loc[1])] if isinstance(whole, list) and len(loc) > 2 else None
        if section == "communique":
            self._data[section] = 1
        elif section == "article" and isinstance(whole, dict) and len(loc) > 1:
            self._mend("article", whole, str(loc[1]), loc)
        elif section == "article":
            self._data[section] = dict(_STAND_INS[section])
            self.broken |= {(section, key) for key in _STAND_INS[section]}
        elif len(loc) == 1 or not isinstance(whole, list):
            self._data.pop(section, None)
        elif isinstance(item, dict) and section in _LOOKED_AT:
            self._mend(section, item, str(loc[2]), loc)
        else:
            whole[int(loc[1])] = None

    def _mend(self, section: str, item: dict[str, Any], key: str, loc: Path) -> None:
        if not _is_required(model.PARTS[section][0], key):
            item.pop(key, None)
        elif key == "id" and section != "article":
            item[key] = f"unidentified-{loc[1]}"
        elif key in _STAND_INS.get(section, {}):
            item[key] = _STAND_INS[section][key]
        else:
            item[key] = _PLACEHOLDERS.get(key, "-")
            self._unfit.add(loc[:2])


def _is_required(part: type[model.Part], key: str) -> bool:
    fields = {field.alias or name: field for name, field in part.model_fields.items()}
    return key in fields and fields[key].is_required()
